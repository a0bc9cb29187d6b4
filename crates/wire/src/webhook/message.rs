//! The `message` of a messaging element.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{Referral, read};
use crate::id::AppId;

/// A message of either side (contract webhooks 3.1).
///
/// Flags are written only when true.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Message {
    /// The message's id, opaque.
    pub mid: String,
    /// The text; absent with media.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
    /// Media, shares and templates (contract webhooks 3.2).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub attachments: Vec<Attachment>,
    /// The quick reply that was tapped (contract webhooks 3.4).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub quick_reply: Option<QuickReply>,
    /// The message or story that this one answers (contract webhooks 3.3).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reply_to: Option<ReplyTo>,
    /// How the person came to write (contract webhooks 3.6).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub referral: Option<Referral>,
    /// The person unsent the message; nothing but `mid` goes with it (contract webhooks 3.5).
    #[serde(default, skip_serializing_if = "read::is_false")]
    pub is_deleted: bool,
    /// The business sent it (contract webhooks 3.8).
    #[serde(default, skip_serializing_if = "read::is_false")]
    pub is_echo: bool,
    /// The business wrote to itself (contract webhooks 3.7).
    #[serde(default, skip_serializing_if = "read::is_false")]
    pub is_self: bool,
    /// Content that the API cannot show (contract webhooks 3.5).
    #[serde(default, skip_serializing_if = "read::is_false")]
    pub is_unsupported: bool,
    /// The app that sent an echo, a bare number in the JSON (contract webhooks 3.8).
    #[serde(default, skip_serializing_if = "Option::is_none", serialize_with = "as_number")]
    pub app_id: Option<AppId>,
    /// The sender's own text on an echo (contract webhooks 3.8).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub metadata: Option<String>,
}

/// One attachment (contract webhooks 3.2).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attachment {
    /// `image`, `video`, `share`, `story_mention` and so on; new ones appear.
    #[serde(rename = "type")]
    pub kind: String,
    /// What belongs to the type, mostly `{"url"}`; absent with `ephemeral`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub payload: Option<Value>,
}

/// A tapped quick reply; its title is the message's text (contract webhooks 3.4).
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct QuickReply {
    /// The developer's own text.
    pub payload: String,
}

/// What a message answers: a message or a story, never both (contract webhooks 3.3).
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct ReplyTo {
    /// The message answered.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mid: Option<String>,
    /// The story answered.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub story: Option<Story>,
}

/// A story that somebody answered (contract webhooks 3.1, 3.3).
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Story {
    /// Where the media is, for as long as the story lives.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// The story's media id.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// The target of the story's link sticker.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub link_sticker_url: Option<String>,
}

fn as_number<S: serde::Serializer>(app: &Option<AppId>, serializer: S) -> Result<S::Ok, S::Error> {
    app.map(AppId::get).serialize(serializer)
}
