//! The control edges, as calls (contract webhooks 5.4).

use engine::demo;
use engine::policy::control::INSTAGRAM_INBOX;
use engine::settings::Settings;
use serde_json::json;
use testkit::OTHER_APP;
use wire::time::{Millis, Span};

use super::*;
use crate::{ACCOUNT, AISHA, PAGE};

#[tokio::test]
async fn a_pass_gives_the_thread_to_the_named_app_which_is_told() {
    let shop = Shop::open().await;
    let asked = json!({"target_app_id": OTHER_APP.to_string(), "metadata": "order 7 dispute"});
    assert_eq!(act(&shop.demo, "pass_thread_control", asked).await.ok(), json!({"success": true}));
    let (demo, other) = shop.told().await;
    assert_eq!(demo, [], "the caller is not told");
    assert_eq!(
        other[0].2,
        json!({
            "sender": {"id": MIRA}, "recipient": {"id": ACCOUNT}, "timestamp": shop.world.now().get(),
            "pass_thread_control": {
                "previous_owner_app_id": null, "new_owner_app_id": OTHER_APP, "metadata": "order 7 dispute",
            },
        })
    );
    act(&shop.other, "pass_thread_control", json!({"target_app_id": demo::APP})).await.ok();
    let (demo, _) = shop.told().await;
    let change = json!({"previous_owner_app_id": OTHER_APP, "new_owner_app_id": demo::APP, "metadata": ""});
    assert_eq!(demo[0].2["pass_thread_control"], change);
}

#[tokio::test]
async fn only_the_owner_passes_an_owned_thread_and_not_to_itself() {
    let shop = Shop::open().await;
    let to = |app: AppId| json!({"target_app_id": app});
    act(&shop.demo, "pass_thread_control", to(demo::APP)).await.ok();
    assert_eq!(owner(&shop.demo).await["data"][0]["thread_owner"]["app_id"], demo::APP.get(), "from idle to itself");
    assert_eq!(act(&shop.other, "pass_thread_control", to(OTHER_APP)).await.error(), NOT_OWNER);
    assert_eq!(act(&shop.demo, "pass_thread_control", to(demo::APP)).await.error(), (400, 100, None), "to prolong it");
    assert_eq!(act(&shop.demo, "pass_thread_control", json!({})).await.error(), (400, 100, None), "no default app");
    for unknown in ["77777777", "x"] {
        let refused = act(&shop.demo, "pass_thread_control", json!({"target_app_id": unknown})).await;
        assert_eq!(refused.error(), (400, 100, Some(2_018_164)), "{unknown}");
    }
    act(&shop.demo, "pass_thread_control", to(INSTAGRAM_INBOX)).await.ok();
    assert_eq!(shop.looks().await["owner_app"], "1217981644879628");
    assert_eq!(shop.demo.sends(MIRA, "hi").await.error(), (400, 10, Some(2_018_300)));
}

#[tokio::test]
async fn a_pass_without_a_target_goes_to_the_default_app() {
    let shop = Shop::routed().await;
    act(&shop.demo, "pass_thread_control", json!({"target_app_id": OTHER_APP})).await.ok();
    act(&shop.other, "pass_thread_control", json!({})).await.ok();
    assert_eq!(shop.looks().await["owner_app"], json!(demo::APP));
    assert_eq!(kinds(&shop.told().await.0), [("messaging", "pass_thread_control")]);
}

#[tokio::test]
async fn a_release_is_the_owners_leaves_the_thread_idle_and_is_told_to_nobody() {
    let shop = Shop::open().await;
    assert_eq!(act(&shop.demo, "release_thread_control", json!({})).await.error(), NOT_OWNER, "it is idle");
    shop.demo.sends(MIRA, "mine").await.ok();
    assert_eq!(act(&shop.other, "release_thread_control", json!({})).await.error(), NOT_OWNER);
    shop.told().await;
    assert_eq!(
        act(&shop.demo, "release_thread_control", json!({"metadata": "done"})).await.ok(),
        json!({"success": true})
    );
    assert_eq!(shop.told().await, (vec![], vec![]));
    assert_eq!(shop.looks().await["owner_app"], json!(null));
    shop.other.sends(MIRA, "mine now").await.ok();
}

