//! Several nodes on one store: what one changes the others heed, and none gets in another's way.

use std::sync::Arc;
use std::time::Duration;

use axum::body::Body;
use engine::change::{Change, ChangeSet};
use engine::clock::OFFSET_SETTING;
use engine::demo;
use engine::facts::DeliveryState;
use engine::settings::Settings;
use engine::store::{Claim, DeliveryFilter};
use serde_json::json;
use testkit::{Engine, Grant, Options, TestWorld};
use tokio::sync::Notify;
use tower::ServiceExt;
use wire::time::{Millis, Span};

use crate::deliver::{log, patient_receiver, repoint, texts};
use crate::emulator::events_of;

#[tokio::test]
async fn a_token_taken_back_on_one_node_is_refused_by_the_other() {
    let a = TestWorld::start().await;
    let b = a.beside(2);
    let text = Grant::page().all_scopes().make(&a).await;
    b.hear().await;
    b.api(&text).get("/me").await.ok();
    let hash = engine::vault::TokenHash::of(&text);
    let mut token = a.world().store.token(hash).await.unwrap().unwrap();
    token.revoked_time = Some(a.now());
    a.world().commit(ChangeSet(vec![Change::PutToken(token)])).await.unwrap();
    b.api(&text).get("/me").await.ok();
    b.hear().await;
    assert_eq!(b.api(&text).get("/me").await.error(), (400, 190, Some(466)));
}

#[tokio::test]
async fn a_message_on_one_node_reaches_a_live_stream_on_the_other() {
    let a = TestWorld::start().await;
    let mut b = a.beside(2);
    b.run();
    let request = b.nobody().request("GET", "/_parlance/events/stream", "", Body::empty());
    let mut stream = b.router().oneshot(request).await.unwrap().into_body();
    let mid = a.person("mira.paints").writes("hello").await;
    let (_, event) = events_of(&mut stream, 1).await.remove(0);
    assert_eq!((&event["message_id"], &event["text"]), (&json!(mid), &json!("hello")));
}

#[tokio::test]
async fn two_nodes_deliver_each_message_once_and_each_thread_in_order() {
    for engine in [Engine::Memory, Engine::Sqlite] {
        let mut a = TestWorld::with(Options { engine, ..Options::default() }).await;
        let hook = a.subscribe(&["messages"]).await;
        let mut b = a.beside(2);
        a.run();
        b.run();
        let people: Vec<&str> = demo::people().map(|(username, _)| username).take(4).collect();
        for number in 0..40 {
            for person in &people {
                let node = if number % 2 == 0 { &a } else { &b };
                node.person(person).writes(&format!("{person} {number:02}")).await;
            }
        }
        tokio::join!(a.deliver(), b.deliver());
        let elements = hook.elements();
        let texts = texts(&elements);
        assert_eq!(texts.len(), 160);
        for person in people {
            let own: Vec<&str> = texts.iter().copied().filter(|text| text.starts_with(person)).collect();
            assert!(own.len() == 40 && own.is_sorted(), "{own:?}");
        }
    }
}

#[tokio::test]
async fn a_moved_clock_is_moved_on_every_node() {
    let a = TestWorld::start().await;
    let b = a.beside(2);
    let start = a.now();
    a.advance(Span::hours(25)).await;
    assert_eq!(b.now(), start);
    b.hear().await;
    assert_eq!(b.now(), start.plus(Span::hours(25)));
    b.advance(Span::hours(-30)).await;
    a.hear().await;
    assert_eq!((a.now(), b.now()), (start.minus(Span::hours(5)), start.minus(Span::hours(5))));
}

#[tokio::test]
async fn nodes_that_move_the_clock_at_once_end_up_at_the_same_moment() {
    let mut a = TestWorld::with(Options { engine: Engine::Memory, ..Options::default() }).await;
    let hook = a.subscribe(&["messages"]).await;
    hook.answer_with(500);
    a.person("mira.paints").writes("retried on the way").await;
    let mut b = a.beside(2);
    a.run();
    b.run();
    for round in 0..20 {
        let by = Span::minutes(if round % 3 == 2 { -7 } else { 3 + round });
        tokio::join!(a.advance(by), b.advance(Span::minutes(2)));
        let mut bell = (a.world().bus.work(), b.world().bus.work());
        while a.now() != stored(&a).await || b.now() != stored(&b).await {
            tokio::select! {
                _ = bell.0.changed() => {}
                _ = bell.1.changed() => {}
            }
        }
    }
    assert_eq!(a.now(), b.now());
}

