//! What stands against the account, the app and the person (contract send 3.4, 4.3).

use engine::facts::{AccountType, Folder, PersonStatus, Standing};
use serde_json::{Value, json};
use testkit::{Answer, TestWorld};
use wire::dialect::Dialect;

use crate::{AISHA, JONAS, MIRA};

/// The same send on both hosts.
async fn on_both(world: &TestWorld, to: &str) -> [(Dialect, Answer); 2] {
    [
        (Dialect::Facebook, world.page().sends(to, "hi").await),
        (Dialect::Instagram, world.instagram().sends(to, "hi").await),
    ]
}

/// Checks a refusal on both hosts: status, code, subcode, and each host's manners.
async fn refused(world: &TestWorld, to: &str, expected: (u16, i64, Option<i64>)) {
    for (dialect, answer) in on_both(world, to).await {
        assert_eq!(answer.error(), expected, "{dialect:?}");
        let error = answer.json()["error"].clone();
        let prefix = format!("(#{}) ", expected.1);
        let message = error["message"].as_str().unwrap();
        let (kind, prefixed) = match dialect {
            Dialect::Facebook => ("OAuthException", true),
            Dialect::Instagram => ("IGApiException", false),
        };
        assert_eq!((error["type"].as_str().unwrap(), message.starts_with(&prefix)), (kind, prefixed), "{message}");
    }
}

/// An upload of a file that is nowhere.
async fn uploads(world: &TestWorld) -> Answer {
    let message = json!({"attachment": {"type": "image", "payload": {"url": "http://127.0.0.1:9/none.png"}}});
    let body = json!({"platform": "instagram", "message": message});
    world.page().post("/v25.0/me/message_attachments", &body).await
}

#[tokio::test]
async fn each_standing_of_an_account_has_its_refusal() {
    let world = TestWorld::start().await;
    for (standing, expected) in [
        (Standing::Blocked, (400, 100, Some(2_534_029))),
        (Standing::NotEligible, (400, 36_103, None)),
        (Standing::Unverified, (403, 10, Some(2_534_077))),
        (Standing::Restricted, (403, 10, Some(1_893_063))),
        (Standing::PolicyBlocked, (400, 368, None)),
    ] {
        world.change_account(|account| account.standing = standing).await;
        refused(&world, MIRA, expected).await;
        assert_eq!(uploads(&world).await.error(), expected, "nothing is fetched for it either");
    }
    world.change_account(|account| account.standing = Standing::Good).await;
    world.page().sends(MIRA, "hi").await.ok();
}

#[tokio::test]
async fn an_owner_who_switched_message_access_off_cuts_off_every_app() {
    let world = TestWorld::start().await;
    world.change_account(|account| account.allow_message_access = false).await;
    refused(&world, MIRA, (403, 200, Some(2_534_041))).await;
    assert_eq!(uploads(&world).await.error(), (403, 200, Some(2_534_041)));
    let told = world.page().sends(MIRA, "hi").await.json()["error"].clone();
    assert!(told["error_user_title"].is_string() && told["error_user_msg"].is_string(), "{told}");
    world.change_account(|account| account.allow_message_access = true).await;
    world.page().sends(MIRA, "hi").await.ok();
}

#[tokio::test]
async fn while_message_access_is_off_no_webhook_flows() {
    let world = TestWorld::start().await;
    let hook = world.subscribe(&["messages"]).await;
    world.change_account(|account| account.allow_message_access = false).await;
    world.person("mira.paints").writes("unheard").await;
    world.change_account(|account| account.allow_message_access = true).await;
    world.person("mira.paints").writes("heard").await;
    world.deliver().await;
    let texts: Vec<_> = hook.elements().iter().map(|element| element["message"]["text"].clone()).collect();
    assert_eq!(texts, ["heard"]);
}

#[tokio::test]
async fn a_private_person_has_no_api_and_a_creator_has() {
    let world = TestWorld::start().await;
    world.change_account(|account| account.account_type = AccountType::Personal).await;
    refused(&world, MIRA, (400, 100, Some(2_534_013))).await;
    world.change_account(|account| account.account_type = AccountType::MediaCreator).await;
    world.page().sends(MIRA, "hi").await.ok();
}

