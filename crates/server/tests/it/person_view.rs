//! A conversation as the person sees it (contract send 1.6, 1.8 to 1.10, 3.4).

use engine::media::samples;
use serde_json::{Value, json};
use testkit::TestWorld;
use wire::time::Span;

use crate::{ACCOUNT, MIRA};

/// The business sends a message to Mira; gives its id.
async fn sends(world: &TestWorld, message: &Value) -> String {
    let body = json!({"recipient": {"id": MIRA}, "message": message});
    let sent = world.page().post("/v25.0/me/messages", &body).await.ok();
    sent["message_id"].as_str().unwrap().to_owned()
}

/// The business does something beside writing.
async fn acts(world: &TestWorld, action: &str, payload: &Value) {
    let mut body = json!({"recipient": {"id": MIRA}, "sender_action": action});
    if !payload.is_null() {
        body["payload"] = payload.clone();
    }
    world.page().post("/v25.0/me/messages", &body).await.ok();
}

/// The newest message as Mira sees it.
async fn newest(world: &TestWorld) -> Value {
    world.person("mira.paints").looks().await["data"][0].clone()
}

#[tokio::test]
async fn templates_are_shown_with_their_buttons_cut_at_twenty_characters() {
    let world = TestWorld::start().await;
    let long = "123456789012345678901";
    let generic = json!({"template_type": "generic", "elements": [{
        "title": "Blue kettle", "subtitle": "1.7 l", "image_url": "https://cdn.example.test/k.png",
        "default_action": {"type": "web_url", "url": "https://shop.example.test/k"},
        "buttons": [
            {"type": "web_url", "url": "https://shop.example.test/k", "title": "Open"},
            {"type": "postback", "title": long, "payload": "ASK_K1"},
        ],
    }]});
    sends(&world, &json!({"attachment": {"type": "template", "payload": generic}})).await;
    let mut expected = generic.clone();
    expected["elements"][0]["buttons"][1]["title"] = json!("12345678901234567890");
    assert_eq!(newest(&world).await["template"], expected);
    let button = json!({"template_type": "button", "text": "What next?", "buttons": [
        {"type": "postback", "title": "Agent", "payload": "AGENT"},
    ]});
    sends(&world, &json!({"attachment": {"type": "template", "payload": button}})).await;
    let seen = newest(&world).await;
    assert_eq!((&seen["text"], &seen["template"]), (&json!("What next?"), &button));
    let mira = world.person("mira.paints");
    let tapped = mira.does("taps", &json!({"button": "12345678901234567890"})).await.ok();
    assert!(tapped["message_id"].is_string(), "by the label that is shown: {tapped}");
    let opened = mira.does("taps", &json!({"button": "Open"})).await.ok();
    assert_eq!(opened, json!({"url": "https://shop.example.test/k"}), "a web link opens and tells nobody");
}

