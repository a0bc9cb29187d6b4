//! What people send beside text (contract webhooks 3.2, 6).

use engine::media::{self, samples};
use engine::settings::{ReelType, Stickers};
use testkit::Api;

use super::*;

/// A file of Mira's, and where it is seen.
async fn file(world: &TestWorld, kind: &str, bytes: Vec<u8>) -> (String, String) {
    let asset = mira(world).uploads(kind, bytes).await;
    let url = media::url(world.world(), demo::ACCOUNT, asset.parse().unwrap());
    (asset, url)
}

/// The address of a post as it is told now.
async fn post_url(world: &TestWorld, post: &str) -> String {
    let fact = world.world().store.medium(demo::ACCOUNT, post.parse().unwrap()).await.unwrap().unwrap();
    media::post_url(world.world(), &fact)
}

async fn serves(nobody: &Api, url: &str, content_type: &str) {
    let answer = nobody.get(url.strip_prefix("http://localhost").unwrap()).await;
    assert_eq!((answer.status, answer.header("content-type")), (200, Some(content_type)), "{url}");
}

async fn tells(world: &TestWorld, hook: &Receiver, said: &Value, attachments: &Value) {
    let mid = does(world, "messages", &json!({ "attachments": said })).await;
    let message = json!({"mid": mid, "attachments": attachments});
    assert_eq!(told(world, hook).await, [of_mira(world, "message", message)], "{said}");
}

#[tokio::test]
async fn files_are_told_by_type_with_addresses_that_serve_them() {
    let world = TestWorld::start().await;
    let hook = world.subscribe(&["messages"]).await;
    for (kind, bytes, content_type) in [
        ("image", samples::png(8, 8), "image/png"),
        ("video", samples::mp4(64, 48, 2_000), "video/mp4"),
        ("audio", samples::m4a(1_000), "audio/mp4"),
        ("file", samples::pdf(), "application/pdf"),
    ] {
        let (asset, url) = file(&world, kind, bytes).await;
        let told = json!([{"type": kind, "payload": {"url": url}}]);
        tells(&world, &hook, &json!([{"type": kind, "asset_id": asset}]), &told).await;
        serves(&world.nobody(), &url, content_type).await;
    }
}

#[tokio::test]
async fn several_files_of_one_message_are_several_elements_in_their_order() {
    let world = TestWorld::start().await;
    let hook = world.subscribe(&["messages"]).await;
    let (photo, photo_url) = file(&world, "image", samples::png(8, 8)).await;
    let (film, film_url) = file(&world, "video", samples::mp4(64, 48, 2_000)).await;
    let said = json!([{"type": "image", "asset_id": photo}, {"type": "video", "asset_id": film}]);
    let told = json!([
        {"type": "image", "payload": {"url": photo_url}}, {"type": "video", "payload": {"url": film_url}},
    ]);
    tells(&world, &hook, &said, &told).await;
}

#[tokio::test]
async fn a_shared_post_has_the_form_of_its_day() {
    let share = |payload: &Value| json!({"type": "share", "payload": payload});
    let ig_post = |payload: &Value| json!({"type": "ig_post", "payload": payload});
    for (time, era) in [
        ("2021-07-08T10:00:00Z", 2021),
        ("2025-11-02T23:59:59.999Z", 2021),
        ("2025-11-03T00:00:00Z", 2025),
        ("2026-01-31T23:59:59.999Z", 2025),
        ("2026-02-01T00:00:00Z", 2026),
        ("2026-11-22T10:00:00Z", 2026),
    ] {
        let world = at(time).await;
        let hook = world.subscribe(&["messages"]).await;
        let url = post_url(&world, POST).await;
        let whole = json!({"ig_post_media_id": POST, "title": CAPTION, "url": url});
        let told = match era {
            2021 => json!([share(&json!({ "url": url }))]),
            2025 => json!([share(&whole), ig_post(&whole)]),
            _ => json!([ig_post(&whole)]),
        };
        tells(&world, &hook, &json!([{"type": "share", "id": POST}]), &told).await;
        serves(&world.nobody(), &url, "image/svg+xml").await;
    }
}

#[tokio::test]
async fn a_shared_carousel_is_its_first_picture() {
    let world = TestWorld::start().await;
    let hook = world.subscribe(&["messages"]).await;
    let post = by_hand(&world, "media", &json!({"caption": "Three hats", "pictures": 3})).await;
    let (post, first) = (id(&post, "id"), post["children"][0].as_str().unwrap().to_owned());
    let url = post_url(&world, &post).await;
    let payload = json!({"ig_post_media_id": post, "title": "Three hats", "url": url});
    tells(&world, &hook, &json!([{"type": "share", "id": post}]), &json!([{"type": "ig_post", "payload": payload}]))
        .await;
    let picture = async |url: String| world.nobody().get(url.strip_prefix("http://localhost").unwrap()).await.body;
    assert_eq!(picture(url).await, picture(post_url(&world, &first).await).await);
}

#[tokio::test]
async fn a_shared_reel_is_told_with_its_video_or_its_page_under_the_name_of_choice() {
    for (permalinks, name) in [(false, "ig_reel"), (true, "ig_reel"), (false, "reel")] {
        let reel_share_type = if name == "reel" { ReelType::Reel } else { ReelType::IgReel };
        let world = with(Settings { reel_permalinks: permalinks, reel_share_type, ..Settings::emulator() }).await;
        let hook = world.subscribe(&["messages"]).await;
        let reel = publishes(&world, &json!({"media_product_type": "REELS", "caption": "How we roast"})).await;
        let url = match permalinks {
            true => format!("https://www.instagram.com/reel/{reel}/"),
            false => post_url(&world, &reel).await,
        };
        let payload = json!({"url": url, "title": "How we roast", "reel_video_id": reel});
        tells(&world, &hook, &json!([{"type": "share", "id": reel}]), &json!([{"type": name, "payload": payload}]))
            .await;
    }
}

