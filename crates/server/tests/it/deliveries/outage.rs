//! What becomes of an app whose endpoint fails, and who is told.

use engine::demo;
use serde_json::json;
use testkit::{Options, TestWorld};
use wire::time::Span;

use super::sink::{Mood, Sink};
use super::{alerts, installs, listed, outcomes, shown};
use crate::deliver::texts;

#[tokio::test]
async fn an_owner_is_told_after_a_quarter_and_the_app_is_taken_off_after_an_hour() {
    let world = TestWorld::start().await;
    let hook = world.subscribe(&["messages"]).await;
    hook.answer_with(500);
    let began = world.now();
    world.person("mira.paints").writes("one").await;
    world.advance(Span::seconds(15 * 60 - 1)).await;
    assert!(alerts(&world).await.is_empty());
    world.advance(Span::seconds(5 * 60 + 1)).await;
    world.person("jonas_w").writes("two").await;
    world.advance(Span::minutes(25)).await;
    assert_eq!(alerts(&world).await, ["delivery_failing"], "once for each outage");
    assert_eq!(world.page().get("/me/subscribed_apps").await.ok()["data"].as_array().unwrap().len(), 1);

    world.advance(Span::minutes(15)).await;
    let told = world.nobody().get("/_parlance/alerts").await.ok();
    let newest = &told["data"][0];
    assert_eq!((&newest["kind"], &newest["login"]), (&json!("webhooks_disabled"), &json!("facebook")));
    assert_eq!((&newest["app_id"], &newest["account_id"]), (&json!(crate::APP), &json!(crate::ACCOUNT)));
    assert_eq!(newest["since"], began.rfc3339());
    assert_eq!(newest["time"], began.plus(Span::hours(1)).rfc3339(), "an hour to the second");
    assert_eq!(world.page().get("/me/subscribed_apps").await.ok(), json!({"data": []}));
    let subscriptions = world.app().get(&format!("/{}/subscriptions", crate::APP)).await.ok();
    assert_eq!(subscriptions["data"][0]["active"], true, "layer A stays");

    let log = listed(&world, "").await;
    let (one, two) = (shown(&world, &log[0]).await, shown(&world, &log[1]).await);
    assert_eq!((&one["state"], &two["state"]), (&json!("dropped"), &json!("dropped")));
    assert_eq!(outcomes(&one), ["failed: HTTP status 500 is not 200"; 12]);
    assert_eq!(*outcomes(&two).last().unwrap(), "given up: not installed any more", "at once, and not when it was due");
    assert_eq!(two["attempts"].as_array().unwrap().last().unwrap()["time"], newest["time"]);
    hook.take();
    world.person("mira.paints").writes("three").await;
    world.advance(Span::hours(2)).await;
    assert!(hook.take().is_empty());
    assert_eq!(listed(&world, "").await.len(), 2, "nothing is caused any more");

    hook.answer_with(200);
    installs(&world).await;
    world.person("mira.paints").writes("four").await;
    world.deliver().await;
    assert_eq!(texts(&hook.elements()), ["four"], "until it subscribes again");
    assert!(world.world().store.outages(demo::APP).await.unwrap().is_empty());
}

#[tokio::test]
async fn an_outage_ends_with_the_next_success() {
    let world = TestWorld::start().await;
    let hook = world.subscribe(&["messages"]).await;
    for round in 0..3 {
        hook.answer_with(500);
        world.person("mira.paints").writes(&format!("round {round}")).await;
        world.advance(Span::minutes(10)).await;
        let outages = world.world().store.outages(demo::APP).await.unwrap();
        assert_eq!(outages.len(), 1, "{outages:?}");
        hook.answer_with(200);
        world.advance(Span::minutes(10)).await;
        assert!(world.world().store.outages(demo::APP).await.unwrap().is_empty());
    }
    assert!(alerts(&world).await.is_empty(), "none was a quarter of an hour long");
}

