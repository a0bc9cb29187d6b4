//! What the model and the engines must agree on to the letter.

use wire::dialect::Dialect;

/// Characters of a webhook receiver's answer that the delivery log keeps.
const ANSWER_CHARS: usize = 2_048;

/// The login products and the names under which they are stored.
pub(crate) const LOGINS: [(Dialect, &str); 2] = [(Dialect::Facebook, "facebook"), (Dialect::Instagram, "instagram")];

/// The stored name of a login product; installs of one moment and app are listed in its order.
pub(crate) fn login_name(login: Dialect) -> &'static str {
    match login {
        Dialect::Facebook => "facebook",
        Dialect::Instagram => "instagram",
    }
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
