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

/// The login products and the names under which they are stored.
pub(crate) const LOGINS: [(Dialect, &str); 2] = [(Dialect::Facebook, "facebook"), (Dialect::Instagram, "instagram")];

/// The stored name of a login product; installs of one moment and app are listed in its order.
pub(crate) fn login_name(login: Dialect) -> &'static str {
    match login {
        Dialect::Facebook => "facebook",
        Dialect::Instagram => "instagram",
    }
}

/// What a reservation gets of a window of which `known` is on record (its number and the calls taken), and the window
/// that is on record afterwards.
pub(crate) fn reserved(wanted: &Reservation, known: Option<(i64, u32)>) -> (i64, Reserved) {
    let (window, before) = known.filter(|known| known.0 >= wanted.window).unwrap_or((wanted.window, 0));
    let granted = wanted.calls.min(wanted.allowed.saturating_sub(before));
    (window, Reserved { granted, taken: before + granted })
}

/// The beginning of an answer, as long as the delivery log keeps it.
pub(crate) fn kept_answer(answer: &str) -> &str {
    answer.char_indices().nth(ANSWER_CHARS).map_or(answer, |(end, _)| &answer[..end])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_login_has_the_name_that_its_row_says() {
        for (login, name) in LOGINS {
            assert_eq!(login_name(login), name);
        }
    }

    #[test]
    fn an_answer_is_cut_between_characters_and_only_when_it_is_too_long() {
        for (letters, kept) in [(0, 0), (2_048, 2_048), (2_049, 2_048)] {
            assert_eq!(kept_answer(&"ß".repeat(letters)), "ß".repeat(kept), "{letters}");
        }
    }
}
