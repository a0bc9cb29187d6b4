//! Moving the clock without losing what should have happened on the way.

use engine::facts::DeliveryState;
use engine::offset;
use engine::store::{CommitError, DeliveryFilter, Read, StoreError};
use engine::story;
use wire::time::Millis;

use super::Dispatcher;

/// How many pending deliveries are looked through when the next due one is held up.
const LOOK: u32 = 10_000;

impl Dispatcher {
    /// Moves the world's clock to `target`, stopping wherever a delivery becomes due or a story ends, and delivers it there; answers when
    /// everything that is due at `target` has run. Each stop is committed, so that other nodes stand there too and deliver
    /// what they took. A clock that cannot be moved stays.
    ///
    /// The move belongs to the dispatcher and not to its caller: it is carried through even when the caller goes away.
    ///
    /// # Errors
    /// The store's; the clock then stands at one of the stops.
    pub async fn advance(&self, target: Millis) -> Result<(), CommitError> {
        let dispatcher = self.clone();
        let moved = self.0.moves.spawn(async move { dispatcher.travel(target).await });
        moved.await.unwrap_or_else(|error| {
            Err(StoreError::Unavailable(format!("the move of the clock broke off: {error}")).into())
        })
    }

    async fn travel(&self, target: Millis) -> Result<(), CommitError> {
        let world = &self.0.world;
        if world.clock.movable().is_none() {
            return Ok(());
        }
        let _turn = self.0.moving.lock().await;
        self.settle().await;
        if target < world.now() {
            // What is claimed meanwhile would be leased until times that are far ahead afterwards.
            let _no_round = self.0.rounds.lock().await;
            offset::set_back(world, target).await?;
        } else {
            self.stop_by_stop(target).await?;
            offset::advance(world, target).await?;
        }
        self.settle().await;
        Ok(())
    }

    async fn stop_by_stop(&self, target: Millis) -> Result<(), CommitError> {
        while let Some(stop) = self.next_stop(self.0.world.now()).await?.filter(|stop| *stop <= target) {
            offset::advance(&self.0.world, stop).await?;
            self.settle().await;
        }
        Ok(())
    }

    /// When the next delivery becomes due after `now`, or the next story ends.
    ///
    /// The store's answer may lie in the past: due, but held up by another worker's lease or by an earlier delivery of
    /// its thread. Only then the pending ones are looked through.
    async fn next_stop(&self, now: Millis) -> Read<Option<Millis>> {
        let store = &self.0.world.store;
        let due = match store.next_due().await? {
            Some(due) if due <= now => {
                let pending = DeliveryFilter { state: Some(DeliveryState::Pending), ..DeliveryFilter::default() };
                let found = store.deliveries(pending, LOOK).await?;
                found.into_iter().map(|delivery| delivery.due_time).filter(|due| *due > now).min()
            }
            due => due,
        };
        let story = story::next_end(&self.0.world, now).await?;
        Ok(due.into_iter().chain(story).min())
    }
}
