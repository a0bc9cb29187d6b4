//! What the API tells: the facts, as JSON. Times are milliseconds since 1970.

use serde::Serialize;
use utoipa::ToSchema;
use wire::time::Millis;

use crate::desk::rows::Shown;
use crate::desk::thread;
use crate::facts::{
    self, Assignment, Content, Field, ImportState, Outgoing, Profile, Role, Sending, Side, Snippet, Status,
};
use crate::ids::{AgentId, ConnectionId, ConversationId, LabelId, NoteId, OutboxId, SessionId, TeamId, WorkspaceId};
use crate::policy::explain;
use crate::policy::presence::There;
use crate::policy::reply::PRIVATE_REPLY;
use crate::sql::events::Happening;
use crate::window;
use crate::words::words;

words! {
    /// Whether a person may be answered.
    WindowState {
        /// Anything may be sent.
        Open = "open",
        /// Only a person may answer.
        HumanAgent = "human_agent",
        /// Nothing may be sent until the person acts again.
        Closed = "closed",
    }
}

/// Whether a person may be answered, and until when (contract send 3.1, 3.2).
#[derive(Debug, Serialize, ToSchema)]
pub struct Window {
    /// Which of the three.
    pub state: WindowState,
    /// The last moment of that state; absent when closed.
    pub until: Option<i64>,
}

impl Window {
    fn at(last: Option<Millis>, now: Millis) -> Self {
        match window::Window::at(last, now) {
            window::Window::Open { until } => Self { state: WindowState::Open, until: Some(until.get()) },
            window::Window::HumanAgent { until } => Self { state: WindowState::HumanAgent, until: Some(until.get()) },
            window::Window::Closed => Self { state: WindowState::Closed, until: None },
        }
    }
}

/// One person's thread with one account.
#[derive(Debug, Serialize, ToSchema)]
pub struct Conversation {
    /// Its id.
    pub id: ConversationId,
    /// The account.
    pub connection: ConnectionId,
    /// The person's IGSID.
    pub customer: String,
    /// What is known of the person.
    pub profile: Profile,
    /// The number of the event that told of its newest change.
    pub seq: u64,
    /// Where it stands.
    pub status: Status,
    /// When it comes back.
    pub snoozed_until: Option<i64>,
    /// 0 to 3.
    pub priority: u8,
    /// Who has it.
    pub assignee: Option<AgentId>,
    /// Which team has it.
    pub team: Option<TeamId>,
    /// Whether it waits to be given to somebody.
    pub waiting: bool,
    /// When it began.
    pub first_time: i64,
    /// When somebody last wrote.
    pub last_time: i64,
    /// The person's newest act that opens the window.
    pub person_time: Option<i64>,
    /// The business's newest message.
    pub business_time: Option<i64>,
    /// Whether the person may be answered.
    pub window: Window,
    /// What has not been read here.
    pub unread: u32,
    /// Sends that failed.
    pub failed: u32,
    /// Whether another app controls the thread.
    pub standby: bool,
    /// Its labels.
    pub labels: Vec<LabelId>,
    /// The newest thing in it.
    pub snippet: Option<Snippet>,
    /// Who is there.
    pub presence: Vec<There>,
}

impl Conversation {
    /// As it is told at `now`.
    pub fn told(shown: Shown, now: Millis) -> Self {
        let Shown { conversation: one, labels, snippet, presence } = shown;
        Self {
            labels,
            snippet,
            presence,
            id: one.id,
            connection: one.connection,
            customer: one.customer,
            profile: one.profile,
            seq: one.seq,
            status: one.status,
            snoozed_until: one.snoozed_until.map(Millis::get),
            priority: one.priority,
            assignee: one.assignee,
            team: one.team,
            waiting: one.waiting,
            first_time: one.first_time.get(),
            last_time: one.last_time.get(),
            person_time: one.person_time.map(Millis::get),
            business_time: one.business_time.map(Millis::get),
            window: Window::at(one.person_time, now),
            unread: one.unread,
            failed: one.failed,
            standby: one.standby,
        }
    }
}

/// A message, or an event that stands between messages.
#[derive(Debug, Serialize, ToSchema)]
pub struct Message {
    /// The platform's id.
    pub mid: String,
    /// The order of arrival.
    pub seq: u64,
    /// When it was written.
    pub sent_time: i64,
    /// Who wrote.
    pub side: Side,
    /// What it is: `text`, `image`, `story_reply`, `unsent`, `unknown` and so on.
    pub kind: String,
    /// Its text.
    pub text: Option<String>,
    /// What else belongs to it.
    pub content: Option<Content>,
    /// How often it was edited.
    pub edits: u32,
    /// Which agent wrote it.
    pub agent: Option<AgentId>,
}

