//! Delivering until all is quiet, on this node and on the others that share the store.

use std::time::Duration;

use tokio::task::JoinSet;

use super::{Dispatcher, report};

/// How much longer than one delivery's time limit other nodes get while the clock waits for them.
const GRACE_FOR_OTHERS: Duration = Duration::from_secs(2);
/// How often other nodes are looked at meanwhile.
const LOOK_AT_OTHERS: Duration = Duration::from_millis(20);

impl Dispatcher {
    /// Delivers everything that is due now, and what becomes due now by that, until nothing is left to take and nothing
    /// is under way: here, in [`Dispatcher::run`], or on another node.
    pub async fn settle(&self) {
        let mut patience = None;
        loop {
            self.settle_here().await;
            if !self.leased_elsewhere().await {
                return;
            }
            let limit = Duration::from_millis(self.0.world.settings.webhook_timeout_ms) + GRACE_FOR_OTHERS;
            let patience = patience.get_or_insert_with(|| Box::pin(tokio::time::sleep(limit))); // sleep: bounds the wait for a node that may be dead
            tokio::select! {
                () = self.others_end() => {}
                () = patience => {
                    tracing::warn!("another node holds deliveries longer than one can take; going on without it");
                    return;
                }
            }
        }
    }

    /// Waits until no other node has a delivery under way. Nobody rings for the end of a lease, so it looks again and again.
    async fn others_end(&self) {
        let mut bell = self.0.world.bus.work();
        while self.leased_elsewhere().await {
            let _ = tokio::time::timeout(LOOK_AT_OTHERS, bell.changed()).await;
        }
    }

    async fn leased_elsewhere(&self) -> bool {
        let world = &self.0.world;
        world.store.leased_elsewhere(self.0.owner, world.now()).await.unwrap_or_else(|error| {
            tracing::warn!(%error, "leases of other nodes cannot be read");
            false
        })
    }

    async fn settle_here(&self) {
        let mut ended = self.0.slots.ended();
        let mut tasks = JoinSet::new();
        loop {
            ended.borrow_and_update();
            let quiet = self.round(&mut tasks).await;
            if quiet && !ended.has_changed().unwrap_or(false) {
                break;
            }
            // The sender lives as long as this dispatcher.
            let _ = ended.changed().await;
        }
        while let Some(ended) = tasks.join_next().await {
            report(ended);
        }
    }
}
