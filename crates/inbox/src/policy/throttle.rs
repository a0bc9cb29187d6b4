//! How often a log-in may fail.

use wire::time::{Millis, Span};

/// As often as this it may fail without having to wait.
const FREE: u32 = 5;
/// The first wait; each further failure doubles it.
const FIRST: Span = Span::seconds(30);
/// The longest wait.
const LONGEST: Span = Span::hours(1);

/// Until when nothing is to be tried after this many failures in a row.
pub fn until(failures: u32, now: Millis) -> Millis {
    if failures < FREE {
        return now;
    }
    let doubled = FIRST.get().saturating_mul(1 << (failures - FREE).min(20));
    now.plus(Span::millis(doubled.min(LONGEST.get())))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waiting_begins_with_the_fifth_failure_and_doubles_up_to_an_hour() {
        for (failures, seconds) in
            [(0, 0), (4, 0), (5, 30), (6, 60), (7, 120), (11, 1920), (12, 3600), (4_000_000, 3600)]
        {
            assert_eq!(until(failures, Millis::new(7)), Millis::new(7).plus(Span::seconds(seconds)), "{failures}");
        }
    }
}
