//! The delivery log: what is to be delivered, what came of each attempt.

use engine::facts::{Attempt, Channel, Copied, Delivery, DeliveryState, NewDelivery};
use engine::store::DeliveryFilter;
use wire::dialect::Dialect;
use wire::id::{AccountId, AppId, DeliveryId, Igsid};
use wire::time::{Millis, Span};

use super::fields::{Corrupt, Fields};
use super::row::Row;
use super::statement::statements;
use super::value::{TooLarge, bound, int, key, values};
use super::{Expect, Query, Write};
use crate::shared::{kept_answer, login_name};

macro_rules! delivery_columns {
    () => {
        "id, account_id, app_id, igsid, login, field, element, created_time, state, attempts, first_attempt_time, \
        due_time, channel, url, origin_id"
    };
}
pub(crate) use delivery_columns;

/// Pending deliveries of a thread; `$hint` names the index to those who must be told.
macro_rules! lane {
    ($hint:literal, $app_and_igsid:expr) => {
        concat!(" FROM delivery", $hint, " WHERE state = 0 AND account_id = $1 AND ", $app_and_igsid)
    };
}

/// Asks PostgreSQL for the one that has the turn. If the 1 were known beforehand, the index of those that may be taken would
/// do as well, where all that is pending for an app lies side by side; no hint can keep the planner from it.
macro_rules! has_turn {
    () => {
        "turn = (SELECT 1)"
    };
}
pub(crate) use has_turn;

macro_rules! add_delivery {
    ($hint:literal, $has_turn:expr) => {
        concat!(
            "INSERT INTO delivery (account_id, app_id, igsid, login, field, element, created_time, state, turn, \
            attempts, due_time, channel) VALUES ($1, $2, $3, $4, $5, $6, $7, 0, CASE WHEN EXISTS (SELECT 1",
            lane!($hint, concat!("app_id = $2 AND igsid = $3 AND ", $has_turn)),
            ") THEN 0 ELSE 1 END, 0, $7, $8)"
        )
    };
}

/// The thread of delivery `$2` of account `$1`.
macro_rules! its_thread {
    () => {
        "(app_id, igsid) = (SELECT app_id, igsid FROM delivery WHERE id = $2 AND account_id = $1)"
    };
}

macro_rules! next_turn {
    ($hint:literal, $has_turn:expr) => {
        concat!(
            "UPDATE delivery SET turn = 1 WHERE account_id = $1 AND id = (SELECT min(id)",
            lane!($hint, concat!(its_thread!(), " AND turn = 0")),
            ") AND NOT EXISTS (SELECT 1",
            lane!($hint, concat!(its_thread!(), " AND ", $has_turn)),
            ")"
        )
    };
}

/// What is pending for app `$2` on account `$1` through login `$3`, at its own endpoint, and not due.
macro_rules! recalled {
    () => {
        " WHERE state = 0 AND account_id = $1 AND app_id = $2 AND login = $3 AND channel <> 3 AND url IS NULL \
        AND due_time > created_time"
    };
}

