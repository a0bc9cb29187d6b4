use serde_json::json;
use wire::send::Send;

use super::*;
use crate::content::{Button, Element, File, Picture, QuickReply};
use crate::fake::Fake;

fn understood(body: &Value) -> Send {
    let mut params = Params::new();
    params.json(body.to_string().as_bytes()).unwrap();
    Send::from_params(&params).unwrap()
}

/// The `message` that a draft becomes.
async fn message(draft: impl FnOnce(Draft<Recipient>) -> Draft<Recipient, Content>) -> Value {
    let (fake, client) = Fake::answering([json!({"recipient_id": "9", "message_id": "m"})]);
    draft(client.send().to(9)).await.unwrap();
    understood(&fake.body());
    fake.body()["message"].clone()
}

#[tokio::test]
async fn a_text_is_sent_as_the_server_reads_it() {
    let (fake, client) = Fake::answering([json!({"recipient_id": "9", "message_id": "m"})]);
    let sent = client.send_text("9", "We open at 9.").await.unwrap();
    assert_eq!(sent, Sent { recipient_id: "9".into(), message_id: "m".into(), attachment_id: None });
    assert_eq!(fake.calls(), ["POST me/messages"]);
    assert_eq!(
        fake.body(),
        json!({"recipient": {"id": "9"}, "message": {"text": "We open at 9."}, "messaging_type": "RESPONSE"})
    );
}

#[tokio::test]
async fn a_draft_says_by_what_right_and_what_it_answers() {
    let answer = json!({"recipient_id": "9", "message_id": "m"});
    let (fake, client) = Fake::answering([answer.clone(), answer.clone(), answer.clone(), answer]);
    client.send().to(9).text("x").human_agent().await.unwrap();
    assert_eq!(fake.body()["messaging_type"], "MESSAGE_TAG");
    assert_eq!(understood(&fake.body()).tag, Some(Tag::HumanAgent));
    client.send().to_comment("17").text("x").messaging_type(MessagingType::Update).await.unwrap();
    assert_eq!(fake.body()["messaging_type"], "UPDATE");
    assert_eq!(understood(&fake.body()).recipient, Recipient::CommentId("17".into()));
    client.clone().node("100").send().to(9).text("x").reply_to("m0").metadata("order 7").pass().await.unwrap();
    assert_eq!(fake.body()["reply_to"], json!({"mid": "m0"}));
    assert_eq!(fake.body()["message"]["metadata"], "order 7");
    assert_eq!(understood(&fake.body()).thread_control, Some(ThreadControl::Pass(None)));
    assert_eq!(fake.calls()[2], "POST 100/messages");
    client.send().to(9).text("x").pass_to(AppId::new(7)).release().await.unwrap();
    assert_eq!(fake.body()["thread_control"], json!({"control_type": "release"}));
}

#[tokio::test]
async fn every_content_is_written_as_the_contract_prints_it() {
    let replies = Text::new("Pick one").quick_replies([QuickReply::text("Delivery", "DLV"), QuickReply::UserEmail]);
    assert_eq!(
        message(|draft| draft.text(replies)).await,
        json!({"text": "Pick one", "quick_replies": [{"content_type": "text", "title": "Delivery", "payload": "DLV"}, {"content_type": "user_email"}]})
    );
    assert_eq!(
        message(|draft| draft.media(Media::audio("https://cdn.example.test/v.m4a").reusable())).await,
        json!({"attachment": {"type": "audio", "payload": {"url": "https://cdn.example.test/v.m4a", "is_reusable": true}}})
    );
    assert_eq!(
        message(|draft| draft.stored(Stored::pdf("990011223344556"))).await,
        json!({"attachment": {"type": "file", "payload": {"attachment_id": "990011223344556"}}})
    );
    assert_eq!(
        message(|draft| draft.images([Picture::from("https://cdn.example.test/a.png"), Picture::stored(7)])).await,
        json!({"attachments": [{"type": "image", "payload": {"url": "https://cdn.example.test/a.png"}}, {"type": "image", "payload": {"attachment_id": "7"}}]})
    );
    assert_eq!(message(Draft::like_heart).await, json!({"attachment": {"type": "like_heart"}}));
    assert_eq!(
        message(|draft| draft.share("17990011223344556")).await,
        json!({"attachment": {"type": "MEDIA_SHARE", "payload": {"id": "17990011223344556"}}})
    );
}

#[tokio::test]
async fn every_template_is_written_as_the_contract_prints_it() {
    let open = || Button::web_url("Open", "https://shop.example.test/k");
    let kettle = Element::titled("Blue kettle")
        .subtitle("1.7 l")
        .image_url("https://cdn.example.test/k.png")
        .opens("https://shop.example.test/k")
        .buttons([open(), Button::postback("Ask", "ASK_K1")]);
    let payload = |message: Value| message["attachment"]["payload"].clone();
    assert_eq!(
        payload(message(|draft| draft.generic([kettle])).await),
        json!({"template_type": "generic", "elements": [{"title": "Blue kettle", "subtitle": "1.7 l",
            "image_url": "https://cdn.example.test/k.png",
            "default_action": {"type": "web_url", "url": "https://shop.example.test/k"},
            "buttons": [{"type": "web_url", "url": "https://shop.example.test/k", "title": "Open"},
                {"type": "postback", "title": "Ask", "payload": "ASK_K1"}]}]})
    );
    assert_eq!(payload(message(|draft| draft.buttons("What next?", [open()])).await)["text"], json!("What next?"));
    assert_eq!(
        payload(message(|draft| draft.products(["4455667788990011", "4455667788990012"])).await),
        json!({"template_type": "product", "elements": [{"id": "4455667788990011"}, {"id": "4455667788990012"}]})
    );
}

