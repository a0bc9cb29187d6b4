//! Entry points that lead to an app (contract webhooks 5.2, 5.3).

use engine::demo;
use serde_json::json;
use testkit::OTHER_APP;
use wire::time::Span;

use super::*;

async fn by_ad(shop: &Shop, person: &str, days: i64) {
    let ad = json!({"ad_id": "120", "receiving_app_id": OTHER_APP, "receiving_app_control_expiration": days});
    shop.world.person(person).does("messages", &json!({"text": "hi", "ad": ad})).await.ok();
}

#[tokio::test]
async fn an_ad_leads_to_its_app_for_one_to_thirty_days_also_without_routing() {
    for (days, expected) in [(30, 30), (3, 3), (0, 1), (31, 1), (-5, 1)] {
        let shop = Shop::open().await;
        by_ad(&shop, "mira.paints", days).await;
        let looks = shop.looks().await;
        assert_eq!(looks["owner_app"], json!(OTHER_APP), "{days}");
        assert_eq!(looks["owner_until"], shop.world.now().plus(Span::days(expected)).rfc3339(), "{days}");
        let (demo, other) = shop.told().await;
        assert_eq!(kinds(&other), [("messaging", "message")], "the message itself is its app's");
        assert_eq!(kinds(&demo), [("standby", "message")]);
    }
}

#[tokio::test]
async fn an_ad_keeps_its_days_until_a_control_act_counts_one() {
    let shop = Shop::routed().await;
    by_ad(&shop, "mira.paints", 30).await;
    shop.world.advance(Span::days(29)).await;
    let end = shop.looks().await["owner_until"].clone();
    shop.mira("still the ads").await;
    assert_eq!(shop.looks().await["owner_until"], end, "what lasts longer stays");
    act(&shop.other, "pass_thread_control", json!({"target_app_id": demo::APP})).await.ok();
    assert_eq!(shop.looks().await["owner_until"], shop.world.now().plus(Span::hours(24)).rfc3339());
    by_ad(&shop, "mira.paints", 30).await;
    assert_eq!(shop.looks().await["owner_app"], json!(demo::APP), "an owned thread stays where it is");
}

#[tokio::test]
async fn a_link_leads_to_its_app_under_routing_alone() {
    let link = json!({"ref": "spring", "receiving_app_id": OTHER_APP});
    let shop = Shop::open().await;
    shop.world.person("mira.paints").does("links", &link).await.ok();
    assert_eq!(shop.looks().await["owner_app"], json!(null));
    let shop = Shop::routed().await;
    shop.world.person("mira.paints").does("links", &link).await.ok();
    assert_eq!(shop.looks().await["owner_app"], json!(OTHER_APP));
    let (demo, other) = shop.told().await;
    assert_eq!((kinds(&demo), kinds(&other)), (vec![("standby", "referral")], vec![("messaging", "referral")]));
    // Before there is a conversation, its first message carries the link.
    let mut first = link.clone();
    first["text"] = json!("hello");
    shop.world.person("sam.oslo").does("messages", &first).await.ok();
    let (demo, other) = shop.told().await;
    assert_eq!((kinds(&demo), kinds(&other)), (vec![("standby", "message")], vec![("messaging", "message")]));
    // A link without an app leads to the default one.
    shop.world.advance(Span::hours(25)).await;
    shop.world.person("mira.paints").does("links", &json!({"ref": "plain"})).await.ok();
    let (demo, other) = shop.told().await;
    assert_eq!((kinds(&demo), kinds(&other)), (vec![("messaging", "referral")], vec![("standby", "referral")]));
}

#[tokio::test]
async fn an_ice_breaker_behind_a_link_leads_to_its_app_too() {
    let shop = Shop::routed().await;
    let breakers = json!({"platform": "instagram", "ice_breakers": [{"question": "Hours?", "payload": "HOURS"}]});
    shop.demo.post("/me/messenger_profile", &breakers).await.ok();
    let tap = json!({"ice_breaker": "Hours?", "ref": "spring", "receiving_app_id": OTHER_APP});
    shop.world.person("sam.oslo").does("taps", &tap).await.ok();
    let (demo, other) = shop.told().await;
    assert_eq!((kinds(&demo), kinds(&other)), (vec![("standby", "postback")], vec![("messaging", "postback")]));
}
