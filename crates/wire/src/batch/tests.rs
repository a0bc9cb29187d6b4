use super::*;
use serde_json::json;

fn batch(value: Value) -> Result<Vec<BatchItem>, GraphError> {
    let mut params = Params::new();
    params.set("batch", value);
    parse(&params)
}

#[test]
fn a_batch_is_the_same_as_text_and_as_an_array() {
    let value = json!([
        {"method": "GET", "name": "convs", "relative_url": "1020/conversations?limit=2", "omit_response_on_success": "false"},
        {"method": "post", "relative_url": "/v21.0/1020/messages", "body": "recipient=%7B%7D&access_token=own", "depends_on": "convs", "unknown": 1},
        {"method": "Delete", "relative_url": "me/custom_labels?access_token=A%7CB"},
        {"relative_url": "me", "attached_files": "f1, f2", "access_token": "member"},
    ]);
    let items = batch(value.clone()).unwrap();
    assert_eq!(batch(Value::String(value.to_string())).unwrap(), items);
    let methods: Vec<_> = items.iter().map(|item| item.method.as_str()).collect();
    assert_eq!(methods, ["GET", "POST", "DELETE", "GET"]);
    let tokens: Vec<_> = items.iter().map(|item| item.access_token.as_deref()).collect();
    assert_eq!(tokens, [None, Some("own"), Some("A|B"), Some("member")]);
    assert_eq!((items[0].name.as_deref(), items[0].omit_response_on_success), (Some("convs"), Some(false)));
    assert_eq!((items[1].depends_on.as_deref(), items[1].omit_response_on_success), (Some("convs"), None));
    assert_eq!(items[3].attached_files, ["f1", "f2"]);
}

#[test]
fn headers_come_as_objects_or_as_lines() {
    let items = batch(json!([{"relative_url": "me", "attachedFiles": "f", "headers":
        [{"name": "If-None-Match", "value": "\"9f\""}, "X-Time: 10:15", "broken", {"name": 1}]}]))
    .unwrap();
    assert_eq!(
        items[0].headers,
        [("If-None-Match".to_owned(), "\"9f\"".to_owned()), ("X-Time".to_owned(), "10:15".to_owned())]
    );
    assert_eq!(items[0].attached_files, ["f"]);
}

#[test]
fn fifty_items_are_the_most() {
    let many = |count: usize| batch(Value::Array(vec![json!({"relative_url": "me"}); count]));
    assert_eq!(many(50).unwrap().len(), 50);
    assert_eq!(many(51).unwrap_err().row(), &BATCH_SIZE);
    assert_eq!(many(0).unwrap(), []);
}

#[test]
fn a_broken_batch_is_a_parameter_error() {
    assert_eq!(parse(&Params::new()).unwrap_err(), GraphError::new(&PARAMETER_REQUIRED).with("batch"));
    for (value, message) in [
        (json!("["), "Param batch must be a JSON array"),
        (json!([1]), "Param batch must be an array of objects"),
        (json!([{"method": "GET"}]), "The parameter relative_url is required"),
        (json!([{"method": "PATCH", "relative_url": "me"}]), "Param method must be one of {GET, POST, PUT, DELETE}"),
    ] {
        assert_eq!(batch(value).unwrap_err().to_string(), message);
    }
}

#[test]
fn debug_output_shows_no_token() {
    let items = batch(json!([{"relative_url": "me?access_token=secret", "body": "access_token=secret"}])).unwrap();
    assert!(!format!("{items:?}").contains("secret"));
}
