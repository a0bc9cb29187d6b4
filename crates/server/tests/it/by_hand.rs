//! Somebody of the business writes in the app itself (contract send 3.1, read 5.2, 6.3).

use engine::demo;
use engine::settings::Settings;
use serde_json::json;
use testkit::{Answer, Options, TestWorld};

use crate::{ACCOUNT, JONAS};

async fn writes(world: &TestWorld, to: &str, text: &str) -> Answer {
    let path = format!("/_parlance/accounts/{}/messages", demo::USERNAME);
    world.nobody().post(&path, &json!({"to": to, "text": text})).await
}

#[tokio::test]
async fn no_window_limits_it_and_none_is_opened_by_it() {
    let settings = Settings { echo_app_id: true, ..Settings::emulator() };
    let world = TestWorld::with(Options { settings, ..Options::default() }).await;
    let hook = world.subscribe(&["messages"]).await;
    let window = world.thread("jonas_w").await.last_person_time;
    assert_eq!(world.page().sends(JONAS, "hi").await.error(), (403, 10, Some(2_534_022)));
    let mid = writes(&world, "jonas_w", "by hand").await.ok()["message_id"].as_str().unwrap().to_owned();
    assert_eq!(world.thread("jonas_w").await.last_person_time, window);
    assert_eq!(world.page().sends(JONAS, "hi").await.error(), (403, 10, Some(2_534_022)), "it opened nothing");
    assert_eq!(world.person("jonas_w").sees().await[0], (demo::USERNAME.to_owned(), "by hand".to_owned()));
    let read = world.page().get(&format!("/{mid}?fields=message,from")).await.ok();
    assert_eq!((&read["message"], &read["from"]["id"]), (&json!("by hand"), &json!(ACCOUNT)));
    world.deliver().await;
    let echo = hook.elements().remove(0);
    assert_eq!((&echo["sender"]["id"], &echo["recipient"]["id"]), (&json!(ACCOUNT), &json!(JONAS)));
    assert_eq!(echo["message"], json!({"mid": mid, "text": "by hand", "is_echo": true}), "no app sent it");
}

#[tokio::test]
async fn whoever_is_written_to_first_has_not_consented() {
    let world = TestWorld::start().await;
    let mid = writes(&world, "lucia_m", "hello").await.ok()["message_id"].clone();
    let lucia = world.person("lucia_m");
    assert_eq!(lucia.looks().await["data"][0]["id"], mid);
    assert_eq!(world.page().sends(&lucia.igsid(), "hi").await.error(), (403, 10, Some(2_534_022)));
    assert_eq!(world.page().get(&format!("/{}?fields=name", lucia.igsid())).await.error(), (403, 230, None));
    lucia.writes("who is this?").await;
    world.page().sends(&lucia.igsid(), "hi").await.ok();
}

#[tokio::test]
async fn an_answer_by_hand_accepts_a_request_and_counts_as_seen() {
    let world = TestWorld::start().await;
    let sam = world.person("sam.oslo");
    let asked = sam.writes("anybody?").await;
    assert_eq!(sam.looks().await["folder"], "requests");
    writes(&world, "sam.oslo", "yes").await.ok();
    let seen = sam.looks().await;
    assert_eq!((&seen["folder"], &seen["seen"]["by_account"]), (&json!("primary"), &json!(asked)));
}

#[tokio::test]
async fn a_block_and_an_empty_text_stop_it() {
    let world = TestWorld::start().await;
    assert_eq!(writes(&world, "mira.paints", " ").await.status, 400);
    assert_eq!(writes(&world, "nobody.here", "hi").await.status, 404);
    world.person("mira.paints").does("blocks", &json!({})).await.ok();
    assert_eq!(writes(&world, "mira.paints", "hi").await.status, 400);
}
