//! Webhook subscriptions, both layers (contract webhooks 1.2 to 1.4).

use std::sync::Arc;

use axum::Router;
use axum::extract::RawQuery;
use axum::http::{HeaderMap, StatusCode};
use axum::routing::get;
use engine::settings::Settings;
use parking_lot::Mutex;
use serde_json::{Value, json};
use testkit::{Grant, Options, Receiver, TestWorld};

use crate::{ACCOUNT, APP, PAGE};

fn edge() -> String {
    format!("/v24.0/{APP}/subscriptions")
}

fn form<'a>(url: &'a str, fields: &'a str) -> Vec<(&'a str, &'a str)> {
    vec![("object", "instagram"), ("callback_url", url), ("verify_token", "verify-me"), ("fields", fields)]
}

#[tokio::test]
async fn an_endpoint_that_gives_the_challenge_back_is_subscribed() {
    let world = TestWorld::start().await;
    let receiver = Receiver::start(engine::demo::SECRET).await;
    let answer = world.app().post_form(&edge(), &form(&receiver.url(), "messages, messaging_postbacks")).await.ok();
    assert_eq!(answer, json!({"success": true}));
    let list = world.app().get(&edge()).await.ok();
    assert_eq!(
        list,
        json!({"data": [{
            "object": "instagram", "callback_url": receiver.url(), "active": true,
            "fields": [{"name": "messages", "version": "v24.0"}, {"name": "messaging_postbacks", "version": "v24.0"}],
        }]})
    );
}

#[tokio::test]
async fn a_second_call_replaces_the_first() {
    let world = TestWorld::start().await;
    let receiver = Receiver::start(engine::demo::SECRET).await;
    world.app().post_form(&edge(), &form(&receiver.url(), "messages")).await.ok();
    world.app().post_form(&edge(), &form(&receiver.url(), "messaging_seen")).await.ok();
    let list = world.app().get(&edge()).await.ok();
    assert_eq!(list["data"].as_array().unwrap().len(), 1);
    assert_eq!(list["data"][0]["fields"][0]["name"], "messaging_seen");
}

#[tokio::test]
async fn an_endpoint_that_fails_the_handshake_is_not_subscribed() {
    let world = TestWorld::start().await;
    let receiver = Receiver::start(engine::demo::SECRET).await;
    let url = receiver.url();
    let mut wrong = form(&url, "messages");
    wrong[2] = ("verify_token", "something else");
    let refused = world.app().post_form(&edge(), &wrong).await;
    assert_eq!(refused.error(), (400, 2200, None));
    assert!(refused.message().contains("403"), "{}", refused.message());
    let nobody = world.app().post_form(&edge(), &form("http://127.0.0.1:1/hook", "messages")).await;
    assert_eq!(nobody.error(), (400, 2200, None));
    assert_eq!(world.app().get(&edge()).await.ok(), json!({"data": []}));
}

#[tokio::test]
async fn the_emulator_keeps_a_subscription_and_puts_it_back_without_asking_its_endpoint() {
    let world = TestWorld::start().await;
    let receiver = Receiver::start(engine::demo::SECRET).await;
    let (api, edge) = (world.app(), format!("/_parlance/apps/{APP}/subscriptions"));
    assert_eq!(api.get(&edge).await.ok(), json!({"data": []}));
    api.post_form(&format!("/v24.0/{APP}/subscriptions"), &form(&receiver.url(), "messages")).await.ok();
    let kept = api.get(&edge).await.ok()["data"][0].clone();
    let fields = json!([{"name": "messages", "version": "v24.0"}]);
    assert_eq!(
        kept,
        json!({"object": "instagram", "callback_url": receiver.url(), "include_values": true, "active": true, "fields": fields})
    );

    // Nobody listens there, which nobody finds out.
    let mut other = kept.clone();
    other["callback_url"] = json!("http://127.0.0.1:1/gone");
    other["include_values"] = json!(false);
    other["fields"][0] = json!({"name": "messaging_seen", "version": "v9.0"});
    assert_eq!(api.post(&edge, &other).await.ok(), other);
    assert_eq!(api.get(&edge).await.ok(), json!({"data": [other]}));
    assert_eq!(api.post(&edge, &kept).await.ok(), kept);
    world.person("mira.paints").writes("hello").await;
    world.page().post(&format!("/v24.0/{PAGE}/subscribed_apps"), &json!({"subscribed_fields": "messages"})).await.ok();
    world.person("mira.paints").writes("hello again").await;
    world.deliver().await;
    assert_eq!(receiver.elements()[0]["message"]["text"], "hello again", "it is in force");
}

