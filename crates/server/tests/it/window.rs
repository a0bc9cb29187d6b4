//! The messaging window (contract send 3.1, 3.2).

use engine::demo;
use engine::facts::{MediaProductType, Side};
use engine::settings::Settings;
use serde_json::json;
use testkit::{Grant, Options, TestWorld};
use wire::time::{Millis, Span};

use crate::{JONAS, MIRA};

const STANDARD: Span = Span::hours(24);
const HUMAN_AGENT: Span = Span::days(7);

#[tokio::test]
async fn the_window_is_open_for_exactly_24_hours() {
    let world = TestWorld::start().await;
    world.person("mira.paints").writes("hello").await;
    world.advance(STANDARD).await;
    world.page().sends(MIRA, "last moment").await.ok();
    world.advance(Span::millis(1)).await;
    let refused = world.page().sends(MIRA, "too late").await;
    assert_eq!(refused.error(), (403, 10, Some(2_534_022)));
    let error = refused.json()["error"].clone();
    assert_eq!(error["message"], "(#10) This message is sent outside of allowed window.");
    assert_eq!(error["type"], "OAuthException");
}

#[tokio::test]
async fn the_instagram_host_says_it_in_its_own_words() {
    let world = TestWorld::start().await;
    let refused = world.instagram().sends(JONAS, "too late").await;
    assert_eq!(refused.error(), (403, 10, Some(2_534_022)));
    let error = refused.json()["error"].clone();
    assert_eq!(error["message"], "This message is sent outside of allowed window.");
    assert_eq!(error["type"], "IGApiException");
}

#[tokio::test]
async fn each_new_message_of_the_person_opens_it_again() {
    let world = TestWorld::start().await;
    assert_eq!(world.page().sends(JONAS, "hi").await.status, 403);
    world.person("jonas_w").writes("back again").await;
    world.page().sends(JONAS, "hi").await.ok();
}

#[tokio::test]
async fn an_answer_of_the_business_does_not_prolong_it() {
    let world = TestWorld::start().await;
    world.person("mira.paints").writes("hello").await;
    world.advance(Span::hours(23)).await;
    world.page().sends(MIRA, "answer").await.ok();
    world.advance(Span::hours(2)).await;
    assert_eq!(world.page().sends(MIRA, "more").await.status, 403);
}

#[tokio::test]
async fn a_tap_opens_it_and_a_look_does_not() {
    let world = TestWorld::start().await;
    let menu = json!({"platform": "instagram", "persistent_menu": [{"locale": "default", "call_to_actions": [{"type": "postback", "title": "Agent", "payload": "A"}]}]});
    world.page().post("/me/messenger_profile", &menu).await.ok();
    world.person("jonas_w").opens().await;
    assert_eq!(world.page().sends(JONAS, "hi").await.status, 403, "reading is not acting");
    world.person("jonas_w").taps_menu_item("Agent").await.ok();
    world.page().sends(JONAS, "hi").await.ok();
}

#[tokio::test]
async fn a_human_agent_has_exactly_seven_days() {
    let world = TestWorld::start().await;
    let tagged = json!({"recipient": {"id": MIRA}, "messaging_type": "MESSAGE_TAG", "tag": "HUMAN_AGENT", "message": {"text": "hi"}});
    world.person("mira.paints").writes("hello").await;
    world.page().post("/me/messages", &tagged).await.ok();
    world.advance(HUMAN_AGENT).await;
    world.page().post("/me/messages", &tagged).await.ok();
    world.advance(Span::millis(1)).await;
    assert_eq!(world.page().post("/me/messages", &tagged).await.error(), (403, 10, Some(2_534_022)));
}

#[tokio::test]
async fn the_tag_needs_the_human_agent_feature() {
    let world = TestWorld::start().await;
    let page = Grant::page().of_other_app().all_scopes().caller(&world).await;
    let tagged = json!({"recipient": {"id": MIRA}, "messaging_type": "MESSAGE_TAG", "tag": "HUMAN_AGENT", "message": {"text": "hi"}});
    let refused = page.post("/me/messages", &tagged).await;
    assert_eq!(refused.error(), (403, 10, None));
    assert!(refused.message().contains("To use 'Human Agent'"), "{}", refused.message());
    page.sends(MIRA, "without the tag").await.ok();
    // That claimed the thread; the apps below are to find it idle.
    page.post("/me/release_thread_control", &json!({"recipient": {"id": MIRA}})).await.ok();
    let account = Grant::instagram().of_other_app().all_scopes().caller(&world).await;
    let refused = account.post("/me/messages", &tagged).await;
    assert_eq!((refused.error(), refused.json()["error"]["type"].as_str()), ((403, 10, None), Some("IGApiException")));
    world.page().post("/me/messages", &tagged).await.ok();
    world.instagram().post("/me/messages", &tagged).await.ok();
}

