//! The older handover protocol, and the forms of 2021 (contract webhooks 3.15, 5.1, 7).

use engine::demo;
use serde_json::json;
use testkit::OTHER_APP;
use wire::time::{Millis, Span};

use super::*;
use crate::ACCOUNT;

async fn handover() -> Shop {
    let shop = Shop::open().await;
    shop.configure(&json!({"primary_app": demo::APP})).await;
    shop
}

#[tokio::test]
async fn apps_are_told_of_their_new_roles() {
    let shop = handover().await;
    let (demo, other) = shop.told().await;
    assert_eq!(
        demo[0].2,
        json!({
            "recipient": {"id": ACCOUNT}, "timestamp": shop.world.now().get(),
            "app_roles": {demo::APP.to_string(): ["primary_receiver"]},
        }),
        "no sender"
    );
    assert_eq!(other[0].2["app_roles"], json!({OTHER_APP.to_string(): ["secondary_receiver"]}));
    shop.configure(&json!({"primary_app": demo::APP})).await;
    assert_eq!(shop.told().await, (vec![], vec![]), "nothing changed");
    shop.configure(&json!({"primary_app": OTHER_APP})).await;
    let (demo, other) = shop.told().await;
    assert_eq!(demo[0].2["app_roles"], json!({demo::APP.to_string(): ["secondary_receiver"]}));
    assert_eq!(other[0].2["app_roles"], json!({OTHER_APP.to_string(): ["primary_receiver"]}));
}

#[tokio::test]
async fn the_primary_receiver_has_what_no_app_was_given_and_control_has_no_end() {
    let shop = handover().await;
    shop.told().await;
    assert_eq!(shop.other.sends(MIRA, "hi").await.error(), (400, 10, Some(2_018_300)));
    shop.demo.sends(MIRA, "hi").await.ok();
    act(&shop.demo, "pass_thread_control", json!({"target_app_id": OTHER_APP})).await.ok();
    shop.told().await;
    shop.world.advance(Span::days(40)).await;
    shop.mira("long after").await;
    let (demo, other) = shop.told().await;
    assert_eq!((kinds(&demo), kinds(&other)), (vec![("standby", "message")], vec![("messaging", "message")]));
    assert_eq!(shop.demo.sends(MIRA, "hi").await.error(), (400, 10, Some(2_018_300)));
    shop.other.sends(MIRA, "hi").await.ok();
    let looks = shop.looks().await;
    assert_eq!((&looks["routing"], &looks["owner_until"]), (&json!("handover"), &json!(null)));
    assert_eq!(
        owner(&shop.demo).await,
        json!({"data": [{"thread_owner": {"app_id": OTHER_APP.get()}}]}),
        "the primary receiver sees who"
    );
}

#[tokio::test]
async fn the_primary_receiver_takes_and_secondary_receivers_request() {
    let shop = handover().await;
    shop.told().await;
    assert_eq!(act(&shop.other, "take_thread_control", json!({})).await.error(), (403, 200, None));
    act(&shop.other, "request_thread_control", json!({"metadata": "mine"})).await.ok();
    let (demo, other) = shop.told().await;
    assert_eq!(demo[0].2["request_thread_control"], json!({"requested_owner_app_id": OTHER_APP, "metadata": "mine"}));
    assert_eq!(other, []);
    act(&shop.demo, "pass_thread_control", json!({"target_app_id": OTHER_APP})).await.ok();
    act(&shop.demo, "take_thread_control", json!({})).await.ok();
    let (demo, other) = shop.told().await;
    assert_eq!(demo, []);
    assert_eq!(
        other.iter().map(|(_, key, _)| key.as_str()).collect::<Vec<_>>(),
        ["pass_thread_control", "take_thread_control"]
    );
    assert_eq!(other[0].2["pass_thread_control"]["previous_owner_app_id"], json!(demo::APP), "there is no idle thread");
    assert_eq!(act(&shop.demo, "request_thread_control", json!({})).await.error(), (400, 100, None));
}

#[tokio::test]
async fn the_primary_receiver_lists_the_secondary_ones() {
    let shop = handover().await;
    let rows = json!({"data": [{"id": OTHER_APP, "name": "Other Desk"}]});
    assert_eq!(shop.demo.get("/me/secondary_receivers?platform=instagram&fields=id,name").await.ok(), rows);
    assert_eq!(shop.demo.get("/me/secondary_receivers").await.ok(), rows);
    let ids = shop.demo.get("/me/secondary_receivers?fields=id").await.ok();
    assert_eq!(ids, json!({"data": [{"id": OTHER_APP}]}));
    assert_eq!(shop.demo.get("/me/secondary_receivers?platform=messenger").await.ok(), json!({"data": []}));
    assert_eq!(shop.demo.get("/me/secondary_receivers?platform=fax").await.error(), (400, 100, None));
    assert_eq!(shop.other.get("/me/secondary_receivers").await.error(), (400, 100, None), "it is one itself");
    shop.configure(&json!({"primary_app": null})).await;
    assert_eq!(shop.demo.get("/me/secondary_receivers").await.error(), (400, 100, None));
}

#[tokio::test]
async fn fields_that_are_pinned_to_2021_name_one_owner() {
    let start = Millis::parse_rfc3339("2021-08-01T10:00:00Z").unwrap();
    let shop = Shop::pinned("v11.0", Options { start, ..Options::default() }).await;
    shop.configure(&json!({"primary_app": demo::APP})).await;
    shop.told().await;
    act(&shop.demo, "pass_thread_control", json!({"target_app_id": OTHER_APP, "metadata": "m"})).await.ok();
    act(&shop.demo, "take_thread_control", json!({"metadata": "m"})).await.ok();
    let (_, other) = shop.told().await;
    assert_eq!(other[0].2["pass_thread_control"], json!({"new_owner_app_id": OTHER_APP, "metadata": "m"}));
    assert_eq!(other[1].2["take_thread_control"], json!({"previous_owner_app_id": OTHER_APP, "metadata": "m"}));
}
