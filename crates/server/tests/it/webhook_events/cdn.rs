//! What the addresses in webhooks show, and when they stop (contract webhooks 4).

use engine::media::samples;
use testkit::Answer;
use wire::time::Span;

use super::*;

const GONE: (u16, &[u8]) = (404, b"This content is no longer available");

async fn looks(world: &TestWorld, url: &str) -> Answer {
    world.nobody().get(url.strip_prefix("http://localhost").unwrap()).await
}

fn is_gone(answer: &Answer) {
    assert_eq!((answer.status, &answer.body[..]), GONE, "{}", answer.asked);
}

/// The address in the one message that was told.
async fn address(world: &TestWorld, hook: &Receiver, pointer: &str) -> String {
    let told = told(world, hook).await;
    let message = &told[0]["entry"][0]["messaging"][0]["message"];
    let found = message.pointer(pointer).and_then(Value::as_str);
    assert!(found.is_some(), "{message}");
    found.unwrap().to_owned()
}

/// Mira's story mentions the account; gives the message and the address of the story.
async fn mention(world: &TestWorld, hook: &Receiver) -> (String, String) {
    let asset = mira(world).uploads("image", samples::jpeg(8, 8)).await;
    let mid = does(world, "messages", &json!({"attachments": [{"type": "story_mention", "asset_id": asset}]})).await;
    (mid, address(world, hook, "/attachments/0/payload/url").await)
}

async fn link(world: &TestWorld, mid: &str) -> Option<String> {
    let read = world.page().get(&format!("/{mid}?fields=story")).await.ok();
    assert!(read["story"]["mention"]["id"].is_string(), "the id stays: {read}");
    read["story"]["mention"]["link"].as_str().map(str::to_owned)
}

#[tokio::test]
async fn a_story_that_mentions_the_account_is_seen_for_a_day() {
    let world = TestWorld::start().await;
    let hook = world.subscribe(&["messages"]).await;
    let (mid, url) = mention(&world, &hook).await;
    assert_eq!(looks(&world, &url).await.header("content-type"), Some("image/jpeg"));
    world.advance(Span::millis(Span::hours(24).get() - 1)).await;
    assert_eq!(looks(&world, &url).await.status, 200);
    assert!(link(&world, &mid).await.is_some());
    world.advance(Span::millis(1)).await;
    is_gone(&looks(&world, &url).await);
    assert_eq!(link(&world, &mid).await, None);
}

#[tokio::test]
async fn a_story_that_its_author_takes_down_is_gone_and_the_message_stays() {
    let world = TestWorld::start().await;
    let hook = world.subscribe(&["messages"]).await;
    let (mid, url) = mention(&world, &hook).await;
    let text = does(&world, "messages", &json!({"text": "no story"})).await;
    told(&world, &hook).await;
    mira(&world).undoes(&format!("stories/{mid}")).await.ok();
    is_gone(&looks(&world, &url).await);
    assert_eq!(link(&world, &mid).await, None);
    assert!(told(&world, &hook).await.is_empty(), "nobody is told");
    assert_eq!(mira(&world).undoes(&format!("stories/{text}")).await.error().0, 400);
}

#[tokio::test]
async fn a_story_of_somebody_who_goes_private_is_gone_unless_the_account_follows_them() {
    let world = TestWorld::start().await;
    let hook = world.subscribe(&["messages"]).await;
    let (mid, url) = mention(&world, &hook).await;
    let private = async |is_private: bool| {
        world.nobody().post("/_parlance/people/mira.paints", &json!({ "is_private": is_private })).await.ok();
    };
    world.nobody().delete(&format!("{HERE}/follows?with=mira.paints")).await.ok();
    private(true).await;
    is_gone(&looks(&world, &url).await);
    assert_eq!(link(&world, &mid).await, None);
    by_hand(&world, "follows", &json!({"to": "mira.paints"})).await;
    assert_eq!(looks(&world, &url).await.status, 200);
    world.nobody().delete(&format!("{HERE}/follows?with=mira.paints")).await.ok();
    is_gone(&looks(&world, &url).await);
    private(false).await;
    assert_eq!(looks(&world, &url).await.status, 200);
}

