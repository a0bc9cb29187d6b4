//! Somebody leaves an app: the callbacks of the login product.

use engine::demo;
use engine::facts::TokenKind;
use serde_json::{Value, json};
use testkit::{Grant, TestWorld};
use wire::signed_request;
use wire::time::Span;

use super::sink::{Seen, Sink};
use super::{listed, outcomes, shown};

/// A world whose app is told at one sink of everybody who leaves it, and is installed by both logins.
async fn told() -> (TestWorld, Sink) {
    let world = TestWorld::start().await;
    let _hook = world.subscribe(&["messages"]).await;
    world.instagram().post("/me/subscribed_apps", &json!({"subscribed_fields": ["messages"]})).await.ok();
    let sink = Sink::start().await;
    let url = |name: &str| format!("{}?{name}", sink.url());
    let change = json!({
        "deauth_callback_url": url("fb_deauth"), "data_deletion_url": url("fb_deletion"),
        "instagram_deauth_callback_url": url("ig_deauth"), "instagram_data_deletion_url": url("ig_deletion"),
    });
    world.nobody().post(&format!("/_parlance/apps/{}", demo::APP), &change).await.ok();
    (world, sink)
}

/// The payload of a callback, which must be signed with this secret.
#[track_caller]
fn payload(seen: &Seen, secret: &str) -> Value {
    assert!(seen.head.contains("content-type: application/x-www-form-urlencoded"), "{}", seen.head);
    let signed = seen.body.strip_prefix("signed_request=").expect("a form with one field");
    serde_json::from_slice(&signed_request::open(secret.as_bytes(), signed).expect("signed")).unwrap()
}

fn of<'a>(seen: &'a [Seen], name: &str) -> &'a Seen {
    seen.iter().find(|seen| seen.head.starts_with(&format!("post /hook?{name} "))).unwrap()
}

#[tokio::test]
async fn an_owner_who_takes_an_app_off_takes_its_tokens_back_and_the_app_is_told_by_both_logins() {
    let (world, sink) = told().await;
    let (page, account) = (world.page(), world.instagram());
    world.nobody().delete(&format!("/_parlance/accounts/{}/apps/{}", demo::USERNAME, demo::APP)).await.ok();
    assert_eq!(page.get("/me").await.error(), (400, 190, Some(466)));
    assert_eq!(account.get("/me").await.error().1, 190);
    assert!(world.world().store.installs(demo::ACCOUNT).await.unwrap().is_empty());
    world.deliver().await;
    let (seen, now) = (sink.take(), world.now().seconds());
    assert_eq!(seen.len(), 2);
    assert_eq!(
        payload(of(&seen, "fb_deauth"), demo::SECRET),
        json!({"user_id": "300000000000001", "profile_id": crate::PAGE, "algorithm": "HMAC-SHA256", "issued_at": now})
    );
    assert_eq!(
        payload(of(&seen, "ig_deauth"), demo::INSTAGRAM_SECRET),
        json!({"user_id": crate::ACCOUNT, "algorithm": "HMAC-SHA256", "issued_at": now})
    );
    let log = listed(&world, "&field=deauthorize").await;
    assert!(log.len() == 2 && log.iter().all(|row| row["channel"] == "callback" && row["state"] == "delivered"));
    world.person("mira.paints").writes("nobody listens").await;
    assert_eq!(listed(&world, "").await.len(), 2);
}

#[tokio::test]
async fn one_login_can_be_left_without_the_other() {
    let (world, sink) = told().await;
    let path = format!("/_parlance/accounts/{}/apps/{}?login=instagram", demo::USERNAME, demo::APP);
    world.nobody().delete(&path).await.ok();
    world.page().get("/me").await.ok();
    assert_eq!(world.instagram().get("/me").await.error().1, 190);
    let installs = world.world().store.installs(demo::ACCOUNT).await.unwrap();
    assert_eq!(installs.iter().map(|install| install.login.name()).collect::<Vec<_>>(), ["facebook"]);
    world.deliver().await;
    assert_eq!(sink.take().len(), 1);
}

