//! The delivery log: what is to be delivered, what came of each attempt.

use engine::facts::{Attempt, Delivery, DeliveryState, NewDelivery};
use engine::store::DeliveryFilter;
use rusqlite::{Connection, Result, Row, params};
use wire::id::{AccountId, AppId, DeliveryId, Igsid};
use wire::time::{Millis, Span};

use super::fields::{Fields, bound, int, key, many, one, run};
use crate::shared::{kept_answer, login_name};

/// Whether a delivery of the thread has its turn; parameters 1 to 3 are account, app and person.
macro_rules! turn_is_taken {
    () => {
        "EXISTS (SELECT 1 FROM delivery INDEXED BY delivery_lane WHERE state = 0 AND account_id = ?1 AND app_id = ?2 \
        AND igsid = ?3 AND turn = 1)"
    };
}

pub(super) const ADD_DELIVERY: &str = concat!(
    "INSERT INTO delivery (account_id, app_id, igsid, login, field, element, created_time, state, turn, attempts, \
    due_time) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, 0, NOT ",
    turn_is_taken!(),
    ", 0, ?7)"
);

macro_rules! delivery_columns {
    () => {
        "id, account_id, app_id, igsid, login, field, element, created_time, state, attempts, first_attempt_time, \
        due_time"
    };
}
pub(super) use delivery_columns;

pub(super) const DELIVERY: &str = concat!("SELECT ", delivery_columns!(), " FROM delivery WHERE id = ?1");
pub(super) const DELIVERIES: &str = concat!(
    "SELECT ",
    delivery_columns!(),
    " FROM delivery WHERE id < ?1 AND (?2 IS NULL OR app_id = ?2) AND (?3 IS NULL OR state = ?3) \
    ORDER BY id DESC LIMIT ?4"
);

const ADD_ATTEMPT: &str = "INSERT INTO attempt (account_id, delivery_id, number, time, duration_ms, url, status, \
    answer) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)";
pub(super) const ATTEMPTS: &str = "SELECT account_id, delivery_id, number, time, duration_ms, url, status, answer \
    FROM attempt WHERE account_id = ?1 AND delivery_id = ?2 ORDER BY number";

/// Changes nothing unless the delivery is leased to the owner.
pub(super) const SETTLE: &str = "UPDATE delivery SET state = ?4, attempts = ?5, due_time = ?6, \
    turn = CASE WHEN ?7 AND turn = 1 THEN 1 ELSE 2 END, lease_owner = NULL, lease_until = NULL \
    WHERE id = ?1 AND account_id = ?2 AND lease_owner = ?3 RETURNING app_id, igsid";
/// The first that waits gets the turn, unless somebody has it.
pub(super) const NEXT_TURN: &str = concat!(
    "UPDATE delivery SET turn = 1 WHERE id = (SELECT min(id) FROM delivery INDEXED BY delivery_lane WHERE state = 0 \
    AND account_id = ?1 AND app_id = ?2 AND igsid = ?3 AND turn = 0) AND NOT ",
    turn_is_taken!()
);
pub(super) const REDELIVER: &str = "UPDATE delivery SET turn = CASE state WHEN 0 THEN turn ELSE 2 END, \
    first_attempt_time = CASE state WHEN 0 THEN first_attempt_time END, state = 0, due_time = ?3, lease_owner = NULL, \
    lease_until = NULL WHERE id = ?1 AND account_id = ?2 AND (lease_until IS NULL OR lease_until <= ?3)";
const REWIND: &str = "UPDATE delivery SET due_time = due_time - ?1, first_attempt_time = first_attempt_time - ?1, \
    lease_owner = NULL, lease_until = NULL WHERE state = 0";

/// What came of an attempt: the change of that name.
pub(super) struct Outcome<'a> {
    /// Who holds the lease.
    pub(super) owner: u64,
    /// The attempt.
    pub(super) attempt: &'a Attempt,
    /// Where the delivery stands now.
    pub(super) state: DeliveryState,
    /// When it is due again.
    pub(super) due_time: Millis,
    /// Whether the rest of its thread waits for it.
    pub(super) hold_back: bool,
}

/// The bits of an owner, which is only ever compared.
pub(super) fn owner_bits(owner: u64) -> i64 {
    owner.cast_signed()
}

