//! What is to be written together, and whom it is to be told.

use db::sql::Write;
use wire::time::Millis;

use crate::ids::{AgentId, ConversationId, WorkspaceId};
use crate::sql::events;
use crate::words::words;

words! {
    /// What kind of thing is new. Of a conversation's own changes those that have a word of their own are shown in its thread.
    EventKind {
        /// A message came, was sent, edited or unsent.
        Message = "message",
        /// A reaction was made or taken back.
        Reaction = "reaction",
        /// The person has seen a message.
        Seen = "seen",
        /// Something is being sent, was sent, failed, or was given up.
        Outbox = "outbox",
        /// A note was written.
        Note = "note",
        /// A note names the agent who is the event's subject.
        Mention = "mention",
        /// More is known of a person.
        Person = "person",
        /// Something else of a conversation changed: what is read of it, the fields of the person.
        Conversation = "conversation",
        /// A conversation was given to an agent, its subject.
        Assigned = "assigned",
        /// Nobody has it any more.
        Unassigned = "unassigned",
        /// It was given to a team, its subject.
        Team = "team",
        /// It comes back at a time, its detail, in milliseconds.
        Snoozed = "snoozed",
        /// It came back.
        Returned = "returned",
        /// It is done.
        Resolved = "resolved",
        /// It is to be looked at again.
        Reopened = "reopened",
        /// It got a label, its subject; the detail is the label's name then.
        Labelled = "labelled",
        /// It lost a label, its subject; the detail is the label's name then.
        Unlabelled = "unlabelled",
        /// Its priority is now its detail, 0 to 3.
        Prioritised = "prioritised",
        /// Another app controls the thread now.
        Standby = "standby",
        /// This app controls the thread again.
        HandedOver = "handed_over",
        /// A comment was made.
        Comment = "comment",
        /// The platform told something of the account that belongs to no thread.
        Account = "account",
        /// An agent changed.
        Agent = "agent",
        /// Canned replies changed.
        CannedReplies = "canned_replies",
        /// An account was connected, or something is in its way.
        Connection = "connection",
        /// The import of old threads went on.
        Import = "import",
        /// Labels changed.
        Labels = "labels",
        /// Teams changed.
        Teams = "teams",
        /// Saved views changed.
        Views = "views",
        /// The desk was set up otherwise.
        Workspace = "workspace",
    }
}

words! {
    /// What became of a conversation and is shown between the messages of its thread.
    Happened {
        /// It was given to an agent, the subject.
        Assigned = "assigned",
        /// Nobody has it any more.
        Unassigned = "unassigned",
        /// It was given to a team, the subject.
        Team = "team",
        /// It comes back at a time, the detail, in milliseconds.
        Snoozed = "snoozed",
        /// It came back.
        Returned = "returned",
        /// It is done.
        Resolved = "resolved",
        /// It is to be looked at again.
        Reopened = "reopened",
        /// It got a label, the subject, whose name then is the detail.
        Labelled = "labelled",
        /// It lost a label, the subject, whose name then is the detail.
        Unlabelled = "unlabelled",
        /// Its priority is the detail, 0 to 3.
        Prioritised = "prioritised",
        /// Another app controls the thread.
        Standby = "standby",
        /// This app controls the thread again.
        HandedOver = "handed_over",
    }
}

impl EventKind {
    /// Whether it is shown in the thread: it is what became of a conversation.
    pub fn is_shown(self) -> bool {
        Happened::of_word(self.word()).is_some()
    }
}

/// That something of a workspace is new. It names the thing; who wants to know more looks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct News {
    /// What kind of thing.
    pub kind: EventKind,
    /// The conversation that it belongs to.
    pub conversation: Option<ConversationId>,
    /// The thing's own id.
    pub subject: Option<String>,
    /// What more there is to say, such as until when; no words of the person's.
    pub detail: Option<String>,
    /// Who did it, where an agent did.
    pub agent: Option<AgentId>,
}

impl News {
    /// News of a conversation.
    pub fn of(kind: EventKind, conversation: ConversationId) -> Self {
        Self { kind, conversation: Some(conversation), subject: None, detail: None, agent: None }
    }

    /// News of the whole workspace.
    pub fn general(kind: EventKind) -> Self {
        Self { kind, conversation: None, subject: None, detail: None, agent: None }
    }

    /// About this thing in it.
    #[expect(clippy::needless_pass_by_value, reason = "ids and words are as small as references to them")]
    pub fn about(self, subject: impl ToString) -> Self {
        Self { subject: Some(subject.to_string()), ..self }
    }

    /// With this to say besides.
    #[expect(clippy::needless_pass_by_value, reason = "numbers and names are as small as references to them")]
    pub fn saying(self, detail: impl ToString) -> Self {
        Self { detail: Some(detail.to_string()), ..self }
    }

    /// Done by this agent.
    pub fn by(self, agent: impl Into<Option<AgentId>>) -> Self {
        Self { agent: agent.into(), ..self }
    }
}

/// Writes of one workspace that hold together or not at all.
#[derive(Debug)]
pub struct ChangeSet {
    workspace: WorkspaceId,
    now: Millis,
    news: Vec<News>,
    /// Runs before anybody is told, so that what was done before tells nobody again.
    guard: Option<Write<'static>>,
    writes: Vec<Write<'static>>,
}

impl ChangeSet {
    /// An empty set of this workspace, at this moment.
    pub fn new(workspace: WorkspaceId, now: Millis) -> Self {
        Self { workspace, now, news: Vec::new(), guard: None, writes: Vec::new() }
    }

    /// Its moment.
    pub fn now(&self) -> Millis {
        self.now
    }

    /// Whose it is.
    pub fn workspace(&self) -> WorkspaceId {
        self.workspace
    }

    /// Adds a statement.
    pub fn write(&mut self, write: Write<'static>) -> &mut Self {
        self.writes.push(write);
        self
    }

    /// Puts a statement in front of everything, the events included.
    pub fn guard(&mut self, write: Write<'static>) -> &mut Self {
        self.guard = Some(write);
        self
    }

    /// Adds an event of the workspace's log, with the next number.
    pub fn tell(&mut self, news: News) -> &mut Self {
        self.news.push(news);
        self
    }

    /// Whether live streams hear of it.
    pub fn tells(&self) -> bool {
        !self.news.is_empty()
    }

    /// The statements in the order of execution. Numbers are taken first, under a lock on the workspace that stands until
    /// the commit: so whoever reads the log never sees a number before a smaller one is there, on either engine.
    pub(super) fn into_writes(self) -> Vec<Write<'static>> {
        let Self { workspace, now, news, guard, writes } = self;
        let mut all: Vec<Write<'static>> = guard.into_iter().collect();
        if !news.is_empty() {
            let count = i64::try_from(news.len()).unwrap_or(i64::MAX);
            all.push(events::take_numbers(workspace, count));
            for (back, news) in (0..count).rev().zip(news) {
                all.push(events::add(workspace, back, news, now));
            }
        }
        all.extend(writes);
        all
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whatever_happens_to_a_conversation_is_a_kind_of_event() {
        for happened in Happened::ALL {
            assert!(EventKind::of_word(happened.word()).is_some_and(EventKind::is_shown), "{happened:?}");
        }
        assert!(!EventKind::Message.is_shown() && !EventKind::Conversation.is_shown());
    }
}
