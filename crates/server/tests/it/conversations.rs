//! `…/conversations` (contract read 1.3, 1.4, graph 2).

use serde_json::{Value, json};
use testkit::TestWorld;

use crate::{ACCOUNT, AISHA, JONAS, MIRA, PAGE};

fn ids(answer: &Value) -> Vec<String> {
    answer["data"].as_array().unwrap().iter().map(|row| row["id"].as_str().unwrap().to_owned()).collect()
}

#[tokio::test]
async fn the_list_is_newest_first_with_id_and_updated_time() {
    let world = TestWorld::start().await;
    let answer = world.page().get("/v25.0/me/conversations?platform=instagram").await.ok();
    let row = &answer["data"][0];
    assert_eq!(row.as_object().unwrap().keys().collect::<Vec<_>>(), ["id", "updated_time"]);
    assert_eq!(row["updated_time"], "2026-11-22T09:00:00+0000");
    assert!(row["id"].as_str().unwrap().starts_with("aWdfZAG06"), "{row}");
    assert_eq!(ids(&answer).len(), 2);
    world.person("jonas_w").writes("me now").await;
    let after = world.page().get("/v25.0/me/conversations?platform=instagram").await.ok();
    assert_eq!(ids(&after), ids(&answer).into_iter().rev().collect::<Vec<_>>());
}

#[tokio::test]
async fn a_page_asked_without_platform_has_no_instagram_threads() {
    let world = TestWorld::start().await;
    assert_eq!(world.page().get(&format!("/{PAGE}/conversations")).await.ok(), json!({"data": []}));
    assert_eq!(world.page().get(&format!("/{PAGE}/conversations?platform=messenger")).await.ok(), json!({"data": []}));
    assert_eq!(
        ids(&world.instagram().get("/me/conversations").await.ok()).len(),
        2,
        "an account's own threads are Instagram's"
    );
    assert_eq!(
        ids(&world.page().get("/me/threads?platform=INSTAGRAM").await.ok()).len(),
        2,
        "threads is the same edge"
    );
    let wrong = world.page().get("/me/conversations?platform=telegram").await;
    assert_eq!(wrong.error(), (400, 100, None));
}

#[tokio::test]
async fn the_same_ids_are_seen_on_both_hosts() {
    let world = TestWorld::start().await;
    let page = ids(&world.page().get("/me/conversations?platform=instagram").await.ok());
    assert_eq!(page, ids(&world.instagram().get(&format!("/{ACCOUNT}/conversations")).await.ok()));
}

#[tokio::test]
async fn user_id_finds_the_one_thread_with_that_person() {
    let world = TestWorld::start().await;
    let answer = world
        .page()
        .get(&format!("/me/conversations?platform=instagram&user_id={MIRA}&fields=participants"))
        .await
        .ok();
    let ends = &answer["data"][0]["participants"]["data"];
    assert_eq!(*ends, json!([{"username": "mira.paints", "id": MIRA}, {"username": "harbor.knits", "id": ACCOUNT}]));
    let none = world.page().get(&format!("/me/conversations?platform=instagram&user_id={AISHA}")).await.ok();
    assert_eq!(none, json!({"data": []}), "known, but no thread");
    let nobody = world.page().get("/me/conversations?platform=instagram&user_id=12345").await.ok();
    assert_eq!(nobody, json!({"data": []}));
}

#[tokio::test]
async fn pages_follow_each_other_without_a_token_of_their_own() {
    let world = TestWorld::start().await;
    let first = world.page().get("/v25.0/me/conversations?platform=instagram&limit=1&fields=id").await.ok();
    let next = first["paging"]["next"].as_str().unwrap();
    assert!(next.starts_with("http://localhost/v25.0/me/conversations?"), "{next}");
    let cursors = &first["paging"]["cursors"];
    assert!(cursors["after"].as_str().unwrap().starts_with("QVFI"), "{cursors}");
    assert!(first["paging"].get("previous").is_none());
    let second = world.nobody().get(next.trim_start_matches("http://localhost")).await.ok();
    assert_ne!(ids(&second), ids(&first));
    assert!(second["paging"].get("next").is_none(), "the last page has none");
    let previous = second["paging"]["previous"].as_str().unwrap();
    assert_eq!(ids(&world.nobody().get(previous.trim_start_matches("http://localhost")).await.ok()), ids(&first));
    let last = second["paging"]["cursors"]["after"].as_str().unwrap();
    let behind = world.page().get(&format!("/me/conversations?platform=instagram&after={last}")).await.ok();
    assert_eq!(behind, json!({"data": []}));
}

