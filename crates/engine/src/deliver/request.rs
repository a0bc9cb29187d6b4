//! The bytes that are posted: webhooks with their signatures, and the signed forms of the login product.

use secrecy::{ExposeSecret, SecretString};
use serde_json::{Map, Value, json};
use wire::time::Millis;
use wire::{signature, signed_request};

use crate::facts::{Channel, DATA_DELETION, Delivery};
use crate::webhook;

/// Seconds for which a request to delete data is valid (contract graph 6.9).
const DELETION_VALID: i64 = 3_600;
/// Most updates in one POST (contract webhooks 2.5).
const MOST_UPDATES: usize = 1_000;
/// Most bytes of a POST with several updates (contract webhooks 2.5).
const MOST_BYTES: usize = 1_048_576;
/// Bytes of a body besides its entries, and of an entry besides its element, at most.
const ENVELOPE: usize = 128;

/// Where a delivery goes and what is sent.
#[derive(Debug, Clone)]
pub struct Post {
    /// The callback.
    pub url: String,
    /// What is sent there.
    pub body: Body,
}

/// The exact bytes of a request.
#[derive(Debug, Clone)]
pub enum Body {
    /// JSON, with what its signature headers say.
    Webhook {
        /// The bytes, ASCII only.
        json: String,
        /// `X-Hub-Signature`.
        sha1: String,
        /// `X-Hub-Signature-256`.
        sha256: String,
    },
    /// A form whose `signed_request` carries its own signature (contract graph 6.9).
    Form(String),
}

impl Body {
    /// The bytes.
    pub fn text(&self) -> &str {
        match self {
            Self::Webhook { json, .. } => json,
            Self::Form(form) => form,
        }
    }

    /// Signs deliveries. One of [`Channel::Callback`] is never together with others.
    pub(super) fn of(secret: &SecretString, deliveries: &[Delivery]) -> Self {
        let key = secret.expose_secret().as_bytes();
        if let [one] = deliveries
            && one.channel == Channel::Callback
        {
            return Self::Form(format!("signed_request={}", signed_request::sign(key, &payload(one))));
        }
        Self::signed(secret, webhook::body(deliveries))
    }

    /// JSON under both of a secret's signatures.
    pub(crate) fn signed(secret: &SecretString, json: String) -> Self {
        let (key, bytes) = (secret.expose_secret().as_bytes(), json.as_bytes());
        Self::Webhook { sha1: signature::sha1_header(key, bytes), sha256: signature::sha256_header(key, bytes), json }
    }
}

/// What is signed for the login product: what is known of who leaves, and since when; a retry says the same.
fn payload(delivery: &Delivery) -> String {
    let mut payload: Map<String, Value> = serde_json::from_str(&delivery.element).unwrap_or_default();
    let issued = delivery.first_attempt_time.unwrap_or(delivery.created_time).seconds();
    payload.insert("algorithm".into(), json!("HMAC-SHA256"));
    payload.insert("issued_at".into(), json!(issued));
    if delivery.field == DATA_DELETION {
        payload.insert("expires".into(), json!(issued.saturating_add(DELETION_VALID)));
    }
    Value::from(payload).to_string()
}

/// What deliveries must have in common to go in one POST; `None` for those that go alone. Those that were tried together are
/// tried again together, so that a retry has the same bytes.
fn company(delivery: &Delivery) -> Option<(wire::dialect::Dialect, Option<&str>, u32, Option<Millis>)> {
    let url = delivery.copy.as_ref().and_then(|copy| copy.url.as_deref());
    let together = (delivery.login, url, delivery.attempts, delivery.first_attempt_time);
    (delivery.channel != Channel::Callback).then_some(together)
}

/// Puts deliveries of one app together that may go in one POST, in their order: at most `updates` each and `bytes` long,
/// unless a single one is longer (contract webhooks 2.5).
pub fn groups(deliveries: Vec<Delivery>, updates: usize, bytes: usize) -> Vec<Vec<Delivery>> {
    let (updates, bytes) = (updates.clamp(1, MOST_UPDATES), bytes.min(MOST_BYTES));
    let mut groups: Vec<(Vec<Delivery>, usize)> = Vec::new();
    for delivery in deliveries {
        let length = delivery.element.len() + ENVELOPE;
        // Threads keep their order all the same: two of one thread are taken at once only when one gave its turn away.
        let fits = |(group, taken): &&mut (Vec<Delivery>, usize)| {
            group.len() < updates
                && *taken + length <= bytes
                && company(&delivery).is_some_and(|wanted| company(&group[0]) == Some(wanted))
        };
        match groups.iter_mut().find(fits) {
            Some((group, taken)) => {
                group.push(delivery);
                *taken += length;
            }
            None => groups.push((vec![delivery], ENVELOPE + length)),
        }
    }
    groups.into_iter().map(|(group, _)| group).collect()
}