#[tokio::test]
async fn a_take_needs_routing_and_the_take_over_setting() {
    let shop = Shop::open().await;
    let refused = act(&shop.demo, "take_thread_control", json!({})).await;
    assert_eq!(refused.error(), (400, 27, None));
    let message = "(#27) Take thread control is not supported when Conversation Routing is not enabled";
    assert_eq!(refused.message(), message);
    shop.configure(&json!({"default_app": demo::APP})).await;
    assert_eq!(act(&shop.other, "take_thread_control", json!({})).await.error(), (403, 200, None));
    let set = shop.configure(&json!({"take_over_apps": [OTHER_APP]})).await;
    assert_eq!(set["take_over_apps"], json!([OTHER_APP]));
    act(&shop.other, "take_thread_control", json!({})).await.ok();
    assert_eq!(shop.told().await, (vec![], vec![]), "no webhook for a thread that was idle");
    assert_eq!(act(&shop.other, "take_thread_control", json!({})).await.error(), (400, 100, None), "it has it");
    act(&shop.other, "release_thread_control", json!({})).await.ok();
    shop.demo.sends(MIRA, "the default app has it").await.ok();
    shop.told().await;
    act(&shop.other, "take_thread_control", json!({"metadata": "urgent"})).await.ok();
    let (demo, other) = shop.told().await;
    assert_eq!(other, [], "who takes is not told");
    assert_eq!(
        demo[0].2,
        json!({
            "sender": {"id": MIRA}, "recipient": {"id": ACCOUNT}, "timestamp": shop.world.now().get(),
            "take_thread_control": {
                "previous_owner_app_id": demo::APP, "new_owner_app_id": OTHER_APP, "metadata": "urgent",
            },
        })
    );
    assert_eq!(shop.demo.sends(MIRA, "hi").await.error(), NOT_OWNER);
}

#[tokio::test]
async fn a_request_is_granted_while_the_thread_is_idle_and_told_to_its_owner_otherwise() {
    let shop = Shop::open().await;
    act(&shop.other, "request_thread_control", json!({})).await.ok();
    let (demo, other) = shop.told().await;
    assert_eq!(demo, []);
    assert_eq!(
        other[0].2["pass_thread_control"],
        json!({"previous_owner_app_id": null, "new_owner_app_id": OTHER_APP, "metadata": ""})
    );
    assert_eq!(act(&shop.other, "request_thread_control", json!({})).await.error(), (400, 100, None), "it has it");
    assert_eq!(
        act(&shop.demo, "request_thread_control", json!({"metadata": "needs human"})).await.ok()["success"],
        true
    );
    let (demo, other) = shop.told().await;
    assert_eq!(demo, []);
    assert_eq!(
        other[0].2,
        json!({
            "sender": {"id": MIRA}, "recipient": {"id": ACCOUNT}, "timestamp": shop.world.now().get(),
            "request_thread_control": {"requested_owner_app_id": demo::APP, "metadata": "needs human"},
        })
    );
    assert_eq!(shop.looks().await["owner_app"], json!(OTHER_APP), "asking takes nothing");
    shop.configure(&json!({"default_app": demo::APP})).await;
    assert_eq!(act(&shop.demo, "request_thread_control", json!({})).await.error(), (400, 100, None), "routing is on");
}

#[tokio::test]
async fn an_extension_is_the_owners_lasts_seven_days_at_most_and_is_told_to_nobody() {
    let shop = Shop::open().await;
    let week = 7 * 24 * 3_600;
    let by = |seconds: i64| json!({"duration": seconds});
    assert_eq!(act(&shop.demo, "extend_thread_control", by(60)).await.error(), NOT_OWNER, "it is idle");
    shop.demo.sends(MIRA, "mine").await.ok();
    shop.told().await;
    assert_eq!(act(&shop.other, "extend_thread_control", by(60)).await.error(), NOT_OWNER);
    for bad in [by(week + 1), by(0), by(-1), by(i64::MAX), json!({}), json!({"duration": "soon"})] {
        assert_eq!(act(&shop.demo, "extend_thread_control", bad.clone()).await.error(), (400, 100, None), "{bad}");
    }
    assert_eq!(act(&shop.demo, "extend_thread_control", by(week)).await.ok(), json!({"success": true}));
    let end = shop.world.now().plus(Span::days(7));
    assert_eq!(owner(&shop.demo).await["data"][0]["thread_owner"]["expiration"], end.seconds());
    assert_eq!(shop.told().await, (vec![], vec![]));
    shop.world.advance(Span::days(7)).await;
    shop.mira("a week later").await;
    assert_eq!(shop.other.sends(MIRA, "hi").await.error(), (400, 10, Some(2_018_300)));
    act(&shop.demo, "pass_thread_control", json!({"target_app_id": OTHER_APP})).await.ok();
    let day = shop.world.now().plus(Span::hours(24)).seconds();
    assert_eq!(owner(&shop.other).await["data"][0]["thread_owner"]["expiration"], day, "a pass counts a day");
}

