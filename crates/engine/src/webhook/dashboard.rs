//! The Test button of the App Dashboard: a field's sample, posted to the app's endpoint (contract webhooks 1.7).

use serde_json::{Value, json};
use wire::dialect::Dialect;
use wire::json::{Escape, to_ascii};
use wire::time::Millis;
use wire::webhook_field::{self, Channel, Field};

use crate::deliver::{Body, Post};
use crate::facts::App;
use crate::refusal::{Failure, Refusal};
use crate::store::StoreError;
use crate::world::World;

/// The entry's id, both ends, and the time in seconds, as a text.
const ENTRY: &str = "0";
const SENDER: &str = "12334";
const RECIPIENT: &str = "23245";
const TIMESTAMP: &str = "1527459824";
/// The message that every test is about.
const MID: &str = "random_mid";

/// In which form a test comes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// As the product of Facebook Login has it, which is as real events come.
    Messaging,
    /// As the product of Instagram Login has it: also messages are `changes`.
    Changes,
    /// Messages as they came early in 2021.
    Early2021,
}

impl Shape {
    /// Every shape with its name on the emulator's surface.
    pub const ALL: [(Shape, &'static str); 3] =
        [(Shape::Messaging, "messaging"), (Shape::Changes, "changes"), (Shape::Early2021, "early_2021")];

    /// The one that a login product has.
    pub fn of(login: Dialect) -> Self {
        match login {
            Dialect::Facebook => Self::Messaging,
            Dialect::Instagram => Self::Changes,
        }
    }

    /// The login product whose secret signs it.
    fn login(self) -> Dialect {
        match self {
            Self::Messaging | Self::Early2021 => Dialect::Facebook,
            Self::Changes => Dialect::Instagram,
        }
    }
}

/// The body of a test.
///
/// # Errors
/// [`Refusal::Parameter`] for a field that is none, has no sample, or does not exist in that shape.
pub fn body(field: &str, shape: Shape, now: Millis) -> Result<String, Refusal> {
    let known = webhook_field::find(field).ok_or_else(|| Refusal::Parameter(format!("no field is called {field}")))?;
    let entry = match (known.channel, shape) {
        (Channel::Silent, _) => return Err(Refusal::Parameter(format!("nobody knows what {field} looks like"))),
        (_, Shape::Early2021) if field != "messages" => {
            return Err(Refusal::Parameter("early_2021 is a shape of messages alone".into()));
        }
        (_, Shape::Early2021) => changes(field, &early(now), now),
        (Channel::Changes, _) => changes(field, &change(field), now),
        (Channel::Messaging | Channel::Standby, Shape::Changes) => changes(field, &element(known), now),
        (Channel::Messaging, Shape::Messaging) => messaging("messaging", &element(known), now),
        (Channel::Standby, Shape::Messaging) => messaging("standby", &element(known), now),
    };
    let body = json!({"object": "instagram", "entry": [entry]});
    Ok(to_ascii(&body, Escape::Webhook).expect("a test is plain data with text keys"))
}

/// What is posted to an app's endpoint, signed like every delivery.
///
/// # Errors
/// As [`body`]; [`Refusal::Parameter`] for an app that has no endpoint; the store's.
pub async fn post(world: &World, app: &App, field: &str, shape: Shape) -> Result<Post, Failure> {
    let body = body(field, shape, world.now())?;
    let subscriptions = world.store.subscriptions(app.id).await?;
    let subscription = subscriptions.into_iter().find(|subscription| subscription.object == "instagram");
    let url =
        subscription.ok_or_else(|| Refusal::Parameter("the app has no endpoint for instagram".into()))?.callback_url;
    let secret = world.vault.open(app.secret_of(shape.login()));
    let secret = secret.map_err(|error| StoreError::Corrupt(format!("secret of app {}: {error}", app.id)))?;
    Ok(Post { url, body: Body::signed(&secret, body) })
}

fn messaging(list: &str, element: &Value, now: Millis) -> Value {
    json!({"time": now.get(), "id": ENTRY, list: [element]})
}

fn changes(field: &str, value: &Value, now: Millis) -> Value {
    json!({"id": ENTRY, "time": now.seconds(), "changes": [{"field": field, "value": value}]})
}

/// The messaging element of a field. What the documentation has no test of is inferred.
fn element(field: &Field) -> Value {
    let (key, event) = event(field.name);
    let mut element = json!({"sender": {"id": SENDER}, "recipient": {"id": RECIPIENT}, "timestamp": TIMESTAMP});
    if key == "policy_enforcement" {
        element = json!({"recipient": {"id": RECIPIENT}, "timestamp": TIMESTAMP});
    }
    element[key] = event;
    element
}

fn event(field: &str) -> (&'static str, Value) {
    match field {
        "message_reactions" => {
            ("reaction", json!({"mid": MID, "action": "react", "reaction": "love", "emoji": "\u{2764}\u{fe0f}"}))
        }
        "messaging_postbacks" => {
            ("postback", json!({"mid": MID, "title": "random_title", "payload": "random_payload"}))
        }
        "messaging_referral" => {
            ("referral", json!({"ref": "random_ref", "source": "SHORTLINKS", "type": "OPEN_THREAD"}))
        }
        "messaging_seen" => ("read", json!({ "mid": MID })),
        "message_edit" => ("message_edit", json!({"mid": MID, "text": "random_text", "num_edit": 1})),
        "messaging_optins" => {
            ("optin", json!({"type": "notification_messages", "title": "random_title", "payload": "random_payload"}))
        }
        "messaging_handover" => (
            "pass_thread_control",
            json!({"previous_owner_app_id": SENDER, "new_owner_app_id": RECIPIENT, "metadata": "random_metadata"}),
        ),
        "response_feedback" => ("response_feedback", json!({"feedback": "Good response", "mid": MID})),
        "messaging_policy_enforcement" => {
            ("policy_enforcement", json!({"action": "warning", "reason": "random_reason"}))
        }
        _ => ("message", json!({"mid": MID, "text": "random_text"})),
    }
}

/// The value of a change.
fn change(field: &str) -> Value {
    let media = "123123123";
    match field {
        "mentions" => json!({"media_id": media, "comment_id": "17865799348089039"}),
        "story_insights" => json!({
            "media_id": media, "impressions": 41, "reach": 33, "taps_forward": 19, "taps_back": -1, "exits": 6,
            "replies": -1,
        }),
        _ => json!({
            "id": "17865799348089039", "from": {"id": "232323232", "username": "test"}, "text": "This is an example.",
            "parent_id": "1231231234", "media": {"id": media, "media_product_type": "FEED"},
        }),
    }
}

/// The value of a message as it came early in 2021.
fn early(now: Millis) -> Value {
    json!({
        "event_type": "TEXT", "event_timestamp": now.get(),
        "event_data": {"message_id": MID, "sender": {"username": "test"}, "recipient": {"thread_id": RECIPIENT}},
    })
}

#[cfg(test)]
mod tests {
    use wire::webhook::Envelope;

    use super::*;

    const NOW: Millis = Millis::new(1_764_000_000_321);

    #[test]
    fn the_two_shapes_are_those_that_were_seen() {
        assert_eq!(
            body("messages", Shape::Changes, NOW).unwrap(),
            r#"{"object":"instagram","entry":[{"id":"0","time":1764000000,"changes":[{"field":"messages","value":{"sender":{"id":"12334"},"recipient":{"id":"23245"},"timestamp":"1527459824","message":{"mid":"random_mid","text":"random_text"}}}]}]}"#
        );
        assert_eq!(
            body("messages", Shape::Messaging, NOW).unwrap(),
            r#"{"object":"instagram","entry":[{"time":1764000000321,"id":"0","messaging":[{"sender":{"id":"12334"},"recipient":{"id":"23245"},"timestamp":"1527459824","message":{"mid":"random_mid","text":"random_text"}}]}]}"#
        );
    }

    #[test]
    fn every_field_that_is_ever_sent_has_a_test_in_both_shapes() {
        for field in webhook_field::FIELDS {
            for shape in [Shape::Messaging, Shape::Changes] {
                let body = body(field.name, shape, NOW);
                if field.channel == Channel::Silent {
                    assert!(body.is_err(), "{}", field.name);
                    continue;
                }
                let envelope: Envelope = serde_json::from_str(&body.unwrap()).unwrap();
                let entry = &envelope.entry[0];
                assert_eq!(entry.id, "0");
                assert_eq!(entry.messaging.len() + entry.standby.len() + entry.changes.len(), 1, "{}", field.name);
            }
        }
        assert!(body("comments", Shape::Early2021, NOW).is_err() && body("nope", Shape::Changes, NOW).is_err());
    }
}