#[tokio::test]
async fn bytes_travel_as_a_form_and_their_id_comes_back() {
    let (fake, client) =
        Fake::answering([json!({"recipient_id": "9", "message_id": "m", "attachment_id": "990011223344557"})]);
    let file = File::bytes("a.png", "image/png", vec![1, 2, 3]);
    let sent = client.send().to(9).media(Media::image(file).reusable()).await.unwrap();
    assert_eq!(sent.attachment_id.as_deref(), Some("990011223344557"));
    let form = fake.text();
    for part in [
        "name=\"recipient\"\r\n\r\n{\"id\":\"9\"}\r\n",
        "name=\"message\"\r\n\r\n{\"attachment\":{\"type\":\"image\",\"payload\":{\"is_reusable\":true}}}\r\n",
        "name=\"messaging_type\"\r\n\r\nRESPONSE\r\n",
        "name=\"filedata\"; filename=\"a.png\"\r\nContent-Type: image/png\r\n\r\n\u{1}\u{2}\u{3}\r\n",
    ] {
        assert!(form.contains(part), "{part} in {form}");
    }
}

#[tokio::test]
async fn actions_send_nothing_but_themselves() {
    let answer = json!({"recipient_id": "9"});
    let (fake, client) = Fake::answering([(); 5].map(|()| answer.clone()));
    client.typing_on(9).await.unwrap();
    assert_eq!(fake.body(), json!({"recipient": {"id": "9"}, "sender_action": "typing_on"}));
    client.typing_off(9).await.unwrap();
    client.mark_seen(9).await.unwrap();
    client.react(9, "m0", "\u{1f44d}").await.unwrap();
    assert_eq!(fake.body()["payload"], json!({"message_id": "m0", "reaction": "\u{1f44d}"}));
    client.send().to(9).human_agent().act(SenderAction::Unreact { message_id: "m0".into() }).await.unwrap();
    assert_eq!(
        fake.body(),
        json!({"recipient": {"id": "9"}, "messaging_type": "MESSAGE_TAG", "tag": "HUMAN_AGENT", "sender_action": "unreact", "payload": {"message_id": "m0"}})
    );
}

#[tokio::test]
async fn what_is_known_to_fail_is_never_sent_and_the_limit_is_named() {
    let (fake, client) = Fake::answering([]);
    let to = || client.send().to(9);
    let long = |chars: usize| "\u{e9}".repeat(chars);
    let ask = || Button::postback("Ask", "ASK");
    for (draft, why) in [
        (to().text(long(501)), "message[text] has 1002 bytes of UTF-8, the limit is 1000"),
        (to().text(" \n"), "The parameter message[text] is required"),
        (client.send().to("").text("x"), "Param recipient[id] must be a string that is not empty"),
        (to().text("x").metadata(long(1_000)), "message[metadata] has 1000 characters, the limit is 999"),
        (to().text("x").reply_to(""), "The parameter reply_to[mid] is required"),
        (
            to().text(Text::new("x").quick_replies([QuickReply::text("t", long(1_001))])),
            "message[quick_replies][0][payload] has 1001 characters, the limit is 1000",
        ),
        (
            to().media(Media::image("a.png")),
            "Param message[attachment][payload][url] must be a valid http or https URL",
        ),
        (
            to().generic([Element::titled(long(81)).subtitle("s")]),
            "message[attachment][payload][elements][0][title] has 81 characters, the limit is 80",
        ),
        (to().buttons(long(641), [ask()]), "message[attachment][payload][text] has 641 characters, the limit is 640"),
        (
            to().media(Media::image(File::bytes("a", "image/png", vec![0; (8 << 20) + 1]))),
            "image has 8388609 bytes, the limit is 8388608",
        ),
        (
            client.clone().version("v7.0").unwrap().send().to(9).products(["1"]),
            "The product template is available from version v8.0 on",
        ),
    ] {
        assert!(matches!(draft.await, Err(Error::Invalid(found)) if found == why), "{why}");
    }
    assert!(matches!(client.react(9, "m", "like").await, Err(Error::Invalid(_))));
    assert!(matches!(client.send().to(9).reply_to("m").act(SenderAction::TypingOn).await, Err(Error::Invalid(_))));
    assert!(fake.calls().is_empty());
}

#[tokio::test]
async fn a_send_that_gets_no_answer_is_not_repeated() {
    let (fake, client) = Fake::answering([]);
    assert!(matches!(client.send_text("9", &"a".repeat(1_000)).await, Err(Error::Transport(_))));
    assert_eq!(fake.calls().len(), 1);
}

#[tokio::test]
async fn a_send_may_have_a_name_under_which_it_happens_once() {
    let answer = json!({"recipient_id": "9", "message_id": "m"});
    let (fake, client) = Fake::answering([answer.clone(), answer]);
    client.send().to(9).text("x").idempotency_key("order-7").await.unwrap();
    assert_eq!(fake.header("idempotency-key").as_deref(), Some("order-7"));
    client.send().to(9).text("x").await.unwrap();
    assert_eq!(fake.header("idempotency-key"), None);
    for wrong in ["", "a b", "\u{e9}", &"k".repeat(256)] {
        let refused = client.send().to(9).text("x").idempotency_key(wrong).await;
        assert!(matches!(refused, Err(Error::Invalid(why)) if why.contains("1 to 255")), "{wrong:?}");
        assert!(client.send().to(9).idempotency_key(wrong).act(SenderAction::TypingOn).await.is_err());
    }
    assert_eq!(fake.calls().len(), 2);
}
