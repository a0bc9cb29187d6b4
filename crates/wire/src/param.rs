//! The parameters of a call, merged from wherever a client put them (contract graph 1.4, clients 1 to 5).

mod pairs;
mod read;
#[cfg(test)]
mod tests;

use crate::error::{GraphError, PARAMETER_DETAIL};
use serde_json::{Map, Value};
use std::fmt;

/// Merged parameters in the order in which their names first came; what comes later wins.
///
/// Fill it from the query first, then from the body. `Debug` shows names only, because values hold tokens.
#[derive(Clone, PartialEq, Default)]
pub struct Params {
    values: Map<String, Value>,
}

impl Params {
    /// No parameters.
    pub fn new() -> Params {
        Params::default()
    }

    /// Merges a JSON body: the members of a top-level object are the parameters.
    ///
    /// An empty body and a JSON scalar mean nothing and are ignored (contract clients 3).
    ///
    /// # Errors
    /// Code 100 when the body is malformed or an array.
    pub fn json(&mut self, body: &[u8]) -> Result<(), GraphError> {
        if body.trim_ascii().is_empty() {
            return Ok(());
        }
        match serde_json::from_slice(body) {
            Ok(Value::Object(members)) => self.values.extend(members),
            Ok(Value::Array(_)) => {
                return Err(
                    GraphError::new(&PARAMETER_DETAIL).with("malformed request body: an array is no parameter set")
                );
            }
            Ok(_) => {}
            Err(error) => {
                return Err(GraphError::new(&PARAMETER_DETAIL).with(format_args!("malformed request body: {error}")));
            }
        }
        Ok(())
    }

    /// Sets a parameter; one that was there keeps its position.
    pub fn set(&mut self, name: impl Into<String>, value: impl Into<Value>) {
        self.values.insert(name.into(), value.into());
    }

    /// Takes a parameter out; the others keep their order.
    pub fn remove(&mut self, name: &str) -> Option<Value> {
        self.values.shift_remove(name)
    }

    /// The raw value of a parameter.
    pub fn get(&self, name: &str) -> Option<&Value> {
        self.values.get(name)
    }

    /// All parameters in order.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Value)> {
        self.values.iter().map(|(name, value)| (name.as_str(), value))
    }

    /// How many parameters there are.
    pub fn len(&self) -> usize {
        self.values.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.values.is_empty()
    }

    /// Refuses U+0000 wherever it stands, also escaped in a JSON text: not every store can keep it, and none may keep what
    /// another cannot.
    ///
    /// # Errors
    /// Code 100, which names the parameter.
    pub fn check_texts(&self) -> Result<(), GraphError> {
        let refused = self.iter().find(|(name, value)| name.contains('\0') || holds_nul(value) || escapes_nul(value));
        refused.map_or(Ok(()), |(name, _)| {
            let name = name.replace('\0', "");
            Err(GraphError::new(&PARAMETER_DETAIL).with(format_args!("Param {name} must not contain U+0000")))
        })
    }

    /// The parameters as a query string, without those named; for paging links (contract graph 2, clients 12).
    ///
    /// Lists and objects are written as JSON text, nulls are left out.
    pub fn to_query(&self, without: &[&str]) -> String {
        let mut query = form_urlencoded::Serializer::new(String::new());
        for (name, value) in self.iter().filter(|(name, _)| !without.contains(name)) {
            if let Some(text) = read::printed(value) {
                query.append_pair(name, &text);
            }
        }
        query.finish()
    }
}

fn holds_nul(value: &Value) -> bool {
    match value {
        Value::String(text) => text.contains('\0'),
        Value::Array(items) => items.iter().any(holds_nul),
        Value::Object(members) => members.iter().any(|(name, value)| name.contains('\0') || holds_nul(value)),
        Value::Null | Value::Bool(_) | Value::Number(_) => false,
    }
}

/// Whether a list or an object that is written as a JSON text holds it as an escape: behind an odd number of backslashes.
fn escapes_nul(value: &Value) -> bool {
    let Value::String(text) = value else { return false };
    let structure = text.trim_start().starts_with(['{', '[']);
    let escape = |(at, _): (usize, &str)| {
        let before = text[..at].chars().rev().take_while(|letter| *letter == '\\').count();
        before % 2 == 0
    };
    structure && text.match_indices("\\u0000").any(escape)
}

impl From<Map<String, Value>> for Params {
    fn from(values: Map<String, Value>) -> Params {
        Params { values }
    }
}

impl fmt::Debug for Params {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Params ")?;
        f.debug_set().entries(self.values.keys()).finish()
    }
}
