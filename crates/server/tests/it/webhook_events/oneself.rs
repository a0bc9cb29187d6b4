//! A business writes to itself (contract webhooks 2.1, 3.4, 3.7, 3.10).

use super::*;
use wire::time::Span;

const MENU: &str =
    r#"[{"locale":"default","call_to_actions":[{"type":"postback","title":"Agent","payload":"AGENT"}]}]"#;

async fn writes(world: &TestWorld, text: &str) -> String {
    id(&by_hand(world, "messages", &json!({"to": demo::USERNAME, "text": text})).await, "message_id")
}

/// The account's id for itself.
async fn igsid(world: &TestWorld) -> String {
    let account = world.world().store.account(demo::ACCOUNT).await.unwrap().unwrap();
    account.self_igsid.unwrap().to_string()
}

#[tokio::test]
async fn what_it_writes_is_an_echo_to_its_own_igsid() {
    let world = TestWorld::start().await;
    let hook = world.subscribe(&["messages"]).await;
    for text in ["preview", "again"] {
        let mid = writes(&world, text).await;
        let message = json!({"mid": mid, "text": text, "is_echo": true, "is_self": true});
        assert_eq!(
            told(&world, &hook).await,
            [of_business(&world, &igsid(&world).await, &message)],
            "the same id each time"
        );
    }
    assert_ne!(igsid(&world).await, ACCOUNT);
}

#[tokio::test]
async fn an_app_answers_it_without_any_window() {
    let world = TestWorld::start().await;
    writes(&world, "preview").await;
    let hook = world.subscribe(&["messages"]).await;
    let own = igsid(&world).await;
    world.advance(Span::days(9)).await;
    let mid = world.page().sends(&own, "looks good").await.ok()["message_id"].clone();
    let message = json!({"mid": mid, "text": "looks good", "is_echo": true, "is_self": true});
    assert_eq!(told(&world, &hook).await, [of_business(&world, &own, &message)]);
    let read = world.page().get(&format!("/{}?fields=from,to,message", mid.as_str().unwrap())).await.ok();
    assert_eq!((&read["from"]["id"], &read["to"]["data"][0]["id"]), (&json!(ACCOUNT), &json!(own)));
}

#[tokio::test]
async fn what_it_taps_says_so_beside_the_postback() {
    let world = TestWorld::start().await;
    world.page().post_form("/me/messenger_profile?platform=instagram", &[("persistent_menu", MENU)]).await.ok();
    let hook = world.subscribe(&["messages", "messaging_postbacks"]).await;
    let mid = id(&by_hand(&world, "taps", &json!({"menu_item": "Agent"})).await, "message_id");
    let element = json!({
        "sender": {"id": ACCOUNT}, "recipient": {"id": igsid(&world).await}, "timestamp": world.now().get(),
        "postback": {"mid": mid, "title": "Agent", "payload": "AGENT"}, "is_self": true,
    });
    assert_eq!(told(&world, &hook).await, [body(&world, &element)]);
}

#[tokio::test]
async fn it_is_shown_no_quick_replies() {
    let world = TestWorld::start().await;
    writes(&world, "preview").await;
    let own = igsid(&world).await;
    let quick = json!([{"content_type": "text", "title": "Delivery", "payload": "DLV"}]);
    let message = json!({"recipient": {"id": own}, "message": {"text": "Pick one", "quick_replies": quick}});
    world.page().post("/v25.0/me/messages", &message).await.ok();
    let tap = json!({"to": demo::USERNAME, "quick_reply": "Delivery"});
    let answer = world.nobody().post(&format!("/_parlance/people/{}/taps", demo::USERNAME), &tap).await;
    assert!(answer.message().contains("no quick replies"), "{}", answer.message());
}

#[tokio::test]
async fn an_unpublished_app_may_try_itself_out() {
    let world = TestWorld::start().await;
    writes(&world, "preview").await;
    world.nobody().post("/_parlance/apps/500000000000001", &json!({"live": false})).await.ok();
    world.page().sends(&igsid(&world).await, "hi").await.ok();
}
