//! Why a signature does not hold: what was probably done to the header, the secret or the body on the way (contract
//! webhooks 2.3).
//!
//! For a developer who looks at a delivery afterwards. It tries what commonly goes wrong and compares in plain time, so it
//! guards no endpoint: that is [`verify_sha256`](super::verify_sha256) and its sister.

use std::fmt;

use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use hmac::Hmac;
use serde_json::Value;
use sha1::Sha1;
use sha2::Sha256;

use super::mac;
use crate::json::{Escape, to_ascii};
use crate::webhook::Envelope;

/// The digest of a signature (contract webhooks 2.2).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Algorithm {
    /// `sha1=`, in `X-Hub-Signature`.
    Sha1,
    /// `sha256=`, in `X-Hub-Signature-256`.
    Sha256,
}

impl Algorithm {
    /// Both, the older one first.
    pub const ALL: [Self; 2] = [Self::Sha1, Self::Sha256];

    /// What stands before the `=`.
    pub fn prefix(self) -> &'static str {
        match self {
            Self::Sha1 => "sha1",
            Self::Sha256 => "sha256",
        }
    }

    /// The header that carries it.
    pub fn header(self) -> &'static str {
        match self {
            Self::Sha1 => "X-Hub-Signature",
            Self::Sha256 => "X-Hub-Signature-256",
        }
    }

    /// The digest whose header this is, in any case.
    pub fn of_header(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|algorithm| algorithm.header().eq_ignore_ascii_case(name))
    }

    fn bytes(self) -> usize {
        match self {
            Self::Sha1 => 20,
            Self::Sha256 => 32,
        }
    }

    fn of(self, key: &[u8], body: &[u8]) -> Vec<u8> {
        match self {
            Self::Sha1 => mac::<Hmac<Sha1>>(key, &[body]),
            Self::Sha256 => mac::<Hmac<Sha256>>(key, &[body]),
        }
    }
}

/// Something that keeps a signature from holding. As text it is a phrase that says what to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// Blanks around the value.
    Blanks,
    /// No `sha1=` or `sha256=` before the digits.
    NoPrefix,
    /// The prefix is not in lower case.
    PrefixCase,
    /// The prefix is no digest that the platform uses.
    UnknownPrefix,
    /// The prefix names another digest than the digits are of.
    WrongPrefix(Algorithm),
    /// The header is that of the other digest.
    WrongHeader(Algorithm),
    /// The digits are in upper case.
    UpperCase,
    /// The digest is in base64.
    Base64,
    /// What should be digits is none, or has been cut: so many characters.
    NoDigest(usize),
    /// The secret has blanks at its ends.
    SecretBlanks,
    /// The secret is an app token.
    SecretIsToken,
    /// Another secret made it: its place among those that were given.
    OtherSecret(usize),
    /// There is no body.
    Empty,
    /// A byte order mark before the body.
    ByteOrderMark,
    /// Blanks or line breaks around the body.
    Padded,
    /// The body is a JSON text with the body in it.
    Quoted,
    /// Escapes of characters beyond ASCII were decoded.
    Decoded,
    /// `\/` was written as `/`.
    Slashes,
    /// Blanks between the tokens.
    Spaced,
    /// Members stand in another order.
    Reordered,
    /// Parsed and written again in some other way.
    Rewritten,
    /// Not the body was signed, but the same JSON with characters beyond ASCII as they are.
    SignedDecoded,
    /// Not the body was signed, but the same JSON in ASCII with bare slashes.
    SignedBareSlashes,
    /// The body is no JSON: it was cut or changed.
    NoJson,
    /// Nothing that is tried here fits.
    Unknown,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Blanks => "the header has blanks around it",
            Self::NoPrefix => "the header lacks `sha1=` or `sha256=` before the digits",
            Self::PrefixCase => "the prefix is not in lower case",
            Self::UnknownPrefix => "the prefix is neither `sha1=` nor `sha256=`",
            Self::WrongPrefix(is) => return write!(f, "the prefix is wrong: the digits are of {}", is.prefix()),
            Self::WrongHeader(is) => {
                return write!(f, "the header is wrong: {} belongs in {}", is.prefix(), is.header());
            }
            Self::UpperCase => "its digits are in upper case, the platform writes lower case",
            Self::Base64 => "the digest is in base64, the platform writes hex",
            Self::NoDigest(characters) => {
                return write!(f, "{characters} characters are no digest: 40 or 64 hex digits are");
            }
            Self::SecretBlanks => "the secret has blanks or a line break at its ends",
            Self::SecretIsToken => "the secret is an app token: only what stands behind the bar signs",
            Self::OtherSecret(_) => "it was made with the app's other secret",
            Self::Empty => "the body is empty: something read it before",
            Self::ByteOrderMark => "the body begins with a byte order mark that was not signed",
            Self::Padded => "the body has blanks or a line break at its ends that were not signed, as editors add them",
            Self::Quoted => "the body stands in quotes, as a text within JSON",
            Self::Decoded => {
                "\\u escapes were decoded: the body was parsed and written again, hash the bytes as they came"
            }
            Self::Slashes => "`\\/` became `/`: the body was parsed and written again, hash the bytes as they came",
            Self::Spaced => {
                "blanks stand between its tokens: the body was parsed and written again, hash the bytes as they came"
            }
            Self::Reordered => {
                "its members are in another order: the body was parsed and written again, hash the bytes as they came"
            }
            Self::Rewritten => "the body was parsed and written again, hash the bytes as they came",
            Self::SignedDecoded => "it was made over the decoded text, not over the bytes of the body",
            Self::SignedBareSlashes => "it was made over the text with bare slashes, not over the bytes of the body",
            Self::NoJson => "the body is no whole JSON: it was cut or changed",
            Self::Unknown => "it was made with another secret, or over another body",
        })
    }
}

