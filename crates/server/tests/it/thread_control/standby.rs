//! Who hears what, by the state of the thread (contract webhooks 3.14, 5.3).

use engine::demo;
use serde_json::json;
use testkit::OTHER_APP;
use wire::time::Span;

use super::*;
use crate::ACCOUNT;

const BUTTON: &str = r#"{"attachment":{"type":"template","payload":{"template_type":"button","text":"Agent?",
    "buttons":[{"type":"postback","title":"Yes","payload":"AGENT"}]}}}"#;

#[tokio::test]
async fn an_idle_thread_without_routing_is_told_to_every_app_until_one_answers() {
    let shop = Shop::open().await;
    shop.mira("anybody?").await;
    let (demo, other) = shop.told().await;
    assert_eq!((kinds(&demo), kinds(&other)), (vec![("messaging", "message")], vec![("messaging", "message")]));
    assert_eq!(demo[0].2, other[0].2, "the same id of the person and of the message for either app");
    shop.demo.sends(MIRA, "I am").await.ok();
    shop.mira("thanks").await;
    let (demo, other) = shop.told().await;
    assert_eq!(kinds(&demo), [("messaging", "message"), ("messaging", "message")], "its echo, and the answer");
    assert_eq!(kinds(&other), [("standby", "message"), ("standby", "message")]);
    shop.world.advance(Span::millis(Span::hours(24).get() + 1)).await;
    assert_eq!(shop.looks().await["owner_app"], json!(null), "read by the clock");
    assert_eq!(shop.told().await, (vec![], vec![]), "that it ended is told to nobody");
    shop.mira("a day later").await;
    let (demo, other) = shop.told().await;
    assert_eq!((kinds(&demo), kinds(&other)), (vec![("messaging", "message")], vec![("messaging", "message")]));
}

#[tokio::test]
async fn under_routing_an_idle_thread_is_the_default_apps_and_others_stand_by() {
    let shop = Shop::routed().await;
    shop.mira("hello").await;
    let (demo, other) = shop.told().await;
    assert_eq!((kinds(&demo), kinds(&other)), (vec![("messaging", "message")], vec![("standby", "message")]));
    act(&shop.demo, "pass_thread_control", json!({"target_app_id": OTHER_APP})).await.ok();
    shop.mira("again").await;
    let (demo, other) = shop.told().await;
    assert_eq!(kinds(&demo), [("standby", "message")]);
    assert_eq!(kinds(&other), [("messaging", "pass_thread_control"), ("messaging", "message")]);
}

#[tokio::test]
async fn what_stands_by_is_in_the_documented_envelope() {
    let shop = Shop::routed().await;
    let mid = shop.mira("still there?").await;
    shop.world.deliver().await;
    let delivery = shop.other_hook.take().remove(0);
    let now = shop.world.now().get();
    assert_eq!(
        delivery.json(),
        json!({"object": "instagram", "entry": [{"id": ACCOUNT, "time": now, "standby": [{
            "sender": {"id": MIRA}, "recipient": {"id": ACCOUNT}, "timestamp": now,
            "message": {"mid": mid, "text": "still there?"},
        }]}]})
    );
}

#[tokio::test]
async fn messages_echoes_reads_reactions_edits_unsends_and_referrals_are_heard_on_standby() {
    let shop = Shop::routed().await;
    let person = shop.world.person("mira.paints");
    let echo = shop.demo.sends(MIRA, "from the owner").await.ok()["message_id"].clone();
    person.opens().await;
    person.does("reactions", &json!({"message_id": echo, "reaction": "love"})).await.ok();
    let mid = shop.mira("draft").await;
    let path = format!("/_parlance/people/mira.paints/messages/{mid}");
    shop.world.nobody().post(&path, &json!({"text": "final"})).await.ok();
    shop.world.nobody().delete(&path).await.ok();
    person.does("links", &json!({"ref": "spring"})).await.ok();
    let (demo, other) = shop.told().await;
    let keys = ["message", "read", "reaction", "message", "message_edit", "message", "referral"];
    assert_eq!(kinds(&other), keys.map(|key| ("standby", key)));
    assert_eq!(kinds(&demo), keys.map(|key| ("messaging", key)));
    assert_eq!(other[0].2["message"]["is_echo"], true);
    for (here, there) in demo.iter().zip(&other) {
        assert_eq!(here.2, there.2, "the same element on either channel");
    }
}

