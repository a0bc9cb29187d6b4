//! Webhook delivery: at least once, in order for each thread, with the retries of contract webhooks 2.5.
#![expect(clippy::unwrap_used, reason = "helpers fail the test that calls them")]

use std::sync::Arc;

use axum::Router;
use axum::http::StatusCode;
use axum::routing::post;
use engine::change::{Change, ChangeSet};
use engine::demo;
use engine::facts::{Attempt, Delivery, DeliveryState, PinnedField, Subscription};
use engine::store::DeliveryFilter;
use testkit::{Engine, Options, TestWorld};
use tokio::sync::{Notify, mpsc};
use tokio_util::sync::CancellationToken;
use wire::time::Span;
use wire::version::ApiVersion;

/// The delivery log, oldest first.
pub async fn log(world: &TestWorld) -> Vec<(Delivery, Vec<Attempt>)> {
    let store = &world.world().store;
    let mut log = Vec::new();
    for delivery in store.deliveries(DeliveryFilter::default(), 1_000).await.unwrap().into_iter().rev() {
        log.push(store.delivery(delivery.id).await.unwrap().unwrap());
    }
    log
}

pub fn texts(elements: &[serde_json::Value]) -> Vec<&str> {
    elements.iter().map(|element| element["message"]["text"].as_str().unwrap()).collect()
}

/// Points the demo app's subscription at a URL that was never verified.
pub async fn repoint(world: &TestWorld, callback_url: &str) {
    let mut set = ChangeSet::new();
    set.push(Change::PutSubscription(Subscription {
        app: demo::APP,
        object: "instagram".into(),
        callback_url: callback_url.into(),
        include_values: true,
        active: true,
        fields: vec![PinnedField { name: "messages".into(), version: ApiVersion { major: 25, minor: 0 } }],
    }));
    world.world().commit(set).await.unwrap();
}

#[tokio::test]
async fn a_message_is_delivered_once_and_written_down() {
    let world = TestWorld::start().await;
    let hook = world.subscribe(&["messages"]).await;
    world.person("mira.paints").writes("hello").await;
    world.deliver().await;
    assert_eq!(texts(&hook.elements()), ["hello"]);
    world.deliver().await;
    world.advance(Span::hours(2)).await;
    assert!(hook.take().is_empty(), "what was taken is not made again");
    let log = log(&world).await;
    assert_eq!(log.len(), 1);
    let (delivery, attempts) = &log[0];
    assert_eq!((delivery.state, delivery.attempts), (DeliveryState::Delivered, 1));
    assert_eq!((attempts[0].number, attempts[0].status, attempts[0].url.as_str()), (1, Some(200), hook.url().as_str()));
}

#[tokio::test]
async fn a_failing_receiver_is_tried_thinly_for_an_hour_with_the_same_bytes() {
    let world = TestWorld::start().await;
    let hook = world.subscribe(&["messages"]).await;
    hook.answer_with(204);
    world.person("mira.paints").writes("hello").await;
    world.deliver().await;
    assert_eq!(hook.take().len(), 2, "the first retry comes at once; 204 is no success");
    world.advance(Span::seconds(4)).await;
    assert_eq!(hook.take().len(), 0);
    world.advance(Span::seconds(1)).await;
    assert_eq!(hook.take().len(), 1);
    world.advance(Span::hours(2)).await;
    let late = hook.take();
    assert_eq!(late.len(), 9);
    let log = log(&world).await;
    let (delivery, attempts) = &log[0];
    assert_eq!((delivery.state, attempts.len()), (DeliveryState::Dropped, 12));
    let offsets: Vec<i64> = attempts.iter().map(|a| a.time.since(attempts[0].time).get() / 1_000).collect();
    assert_eq!(
        offsets,
        [0, 0, 5, 35, 155, 455, 1_055, 1_655, 2_255, 2_855, 3_455, 3_600],
        "each at its time on the way"
    );
    assert!(late.iter().all(|received| received.body == late[0].body));
    assert!(late.iter().all(|received| received.headers["x-hub-signature"] == late[0].headers["x-hub-signature"]));
}

#[tokio::test]
async fn a_thread_keeps_its_order_while_its_first_delivery_is_retried() {
    for engine in [Engine::Memory, Engine::Sqlite] {
        let world = TestWorld::with(Options { engine, ..Options::default() }).await;
        let hook = world.subscribe(&["messages"]).await;
        hook.answer_with(500);
        let (mira, jonas) = (world.person("mira.paints"), world.person("jonas_w"));
        mira.writes("one").await;
        world.deliver().await;
        assert_eq!(hook.take().len(), 2);
        mira.writes("two").await;
        hook.answer_with(200);
        jonas.writes("other thread").await;
        world.deliver().await;
        assert_eq!(texts(&hook.elements()), ["other thread"], "one thread never waits for another");
        world.advance(Span::seconds(5)).await;
        assert_eq!(texts(&hook.elements()), ["one", "two"]);
    }
}

#[tokio::test]
async fn a_receiver_that_stays_away_does_not_hold_up_its_thread_for_long() {
    let world = TestWorld::start().await;
    let hook = world.subscribe(&["messages"]).await;
    hook.answer_with(500);
    let mira = world.person("mira.paints");
    mira.writes("one").await;
    world.advance(Span::seconds(6)).await;
    hook.take();
    mira.writes("two").await;
    hook.answer_with(200);
    world.deliver().await;
    assert_eq!(texts(&hook.elements()), ["two"], "after three attempts the rest goes on");
    world.advance(Span::minutes(1)).await;
    assert_eq!(texts(&hook.elements()), ["one"]);
}