#[tokio::test]
async fn a_subscription_that_cannot_be_is_not_put_back() {
    let world = TestWorld::start().await;
    let (api, edge) = (world.app(), format!("/_parlance/apps/{APP}/subscriptions"));
    let with = |object: &str, url: &str, name: &str, version: &str| json!({"object": object, "callback_url": url, "fields": [{"name": name, "version": version}]});
    let url = "http://127.0.0.1:1/hook";
    for (body, why) in [
        (with("user", url, "messages", "v25.0"), "object"),
        (with("instagram", "ftp://a", "messages", "v25.0"), "callback_url"),
        (with("instagram", url, "colours", "v25.0"), "colours"),
        (with("instagram", url, "messages", "25"), "version"),
        (json!({"object": "instagram", "callback_url": url, "fields": []}), "field"),
        (json!({"object": "instagram"}), "callback_url"),
    ] {
        let refused = api.post(&edge, &body).await;
        assert_eq!(refused.status, 400, "{body}");
        assert!(refused.message().contains(why), "{body}: {}", refused.message());
    }
    assert_eq!(api.get(&edge).await.ok(), json!({"data": []}));
    assert_eq!(api.get("/_parlance/apps/5/subscriptions").await.status, 404);
}

#[tokio::test]
async fn every_parameter_of_a_subscription_is_checked() {
    let world = TestWorld::start().await;
    let receiver = Receiver::start(engine::demo::SECRET).await;
    let url = receiver.url();
    for missing in 0..4 {
        let mut form = form(&url, "messages");
        form.remove(missing);
        assert_eq!(world.app().post_form(&edge(), &form).await.error(), (400, 100, None), "parameter {missing}");
    }
    assert_eq!(world.app().post_form(&edge(), &form(&url, "messages,nonsense")).await.error(), (400, 100, None));
    let mut payments = form(&url, "messages");
    payments[0] = ("object", "payments");
    assert_eq!(world.app().post_form(&edge(), &payments).await.error(), (400, 100, None));
}

#[tokio::test]
async fn some_fields_an_object_or_everything_can_be_removed() {
    let world = TestWorld::start().await;
    let receiver = Receiver::start(engine::demo::SECRET).await;
    world.app().post_form(&edge(), &form(&receiver.url(), "messages,messaging_seen")).await.ok();
    world.app().delete(&format!("{}?object=instagram&fields=messages", edge())).await.ok();
    let left = world.app().get(&edge()).await.ok();
    assert_eq!(left["data"][0]["fields"].as_array().unwrap().len(), 1);
    world.app().delete(&edge()).await.ok();
    assert_eq!(world.app().get(&edge()).await.ok(), json!({"data": []}));
}

#[tokio::test]
async fn only_the_app_itself_manages_its_subscriptions() {
    let world = TestWorld::start().await;
    assert_eq!(world.page().get(&edge()).await.error(), (400, 15, None));
    assert_eq!(world.nobody().get(&edge()).await.error(), (400, 104, None));
    assert_eq!(world.api(&format!("{APP}|wrong")).get(&edge()).await.error(), (400, 190, None));
}

