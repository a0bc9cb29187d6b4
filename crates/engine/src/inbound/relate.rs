//! A person follows an account or blocks it, and leaves off (contract send 3.1, 3.4, 6.5). Nobody is told.

use super::{Act, Scene};
use crate::change::{Change, ChangeSet};
use crate::facts::{ScopedUser, Thread};
use crate::refusal::Failure;

/// Whether the person follows the account from now on. It moves no thread: only a first message looks at it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Follow(
    /// Follows, or does not any more.
    pub bool,
);

impl Act for Follow {
    type Done = ();

    async fn play(&self, scene: &Scene<'_>, set: &mut ChangeSet) -> Result<(), Failure> {
        if self.0 {
            scene.reachable()?;
        }
        between(scene, set, ScopedUser { is_user_follow_business: self.0, ..scene.user.clone() });
        Ok(())
    }
}

/// Whether the person blocks the account from now on. Who blocks follows no more, in either direction.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Block(
    /// Blocks, or does not any more.
    pub bool,
);

impl Act for Block {
    type Done = ();

    async fn play(&self, scene: &Scene<'_>, set: &mut ChangeSet) -> Result<(), Failure> {
        let mut user = ScopedUser { is_user_block_business: self.0, ..scene.user.clone() };
        if self.0 {
            user.is_user_follow_business = false;
            user.is_business_follow_user = false;
        }
        between(scene, set, user);
        Ok(())
    }
}

/// Whether the account follows the person from now on, by the hand of somebody of the business; it sees the stories of private
/// people only then (contract webhooks 3.2).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FollowByHand(
    /// Follows, or does not any more.
    pub bool,
);

impl Act for FollowByHand {
    type Done = ();

    async fn play(&self, scene: &Scene<'_>, set: &mut ChangeSet) -> Result<(), Failure> {
        if self.0 {
            scene.reachable()?;
        }
        between(scene, set, ScopedUser { is_business_follow_user: self.0, ..scene.user.clone() });
        Ok(())
    }
}

/// Adds what is between the two from now on, and the thread's next version, so that no send is decided on what was before.
fn between(scene: &Scene<'_>, set: &mut ChangeSet, user: ScopedUser) {
    if user == scene.user {
        return;
    }
    scene.remember(set, user);
    if let Some(thread) = scene.thread.clone() {
        set.push(Change::SaveThread(Thread { version: thread.version + 1, ..thread }));
    }
}