#[tokio::test]
async fn what_nobody_is_subscribed_to_any_more_is_dropped() {
    let world = TestWorld::start().await;
    let hook = world.subscribe(&["messages"]).await;
    world.person("mira.paints").writes("hello").await;
    let mut set = ChangeSet::new();
    set.push(Change::RemoveSubscription { app: demo::APP, object: None });
    world.world().commit(set).await.unwrap();
    world.deliver().await;
    assert!(hook.take().is_empty());
    let log = log(&world).await;
    assert_eq!(log[0].0.state, DeliveryState::Dropped);
    assert_eq!((log[0].1[0].status, log[0].1[0].answer.as_str()), (None, "no subscription any more"));
}

#[tokio::test]
async fn two_hundred_deliveries_of_two_hundred_messages_arrive_once_each_and_in_order() {
    let world = TestWorld::start().await;
    let hook = world.subscribe(&["messages"]).await;
    let people: Vec<&str> = demo::people().map(|(username, _)| username).take(4).collect();
    for number in 0..50 {
        for person in &people {
            world.person(person).writes(&format!("{person} {number:02}")).await;
        }
    }
    let (a, b) = (&world.server.dispatcher, world.server.dispatcher.clone());
    tokio::join!(a.settle(), b.settle());
    assert_eq!(a.in_flight(), 0);
    let elements = hook.elements();
    let texts = texts(&elements);
    assert_eq!(texts.len(), 200);
    for person in people {
        let own: Vec<&str> = texts.iter().copied().filter(|text| text.starts_with(person)).collect();
        assert!(own.len() == 50 && own.is_sorted(), "{own:?}");
    }
}

#[tokio::test]
async fn moving_the_clock_back_makes_nothing_due() {
    let world = TestWorld::start().await;
    let hook = world.subscribe(&["messages"]).await;
    hook.answer_with(500);
    world.person("mira.paints").writes("hello").await;
    world.deliver().await;
    hook.take();
    let before = world.now();
    world.advance(Span::hours(-3)).await;
    assert_eq!(world.now(), before.minus(Span::hours(3)));
    assert!(hook.take().is_empty());
    world.advance(Span::seconds(4)).await;
    assert!(hook.take().is_empty(), "the retry went back with the clock and is due five seconds on");
    hook.answer_with(200);
    world.advance(Span::seconds(1)).await;
    assert_eq!(hook.take().len(), 1);
}

/// A receiver that tells of every delivery and answers when it is allowed to.
pub async fn patient_receiver(allowed: Arc<Notify>) -> (String, mpsc::Receiver<()>, tokio::task::JoinHandle<()>) {
    let (arrived, arrivals) = mpsc::channel(8);
    let hook = move || async move {
        arrived.send(()).await.unwrap();
        allowed.notified().await;
        StatusCode::OK
    };
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/", listener.local_addr().unwrap());
    let router = Router::new().route("/", post(hook));
    let serving = tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
    (url, arrivals, serving)
}

#[tokio::test]
async fn the_worker_wakes_for_a_commit_and_finishes_what_is_under_way_at_shutdown() {
    let world = TestWorld::start().await;
    let _hook = world.subscribe(&["messages"]).await;
    let allowed = Arc::new(Notify::new());
    let (url, mut arrivals, serving) = patient_receiver(Arc::clone(&allowed)).await;
    repoint(&world, &url).await;

    let (dispatcher, shutdown) = (world.server.dispatcher.clone(), CancellationToken::new());
    let worker = tokio::spawn({
        let (dispatcher, shutdown) = (dispatcher.clone(), shutdown.clone());
        async move { dispatcher.run(shutdown).await }
    });
    world.person("mira.paints").writes("hello").await;
    arrivals.recv().await.unwrap();
    while dispatcher.in_flight() != 1 {
        // The worker is looking again, and holds every place meanwhile.
        tokio::task::yield_now().await;
    }
    shutdown.cancel();
    dispatcher.closing().cancelled().await;
    allowed.notify_one();
    worker.await.unwrap();
    assert_eq!(dispatcher.in_flight(), 0);
    assert_eq!(log(&world).await[0].0.state, DeliveryState::Delivered);
    serving.abort();
}

#[tokio::test]
async fn settling_waits_for_what_the_worker_has_under_way() {
    let world = TestWorld::start().await;
    let _hook = world.subscribe(&["messages"]).await;
    let allowed = Arc::new(Notify::new());
    let (url, mut arrivals, serving) = patient_receiver(Arc::clone(&allowed)).await;
    repoint(&world, &url).await;

    let (dispatcher, shutdown) = (world.server.dispatcher.clone(), CancellationToken::new());
    let worker = tokio::spawn({
        let (dispatcher, shutdown) = (dispatcher.clone(), shutdown.clone());
        async move { dispatcher.run(shutdown).await }
    });
    world.person("mira.paints").writes("hello").await;
    arrivals.recv().await.unwrap();
    let release = async {
        tokio::task::yield_now().await;
        allowed.notify_one();
    };
    tokio::join!(dispatcher.settle(), release);
    assert_eq!(log(&world).await[0].0.state, DeliveryState::Delivered);
    shutdown.cancel();
    worker.await.unwrap();
    serving.abort();
}