#[tokio::test]
async fn a_page_install_is_listed_in_the_facebook_shape() {
    let world = TestWorld::start().await;
    assert_eq!(world.page().get("/me/subscribed_apps").await.ok(), json!({"data": []}));
    let answer = world
        .page()
        .post_form(
            &format!("/{PAGE}/subscribed_apps"),
            &[("subscribed_fields", "[\"messages\", \"messaging_postbacks\"]")],
        )
        .await;
    assert_eq!(answer.ok(), json!({"success": true}));
    let row = world.page().get(&format!("/{PAGE}/subscribed_apps")).await.ok()["data"][0].clone();
    assert_eq!(row["id"], APP);
    assert_eq!(row["subscribed_fields"], json!(["messages", "messaging_postbacks"]));
    assert!(row["name"].is_string() && row["link"].is_string() && row["category"].is_string(), "{row}");
    world.page().delete("/me/subscribed_apps").await.ok();
    assert_eq!(world.page().get("/me/subscribed_apps").await.ok(), json!({"data": []}));
}

#[tokio::test]
async fn an_account_install_is_listed_in_the_instagram_shape() {
    let world = TestWorld::start().await;
    world
        .instagram()
        .post(&format!("/{ACCOUNT}/subscribed_apps"), &json!({"subscribed_fields": ["messages"]}))
        .await
        .ok();
    let list = world.instagram().get("/me/subscribed_apps").await.ok();
    assert_eq!(list, json!({"data": [{"app_id": APP, "subscribed_fields": ["messages"]}]}));
    assert_eq!(
        world.page().get("/me/subscribed_apps").await.ok(),
        json!({"data": []}),
        "each login product has its own install"
    );
}

#[tokio::test]
async fn the_page_edge_refuses_instagrams_own_field_names() {
    let world = TestWorld::start().await;
    for name in [
        "messaging_seen",
        "messaging_handover",
        "messaging_referral",
        "message_edit",
        "comments",
        "live_comments",
        "mentions",
        "story_insights",
    ] {
        let refused =
            world.page().post_form("/me/subscribed_apps", &[("subscribed_fields", &format!("feed,{name}"))]).await;
        assert_eq!(refused.error(), (400, 100, None), "{name}");
        assert!(
            refused.message().starts_with("(#100) Param subscribed_fields[1] must be one of {feed, "),
            "{}",
            refused.message()
        );
    }
    for name in ["feed", "message_reads", "mention", "messaging_handovers", "messaging_referrals", "message_edits"] {
        world.page().post_form("/me/subscribed_apps", &[("subscribed_fields", name)]).await.ok();
    }
    world.page().post_form("/me/subscribed_apps", &[("fields", "feed")]).await.ok();
    let none = world.page().post_form("/me/subscribed_apps", &[]).await;
    assert_eq!(none.message(), "(#100) The parameter subscribed_fields is required");
}

#[tokio::test]
async fn one_wrong_name_voids_the_whole_call_on_the_instagram_edge() {
    let world = TestWorld::start().await;
    for name in ["message_echoes", "messaging_policy_enforcement", "response_feedback", "feed", "nonsense"] {
        let refused = world
            .instagram()
            .post_form("/me/subscribed_apps", &[("subscribed_fields", &format!("messages,{name}"))])
            .await;
        assert_eq!(refused.error(), (400, 100, None), "{name}");
    }
    assert_eq!(world.instagram().get("/me/subscribed_apps").await.ok(), json!({"data": []}));
}

#[tokio::test]
async fn the_instagram_edge_takes_only_what_the_app_is_subscribed_to() {
    let world = TestWorld::start().await;
    let receiver = Receiver::start(engine::demo::SECRET).await;
    world.app().post_form(&edge(), &form(&receiver.url(), "messages")).await.ok();
    world.instagram().post_form("/me/subscribed_apps", &[("subscribed_fields", "messages")]).await.ok();
    let refused =
        world.instagram().post_form("/me/subscribed_apps", &[("subscribed_fields", "messages,messaging_seen")]).await;
    assert_eq!(refused.error(), (400, 100, None));
}