pub(super) fn state_number(state: DeliveryState) -> Option<i64> {
    DeliveryState::ALL.iter().find(|row| row.0 == state).map(|row| row.2)
}

pub(super) fn add_delivery(connection: &Connection, delivery: &NewDelivery) -> Result<usize> {
    run(
        connection,
        ADD_DELIVERY,
        params![
            int(delivery.account.get())?,
            int(delivery.app.get())?,
            int(delivery.igsid.get())?,
            login_name(delivery.login),
            delivery.field,
            delivery.element,
            delivery.created_time.get(),
        ],
    )
}

/// Records an attempt, or nothing at all when the lease is not the owner's any more.
pub(super) fn record_attempt(connection: &Connection, outcome: &Outcome<'_>) -> Result<usize> {
    let Outcome { owner, attempt, state, due_time, hold_back } = outcome;
    let (account, delivery) = (int(attempt.account.get())?, int(attempt.delivery.get())?);
    let keeps_turn = *hold_back && *state == DeliveryState::Pending;
    let settle = params![
        delivery,
        account,
        owner_bits(*owner),
        state_number(*state),
        attempt.number,
        due_time.get(),
        keeps_turn
    ];
    let settled = one(connection, SETTLE, settle, |row| Ok((row.get(0)?, row.get(1)?)))?;
    let Some((app, igsid)): Option<(i64, i64)> = settled else { return Ok(0) };
    if !keeps_turn {
        run(connection, NEXT_TURN, [account, app, igsid])?;
    }
    run(
        connection,
        ADD_ATTEMPT,
        params![
            account,
            delivery,
            attempt.number,
            attempt.time.get(),
            int(attempt.duration_ms)?,
            attempt.url,
            attempt.status,
            kept_answer(&attempt.answer),
        ],
    )
}

pub(super) fn redeliver(
    connection: &Connection,
    account: AccountId,
    delivery: DeliveryId,
    due_time: Millis,
) -> Result<usize> {
    run(connection, REDELIVER, [int(delivery.get())?, int(account.get())?, due_time.get()])
}

pub(super) fn rewind(connection: &Connection, by: Span) -> Result<usize> {
    run(connection, REWIND, [by.get()])
}

pub(super) fn deliveries(connection: &Connection, filter: DeliveryFilter, limit: u32) -> Result<Vec<Delivery>> {
    let before = filter.before.map_or(i64::MAX, |id| bound(id.get()));
    let app = filter.app.map(|app| key(app.get()).unwrap_or(-1));
    many(connection, DELIVERIES, params![before, app, filter.state.and_then(state_number), limit], delivery_row)
}

pub(super) fn delivery(connection: &Connection, id: DeliveryId) -> Result<Option<(Delivery, Vec<Attempt>)>> {
    let _snapshot = connection.unchecked_transaction()?;
    let Some(delivery) = one(connection, DELIVERY, [key(id.get())], delivery_row)? else { return Ok(None) };
    let attempts = many(connection, ATTEMPTS, [key(delivery.account.get()), key(id.get())], attempt_row)?;
    Ok(Some((delivery, attempts)))
}

/// Decodes [`delivery_columns`].
pub(super) fn delivery_row(row: &Row<'_>) -> Result<Delivery> {
    let mut fields = Fields::new(row, "delivery", 0, 1);
    Ok(Delivery {
        id: fields.int(DeliveryId::new)?,
        account: fields.int(AccountId::new)?,
        app: fields.int(AppId::new)?,
        igsid: fields.int(Igsid::new)?,
        login: fields.login()?,
        field: fields.get()?,
        element: fields.get()?,
        created_time: fields.time()?,
        state: fields.decode(|number: i64| DeliveryState::ALL.iter().find(|row| row.2 == number).map(|row| row.0))?,
        attempts: fields.get()?,
        first_attempt_time: fields.some_time()?,
        due_time: fields.time()?,
    })
}

fn attempt_row(row: &Row<'_>) -> Result<Attempt> {
    let mut fields = Fields::new(row, "attempt", 0, 3);
    Ok(Attempt {
        account: fields.int(AccountId::new)?,
        delivery: fields.int(DeliveryId::new)?,
        number: fields.get()?,
        time: fields.time()?,
        duration_ms: fields.int(|duration| duration)?,
        url: fields.get()?,
        status: fields.get()?,
        answer: fields.get()?,
    })
}
