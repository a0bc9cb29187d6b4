//! Waiting for what another process does, which gives no signal.

use std::thread;
use std::time::{Duration, Instant};

/// Time between two looks.
const PAUSE: Duration = Duration::from_millis(10);

/// How long anything may take that normally takes a moment. It is generous because a test machine can be very busy.
pub const LIMIT: Duration = Duration::from_secs(30);

/// Looks until `done` says yes; no if [`LIMIT`] passes before.
#[must_use = "it may not have come to pass"]
#[expect(clippy::disallowed_methods, reason = "other processes move in real time and tell nobody")]
pub fn until(mut done: impl FnMut() -> bool) -> bool {
    let end = Instant::now() + LIMIT;
    while !done() {
        if Instant::now() >= end {
            return false;
        }
        thread::sleep(PAUSE); // sleep: between two looks at another process, bounded by LIMIT
    }
    true
}
