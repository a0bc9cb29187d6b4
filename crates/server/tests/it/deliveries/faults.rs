//! Misbehaviour on demand: each fault, how often it strikes, and that it stops.

use axum::body::Body;
use engine::demo;
use serde_json::{Value, json};
use testkit::{Options, TestWorld};
use wire::time::Span;

use super::{arm, impatient, listed, outcomes, shown};
use crate::MIRA;
use crate::deliver::texts;

async fn listed_faults(world: &TestWorld) -> Vec<Value> {
    world.nobody().get("/_parlance/faults").await.ok()["data"].as_array().unwrap().clone()
}

/// A world with a receiver, and one person's texts `0`, `1`, … delivered under a rule.
async fn texts_under(rule: Value, count: usize) -> (TestWorld, testkit::Receiver) {
    let world = TestWorld::start().await;
    let hook = world.subscribe(&["messages"]).await;
    arm(&world, rule).await;
    for number in 0..count {
        world.person("mira.paints").writes(&number.to_string()).await;
    }
    world.deliver().await;
    (world, hook)
}

#[tokio::test]
async fn a_duplicate_comes_again_with_the_same_bytes_and_before_what_follows() {
    let (world, hook) = texts_under(json!({"fault": "duplicate", "every": 2}), 4).await;
    let received = hook.take();
    let bodies: Vec<Value> = received.iter().map(testkit::Received::element).collect();
    assert_eq!(texts(&bodies), ["0", "1", "1", "2", "3", "3"]);
    assert_eq!(received[1].body, received[2].body);
    let one = shown(&world, &listed(&world, "").await[1]).await;
    assert_eq!((&one["state"], outcomes(&one)), (&json!("delivered"), vec!["taken", "taken"]));
    assert!(one["attempts"][0]["answer"].as_str().unwrap().contains("fault duplicate"));
}

#[tokio::test]
async fn a_reordered_delivery_is_overtaken_by_its_thread() {
    let (world, hook) = texts_under(json!({"fault": "reorder", "next": 1}), 3).await;
    assert_eq!(texts(&hook.elements()), ["1", "2"]);
    world.advance(Span::seconds(5)).await;
    assert_eq!(texts(&hook.elements()), ["0"]);
    assert_eq!(listed(&world, "").await[0]["attempts"], 1);
}

#[tokio::test]
async fn a_delayed_delivery_takes_its_thread_with_it_and_no_other() {
    let (world, hook) = texts_under(json!({"fault": "delay", "next": 1, "amount": 60_000}), 3).await;
    world.person("jonas_w").writes("other thread").await;
    world.deliver().await;
    assert_eq!(texts(&hook.elements()), ["other thread"]);
    world.advance(Span::seconds(59)).await;
    assert!(hook.take().is_empty());
    world.advance(Span::seconds(1)).await;
    assert_eq!(texts(&hook.elements()), ["0", "1", "2"]);
}

#[tokio::test]
async fn a_dropped_delivery_never_comes_and_the_log_says_why() {
    let (world, hook) = texts_under(json!({"fault": "drop", "every": 3}), 6).await;
    assert_eq!(texts(&hook.elements()), ["0", "1", "3", "4"]);
    let dropped = shown(&world, &listed(&world, "&state=dropped").await[0]).await;
    assert_eq!(outcomes(&dropped), ["given up: it was to be dropped (fault drop)"]);
    assert_eq!(listed_faults(&world).await[0]["fired"], 2);
}

#[tokio::test]
async fn many_senders_come_in_one_post() {
    let world = TestWorld::start().await;
    let hook = world.subscribe(&["messages"]).await;
    arm(&world, json!({"fault": "batch", "amount": 3, "next": 1})).await;
    for (person, _) in demo::people().take(5) {
        world.person(person).writes("hello").await;
    }
    world.deliver().await;
    let mut entries: Vec<usize> =
        hook.take().iter().map(|post| post.json()["entry"].as_array().unwrap().len()).collect();
    entries.sort_unstable();
    assert_eq!(entries.iter().sum::<usize>(), 5);
    assert_eq!(entries.last(), Some(&3), "{entries:?}");
}