statements! {
    /// It has the turn at once when nobody else of its thread has it.
    ADD_DELIVERY {
        sqlite: add_delivery!(" INDEXED BY delivery_lane", "turn = 1"), postgres: add_delivery!("", has_turn!())
    }
    /// One that repeats another needs no turn.
    ADD_COPY {
        "INSERT INTO delivery (account_id, app_id, igsid, login, field, element, created_time, state, turn, attempts, \
        due_time, channel, url, origin_id) VALUES ($1, $2, $3, $4, $5, $6, $7, 0, 2, 0, $7, $8, $9, $10)"
    }
    DELIVERY { concat!("SELECT ", delivery_columns!(), " FROM delivery WHERE id = $1") }
    /// PostgreSQL must be told the types of what is only compared with NULL.
    DELIVERIES {
        concat!(
            "SELECT ",
            delivery_columns!(),
            " FROM delivery WHERE id < $1 AND (CAST($2 AS BIGINT) IS NULL OR app_id = $2) \
            AND (CAST($3 AS BIGINT) IS NULL OR state = $3) AND (CAST($4 AS BIGINT) IS NULL OR account_id = $4) \
            AND (CAST($6 AS TEXT) IS NULL OR field = $6) AND (CAST($7 AS BIGINT) IS NULL OR created_time >= $7) \
            ORDER BY id DESC LIMIT $5"
        )
    }

    ADD_ATTEMPT {
        "INSERT INTO attempt (account_id, delivery_id, number, time, duration_ms, url, status, answer) \
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8)"
    }
    ATTEMPTS {
        "SELECT account_id, delivery_id, number, time, duration_ms, url, status, answer FROM attempt \
        WHERE account_id = $1 AND delivery_id = $2 ORDER BY number"
    }

    /// Changes nothing unless the delivery is leased to the owner.
    SETTLE {
        "UPDATE delivery SET state = $4, attempts = $5, due_time = $6, \
        turn = CASE WHEN $7 AND turn = 1 THEN 1 ELSE 2 END, lease_owner = NULL, lease_until = NULL \
        WHERE id = $1 AND account_id = $2 AND lease_owner = $3"
    }
    /// Changes nothing unless the delivery is leased to the owner.
    POSTPONE {
        "UPDATE delivery SET due_time = $4, turn = CASE WHEN $5 AND turn = 1 THEN 1 ELSE 2 END, lease_owner = NULL, \
        lease_until = NULL WHERE id = $1 AND account_id = $2 AND lease_owner = $3"
    }
    /// The first that waits gets the turn, unless somebody has it.
    NEXT_TURN { sqlite: next_turn!(" INDEXED BY delivery_lane", "turn = 1"), postgres: next_turn!("", has_turn!()) }
    REDELIVER {
        "UPDATE delivery SET turn = CASE state WHEN 0 THEN turn ELSE 2 END, \
        first_attempt_time = CASE state WHEN 0 THEN first_attempt_time END, state = 0, due_time = $3, \
        lease_owner = NULL, lease_until = NULL \
        WHERE id = $1 AND account_id = $2 AND (lease_until IS NULL OR lease_until <= $3)"
    }
    /// What goes to the app's own endpoint is due at once. On PostgreSQL what is just being taken or settled is passed by, so
    /// that nobody waits for anybody.
    RECALL {
        sqlite: concat!("UPDATE delivery INDEXED BY delivery_lane SET due_time = created_time", recalled!()),
        postgres: concat!(
            "UPDATE delivery SET due_time = created_time WHERE state = 0 AND account_id = $1 AND app_id = $2 \
            AND id = ANY (ARRAY (SELECT id FROM delivery",
            recalled!(),
            " FOR UPDATE SKIP LOCKED))"
        )
    }
    REWIND {
        "UPDATE delivery SET due_time = due_time - $1, first_attempt_time = first_attempt_time - $1, \
        lease_owner = NULL, lease_until = NULL WHERE state = 0"
    }
}

/// What came of an attempt: the change of that name.
pub(crate) struct Outcome<'a> {
    /// Who holds the lease.
    pub(crate) owner: u64,
    /// The attempt.
    pub(crate) attempt: &'a Attempt,
    /// Where the delivery stands now.
    pub(crate) state: DeliveryState,
    /// When it is due again.
    pub(crate) due_time: Millis,
    /// Whether the rest of its thread waits for it.
    pub(crate) hold_back: bool,
}

/// The bits of an owner, which is only ever compared.
pub(crate) fn owner_bits(owner: u64) -> i64 {
    owner.cast_signed()
}

fn state_number(state: DeliveryState) -> Option<i64> {
    DeliveryState::ALL.iter().find(|row| row.0 == state).map(|row| row.2)
}

fn channel_number(channel: Channel) -> Option<i64> {
    Channel::ALL.iter().find(|row| row.0 == channel).map(|row| row.2)
}

pub(crate) fn add_delivery(delivery: &NewDelivery) -> Result<Write<'_>, TooLarge> {
    let mut params = values![
        int(delivery.account.get())?,
        int(delivery.app.get())?,
        int(delivery.igsid.get())?,
        login_name(delivery.login),
        delivery.field,
        &delivery.element,
        delivery.created_time,
        channel_number(delivery.channel),
    ];
    let Some(copy) = &delivery.copy else { return Ok(Write::new(&ADD_DELIVERY, params)) };
    params.extend(values![copy.url.as_deref(), int(copy.origin.get())?]);
    Ok(Write::new(&ADD_COPY, params))
}

