//! Reading answers: refusals first, then the shapes that the API wraps its objects in.

use bytes::Bytes;
use http::{Response, StatusCode};
use serde::{Deserialize, Deserializer, de::DeserializeOwned, de::Error as _};
use serde_json::Value;
use wire::error::ErrorBody;
use wire::time::Millis;

use crate::{Error, GraphRefusal};

/// The JSON of an answer that is no refusal.
///
/// A refusal is told by an `error` member, whatever the status, and by the status, whatever the body (contract clients 15).
pub(crate) fn read(response: &Response<Bytes>) -> Result<Value, Error> {
    let status = response.status();
    let json = serde_json::from_slice::<Value>(response.body());
    if let Some(error) = json.as_ref().ok().and_then(|json| json.get("error")).filter(|error| !error.is_null()) {
        let body = ErrorBody::deserialize(error).unwrap_or_else(|_| worded(error.as_str().unwrap_or("refused")));
        return Err(refusal(status, body));
    }
    if !status.is_success() {
        return Err(refusal(status, worded("the answer has no error member")));
    }
    json.map_err(|error| Error::decode("json", error))
}

/// A refusal that has no body of its own.
fn worded(message: &str) -> ErrorBody {
    ErrorBody { message: message.to_owned(), ..ErrorBody::default() }
}

fn refusal(status: StatusCode, body: ErrorBody) -> Error {
    Error::Graph(Box::new(GraphRefusal { status, body }))
}

/// A typed value out of an answer.
pub(crate) fn typed<T: DeserializeOwned>(what: &str, json: Value) -> Result<T, Error> {
    serde_json::from_value(json).map_err(|error| Error::decode(what, error))
}

/// One object, which the Instagram host may wrap as `{"data":[{…}]}` (contract graph 1.9).
pub(crate) fn one<T: DeserializeOwned>(what: &str, mut json: Value) -> Result<T, Error> {
    match json.as_object().map(serde_json::Map::len).zip(json.get_mut("data")) {
        Some((1, Value::Array(items))) if items.len() == 1 => typed(what, items.remove(0)),
        _ => typed(what, json),
    }
}

/// The objects of `{"data":[…]}`.
pub(crate) fn many<T: DeserializeOwned>(what: &str, json: Value) -> Result<Vec<T>, Error> {
    typed::<List<T>>(what, json).map(|list| list.data)
}

/// That the host has done what was asked: `true`, `{"success":true}` or `{"result":"success"}`, and `"true"` for `true`
/// (contract send 2.1, graph 1.3, webhooks 1.2).
pub(crate) fn done(json: &Value) -> Result<(), Error> {
    let yes = |value: &Value| value == &Value::Bool(true) || value == "true";
    match yes(json) || json.get("success").is_some_and(yes) || json.get("result").is_some_and(|r| r == "success") {
        true => Ok(()),
        false => Err(Error::decode("success", "the answer does not say so")),
    }
}

#[derive(Deserialize)]
#[serde(bound = "T: DeserializeOwned")]
struct List<T> {
    data: Vec<T>,
}

/// For members that hold `{"data":[…]}`; an absent or null one is empty.
pub(crate) fn list<'de, D: Deserializer<'de>, T: DeserializeOwned>(input: D) -> Result<Vec<T>, D::Error> {
    Ok(Option::<List<T>>::deserialize(input)?.map(|list| list.data).unwrap_or_default())
}

/// For members that hold a time, `2026-11-02T10:00:00+0000` (contract graph 1.8).
pub(crate) fn time<'de, D: Deserializer<'de>>(input: D) -> Result<Millis, D::Error> {
    Millis::parse_graph(&String::deserialize(input)?).map_err(D::Error::custom)
}

/// For ids that old samples print as numbers (contract graph 6.8); absent is `None`.
pub(crate) fn id<'de, D: Deserializer<'de>>(input: D) -> Result<Option<String>, D::Error> {
    match Value::deserialize(input)? {
        Value::Null => Ok(None),
        Value::String(id) => Ok(Some(id)),
        Value::Number(id) => Ok(Some(id.to_string())),
        _ => Err(D::Error::custom("expected an id")),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn answer(status: u16, body: &str) -> Response<Bytes> {
        Response::builder().status(status).body(Bytes::copy_from_slice(body.as_bytes())).unwrap()
    }

    #[test]
    fn a_refusal_is_told_by_its_body_or_by_its_status() {
        for (status, body, code) in [
            (400, r#"{"error":{"message":"m","code":190}}"#, 190),
            (200, r#"{"error":{"message":"m","code":10}}"#, 10),
            (502, "<html>Bad gateway</html>", 0),
            (404, "{}", 0),
            (302, "", 0),
            (400, r#"{"error":"invalid_grant"}"#, 0),
        ] {
            let error = read(&answer(status, body)).unwrap_err();
            let refusal = error.refusal().unwrap();
            assert_eq!((refusal.status.as_u16(), refusal.code()), (status, code), "{body}");
        }
        assert!(matches!(read(&answer(200, "<html>")), Err(Error::Decode { .. })));
        assert_eq!(read(&answer(200, r#"{"error":null}"#)).unwrap(), json!({"error": null}));
    }

    #[test]
    fn success_has_several_spellings() {
        for yes in [json!(true), json!({"success": true}), json!({"success": "true"}), json!({"result": "success"})] {
            assert!(done(&yes).is_ok(), "{yes}");
        }
        for no in [json!(false), json!({}), json!({"success": false}), json!({"result": "failure"}), json!([])] {
            assert!(done(&no).is_err(), "{no}");
        }
    }

    #[test]
    fn one_object_may_come_wrapped() {
        assert_eq!(one::<Value>("x", json!({"data": [{"id": "1"}]})).unwrap(), json!({"id": "1"}));
        assert_eq!(one::<Value>("x", json!({"id": "1"})).unwrap(), json!({"id": "1"}));
        let other = json!({"data": [{"id": "1"}], "id": "2"});
        assert_eq!(one::<Value>("x", other.clone()).unwrap(), other);
    }
}