#[tokio::test]
async fn a_message_that_is_always_refused_takes_no_app_off_that_takes_the_others() {
    let world = TestWorld::start().await;
    let sink = Sink::start().await;
    let hook = world.subscribe(&["messages"]).await;
    crate::deliver::repoint(&world, sink.url()).await;
    sink.is(Mood::Refuse("poison"));
    world.person("mira.paints").writes("poison").await;
    for minute in 0..8 {
        world.person("jonas_w").writes(&format!("minute {minute}")).await;
        world.advance(Span::minutes(10)).await;
    }
    let log = listed(&world, "").await;
    assert_eq!((&log[0]["state"], &log[0]["attempts"]), (&json!("dropped"), &json!(12)));
    assert!(log[1..].iter().all(|row| row["state"] == "delivered" && row["attempts"] == 1));
    assert!(!alerts(&world).await.contains(&json!("webhooks_disabled")));
    assert_eq!(world.page().get("/me/subscribed_apps").await.ok()["data"].as_array().unwrap().len(), 1);
    drop(hook);
}

#[tokio::test]
async fn changes_that_fail_for_a_day_and_a_half_are_dropped_and_take_no_app_off() {
    let world = TestWorld::with(Options { engine: testkit::Engine::Memory, ..Options::default() }).await;
    let hook = world.subscribe(&["messages", "comments"]).await;
    hook.answer_with(500);
    super::batch::causes_a_change(&world).await;
    world.advance(Span::hours(40)).await;
    let log = listed(&world, "&field=comments").await;
    let one = shown(&world, &log[0]).await;
    assert_eq!((&one["state"], one["attempts"].as_array().unwrap().len()), (&json!("dropped"), 11));
    assert_eq!(alerts(&world).await, ["delivery_failing"]);
    assert_eq!(world.page().get("/me/subscribed_apps").await.ok()["data"].as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn what_is_pending_for_an_app_that_leaves_is_dropped_at_once() {
    let world = TestWorld::start().await;
    let hook = world.subscribe(&["messages"]).await;
    hook.answer_with(500);
    world.person("mira.paints").writes("one").await;
    world.person("mira.paints").writes("two").await;
    world.advance(Span::minutes(20)).await;
    hook.take();
    world.page().delete("/me/subscribed_apps").await.ok();
    world.deliver().await;
    assert!(hook.take().is_empty());
    for row in listed(&world, "").await {
        assert_eq!(row["state"], "dropped");
        assert_eq!(*outcomes(&shown(&world, &row).await).last().unwrap(), "given up: not installed any more");
    }
    hook.answer_with(200);
    installs(&world).await;
    world.advance(Span::hours(2)).await;
    assert!(hook.take().is_empty(), "coming back brings nothing back");
    assert!(world.world().store.outages(demo::APP).await.unwrap().is_empty());
}

#[tokio::test]
async fn retries_are_scattered_by_no_more_than_the_setting_says() {
    let settings =
        engine::settings::Settings { webhook_retry_jitter_percent: 10, ..engine::settings::Settings::emulator() };
    let world = TestWorld::with(Options { settings, ..Options::default() }).await;
    let hook = world.subscribe(&["messages"]).await;
    hook.answer_with(500);
    world.person("mira.paints").writes("one").await;
    world.advance(Span::hours(2)).await;
    let attempts = crate::deliver::log(&world).await.remove(0).1;
    let waits: Vec<i64> = attempts.windows(2).map(|pair| pair[1].time.since(pair[0].time).get()).collect();
    let plain = [0, 5, 30, 120, 300, 600, 600, 600, 600, 600].map(|seconds| seconds * 1_000);
    let beyond = |(wait, plain): (&i64, &i64)| !(*plain..=plain + plain / 10).contains(wait);
    assert!(!waits[..9].iter().zip(&plain).any(beyond), "{waits:?}");
    assert!(waits[1..9].iter().zip(&plain[1..]).any(|(wait, plain)| wait != plain), "{waits:?}");
    assert_eq!(attempts.last().unwrap().time.since(attempts[0].time), Span::hours(1), "the last one on the hour");
}