/// What keeps `value` from being the signature that the platform puts on `body`; nothing when it holds.
///
/// `header` is the digest whose header the value stood in, where that is known. `others` are further secrets that the app
/// has or had; one of them may have signed.
pub fn faults(secret: &[u8], others: &[&[u8]], body: &[u8], header: Option<Algorithm>, value: &str) -> Vec<Fault> {
    let (mut faults, digest) = read(value);
    let Some((algorithm, digest)) = digest else { return faults };
    if header.is_some_and(|header| header != algorithm) {
        faults.push(Fault::WrongHeader(algorithm));
    }
    let (keys, bodies) = (keys(secret, others), bodies(body));
    for (key_fault, key) in &keys {
        for (body_faults, body) in &bodies {
            if algorithm.of(key, body) == digest {
                faults.extend(key_fault);
                faults.extend(body_faults);
                return faults;
            }
        }
    }
    faults.push(match body {
        [] => Fault::Empty,
        _ if serde_json::from_slice::<Value>(body).is_err() => Fault::NoJson,
        _ => Fault::Unknown,
    });
    faults
}

/// Digest and bytes of a header's value, if it has any, and what is wrong with how it is written.
fn read(value: &str) -> (Vec<Fault>, Option<(Algorithm, Vec<u8>)>) {
    let mut faults = Vec::new();
    let trimmed = value.trim();
    if trimmed != value {
        faults.push(Fault::Blanks);
    }
    // The padding of base64 is no prefix.
    let (prefix, digits) = match trimmed.split_once('=') {
        Some((prefix, digits)) if !digits.trim_matches('=').is_empty() => (Some(prefix), digits),
        _ => (None, trimmed),
    };
    let bytes = unhex(digits).or_else(|| {
        faults.push(Fault::Base64);
        STANDARD.decode(digits).or_else(|_| URL_SAFE_NO_PAD.decode(digits.trim_end_matches('='))).ok()
    });
    let found = bytes.and_then(|bytes| {
        let algorithm = Algorithm::ALL.into_iter().find(|algorithm| algorithm.bytes() == bytes.len())?;
        Some((algorithm, bytes))
    });
    let Some((algorithm, bytes)) = found else {
        faults.retain(|fault| *fault != Fault::Base64);
        faults.push(Fault::NoDigest(digits.chars().count()));
        return (faults, None);
    };
    let named = prefix.map(|prefix| Algorithm::ALL.into_iter().find(|a| a.prefix().eq_ignore_ascii_case(prefix)));
    match named {
        None => faults.push(Fault::NoPrefix),
        Some(None) => faults.push(Fault::UnknownPrefix),
        Some(Some(named)) if named != algorithm => faults.push(Fault::WrongPrefix(algorithm)),
        Some(Some(named)) if prefix != Some(named.prefix()) => faults.push(Fault::PrefixCase),
        Some(Some(_)) => {}
    }
    if !faults.contains(&Fault::Base64) && digits.bytes().any(|byte| byte.is_ascii_uppercase()) {
        faults.push(Fault::UpperCase);
    }
    (faults, Some((algorithm, bytes)))
}

