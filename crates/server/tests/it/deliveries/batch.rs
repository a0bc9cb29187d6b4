//! Several updates in one POST.

use engine::change::Change;
use engine::demo;
use engine::facts::{Channel, NewDelivery};
use engine::settings::Settings;
use testkit::{Options, Received, TestWorld};
use wire::dialect::Dialect;
use wire::id::Igsid;
use wire::time::Span;

use super::{listed, shown};

/// A `comments` delivery, as somebody's comment causes it.
pub async fn causes_a_change(world: &TestWorld) {
    world
        .commit([Change::AddDelivery(NewDelivery {
            account: demo::ACCOUNT,
            app: demo::APP,
            igsid: Igsid::new(0),
            login: Dialect::Facebook,
            field: "comments",
            channel: Channel::Changes,
            element: r#"{"field":"comments","value":{"id":"1"}}"#.into(),
            created_time: world.now(),
            copy: None,
        })])
        .await;
}

async fn with(webhook_batch: usize, webhook_batch_bytes: usize) -> TestWorld {
    let settings = Settings { webhook_batch, webhook_batch_bytes, ..Settings::emulator() };
    TestWorld::with(Options { settings, ..Options::default() }).await
}

/// The texts of each POST.
fn posts(received: &[Received]) -> Vec<Vec<String>> {
    let text = |entry: &serde_json::Value| entry["messaging"][0]["message"]["text"].as_str().unwrap().to_owned();
    received.iter().map(|post| post.json()["entry"].as_array().unwrap().iter().map(text).collect()).collect()
}

#[tokio::test]
async fn updates_of_several_threads_share_a_post_each_with_an_entry() {
    let world = with(10, 100_000).await;
    let hook = world.subscribe(&["messages"]).await;
    let people: Vec<&str> = demo::people().map(|(username, _)| username).take(4).collect();
    for number in 0..3 {
        for person in &people {
            world.person(person).writes(&format!("{person} {number}")).await;
        }
    }
    world.deliver().await;
    let received = hook.take();
    let posts = posts(&received);
    assert_eq!(posts.iter().map(Vec::len).collect::<Vec<_>>(), [4, 4, 4], "one of each thread at a time");
    for person in people {
        let own: Vec<&String> = posts.iter().flatten().filter(|text| text.starts_with(person)).collect();
        assert!(own.len() == 3 && own.is_sorted(), "{own:?}");
    }
    let entries = received[0].json()["entry"].as_array().unwrap().clone();
    assert!(entries.iter().all(|entry| entry["messaging"].as_array().unwrap().len() == 1), "{entries:?}");
    for row in listed(&world, "").await {
        let attempts = shown(&world, &row).await["attempts"].clone();
        assert_eq!(
            (attempts.as_array().unwrap().len(), &attempts[0]["outcome"]),
            (1, &"taken".into()),
            "each has its own"
        );
    }
}

#[tokio::test]
async fn a_post_is_no_longer_than_the_setting_says_and_a_long_update_goes_alone() {
    let world = with(10, 1_000).await;
    let hook = world.subscribe(&["messages"]).await;
    let people: Vec<&str> = demo::people().map(|(username, _)| username).take(4).collect();
    world.person(people[0]).writes(&"x".repeat(950)).await;
    for person in &people[1..] {
        world.person(person).writes("short").await;
    }
    world.deliver().await;
    let received = hook.take();
    let mut sizes: Vec<usize> = posts(&received).iter().map(Vec::len).collect();
    sizes.sort_unstable();
    assert_eq!(sizes, [1, 1, 2]);
    for post in received.iter().filter(|post| post.json()["entry"].as_array().unwrap().len() > 1) {
        assert!(post.body.len() <= 1_000, "{}", post.body.len());
    }
}

#[tokio::test]
async fn a_batch_that_failed_is_tried_again_with_the_same_bytes() {
    let world = with(10, 100_000).await;
    let hook = world.subscribe(&["messages"]).await;
    hook.answer_with(500);
    for (person, _) in demo::people().take(3) {
        world.person(person).writes("hello").await;
    }
    world.deliver().await;
    let first = hook.take();
    assert_eq!(first.len(), 2, "both at once");
    hook.answer_with(200);
    world.advance(Span::seconds(5)).await;
    let third = hook.take();
    assert_eq!(third.len(), 1);
    assert!(
        third[0].body == first[0].body && third[0].headers["x-hub-signature"] == first[0].headers["x-hub-signature"]
    );
    assert!(listed(&world, "").await.iter().all(|row| row["state"] == "delivered" && row["attempts"] == 3));
}

#[tokio::test]
async fn one_update_is_one_post_unless_the_setting_says_otherwise() {
    let world = TestWorld::start().await;
    let hook = world.subscribe(&["messages", "comments"]).await;
    for (person, _) in demo::people().take(3) {
        world.person(person).writes("hello").await;
    }
    causes_a_change(&world).await;
    world.deliver().await;
    let received = hook.take();
    assert_eq!(received.len(), 4);
    let changes: Vec<_> =
        received.iter().map(Received::json).filter(|json| json["entry"][0]["changes"].is_array()).collect();
    let seconds = world.now().seconds();
    assert_eq!(changes[0]["entry"][0]["time"], seconds, "seconds for changes");
}