#[tokio::test]
async fn a_postback_is_stripped_on_standby_and_whole_for_the_author_of_its_button() {
    let shop = Shop::routed().await;
    let menu = r#"[{"locale":"default","call_to_actions":[{"type":"postback","title":"Menu","payload":"MENU"}]}]"#;
    shop.demo.post_form("/me/messenger_profile?platform=instagram", &[("persistent_menu", menu)]).await.ok();
    shop.world.person("mira.paints").taps_menu_item("Menu").await.ok();
    let (demo, other) = shop.told().await;
    assert_eq!(demo[0].2["postback"]["payload"], "MENU");
    assert_eq!(kinds(&other), [("standby", "postback")]);
    let stripped = other[0].2["postback"].as_object().unwrap();
    assert_eq!(stripped.keys().collect::<Vec<_>>(), ["mid", "title"], "all but the payload");

    let to = format!(r#"{{"id":"{MIRA}"}}"#);
    shop.demo.post_form("/me/messages", &[("recipient", &to), ("message", BUTTON)]).await.ok();
    act(&shop.demo, "pass_thread_control", json!({"target_app_id": OTHER_APP})).await.ok();
    shop.told().await;
    shop.world.person("mira.paints").does("taps", &json!({"button": "Yes"})).await.ok();
    let (demo, other) = shop.told().await;
    assert_eq!(
        kinds(&demo),
        [("messaging", "postback")],
        "the app whose button it is, though it does not have the thread"
    );
    assert_eq!(demo[0].2["postback"]["payload"], "AGENT");
    assert_eq!(kinds(&other), [("messaging", "postback")]);
    let bare = other[0].2["postback"].as_object().unwrap();
    assert_eq!(
        bare.keys().collect::<Vec<_>>(),
        ["mid", "title"],
        "the owner, whose button it is not, is told no payload"
    );
}

#[tokio::test]
async fn an_app_that_is_not_subscribed_to_standby_hears_nothing_of_others_threads() {
    let shop = Shop::routed().await;
    let other_app = shop.world.api(&format!("{OTHER_APP}|{OTHER_SECRET}"));
    other_app.delete(&format!("/{OTHER_APP}/subscriptions?object=instagram&fields=standby")).await.ok();
    shop.mira("hello").await;
    let (demo, other) = shop.told().await;
    assert_eq!((demo.len(), other.len()), (1, 0));
    act(&shop.demo, "pass_thread_control", json!({"target_app_id": OTHER_APP})).await.ok();
    shop.mira("now it has it").await;
    assert_eq!(kinds(&shop.told().await.1), [("messaging", "pass_thread_control"), ("messaging", "message")]);
}

#[tokio::test]
async fn an_app_in_development_stands_by_for_people_with_a_role_alone() {
    let shop = Shop::routed().await;
    let mut app = shop.world.world().store.app(OTHER_APP).await.unwrap().unwrap();
    app.live = false;
    shop.world.commit([Change::PutApp(app)]).await;
    shop.mira("hello").await;
    assert_eq!(shop.told().await.1, []);
    let person = shop.world.user("mira.paints").await.person;
    shop.world.commit([Change::PutRole(engine::facts::Role { app: OTHER_APP, person })]).await;
    shop.mira("hello").await;
    assert_eq!(kinds(&shop.told().await.1), [("standby", "message")]);
}

#[tokio::test]
async fn the_owners_hand_over_is_told_on_the_normal_channel_to_an_app_that_stands_by() {
    let shop = Shop::routed().await;
    act(&shop.demo, "pass_thread_control", json!({"target_app_id": OTHER_APP})).await.ok();
    act(&shop.other, "pass_thread_control", json!({"target_app_id": demo::APP})).await.ok();
    let (demo, other) = shop.told().await;
    assert_eq!(kinds(&demo), [("messaging", "pass_thread_control")]);
    assert_eq!(kinds(&other), [("messaging", "pass_thread_control")]);
}
