//! What can happen in a thread: one key of a messaging element, one variant.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize, ser::SerializeMap};
use serde_json::{Map, Value};

use super::{ControlChange, ControlRequest, Message, Referral, read};
use crate::id::AppId;

macro_rules! events {
    ($($(#[$doc:meta])* $variant:ident($payload:ty) = $key:literal),+ $(,)?) => {
        /// The event of a messaging element, named by its key (contract webhooks 3).
        #[derive(Debug, Clone, PartialEq)]
        pub enum Event {
            $($(#[$doc])* $variant($payload),)+
            /// Keys that are not known, or not in the known shape, as they came.
            Unknown(Map<String, Value>),
        }

        impl Event {
            /// The key in the JSON; `None` for [`Event::Unknown`].
            pub fn key(&self) -> Option<&'static str> {
                match self {
                    $(Self::$variant(_) => Some($key),)+
                    Self::Unknown(_) => None,
                }
            }

            /// Writes the event's key and value, or all keys of an unknown one.
            pub(super) fn serialize_into<M: SerializeMap>(&self, map: &mut M) -> Result<(), M::Error> {
                match self {
                    $(Self::$variant(payload) => map.serialize_entry($key, payload),)+
                    Self::Unknown(rest) => rest.iter().try_for_each(|(key, value)| map.serialize_entry(key, value)),
                }
            }

            fn from_key(key: &str, value: &Value) -> Option<Self> {
                match key {
                    $($key => <$payload>::deserialize(value).ok().map(Self::$variant),)+
                    _ => None,
                }
            }
        }
    };
}

events! {
    /// A message, an echo, or that a message was unsent (contract webhooks 3.1 to 3.8).
    Message(Message) = "message",
    /// A reaction was set or taken back (contract webhooks 3.9).
    Reaction(Reaction) = "reaction",
    /// A button, menu item or ice breaker was tapped (contract webhooks 3.10).
    Postback(Postback) = "postback",
    /// An ig.me link was followed into an existing thread (contract webhooks 3.11).
    Referral(Referral) = "referral",
    /// The person has seen a message (contract webhooks 3.12).
    Read(Read) = "read",
    /// A message was edited (contract webhooks 3.13).
    MessageEdit(MessageEdit) = "message_edit",
    /// The person opted in to notifications (contract webhooks 3.13).
    Optin(Optin) = "optin",
    /// Control was passed to this app (contract webhooks 3.15).
    PassThreadControl(ControlChange) = "pass_thread_control",
    /// Control was taken from this app (contract webhooks 3.15).
    TakeThreadControl(ControlChange) = "take_thread_control",
    /// Another app asks for control (contract webhooks 3.15).
    RequestThreadControl(ControlRequest) = "request_thread_control",
    /// Roles of apps changed: app to roles such as `primary_receiver` (contract webhooks 3.15).
    AppRoles(BTreeMap<AppId, Vec<String>>) = "app_roles",
    /// A thumb up or down below a message (contract webhooks 3.13).
    ResponseFeedback(ResponseFeedback) = "response_feedback",
    /// The account was warned, blocked or unblocked (contract webhooks 3.13).
    PolicyEnforcement(PolicyEnforcement) = "policy_enforcement",
}

impl Event {
    /// Reads the keys that are left of an element once sender, recipient and timestamp are taken out.
    pub(super) fn from_rest(rest: Map<String, Value>) -> Self {
        let known = rest.iter().find_map(|(key, value)| Self::from_key(key, value));
        known.unwrap_or(Self::Unknown(rest))
    }
}

/// A reaction to a message of either side (contract webhooks 3.9).
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Reaction {
    /// The message reacted to.
    pub mid: String,
    /// `react` or `unreact`.
    pub action: String,
    /// `love`, `like`, `laugh`, `wow`, `sad`, `angry` or `other`; absent on `unreact`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reaction: Option<String>,
    /// The emoji itself; absent on `unreact`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub emoji: Option<String>,
}

/// A tap on something that the business offered (contract webhooks 3.10).
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Postback {
    /// The message that the tap made; from v11 on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mid: Option<String>,
    /// The label that was tapped.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// The developer's own text behind the label; absent on standby.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub payload: Option<String>,
    /// The ig.me link by which the person came.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub referral: Option<Referral>,
}

/// A read receipt (contract webhooks 3.12).
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Read {
    /// The message that was seen.
    pub mid: String,
}

/// A new text for an old message (contract webhooks 3.13).
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct MessageEdit {
    /// The message that was edited.
    pub mid: String,
    /// The text it has now.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
    /// How often it was edited so far.
    #[serde(default, deserialize_with = "read::integer")]
    pub num_edit: i64,
}

/// An opt-in to notification messages (contract webhooks 3.13).
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Optin {
    /// `notification_messages`.
    #[serde(rename = "type")]
    pub kind: String,
    /// The title of the offer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// The developer's own text behind the offer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub payload: Option<String>,
    /// Token, frequency, time zone, expiry and status, under their own names.
    #[serde(flatten)]
    pub extra: Map<String, Value>,
}

/// A person's verdict on a message (contract webhooks 3.13).
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct ResponseFeedback {
    /// `Good response` or `Bad response`.
    pub feedback: String,
    /// The message that was judged.
    pub mid: String,
}

/// What the platform did to the account (contract webhooks 3.13).
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct PolicyEnforcement {
    /// `warning`, `block` or `unblock`.
    pub action: String,
    /// Why; absent on `unblock`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}
