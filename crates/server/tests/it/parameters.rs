//! Where parameters may stand and how they may be written (contract graph 1.3 to 1.5, clients 1 to 8).

use axum::body::Body;
use serde_json::json;
use testkit::TestWorld;

use crate::{MIRA, PAGE};

/// A send in one of the ways that real clients write it: content type, query, body.
const WAYS: &[(&str, &str, &str, &str)] = &[
    (
        "json",
        "application/json",
        "",
        r#"{"recipient":{"id":"900000000000001"},"message":{"text":"h\u00e9llo \ud83d\udc4b"}}"#,
    ),
    (
        "json, numeric id",
        "application/json; charset=utf-8",
        "",
        r#"{"recipient":{"id":900000000000001},"message":{"text":"héllo 👋"}}"#,
    ),
    (
        "json, text in strings",
        "application/json",
        "",
        r#"{"recipient":"{\"id\":\"900000000000001\"}","message":"{\"text\":\"h\\u00e9llo \\ud83d\\udc4b\"}"}"#,
    ),
    (
        "form of json texts",
        "application/x-www-form-urlencoded",
        "",
        "recipient=%7B%22id%22%3A%22900000000000001%22%7D&messaging_type=RESPONSE&message=%7B%22text%22%3A%22h%5Cu00e9llo+%5Cud83d%5Cudc4b%22%7D",
    ),
    (
        "form with brackets",
        "application/x-www-form-urlencoded",
        "",
        "recipient[id]=900000000000001&message[text]=h%C3%A9llo+%F0%9F%91%8B",
    ),
    (
        "brackets without content type",
        "",
        "",
        "recipient%5Bid%5D=900000000000001&message%5Btext%5D=h%C3%A9llo+%F0%9F%91%8B",
    ),
    (
        "loose json",
        "application/x-www-form-urlencoded",
        "",
        "recipient={id:'900000000000001'}&message={'text':'h%C3%A9llo+%F0%9F%91%8B'}",
    ),
    (
        "query only",
        "",
        "&recipient=%7B%22id%22%3A%22900000000000001%22%7D&message=%7B%22text%22%3A%22h%C3%A9llo%20%F0%9F%91%8B%22%7D",
        "",
    ),
    (
        "query and json",
        "application/json",
        "&recipient=%7B%22id%22%3A%22900000000000001%22%7D",
        r#"{"message":{"text":"héllo 👋"}}"#,
    ),
    (
        "multipart",
        "multipart/form-data; boundary=XX",
        "",
        "--XX\r\nContent-Disposition: form-data; name=\"recipient\"\r\nContent-Type: application/json\r\n\r\n{\"id\":\"900000000000001\"}\r\n--XX\r\nContent-Disposition: form-data; name=\"message\"\r\n\r\n{\"text\":\"héllo 👋\"}\r\n--XX--\r\n",
    ),
];

#[tokio::test]
async fn a_send_may_be_written_in_every_way_that_clients_write_it() {
    let world = TestWorld::start().await;
    let page = world.page();
    for (way, content_type, query, body) in WAYS {
        let request = page.request("POST", &format!("/v25.0/me/messages?x=1{query}"), content_type, Body::from(*body));
        let mid = page.send(request).await.ok()["message_id"].as_str().unwrap_or_default().to_owned();
        let read = page.get(&format!("/{mid}?fields=message")).await.ok();
        assert_eq!(read["message"], "h\u{e9}llo \u{1f44b}", "{way}");
    }
}

#[tokio::test]
async fn the_token_may_stand_in_query_form_json_or_header() {
    let world = TestWorld::start().await;
    let (nobody, token) = (world.nobody(), engine::demo::PAGE_TOKEN);
    let json = json!({"access_token": token, "recipient": {"id": MIRA}, "message": {"text": "x"}}).to_string();
    let form = format!("access_token={token}&recipient[id]={MIRA}&message[text]=x");
    let query = format!("/me/messages?access_token={token}&access_token={token}&recipient[id]={MIRA}&message[text]=x");
    nobody.send(nobody.request("POST", "/me/messages", "application/json", Body::from(json))).await.ok();
    nobody
        .send(nobody.request("POST", "/me/messages", "application/x-www-form-urlencoded", Body::from(form)))
        .await
        .ok();
    nobody.send(nobody.request("POST", &query, "", Body::empty())).await.ok();
    for scheme in ["Bearer", "bearer", "OAuth"] {
        let mut request = nobody.request("GET", "/me", "", Body::empty());
        request.headers_mut().insert("authorization", format!("{scheme} {token}").parse().unwrap());
        nobody.send(request).await.ok();
    }
    let mut request = nobody.request("GET", &format!("/me?access_token={token}"), "", Body::empty());
    request.headers_mut().insert("authorization", "Bearer nonsense".parse().unwrap());
    nobody.send(request).await.ok();
}

