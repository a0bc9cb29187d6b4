//! The event log: what happened, in order, for live streams and tools.

use wire::id::{AccountId, Igsid, Item};
use wire::time::Millis;

/// What happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EventKind {
    /// A person wrote.
    MessageReceived,
    /// The business wrote.
    MessageSent,
    /// A person tapped an ice breaker, menu item or button.
    Postback,
    /// A person saw the business's newest message.
    Seen,
    /// Either side set a reaction to the message, or took it back.
    Reaction,
    /// The business began or stopped writing; the message is the thread's newest.
    Typing,
    /// The business marked the message as seen.
    BusinessSeen,
    /// The person unsent the message.
    MessageDeleted,
    /// The person edited the message.
    MessageEdited,
    /// The person followed a link into the thread; the message is its newest.
    Referral,
}

impl EventKind {
    /// Every kind with its name and its number in the store.
    pub const ALL: [(EventKind, &'static str, i64); 10] = [
        (EventKind::MessageReceived, "message_received", 1),
        (EventKind::MessageSent, "message_sent", 2),
        (EventKind::Postback, "postback", 3),
        (EventKind::Seen, "seen", 4),
        (EventKind::Reaction, "reaction", 5),
        (EventKind::Typing, "typing", 6),
        (EventKind::BusinessSeen, "business_seen", 7),
        (EventKind::MessageDeleted, "message_deleted", 8),
        (EventKind::MessageEdited, "message_edited", 9),
        (EventKind::Referral, "referral", 10),
    ];

    /// Its name on the emulator's surface.
    pub fn name(self) -> &'static str {
        match self {
            EventKind::MessageReceived => "message_received",
            EventKind::MessageSent => "message_sent",
            EventKind::Postback => "postback",
            EventKind::Seen => "seen",
            EventKind::Reaction => "reaction",
            EventKind::Typing => "typing",
            EventKind::BusinessSeen => "business_seen",
            EventKind::MessageDeleted => "message_deleted",
            EventKind::MessageEdited => "message_edited",
            EventKind::Referral => "referral",
        }
    }
}

/// A log entry to be written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewEvent {
    /// The account it concerns.
    pub account: AccountId,
    /// The thread.
    pub igsid: Igsid,
    /// The message.
    pub item: Item,
    /// What happened.
    pub kind: EventKind,
    /// When.
    pub time: Millis,
}

/// A log entry with its place in the log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event {
    /// Its number; readers resume after the last one they have.
    pub seq: u64,
    /// What was written.
    pub event: NewEvent,
}
