//! How answers and refusals of sends look: ids, headers, errors (contract send 0.3, 2.2, 3.5, 4).

use engine::demo;
use engine::facts::Standing;
use engine::settings::{List, Settings};
use serde_json::{Value, json};
use testkit::{Answer, Grant, Options, TestWorld};
use wire::time::Span;

use crate::send::control::shared;
use crate::{ACCOUNT, JONAS, MIRA, PAGE};

fn is_number(value: &Value, digits: std::ops::RangeInclusive<usize>, beginnings: &[&str]) {
    let text = value.as_str().unwrap();
    assert!(digits.contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit()), "{text}");
    assert!(beginnings.is_empty() || beginnings.iter().any(|begin| text.starts_with(begin)), "{text}");
}

#[tokio::test]
async fn every_id_has_the_form_that_is_known_of_it() {
    let world = TestWorld::start().await;
    let api = world.nobody();
    let me = world.instagram().get("/me?fields=user_id").await.ok();
    is_number(&me["user_id"], 17..=17, &["17841"]);
    is_number(&me["id"], 16..=17, &[]);
    is_number(&json!(PAGE), 15..=16, &[]);
    is_number(&world.page().get("/app").await.ok()["id"], 15..=16, &[]);
    let made = engine::setup::create_account(world.world(), demo::APP, "new.shop", None).await.unwrap();
    is_number(&json!(made.account), 17..=17, &["17841"]);
    is_number(&json!(made.page), 15..=16, &[]);

    let person = api.post("/_parlance/people", &json!({"username": "nora.b"})).await.ok();
    assert_eq!(person["username"], "nora.b");
    let mid = world
        .nobody()
        .post("/_parlance/people/nora.b/messages", &json!({"to": demo::USERNAME, "text": "hi"}))
        .await
        .ok();
    let read = world.page().get(&format!("/{}?fields=from", mid["message_id"].as_str().unwrap())).await.ok();
    is_number(&read["from"]["id"], 15..=17, &[]);
    let post = api.post("/_parlance/accounts/harbor.knits/media", &json!({})).await.ok();
    is_number(&post["id"], 17..=18, &["17", "18"]);
    let comment = json!({"to": demo::USERNAME, "media_id": post["id"], "text": "nice"});
    is_number(
        &api.post("/_parlance/people/nora.b/comments", &comment).await.ok()["comment_id"],
        17..=18,
        &["17", "18"],
    );

    let sent = world.page().sends(MIRA, "hi").await.ok();
    let mid = sent["message_id"].as_str().unwrap();
    assert!(mid.starts_with("aWdfZAG1faXRlbToxOklHTWVzc2FnZAUlEOjE3ODQx"), "{mid}");
    assert!((150..=250).contains(&mid.len()), "{mid}");
    let list = world.page().get("/me/conversations?platform=instagram").await.ok();
    assert!(list["data"][0]["id"].as_str().unwrap().starts_with("aWdfZAG06"), "{list}");
    let trace = world.page().sends("1", "hi").await.json()["error"]["fbtrace_id"].as_str().unwrap().to_owned();
    assert!(trace.len() == 23 && trace.starts_with('A'), "{trace}");
    assert!(trace.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(&byte)), "{trace}");
}

#[tokio::test]
async fn messages_of_a_thread_sort_by_their_numbers() {
    let world = TestWorld::start().await;
    let mut numbers = Vec::new();
    for _ in 0..3 {
        for text in ["one", "two"] {
            let sent = world.page().sends(MIRA, text).await.ok();
            numbers.push(sent["message_id"].as_str().unwrap().parse::<wire::id::MessageId>().unwrap().item);
        }
        world.advance(Span::millis(1)).await;
    }
    assert!(numbers.is_sorted() && numbers.windows(2).all(|pair| pair[0] != pair[1]), "{numbers:?}");
}

#[tokio::test]
async fn the_token_is_judged_by_its_host_and_nothing_is_sent() {
    let world = TestWorld::start().await;
    let end = world.now().plus(Span::hours(1));
    let before = world.person("mira.paints").sees().await.len();
    let hosts = [("graph.facebook.com", 400), ("graph.instagram.com", 401)];
    for (grant, (host, status)) in [Grant::page as fn() -> Grant, Grant::instagram].into_iter().zip(hosts) {
        let expired = grant().all_scopes().expires(end).caller(&world).await;
        let revoked = grant().all_scopes().revoked(end).caller(&world).await;
        world.set_clock(end);
        for (api, subcode) in [(expired, 463), (revoked, 466)] {
            let refused = api.at(host).sends(MIRA, "hi").await;
            assert_eq!(refused.error(), (status, 190, Some(subcode)), "{host}");
            assert_eq!(refused.json()["error"]["type"], "OAuthException");
        }
        world.set_clock(end.minus(Span::hours(1)));
    }
    assert_eq!(world.api("EAAnonsense").sends(MIRA, "hi").await.error(), (400, 190, None));
    assert_eq!(world.api("IGAAnonsense").sends(MIRA, "hi").await.error(), (401, 190, None));
    assert_eq!(world.instagram().at("graph.facebook.com").sends(MIRA, "hi").await.error(), (400, 190, None));
    assert_eq!(world.person("mira.paints").sees().await.len(), before);
}

