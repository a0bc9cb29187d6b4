//! What everything that works for one open database shares.

use std::{sync::atomic::Ordering::Relaxed, time::Duration};

use tokio_util::{sync::CancellationToken, task::TaskTracker};

use super::{connect::Connector, stats::Counters};

/// The first pause after a failed attempt to connect; it doubles from one to the next.
const PAUSE: Duration = Duration::from_millis(50);
/// The longest pause.
const LONGEST_PAUSE: Duration = Duration::from_secs(1);

pub(super) struct Hub {
    pub connector: Connector,
    pub counters: Counters,
    /// The tasks that work, as opposed to those that carry a connection's traffic.
    pub tasks: TaskTracker,
    /// Set once nothing new is taken.
    pub closing: CancellationToken,
    pub timeout: Duration,
}

impl Hub {
    /// Counts a connection, unless it is the first in its place.
    pub fn connected(&self, before: &mut bool) {
        if std::mem::replace(before, true) {
            self.counters.reconnects.fetch_add(1, Relaxed);
        }
    }
}

/// The pauses between attempts to reach a server that is away.
pub(super) struct Pauses(Duration);

impl Pauses {
    pub fn new() -> Self {
        Self(PAUSE)
    }

    /// Waits, each time longer.
    pub async fn pause(&mut self) {
        tokio::time::sleep(self.0).await; // sleep: a server that starts must not be stormed, and nothing tells when it is there
        self.0 = LONGEST_PAUSE.min(self.0 * 2);
    }
}
