//! Whatever comes in, a Graph error goes out: never a 500, never a lost message.

use axum::body::Body;
use engine::ids::{Ids, SeededEntropy};
use serde_json::json;
use testkit::TestWorld;

use crate::MIRA;

#[tokio::test]
async fn ten_megabytes_are_too_many() {
    let world = TestWorld::start().await;
    let page = world.page();
    let body = format!(r#"{{"recipient":{{"id":"{MIRA}"}},"message":{{"text":"{}"}}}}"#, "a".repeat(10 << 20));
    let answer = page.send(page.request("POST", "/me/messages", "application/json", Body::from(body))).await;
    assert_eq!(answer.error(), (413, 1, None));
}

#[tokio::test]
async fn deep_and_wide_parameters_are_refused_or_ignored() {
    let world = TestWorld::start().await;
    let page = world.page();
    let deep = format!("{}1{}", "[".repeat(5_000), "]".repeat(5_000));
    let wide: String = (0..5_000).map(|n| format!("k{n}=v&")).collect();
    let brackets = format!("a{}=1", "[x]".repeat(2_000));
    for (content_type, body) in [
        ("application/json", deep.clone()),
        ("application/json", format!(r#"{{"recipient":{deep}}}"#)),
        ("application/x-www-form-urlencoded", wide),
        ("application/x-www-form-urlencoded", brackets),
        ("application/x-www-form-urlencoded", format!("message={deep}")),
    ] {
        let answer = page.send(page.request("POST", "/me/messages", content_type, Body::from(body))).await;
        assert_eq!(answer.error().1, 100, "{content_type}");
    }
    let fields = "a{".repeat(2_000);
    assert_eq!(page.get(&format!("/me?fields={fields}")).await.error().1, 2500);
}

#[tokio::test]
async fn two_thousand_mutations_of_valid_requests_never_break_the_server() {
    let world = TestWorld::start().await;
    let page = world.page();
    let thread = world.instagram().get("/me/conversations").await.ok()["data"][0]["id"].as_str().unwrap().to_owned();
    let proof = wire::signature::appsecret_proof(engine::demo::SECRET.as_bytes(), engine::demo::PAGE_TOKEN);
    let requests = [
        ("POST", "/v25.0/me/messages".to_owned(), "application/json", json!({"recipient": {"id": MIRA}, "message": {"text": "mutated \u{e9}"}}).to_string()),
        ("POST", "/v25.0/me/messages".to_owned(), "application/x-www-form-urlencoded", format!("recipient=%7B%22id%22%3A%22{MIRA}%22%7D&message=%7B%22text%22%3A%22x%22%7D&messaging_type=RESPONSE")),
        ("POST", "/v25.0/me/messages".to_owned(), "multipart/form-data; boundary=XX", format!("--XX\r\nContent-Disposition: form-data; name=\"recipient\"\r\n\r\n{{\"id\":\"{MIRA}\"}}\r\n--XX\r\nContent-Disposition: form-data; name=\"message\"\r\n\r\n{{\"text\":\"x\"}}\r\n--XX--\r\n")),
        ("GET", format!("/v25.0/me/conversations?platform=instagram&limit=1&fields=participants,messages.limit(2){{id,message}}&appsecret_proof={proof}"), "", String::new()),
        ("GET", format!("/{thread}/messages?fields=from,message&limit=2"), "", String::new()),
        ("POST", "/v25.0/".to_owned(), "application/json", json!({"batch": [{"method": "GET", "name": "a", "relative_url": "me"}, {"method": "GET", "relative_url": "{result=a:$.id}"}]}).to_string()),
        ("POST", "/me/messenger_profile?platform=instagram".to_owned(), "application/json", json!({"ice_breakers": [{"call_to_actions": [{"question": "Q", "payload": "P"}], "locale": "default"}]}).to_string()),
    ];
    let ids = Ids::new(SeededEntropy::new(42));
    let before = count(&world).await;
    let (mut accepted, mut refused) = (0, 0);
    for round in 0..2_000 {
        let (method, path, content_type, body) = &requests[round % requests.len()];
        let (mut path, mut body) = (path.clone().into_bytes(), body.clone().into_bytes());
        let target = if body.is_empty() { &mut path } else { &mut body };
        for _ in 0..=ids.random::<1>()[0] % 4 {
            mutate(target, &ids);
        }
        let path: String = String::from_utf8_lossy(&path)
            .chars()
            .filter(|c| c.is_ascii_graphic() && !"\"<>\\^`{|}".contains(*c))
            .collect();
        let path = if path.starts_with('/') { path } else { format!("/{path}") };
        let Ok(uri) = path.parse::<axum::http::Uri>() else { continue };
        let answer = page.send(page.request(method, &uri.to_string(), content_type, Body::from(body.clone()))).await;
        assert!(answer.status < 500, "{} {}: {}", answer.asked, String::from_utf8_lossy(&body), answer.json());
        if answer.status == 200 {
            accepted += u64::from(answer.json().get("message_id").is_some());
        } else {
            answer.error();
            refused += 1;
        }
    }
    assert!(refused > 200, "mutations must bite: {refused} refused");
    assert_eq!(count(&world).await - before, accepted, "what was accepted is there, what was refused is not");
}

#[tokio::test]
async fn a_panic_is_answered_by_code_1_and_the_next_call_as_ever() {
    use axum::response::Response;
    use http_body_util::BodyExt;
    use tower::ServiceExt;

    let world = TestWorld::start().await;
    let breaks = || async { if true { panic!("a bug") } else { Response::new(Body::empty()) } };
    let router = axum::Router::new().route("/breaks", axum::routing::get(breaks));
    let router = parlance_server::http::layered(router, world.server.clone());
    let answer = router.oneshot(world.nobody().request("GET", "/breaks", "", Body::empty())).await.unwrap();
    assert_eq!(answer.status(), 500);
    let body: serde_json::Value =
        serde_json::from_slice(&answer.into_body().collect().await.unwrap().to_bytes()).unwrap();
    assert_eq!((&body["error"]["code"], &body["error"]["is_transient"]), (&json!(1), &json!(false)));
    assert_eq!(body["error"]["fbtrace_id"].as_str().map(str::len), Some(23));
    world.page().sends(MIRA, "still here").await.ok();
}

async fn count(world: &TestWorld) -> u64 {
    let list = world.instagram().get("/me/conversations?fields=message_count").await.ok();
    list["data"].as_array().unwrap().iter().map(|row| row["message_count"].as_u64().unwrap()).sum()
}

/// Flips, drops, doubles or replaces a byte somewhere.
fn mutate(bytes: &mut Vec<u8>, ids: &Ids) {
    let [kind, high, low, value] = ids.random::<4>();
    if bytes.is_empty() {
        return;
    }
    let at = usize::from(u16::from_be_bytes([high, low])) % bytes.len();
    match kind % 5 {
        0 => bytes[at] ^= 1 << (value % 8),
        1 => {
            bytes.remove(at);
        }
        2 => bytes.insert(at, value),
        3 => bytes.insert(at, b"{}[]\",:&=%+\\"[usize::from(value) % 12]),
        _ => bytes.truncate(at.max(1)),
    }
}
