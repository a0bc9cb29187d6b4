//! People who answer by hand (contract webhooks 5.2).

use engine::demo;
use serde_json::json;
use testkit::OTHER_APP;
use wire::time::Span;

use super::*;

async fn by_hand(shop: &Shop, body: Value) -> Answer {
    shop.world.person("mira.paints").does("replies", &body).await
}

#[tokio::test]
async fn a_reply_by_hand_makes_its_inbox_the_owner_and_apps_stand_by() {
    let shop = Shop::open().await;
    shop.demo.sends(MIRA, "the bot").await.ok();
    shop.told().await;
    let mid = by_hand(&shop, json!({"text": "a human here"})).await.ok()["message_id"].clone();
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
    assert_eq!(by_hand(&shop, json!({"inbox": "page"})).await.ok(), json!({"message_id": null}));
    assert_eq!(shop.looks().await["owner_app"], "263902037430900");
    assert_eq!(shop.told().await, (vec![], vec![]), "it was idle");
    by_hand(&shop, json!({"inbox": "instagram"})).await.ok();
    assert_eq!(shop.looks().await["owner_app"], "1217981644879628");
    shop.configure(&json!({"take_over_apps": [OTHER_APP]})).await;
    act(&shop.other, "take_thread_control", json!({})).await.ok();
    assert_eq!(shop.looks().await["owner_app"], json!(OTHER_APP), "and may be taken back");
}

#[tokio::test]
async fn a_reply_by_hand_is_refused_where_nobody_can_be_reached() {
    let shop = Shop::open().await;
    for body in [json!({"text": " "}), json!({"text": "x".repeat(1_001)}), json!({"text": "x", "inbox": "fax"})] {
        assert_eq!(by_hand(&shop, body.clone()).await.status, 400, "{body}");
    }
    let stranger = shop.world.person("aisha.codes").does("replies", &json!({"text": "hi"})).await;
    assert!(stranger.status >= 400, "no conversation: {}", stranger.json());
    shop.world.change_user("mira.paints", |user| user.is_user_block_business = true).await;
    assert!(by_hand(&shop, json!({"text": "hi"})).await.status >= 400);
}
