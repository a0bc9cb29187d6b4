//! The queue side of deliveries: what is due, and who has taken it.

use engine::facts::Delivery;
use engine::store::Claim;
use rusqlite::{Connection, Result, params};
use wire::id::AppId;
use wire::time::Millis;

use super::deliveries::{delivery_columns, delivery_row, owner_bits};
use super::fields::{Fields, exists, int, key, many, number, one, run};

pub(super) const DUE: &str = concat!(
    "SELECT ",
    delivery_columns!(),
    " FROM delivery INDEXED BY delivery_due WHERE state = 0 AND turn > 0 AND app_id = ?1 AND due_time <= ?2 \
    AND (lease_until IS NULL OR lease_until <= ?2) ORDER BY due_time, id LIMIT ?3"
);
pub(super) const LEASE: &str = "UPDATE delivery SET lease_owner = ?2, lease_until = ?3, \
    first_attempt_time = coalesce(first_attempt_time, ?4) WHERE id = ?1 AND account_id = ?5";
/// Looks through the deliveries that may be taken only.
pub(super) const RELEASE: &str = "UPDATE delivery INDEXED BY delivery_due SET lease_owner = NULL, lease_until = NULL \
    WHERE state = 0 AND turn > 0 AND lease_owner = ?1";
/// Whoever opens the database has it alone: what is leased in it was leased by a process that is no more.
pub(super) const RELEASE_ALL: &str = "UPDATE delivery INDEXED BY delivery_due SET lease_owner = NULL, \
    lease_until = NULL WHERE state = 0 AND turn > 0 AND lease_owner IS NOT NULL";
/// Looks through the deliveries that may be taken only.
pub(super) const LEASED_ELSEWHERE: &str = "SELECT 1 FROM delivery INDEXED BY delivery_due WHERE state = 0 AND turn > 0 \
    AND lease_owner <> ?1 AND lease_until > ?2 LIMIT 1";

/// Apps with deliveries that may be taken, one jump in the index for each.
macro_rules! busy_apps {
    () => {
        "WITH RECURSIVE busy (app_id) AS (SELECT min(app_id) FROM delivery WHERE state = 0 AND turn > 0 UNION ALL \
        SELECT (SELECT min(d.app_id) FROM delivery d WHERE d.state = 0 AND d.turn > 0 AND d.app_id > busy.app_id) FROM busy \
        WHERE busy.app_id IS NOT NULL) "
    };
}
pub(super) const DUE_APPS: &str = concat!(
    busy_apps!(),
    "SELECT app_id FROM busy WHERE EXISTS (SELECT 1 FROM delivery d WHERE d.state = 0 AND d.turn > 0 AND d.app_id = busy.app_id \
    AND d.due_time <= ?1)"
);
pub(super) const NEXT_DUE: &str = concat!(
    busy_apps!(),
    "SELECT min((SELECT min(d.due_time) FROM delivery d WHERE d.state = 0 AND d.turn > 0 AND d.app_id = busy.app_id)) FROM busy"
);

/// Takes due deliveries; see the trait.
pub(super) fn claim(connection: &Connection, claim: &Claim) -> Result<Vec<Delivery>> {
    let due = params![key(claim.app.get()), claim.now.get(), claim.limit];
    let mut taken = many(connection, DUE, due, delivery_row)?;
    for delivery in &mut taken {
        delivery.first_attempt_time.get_or_insert(claim.now);
        let (id, account) = (int(delivery.id.get())?, int(delivery.account.get())?);
        let lease = [id, owner_bits(claim.owner), claim.until.get(), claim.now.get(), account];
        run(connection, LEASE, lease)?;
    }
    Ok(taken)
}

pub(super) fn release(connection: &Connection, owner: u64) -> Result<usize> {
    run(connection, RELEASE, [owner_bits(owner)])
}

pub(super) fn leased_elsewhere(connection: &Connection, owner: u64, now: Millis) -> Result<bool> {
    exists(connection, LEASED_ELSEWHERE, [owner_bits(owner), now.get()])
}

pub(super) fn due_apps(connection: &Connection, now: Millis) -> Result<Vec<AppId>> {
    many(connection, DUE_APPS, [now.get()], |row| Fields::new(row, "delivery", 0, 1).int(AppId::new))
}

pub(super) fn next_due(connection: &Connection) -> Result<Option<Millis>> {
    Ok(one(connection, NEXT_DUE, [], number)?.flatten().map(Millis::new))
}
