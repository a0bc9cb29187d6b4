//! What the inbox knows, as it is stored.

use serde::{Deserialize, Serialize};
use wire::dialect::Dialect;
use wire::time::Millis;

use crate::ids::{
    AgentId, ConnectionId, ConversationId, LabelId, NoteId, OutboxId, ReplyId, SessionId, TeamId, ViewId, WorkspaceId,
};
use crate::words::words;

words! {
    /// What somebody may do, see `policy::roles`.
    Role {
        /// Everything.
        Owner = "owner",
        /// Everything but the business's own secrets and owners.
        Supervisor = "supervisor",
        /// Answers people.
        Agent = "agent",
        /// Looks.
        ReadOnly = "read_only",
    }
}

words! {
    /// How conversations that nobody has get somebody.
    Assignment {
        /// By hand.
        Manual = "manual",
        /// Each in turn, whoever has room.
        RoundRobin = "round_robin",
        /// Whoever has fewest open, and of those who has been idle longest.
        Balanced = "balanced",
    }
}

words! {
    /// Where a conversation stands.
    Status {
        /// It is to be looked at.
        Open = "open",
        /// It comes back at a time, or when the person writes.
        Snoozed = "snoozed",
        /// It is done until the person writes.
        Resolved = "resolved",
    }
}

words! {
    /// Where something that is to be sent stands.
    Sending {
        /// It waits for its turn.
        Queued = "queued",
        /// A call is under way.
        Sending = "sending",
        /// The platform has it.
        Sent = "sent",
        /// It was refused, or it came too late.
        Failed = "failed",
    }
}

words! {
    /// Who wrote.
    Side {
        /// The person.
        Person = "person",
        /// The business, whichever app or agent.
        Business = "business",
    }
}

words! {
    /// How far the import of old threads has come.
    ImportState {
        /// It has not begun.
        Waiting = "waiting",
        /// Some threads are there.
        Running = "running",
        /// All are.
        Done = "done",
    }
}

words! {
    /// Files that can be sent (contract send 1.5).
    FileKind {
        /// A picture: PNG, JPEG or GIF of 8 MB at most.
        Image = "image",
        /// A video: MP4, MOV, AVI, WebM or Ogg of 25 MB at most.
        Video = "video",
        /// Sound: M4A, AAC, WAV or MP4 of 25 MB at most.
        Audio = "audio",
        /// A PDF of 25 MB at most.
        File = "file",
    }
}

words! {
    /// The colours of labels.
    Colour {
        /// The accent.
        Teal = "teal",
        /// As what is open.
        Green = "green",
        /// As what only a person may answer.
        Amber = "amber",
        /// As what is in danger.
        Red = "red",
        /// As what a bot does.
        Violet = "violet",
        /// As what is closed.
        Slate = "slate",
    }
}

impl Side {
    /// The number in a column.
    pub fn number(self) -> i64 {
        i64::from(self == Side::Business)
    }

    /// What a number in a column stands for.
    pub fn of_number(number: i64) -> Option<Self> {
        match number {
            0 => Some(Side::Person),
            1 => Some(Side::Business),
            _ => None,
        }
    }
}

/// A business's desk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Workspace {
    /// Its id.
    pub id: WorkspaceId,
    /// Its name.
    pub name: String,
    /// How conversations without a team are assigned.
    pub assignment: Assignment,
    /// Whose turn was last, for round robin.
    pub rotation: AgentId,
    /// Whether agents see what others are assigned to.
    pub agents_see_all: bool,
    /// The number of its newest event.
    pub last_seq: u64,
    /// When it was made.
    pub created_time: Millis,
}

/// A connected professional account. Token and secrets are sealed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Connection {
    /// Whose it is.
    pub workspace: WorkspaceId,
    /// Its id, which the webhook's address names.
    pub id: ConnectionId,
    /// Where the Graph API is.
    pub graph_url: String,
    /// Which login the token comes from.
    pub login: Dialect,
    /// The account's id, `entry[].id` of its webhooks (contract webhooks 2.1).
    pub account_id: String,
    /// The account's username.
    pub username: String,
    /// The sealed token.
    pub token: String,
    /// The sealed app secret.
    pub app_secret: String,
    /// The sealed verify token.
    pub verify_token: String,
    /// Why nothing can be sent, as long as that is so.
    pub trouble: Option<String>,
    /// How far the import of old threads has come.
    pub import_state: ImportState,
    /// The newest moment of the threads that are still to be imported; they come newest first.
    pub import_after: Option<Millis>,
    /// Threads imported so far.
    pub import_done: u64,
    /// When what was missed was last looked for.
    pub polled_time: Option<Millis>,
    /// When it was connected.
    pub created_time: Millis,
}