#[tokio::test]
async fn a_deletion_is_asked_for_until_it_is_confirmed_with_an_address_and_a_code() {
    let (world, sink) = told().await;
    let path = format!("/_parlance/accounts/{}/apps/{}/data_deletion?login=instagram", demo::USERNAME, demo::APP);
    assert_eq!(world.nobody().post(&path, &json!({})).await.ok(), json!({"count": 1}));
    world.deliver().await;
    let first = sink.take();
    assert_eq!(first.len(), 2, "an answer without a confirmation is a failure");
    let issued = world.now().seconds();
    let asked = payload(&first[0], demo::INSTAGRAM_SECRET);
    assert_eq!(
        asked,
        json!({"user_id": crate::ACCOUNT, "algorithm": "HMAC-SHA256", "issued_at": issued, "expires": issued + 3_600})
    );
    sink.answers(r#"{"url":"https://x.test/d?c=abc","confirmation_code":"abc"}"#);
    world.advance(Span::seconds(59)).await;
    assert!(sink.take().is_empty());
    world.advance(Span::seconds(1)).await;
    assert_eq!(sink.take()[0].body, first[0].body, "a retry is the same request");
    let one = shown(&world, &listed(&world, "").await[0]).await;
    let refused = "failed: the answer is no JSON with url and confirmation_code";
    assert_eq!(outcomes(&one), [refused, refused, "taken"]);
    assert!(one["attempts"][2]["answer"].as_str().unwrap().contains("https://x.test/d?c=abc"), "the log shows it");
}

#[tokio::test]
async fn an_app_without_a_callback_is_told_nothing() {
    let (world, sink) = told().await;
    let none = json!({"deauth_callback_url": null, "instagram_data_deletion_url": null});
    let app = world.nobody().post(&format!("/_parlance/apps/{}", demo::APP), &none).await.ok();
    assert_eq!((&app["deauth_callback_url"], app["data_deletion_url"].is_string()), (&json!(null), true));
    let path = format!("/_parlance/accounts/{}/apps/{}", demo::USERNAME, demo::APP);
    let asked = world.nobody().post(&format!("{path}/data_deletion"), &json!({})).await.ok();
    assert_eq!(asked, json!({"count": 1}), "by Facebook Login only");
    world.nobody().delete(&format!("{path}?login=facebook")).await.ok();
    sink.answers(r#"{"url":"https://x.test","confirmation_code":"1"}"#);
    world.deliver().await;
    assert_eq!(sink.take().len(), 1);
    let wrong = json!({"deauth_callback_url": "ftp://x.test"});
    assert_eq!(world.nobody().post(&format!("/_parlance/apps/{}", demo::APP), &wrong).await.error().0, 400);
}

#[tokio::test]
async fn a_user_takes_a_permission_back_or_the_whole_app() {
    let (world, sink) = told().await;
    let user = Grant::user().all_scopes().caller(&world).await;
    let one = user.delete("/me/permissions?permission=instagram_manage_messages").await.ok();
    assert_eq!(one, json!({"success": true}));
    assert_eq!(world.page().get("/me/conversations?platform=instagram").await.error(), (403, 10, None));
    world.person("mira.paints").writes("needs the permission").await;
    assert_eq!(listed(&world, "&field=messages").await.len(), 1, "by Instagram Login only");
    world.deliver().await;
    assert!(sink.take().is_empty(), "nobody left");

    assert_eq!(user.delete("/300000000000001/permissions").await.ok(), json!({"success": true}));
    assert_eq!(user.get("/me").await.error(), (400, 190, Some(466)));
    assert_eq!(world.page().get("/me").await.error().1, 190, "the Page's token was theirs");
    world.instagram().get("/me").await.ok();
    world.deliver().await;
    let seen = sink.take();
    assert_eq!((seen.len(), payload(&seen[0], demo::SECRET)["user_id"].clone()), (1, json!("300000000000001")));
    let tokens = world.world().store.tokens(demo::APP).await.unwrap();
    assert!(tokens.iter().all(|token| token.revoked_time.is_some() != (token.kind == TokenKind::Instagram)));
}
