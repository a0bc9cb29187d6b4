//! Messages: what was said, and what stands beside it.

use serde::{Deserialize, Serialize};
use wire::id::{AppId, AssetId, CommentId, Item, MediaId, MessageId};
use wire::send::attachment::MediaKind;
use wire::send::quick_reply::QuickReply;
use wire::send::template::Template;
use wire::time::Millis;
use wire::webhook::{Attachment, Referral};

use super::Side;

/// One message of a thread.
#[derive(Debug, Clone, PartialEq)]
pub struct Message {
    /// Account, thread and number in one.
    pub id: MessageId,
    /// When it was written.
    pub created_time: Millis,
    /// Who wrote it.
    pub from: Side,
    /// The app that sent it, if one did.
    pub app: Option<AppId>,
    /// What it says.
    pub content: Content,
    /// What stands beside that.
    pub aside: Aside,
}

/// What a message says.
#[derive(Debug, Clone, PartialEq)]
pub enum Content {
    /// Plain text.
    Text(String),
    /// A tap on an ice breaker, menu item or button; it reads back as a text with the title (contract read 2).
    Postback {
        /// The label that was tapped.
        title: String,
        /// What the app attached to it.
        payload: String,
    },
    /// Media, in the order in which they were sent.
    Media(Vec<MediaFile>),
    /// The heart.
    LikeHeart,
    /// A published post of the account.
    MediaShare(MediaId),
    /// A template.
    Template(Template),
    /// The person's own story that mentions the account.
    StoryMention(MediaFile),
    /// A sticker or an animated picture, of which not every app is told (contract webhooks 3.2).
    Sticker(MediaFile),
    /// Something that apps are told of by its name alone, or with this payload: view-once media, the page of a link, whatever is
    /// new (contract webhooks 3.2).
    Named(Attachment),
    /// Something that the API cannot show (contract webhooks 3.5).
    Unsupported,
    /// It was unsent: nothing is left (contract send 6.6).
    Unsent,
}

/// A file in a message.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MediaFile {
    /// What it is.
    pub kind: MediaKind,
    /// Its bytes.
    pub asset: AssetId,
}

/// What stands beside a message's content; mostly nothing.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Aside {
    /// Answers that the person may tap.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub quick_replies: Vec<QuickReply>,
    /// What the app attached to the quick reply that was tapped.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub quick_reply: Option<String>,
    /// The message of the thread that this one answers.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reply_to: Option<Item>,
    /// The account's story that this one answers.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub story: Option<MediaId>,
    /// The comment that a private reply answers (contract send 3.3).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub comment: Option<CommentId>,
    /// The app's own text.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub metadata: Option<String>,
    /// The ad or link by which the person came.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub referral: Option<Referral>,
    /// The app to which that ad or link leads.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub entry: Option<Entry>,
    /// The app that offered the button which was tapped: it alone is told what stands behind it, and on the normal channel (contract
    /// webhooks 3.10, 3.14).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub author: Option<AppId>,
    /// The message with the person's story that this one answers (contract webhooks 3.3).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub mention: Option<Item>,
    /// The business writes to itself (contract webhooks 3.7).
    #[serde(skip_serializing_if = "is_false")]
    pub is_self: bool,
    /// How often the text was edited.
    #[serde(skip_serializing_if = "is_zero")]
    pub num_edit: u32,
}

/// An app to which an ad or a link leads people (contract webhooks 5.3).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Entry {
    /// An ig.me link.
    Link {
        /// The app.
        app: AppId,
    },
    /// A click-to-message ad.
    Ad {
        /// The app.
        app: AppId,
        /// Days that it controls the thread, as the ad says; a number that cannot be counts as 1.
        days: i64,
    },
}

impl Aside {
    /// Whether there is nothing.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands over references")]
fn is_false(flag: &bool) -> bool {
    !*flag
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands over references")]
fn is_zero(number: &u32) -> bool {
    *number == 0
}

impl Content {
    /// The text as the thread shows it; empty where there is none.
    pub fn text(&self) -> &str {
        match self {
            Content::Text(text) => text,
            Content::Postback { title, .. } => title,
            Content::Template(Template::Button { text, .. }) => text,
            Content::Media(_)
            | Content::LikeHeart
            | Content::MediaShare(_)
            | Content::Template(_)
            | Content::StoryMention(_)
            | Content::Sticker(_)
            | Content::Named(_)
            | Content::Unsupported
            | Content::Unsent => "",
        }
    }
}

/// A reaction to a message. Each side has at most one on a message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reaction {
    /// The message.
    pub message: MessageId,
    /// Who reacted.
    pub from: Side,
    /// The emoji; `love` is a red heart.
    pub emoji: String,
    /// When.
    pub time: Millis,
}