/// Somebody who works here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Agent {
    /// Where.
    pub workspace: WorkspaceId,
    /// Their id.
    pub id: AgentId,
    /// The address that they log in with, in lower case.
    pub email: String,
    /// Their name.
    pub name: String,
    /// What they may do.
    pub role: Role,
    /// The hash of their password; `None` until they have one.
    pub password: Option<String>,
    /// The sealed secret of their one-time codes.
    pub totp: Option<String>,
    /// The step of the newest code that was used; it and older ones are used up.
    pub totp_step: u64,
    /// False when they may not log in any more.
    pub active: bool,
    /// Whether they take new conversations.
    pub available: bool,
    /// How many open conversations they can have.
    pub capacity: u32,
    /// How many they have.
    pub open_count: u32,
    /// Since when they have been given nothing.
    pub idle_since: Millis,
    /// Since when they have been here.
    pub created_time: Millis,
}

/// A group of agents.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Team {
    /// Where.
    pub workspace: WorkspaceId,
    /// Its id.
    pub id: TeamId,
    /// Its name, which no other has.
    pub name: String,
    /// How its conversations are assigned.
    pub assignment: Assignment,
    /// Whose turn was last, for round robin.
    pub rotation: AgentId,
}

/// A log-in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Session {
    /// The hash of its secret.
    pub hash: String,
    /// Where.
    pub workspace: WorkspaceId,
    /// Whose.
    pub agent: AgentId,
    /// Its id, by which it is listed and ended.
    pub id: SessionId,
    /// What the browser calls itself.
    pub device: String,
    /// When it began.
    pub created_time: Millis,
    /// When it was last used, to within a minute.
    pub seen_time: Millis,
    /// When it ends.
    pub ends_time: Millis,
}

/// One person's thread with one account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Conversation {
    /// Where.
    pub workspace: WorkspaceId,
    /// Its id.
    pub id: ConversationId,
    /// The account.
    pub connection: ConnectionId,
    /// The person's IGSID for that account.
    pub customer: String,
    /// How often it was changed; who decides on it asserts this.
    pub version: u64,
    /// The number of the event that told of its newest change.
    pub seq: u64,
    /// Where it stands.
    pub status: Status,
    /// When it comes back.
    pub snoozed_until: Option<Millis>,
    /// When it was last opened, snoozed or resolved by somebody.
    pub changed_time: Millis,
    /// 0 for none to 3 for urgent.
    pub priority: u8,
    /// Who has it.
    pub assignee: Option<AgentId>,
    /// Which team has it.
    pub team: Option<TeamId>,
    /// Whether it waits to be given to somebody.
    pub waiting: bool,
    /// When it began.
    pub first_time: Millis,
    /// When somebody last wrote.
    pub last_time: Millis,
    /// The person's newest act that opens the window (contract send 3.1).
    pub person_time: Option<Millis>,
    /// The business's newest message.
    pub business_time: Option<Millis>,
    /// Up to when it has been read here.
    pub read_time: Millis,
    /// What the person wrote since.
    pub unread: u32,
    /// Sends that failed and were not tried again.
    pub failed: u32,
    /// Whether another app controls the thread (contract webhooks 3.14).
    pub standby: bool,
    /// What is known of the person.
    pub profile: Profile,
    /// When the profile was read.
    pub profile_time: Option<Millis>,
}

/// What the platform tells of a person (contract read 5.1). The picture is an address, which dies after days.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Profile {
    /// The name.
    pub name: Option<String>,
    /// The username.
    pub username: Option<String>,
    /// The picture's address.
    pub picture: Option<String>,
    /// How many follow them.
    pub followers: Option<u64>,
    /// Whether they follow the account.
    pub follows_business: Option<bool>,
    /// Whether the account follows them.
    pub followed_by_business: Option<bool>,
    /// Whether Instagram has verified them.
    pub verified: Option<bool>,
}

