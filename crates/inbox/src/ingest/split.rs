//! A delivery taken apart: each event with the key that tells it from every other, whatever shape it came in.

use serde_json::{Value, json};
use wire::signature;

/// Keys longer than this are hashed.
const LONGEST_KEY: usize = 400;
/// The lane of events that concern the account and nobody's thread.
pub const ACCOUNT: &str = "account";

/// One event of a delivery.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Arrival {
    /// The same for every copy of it (contract webhooks 2.5).
    pub key: String,
    /// Whose thread it is about, or [`ACCOUNT`].
    pub lane: String,
    /// The message that it tells of, by whose unsending its text has to go.
    pub mid: Option<String>,
    /// All that was told, as JSON: `entry`, `time`, `channel` and `element`.
    pub body: String,
}

/// Takes a signed body apart. What is no delivery, or has parts that nobody knows, is one event that is kept as it came.
pub fn split(body: &[u8]) -> Vec<Arrival> {
    let Ok(delivery) = serde_json::from_slice::<Value>(body) else {
        return vec![arrival(&Value::Null, &Value::Null, "body", &Value::from(String::from_utf8_lossy(body).as_ref()))];
    };
    let Some(entries) = delivery.get("entry").and_then(Value::as_array).filter(|entries| !entries.is_empty()) else {
        return vec![arrival(&Value::Null, &Value::Null, "body", &delivery)];
    };
    entries.iter().flat_map(of_entry).collect()
}

fn of_entry(entry: &Value) -> Vec<Arrival> {
    let (id, time) = (&entry["id"], &entry["time"]);
    let list = |name: &str| entry.get(name).and_then(Value::as_array).cloned().unwrap_or_default();
    let mut found = Vec::new();
    for channel in ["messaging", "standby"] {
        found.extend(list(channel).into_iter().map(|element| arrival(id, time, channel, &element)));
    }
    let mut changes = list("changes");
    // The flat form of some documentation pages (contract webhooks 2.1).
    if entry.get("field").is_some() && entry.get("value").is_some() {
        changes.push(json!({"field": entry["field"], "value": entry["value"]}));
    }
    for change in changes {
        // The dashboard's test of an Instagram Login app wraps an event of a thread (contract webhooks 1.7).
        let value = &change["value"];
        let wrapped = value.get("sender").is_some() && value.get("recipient").is_some();
        found.push(match wrapped {
            true => arrival(id, time, "messaging", value),
            false => arrival(id, time, "changes", &change),
        });
    }
    if found.is_empty() {
        found.push(arrival(id, time, "entry", entry));
    }
    found
}

fn arrival(entry: &Value, time: &Value, channel: &str, element: &Value) -> Arrival {
    let mid = ["message", "message_edit", "postback"].iter().find_map(|name| word(&element[*name]["mid"]));
    Arrival {
        key: short(key(element, channel)),
        lane: lane(element, &word(entry).unwrap_or_default()),
        mid,
        body: json!({"entry": entry, "time": time, "channel": channel, "element": element}).to_string(),
    }
}

