//! The event log.

use engine::facts::{Event, EventKind, NewEvent};
use rusqlite::{Connection, Result, params};
use wire::id::{AccountId, Igsid, Item};

use super::fields::{Fields, bound, int, many, one, run};

pub(super) const ADD_EVENT: &str =
    "INSERT INTO event (account_id, igsid, item, kind, time) VALUES (?1, ?2, ?3, ?4, ?5)";
pub(super) const EVENTS: &str =
    "SELECT seq, account_id, igsid, item, kind, time FROM event WHERE seq > ?1 ORDER BY seq LIMIT ?2";
pub(super) const LAST_EVENT: &str = "SELECT seq FROM event ORDER BY seq DESC LIMIT 1";

pub(super) fn add_event(connection: &Connection, event: &NewEvent) -> Result<usize> {
    let kind = EventKind::ALL.iter().find(|row| row.0 == event.kind).map(|row| row.2);
    run(
        connection,
        ADD_EVENT,
        params![int(event.account.get())?, int(event.igsid.get())?, int(event.item.get())?, kind, event.time.get(),],
    )
}

pub(super) fn events(connection: &Connection, after: u64, limit: u32) -> Result<Vec<Event>> {
    many(connection, EVENTS, params![bound(after), limit], |row| {
        let mut fields = Fields::new(row, "event", 0, 1);
        Ok(Event {
            seq: fields.int(|seq| seq)?,
            event: NewEvent {
                account: fields.int(AccountId::new)?,
                igsid: fields.int(Igsid::new)?,
                item: fields.int(Item::new)?,
                kind: fields
                    .decode(|number: i64| EventKind::ALL.iter().find(|row| row.2 == number).map(|row| row.0))?,
                time: fields.time()?,
            },
        })
    })
}

pub(super) fn last_event(connection: &Connection) -> Result<u64> {
    Ok(one(connection, LAST_EVENT, [], |row| Fields::new(row, "event", 0, 1).int(|seq| seq))?.unwrap_or(0))
}
