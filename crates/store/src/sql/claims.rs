//! The queue side of deliveries: what is due, and who has taken it.
//!
//! SQLite's one writer reads what is due and leases it row by row. On PostgreSQL the accounts of what is due are found
//! first, and each account's rows are taken by a statement of their own, which looks again.

use engine::facts::Delivery;
use engine::store::Claim;
use wire::id::{AccountId, AppId, DeliveryId};
use wire::time::Millis;

use super::deliveries::{delivery_columns, delivery_row, owner_bits};
use super::fields::{Corrupt, Fields};
use super::row::Row;
use super::statement::statements;
use super::value::{TooLarge, int, key, values};
use super::{Query, Write};

/// The deliveries of app `$1` that are due at `$2`, oldest due first, at most `$3`.
macro_rules! from_due {
    ($hint:literal) => {
        concat!(
            " FROM delivery",
            $hint,
            " WHERE state = 0 AND turn > 0 AND app_id = $1 AND due_time <= $2 \
            AND (lease_until IS NULL OR lease_until <= $2) ORDER BY due_time, id LIMIT $3"
        )
    };
}

macro_rules! leased_elsewhere {
    ($hint:literal) => {
        concat!(
            "SELECT 1 FROM delivery",
            $hint,
            " WHERE state = 0 AND turn > 0 AND lease_owner <> $1 AND lease_until > $2 LIMIT 1"
        )
    };
}

/// Apps with deliveries that may be taken, one jump in the index for each.
macro_rules! busy_apps {
    () => {
        "WITH RECURSIVE busy (app_id) AS (SELECT min(app_id) FROM delivery WHERE state = 0 AND turn > 0 UNION ALL \
        SELECT (SELECT min(d.app_id) FROM delivery d WHERE d.state = 0 AND d.turn > 0 AND d.app_id > busy.app_id) FROM busy \
        WHERE busy.app_id IS NOT NULL) "
    };
}

macro_rules! due_apps {
    ($order:literal) => {
        concat!(
            busy_apps!(),
            "SELECT app_id FROM busy WHERE (SELECT min(d.due_time) FROM delivery d WHERE d.state = 0 AND d.turn > 0 \
            AND d.app_id = busy.app_id) <= $1",
            $order
        )
    };
}

statements! {
    DUE { sqlite: concat!("SELECT ", delivery_columns!(), from_due!(" INDEXED BY delivery_due")) }
    LEASE {
        sqlite: "UPDATE delivery SET lease_owner = $2, lease_until = $3, \
        first_attempt_time = coalesce(first_attempt_time, $4) WHERE id = $1 AND account_id = $5"
    }
    /// Where the deliveries that are due lie.
    DUE_KEYS { postgres: concat!("SELECT account_id, id", from_due!("")) }
    /// Leases those of an account's deliveries `$2` that are still to be had: `$3` is the owner, `$4` the end of the lease,
    /// `$5` now. What comes back is in no order. Each is looked up by its key, whatever else is pending, and what somebody
    /// has in his hands at this moment is left to him.
    TAKE {
        postgres: concat!(
            "WITH had (account, key) AS MATERIALIZED (SELECT d.account_id, d.id FROM unnest($2::bigint[]) AS due (id) \
            CROSS JOIN LATERAL (SELECT account_id, id FROM delivery WHERE account_id = $1 AND id = due.id \
            AND state + 0 = 0 AND turn > 0 AND due_time <= $5 AND (lease_until IS NULL OR lease_until <= $5) LIMIT 1 \
            FOR UPDATE SKIP LOCKED) d) UPDATE delivery SET lease_owner = $3, lease_until = $4, \
            first_attempt_time = coalesce(first_attempt_time, $5) FROM had WHERE account_id = had.account \
            AND id = had.key RETURNING ",
            delivery_columns!()
        )
    }

    /// Looks through the deliveries that may be taken only.
    RELEASE {
        sqlite: "UPDATE delivery INDEXED BY delivery_due SET lease_owner = NULL, lease_until = NULL \
        WHERE state = 0 AND turn > 0 AND lease_owner = $1"
    }
    /// Whoever opens the file has it alone: what is leased in it was leased by a process that is no more.
    RELEASE_ALL {
        sqlite: "UPDATE delivery INDEXED BY delivery_due SET lease_owner = NULL, lease_until = NULL \
        WHERE state = 0 AND turn > 0 AND lease_owner IS NOT NULL"
    }
    /// Looks through the deliveries that may be taken only.
    LEASING_ACCOUNTS {
        postgres: "SELECT DISTINCT account_id FROM delivery WHERE state = 0 AND turn > 0 AND lease_owner = $1"
    }
    RELEASE_ACCOUNT {
        postgres: "UPDATE delivery SET lease_owner = NULL, lease_until = NULL \
        WHERE account_id = $1 AND state = 0 AND turn > 0 AND lease_owner = $2"
    }
    /// Looks through the deliveries that may be taken only.
    LEASED_ELSEWHERE { sqlite: leased_elsewhere!(" INDEXED BY delivery_due"), postgres: leased_elsewhere!("") }

    /// By id; SQLite goes through the apps in that order anyway.
    DUE_APPS { sqlite: due_apps!(""), postgres: due_apps!(" ORDER BY app_id") }
    NEXT_DUE {
        concat!(
            busy_apps!(),
            "SELECT min((SELECT min(d.due_time) FROM delivery d WHERE d.state = 0 AND d.turn > 0 \
            AND d.app_id = busy.app_id)) FROM busy"
        )
    }
}

