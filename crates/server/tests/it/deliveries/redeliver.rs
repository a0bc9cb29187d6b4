//! Deliveries made again: one, many, edited, or to another URL.

use engine::demo;
use serde_json::json;
use testkit::{Receiver, TestWorld};
use wire::time::Span;

use super::sink::{Mood, Sink};
use super::{listed, outcomes, shown};
use crate::deliver::texts;

#[tokio::test]
async fn an_edited_delivery_is_a_new_one_freshly_signed() {
    let world = TestWorld::start().await;
    let hook = world.subscribe(&["messages"]).await;
    world.person("mira.paints").writes("as it was").await;
    world.deliver().await;
    let was = hook.take().remove(0).json();
    world.advance(Span::hours(1)).await;
    let row = &listed(&world, "").await[0];
    let path = format!("/_parlance/deliveries/{}/redeliver", row["id"].as_str().unwrap());
    let mut element = was["entry"][0]["messaging"][0].clone();
    element["message"]["text"] = json!("übersetzt / 💙");
    let made = world.nobody().post(&path, &json!({"element": element})).await.ok();
    assert_ne!(made["id"], row["id"]);
    world.deliver().await;
    let received = hook.take().remove(0);
    assert_eq!(received.json()["entry"][0]["messaging"][0], element);
    assert_eq!(received.json()["entry"][0]["time"], world.now().get(), "a time of its own");
    assert!(received.body.is_ascii());
    let copy = shown(&world, &made).await;
    assert_eq!((&copy["copy_of"], &copy["state"]), (&row["id"], &json!("delivered")));
    assert_eq!(shown(&world, row).await["attempts"].as_array().unwrap().len(), 1, "the other one stays as it was");
    for wrong in [json!({"element": "text"}), json!({"url": "ftp://x.test"}), json!([1])] {
        assert_eq!(world.nobody().post(&path, &wrong).await.error().0, 400, "{wrong}");
    }
}

#[tokio::test]
async fn a_delivery_can_go_somewhere_else_whatever_the_app_is_subscribed_to() {
    let world = TestWorld::start().await;
    let hook = world.subscribe(&["messages"]).await;
    world.person("mira.paints").writes("hello").await;
    world.deliver().await;
    hook.take();
    world.page().delete("/me/subscribed_apps").await.ok();
    let elsewhere = Receiver::start(demo::SECRET).await;
    let row = &listed(&world, "").await[0];
    let path = format!("/_parlance/deliveries/{}/redeliver", row["id"].as_str().unwrap());
    elsewhere.answer_with(500);
    let made = world.nobody().post(&path, &json!({"url": elsewhere.url()})).await.ok();
    world.deliver().await;
    assert_eq!(elsewhere.take().len(), 2, "it is retried like any other");
    elsewhere.answer_with(200);
    world.advance(Span::minutes(1)).await;
    assert_eq!(texts(&elsewhere.elements()), ["hello"]);
    assert!(hook.take().is_empty());
    assert_eq!(outcomes(&shown(&world, &made).await).last(), Some(&"taken"));
    assert!(world.world().store.outages(demo::APP).await.unwrap().is_empty(), "it says nothing of the app's endpoint");
}

#[tokio::test]
async fn many_that_were_dropped_are_made_again_by_a_filter() {
    let world = TestWorld::start().await;
    let sink = Sink::start().await;
    let _hook = world.subscribe(&["messages"]).await;
    crate::deliver::repoint(&world, sink.url()).await;
    sink.is(Mood::Refuse("lost"));
    let mut marks = Vec::new();
    for number in 0..3 {
        marks.push(world.now());
        world.person("mira.paints").writes(&format!("lost {number}")).await;
        world.advance(Span::minutes(10)).await;
        world.person("jonas_w").writes(&format!("taken {number}")).await;
        world.advance(Span::minutes(60)).await;
    }
    assert_eq!(listed(&world, "&state=dropped").await.len(), 3, "the dead letters");
    assert_eq!(listed(&world, &format!("&state=dropped&since={}", marks[1].rfc3339())).await.len(), 2);
    assert_eq!(listed(&world, &format!("&account={}&field=messages", demo::USERNAME)).await.len(), 6);
    assert_eq!(listed(&world, "&field=comments").await.len(), 0);
    for wrong in ["field=nope", "since=soon", "account=nobody"] {
        assert!(world.nobody().get(&format!("/_parlance/deliveries?{wrong}")).await.error().0 >= 400, "{wrong}");
    }
    sink.is(Mood::Well);
    sink.take();
    let api = world.nobody();
    let some = api.post("/_parlance/deliveries/redeliver", &json!({"limit": 2})).await.ok();
    assert_eq!(some["count"], 2);
    world.deliver().await;
    assert_eq!(sink.take().len(), 2);
    let rest = api.post("/_parlance/deliveries/redeliver", &json!({"before": some["next"]})).await.ok();
    assert_eq!((&rest["count"], &rest["next"]), (&json!(1), &json!(null)));
    world.deliver().await;
    assert!(sink.take()[0].body.contains("lost 0"));
    assert!(listed(&world, "&state=dropped").await.is_empty());

    let elsewhere = Sink::start().await;
    let all = json!({"state": "delivered", "field": "messages", "url": elsewhere.url()});
    assert_eq!(api.post("/_parlance/deliveries/redeliver", &all).await.ok()["count"], 6);
    world.deliver().await;
    assert_eq!((elsewhere.take().len(), sink.take().len()), (6, 0));
}
