//! `…/messenger_profile` (contract send 6.1 to 6.3).

use serde_json::json;
use testkit::TestWorld;

fn breakers() -> serde_json::Value {
    json!([
        {"call_to_actions": [{"question": "Opening hours?", "payload": "HOURS"}], "locale": "default"},
        {"call_to_actions": [{"question": "\u{d6}ffnungszeiten?", "payload": "HOURS"}], "locale": "de_DE"},
    ])
}

#[tokio::test]
async fn ice_breakers_are_set_read_and_deleted() {
    let world = TestWorld::start().await;
    let page = world.page();
    assert_eq!(page.get("/me/messenger_profile?platform=instagram").await.ok(), json!({"data": []}));
    let set =
        page.post("/me/messenger_profile", &json!({"platform": "instagram", "ice_breakers": breakers()})).await.ok();
    assert_eq!(set, json!({"result": "success"}));
    let read = page.get("/me/messenger_profile?platform=instagram&fields=ice_breakers").await.ok();
    assert_eq!(read, json!({"data": [{"ice_breakers": breakers()}]}));
    let gone = page.delete("/me/messenger_profile?platform=INSTAGRAM&fields=%5B%22ICE_BREAKERS%22%5D").await.ok();
    assert_eq!(gone, json!({"result": "success"}));
    assert_eq!(page.get("/me/messenger_profile?platform=instagram").await.ok(), json!({"data": []}));
}

#[tokio::test]
async fn the_instagram_host_answers_writes_in_its_own_words_and_needs_no_platform() {
    let world = TestWorld::start().await;
    let set = world.instagram().post("/me/messenger_profile", &json!({"ice_breakers": breakers()})).await.ok();
    assert_eq!(set, json!({"success": true}));
    let read = world.page().get("/me/messenger_profile?platform=instagram").await.ok();
    assert_eq!(read["data"][0]["ice_breakers"], breakers(), "one profile, whichever host set it");
    let body = axum::body::Body::from(r#"{"fields":["ice_breakers"]}"#);
    let api = world.instagram();
    assert_eq!(
        api.send(api.request("DELETE", "/me/messenger_profile", "application/json", body)).await.ok(),
        json!({"success": true})
    );
}

#[tokio::test]
async fn a_write_replaces_one_property_and_leaves_the_other() {
    let world = TestWorld::start().await;
    let page = world.page();
    let menu = json!([{"locale": "default", "call_to_actions": [{"type": "postback", "title": "Agent", "payload": "A"}, {"type": "web_url", "title": "Shop", "url": "https://shop.example.test/"}]}]);
    page.post("/me/messenger_profile?platform=instagram", &json!({"ice_breakers": breakers()})).await.ok();
    page.post("/me/messenger_profile?platform=instagram", &json!({ "persistent_menu": menu })).await.ok();
    let read = page.get("/me/messenger_profile?platform=instagram&fields=ice_breakers,persistent_menu").await.ok();
    assert_eq!(read, json!({"data": [{"ice_breakers": breakers(), "persistent_menu": menu}]}));
}

#[tokio::test]
async fn a_page_keeps_its_messenger_profile_apart() {
    let world = TestWorld::start().await;
    world.page().post("/me/messenger_profile", &json!({"ice_breakers": breakers()})).await.ok();
    assert_eq!(world.page().get("/me/messenger_profile?platform=instagram").await.ok(), json!({"data": []}));
    assert_eq!(world.page().get("/me/messenger_profile").await.ok()["data"][0]["ice_breakers"], breakers());
}

#[tokio::test]
async fn the_old_form_of_2021_is_taken_and_read_back_in_the_new_one() {
    let world = TestWorld::start().await;
    let old = json!({"platform": "instagram", "ice_breakers": [{"question": "Hours?", "payload": "H"}]});
    world.page().post("/v11.0/me/messenger_profile", &old).await.ok();
    let read = world.page().get("/me/messenger_profile?platform=instagram").await.ok();
    assert_eq!(
        read["data"][0]["ice_breakers"],
        json!([{"call_to_actions": [{"question": "Hours?", "payload": "H"}], "locale": "default"}])
    );
}

#[tokio::test]
async fn limits_of_the_profile_hold_and_nothing_is_half_written() {
    let world = TestWorld::start().await;
    let five = json!([{"call_to_actions": vec![json!({"question": "Q", "payload": "P"}); 5]}]);
    let menu = json!([{"locale": "default", "call_to_actions": [{"type": "postback", "title": "A", "payload": "P"}]}]);
    for bad in [
        json!({"ice_breakers": five, "persistent_menu": menu}),
        json!({"ice_breakers": []}),
        json!({"ice_breakers": "x"}),
        json!({"persistent_menu": [{"locale": "default", "call_to_actions": [{"type": "nested", "title": "x"}]}]}),
        json!({}),
        json!({"get_started": {"payload": "G"}}),
    ] {
        let refused = world.page().post("/me/messenger_profile?platform=instagram", &bad).await;
        assert_eq!(refused.error().1, 100, "{bad}");
    }
    assert_eq!(world.page().get("/me/messenger_profile?platform=instagram").await.ok(), json!({"data": []}));
    let unknown = world.page().get("/me/messenger_profile?platform=instagram&fields=greeting").await;
    assert_eq!(unknown.error(), (400, 100, None));
    assert_eq!(
        world.page().delete("/me/messenger_profile?platform=instagram").await.message(),
        "(#100) The parameter fields is required"
    );
}
