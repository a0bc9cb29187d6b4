//! When a failed delivery is tried again (contract webhooks 2.5, the Messenger regime for direct messages).

use wire::time::{Millis, Span};

/// Waits after the first, second, … failed attempt; the last one repeats.
const WAITS: [Span; 6] =
    [Span::ZERO, Span::seconds(5), Span::seconds(30), Span::minutes(2), Span::minutes(5), Span::minutes(10)];

/// After this long without success a delivery is given up.
pub const CUT_OFF: Span = Span::hours(1);

/// Attempts during which a failing delivery holds back the rest of its thread.
pub const QUICK_ATTEMPTS: u32 = 3;

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

/// Decides after the `attempts`th attempt failed at `now`; `first` is when the first one was made.
pub fn after_failure(attempts: u32, first: Millis, now: Millis) -> Next {
    let index = usize::try_from(attempts.saturating_sub(1)).unwrap_or(usize::MAX).min(WAITS.len() - 1);
    let at = now.plus(WAITS[index]);
    if at.since(first) > CUT_OFF {
        return Next::Drop;
    }
    Next::Retry { at, hold_back: attempts < QUICK_ATTEMPTS }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn retries_thin_out_and_end_within_the_hour() {
        let first = Millis::new(1_000_000);
        let (mut now, mut offsets, mut held) = (first, Vec::new(), 0);
        for attempts in 1.. {
            match after_failure(attempts, first, now) {
                Next::Retry { at, hold_back } => {
                    held += u32::from(hold_back);
                    offsets.push(at.since(first).get() / 1_000);
                    now = at;
                }
                Next::Drop => break,
            }
        }
        assert_eq!(offsets, [0, 5, 35, 155, 455, 1_055, 1_655, 2_255, 2_855, 3_455]);
        assert_eq!(held, QUICK_ATTEMPTS - 1, "the thread waits for the quick retries only");
    }

    #[test]
    fn a_delivery_whose_hour_is_over_is_given_up() {
        let first = Millis::new(0);
        assert_eq!(after_failure(2, first, first.plus(CUT_OFF)), Next::Drop);
    }
}
