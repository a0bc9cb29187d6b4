//! Reading parameters with the tolerance that clients rely on (contract graph 1.4, send 0.2, clients 2 to 5).
//!
//! Everywhere but in [`Params::text`], a parameter that is null or blank counts as absent.

use super::Params;
use crate::error::{GraphError, PARAMETER_DETAIL, PARAMETER_JSON, PARAMETER_ONE_OF, PARAMETER_REQUIRED};
use crate::loose;
use serde_json::{Map, Value};

impl Params {
    /// A parameter as text: a string as it is, a number or boolean printed, a list or object as JSON; `None` when absent or null.
    pub fn text(&self, name: &str) -> Result<Option<String>, GraphError> {
        Ok(self.get(name).and_then(printed))
    }

    /// A parameter as text that must be there and not blank.
    ///
    /// # Errors
    /// [`PARAMETER_REQUIRED`].
    pub fn require_text(&self, name: &str) -> Result<String, GraphError> {
        let text = self.text(name)?.filter(|text| !text.trim().is_empty());
        text.ok_or_else(|| GraphError::new(&PARAMETER_REQUIRED).with(name))
    }

    /// A yes or no: `true`, `false`, `1`, `0`, as themselves or as text in any case.
    ///
    /// # Errors
    /// [`PARAMETER_DETAIL`] for anything else.
    pub fn flag(&self, name: &str) -> Result<Option<bool>, GraphError> {
        let Some(text) = self.filled(name) else { return Ok(None) };
        match text.to_ascii_lowercase().as_str() {
            "true" | "1" => Ok(Some(true)),
            "false" | "0" => Ok(Some(false)),
            _ => Err(must_be(name, "a boolean")),
        }
    }

    /// A whole number, as itself or as text.
    ///
    /// # Errors
    /// [`PARAMETER_DETAIL`] for anything else.
    pub fn number(&self, name: &str) -> Result<Option<i64>, GraphError> {
        let Some(text) = self.filled(name) else { return Ok(None) };
        text.parse().map(Some).map_err(|_| must_be(name, "an integer"))
    }

    /// A list of texts: an array, JSON or loose JSON text of one, or texts between commas; empty when absent.
    ///
    /// # Errors
    /// [`PARAMETER_DETAIL`] for an object and for text that starts as an array but is none.
    pub fn list(&self, name: &str) -> Result<Vec<String>, GraphError> {
        let parsed;
        let elements = match self.get(name) {
            None | Some(Value::Null) => return Ok(Vec::new()),
            Some(Value::Array(elements)) => elements,
            Some(Value::Object(_)) => return Err(must_be(name, "an array")),
            Some(Value::String(text)) if text.trim_start().starts_with('[') => match loose::parse(text.trim()) {
                Ok(Value::Array(elements)) => {
                    parsed = elements;
                    &parsed
                }
                _ => return Err(must_be(name, "an array")),
            },
            Some(other) => {
                let text = printed(other).unwrap_or_default();
                return Ok(text.split(',').map(str::trim).filter(|item| !item.is_empty()).map(str::to_owned).collect());
            }
        };
        Ok(elements.iter().filter_map(printed).collect())
    }

    /// An object, as itself or as JSON or loose JSON text.
    ///
    /// # Errors
    /// [`PARAMETER_JSON`] for anything else.
    pub fn object(&self, name: &str) -> Result<Option<Map<String, Value>>, GraphError> {
        match self.structure(name) {
            None => Ok(None),
            Some(Ok(Value::Object(members))) => Ok(Some(members)),
            Some(_) => Err(GraphError::new(&PARAMETER_JSON).with(name)),
        }
    }

    /// An array, as itself or as JSON or loose JSON text; one object counts as an array of one.
    ///
    /// # Errors
    /// [`PARAMETER_DETAIL`] for anything else.
    pub fn array(&self, name: &str) -> Result<Option<Vec<Value>>, GraphError> {
        match self.structure(name) {
            None => Ok(None),
            Some(Ok(Value::Array(elements))) => Ok(Some(elements)),
            Some(Ok(object @ Value::Object(_))) => Ok(Some(vec![object])),
            Some(_) => Err(must_be(name, "a JSON array")),
        }
    }

    /// One of the allowed words, in any case; answers it as it is spelt in `allowed`.
    ///
    /// # Errors
    /// [`PARAMETER_ONE_OF`] for anything else.
    pub fn enumeration(&self, name: &str, allowed: &[&'static str]) -> Result<Option<&'static str>, GraphError> {
        let Some(text) = self.filled(name) else { return Ok(None) };
        let found = allowed.iter().find(|word| word.eq_ignore_ascii_case(&text)).copied();
        found.map(Some).ok_or_else(|| {
            GraphError::new(&PARAMETER_ONE_OF).with(name).with(format_args!("{{{}}}", allowed.join(", ")))
        })
    }

    /// The trimmed text of a parameter that is there and not blank.
    fn filled(&self, name: &str) -> Option<String> {
        let text = self.get(name).and_then(printed)?;
        let text = text.trim();
        (!text.is_empty()).then(|| text.to_owned())
    }

    /// The value of a parameter, read from its text where it came as text.
    fn structure(&self, name: &str) -> Option<Result<Value, loose::LooseError>> {
        match self.get(name)? {
            Value::Null => None,
            Value::String(text) if text.trim().is_empty() => None,
            Value::String(text) => Some(loose::parse(text.trim())),
            other => Some(Ok(other.clone())),
        }
    }
}

/// A value as the text that a flat parameter would carry; `None` for null.
pub(super) fn printed(value: &Value) -> Option<String> {
    match value {
        Value::Null => None,
        Value::String(text) => Some(text.clone()),
        other => Some(other.to_string()),
    }
}

fn must_be(name: &str, what: &str) -> GraphError {
    GraphError::new(&PARAMETER_DETAIL).with(format_args!("Param {name} must be {what}"))
}
