//! `POST …/messages`, text (contract send 1, 2).

mod action;
mod answers;
mod content;
pub(crate) mod control;
mod eligible;
mod encodings;
mod eras;
mod idempotent;
mod private_reply;

use serde_json::json;
use testkit::{Grant, TestWorld};

use crate::{ACCOUNT, AISHA, MIRA, PAGE};

#[tokio::test]
async fn a_text_is_answered_with_recipient_and_message_id() {
    let world = TestWorld::start().await;
    let answer = world.page().sends(MIRA, "We open at 9.").await.ok();
    let keys: Vec<&String> = answer.as_object().unwrap().keys().collect();
    assert_eq!(keys, ["recipient_id", "message_id"]);
    assert_eq!(answer["recipient_id"], MIRA);
    let mid = answer["message_id"].as_str().unwrap();
    assert!(mid.starts_with("aWdfZAG1faXRlbToxOklHTWVzc2FnZAUlEOjE3ODQx"), "{mid}");
    assert!(mid.chars().all(|c| c.is_ascii_alphanumeric()) && mid.len() <= 220, "{mid}");
}

#[tokio::test]
async fn page_account_and_me_are_all_ways_to_the_same_thread() {
    let world = TestWorld::start().await;
    let body = json!({"recipient": {"id": MIRA}, "message": {"text": "hi"}});
    for (api, node) in
        [(world.page(), PAGE), (world.page(), "me"), (world.instagram(), ACCOUNT), (world.instagram(), "me")]
    {
        api.post(&format!("/v25.0/{node}/messages"), &body).await.ok();
    }
    assert_eq!(world.person("mira.paints").sees().await.iter().filter(|(_, text)| text == "hi").count(), 4);
}

#[tokio::test]
async fn the_account_cannot_be_addressed_on_the_facebook_host() {
    let world = TestWorld::start().await;
    let body = json!({"recipient": {"id": MIRA}, "message": {"text": "hi"}});
    let path = format!("/v25.0/{ACCOUNT}/messages");
    let refused = world.page().at("graph.facebook.com").post(&path, &body).await;
    assert_eq!(refused.error(), (403, 3, None));
    world.page().at("graph.example.test").post(&path, &body).await.ok();
    let conversations = format!("/v25.0/{ACCOUNT}/conversations?platform=instagram");
    world.page().at("graph.facebook.com").get(&conversations).await.ok();
    let install = format!("/v25.0/{ACCOUNT}/subscribed_apps?subscribed_fields=messages");
    assert_eq!(world.page().at("graph.facebook.com").post_form(&install, &[]).await.error(), (403, 3, None));
    let bare = Grant::page().caller(&world).await;
    let refused = bare.at("graph.facebook.com").post(&path, &body).await;
    assert_eq!(refused.error(), (403, 3, None), "the host is judged before the permission");
}

#[tokio::test]
async fn the_person_sees_what_was_sent() {
    let world = TestWorld::start().await;
    world.page().sends(MIRA, "h\u{e9}llo \u{1f44b} <b>&'\"").await.ok();
    let newest = world.person("mira.paints").sees().await.remove(0);
    assert_eq!(newest, ("harbor.knits".to_owned(), "h\u{e9}llo \u{1f44b} <b>&'\"".to_owned()));
}

#[tokio::test]
async fn text_may_have_a_thousand_bytes_and_no_more() {
    let world = TestWorld::start().await;
    let page = world.page();
    page.sends(MIRA, &"a".repeat(1_000)).await.ok();
    page.sends(MIRA, &"\u{436}".repeat(500)).await.ok();
    assert_eq!(page.sends(MIRA, &"a".repeat(1_001)).await.error(), (400, 100, Some(2_534_015)));
    assert_eq!(page.sends(MIRA, &"\u{436}".repeat(501)).await.error(), (400, 100, Some(2_534_015)));
    let long = page.sends(MIRA, &"a".repeat(2_001)).await;
    assert_eq!(long.error(), (400, 100, None));
    assert_eq!(long.message(), "(#100) Length of param message[text] must be less than or equal to 2000");
    assert_eq!(page.sends(MIRA, " \n ").await.error(), (400, 100, None));
}

