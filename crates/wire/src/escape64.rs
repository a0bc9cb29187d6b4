//! Base64 in which the letter `Z` is an escape, so that ids and cursors are letters and digits only.
//!
//! The standard alphabet has three characters that need care in a URL. The Graph API writes them, and `Z` itself, as
//! `Z` and a second letter, and drops the padding (contract send 2.2).

use base64::{Engine, engine::general_purpose::STANDARD_NO_PAD};

const ESCAPES: [(char, char); 4] = [('Z', 'A'), ('+', 'B'), ('/', 'C'), ('=', 'D')];

/// Writes bytes as escaped base64 without padding; the result matches `[A-Za-z0-9]*`.
pub fn encode(bytes: impl AsRef<[u8]>) -> String {
    let plain = STANDARD_NO_PAD.encode(bytes);
    let mut escaped = String::with_capacity(plain.len() + 8);
    for letter in plain.chars() {
        match ESCAPES.iter().find(|(raw, _)| *raw == letter) {
            Some((_, code)) => escaped.extend(['Z', *code]),
            None => escaped.push(letter),
        }
    }
    escaped
}

/// Reads what [`encode`] writes and nothing else: each accepted text is the only one for its bytes.
pub fn decode(text: &str) -> Option<Vec<u8>> {
    let mut plain = String::with_capacity(text.len());
    let mut letters = text.chars();
    while let Some(letter) = letters.next() {
        plain.push(match letter {
            'Z' => {
                let code = letters.next()?;
                ESCAPES.iter().find(|(_, known)| *known == code)?.0
            }
            other if other.is_ascii_alphanumeric() => other,
            _ => return None,
        });
    }
    STANDARD_NO_PAD.decode(plain).ok()
}

#[cfg(test)]
mod tests {
    use super::{decode, encode};
    use proptest::prelude::*;

    #[test]
    fn every_special_letter_has_its_escape() {
        assert_eq!(encode([0x64, 0x00, 0x00]), "ZAAAA");
        assert_eq!(encode([0xfb, 0xef, 0xff]), "ZBZBZCZC");
        assert_eq!(decode("ZBZBZCZC"), Some(vec![0xfb, 0xef, 0xff]));
    }

    #[test]
    fn raw_specials_padding_and_dangling_escapes_are_refused() {
        for text in ["Z", "ZE", "AAA+", "AAA/", "AA==", "AAZDZD", "A", "AB", "AAA\u{e5}"] {
            assert_eq!(decode(text), None, "{text}");
        }
    }

    proptest! {
        #[test]
        fn bytes_come_back(bytes in proptest::collection::vec(any::<u8>(), 0..100)) {
            let text = encode(&bytes);
            prop_assert!(text.bytes().all(|b| b.is_ascii_alphanumeric()));
            prop_assert_eq!(decode(&text), Some(bytes));
        }

        #[test]
        fn an_accepted_text_is_the_only_one(text in "[A-Za-z0-9]{0,40}") {
            if let Some(bytes) = decode(&text) {
                prop_assert_eq!(encode(bytes), text);
            }
        }
    }
}
