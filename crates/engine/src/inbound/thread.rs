//! A person opens the conversation, or removes it; neither opens the window (contract send 3.1).

use wire::id::MessageId;

use super::{Act, Scene};
use crate::change::{Change, ChangeSet};
use crate::facts::{EventKind, Thread};
use crate::refusal::Failure;
use crate::webhook::announce_seen;

/// Opens the conversation: the business's newest message is seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Open;

impl Act for Open {
    /// That message, or nothing when there was nothing new to see.
    type Done = Option<MessageId>;

    async fn play(&self, scene: &Scene<'_>, set: &mut ChangeSet) -> Result<Option<MessageId>, Failure> {
        let Some(thread) = scene.thread.clone() else { return Ok(None) };
        let Some(item) = thread.last_business_item.filter(|item| Some(*item) > thread.seen_item) else {
            return Ok(None);
        };
        if scene.reachable().is_err() || thread.is_removed {
            return Ok(None);
        }
        let seen = MessageId { account: thread.account, igsid: thread.igsid, item };
        announce_seen(scene.world, set, scene.about(), seen, scene.now).await?;
        set.push(Change::SaveThread(Thread { version: thread.version + 1, seen_item: Some(item), ..thread }));
        scene.log(set, seen, EventKind::Seen);
        Ok(Some(seen))
    }
}

/// Deletes or archives the conversation on the person's side. The business cannot write there until the person acts again,
/// which brings it back (contract send 4.3, 2534001).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Remove;

impl Act for Remove {
    type Done = ();

    async fn play(&self, scene: &Scene<'_>, set: &mut ChangeSet) -> Result<(), Failure> {
        let thread = scene.started()?;
        if !thread.is_removed {
            set.push(Change::SaveThread(Thread { version: thread.version + 1, is_removed: true, ..thread }));
        }
        Ok(())
    }
}