/// Title and text that a refusal has for people.
fn for_people(answer: &Answer) -> [Value; 2] {
    let error = &answer.json()["error"];
    [error["error_user_title"].clone(), error["error_user_msg"].clone()]
}

#[tokio::test]
async fn what_people_are_to_read_is_the_same_on_both_hosts() {
    let settings = Settings { blocked_links: List(vec!["bad.test".into()]), ..Settings::emulator() };
    let world = TestWorld::with(Options { settings, ..Options::default() }).await;
    let both = async |to: &str, text: &str, code: i64| {
        let (facebook, instagram) = (world.page().sends(to, text).await, world.instagram().sends(to, text).await);
        assert_eq!((facebook.error().1, instagram.error().1), (code, code));
        assert!(for_people(&facebook).iter().all(|text| text.as_str().is_some_and(|text| !text.is_empty())), "{code}");
        assert_eq!(for_people(&facebook), for_people(&instagram), "{code}");
    };
    both(JONAS, "hi", 10).await;
    both(MIRA, "see https://bad.test/", 508).await;
    world.change_user("mira.paints", |user| user.is_user_block_business = true).await;
    both(MIRA, "hi", 551).await;
    for (standing, code) in [
        (Standing::Blocked, 100),
        (Standing::NotEligible, 36_103),
        (Standing::Unverified, 10),
        (Standing::Restricted, 10),
        (Standing::PolicyBlocked, 368),
    ] {
        world.change_account(|account| account.standing = standing).await;
        both(MIRA, "hi", code).await;
    }
    world.change_account(|account| account.allow_message_access = false).await;
    both(MIRA, "hi", 200).await;
}

#[tokio::test]
async fn checks_come_in_the_order_of_the_contract() {
    let (world, other) = shared().await;
    let (page, path) = (world.page(), "/v25.0/me/messages");
    let everything_wrong = json!({"message": {"text": "x".repeat(1_001)}, "tag": "ACCOUNT_UPDATE"});
    let (nobody, bare) = (world.nobody(), Grant::page().caller(&world).await);
    assert_eq!(
        nobody.post("/v25.0/me/nonsense", &everything_wrong).await.message(),
        "Unknown path components: /nonsense"
    );
    assert_eq!(nobody.post(&format!("/v25.0/{PAGE}/messages"), &everything_wrong).await.error().1, 104, "the token");
    let account = format!("/v25.0/{ACCOUNT}/messages");
    assert_eq!(bare.clone().at("graph.facebook.com").post(&account, &everything_wrong).await.error().1, 3, "the host");
    assert_eq!(bare.post(path, &everything_wrong).await.error(), (403, 10, None), "the permission");
    world.change_account(|account| account.standing = Standing::Blocked).await;
    assert_eq!(page.post(path, &everything_wrong).await.error(), (400, 100, None), "the shape");
    assert_eq!(page.sends("77", "hi").await.error().2, Some(2_534_029), "the account");
    world.change_account(|account| account.standing = Standing::Good).await;
    world.change_account(|account| account.default_app = Some(demo::APP)).await;
    assert_eq!(other.sends("77", "hi").await.error().2, Some(2_534_014), "the person");
    world.change_user("jonas_w", |user| user.is_user_block_business = true).await;
    assert_eq!(other.sends(JONAS, "hi").await.error().1, 551, "the block");
    world.change_user("jonas_w", |user| user.is_user_block_business = false).await;
    assert_eq!(other.sends(JONAS, "hi").await.error().2, Some(2_534_037), "whose thread it is");
    let image = json!({"attachment": {"type": "image", "payload": {"url": "http://127.0.0.1:1/a.png"}}});
    let late = page.post(path, &json!({"recipient": {"id": JONAS}, "message": image})).await;
    assert_eq!(late.error().2, Some(2_534_022), "the window");
    let fetched = page.post(path, &json!({"recipient": {"id": MIRA}, "message": image})).await;
    assert_eq!(fetched.error().2, Some(2_018_008), "the file");
}

#[tokio::test]
async fn a_conversation_never_tells_its_folder() {
    let world = TestWorld::start().await;
    let fields = "id,folder,message_count";
    let read = world.page().get(&format!("/me/conversations?platform=instagram&fields={fields}")).await.ok();
    for conversation in read["data"].as_array().unwrap() {
        assert_eq!(conversation.as_object().unwrap().keys().collect::<Vec<_>>(), ["id", "message_count"]);
    }
}

#[tokio::test]
async fn inside_the_window_anything_may_be_said_and_often() {
    let world = TestWorld::start().await;
    world.person("mira.paints").writes("hi").await;
    let offer = json!({"template_type": "generic", "elements": [{"title": "-50 %", "subtitle": "today only"}]});
    for number in 0..25 {
        world.page().sends(MIRA, &format!("Buy now! {number}")).await.ok();
        let promotion = json!({"recipient": {"id": MIRA}, "messaging_type": "UPDATE", "message": {"attachment": {"type": "template", "payload": offer}}});
        world.page().post("/v25.0/me/messages", &promotion).await.ok();
    }
}
