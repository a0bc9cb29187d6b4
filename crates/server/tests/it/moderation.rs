//! `…/moderate_conversations` (contract send 6.5).

use engine::facts::{Folder, Standing};
use serde_json::{Value, json};
use testkit::{Answer, Grant, TestWorld};

use crate::{ACCOUNT, AISHA, JONAS, MIRA, PAGE};

fn body(people: &[&str], actions: &[&str]) -> Value {
    json!({"user_ids": people.iter().map(|id| json!({"id": id})).collect::<Vec<_>>(), "actions": actions})
}

async fn moderates(world: &TestWorld, people: &[&str], actions: &[&str]) -> Answer {
    world.page().post("/v25.0/me/moderate_conversations", &body(people, actions)).await
}

#[tokio::test]
async fn a_blocked_person_is_unavailable_until_unblocked() {
    let world = TestWorld::start().await;
    assert_eq!(moderates(&world, &[MIRA], &["block_user"]).await.ok(), json!({"success": true}));
    assert_eq!(world.page().sends(MIRA, "hi").await.error(), (400, 551, Some(1_545_041)));
    let writes = json!({"to": "harbor.knits", "text": "hello?"});
    assert_eq!(world.nobody().post("/_parlance/people/mira.paints/messages", &writes).await.status, 400, "nor can she");
    moderates(&world, &[MIRA], &["UNBLOCK_USER"]).await.ok();
    world.page().sends(MIRA, "hi").await.ok();
}

#[tokio::test]
async fn a_thread_goes_to_spam_beside_a_block() {
    let world = TestWorld::start().await;
    moderates(&world, &[MIRA, JONAS], &["block_user", "move_to_spam"]).await.ok();
    for person in ["mira.paints", "jonas_w"] {
        assert_eq!(world.thread(person).await.folder, Folder::Spam);
        assert!(world.user(person).await.is_business_block_user, "{person}");
    }
}

#[tokio::test]
async fn forms_and_the_account_node_of_the_facebook_host_are_taken() {
    let world = TestWorld::start().await;
    let (people, actions) = (format!(r#"[{{"id":"{MIRA}"}}]"#), r#"["MOVE_TO_SPAM"]"#);
    let form = [("user_ids", people.as_str()), ("actions", actions)];
    for node in [PAGE, "me", ACCOUNT] {
        let page = world.page().at("graph.facebook.com");
        assert_eq!(
            page.post_form(&format!("/v25.0/{node}/moderate_conversations"), &form).await.ok(),
            json!({"success": true})
        );
    }
    let refused = world.instagram().post("/me/moderate_conversations", &body(&[MIRA], &["block_user"])).await;
    assert_eq!(refused.error(), (400, 100, Some(33)), "the Instagram host has no such edge");
}

#[tokio::test]
async fn ids_and_actions_are_checked_before_anything_is_done() {
    let world = TestWorld::start().await;
    let eleven = vec![MIRA; 11];
    let rows: [(&[&str], &[&str]); 10] = [
        (&[], &["block_user"]),
        (&eleven, &["block_user"]),
        (&[MIRA, MIRA], &["block_user"]),
        (&["x"], &["block_user"]),
        (&["77"], &["block_user"]),
        (&[MIRA], &[]),
        (&[MIRA], &["block_user", "unblock_user"]),
        (&[MIRA], &["block_user", "move_to_spam", "unblock_user"]),
        (&[MIRA], &["ban_user"]),
        (&[MIRA], &["unban_user"]),
    ];
    for (people, actions) in rows {
        assert_eq!(moderates(&world, people, actions).await.error(), (400, 100, None), "{people:?} {actions:?}");
    }
    for missing in [json!({"actions": ["block_user"]}), json!({"user_ids": [{"id": MIRA}]})] {
        assert_eq!(world.page().post("/me/moderate_conversations", &missing).await.error(), (400, 100, None));
    }
    assert!(!world.user("mira.paints").await.is_business_block_user);
}

#[tokio::test]
async fn what_cannot_be_moderated_fails_with_code_1_and_spares_the_others() {
    let world = TestWorld::start().await;
    assert_eq!(moderates(&world, &[MIRA, AISHA], &["block_user"]).await.error(), (500, 1, None), "no conversation");
    world.change_user("jonas_w", |user| user.is_same_accounts_center = true).await;
    assert_eq!(moderates(&world, &[MIRA, JONAS], &["block_user"]).await.error(), (500, 1, None), "one accounts centre");
    assert!(!world.user("mira.paints").await.is_business_block_user, "all or nothing");
    moderates(&world, &[JONAS], &["move_to_spam"]).await.ok();
}

#[tokio::test]
async fn ten_people_are_the_most() {
    let world = TestWorld::start().await;
    let mut people = vec![MIRA.to_owned()];
    people.extend((0..10).map(|number| format!("88{number}")));
    let eleven: Vec<&str> = people.iter().map(String::as_str).collect();
    let message = moderates(&world, &eleven, &["block_user"]).await.message();
    assert!(message.contains("1 to 10"), "{message}");
    let message = moderates(&world, &eleven[..10], &["block_user"]).await.message();
    assert!(message.contains("880"), "ten are looked at: {message}");
}

#[tokio::test]
async fn it_needs_the_business_permission_access_and_a_good_standing() {
    let world = TestWorld::start().await;
    let scopes = ["instagram_basic", "instagram_manage_messages"];
    let page = Grant::page().scopes(&scopes).caller(&world).await;
    assert_eq!(page.post("/me/moderate_conversations", &body(&[MIRA], &["block_user"])).await.error(), (403, 10, None));
    world.change_app(|app| app.advanced_access = false).await;
    assert_eq!(moderates(&world, &[MIRA], &["block_user"]).await.error(), (403, 200, None));
    world.give_role("mira.paints").await;
    moderates(&world, &[MIRA], &["block_user"]).await.ok();
    world.change_account(|account| account.standing = Standing::Blocked).await;
    assert_eq!(moderates(&world, &[MIRA], &["unblock_user"]).await.error(), (400, 100, Some(2_534_029)));
}
