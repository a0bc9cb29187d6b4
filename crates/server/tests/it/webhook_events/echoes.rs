//! What leaves the business is told to every app, whoever wrote it (contract webhooks 3.5, 3.8).

use engine::media::{self, samples};

use super::*;

#[tokio::test]
async fn every_app_hears_what_any_app_sends() {
    let world = TestWorld::start().await;
    let ours = world.subscribe(&["messages"]).await;
    let other = other_app(&world, "messages,standby").await;
    let mid = sends(&world, &json!({"text": "We do, 3 days."})).await;
    let expected = of_business(&world, MIRA, &json!({"mid": mid, "text": "We do, 3 days.", "is_echo": true}));
    assert_eq!(told(&world, &ours).await, std::slice::from_ref(&expected), "the sender, too");
    assert_eq!(
        told(&world, &other).await,
        [on_standby(expected)],
        "who sends first has the thread; the other one stands by"
    );
    world.advance(wire::time::Span::hours(25)).await;
    told(&world, &ours).await;
    let mid = by_hand(&world, "messages", &json!({"to": "mira.paints", "text": "by hand"})).await["message_id"].clone();
    let expected = of_business(&world, MIRA, &json!({"mid": mid, "text": "by hand", "is_echo": true}));
    assert_eq!(told(&world, &ours).await, std::slice::from_ref(&expected), "nobody has it");
    assert_eq!(told(&world, &other).await, [expected]);
}

#[tokio::test]
async fn the_sender_of_an_echo_is_the_entry_s_account() {
    let world = TestWorld::start().await;
    let hook = world.subscribe(&["messages"]).await;
    sends(&world, &json!({"text": "ours"})).await;
    does(&world, "messages", &json!({"text": "hers"})).await;
    let told = told(&world, &hook).await;
    let is_echo = |body: &Value| body["entry"][0]["messaging"][0]["sender"]["id"] == body["entry"][0]["id"];
    assert_eq!(told.iter().map(is_echo).collect::<Vec<_>>(), [true, false]);
}

#[tokio::test]
async fn what_the_business_writes_in_the_app_is_echoed_with_files_and_answers() {
    let world = TestWorld::start().await;
    let own = does(&world, "messages", &json!({"text": "which one?"})).await;
    let hook = world.subscribe(&["messages"]).await;
    let text = by_hand(&world, "messages", &json!({"to": "mira.paints", "text": "this one", "reply_to": own})).await;
    let message = json!({
        "mid": text["message_id"], "text": "this one", "reply_to": {"mid": own}, "is_echo": true,
    });
    assert_eq!(told(&world, &hook).await, [of_business(&world, MIRA, &message)]);

    let asset = mira(&world).uploads("image", samples::png(8, 8)).await;
    let url = media::url(world.world(), demo::ACCOUNT, asset.parse().unwrap());
    let said = json!({"to": "mira.paints", "attachments": [{"type": "image", "asset_id": asset}]});
    let photo = by_hand(&world, "messages", &said).await;
    let message = json!({
        "mid": photo["message_id"], "attachments": [{"type": "image", "payload": {"url": url}}], "is_echo": true,
    });
    assert_eq!(told(&world, &hook).await, [of_business(&world, MIRA, &message)]);

    let wrong = json!({"to": "mira.paints", "attachments": [{"type": "story_mention", "asset_id": asset}]});
    assert_eq!(world.nobody().post(&format!("{HERE}/messages"), &wrong).await.error().0, 400);
}

#[tokio::test]
async fn an_answer_to_a_person_s_story_is_an_echo_that_names_the_story() {
    let world = TestWorld::start().await;
    let asset = mira(&world).uploads("image", samples::jpeg(8, 8)).await;
    let mention = json!({"attachments": [{"type": "story_mention", "asset_id": asset}]});
    let mention = does(&world, "messages", &mention).await;
    let posted = world.now();
    let text = does(&world, "messages", &json!({"text": "hi"})).await;
    let hook = world.subscribe(&["messages"]).await;
    let answer = |story: &str| json!({"to": "mira.paints", "text": "Thank you!", "story": story});
    let mid = by_hand(&world, "messages", &answer(&mention)).await["message_id"].clone();
    let mira = MIRA.parse().unwrap();
    let url = media::mention_url(world.world(), demo::ACCOUNT, mira, asset.parse().unwrap(), posted);
    let story = json!({"url": url, "id": asset});
    let message = json!({"mid": mid, "text": "Thank you!", "reply_to": {"story": story}, "is_echo": true});
    assert_eq!(told(&world, &hook).await, [of_business(&world, MIRA, &message)]);
    let path = format!("{HERE}/messages");
    assert_eq!(world.nobody().post(&path, &answer(&text)).await.error().0, 400, "that is no story");
    world.advance(wire::time::Span::hours(24)).await;
    assert_eq!(world.nobody().post(&path, &answer(&mention)).await.error().0, 400, "it is over");
}

#[tokio::test]
async fn what_the_business_takes_back_is_told_as_an_echo() {
    let world = TestWorld::start().await;
    let sent = sends(&world, &json!({"text": "wrong price"})).await;
    let own = does(&world, "messages", &json!({"text": "what?"})).await;
    let hook = world.subscribe(&["messages"]).await;
    world.nobody().delete(&format!("{HERE}/messages/{sent}")).await.ok();
    let message = json!({"mid": sent, "is_deleted": true, "is_echo": true});
    assert_eq!(told(&world, &hook).await, [of_business(&world, MIRA, &message)]);
    assert_eq!(world.page().get(&format!("/{sent}")).await.error().1, 9_000_001);
    assert_eq!(world.nobody().delete(&format!("{HERE}/messages/{own}")).await.error().0, 400, "she wrote it");
    assert_eq!(world.nobody().delete(&format!("{HERE}/messages/{sent}")).await.error().0, 404, "it is gone");
}
