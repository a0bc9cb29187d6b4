//! What the platform does to an account (contract webhooks 2.1, 3.13).

use super::*;

#[tokio::test]
async fn a_warning_a_block_and_its_end_are_told_without_a_sender() {
    let world = TestWorld::start().await;
    let hook = world.subscribe(&["messaging_policy_enforcement"]).await;
    for (action, reason) in [("warning", Some("Fixture reason text")), ("block", Some("Again")), ("unblock", None)] {
        by_hand(&world, "enforcements", &json!({"action": action, "reason": reason})).await;
        let mut enforcement = json!({ "action": action });
        if let Some(reason) = reason {
            enforcement["reason"] = json!(reason);
        }
        let element = json!({
            "recipient": {"id": ACCOUNT}, "timestamp": world.now().get(), "policy_enforcement": enforcement,
        });
        assert_eq!(told(&world, &hook).await, [body(&world, &element)]);
        let sent = world.page().sends(MIRA, "hi").await;
        assert_eq!(sent.status != 200, action == "block", "a blocked account may not use the API");
    }
    for wrong in [json!({"action": "warning"}), json!({"action": "unblock", "reason": "a"}), json!({"action": "ban"})] {
        assert_eq!(world.nobody().post(&format!("{HERE}/enforcements"), &wrong).await.error().0, 400, "{wrong}");
    }
}

#[tokio::test]
async fn an_app_that_reaches_only_people_with_a_role_is_not_told() {
    let world = TestWorld::start().await;
    let hook = world.subscribe(&["messaging_policy_enforcement"]).await;
    world.nobody().post("/_parlance/apps/500000000000001", &json!({"live": false})).await.ok();
    by_hand(&world, "enforcements", &json!({"action": "warning", "reason": "Spam"})).await;
    assert!(told(&world, &hook).await.is_empty());
}