#[tokio::test]
async fn the_edge_and_not_the_token_decides_which_names_are_known() {
    let world = TestWorld::start().await;
    let fields = [("subscribed_fields", "messages,comments")];
    world.page().post_form(&format!("/{ACCOUNT}/subscribed_apps"), &fields).await.ok();
    assert_eq!(world.page().post_form(&format!("/{PAGE}/subscribed_apps"), &fields).await.error(), (400, 100, None));
}

#[tokio::test]
async fn of_a_subscription_that_is_there_what_is_left_out_stays() {
    let world = TestWorld::start().await;
    let receiver = Receiver::start(engine::demo::SECRET).await;
    world.app().post_form(&edge(), &form(&receiver.url(), "messages")).await.ok();
    let fields = [("object", "instagram"), ("fields", "messages,messaging_seen"), ("include_values", "false")];
    world.app().post_form("/v25.0/500000000000001/subscriptions", &fields).await.ok();
    let list = async || world.app().get(&edge()).await.ok()["data"][0].clone();
    assert_eq!(
        list().await,
        json!({
            "object": "instagram", "callback_url": receiver.url(), "active": true,
            "fields": [{"name": "messages", "version": "v25.0"}, {"name": "messaging_seen", "version": "v25.0"}],
        }),
        "each field is pinned to the version that asked last"
    );
    let other = Receiver::start(engine::demo::SECRET).await;
    let moved = other.url();
    let address = [("object", "instagram"), ("callback_url", moved.as_str()), ("verify_token", "verify-me")];
    world.app().post_form(&edge(), &address).await.ok();
    assert_eq!((&list().await["callback_url"], list().await["fields"].as_array().unwrap().len()), (&json!(moved), 2));
    let unproven = [("object", "instagram"), ("callback_url", "http://127.0.0.1:1/hook")];
    assert_eq!(world.app().post_form(&edge(), &unproven).await.error(), (400, 100, None), "a new address is proven");
    let again = [("object", "instagram"), ("verify_token", "wrong")];
    assert_eq!(world.app().post_form(&edge(), &again).await.error(), (400, 2200, None), "the known one is asked again");
}

#[tokio::test]
async fn echoes_are_an_alias_of_messages() {
    let world = TestWorld::start().await;
    let receiver = Receiver::start(engine::demo::SECRET).await;
    world.app().post_form(&edge(), &form(&receiver.url(), "message_echoes,messages,Messaging_Seen")).await.ok();
    let names: Vec<Value> = world.app().get(&edge()).await.ok()["data"][0]["fields"]
        .as_array()
        .unwrap()
        .iter()
        .map(|field| field["name"].clone())
        .collect();
    assert_eq!(names, ["messages", "messaging_seen"], "each once, in any case of letters");
}

/// Fields that Messenger has and Instagram has not (contract webhooks 3.19).
const MESSENGER_ONLY: [&str; 11] = [
    "message_deliveries",
    "message_reads",
    "message_edits",
    "messaging_account_linking",
    "messaging_feedback",
    "messaging_game_plays",
    "messaging_optouts",
    "messaging_customer_information",
    "send_cart",
    "message_context",
    "inbox_labels",
];

#[tokio::test]
async fn what_only_messenger_has_is_refused() {
    let world = TestWorld::start().await;
    let receiver = Receiver::start(engine::demo::SECRET).await;
    for name in MESSENGER_ONLY {
        let refused = world.app().post_form(&edge(), &form(&receiver.url(), name)).await;
        assert!(refused.message().starts_with("(#100) Param fields[0] must be one of {messages, "), "{name}");
    }
    assert_eq!(world.app().get(&edge()).await.ok(), json!({"data": []}));
}

