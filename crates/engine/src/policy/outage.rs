//! When an app's owner is told that its endpoint fails, and when it is taken off the account (contract webhooks 2.5, 2.6).

use wire::time::{Millis, Span};

/// How long an endpoint fails before its owner is told.
pub const TOLD_AFTER: Span = Span::minutes(15);

/// What a failed attempt is, as far as it counts against the endpoint.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Failed {
    /// When the endpoint began to fail, as far as was known before this attempt.
    pub known: Option<Millis>,
    /// When the delivery was first tried.
    pub first: Millis,
    /// When this attempt began.
    pub began: Millis,
    /// Whether it was the last one of a direct message, whose hour is over.
    pub hour_is_over: bool,
}

/// What follows from it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Verdict {
    /// Since when the endpoint fails.
    pub since: Millis,
    /// Whether the outage begins with this attempt.
    pub begins: bool,
    /// Whether the owner is to be told that deliveries fail.
    pub tell: bool,
    /// Whether the app is taken off the account.
    pub disable: bool,
}

/// Decides at `now`. An app is taken off when a message was tried in vain for its whole hour, and nothing else was taken
/// meanwhile: one message that the endpoint always refuses takes no app off that takes the others.
pub fn after_failure(failed: Failed, now: Millis) -> Verdict {
    let Failed { known, first, began, hour_is_over } = failed;
    let since = known.unwrap_or(began);
    Verdict {
        since,
        begins: known.is_none(),
        tell: now.since(since) >= TOLD_AFTER,
        disable: hour_is_over && since <= first,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// In minutes: since when it was known, first attempt, this attempt, whether the hour is over; then since when, whether it
    /// begins, the owner is told, the app taken off.
    type Case = (Option<i64>, i64, i64, bool, (i64, bool, bool, bool));

    #[test]
    fn an_owner_is_told_after_a_quarter_and_the_app_taken_off_after_an_hour_without_success() {
        let table: [Case; 8] = [
            (None, 0, 0, false, (0, true, false, false)),
            (Some(0), 0, 14, false, (0, false, false, false)),
            (Some(0), 0, 15, false, (0, false, true, false)),
            (Some(0), 0, 60, true, (0, false, true, true)),
            (Some(0), 30, 60, false, (0, false, true, false)),
            (Some(0), 30, 90, true, (0, false, true, true)),
            (Some(5), 0, 60, true, (5, false, true, false)),
            (None, 0, 60, true, (60, true, false, false)),
        ];
        let minute = |minute: i64| Millis::new(0).plus(Span::minutes(minute));
        for (known, first, began, hour_is_over, (since, begins, tell, disable)) in table {
            let failed = Failed { known: known.map(minute), first: minute(first), began: minute(began), hour_is_over };
            let expected = Verdict { since: minute(since), begins, tell, disable };
            assert_eq!(after_failure(failed, minute(began)), expected, "{failed:?}");
        }
    }
}
