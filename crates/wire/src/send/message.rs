//! What a message says (contract send 1.4).

use super::attachment::Attachment;
use super::quick_reply::QuickReply;
use super::template::Template;

/// Longest `metadata`: below this many characters (contract send 1.4).
pub const METADATA_CHARS: usize = 1_000;

/// The `message` of a send.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Message {
    /// Its one content.
    pub content: Content,
    /// The app's own text, never shown.
    pub metadata: Option<String>,
}

/// What a message holds: exactly one of these.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Content {
    /// A text, with answers to tap below it.
    Text {
        /// At most [`super::TEXT_BYTES`].
        text: String,
        /// At most [`super::quick_reply::QUICK_REPLIES`].
        quick_replies: Vec<QuickReply>,
    },
    /// Media: one of any kind, or up to [`super::attachment::IMAGES`] images.
    Media(Vec<Attachment>),
    /// The one sticker that can be sent.
    LikeHeart,
    /// A published post or reel of the account, by its id as given.
    MediaShare(String),
    /// A template.
    Template(Template),
}
