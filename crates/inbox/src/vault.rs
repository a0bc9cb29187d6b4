//! Secrets at rest: tokens and app secrets are sealed with one key; what only has to be recognised is kept as a hash.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD_NO_PAD;
use chacha20poly1305::aead::{Aead, KeyInit};
use chacha20poly1305::{XChaCha20Poly1305, XNonce};
use secrecy::{ExposeSecret, SecretString};

use crate::clock::Entropy;

/// Length of the key that seals secrets, in bytes.
pub const KEY_BYTES: usize = 32;
const NONCE_BYTES: usize = 24;

/// Seals and opens secrets.
pub struct Vault(XChaCha20Poly1305);

/// A sealed secret did not open: the key is not the one it was sealed with, or the text was damaged.
#[derive(Debug, thiserror::Error)]
#[error("sealed secret does not open with this key")]
pub struct WrongKey;

impl Vault {
    /// A vault over a key that the operator keeps.
    pub fn new(key: &[u8; KEY_BYTES]) -> Self {
        Self(XChaCha20Poly1305::new(key.into()))
    }

    /// Seals a secret with a fresh nonce; the text is what is stored.
    pub fn seal(&self, secret: &SecretString, entropy: &dyn Entropy) -> String {
        let mut nonce = [0; NONCE_BYTES];
        entropy.fill(&mut nonce);
        let sealed = self.0.encrypt(XNonce::from_slice(&nonce), secret.expose_secret().as_bytes());
        let sealed = sealed.expect("a secret is far shorter than the cipher's limit");
        STANDARD_NO_PAD.encode(nonce.into_iter().chain(sealed).collect::<Vec<_>>())
    }

    /// Opens a sealed secret.
    ///
    /// # Errors
    /// [`WrongKey`].
    pub fn open(&self, sealed: &str) -> Result<SecretString, WrongKey> {
        let bytes = STANDARD_NO_PAD.decode(sealed).map_err(|_| WrongKey)?;
        let (nonce, ciphertext) = bytes.split_at_checked(NONCE_BYTES).ok_or(WrongKey)?;
        let plain = self.0.decrypt(XNonce::from_slice(nonce), ciphertext).map_err(|_| WrongKey)?;
        String::from_utf8(plain).map(SecretString::from).map_err(|_| WrongKey)
    }
}

/// The form in which a secret is kept that only has to be recognised.
pub fn hash(secret: &str) -> String {
    STANDARD_NO_PAD.encode(wire::signature::sha256(secret.as_bytes()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::Seeded;

    #[test]
    fn a_secret_opens_with_its_key_and_with_no_other() {
        let vault = Vault::new(&[7; KEY_BYTES]);
        let sealed = vault.seal(&SecretString::from("s3cr3t"), &Seeded::new(3));
        assert_eq!(vault.open(&sealed).unwrap().expose_secret(), "s3cr3t");
        assert!(!sealed.contains("s3cr3t"));
        assert!(Vault::new(&[8; KEY_BYTES]).open(&sealed).is_err());
        for damaged in [&sealed[1..], "", "!"] {
            assert!(vault.open(damaged).is_err());
        }
    }
}