#[tokio::test]
async fn nobody_but_a_known_person_can_be_written_to() {
    let world = TestWorld::start().await;
    for nobody in ["1", "77777777777777", ACCOUNT, "not-a-number", "99999999999999999999999"] {
        assert_eq!(world.page().sends(nobody, "hi").await.error(), (400, 100, Some(2_534_014)), "{nobody}");
    }
    let refused = world.page().sends(AISHA, "hi").await;
    assert_eq!(refused.error(), (403, 10, Some(2_534_022)), "known from a comment, never wrote");
}

#[tokio::test]
async fn a_recipient_needs_exactly_one_member() {
    let world = TestWorld::start().await;
    for recipient in [json!({}), json!({"id": ""}), json!({"id": MIRA, "comment_id": "1"}), json!([]), json!("x")] {
        let body = json!({"recipient": recipient, "message": {"text": "hi"}});
        assert_eq!(world.page().post("/me/messages", &body).await.error(), (400, 100, None), "{body}");
    }
    let missing = world.page().post("/me/messages", &json!({"message": {"text": "hi"}})).await;
    assert_eq!(missing.message(), "(#100) The parameter recipient is required");
    for other in
        ["thread_id", "user_ref", "phone_number", "notification_messages_token", "post_id", "user_id", "username"]
    {
        let body = json!({"recipient": {other: "5"}, "message": {"text": "hi"}});
        assert_eq!(world.page().post("/me/messages", &body).await.error(), (400, 100, Some(2_534_014)), "{other}");
    }
}

#[tokio::test]
async fn message_and_sender_action_do_not_go_together() {
    let world = TestWorld::start().await;
    let body = json!({"recipient": {"id": MIRA}, "message": {"text": "hi"}, "sender_action": "typing_on"});
    assert_eq!(world.page().post("/me/messages", &body).await.error(), (400, 100, Some(2_018_014)));
    let nothing = world.page().post("/me/messages", &json!({"recipient": {"id": MIRA}})).await;
    assert_eq!(nothing.message(), "(#100) The parameter message is required");
}

#[tokio::test]
async fn messaging_types_are_taken_in_any_case_and_others_refused() {
    let world = TestWorld::start().await;
    let with = |kind: &str| json!({"recipient": {"id": MIRA}, "messaging_type": kind, "message": {"text": "hi"}});
    for kind in ["RESPONSE", "Response", "UPDATE", "update"] {
        world.page().post("/me/messages", &with(kind)).await.ok();
    }
    for kind in ["UTILITY", "NON_PROMOTIONAL_SUBSCRIPTION", "nonsense", "MESSAGE_TAG"] {
        assert_eq!(world.page().post("/me/messages", &with(kind)).await.error(), (400, 100, None), "{kind}");
    }
}

#[tokio::test]
async fn only_the_human_agent_tag_is_known() {
    let world = TestWorld::start().await;
    let with = |tag: &str| json!({"recipient": {"id": MIRA}, "messaging_type": "MESSAGE_TAG", "tag": tag, "message": {"text": "hi"}});
    world.page().post("/me/messages", &with("HUMAN_AGENT")).await.ok();
    world.page().post("/me/messages", &with("human_agent")).await.ok();
    for tag in ["ACCOUNT_UPDATE", "CONFIRMED_EVENT_UPDATE", "POST_PURCHASE_UPDATE", "CUSTOMER_FEEDBACK"] {
        assert_eq!(world.page().post("/me/messages", &with(tag)).await.error(), (400, 100, None), "{tag}");
    }
}

#[tokio::test]
async fn content_that_instagram_does_not_have_is_refused_and_never_dropped() {
    let world = TestWorld::start().await;
    let before = world.person("mira.paints").sees().await.len();
    let mut messages = vec![
        json!({"text": "both", "attachment": {"type": "like_heart"}}),
        json!({"text": "many", "quick_replies": vec![json!({"content_type": "text", "title": "A", "payload": "A"}); 14]}),
        json!({"text": "where", "quick_replies": [{"content_type": "location"}]}),
        json!({"attachments": vec![json!({"type": "image", "payload": {"url": "https://a.test/a.png"}}); 11]}),
        json!({"sticker_id": 369_239_263_222_822_i64}),
    ];
    for kind in ["story_mention", "share", "ig_post", "ig_reel", "reel", "ephemeral", "story_reply"] {
        messages.push(json!({"attachment": {"type": kind, "payload": {"url": "https://a.test/a"}}}));
    }
    for kind in [
        "receipt",
        "media",
        "list",
        "open_graph",
        "coupon",
        "customer_feedback",
        "one_time_notif_req",
        "notification_messages",
    ] {
        messages.push(json!({"attachment": {"type": "template", "payload": {"template_type": kind}}}));
    }
    for message in messages {
        let body = json!({"recipient": {"id": MIRA}, "message": message});
        for api in [world.page(), world.instagram()] {
            let (status, code, subcode) = api.post("/me/messages", &body).await.error();
            assert_eq!((status, code), (400, 100), "{body}");
            assert!(matches!(subcode, None | Some(2_534_015)), "{body}: {subcode:?}");
        }
    }
    assert_eq!(world.person("mira.paints").sees().await.len(), before);
}

