//! The recorded vectors of conformance/vectors, which somebody else's code made: the same bytes, the same signatures.

use std::collections::BTreeSet;

use serde::Deserialize;
use serde_json::Value;
use serde_json::value::RawValue;

use super::*;
use crate::json::{Escape, to_ascii};
use crate::signature::diagnosis::{self, Fault};
use crate::signature::{sha1_header, sha256_header, verify_sha1, verify_sha256};

const FILE: &str = include_str!("../../../../conformance/vectors/webhooks.jsonl");

#[derive(Deserialize)]
struct Vector {
    name: String,
    secret: String,
    event: Box<RawValue>,
    body: String,
    sha1: String,
    sha256: String,
    decoded: Option<String>,
}

fn vectors() -> Vec<Vector> {
    FILE.lines().map(|line| serde_json::from_str(line).unwrap_or_else(|error| panic!("{error}: {line}"))).collect()
}

fn envelope(vector: &Vector) -> Envelope {
    serde_json::from_str(vector.event.get()).unwrap_or_else(|error| panic!("{}: {error}", vector.name))
}

#[test]
fn every_event_is_written_as_the_recorded_bytes() {
    for vector in vectors() {
        let written = to_ascii(&envelope(&vector), Escape::Webhook).unwrap();
        assert_eq!(written, vector.body, "{}", vector.name);
        assert!(written.is_ascii());
    }
}

#[test]
fn every_body_is_read_as_the_recorded_event() {
    for vector in vectors() {
        let read: Envelope = serde_json::from_str(&vector.body).unwrap();
        assert_eq!(read, envelope(&vector), "{}", vector.name);
    }
}

#[test]
fn every_body_has_the_recorded_signatures() {
    for vector in vectors() {
        let (secret, body) = (vector.secret.as_bytes(), vector.body.as_bytes());
        assert_eq!(sha1_header(secret, body), vector.sha1, "{}", vector.name);
        assert_eq!(sha256_header(secret, body), vector.sha256, "{}", vector.name);
        assert!(verify_sha1(secret, body, &vector.sha1) && verify_sha256(secret, body, &vector.sha256));
        for value in [&vector.sha1, &vector.sha256] {
            assert_eq!(diagnosis::faults(secret, &[], body, None, value), [], "{}", vector.name);
        }
    }
}

#[test]
fn no_signature_of_the_decoded_text_verifies() {
    let mut seen = 0;
    for vector in vectors() {
        let Some(decoded) = &vector.decoded else { continue };
        let (secret, body) = (vector.secret.as_bytes(), vector.body.as_bytes());
        assert!(!verify_sha256(secret, body, decoded), "{}", vector.name);
        // It is the signature of what a receiver has that parsed the body and wrote it again.
        let again = serde_json::from_str::<Value>(&vector.body).unwrap().to_string();
        assert!(verify_sha256(secret, again.as_bytes(), decoded), "{}", vector.name);
        assert!(!verify_sha256(secret, again.as_bytes(), &vector.sha256), "{}", vector.name);
        assert_eq!(diagnosis::faults(secret, &[], body, None, decoded), [Fault::SignedDecoded], "{}", vector.name);
        seen += 1;
    }
    assert!(seen > 60, "{seen}");
}

#[test]
fn the_vectors_are_many_and_of_every_kind_of_event() {
    let vectors = vectors();
    assert!(vectors.len() > 120, "{}", vectors.len());
    let names: BTreeSet<&str> = vectors.iter().map(|vector| vector.name.as_str()).collect();
    assert_eq!(names.len(), vectors.len(), "each has a name of its own");
    assert_eq!(
        vectors.iter().map(|vector| &vector.secret).collect::<BTreeSet<_>>().len(),
        3,
        "both secrets, and the contract's"
    );

    let entries: Vec<Entry> = vectors.iter().flat_map(|vector| envelope(vector).entry).collect();
    let elements = || entries.iter().flat_map(|entry| entry.messaging.iter().chain(&entry.standby));
    let events: BTreeSet<_> = elements().map(|element| element.event.key()).collect();
    assert!(!events.contains(&None), "wire knows every event");
    assert_eq!(events.len(), 13, "{events:?}");
    let fields: BTreeSet<&str> = entries.iter().flat_map(|e| &e.changes).map(|change| change.field.as_str()).collect();
    assert_eq!(fields, ["comments", "live_comments", "mentions", "story_insights"].into());
    let kinds: BTreeSet<&str> = elements()
        .filter_map(|element| match &element.event {
            Event::Message(message) => Some(&message.attachments),
            _ => None,
        })
        .flatten()
        .map(|attachment| attachment.kind.as_str())
        .collect();
    for kind in [
        "image",
        "video",
        "audio",
        "file",
        "share",
        "ig_post",
        "ig_reel",
        "reel",
        "story_mention",
        "ig_story",
        "template",
        "ephemeral",
        "like_heart",
        "fallback",
    ] {
        assert!(kinds.contains(kind), "{kind}");
    }
}
