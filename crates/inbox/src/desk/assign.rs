//! Giving conversations to people.

use super::{Desk, Problem, TRIES, could_have, next, save};
use crate::facts::{Agent, Assignment, Conversation, Status};
use crate::ids::{AgentId, ConversationId, TeamId, WorkspaceId};
use crate::policy::assign;
use crate::sql::{agents, conversations, desk as workspaces};
use crate::store::{ChangeSet, EventKind, News};

/// Conversations that are looked at in one go when they are given out.
const BATCH: u32 = 100;

/// To whom a conversation is to go.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum To {
    /// This agent.
    Agent(AgentId),
    /// This team, and by its way to one of its members.
    Team(TeamId),
    /// Nobody.
    Nobody,
}

impl Desk {
    /// Gives a conversation to somebody by hand.
    ///
    /// # Errors
    /// [`Problem::Conflict`] when the agent has no room, [`Problem::NoSuch`].
    pub async fn assign(&self, by: &Agent, id: ConversationId, to: To) -> Result<Conversation, Problem> {
        for _ in 0..TRIES {
            let (now, before) = (self.now(), self.visible(by, id).await?);
            let mut after = next(&before);
            match to {
                To::Agent(agent) => {
                    let agent = self.agent(by.workspace, agent).await?;
                    let takes = Conversation { status: Status::Open, ..before.clone() };
                    if before.status == Status::Open && !could_have(&agent, &takes) {
                        return Err(Problem::Conflict(
                            "this agent has no room: let them finish one, or give them more room",
                        ));
                    }
                    after.assignee = Some(agent.id);
                }
                To::Team(team) => {
                    let team = self.team(by.workspace, team).await?;
                    (after.team, after.assignee) = (Some(team.id), None);
                }
                To::Nobody => (after.team, after.assignee) = (None, None),
            }
            // Taken away by hand, it is not given out again by itself.
            after.waiting = to != To::Nobody && assign::waits(&after, self.assignment_of(&after).await?);
            if after == next(&before) {
                return Ok(before);
            }
            let mut set = ChangeSet::new(by.workspace, now);
            save(&mut set, Some(&before), &after, Some(by.id));
            if !set.tells() {
                set.tell(News::of(EventKind::Conversation, id).by(by.id));
            }
            if self.try_commit(set).await?.is_some() {
                self.give_out(by.workspace).await?;
                return self.conversation(by.workspace, id).await;
            }
        }
        Err(Problem::Busy)
    }

    /// Gives those that wait to whoever has room: by priority, then by whose window ends first. Gives how many it gave.
    ///
    /// # Errors
    /// The store's.
    pub async fn give_out(&self, workspace: WorkspaceId) -> Result<usize, Problem> {
        let mut given = 0;
        for _ in 0..TRIES {
            let mut waiting = self.store.many(conversations::waiting(workspace, BATCH)).await?;
            waiting.sort_by_key(assign::turn);
            let before = given;
            for conversation in &waiting {
                given += usize::from(self.give(conversation).await?);
            }
            if given == before {
                break;
            }
        }
        Ok(given)
    }

    /// Gives one to whoever is next, if anybody has room.
    async fn give(&self, waiting: &Conversation) -> Result<bool, Problem> {
        let (workspace, now) = (waiting.workspace, self.now());
        let team = match waiting.team {
            Some(team) => self.store.one(agents::team(workspace, team)).await?,
            None => None,
        };
        let desk = self.workspace(workspace).await?;
        let (assignment, last) = match &team {
            Some(team) => (team.assignment, team.rotation),
            None => (desk.assignment, desk.rotation),
        };
        let mut candidates = self.store.many(agents::agents(workspace)).await?;
        if let Some(team) = &team {
            let members = self.store.many(agents::members(workspace)).await?;
            candidates.retain(|agent| members.contains(&(team.id, agent.id)));
        }
        let mut after = next(waiting);
        if !assign::waits(waiting, assignment) {
            // Its team no longer gives out by itself, or is gone.
            after.waiting = false;
        } else {
            let Some(agent) = assign::choose(assignment, &candidates, last) else { return Ok(false) };
            (after.assignee, after.waiting) = (Some(agent), false);
        }
        let mut set = ChangeSet::new(workspace, now);
        save(&mut set, Some(waiting), &after, None);
        if let (Some(agent), Assignment::RoundRobin) = (after.assignee, assignment) {
            set.write(match &team {
                Some(team) => agents::rotate_team(workspace, team.id, agent),
                None => workspaces::rotate(workspace, agent),
            });
        }
        Ok(self.try_commit(set).await?.is_some() && after.assignee.is_some())
    }

    /// Changes whether an agent takes new conversations.
    ///
    /// # Errors
    /// The store's.
    pub async fn set_available(&self, agent: &Agent, available: bool) -> Result<Agent, Problem> {
        let mut set = ChangeSet::new(agent.workspace, self.now());
        let fresh = self.agent(agent.workspace, agent.id).await?;
        set.tell(News::general(EventKind::Agent).about(agent.id).by(agent.id));
        set.write(agents::put_agent(&Agent { available, ..fresh }));
        self.commit(set, Problem::Busy).await?;
        self.give_out(agent.workspace).await?;
        self.agent(agent.workspace, agent.id).await
    }
}
