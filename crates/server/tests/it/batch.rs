//! Batches (contract graph 3, clients 11).

use serde_json::{Value, json};
use testkit::TestWorld;

use crate::{MIRA, PAGE};

fn body(item: &Value) -> Value {
    serde_json::from_str(item["body"].as_str().unwrap()).unwrap()
}

#[tokio::test]
async fn a_batch_answers_each_item_in_order_with_its_body_as_text() {
    let world = TestWorld::start().await;
    let items = json!([
        {"method": "GET", "relative_url": "me"},
        {"method": "post", "relative_url": "me/messages", "body": format!("recipient=%7B%22id%22%3A%22{MIRA}%22%7D&message=%7B%22text%22%3A%22hi%22%7D")},
        {"method": "GET", "relative_url": "/v24.0/424242"},
    ]);
    let answer = world.page().post("/v25.0/", &json!({ "batch": items })).await.ok();
    let rows = answer.as_array().unwrap();
    assert_eq!(rows.iter().map(|row| row["code"].as_u64().unwrap()).collect::<Vec<_>>(), [200, 200, 400]);
    assert_eq!(body(&rows[0])["id"], PAGE);
    assert!(body(&rows[1])["message_id"].is_string());
    assert_eq!(body(&rows[2])["error"]["error_subcode"], 33);
    let names: Vec<&str> = rows[2]["headers"].as_array().unwrap().iter().map(|h| h["name"].as_str().unwrap()).collect();
    assert_eq!(names, ["Content-Type", "Facebook-API-Version", "WWW-Authenticate"]);
}

#[tokio::test]
async fn a_batch_is_taken_at_the_root_a_version_or_a_node_as_text_or_array() {
    let world = TestWorld::start().await;
    let text = r#"[{"method":"GET","relative_url":"me"}]"#;
    for path in ["/", "/v22.0", "/v26.0/", "/me"] {
        assert_eq!(world.page().post_form(path, &[("batch", text)]).await.ok()[0]["code"], 200, "{path}");
    }
    let bare = world.page().post_form("/", &[("batch", text), ("include_headers", "false")]).await.ok();
    assert_eq!(bare[0].as_object().unwrap().keys().collect::<Vec<_>>(), ["code", "body"]);
}

#[tokio::test]
async fn an_item_may_use_the_answer_of_an_earlier_one() {
    let world = TestWorld::start().await;
    let items = json!([
        {"method": "GET", "name": "convs", "relative_url": format!("{PAGE}/conversations?platform=instagram&limit=2"), "omit_response_on_success": false},
        {"method": "GET", "relative_url": "{result=convs:$.data.0.id}?fields=message_count"},
        {"method": "GET", "relative_url": "?ids={result=convs:$.data.*.id}&fields=updated_time"},
    ]);
    let answer = world.page().post("/", &json!({ "batch": items })).await.ok();
    assert_eq!(body(&answer[1])["message_count"], 3);
    assert_eq!(body(&answer[2]).as_object().unwrap().len(), 2);
    let hidden = json!([{"method": "GET", "name": "me", "relative_url": "me"}, {"method": "GET", "relative_url": "{result=me:$.id}"}]);
    assert_eq!(world.page().post("/", &json!({ "batch": hidden })).await.ok()[0], Value::Null);
}

#[tokio::test]
async fn what_leans_on_a_failure_is_null_and_on_nothing_spoils_the_batch() {
    let world = TestWorld::start().await;
    let items = json!([{"method": "GET", "name": "bad", "relative_url": "4242"}, {"method": "GET", "relative_url": "me", "depends_on": "bad"}]);
    let answer = world.page().post("/", &json!({ "batch": items })).await.ok();
    assert_eq!(answer[0]["code"], 400);
    assert_eq!(answer[1], Value::Null);
    let dangling = json!([{"method": "GET", "relative_url": "{result=f:$.id}"}]);
    let refused = world.page().post("/", &json!({ "batch": dangling })).await;
    assert_eq!(refused.status, 400);
    assert_eq!(refused.json()["error"]["type"], "GraphBatchException");
}

#[tokio::test]
async fn fifty_items_are_the_most_and_the_batchs_own_token_must_hold() {
    let world = TestWorld::start().await;
    let item = json!({"method": "GET", "relative_url": "me"});
    world.page().post("/", &json!({"batch": vec![item.clone(); 50]})).await.ok();
    let refused = world.page().post("/", &json!({"batch": vec![item.clone(); 51]})).await;
    assert_eq!(refused.json()["error"]["type"], "GraphBatchException");
    assert_eq!(world.nobody().post("/", &json!({"batch": [item]})).await.status, 400);
}

#[tokio::test]
async fn an_item_may_bring_a_token_of_its_own() {
    let world = TestWorld::start().await;
    let items = json!([{"method": "GET", "relative_url": format!("me?access_token={}", engine::demo::ACCOUNT_TOKEN)}]);
    let answer = world.page().post("/", &json!({ "batch": items })).await.ok();
    assert_ne!(body(&answer[0])["id"], PAGE);
}

#[tokio::test]
async fn what_a_batch_has_no_time_for_is_null_and_not_done() {
    let settings = engine::settings::Settings { batch_time_ms: 0, ..engine::settings::Settings::emulator() };
    let world = TestWorld::with(testkit::Options { settings, ..testkit::Options::default() }).await;
    let send = format!("recipient[id]={MIRA}&message[text]=late");
    let items = json!([{"method": "POST", "relative_url": "me/messages", "body": send}]);
    assert_eq!(world.page().post("/", &json!({ "batch": items })).await.ok(), json!([null]));
    assert!(world.person("mira.paints").sees().await.iter().all(|(_, text)| text != "late"));
}
