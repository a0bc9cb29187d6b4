//! Workspaces and connected accounts.

use db::sql::fields::{Fields, LOGINS};
use db::sql::statement::statements;
use db::sql::value::values;
use db::sql::{Corrupt, Expect, Query, Row, Write};
use wire::dialect::Dialect;
use wire::time::Millis;

use crate::facts::{Assignment, Connection, ImportState, Workspace};
use crate::ids::{AgentId, ConnectionId, WorkspaceId};

macro_rules! workspace_columns {
    () => {
        "id, name, assignment, rotation, agents_see_all, last_seq, created_time"
    };
}
macro_rules! connection_columns {
    () => {
        "workspace_id, id, graph_url, login, account_id, username, token, app_secret, verify_token, trouble, import_state, \
        import_after, import_done, polled_time, created_time"
    };
}

statements! {
    ADD_WORKSPACE { concat!("INSERT INTO workspace (", workspace_columns!(), ") VALUES ($1, $2, $3, $4, $5, $6, $7)") }
    PUT_WORKSPACE { "UPDATE workspace SET name = $2, assignment = $3, agents_see_all = $4 WHERE id = $1" }
    ROTATE_WORKSPACE { "UPDATE workspace SET rotation = $2 WHERE id = $1" }
    WORKSPACE { concat!("SELECT ", workspace_columns!(), " FROM workspace WHERE id = $1") }
    WORKSPACES { concat!("SELECT ", workspace_columns!(), " FROM workspace ORDER BY id LIMIT 1000") }
    ADD_CONNECTION {
        concat!("INSERT INTO connection (", connection_columns!(),
            ") VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)")
    }
    PUT_CREDENTIALS {
        "UPDATE connection SET graph_url = $3, login = $4, username = $5, token = $6, app_secret = $7, verify_token = $8, \
        trouble = NULL WHERE workspace_id = $1 AND id = $2"
    }
    PUT_TROUBLE { "UPDATE connection SET trouble = $3 WHERE workspace_id = $1 AND id = $2" }
    PUT_IMPORT {
        "UPDATE connection SET import_state = $3, import_after = $4, import_done = $5 WHERE workspace_id = $1 AND id = $2"
    }
    PUT_POLLED { "UPDATE connection SET polled_time = $3 WHERE workspace_id = $1 AND id = $2" }
    CONNECTION_BY_ID { concat!("SELECT ", connection_columns!(), " FROM connection WHERE id = $1") }
    CONNECTIONS { concat!("SELECT ", connection_columns!(), " FROM connection WHERE workspace_id = $1 ORDER BY id") }
    ALL_CONNECTIONS { concat!("SELECT ", connection_columns!(), " FROM connection ORDER BY id LIMIT 1000") }
}

pub(crate) fn add_workspace(workspace: &Workspace) -> Write<'static> {
    let Workspace { id, name, assignment, rotation, agents_see_all, created_time, .. } = workspace.clone();
    let params = values![id, name, assignment, rotation, agents_see_all, 0_i64, created_time];
    Write::new(&ADD_WORKSPACE, params)
}

pub(crate) fn put_workspace(id: WorkspaceId, name: String, assignment: Assignment, see_all: bool) -> Write<'static> {
    Write { statement: &PUT_WORKSPACE, params: values![id, name, assignment, see_all], expect: Expect::One }
}

pub(crate) fn rotate(id: WorkspaceId, agent: AgentId) -> Write<'static> {
    Write::new(&ROTATE_WORKSPACE, values![id, agent])
}

pub(crate) fn workspace(id: WorkspaceId) -> Query<'static, Workspace> {
    Query { statement: &WORKSPACE, params: values![id], decode: workspace_row }
}

pub(crate) fn workspaces() -> Query<'static, Workspace> {
    Query { statement: &WORKSPACES, params: values![], decode: workspace_row }
}

fn login_word(login: Dialect) -> &'static str {
    LOGINS.iter().find(|row| row.0 == login).map_or("facebook", |row| row.1)
}

pub(crate) fn add_connection(connection: &Connection) -> Write<'static> {
    let one = connection.clone();
    let done = i64::try_from(one.import_done).unwrap_or(i64::MAX);
    let params = values![
        one.workspace,
        one.id,
        one.graph_url,
        login_word(one.login),
        one.account_id,
        one.username,
        one.token,
        one.app_secret,
        one.verify_token,
        one.trouble,
        one.import_state,
        one.import_after,
        done,
        one.polled_time,
        one.created_time,
    ];
    Write::new(&ADD_CONNECTION, params)
}

pub(crate) fn put_credentials(connection: &Connection) -> Write<'static> {
    let one = connection.clone();
    let params = values![
        one.workspace,
        one.id,
        one.graph_url,
        login_word(one.login),
        one.username,
        one.token,
        one.app_secret,
        one.verify_token,
    ];
    Write { statement: &PUT_CREDENTIALS, params, expect: Expect::One }
}

pub(crate) fn put_trouble(workspace: WorkspaceId, id: ConnectionId, trouble: Option<String>) -> Write<'static> {
    Write::new(&PUT_TROUBLE, values![workspace, id, trouble])
}

pub(crate) fn put_import(connection: &Connection) -> Write<'static> {
    let done = i64::try_from(connection.import_done).unwrap_or(i64::MAX);
    let params = values![connection.workspace, connection.id, connection.import_state, connection.import_after, done];
    Write::new(&PUT_IMPORT, params)
}

pub(crate) fn put_polled(workspace: WorkspaceId, id: ConnectionId, time: Millis) -> Write<'static> {
    Write::new(&PUT_POLLED, values![workspace, id, time])
}

/// By its id alone, which is all that a webhook's address names.
pub(crate) fn connection(id: ConnectionId) -> Query<'static, Connection> {
    Query { statement: &CONNECTION_BY_ID, params: values![id], decode: connection_row }
}

pub(crate) fn connections(workspace: WorkspaceId) -> Query<'static, Connection> {
    Query { statement: &CONNECTIONS, params: values![workspace], decode: connection_row }
}

pub(crate) fn all_connections() -> Query<'static, Connection> {
    Query { statement: &ALL_CONNECTIONS, params: values![], decode: connection_row }
}

fn workspace_row(row: Row<'_>) -> Result<Workspace, Corrupt> {
    let mut fields = Fields::new(row, "workspace", 0, 1);
    Ok(Workspace {
        id: fields.int(WorkspaceId::new)?,
        name: fields.get()?,
        assignment: fields.decode(|word: String| Assignment::of_word(&word))?,
        rotation: fields.int(AgentId::new)?,
        agents_see_all: fields.flag()?,
        last_seq: fields.int(|seq| seq)?,
        created_time: fields.time()?,
    })
}

fn connection_row(row: Row<'_>) -> Result<Connection, Corrupt> {
    let mut fields = Fields::new(row, "connection", 0, 2);
    Ok(Connection {
        workspace: fields.int(WorkspaceId::new)?,
        id: fields.int(ConnectionId::new)?,
        graph_url: fields.get()?,
        login: fields.login()?,
        account_id: fields.get()?,
        username: fields.get()?,
        token: fields.get()?,
        app_secret: fields.get()?,
        verify_token: fields.get()?,
        trouble: fields.get()?,
        import_state: fields.decode(|word: String| ImportState::of_word(&word))?,
        import_after: fields.some_time()?,
        import_done: fields.int(|number| number)?,
        polled_time: fields.some_time()?,
        created_time: fields.time()?,
    })
}