impl From<facts::Message> for Message {
    fn from(one: facts::Message) -> Self {
        Self {
            mid: one.mid,
            seq: one.seq,
            sent_time: one.sent_time.get(),
            side: one.side,
            kind: one.kind,
            text: one.text,
            content: one.content,
            edits: one.edits,
            agent: one.agent,
        }
    }
}

/// Something that is being sent, or failed.
#[derive(Debug, Serialize, ToSchema)]
pub struct Outbox {
    /// Its id; `outbox:<id>` names it in `last_seen`.
    pub id: OutboxId,
    /// In which thread.
    pub conversation: ConversationId,
    /// By whom.
    pub agent: Option<AgentId>,
    /// What the composer calls it.
    pub client_key: String,
    /// What it is.
    pub body: Option<Outgoing>,
    /// Where it stands.
    pub state: Sending,
    /// How often it was tried.
    pub attempts: u32,
    /// The platform's id of what was sent.
    pub mid: Option<String>,
    /// Why it failed, as a name that stays the same in every language.
    pub reason: Option<String>,
    /// The same in a sentence, with the next step.
    pub sentence: Option<&'static str>,
    /// The Graph API's code.
    pub code: Option<i64>,
    /// Its subcode.
    pub subcode: Option<i64>,
    /// When it was written.
    pub created_time: i64,
}

impl From<facts::Outbox> for Outbox {
    fn from(one: facts::Outbox) -> Self {
        Self {
            id: one.id,
            conversation: one.conversation,
            agent: one.agent,
            client_key: one.client_key,
            body: one.body,
            state: one.state,
            attempts: one.attempts,
            mid: one.mid,
            sentence: one.reason.as_deref().map(|reason| explain::row(reason).sentence),
            reason: one.reason,
            code: one.code,
            subcode: one.subcode,
            created_time: one.created_time.get(),
        }
    }
}

/// A reaction.
#[derive(Debug, Serialize, ToSchema)]
pub struct Reaction {
    /// To what.
    pub mid: String,
    /// Whose.
    pub side: Side,
    /// The emoji.
    pub emoji: Option<String>,
    /// Which agent's.
    pub agent: Option<AgentId>,
}

/// A note between agents.
#[derive(Debug, Serialize, ToSchema)]
pub struct Note {
    /// Its id.
    pub id: NoteId,
    /// Who wrote it.
    pub agent: AgentId,
    /// What it says.
    pub text: String,
    /// When it was written.
    pub created_time: i64,
    /// Whom it names.
    pub mentions: Vec<AgentId>,
}

impl From<facts::Note> for Note {
    fn from(one: facts::Note) -> Self {
        let facts::Note { id, agent, text, created_time, mentions, .. } = one;
        Self { id, agent, text, created_time: created_time.get(), mentions }
    }
}

/// A comment on a post.
#[derive(Debug, Serialize, ToSchema)]
pub struct Comment {
    /// The platform's id.
    pub id: String,
    /// On which account's post.
    pub connection: ConnectionId,
    /// Whose.
    pub customer: Option<String>,
    /// The author's username.
    pub username: Option<String>,
    /// The text.
    pub text: Option<String>,
    /// The post.
    pub media_id: Option<String>,
    /// `FEED`, `REELS`, `STORY`, `AD`.
    pub product: Option<String>,
    /// Whether it was made during a broadcast.
    pub live: bool,
    /// When it was told.
    pub created_time: i64,
    /// The last moment of the one private reply.
    pub reply_until: i64,
    /// The private reply, once there is one.
    pub outbox: Option<OutboxId>,
    /// Where that stands.
    pub reply: Option<Sending>,
    /// Why it failed, as a name.
    pub reply_reason: Option<String>,
    /// The same in a sentence, with the next step.
    pub reply_sentence: Option<&'static str>,
}

impl From<facts::Comment> for Comment {
    fn from(one: facts::Comment) -> Self {
        Self {
            id: one.id,
            connection: one.connection,
            customer: one.customer,
            username: one.username,
            text: one.text,
            media_id: one.media_id,
            product: one.product,
            live: one.live,
            created_time: one.created_time.get(),
            reply_until: one.created_time.plus(PRIVATE_REPLY).get(),
            outbox: one.outbox,
            reply: one.reply,
            reply_sentence: one.reply_reason.as_deref().map(|reason| explain::row(reason).sentence),
            reply_reason: one.reply_reason,
        }
    }
}

