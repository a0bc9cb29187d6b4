//! Names and ids of accounts and people.

use wire::id::{AccountId, AppId};

/// Longest username, in characters.
pub const USERNAME_CHARS: usize = 30;
/// Longest display name, in characters.
pub const NAME_CHARS: usize = 64;

/// Whether a text can be a username: 1 to 30 of `a`-`z`, `0`-`9`, `.` and `_`.
pub fn is_username(text: &str) -> bool {
    let letter = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || matches!(byte, b'.' | b'_');
    (1..=USERNAME_CHARS).contains(&text.len()) && text.bytes().all(letter)
}

/// The `id` that `/me` shows on the Instagram host: a number of its own for each app, unlike `user_id` (contract graph 8.4).
///
/// It is derived, not stored, so it is the same on every node and for good.
pub fn app_scoped_id(app: AppId, account: AccountId) -> u64 {
    let hash = wire::signature::sha256(format!("{app}:{account}").as_bytes());
    let number = u64::from_be_bytes([hash[0], hash[1], hash[2], hash[3], hash[4], hash[5], hash[6], hash[7]]);
    20_000_000_000_000_000 + number % 9_000_000_000_000_000
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_username_is_short_and_plain() {
        for text in ["a", "mira.paints", "jonas_w", "007", &"x".repeat(30)] {
            assert!(is_username(text), "{text}");
        }
        for text in ["", "Mira", "a b", "a/b", "ünal", "a-b", &"x".repeat(31)] {
            assert!(!is_username(text), "{text}");
        }
    }

    #[test]
    fn each_app_sees_an_account_under_its_own_number() {
        let account = AccountId::new(17_841_400_000_000_001);
        let (a, b) = (app_scoped_id(AppId::new(1), account), app_scoped_id(AppId::new(2), account));
        assert_ne!(a, b);
        assert_eq!(a, app_scoped_id(AppId::new(1), account));
        assert_eq!(a.to_string().len(), 17);
        assert!(!a.to_string().starts_with("17841"), "never mistaken for an account id");
    }
}