#[tokio::test]
async fn a_failing_callback_is_not_even_asked_and_retried() {
    let (world, hook) = texts_under(json!({"fault": "fail", "next": 2, "amount": 503}), 2).await;
    assert!(hook.take().is_empty(), "the retry failed as well, and the thread waits");
    world.advance(Span::seconds(5)).await;
    assert_eq!(texts(&hook.elements()), ["0", "1"]);
    let one = shown(&world, &listed(&world, "").await[0]).await;
    let failed = "failed: HTTP status 503 is not 200";
    assert_eq!(outcomes(&one), [failed, failed, "taken"]);
}

#[tokio::test]
async fn a_slow_callback_takes_its_time_and_at_the_limit_it_fails() {
    let world = TestWorld::with(Options { settings: impatient(40), ..Options::default() }).await;
    let hook = world.subscribe(&["messages"]).await;
    arm(&world, json!({"fault": "slow", "next": 1, "amount": 40})).await;
    world.person("mira.paints").writes("hello").await;
    world.deliver().await;
    let one = shown(&world, &listed(&world, "").await[0]).await;
    assert_eq!(outcomes(&one)[0], "failed: no answer within 40 ms (fault slow)");
    assert_eq!(one["attempts"][0]["duration_ms"], 40);
    assert_eq!(texts(&hook.elements()), ["hello"], "the retry is as quick as ever");
}

#[tokio::test]
async fn the_echo_can_come_before_the_answer() {
    let world = TestWorld::start().await;
    let hook = world.subscribe(&["messages"]).await;
    let sent = world.page().sends(MIRA, "plain").await.ok();
    assert!(hook.take().is_empty(), "nobody delivers yet");
    world.deliver().await;
    assert_eq!(hook.elements()[0]["message"]["mid"], sent["message_id"]);
    arm(&world, json!({"fault": "echo_before_answer", "every": 2})).await;
    for expected in [0, 1] {
        let sent = world.page().sends(MIRA, "overtaken").await.ok();
        let echoes = hook.elements();
        assert_eq!(echoes.iter().filter(|echo| echo["message"]["mid"] == sent["message_id"]).count(), expected);
    }
}

#[tokio::test]
async fn a_rule_is_about_an_app_or_a_field_and_all_are_taken_back_at_once() {
    let world = TestWorld::start().await;
    let hook = world.subscribe(&["messages", "messaging_seen"]).await;
    arm(&world, json!({"fault": "drop", "field": "messaging_seen"})).await;
    arm(&world, json!({"fault": "drop", "app": "1"})).await;
    world.page().sends(MIRA, "read me").await.ok();
    world.person("mira.paints").opens().await;
    world.person("mira.paints").writes("hello").await;
    world.deliver().await;
    assert_eq!(texts(&hook.elements()), ["read me", "hello"]);
    let rules = listed_faults(&world).await;
    let counts = |rule: &Value| (rule["when"].clone(), rule["seen"].clone(), rule["fired"].clone());
    assert_eq!(counts(&rules[0]), (json!("always"), json!(1), json!(1)));
    assert_eq!(counts(&rules[1]), (json!("always"), json!(0), json!(0)));
    world.nobody().delete("/_parlance/faults").await.ok();
    assert!(listed_faults(&world).await.is_empty());
    for wrong in [
        json!({}),
        json!({"fault": "nope"}),
        json!({"fault": "drop", "next": 1, "every": 1}),
        json!({"fault": "drop", "every": 0}),
        json!({"fault": "drop", "app": "x"}),
        json!({"fault": "drop", "field": "nope"}),
        json!({"fault": "fail", "amount": 200}),
    ] {
        assert_eq!(world.nobody().post("/_parlance/faults", &wrong).await.error().0, 400, "{wrong}");
    }
}

#[tokio::test]
async fn a_server_that_is_no_emulator_cannot_be_told_to_misbehave() {
    let world = TestWorld::start().await;
    let router = world.server.clone().router(None);
    let request = world.nobody().request("POST", "/_parlance/faults", "", Body::from(r#"{"fault":"drop"}"#));
    let answer = tower::ServiceExt::oneshot(router, request).await.unwrap();
    assert_ne!(answer.status(), 200);
    assert!(world.server.dispatcher.faults().list().is_empty());
}
