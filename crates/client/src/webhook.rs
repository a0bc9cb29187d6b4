//! The receiving end of webhooks: the handshake, and deliveries whose signature is checked (contract webhooks 1.3, 2).

use std::ops::Deref;

use http::HeaderMap;
use subtle::ConstantTimeEq;
use wire::signature;
use wire::webhook::{Entry, Envelope, Event, Messaging};

/// Why a request is not taken for the platform's.
#[derive(Debug, thiserror::Error)]
pub enum WebhookError {
    /// The handshake lacks a mode, a challenge or a token.
    #[error("handshake is incomplete: {0} is missing or wrong")]
    Handshake(&'static str),
    /// The handshake's token is not the one that was agreed; answer 403.
    #[error("verify token is not the one that was agreed")]
    VerifyToken,
    /// The delivery has no signature.
    #[error("delivery is not signed")]
    Unsigned,
    /// The signature belongs to another body or another secret; answer 403.
    #[error("signature does not fit")]
    Signature,
    /// The body is signed, but is no delivery.
    #[error("delivery is not understood: {0}")]
    Body(#[source] serde_json::Error),
}

/// Checks a handshake; the text is to be answered with status 200 as the whole body (contract webhooks 1.3).
///
/// Takes the decoded pairs of the query, in any order.
///
/// # Errors
/// [`WebhookError::Handshake`], [`WebhookError::VerifyToken`].
pub fn verify_challenge<N: AsRef<str>, V: AsRef<str>>(
    query_pairs: impl IntoIterator<Item = (N, V)>,
    verify_token: &str,
) -> Result<String, WebhookError> {
    let (mut mode, mut challenge, mut token) = (None, None, None);
    for (name, value) in query_pairs {
        match name.as_ref() {
            "hub.mode" => mode = Some(value),
            "hub.challenge" => challenge = Some(value),
            "hub.verify_token" => token = Some(value),
            _ => {}
        }
    }
    if mode.is_none_or(|mode| mode.as_ref() != "subscribe") {
        return Err(WebhookError::Handshake("hub.mode"));
    }
    let token = token.ok_or(WebhookError::Handshake("hub.verify_token"))?;
    if !bool::from(token.as_ref().as_bytes().ct_eq(verify_token.as_bytes())) {
        return Err(WebhookError::VerifyToken);
    }
    Ok(challenge.ok_or(WebhookError::Handshake("hub.challenge"))?.as_ref().to_owned())
}

/// Checks the signature over the body's very bytes, as [`Verified::parse`] does, and reads nothing: for who keeps what comes
/// as it came, whatever it says (contract webhooks 2.3).
///
/// # Errors
/// [`WebhookError::Unsigned`], [`WebhookError::Signature`].
pub fn verify<S: AsRef<str>>(secrets: &[S], headers: &HeaderMap, body: &[u8]) -> Result<(), WebhookError> {
    type Verify = fn(&[u8], &[u8], &str) -> bool;
    let (header, verify): (_, Verify) = match (headers.get("x-hub-signature-256"), headers.get("x-hub-signature")) {
        (Some(header), _) => (header, signature::verify_sha256),
        (None, Some(header)) => (header, signature::verify_sha1),
        (None, None) => return Err(WebhookError::Unsigned),
    };
    let header = header.to_str().map_err(|_| WebhookError::Signature)?;
    let mut secrets = secrets.iter().map(|secret| secret.as_ref().as_bytes()).filter(|secret| !secret.is_empty());
    if secrets.any(|secret| verify(secret, body, header)) { Ok(()) } else { Err(WebhookError::Signature) }
}

/// A delivery that was signed with one of the app's secrets. Reads like the [`Envelope`] inside.
#[derive(Debug, Clone, PartialEq)]
pub struct Verified(Envelope);

impl Verified {
    /// Checks the signature over the body's very bytes and reads it (contract webhooks 2.3).
    ///
    /// `X-Hub-Signature-256` decides. `X-Hub-Signature` (SHA-1) is looked at only when that one is missing. Any of the
    /// secrets may have signed: an app has one for each login, and two while it changes one. Empty secrets are passed over.
    ///
    /// # Errors
    /// [`WebhookError::Unsigned`], [`WebhookError::Signature`], [`WebhookError::Body`].
    pub fn parse<S: AsRef<str>>(secrets: &[S], headers: &HeaderMap, body: &[u8]) -> Result<Self, WebhookError> {
        verify(secrets, headers, body)?;
        serde_json::from_slice(body).map(Self).map_err(WebhookError::Body)
    }

    /// The texts that people wrote to the business, in order.
    ///
    /// Left out are echoes, what the business wrote to itself, unsent messages, messages without a text, and threads that
    /// another app controls (contract webhooks 3.1, 3.5, 3.7, 3.8, 3.14).
    pub fn messages(&self) -> impl Iterator<Item = TextMessage<'_>> {
        self.0.entry.iter().flat_map(|entry| entry.messaging.iter().filter_map(move |event| text_of(entry, event)))
    }

    /// The delivery itself.
    pub fn into_envelope(self) -> Envelope {
        self.0
    }
}

impl Deref for Verified {
    type Target = Envelope;

    fn deref(&self) -> &Envelope {
        &self.0
    }
}

/// A text from a person to the business.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TextMessage<'a> {
    /// The professional account.
    pub account: &'a str,
    /// The person's IGSID: whom to answer.
    pub sender: &'a str,
    /// The message's id. A delivery may come twice; this tells.
    pub mid: &'a str,
    /// What it says.
    pub text: &'a str,
}

