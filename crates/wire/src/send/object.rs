//! The nested objects of a send, read with the tolerance of contract send 0.2 and with names for errors.

use std::fmt::Display;
use std::ops::RangeInclusive;

use serde_json::{Map, Value, json};

use crate::error::{self, GraphError};
use crate::loose;
use crate::param::Params;

/// Longest address. The contract names no limit; this one keeps what is stored for a message small.
const URL_BYTES: usize = 8_192;

/// An object of a request under the name that errors call it by, such as `message[attachment][payload]`.
///
/// Members are taken out as they are read. One that is null counts as absent, and those that nobody takes are ignored.
pub(super) struct Object {
    name: String,
    members: Map<String, Value>,
}

impl Object {
    /// A parameter of the call.
    ///
    /// # Errors
    /// [`error::PARAMETER_JSON`] for anything but an object.
    pub fn parameter(params: &Params, name: &str) -> Result<Option<Object>, GraphError> {
        Ok(params.object(name)?.map(|members| Object { name: name.to_owned(), members }))
    }

    /// The name of a member, as errors print it.
    pub fn place(&self, key: &str) -> String {
        format!("{}[{key}]", self.name)
    }

    /// The members that are left.
    pub fn into_members(self) -> Map<String, Value> {
        self.members
    }

    /// Whether a member is there.
    pub fn has(&self, key: &str) -> bool {
        self.members.get(key).is_some_and(|value| !value.is_null())
    }

    /// A text, which may come as a number.
    ///
    /// # Errors
    /// [`error::PARAMETER_DETAIL`] for anything else, and for a text with U+0000 in it.
    pub fn text(&mut self, key: &str) -> Result<Option<String>, GraphError> {
        match self.take(key) {
            None => Ok(None),
            Some(Value::String(text)) if text.contains('\0') => Err(detail(self.place(key), "must not contain U+0000")),
            Some(Value::String(text)) => Ok(Some(text)),
            Some(Value::Number(number)) => Ok(Some(number.to_string())),
            Some(_) => Err(detail(self.place(key), "must be a string")),
        }
    }

    /// A text that counts only where it is not blank.
    ///
    /// # Errors
    /// As [`Object::text`].
    pub fn filled(&mut self, key: &str) -> Result<Option<String>, GraphError> {
        Ok(self.text(key)?.filter(|text| !text.trim().is_empty()))
    }

    /// A text that must be there and not blank.
    ///
    /// # Errors
    /// [`error::PARAMETER_REQUIRED`], and as [`Object::text`].
    pub fn required(&mut self, key: &str) -> Result<String, GraphError> {
        self.filled(key)?.ok_or_else(|| self.missing(key))
    }

    /// The address of a page or a file, of at most [`URL_BYTES`].
    ///
    /// # Errors
    /// [`error::PARAMETER_DETAIL`] for what is no http or https URL, [`error::INVALID_MESSAGE`] for one that is too long, and
    /// as [`Object::text`].
    pub fn url(&mut self, key: &str) -> Result<Option<String>, GraphError> {
        let Some(text) = self.filled(key)? else { return Ok(None) };
        let text = text.trim();
        if text.len() > URL_BYTES {
            return Err(invalid(format_args!(
                "{} has {} bytes, the limit is {URL_BYTES}",
                self.place(key),
                text.len()
            )));
        }
        let leads_somewhere = |url: &url::Url| matches!(url.scheme(), "http" | "https") && url.has_host();
        match url::Url::parse(text) {
            // The parser drops line ends and tabs; whoever reads the address as it was sent may not.
            Ok(url) if leads_somewhere(&url) && !text.contains(char::is_control) => Ok(Some(text.to_owned())),
            _ => Err(detail(self.place(key), "must be a valid http or https URL")),
        }
    }

