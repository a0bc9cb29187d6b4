//! Log-ins: sessions, one-time links, what is throttled, and the audit log.

use db::sql::fields::Fields;
use db::sql::statement::statements;
use db::sql::value::values;
use db::sql::{Corrupt, Expect, Query, Row, Write};
use serde::Serialize;
use wire::time::Millis;

use crate::facts::{Role, Session};
use crate::ids::{AgentId, EntryId, SessionId, WorkspaceId};

macro_rules! session_columns {
    () => {
        "hash, workspace_id, agent_id, id, device, created_time, seen_time, ends_time"
    };
}

statements! {
    ADD_SESSION { concat!("INSERT INTO session (", session_columns!(), ") VALUES ($1, $2, $3, $4, $5, $6, $7, $8)") }
    SESSION { concat!("SELECT ", session_columns!(), " FROM session WHERE hash = $1") }
    SESSIONS {
        concat!("SELECT ", session_columns!(), " FROM session WHERE workspace_id = $1 AND agent_id = $2 ORDER BY id DESC")
    }
    SEE_SESSION { "UPDATE session SET seen_time = $2 WHERE hash = $1" }
    END_SESSION { "DELETE FROM session WHERE workspace_id = $1 AND agent_id = $2 AND id = $3" }
    END_SESSIONS { "DELETE FROM session WHERE workspace_id = $1 AND agent_id = $2" }
    ADD_LINK { "INSERT INTO link (hash, workspace_id, role, ends_time) VALUES ($1, $2, $3, $4)" }
    LINK { "SELECT workspace_id, role, ends_time FROM link WHERE hash = $1" }
    USE_LINK { "DELETE FROM link WHERE hash = $1" }
    FAILURES { "SELECT failures, until_time FROM throttle WHERE name = $1" }
    PUT_FAILURES {
        "INSERT INTO throttle (name, failures, until_time) VALUES ($1, $2, $3) \
        ON CONFLICT (name) DO UPDATE SET failures = excluded.failures, until_time = excluded.until_time"
    }
    FORGET_FAILURES { "DELETE FROM throttle WHERE name = $1" }
    ADD_AUDIT {
        "INSERT INTO audit (workspace_id, id, agent_id, action, target, detail, created_time) \
        VALUES ($1, $2, $3, $4, $5, $6, $7)"
    }
    AUDIT {
        "SELECT id, agent_id, action, target, detail, created_time FROM audit \
        WHERE workspace_id = $1 AND id < $2 ORDER BY id DESC LIMIT $3"
    }
}

pub(crate) fn add_session(session: &Session) -> Write<'static> {
    let Session { hash, workspace, agent, id, device, created_time, seen_time, ends_time } = session.clone();
    Write::new(&ADD_SESSION, values![hash, workspace, agent, id, device, created_time, seen_time, ends_time])
}

pub(crate) fn session(hash: String) -> Query<'static, Session> {
    Query { statement: &SESSION, params: values![hash], decode: session_row }
}

pub(crate) fn sessions(workspace: WorkspaceId, agent: AgentId) -> Query<'static, Session> {
    Query { statement: &SESSIONS, params: values![workspace, agent], decode: session_row }
}

pub(crate) fn see_session(hash: String, now: Millis) -> Write<'static> {
    Write::new(&SEE_SESSION, values![hash, now])
}

pub(crate) fn end_session(workspace: WorkspaceId, agent: AgentId, id: SessionId) -> Write<'static> {
    Write { statement: &END_SESSION, params: values![workspace, agent, id], expect: Expect::One }
}

pub(crate) fn end_sessions(workspace: WorkspaceId, agent: AgentId) -> Write<'static> {
    Write::new(&END_SESSIONS, values![workspace, agent])
}

pub(crate) fn add_link(hash: String, workspace: WorkspaceId, role: Role, ends: Millis) -> Write<'static> {
    Write::new(&ADD_LINK, values![hash, workspace, role, ends])
}

/// A one-time link: where it leads, and as what.
pub(crate) fn link(hash: String) -> Query<'static, (WorkspaceId, Role, Millis)> {
    let decode = |row: Row<'_>| {
        let mut fields = Fields::new(row, "link", 0, 1);
        let workspace = fields.int(WorkspaceId::new)?;
        Ok((workspace, fields.decode(|word: String| Role::of_word(&word))?, fields.time()?))
    };
    Query { statement: &LINK, params: values![hash], decode }
}

/// Stale when it was used before.
pub(crate) fn use_link(hash: String) -> Write<'static> {
    Write { statement: &USE_LINK, params: values![hash], expect: Expect::One }
}

/// How often something failed in a row, and until when it is not to be tried.
pub(crate) fn failures(name: String) -> Query<'static, (u32, Millis)> {
    let decode = |row: Row<'_>| {
        let mut fields = Fields::new(row, "throttle", 0, 1);
        Ok((fields.small()?, fields.time()?))
    };
    Query { statement: &FAILURES, params: values![name], decode }
}

pub(crate) fn put_failures(name: String, failures: u32, until: Millis) -> Write<'static> {
    Write::new(&PUT_FAILURES, values![name, failures, until])
}

pub(crate) fn forget_failures(name: String) -> Write<'static> {
    Write::new(&FORGET_FAILURES, values![name])
}

/// An entry of the audit log.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct Audit {
    /// Its id; larger is later.
    #[schema(value_type = String)]
    pub id: EntryId,
    /// Who did it; absent where nobody was logged in.
    #[schema(value_type = Option<String>)]
    pub agent: Option<AgentId>,
    /// What was done, such as `agent.add`.
    pub action: String,
    /// To what.
    pub target: String,
    /// What else there is to say; never a secret and never what a person wrote.
    pub detail: String,
    /// When, in milliseconds.
    #[schema(value_type = i64)]
    pub created_time: Millis,
}

pub(crate) fn add_audit(workspace: WorkspaceId, entry: Audit) -> Write<'static> {
    let Audit { id, agent, action, target, detail, created_time } = entry;
    Write::new(&ADD_AUDIT, values![workspace, id, agent, action, target, detail, created_time])
}

pub(crate) fn audit(workspace: WorkspaceId, before: Option<EntryId>, limit: u32) -> Query<'static, Audit> {
    let before = before.map_or(i64::MAX, |id| db::sql::value::bound(id.get()));
    Query { statement: &AUDIT, params: values![workspace, before, limit], decode: audit_row }
}

fn session_row(row: Row<'_>) -> Result<Session, Corrupt> {
    let mut fields = Fields::new(row, "session", 0, 0);
    Ok(Session {
        hash: fields.get()?,
        workspace: fields.int(WorkspaceId::new)?,
        agent: fields.int(AgentId::new)?,
        id: fields.int(SessionId::new)?,
        device: fields.get()?,
        created_time: fields.time()?,
        seen_time: fields.time()?,
        ends_time: fields.time()?,
    })
}

fn audit_row(row: Row<'_>) -> Result<Audit, Corrupt> {
    let mut fields = Fields::new(row, "audit", 0, 1);
    Ok(Audit {
        id: fields.int(EntryId::new)?,
        agent: fields.some_int(AgentId::new)?,
        action: fields.get()?,
        target: fields.get()?,
        detail: fields.get()?,
        created_time: fields.time()?,
    })
}
