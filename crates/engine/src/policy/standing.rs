//! Whether an account may use the messaging API at all (contract send 3.4, order of checks step 7).

use crate::facts::{Account, AccountType, Standing};
use crate::refusal::Refusal;

/// The account a caller speaks for, when nothing stands against it. Private people have no API; `None` is a Page without an
/// account.
///
/// # Errors
/// [`Refusal::PageNotLinked`], [`Refusal::AccessDisabled`], [`Refusal::BusinessBlocked`], [`Refusal::NotEligible`],
/// [`Refusal::LinkUnverified`], [`Refusal::Restricted`], [`Refusal::PolicyBlocked`], in this order.
pub fn decide(account: Option<&Account>) -> Result<&Account, Refusal> {
    let account = account.filter(|account| account.account_type != AccountType::Personal);
    let account = account.ok_or(Refusal::PageNotLinked)?;
    if !account.allow_message_access {
        return Err(Refusal::AccessDisabled);
    }
    match account.standing {
        Standing::Good => Ok(account),
        Standing::Blocked => Err(Refusal::BusinessBlocked),
        Standing::NotEligible => Err(Refusal::NotEligible),
        Standing::Unverified => Err(Refusal::LinkUnverified),
        Standing::Restricted => Err(Refusal::Restricted),
        Standing::PolicyBlocked => Err(Refusal::PolicyBlocked),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::policy::samples;

    #[test]
    fn each_thing_against_an_account_has_its_refusal() {
        let good = samples::account();
        let rows = [
            (good.clone(), Ok(())),
            (Account { account_type: AccountType::MediaCreator, ..good.clone() }, Ok(())),
            (Account { account_type: AccountType::Personal, ..good.clone() }, Err(Refusal::PageNotLinked)),
            (Account { allow_message_access: false, ..good.clone() }, Err(Refusal::AccessDisabled)),
            (Account { standing: Standing::Blocked, ..good.clone() }, Err(Refusal::BusinessBlocked)),
            (Account { standing: Standing::NotEligible, ..good.clone() }, Err(Refusal::NotEligible)),
            (Account { standing: Standing::Unverified, ..good.clone() }, Err(Refusal::LinkUnverified)),
            (Account { standing: Standing::Restricted, ..good.clone() }, Err(Refusal::Restricted)),
            (Account { standing: Standing::PolicyBlocked, ..good }, Err(Refusal::PolicyBlocked)),
        ];
        for (account, expected) in rows {
            assert_eq!(decide(Some(&account)).map(|_| ()), expected, "{account:?}");
        }
        assert_eq!(decide(None), Err(Refusal::PageNotLinked));
    }
}
