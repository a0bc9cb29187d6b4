//! Thread control with a send (contract send 1.11).

use engine::change::Change;
use engine::demo;
use engine::facts::Install;
use serde_json::{Value, json};
use testkit::{Answer, Api, Grant, OTHER_APP, TestWorld};
use wire::dialect::Dialect;
use wire::time::Span;

use crate::MIRA;

const NOT_OWNER: (u16, i64, Option<i64>) = (400, 100, Some(2_534_037));

/// A world whose account routes conversations to the demo app, with a second app installed.
async fn routed() -> (TestWorld, Api) {
    let (world, other) = shared().await;
    world.change_account(|account| account.default_app = Some(demo::APP)).await;
    (world, other)
}

/// A world whose account has two apps installed, of which none is the default one.
pub(crate) async fn shared() -> (TestWorld, Api) {
    let world = TestWorld::start().await;
    let other = Grant::page().of_other_app().all_scopes().caller(&world).await;
    world
        .commit([Change::PutInstall(Install {
            account: demo::ACCOUNT,
            app: OTHER_APP,
            login: Dialect::Facebook,
            page: Some(demo::PAGE),
            subscribed_fields: vec!["feed".into()],
            scopes: Vec::new(),
            created_time: world.now(),
        })])
        .await;
    (world, other)
}

async fn sends_with(api: &Api, control: Value) -> Answer {
    let body = json!({"recipient": {"id": MIRA}, "message": {"text": "hi"}, "thread_control": control});
    api.post("/v25.0/me/messages", &body).await
}

#[tokio::test]
async fn without_routing_every_app_may_send_into_an_idle_thread_and_nothing_is_handed_on() {
    let world = TestWorld::start().await;
    let other = Grant::page().of_other_app().all_scopes().caller(&world).await;
    world.page().sends(MIRA, "the first has the thread").await.ok();
    let refused = other.sends(MIRA, "one").await;
    assert_eq!(refused.error(), (400, 10, Some(2_018_300)));
    let message = "(#10) Message failed to send because another app is controlling this thread now.";
    assert_eq!(refused.message(), message);
    world.advance(Span::hours(24)).await;
    world.person("mira.paints").writes("a day later").await;
    other.sends(MIRA, "two").await.ok();
    assert_eq!(world.page().sends(MIRA, "three").await.error(), (400, 10, Some(2_018_300)));
    assert_eq!(sends_with(&world.page(), json!({"control_type": "release"})).await.error(), (400, 100, None));
}

#[tokio::test]
async fn an_idle_thread_is_the_default_apps_which_takes_it_by_sending() {
    let (world, other) = routed().await;
    assert_eq!(other.sends(MIRA, "hi").await.error(), NOT_OWNER);
    world.page().sends(MIRA, "hi").await.ok();
    let thread = world.thread("mira.paints").await;
    assert_eq!(thread.owner_app, Some(demo::APP));
    assert_eq!(thread.owner_until, thread.last_person_time.map(|last| last.plus(Span::hours(24))));
}

#[tokio::test]
async fn a_thread_that_was_passed_is_the_other_apps_for_24_hours() {
    let (world, other) = routed().await;
    let hook = world.subscribe(&["messages", "messaging_handover"]).await;
    let answer = sends_with(&world.page(), json!({"control_type": "pass", "app_id": OTHER_APP})).await.ok();
    assert!(answer["message_id"].is_string(), "a normal answer");
    world.deliver().await;
    assert!(hook.elements().iter().all(|element| element.get("pass_thread_control").is_none()), "not its new owner");
    assert_eq!(world.page().sends(MIRA, "hi").await.error(), NOT_OWNER);
    other.sends(MIRA, "hi").await.ok();
    world.person("mira.paints").writes("still here").await;
    world.advance(Span::hours(24)).await;
    other.sends(MIRA, "hi").await.ok();
    world.person("mira.paints").writes("control goes on from here").await;
    world.advance(Span::hours(24)).await;
    assert_eq!(world.page().sends(MIRA, "hi").await.error(), NOT_OWNER);
    world.advance(Span::millis(1)).await;
    world.person("mira.paints").writes("after it").await;
    assert_eq!(other.sends(MIRA, "hi").await.error(), NOT_OWNER, "idle again");
    world.page().sends(MIRA, "hi").await.ok();
}