    /// A yes or no in any of its spellings; no where it is absent.
    ///
    /// # Errors
    /// [`error::PARAMETER_DETAIL`] for anything else.
    pub fn flag(&mut self, key: &str) -> Result<bool, GraphError> {
        let text = match self.take(key) {
            None => return Ok(false),
            Some(Value::Bool(flag)) => return Ok(flag),
            Some(Value::String(text)) => text,
            Some(other) => other.to_string(),
        };
        match text.trim().to_ascii_lowercase().as_str() {
            "true" | "1" => Ok(true),
            "false" | "0" | "" => Ok(false),
            _ => Err(detail(self.place(key), "must be a boolean")),
        }
    }

    /// An object, as itself or as JSON or loose JSON text.
    ///
    /// # Errors
    /// [`error::PARAMETER_JSON`] for anything else.
    pub fn object(&mut self, key: &str) -> Result<Option<Object>, GraphError> {
        let name = self.place(key);
        match self.take(key).map(structure) {
            None => Ok(None),
            Some(Some(Value::Object(members))) => Ok(Some(Object { name, members })),
            Some(_) => Err(GraphError::new(&error::PARAMETER_JSON).with(name)),
        }
    }

    /// An array of objects, as itself or as text; one object counts as an array of one (contract send 1.4).
    ///
    /// # Errors
    /// [`error::PARAMETER_DETAIL`] for no array, [`error::PARAMETER_JSON`] for an element that is no object.
    pub fn array(&mut self, key: &str) -> Result<Option<Vec<Object>>, GraphError> {
        let name = self.place(key);
        let elements = match self.take(key).map(structure) {
            None => return Ok(None),
            Some(Some(Value::Array(elements))) => elements,
            Some(Some(Value::Object(members))) => {
                return Ok(Some(vec![Object { name: format!("{name}[0]"), members }]));
            }
            Some(_) => return Err(detail(name, "must be a JSON array")),
        };
        let element = |(index, value): (usize, Value)| match structure(value) {
            Some(Value::Object(members)) => Ok(Object { name: format!("{name}[{index}]"), members }),
            _ => Err(GraphError::new(&error::PARAMETER_JSON).with(format_args!("{name}[{index}]"))),
        };
        elements.into_iter().enumerate().map(element).collect::<Result<_, _>>().map(Some)
    }

    /// A member is not there that must be.
    pub fn missing(&self, key: &str) -> GraphError {
        GraphError::new(&error::PARAMETER_REQUIRED).with(self.place(key))
    }

    /// A member is none of the words that exist.
    pub fn none_of(&self, key: &str, words: &[&str]) -> GraphError {
        GraphError::new(&error::PARAMETER_ONE_OF).with(self.place(key)).with(format_args!("{{{}}}", words.join(", ")))
    }

    /// Refuses a text of more characters than are allowed.
    ///
    /// # Errors
    /// [`error::INVALID_MESSAGE`], with the limit in its detail.
    pub fn at_most(&self, key: &str, text: &str, limit: usize) -> Result<(), GraphError> {
        let count = text.chars().count();
        if count <= limit {
            return Ok(());
        }
        Err(invalid(format_args!("{} has {count} characters, the limit is {limit}", self.place(key))))
    }

    /// Refuses a list of fewer or more elements than are allowed.
    ///
    /// # Errors
    /// [`error::INVALID_MESSAGE`], with the limits in its detail.
    pub fn within(&self, key: &str, count: usize, limits: RangeInclusive<usize>) -> Result<(), GraphError> {
        if limits.contains(&count) {
            return Ok(());
        }
        let (least, most) = limits.into_inner();
        Err(invalid(format_args!("{} has {count} elements, it takes {least} to {most}", self.place(key))))
    }

    fn take(&mut self, key: &str) -> Option<Value> {
        self.members.swap_remove(key).filter(|value| !value.is_null())
    }
}

/// A value, read from its text where it came as text; `None` where that is no JSON.
fn structure(value: Value) -> Option<Value> {
    match value {
        Value::String(text) => loose::parse(text.trim()).ok(),
        other => Some(other),
    }
}

