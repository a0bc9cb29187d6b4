//! The queue side of deliveries: what is due, and who has taken it.

use std::collections::HashMap;

use engine::facts::Delivery;
use engine::store::Claim;
use rusqlite::{Connection, Result, params};
use wire::id::{AppId, DeliveryId};
use wire::time::Millis;

use super::deliveries::{delivery_columns, delivery_row, owner_bits};
use super::fields::{Fields, int, key, many, number, one, run};

pub(super) const DUE: &str = concat!(
    "SELECT ",
    delivery_columns!(),
    " FROM delivery INDEXED BY delivery_due WHERE state = 0 AND app_id = ?1 AND due_time <= ?2 ORDER BY due_time, id"
);
/// The first pending delivery of a thread that holds back those behind it, and the end of the thread's longest lease.
pub(super) const LANE: &str = "SELECT min(id) FILTER (WHERE attempts < ?4), max(lease_until) \
    FROM delivery INDEXED BY delivery_lane WHERE state = 0 AND account_id = ?1 AND app_id = ?2 AND igsid = ?3";
pub(super) const LEASE: &str = "UPDATE delivery SET lease_owner = ?2, lease_until = ?3, \
    first_attempt_time = coalesce(first_attempt_time, ?4) WHERE id = ?1 AND account_id = ?5";
/// Looks through the pending deliveries only.
pub(super) const RELEASE: &str = "UPDATE delivery INDEXED BY delivery_due SET lease_owner = NULL, lease_until = NULL \
    WHERE state = 0 AND lease_owner = ?1";

/// Apps with pending deliveries, one jump in the index for each.
macro_rules! busy_apps {
    () => {
        "WITH RECURSIVE busy (app_id) AS (SELECT min(app_id) FROM delivery WHERE state = 0 UNION ALL \
        SELECT (SELECT min(d.app_id) FROM delivery d WHERE d.state = 0 AND d.app_id > busy.app_id) FROM busy \
        WHERE busy.app_id IS NOT NULL) "
    };
}
pub(super) const DUE_APPS: &str = concat!(
    busy_apps!(),
    "SELECT app_id FROM busy WHERE EXISTS (SELECT 1 FROM delivery d WHERE d.state = 0 AND d.app_id = busy.app_id \
    AND d.due_time <= ?1)"
);
pub(super) const NEXT_DUE: &str = concat!(
    busy_apps!(),
    "SELECT min((SELECT min(d.due_time) FROM delivery d WHERE d.state = 0 AND d.app_id = busy.app_id)) FROM busy"
);

/// What a thread lets through at this moment.
#[derive(Clone, Copy)]
enum Lane {
    /// Nothing: one of its deliveries is out, or was just taken.
    Closed,
    /// Deliveries up to this one, which holds back those behind it; all, when there is none such.
    OpenTo(Option<DeliveryId>),
}

/// Takes due deliveries; see the trait.
pub(super) fn claim(connection: &Connection, claim: &Claim) -> Result<Vec<Delivery>> {
    let mut taken = choose(connection, claim)?;
    for delivery in &mut taken {
        delivery.first_attempt_time.get_or_insert(claim.now);
        let (id, account) = (int(delivery.id.get())?, int(delivery.account.get())?);
        let lease = [id, owner_bits(claim.owner), claim.until.get(), claim.now.get(), account];
        run(connection, LEASE, lease)?;
    }
    Ok(taken)
}

fn choose(connection: &Connection, claim: &Claim) -> Result<Vec<Delivery>> {
    let limit = usize::try_from(claim.limit).unwrap_or(usize::MAX);
    let mut lanes = HashMap::new();
    let mut taken = Vec::new();
    let mut due = connection.prepare_cached(DUE)?;
    let mut rows = due.query(params![key(claim.app.get()), claim.now.get()])?;
    while taken.len() < limit
        && let Some(row) = rows.next()?
    {
        let at = (row.get(1)?, row.get(3)?);
        let state = match lanes.get(&at) {
            Some(Lane::Closed) => continue,
            Some(state) => *state,
            None => lane(connection, claim, at)?,
        };
        lanes.insert(at, state);
        if let Lane::OpenTo(last) = state {
            let delivery = delivery_row(row)?;
            if last.is_none_or(|last| delivery.id <= last) {
                taken.push(delivery);
                lanes.insert(at, Lane::Closed);
            }
        }
    }
    Ok(taken)
}

fn lane(connection: &Connection, claim: &Claim, (account, igsid): (i64, i64)) -> Result<Lane> {
    let params = params![account, key(claim.app.get()), igsid, claim.quick_attempts];
    let found = one(connection, LANE, params, |row| {
        let mut fields = Fields::new(row, "delivery", 0, 1);
        Ok((fields.some_int(DeliveryId::new)?, fields.some_time()?))
    })?;
    Ok(match found {
        Some((_, Some(until))) if until > claim.now => Lane::Closed,
        Some((holds, _)) => Lane::OpenTo(holds),
        None => Lane::OpenTo(None),
    })
}

pub(super) fn release(connection: &Connection, owner: u64) -> Result<usize> {
    run(connection, RELEASE, [owner_bits(owner)])
}

pub(super) fn due_apps(connection: &Connection, now: Millis) -> Result<Vec<AppId>> {
    many(connection, DUE_APPS, [now.get()], |row| Fields::new(row, "delivery", 0, 1).int(AppId::new))
}

pub(super) fn next_due(connection: &Connection) -> Result<Option<Millis>> {
    Ok(one(connection, NEXT_DUE, [], number)?.flatten().map(Millis::new))
}