fn text_of<'a>(entry: &'a Entry, element: &'a Messaging) -> Option<TextMessage<'a>> {
    let Event::Message(message) = &element.event else { return None };
    if message.is_echo || message.is_self || message.is_deleted {
        return None;
    }
    let sender = &element.sender.as_ref()?.id;
    Some(TextMessage { account: &entry.id, sender, mid: &message.mid, text: message.text.as_deref()? })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::json;

    use super::*;

    /// Secret, body and signatures of contract webhooks 2.3.
    const SECRET: &str = "fixture_app_secret_0001";
    const BODY: &str = r#"{"object":"instagram","entry":[{"id":"17840000000000001","time":1764000000500,"messaging":[{"sender":{"id":"900000000000001"},"recipient":{"id":"17840000000000001"},"timestamp":1764000000123,"message":{"mid":"aWdfZAGVzdDE","text":"hej \u00e5\u00e4\u00f6 \ud83d\ude42"}}]}]}"#;
    const SHA1: &str = "sha1=ec36192abeab0b4c632fb42db1f23a6e631d8e19";
    const SHA256: &str = "sha256=86add1f6e843a35a152aeaa997340811f6f27565b5f22a0e1775d00910af5d3f";

    fn headers(sha256: Option<&str>, sha1: Option<&str>) -> HeaderMap {
        let mut headers = HeaderMap::new();
        for (name, value) in [("x-hub-signature-256", sha256), ("x-hub-signature", sha1)] {
            value.map(|value| headers.insert(name, value.parse().unwrap()));
        }
        headers
    }

    #[test]
    fn the_contract_s_delivery_is_verified_and_read() {
        let delivery =
            Verified::parse(&["", "other", SECRET], &headers(Some(SHA256), Some(SHA1)), BODY.as_bytes()).unwrap();
        assert_eq!(delivery.object, "instagram");
        let expected = TextMessage {
            account: "17840000000000001",
            sender: "900000000000001",
            mid: "aWdfZAGVzdDE",
            text: "hej åäö \u{1f642}",
        };
        assert_eq!(delivery.messages().collect::<Vec<_>>(), [expected]);
    }

    #[test]
    fn sha1_counts_only_where_sha256_is_missing() {
        let parse = |headers: HeaderMap, secret: &str| Verified::parse(&[secret], &headers, BODY.as_bytes());
        assert!(parse(headers(None, Some(SHA1)), SECRET).is_ok());
        for (sha256, sha1, secret) in [
            (Some("sha256=00"), Some(SHA1), SECRET),
            (Some(SHA1), None, SECRET),
            (None, Some(SHA256), SECRET),
            (Some(SHA256), Some(SHA1), "other"),
        ] {
            assert!(matches!(parse(headers(sha256, sha1), secret), Err(WebhookError::Signature)));
        }
        assert!(matches!(parse(headers(None, None), SECRET), Err(WebhookError::Unsigned)));
    }

    #[test]
    fn an_empty_secret_verifies_nothing() {
        let forged = signature::sha256_header(b"", BODY.as_bytes());
        let result = Verified::parse(&[""], &headers(Some(&forged), None), BODY.as_bytes());
        assert!(matches!(result, Err(WebhookError::Signature)));
    }

    #[test]
    fn only_texts_that_people_wrote_are_messages() {
        let element = |message: serde_json::Value| json!({"sender": {"id": "9"}, "recipient": {"id": "1"}, "timestamp": 1, "message": message});
        let body = json!({"object": "instagram", "entry": [
            {"id": "1", "time": 1, "messaging": [
                element(json!({"mid": "echo", "text": "x", "is_echo": true})),
                element(json!({"mid": "self", "text": "x", "is_self": true})),
                element(json!({"mid": "gone", "is_deleted": true})),
                element(json!({"mid": "image", "attachments": [{"type": "image"}]})),
                element(json!({"mid": "a", "text": "first"})),
                {"sender": {"id": "9"}, "recipient": {"id": "1"}, "timestamp": 1, "read": {"mid": "a"}},
            ]},
            {"id": "1", "time": 1, "standby": [element(json!({"mid": "standby", "text": "x"}))]},
            {"id": "2", "time": 1, "messaging": [element(json!({"mid": "b", "text": "second"}))]},
        ]})
        .to_string();
        let signed = headers(Some(&signature::sha256_header(b"s", body.as_bytes())), None);
        let delivery = Verified::parse(&["s"], &signed, body.as_bytes()).unwrap();
        let found: Vec<_> = delivery.messages().map(|message| (message.account, message.mid)).collect();
        assert_eq!(found, [("1", "a"), ("2", "b")]);
    }

    #[test]
    fn a_handshake_is_answered_with_its_challenge() {
        let pairs = [("hub.verify_token", "echo"), ("hub.challenge", "1158201444"), ("hub.mode", "subscribe")];
        assert_eq!(verify_challenge(pairs, "echo").unwrap(), "1158201444");
        assert!(matches!(verify_challenge(pairs, "other"), Err(WebhookError::VerifyToken)));
        for left_out in 0..3 {
            let some = pairs.into_iter().enumerate().filter(|(at, _)| *at != left_out).map(|(_, pair)| pair);
            assert!(matches!(verify_challenge(some, "echo"), Err(WebhookError::Handshake(_))));
        }
    }

    proptest! {
        #[test]
        fn no_body_panics_and_only_signed_ones_pass(body: Vec<u8>, header in "\\PC{0,80}") {
            let signed = headers(Some(&signature::sha256_header(b"s", &body)), None);
            prop_assert!(!matches!(Verified::parse(&["s"], &signed, &body), Err(WebhookError::Signature)));
            if let Ok(value) = header.parse() {
                let forged = HeaderMap::from_iter([(http::HeaderName::from_static("x-hub-signature-256"), value)]);
                prop_assert!(Verified::parse(&["s"], &forged, &body).is_err());
            }
        }
    }
}
