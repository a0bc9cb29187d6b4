//! Secrets at rest: app secrets are sealed with one key, tokens are kept only as hashes (design, invariant 7).

use chacha20poly1305::aead::{Aead, KeyInit};
use chacha20poly1305::{XChaCha20Poly1305, XNonce};
use secrecy::{ExposeSecret, SecretString};

use crate::ids::{Ids, hex};

/// Length of the key that seals secrets, in bytes.
pub const KEY_BYTES: usize = 32;
const NONCE_BYTES: usize = 24;

/// A secret as it lies in the store: nonce and ciphertext. It opens only with the vault's key.
#[derive(Clone, PartialEq, Eq)]
pub struct Sealed(pub Vec<u8>);

impl Sealed {
    /// As text, for a setting.
    pub fn to_text(&self) -> String {
        hex(&self.0)
    }

    /// What [`Sealed::to_text`] wrote.
    pub fn from_text(text: &str) -> Option<Self> {
        let pairs = (0..text.len()).step_by(2).map(|at| text.get(at..at + 2));
        pairs.map(|pair| u8::from_str_radix(pair?, 16).ok()).collect::<Option<_>>().map(Self)
    }
}

impl std::fmt::Debug for Sealed {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Sealed(..)")
    }
}

/// SHA-256 of a token; the only form in which a token is stored.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct TokenHash(pub [u8; 32]);

impl TokenHash {
    /// The hash under which a token is looked up.
    pub fn of(token: &str) -> Self {
        Self(wire::signature::sha256(token.as_bytes()))
    }
}

impl std::fmt::Debug for TokenHash {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "TokenHash({:02x}{:02x}..)", self.0[0], self.0[1])
    }
}

/// Seals and opens secrets.
pub struct Vault {
    cipher: XChaCha20Poly1305,
    signing_key: [u8; KEY_BYTES],
}

/// A sealed secret did not open: the key is not the one it was sealed with, or the bytes were damaged.
#[derive(Debug, thiserror::Error)]
#[error("sealed secret does not open with this key")]
pub struct WrongKey;

impl Vault {
    /// A vault over a key that the operator keeps.
    pub fn new(key: &[u8; KEY_BYTES]) -> Self {
        // A key of its own for signatures: what opens secrets is used for nothing else.
        let signing_key = wire::signature::hmac_sha256(key, &[b"parlance signatures"]);
        Self { cipher: XChaCha20Poly1305::new(key.into()), signing_key }
    }

    /// Seals a secret with a fresh nonce.
    pub fn seal(&self, secret: &SecretString, ids: &Ids) -> Sealed {
        let nonce = ids.random::<NONCE_BYTES>();
        let sealed = self
            .cipher
            .encrypt(XNonce::from_slice(&nonce), secret.expose_secret().as_bytes())
            .expect("a secret is far shorter than the cipher's limit");
        Sealed(nonce.into_iter().chain(sealed).collect())
    }

    /// A signature that whoever holds the key, on any node, can make again and nobody else can. `purpose` keeps apart what
    /// is signed for different ends.
    pub fn sign(&self, purpose: &str, parts: &[&[u8]]) -> [u8; 32] {
        let key = wire::signature::hmac_sha256(&self.signing_key, &[purpose.as_bytes()]);
        wire::signature::hmac_sha256(&key, parts)
    }

    /// Opens a sealed secret.
    ///
    /// # Errors
    /// [`WrongKey`] when it was sealed with another key or is damaged.
    pub fn open(&self, sealed: &Sealed) -> Result<SecretString, WrongKey> {
        let (nonce, ciphertext) = sealed.0.split_at_checked(NONCE_BYTES).ok_or(WrongKey)?;
        let plain = self.cipher.decrypt(XNonce::from_slice(nonce), ciphertext).map_err(|_| WrongKey)?;
        String::from_utf8(plain).map(SecretString::from).map_err(|_| WrongKey)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::SeededEntropy;

    #[test]
    fn a_secret_opens_with_its_key_and_with_no_other() {
        let ids = Ids::new(SeededEntropy::new(3));
        let vault = Vault::new(&[7; KEY_BYTES]);
        let sealed = vault.seal(&SecretString::from("s3cr3t"), &ids);
        assert_eq!(vault.open(&sealed).unwrap().expose_secret(), "s3cr3t");
        assert!(Sealed::from_text(&sealed.to_text()).is_some_and(|read| read == sealed));
        assert!(["x0", "0", "0ü"].into_iter().all(|text| Sealed::from_text(text).is_none()));
        assert!(Vault::new(&[8; KEY_BYTES]).open(&sealed).is_err());
        let mut damaged = sealed;
        damaged.0[30] ^= 1;
        assert!(vault.open(&damaged).is_err());
        assert!(vault.open(&Sealed(vec![1, 2])).is_err());
    }

    #[test]
    fn a_signature_belongs_to_its_key_its_purpose_and_its_parts() {
        let sign = |key: u8, purpose, parts: &[&[u8]]| Vault::new(&[key; KEY_BYTES]).sign(purpose, parts);
        let signature = sign(7, "media", &[b"1", b"2"]);
        assert_eq!(signature, sign(7, "media", &[b"12"]), "callers see to it that parts cannot flow into each other");
        assert_ne!(signature, sign(8, "media", &[b"12"]));
        assert_ne!(signature, sign(7, "other", &[b"12"]));
        assert_ne!(signature, sign(7, "media", &[b"13"]));
    }

    #[test]
    fn neither_a_sealed_secret_nor_a_hash_shows_itself_in_a_log() {
        let ids = Ids::new(SeededEntropy::new(3));
        let sealed = Vault::new(&[7; KEY_BYTES]).seal(&SecretString::from("s3cr3t"), &ids);
        assert_eq!(format!("{sealed:?}"), "Sealed(..)");
        assert!(format!("{:?}", TokenHash::of("EAAx")).len() < 20);
    }
}
