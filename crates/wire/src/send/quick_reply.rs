//! Quick replies: answers that the person may tap instead of writing (contract send 1.8).

use serde::{Deserialize, Serialize};

/// Quick replies below one text at most.
pub const QUICK_REPLIES: usize = 13;

/// One quick reply.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "content_type", rename_all = "snake_case")]
pub enum QuickReply {
    /// A label; tapped, it becomes the text of the person's answer.
    Text {
        /// The label, cut to [`super::button::TITLE_CHARS`].
        title: String,
        /// The app's own text behind it, at most [`super::button::PAYLOAD_CHARS`]; optional on Instagram.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        payload: Option<String>,
    },
    /// The person's phone number, for people whose profile has one.
    UserPhoneNumber,
    /// The person's e-mail address, for people whose profile has one.
    UserEmail,
}
