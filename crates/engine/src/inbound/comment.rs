//! A person comments on a post, and deletes the comment; the window stays as it is (contract send 3.1, 3.3).

use wire::id::{CommentId, MediaId};

use super::{Act, Scene};
use crate::change::{Change, ChangeSet};
use crate::facts::Comment;
use crate::refusal::{Failure, Refusal};
use crate::webhook::{Commented, announce_comment};

/// Longest comment, in characters, as in the Instagram app (inferred).
pub const COMMENT_CHARS: usize = 2_200;

/// Comments on a post of the account. A first comment makes the person known to the account, and no more than that: the
/// profile stays closed until they write (contract read 4.4).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PostComment {
    /// The post.
    pub media: MediaId,
    /// What it says, at most [`COMMENT_CHARS`] characters.
    pub text: String,
    /// The comment of the same post that it answers.
    pub parent: Option<CommentId>,
}

impl Act for PostComment {
    /// Its id.
    type Done = CommentId;

    async fn play(&self, scene: &Scene<'_>, set: &mut ChangeSet) -> Result<CommentId, Failure> {
        scene.reachable()?;
        let (store, account) = (&scene.world.store, scene.account.id);
        checked(&self.text)?;
        let missing = |id: String| Refusal::NoObject { verb: "post", id };
        let media = store.medium(account, self.media).await?.ok_or_else(|| missing(self.media.to_string()))?;
        if media.is_over(scene.now) {
            return Err(Refusal::Parameter("the broadcast or story is over".into()).into());
        }
        if let Some(parent) = self.parent {
            let found = store.comment(account, parent).await?;
            found
                .filter(|comment| comment.media == media.id && !comment.is_deleted)
                .ok_or_else(|| missing(parent.to_string()))?;
        }
        let mut id = scene.world.ids.comment(scene.now);
        while store.comment(account, id).await?.is_some() {
            // Another node made the same one.
            id = scene.world.ids.comment(scene.now);
        }
        scene.remember(set, scene.user.clone());
        let comment = Comment {
            account,
            id,
            media: media.id,
            from: scene.user.igsid,
            text: self.text.clone(),
            timestamp: scene.now,
            parent: self.parent,
            replied_time: None,
            is_deleted: false,
        };
        let username = &scene.person.username;
        let commented = Commented { account: scene.account, comment: &comment, media: &media, username };
        announce_comment(scene.world, set, scene.about_content(), &commented).await?;
        set.push(Change::PutComment(comment));
        Ok(id)
    }
}

/// A text that a comment or a caption can have.
pub(super) fn checked(text: &str) -> Result<&str, Refusal> {
    if text.trim().is_empty() || text.contains('\0') || text.chars().count() > COMMENT_CHARS {
        let wrong = format!("text must have 1 to {COMMENT_CHARS} characters, and none of them U+0000");
        return Err(Refusal::Parameter(wrong));
    }
    Ok(text)
}

/// Deletes a comment of the person's own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DeleteComment(
    /// The comment.
    pub CommentId,
);

impl Act for DeleteComment {
    type Done = ();

    async fn play(&self, scene: &Scene<'_>, set: &mut ChangeSet) -> Result<(), Failure> {
        let found = scene.world.store.comment(scene.account.id, self.0).await?;
        let own = found.filter(|comment| comment.from == scene.user.igsid && !comment.is_deleted);
        let comment = own.ok_or_else(|| Refusal::NoObject { verb: "delete", id: self.0.to_string() })?;
        set.push(Change::PutComment(Comment { is_deleted: true, ..comment }));
        Ok(())
    }
}
