//! The control edges under Conversation Routing, and without it (contract send 1.11).

use engine::demo;
use engine::facts::Standing;
use serde_json::{Value, json};
use testkit::{Answer, Api, Grant, OTHER_APP, TestWorld};
use wire::time::Span;

use crate::send::control::shared;
use crate::{ACCOUNT, AISHA, JONAS, MIRA, PAGE};

const NOT_OWNER: (u16, i64, Option<i64>) = (400, 100, Some(2_534_037));
const DAY: Span = Span::hours(24);
const MOMENT: Span = Span::millis(1);

/// Two apps, of which the demo app is the default one and may take threads over.
async fn routed() -> (TestWorld, Api) {
    let (world, other) = shared().await;
    world.change_account(|account| account.default_app = Some(demo::APP)).await;
    world.change_account(|account| account.take_over_apps = vec![demo::APP]).await;
    (world, other)
}

/// A call about Mira's thread.
async fn asks(api: &Api, edge: &str, more: Value) -> Answer {
    let mut body = json!({"recipient": {"id": MIRA}});
    body.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    api.post(&format!("/v25.0/me/{edge}"), &body).await
}

async fn passes(api: &Api, target: impl ToString) -> Answer {
    asks(api, "pass_thread_control", json!({"target_app_id": target.to_string()})).await
}

fn success(answer: &Answer) {
    assert_eq!(answer.ok(), json!({"success": true}), "{}", answer.asked);
}

async fn owner(api: &Api) -> Value {
    let path = format!("/v25.0/me/thread_owner?recipient={MIRA}");
    api.get(&path).await.ok()["data"].clone()
}

#[tokio::test]
async fn the_owner_passes_a_thread_and_the_new_owner_is_told() {
    let (world, other) = routed().await;
    let hook = world.subscribe(&["messaging_handover"]).await;
    success(&passes(&world.page(), OTHER_APP).await);
    assert_eq!(world.page().sends(MIRA, "hi").await.error(), NOT_OWNER);
    assert_eq!(passes(&world.page(), OTHER_APP).await.error(), NOT_OWNER, "not one's own to pass");
    success(&asks(&other, "pass_thread_control", json!({"metadata": "order 7"})).await);
    world.page().sends(MIRA, "hi").await.ok();
    world.deliver().await;
    let told = hook.elements();
    assert_eq!(
        told,
        [json!({
            "sender": {"id": MIRA}, "recipient": {"id": ACCOUNT}, "timestamp": world.now().get(),
            "pass_thread_control":
                {"previous_owner_app_id": OTHER_APP, "new_owner_app_id": demo::APP, "metadata": "order 7"},
        })],
        "nobody but the new owner, and the default app where none is named"
    );
}

#[tokio::test]
async fn an_idle_thread_may_be_passed_by_anybody_but_not_to_oneself() {
    let (world, other) = routed().await;
    assert_eq!(passes(&other, OTHER_APP).await.error(), (400, 100, None));
    success(&passes(&world.page(), 263_902_037_430_900_u64).await);
    assert_eq!(world.page().sends(MIRA, "hi").await.error(), NOT_OWNER, "the Page's inbox has it");
    let (world, other) = routed().await;
    success(&passes(&other, 1_217_981_644_879_628_u64).await);
    assert_eq!(world.page().sends(MIRA, "hi").await.error(), NOT_OWNER, "Instagram's inbox has it");
    for unknown in ["5", "no-number"] {
        assert_eq!(passes(&world.page(), unknown).await.error(), (400, 100, Some(2_018_164)), "{unknown}");
    }
}

#[tokio::test]
async fn only_the_owner_releases_a_thread() {
    let (world, other) = routed().await;
    let hook = world.subscribe(&["messaging_handover"]).await;
    for api in [world.page(), other.clone()] {
        assert_eq!(asks(&api, "release_thread_control", json!({})).await.error(), NOT_OWNER, "it is idle");
    }
    success(&passes(&world.page(), OTHER_APP).await);
    assert_eq!(asks(&world.page(), "release_thread_control", json!({})).await.error(), NOT_OWNER);
    success(&asks(&other, "release_thread_control", json!({})).await);
    assert_eq!(owner(&world.page()).await, json!([]));
    world.page().sends(MIRA, "the default app's again").await.ok();
    world.deliver().await;
    assert_eq!(hook.elements(), [] as [Value; 0], "a release is told to nobody");
}

