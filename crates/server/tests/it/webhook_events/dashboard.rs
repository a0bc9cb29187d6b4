//! The Test button (contract webhooks 1.7, 6).

use testkit::Answer;

use super::*;

const PATH: &str = "/_parlance/apps/500000000000001/tests";

async fn press(world: &TestWorld, test: &Value) -> Answer {
    world.nobody().post(PATH, test).await
}

fn element() -> Value {
    json!({
        "sender": {"id": "12334"}, "recipient": {"id": "23245"}, "timestamp": "1527459824",
        "message": {"mid": "random_mid", "text": "random_text"},
    })
}

#[tokio::test]
async fn a_test_by_facebook_login_comes_as_messages_do() {
    let world = TestWorld::start().await;
    let hook = world.subscribe(&["messages"]).await;
    let answer = press(&world, &json!({})).await.ok();
    let entry = json!({"time": world.now().get(), "id": "0", "messaging": [element()]});
    let received = hook.take();
    assert_eq!(received.len(), 1);
    assert_eq!(received[0].json(), json!({"object": "instagram", "entry": [entry]}));
    assert_eq!((&answer["status"], &answer["request"]["url"]), (&json!(200), &json!(hook.url())));
    assert_eq!(answer["request"]["body"].as_str().unwrap().as_bytes(), &received[0].body[..]);
    let header = |name: &str| received[0].headers[name].to_str().unwrap().to_owned();
    assert_eq!(answer["request"]["headers"]["X-Hub-Signature-256"], header("x-hub-signature-256"));
    assert_eq!(answer["request"]["headers"]["X-Hub-Signature"], header("x-hub-signature"));
}

#[tokio::test]
async fn a_test_by_instagram_login_comes_as_a_change_under_that_product_s_secret() {
    let world = TestWorld::start().await;
    let hook = by_instagram(&world, &["messages"]).await;
    press(&world, &json!({"login": "instagram"})).await.ok();
    let changes = json!([{"field": "messages", "value": element()}]);
    let entry = json!({"id": "0", "time": world.now().seconds(), "changes": changes});
    assert_eq!(hook.take()[0].json(), json!({"object": "instagram", "entry": [entry]}));
}

#[tokio::test]
async fn a_test_of_early_2021_has_a_shape_of_its_own() {
    let world = TestWorld::start().await;
    let hook = world.subscribe(&["messages"]).await;
    press(&world, &json!({"shape": "early_2021"})).await.ok();
    let value = json!({
        "event_type": "TEXT", "event_timestamp": world.now().get(),
        "event_data": {"message_id": "random_mid", "sender": {"username": "test"}, "recipient": {"thread_id": "23245"}},
    });
    let changes = json!([{"field": "messages", "value": value}]);
    let entry = json!({"id": "0", "time": world.now().seconds(), "changes": changes});
    assert_eq!(hook.take()[0].json(), json!({"object": "instagram", "entry": [entry]}));
}

#[tokio::test]
async fn a_test_of_comments_is_a_change_in_either_product() {
    let world = TestWorld::start().await;
    let hook = world.subscribe(&["comments"]).await;
    press(&world, &json!({"field": "comments"})).await.ok();
    let value = json!({
        "id": "17865799348089039", "from": {"id": "232323232", "username": "test"}, "text": "This is an example.",
        "parent_id": "1231231234", "media": {"id": "123123123", "media_product_type": "FEED"},
    });
    let changes = json!([{"field": "comments", "value": value}]);
    let entry = json!({"id": "0", "time": world.now().seconds(), "changes": changes});
    assert_eq!(hook.take()[0].json(), json!({"object": "instagram", "entry": [entry]}));
}

#[tokio::test]
async fn a_test_reaches_an_app_that_hears_no_real_message() {
    let world = TestWorld::start().await;
    let hook = world.subscribe(&["messages"]).await;
    world.nobody().post("/_parlance/apps/500000000000001", &json!({"live": false})).await.ok();
    does(&world, "messages", &json!({"text": "hello"})).await;
    assert!(told(&world, &hook).await.is_empty(), "mira has no role on the app");
    press(&world, &json!({})).await.ok();
    assert_eq!(hook.take().len(), 1);
}

#[tokio::test]
async fn a_test_that_fails_is_answered_and_not_repeated() {
    let world = TestWorld::start().await;
    let hook = world.subscribe(&["messages"]).await;
    hook.answer_with(500);
    assert_eq!(press(&world, &json!({})).await.ok()["status"], 500);
    world.advance(wire::time::Span::hours(2)).await;
    assert_eq!(hook.take().len(), 1);
    let log = world.nobody().get("/_parlance/deliveries").await.ok();
    assert_eq!(log["data"], json!([]), "it stands in no log");
}

#[tokio::test]
async fn what_cannot_be_tested_is_refused() {
    let world = TestWorld::start().await;
    assert_eq!(press(&world, &json!({})).await.error().0, 400, "there is no endpoint");
    world.subscribe(&["messages"]).await;
    for wrong in [
        json!({"field": "nope"}),
        json!({"field": "follow"}),
        json!({"field": "comments", "shape": "early_2021"}),
        json!({"shape": "late_2021"}),
        json!({"login": "meta"}),
    ] {
        assert_eq!(press(&world, &wrong).await.error().0, 400, "{wrong}");
    }
    assert_eq!(world.nobody().post("/_parlance/apps/7/tests", &json!({})).await.error().0, 404);
}
