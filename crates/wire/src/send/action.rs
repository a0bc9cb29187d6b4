//! Sender actions: what a business does beside writing (contract send 1.10).

use serde_json::{Map, Value, json};

use super::object::{Object, detail, invalid};
use crate::error::{self, GraphError};
use crate::param::Params;

/// A sender action.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SenderAction {
    /// Shows that the business writes, for twenty seconds or until it has written.
    TypingOn,
    /// Takes that back.
    TypingOff,
    /// Marks the newest message of the thread as seen by the business.
    MarkSeen,
    /// Sets the business's reaction to a message, over one that was there.
    React {
        /// The message, as given.
        message_id: String,
        /// The word `love`, or an emoji in its fully qualified form.
        reaction: String,
    },
    /// Takes the business's reaction back.
    Unreact {
        /// The message, as given.
        message_id: String,
    },
}

/// The names of the actions.
pub(super) const NAMES: &[&str] = &["typing_on", "typing_off", "mark_seen", "react", "unreact"];

impl SenderAction {
    /// Its name on the wire.
    pub fn name(&self) -> &'static str {
        match self {
            SenderAction::TypingOn => "typing_on",
            SenderAction::TypingOff => "typing_off",
            SenderAction::MarkSeen => "mark_seen",
            SenderAction::React { .. } => "react",
            SenderAction::Unreact { .. } => "unreact",
        }
    }

    /// Reads what goes with the action `name`, one of [`NAMES`].
    ///
    /// Who is acted on, and by what right, may stand beside it; anything more belongs in another request.
    ///
    /// # Errors
    /// [`error::INVALID_MESSAGE`] for what a message would hold; code 100 for a payload that is missing or wrong.
    pub(super) fn read(name: &str, params: &Params) -> Result<Self, GraphError> {
        let payload = Object::parameter(params, "payload");
        let action = match name {
            "typing_on" => SenderAction::TypingOn,
            "typing_off" => SenderAction::TypingOff,
            "mark_seen" => SenderAction::MarkSeen,
            _ => {
                let mut payload =
                    payload?.ok_or_else(|| GraphError::new(&error::PARAMETER_REQUIRED).with("payload"))?;
                let message_id = payload.required("message_id")?;
                match name {
                    "react" => SenderAction::React { message_id, reaction: reaction(&payload.required("reaction")?)? },
                    _ => SenderAction::Unreact { message_id },
                }
            }
        };
        let takes_payload = matches!(action, SenderAction::React { .. } | SenderAction::Unreact { .. });
        let beside = ["reply_to", "thread_control", "filedata", "payload"];
        let foreign = &beside[..if takes_payload { 3 } else { 4 }];
        let stray = foreign.iter().find(|name| params.get(name).is_some_and(|value| !value.is_null()));
        stray
            .map_or(Ok(action), |stray| Err(invalid(format_args!("{stray} does not go with the sender action {name}"))))
    }

    /// Adds the parameters that are read back as this.
    pub(super) fn write(&self, body: &mut Map<String, Value>) {
        body.insert("sender_action".to_owned(), self.name().into());
        let payload = match self {
            SenderAction::TypingOn | SenderAction::TypingOff | SenderAction::MarkSeen => return,
            SenderAction::React { message_id, reaction } => json!({"message_id": message_id, "reaction": reaction}),
            SenderAction::Unreact { message_id } => json!({ "message_id": message_id }),
        };
        body.insert("payload".to_owned(), payload);
    }
}