#[tokio::test]
async fn objects_and_fields_are_refused_with_the_names_that_exist() {
    let world = TestWorld::start().await;
    let receiver = Receiver::start(engine::demo::SECRET).await;
    let url = receiver.url();
    let mut payments = form(&url, "messages");
    payments[0] = ("object", "payments");
    let refused = world.app().post_form(&edge(), &payments).await;
    assert_eq!(refused.message(), "(#100) Param object must be one of {instagram, page}");
    let refused = world.app().post_form(&edge(), &form(&url, "messages,nonsense")).await;
    let text = "(#100) Param fields[1] must be one of {messages, message_reactions, messaging_postbacks, ";
    assert!(refused.message().starts_with(text), "{}", refused.message());
    let mut page = form(&url, "messages,feed");
    page[0] = ("object", "page");
    world.app().post_form(&edge(), &page).await.ok();
    world.app().post_form(&edge(), &form(&url, "messages")).await.ok();
    let objects: Vec<Value> = world.app().get(&edge()).await.ok()["data"]
        .as_array()
        .unwrap()
        .iter()
        .map(|row| row["object"].clone())
        .collect();
    assert_eq!(objects, ["instagram", "page"], "an object has a subscription of its own");
    world.app().delete(&format!("{}?object=page", edge())).await.ok();
    assert_eq!(world.app().get(&edge()).await.ok()["data"].as_array().unwrap().len(), 1);
    assert_eq!(world.app().delete(&format!("{}?object=payments", edge())).await.error(), (400, 100, None));
}

#[tokio::test]
async fn the_dashboard_alone_knew_the_instagram_object_before_v13_where_that_is_wanted() {
    for (strict, version, expected) in
        [(false, "v12.0", 200), (true, "v11.0", 400), (true, "v12.0", 400), (true, "v13.0", 200)]
    {
        let settings = Settings { subscriptions_since_v13: strict, ..Settings::emulator() };
        // In a time in which all of them are served.
        let start = wire::time::Millis::parse_rfc3339("2022-03-01T10:00:00Z").unwrap();
        let world = TestWorld::with(Options { settings, start, ..Options::default() }).await;
        let receiver = Receiver::start(engine::demo::SECRET).await;
        let path = format!("/{version}/{APP}/subscriptions");
        let answer = world.app().post_form(&path, &form(&receiver.url(), "messages")).await;
        assert_eq!(answer.status, expected, "{strict} {version}: {}", answer.json());
    }
}

/// What an endpoint was asked: query and headers.
type Asked = Arc<Mutex<Vec<(String, HeaderMap)>>>;

/// An endpoint that answers with this status and body, or with the challenge where there is no body.
async fn endpoint(status: StatusCode, body: Option<&'static str>) -> (String, Asked) {
    let asked = Asked::default();
    let kept = Arc::clone(&asked);
    let answer = move |RawQuery(query): RawQuery, headers: HeaderMap| async move {
        let query = query.unwrap_or_default();
        let challenge = form_urlencoded::parse(query.as_bytes())
            .find(|(name, _)| name == "hub.challenge")
            .map(|(_, value)| value.into_owned());
        kept.lock().push((query, headers));
        (status, [("location", "/elsewhere")], body.map_or_else(|| challenge.unwrap_or_default(), str::to_owned))
    };
    let router = Router::new().route("/hook", get(answer)).route("/elsewhere", get(|| async { "moved" }));
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/hook", listener.local_addr().unwrap());
    tokio::spawn(async move { axum::serve(listener, router).await });
    (url, asked)
}

