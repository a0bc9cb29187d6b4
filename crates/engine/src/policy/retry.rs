//! When a failed delivery is tried again (contract webhooks 2.5): direct messages for an hour, all else for a day and a half.

use wire::time::{Millis, Span};

use crate::facts::Channel;

/// By which waits a delivery is retried.
#[derive(Debug, PartialEq, Eq)]
pub struct Regime {
    /// Waits after the first, second, … failed attempt; the last one repeats.
    waits: &'static [Span],
    /// The last attempt is made when so much time has passed since the first one.
    pub cut_off: Span,
    /// Attempts during which a failing delivery holds back the rest of its thread.
    pub quick_attempts: u32,
}

/// Direct messages, for whoever controls the thread and for those who listen.
static MESSAGES: Regime = Regime {
    waits: &[Span::ZERO, Span::seconds(5), Span::seconds(30), Span::minutes(2), Span::minutes(5), Span::minutes(10)],
    cut_off: Span::hours(1),
    quick_attempts: 3,
};

/// Changes, and the callbacks of the login product, for which no regime is published.
static CHANGES: Regime = Regime {
    waits: &[
        Span::ZERO,
        Span::minutes(1),
        Span::minutes(5),
        Span::minutes(15),
        Span::hours(1),
        Span::hours(3),
        Span::hours(6),
        Span::hours(12),
    ],
    cut_off: Span::hours(36),
    quick_attempts: 2,
};

impl Regime {
    /// The regime of a channel.
    pub fn of(channel: Channel) -> &'static Self {
        match channel {
            Channel::Messaging | Channel::Standby => &MESSAGES,
            Channel::Changes | Channel::Callback => &CHANGES,
        }
    }
}

/// How much later than its wait a retry comes, so that what failed together does not come back together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Jitter {
    percent: u32,
    random: u16,
}

impl Jitter {
    /// Retries come to the millisecond.
    pub const NONE: Self = Self { percent: 0, random: 0 };

    /// Up to so many percent of the wait, and within that by chance: 0 is nothing, `u16::MAX` all of it.
    pub fn new(percent: u32, random: u16) -> Self {
        Self { percent, random }
    }

    fn of(self, wait: Span) -> Span {
        let most = i128::from(wait.get()) * i128::from(self.percent) / 100;
        Span::millis(i64::try_from(most * i128::from(self.random) / i128::from(u16::MAX)).unwrap_or(i64::MAX))
    }
}

/// What to do after a failed attempt.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Next {
    /// Try again then.
    Retry {
        /// When.
        at: Millis,
        /// Whether the rest of the thread waits.
        hold_back: bool,
    },
    /// Give up.
    Drop,
}

/// Decides after the `attempts`th attempt failed at `now`; `first` is when the first one was made. The last attempt is made
/// exactly at the cut-off, whatever the jitter.
pub fn after_failure(regime: &Regime, attempts: u32, first: Millis, now: Millis, jitter: Jitter) -> Next {
    let last = first.plus(regime.cut_off);
    if now >= last {
        return Next::Drop;
    }
    let index = usize::try_from(attempts.saturating_sub(1)).unwrap_or(usize::MAX).min(regime.waits.len() - 1);
    let wait = regime.waits[index];
    let at = now.plus(wait).plus(jitter.of(wait)).min(last);
    Next::Retry { at, hold_back: attempts < regime.quick_attempts }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Seconds from the first attempt to each later one, and how many attempts hold the thread back.
    fn offsets(channel: Channel, jitter: Jitter) -> (Vec<i64>, u32) {
        let first = Millis::new(1_000_000);
        let (mut now, mut offsets, mut held) = (first, Vec::new(), 0);
        for attempts in 1.. {
            match after_failure(Regime::of(channel), attempts, first, now, jitter) {
                Next::Retry { at, hold_back } => {
                    held += u32::from(hold_back);
                    offsets.push(at.since(first).get() / 1_000);
                    now = at;
                }
                Next::Drop => break,
            }
        }
        (offsets, held)
    }

    #[test]
    fn messages_are_retried_for_an_hour_and_once_more_when_it_ends() {
        let hour = vec![0, 5, 35, 155, 455, 1_055, 1_655, 2_255, 2_855, 3_455, 3_600];
        for channel in [Channel::Messaging, Channel::Standby] {
            assert_eq!(
                offsets(channel, Jitter::NONE),
                (hour.clone(), 2),
                "the thread waits for the quick retries only"
            );
        }
    }

    #[test]
    fn changes_and_callbacks_are_retried_for_a_day_and_a_half() {
        let minutes = |minutes: &[i64]| minutes.iter().map(|minute| minute * 60).collect::<Vec<_>>();
        let long = minutes(&[0, 1, 6, 21, 81, 261, 621, 1_341, 2_061, 2_160]);
        for channel in [Channel::Changes, Channel::Callback] {
            assert_eq!(offsets(channel, Jitter::NONE), (long.clone(), 1));
        }
    }

    #[test]
    fn jitter_is_a_part_of_the_wait_and_never_comes_first() {
        let offsets = |percent, random| offsets(Channel::Messaging, Jitter::new(percent, random)).0;
        assert_eq!(offsets(10, 0), offsets(0, u16::MAX));
        assert_eq!(offsets(10, u16::MAX)[..5], [0, 5, 38, 170, 500], "5.5, 33, 132 and 330 seconds later");
        assert_eq!(offsets(100, u16::MAX / 2)[..3], [0, 7, 52]);
        assert_eq!(offsets(10, u16::MAX).last(), Some(&3_600));
    }

    #[test]
    fn a_delivery_whose_time_is_over_is_given_up() {
        let first = Millis::new(0);
        for channel in Channel::ALL.map(|row| row.0) {
            let regime = Regime::of(channel);
            assert_eq!(after_failure(regime, 2, first, first.plus(regime.cut_off), Jitter::NONE), Next::Drop);
        }
    }

    proptest! {
        #[test]
        fn no_retry_comes_before_its_wait_or_after_the_cut_off(
            attempts in 1..50_u32, passed in 0..3_700_000_i64, percent in 0..1_000_u32, random: u16,
        ) {
            let (first, regime) = (Millis::new(7), Regime::of(Channel::Messaging));
            let now = first.plus(Span::millis(passed));
            let plain = after_failure(regime, attempts, first, now, Jitter::NONE);
            match (plain, after_failure(regime, attempts, first, now, Jitter::new(percent, random))) {
                (Next::Retry { at: plain, .. }, Next::Retry { at, .. }) => {
                    prop_assert!(plain <= at && at <= first.plus(regime.cut_off));
                }
                (one, other) => prop_assert_eq!(one, other),
            }
        }
    }
}
