//! Readers for values that some senders write as a number and others as a string.

use serde::{Deserialize, Deserializer, de::Error};
use serde_json::Value;

/// A text, or a number as its digits.
pub(super) fn text<'de, D: Deserializer<'de>>(deserializer: D) -> Result<String, D::Error> {
    match Value::deserialize(deserializer)? {
        Value::String(text) => Ok(text),
        Value::Number(number) => Ok(number.to_string()),
        _ => Err(D::Error::custom("expected a string or a number")),
    }
}

/// An integer, or a string of its digits.
pub(super) fn integer<'de, D: Deserializer<'de>>(deserializer: D) -> Result<i64, D::Error> {
    let number = match Value::deserialize(deserializer)? {
        Value::Number(number) => number.as_i64(),
        Value::String(digits) => digits.parse().ok(),
        _ => None,
    };
    number.ok_or_else(|| D::Error::custom("expected an integer or its digits"))
}

/// Whether a flag is left out when writing.
pub(super) fn is_false(flag: &bool) -> bool {
    !*flag
}
