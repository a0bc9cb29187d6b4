//! How stories end: by the clock, a day after they were posted, or by hand. Apps are then told how they did (contract webhooks
//! 3.18, read 4.8).
//!
//! When a story ends is a column of its own, so nothing has to remember it: whoever delivers looks for stories that are over
//! before it looks for deliveries, and the clock of an emulator stops where one ends. Of two nodes that find the same story one
//! ends it, and what apps are told is part of the same change set.

use wire::time::Millis;

use crate::change::{Change, ChangeSet};
use crate::facts::Media;
use crate::store::{CommitError, Read};
use crate::webhook::announce_insights;
use crate::world::World;

/// Stories that are ended in one go.
const AT_ONCE: u32 = 100;

/// Ends the stories whose day is over.
///
/// # Errors
/// The store's.
pub async fn end_expired(world: &World) -> Result<(), CommitError> {
    loop {
        let now = world.now();
        let expired = world.store.expired_media(now, AT_ONCE).await?;
        if expired.is_empty() {
            return Ok(());
        }
        for story in expired {
            // Another node was faster, or somebody took it down.
            match end(world, &story, now).await {
                Ok(()) | Err(CommitError::Stale) => {}
                Err(error) => return Err(error),
            }
        }
    }
}

/// Ends one story, which shows nothing from now on.
///
/// # Errors
/// [`CommitError::Stale`] when it has ended or was never to end; the store's.
pub async fn end(world: &World, story: &Media, now: Millis) -> Result<(), CommitError> {
    let expires_time = story.expires_time.ok_or(CommitError::Stale)?;
    let mut set = ChangeSet::new();
    set.push(Change::ExpireMedia { account: story.account, media: story.id, expires_time, ended_time: now });
    announce_insights(world, &mut set, story, now).await?;
    world.commit(set).await
}

/// When the next story ends after `now`: one that is over already and was not ended yet is looked for anyway.
///
/// # Errors
/// The store's.
pub async fn next_end(world: &World, now: Millis) -> Read<Option<Millis>> {
    Ok(world.store.next_expiry().await?.filter(|time| *time > now))
}
