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

#[tokio::test]
async fn an_accounts_node_has_one_profile_whatever_platform_says() {
    let world = TestWorld::start().await;
    let body = json!({"platform": "messenger", "ice_breakers": breakers()});
    assert_eq!(world.instagram().post("/me/messenger_profile", &body).await.ok(), json!({"success": true}));
    let read = world.page().get("/me/messenger_profile?platform=instagram").await.ok();
    assert_eq!(read["data"][0]["ice_breakers"], breakers());
}

#[tokio::test]
async fn several_properties_are_set_and_read_in_one_call() {
    let world = TestWorld::start().await;
    let menu =
        json!([{"locale": "default", "call_to_actions": [{"type": "postback", "title": "Agent", "payload": "A"}]}]);
    let both = json!({"platform": "instagram", "ice_breakers": breakers(), "persistent_menu": menu});
    world.page().post("/me/messenger_profile", &both).await.ok();
    let read =
        world.page().get("/me/messenger_profile?platform=instagram&fields=ice_breakers,persistent_menu").await.ok();
    assert_eq!(read, json!({"data": [{"ice_breakers": breakers(), "persistent_menu": menu}]}));
    let less = json!([{"call_to_actions": [{"question": "Only this?", "payload": "P"}], "locale": "default"}]);
    world.page().post("/me/messenger_profile?platform=instagram", &json!({ "ice_breakers": less })).await.ok();
    let read = world.page().get("/me/messenger_profile?platform=instagram").await.ok();
    assert_eq!(
        read,
        json!({"data": [{"ice_breakers": less, "persistent_menu": menu}]}),
        "replaced whole, the other left alone"
    );
}

#[tokio::test]
async fn a_form_and_a_json_body_are_the_same() {
    let world = TestWorld::start().await;
    let text = breakers().to_string();
    let form = [("platform", "INSTAGRAM"), ("ice_breakers", text.as_str())];
    assert_eq!(world.page().post_form("/v26.0/me/messenger_profile", &form).await.ok(), json!({"result": "success"}));
    let read = world.page().get("/me/messenger_profile?platform=instagram&fields=ice_breakers&summary=true").await.ok();
    assert_eq!(read["data"][0]["ice_breakers"], breakers());
}

/// Whether this value of a property is taken.
async fn takes(world: &TestWorld, property: &str, value: serde_json::Value) -> bool {
    let answer = world.page().post("/me/messenger_profile?platform=instagram", &json!({ property: value })).await;
    if answer.status != 200 {
        assert_eq!(answer.error(), (400, 100, None));
    }
    answer.status == 200
}

#[tokio::test]
async fn every_limit_of_ice_breakers_holds_to_the_last_letter() {
    let world = TestWorld::start().await;
    let one = |question: &str, payload: &str| json!([{"locale": "default", "call_to_actions": [{"question": question, "payload": payload}]}]);
    let many = |count: usize| json!([{"locale": "default", "call_to_actions": vec![json!({"question": "Q", "payload": "P"}); count]}]);
    let locales = |names: &[&str]| {
        let set = |name| json!({"locale": name, "call_to_actions": [{"question": "Q", "payload": "P"}]});
        json!(names.iter().map(set).collect::<Vec<_>>())
    };
    for (value, taken) in [
        (many(4), true),
        (many(5), false),
        (many(0), false),
        (one(&"\u{fc}".repeat(80), "P"), true),
        (one(&"q".repeat(81), "P"), false),
        (one("Q", &"p".repeat(1_000)), true),
        (one("Q", &"p".repeat(1_001)), false),
        (one("", "P"), false),
        (one("Q", ""), false),
        (locales(&["default", "de_DE", "en_US"]), true),
        (locales(&["de_DE"]), false),
        (locales(&["default", "default"]), false),
        (locales(&["default", "de_DE", "de_DE"]), false),
        (locales(&["default", "de"]), false),
        (json!([{"call_to_actions": [{"question": "Q", "payload": "P"}]}]), true),
        (
            json!([{"question": "Q", "payload": "P"}, {"locale": "default", "call_to_actions": [{"question": "Q", "payload": "P"}]}]),
            false,
        ),
    ] {
        assert_eq!(takes(&world, "ice_breakers", value.clone()).await, taken, "{value}");
    }
}

#[tokio::test]
async fn every_limit_of_the_menu_holds_to_the_last_letter() {
    let world = TestWorld::start().await;
    let with = |items: Vec<serde_json::Value>| json!([{"locale": "default", "call_to_actions": items}]);
    let tap = |title: &str, payload: &str| json!({"type": "postback", "title": title, "payload": payload});
    let link = |url: &str| json!({"type": "web_url", "title": "Shop", "url": url});
    let locale = |name: &str| json!({"locale": name, "call_to_actions": [tap("A", "P")]});
    for (value, taken) in [
        (with(vec![tap("A", "P"); 20]), true),
        (with(vec![tap("A", "P"); 21]), false),
        (with(vec![]), false),
        (with(vec![tap(&"\u{fc}".repeat(30), "P")]), true),
        (with(vec![tap(&"t".repeat(31), "P")]), false),
        (with(vec![tap("A", &"p".repeat(1_000))]), true),
        (with(vec![tap("A", &"p".repeat(1_001))]), false),
        (with(vec![link("https://shop.example.test/")]), true),
        (with(vec![link("ftp://shop.example.test/")]), false),
        (with(vec![json!({"type": "web_url", "title": "Shop"})]), false),
        (with(vec![json!({"type": "postback", "title": "A"})]), false),
        (with(vec![json!({"type": "nested", "title": "More", "call_to_actions": [tap("A", "P")]})]), false),
        (json!([locale("default"), locale("nb_NO")]), true),
        (json!([locale("nb_NO")]), false),
        (json!([locale("default"), locale("default")]), false),
    ] {
        assert_eq!(takes(&world, "persistent_menu", value.clone()).await, taken, "{value}");
    }
}

#[tokio::test]
async fn what_exists_on_messenger_only_is_left_out_of_a_menu() {
    let world = TestWorld::start().await;
    let menu = json!([{"locale": "default", "composer_input_disabled": true, "disabled_surfaces": [],
        "call_to_actions": [{"type": "web_url", "title": "Shop", "url": "https://a.test/", "webview_height_ratio": "full", "messenger_extensions": true}]}]);
    assert!(takes(&world, "persistent_menu", menu).await);
    let read = world.page().get("/me/messenger_profile?platform=instagram&fields=persistent_menu").await.ok();
    assert_eq!(
        read["data"][0]["persistent_menu"],
        json!([{"locale": "default", "call_to_actions": [{"type": "web_url", "title": "Shop", "url": "https://a.test/"}]}])
    );
}

#[tokio::test]
async fn a_profile_needs_the_messaging_permissions() {
    let world = TestWorld::start().await;
    let bare = testkit::Grant::page().scopes(&["instagram_basic"]).caller(&world).await;
    assert_eq!(bare.get("/me/messenger_profile?platform=instagram").await.error(), (403, 10, None));
    let account = testkit::Grant::instagram().scopes(&["instagram_business_basic"]).caller(&world).await;
    assert_eq!(
        account.post("/me/messenger_profile", &json!({"ice_breakers": breakers()})).await.error(),
        (403, 10, None)
    );
}