#[tokio::test]
async fn what_was_unsent_is_gone() {
    let world = TestWorld::start().await;
    let hook = world.subscribe(&["messages"]).await;
    for kind in ["image", "sticker", "story_mention"] {
        let asset = mira(&world).uploads("image", samples::png(8, 8)).await;
        let mid = does(&world, "messages", &json!({"attachments": [{"type": kind, "asset_id": asset}]})).await;
        let url = address(&world, &hook, "/attachments/0/payload/url").await;
        assert_eq!(looks(&world, &url).await.status, 200, "{kind}");
        mira(&world).undoes(&format!("messages/{mid}")).await.ok();
        is_gone(&looks(&world, &url).await);
        told(&world, &hook).await;
    }
}

#[tokio::test]
async fn a_story_of_the_account_is_seen_for_a_day_or_until_it_is_taken_down() {
    let world = TestWorld::start().await;
    let hook = world.subscribe(&["messages"]).await;
    let mut urls = Vec::new();
    for _ in 0..2 {
        let story = publishes(&world, &json!({"media_product_type": "STORY"})).await;
        does(&world, "messages", &json!({"text": "wow", "story": story})).await;
        urls.push((story, address(&world, &hook, "/reply_to/story/url").await));
    }
    let (first, second) = (&urls[0], &urls[1].1);
    assert_eq!(looks(&world, &first.1).await.header("content-type"), Some("image/svg+xml"));
    by_hand(&world, &format!("media/{}", first.0), &json!({"ended": true})).await;
    is_gone(&looks(&world, &first.1).await);
    assert_eq!(looks(&world, second).await.status, 200);
    world.advance(Span::hours(24)).await;
    is_gone(&looks(&world, second).await);
}

#[tokio::test]
async fn the_address_of_a_post_names_it_and_cannot_be_made_that_of_another() {
    let world = TestWorld::start().await;
    let hook = world.subscribe(&["messages"]).await;
    does(&world, "messages", &json!({"attachments": [{"type": "share", "id": POST}]})).await;
    let url = address(&world, &hook, "/attachments/0/payload/url").await;
    assert!(url.contains(&format!("?asset_id={POST}&signature=Ab")), "{url}");
    let other = looks(&world, &url.replace(POST, "17880000000000002")).await;
    assert_eq!((other.status, &other.body[..]), (403, &b"URL signature mismatch"[..]));
    // The picture of a post can be asked for in parts, too, and by its headers alone.
    let path = url.strip_prefix("http://localhost").unwrap();
    let whole = looks(&world, &url).await;
    let nobody = world.nobody();
    let mut request = nobody.request("GET", path, "", axum::body::Body::empty());
    request.headers_mut().insert("range", "bytes=1-4".parse().unwrap());
    let part = nobody.send(request).await;
    assert_eq!((part.status, &part.body[..]), (206, &whole.body[1..5]));
    let head = nobody.send(nobody.request("HEAD", path, "", axum::body::Body::empty())).await;
    assert_eq!((head.status, head.body.len()), (200, 0));
    assert_eq!(head.header("content-length"), Some(whole.body.len().to_string().as_str()));
    world.advance(Span::days(7)).await;
    assert_eq!(looks(&world, &url).await.status, 403, "its own life is over");
}

#[tokio::test]
async fn the_status_of_what_is_gone_is_the_operator_s_choice_for_stories_too() {
    let world = with(Settings { media_gone_status: 410, ..Settings::emulator() }).await;
    let hook = world.subscribe(&["messages"]).await;
    let (mid, url) = mention(&world, &hook).await;
    mira(&world).undoes(&format!("stories/{mid}")).await.ok();
    assert_eq!(looks(&world, &url).await.status, 410);
}

#[tokio::test]
async fn a_signature_is_bound_to_the_author_and_the_day_of_a_story() {
    let world = TestWorld::start().await;
    let hook = world.subscribe(&["messages"]).await;
    let (_, url) = mention(&world, &hook).await;
    let signature = url.split("signature=Ab").nth(1).unwrap();
    for place in 0..signature.len() {
        let letter = if signature.as_bytes()[place] == b'A' { "Q" } else { "A" };
        let changed = format!("{}{letter}{}", &signature[..place], &signature[place + 1..]);
        assert_eq!(looks(&world, &url.replace(signature, &changed)).await.status, 403, "{place}");
    }
}
