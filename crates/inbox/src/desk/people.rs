//! Who works here: agents, teams, and how the workspace is set up.

use serde::Deserialize;

use super::session::address;
use super::teamwork::within;
use super::{Desk, Problem};
use crate::facts::{Agent, Assignment, Role, Team, Workspace};
use crate::ids::{AgentId, TeamId};
use crate::policy::access::may_give;
use crate::sql::{access, agents, desk};
use crate::store::{ChangeSet, EventKind, News};

/// What changes about an agent; what is absent stays.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize, utoipa::ToSchema)]
#[serde(default)]
pub struct AgentChange {
    /// Their name.
    pub name: Option<String>,
    /// Their role.
    pub role: Option<Role>,
    /// False to lock them out at once.
    pub active: Option<bool>,
    /// How many open conversations they can have.
    pub capacity: Option<u32>,
}

/// The most that anybody can have.
const CAPACITY: u32 = 10_000;

impl Desk {
    /// Everybody who works here, or did.
    ///
    /// # Errors
    /// The store's.
    pub async fn agents(&self, workspace: crate::ids::WorkspaceId) -> Result<Vec<Agent>, Problem> {
        Ok(self.store.many(agents::agents(workspace)).await?)
    }

    /// The teams, each with its members.
    ///
    /// # Errors
    /// The store's.
    pub async fn teams(&self, workspace: crate::ids::WorkspaceId) -> Result<Vec<(Team, Vec<AgentId>)>, Problem> {
        let members = self.store.many(agents::members(workspace)).await?;
        let of = |team: Team| {
            let own = members.iter().filter(|(id, _)| *id == team.id).map(|(_, agent)| *agent).collect();
            (team, own)
        };
        Ok(self.store.many(agents::teams(workspace)).await?.into_iter().map(of).collect())
    }

    /// Adds somebody with a password, for demonstrations and scripts; others come in by a link.
    ///
    /// # Errors
    /// [`Problem::Invalid`], [`Problem::Conflict`] when the address is taken.
    pub async fn add_agent(
        &self,
        workspace: crate::ids::WorkspaceId,
        role: Role,
        email: &str,
        name: &str,
        password: &str,
    ) -> Result<Agent, Problem> {
        within("name", name, 100)?;
        let mut agent = self.new_agent(workspace, role, address(email)?, name.to_owned());
        agent.password = Some(self.hashed(password.to_owned()).await?);
        let mut set = ChangeSet::new(workspace, self.now());
        set.tell(News::general(EventKind::Agent).about(agent.id));
        set.write(agents::add_agent(&agent));
        self.audit(&mut set, None, "agent.add", agent.id, role.word());
        self.commit(set, Problem::Conflict("somebody has this address already: choose another")).await?;
        Ok(agent)
    }

    /// Changes one's own name.
    ///
    /// # Errors
    /// [`Problem::Invalid`].
    pub async fn rename(&self, agent: &Agent, name: &str) -> Result<Agent, Problem> {
        within("name", name, 100)?;
        let fresh = self.agent(agent.workspace, agent.id).await?;
        let mut set = ChangeSet::new(agent.workspace, self.now());
        set.tell(News::general(EventKind::Agent).about(agent.id).by(agent.id));
        set.write(agents::put_agent(&Agent { name: name.to_owned(), ..fresh }));
        self.audit(&mut set, Some(agent.id), "agent.rename", agent.id, name);
        self.commit(set, Problem::Busy).await?;
        self.agent(agent.workspace, agent.id).await
    }