#[cfg(test)]
mod tests {
    use wire::dialect::Dialect;
    use wire::id::{AccountId, AppId, DeliveryId, Igsid};

    use super::*;
    use crate::facts::{Copied, DeliveryState};

    fn delivery(id: u64) -> Delivery {
        Delivery {
            id: DeliveryId::new(id),
            account: AccountId::new(1),
            app: AppId::new(2),
            igsid: Igsid::new(id),
            login: Dialect::Facebook,
            field: "messages".into(),
            channel: Channel::Messaging,
            element: r#"{"n":1}"#.into(),
            created_time: Millis::new(1_500),
            state: DeliveryState::Pending,
            attempts: 0,
            first_attempt_time: Some(Millis::new(2_500)),
            due_time: Millis::new(1_500),
            copy: None,
        }
    }

    fn sizes(deliveries: Vec<Delivery>, updates: usize, bytes: usize) -> Vec<usize> {
        groups(deliveries, updates, bytes).iter().map(Vec::len).collect()
    }

    #[test]
    fn updates_share_a_post_up_to_a_number_and_a_length() {
        let five = || (1..=5).map(delivery).collect::<Vec<_>>();
        assert_eq!(sizes(five(), 1, 100_000), [1; 5]);
        assert_eq!(sizes(five(), 2, 100_000), [2, 2, 1]);
        assert_eq!(sizes(five(), 0, 0), [1; 5], "a single one always goes");
        assert_eq!(sizes(five(), 9, 3 * (7 + ENVELOPE)), [2, 2, 1]);
        let thousands = (0..2_500).map(delivery).collect();
        assert_eq!(sizes(thousands, 9_999, usize::MAX), [1_000, 1_000, 500], "the contract's cap");
        let long = |id| Delivery { element: "x".repeat(60_000), ..delivery(id) };
        assert_eq!(sizes((0..3).map(long).collect(), 10, 100_000), [1; 3]);
        let body = |group: &[Delivery]| webhook::body(group).len();
        for group in groups((0..400).map(delivery).collect(), 1_000, 5_000) {
            assert!(body(&group) <= 5_000, "{}", body(&group));
        }
    }

    #[test]
    fn only_what_is_signed_alike_for_one_place_and_was_tried_alike_goes_together() {
        let copy = |url: Option<&str>| Some(Copied { origin: DeliveryId::new(9), url: url.map(str::to_owned) });
        let others = [
            Delivery { login: Dialect::Instagram, ..delivery(2) },
            Delivery { attempts: 1, ..delivery(3) },
            Delivery { first_attempt_time: Some(Millis::new(9)), ..delivery(4) },
            Delivery { copy: copy(Some("https://else.example/")), ..delivery(5) },
        ];
        for other in others {
            assert_eq!(sizes(vec![delivery(1), other.clone()], 10, 100_000), [1, 1], "{other:?}");
        }
        let alike = [
            Delivery { account: AccountId::new(7), ..delivery(2) },
            Delivery { channel: Channel::Changes, ..delivery(3) },
            Delivery { copy: copy(None), ..delivery(4) },
        ];
        for other in alike {
            assert_eq!(sizes(vec![delivery(1), other.clone()], 10, 100_000), [2], "{other:?}");
        }
        let callback = |id| Delivery { channel: Channel::Callback, ..delivery(id) };
        assert_eq!(sizes(vec![callback(1), callback(2)], 10, 100_000), [1, 1], "a form holds one");
    }

    #[test]
    fn a_callback_is_a_signed_form_that_a_retry_repeats() {
        let secret = SecretString::from("s");
        let form = |field: &str| {
            let element = r#"{"user_id":"555"}"#.into();
            let one = Delivery { channel: Channel::Callback, field: field.into(), element, ..delivery(1) };
            let body = Body::of(&secret, &[one]);
            let signed = body.text().strip_prefix("signed_request=").unwrap().to_owned();
            String::from_utf8(signed_request::open(b"s", &signed).unwrap()).unwrap()
        };
        assert_eq!(form("deauthorize"), r#"{"user_id":"555","algorithm":"HMAC-SHA256","issued_at":2}"#);
        assert_eq!(
            form("data_deletion"),
            r#"{"user_id":"555","algorithm":"HMAC-SHA256","issued_at":2,"expires":3602}"#
        );
    }
}