/// Where the clock stands according to the store.
async fn stored(world: &TestWorld) -> Millis {
    let offset = world.world().store.setting(OFFSET_SETTING).await.unwrap().unwrap();
    Millis::new(offset.parse().unwrap())
}

#[tokio::test]
async fn an_offset_that_is_read_again_does_not_undo_a_move() {
    let a = TestWorld::with(Options { engine: Engine::Memory, ..Options::default() }).await;
    a.advance(Span::hours(1)).await;
    let goal = a.now().plus(Span::hours(50));
    let reread = async {
        while a.now() < goal {
            let before = a.now();
            engine::offset::follow(a.world()).await.unwrap();
            assert!(a.now() >= before, "it fell back");
            tokio::task::yield_now().await;
        }
    };
    let moves = async {
        for _ in 0..50 {
            a.advance(Span::hours(1)).await;
            tokio::task::yield_now().await;
        }
    };
    tokio::join!(moves, reread);
    assert_eq!((a.now(), stored(&a).await), (goal, goal));
}

#[tokio::test]
async fn the_clock_waits_for_what_another_node_has_under_way() {
    let a = TestWorld::with(Options { engine: Engine::Memory, ..Options::default() }).await;
    let _hook = a.subscribe(&["messages"]).await;
    let allowed = Arc::new(Notify::new());
    let (url, mut arrivals, serving) = patient_receiver(Arc::clone(&allowed)).await;
    repoint(&a, &url).await;
    let mut b = a.beside(2);
    b.run();
    a.person("mira.paints").writes("hello").await;
    arrivals.recv().await.unwrap();
    let start = a.now();
    let release = async {
        for _ in 0..100 {
            tokio::task::yield_now().await;
        }
        assert_eq!(a.now(), start, "it stands while the other node delivers");
        allowed.notify_one();
    };
    tokio::join!(a.advance(Span::hours(1)), release);
    let (delivery, attempts) = log(&a).await.remove(0);
    assert_eq!((delivery.state, attempts.len()), (DeliveryState::Delivered, 1));
    assert_eq!((attempts[0].time, a.now()), (start, start.plus(Span::hours(1))));
    serving.abort();
}

#[tokio::test]
async fn a_dead_nodes_lease_holds_the_clock_up_for_a_bounded_time_and_is_taken_over() {
    let settings = Settings { webhook_timeout_ms: 100, ..Settings::emulator() };
    let a = TestWorld::with(Options { settings, ..Options::default() }).await;
    let hook = a.subscribe(&["messages"]).await;
    a.person("mira.paints").writes("hello").await;
    let now = a.now();
    let dead = Claim { app: demo::APP, now, until: now.plus(Span::seconds(30)), owner: 7, limit: 1 };
    assert_eq!(a.world().store.claim(dead).await.unwrap().len(), 1);
    let at_once = tokio::time::timeout(Duration::from_secs(1), a.deliver()).await;
    assert!(at_once.is_err(), "it waits for the other node");
    a.deliver().await;
    assert!(hook.take().is_empty(), "the lease holds still");
    a.set_clock(now.plus(Span::seconds(30)));
    a.deliver().await;
    assert_eq!(texts(&hook.elements()), ["hello"]);
}

#[tokio::test]
async fn a_lease_that_does_not_outlast_a_post_is_left_to_others() {
    let world = TestWorld::with(Options { engine: Engine::Memory, ..Options::default() }).await;
    let hook = world.subscribe(&["messages"]).await;
    world.person("mira.paints").writes("hello").await;
    let start = world.now();
    // As after a pause between the claim and the POST: the lease is of 30 s, a POST may take 5 s.
    let pause = async { world.set_clock(start.plus(Span::millis(25_001))) };
    tokio::join!(biased; world.deliver(), pause);
    assert!(hook.take().is_empty());
    let found = world.world().store.deliveries(DeliveryFilter::default(), 1).await.unwrap().remove(0);
    assert_eq!((found.state, found.attempts), (DeliveryState::Pending, 0));
    world.set_clock(start.plus(Span::seconds(30)));
    world.deliver().await;
    assert_eq!(texts(&hook.elements()), ["hello"], "whoever comes after the lease makes it");
}
