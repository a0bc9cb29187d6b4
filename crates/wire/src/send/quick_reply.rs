//! Quick replies: answers that the person may tap instead of writing (contract send 1.8).

use serde::{Deserialize, Serialize};

use super::button::{PAYLOAD_CHARS, TITLE_CHARS};
use super::object::{Object, invalid};
use crate::error::GraphError;

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

impl QuickReply {
    /// A label with the app's own text behind it.
    pub fn text(title: impl Into<String>, payload: impl Into<String>) -> Self {
        QuickReply::Text { title: title.into(), payload: Some(payload.into()) }
    }

    /// A label alone.
    pub fn plain(title: impl Into<String>) -> Self {
        QuickReply::Text { title: title.into(), payload: None }
    }

    /// Reads the quick replies of a message; no list and an empty one are the same.
    ///
    /// # Errors
    /// [`crate::error::INVALID_MESSAGE`] for too many of them, a kind that Instagram does not have, or a payload that is too
    /// long; code 100 for a member that is missing or of the wrong form.
    pub(super) fn read_all(message: &mut Object) -> Result<Vec<Self>, GraphError> {
        let elements = message.array("quick_replies")?.unwrap_or_default();
        message.within("quick_replies", elements.len(), 0..=QUICK_REPLIES)?;
        elements.into_iter().map(Self::read).collect()
    }

    fn read(mut object: Object) -> Result<Self, GraphError> {
        let kind = object.required("content_type")?;
        match kind.trim().to_ascii_lowercase().as_str() {
            "text" => {
                // Cut first: a label that is blank as far as it is shown is none.
                let title: String = object.text("title")?.unwrap_or_default().chars().take(TITLE_CHARS).collect();
                if title.trim().is_empty() {
                    return Err(object.missing("title"));
                }
                let payload = object.filled("payload")?;
                if let Some(payload) = &payload {
                    object.at_most("payload", payload, PAYLOAD_CHARS)?;
                }
                Ok(QuickReply::Text { title, payload })
            }
            "user_phone_number" => Ok(QuickReply::UserPhoneNumber),
            "user_email" => Ok(QuickReply::UserEmail),
            "location" => Err(invalid(format_args!("{} location is not on Instagram", object.place("content_type")))),
            _ => Err(object.none_of("content_type", &["text", "user_phone_number", "user_email"])),
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;
    use crate::send::message::Content;
    use crate::send::tests::{content, message_row};

    fn with(replies: &Value) -> Value {
        json!({"text": "Pick one", "quick_replies": replies})
    }

    fn read(replies: &Value) -> Vec<QuickReply> {
        match content(with(replies)) {
            Content::Text { quick_replies, .. } => quick_replies,
            other => panic!("{other:?}"),
        }
    }

    fn text(title: &str, payload: Option<&str>) -> QuickReply {
        QuickReply::Text { title: title.into(), payload: payload.map(str::to_owned) }
    }

    #[test]
    fn the_three_kinds_are_read_in_any_case() {
        let replies = json!([
            {"content_type": "text", "title": "Delivery", "payload": "DLV", "image_url": "https://a.test/i.png"},
            {"content_type": "TEXT", "title": "A", "payload": 17},
            {"content_type": "text", "title": "B"},
            {"content_type": "user_phone_number", "title": "ignored"},
            {"content_type": "user_email"},
        ]);
        let expected = [
            text("Delivery", Some("DLV")),
            text("A", Some("17")),
            text("B", None),
            QuickReply::UserPhoneNumber,
            QuickReply::UserEmail,
        ];
        assert_eq!(read(&replies), expected);
        assert_eq!(read(&json!({"content_type": "user_email"})), [QuickReply::UserEmail]);
        assert_eq!(read(&json!([])), []);
    }

    #[test]
    fn there_are_thirteen_at_most() {
        let many = |count: usize| Value::from(vec![json!({"content_type": "user_email"}); count]);
        assert_eq!(read(&many(13)).len(), 13);
        assert_eq!(message_row(with(&many(14))), "invalid_message");
    }

    #[test]
    fn a_long_label_is_cut_and_a_long_payload_refused() {
        let long = "\u{e9}".repeat(25);
        assert_eq!(read(&json!([{"content_type": "text", "title": long}])), [text(&"\u{e9}".repeat(20), None)]);
        let payload = |chars: usize| json!([{"content_type": "text", "title": "t", "payload": "p".repeat(chars)}]);
        read(&payload(1_000));
        assert_eq!(message_row(with(&payload(1_001))), "invalid_message");
    }

    #[test]
    fn other_kinds_and_a_missing_label_are_refused() {
        assert_eq!(message_row(with(&json!([{"content_type": "location"}]))), "invalid_message");
        assert_eq!(message_row(with(&json!([{"content_type": "smell"}]))), "parameter_one_of");
        assert_eq!(message_row(with(&json!([{"title": "t"}]))), "parameter_required");
        assert_eq!(message_row(with(&json!([{"content_type": "text", "payload": "p"}]))), "parameter_required");
        let blank = format!("{}x", " ".repeat(20));
        assert_eq!(message_row(with(&json!([{"content_type": "text", "title": blank}]))), "parameter_required");
        assert_eq!(message_row(with(&json!("x"))), "parameter_detail");
    }

    #[test]
    fn they_go_with_a_text_only() {
        let replies = json!([{"content_type": "user_email"}]);
        let heart = json!({"attachment": {"type": "like_heart"}, "quick_replies": replies});
        assert_eq!(message_row(heart), "invalid_message");
        let image =
            json!({"attachment": {"type": "image", "payload": {"url": "https://a.test/a"}}, "quick_replies": replies});
        assert_eq!(message_row(image), "invalid_message");
        assert_eq!(message_row(json!({ "quick_replies": replies })), "parameter_required");
    }
}
