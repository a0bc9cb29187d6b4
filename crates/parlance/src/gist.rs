//! What a delivery tells, in short: one line for each event in it.
//!
//! Read from plain JSON, so that an event which nobody knows yet has a line too.

use serde_json::{Map, Value};
use wire::time::{Millis, Span};

/// The members of a messaging element that every one has; the one beside them is the event.
const COMMON: [&str; 4] = ["sender", "recipient", "timestamp", "is_self"];
/// What a message is beside a text, most telling first.
const MANNERS: [&str; 4] = ["is_deleted", "is_echo", "is_unsupported", "quick_reply"];

/// An event in short.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Gist {
    /// When it happened; for a change, when it was sent.
    pub time: Millis,
    /// `messaging`, `standby` or `changes`.
    pub channel: &'static str,
    /// The event's key in an element, or the field of a change.
    pub event: String,
    /// What distinguishes it: the flag of a message, the type of its attachment, the action of a reaction.
    pub manner: Option<String>,
    /// The professional account.
    pub account: String,
    /// Who acted.
    pub sender: Option<String>,
    /// The message that it is about; for a change, what was written or published.
    pub mid: Option<String>,
}

/// Every event of a body, in order; none when it is no delivery.
pub fn of(body: &[u8]) -> Vec<Gist> {
    let Ok(body) = serde_json::from_slice::<Value>(body) else { return Vec::new() };
    let entries = body["entry"].as_array().into_iter().flatten();
    entries
        .flat_map(|entry| [elements(entry, "messaging"), elements(entry, "standby"), changes(entry)].concat())
        .collect()
}

fn elements(entry: &Value, channel: &'static str) -> Vec<Gist> {
    let all = entry[channel].as_array().into_iter().flatten().filter_map(Value::as_object);
    all.map(|element| {
        let key = element.keys().find(|key| !COMMON.contains(&key.as_str()));
        let about = key.map_or(&Value::Null, |key| &element[key]);
        Gist {
            time: Millis::new(number(element.get("timestamp"))),
            channel,
            event: key.cloned().unwrap_or_default(),
            manner: manner(about),
            account: text(&entry["id"]).unwrap_or_default(),
            sender: id(element, "sender"),
            mid: text(&about["mid"]),
        }
    })
    .collect()
}

fn changes(entry: &Value) -> Vec<Gist> {
    let all = entry["changes"].as_array().into_iter().flatten();
    all.map(|change| {
        let value = &change["value"];
        Gist {
            // Seconds with `changes` (contract webhooks 2.1).
            time: Millis::new(0).plus(Span::seconds(number(entry.get("time")))),
            channel: "changes",
            event: text(&change["field"]).unwrap_or_default(),
            manner: None,
            account: text(&entry["id"]).unwrap_or_default(),
            sender: value.as_object().and_then(|value| id(value, "from")),
            mid: ["id", "comment_id", "media_id"].iter().find_map(|key| text(&value[key])),
        }
    })
    .collect()
}

fn manner(about: &Value) -> Option<String> {
    let flag = MANNERS.iter().find(|flag| !matches!(about[**flag], Value::Null | Value::Bool(false)));
    flag.map(|flag| (*flag).to_owned())
        .or_else(|| text(&about["attachments"][0]["type"]))
        .or_else(|| text(&about["action"]))
}

fn id(of: &Map<String, Value>, end: &str) -> Option<String> {
    text(&of.get(end)?["id"])
}

fn text(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

fn number(value: Option<&Value>) -> i64 {
    value.and_then(|value| value.as_i64().or_else(|| value.as_str()?.parse().ok())).unwrap_or_default()
}

impl Gist {
    /// The event with what distinguishes it: `message`, `message/is_echo`, `reaction/unreact`, `comments`.
    pub fn name(&self) -> String {
        self.manner.as_ref().map_or_else(|| self.event.clone(), |manner| format!("{}/{manner}", self.event))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Name, channel, sender, what it is about, time.
    type Short = (String, &'static str, Option<String>, Option<String>, i64);

    fn short(body: &str) -> Vec<Short> {
        of(body.as_bytes()).into_iter().map(|g| (g.name(), g.channel, g.sender, g.mid, g.time.get())).collect()
    }

    #[test]
    fn every_event_has_a_line() {
        let wrapped = |event: &str| {
            format!(
                r#"{{"object":"instagram","entry":[{{"id":"178","time":2,"messaging":[{{"sender":{{"id":"9"}},"recipient":{{"id":"178"}},"timestamp":1,{event}}}]}}]}}"#
            )
        };
        for (event, name, mid) in [
            (r#""message":{"mid":"m","text":"t"}"#, "message", Some("m")),
            (r#""message":{"mid":"m","is_echo":true,"attachments":[{"type":"image"}]}"#, "message/is_echo", Some("m")),
            (r#""message":{"mid":"m","is_echo":false,"attachments":[{"type":"image"}]}"#, "message/image", Some("m")),
            (r#""message":{"mid":"m","is_deleted":true}"#, "message/is_deleted", Some("m")),
            (r#""message":{"mid":"m","text":"t","quick_reply":{"payload":"P"}}"#, "message/quick_reply", Some("m")),
            (r#""reaction":{"mid":"m","action":"unreact"}"#, "reaction/unreact", Some("m")),
            (r#""is_self":true,"postback":{"mid":"m","title":"t"}"#, "postback", Some("m")),
            (r#""referral":{"ref":"r"}"#, "referral", None),
            (r#""news":7"#, "news", None),
        ] {
            let wanted = (name.to_owned(), "messaging", Some("9".to_owned()), mid.map(str::to_owned), 1);
            assert_eq!(short(&wrapped(event)), [wanted], "{event}");
        }
    }

    #[test]
    fn standby_changes_and_several_entries_are_read_too() {
        let body = r#"{"object":"instagram","entry":[
            {"id":"1","time":5,"standby":[{"sender":{"id":9},"recipient":{"id":"1"},"timestamp":"7","read":{"mid":"m"}}]},
            {"id":"1","time":1764000100,"changes":[{"field":"comments","value":{"id":"180","from":{"id":"9"}}},
              {"field":"mentions","value":{"media_id":"178"}}]}]}"#;
        let (nine, seconds) = (Some("9".to_owned()), 1_764_000_100_000);
        assert_eq!(
            short(body),
            [
                ("read".to_owned(), "standby", nine.clone(), Some("m".to_owned()), 7),
                ("comments".to_owned(), "changes", nine, Some("180".to_owned()), seconds),
                ("mentions".to_owned(), "changes", None, Some("178".to_owned()), seconds),
            ]
        );
    }

    #[test]
    fn what_is_no_delivery_tells_nothing() {
        for body in
            ["", "[]", "7", r#"{"entry":7}"#, r#"{"entry":[7]}"#, r#"{"entry":[{"messaging":[7],"changes":7}]}"#]
        {
            assert_eq!(short(body), [], "{body}");
        }
    }
}