#[tokio::test]
async fn an_app_that_is_not_public_reaches_people_with_a_role() {
    for public in [(false, true), (true, false), (false, false)] {
        let world = TestWorld::start().await;
        world.change_app(|app| (app.live, app.advanced_access) = public).await;
        refused(&world, MIRA, (403, 200, None)).await;
        assert_eq!(world.page().sends("77", "hi").await.error(), (400, 100, Some(2_534_014)), "who is nobody is first");
        world.give_role("mira.paints").await;
        world.page().sends(MIRA, "hi").await.ok();
        assert_eq!(world.page().sends(JONAS, "hi").await.error(), (403, 200, None), "the role comes before the window");
    }
}

#[tokio::test]
async fn a_block_of_either_side_is_551_until_it_is_lifted() {
    let world = TestWorld::start().await;
    world.change_user("mira.paints", |user| user.is_user_block_business = true).await;
    refused(&world, MIRA, (400, 551, Some(1_545_041))).await;
    world.change_user("mira.paints", |user| user.is_user_block_business = false).await;
    world.page().sends(MIRA, "hi").await.ok();
    world.change_user("jonas_w", |user| user.is_business_block_user = true).await;
    assert_eq!(
        world.page().sends(JONAS, "hi").await.error(),
        (400, 551, Some(1_545_041)),
        "the block comes before the window"
    );
}

#[tokio::test]
async fn who_rests_is_551_and_who_is_gone_is_nobody() {
    let world = TestWorld::start().await;
    world.change_person("mira.paints", |person| person.status = PersonStatus::Deactivated).await;
    refused(&world, MIRA, (400, 551, Some(1_545_041))).await;
    world.change_person("mira.paints", |person| person.status = PersonStatus::Deleted).await;
    refused(&world, MIRA, (400, 100, Some(2_534_014))).await;
    world.change_person("mira.paints", |person| person.status = PersonStatus::Active).await;
    world.page().sends(MIRA, "hi").await.ok();
}

#[tokio::test]
async fn a_thread_that_the_person_took_away_is_gone_until_they_write() {
    let world = TestWorld::start().await;
    world.change_thread("mira.paints", |thread| thread.is_removed = true).await;
    refused(&world, MIRA, (400, 100, Some(2_534_001))).await;
    world.person("mira.paints").writes("back").await;
    world.page().sends(MIRA, "hi").await.ok();
}

#[tokio::test]
async fn groups_and_threads_are_nobody() {
    let world = TestWorld::start().await;
    let conversation = world.page().get("/me/conversations?platform=instagram").await.ok()["data"][0]["id"].clone();
    assert_eq!(world.page().sends(conversation.as_str().unwrap(), "hi").await.error(), (400, 100, Some(2_534_014)));
    let two = json!({"recipient": {"id": [MIRA, AISHA]}, "message": {"text": "hi"}});
    assert_eq!(world.page().post("/me/messages", &two).await.error().1, 100);
}

#[tokio::test]
async fn the_account_is_judged_before_the_person_and_the_person_before_the_window() {
    let world = TestWorld::start().await;
    world.change_account(|account| account.standing = Standing::Blocked).await;
    assert_eq!(world.page().sends("77", "hi").await.error().2, Some(2_534_029));
    world.change_account(|account| account.standing = Standing::Good).await;
    world.change_user("jonas_w", |user| user.is_user_block_business = true).await;
    assert_eq!(world.page().sends(JONAS, "hi").await.error().1, 551);
    world.change_user("jonas_w", |user| user.is_user_block_business = false).await;
    world.change_thread("jonas_w", |thread| thread.is_removed = true).await;
    assert_eq!(world.page().sends(JONAS, "hi").await.error().2, Some(2_534_001));
    world.change_account(|account| account.allow_message_access = false).await;
    let wrong: Value = json!({"recipient": {"id": JONAS}, "message": {"text": ""}});
    assert_eq!(world.page().post("/me/messages", &wrong).await.error(), (400, 100, None), "the shape comes first");
}

#[tokio::test]
async fn a_first_message_begins_where_following_puts_it_and_can_be_answered() {
    let world = TestWorld::start().await;
    let hook = world.subscribe(&["messages"]).await;
    for (person, igsid, folder) in
        [("lucia_m", "900000000000005", Folder::Primary), ("tomek.bikes", "900000000000004", Folder::Requests)]
    {
        world.person(person).writes("first").await;
        assert_eq!(world.thread(person).await.folder, folder);
        world.deliver().await;
        assert_eq!(hook.take().len(), 1, "apps are told whatever the folder");
        world.page().sends(igsid, "answer").await.ok();
        assert_eq!(world.thread(person).await.folder, Folder::General);
        world.deliver().await;
        hook.take();
    }
}