#[tokio::test]
async fn a_shared_story_has_neither_url_nor_title() {
    let world = TestWorld::start().await;
    let hook = world.subscribe(&["messages"]).await;
    let story = publishes(&world, &json!({"media_product_type": "STORY", "caption": "today"})).await;
    let payload = json!({"story_media_id": story, "story_media_url": post_url(&world, &story).await});
    tells(&world, &hook, &json!([{"type": "share", "id": story}]), &json!([{"type": "ig_story", "payload": payload}]))
        .await;
}

#[tokio::test]
async fn a_story_mention_is_told_of_public_people_and_of_those_whom_the_account_follows() {
    let world = TestWorld::start().await;
    let hook = world.subscribe(&["messages"]).await;
    let private = |is_private: bool| json!({ "is_private": is_private });
    let mention = async || {
        let asset = mira(&world).uploads("image", samples::jpeg(8, 8)).await;
        let mid =
            does(&world, "messages", &json!({"attachments": [{"type": "story_mention", "asset_id": asset}]})).await;
        let mira = MIRA.parse().unwrap();
        let url = media::mention_url(world.world(), demo::ACCOUNT, mira, asset.parse().unwrap(), world.now());
        let attachment = json!({"type": "story_mention", "payload": {"url": url}});
        of_mira(&world, "message", json!({"mid": mid, "attachments": [attachment]}))
    };
    world.nobody().delete(&format!("{HERE}/follows?with=mira.paints")).await.ok();
    let expected = mention().await;
    assert_eq!(told(&world, &hook).await, [expected], "public");
    world.nobody().post("/_parlance/people/mira.paints", &private(true)).await.ok();
    mention().await;
    assert!(told(&world, &hook).await.is_empty(), "private, and not followed");
    by_hand(&world, "follows", &json!({"to": "mira.paints"})).await;
    let expected = mention().await;
    assert_eq!(told(&world, &hook).await, [expected], "followed by the account");
    world.nobody().delete(&format!("{HERE}/follows?with=mira.paints")).await.ok();
    mention().await;
    assert!(told(&world, &hook).await.is_empty(), "followed no more");
    does(&world, "messages", &json!({"text": "hi"})).await;
    assert_eq!(told(&world, &hook).await.len(), 1, "all else of private people is told");
}

#[tokio::test]
async fn view_once_media_and_the_heart_have_no_payload() {
    let world = TestWorld::start().await;
    let hook = world.subscribe(&["messages"]).await;
    for kind in ["ephemeral", "like_heart"] {
        tells(&world, &hook, &json!([{ "type": kind }]), &json!([{ "type": kind }])).await;
    }
}

#[tokio::test]
async fn a_fallback_has_a_payload_or_none_and_any_other_type_is_told_as_it_is() {
    let world = TestWorld::start().await;
    let hook = world.subscribe(&["messages"]).await;
    for attachment in [
        json!({"type": "fallback"}),
        json!({"type": "fallback", "payload": {"url": "https://a.example.test/", "title": "A"}}),
        json!({"type": "story", "payload": {"url": "https://a.example.test/s"}}),
        json!({"type": "media", "payload": {"url": "https://a.example.test/m"}}),
        json!({"type": "sticker", "payload": {"sticker_id": 7}}),
        json!({"type": "share", "payload": {"url": "https://a.example.test/"}}),
        json!({"type": "not_yet_known", "payload": {"deep": {"er": [1, null, "\u{e9}/"]}}}),
    ] {
        tells(&world, &hook, &json!([attachment]), &json!([attachment])).await;
    }
    for wrong in [
        json!({"type": "not_yet_known"}),
        json!({"type": "Not known", "payload": {}}),
        json!({"type": "", "payload": {}}),
        json!({"type": "a", "payload": [1]}),
        json!({"type": "a", "payload": {"a": "\u{0}"}}),
        json!({"type": "a", "payload": {"a": "x".repeat(9_000)}}),
    ] {
        let answer = mira(&world).does("messages", &json!({"attachments": [wrong]})).await;
        assert_eq!(answer.error().0, 400, "{wrong}");
    }
}

#[tokio::test]
async fn stickers_and_animated_pictures_are_images_from_v21_on_or_as_the_operator_says() {
    let rows = [
        (Stickers::ByVersion, 20, false),
        (Stickers::ByVersion, 21, true),
        (Stickers::Always, 12, true),
        (Stickers::Never, 25, false),
    ];
    for (sticker_webhooks, version, is_told) in rows {
        let world = with(Settings { sticker_webhooks, ..Settings::emulator() }).await;
        let hook = pinned(&world, &["messages"], version, true).await;
        for kind in ["sticker", "gif"] {
            let (asset, url) = file(&world, "image", samples::gif(8, 8)).await;
            let said = json!({"attachments": [{"type": kind, "asset_id": asset}]});
            let mid = does(&world, "messages", &said).await;
            let message = json!({"mid": mid, "attachments": [{"type": "image", "payload": {"url": url}}]});
            let expected: Vec<Value> = is_told.then(|| of_mira(&world, "message", message)).into_iter().collect();
            assert_eq!(told(&world, &hook).await, expected, "{sticker_webhooks:?} v{version} {kind}");
        }
    }
}
