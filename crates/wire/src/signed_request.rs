//! `signed_request`, which the login product posts to an app when somebody leaves it (contract graph 6.9).
//!
//! Two parts in base64url with a point between: the HMAC-SHA256 of the second part as it is written, and JSON.

use base64::Engine;
use base64::alphabet::URL_SAFE;
use base64::engine::general_purpose::{GeneralPurpose, URL_SAFE_NO_PAD};
use base64::engine::{DecodePaddingMode, GeneralPurposeConfig};
use subtle::ConstantTimeEq;

use crate::signature::hmac_sha256;

/// Padding is not written and not minded.
const TOLERANT: GeneralPurpose = GeneralPurpose::new(
    &URL_SAFE,
    GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent),
);

/// Signs a payload. The result needs no escaping in a form.
pub fn sign(secret: &[u8], payload: &str) -> String {
    let payload = URL_SAFE_NO_PAD.encode(payload);
    let signature = URL_SAFE_NO_PAD.encode(hmac_sha256(secret, &[payload.as_bytes()]));
    format!("{signature}.{payload}")
}

/// The payload, when the signature belongs to it.
pub fn open(secret: &[u8], signed: &str) -> Option<Vec<u8>> {
    let (signature, payload) = signed.split_once('.')?;
    let given = TOLERANT.decode(signature).ok()?;
    let genuine: bool = hmac_sha256(secret, &[payload.as_bytes()]).ct_eq(&given).into();
    genuine.then(|| TOLERANT.decode(payload).ok())?
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn the_signature_is_over_the_encoded_payload() {
        // Computed with another implementation of HMAC and base64url.
        let signed = sign(b"secret", r#"{"user_id":"555"}"#);
        assert_eq!(signed, "ekJ4_P3JezaGAzvC3lLyfI2Se0qzdOCdnT8KRJzE33o.eyJ1c2VyX2lkIjoiNTU1In0");
        assert_eq!(open(b"secret", &signed).as_deref(), Some(br#"{"user_id":"555"}"#.as_slice()));
    }

    #[test]
    fn padding_is_not_minded_and_anything_else_is() {
        let (signature, payload) =
            sign(b"s", r#"{"a":"b"}"#).split_once('.').map(|(a, b)| (a.to_owned(), b.to_owned())).unwrap();
        assert!(open(b"s", &format!("{signature}=.{payload}")).is_some());
        for wrong in
            [format!("{signature}.{payload}A"), format!("{signature}{payload}"), payload, signature, String::new()]
        {
            assert_eq!(open(b"s", &wrong), None, "{wrong}");
        }
    }

    proptest! {
        #[test]
        fn whatever_was_signed_opens_with_the_same_secret_only(secret: Vec<u8>, other: Vec<u8>, payload: String) {
            let signed = sign(&secret, &payload);
            let plain = |letter: u8| letter.is_ascii_alphanumeric() || b"-_.".contains(&letter);
            prop_assert!(signed.bytes().all(plain));
            prop_assert_eq!(open(&secret, &signed), Some(payload.into_bytes()));
            prop_assert!(secret == other || open(&other, &signed).is_none());
        }
    }
}
