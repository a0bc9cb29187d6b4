//! The outward form of answers and errors (contract graph 1.9, 4, send 4, clients 14 to 16).

use testkit::{Grant, TestWorld};
use wire::time::Span;

use crate::MIRA;

#[tokio::test]
async fn a_success_has_the_headers_clients_look_at() {
    let world = TestWorld::start().await;
    let answer = world.page().sends(MIRA, "hi").await;
    assert_eq!(answer.status, 200);
    assert_eq!(answer.header("content-type"), Some("application/json; charset=UTF-8"));
    assert_eq!(answer.header("facebook-api-version"), Some("v25.0"));
    assert_eq!(answer.header("access-control-allow-origin"), Some("*"));
    assert_eq!(answer.header("cache-control"), Some("private, no-cache, no-store, must-revalidate"));
    assert_eq!((answer.header("vary"), answer.header("pragma")), (Some("Origin"), Some("no-cache")));
    assert_eq!(answer.header("expires"), Some("Sat, 01 Jan 2000 00:00:00 GMT"));
    assert!(answer.header("x-fb-rev").is_some());
    let app: serde_json::Value = serde_json::from_str(answer.header("x-app-usage").unwrap()).unwrap();
    let mut keys: Vec<&String> = app.as_object().unwrap().keys().collect();
    keys.sort();
    assert_eq!(keys, ["call_count", "total_cputime", "total_time"], "one client fails on any other key");
    let business: serde_json::Value =
        serde_json::from_str(answer.header("x-business-use-case-usage").unwrap()).unwrap();
    let entry = &business[crate::PAGE][0];
    assert_eq!(entry["type"], "messenger");
    assert!(entry["call_count"].is_u64() && entry["estimated_time_to_regain_access"] == 0, "{entry}");
    assert_eq!(answer.header("x-fb-request-id").map(str::len), Some(23));
    assert_eq!(answer.header("x-fb-trace-id").map(str::len), Some(11));
}

#[tokio::test]
async fn the_instagram_host_names_version_and_account_its_own_way() {
    let world = TestWorld::start().await;
    let answer = world.instagram().sends(MIRA, "hi").await;
    assert_eq!(answer.header("instagram-api-version"), Some("v25.0"));
    assert_eq!(answer.header("facebook-api-version"), None);
    let business: serde_json::Value =
        serde_json::from_str(answer.header("x-business-use-case-usage").unwrap()).unwrap();
    assert_eq!(business[crate::ACCOUNT][0]["type"], "instagram");
    let refused = world.instagram().sends(crate::JONAS, "hi").await;
    let challenge =
        r#"OAuth "Facebook Platform" "insufficient_scope" "This message is sent outside of allowed window.""#;
    assert_eq!(refused.header("www-authenticate"), Some(challenge));
    assert_eq!(refused.header("instagram-api-version"), Some("v25.0"));
}