#[tokio::test]
async fn parameters_of_other_surfaces_are_ignored() {
    let world = TestWorld::start().await;
    for (name, value) in [
        ("folder", "PARTNERSHIP"),
        ("notification_type", "NO_PUSH"),
        ("persona_id", "5"),
        ("suggestion_action", "ACCEPT"),
        ("platform", "instagram"),
    ] {
        let mut body = json!({"recipient": {"id": MIRA}, "message": {"text": name}});
        body[name] = json!(value);
        world.page().post("/v25.0/me/messages", &body).await.ok();
    }
}

#[tokio::test]
async fn a_page_without_a_professional_account_cannot_send() {
    let world = TestWorld::start().await;
    let bare = wire::id::PageId::new(100_000_000_000_777);
    let mut set = engine::change::ChangeSet::new();
    set.push(engine::change::Change::PutPage(engine::facts::Page {
        id: bare,
        name: "Bare".into(),
        category: "Shop".into(),
        account: None,
    }));
    world.world().commit(set).await.unwrap();
    let page = Grant::page().of_page(bare).all_scopes().caller(&world).await;
    let refused = page.sends(MIRA, "hi").await;
    assert_eq!(refused.error(), (400, 100, Some(2_534_013)));
    assert!(
        refused.message().starts_with("(#100) The page is not linked to an Instagram account"),
        "{}",
        refused.message()
    );
    world.change_account(|account| account.page = None).await;
    world.instagram().sends(MIRA, "Instagram Login needs no Page").await.ok();
}

#[tokio::test]
async fn sends_beyond_the_second_s_allowance_are_refused() {
    let settings = engine::settings::Settings { send_per_second: 3, ..engine::settings::Settings::emulator() };
    let world = TestWorld::with(testkit::Options { settings, ..testkit::Options::default() }).await;
    for _ in 0..3 {
        world.page().sends(MIRA, "hi").await.ok();
    }
    assert_eq!(world.page().sends(MIRA, "hi").await.error(), (400, 613, Some(2_534_040)));
    world.advance(wire::time::Span::seconds(1)).await;
    world.page().sends(MIRA, "hi").await.ok();
}

#[tokio::test]
async fn sends_to_one_person_keep_their_order() {
    let world = TestWorld::start().await;
    for number in 0..20 {
        world.page().sends(MIRA, &format!("n{number}")).await.ok();
    }
    let seen: Vec<String> =
        world.person("mira.paints").sees().await.into_iter().map(|(_, text)| text).take(20).collect();
    let expected: Vec<String> = (0..20).rev().map(|number| format!("n{number}")).collect();
    assert_eq!(seen, expected);
}

#[tokio::test]
async fn many_at_once_to_one_person_lose_and_repeat_nothing() {
    let world = TestWorld::start().await;
    let mut tasks = tokio::task::JoinSet::new();
    for number in 0..40 {
        let page = world.page();
        tasks.spawn(async move {
            page.sends(MIRA, &format!("n{number}")).await.ok()["message_id"].as_str().unwrap().to_owned()
        });
    }
    let mut ids = tasks.join_all().await;
    ids.sort();
    ids.dedup();
    assert_eq!(ids.len(), 40);
    let answer = world
        .page()
        .get(&format!("/me/conversations?platform=instagram&user_id={MIRA}&fields=message_count"))
        .await
        .ok();
    assert_eq!(answer["data"][0]["message_count"], 43);
}