#[tokio::test]
async fn the_owner_and_the_default_app_see_who_controls_a_thread_others_until_when() {
    let shop = Shop::routed().await;
    let third = shop.third().await;
    assert_eq!(owner(&shop.demo).await, json!({"data": []}), "idle");
    act(&shop.demo, "pass_thread_control", json!({"target_app_id": OTHER_APP})).await.ok();
    let end = shop.world.now().plus(Span::hours(24)).seconds();
    let whole = json!({"data": [{"thread_owner": {"app_id": OTHER_APP.get(), "expiration": end}}]});
    assert_eq!(owner(&shop.demo).await, whole, "the default app");
    assert_eq!(owner(&shop.other).await, whole, "the owner");
    assert_eq!(owner(&third).await, json!({"data": [{"thread_owner": {"expiration": end}}]}));
    let quoted = shop.demo.get(&format!("/{PAGE}/thread_owner?recipient=%7B%22id%22%3A%22{MIRA}%22%7D")).await;
    assert_eq!(quoted.ok(), whole);
    shop.world.advance(Span::millis(Span::hours(24).get() + 1)).await;
    assert_eq!(owner(&shop.demo).await, json!({"data": []}), "over");
    let nobody = shop.demo.get("/me/thread_owner?recipient=77").await;
    assert_eq!(nobody.error(), (400, 100, Some(2_534_014)));
    assert_eq!(shop.demo.get("/me/thread_owner").await.error(), (400, 100, None));
    let stranger = shop.demo.get(&format!("/me/thread_owner?recipient={AISHA}")).await;
    assert_eq!(stranger.error(), (400, 100, Some(2_534_014)), "no conversation");
}

#[tokio::test]
async fn the_edges_take_both_paths_and_every_form_of_parameters() {
    let shop = Shop::open().await;
    let to = format!("{{id:{MIRA}}}");
    let target = OTHER_APP.to_string();
    let query = form_urlencoded::Serializer::new(String::new())
        .append_pair("recipient", &to)
        .append_pair("target_app_id", &target)
        .finish();
    shop.demo.post(&format!("/v25.0/{PAGE}/pass_thread_control?{query}"), &json!({})).await.ok();
    assert_eq!(shop.looks().await["owner_app"], target);
    shop.other.post_form("/v25.0/me/release_thread_control", &[("recipient", &to)]).await.ok();
    assert_eq!(shop.looks().await["owner_app"], json!(null));
}

#[tokio::test]
async fn the_edges_refuse_as_sends_do() {
    let shop = Shop::open().await;
    let edges = ["pass_thread_control", "release_thread_control", "take_thread_control", "request_thread_control"];
    for edge in edges {
        let path = format!("/v25.0/me/{edge}");
        assert_eq!(shop.demo.post(&path, &json!({})).await.error(), (400, 100, None), "{edge}: no recipient");
        let wrong = json!({"recipient": MIRA});
        assert_eq!(shop.demo.post(&path, &wrong).await.error(), (400, 100, None), "{edge}: no object");
        let nobody = json!({"recipient": {"id": "77"}});
        assert_eq!(shop.demo.post(&path, &nobody).await.error(), (400, 100, Some(2_534_014)), "{edge}");
        let bad = shop.world.api("EAAnothing");
        assert_eq!(bad.post(&path, &json!({"recipient": {"id": MIRA}})).await.error(), (400, 190, None), "{edge}");
        let weak = Grant::page().scopes(&["instagram_basic"]).caller(&shop.world).await;
        assert_eq!(weak.post(&path, &json!({"recipient": {"id": MIRA}})).await.error(), (403, 10, None), "{edge}");
        let long = act(&shop.demo, edge, json!({"metadata": "x".repeat(1_001)})).await;
        assert_eq!(long.error(), (400, 100, None), "{edge}");
        let stranger = json!({"recipient": {"id": AISHA}, "target_app_id": OTHER_APP});
        let refused = shop.demo.post(&path, &stranger).await;
        assert_eq!(refused.error(), (400, 100, Some(2_534_014)), "{edge}: no conversation");
    }
    shop.world.change_user("mira.paints", |user| user.is_user_block_business = true).await;
    for edge in edges {
        let refused = act(&shop.demo, edge, json!({"target_app_id": OTHER_APP})).await;
        assert_eq!(refused.error().1, 551, "{edge}: the person is not available");
    }
}