#[tokio::test]
async fn control_is_taken_by_apps_that_may_take_over() {
    let (world, other) = routed().await;
    let hook = world.subscribe(&["messaging_handover"]).await;
    success(&passes(&world.page(), OTHER_APP).await);
    success(&asks(&world.page(), "take_thread_control", json!({})).await);
    world.page().sends(MIRA, "hi").await.ok();
    assert_eq!(asks(&world.page(), "take_thread_control", json!({})).await.error(), (400, 100, None), "it has it");
    assert_eq!(asks(&other, "take_thread_control", json!({})).await.error(), (403, 200, None), "it may not");
    world.deliver().await;
    assert_eq!(hook.elements(), [] as [Value; 0], "it is the other app that is told");

    let (world, other) = shared().await;
    world.change_account(|account| account.take_over_apps = vec![OTHER_APP]).await;
    let refused = asks(&other, "take_thread_control", json!({})).await;
    assert_eq!(refused.error(), (400, 27, None));
    let text = "(#27) Take thread control is not supported when Conversation Routing is not enabled";
    assert_eq!(refused.message(), text);
    world.change_account(|account| account.default_app = Some(demo::APP)).await;
    let hook = world.subscribe(&["messaging_handover"]).await;
    success(&asks(&other, "take_thread_control", json!({})).await);
    world.deliver().await;
    assert_eq!(hook.elements(), [] as [Value; 0], "taken from idle it is told to nobody");
    success(&passes(&other, demo::APP).await);
    success(&asks(&other, "take_thread_control", json!({"metadata": "mine"})).await);
    world.deliver().await;
    let taken = json!({"previous_owner_app_id": demo::APP, "new_owner_app_id": OTHER_APP, "metadata": "mine"});
    assert_eq!(hook.elements()[1]["take_thread_control"], taken, "who lost it is told");
}

#[tokio::test]
async fn control_is_asked_for_where_there_is_no_default_app() {
    let (world, other) = shared().await;
    let hook = world.subscribe(&["messaging_handover"]).await;
    success(&asks(&world.page(), "request_thread_control", json!({})).await);
    let controlled = (400, 10, Some(2_018_300));
    assert_eq!(other.sends(MIRA, "hi").await.error(), controlled, "an idle thread is given at once");
    world.page().sends(MIRA, "hi").await.ok();
    success(&asks(&other, "request_thread_control", json!({"metadata": "needs a human"})).await);
    assert_eq!(other.sends(MIRA, "hi").await.error(), controlled, "asking is not having");
    assert_eq!(asks(&world.page(), "request_thread_control", json!({})).await.error(), (400, 100, None), "it has it");
    world.deliver().await;
    let told = hook.elements();
    let granted = json!({"previous_owner_app_id": null, "new_owner_app_id": demo::APP, "metadata": ""});
    assert_eq!(told[0]["pass_thread_control"], granted);
    assert_eq!(
        told[1]["request_thread_control"],
        json!({"requested_owner_app_id": OTHER_APP, "metadata": "needs a human"})
    );
    assert_eq!(asks(&world.page(), "pass_thread_control", json!({})).await.error(), (400, 100, None), "to whom?");
    success(&passes(&world.page(), OTHER_APP).await);
    other.sends(MIRA, "hi").await.ok();
    let (world, _) = routed().await;
    assert_eq!(asks(&world.page(), "request_thread_control", json!({})).await.error(), (400, 100, None));
}

#[tokio::test]
async fn an_owner_keeps_a_thread_for_up_to_seven_days() {
    let (world, other) = routed().await;
    success(&passes(&world.page(), OTHER_APP).await);
    let extend =
        async |api: &Api, seconds: Value| asks(api, "extend_thread_control", json!({"duration": seconds})).await;
    assert_eq!(extend(&world.page(), json!(60)).await.error(), NOT_OWNER);
    for wrong in [json!(0), json!(-1), json!(604_801), json!("soon"), json!(i64::MAX), json!(null)] {
        assert_eq!(extend(&other, wrong.clone()).await.error(), (400, 100, None), "{wrong}");
    }
    success(&extend(&other, json!("604800")).await);
    world.advance(Span::days(7)).await;
    world.person("mira.paints").writes("still there?").await;
    world.advance(DAY).await;
    other.sends(MIRA, "the person's act prolongs it as ever").await.ok();
    success(&extend(&other, json!(60)).await);
    world.advance(Span::seconds(60)).await;
    world.person("mira.paints").writes("hello?").await;
    world.advance(DAY).await;
    assert_eq!(world.page().sends(MIRA, "hi").await.error(), NOT_OWNER);
    world.advance(MOMENT).await;
    world.person("mira.paints").writes("hello??").await;
    world.page().sends(MIRA, "hi").await.ok();
}