#[tokio::test]
async fn an_apps_calls_beyond_the_hours_allowance_are_refused() {
    let settings = engine::settings::Settings { app_calls_per_hour: 4, ..engine::settings::Settings::emulator() };
    let world = TestWorld::with(testkit::Options { settings, ..testkit::Options::default() }).await;
    for used in [25, 50, 75, 100] {
        let answer = world.page().get("/me").await;
        answer.ok();
        let usage = answer.header("x-app-usage").unwrap();
        assert!(usage.contains(&format!(r#""call_count":{used},"#)), "{usage}");
    }
    let refused = world.page().get("/me").await;
    assert_eq!(refused.error(), (403, 4, None));
    assert_eq!(refused.json()["error"]["is_transient"], true);
    world.advance(wire::time::Span::hours(1)).await;
    let items =
        json!([{"method": "GET", "relative_url": "me"}, {"method": "GET", "relative_url": format!("?ids={MIRA},me")}]);
    let batch = world.page().post("/", &json!({ "batch": items })).await;
    assert!(batch.header("x-app-usage").unwrap().contains(r#""call_count":75,"#), "items and ids count one by one");
}

#[tokio::test]
async fn a_send_of_the_wrong_shape_counts_and_a_full_second_is_told_first() {
    let settings = engine::settings::Settings { send_per_second: 1, ..engine::settings::Settings::emulator() };
    let world = TestWorld::with(testkit::Options { settings, ..testkit::Options::default() }).await;
    let wrong = json!({"recipient": {"id": MIRA}, "message": {}});
    assert_eq!(world.page().post("/me/messages", &wrong).await.error().1, 100);
    assert_eq!(world.page().post("/me/messages", &wrong).await.error(), (400, 613, Some(2_534_040)));
    assert_eq!(world.page().sends(MIRA, "hi").await.error(), (400, 613, Some(2_534_040)));
}

#[tokio::test]
async fn a_sent_message_can_be_neither_deleted_nor_edited() {
    let world = TestWorld::start().await;
    for api in [world.page(), world.instagram()] {
        let mid = api.sends(MIRA, "for good").await.ok()["message_id"].as_str().unwrap().to_owned();
        assert_eq!(api.delete(&format!("/v25.0/{mid}")).await.error(), (400, 100, Some(33)));
        let edit = api.post(&format!("/v25.0/{mid}"), &json!({"text": "something else"})).await;
        assert_eq!(edit.error(), (400, 100, Some(33)));
    }
}

#[tokio::test]
async fn a_send_of_media_beside_texts_keeps_the_order_of_the_answers() {
    let world = TestWorld::start().await;
    let heart = json!({"recipient": {"id": MIRA}, "message": {"attachment": {"type": "like_heart"}}});
    let mut mids = Vec::new();
    for number in 0..6 {
        let answer = match number % 2 {
            0 => world.page().post("/me/messages", &heart).await,
            _ => world.page().sends(MIRA, &format!("n{number}")).await,
        };
        mids.push(answer.ok()["message_id"].as_str().unwrap().parse::<wire::id::MessageId>().unwrap());
    }
    assert!(mids.is_sorted(), "{mids:?}");
}

#[tokio::test]
async fn what_goes_down_one_connection_without_waiting_keeps_its_order() {
    use tokio::io::{AsyncReadExt, AsyncWriteExt};

    let files = crate::media::Files::start().await;
    let mut world = TestWorld::start().await;
    let base = world.listen().await;
    let image = json!({"attachment": {"type": "image", "payload": {"url": files.url("png")}}});
    let mut requests = String::new();
    for number in 0..12 {
        // Every third one has a file to wait for.
        let message = if number % 3 == 0 { image.clone() } else { json!({"text": format!("n{number}")}) };
        let body = json!({"recipient": {"id": MIRA}, "message": message}).to_string();
        requests += &format!(
            "POST /v25.0/me/messages?access_token={} HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n\
             Content-Length: {}\r\n{}\r\n{body}",
            engine::demo::PAGE_TOKEN,
            body.len(),
            if number == 11 { "Connection: close\r\n" } else { "" },
        );
    }
    let mut connection = tokio::net::TcpStream::connect(base.trim_start_matches("http://")).await.unwrap();
    connection.write_all(requests.as_bytes()).await.unwrap();
    let mut answers = String::new();
    connection.read_to_string(&mut answers).await.unwrap();
    assert_eq!(answers.matches("HTTP/1.1 200 OK").count(), 12, "{answers}");
    let told: Vec<&str> =
        answers.split("\"message_id\":\"").skip(1).map(|rest| rest.split('"').next().unwrap()).collect();
    let looks = world.person("mira.paints").looks().await;
    let mut seen: Vec<&str> =
        looks["data"].as_array().unwrap().iter().take(12).map(|message| message["id"].as_str().unwrap()).collect();
    seen.reverse();
    assert_eq!(seen, told);
}
