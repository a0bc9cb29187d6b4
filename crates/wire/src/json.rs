//! Compact JSON in pure ASCII, escaped the way the platform does it.
//!
//! A webhook's signature is computed over the bytes that are sent, so those bytes must be exactly these
//! (contract webhooks 2.3, graph 1.9).

use std::io::{self, Write};

use serde::Serialize;
use serde_json::ser::{Formatter, Serializer};

/// Which characters are escaped beyond what JSON itself demands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Escape {
    /// Webhook bodies: all that is not ASCII, and `/` as `\/` (contract webhooks 2.3).
    Webhook,
    /// Graph answers: as webhooks, and `@` and `%` as `\u0040` and `\u0025` (contract graph 1.9).
    Graph,
}

/// Serialises a value as compact ASCII JSON; keys are escaped like texts.
///
/// A `RawValue` keeps its own slashes, since they may be escaped already.
///
/// Errors: whatever the value's own `Serialize` reports, and map keys that are not strings.
pub fn to_ascii<T: Serialize>(value: &T, escape: Escape) -> Result<String, serde_json::Error> {
    let mut bytes = Vec::with_capacity(256);
    value.serialize(&mut Serializer::with_formatter(&mut bytes, Ascii(escape)))?;
    Ok(String::from_utf8(bytes).expect("everything beyond ASCII was escaped"))
}

struct Ascii(Escape);

impl Ascii {
    fn escapes(&self, character: char) -> bool {
        !character.is_ascii() || (self.0 == Escape::Graph && matches!(character, '@' | '%'))
    }
}

impl Formatter for Ascii {
    fn write_string_fragment<W: ?Sized + Write>(&mut self, writer: &mut W, fragment: &str) -> io::Result<()> {
        write_escaped(writer, fragment, |c| c == '/' || self.escapes(c))
    }

    fn write_raw_fragment<W: ?Sized + Write>(&mut self, writer: &mut W, fragment: &str) -> io::Result<()> {
        write_escaped(writer, fragment, |c| self.escapes(c))
    }
}

fn write_escaped<W: ?Sized + Write>(writer: &mut W, text: &str, escapes: impl Fn(char) -> bool) -> io::Result<()> {
    let mut plain_from = 0;
    for (at, character) in text.char_indices().filter(|(_, c)| escapes(*c)) {
        writer.write_all(&text.as_bytes()[plain_from..at])?;
        plain_from = at + character.len_utf8();
        if character == '/' {
            writer.write_all(br"\/")?;
            continue;
        }
        for unit in character.encode_utf16(&mut [0; 2]) {
            write!(writer, "\\u{unit:04x}")?;
        }
    }
    writer.write_all(&text.as_bytes()[plain_from..])
}

#[cfg(test)]
mod tests {
    use super::{Escape, to_ascii};
    use crate::signature;
    use proptest::prelude::*;
    use serde_json::{Map, Value, json, value::RawValue};

    /// The body of contract webhooks 2.3, which was signed by somebody else's code.
    const BODY: &str = r#"{"object":"instagram","entry":[{"id":"17840000000000001","time":1764000000500,"messaging":[{"sender":{"id":"900000000000001"},"recipient":{"id":"17840000000000001"},"timestamp":1764000000123,"message":{"mid":"aWdfZAGVzdDE","text":"hej \u00e5\u00e4\u00f6 \ud83d\ude42"}}]}]}"#;
    const SECRET: &[u8] = b"fixture_app_secret_0001";

    #[test]
    fn the_contract_s_body_comes_out_byte_for_byte_and_signs() {
        let value: Value = serde_json::from_str(BODY).unwrap();
        let body = to_ascii(&value, Escape::Webhook).unwrap();
        assert_eq!(body, BODY);
        assert_eq!(body.len(), 273);
        assert_eq!(signature::sha1_header(SECRET, body.as_bytes()), "sha1=ec36192abeab0b4c632fb42db1f23a6e631d8e19");
        let header = "sha256=86add1f6e843a35a152aeaa997340811f6f27565b5f22a0e1775d00910af5d3f";
        assert_eq!(signature::sha256_header(SECRET, body.as_bytes()), header);
        assert!(!signature::verify_sha256(SECRET, value.to_string().as_bytes(), header));
    }

    #[test]
    fn the_two_flavours_differ_in_at_and_percent() {
        let value = json!({"a/\u{e5}@": "50% </\u{1f642}>\u{7f}\n\""});
        assert_eq!(
            to_ascii(&value, Escape::Webhook).unwrap(),
            "{\"a\\/\\u00e5@\":\"50% <\\/\\ud83d\\ude42>\u{7f}\\n\\\"\"}"
        );
        assert_eq!(
            to_ascii(&value, Escape::Graph).unwrap(),
            "{\"a\\/\\u00e5\\u0040\":\"50\\u0025 <\\/\\ud83d\\ude42>\u{7f}\\n\\\"\"}"
        );
    }

    #[test]
    fn raw_json_stays_valid_and_becomes_ascii() {
        let raw = RawValue::from_string("{\"u\":\"https:\\/\\/x/\u{e5}@\"}".into()).unwrap();
        assert_eq!(to_ascii(&raw, Escape::Graph).unwrap(), r#"{"u":"https:\/\/x/\u00e5\u0040"}"#);
    }

    fn any_json() -> impl Strategy<Value = Value> {
        let leaf = prop_oneof![
            Just(Value::Null),
            any::<bool>().prop_map(Value::from),
            any::<i64>().prop_map(Value::from),
            any::<String>().prop_map(Value::from),
            "[/@%\\\\\"\u{0}-\u{ff}\u{fffe}-\u{10010}]{0,20}".prop_map(Value::from),
        ];
        leaf.prop_recursive(3, 24, 6, |inner| {
            prop_oneof![
                proptest::collection::vec(inner.clone(), 0..6).prop_map(Value::from),
                proptest::collection::vec((any::<String>(), inner), 0..6)
                    .prop_map(|pairs| Value::Object(pairs.into_iter().collect::<Map<_, _>>())),
            ]
        })
    }

    proptest! {
        #[test]
        fn any_value_parses_back_from_ascii(value in any_json()) {
            for escape in [Escape::Webhook, Escape::Graph] {
                let text = to_ascii(&value, escape).unwrap();
                prop_assert!(text.is_ascii());
                prop_assert_eq!(&serde_json::from_str::<Value>(&text).unwrap(), &value);
            }
        }
    }
}
