#![expect(clippy::needless_pass_by_value, reason = "tests write bodies in place")]

use proptest::prelude::*;

use super::*;

/// Reads a JSON body.
pub(super) fn parse(body: Value) -> Result<Send, GraphError> {
    let mut params = Params::new();
    params.json(body.to_string().as_bytes()).unwrap();
    Send::from_params(&params)
}

/// The row with which a body is refused.
pub(super) fn row(body: Value) -> &'static str {
    parse(body).unwrap_err().row().name
}

/// What a message says.
pub(super) fn content(message: Value) -> Content {
    match parse(json!({"recipient": {"id": "1"}, "message": message})).unwrap().body {
        Body::Message(message) => message.content,
        Body::Action(action) => panic!("{action:?}"),
    }
}

/// The row with which a message is refused.
pub(super) fn message_row(message: Value) -> &'static str {
    row(json!({"recipient": {"id": "1"}, "message": message}))
}

#[test]
fn a_message_beside_a_sender_action_is_refused() {
    let body = json!({"recipient": {"id": "1"}, "message": {"text": "x"}, "sender_action": "TYPING_ON"});
    assert_eq!(row(body), "message_and_action");
    assert_eq!(row(json!({"recipient": {"id": "1"}})), "parameter_required");
    assert_eq!(row(json!({"recipient": {"id": "1"}, "message": "x"})), "parameter_json");
}

#[test]
fn forms_are_checked_before_contents_and_contents_before_the_recipient() {
    let both = json!({"message": {"text": "x"}, "sender_action": "typing_on"});
    assert_eq!(row(both.clone()), "parameter_required", "no recipient");
    for (name, value, found) in [
        ("recipient", json!({"id": "1"}), "message_and_action"),
        ("messaging_type", json!("NOW"), "parameter_one_of"),
        ("thread_control", json!({}), "parameter_required"),
        ("reply_to", json!("m"), "parameter_json"),
    ] {
        let mut body = both.clone();
        body["recipient"] = json!({"id": "1"});
        body[name] = value;
        assert_eq!(row(body), found, "{name}");
    }
    let nobody = |message: Value| json!({"recipient": {"thread_id": "t"}, "message": message});
    assert_eq!(row(nobody(json!({"text": "x"}))), "no_such_user");
    assert_eq!(row(nobody(json!({"text": "x", "sticker_id": 1}))), "invalid_message");
}

#[test]
fn parameters_that_instagram_does_not_have_are_ignored() {
    let plain = json!({"recipient": {"id": "1"}, "message": {"text": "x"}});
    let mut body = plain.clone();
    for (name, value) in [
        ("persona_id", json!("7")),
        ("notification_type", json!("SILENT_PUSH")),
        ("folder", json!("PARTNERSHIP")),
        ("suggestion_action", json!("ACCEPT")),
        ("payload", json!("anything")),
        ("platform", json!("instagram")),
        ("made_up", json!([1])),
    ] {
        body[name] = value;
    }
    assert_eq!(parse(body), parse(plain));
}

#[test]
fn product_templates_come_with_version_8() {
    let product = json!({"template_type": "product", "elements": [{"id": "1"}]});
    let send = |message: Value| parse(json!({"recipient": {"id": "1"}, "message": message})).unwrap();
    let product = send(json!({"attachment": {"type": "template", "payload": product}}));
    let seven = ApiVersion { major: 7, minor: 0 };
    assert_eq!(product.check_version(seven).unwrap_err().row().name, "product_version");
    product.check_version(PRODUCT_VERSION).unwrap();
    send(json!({"text": "x"})).check_version(seven).unwrap();
}

#[test]
fn the_samples_of_the_documentation_are_read() {
    for body in [
        r#"{"recipient":{"id":"7712345678901234"},"message":{"text":"We open at 9."}}"#,
        r#"{"recipient":{"id":"7712345678901234"},"message":{"attachments":[{"type":"image","payload":{"url":"https://cdn.example.test/a.png"}},{"type":"image","payload":{"attachment_id":"990011223344556"}}]}}"#,
        r#"{"recipient":{"id":"7712345678901234"},"message":{"attachment":{"type":"audio","payload":{"url":"https://cdn.example.test/v.m4a"}}}}"#,
        r#"{"recipient":{"id":"7712345678901234"},"message":{"attachment":{"type":"like_heart"}}}"#,
        r#"{"recipient":{"id":"7712345678901234"},"message":{"attachment":{"type":"MEDIA_SHARE","payload":{"id":"17990011223344556"}}}}"#,
        r#"{"recipient":{"id":"7712345678901234"},"messaging_type":"RESPONSE","message":{"text":"Pick one","quick_replies":[{"content_type":"text","title":"Delivery","payload":"DLV"},{"content_type":"user_email"}]}}"#,
        r#"{"recipient":{"id":"7712345678901234"},"message":{"text":"Yes, that one"},"reply_to":{"mid":"aWdfZAG1fOLD"}}"#,
        r#"{"recipient":{"id":"7712345678901234"},"sender_action":"typing_on"}"#,
        r#"{"recipient":{"comment_id":"17990011223344556"},"message":{"text":"Here is the link you asked for"},"tag":"HUMAN_AGENT"}"#,
    ] {
        let send = parse(serde_json::from_str(body).unwrap()).unwrap();
        assert_eq!(parse(send.to_json()), Ok(send), "{body}");
    }
}

proptest! {
    #[test]
    fn every_send_comes_back_from_each_encoding(send in any::send()) {
        let body = send.to_json();
        for (name, params) in any::encodings(&body) {
            params.check_texts().unwrap();
            prop_assert_eq!(Send::from_params(&params), Ok(send.clone()), "{}: {}", name, body);
        }
    }

    #[test]
    fn every_upload_comes_back_from_each_encoding(upload in any::upload()) {
        let body = upload.to_json();
        for (name, params) in any::encodings(&body) {
            prop_assert_eq!(upload::Upload::from_params(&params), Ok(upload.clone()), "{}: {}", name, body);
        }
    }

    #[test]
    fn no_message_makes_it_panic_and_what_is_read_is_stable(message in any::mess()) {
        let mut params = Params::new();
        params.set("recipient", json!({"id": "1"}));
        params.set("message", message);
        if let Ok(send) = Send::from_params(&params) {
            prop_assert_eq!(parse(send.to_json()), Ok(send));
        }
    }
}
