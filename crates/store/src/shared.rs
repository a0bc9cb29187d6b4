//! What the model and the engines must agree on to the letter.

use engine::change::ChangeSet;
use engine::store::{Reservation, Reserved, StoreError};
use wire::dialect::Dialect;
use wire::id::AccountId;

/// Characters of a webhook receiver's answer that the delivery log keeps.
const ANSWER_CHARS: usize = 2_048;

/// The account whose data a set touches, which every engine makes certain of before it writes anything.
///
/// # Errors
/// A set that touches several: a bug of the caller, which would not survive the distribution of accounts over machines.
pub(crate) fn account_of(set: &ChangeSet) -> Result<Option<AccountId>, StoreError> {
    set.account().map_err(|(one, other)| {
        StoreError::Corrupt(format!("a change set touches account {one} and account {other}, one is allowed"))
    })
}

/// The inboxes that something can be for.
pub(crate) const PLATFORMS: [&str; 2] = ["instagram", "messenger"];

/// The stored name of a login product; installs of one moment and app are listed in its order.
pub(crate) fn login_name(login: Dialect) -> &'static str {
    match login {
        Dialect::Facebook => "facebook",
        Dialect::Instagram => "instagram",
    }
}

/// What is on record of an allowance (the number of a window and calls) after a reservation, when `known` was before it.
///
/// The calls on record are those asked for. They may go beyond what the window holds, by as much as was last asked for in
/// vain: so the sum alone tells what the last reservation was granted, and one SQL statement, which gives back no more than
/// that, both takes and tells.
pub(crate) fn on_record(wanted: &Reservation, known: Option<(i64, i64)>) -> (i64, i64) {
    let (calls, allowed) = (i64::from(wanted.calls), i64::from(wanted.allowed));
    match known {
        Some((window, before)) if window >= wanted.window && before < allowed => (window, before + calls),
        Some((window, before)) if window >= wanted.window => (window, before.max(allowed + calls)),
        _ => (wanted.window, calls),
    }
}

/// What a reservation got, after which `calls` are on record.
pub(crate) fn reserved(wanted: &Reservation, calls: i64) -> Reserved {
    let before = calls - i64::from(wanted.calls);
    let number = |calls: i64| u32::try_from(calls.max(0)).unwrap_or(u32::MAX);
    let left = number(i64::from(wanted.allowed) - before);
    Reserved { granted: left.min(wanted.calls), taken: number(calls).min(wanted.allowed) }
}

/// The beginning of an answer, as long as the delivery log keeps it.
pub(crate) fn kept_answer(answer: &str) -> &str {
    answer.char_indices().nth(ANSWER_CHARS).map_or(answer, |(end, _)| &answer[..end])
}

#[cfg(test)]
mod tests {
    use db::sql::fields::LOGINS;
    use wire::id::AppId;

    use super::*;

    #[test]
    fn a_login_has_the_name_that_its_row_says() {
        for (login, name) in LOGINS {
            assert_eq!(login_name(login), name);
        }
    }

    #[test]
    fn the_calls_on_record_tell_what_was_granted() {
        let all =
            |calls, allowed| Reservation { app: AppId::new(1), account: None, bucket: 0, window: 5, calls, allowed };
        let mut known = None;
        for (calls, allowed, granted, taken) in [
            (7, 10, 7, 7),
            (0, 10, 0, 7),
            (7, 10, 3, 10),
            (7, 10, 0, 10),
            (1, 10, 0, 10),
            (9, 5, 0, 5),
            (9, 0, 0, 0),
            (1, 10, 0, 10),
            (4, 20, 3, 20),
            (u32::MAX, u32::MAX, u32::MAX - 21, u32::MAX),
            (u32::MAX, u32::MAX, 0, u32::MAX),
        ] {
            let wanted = all(calls, allowed);
            let (window, on_record) = on_record(&wanted, known);
            known = Some((window, on_record));
            assert_eq!(reserved(&wanted, on_record), Reserved { granted, taken }, "{calls} of {allowed}: {on_record}");
        }
    }

    #[test]
    fn an_answer_is_cut_between_characters_and_only_when_it_is_too_long() {
        for (letters, kept) in [(0, 0), (2_048, 2_048), (2_049, 2_048)] {
            assert_eq!(kept_answer(&"ß".repeat(letters)), "ß".repeat(kept), "{letters}");
        }
    }
}
