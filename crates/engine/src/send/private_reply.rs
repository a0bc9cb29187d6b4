//! The comment that a private reply answers (contract send 3.3).

use wire::id::{AccountId, CommentId};

use crate::facts::{Comment, Media};
use crate::limits::Bucket;
use crate::policy::private_reply;
use crate::refusal::{Failure, Refusal};
use crate::world::World;

/// The comment of this id under a post of the account, with the post.
///
/// # Errors
/// [`Refusal::CommentInvalid`] when there is none, or when it is another account's.
pub(super) async fn find(world: &World, account: AccountId, id: &str) -> Result<(Comment, Media), Failure> {
    Ok(look_up(world, account, id).await?.ok_or(Refusal::CommentInvalid)?)
}

/// What a reply to this comment counts against; one that is none counts as a post's.
pub(super) async fn bucket(world: &World, account: AccountId, id: &str) -> Result<Bucket, Failure> {
    let found = look_up(world, account, id).await?;
    Ok(private_reply::bucket(found.as_ref().map(|(_, medium)| medium)))
}

async fn look_up(world: &World, account: AccountId, id: &str) -> Result<Option<(Comment, Media)>, Failure> {
    let Ok(id) = id.parse::<CommentId>() else { return Ok(None) };
    let Some(comment) = world.store.comment(account, id).await? else { return Ok(None) };
    let medium = world.store.medium(account, comment.media).await?;
    Ok(medium.map(|medium| (comment, medium)))
}
