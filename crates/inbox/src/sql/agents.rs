//! Agents, teams and who is in them.

use db::sql::fields::Fields;
use db::sql::statement::statements;
use db::sql::value::values;
use db::sql::{Corrupt, Expect, Query, Row, Write};
use wire::time::Millis;

use crate::facts::{Agent, Assignment, Role, Team};
use crate::ids::{AgentId, TeamId, WorkspaceId};

macro_rules! agent_columns {
    () => {
        "workspace_id, id, email, name, role, password, totp, totp_step, active, available, capacity, open_count, \
        idle_since, created_time"
    };
}
macro_rules! team_columns {
    () => {
        "workspace_id, id, name, assignment, rotation"
    };
}

statements! {
    ADD_AGENT {
        concat!("INSERT INTO agent (", agent_columns!(), ") VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)")
    }
    PUT_AGENT {
        "UPDATE agent SET name = $3, role = $4, active = $5, available = $6, capacity = $7 WHERE workspace_id = $1 AND id = $2"
    }
    PUT_PASSWORD { "UPDATE agent SET password = $3 WHERE workspace_id = $1 AND id = $2" }
    PUT_TOTP { "UPDATE agent SET totp = $3, totp_step = 0 WHERE workspace_id = $1 AND id = $2" }
    /// A code is good once.
    USE_TOTP { "UPDATE agent SET totp_step = $3 WHERE workspace_id = $1 AND id = $2 AND totp_step < $3" }
    /// No more than there is room for, whoever else is giving them something.
    TAKE_ON {
        "UPDATE agent SET open_count = open_count + 1, idle_since = $3 \
        WHERE workspace_id = $1 AND id = $2 AND open_count < capacity AND active"
    }
    LET_GO { "UPDATE agent SET open_count = open_count - 1 WHERE workspace_id = $1 AND id = $2 AND open_count > 0" }
    AGENT { concat!("SELECT ", agent_columns!(), " FROM agent WHERE workspace_id = $1 AND id = $2") }
    AGENT_BY_EMAIL { concat!("SELECT ", agent_columns!(), " FROM agent WHERE email = $1") }
    AGENTS { concat!("SELECT ", agent_columns!(), " FROM agent WHERE workspace_id = $1 ORDER BY id") }
    ADD_TEAM { concat!("INSERT INTO team (", team_columns!(), ") VALUES ($1, $2, $3, $4, $5)") }
    PUT_TEAM { "UPDATE team SET name = $3, assignment = $4 WHERE workspace_id = $1 AND id = $2" }
    ROTATE_TEAM { "UPDATE team SET rotation = $3 WHERE workspace_id = $1 AND id = $2" }
    TEAM { concat!("SELECT ", team_columns!(), " FROM team WHERE workspace_id = $1 AND id = $2") }
    TEAMS { concat!("SELECT ", team_columns!(), " FROM team WHERE workspace_id = $1 ORDER BY name") }
    JOIN_TEAM {
        "INSERT INTO membership (workspace_id, team_id, agent_id) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING"
    }
    LEAVE_TEAM { "DELETE FROM membership WHERE workspace_id = $1 AND team_id = $2 AND agent_id = $3" }
    MEMBERS { "SELECT team_id, agent_id FROM membership WHERE workspace_id = $1 ORDER BY team_id, agent_id" }
}

pub(crate) fn add_agent(agent: &Agent) -> Write<'static> {
    let one = agent.clone();
    let step = i64::try_from(one.totp_step).unwrap_or(i64::MAX);
    let params = values![
        one.workspace,
        one.id,
        one.email,
        one.name,
        one.role,
        one.password,
        one.totp,
        step,
        one.active,
        one.available,
        one.capacity,
        one.open_count,
        one.idle_since,
        one.created_time,
    ];
    Write::new(&ADD_AGENT, params)
}

pub(crate) fn put_agent(agent: &Agent) -> Write<'static> {
    let Agent { workspace, id, name, role, active, available, capacity, .. } = agent.clone();
    let params = values![workspace, id, name, role, active, available, capacity];
    Write { statement: &PUT_AGENT, params, expect: Expect::One }
}

pub(crate) fn put_password(workspace: WorkspaceId, id: AgentId, password: String) -> Write<'static> {
    Write { statement: &PUT_PASSWORD, params: values![workspace, id, password], expect: Expect::One }
}

pub(crate) fn put_totp(workspace: WorkspaceId, id: AgentId, totp: Option<String>) -> Write<'static> {
    Write { statement: &PUT_TOTP, params: values![workspace, id, totp], expect: Expect::One }
}