#[tokio::test]
async fn the_handshake_keeps_the_query_and_adds_ten_digits_without_a_signature() {
    let world = TestWorld::start().await;
    let (url, asked) = endpoint(StatusCode::OK, None).await;
    world.app().post_form(&edge(), &form(&format!("{url}?team=a%20b"), "messages")).await.ok();
    let (query, headers) = asked.lock().remove(0);
    assert!(query.starts_with("team=a%20b&"), "{query}");
    let pairs: Vec<(String, String)> = form_urlencoded::parse(query.as_bytes()).into_owned().collect();
    let value = |name: &str| pairs.iter().find(|(key, _)| key == name).unwrap().1.clone();
    assert_eq!((value("hub.mode").as_str(), value("hub.verify_token").as_str()), ("subscribe", "verify-me"));
    let challenge = value("hub.challenge");
    assert!(challenge.len() == 10 && challenge.bytes().all(|byte| byte.is_ascii_digit()), "{challenge}");
    assert!(!headers.keys().any(|name| name.as_str().starts_with("x-hub-")), "{headers:?}");
}

#[tokio::test]
async fn a_redirect_another_status_or_another_body_is_no_handshake() {
    let world = TestWorld::start().await;
    for (status, body, named) in [
        (StatusCode::FOUND, None, "302"),
        (StatusCode::MOVED_PERMANENTLY, None, "301"),
        (StatusCode::CREATED, None, "201"),
        (StatusCode::FORBIDDEN, Some(""), "403"),
        (StatusCode::BAD_REQUEST, Some("no"), "400"),
        (StatusCode::INTERNAL_SERVER_ERROR, None, "500"),
        (StatusCode::OK, Some("hello"), "challenge"),
        (StatusCode::OK, Some(""), "challenge"),
    ] {
        let (url, asked) = endpoint(status, body).await;
        let refused = world.app().post_form(&edge(), &form(&url, "messages")).await;
        assert_eq!(refused.error(), (400, 2200, None), "{status}");
        assert!(refused.message().contains(named), "{status}: {}", refused.message());
        assert_eq!(asked.lock().len(), 1, "asked once, and no redirect was followed");
    }
    assert_eq!(world.app().get(&edge()).await.ok(), json!({"data": []}));
}

#[tokio::test]
async fn an_endpoint_has_only_so_long_to_answer() {
    assert_eq!(Settings::default().webhook_timeout_ms, 5_000);
    let settings = Settings { webhook_timeout_ms: 50, ..Settings::emulator() };
    let world = TestWorld::with(Options { settings, ..Options::default() }).await;
    let silent = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/hook", silent.local_addr().unwrap());
    let refused = world.app().post_form(&edge(), &form(&url, "messages")).await;
    assert_eq!(refused.error(), (400, 2200, None));
    assert!(refused.message().contains("no answer within 50 ms"), "{}", refused.message());
}

#[tokio::test]
async fn callbacks_are_https_and_public_outside_of_local_development() {
    let world = TestWorld::with(Options { settings: Settings::default(), ..Options::default() }).await;
    for (url, named) in [
        ("http://bot.example.test/hook", "https"),
        ("https://127.0.0.1/hook", "not allowed"),
        ("ftp://bot.example.test/", "http"),
        ("nowhere", "not a URL"),
    ] {
        let refused = world.app().post_form(&edge(), &form(url, "messages")).await;
        assert_eq!(refused.error(), (400, 2200, None), "{url}");
        assert!(refused.message().contains(named), "{url}: {}", refused.message());
    }
}

#[tokio::test]
async fn installs_need_the_permission_to_manage_them() {
    let world = TestWorld::start().await;
    let fields = [("subscribed_fields", "messages")];
    let page = Grant::page().scopes(&["instagram_basic", "instagram_manage_messages"]).caller(&world).await;
    assert_eq!(page.post_form("/me/subscribed_apps", &fields).await.error(), (403, 10, None), "pages_manage_metadata");
    let bare = Grant::instagram().scopes(&["instagram_business_basic"]).caller(&world).await;
    let refused = bare.post_form("/me/subscribed_apps", &fields).await;
    assert_eq!(refused.error(), (403, 200, None), "the field's own permission");
    assert!(refused.message().contains("instagram_business_manage_messages"), "{}", refused.message());
    bare.post_form("/me/subscribed_apps", &[("subscribed_fields", "follow")]).await.ok();
    let none = Grant::instagram().scopes(&["instagram_business_manage_messages"]).caller(&world).await;
    assert_eq!(none.post_form("/me/subscribed_apps", &fields).await.error(), (403, 10, None), "basic, always");
}

