//! Nodes by id (contract graph 8, read 5).

use serde_json::json;
use testkit::TestWorld;

use crate::{ACCOUNT, AISHA, APP, MIRA, PAGE};

#[tokio::test]
async fn me_is_the_page_or_the_account_of_the_token() {
    let world = TestWorld::start().await;
    assert_eq!(world.page().get("/v25.0/me").await.ok(), json!({"name": "Harbor Knits", "id": PAGE}));
    assert_eq!(
        world.page().get(&format!("/{PAGE}?fields=id,name,category")).await.ok(),
        json!({"id": PAGE, "name": "Harbor Knits", "category": "Clothing store"})
    );
    let me = world.instagram().get("/me?fields=user_id,username,name,account_type").await.ok();
    assert_eq!(me["user_id"], ACCOUNT);
    assert_eq!((me["username"].as_str(), me["account_type"].as_str()), (Some("harbor.knits"), Some("Business")));
}

#[tokio::test]
async fn on_the_instagram_host_id_is_the_apps_own_and_both_ids_work() {
    let world = TestWorld::start().await;
    let id = world.instagram().get("/me").await.ok()["id"].as_str().unwrap().to_owned();
    assert_ne!(id, ACCOUNT);
    let by_own = world.instagram().get(&format!("/{id}?fields=user_id")).await.ok();
    assert_eq!(by_own, json!({"user_id": ACCOUNT, "id": id}));
    assert_eq!(world.instagram().get(&format!("/{ACCOUNT}?fields=user_id")).await.ok(), by_own);
    let on_facebook = world.page().get(&format!("/{ACCOUNT}?fields=username")).await.ok();
    assert_eq!(on_facebook, json!({"username": "harbor.knits", "id": ACCOUNT}));
}

#[tokio::test]
async fn the_page_names_its_account_by_id_or_as_asked() {
    let world = TestWorld::start().await;
    let plain = world.page().get("/me?fields=instagram_business_account").await.ok();
    assert_eq!(plain, json!({"instagram_business_account": {"id": ACCOUNT}, "id": PAGE}));
    let deep = "/me?fields=instagram_business_account{username,followers_count,profile_picture_url}";
    let account = world.page().get(deep).await.ok()["instagram_business_account"].clone();
    assert_eq!((account["followers_count"].as_u64(), account["id"].as_str()), (Some(12_840), Some(ACCOUNT)));
    assert_eq!(world.page().get("/me?fields=instagram_business_account{foo}").await.error(), (400, 100, None));
    let listed = world.page().get("/me?fields=id,name,link,picture,username,category_list,fan_count").await.ok();
    assert!(listed["link"].is_string() && listed.get("fan_count").is_none(), "unset fields are left out: {listed}");
    let more = world.page().get("/me?fields=name,instagram_business_account{id,username}").await.ok();
    assert_eq!(
        more.to_string(),
        format!(
            r#"{{"name":"Harbor Knits","instagram_business_account":{{"id":"{ACCOUNT}","username":"harbor.knits"}},"id":"{PAGE}"}}"#
        )
    );
}

#[tokio::test]
async fn a_person_who_wrote_has_a_profile() {
    let world = TestWorld::start().await;
    let fields =
        "name,username,profile_pic,follower_count,is_user_follow_business,is_business_follow_user,is_verified_user";
    let profile = world.page().get(&format!("/{MIRA}?fields={fields}")).await.ok();
    assert_eq!(
        profile,
        json!({
            "name": "Mira Okafor", "username": "mira.paints", "profile_pic": "http://localhost/_parlance/pictures/mira.paints.svg",
            "follower_count": 412, "is_user_follow_business": true, "is_business_follow_user": true, "is_verified_user": false, "id": MIRA,
        })
    );
    let bare = world.instagram().get(&format!("/{MIRA}")).await.ok();
    assert_eq!(bare.as_object().unwrap().keys().collect::<Vec<_>>(), ["name", "profile_pic", "id"]);
    let wrong = world.page().get(&format!("/{MIRA}?fields=email")).await;
    assert_eq!(wrong.error(), (400, 100, None));
}

#[tokio::test]
async fn a_profile_stays_closed_until_the_person_acts() {
    let world = TestWorld::start().await;
    let closed = world.page().get(&format!("/{AISHA}")).await;
    assert_eq!(closed.error(), (403, 230, None));
    assert_eq!(closed.message(), "(#230) User consent is required to access user profile");
    world.person("aisha.codes").writes("hi").await;
    assert_eq!(world.page().get(&format!("/{AISHA}?fields=username")).await.ok()["username"], "aisha.codes");
}

#[tokio::test]
async fn an_app_reads_itself() {
    let world = TestWorld::start().await;
    let app = world.app().get(&format!("/{APP}")).await.ok();
    assert_eq!((app["id"].as_str(), app["name"].as_str()), (Some(APP), Some("Demo Desk")));
    assert_eq!(world.page().get("/app").await.ok()["id"], APP);
    assert_eq!(world.app().get("/500000000000002").await.ok()["id"], APP, "its Instagram app id names it too");
}

#[tokio::test]
async fn what_is_not_there_and_what_may_not_be_seen_look_the_same() {
    let world = TestWorld::start().await;
    let error = world.page().get("/424242424242").await;
    assert_eq!(error.error(), (400, 100, Some(33)));
    assert_eq!(
        error.message(),
        "Unsupported get request. Object with ID '424242424242' does not exist, cannot be loaded due to missing permissions, or does not support this operation. Please read the Graph API documentation at https://developers.facebook.com/docs/graph-api"
    );
    assert_eq!(error.json()["error"]["type"], "GraphMethodException");
    let instagram = world.instagram().get("/424242424242").await;
    assert_eq!(instagram.json()["error"]["type"], "IGApiException");
    assert!(!instagram.message().contains("documentation"));
    assert_eq!(
        world.page().delete(&format!("/{PAGE}")).await.message().split('.').next(),
        Some("Unsupported delete request")
    );
    assert_eq!(world.page().get("/somebody").await.error(), (404, 803, None));
}

#[tokio::test]
async fn several_nodes_are_read_in_one_call() {
    let world = TestWorld::start().await;
    let answer = world.page().get(&format!("/v25.0/?ids={MIRA},{ACCOUNT}&fields=id,name")).await.ok();
    assert_eq!(
        answer,
        json!({MIRA: {"id": MIRA, "name": "Mira Okafor"}, ACCOUNT: {"id": ACCOUNT, "name": "Harbor Knits"}})
    );
    let spoiled = world.page().get(&format!("/?ids={MIRA},77")).await;
    assert_eq!(spoiled.error(), (400, 100, Some(33)), "one bad id fails the call");
    assert_eq!(world.page().get("/?ids=").await.message(), "Cannot specify an empty identifier");
}
