//! The `error` member as a client reads it, from this host or from Meta's.

use serde::{Deserialize, Deserializer};
use serde_json::Value;

/// The `error` member of an answer, read with tolerance: a missing or strange member becomes its default.
///
/// (contract graph 4.1)
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
#[serde(default)]
pub struct ErrorBody {
    /// The text for developers; never match on it.
    #[serde(deserialize_with = "text")]
    pub message: String,
    /// The family, for example `OAuthException`.
    #[serde(deserialize_with = "text")]
    pub r#type: String,
    /// The code; 0 when the host sent none.
    #[serde(deserialize_with = "code")]
    pub code: i32,
    /// The detail of the code.
    #[serde(deserialize_with = "optional_code")]
    pub error_subcode: Option<i32>,
    /// Whether a retry may help.
    #[serde(deserialize_with = "flag")]
    pub is_transient: Option<bool>,
    /// A title for people.
    #[serde(deserialize_with = "optional_text")]
    pub error_user_title: Option<String>,
    /// A sentence for people.
    #[serde(deserialize_with = "optional_text")]
    pub error_user_msg: Option<String>,
    /// The id that support asks for.
    #[serde(deserialize_with = "text")]
    pub fbtrace_id: String,
}

fn optional_text<'de, D: Deserializer<'de>>(input: D) -> Result<Option<String>, D::Error> {
    Ok(match Value::deserialize(input)? {
        Value::Null => None,
        Value::String(text) => Some(text),
        other => Some(other.to_string()),
    })
}

fn text<'de, D: Deserializer<'de>>(input: D) -> Result<String, D::Error> {
    Ok(optional_text(input)?.unwrap_or_default())
}

fn optional_code<'de, D: Deserializer<'de>>(input: D) -> Result<Option<i32>, D::Error> {
    Ok(match Value::deserialize(input)? {
        Value::Number(number) => number.as_i64().and_then(|code| code.try_into().ok()),
        Value::String(text) => text.trim().parse().ok(),
        _ => None,
    })
}

fn code<'de, D: Deserializer<'de>>(input: D) -> Result<i32, D::Error> {
    Ok(optional_code(input)?.unwrap_or_default())
}

fn flag<'de, D: Deserializer<'de>>(input: D) -> Result<Option<bool>, D::Error> {
    Ok(Value::deserialize(input)?.as_bool())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dialect::Dialect;
    use crate::error::{GraphError, LINK_BLOCKED};

    #[test]
    fn what_the_server_writes_is_read_back() {
        let mut answer = GraphError::new(&LINK_BLOCKED).body(Dialect::Facebook, "Atrace");
        let body: ErrorBody = serde_json::from_value(answer["error"].take()).unwrap();
        assert_eq!(body.message, "Invalid message id");
        assert_eq!((body.code, body.error_subcode, body.is_transient), (508, Some(2534122), Some(true)));
        assert_eq!(body.error_user_title.as_deref(), Some("Link can not be shared"));
        assert_eq!((body.r#type.as_str(), body.fbtrace_id.as_str()), ("OAuthException", "Atrace"));
    }

    #[test]
    fn strange_members_do_not_spoil_the_rest() {
        let body: ErrorBody = serde_json::from_str(
            r#"{"code":"190","message":null,"error_subcode":99999999999,"is_transient":"no","type":7,"error_data":[]}"#,
        )
        .unwrap();
        assert_eq!(body, ErrorBody { code: 190, r#type: "7".to_owned(), ..ErrorBody::default() });
    }
}
