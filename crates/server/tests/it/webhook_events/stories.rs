//! How stories end and what apps are told then (contract webhooks 3.18, read 4.8).

use testkit::Engine;
use wire::time::Span;

use super::*;

const FIGURES: [&str; 6] = ["impressions", "reach", "taps_forward", "taps_back", "exits", "replies"];

async fn story(world: &TestWorld) -> String {
    publishes(world, &json!({"media_product_type": "STORY"})).await
}

/// A world without the demo world's own story.
async fn begin(options: Options) -> TestWorld {
    let world = TestWorld::with(options).await;
    by_hand(&world, "media/17880000000000004", &json!({"ended": true})).await;
    world
}

async fn seen(world: &TestWorld, story: &str, insights: &Value) {
    by_hand(world, &format!("media/{story}"), &json!({ "insights": insights })).await;
}

#[tokio::test]
async fn a_story_ends_a_day_after_it_was_posted_and_then_tells_how_it_did() {
    for engine in [Engine::Sqlite, Engine::Memory] {
        let world = begin(Options { engine, ..Options::default() }).await;
        let hook = world.subscribe(&["story_insights"]).await;
        let story = story(&world).await;
        let figures = json!({
            "impressions": 41, "reach": 33, "taps_forward": 19, "taps_back": 2, "exits": 6, "replies": 1,
        });
        seen(&world, &story, &figures).await;
        world.advance(Span::millis(Span::hours(24).get() - 1)).await;
        assert!(told(&world, &hook).await.is_empty(), "it is still there");
        world.advance(Span::millis(1)).await;
        let value = json!({
            "media_id": story, "impressions": 41, "reach": 33, "taps_forward": 19, "taps_back": -1, "exits": 6,
            "replies": -1,
        });
        assert_eq!(told(&world, &hook).await, [change(&world, "story_insights", &value)]);
        world.advance(Span::days(3)).await;
        assert!(told(&world, &hook).await.is_empty(), "once");
    }
}

#[tokio::test]
async fn a_clock_that_jumps_stops_where_stories_end() {
    let world = begin(Options::default()).await;
    let hook = world.subscribe(&["story_insights"]).await;
    let posted = world.now();
    let first = story(&world).await;
    world.advance(Span::hours(1)).await;
    let second = story(&world).await;
    world.advance(Span::days(5)).await;
    let bodies: Vec<Value> = hook.take().iter().map(testkit::Received::json).collect();
    let told = |index: usize| {
        (&bodies[index]["entry"][0]["time"], &bodies[index]["entry"][0]["changes"][0]["value"]["media_id"])
    };
    let day = posted.plus(Span::hours(24));
    assert_eq!(told(0), (&json!(day.seconds()), &json!(first)));
    assert_eq!(told(1), (&json!(day.plus(Span::hours(1)).seconds()), &json!(second)));
    assert_eq!(bodies.len(), 2);
}

#[tokio::test]
async fn two_nodes_end_a_story_once() {
    let world = begin(Options::default()).await;
    let hook = world.subscribe(&["story_insights"]).await;
    story(&world).await;
    let beside = world.beside(2);
    let day = world.now().plus(Span::hours(24));
    world.set_clock(day);
    beside.set_clock(day);
    tokio::join!(world.deliver(), beside.deliver());
    assert_eq!(hook.take().len(), 1);
}

#[tokio::test]
async fn a_story_that_is_taken_down_ends_at_once_and_only_once() {
    let world = begin(Options::default()).await;
    let hook = world.subscribe(&["story_insights"]).await;
    let story = story(&world).await;
    let path = format!("{HERE}/media/{story}");
    let ended = world.nobody().post(&path, &json!({"ended": true, "insights": {"reach": 5, "exits": 4}})).await.ok();
    assert_eq!(ended["ended_time"], world.now().rfc3339());
    let mut value = json!({ "media_id": story });
    for figure in FIGURES {
        value[figure] = json!(if figure == "reach" { 5 } else { -1 });
    }
    assert_eq!(told(&world, &hook).await, [change(&world, "story_insights", &value)], "five are told, four are not");
    for change in [json!({"ended": true}), json!({"ended": false})] {
        assert_eq!(world.nobody().post(&path, &change).await.error().0, 400, "{change}");
    }
    world.advance(Span::days(2)).await;
    assert!(told(&world, &hook).await.is_empty());
}

#[tokio::test]
async fn a_story_that_nobody_saw_tells_minus_one_throughout() {
    let world = begin(Options::default()).await;
    let hook = world.subscribe(&["story_insights"]).await;
    let story = story(&world).await;
    world.advance(Span::hours(24)).await;
    let mut value = json!({ "media_id": story });
    for figure in FIGURES {
        value[figure] = json!(-1);
    }
    assert_eq!(told(&world, &hook).await, [change(&world, "story_insights", &value)]);
}

#[tokio::test]
async fn insights_need_their_permission() {
    let world = begin(Options::default()).await;
    let hook = world.subscribe(&["story_insights"]).await;
    let weak = Grant::page().all_scopes().caller(&world).await;
    weak.post_form("/me/subscribed_apps", &[("subscribed_fields", "feed")]).await.ok();
    story(&world).await;
    world.advance(Span::hours(25)).await;
    assert!(told(&world, &hook).await.is_empty(), "instagram_manage_insights is missing");
}

#[tokio::test]
async fn what_is_over_takes_neither_answers_nor_comments() {
    let world = begin(Options::default()).await;
    let story = story(&world).await;
    let answer = json!({"text": "wow", "story": story});
    let comment = json!({"media_id": story, "text": "wow"});
    mira(&world).does("messages", &answer).await.ok();
    mira(&world).does("comments", &comment).await.ok();
    by_hand(&world, &format!("media/{story}"), &json!({"ended": true})).await;
    assert_eq!(mira(&world).does("messages", &answer).await.error().0, 400);
    assert_eq!(mira(&world).does("comments", &comment).await.error().0, 400);
}