/// Stale when that code, or a newer one, was used before.
pub(crate) fn use_totp(workspace: WorkspaceId, id: AgentId, step: u64) -> Write<'static> {
    let step = i64::try_from(step).unwrap_or(i64::MAX);
    Write { statement: &USE_TOTP, params: values![workspace, id, step], expect: Expect::One }
}

/// Stale when they have no room.
pub(crate) fn take_on(workspace: WorkspaceId, id: AgentId, now: Millis) -> Write<'static> {
    Write { statement: &TAKE_ON, params: values![workspace, id, now], expect: Expect::One }
}

pub(crate) fn let_go(workspace: WorkspaceId, id: AgentId) -> Write<'static> {
    Write { statement: &LET_GO, params: values![workspace, id], expect: Expect::One }
}

pub(crate) fn agent(workspace: WorkspaceId, id: AgentId) -> Query<'static, Agent> {
    Query { statement: &AGENT, params: values![workspace, id], decode: agent_row }
}

/// By address alone, which is all that a log-in begins with.
pub(crate) fn agent_by_email(email: String) -> Query<'static, Agent> {
    Query { statement: &AGENT_BY_EMAIL, params: values![email], decode: agent_row }
}

pub(crate) fn agents(workspace: WorkspaceId) -> Query<'static, Agent> {
    Query { statement: &AGENTS, params: values![workspace], decode: agent_row }
}

pub(crate) fn add_team(team: &Team) -> Write<'static> {
    let Team { workspace, id, name, assignment, rotation } = team.clone();
    Write::new(&ADD_TEAM, values![workspace, id, name, assignment, rotation])
}

pub(crate) fn put_team(workspace: WorkspaceId, id: TeamId, name: String, assignment: Assignment) -> Write<'static> {
    Write { statement: &PUT_TEAM, params: values![workspace, id, name, assignment], expect: Expect::One }
}

pub(crate) fn rotate_team(workspace: WorkspaceId, id: TeamId, agent: AgentId) -> Write<'static> {
    Write::new(&ROTATE_TEAM, values![workspace, id, agent])
}

pub(crate) fn team(workspace: WorkspaceId, id: TeamId) -> Query<'static, Team> {
    Query { statement: &TEAM, params: values![workspace, id], decode: team_row }
}

pub(crate) fn teams(workspace: WorkspaceId) -> Query<'static, Team> {
    Query { statement: &TEAMS, params: values![workspace], decode: team_row }
}

pub(crate) fn join_team(workspace: WorkspaceId, team: TeamId, agent: AgentId) -> Write<'static> {
    Write::new(&JOIN_TEAM, values![workspace, team, agent])
}

pub(crate) fn leave_team(workspace: WorkspaceId, team: TeamId, agent: AgentId) -> Write<'static> {
    Write::new(&LEAVE_TEAM, values![workspace, team, agent])
}

pub(crate) fn members(workspace: WorkspaceId) -> Query<'static, (TeamId, AgentId)> {
    let decode = |row: Row<'_>| {
        let mut fields = Fields::new(row, "membership", 0, 2);
        Ok((fields.int(TeamId::new)?, fields.int(AgentId::new)?))
    };
    Query { statement: &MEMBERS, params: values![workspace], decode }
}

fn agent_row(row: Row<'_>) -> Result<Agent, Corrupt> {
    let mut fields = Fields::new(row, "agent", 0, 2);
    Ok(Agent {
        workspace: fields.int(WorkspaceId::new)?,
        id: fields.int(AgentId::new)?,
        email: fields.get()?,
        name: fields.get()?,
        role: fields.decode(|word: String| Role::of_word(&word))?,
        password: fields.get()?,
        totp: fields.get()?,
        totp_step: fields.int(|step| step)?,
        active: fields.flag()?,
        available: fields.flag()?,
        capacity: fields.small()?,
        open_count: fields.small()?,
        idle_since: fields.time()?,
        created_time: fields.time()?,
    })
}

fn team_row(row: Row<'_>) -> Result<Team, Corrupt> {
    let mut fields = Fields::new(row, "team", 0, 2);
    Ok(Team {
        workspace: fields.int(WorkspaceId::new)?,
        id: fields.int(TeamId::new)?,
        name: fields.get()?,
        assignment: fields.decode(|word: String| Assignment::of_word(&word))?,
        rotation: fields.int(AgentId::new)?,
    })
}
