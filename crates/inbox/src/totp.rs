//! One-time codes of an authenticator: RFC 6238 with SHA-1, six digits, steps of 30 seconds, which is what every
//! authenticator understands.

use hmac::{Hmac, Mac};
use sha1::Sha1;
use wire::time::Millis;

use crate::clock::Entropy;

/// Length of a step, in milliseconds.
const STEP: i64 = 30_000;
/// Letters of base 32, in which authenticators take secrets.
const LETTERS: &[u8; 32] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

/// A new secret, in base 32.
pub fn new_secret(entropy: &dyn Entropy) -> String {
    let mut bytes = [0; 32];
    entropy.fill(&mut bytes);
    bytes.iter().map(|byte| char::from(LETTERS[usize::from(byte & 31)])).collect()
}

/// The address that an authenticator scans as a picture.
pub fn address(secret: &str, email: &str) -> String {
    let email: String = form_urlencoded::byte_serialize(email.as_bytes()).collect();
    format!("otpauth://totp/Parlance:{email}?secret={secret}&issuer=Parlance")
}

/// The step that a code belongs to, if it is that of now, of the one before or of the one behind, since clocks differ.
pub fn step(secret: &str, code: &str, now: Millis) -> Option<u64> {
    let key = bytes(secret)?;
    let current = u64::try_from(now.get().div_euclid(STEP)).ok()?;
    let wanted = code.trim();
    [current, current.saturating_sub(1), current + 1].into_iter().find(|step| {
        let code = format!("{:06}", self::code(&key, *step));
        subtle::ConstantTimeEq::ct_eq(code.as_bytes(), wanted.as_bytes()).into()
    })
}

fn code(key: &[u8], step: u64) -> u32 {
    let mut mac = <Hmac<Sha1> as Mac>::new_from_slice(key).expect("HMAC takes a key of any length");
    mac.update(&step.to_be_bytes());
    let digest = mac.finalize().into_bytes();
    let at = usize::from(digest[19] & 15);
    let number = u32::from_be_bytes([digest[at], digest[at + 1], digest[at + 2], digest[at + 3]]);
    (number & 0x7fff_ffff) % 1_000_000
}

fn bytes(secret: &str) -> Option<Vec<u8>> {
    let (mut bits, mut held, mut bytes) = (0_u32, 0_u32, Vec::new());
    for letter in secret.bytes() {
        let five = LETTERS.iter().position(|known| *known == letter)?;
        (bits, held) = ((bits << 5) | u32::try_from(five).ok()?, held + 5);
        if held >= 8 {
            held -= 8;
            bytes.push(u8::try_from((bits >> held) & 255).ok()?);
        }
    }
    Some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::Seeded;

    /// The secret of RFC 6238, `12345678901234567890`, and the last six digits of its codes.
    const SECRET: &str = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";

    #[test]
    fn codes_are_those_of_the_standard() {
        for (seconds, code) in
            [(59, "287082"), (1_111_111_109, "081804"), (1_234_567_890, "005924"), (20_000_000_000, "353130")]
        {
            let now = Millis::new(seconds * 1000);
            assert_eq!(step(SECRET, code, now), Some(u64::try_from(seconds / 30).unwrap()), "{code}");
            assert_eq!(step(SECRET, code, Millis::new((seconds + 30) * 1000)), step(SECRET, code, now), "a step late");
            assert_eq!(step(SECRET, code, Millis::new((seconds + 90) * 1000)), None, "too late");
        }
        assert_eq!(step(SECRET, "", Millis::new(59_000)), None);
        assert_eq!(step("no base 32", "287082", Millis::new(59_000)), None);
    }

    #[test]
    fn a_new_secret_is_read_back_and_fits_an_address() {
        let secret = new_secret(&Seeded::new(5));
        assert_eq!(bytes(&secret).unwrap().len(), 20);
        assert!(address(&secret, "ana+b@desk.test").contains("Parlance:ana%2Bb%40desk.test?secret="));
    }
}
