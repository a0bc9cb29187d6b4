//! The request of `POST …/messages`: who is written to, what, and by what right (contract send 1.1 to 1.4).

pub mod action;
pub mod attachment;
pub mod button;
pub mod message;
pub mod quick_reply;
pub mod template;
pub mod thread_control;

use serde_json::Value;

use self::action::SenderAction;
use self::message::{Content, Message};
use self::thread_control::ThreadControl;
use crate::error::{self, GraphError};
use crate::param::Params;

/// Longest text, in bytes of UTF-8 (contract send 1.4).
pub const TEXT_BYTES: usize = 1_000;
/// From this many characters on the generic parameter check answers instead (contract send 1.4).
const PARAM_CHARS: usize = 2_000;

/// Who is written to. Exactly one member of `recipient` (contract send 1.2).
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Recipient {
    /// A person by their Instagram-scoped id, as given; it may be no id of anybody.
    Id(String),
    /// The author of a comment: a private reply.
    CommentId(String),
}

/// A message tag. Instagram has one (contract send 1.3).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tag {
    /// A human answers, up to seven days after the person's last message.
    HumanAgent,
}

/// A call of `…/messages`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Send {
    /// To whom.
    pub recipient: Recipient,
    /// What.
    pub body: Body,
    /// By what right, beyond the standard window.
    pub tag: Option<Tag>,
    /// The message of the conversation that is answered, by its id as given (contract send 1.9).
    pub reply_to: Option<String>,
    /// What becomes of the thread afterwards (contract send 1.11).
    pub thread_control: Option<ThreadControl>,
}

/// What a send does: one of the two.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Body {
    /// Writes.
    Message(Message),
    /// Does something beside writing.
    Action(SenderAction),
}

const MESSAGING_TYPES: &[&str] = &["RESPONSE", "UPDATE", "MESSAGE_TAG", "UTILITY"];
const SENDER_ACTIONS: &[&str] = &["typing_on", "typing_off", "mark_seen", "react", "unreact"];
const RECIPIENT_KEYS: &[&str] = &[
    "id",
    "comment_id",
    "notification_messages_token",
    "post_id",
    "user_ref",
    "phone_number",
    "one_time_notif_token",
    "thread_id",
    "user_id",
    "username",
];

impl Send {
    /// Reads a send from merged parameters, in the order of checks of contract send 3.5.
    ///
    /// # Errors
    /// The documented error for each part that is missing, of the wrong kind, too long, or not possible on Instagram.
    pub fn from_params(params: &Params) -> Result<Self, GraphError> {
        let action = params.enumeration("sender_action", SENDER_ACTIONS)?;
        let message = params.object("message")?;
        if action.is_some() && message.is_some() {
            return Err(GraphError::new(&error::MESSAGE_AND_ACTION));
        }
        // What a send may hold beside its text is refused rather than dropped in silence.
        if ["reply_to", "thread_control", "filedata"].iter().any(|name| params.get(name).is_some_and(|v| !v.is_null()))
        {
            return Err(GraphError::new(&error::INVALID_MESSAGE));
        }
        let recipient = recipient(params)?;
        let tag = tag(params)?;
        let Some(message) = message else {
            return Err(match action {
                Some(_) => GraphError::new(&error::INVALID_MESSAGE),
                None => GraphError::new(&error::PARAMETER_REQUIRED).with("message"),
            });
        };
        let content = Content::Text { text: text(&message)?, quick_replies: Vec::new() };
        let body = Body::Message(Message { content, metadata: None });
        Ok(Self { recipient, body, tag, reply_to: None, thread_control: None })
    }
}

fn recipient(params: &Params) -> Result<Recipient, GraphError> {
    let Some(object) = params.object("recipient")? else {
        return Err(GraphError::new(&error::PARAMETER_REQUIRED).with("recipient"));
    };
    let mut known = object.iter().filter(|(key, _)| RECIPIENT_KEYS.contains(&key.as_str()));
    let (Some((key, value)), None) = (known.next(), known.next()) else {
        return Err(
            GraphError::new(&error::PARAMETER_DETAIL).with("Param recipient must hold exactly one of id, comment_id")
        );
    };
    let id = match value {
        Value::String(text) if !text.is_empty() => text.clone(),
        Value::Number(number) => number.to_string(),
        _ => {
            return Err(
                GraphError::new(&error::PARAMETER_DETAIL).with(format!("Param recipient[{key}] must be a string"))
            );
        }
    };
    match key.as_str() {
        "id" => Ok(Recipient::Id(id)),
        "comment_id" => Ok(Recipient::CommentId(id)),
        _ => Err(GraphError::new(&error::NO_SUCH_USER)),
    }
}

/// The tag decides, whatever `messaging_type` says beside it (contract send 1.3).
fn tag(params: &Params) -> Result<Option<Tag>, GraphError> {
    let kind = params.enumeration("messaging_type", MESSAGING_TYPES)?;
    let tag = params.text("tag")?.filter(|tag| !tag.is_empty());
    match (kind, tag) {
        (Some("UTILITY"), _) => {
            Err(GraphError::new(&error::PARAMETER_DETAIL).with("Utility messages are not available on Instagram"))
        }
        (_, Some(tag)) if tag.eq_ignore_ascii_case("HUMAN_AGENT") => Ok(Some(Tag::HumanAgent)),
        (_, Some(_)) => Err(GraphError::new(&error::PARAMETER_ONE_OF).with("tag").with("{HUMAN_AGENT}")),
        (Some("MESSAGE_TAG"), None) => Err(GraphError::new(&error::PARAMETER_REQUIRED).with("tag")),
        _ => Ok(None),
    }
}