#[tokio::test]
async fn quick_replies_are_there_until_one_is_used() {
    let world = TestWorld::start().await;
    let mira = world.person("mira.paints");
    let replies = json!([
        {"content_type": "text", "title": "Delivery", "payload": "DLV"},
        {"content_type": "text", "title": "A title that is much too long", "payload": "LONG"},
        {"content_type": "user_phone_number"},
        {"content_type": "user_email"},
    ]);
    sends(&world, &json!({"text": "Pick one", "quick_replies": replies})).await;
    let offered = async || {
        let seen = newest(&world).await;
        seen["quick_replies"].as_array().map_or_else(Vec::new, |all| {
            all.iter().map(|reply| reply["title"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
        })
    };
    assert_eq!(offered().await, ["Delivery", "A title that is much"], "the profile has neither number nor address");
    let profile = json!({"phone": "+47 22 00 00 00", "email": "mira@example.test"});
    world.nobody().post("/_parlance/people/mira.paints", &profile).await.ok();
    assert_eq!(offered().await[2..], ["+47 22 00 00 00", "mira@example.test"]);

    let tapped = mira.does("taps", &json!({"quick_reply": "A title that is much"})).await.ok();
    let seen = mira.looks().await;
    assert_eq!(
        (&seen["data"][0]["id"], &seen["data"][0]["text"]),
        (&tapped["message_id"], &json!("A title that is much"))
    );
    assert!(seen["data"][1].get("quick_replies").is_none(), "{}", seen["data"][1]);
    assert_eq!(mira.does("taps", &json!({"quick_reply": "Delivery"})).await.error().0, 400, "they are gone");

    sends(&world, &json!({"text": "Pick one", "quick_replies": replies})).await;
    sends(&world, &json!({"text": "or write"})).await;
    assert!(offered().await.is_empty(), "a newer message takes them away, too");
}

#[tokio::test]
async fn a_phone_number_or_an_address_is_text_and_payload() {
    let world = TestWorld::start().await;
    let (mira, hook) = (world.person("mira.paints"), world.subscribe(&["messages"]).await);
    let profile = json!({"phone": "+47 22 00 00 00", "email": "mira.with.a.long.name@example.test"});
    world.nobody().post("/_parlance/people/mira.paints", &profile).await.ok();
    for (kind, value) in [("user_phone_number", &profile["phone"]), ("user_email", &profile["email"])] {
        sends(&world, &json!({"text": "How do we reach you?", "quick_replies": [{"content_type": kind}]})).await;
        world.deliver().await;
        hook.take();
        mira.does("taps", &json!({ "quick_reply": value })).await.ok();
        world.deliver().await;
        let told = hook.elements().remove(0);
        assert_eq!((&told["message"]["text"], &told["message"]["quick_reply"]["payload"]), (value, value), "{kind}");
    }
}

#[tokio::test]
async fn reactions_of_both_sides_are_shown() {
    let world = TestWorld::start().await;
    let mira = world.person("mira.paints");
    let mid = mira.writes("look").await;
    acts(&world, "react", &json!({"message_id": mid, "reaction": "love"})).await;
    mira.does("reactions", &json!({"message_id": mid, "reaction": "\u{1f602}"})).await.ok();
    assert_eq!(
        newest(&world).await["reactions"],
        json!([{"from": "mira.paints", "emoji": "\u{1f602}"}, {"from": "harbor.knits", "emoji": "\u{2764}\u{fe0f}"}])
    );
    acts(&world, "unreact", &json!({"message_id": mid})).await;
    mira.does("reactions", &json!({"message_id": mid, "reaction": "\u{1f984}"})).await.ok();
    assert_eq!(newest(&world).await["reactions"], json!([{"from": "mira.paints", "emoji": "\u{1f984}"}]));
    mira.undoes(&format!("reactions/{mid}")).await.ok();
    assert!(newest(&world).await.get("reactions").is_none());
}

#[tokio::test]
async fn typing_is_shown_for_twenty_seconds_or_until_a_message() {
    let world = TestWorld::start().await;
    let typing = async || world.person("mira.paints").looks().await["typing"].clone();
    assert_eq!(typing().await, json!(null));
    acts(&world, "typing_on", &json!(null)).await;
    let until = world.now().plus(Span::seconds(20));
    assert_eq!(typing().await, json!({"until": until.rfc3339()}));
    world.advance(Span::millis(19_999)).await;
    assert_eq!(typing().await, json!({"until": until.rfc3339()}));
    world.advance(Span::millis(1)).await;
    assert_eq!(typing().await, json!(null));
    acts(&world, "typing_on", &json!(null)).await;
    acts(&world, "typing_off", &json!(null)).await;
    assert_eq!(typing().await, json!(null));
    acts(&world, "typing_on", &json!(null)).await;
    sends(&world, &json!({"text": "here you go"})).await;
    assert_eq!(typing().await, json!(null));
}

#[tokio::test]
async fn both_sides_know_what_the_other_has_seen() {
    let world = TestWorld::start().await;
    let mira = world.person("mira.paints");
    let seen = async || mira.looks().await["seen"].clone();
    let sent = sends(&world, &json!({"text": "one"})).await;
    assert_eq!(seen().await["by_person"], json!(null));
    mira.opens().await;
    assert_eq!(seen().await["by_person"], json!(sent));
    let first = mira.writes("a").await;
    assert_ne!(seen().await["by_account"], json!(first));
    acts(&world, "mark_seen", &json!(null)).await;
    assert_eq!(seen().await["by_account"], json!(first));
    let second = mira.writes("b").await;
    assert_eq!(seen().await["by_account"], json!(first));
    sends(&world, &json!({"text": "two"})).await;
    assert_eq!(seen().await["by_account"], json!(second), "an answer says that it was read");
}

#[tokio::test]
async fn what_was_taken_back_leaves_a_place_and_an_edit_leaves_a_mark() {
    let world = TestWorld::start().await;
    let mira = world.person("mira.paints");
    let mid = mira.writes("wrong").await;
    mira.does(&format!("messages/{mid}"), &json!({"text": "right"})).await.ok();
    let seen = newest(&world).await;
    assert_eq!((&seen["text"], &seen["is_edited"]), (&json!("right"), &json!(true)));
    mira.does("reactions", &json!({"message_id": mid, "reaction": "love"})).await.ok();
    mira.undoes(&format!("messages/{mid}")).await.ok();
    assert_eq!(
        newest(&world).await,
        json!({
            "id": mid, "from": "mira.paints", "text": "", "created_time": world.now().rfc3339(), "is_unsent": true,
        })
    );
}

#[tokio::test]
async fn files_shares_stories_and_answers_are_shown() {
    let world = TestWorld::start().await;
    let (mira, api) = (world.person("mira.paints"), world.nobody());
    let asset = mira.uploads("image", samples::png(8, 8)).await;
    let mid = mira.does("messages", &json!({"attachments": [{"type": "image", "asset_id": asset}]})).await.ok();
    let picture = newest(&world).await["attachments"][0].clone();
    assert_eq!(picture["type"], "image");
    assert!(picture["url"].as_str().unwrap().contains(&format!("/ig_messaging_cdn/?asset_id={asset}&signature=Ab")));

    let body = json!({"recipient": {"id": MIRA}, "message": {"text": "nice"}, "reply_to": {"mid": mid["message_id"]}});
    world.page().post("/v25.0/me/messages", &body).await.ok();
    assert_eq!(newest(&world).await["reply_to"], mid["message_id"]);

    sends(&world, &json!({"attachment": {"type": "like_heart"}})).await;
    assert_eq!(newest(&world).await["attachments"], json!([{"type": "like_heart"}]));
    let share = json!({"attachment": {"type": "MEDIA_SHARE", "payload": {"id": "17880000000000001"}}});
    sends(&world, &share).await;
    let shared = newest(&world).await["attachments"][0].clone();
    assert_eq!((&shared["type"], &shared["id"]), (&json!("share"), &json!("17880000000000001")));
    assert!(shared["url"].as_str().unwrap().ends_with("/_parlance/pictures/post-1.svg"), "{shared}");

    let story = api.post("/_parlance/accounts/harbor.knits/media", &json!({"media_product_type": "STORY"})).await.ok();
    mira.does("messages", &json!({"text": "wow", "story": story["id"]})).await.ok();
    assert_eq!(newest(&world).await["story"]["id"], story["id"]);
    world.advance(Span::millis(Span::hours(24).get() - 1)).await;
    mira.does("messages", &json!({"text": "still", "story": story["id"]})).await.ok();
    world.advance(Span::millis(1)).await;
    assert_eq!(mira.does("messages", &json!({"text": "late", "story": story["id"]})).await.error().0, 400);
}

#[tokio::test]
async fn somebody_without_a_thread_sees_an_empty_one() {
    let world = TestWorld::start().await;
    let nothing = json!({
        "data": [], "older": false, "typing": null, "seen": {"by_person": null, "by_account": null}, "folder": null,
        "blocked": {"by_person": false, "by_account": false}, "removed": false,
    });
    assert_eq!(world.person("lucia_m").looks().await, nothing);
    world.nobody().post("/_parlance/people", &json!({"username": "nora.b"})).await.ok();
    assert_eq!(world.person("nora.b").looks().await, nothing);
}

#[tokio::test]
async fn what_the_person_sees_is_what_the_api_reads() {
    let world = TestWorld::start().await;
    let mira = world.person("mira.paints");
    mira.writes("one").await;
    sends(&world, &json!({"text": "two"})).await;
    let seen = mira.looks().await;
    let path = format!("/me/conversations?platform=instagram&user_id={MIRA}&fields=messages{{id,message,from}}");
    let read = world.page().get(&path).await.ok()["data"][0]["messages"]["data"].clone();
    for (seen, read) in seen["data"].as_array().unwrap().iter().zip(read.as_array().unwrap()) {
        assert_eq!(
            (&seen["id"], &seen["text"], &seen["from"]),
            (&read["id"], &read["message"], &read["from"]["username"])
        );
    }
    assert_eq!(read[0]["from"]["id"], ACCOUNT);
}