/// One thing in a thread: a message, or an event that stands between messages.
#[derive(Debug, Clone, PartialEq)]
pub struct Message {
    /// Where.
    pub workspace: WorkspaceId,
    /// In which thread.
    pub conversation: ConversationId,
    /// The platform's id; for an event without one the key that it was stored under.
    pub mid: String,
    /// The number of the event that first told of it: the order of arrival.
    pub seq: u64,
    /// When it was written: the order of the thread.
    pub sent_time: Millis,
    /// Whether the platform told that time itself.
    pub told: bool,
    /// Who wrote.
    pub side: Side,
    /// What it is: `text`, `image`, `story_reply` and so on (contract webhooks 3).
    pub kind: String,
    /// Its text.
    pub text: Option<String>,
    /// What else belongs to it.
    pub content: Option<Content>,
    /// How often it was edited.
    pub edits: u32,
    /// Which agent wrote it.
    pub agent: Option<AgentId>,
    /// As what it was sent.
    pub outbox: Option<OutboxId>,
}

/// What the kinds of messages carry beside a text (contract webhooks 3.2 to 3.18). URLs are privacy-aware and are all that
/// is kept of media.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Content {
    /// Files, shares and templates.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub attachments: Vec<Attachment>,
    /// The message that is answered.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reply_to: Option<String>,
    /// The story that is answered.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub story: Option<Story>,
    /// The payload of the quick reply, button, ice breaker or menu item that was tapped.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub payload: Option<String>,
    /// The link, ad or product by which the person came, as it was told.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<Object>)]
    pub referral: Option<serde_json::Value>,
    /// All of an event that has no shape of its own here.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<Object>)]
    pub raw: Option<serde_json::Value>,
}

/// A file, share or template.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Attachment {
    /// `image`, `video`, `ig_post` and so on; new ones appear (contract webhooks 3.2).
    #[serde(rename = "type")]
    pub kind: String,
    /// Where it is; it may stop working at any moment.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// A title, where it has one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// The id of the post, reel or story.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub media_id: Option<String>,
    /// The payload as it came, of a kind that is more than the above.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<Object>)]
    pub payload: Option<serde_json::Value>,
}

/// A story that is answered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Story {
    /// Its id.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// Where it is, for 24 hours at most.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
}

/// A reaction of one side to a message; without an emoji it was taken back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reaction {
    /// Where.
    pub workspace: WorkspaceId,
    /// In which thread.
    pub conversation: ConversationId,
    /// To what.
    pub mid: String,
    /// Whose.
    pub side: Side,
    /// The emoji.
    pub emoji: Option<String>,
    /// Which agent's.
    pub agent: Option<AgentId>,
    /// When.
    pub reacted_time: Millis,
}

/// The newest thing of a thread, as a row of a list tells it. It is read from where it stands, so it says nothing that was
/// unsent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct Snippet {
    /// Whose it is; `None` for a note.
    pub side: Option<Side>,
    /// The kind of a message, or `note` or `reaction`.
    pub kind: String,
    /// The first 120 characters of its text; of a reaction, those of the message that it is to.
    pub text: Option<String>,
    /// Which agent's.
    pub agent: Option<AgentId>,
    /// The emoji of a reaction.
    pub emoji: Option<String>,
    /// When, in milliseconds.
    #[schema(value_type = i64)]
    pub time: Millis,
}

/// A comment on a post (contract webhooks 3.16).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Comment {
    /// Where.
    pub workspace: WorkspaceId,
    /// The platform's id.
    pub id: String,
    /// On which account's post.
    pub connection: ConnectionId,
    /// Whose, as an IGSID; old webhooks do not tell.
    pub customer: Option<String>,
    /// The author's username.
    pub username: Option<String>,
    /// The text.
    pub text: Option<String>,
    /// The post.
    pub media_id: Option<String>,
    /// `FEED`, `REELS`, `STORY`, `AD`.
    pub product: Option<String>,
    /// The comment that it answers.
    pub parent_id: Option<String>,
    /// Whether it was made during a broadcast.
    pub live: bool,
    /// When it was told.
    pub created_time: Millis,
    /// The private reply, once there is one.
    pub outbox: Option<OutboxId>,
    /// Where that stands.
    pub reply: Option<Sending>,
    /// Why it failed, by the row of `policy::explain`.
    pub reply_reason: Option<String>,
}

