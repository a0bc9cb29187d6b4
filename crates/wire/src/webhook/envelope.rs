//! The outer layers of a delivery: object, entry, element.

use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error, ser::SerializeMap};
use serde_json::{Map, Value};

use super::{Event, read};

/// A whole delivery (contract webhooks 2.1).
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Envelope {
    /// `instagram` for everything in this crate.
    pub object: String,
    /// At least one entry; several accounts may share a delivery.
    pub entry: Vec<Entry>,
}

/// What happened to one account (contract webhooks 2.1).
///
/// One of the three lists is filled; the empty ones are not written.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Entry {
    /// The professional account's id.
    #[serde(deserialize_with = "read::text")]
    pub id: String,
    /// When it was sent: milliseconds with `messaging` and `standby`, seconds with `changes`.
    #[serde(deserialize_with = "read::integer")]
    pub time: i64,
    /// Events of threads in which the app is to act.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub messaging: Vec<Messaging>,
    /// Events of threads that another app controls (contract webhooks 3.14).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub standby: Vec<Messaging>,
    /// Comments, mentions and story insights (contract webhooks 3.16 to 3.18).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub changes: Vec<Change>,
}

/// A change outside of messaging: a field of the subscription and its value.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Change {
    /// The webhook field, for example `comments`.
    pub field: String,
    /// What changed, in the shape that belongs to the field.
    pub value: Value,
}

/// One event of a thread (contract webhooks 2.1).
#[derive(Debug, Clone, PartialEq)]
pub struct Messaging {
    /// Who acted; absent with `app_roles` and `policy_enforcement`.
    pub sender: Option<Party>,
    /// The other end.
    pub recipient: Party,
    /// When it happened.
    pub timestamp: Timestamp,
    /// What happened: the element's key that is none of these.
    pub event: Event,
    /// The business tapped something of its own; a message says so itself (contract webhooks 2.1, 3.10).
    pub is_self: bool,
}

/// An end of a thread: a professional account's id or an IGSID.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Party {
    /// The id, in digits.
    #[serde(deserialize_with = "read::text")]
    pub id: String,
}

/// When an event happened: milliseconds since 1970, though dashboard tests have a string of seconds
/// (contract webhooks 1.7).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
pub struct Timestamp(#[serde(deserialize_with = "read::integer")] pub i64);

impl Serialize for Messaging {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        if let Some(sender) = &self.sender {
            map.serialize_entry("sender", sender)?;
        }
        map.serialize_entry("recipient", &self.recipient)?;
        map.serialize_entry("timestamp", &self.timestamp)?;
        self.event.serialize_into(&mut map)?;
        if self.is_self {
            map.serialize_entry("is_self", &true)?;
        }
        map.end()
    }
}

impl<'de> Deserialize<'de> for Messaging {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let mut map = Map::deserialize(deserializer)?;
        let mut take = |key: &str| map.shift_remove(key);
        let sender = take("sender").and_then(|sender| serde_json::from_value(sender).ok());
        let recipient = take("recipient").ok_or_else(|| D::Error::missing_field("recipient"))?;
        let is_self = take("is_self") == Some(Value::Bool(true));
        let timestamp = take("timestamp").ok_or_else(|| D::Error::missing_field("timestamp"))?;
        Ok(Self {
            sender,
            recipient: serde_json::from_value(recipient).map_err(D::Error::custom)?,
            timestamp: serde_json::from_value(timestamp).map_err(D::Error::custom)?,
            event: Event::from_rest(map),
            is_self,
        })
    }
}