#[tokio::test]
async fn bodies_where_none_belong_are_ignored() {
    let world = TestWorld::start().await;
    let page = world.page();
    for body in ["{}", "true", "null", ""] {
        page.send(page.request("GET", "/me", "application/json", Body::from(body))).await.ok();
    }
    page.get(&format!("/{PAGE}/conversations?platform=instagram&summary=true&unknown=1")).await.ok();
    page.post(
        "/me/messages",
        &json!({"id": PAGE, "recipient": {"id": MIRA}, "message": {"text": "x"}, "persona_id": "9"}),
    )
    .await
    .ok();
}

#[tokio::test]
async fn lists_may_be_written_in_every_way_that_clients_write_them() {
    let world = TestWorld::start().await;
    for fields in [
        "fields=id,name",
        "fields=id,%20name",
        "fields=%5B%22id%22,%22name%22%5D",
        "fields[0]=id&fields[1]=name",
        "fields=%5B'id',%20'name'%5D",
    ] {
        let answer = world.page().get(&format!("/me?{fields}")).await.ok();
        assert_eq!(answer.as_object().unwrap().keys().collect::<Vec<_>>(), ["id", "name"], "{fields}");
    }
    let page = world.page();
    let body = Body::from(r#"{"subscribed_fields":["messages","message_reads"]}"#);
    page.send(page.request("POST", "/me/subscribed_apps", "application/json", body)).await.ok();
    assert_eq!(
        page.get("/me/subscribed_apps").await.ok()["data"][0]["subscribed_fields"],
        json!(["messages", "message_reads"])
    );
}

#[tokio::test]
async fn method_in_the_query_turns_a_post_into_a_delete() {
    let world = TestWorld::start().await;
    world.page().post_form("/me/subscribed_apps", &[("subscribed_fields", "feed")]).await.ok();
    world.page().post_form("/me/subscribed_apps?method=delete", &[]).await.ok();
    assert_eq!(world.page().get("/me/subscribed_apps").await.ok(), json!({"data": []}));
    assert_eq!(world.page().post_form("/me?method=get", &[]).await.ok()["id"], PAGE);
    assert_eq!(world.page().post_form("/me?method=brew", &[]).await.error(), (400, 100, None));
}

#[tokio::test]
async fn json_that_is_broken_is_told_by_code_100() {
    let world = TestWorld::start().await;
    let page = world.page();
    for (content_type, body) in [
        ("application/json", "{\"recipient\":"),
        ("application/json", "[1,2]"),
        ("application/x-www-form-urlencoded", "recipient={&message={\"text\":\"x\"}"),
        ("application/json", "{\"recipient\":5,\"message\":{\"text\":\"x\"}}"),
        ("multipart/form-data; boundary=XX", "--XX\r\nnonsense"),
        ("multipart/form-data", "x"),
    ] {
        let answer = page.send(page.request("POST", "/me/messages", content_type, Body::from(body))).await;
        assert_eq!(answer.error().0, 400, "{content_type} {body}");
        assert_eq!(answer.error().1, 100, "{content_type} {body}");
    }
    let named = page.post("/me/messages", &json!({"recipient": "x", "message": {"text": "x"}})).await;
    assert_eq!(named.message(), "(#100) Param recipient must be a JSON object.");
}

#[tokio::test]
async fn fields_that_break_the_grammar_are_told_by_2500() {
    let world = TestWorld::start().await;
    for fields in ["id{", "id{name", "id,name}", "messages.limit(", "a..b()"] {
        let answer = world.page().get(&format!("/me?fields={fields}")).await;
        assert_eq!(answer.error(), (400, 2500, None), "{fields}");
    }
}

#[tokio::test]
async fn slashes_do_not_matter() {
    let world = TestWorld::start().await;
    for path in ["/v25.0/me/", "//v25.0//me", "/me/", "/v25.0/me//conversations/?platform=instagram"] {
        world.page().get(path).await.ok();
    }
}

#[tokio::test]
async fn the_character_that_no_store_keeps_is_refused_wherever_it_stands() {
    let world = TestWorld::start().await;
    let bodies = [
        ("application/json", r#"{"recipient":{"id":"900000000000001"},"message":{"text":"a\u0000b"}}"#),
        ("application/json", r#"{"recipient":{"id":"900000000000001"},"message":"{\"text\":\"a\\u0000b\"}"}"#),
        ("application/x-www-form-urlencoded", "recipient[id]=900000000000001&message[text]=a%00b"),
        (
            "application/x-www-form-urlencoded",
            "recipient[id]=900000000000001&message=%7B%22text%22:%22a%5Cu0000b%22%7D",
        ),
    ];
    let page = world.page();
    let send =
        |kind: &str, body: &'static str| page.send(page.request("POST", "/v25.0/me/messages", kind, Body::from(body)));
    for (kind, body) in bodies {
        assert_eq!(send(kind, body).await.error().1, 100, "{body}");
    }
    let escaped = r#"{"recipient":{"id":"900000000000001"},"message":"{\"text\":\"a\\\\u0000b\"}"}"#;
    send("application/json", escaped).await.ok();
    let body = json!({"to": engine::demo::USERNAME, "text": "a\0b"});
    let answer = world.nobody().post("/_parlance/people/mira.paints/messages", &body).await;
    assert_eq!(answer.status, 400, "{}", answer.json());
}