#[tokio::test]
async fn answers_escape_as_graph_does() {
    let world = TestWorld::start().await;
    let mid = world.page().sends(MIRA, "a/b @ 50% \u{e9}").await.ok()["message_id"].as_str().unwrap().to_owned();
    let body = world.page().get(&format!("/{mid}?fields=message")).await.body;
    let text = std::str::from_utf8(&body).unwrap().to_owned();
    assert!(text.contains(r#""a\/b \u0040 50\u0025 \u00e9""#), "{text}");
}

#[tokio::test]
async fn an_error_has_the_whole_envelope_in_order() {
    let world = TestWorld::start().await;
    let answer = world.page().sends(crate::JONAS, "hi").await;
    let json = answer.json();
    let keys: Vec<&String> = json["error"].as_object().unwrap().keys().collect();
    assert_eq!(keys, ["message", "type", "code", "error_subcode", "error_user_title", "error_user_msg", "fbtrace_id"]);
    assert!(json["error"]["code"].is_i64());
    assert_eq!(answer.header("cache-control"), Some("no-store"));
    let challenge = answer.header("www-authenticate").unwrap();
    assert!(challenge.starts_with(r#"OAuth "Facebook Platform" "insufficient_scope" "(#10) "#), "{challenge}");
}

#[tokio::test]
async fn a_read_has_an_etag_and_an_unchanged_one_no_body() {
    let world = TestWorld::start().await;
    let page = world.page();
    let first = page.get("/me").await;
    let etag = first.header("etag").unwrap().to_owned();
    assert_eq!(etag.len(), 42);
    let mut request = page.request("GET", "/me", "", axum::body::Body::empty());
    request.headers_mut().insert("if-none-match", etag.parse().unwrap());
    let second = page.send(request).await;
    assert_eq!((second.status, second.body.len()), (304, 0));
    assert!(page.sends(MIRA, "hi").await.header("etag").is_none());
    let head = page.send(page.request("HEAD", "/me", "", axum::body::Body::empty())).await;
    assert_eq!(head.header("content-length"), Some(first.body.len().to_string().as_str()));
}

#[tokio::test]
async fn a_missing_token_is_told_before_anything_else_but_the_path() {
    let world = TestWorld::start().await;
    let nobody = world.nobody();
    assert_eq!(nobody.get("/v25.0/1234567").await.error(), (400, 104, None));
    assert_eq!(nobody.get("/v25.0/1234567").await.message(), "An access token is required to request this resource.");
    let me = nobody.get("/v25.0/me").await;
    assert_eq!(me.error(), (400, 2500, None));
    assert_eq!(me.message(), "An active access token must be used to query information about the current user.");
    assert_eq!(world.app().get("/me").await.error(), (400, 2500, None), "an app is nobody");
    assert_eq!(nobody.get("/v25.0/me/nonsense").await.message(), "Unknown path components: /nonsense");
}

#[tokio::test]
async fn a_token_that_is_none_is_told_by_190() {
    let world = TestWorld::start().await;
    let refused = world.api("EAAnonsense").get("/me").await;
    assert_eq!(refused.error(), (400, 190, None));
    assert_eq!(refused.message(), "Invalid OAuth access token - Cannot parse access token");
    assert_eq!(refused.json()["error"]["type"], "OAuthException");
    assert!(refused.header("facebook-api-version").is_none(), "no app could be told");
    assert!(refused.header("www-authenticate").unwrap().contains(r#""invalid_token""#));
    let mut request = world.nobody().request("GET", "/me", "", axum::body::Body::empty());
    request.headers_mut().insert("authorization", "Bearer EAAnonsense".parse().unwrap());
    assert_eq!(world.nobody().send(request).await.error(), (401, 190, None), "401 when it came in the header");
    let instagram = world.api("IGAAnonsense").get("/me").await;
    assert_eq!(instagram.json()["error"]["type"], "OAuthException", "token errors have one type on both hosts");
}

#[tokio::test]
async fn expired_and_revoked_tokens_say_so() {
    let world = TestWorld::start().await;
    let end = world.now().plus(Span::hours(1));
    let expiring = Grant::page().all_scopes().expires(end).caller(&world).await;
    let revoked = Grant::page().all_scopes().revoked(end).caller(&world).await;
    expiring.get("/me").await.ok();
    revoked.get("/me").await.ok();
    world.advance(Span::hours(1)).await;
    assert_eq!(expiring.get("/me").await.error(), (400, 190, Some(463)));
    assert_eq!(
        expiring.get("/me").await.message(),
        "Error validating access token: Session has expired on Sunday, 22-Nov-26 03:00:00 PST. The current time is Sunday, 22-Nov-26 03:00:00 PST."
    );
    assert_eq!(revoked.get("/me").await.error(), (400, 190, Some(466)));
}

#[tokio::test]
async fn a_token_of_the_other_host_cannot_be_parsed() {
    let world = TestWorld::start().await;
    assert_eq!(world.instagram().at("graph.facebook.com").get("/me").await.error(), (400, 190, None));
    assert_eq!(world.page().at("graph.instagram.com").get("/me").await.error().1, 190);
    world.instagram().at("graph.instagram.com").get("/me").await.ok();
    world.page().at("GRAPH.FACEBOOK.COM:443").get("/me").await.ok();
}

#[tokio::test]
async fn a_proof_is_checked_whenever_it_is_there() {
    let world = TestWorld::start().await;
    let (key, token) = (engine::demo::SECRET.as_bytes(), engine::demo::PAGE_TOKEN);
    let proof = wire::signature::appsecret_proof(key, token);
    world.page().get(&format!("/me?appsecret_proof={proof}")).await.ok();
    let wrong = world.page().get("/me?appsecret_proof=00").await;
    assert_eq!(wrong.error(), (400, 100, None));
    assert_eq!(wrong.json()["error"]["type"], "GraphMethodException");
    assert_eq!(wrong.message(), "Invalid appsecret_proof provided in the API argument");
    let time = world.now().seconds();
    let timed = wire::signature::timed_appsecret_proof(key, token, time);
    world.page().get(&format!("/me?appsecret_proof={timed}&appsecret_time={time}")).await.ok();
    world.advance(Span::minutes(6)).await;
    let old = world.page().get(&format!("/me?appsecret_proof={timed}&appsecret_time={time}")).await;
    assert_eq!(old.error(), (400, 100, None), "a timed proof ages");
    let app_proof = wire::signature::appsecret_proof(key, &format!("{}|{}", crate::APP, engine::demo::SECRET));
    world.app().get(&format!("/app?appsecret_proof={app_proof}")).await.ok();
}

#[tokio::test]
async fn an_app_may_demand_the_proof() {
    let world = TestWorld::start().await;
    let app = world.world().store.app(engine::demo::APP).await.unwrap().unwrap();
    let mut set = engine::change::ChangeSet::new();
    set.push(engine::change::Change::PutApp(engine::facts::App { require_proof: true, ..app }));
    world.world().commit(set).await.unwrap();
    let refused = world.page().get("/me").await;
    assert_eq!(refused.message(), "API calls from the server require an appsecret_proof argument");
    let proof = wire::signature::appsecret_proof(engine::demo::SECRET.as_bytes(), engine::demo::PAGE_TOKEN);
    world.page().get(&format!("/me?appsecret_proof={proof}")).await.ok();
}

#[tokio::test]
async fn no_success_holds_a_key_error_and_every_id_is_a_string() {
    let world = TestWorld::start().await;
    for path in [
        "/me",
        "/me?fields=id,instagram_business_account",
        "/me/conversations?platform=instagram&fields=id,participants",
        "/me/subscribed_apps",
    ] {
        let answer = world.page().get(path).await.ok();
        assert!(answer.get("error").is_none());
        check_ids(&answer);
    }
}

fn check_ids(value: &serde_json::Value) {
    match value {
        serde_json::Value::Object(object) => {
            for (key, value) in object {
                assert!(!(key == "id" || key.ends_with("_id")) || value.is_string(), "{key}: {value}");
                check_ids(value);
            }
        }
        serde_json::Value::Array(items) => items.iter().for_each(check_ids),
        _ => {}
    }
}

#[tokio::test]
async fn a_page_may_ask_before_it_calls() {
    let world = TestWorld::start().await;
    let nobody = world.nobody();
    let answer = nobody.send(nobody.request("OPTIONS", "/v25.0/me/messages", "", axum::body::Body::empty())).await;
    assert_eq!((answer.status, answer.header("access-control-allow-origin")), (200, Some("*")));
    assert!(answer.header("access-control-allow-methods").unwrap().contains("POST"));
}
