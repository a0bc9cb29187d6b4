//! What an app is told, and how (contract webhooks 2, 3).

use serde_json::json;
use testkit::{Grant, Receiver, TestWorld};
use wire::time::Span;

use crate::{ACCOUNT, MIRA};

const MENU: &str =
    r#"[{"locale":"default","call_to_actions":[{"type":"postback","title":"Agent","payload":"AGENT"}]}]"#;

/// The texts received since the last look, in order.
fn texts(hook: &Receiver) -> Vec<String> {
    hook.elements().iter().map(|element| element["message"]["text"].as_str().unwrap().to_owned()).collect()
}

#[tokio::test]
async fn a_persons_text_is_delivered_in_the_documented_shape() {
    let world = TestWorld::start().await;
    let hook = world.subscribe(&["messages"]).await;
    let mid = world.person("mira.paints").writes("Do you ship to Oslo?").await;
    world.deliver().await;
    let delivery = hook.take().remove(0);
    assert_eq!(
        delivery.json(),
        json!({"object": "instagram", "entry": [{"id": ACCOUNT, "time": world.now().get(), "messaging": [{
            "sender": {"id": MIRA}, "recipient": {"id": ACCOUNT}, "timestamp": world.now().get(),
            "message": {"mid": mid, "text": "Do you ship to Oslo?"},
        }]}]})
    );
    let text = std::str::from_utf8(&delivery.body).unwrap();
    assert!(text.starts_with(&format!(r#"{{"object":"instagram","entry":[{{"id":"{ACCOUNT}","time":"#)), "{text}");
    assert_eq!(delivery.headers["content-type"], "application/json");
    assert!(delivery.headers["content-length"].to_str().unwrap().parse::<usize>().unwrap() == delivery.body.len());
    assert!(delivery.headers["user-agent"].to_str().unwrap().contains("facebookexternalua"));
}

#[tokio::test]
async fn the_body_is_ascii_and_both_signatures_are_over_its_exact_bytes() {
    let world = TestWorld::start().await;
    let hook = world.subscribe(&["messages"]).await;
    world.person("mira.paints").writes("hej \u{e5}\u{e4}\u{f6} \u{1f642} a/b").await;
    world.deliver().await;
    let delivery = hook.take().remove(0);
    let text = std::str::from_utf8(&delivery.body).unwrap();
    assert!(text.is_ascii());
    assert!(text.contains(r#""text":"hej \u00e5\u00e4\u00f6 \ud83d\ude42 a\/b""#), "{text}");
    let header = |name: &str| delivery.headers[name].to_str().unwrap().to_owned();
    let key = engine::demo::SECRET.as_bytes();
    assert_eq!(header("x-hub-signature"), wire::signature::sha1_header(key, &delivery.body));
    assert_eq!(header("x-hub-signature-256"), wire::signature::sha256_header(key, &delivery.body));
}

#[tokio::test]
async fn a_send_is_echoed_with_its_ends_swapped_and_the_same_mid() {
    let world = TestWorld::start().await;
    let hook = world.subscribe(&["messages"]).await;
    let mid = world.page().sends(MIRA, "We do, 3 days.").await.ok()["message_id"].clone();
    world.deliver().await;
    assert_eq!(
        hook.elements(),
        [json!({
            "sender": {"id": ACCOUNT}, "recipient": {"id": MIRA}, "timestamp": world.now().get(),
            "message": {"mid": mid, "text": "We do, 3 days.", "is_echo": true},
        })]
    );
}

#[tokio::test]
async fn an_echo_names_the_app_only_when_the_switch_is_on() {
    let settings = engine::settings::Settings { echo_app_id: true, ..engine::settings::Settings::emulator() };
    let world = TestWorld::with(testkit::Options { settings, ..testkit::Options::default() }).await;
    let hook = world.subscribe(&["messages"]).await;
    world.page().sends(MIRA, "hi").await.ok();
    world.person("mira.paints").writes("hello").await;
    world.deliver().await;
    let elements = hook.elements();
    assert_eq!(elements[0]["message"]["app_id"], json!(500_000_000_000_001_u64));
    assert!(elements[1]["message"].get("app_id").is_none());
}

#[tokio::test]
async fn taps_on_ice_breakers_and_menu_items_are_postbacks() {
    let world = TestWorld::start().await;
    let hook = world.subscribe(&["messages", "messaging_postbacks"]).await;
    let breakers = json!({"platform": "instagram", "ice_breakers": [{"question": "Hours?", "payload": "HOURS"}]});
    world.page().post("/me/messenger_profile", &breakers).await.ok();
    world.page().post_form("/me/messenger_profile?platform=instagram", &[("persistent_menu", MENU)]).await.ok();
    let first = world.person("sam.oslo").taps_ice_breaker("Hours?").await.ok()["message_id"].clone();
    let second = world.person("sam.oslo").taps_menu_item("Agent").await.ok()["message_id"].clone();
    world.deliver().await;
    let elements = hook.elements();
    assert_eq!(elements[0]["postback"], json!({"mid": first, "title": "Hours?", "payload": "HOURS"}));
    assert_eq!(elements[1]["postback"], json!({"mid": second, "title": "Agent", "payload": "AGENT"}));
    assert_eq!(elements.len(), 2, "a tap is no message as well");
    let again = world.person("sam.oslo").taps_ice_breaker("Hours?").await;
    assert_eq!(again.status, 400, "ice breakers show only before a conversation starts");
}

#[tokio::test]
async fn opening_the_thread_says_which_message_was_seen() {
    let world = TestWorld::start().await;
    let hook = world.subscribe(&["messaging_seen"]).await;
    let mid = world.page().sends(MIRA, "look").await.ok()["message_id"].as_str().unwrap().to_owned();
    assert_eq!(world.person("mira.paints").opens().await.as_deref(), Some(mid.as_str()));
    assert_eq!(world.person("mira.paints").opens().await, None, "nothing new to see");
    world.deliver().await;
    assert_eq!(
        hook.elements(),
        [json!({
            "sender": {"id": MIRA}, "recipient": {"id": ACCOUNT}, "timestamp": world.now().get(), "read": {"mid": mid},
        })]
    );
}

#[tokio::test]
async fn a_field_that_is_not_subscribed_is_not_delivered() {
    let world = TestWorld::start().await;
    let hook = world.subscribe(&["messaging_seen"]).await;
    world.person("mira.paints").writes("hello").await;
    world.page().sends(MIRA, "hi").await.ok();
    world.deliver().await;
    assert!(hook.take().is_empty());
}

#[tokio::test]
async fn all_three_layers_are_needed() {
    let world = TestWorld::start().await;
    let hook = world.subscribe(&["messages"]).await;
    world.page().delete("/me/subscribed_apps").await.ok();
    world.person("mira.paints").writes("nobody is installed").await;
    world.deliver().await;
    assert!(hook.take().is_empty(), "layer B is gone");
    let weak = Grant::page().scopes(&["pages_manage_metadata", "instagram_basic"]).caller(&world).await;
    weak.post_form("/me/subscribed_apps", &[("subscribed_fields", "feed")]).await.ok();
    world.person("mira.paints").writes("no permission").await;
    world.deliver().await;
    assert!(hook.take().is_empty(), "the grant lacks instagram_manage_messages");
    world.page().post_form("/me/subscribed_apps", &[("subscribed_fields", "feed")]).await.ok();
    world.app().delete("/500000000000001/subscriptions").await.ok();
    world.person("mira.paints").writes("no endpoint").await;
    world.deliver().await;
    assert!(hook.take().is_empty(), "layer A is gone");
}

#[tokio::test]
async fn an_account_connected_by_both_logins_is_told_twice_with_one_mid() {
    let world = TestWorld::start().await;
    let receiver = Receiver::start(engine::demo::SECRET).await;
    world.subscribe_at(&receiver.url(), &["messages"]).await;
    world.instagram().post_form("/me/subscribed_apps", &[("subscribed_fields", "messages")]).await.ok();
    let mid = world.person("mira.paints").writes("hello").await;
    world.deliver().await;
    let listed = world.nobody().get("/_parlance/deliveries").await.ok();
    let rows = listed["data"].as_array().unwrap();
    assert_eq!(rows.len(), 2);
    for row in rows {
        let one = world.nobody().get(&format!("/_parlance/deliveries/{}", row["id"].as_str().unwrap())).await.ok();
        assert!(one["request"]["body"].as_str().unwrap().contains(&mid), "{one}");
    }
}

#[tokio::test]
async fn installs_by_instagram_login_are_signed_with_the_instagram_secret() {
    let world = TestWorld::start().await;
    let receiver = Receiver::start(engine::demo::INSTAGRAM_SECRET).await;
    world.subscribe_at(&receiver.url(), &["messages"]).await;
    world.page().delete("/me/subscribed_apps").await.ok();
    world.instagram().post_form("/me/subscribed_apps", &[("subscribed_fields", "messages")]).await.ok();
    world.person("mira.paints").writes("hello").await;
    world.deliver().await;
    assert_eq!(receiver.take().len(), 1);
}

#[tokio::test]
async fn events_of_one_thread_arrive_in_order() {
    let world = TestWorld::start().await;
    let hook = world.subscribe(&["messages"]).await;
    for number in 0..30 {
        world.person("mira.paints").writes(&format!("n{number}")).await;
        world.person("lucia_m").writes(&format!("n{number}")).await;
    }
    world.deliver().await;
    let elements = hook.elements();
    assert_eq!(elements.len(), 60);
    for sender in [MIRA, "900000000000005"] {
        let texts: Vec<&str> = elements
            .iter()
            .filter(|e| e["sender"]["id"] == sender)
            .map(|e| e["message"]["text"].as_str().unwrap())
            .collect();
        assert_eq!(texts, (0..30).map(|number| format!("n{number}")).collect::<Vec<_>>());
    }
}

#[tokio::test]
async fn a_failed_delivery_is_retried_with_the_same_bytes_until_it_succeeds() {
    let world = TestWorld::start().await;
    let hook = world.subscribe(&["messages"]).await;
    hook.answer_with(500);
    world.person("mira.paints").writes("hello").await;
    world.deliver().await;
    let first = hook.take();
    assert_eq!(first.len(), 2, "once, and once more at once");
    assert_eq!(first[0].body, first[1].body);
    world.advance(Span::seconds(4)).await;
    assert!(hook.take().is_empty());
    hook.answer_with(200);
    world.advance(Span::seconds(1)).await;
    let third = hook.take();
    assert_eq!(third.len(), 1);
    assert_eq!(third[0].body, first[0].body, "entry.time and signature stay those of the first attempt");
    world.advance(Span::hours(2)).await;
    assert!(hook.take().is_empty());
}

#[tokio::test]
async fn a_delivery_is_given_up_after_an_hour() {
    let world = TestWorld::start().await;
    let hook = world.subscribe(&["messages"]).await;
    hook.answer_with(503);
    world.person("mira.paints").writes("hello").await;
    world.advance(Span::hours(3)).await;
    assert_eq!(hook.take().len(), 12, "0 s, 0 s, 5 s, 30 s, 2 m, 5 m, then every 10 m, and at last when the hour ends");
    let list = world.nobody().get("/_parlance/deliveries?state=dropped").await.ok();
    assert_eq!(list["data"][0]["attempts"], 12);
    hook.answer_with(200);
    world.page().post("/me/subscribed_apps", &json!({"subscribed_fields": ["feed"]})).await.ok();
    let id = list["data"][0]["id"].as_str().unwrap();
    world.nobody().post(&format!("/_parlance/deliveries/{id}/redeliver"), &json!({})).await.ok();
    world.deliver().await;
    assert_eq!(hook.take().len(), 1, "it can be made again by hand");
}

#[tokio::test]
async fn only_200_is_success_and_redirects_are_not_followed() {
    for status in [201, 204, 301, 302, 404] {
        let world = TestWorld::start().await;
        let hook = world.subscribe(&["messages"]).await;
        hook.answer_with(status);
        world.person("mira.paints").writes("hello").await;
        world.deliver().await;
        assert_eq!(hook.take().len(), 2, "{status} is retried");
    }
}

#[tokio::test]
async fn a_clock_set_back_stalls_no_thread() {
    let world = TestWorld::start().await;
    let hook = world.subscribe(&["messages"]).await;
    hook.answer_with(500);
    world.person("mira.paints").writes("first").await;
    world.deliver().await;
    hook.take();
    hook.answer_with(200);
    world.advance(Span::hours(-240)).await;
    world.person("mira.paints").writes("second").await;
    world.advance(Span::seconds(5)).await;
    assert_eq!(texts(&hook), ["first", "second"]);
}

#[tokio::test]
async fn a_thread_waits_for_its_failing_delivery_only_during_the_quick_retries() {
    let world = TestWorld::start().await;
    let hook = world.subscribe(&["messages"]).await;
    hook.answer_with(500);
    world.person("mira.paints").writes("first").await;
    world.deliver().await;
    hook.take();
    hook.answer_with(200);
    world.person("mira.paints").writes("second").await;
    world.deliver().await;
    assert!(hook.take().is_empty(), "the second waits for the first");
    world.person("lucia_m").writes("other thread").await;
    world.deliver().await;
    assert_eq!(hook.elements()[0]["message"]["text"], "other thread", "another thread does not wait");
    world.advance(Span::seconds(5)).await;
    assert_eq!(texts(&hook), ["first", "second"]);
}

#[tokio::test]
async fn after_the_quick_retries_the_thread_goes_on_without_the_failing_one() {
    let world = TestWorld::start().await;
    let hook = world.subscribe(&["messages"]).await;
    hook.answer_with(500);
    world.person("mira.paints").writes("first").await;
    world.advance(Span::seconds(6)).await;
    assert_eq!(hook.take().len(), 3);
    hook.answer_with(200);
    world.person("mira.paints").writes("second").await;
    world.deliver().await;
    assert_eq!(hook.elements()[0]["message"]["text"], "second");
    world.advance(Span::seconds(30)).await;
    assert_eq!(hook.elements()[0]["message"]["text"], "first");
}

#[tokio::test]
async fn one_receiver_that_is_down_slows_no_other() {
    let world = TestWorld::start().await;
    let ours = world.subscribe(&["messages"]).await;
    ours.answer_with(500);
    let other = Receiver::start(testkit::OTHER_SECRET).await;
    let token = Grant::page().of_other_app().all_scopes().make(&world).await;
    let app = world.api(&format!("{}|{}", testkit::OTHER_APP, testkit::OTHER_SECRET));
    let form = [
        ("object", "instagram"),
        ("callback_url", &other.url()),
        ("verify_token", "verify-me"),
        ("fields", "messages"),
    ];
    app.post_form(&format!("/{}/subscriptions", testkit::OTHER_APP), &form).await.ok();
    world.api(&token).post_form("/me/subscribed_apps", &[("subscribed_fields", "feed")]).await.ok();
    for number in 0..5 {
        world.person("mira.paints").writes(&format!("n{number}")).await;
    }
    world.deliver().await;
    assert_eq!(other.take().len(), 5);
}

#[tokio::test]
async fn the_delivery_log_shows_request_answer_and_attempts() {
    let world = TestWorld::start().await;
    let hook = world.subscribe(&["messages"]).await;
    hook.answer_with(500);
    world.person("mira.paints").writes("hello").await;
    world.deliver().await;
    let list = world.nobody().get("/_parlance/deliveries").await.ok();
    let row = &list["data"][0];
    assert_eq!(
        (row["state"].as_str(), row["field"].as_str(), row["attempts"].as_u64()),
        (Some("pending"), Some("messages"), Some(2))
    );
    let one = world.nobody().get(&format!("/_parlance/deliveries/{}", row["id"].as_str().unwrap())).await.ok();
    let sent = hook.take();
    assert_eq!(one["request"]["body"].as_str().unwrap().as_bytes(), &sent[0].body[..]);
    let attempts = one["attempts"].as_array().unwrap();
    assert_eq!(attempts.iter().map(|a| a["status"].as_u64().unwrap()).collect::<Vec<_>>(), [500, 500]);
    assert_eq!(attempts[0]["url"], hook.url());
}

#[tokio::test]
async fn a_postback_follows_the_version_its_field_is_pinned_to() {
    let world = TestWorld::start().await;
    let hook = Receiver::start(engine::demo::SECRET).await;
    world.page().post_form("/me/messenger_profile?platform=instagram", &[("persistent_menu", MENU)]).await.ok();
    world.page().post_form("/me/subscribed_apps", &[("subscribed_fields", "feed")]).await.ok();
    for (version, delivered, has_mid) in [((7, 0), false, false), ((10, 0), true, false), ((11, 0), true, true)] {
        let pinned = engine::facts::PinnedField {
            name: "messaging_postbacks".into(),
            version: wire::version::ApiVersion { major: version.0, minor: version.1 },
        };
        let subscription = engine::facts::Subscription {
            app: engine::demo::APP,
            object: "instagram".into(),
            callback_url: hook.url(),
            include_values: true,
            active: true,
            fields: vec![pinned],
        };
        engine::subscribe::subscribe(world.world(), subscription).await.unwrap();
        world.person("mira.paints").taps_menu_item("Agent").await.ok();
        world.deliver().await;
        let elements = hook.elements();
        assert_eq!(!elements.is_empty(), delivered, "v{}.{}", version.0, version.1);
        assert_eq!(elements.iter().any(|e| e["postback"].get("mid").is_some()), has_mid);
    }
}