fn text(message: &serde_json::Map<String, Value>) -> Result<String, GraphError> {
    let invalid = || GraphError::new(&error::INVALID_MESSAGE);
    let text = match message.get("text") {
        None | Some(Value::Null) => None,
        Some(Value::String(text)) => Some(text.clone()),
        Some(Value::Number(number)) => Some(number.to_string()),
        Some(_) => return Err(GraphError::new(&error::PARAMETER_DETAIL).with("Param message[text] must be a string")),
    };
    // The same for what a message may hold.
    if ["attachment", "attachments", "quick_replies", "sticker_id"]
        .iter()
        .any(|key| message.get(*key).is_some_and(|v| !v.is_null()))
    {
        return Err(invalid());
    }
    let text = text.ok_or_else(|| GraphError::new(&error::PARAMETER_REQUIRED).with("message[text]"))?;
    if text.trim().is_empty() {
        return Err(GraphError::new(&error::PARAMETER_DETAIL).with("Param message[text] must not be empty"));
    }
    if text.chars().count() > PARAM_CHARS {
        return Err(GraphError::new(&error::TEXT_LENGTH));
    }
    if text.len() > TEXT_BYTES {
        return Err(invalid());
    }
    Ok(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[expect(clippy::needless_pass_by_value, reason = "tests write bodies in place")]
    fn parse(body: Value) -> Result<Send, GraphError> {
        let mut params = Params::new();
        params.json(body.to_string().as_bytes()).unwrap();
        Send::from_params(&params)
    }

    fn row(body: Value) -> &'static str {
        parse(body).unwrap_err().row().name
    }

    #[test]
    fn text_is_counted_in_bytes() {
        let with = |text: String| serde_json::json!({"recipient": {"id": "1"}, "message": {"text": text}});
        assert!(parse(with("é".repeat(500))).is_ok());
        assert_eq!(row(with("é".repeat(501))), "invalid_message");
        assert!(parse(with("\u{1f642}".repeat(250))).is_ok());
        assert_eq!(row(with("a".repeat(1_001))), "invalid_message");
        assert_eq!(row(with("a".repeat(2_000))), "invalid_message");
        assert_eq!(row(with("a".repeat(2_001))), "text_length");
        assert_eq!(row(with("  ".into())), "parameter_detail");
    }

    #[test]
    fn a_recipient_has_exactly_one_member() {
        let with = |recipient: Value| serde_json::json!({"recipient": recipient, "message": {"text": "x"}});
        assert_eq!(parse(with(serde_json::json!({"id": 7}))).unwrap().recipient, Recipient::Id("7".into()));
        assert_eq!(
            parse(with(serde_json::json!({"comment_id": "7"}))).unwrap().recipient,
            Recipient::CommentId("7".into())
        );
        for bad in [
            serde_json::json!({}),
            serde_json::json!({"id": ""}),
            serde_json::json!({"id": "1", "comment_id": "2"}),
            serde_json::json!({"id": [1]}),
        ] {
            assert_eq!(row(with(bad)), "parameter_detail");
        }
        assert_eq!(row(with(serde_json::json!({"thread_id": "t"}))), "no_such_user");
        assert_eq!(row(serde_json::json!({"message": {"text": "x"}})), "parameter_required");
    }

    #[test]
    fn only_the_human_agent_tag_exists_and_it_decides() {
        let with = |kind: Value, tag: Value| serde_json::json!({"recipient": {"id": "1"}, "message": {"text": "x"}, "messaging_type": kind, "tag": tag});
        assert_eq!(parse(with("MESSAGE_TAG".into(), "HUMAN_AGENT".into())).unwrap().tag, Some(Tag::HumanAgent));
        assert_eq!(parse(with("Response".into(), "human_agent".into())).unwrap().tag, Some(Tag::HumanAgent));
        assert_eq!(parse(with("update".into(), Value::Null)).unwrap().tag, None);
        assert_eq!(row(with("MESSAGE_TAG".into(), Value::Null)), "parameter_required");
        assert_eq!(row(with("MESSAGE_TAG".into(), "ACCOUNT_UPDATE".into())), "parameter_one_of");
        assert_eq!(row(with("NON_PROMOTIONAL_SUBSCRIPTION".into(), Value::Null)), "parameter_one_of");
        assert_eq!(row(with("UTILITY".into(), Value::Null)), "parameter_detail");
    }

    #[test]
    fn a_message_beside_a_sender_action_is_refused() {
        let body =
            serde_json::json!({"recipient": {"id": "1"}, "message": {"text": "x"}, "sender_action": "TYPING_ON"});
        assert_eq!(row(body), "message_and_action");
        assert_eq!(row(serde_json::json!({"recipient": {"id": "1"}})), "parameter_required");
    }
}