    /// Changes an agent. Locking somebody out ends their log-ins.
    ///
    /// # Errors
    /// [`Problem::NotAllowed`] for somebody of one's own role or above, [`Problem::Conflict`] for the last owner.
    pub async fn change_agent(&self, by: &Agent, id: AgentId, change: &AgentChange) -> Result<Agent, Problem> {
        let before = self.agent(by.workspace, id).await?;
        let mut after = before.clone();
        if let Some(name) = &change.name {
            within("name", name, 100)?;
            after.name.clone_from(name);
        }
        after.role = change.role.unwrap_or(after.role);
        after.active = change.active.unwrap_or(after.active);
        after.capacity = change.capacity.unwrap_or(after.capacity);
        if after.capacity > CAPACITY {
            return Err(Problem::invalid("capacity", format!("must be {CAPACITY} at most")));
        }
        if !may_give(by.role, before.role) || !may_give(by.role, after.role) {
            return Err(Problem::NotAllowed("only a larger role changes this one"));
        }
        if before.role == Role::Owner && before.active && (after.role != Role::Owner || !after.active) {
            let all = self.store.many(agents::agents(by.workspace)).await?;
            if !all.iter().any(|one| one.id != id && one.role == Role::Owner && one.active) {
                return Err(Problem::Conflict("this is the last owner: name another one first"));
            }
        }
        let mut set = ChangeSet::new(by.workspace, self.now());
        set.tell(News::general(EventKind::Agent).about(id).by(by.id));
        set.write(agents::put_agent(&after));
        if !after.active {
            set.write(access::end_sessions(by.workspace, id));
        }
        let detail = format!("{} {}", after.role.word(), if after.active { "active" } else { "locked out" });
        self.audit(&mut set, Some(by.id), "agent.change", id, &detail);
        self.commit(set, Problem::Busy).await?;
        self.give_out(by.workspace).await?;
        self.agent(by.workspace, id).await
    }

    /// Makes a team, or changes one.
    ///
    /// # Errors
    /// [`Problem::Invalid`], [`Problem::Conflict`] when the name is taken.
    pub async fn put_team(
        &self,
        by: &Agent,
        id: Option<TeamId>,
        name: &str,
        assignment: Assignment,
    ) -> Result<Team, Problem> {
        within("name", name, 100)?;
        let mut set = ChangeSet::new(by.workspace, self.now());
        let team = match id {
            Some(id) => {
                let team = self.team(by.workspace, id).await?;
                set.write(agents::put_team(by.workspace, id, name.to_owned(), assignment));
                Team { name: name.to_owned(), assignment, ..team }
            }
            None => {
                let id = TeamId::make(self.now(), self.entropy.as_ref());
                let rotation = AgentId::new(0);
                let team = Team { workspace: by.workspace, id, name: name.to_owned(), assignment, rotation };
                set.write(agents::add_team(&team));
                team
            }
        };
        set.tell(News::general(EventKind::Teams).by(by.id));
        self.audit(&mut set, Some(by.id), "team.put", team.id, name);
        self.commit(set, Problem::Conflict("there is a team of that name: choose another")).await?;
        Ok(team)
    }

    /// Puts somebody into a team, or takes them out.
    ///
    /// # Errors
    /// [`Problem::NoSuch`].
    pub async fn set_member(&self, by: &Agent, team: TeamId, agent: AgentId, is_in: bool) -> Result<(), Problem> {
        self.team(by.workspace, team).await?;
        self.agent(by.workspace, agent).await?;
        let mut set = ChangeSet::new(by.workspace, self.now());
        set.tell(News::general(EventKind::Teams).by(by.id));
        set.write(match is_in {
            true => agents::join_team(by.workspace, team, agent),
            false => agents::leave_team(by.workspace, team, agent),
        });
        self.audit(&mut set, Some(by.id), if is_in { "team.join" } else { "team.leave" }, team, &agent.to_string());
        self.commit(set, Problem::Busy).await?;
        self.give_out(by.workspace).await?;
        Ok(())
    }

    /// Changes how the workspace is set up.
    ///
    /// # Errors
    /// [`Problem::Invalid`].
    pub async fn set_up(
        &self,
        by: &Agent,
        name: &str,
        assignment: Assignment,
        agents_see_all: bool,
    ) -> Result<Workspace, Problem> {
        within("name", name, 100)?;
        let mut set = ChangeSet::new(by.workspace, self.now());
        set.tell(News::general(EventKind::Workspace).by(by.id));
        set.write(desk::put_workspace(by.workspace, name.to_owned(), assignment, agents_see_all));
        self.audit(&mut set, Some(by.id), "workspace.change", by.workspace, assignment.word());
        self.commit(set, Problem::Busy).await?;
        self.workspace(by.workspace).await
    }
}