#[tokio::test]
async fn the_instagram_edge_takes_a_query_a_form_and_json() {
    let world = TestWorld::start().await;
    let (api, list) =
        (world.instagram(), json!({"data": [{"app_id": APP, "subscribed_fields": ["messages", "comments"]}]}));
    let path = format!("/v25.0/{ACCOUNT}/subscribed_apps");
    for post in ["query", "form", "json"] {
        let answer = match post {
            "query" => api.post(&format!("{path}?subscribed_fields=messages,comments"), &json!({})).await,
            "form" => api.post_form(&path, &[("subscribed_fields", "messages,comments")]).await,
            _ => api.post(&path, &json!({"subscribed_fields": ["messages", "comments"]})).await,
        };
        assert_eq!(answer.ok(), json!({"success": true}), "{post}");
        assert_eq!(api.get(&path).await.ok(), list, "{post}");
        assert_eq!(api.delete(&path).await.ok(), json!({"success": true}), "{post}");
        assert_eq!(api.get(&path).await.ok(), json!({"data": []}), "{post}");
    }
    let none = api.post(&path, &json!({})).await;
    assert!(none.message().contains("The parameter subscribed_fields is required"), "{}", none.message());
}

#[tokio::test]
async fn one_field_at_the_install_lets_all_of_the_apps_fields_flow() {
    let world = TestWorld::start().await;
    let receiver = Receiver::start(engine::demo::INSTAGRAM_SECRET).await;
    world.app().post_form(&edge(), &form(&receiver.url(), "messages,messaging_seen")).await.ok();
    world.instagram().post_form("/me/subscribed_apps", &[("subscribed_fields", "messaging_seen")]).await.ok();
    world.person("mira.paints").writes("hello").await;
    world.deliver().await;
    assert_eq!(receiver.elements()[0]["message"]["text"], "hello");
    world.instagram().delete("/me/subscribed_apps").await.ok();
    world.person("mira.paints").writes("nobody hears").await;
    world.deliver().await;
    assert_eq!(receiver.take().len(), 0, "deleting stops every webhook of the account");
}

#[tokio::test]
async fn access_to_messages_that_is_switched_off_stops_webhooks() {
    let world = TestWorld::start().await;
    let hook = world.subscribe(&["messages"]).await;
    for (on, heard) in [(false, 0), (true, 1)] {
        let path = format!("/_parlance/accounts/{}", engine::demo::USERNAME);
        world.nobody().post(&path, &json!({"allow_message_access": on})).await.ok();
        world.person("mira.paints").writes("hello").await;
        world.deliver().await;
        assert_eq!(hook.take().len(), heard, "{on}");
    }
}

#[tokio::test]
async fn an_app_that_is_not_public_hears_of_people_with_a_role_alone() {
    for (live, advanced) in [(false, true), (true, false), (false, false)] {
        let world = TestWorld::start().await;
        let hook = world.subscribe(&["messages"]).await;
        world.give_role("mira.paints").await;
        world.change_app(|app| (app.live, app.advanced_access) = (live, advanced)).await;
        world.person("lucia_m").writes("a stranger").await;
        world.person("mira.paints").writes("a tester").await;
        world.deliver().await;
        let texts: Vec<Value> = hook.elements().iter().map(|element| element["message"]["text"].clone()).collect();
        assert_eq!(texts, ["a tester"], "{live} {advanced}");
        world.change_app(|app| (app.live, app.advanced_access) = (true, true)).await;
        world.person("lucia_m").writes("anybody").await;
        world.deliver().await;
        assert_eq!(hook.take().len(), 1, "public");
    }
}