#[tokio::test]
async fn a_link_keeps_the_callers_scheme_and_host_and_no_proof() {
    let world = TestWorld::start().await;
    let page = world.page();
    let mut request =
        page.request("GET", "/me/conversations?platform=instagram&limit=1", "", axum::body::Body::empty());
    request.headers_mut().insert("x-forwarded-proto", "https".parse().unwrap());
    request.headers_mut().insert("x-forwarded-host", "desk.example.test".parse().unwrap());
    let next = page.send(request).await.ok()["paging"]["next"].as_str().unwrap().to_owned();
    assert!(next.starts_with("https://desk.example.test/v25.0/me/conversations?access_token="), "{next}");
    let proof = wire::signature::appsecret_proof(engine::demo::SECRET.as_bytes(), engine::demo::PAGE_TOKEN);
    let answer = page.get(&format!("/me/conversations?platform=instagram&limit=1&appsecret_proof={proof}")).await.ok();
    assert!(!answer["paging"]["next"].as_str().unwrap().contains("appsecret_proof"));
}

#[tokio::test]
async fn a_bearer_callers_links_carry_the_token_too() {
    let world = TestWorld::start().await;
    let nobody = world.nobody();
    let mut request = nobody.request("GET", "/me/conversations?limit=1", "", axum::body::Body::empty());
    request.headers_mut().insert("authorization", format!("Bearer {}", engine::demo::ACCOUNT_TOKEN).parse().unwrap());
    let next = nobody.send(request).await.ok()["paging"]["next"].as_str().unwrap().to_owned();
    assert!(next.contains(&format!("access_token={}", engine::demo::ACCOUNT_TOKEN)), "{next}");
}

#[tokio::test]
async fn limits_are_clamped_and_bad_cursors_refused() {
    let world = TestWorld::start().await;
    assert_eq!(ids(&world.instagram().get("/me/conversations?limit=100000").await.ok()).len(), 2);
    for bad in ["limit=0", "limit=-1", "limit=x", "after=QVFIgarbage", "before=%00"] {
        assert_eq!(world.instagram().get(&format!("/me/conversations?{bad}")).await.error().1, 100, "{bad}");
    }
}

#[tokio::test]
async fn nested_messages_come_with_the_list() {
    let world = TestWorld::start().await;
    let fields = "participants{id,username,name},messages.limit(1){id,message,from{id,username,name},created_time}";
    let answer = world.instagram().get(&format!("/me/conversations?fields={fields}")).await.ok();
    let row = &answer["data"][0];
    assert_eq!(row["messages"]["data"].as_array().unwrap().len(), 1);
    assert_eq!(row["messages"]["data"][0]["message"], "Yes please \u{1f499}");
    assert_eq!(row["messages"]["data"][0]["from"], json!({"username": "mira.paints", "id": MIRA}));
    let next = row["messages"]["paging"]["next"].as_str().unwrap();
    let second = world.nobody().get(next.trim_start_matches("http://localhost")).await.ok();
    assert_eq!(second["data"][0]["message"], "We do, two of them. Shall we put one aside for you?");
    assert!(second["data"][0]["from"]["id"] == ACCOUNT, "{second}");
}

#[tokio::test]
async fn the_page_node_nests_its_conversations() {
    let world = TestWorld::start().await;
    let answer =
        world.page().get("/me?fields=name,conversations.platform(instagram).limit(1){id,updated_time}").await.ok();
    assert_eq!(answer["name"], "Harbor Knits");
    assert_eq!(answer["conversations"]["data"].as_array().unwrap().len(), 1);
    assert!(answer["conversations"]["paging"]["next"].as_str().unwrap().contains("/me/conversations?"));
}

#[tokio::test]
async fn a_conversation_node_has_the_documented_fields() {
    let world = TestWorld::start().await;
    let list = world.instagram().get(&format!("/me/conversations?user_id={JONAS}")).await.ok();
    let id = ids(&list).remove(0);
    let bare = world.page().get(&format!("/{id}")).await.ok();
    assert_eq!(bare, list["data"][0], "without fields: id and updated_time");
    let asked = world
        .page()
        .get(&format!("/v25.0/{id}/?fields=message_count,unread_count,can_reply,snippet,name,folder"))
        .await
        .ok();
    assert_eq!(
        asked,
        json!({"message_count": 2, "unread_count": 0, "can_reply": false, "snippet": "It is a large one, chest 112 cm.", "name": "Jonas Weber", "id": id})
    );
    let wrong = world.page().get(&format!("/{id}?fields=color")).await;
    assert_eq!(wrong.message(), "(#100) Tried accessing nonexisting field (color) on node type (UnifiedThread)");
}
