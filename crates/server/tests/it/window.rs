//! The messaging window (contract send 3.1, 3.2).

use serde_json::json;
use testkit::{Grant, TestWorld};
use wire::time::Span;

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
}
