//! What those who work at the desk do, by its use cases.

use ::inbox::Problem;
use ::inbox::desk::reply::Reply;
use ::inbox::desk::triage::Change;
use ::inbox::desk::views::View;
use ::inbox::facts::{Agent, Assignment, CannedReply, Conversation, Outbox, Outgoing, Role, Sending};
use ::inbox::ids::{OutboxId, ReplyId};
use anyhow::{Context, bail};
use engine::demo;
use wire::time::{Millis, Span};

use super::Stage;
use crate::inbox::demo::guests::{CANNED, Guest, LABELS, Step, TEAMS};
use crate::inbox::demo::{PASSWORD, PEOPLE, WORKSPACE};

impl Stage {
    /// Those who are missing come to work.
    pub(super) async fn staff(&mut self) -> anyhow::Result<()> {
        let known = self.desk.agents(self.workspace).await?;
        for (role, email, name) in PEOPLE {
            let agent = match known.iter().find(|agent| agent.email == email) {
                Some(agent) => agent.clone(),
                None => self.desk.add_agent(self.workspace, role, email, name, PASSWORD).await?,
            };
            if role == Role::Owner {
                self.desk.set_up(&agent, WORKSPACE, Assignment::Manual, true).await?;
            }
            self.agents.insert(name, agent);
        }
        Ok(())
    }

    /// Labels, teams and canned replies.
    pub(super) async fn arrange(&mut self) -> anyhow::Result<()> {
        let sue = self.agent("Sue")?.clone();
        for (name, colour) in LABELS {
            unless_there(self.desk.put_label(&sue, None, name, colour).await)?;
        }
        let labels = self.desk.labels(self.workspace).await?;
        self.labels = labels.into_iter().map(|label| (label.name, label.id)).collect();
        for (name, members) in TEAMS {
            unless_there(self.desk.put_team(&sue, None, name, Assignment::Manual).await)?;
            let teams = self.desk.teams(self.workspace).await?;
            let (team, _) = teams.into_iter().find(|(team, _)| team.name == name).context("a team was made")?;
            for member in members {
                self.desk.set_member(&sue, team.id, self.agent(member)?.id, true).await?;
            }
            self.teams.insert(team.name, team.id);
        }
        for (shortcut, title, text) in CANNED {
            let id = ReplyId::make(self.desk.now(), self.desk.entropy.as_ref());
            let [shortcut, title, text] = [shortcut, title, text].map(str::to_owned);
            let reply = CannedReply { id, shortcut, title, text };
            unless_there(self.desk.put_canned(&sue, reply, true).await)?;
        }
        Ok(())
    }

    /// Reads who people are whom an earlier start was about to ask for.
    pub(super) async fn know_everybody(&self) -> anyhow::Result<()> {
        for one in self.conversations().await? {
            if one.profile_time.is_none() {
                self.desk.wants_profile(self.workspace, one.id);
            }
        }
        Ok(self.desk.settle().await?)
    }

    /// Somebody at the desk does something.
    pub(super) async fn work(&self, guest: &Guest, place: usize, step: Step, at: Millis) -> anyhow::Result<()> {
        self.settle().await?;
        let (sue, conversation) = (self.agent("Sue")?, self.conversation(guest).await?);
        let id = conversation.id;
        // Whatever moved it later has happened in an earlier start.
        let is_over = conversation.changed_time >= at;
        let (by, change) = match step {
            Step::Answers(name, text) => return self.answer(guest, place, &conversation, name, text).await,
            Step::Notes(name, text) => {
                let by = self.agent(name)?;
                let thread = self.desk.thread(by, id, None, 1).await?;
                if !thread.notes.iter().any(|note| note.text == text) {
                    self.desk.note(by, id, text, &[]).await?;
                }
                return Ok(());
            }
            Step::Resolved(_) | Step::Snoozed(..) if is_over => return Ok(()),
            Step::Resolved(name) => (self.agent(name)?, Change::Resolve),
            Step::Snoozed(name, minutes) => {
                (self.agent(name)?, Change::Snooze { until: at.plus(Span::minutes(minutes)) })
            }
            Step::To(name) => (sue, Change::Assign { agent: self.agent(name)?.id }),
            Step::ToTeam(name) => {
                (sue, Change::AssignTeam { team: *self.teams.get(name).context("there is no such team")? })
            }
            Step::Labelled(name) => {
                (sue, Change::Label { label: *self.labels.get(name).context("there is no such label")? })
            }
            Step::Urgent(priority) => (sue, Change::Prioritise { priority }),
            _ => bail!("nobody at a desk does that"),
        };
        self.desk.change(by, id, &change).await?;
        Ok(())
    }

    /// An agent answers, having seen all that is there. The name of the answer is the same in each start.
    async fn answer(
        &self,
        guest: &Guest,
        place: usize,
        conversation: &Conversation,
        name: &str,
        text: &str,
    ) -> anyhow::Result<()> {
        let by = self.agent(name)?;
        let thread = self.desk.thread(by, conversation.id, None, 100).await?;
        // The one that arrived last, which with a clock that stands need not be the one that was written last.
        let newest = thread.messages.into_iter().max_by_key(|message| message.seq);
        let reply = Reply {
            client_key: format!("demo:{}:{place}", guest.username),
            last_seen: newest.map(|message| message.mid),
            body: Outgoing::Text { text: text.to_owned(), reply_to: None },
        };
        let answer = self.desk.reply(by, conversation.id, reply).await?;
        self.settle().await?;
        // An earlier start may have been cut off amid the call: nobody waits for it once its time is over, and unless its echo
        // came it is made again.
        if let Some(one) = self.unsent(by, conversation, answer.id).await?.filter(|one| one.state == Sending::Sending) {
            self.turn(one.due_time)?;
            self.settle().await?;
        }
        let left = self.unsent(by, conversation, answer.id).await?;
        if left.is_some_and(|one| one.reason.as_deref() == Some("unclear")) {
            self.desk.retry(by, answer.id).await?;
            self.settle().await?;
        }
        Ok(())
    }

    /// An answer that the platform does not have.
    async fn unsent(&self, by: &Agent, conversation: &Conversation, id: OutboxId) -> anyhow::Result<Option<Outbox>> {
        let thread = self.desk.thread(by, conversation.id, None, 1).await?;
        Ok(thread.outbox.into_iter().find(|one| one.id == id))
    }

    async fn conversation(&self, guest: &Guest) -> anyhow::Result<Conversation> {
        let store = &self.server.world.store;
        let person = store.person_by_username(guest.username).await?.context("the guest is there")?;
        let user = store.scoped_user_of(demo::ACCOUNT, person.id).await?.context("the guest has written")?;
        let igsid = user.igsid.to_string();
        let found = self.conversations().await?.into_iter().find(|one| one.customer == igsid);
        found.context("the desk was told of the guest")
    }

    async fn conversations(&self) -> anyhow::Result<Vec<Conversation>> {
        Ok(self.desk.list(self.agent("Sue")?, View::All, &Default::default(), None, 100).await?.items)
    }

    fn agent(&self, name: &str) -> anyhow::Result<&Agent> {
        self.agents.get(name).with_context(|| format!("nobody is called {name}"))
    }
}

/// What is there already was made by an earlier start.
fn unless_there<T>(made: Result<T, Problem>) -> Result<(), Problem> {
    match made {
        Ok(_) | Err(Problem::Conflict(_)) => Ok(()),
        Err(problem) => Err(problem),
    }
}