/// A text, or a number as its digits.
pub(super) fn word(value: &Value) -> Option<String> {
    match value {
        Value::String(text) if !text.is_empty() => Some(text.replace('\0', "\u{fffd}")),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

fn key(element: &Value, channel: &str) -> String {
    let of = |event: &str, field: &str| word(&element[event][field]);
    if let Some(mid) = of("message", "mid") {
        let unsent = element["message"]["is_deleted"] == true;
        return format!("{}:{mid}", if unsent { "unsent" } else { "message" });
    }
    if let (Some(mid), Some(action)) = (of("reaction", "mid"), of("reaction", "action")) {
        let (sender, time) = (word(&element["sender"]["id"]), word(&element["timestamp"]));
        return format!("reaction:{mid}:{}:{}:{action}", sender.unwrap_or_default(), time.unwrap_or_default());
    }
    if let Some(mid) = of("message_edit", "mid") {
        return format!("edit:{mid}:{}", of("message_edit", "num_edit").unwrap_or_default());
    }
    for event in ["postback", "read"] {
        if let Some(mid) = of(event, "mid") {
            return format!("{event}:{mid}");
        }
    }
    if channel == "changes"
        && matches!(element["field"].as_str(), Some("comments" | "live_comments"))
        && let Some(id) = word(&element["value"]["id"]).or_else(|| word(&element["value"]["comment_id"]))
    {
        return format!("comment:{id}");
    }
    format!("event:{}", digest(&format!("{channel}{element}")))
}

fn lane(element: &Value, entry: &str) -> String {
    let (sender, recipient) = (word(&element["sender"]["id"]), word(&element["recipient"]["id"]));
    let other = if sender.as_deref() == Some(entry) { recipient } else { sender };
    let commenter = || word(&element["value"]["from"]["id"]);
    let lane = other.or_else(commenter).unwrap_or_else(|| ACCOUNT.to_owned());
    short(lane)
}

fn short(text: String) -> String {
    if text.len() > LONGEST_KEY { digest(&text) } else { text }
}

fn digest(text: &str) -> String {
    signature::sha256(text.as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keys(body: &Value) -> Vec<String> {
        split(body.to_string().as_bytes()).into_iter().map(|arrival| arrival.key).collect()
    }

    fn element(rest: &Value) -> Value {
        let mut element = json!({"sender": {"id": "9"}, "recipient": {"id": "1"}, "timestamp": 5});
        element.as_object_mut().unwrap().extend(rest.as_object().unwrap().clone());
        element
    }

    #[test]
    fn an_event_has_the_key_that_every_copy_of_it_has() {
        for (rest, key) in [
            (json!({"message": {"mid": "m", "text": "x"}}), "message:m"),
            (json!({"message": {"mid": "m", "is_echo": true}}), "message:m"),
            (json!({"message": {"mid": "m", "is_deleted": true}}), "unsent:m"),
            (json!({"reaction": {"mid": "m", "action": "react", "emoji": "x"}}), "reaction:m:9:5:react"),
            (json!({"message_edit": {"mid": "m", "num_edit": 2}}), "edit:m:2"),
            (json!({"read": {"mid": "m"}}), "read:m"),
            (json!({"postback": {"mid": "m", "title": "T"}}), "postback:m"),
        ] {
            let body = |entries: Value| json!({"object": "instagram", "entry": entries});
            let entry = json!({"id": "1", "time": 2, "messaging": [element(&rest)]});
            assert_eq!(keys(&body(json!([entry.clone()]))), [key], "{rest}");
            let later = json!({"id": "1", "time": 3, "standby": [element(&rest)]});
            assert_eq!(keys(&body(json!([entry, later]))), [key, key]);
        }
        let comment = json!({"entry": [{"id": "1", "changes": [{"field": "comments", "value": {"id": 18}}]}]});
        assert_eq!(keys(&comment), ["comment:18"]);
        let flat = json!({"entry": [{"id": "1", "field": "comments", "value": {"id": "18"}}]});
        assert_eq!(keys(&flat), ["comment:18"]);
    }

    #[test]
    fn what_has_no_key_of_its_own_is_told_apart_by_what_it_says() {
        let body =
            |ref_: &str| json!({"entry": [{"id": "1", "messaging": [element(&json!({"referral": {"ref": ref_}}))]}]});
        assert_eq!(keys(&body("a")), keys(&body("a")));
        assert_ne!(keys(&body("a")), keys(&body("b")));
        assert!(keys(&body("a"))[0].starts_with("event:"));
    }

    #[test]
    fn events_of_one_person_share_a_lane_whichever_side_acts() {
        let lanes = |body: Value| -> Vec<String> {
            split(body.to_string().as_bytes()).into_iter().map(|arrival| arrival.lane).collect()
        };
        let echo = json!({"sender": {"id": "1"}, "recipient": {"id": "9"}, "message": {"mid": "e", "is_echo": true}});
        let body = json!({"entry": [{"id": "1", "messaging": [element(&json!({"read": {"mid": "m"}})), echo,
            {"recipient": {"id": "1"}, "policy_enforcement": {}}]}]});
        assert_eq!(lanes(body), ["9", "9", ACCOUNT]);
    }

    #[test]
    fn what_is_no_delivery_is_kept_as_one_event() {
        for body in ["", "{}", "[]", "7", "null", r#"{"entry":{}}"#, r#"{"entry":[]}"#, "\u{0}", "{"] {
            let arrivals = split(body.as_bytes());
            assert_eq!(arrivals.len(), 1, "{body}");
            assert_eq!(arrivals[0].lane, ACCOUNT);
        }
        assert_eq!(split(br#"{"entry":[{"id":"1","changed_fields":["comments"]}, 7]}"#).len(), 2);
    }
}
