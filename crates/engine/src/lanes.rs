//! One send at a time for each thread, in the order of arrival.
//!
//! Two sends to one person keep their order, and the second decides on the facts that the first one left, so a busy thread
//! costs no stale commits. It is an optimisation within one process; across processes the thread's version decides.

use std::future::Future;
use std::sync::atomic::{AtomicU64, Ordering};

use tokio::sync::Mutex;
use wire::id::{AccountId, Igsid};

use crate::refusal::Failure;
use crate::store::StoreError;

const LANES: usize = 1024;

/// A fixed set of fair locks; threads that share one merely wait for each other.
pub struct Lanes(Vec<Lane>);

#[derive(Default)]
struct Lane {
    turn: Mutex<()>,
    /// How often the store was away in the midst of a turn.
    failures: AtomicU64,
}

impl Default for Lanes {
    fn default() -> Self {
        Self((0..LANES).map(|_| Lane::default()).collect())
    }
}

impl Lanes {
    /// Does `act` when it is this thread's turn.
    ///
    /// # Errors
    /// Those of `act`. When one before it finds the store away, those that waited behind it are told so at once: each would
    /// find it out by a time-out of its own, one after the other.
    pub async fn in_turn<T>(
        &self,
        account: AccountId,
        igsid: Igsid,
        act: impl Future<Output = Result<T, Failure>>,
    ) -> Result<T, Failure> {
        let mixed = (account.get() ^ igsid.get().rotate_left(32)).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        let lane = &self.0[usize::try_from(mixed >> 54).unwrap_or(0) % LANES];
        let failures = lane.failures.load(Ordering::SeqCst);
        let _turn = lane.turn.lock().await;
        if lane.failures.load(Ordering::SeqCst) != failures {
            return Err(StoreError::Unavailable("it was away for the message before this one".to_owned()).into());
        }
        act.await.inspect_err(|failure| {
            if let Failure::Store(StoreError::Unavailable(_)) = failure {
                lane.failures.fetch_add(1, Ordering::SeqCst);
            }
        })
    }
}

#[cfg(test)]
mod tests {
    use tokio::sync::oneshot;

    use super::*;
    use crate::refusal::Refusal;

    const ACCOUNT: AccountId = AccountId::new(1);
    const PERSON: Igsid = Igsid::new(2);

    /// What one that waits behind another is told when that one ends like this.
    async fn behind(end: Result<(), Failure>) -> Result<(), Failure> {
        let lanes = Lanes::default();
        let (go, gone) = oneshot::channel();
        let first = lanes.in_turn(ACCOUNT, PERSON, async {
            gone.await.expect("the second one waits");
            end
        });
        let second = lanes.in_turn(ACCOUNT, PERSON, async { Ok(()) });
        let release = async { go.send(()).expect("the first one has its turn") };
        let (_, told, ()) = tokio::join!(first, second, release);
        assert!(lanes.in_turn(ACCOUNT, PERSON, async { Ok(()) }).await.is_ok(), "who comes later tries again");
        told
    }

    #[tokio::test]
    async fn those_who_wait_share_a_failure_of_the_store_and_nothing_else() {
        assert!(behind(Ok(())).await.is_ok());
        assert!(behind(Err(Refusal::Contended.into())).await.is_ok());
        let away = behind(Err(StoreError::Unavailable("away".into()).into())).await;
        assert!(matches!(away, Err(Failure::Store(StoreError::Unavailable(_)))), "{away:?}");
    }
}
