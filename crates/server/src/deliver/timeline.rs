//! Moving the clock without losing what should have happened on the way.

use engine::change::{Change, ChangeSet};
use engine::clock::{MovableClock, OFFSET_SETTING};
use engine::facts::DeliveryState;
use engine::store::{DeliveryFilter, Read};
use wire::time::Millis;

use super::Dispatcher;

/// How many pending deliveries are looked through when the next due one is held up.
const LOOK: u32 = 10_000;

impl Dispatcher {
    /// Moves the world's clock to `target`, stopping wherever a delivery becomes due, and delivers it there; answers when
    /// everything that is due at `target` has run. A clock that cannot be moved stays.
    ///
    /// The move belongs to the dispatcher and not to its caller: it is carried through even when the caller goes away.
    pub async fn advance(&self, target: Millis) {
        let dispatcher = self.clone();
        let moved = self.0.moves.spawn(async move { dispatcher.travel(target).await });
        if let Err(error) = moved.await {
            tracing::error!(%error, "a move of the clock broke off");
        }
    }

    async fn travel(&self, target: Millis) {
        let world = &self.0.world;
        let Some(clock) = world.clock.movable() else { return };
        let _turn = self.0.moving.lock().await;
        self.settle().await;
        let mut set = ChangeSet::new();
        if target < world.now() {
            // A retry that stayed behind would hold up its thread until that time comes again.
            set.push(Change::Rewind { by: world.now().since(target) });
        } else {
            self.stop_by_stop(clock, target).await;
        }
        clock.set(target);
        set.push(Change::PutSetting { name: OFFSET_SETTING, value: clock.offset().get().to_string() });
        if let Err(error) = world.commit(set).await {
            tracing::warn!(%error, "the moved clock could not be kept for the next start");
        }
        world.bus.ring_work();
        self.settle().await;
    }

    async fn stop_by_stop(&self, clock: &MovableClock, target: Millis) {
        loop {
            match self.next_stop(self.0.world.now()).await {
                Ok(Some(stop)) if stop <= target => {
                    clock.set(stop);
                    self.settle().await;
                }
                Ok(_) => return,
                Err(error) => {
                    tracing::warn!(%error, "due deliveries cannot be read; the clock moves on without them");
                    return;
                }
            }
        }
    }

    /// When the next delivery becomes due after `now`.
    ///
    /// The store's answer may lie in the past: due, but held up by another worker's lease or by an earlier delivery of
    /// its thread. Only then the pending ones are looked through.
    async fn next_stop(&self, now: Millis) -> Read<Option<Millis>> {
        let store = &self.0.world.store;
        match store.next_due().await? {
            Some(due) if due <= now => {
                let pending = DeliveryFilter { state: Some(DeliveryState::Pending), ..DeliveryFilter::default() };
                let found = store.deliveries(pending, LOOK).await?;
                Ok(found.into_iter().map(|delivery| delivery.due_time).filter(|due| *due > now).min())
            }
            due => Ok(due),
        }
    }
}
