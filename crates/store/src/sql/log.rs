//! The event log.
//!
//! On SQLite one writer numbers the entries as it writes them. On PostgreSQL many transactions write at once, and a reader
//! that goes by number must never be shown one while a smaller one may still come. So an entry's number begins with that
//! of its transaction, and readers stop below the oldest transaction that is under way: what it or a later one writes has
//! a larger number than all that was shown.

use engine::facts::{Event, EventKind, NewEvent};
use wire::id::{AccountId, Igsid, Item};

use super::fields::{Corrupt, Fields};
use super::row::Row;
use super::statement::statements;
use super::value::{TooLarge, bound, int, values};
use super::{Query, Write};

/// What PostgreSQL adds to its numbers, so that they go on behind those of another database that was copied into this one.
macro_rules! event_base {
    () => {
        "coalesce((SELECT CAST(value AS BIGINT) FROM setting WHERE name = 'event_base'), 0)"
    };
}
pub(crate) use event_base;

/// The first number that the present transaction gives; 65,536 follow before the next transaction's.
macro_rules! own_events {
    () => {
        concat!("(", event_base!(), " + (CAST(CAST(pg_current_xact_id() AS TEXT) AS BIGINT) << 16))")
    };
}
pub(crate) use own_events;

/// The first number that a transaction may still give. Those below are settled: there, or never to come.
macro_rules! unsettled_events {
    () => {
        concat!("(", event_base!(), " + (CAST(CAST(pg_snapshot_xmin(pg_current_snapshot()) AS TEXT) AS BIGINT) << 16))")
    };
}

macro_rules! event_columns {
    () => {
        "seq, account_id, igsid, item, kind, time"
    };
}

statements! {
    /// PostgreSQL counts what the transaction has written before; nobody else writes numbers of its range.
    ADD_EVENT {
        sqlite: "INSERT INTO event (account_id, igsid, item, kind, time) VALUES ($1, $2, $3, $4, $5)",
        postgres: concat!(
            "INSERT INTO event (account_id, igsid, item, kind, time, seq) SELECT $1, $2, $3, $4, $5, \
            own.seq + (SELECT count(*) FROM event WHERE account_id = $1 AND seq >= own.seq AND seq < own.seq + 65536) \
            FROM (SELECT ",
            own_events!(),
            " AS seq) own"
        )
    }
    EVENTS {
        sqlite: concat!("SELECT ", event_columns!(), " FROM event WHERE seq > $1 ORDER BY seq LIMIT $2"),
        postgres: concat!(
            "SELECT ",
            event_columns!(),
            " FROM event WHERE seq > $1 AND seq < ",
            unsettled_events!(),
            " ORDER BY seq LIMIT $2"
        )
    }
    LAST_EVENT {
        sqlite: "SELECT seq FROM event ORDER BY seq DESC LIMIT 1",
        postgres: concat!("SELECT seq FROM event WHERE seq < ", unsettled_events!(), " ORDER BY seq DESC LIMIT 1")
    }
    UNSETTLED { postgres: concat!("SELECT 1 FROM event WHERE seq >= ", unsettled_events!(), " ORDER BY seq LIMIT 1") }
}

pub(crate) fn add_event(event: &NewEvent) -> Result<Write<'static>, TooLarge> {
    let kind = EventKind::ALL.iter().find(|row| row.0 == event.kind).map(|row| row.2);
    let (account, igsid, item) = (int(event.account.get())?, int(event.igsid.get())?, int(event.item.get())?);
    Ok(Write::new(&ADD_EVENT, values![account, igsid, item, kind, event.time]))
}

pub(crate) fn events(after: u64, limit: u32) -> Query<'static, Event> {
    Query { statement: &EVENTS, params: values![bound(after), limit], decode: event_row }
}

fn event_row(row: Row<'_>) -> Result<Event, Corrupt> {
    let mut fields = Fields::new(row, "event", 0, 1);
    Ok(Event {
        seq: fields.int(|seq| seq)?,
        event: NewEvent {
            account: fields.int(AccountId::new)?,
            igsid: fields.int(Igsid::new)?,
            item: fields.int(Item::new)?,
            kind: fields.decode(|number: i64| EventKind::ALL.iter().find(|row| row.2 == number).map(|row| row.0))?,
            time: fields.time()?,
        },
    })
}

pub(crate) fn last_event() -> Query<'static, u64> {
    let decode = |row: Row<'_>| Fields::new(row, "event", 0, 1).int(|seq| seq);
    Query { statement: &LAST_EVENT, params: values![], decode }
}

/// Whether there are entries that readers are not shown yet, because a smaller number may still come. PostgreSQL only.
pub(crate) fn unsettled() -> Query<'static, ()> {
    Query::exists(&UNSETTLED, values![])
}
