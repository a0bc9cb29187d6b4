//! Parts of files that never became whole: what a crash, or a message that was refused after its files were stored, leaves
//! behind.

use std::future::Future;
use std::time::Duration;

use wire::time::{Millis, Span};

use crate::change::{Change, ChangeSet};
use crate::refusal::Failure;
use crate::world::World;

/// How old parts are when they go. A message takes minutes at most, also where somebody moves the clock meanwhile.
const AGE: Span = Span::hours(24);
/// How much of the world's time lies between two sweeps.
const BETWEEN: Span = Span::hours(1);
/// How often the world's clock is looked at, which may be moved at any time.
const LOOK: Duration = Duration::from_secs(60);

/// Sweeps at once, and then every hour of the world's clock, until `stop`.
pub async fn run(world: &World, stop: impl Future<Output = ()>) {
    tokio::pin!(stop);
    let mut last = None;
    loop {
        if is_due(last, world.now()) {
            last = Some(world.now());
            if let Err(error) = sweep(world).await {
                tracing::warn!(%error, "parts of files cannot be swept; trying again in an hour");
            }
        }
        tokio::select! {
            () = &mut stop => return,
            () = tokio::time::sleep(LOOK) => {} // sleep: the world's clock has no bell, and an hour is nothing to wake for
        }
    }
}

/// A clock that was set back is as good as one that moved on.
fn is_due(last: Option<Millis>, now: Millis) -> bool {
    last.is_none_or(|last| now < last || now.since(last) >= BETWEEN)
}

/// Removes every account's parts that are a day old and belong to no file.
///
/// # Errors
/// The store's.
pub async fn sweep(world: &World) -> Result<(), Failure> {
    let before = world.now().minus(AGE);
    for account in world.store.accounts().await? {
        world.commit(ChangeSet(vec![Change::SweepChunks { account: account.id, before }])).await?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sweep_is_due_at_the_start_every_hour_and_when_the_clock_went_back() {
        let (last, hour) = (Millis::new(10_000_000), 3_600_000);
        let rows = [(0, false), (hour - 1, false), (hour, true), (-1, true)];
        assert!(is_due(None, last));
        for (later, expected) in rows {
            assert_eq!(is_due(Some(last), last.plus(Span::millis(later))), expected, "{later}");
        }
    }
}
