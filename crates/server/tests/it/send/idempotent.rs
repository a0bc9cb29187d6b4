//! `Idempotency-Key`, our addition.

use axum::body::Body;
use serde_json::{Value, json};
use testkit::{Answer, Api, TestWorld};
use wire::time::Span;

use crate::{JONAS, MIRA};

async fn sends(api: &Api, key: &str, body: &Value) -> Answer {
    let mut request = api.request("POST", "/v25.0/me/messages", "application/json", Body::from(body.to_string()));
    request.headers_mut().insert("idempotency-key", axum::http::HeaderValue::from_bytes(key.as_bytes()).unwrap());
    api.send(request).await
}

fn text(to: &str, text: &str) -> Value {
    json!({"recipient": {"id": to}, "message": {"text": text}})
}

async fn seen(world: &TestWorld, text: &str) -> usize {
    world.person("mira.paints").sees().await.iter().filter(|(_, seen)| seen == text).count()
}

#[tokio::test]
async fn a_repeat_gets_the_first_answer_and_sends_nothing() {
    let world = TestWorld::start().await;
    let hook = world.subscribe(&["messages"]).await;
    let first = sends(&world.page(), "order-7", &text(MIRA, "once")).await;
    first.ok();
    let again = sends(&world.page(), "order-7", &text(MIRA, "once")).await;
    assert_eq!((again.status, &again.body), (200, &first.body));
    world.deliver().await;
    assert_eq!((seen(&world, "once").await, hook.take().len()), (1, 1));
    let other = sends(&world.page(), "order-8", &text(MIRA, "once")).await.ok();
    assert_ne!(other["message_id"], first.json()["message_id"]);
}

#[tokio::test]
async fn it_is_kept_for_24_hours_and_outlives_the_window() {
    let world = TestWorld::start().await;
    let first = sends(&world.page(), "k", &text(MIRA, "once")).await.ok();
    world.advance(Span::hours(24)).await;
    assert_eq!(world.page().sends(MIRA, "late").await.status, 403, "the window is shut");
    assert_eq!(sends(&world.page(), "k", &text(MIRA, "once")).await.ok(), first);
    world.advance(Span::millis(1)).await;
    assert_eq!(sends(&world.page(), "k", &text(MIRA, "once")).await.error().1, 10, "asked anew");
    world.person("mira.paints").writes("hi").await;
    let second = sends(&world.page(), "k", &text(MIRA, "once")).await.ok();
    assert_ne!(second["message_id"], first["message_id"]);
}

#[tokio::test]
async fn a_key_stands_for_one_request() {
    let world = TestWorld::start().await;
    sends(&world.page(), "k", &text(MIRA, "once")).await.ok();
    for other in [text(MIRA, "twice"), text(JONAS, "once")] {
        let refused = sends(&world.page(), "k", &other).await;
        assert_eq!(refused.error(), (400, 100, None));
        assert_eq!(refused.message(), "(#100) Idempotency-Key was used for another request");
    }
}

#[tokio::test]
async fn refusals_are_not_kept() {
    let world = TestWorld::start().await;
    assert_eq!(sends(&world.page(), "k", &text(JONAS, "hi")).await.status, 403);
    world.person("jonas_w").writes("back").await;
    sends(&world.page(), "k", &text(JONAS, "hi")).await.ok();
}

#[tokio::test]
async fn of_many_at_once_one_sends_and_all_get_its_answer() {
    let world = TestWorld::start().await;
    let other = world.beside(2);
    let mut tasks = tokio::task::JoinSet::new();
    for api in [world.page(), other.page()].into_iter().cycle().take(16) {
        tasks.spawn(async move { sends(&api, "k", &text(MIRA, "once")).await.ok()["message_id"].to_string() });
    }
    let mut answers = tasks.join_all().await;
    answers.sort();
    answers.dedup();
    assert_eq!((answers.len(), seen(&world, "once").await), (1, 1));
}

#[tokio::test]
async fn a_key_is_visible_ascii_of_at_most_255() {
    let world = TestWorld::start().await;
    sends(&world.page(), &"k".repeat(255), &text(MIRA, "a")).await.ok();
    for bad in ["", "a b", "\u{fc}", &"k".repeat(256)] {
        assert_eq!(sends(&world.page(), bad, &text(MIRA, "b")).await.error(), (400, 100, None), "{bad:?}");
    }
    assert_eq!(seen(&world, "b").await, 0);
}

#[tokio::test]
async fn each_host_and_encoding_may_repeat() {
    let world = TestWorld::start().await;
    let first = sends(&world.instagram(), "k", &text(MIRA, "once")).await.ok();
    assert_eq!(sends(&world.instagram(), "k", &text(MIRA, "once")).await.ok(), first);
    assert_eq!(sends(&world.page(), "k", &text(MIRA, "once")).await.ok(), first, "one app, one account, one key");
}

#[tokio::test]
async fn a_batch_takes_no_key() {
    let world = TestWorld::start().await;
    let api = world.page();
    let batch = json!({"batch": [{"method": "GET", "relative_url": "me"}]});
    let mut request = api.request("POST", "/", "application/json", Body::from(batch.to_string()));
    request.headers_mut().insert("idempotency-key", axum::http::HeaderValue::from_static("k"));
    assert_eq!(api.send(request).await.error(), (400, 100, None));
}