/// Something to be sent.
#[derive(Debug, Clone, PartialEq)]
pub struct Outbox {
    /// Where.
    pub workspace: WorkspaceId,
    /// Its id.
    pub id: OutboxId,
    /// In which thread.
    pub conversation: ConversationId,
    /// By whom; `None` for what no person wrote.
    pub agent: Option<AgentId>,
    /// What the composer calls it, so that a request made twice sends once.
    pub client_key: String,
    /// The number of the event that told of it.
    pub seq: u64,
    /// What it is; `None` when it was erased since.
    pub body: Option<Outgoing>,
    /// Where it stands.
    pub state: Sending,
    /// When it may be tried.
    pub due_time: Millis,
    /// How often it was tried.
    pub attempts: u32,
    /// The platform's id of what was sent.
    pub mid: Option<String>,
    /// The Graph API's code of the refusal.
    pub code: Option<i64>,
    /// Its subcode.
    pub subcode: Option<i64>,
    /// Which row of `policy::explain` says why it failed.
    pub reason: Option<String>,
    /// When it was written.
    pub created_time: Millis,
}

/// What is to be sent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Outgoing {
    /// A text, perhaps in answer to a message.
    Text {
        /// 1 to 1,000 bytes.
        text: String,
        /// The message that it quotes.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        reply_to: Option<String>,
    },
    /// A file, which was attached before or lies at an address: one of the two is given.
    Media {
        /// As what.
        media: FileKind,
        /// The platform's id of what was attached.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        attachment_id: Option<String>,
        /// The address, which the platform fetches.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        url: Option<String>,
    },
    /// Pictures in one message, which were attached before.
    Images {
        /// Their ids, 1 to 10.
        attachment_ids: Vec<String>,
    },
    /// A reaction to a message; without an emoji it is taken back.
    Reaction {
        /// To what.
        mid: String,
        /// The emoji.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        emoji: Option<String>,
    },
    /// That the thread has been seen.
    Seen,
    /// The one private answer to a comment.
    PrivateReply {
        /// The comment.
        comment: String,
        /// The text.
        text: String,
    },
}

impl Outgoing {
    /// The word in the column.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Text { .. } => "text",
            Self::Media { .. } => "media",
            Self::Images { .. } => "images",
            Self::Reaction { .. } => "reaction",
            Self::Seen => "seen",
            Self::PrivateReply { .. } => "private_reply",
        }
    }

    /// Whether it becomes a message of the thread.
    pub fn is_message(&self) -> bool {
        matches!(self, Self::Text { .. } | Self::Media { .. } | Self::Images { .. } | Self::PrivateReply { .. })
    }

    /// Its text.
    pub fn text(&self) -> Option<&str> {
        match self {
            Self::Text { text, .. } | Self::PrivateReply { text, .. } => Some(text),
            _ => None,
        }
    }
}

/// A note between agents.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    /// Where.
    pub workspace: WorkspaceId,
    /// In which thread.
    pub conversation: ConversationId,
    /// Its id.
    pub id: NoteId,
    /// Who wrote it.
    pub agent: AgentId,
    /// What it says.
    pub text: String,
    /// When it was written.
    pub created_time: Millis,
    /// Whom it names.
    pub mentions: Vec<AgentId>,
}

/// What agents note of a person under a name of their own.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Field {
    /// Its name, which no other field of the person has: 1 to 40 characters.
    pub name: String,
    /// What is noted: 200 characters at most.
    pub value: String,
}

/// A label.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct Label {
    /// Its id.
    #[schema(value_type = String)]
    pub id: LabelId,
    /// Its name, which no other has.
    pub name: String,
    /// Its colour.
    pub colour: Colour,
}

/// A text that is used again and again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct CannedReply {
    /// Its id.
    #[schema(value_type = String)]
    pub id: ReplyId,
    /// What is typed behind `/`.
    pub shortcut: String,
    /// What it is for.
    pub title: String,
    /// The text, with variables in double braces.
    pub text: String,
}

/// A view that somebody kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct SavedView {
    /// Its id.
    #[schema(value_type = String)]
    pub id: ViewId,
    /// Whose; `None` for everybody's.
    #[schema(value_type = Option<String>)]
    pub agent: Option<AgentId>,
    /// Its name.
    pub name: String,
    /// The filter, as it stands in the address.
    pub query: String,
}
