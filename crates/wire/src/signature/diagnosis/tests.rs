//! What was done to a header, a secret or a body is found again.

use proptest::prelude::*;

use super::Fault::*;
use super::*;
use crate::signature::{sha1_header, sha256_header};

const SECRET: &str = "fixture_app_secret_0001";
const OTHER: &str = "fixture_instagram_secret";
/// A body as the platform sends it, with everything that is escaped.
const BODY: &str = r#"{"object":"instagram","entry":[{"id":"178","time":1764000000500,"messaging":[{"sender":{"id":"9"},"recipient":{"id":"178"},"timestamp":1764000000123,"message":{"mid":"m1","text":"hej \u00e5 \ud83d\ude42 a\/b \"c\" \\"}}]}]}"#;

fn signature() -> String {
    sha256_header(SECRET.as_bytes(), BODY.as_bytes())
}

fn of(secret: &str, body: &str, value: &str) -> Vec<Fault> {
    faults(secret.as_bytes(), &[b"unrelated", OTHER.as_bytes()], body.as_bytes(), None, value)
}

#[test]
fn a_signature_as_the_platform_writes_it_has_no_fault() {
    for (algorithm, value) in
        [(Algorithm::Sha1, sha1_header(SECRET.as_bytes(), BODY.as_bytes())), (Algorithm::Sha256, signature())]
    {
        assert_eq!(faults(SECRET.as_bytes(), &[], BODY.as_bytes(), Some(algorithm), &value), []);
        assert_eq!(of(SECRET, BODY, &value), []);
    }
}

#[test]
fn what_was_done_to_the_header_is_found() {
    let (right, sha1) = (signature(), sha1_header(SECRET.as_bytes(), BODY.as_bytes()));
    let digits = right.trim_start_matches("sha256=");
    let base64 = STANDARD.encode(unhex(digits).unwrap());
    for (value, wanted) in [
        (format!(" {right}\n"), &[Blanks][..]),
        (digits.to_owned(), &[NoPrefix]),
        (format!("SHA256={digits}"), &[PrefixCase]),
        (format!("hmac={digits}"), &[UnknownPrefix]),
        (format!("sha1={digits}"), &[WrongPrefix(Algorithm::Sha256)]),
        (sha1.replace("sha1", "sha256"), &[WrongPrefix(Algorithm::Sha1)]),
        (format!("sha256={}", digits.to_uppercase()), &[UpperCase]),
        (format!("Sha256={}", digits.to_uppercase()), &[PrefixCase, UpperCase]),
        (format!("sha256={base64}"), &[Base64]),
        (base64, &[Base64, NoPrefix]),
        (right[..right.len() - 2].to_owned(), &[NoDigest(62)]),
        ("sha256=".to_owned(), &[NoDigest(7)]),
        (String::new(), &[NoDigest(0)]),
        ("sha256=not hex".to_owned(), &[NoDigest(7)]),
    ] {
        assert_eq!(of(SECRET, BODY, &value), wanted, "{value:?}");
    }
    let found = faults(SECRET.as_bytes(), &[], BODY.as_bytes(), Some(Algorithm::Sha1), &right);
    assert_eq!(found, [WrongHeader(Algorithm::Sha256)]);
}

#[test]
fn a_wrong_secret_is_found_among_those_that_the_app_has() {
    let value = sha256_header(OTHER.as_bytes(), BODY.as_bytes());
    assert_eq!(of(SECRET, BODY, &value), [OtherSecret(1)]);
    assert_eq!(of(&format!("{SECRET}\n"), BODY, &signature()), [SecretBlanks]);
    assert_eq!(of(&format!("5000|{SECRET}"), BODY, &signature()), [SecretIsToken]);
    assert_eq!(of("nobody's", BODY, &signature()), [Unknown]);
    assert_eq!(of(SECRET, &format!("{BODY}\n"), &value), [OtherSecret(1), Padded], "two things at once");
}

#[test]
fn what_was_done_to_the_body_is_found() {
    let value: Value = serde_json::from_str(BODY).unwrap();
    let sorted = r#"{"entry":[{"id":"178","messaging":[{"message":{"mid":"m1","text":"hej \u00e5 \ud83d\ude42 a/b \"c\" \\"},"recipient":{"id":"178"},"sender":{"id":"9"},"timestamp":1764000000123}],"time":1764000000500}],"object":"instagram"}"#;
    for (body, wanted) in [
        (format!("{BODY}\n"), &[Padded][..]),
        (format!("{BODY}\r\n"), &[Padded]),
        (format!("\u{feff}{BODY}"), &[ByteOrderMark]),
        (format!("\u{feff}{BODY} \n"), &[ByteOrderMark, Padded]),
        (serde_json::to_string(BODY).unwrap(), &[Quoted]),
        (value.to_string(), &[Decoded, Slashes]),
        (value.to_string().replace("a/b", r"a\/b"), &[Decoded]),
        (BODY.replace(r"\/", "/"), &[Slashes]),
        (BODY.replace("\":", "\": "), &[Spaced]),
        (serde_json::to_string_pretty(&value).unwrap(), &[Decoded, Slashes, Spaced]),
        (BODY.replace(r"\u00e5", r"\u00E5"), &[Rewritten]),
        (sorted.to_owned(), &[Slashes, Reordered]),
        (String::new(), &[Empty]),
        (BODY[..BODY.len() - 4].to_owned(), &[NoJson]),
        (BODY.replace("hej", "hey"), &[Unknown]),
    ] {
        assert_eq!(of(SECRET, &body, &signature()), wanted, "{body:?}");
    }
}

#[test]
fn a_signer_that_signed_another_rendering_is_found() {
    let value: Value = serde_json::from_str(BODY).unwrap();
    let over = |text: &str| sha256_header(SECRET.as_bytes(), text.as_bytes());
    assert_eq!(of(SECRET, BODY, &over(&value.to_string())), [SignedDecoded]);
    assert_eq!(of(SECRET, BODY, &over(&BODY.replace(r"\/", "/"))), [SignedBareSlashes]);
}

#[test]
fn every_fault_says_something_of_its_own_and_no_secret() {
    let all = [
        Blanks,
        NoPrefix,
        PrefixCase,
        UnknownPrefix,
        WrongPrefix(Algorithm::Sha1),
        WrongHeader(Algorithm::Sha1),
        UpperCase,
        Base64,
        NoDigest(7),
        SecretBlanks,
        SecretIsToken,
        OtherSecret(0),
        Empty,
        ByteOrderMark,
        Padded,
        Quoted,
        Decoded,
        Slashes,
        Spaced,
        Reordered,
        Rewritten,
        SignedDecoded,
        SignedBareSlashes,
        NoJson,
        Unknown,
    ];
    let said: std::collections::BTreeSet<String> = all.iter().map(Fault::to_string).collect();
    assert_eq!(said.len(), all.len());
    assert!(said.iter().all(|words| words.len() > 20 && !words.contains(SECRET)), "{said:?}");
}

proptest! {
    #[test]
    fn whatever_is_given_is_answered(secret: Vec<u8>, body: Vec<u8>, value: String, text in "[ \\\\/\"{}\\[\\]:,a\u{e5}\u{feff}]{0,40}") {
        for body in [body.as_slice(), text.as_bytes()] {
            for value in [value.as_str(), text.as_str(), &sha1_header(&secret, b"another")] {
                prop_assert!(!faults(&secret, &[b"", body], body, None, value).is_empty());
            }
            prop_assert_eq!(faults(&secret, &[], body, None, &sha256_header(&secret, body)), []);
        }
    }
}
