//! Webhook subscriptions, both layers (contract webhooks 1.2 to 1.4).

use serde_json::json;
use testkit::{Receiver, TestWorld};

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