/// The message holds what it may not. Meta's text does not say what, so the reason stands in `error_data`.
pub(super) fn invalid(why: impl Display) -> GraphError {
    GraphError::new(&error::INVALID_MESSAGE).with_data(json!({"detail": why.to_string()}))
}

/// Something is wrong with a parameter.
pub(super) fn detail(name: impl Display, why: &str) -> GraphError {
    GraphError::new(&error::PARAMETER_DETAIL).with(format_args!("Param {name} {why}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn object(value: Value) -> Object {
        let mut params = Params::new();
        params.set("o", value);
        Object::parameter(&params, "o").unwrap().unwrap()
    }

    #[test]
    fn a_text_may_be_a_number_and_nothing_else() {
        assert_eq!(object(json!({"a": "x"})).text("a").unwrap().as_deref(), Some("x"));
        assert_eq!(object(json!({"a": 7})).text("a").unwrap().as_deref(), Some("7"));
        assert_eq!(object(json!({"a": null})).text("a").unwrap(), None);
        for bad in [json!(true), json!([]), json!({}), json!("\u{0}")] {
            assert_eq!(object(json!({"a": bad})).text("a").unwrap_err().row().name, "parameter_detail");
        }
        assert_eq!(object(json!({"a": " "})).required("a").unwrap_err().to_string(), "The parameter o[a] is required");
    }

    #[test]
    fn booleans_come_in_every_form() {
        for yes in [json!(true), json!(1), json!("true"), json!("1"), json!("True")] {
            assert!(object(json!({"a": yes})).flag("a").unwrap());
        }
        for no in [json!(false), json!(0), json!("false"), json!("0"), json!(""), json!(null)] {
            assert!(!object(json!({"a": no})).flag("a").unwrap());
        }
        for bad in [json!("yes"), json!(2), json!([true])] {
            assert_eq!(object(json!({"a": bad})).flag("a").unwrap_err().to_string(), "Param o[a] must be a boolean");
        }
    }

    #[test]
    fn an_address_is_http_or_https() {
        for good in ["https://a.test/x?y=1", "http://a.test", "HTTPS://A.test:8443/", "https://müller.test/ä b"] {
            assert_eq!(object(json!({"u": good})).url("u").unwrap().as_deref(), Some(good));
        }
        for bad in [
            "a.test/x",
            "ftp://a.test/x",
            "https://",
            "http:// /",
            "javascript:alert(1)",
            "data:,x",
            "/x",
            "https://a\n.test/",
        ] {
            assert_eq!(
                object(json!({"u": bad})).url("u").unwrap_err().to_string(),
                "Param o[u] must be a valid http or https URL",
                "{bad}"
            );
        }
    }

    #[test]
    fn an_address_has_8192_bytes_at_most() {
        let long = |bytes: usize| format!("https://a.test/{}", "x".repeat(bytes - 15));
        assert!(object(json!({"u": long(8_192)})).url("u").unwrap().is_some());
        assert_eq!(object(json!({"u": long(8_193)})).url("u").unwrap_err().row().name, "invalid_message");
    }

    #[test]
    fn objects_and_arrays_may_be_texts_and_one_object_is_an_array_of_one() {
        for form in [json!([{"x": 1}]), json!({"x": 1}), json!("[{'x':1}]"), json!("{x:1}"), json!(["{\"x\":1}"])] {
            let mut elements = object(json!({"a": form})).array("a").unwrap().unwrap();
            assert_eq!(elements.len(), 1);
            assert_eq!(elements[0].place("x"), "o[a][0][x]");
            assert_eq!(elements[0].text("x").unwrap().as_deref(), Some("1"));
        }
        assert!(object(json!({"a": "{x"})).object("a").is_err());
        assert_eq!(
            object(json!({"a": [1]})).array("a").err().unwrap().to_string(),
            "Param o[a][0] must be a JSON object."
        );
        assert_eq!(object(json!({"a": 1})).array("a").err().unwrap().to_string(), "Param o[a] must be a JSON array");
    }
}
