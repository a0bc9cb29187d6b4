//! `GET /debug_token` (contract graph 6.8).

use testkit::{Grant, TestWorld};
use wire::time::Span;

use crate::{APP, PAGE};

#[tokio::test]
async fn an_app_inspects_its_page_token() {
    let world = TestWorld::start().await;
    let data =
        world.app().get(&format!("/debug_token?input_token={}", engine::demo::PAGE_TOKEN)).await.ok()["data"].clone();
    assert_eq!(
        (data["app_id"].as_str(), data["type"].as_str(), data["profile_id"].as_str()),
        (Some(APP), Some("PAGE"), Some(PAGE))
    );
    assert_eq!((data["is_valid"].as_bool(), data["expires_at"].as_i64()), (Some(true), Some(0)));
    assert_eq!(data["issued_at"], world.now().seconds());
    assert!(data["scopes"].as_array().unwrap().iter().any(|scope| scope == "instagram_manage_messages"));
    assert_eq!(data["granular_scopes"][0]["scope"], "pages_show_list");
}

#[tokio::test]
async fn a_token_that_does_not_hold_is_an_answer_and_no_error() {
    let world = TestWorld::start().await;
    let token = Grant::page().all_scopes().expires(world.now().plus(Span::hours(1))).make(&world).await;
    world.advance(Span::hours(2)).await;
    let data = world.app().get(&format!("/debug_token?input_token={token}")).await.ok()["data"].clone();
    assert_eq!(
        (data["is_valid"].as_bool(), data["error"]["code"].as_i64(), data["error"]["subcode"].as_i64()),
        (Some(false), Some(190), Some(463))
    );
    let unknown = world.app().get("/debug_token?input_token=EAAnothing").await.ok()["data"].clone();
    assert_eq!((unknown["is_valid"].as_bool(), unknown["error"]["code"].as_i64()), (Some(false), Some(190)));
}

#[tokio::test]
async fn a_stranger_may_not_look() {
    let world = TestWorld::start().await;
    Grant::page().make(&world).await;
    let other = world.api(&format!("{}|{}", testkit::OTHER_APP, testkit::OTHER_SECRET));
    let path = format!("/debug_token?input_token={}", engine::demo::PAGE_TOKEN);
    assert_eq!(other.get(&path).await.error(), (400, 100, None));
    assert_eq!(world.instagram().get(&path).await.error(), (400, 100, None));
    world.page().get(&path).await.ok();
    assert_eq!(world.nobody().get(&path).await.error(), (400, 104, None));
}

#[tokio::test]
async fn a_proof_of_the_inspected_token_is_taken_here_and_nowhere_else() {
    let world = TestWorld::start().await;
    let proof = wire::signature::appsecret_proof(engine::demo::SECRET.as_bytes(), engine::demo::PAGE_TOKEN);
    let path = format!("/debug_token?input_token={}&appsecret_proof={proof}", engine::demo::PAGE_TOKEN);
    assert_eq!(world.app().get(&path).await.ok()["data"]["is_valid"], true);
    assert_eq!(
        world.app().get(&format!("/debug_token?input_token=x&appsecret_proof={proof}")).await.error(),
        (400, 100, None)
    );
    let elsewhere = format!("/app?input_token={}&appsecret_proof={proof}", engine::demo::PAGE_TOKEN);
    assert_eq!(world.app().get(&elsewhere).await.error(), (400, 100, None));
}
