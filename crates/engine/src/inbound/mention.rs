//! A person names the account in a post of their own, or in a comment under one (contract webhooks 3.17).

use wire::id::{CommentId, MediaId};

use super::comment::checked;
use super::{Act, Scene};
use crate::change::ChangeSet;
use crate::refusal::Failure;
use crate::webhook::{Mentioned, announce_mention};

/// Names the account outside of its own posts and of stories. The platform keeps nothing of it: the post is the person's, and
/// apps get its id alone. They are told only of posts of public people.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mention {
    /// The post, where it is one that was named before.
    pub media: Option<MediaId>,
    /// Whether a comment names the account, and not the caption.
    pub in_comment: bool,
    /// What the caption or the comment says.
    pub text: String,
}

impl Act for Mention {
    /// The post, and the comment where it is one.
    type Done = (MediaId, Option<CommentId>);

    async fn play(&self, scene: &Scene<'_>, set: &mut ChangeSet) -> Result<Self::Done, Failure> {
        scene.reachable()?;
        let (ids, now, text) = (&scene.world.ids, scene.now, checked(&self.text)?);
        let media = self.media.unwrap_or_else(|| ids.media(now));
        let comment = self.in_comment.then(|| ids.comment(now));
        if !scene.person.is_private {
            scene.remember(set, scene.user.clone());
            let (from, username) = (scene.user.igsid, scene.person.username.as_str());
            let mentioned = Mentioned { media, comment, text, from, username };
            announce_mention(scene.world, set, scene.about_content(), &mentioned, now).await?;
        }
        Ok((media, comment))
    }
}