#[tokio::test]
async fn the_owner_is_told_to_itself_and_the_default_app() {
    let (world, other) = routed().await;
    assert_eq!(owner(&other).await, json!([]), "idle");
    success(&passes(&world.page(), OTHER_APP).await);
    let expiration = world.now().plus(DAY).seconds();
    let whole = json!([{"thread_owner": {"app_id": OTHER_APP.get(), "expiration": expiration}}]);
    assert_eq!(owner(&other).await, whole);
    assert_eq!(owner(&world.page()).await, whole, "the default app");
    success(&passes(&other, demo::APP).await);
    assert_eq!(owner(&other).await, json!([{"thread_owner": {"expiration": expiration}}]), "anybody else");
    world.advance(DAY).await;
    assert_eq!(owner(&world.page()).await[0]["thread_owner"]["app_id"], json!(demo::APP.get()));
    world.advance(MOMENT).await;
    assert_eq!(owner(&world.page()).await, json!([]), "control is over");
}

#[tokio::test]
async fn a_form_and_the_pages_own_node_are_taken() {
    let (world, _) = routed().await;
    let recipient = json!({"id": MIRA}).to_string();
    let target = OTHER_APP.to_string();
    let form = [("recipient", recipient.as_str()), ("target_app_id", &target), ("metadata", "x")];
    success(
        &world.page().at("graph.facebook.com").post_form(&format!("/v12.0/{PAGE}/pass_thread_control"), &form).await,
    );
    assert_eq!(world.thread("mira.paints").await.owner_app, Some(OTHER_APP));
}

#[tokio::test]
async fn what_stands_against_a_send_stands_against_these_calls() {
    let (world, _) = routed().await;
    let page = world.page();
    let to = |id: &str| json!({"recipient": {"id": id}});
    for edge in ["pass_thread_control", "release_thread_control", "take_thread_control", "request_thread_control"] {
        let path = format!("/v25.0/me/{edge}");
        for nobody in ["1", "no-number", ACCOUNT, AISHA] {
            assert_eq!(page.post(&path, &to(nobody)).await.error(), (400, 100, Some(2_534_014)), "{edge} {nobody}");
        }
        for wrong in
            [json!({}), json!({"recipient": {}}), json!({"recipient": {"id": [MIRA]}}), json!({"recipient": "x"})]
        {
            assert_eq!(page.post(&path, &wrong).await.error(), (400, 100, None), "{edge} {wrong}");
        }
    }
    assert_eq!(page.get("/me/thread_owner").await.error(), (400, 100, None));
    assert_eq!(page.get("/me/thread_owner?recipient=7").await.error(), (400, 100, Some(2_534_014)));
    let long = json!({"metadata": "m".repeat(1_001)});
    assert_eq!(asks(&page, "pass_thread_control", long).await.error(), (400, 100, None));
    success(&asks(&page, "pass_thread_control", json!({"metadata": "m".repeat(1_000)})).await);
    world.change_user("jonas_w", |user| user.is_user_block_business = true).await;
    assert_eq!(page.post("/me/take_thread_control", &to(JONAS)).await.error(), (400, 551, Some(1_545_041)));
    world.change_app(|app| app.advanced_access = false).await;
    assert_eq!(asks(&world.page(), "release_thread_control", json!({})).await.error(), (403, 200, None));
    world.change_app(|app| app.advanced_access = true).await;
    world.change_account(|account| account.standing = Standing::Blocked).await;
    assert_eq!(asks(&world.page(), "release_thread_control", json!({})).await.error(), (400, 100, Some(2_534_029)));
    let bare = Grant::page().scopes(&["instagram_basic"]).caller(&world).await;
    assert_eq!(asks(&bare, "release_thread_control", json!({})).await.error(), (403, 10, None));
    assert_eq!(asks(&world.instagram(), "release_thread_control", json!({})).await.error(), (400, 100, Some(33)));
}
