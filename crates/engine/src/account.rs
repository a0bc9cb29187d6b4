//! Ids of an account as an app sees them.

use wire::id::{AccountId, AppId};

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
    fn each_app_sees_an_account_under_its_own_number() {
        let account = AccountId::new(17_841_400_000_000_001);
        let (a, b) = (app_scoped_id(AppId::new(1), account), app_scoped_id(AppId::new(2), account));
        assert_ne!(a, b);
        assert_eq!(a, app_scoped_id(AppId::new(1), account));
        assert_eq!(a.to_string().len(), 17);
        assert!(!a.to_string().starts_with("17841"), "never mistaken for an account id");
    }
}