fn unhex(digits: &str) -> Option<Vec<u8>> {
    let nibbles: Option<Vec<u8>> =
        digits.chars().map(|c| c.to_digit(16).and_then(|digit| u8::try_from(digit).ok())).collect();
    let nibbles = nibbles.filter(|nibbles| nibbles.len() % 2 == 0)?;
    Some(nibbles.chunks_exact(2).map(|pair| pair[0] << 4 | pair[1]).collect())
}

/// The keys that may have signed, the right one first.
fn keys<'a>(secret: &'a [u8], others: &[&'a [u8]]) -> Vec<(Option<Fault>, &'a [u8])> {
    let mut keys = vec![(None, secret), (Some(Fault::SecretBlanks), secret.trim_ascii())];
    if let Some(bar) = secret.iter().position(|byte| *byte == b'|') {
        keys.push((Some(Fault::SecretIsToken), &secret[bar + 1..]));
    }
    keys.extend(others.iter().enumerate().map(|(place, other)| (Some(Fault::OtherSecret(place)), *other)));
    keys
}

/// What may have been signed, with what became of it on the way to `body`.
fn bodies(body: &[u8]) -> Vec<(Vec<Fault>, Vec<u8>)> {
    let mut around = Vec::new();
    let mut bare = body;
    if let Some(rest) = bare.strip_prefix("\u{feff}".as_bytes()) {
        around.push(Fault::ByteOrderMark);
        bare = rest;
    }
    if bare.trim_ascii() != bare {
        around.push(Fault::Padded);
        bare = bare.trim_ascii();
    }
    let mut found = vec![(Vec::new(), body.to_vec()), (around.clone(), bare.to_vec())];
    let Ok(value) = serde_json::from_slice::<Value>(bare) else { return found };
    let mut add = |what: &[Fault], body: String| found.push(([around.as_slice(), what].concat(), body.into_bytes()));
    if let Value::String(text) = &value {
        add(&[Fault::Quoted], text.clone());
    }
    // A value that was read from JSON can always be written.
    let Ok(written) = to_ascii(&value, Escape::Webhook) else { return found };
    let sent = rewritten(bare, &written);
    add(&[Fault::SignedDecoded], value.to_string());
    add(&[Fault::SignedBareSlashes], written.replace(r"\/", "/"));
    if let Ok(envelope) = serde_json::from_value::<Envelope>(value)
        && let Ok(ordered) = to_ascii(&envelope, Escape::Webhook)
        && ordered != written
    {
        let also: Vec<Fault> = sent.iter().copied().filter(|fault| *fault != Fault::Rewritten).collect();
        add(&[also.as_slice(), &[Fault::Reordered]].concat(), ordered);
    }
    add(&sent, written);
    found
}

/// How `bare` differs from the platform's own way to write it.
fn rewritten(bare: &[u8], written: &str) -> Vec<Fault> {
    let text = String::from_utf8_lossy(bare);
    let mut faults = Vec::new();
    if !text.is_ascii() {
        faults.push(Fault::Decoded);
    }
    let escaped = |text: &str| text.matches(r"\/").count();
    if escaped(&text) < escaped(written) {
        faults.push(Fault::Slashes);
    }
    if has_blanks(&text) {
        faults.push(Fault::Spaced);
    }
    if faults.is_empty() {
        faults.push(Fault::Rewritten);
    }
    faults
}

/// Whether a JSON text has blanks outside its strings.
fn has_blanks(text: &str) -> bool {
    let (mut inside, mut escaped) = (false, false);
    text.bytes().any(|byte| {
        match byte {
            _ if escaped => escaped = false,
            b'\\' => escaped = inside,
            b'"' => inside = !inside,
            _ => {}
        }
        !inside && byte.is_ascii_whitespace()
    })
}

#[cfg(test)]
mod tests;