/// Puts off a delivery that the owner has leased, or does nothing.
pub(crate) fn postpone(
    (account, delivery): (AccountId, DeliveryId),
    owner: u64,
    due_time: Millis,
    hold_back: bool,
) -> Result<Vec<Write<'static>>, TooLarge> {
    let (account, delivery) = (int(account.get())?, int(delivery.get())?);
    let params = values![delivery, account, owner_bits(owner), due_time, hold_back];
    let mut writes = vec![Write { statement: &POSTPONE, params, expect: Expect::OneOrStop }];
    if !hold_back {
        writes.push(Write::new(&NEXT_TURN, values![account, delivery]));
    }
    Ok(writes)
}

/// Records an attempt, or nothing at all when the lease is not the owner's any more.
pub(crate) fn record_attempt<'a>(outcome: &Outcome<'a>) -> Result<Vec<Write<'a>>, TooLarge> {
    let Outcome { owner, attempt, state, due_time, hold_back } = *outcome;
    let (account, delivery) = (int(attempt.account.get())?, int(attempt.delivery.get())?);
    let keeps_turn = hold_back && state == DeliveryState::Pending;
    let settle =
        values![delivery, account, owner_bits(owner), state_number(state), attempt.number, due_time, keeps_turn];
    let mut writes = vec![Write { statement: &SETTLE, params: settle, expect: Expect::OneOrStop }];
    if !keeps_turn {
        writes.push(Write::new(&NEXT_TURN, values![account, delivery]));
    }
    let attempt = values![
        account,
        delivery,
        attempt.number,
        attempt.time,
        int(attempt.duration_ms)?,
        &attempt.url,
        attempt.status,
        kept_answer(&attempt.answer),
    ];
    writes.push(Write::new(&ADD_ATTEMPT, attempt));
    Ok(writes)
}

pub(crate) fn redeliver(
    account: AccountId,
    delivery: DeliveryId,
    due_time: Millis,
) -> Result<Write<'static>, TooLarge> {
    Ok(Write::new(&REDELIVER, values![int(delivery.get())?, int(account.get())?, due_time]))
}

pub(crate) fn recall(account: AccountId, app: AppId, login: Dialect) -> Result<Write<'static>, TooLarge> {
    Ok(Write::new(&RECALL, values![int(account.get())?, int(app.get())?, login_name(login)]))
}

pub(crate) fn rewind(by: Span) -> Write<'static> {
    Write::new(&REWIND, values![by.get()])
}

pub(crate) fn deliveries(filter: DeliveryFilter, limit: u32) -> Query<'static, Delivery> {
    let before = filter.before.map_or(i64::MAX, |id| bound(id.get()));
    let app = filter.app.map(|app| key(app.get()).unwrap_or(-1));
    let account = filter.account.map(|account| key(account.get()).unwrap_or(-1));
    let params = values![before, app, filter.state.and_then(state_number), account, limit, filter.field, filter.since];
    Query { statement: &DELIVERIES, params, decode: delivery_row }
}

pub(crate) fn delivery(id: DeliveryId) -> Query<'static, Delivery> {
    Query { statement: &DELIVERY, params: values![key(id.get())], decode: delivery_row }
}

/// The attempts of a delivery, first one first.
pub(crate) fn attempts(delivery: &Delivery) -> Query<'static, Attempt> {
    let params = values![key(delivery.account.get()), key(delivery.id.get())];
    Query { statement: &ATTEMPTS, params, decode: attempt_row }
}

/// Decodes [`delivery_columns`].
pub(crate) fn delivery_row(row: Row<'_>) -> Result<Delivery, Corrupt> {
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
        attempts: fields.small()?,
        first_attempt_time: fields.some_time()?,
        due_time: fields.time()?,
        channel: fields.decode(|number: i64| Channel::ALL.iter().find(|row| row.2 == number).map(|row| row.0))?,
        copy: copy(&mut fields)?,
    })
}

fn copy(fields: &mut Fields<'_>) -> Result<Option<Copied>, Corrupt> {
    let url = fields.get()?;
    Ok(fields.some_int(DeliveryId::new)?.map(|origin| Copied { origin, url }))
}

fn attempt_row(row: Row<'_>) -> Result<Attempt, Corrupt> {
    let mut fields = Fields::new(row, "attempt", 0, 3);
    Ok(Attempt {
        account: fields.int(AccountId::new)?,
        delivery: fields.int(DeliveryId::new)?,
        number: fields.small()?,
        time: fields.time()?,
        duration_ms: fields.int(|duration| duration)?,
        url: fields.get()?,
        status: fields.some_small()?,
        answer: fields.get()?,
    })
}