/// The word `love`, or any emoji that Unicode recommends, in its fully qualified form: with its variation selectors.
fn reaction(text: &str) -> Result<String, GraphError> {
    if text.eq_ignore_ascii_case("love") {
        return Ok("love".to_owned());
    }
    let emoji = emojis::get(text).ok_or_else(|| detail("payload[reaction]", "must be love or an emoji"))?;
    Ok(emoji.as_str().to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::send::Body;
    use crate::send::tests::{parse, row};

    #[expect(clippy::needless_pass_by_value, reason = "tests write bodies in place")]
    fn with(action: &str, more: Value) -> Value {
        let mut body = json!({"recipient": {"id": "1"}, "sender_action": action});
        body.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        body
    }

    fn read(action: &str, more: Value) -> SenderAction {
        match parse(with(action, more)).unwrap().body {
            Body::Action(action) => action,
            Body::Message(message) => panic!("{message:?}"),
        }
    }

    #[test]
    fn every_action_is_read_in_any_case() {
        assert_eq!(read("typing_on", json!({})), SenderAction::TypingOn);
        assert_eq!(read("TYPING_OFF", json!({})), SenderAction::TypingOff);
        assert_eq!(read("mark_seen", json!({"messaging_type": "RESPONSE", "persona_id": "1"})), SenderAction::MarkSeen);
        assert_eq!(row(with("dance", json!({}))), "parameter_one_of");
    }

    #[test]
    fn the_payload_of_a_reaction_is_an_object_or_its_text() {
        let love = SenderAction::React { message_id: "m".into(), reaction: "love".into() };
        for payload in [
            json!({"message_id": "m", "reaction": "love"}),
            json!({"message_id": "m", "reaction": "LOVE"}),
            json!(r#"{"message_id":"m","reaction":"love"}"#),
            json!("{message_id:'m',reaction:'love'}"),
        ] {
            assert_eq!(read("react", json!({"payload": payload})), love, "{payload}");
        }
        let unreact = SenderAction::Unreact { message_id: "m".into() };
        assert_eq!(read("UNREACT", json!({"payload": {"message_id": "m"}})), unreact);
        assert_eq!(read("unreact", json!({"payload": {"message_id": "m", "reaction": "x"}})), unreact);
        for (action, more) in [
            ("react", json!({})),
            ("react", json!({"payload": {"message_id": "m"}})),
            ("react", json!({"payload": {"reaction": "love"}})),
            ("unreact", json!({"payload": {"message_id": ""}})),
        ] {
            assert_eq!(row(with(action, more.clone())), "parameter_required", "{action} {more}");
        }
        assert_eq!(row(with("react", json!({"payload": "love"}))), "parameter_json");
    }

    #[test]
    fn a_reaction_is_love_or_one_emoji() {
        let react = |reaction: &str| with("react", json!({"payload": {"message_id": "m", "reaction": reaction}}));
        for (given, kept) in [
            ("\u{2764}\u{fe0f}", "\u{2764}\u{fe0f}"),
            ("\u{2764}", "\u{2764}\u{fe0f}"),
            ("\u{1f642}", "\u{1f642}"),
            ("\u{1f44d}\u{1f3fd}", "\u{1f44d}\u{1f3fd}"),
            ("\u{1f469}\u{200d}\u{1f4bb}", "\u{1f469}\u{200d}\u{1f4bb}"),
            ("\u{1f1e9}\u{1f1ea}", "\u{1f1e9}\u{1f1ea}"),
            ("1\u{fe0f}\u{20e3}", "1\u{fe0f}\u{20e3}"),
        ] {
            let Body::Action(SenderAction::React { reaction, .. }) = parse(react(given)).unwrap().body else {
                panic!()
            };
            assert_eq!(reaction, kept);
        }
        for bad in ["like", "x", "1", "\u{1f642}\u{1f642}", "\u{1f642} ", "\u{200d}", "\u{fe0f}", "heart", ":)"] {
            assert_eq!(row(react(bad)), "parameter_detail", "{bad:?}");
        }
    }

    #[test]
    fn an_action_takes_nothing_of_a_message() {
        for more in [
            json!({"reply_to": {"mid": "m"}}),
            json!({"thread_control": {"control_type": "release"}}),
            json!({"filedata": "a.png"}),
            json!({"payload": {"message_id": "m"}}),
        ] {
            assert_eq!(row(with("typing_on", more.clone())), "invalid_message", "{more}");
        }
        let reply = json!({"payload": {"message_id": "m"}, "reply_to": {"mid": "m"}});
        assert_eq!(row(with("unreact", reply)), "invalid_message");
    }
}
