//! People who answer by hand (contract webhooks 5.2).

use engine::demo;
use serde_json::json;
use testkit::OTHER_APP;
use wire::time::Span;

use super::*;

/// Somebody of the shop does something for Mira by hand, in Instagram's inbox unless another one is named.
async fn by_hand(shop: &Shop, to: &str, mut body: Value) -> Answer {
    body["to"] = json!(to);
    if body.get("inbox").is_none() {
        body["inbox"] = json!("instagram");
    }
    shop.world.nobody().post(&format!("/_parlance/accounts/{}/messages", demo::USERNAME), &body).await
}

#[tokio::test]
async fn a_reply_by_hand_makes_its_inbox_the_owner_and_apps_stand_by() {
    let shop = Shop::open().await;
    shop.demo.sends(MIRA, "the bot").await.ok();
    shop.told().await;
    let mid = by_hand(&shop, "mira.paints", json!({"text": "a human here"})).await.ok()["message_id"].clone();
    let (demo, other) = shop.told().await;
    assert_eq!(kinds(&demo), [("standby", "message"), ("messaging", "take_thread_control")]);
    assert_eq!(demo[0].2["message"], json!({"mid": mid, "text": "a human here", "is_echo": true}));
    assert_eq!(
        demo[1].2["take_thread_control"],
        json!({"previous_owner_app_id": demo::APP, "new_owner_app_id": "1217981644879628", "metadata": ""})
    );
    assert_eq!(kinds(&other), [("standby", "message")]);
    assert_eq!(shop.demo.sends(MIRA, "hi").await.error(), (400, 10, Some(2_018_300)));
    shop.mira("thanks").await;
    assert_eq!(kinds(&shop.told().await.0), [("standby", "message")]);
    assert_eq!(shop.world.person("mira.paints").sees().await[1].1, "a human here");
    shop.world.advance(Span::hours(25)).await;
    shop.mira("next day").await;
    assert_eq!(kinds(&shop.told().await.0), [("messaging", "message")]);
}

#[tokio::test]
async fn a_thread_that_is_moved_into_an_inbox_is_that_inboxs() {
    let shop = Shop::routed().await;
    assert_eq!(by_hand(&shop, "mira.paints", json!({"inbox": "page"})).await.ok(), json!({"message_id": null}));
    assert_eq!(shop.looks().await["owner_app"], "263902037430900");
    assert_eq!(shop.told().await, (vec![], vec![]), "it was idle");
    by_hand(&shop, "mira.paints", json!({"inbox": "instagram"})).await.ok();
    assert_eq!(shop.looks().await["owner_app"], "1217981644879628");
    shop.configure(&json!({"take_over_apps": [OTHER_APP]})).await;
    act(&shop.other, "take_thread_control", json!({})).await.ok();
    assert_eq!(shop.looks().await["owner_app"], json!(OTHER_APP), "and may be taken back");
}

#[tokio::test]
async fn a_reply_by_hand_is_refused_where_nobody_can_be_reached() {
    let shop = Shop::open().await;
    for body in [json!({"text": " "}), json!({"text": "x".repeat(1_001)}), json!({"text": "x", "inbox": "fax"})] {
        assert_eq!(by_hand(&shop, "mira.paints", body.clone()).await.status, 400, "{body}");
    }
    assert_eq!(by_hand(&shop, "aisha.codes", json!({})).await.status, 400, "there is nothing to move");
    let neither = json!({"to": "mira.paints"});
    let path = format!("/_parlance/accounts/{}/messages", demo::USERNAME);
    assert_eq!(shop.world.nobody().post(&path, &neither).await.status, 400);
    shop.world.change_user("mira.paints", |user| user.is_user_block_business = true).await;
    assert!(by_hand(&shop, "mira.paints", json!({"text": "hi"})).await.status >= 400);
}

#[tokio::test]
async fn what_is_written_in_the_app_itself_changes_nothing_about_control() {
    let shop = Shop::open().await;
    shop.demo.sends(MIRA, "the bot").await.ok();
    shop.told().await;
    let path = format!("/_parlance/accounts/{}/messages", demo::USERNAME);
    shop.world.nobody().post(&path, &json!({"to": "mira.paints", "text": "from the phone"})).await.ok();
    let (demo, other) = shop.told().await;
    assert_eq!((kinds(&demo), kinds(&other)), (vec![("messaging", "message")], vec![("standby", "message")]));
    shop.demo.sends(MIRA, "still the bot's").await.ok();
}