#[tokio::test]
async fn an_app_in_development_controls_threads_of_people_with_a_role_alone() {
    let shop = Shop::open().await;
    shop.world.change_app(|app| app.live = false).await;
    assert_eq!(act(&shop.demo, "request_thread_control", json!({})).await.error(), (403, 200, None));
    shop.world.give_role("mira.paints").await;
    act(&shop.demo, "request_thread_control", json!({})).await.ok();
}

#[tokio::test]
async fn accounts_have_the_edges_only_where_the_extension_is_on() {
    let body = json!({"recipient": {"id": MIRA}});
    for (on, expected) in [(false, 400), (true, 200)] {
        let settings = Settings { thread_control_by_account: on, ..Settings::emulator() };
        let shop = Shop::pinned("v25.0", Options { settings, ..Options::default() }).await;
        let answer = shop.world.instagram().post("/v25.0/me/request_thread_control", &body).await;
        assert_eq!(answer.status, expected, "{on}: {}", answer.json());
        let by_id = shop.world.instagram().post(&format!("/{ACCOUNT}/release_thread_control"), &body).await;
        assert_eq!(by_id.status, expected, "{on}");
        if !on {
            assert_eq!(answer.error(), (400, 100, Some(33)), "as if there were no such edge");
        }
    }
}

#[tokio::test]
async fn a_page_says_which_way_its_threads_are_shared_out() {
    let shop = Shop::open().await;
    let path = "/v25.0/me?fields=messaging_feature_status";
    let status = async || shop.demo.get(path).await.ok();
    let flags = |v2: bool, instagram: bool| json!({"messaging_feature_status": {"hop_v2": v2, "msgr_multi_app": false, "ig_multi_app": instagram}, "id": PAGE});
    assert_eq!(status().await, flags(false, false));
    shop.configure(&json!({"default_app": demo::APP})).await;
    assert_eq!(status().await, flags(false, true));
    shop.configure(&json!({"default_app": null})).await;
    shop.world.set_clock(Millis::parse_rfc3339("2023-01-01T00:00:00Z").unwrap());
    assert_eq!(status().await, flags(true, false));
}

#[tokio::test]
async fn scripts_act_for_apps_and_see_who_has_a_thread() {
    let shop = Shop::open().await;
    let path = "/_parlance/people/mira.paints/control";
    let api = shop.world.nobody();
    let asked = |act: &str, app: AppId| json!({"to": demo::USERNAME, "act": act, "app": app});
    assert_eq!(
        shop.looks().await,
        json!({"routing": "open", "owner_app": null, "owner_until": null, "listener_app": null})
    );
    let until = shop.world.now().plus(Span::hours(24)).rfc3339();
    assert_eq!(
        api.post(path, &asked("request", demo::APP)).await.ok(),
        json!({"routing": "open", "owner_app": demo::APP, "owner_until": until, "listener_app": demo::APP})
    );
    let week = shop.world.now().plus(Span::days(7)).rfc3339();
    assert_eq!(api.post(path, &asked("extend", demo::APP)).await.ok()["owner_until"], week);
    let mut pass = asked("pass", demo::APP);
    pass["target_app"] = json!(OTHER_APP);
    assert_eq!(api.post(path, &pass).await.ok()["owner_app"], json!(OTHER_APP));
    assert_eq!(api.post(path, &asked("release", OTHER_APP)).await.ok()["owner_app"], json!(null));
    shop.configure(&json!({"default_app": demo::APP, "take_over_apps": [OTHER_APP]})).await;
    let taken = api.post(path, &asked("take", OTHER_APP)).await.ok();
    assert_eq!((&taken["routing"], &taken["owner_app"]), (&json!("conversation_routing"), &json!(OTHER_APP)));
    assert_eq!(api.post(path, &asked("steal", OTHER_APP)).await.status, 400);
    assert_eq!(api.post(path, &asked("take", AppId::new(5))).await.status, 404);
    let both = json!({"default_app": demo::APP, "primary_app": OTHER_APP});
    let refused = api.post(&format!("/_parlance/accounts/{}", demo::USERNAME), &both).await;
    assert_eq!(refused.status, 400, "one way or the other");
    let set = shop.configure(&json!({"primary_app": OTHER_APP})).await;
    assert_eq!((&set["default_app"], &set["primary_app"]), (&json!(null), &json!(OTHER_APP)));
    let set = shop.configure(&json!({"default_app": demo::APP})).await;
    assert_eq!((&set["default_app"], &set["primary_app"]), (&json!(demo::APP), &json!(null)));
}