/// A world in which Mira's window is shut, the menu has an item, and the business's newest message has a button, which `mid`
/// names.
async fn shut() -> (TestWorld, String) {
    let world = TestWorld::start().await;
    let menu = json!({"platform": "instagram", "persistent_menu": [{"locale": "default", "call_to_actions": [{"type": "postback", "title": "Agent", "payload": "A"}]}]});
    world.page().post("/me/messenger_profile", &menu).await.ok();
    let template = json!({"recipient": {"id": MIRA}, "message": {"attachment": {"type": "template", "payload": {"template_type": "button", "text": "What next?",
        "buttons": [{"type": "postback", "title": "Go", "payload": "GO"}, {"type": "web_url", "title": "Shop", "url": "https://shop.example.test/"}]}}}});
    world.page().post("/me/messages", &template).await.ok();
    let replies = json!({"recipient": {"id": MIRA}, "message": {"text": "Pick", "quick_replies": [{"content_type": "text", "title": "Delivery", "payload": "D"}]}});
    let mid = world.page().post("/me/messages", &replies).await.ok()["message_id"].as_str().unwrap().to_owned();
    world
        .change_media(demo::posts().next().unwrap().0, |media| media.media_product_type = MediaProductType::Story)
        .await;
    world.advance(Span::hours(40)).await;
    world
        .change_media(demo::posts().next().unwrap().0, |media| {
            media.timestamp = Millis::new(1_795_341_600_000).plus(Span::hours(39))
        })
        .await;
    assert_eq!(world.page().sends(MIRA, "hi").await.error(), (403, 10, Some(2_534_022)));
    (world, mid)
}

async fn does(world: &TestWorld, what: &str, mut body: serde_json::Value) {
    let person = if what == "messages" || what == "taps" || what == "links" { "to" } else { "" };
    if !person.is_empty() {
        body[person] = json!(demo::USERNAME);
    }
    world.nobody().post(&format!("/_parlance/people/mira.paints/{what}"), &body).await.ok();
}

#[tokio::test]
async fn each_act_that_counts_opens_it_to_the_last_millisecond() {
    let story = demo::posts().next().unwrap().0;
    let post = demo::posts().nth(1).unwrap().0;
    let acts = [
        ("messages", json!({"text": "hello"})),
        ("messages", json!({"attachments": [{"type": "like_heart"}]})),
        ("messages", json!({"attachments": [{"type": "share", "id": post}]})),
        ("messages", json!({"text": "nice", "story": story})),
        ("messages", json!({"text": "Hi", "ad": {"ad_id": "120200000000013"}})),
        ("taps", json!({"menu_item": "Agent"})),
        ("taps", json!({"button": "Go"})),
        ("taps", json!({"quick_reply": "Delivery"})),
        ("links", json!({"ref": "spring"})),
        ("reactions", json!({"reaction": "love"})),
    ];
    for (what, body) in acts {
        let (world, mid) = shut().await;
        let mut body = body.clone();
        if what == "reactions" {
            body["message_id"] = json!(mid);
        }
        does(&world, what, body.clone()).await;
        world.advance(STANDARD).await;
        world.page().sends(MIRA, "last moment").await.ok();
        world.advance(Span::millis(1)).await;
        assert_eq!(world.page().sends(MIRA, "too late").await.error(), (403, 10, Some(2_534_022)), "{what} {body}");
    }
}

#[tokio::test]
async fn an_ice_breaker_opens_it_to_the_last_millisecond() {
    let world = TestWorld::start().await;
    let breakers = json!({"platform": "instagram", "ice_breakers": [{"question": "Hours?", "payload": "H"}]});
    world.page().post("/me/messenger_profile", &breakers).await.ok();
    world.person("aisha.codes").taps_ice_breaker("Hours?").await.ok();
    world.advance(STANDARD).await;
    world.page().sends(crate::AISHA, "last moment").await.ok();
    world.advance(Span::millis(1)).await;
    assert_eq!(world.page().sends(crate::AISHA, "too late").await.error(), (403, 10, Some(2_534_022)));
}

#[tokio::test]
async fn acts_that_do_not_count_leave_it_shut() {
    let (world, _) = shut().await;
    let newest = world.thread("mira.paints").await;
    let own = world.world().store.messages(
        newest.account,
        newest.igsid,
        engine::store::Slice { from: engine::store::Start::Newest, limit: 20 },
    );
    let own = own.await.unwrap().items.into_iter().find(|message| message.from == Side::Person).unwrap().id;
    let person = "/_parlance/people/mira.paints";
    let nobody = world.nobody();
    let account = json!({"to": demo::USERNAME});
    let post = demo::posts().nth(1).unwrap().0;
    world.person("mira.paints").opens().await;
    nobody.post(&format!("{person}/typings"), &account).await.ok();
    nobody.post(&format!("{person}/visits"), &account).await.ok();
    nobody.post(&format!("{person}/follows"), &account).await.ok();
    nobody.post(&format!("{person}/taps"), &json!({"to": demo::USERNAME, "button": "Shop"})).await.ok();
    nobody.post(&format!("{person}/messages/{own}"), &json!({"text": "edited"})).await.ok();
    nobody.delete(&format!("{person}/messages/{own}")).await.ok();
    nobody
        .post(&format!("{person}/comments"), &json!({"to": demo::USERNAME, "media_id": post, "text": "hm"}))
        .await
        .ok();
    assert_eq!(world.page().sends(MIRA, "hi").await.error(), (403, 10, Some(2_534_022)));
}

#[tokio::test]
async fn the_operator_may_choose_400_for_the_facebook_host() {
    let settings = Settings { window_status_400: true, ..Settings::emulator() };
    let world = TestWorld::with(Options { settings, ..Options::default() }).await;
    assert_eq!(world.page().sends(JONAS, "hi").await.error(), (400, 10, Some(2_534_022)));
    assert_eq!(world.instagram().sends(JONAS, "hi").await.error(), (403, 10, Some(2_534_022)));
    let item = json!({"method": "POST", "relative_url": "me/messages", "body": format!("recipient={{\"id\":\"{JONAS}\"}}&message={{\"text\":\"hi\"}}")});
    let batch = world.page().post("/", &json!({ "batch": [item] })).await.ok();
    assert_eq!(batch[0]["code"], 400);
}