/// What a claim may take, oldest due first. SQLite only.
pub(crate) fn due(claim: &Claim) -> Query<'static, Delivery> {
    Query { statement: &DUE, params: values![key(claim.app.get()), claim.now, claim.limit], decode: delivery_row }
}

/// Takes one of them. SQLite only.
pub(crate) fn lease(delivery: &Delivery, claim: &Claim) -> Result<Write<'static>, TooLarge> {
    let (id, account) = (int(delivery.id.get())?, int(delivery.account.get())?);
    Ok(Write::new(&LEASE, values![id, owner_bits(claim.owner), claim.until, claim.now, account]))
}

/// The keys of what a claim may take, oldest due first. PostgreSQL only.
pub(crate) fn due_keys(claim: &Claim) -> Query<'static, (AccountId, DeliveryId)> {
    Query { statement: &DUE_KEYS, params: values![key(claim.app.get()), claim.now, claim.limit], decode: key_row }
}

fn key_row(row: Row<'_>) -> Result<(AccountId, DeliveryId), Corrupt> {
    let mut fields = Fields::new(row, "delivery", 0, 2);
    Ok((fields.int(AccountId::new)?, fields.int(DeliveryId::new)?))
}

/// Gives back every lease of an owner. SQLite only.
pub(crate) fn release(owner: u64) -> Write<'static> {
    Write::new(&RELEASE, values![owner_bits(owner)])
}

/// Accounts with leases of an owner. PostgreSQL only.
pub(crate) fn leasing_accounts(owner: u64) -> Query<'static, AccountId> {
    let decode = |row: Row<'_>| Fields::new(row, "delivery", 0, 1).int(AccountId::new);
    Query { statement: &LEASING_ACCOUNTS, params: values![owner_bits(owner)], decode }
}

/// Gives back an owner's leases of one account. PostgreSQL only.
pub(crate) fn release_account(account: AccountId, owner: u64) -> Result<Write<'static>, TooLarge> {
    Ok(Write::new(&RELEASE_ACCOUNT, values![int(account.get())?, owner_bits(owner)]))
}

pub(crate) fn leased_elsewhere(owner: u64, now: Millis) -> Query<'static, ()> {
    Query::exists(&LEASED_ELSEWHERE, values![owner_bits(owner), now])
}

pub(crate) fn due_apps(now: Millis) -> Query<'static, AppId> {
    let decode = |row: Row<'_>| Fields::new(row, "delivery", 0, 1).int(AppId::new);
    Query { statement: &DUE_APPS, params: values![now], decode }
}

pub(crate) fn next_due() -> Query<'static, Option<Millis>> {
    Query { statement: &NEXT_DUE, params: values![], decode: |row| Fields::new(row, "delivery", 0, 0).some_time() }
}
