//! The clock a world runs on: real, moved, or standing still until a test moves it.

use std::sync::atomic::{AtomicI64, Ordering};

use wire::time::{Millis, Span};

/// Under which name the store keeps a movable clock's offset, in milliseconds, for the next start and for other nodes.
pub const OFFSET_SETTING: &str = "clock_offset_ms";

/// Where "now" comes from. Every rule takes the time from here and from nowhere else.
pub trait Clock: Send + Sync {
    /// The present moment of this world.
    fn now(&self) -> Millis;

    /// The clock as one that can be moved, when it can (the emulator's and the tests').
    fn movable(&self) -> Option<&MovableClock> {
        None
    }
}

/// The machine's own clock, for production.
pub struct SystemClock;

impl Clock for SystemClock {
    fn now(&self) -> Millis {
        machine_now()
    }
}

/// A clock that can be moved: it follows the machine's clock at a distance, or stands still.
pub struct MovableClock {
    /// Distance to the machine's clock, or the time itself when standing still, in milliseconds.
    value: AtomicI64,
    frozen: bool,
}

impl MovableClock {
    /// A clock that runs with the machine's, `offset` ahead of it.
    pub fn running(offset: Span) -> Self {
        Self { value: AtomicI64::new(offset.get()), frozen: false }
    }

    /// A clock that stands at `start` until it is moved.
    pub fn frozen(start: Millis) -> Self {
        Self { value: AtomicI64::new(start.get()), frozen: true }
    }

    /// Moves the clock so that it reads `time` now. It may go backwards. Other nodes do not hear of it.
    pub fn set(&self, time: Millis) {
        self.set_offset(self.offset_at(time));
    }

    /// What a restart, or another node, needs to stand at the same moment: the distance to the machine's clock, or to 1970
    /// when standing still.
    pub fn offset(&self) -> Span {
        Span::millis(self.value.load(Ordering::SeqCst))
    }

    /// The offset with which it would read `time` now.
    pub fn offset_at(&self, time: Millis) -> Span {
        time.since(if self.frozen { Millis::new(0) } else { machine_now() })
    }

    /// Moves the clock to an offset.
    pub fn set_offset(&self, offset: Span) {
        self.value.store(offset.get(), Ordering::SeqCst);
    }
}

impl Clock for MovableClock {
    fn now(&self) -> Millis {
        let value = self.value.load(Ordering::SeqCst);
        if self.frozen { Millis::new(value) } else { machine_now().plus(Span::millis(value)) }
    }

    fn movable(&self) -> Option<&MovableClock> {
        Some(self)
    }
}

#[expect(clippy::disallowed_methods, reason = "the one place where the machine's clock is read")]
fn machine_now() -> Millis {
    let since_epoch = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap_or_default();
    Millis::new(i64::try_from(since_epoch.as_millis()).unwrap_or(i64::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_frozen_clock_moves_only_when_told() {
        let clock = MovableClock::frozen(Millis::new(1_000));
        assert_eq!(clock.now(), Millis::new(1_000));
        clock.set(Millis::new(500));
        assert_eq!(clock.now(), Millis::new(500));
    }

    #[test]
    fn a_running_clock_keeps_its_distance() {
        let clock = MovableClock::running(Span::hours(5));
        let ahead = clock.now().since(SystemClock.now());
        assert!(ahead > Span::hours(4) && ahead <= Span::hours(5));
    }
}