/// A page of a thread.
#[derive(Debug, Serialize, ToSchema)]
pub struct Thread {
    /// The conversation.
    pub conversation: Conversation,
    /// Messages, oldest first.
    pub messages: Vec<Message>,
    /// What to give as `before` for the older page.
    pub older: Option<String>,
    /// Reactions to these messages.
    pub reactions: Vec<Reaction>,
    /// What is not sent yet, or failed.
    pub outbox: Vec<Outbox>,
    /// Notes, oldest first.
    pub notes: Vec<Note>,
    /// The newest message of the business that the person has seen.
    pub seen: Option<String>,
    /// What the caller had begun to write.
    pub draft: Option<String>,
    /// The person's comments, newest first.
    pub comments: Vec<Comment>,
    /// What became of the conversation in the time of these messages, oldest first.
    pub happenings: Vec<Happening>,
    /// What agents note of the person under names of their own.
    pub fields: Vec<Field>,
}

impl Thread {
    /// As it is told at `now`.
    pub fn told(one: thread::Thread, now: Millis) -> Self {
        let reaction =
            |one: facts::Reaction| Reaction { mid: one.mid, side: one.side, emoji: one.emoji, agent: one.agent };
        Self {
            conversation: Conversation::told(one.shown, now),
            messages: one.messages.into_iter().map(Message::from).collect(),
            older: one.older,
            reactions: one.reactions.into_iter().map(reaction).collect(),
            outbox: one.outbox.into_iter().map(Outbox::from).collect(),
            notes: one.notes.into_iter().map(Note::from).collect(),
            seen: one.seen.map(|(mid, _)| mid),
            draft: one.draft,
            comments: one.comments.into_iter().map(Comment::from).collect(),
            happenings: one.happenings,
            fields: one.fields,
        }
    }
}

/// Somebody who works here.
#[derive(Debug, Serialize, ToSchema)]
pub struct Agent {
    /// Their id.
    pub id: AgentId,
    /// Their address.
    pub email: String,
    /// Their name.
    pub name: String,
    /// What they may do.
    pub role: Role,
    /// False when they are locked out.
    pub active: bool,
    /// Whether they take new conversations.
    pub available: bool,
    /// How many open conversations they can have.
    pub capacity: u32,
    /// How many they have.
    pub open_count: u32,
    /// Whether their log-in needs a code.
    pub has_code: bool,
}

impl From<facts::Agent> for Agent {
    fn from(one: facts::Agent) -> Self {
        Self {
            id: one.id,
            email: one.email,
            name: one.name,
            role: one.role,
            active: one.active,
            available: one.available,
            capacity: one.capacity,
            open_count: one.open_count,
            has_code: one.totp.is_some(),
        }
    }
}

/// A desk.
#[derive(Debug, Serialize, ToSchema)]
pub struct Workspace {
    /// Its id.
    pub id: WorkspaceId,
    /// Its name.
    pub name: String,
    /// How conversations without a team are assigned.
    pub assignment: Assignment,
    /// Whether agents see what others are assigned to.
    pub agents_see_all: bool,
    /// The number of its newest event: where a live stream begins that misses nothing of what was read after.
    pub seq: u64,
}

impl From<facts::Workspace> for Workspace {
    fn from(one: facts::Workspace) -> Self {
        let facts::Workspace { id, name, assignment, agents_see_all, last_seq, .. } = one;
        Self { id, name, assignment, agents_see_all, seq: last_seq }
    }
}

/// A group of agents.
#[derive(Debug, Serialize, ToSchema)]
pub struct Team {
    /// Its id.
    pub id: TeamId,
    /// Its name.
    pub name: String,
    /// How its conversations are assigned.
    pub assignment: Assignment,
    /// Who is in it.
    pub members: Vec<AgentId>,
}

/// A connected account, without its secrets.
#[derive(Debug, Serialize, ToSchema)]
pub struct Connection {
    /// Its id.
    pub id: ConnectionId,
    /// Where the Graph API is.
    pub graph_url: String,
    /// The account's id.
    pub account_id: String,
    /// The account's username.
    pub username: String,
    /// Why nothing can be sent, as a name.
    pub trouble: Option<String>,
    /// The same in a sentence, with the next step.
    pub trouble_sentence: Option<&'static str>,
    /// How far the import of old threads has come.
    pub import_state: ImportState,
    /// Threads imported so far.
    pub import_done: u64,
}

impl From<facts::Connection> for Connection {
    fn from(one: facts::Connection) -> Self {
        Self {
            id: one.id,
            graph_url: one.graph_url,
            account_id: one.account_id,
            username: one.username,
            trouble_sentence: one.trouble.as_deref().map(|reason| explain::row(reason).sentence),
            trouble: one.trouble,
            import_state: one.import_state,
            import_done: one.import_done,
        }
    }
}

/// A log-in.
#[derive(Debug, Serialize, ToSchema)]
pub struct Session {
    /// Its id.
    pub id: SessionId,
    /// What the browser calls itself.
    pub device: String,
    /// When it began.
    pub created_time: i64,
    /// When it was last used.
    pub seen_time: i64,
    /// When it ends.
    pub ends_time: i64,
    /// Whether it is the one that asks.
    pub current: bool,
}
