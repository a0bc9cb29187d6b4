//! Loose JSON: what Meta's own samples send where JSON belongs, such as `{'id':'1'}` and `{id:1}`.

use serde_json::Value;
use std::iter::Peekable;
use std::str::Chars;

/// How deep loose JSON may nest.
pub const MAX_DEPTH: usize = 32;

/// Why a text is neither JSON nor loose JSON.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum LooseError {
    /// The text breaks the grammar; holds what the JSON parser said about the text as given.
    #[error("malformed JSON: {0}")]
    Malformed(String),
    /// The text nests deeper than [`MAX_DEPTH`].
    #[error("JSON nests deeper than {MAX_DEPTH} levels")]
    TooDeep,
}

/// Reads JSON, or loose JSON: single-quoted strings and bare keys (contract send 0.2, clients 4).
///
/// Strict JSON is tried first, so it always means what it says. Trailing commas are refused.
pub fn parse(text: &str) -> Result<Value, LooseError> {
    serde_json::from_str(text).or_else(|error| {
        let strict = tighten(text)?;
        serde_json::from_str(&strict).map_err(|_| LooseError::Malformed(error.to_string()))
    })
}

/// Rewrites loose JSON as strict JSON: quotes become double, bare keys are quoted, all else stays for the strict parser.
fn tighten(text: &str) -> Result<String, LooseError> {
    let mut out = String::with_capacity(text.len() + 16);
    let mut chars = text.chars().peekable();
    let mut depth = 0_usize;
    while let Some(char) = chars.next() {
        match char {
            '\'' | '"' => string(char, &mut chars, &mut out),
            '{' | '[' => {
                depth += 1;
                if depth > MAX_DEPTH {
                    return Err(LooseError::TooDeep);
                }
                out.push(char);
            }
            '}' | ']' => {
                depth = depth.saturating_sub(1);
                out.push(char);
            }
            _ if in_word(char) => word(char, &mut chars, &mut out),
            _ => out.push(char),
        }
    }
    Ok(out)
}

/// Copies a string up to its closing quote and puts it between double quotes.
fn string(quote: char, chars: &mut Peekable<Chars<'_>>, out: &mut String) {
    out.push('"');
    while let Some(char) = chars.next() {
        match char {
            _ if char == quote => {
                out.push('"');
                return;
            }
            '"' => out.push_str("\\\""),
            '\\' => match chars.next() {
                Some('\'') => out.push('\''),
                Some(escaped) => out.extend(['\\', escaped]),
                None => out.push('\\'),
            },
            _ => out.push(char),
        }
    }
}

/// Copies a word or number, quoted when a colon follows and so makes it a key.
fn word(first: char, chars: &mut Peekable<Chars<'_>>, out: &mut String) {
    let mut word = String::from(first);
    while let Some(char) = chars.next_if(|char| in_word(*char)) {
        word.push(char);
    }
    let mut space = String::new();
    while let Some(char) = chars.next_if(|char| char.is_ascii_whitespace()) {
        space.push(char);
    }
    if chars.peek() == Some(&':') {
        word = format!("\"{word}\"");
    }
    out.push_str(&word);
    out.push_str(&space);
}

/// Whether a character belongs to a bare key, a number or a literal.
fn in_word(char: char) -> bool {
    char.is_ascii_alphanumeric() || matches!(char, '_' | '$' | '-' | '+' | '.')
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use serde_json::json;

    #[test]
    fn the_forms_of_the_samples_are_read() {
        for (text, value) in [
            (r#"{"id":"1"}"#, json!({"id": "1"})),
            ("{'id':'1'}", json!({"id": "1"})),
            ("{id:1}", json!({"id": 1})),
            ("{ id : '1', text: \"it's\" }", json!({"id": "1", "text": "it's"})),
            ("['a', 'b']", json!(["a", "b"])),
            (r"{'text':'it\'s \u00e9 \ud83d\udc4b'}", json!({"text": "it's é 👋"})),
            (r#"{text:'say "hi"'}"#, json!({"text": "say \"hi\""})),
            (
                "{attachment:{type:'image',payload:{is_reusable:true}}}",
                json!({"attachment": {"type": "image", "payload": {"is_reusable": true}}}),
            ),
            ("{1:-2.5e1,n:null}", json!({"1": -25.0, "n": null})),
            ("{a:'x:y'}", json!({"a": "x:y"})),
        ] {
            assert_eq!(parse(text), Ok(value), "{text}");
        }
    }

    #[test]
    fn what_is_not_loose_json_is_refused() {
        for text in ["", "{id:1,}", "['a',]", "{id}", "{id:b}", "{'id':'1'", "{'id':'1\\", "{'a'}", "'a' 'b'", "[a]"] {
            assert!(matches!(parse(text), Err(LooseError::Malformed(_))), "{text}");
        }
    }

    #[test]
    fn loose_nesting_ends_at_the_limit() {
        let nest = |depth: usize| format!("{}'x'{}", "[".repeat(depth), "]".repeat(depth));
        assert!(parse(&nest(MAX_DEPTH)).is_ok());
        assert_eq!(parse(&nest(MAX_DEPTH + 1)), Err(LooseError::TooDeep));
        assert_eq!(parse(&nest(100_000)), Err(LooseError::TooDeep));
    }

    fn value() -> impl Strategy<Value = Value> {
        let leaf = prop_oneof![
            Just(Value::Null),
            any::<bool>().prop_map(Value::from),
            any::<i64>().prop_map(Value::from),
            any::<String>().prop_map(Value::from),
        ];
        leaf.prop_recursive(4, 32, 6, |inner| {
            prop_oneof![
                prop::collection::vec(inner.clone(), 0..6).prop_map(Value::from),
                prop::collection::btree_map(any::<String>(), inner, 0..6)
                    .prop_map(|members| Value::Object(members.into_iter().collect())),
            ]
        })
    }

    proptest! {
        #[test]
        fn no_text_makes_it_panic(text in any::<String>(), loose in "[\\[\\]{}:,'\"\\\\a1 ]{0,40}") {
            let _ = (parse(&text), parse(&loose));
        }

        #[test]
        fn strict_json_means_the_same(value in value()) {
            let text = value.to_string();
            prop_assert_eq!(parse(&text), Ok(value.clone()));
            let tightened: Value = serde_json::from_str(&tighten(&text).unwrap()).unwrap();
            prop_assert_eq!(tightened, value);
        }
    }
}