#[tokio::test]
async fn the_new_owner_is_told_of_a_pass_and_nobody_of_a_release() {
    let (world, other) = routed().await;
    let hook = world.subscribe(&["messaging_handover"]).await;
    sends_with(&world.page(), json!({"control_type": "pass", "app_id": OTHER_APP})).await.ok();
    sends_with(&other, json!({"control_type": "pass"})).await.ok();
    world.deliver().await;
    let told = hook.elements();
    assert_eq!(told.len(), 1, "{told:?}");
    assert_eq!(
        told[0]["pass_thread_control"],
        json!({"previous_owner_app_id": OTHER_APP, "new_owner_app_id": demo::APP, "metadata": ""})
    );
    assert_eq!(told[0]["sender"]["id"], MIRA);
    sends_with(&world.page(), json!({"control_type": "release"})).await.ok();
    world.deliver().await;
    assert_eq!(hook.take().len(), 0);
    assert_eq!(world.thread("mira.paints").await.owner_app, None);
}

#[tokio::test]
async fn a_human_agent_takes_no_control() {
    let (world, other) = routed().await;
    world.advance(Span::hours(30)).await;
    let tagged = json!({"recipient": {"id": MIRA}, "message": {"text": "hi"}, "tag": "HUMAN_AGENT"});
    world.page().post("/me/messages", &tagged).await.ok();
    assert_eq!(world.thread("mira.paints").await.owner_app, None);
    assert_eq!(other.post("/me/messages", &tagged).await.error(), NOT_OWNER);
}

#[tokio::test]
async fn a_human_agent_takes_control_where_the_app_may_take_over() {
    let (world, other) = routed().await;
    let hook = world.subscribe(&["messaging_handover"]).await;
    world.change_account(|account| account.take_over_apps = vec![OTHER_APP]).await;
    world.page().sends(MIRA, "the default app has it").await.ok();
    let mut app = world.world().store.app(OTHER_APP).await.unwrap().unwrap();
    app.human_agent = true;
    world.commit([Change::PutApp(app)]).await;
    let tagged = json!({"recipient": {"id": MIRA}, "message": {"text": "hi"}, "tag": "HUMAN_AGENT"});
    other.post("/me/messages", &tagged).await.ok();
    assert_eq!(world.thread("mira.paints").await.owner_app, Some(OTHER_APP));
    world.deliver().await;
    let told = hook.elements();
    assert_eq!(
        told.iter().map(|element| element["take_thread_control"].clone()).collect::<Vec<_>>(),
        [json!({"previous_owner_app_id": demo::APP, "new_owner_app_id": OTHER_APP, "metadata": ""})]
    );
}

#[tokio::test]
async fn a_thread_is_passed_to_known_apps_and_to_the_platforms_inboxes() {
    let (world, _) = routed().await;
    for unknown in ["5", "77777777"] {
        let refused = sends_with(&world.page(), json!({"control_type": "pass", "app_id": unknown})).await;
        assert_eq!(refused.error(), (400, 100, Some(2_018_164)), "{unknown}");
    }
    sends_with(&world.page(), json!({"control_type": "pass", "app_id": "1217981644879628"})).await.ok();
    assert_eq!(world.page().sends(MIRA, "hi").await.error(), NOT_OWNER);
}

#[tokio::test]
async fn actions_obey_the_owner_too() {
    let (world, other) = routed().await;
    let typing = json!({"recipient": {"id": MIRA}, "sender_action": "typing_on"});
    assert_eq!(other.post("/me/messages", &typing).await.error(), NOT_OWNER);
    world.page().post("/me/messages", &typing).await.ok();
    assert_eq!(world.thread("mira.paints").await.owner_app, None, "typing takes nothing");
}
