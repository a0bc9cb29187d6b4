//! What came in by webhook, once, as it came.

use db::sql::fields::Fields;
use db::sql::statement::statements;
use db::sql::value::values;
use db::sql::{Corrupt, Expect, Query, Row, Write};
use wire::time::Millis;

use crate::ids::{ConnectionId, EntryId, WorkspaceId};

statements! {
    ADD_INBOUND {
        "INSERT INTO inbound (workspace_id, connection_id, event_key, id, state, lane, mid, body, note, received_time) \
        VALUES ($1, $2, $3, $4, 0, $5, $6, $7, NULL, $8) ON CONFLICT DO NOTHING"
    }
    PENDING {
        "SELECT workspace_id, connection_id, event_key, id, lane, body, received_time FROM inbound \
        WHERE state = 0 AND id > $1 ORDER BY id LIMIT $2"
    }
    DONE {
        "UPDATE inbound SET state = 1, note = $4 WHERE workspace_id = $1 AND connection_id = $2 AND event_key = $3 AND state = 0"
    }
    ERASE { "UPDATE inbound SET body = NULL WHERE workspace_id = $1 AND connection_id = $2 AND mid = $3" }
    BODY { "SELECT body FROM inbound WHERE workspace_id = $1 AND connection_id = $2 AND event_key = $3" }
    COUNT { "SELECT count(*), count(CASE WHEN state = 1 THEN 1 END) FROM inbound WHERE workspace_id = $1" }
}

/// An event as it came.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Inbound {
    /// Whose.
    pub workspace: WorkspaceId,
    /// By which connection.
    pub connection: ConnectionId,
    /// What tells it from every other (contract webhooks 2.5).
    pub key: String,
    /// The order of arrival; between processes that share a database, to the millisecond.
    pub id: EntryId,
    /// Events of one lane are applied one behind the other: a person, or the account.
    pub lane: String,
    /// The entry's members around the event, as JSON; `None` once what it said was unsent.
    pub body: Option<String>,
    /// When it came.
    pub received_time: Millis,
}

/// Does nothing when the event is there.
pub(crate) fn add(inbound: Inbound, mid: Option<String>) -> Write<'static> {
    let Inbound { workspace, connection, key, id, lane, body, received_time } = inbound;
    Write::new(&ADD_INBOUND, values![workspace, connection, key, id, lane, mid, body, received_time])
}

/// What is still to be applied, in the order of arrival.
pub(crate) fn pending(after: EntryId, limit: u32) -> Query<'static, Inbound> {
    let decode = |row: Row<'_>| {
        let mut fields = Fields::new(row, "inbound", 0, 3);
        Ok::<_, Corrupt>(Inbound {
            workspace: fields.int(WorkspaceId::new)?,
            connection: fields.int(ConnectionId::new)?,
            key: fields.get()?,
            id: fields.int(EntryId::new)?,
            lane: fields.get()?,
            body: fields.get()?,
            received_time: fields.time()?,
        })
    };
    Query { statement: &PENDING, params: values![after, limit], decode }
}

/// Stops when it was applied before. `note` says what kept it from being shown.
pub(crate) fn done(inbound: &Inbound, note: Option<String>) -> Write<'static> {
    let params = values![inbound.workspace, inbound.connection, inbound.key.clone(), note];
    Write { statement: &DONE, params, expect: Expect::OneOrStop }
}

/// Takes out what any event said of a message.
pub(crate) fn erase(inbound: &Inbound, mid: String) -> Write<'static> {
    Write::new(&ERASE, values![inbound.workspace, inbound.connection, mid])
}

/// The event as it came.
pub(crate) fn body(workspace: WorkspaceId, connection: ConnectionId, key: String) -> Query<'static, Option<String>> {
    let decode = |row: Row<'_>| Fields::new(row, "inbound", 0, 0).get();
    Query { statement: &BODY, params: values![workspace, connection, key], decode }
}

/// How many events there are, and how many were applied.
pub(crate) fn count(workspace: WorkspaceId) -> Query<'static, (u64, u64)> {
    let decode = |row: Row<'_>| {
        let mut fields = Fields::new(row, "inbound", 0, 0);
        Ok::<_, Corrupt>((fields.int(|number| number)?, fields.int(|number| number)?))
    };
    Query { statement: &COUNT, params: values![workspace], decode }
}
