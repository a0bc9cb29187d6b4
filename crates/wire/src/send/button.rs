//! Buttons of templates (contract send 1.6).

use serde::{Deserialize, Serialize};

use super::object::{Object, invalid};
use crate::error::GraphError;

/// Longest payload of a postback, in characters (contract send 1.6).
pub const PAYLOAD_CHARS: usize = 1_000;

/// Characters of a label that are shown (contract send 1.6, 1.8).
pub const TITLE_CHARS: usize = 20;
/// Longest label that is kept. The contract names no limit; this one keeps what is stored for a message small.
const KEPT_TITLE_CHARS: usize = 1_000;

/// A button. Instagram has two kinds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum Button {
    /// Opens an address in the app; causes no webhook.
    WebUrl {
        /// Where it leads, http or https.
        url: String,
        /// The label; what is longer than [`TITLE_CHARS`] is cut on display (contract send 7, row 15).
        title: String,
    },
    /// Causes a postback and opens the window.
    Postback {
        /// The label.
        title: String,
        /// The app's own text behind it, at most [`PAYLOAD_CHARS`].
        payload: String,
    },
}

impl Button {
    /// A button that opens an address.
    pub fn web_url(title: impl Into<String>, url: impl Into<String>) -> Self {
        Button::WebUrl { url: url.into(), title: title.into() }
    }

    /// A button that posts back.
    pub fn postback(title: impl Into<String>, payload: impl Into<String>) -> Self {
        Button::Postback { title: title.into(), payload: payload.into() }
    }

    /// Reads a button.
    ///
    /// # Errors
    /// [`crate::error::INVALID_MESSAGE`] for a kind that Instagram does not have, or a payload that is too long; code 100 for
    /// a member that is missing or of the wrong form.
    pub(super) fn read(mut object: Object) -> Result<Self, GraphError> {
        let kind = object.required("type")?;
        let titled = |object: &mut Object| -> Result<String, GraphError> {
            let title = object.required("title")?;
            object.at_most("title", &title, KEPT_TITLE_CHARS)?;
            Ok(title)
        };
        match kind.trim().to_ascii_lowercase().as_str() {
            "web_url" => {
                let url = object.url("url")?.ok_or_else(|| object.missing("url"))?;
                Ok(Button::WebUrl { url, title: titled(&mut object)? })
            }
            "postback" => {
                let (title, payload) = (titled(&mut object)?, object.required("payload")?);
                object.at_most("payload", &payload, PAYLOAD_CHARS)?;
                Ok(Button::Postback { title, payload })
            }
            _ => Err(invalid(format_args!("{} is neither web_url nor postback", object.place("type")))),
        }
    }

    /// The label as it was sent.
    pub fn title(&self) -> &str {
        match self {
            Self::WebUrl { title, .. } | Self::Postback { title, .. } => title,
        }
    }
}

/// What a tap on an element as a whole does: a web link without a label (contract send 1.6).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum DefaultAction {
    /// Opens an address.
    WebUrl {
        /// Where it leads, http or https.
        url: String,
    },
}

impl DefaultAction {
    /// Reads a default action.
    ///
    /// # Errors
    /// As [`Button::read`].
    pub(super) fn read(mut object: Object) -> Result<Self, GraphError> {
        let kind = object.required("type")?;
        if !kind.trim().eq_ignore_ascii_case("web_url") {
            return Err(invalid(format_args!("{} is not web_url", object.place("type"))));
        }
        let url = object.url("url")?.ok_or_else(|| object.missing("url"))?;
        Ok(DefaultAction::WebUrl { url })
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;
    use crate::send::message::Content;
    use crate::send::template::Template;
    use crate::send::tests::{content, message_row};

    fn with(button: &Value) -> Value {
        let payload = json!({"template_type": "button", "text": "t", "buttons": [button]});
        json!({"attachment": {"type": "template", "payload": payload}})
    }

    fn read(button: &Value) -> Button {
        match content(with(button)) {
            Content::Template(Template::Button { mut buttons, .. }) => buttons.remove(0),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn a_button_opens_an_address_or_posts_back() {
        let open = json!({"type": "WEB_URL", "url": "https://a.test/", "title": "Open", "webview_height_ratio": "tall", "messenger_extensions": true});
        assert_eq!(read(&open), Button::WebUrl { url: "https://a.test/".into(), title: "Open".into() });
        let ask = json!({"type": "postback", "title": "Ask", "payload": 7});
        assert_eq!(read(&ask), Button::Postback { title: "Ask".into(), payload: "7".into() });
    }

    #[test]
    fn a_long_label_is_kept_and_a_long_payload_refused() {
        let title = "t".repeat(TITLE_CHARS + 1);
        assert_eq!(read(&json!({"type": "postback", "title": title, "payload": "p"})).title(), title);
        let endless = json!({"type": "postback", "title": "t".repeat(1_001), "payload": "p"});
        assert_eq!(message_row(with(&endless)), "invalid_message");
        let payload = |chars: usize| json!({"type": "postback", "title": "t", "payload": "\u{e9}".repeat(chars)});
        read(&payload(PAYLOAD_CHARS));
        assert_eq!(message_row(with(&payload(PAYLOAD_CHARS + 1))), "invalid_message");
    }

    #[test]
    fn other_kinds_and_missing_members_are_refused() {
        for kind in [
            "phone_number",
            "account_link",
            "account_unlink",
            "log_in",
            "game_play",
            "audio_call",
            "element_share",
            "x",
        ] {
            assert_eq!(
                message_row(with(&json!({"type": kind, "title": "t", "payload": "p"}))),
                "invalid_message",
                "{kind}"
            );
        }
        for button in [
            json!({}),
            json!({"type": "web_url", "title": "t"}),
            json!({"type": "web_url", "url": "https://a.test"}),
            json!({"type": "postback", "title": "t"}),
            json!({"type": "postback", "payload": "p"}),
            json!({"type": "postback", "title": " ", "payload": "p"}),
        ] {
            assert_eq!(message_row(with(&button)), "parameter_required", "{button}");
        }
        assert_eq!(message_row(with(&json!({"type": "web_url", "title": "t", "url": "tel:1"}))), "parameter_detail");
    }
}
