//! Where conversations stand: open, snoozed, resolved; how urgent; what is read; labels. One by one and many at once.

use serde::Deserialize;
use wire::time::Millis;

use super::{Desk, Problem, TRIES, next, save};
use crate::facts::{Agent, Conversation, Status};
use crate::ids::{AgentId, ConversationId, LabelId, TeamId};
use crate::policy::assign;
use crate::sql::{conversations, rows, teamwork};
use crate::store::{ChangeSet, EventKind, News};

use super::assign::To;

/// The most conversations that one request changes.
pub const AT_ONCE: usize = 100;
/// The most urgent.
const URGENT: u8 = 3;
/// Snoozes that end in one go.
const RETURNS: u32 = 100;

/// A change of a conversation.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, utoipa::ToSchema)]
#[serde(tag = "do", rename_all = "snake_case")]
pub enum Change {
    /// It is done.
    Resolve,
    /// It is to be looked at again.
    Reopen,
    /// It comes back then, or when the person writes.
    Snooze {
        /// Milliseconds since 1970.
        #[schema(value_type = i64)]
        until: Millis,
    },
    /// How urgent it is, 0 to 3.
    Prioritise {
        /// 0 for none, 3 for urgent.
        priority: u8,
    },
    /// It goes to an agent.
    Assign {
        /// Whom.
        #[schema(value_type = String)]
        agent: AgentId,
    },
    /// It goes to a team.
    AssignTeam {
        /// Which.
        #[schema(value_type = String)]
        team: TeamId,
    },
    /// Nobody has it any more.
    Unassign,
    /// It gets a label.
    Label {
        /// Which.
        #[schema(value_type = String)]
        label: LabelId,
    },
    /// It loses a label.
    Unlabel {
        /// Which.
        #[schema(value_type = String)]
        label: LabelId,
    },
    /// It has been read up to its end.
    MarkRead,
    /// It is to be read again.
    MarkUnread,
}

impl Desk {
    /// Changes a conversation.
    ///
    /// # Errors
    /// [`Problem::NoSuch`], [`Problem::Invalid`], [`Problem::Conflict`] when somebody has no room.
    pub async fn change(&self, by: &Agent, id: ConversationId, change: &Change) -> Result<Conversation, Problem> {
        match change {
            Change::Assign { agent } => return self.assign(by, id, To::Agent(*agent)).await,
            Change::AssignTeam { team } => return self.assign(by, id, To::Team(*team)).await,
            Change::Unassign => return self.assign(by, id, To::Nobody).await,
            Change::Label { label } | Change::Unlabel { label } => {
                let on = matches!(change, Change::Label { .. });
                return self.label(by, id, *label, on).await;
            }
            _ => {}
        }
        for _ in 0..TRIES {
            let (now, before) = (self.now(), self.visible(by, id).await?);
            let mut after = next(&before);
            self.decide(&mut after, change, now).await?;
            let mut set = ChangeSet::new(by.workspace, now);
            save(&mut set, Some(&before), &after, Some(by.id));
            if !set.tells() {
                set.tell(News::of(EventKind::Conversation, id).by(by.id));
            }
            set.write(conversations::count_unread(by.workspace, id));
            if matches!(change, Change::Resolve | Change::MarkRead) {
                set.write(teamwork::settle_mentions(by.workspace, by.id, id));
            }
            if self.try_commit(set).await?.is_some() {
                // Somebody may have room now, or something may wait now.
                if matches!(change, Change::Resolve | Change::Reopen | Change::Snooze { .. }) {
                    self.give_out(by.workspace).await?;
                }
                return self.conversation(by.workspace, id).await;
            }
        }
        Err(Problem::Busy)
    }

    async fn decide(&self, after: &mut Conversation, change: &Change, now: Millis) -> Result<(), Problem> {
        match change {
            Change::Resolve if after.status != Status::Resolved => stand(after, Status::Resolved, None, now),
            Change::Snooze { until } if *until <= now => {
                return Err(Problem::invalid("until", "choose a moment that is still to come"));
            }
            Change::Snooze { until } => stand(after, Status::Snoozed, Some(*until), now),
            Change::Reopen if after.status != Status::Open => {
                stand(after, Status::Open, None, now);
                self.keep_or_lose_assignee(after).await?;
                after.waiting = assign::waits(after, self.assignment_of(after).await?);
            }
            Change::Prioritise { priority } if *priority > URGENT => {
                return Err(Problem::invalid("priority", "choose 0 to 3"));
            }
            Change::Prioritise { priority } => after.priority = *priority,
            Change::MarkRead => after.read_time = after.read_time.max(after.last_time),
            Change::MarkUnread => {
                let before_last = after.person_time.unwrap_or(after.last_time);
                after.read_time = Millis::new(before_last.get() - 1);
            }
            _ => {}
        }
        Ok(())
    }

    async fn label(&self, by: &Agent, id: ConversationId, label: LabelId, on: bool) -> Result<Conversation, Problem> {
        self.visible(by, id).await?;
        let labels = self.store.many(teamwork::labels(by.workspace)).await?;
        let known = labels.into_iter().find(|known| known.id == label).ok_or(Problem::NoSuch("label"))?;
        let has = self.store.many(rows::labels(by.workspace, &[id])).await?.contains(&(id, label));
        if has == on {
            return self.conversation(by.workspace, id).await;
        }
        let kind = if on { EventKind::Labelled } else { EventKind::Unlabelled };
        let mut set = ChangeSet::new(by.workspace, self.now());
        set.tell(News::of(kind, id).about(label).saying(known.name).by(by.id));
        set.write(teamwork::label(by.workspace, id, label, on));
        set.write(conversations::touch(by.workspace, id));
        self.commit(set, Problem::Busy).await?;
        self.conversation(by.workspace, id).await
    }

    /// Changes many; gives for each what came of it.
    ///
    /// # Errors
    /// [`Problem::Invalid`] for more than 100.
    pub async fn change_many(
        &self,
        by: &Agent,
        ids: &[ConversationId],
        change: &Change,
    ) -> Result<Vec<(ConversationId, Result<Conversation, Problem>)>, Problem> {
        if ids.is_empty() || ids.len() > AT_ONCE {
            return Err(Problem::invalid("conversations", "name 1 to 100 conversations"));
        }
        let mut done = Vec::with_capacity(ids.len());
        for id in ids {
            done.push((*id, self.change(by, *id, change).await));
        }
        Ok(done)
    }

    /// Brings back what was snoozed until now; gives how many.
    ///
    /// # Errors
    /// The store's.
    pub async fn wake_up(&self) -> Result<usize, Problem> {
        let mut woken = 0;
        loop {
            let now = self.now();
            let due = self.store.many(conversations::returning(now, RETURNS)).await?;
            if due.is_empty() {
                return Ok(woken);
            }
            for before in due {
                let mut after = next(&before);
                stand(&mut after, Status::Open, None, now);
                self.keep_or_lose_assignee(&mut after).await?;
                after.waiting = assign::waits(&after, self.assignment_of(&after).await?);
                let mut set = ChangeSet::new(before.workspace, now);
                save(&mut set, Some(&before), &after, None);
                woken += usize::from(self.try_commit(set).await?.is_some());
                self.give_out(before.workspace).await?;
            }
        }
    }
}

fn stand(conversation: &mut Conversation, status: Status, until: Option<Millis>, now: Millis) {
    (conversation.status, conversation.snoozed_until, conversation.changed_time) = (status, until, now);
    conversation.waiting = conversation.waiting && status == Status::Open;
}
