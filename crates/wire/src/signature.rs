//! Keyed digests: the signatures on webhooks and the proof that a caller knows the app secret.
//!
//! Comparison takes constant time. Secrets and tokens are used as the bytes they are written with.

pub mod diagnosis;

use hmac::{Hmac, Mac, digest::KeyInit};
use sha1::Sha1;
use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq;

/// The value of `X-Hub-Signature`: `sha1=` and 40 hex digits (contract webhooks 2.2, 2.3).
pub fn sha1_header(secret: &[u8], body: &[u8]) -> String {
    format!("sha1={}", hex(&mac::<Hmac<Sha1>>(secret, &[body])))
}

/// The value of `X-Hub-Signature-256`: `sha256=` and 64 hex digits (contract webhooks 2.2, 2.3).
pub fn sha256_header(secret: &[u8], body: &[u8]) -> String {
    format!("sha256={}", hex(&mac::<Hmac<Sha256>>(secret, &[body])))
}

/// Whether an `X-Hub-Signature-256` header belongs to these body bytes.
///
/// The prefix is lower case; the hex digits may be of either case.
pub fn verify_sha256(secret: &[u8], body: &[u8], header: &str) -> bool {
    header.strip_prefix("sha256=").is_some_and(|digits| same(&mac::<Hmac<Sha256>>(secret, &[body]), digits))
}

/// Whether an `X-Hub-Signature` header belongs to these body bytes; see [`verify_sha256`].
pub fn verify_sha1(secret: &[u8], body: &[u8], header: &str) -> bool {
    header.strip_prefix("sha1=").is_some_and(|digits| same(&mac::<Hmac<Sha1>>(secret, &[body]), digits))
}

/// The `appsecret_proof` for a token: lower-case hex of HMAC-SHA256 (contract graph 1.5).
pub fn appsecret_proof(app_secret: &[u8], token: &str) -> String {
    hex(&mac::<Hmac<Sha256>>(app_secret, &[token.as_bytes()]))
}

/// Whether `proof` is the [`appsecret_proof`] of this token, in hex digits of either case.
pub fn verify_appsecret_proof(app_secret: &[u8], token: &str, proof: &str) -> bool {
    same(&mac::<Hmac<Sha256>>(app_secret, &[token.as_bytes()]), proof)
}

/// The proof that goes with `appsecret_time`: over `{token}|{time}`, Unix seconds (contract graph 1.5).
///
/// How long it is valid is for the caller to decide, who knows the time.
pub fn timed_appsecret_proof(app_secret: &[u8], token: &str, time_secs: i64) -> String {
    hex(&mac::<Hmac<Sha256>>(app_secret, &[token.as_bytes(), b"|", time_secs.to_string().as_bytes()]))
}

/// SHA-1 as 40 lower-case hex digits, the form of an `ETag` (contract graph 1.9).
pub fn sha1_hex(bytes: &[u8]) -> String {
    hex(&Sha1::digest(bytes))
}

/// HMAC-SHA256 over these parts, one behind the other.
pub fn hmac_sha256(key: &[u8], parts: &[&[u8]]) -> [u8; 32] {
    let mut digest = [0; 32];
    digest.copy_from_slice(&mac::<Hmac<Sha256>>(key, parts));
    digest
}

/// SHA-256.
pub fn sha256(bytes: &[u8]) -> [u8; 32] {
    Sha256::digest(bytes).into()
}

fn mac<M: Mac + KeyInit>(key: &[u8], parts: &[&[u8]]) -> Vec<u8> {
    let mut mac = <M as Mac>::new_from_slice(key).expect("HMAC takes a key of any length");
    for part in parts {
        mac.update(part);
    }
    mac.finalize().into_bytes().to_vec()
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Compares in constant time; only the length and case of `digits`, which the sender chose, show.
fn same(expected: &[u8], digits: &str) -> bool {
    hex(expected).as_bytes().ct_eq(digits.to_ascii_lowercase().as_bytes()).into()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn digests_match_published_vectors() {
        let (key, text) = (b"key", b"The quick brown fox jumps over the lazy dog");
        assert_eq!(sha1_header(key, text), "sha1=de7c9b85b8b78aa6bc8a7a36f70a90701c9db4d9");
        assert_eq!(sha256_header(key, text), "sha256=f7bc83f430538424b13298e6aa6fb143ef4d59a14946175997479dbc2d1a3cd8");
        assert_eq!(sha1_hex(b"abc"), "a9993e364706816aba3e25717850c26c9cd0d89d");
        assert_eq!(hex(&sha256(b"abc")), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    }

    #[test]
    fn hex_may_be_upper_case_but_the_prefix_may_not() {
        let header = sha256_header(b"s", b"body");
        let digits = header.trim_start_matches("sha256=").to_uppercase();
        assert!(verify_sha256(b"s", b"body", &format!("sha256={digits}")));
        for wrong in [format!("SHA256={digits}"), digits.clone(), format!("sha1={digits}"), String::new()] {
            assert!(!verify_sha256(b"s", b"body", &wrong), "{wrong}");
        }
        assert!(!verify_sha256(b"s", b"body", &format!(" {header}")));
        assert!(!verify_sha256(b"s", b"body", &header[..header.len() - 2]));
    }

    #[test]
    fn a_timed_proof_covers_token_and_time() {
        assert_eq!(timed_appsecret_proof(b"s", "EAA", 1_764_000_000), appsecret_proof(b"s", "EAA|1764000000"));
        assert!(verify_appsecret_proof(b"s", "EAA|5", &timed_appsecret_proof(b"s", "EAA", 5)));
        assert!(!verify_appsecret_proof(b"s", "EAA", &timed_appsecret_proof(b"s", "EAA", 5)));
    }

    proptest! {
        #[test]
        fn only_the_same_secret_and_bytes_verify(secret: Vec<u8>, body: Vec<u8>, flip in any::<prop::sample::Index>()) {
            let (one, two) = (sha1_header(&secret, &body), sha256_header(&secret, &body));
            prop_assert!(verify_sha1(&secret, &body, &one) && verify_sha256(&secret, &body, &two));
            prop_assert!(!verify_sha1(&secret, &body, &two) && !verify_sha256(&secret, &body, &one));
            let mut other = body;
            other.push(0);
            let at = flip.index(other.len());
            other[at] ^= 1;
            prop_assert!(!verify_sha1(&secret, &other, &one) && !verify_sha256(&secret, &other, &two));
        }
    }
}
