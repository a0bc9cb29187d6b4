//! One send at a time for each thread, in the order of arrival.
//!
//! Two sends to one person keep their order, and the second decides on the facts that the first one left, so a busy thread
//! costs no stale commits. It is an optimisation within one process; across processes the thread's version decides.

use tokio::sync::{Mutex, MutexGuard};
use wire::id::{AccountId, Igsid};

const LANES: usize = 1024;

/// A fixed set of fair locks; threads that share one merely wait for each other.
pub struct Lanes(Vec<Mutex<()>>);

impl Default for Lanes {
    fn default() -> Self {
        Self((0..LANES).map(|_| Mutex::new(())).collect())
    }
}

impl Lanes {
    /// Waits for this thread's turn; the turn ends when the guard is dropped.
    pub async fn turn(&self, account: AccountId, igsid: Igsid) -> MutexGuard<'_, ()> {
        let mixed = (account.get() ^ igsid.get().rotate_left(32)).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        self.0[usize::try_from(mixed >> 54).unwrap_or(0) % LANES].lock().await
    }
}
