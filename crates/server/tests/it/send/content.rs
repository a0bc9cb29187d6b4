//! What a message may say, and how it is echoed (contract send 1.4 to 1.9, webhooks 3.2, 3.3, 3.8).

use engine::demo;
use engine::facts::{Content, MediaProductType};
use engine::media::samples;
use engine::settings::{List, Settings};
use serde_json::{Value, json};
use testkit::{Answer, Api, Grant, Options, Receiver, TestWorld};
use wire::send::quick_reply::QuickReply;

use crate::{ACCOUNT, JONAS, MIRA};

async fn says(api: &Api, message: Value) -> Answer {
    api.post("/v25.0/me/messages", &json!({"recipient": {"id": MIRA}, "message": message})).await
}

/// Sends a message and gives its id and the `message` of its one echo.
async fn echoed(world: &TestWorld, hook: &Receiver, message: Value) -> (String, Value) {
    let mid = says(&world.page(), message).await.ok()["message_id"].as_str().unwrap().to_owned();
    world.deliver().await;
    let mut elements = hook.elements();
    assert_eq!(elements.len(), 1, "{elements:?}");
    let element = elements.remove(0);
    assert_eq!((&element["sender"]["id"], &element["recipient"]["id"]), (&json!(ACCOUNT), &json!(MIRA)));
    (mid, element["message"].clone())
}

fn generic() -> Value {
    json!({"elements": [
        {"title": "Blue kettle", "subtitle": "1.7 l", "image_url": "https://cdn.example.test/k.png",
         "default_action": {"type": "web_url", "url": "https://shop.example.test/k"},
         "buttons": [{"type": "web_url", "url": "https://shop.example.test/k", "title": "Open"},
                     {"type": "postback", "title": "Ask", "payload": "ASK_K1"}]},
        {"title": "Red kettle", "subtitle": "1.2 l"},
    ]})
}

fn template(kind: &str, mut payload: Value) -> Value {
    payload["template_type"] = json!(kind);
    json!({"attachment": {"type": "template", "payload": payload}})
}

async fn kept(world: &TestWorld, mid: &str) -> engine::facts::Message {
    world.world().store.message(mid.parse().unwrap()).await.unwrap().unwrap()
}

#[tokio::test]
async fn a_generic_template_is_echoed_under_its_type() {
    let world = TestWorld::start().await;
    let hook = world.subscribe(&["messages"]).await;
    let (mid, echo) = echoed(&world, &hook, template("generic", generic())).await;
    assert_eq!(
        echo,
        json!({"mid": mid, "attachments": [{"type": "template", "payload": {"generic": generic()}}], "is_echo": true})
    );
}

#[tokio::test]
async fn button_and_product_templates_are_echoed_alike() {
    let world = TestWorld::start().await;
    let hook = world.subscribe(&["messages"]).await;
    let button = json!({"text": "What next?", "buttons": [{"type": "postback", "title": "Agent", "payload": "AGENT"}]});
    let (_, echo) = echoed(&world, &hook, template("button", button.clone())).await;
    assert_eq!(echo["attachments"], json!([{"type": "template", "payload": {"button": button}}]));
    assert!(echo.get("text").is_none());
    let product = json!({"elements": [{"id": "4455667788990011"}, {"id": "4455667788990012"}]});
    let (_, echo) = echoed(&world, &hook, template("product", product.clone())).await;
    assert_eq!(echo["attachments"], json!([{"type": "template", "payload": {"product": product}}]));
}

#[tokio::test]
async fn a_heart_has_no_payload() {
    let world = TestWorld::start().await;
    let hook = world.subscribe(&["messages"]).await;
    let (mid, echo) = echoed(&world, &hook, json!({"attachment": {"type": "like_heart"}})).await;
    assert_eq!(echo, json!({"mid": mid, "attachments": [{"type": "like_heart"}], "is_echo": true}));
    assert_eq!(kept(&world, &mid).await.content, Content::LikeHeart);
}

#[tokio::test]
async fn an_own_post_can_be_shared_and_no_other() {
    let world = TestWorld::start().await;
    let hook = world.subscribe(&["messages"]).await;
    let (post, _) = demo::posts().next().unwrap();
    let share = |id: Value| json!({"attachment": {"type": "MEDIA_SHARE", "payload": {"id": id}}});
    let (mid, echo) = echoed(&world, &hook, share(json!(post))).await;
    assert_eq!(kept(&world, &mid).await.content, Content::MediaShare(post));
    assert_eq!(echo["attachments"][0]["type"], "ig_post");
    let payload = &echo["attachments"][0]["payload"];
    assert_eq!(payload["ig_post_media_id"], json!(post));
    assert_eq!(payload["title"], "New wool, dyed with sea buckthorn.");
    assert!(payload["url"].as_str().unwrap().starts_with("http"), "{payload}");
    world.change_media(post, |media| media.media_product_type = MediaProductType::Reels).await;
    let (_, echo) = echoed(&world, &hook, share(json!(post))).await;
    assert_eq!(echo["attachments"][0]["type"], "ig_reel");
    assert_eq!(echo["attachments"][0]["payload"]["reel_video_id"], json!(post));
    for foreign in [json!("1"), json!("no-id")] {
        assert_eq!(says(&world.page(), share(foreign)).await.error(), (400, 100, Some(2_534_015)));
    }
    let other = Grant::page().of_other_app().of_other_account().all_scopes().caller(&world).await;
    assert!(says(&other, share(json!(post))).await.error().1 == 100);
}

/// A multipart send with a file of the demo person's.
async fn uploads(world: &TestWorld, kind: &str, file: &[u8]) -> Answer {
    let field = |name: &str, value: &str| {
        format!("--XX\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n").into_bytes()
    };
    let body = [
        field("recipient", &json!({"id": MIRA}).to_string()),
        field("message", &json!({"attachment": {"type": kind, "payload": {"is_reusable": true}}}).to_string()),
        b"--XX\r\nContent-Disposition: form-data; name=\"filedata\"; filename=\"a.bin\"\r\nContent-Type: application/octet-stream\r\n\r\n".to_vec(),
        file.to_vec(),
        b"\r\n--XX--\r\n".to_vec(),
    ]
    .concat();
    let page = world.page();
    page.send(page.request("POST", "/v25.0/me/messages", "multipart/form-data; boundary=XX", body.into())).await
}

#[tokio::test]
async fn media_are_echoed_with_addresses_that_serve_them() {
    let world = TestWorld::start().await;
    let hook = world.subscribe(&["messages"]).await;
    for (kind, file) in [
        ("image", samples::png(8, 8)),
        ("audio", samples::m4a(1_000)),
        ("video", samples::mp4(8, 8, 1_000)),
        ("file", samples::pdf()),
    ] {
        let sent = uploads(&world, kind, &file).await.ok();
        let names: Vec<&String> = sent.as_object().unwrap().keys().collect();
        assert_eq!(names, ["recipient_id", "message_id", "attachment_id"], "upload and send answers all three");
        world.deliver().await;
        let echo = hook.elements().remove(0)["message"].clone();
        assert_eq!((&echo["mid"], &echo["is_echo"]), (&sent["message_id"], &json!(true)));
        assert_eq!(echo["attachments"][0]["type"], kind);
        let url = echo["attachments"][0]["payload"]["url"].as_str().unwrap().to_owned();
        let path = url.split_once("/ig_messaging_cdn/").unwrap().1;
        let served = world.nobody().get(&format!("/ig_messaging_cdn/{path}")).await;
        assert_eq!((served.status, &served.body[..]), (200, &file[..]), "{kind}");
    }
}

#[tokio::test]
async fn several_images_are_one_message() {
    let world = TestWorld::start().await;
    let hook = world.subscribe(&["messages"]).await;
    let id = uploads(&world, "image", &samples::png(8, 8)).await.ok()["attachment_id"].clone();
    world.deliver().await;
    hook.take();
    let image = json!({"type": "image", "payload": {"attachment_id": id}});
    let (_, echo) = echoed(&world, &hook, json!({"attachments": vec![image.clone(); 10]})).await;
    assert_eq!(echo["attachments"].as_array().unwrap().len(), 10);
    world.change_account(|account| account.image_collections = false).await;
    let refused = says(&world.page(), json!({"attachments": [image, image]})).await;
    assert_eq!(refused.error(), (400, 100, Some(2_534_068)));
    says(&world.page(), json!({"attachments": [image]})).await.ok();
}

#[tokio::test]
async fn audio_and_video_have_an_allowance_of_their_own() {
    let settings = Settings { send_media_per_second: 1, send_per_second: 2, ..Settings::emulator() };
    let world = TestWorld::with(Options { settings, ..Options::default() }).await;
    uploads(&world, "video", &samples::mp4(8, 8, 1_000)).await.ok();
    assert_eq!(uploads(&world, "audio", &samples::m4a(1_000)).await.error(), (400, 613, Some(2_534_040)));
    uploads(&world, "image", &samples::png(8, 8)).await.ok();
    world.page().sends(MIRA, "hi").await.ok();
    assert_eq!(uploads(&world, "image", &samples::png(8, 8)).await.error(), (400, 613, Some(2_534_040)));
}

#[tokio::test]
async fn a_file_is_fetched_last() {
    let world = TestWorld::start().await;
    let image = json!({"attachment": {"type": "image", "payload": {"url": "http://127.0.0.1:1/a.png"}}});
    let to_jonas = json!({"recipient": {"id": JONAS}, "message": image});
    assert_eq!(world.page().post("/me/messages", &to_jonas).await.error(), (403, 10, Some(2_534_022)));
    assert_eq!(says(&world.page(), image).await.error(), (400, 100, Some(2_018_008)));
}

#[tokio::test]
async fn products_are_those_of_the_catalogue_and_came_with_v8() {
    let settings = Settings { catalogue_products: List(vec!["11".into(), "12".into()]), ..Settings::emulator() };
    let world = TestWorld::with(Options { settings, ..Options::default() }).await;
    let products = |ids: &[&str]| {
        let elements: Vec<Value> = ids.iter().map(|id| json!({"id": id})).collect();
        json!({"recipient": {"id": MIRA}, "message": template("product", json!({ "elements": elements }))})
    };
    world.page().post("/v25.0/me/messages", &products(&["11", "12"])).await.ok();
    world.page().post("/v8.0/me/messages", &products(&["11"])).await.ok();
    for unknown in ["13", "no-number"] {
        let refused = world.page().post("/v25.0/me/messages", &products(&["11", unknown])).await;
        assert_eq!(refused.error(), (400, 100, Some(2_018_320)), "{unknown}");
    }
    assert_eq!(
        world.page().post("/v25.0/me/messages", &products(&["11", "13"])).await.error(),
        (400, 100, Some(2_018_320))
    );
}

#[tokio::test]
async fn a_reply_names_a_message_of_the_same_conversation() {
    let world = TestWorld::start().await;
    let hook = world.subscribe(&["messages"]).await;
    let theirs = world.person("mira.paints").writes("the blue one?").await;
    let ours = world.page().sends(MIRA, "which?").await.ok()["message_id"].clone();
    let foreign = world.person("jonas_w").writes("hi").await;
    world.deliver().await;
    hook.take();
    let reply =
        |mid: Value, message: Value| json!({"recipient": {"id": MIRA}, "message": message, "reply_to": {"mid": mid}});
    for (api, mid) in [(world.page(), json!(theirs)), (world.instagram(), ours)] {
        api.post("/v25.0/me/messages", &reply(mid.clone(), json!({"text": "that one"}))).await.ok();
        world.deliver().await;
        assert_eq!(hook.elements()[0]["message"]["reply_to"], json!({ "mid": mid }));
    }
    let heart = json!({"attachment": {"type": "like_heart"}});
    world.page().post("/v25.0/me/messages", &reply(json!(theirs), heart)).await.ok();
    world.page().post("/v25.0/me/messages", &reply(json!(theirs), template("generic", generic()))).await.ok();
    for bad in [json!(foreign), json!("no-mid")] {
        let refused = world.page().post("/v25.0/me/messages", &reply(bad, json!({"text": "x"}))).await;
        assert_eq!(refused.error(), (400, 100, Some(2_534_015)));
    }
    world.advance(wire::time::Span::hours(25)).await;
    let late = world.page().post("/v25.0/me/messages", &reply(json!(theirs), json!({"text": "x"}))).await;
    assert_eq!(late.error(), (403, 10, Some(2_534_022)), "a reply has the window of any message");
}

#[tokio::test]
async fn quick_replies_stand_beside_the_text_and_not_in_the_echo() {
    let world = TestWorld::start().await;
    let hook = world.subscribe(&["messages"]).await;
    let replies = json!([{"content_type": "text", "title": "Delivery to another country", "payload": "DLV"}, {"content_type": "user_email"}]);
    let (mid, echo) = echoed(&world, &hook, json!({"text": "Pick one", "quick_replies": replies})).await;
    assert_eq!(echo, json!({"mid": mid, "text": "Pick one", "is_echo": true}));
    let cut = QuickReply::Text { title: "Delivery to another ".into(), payload: Some("DLV".into()) };
    assert_eq!(kept(&world, &mid).await.aside.quick_replies, [cut, QuickReply::UserEmail]);
}

#[tokio::test]
async fn metadata_are_kept_and_echoed_only_where_that_is_chosen() {
    for echo_metadata in [false, true] {
        let settings = Settings { echo_metadata, ..Settings::emulator() };
        let world = TestWorld::with(Options { settings, ..Options::default() }).await;
        let hook = world.subscribe(&["messages"]).await;
        let (mid, echo) = echoed(&world, &hook, json!({"text": "hi", "metadata": "order 7"})).await;
        assert_eq!(kept(&world, &mid).await.aside.metadata.as_deref(), Some("order 7"));
        assert_eq!(echo.get("metadata"), echo_metadata.then(|| json!("order 7")).as_ref());
    }
}

#[tokio::test]
async fn a_blocked_link_is_508_and_may_be_sent_again_without_it() {
    let settings = Settings { blocked_links: List(vec!["bad.test".into()]), ..Settings::emulator() };
    let world = TestWorld::with(Options { settings, ..Options::default() }).await;
    let button = |url: &str| {
        template("button", json!({"text": "Look", "buttons": [{"type": "web_url", "title": "Go", "url": url}]}))
    };
    for message in
        [json!({"text": "see https://www.bad.test/x"}), json!({"text": "bad.test"}), button("https://bad.test/")]
    {
        for api in [world.page(), world.instagram()] {
            let refused = says(&api, message.clone()).await;
            assert_eq!(refused.error(), (400, 508, Some(2_534_122)), "{message}");
            let error = refused.json()["error"].clone();
            assert_eq!((&error["message"], &error["is_transient"]), (&json!("Invalid message id"), &json!(true)));
            assert_eq!(error["error_user_title"], "Link can not be shared");
        }
    }
    says(&world.page(), json!({"text": "see https://good.test/x"})).await.ok();
    says(&world.page(), button("https://good.test/")).await.ok();
}

#[tokio::test]
async fn a_link_in_a_text_must_be_an_address() {
    let world = TestWorld::start().await;
    says(&world.page(), json!({"text": "see https://shop.example.test/a?b=c, or http://a.test:8080"})).await.ok();
    for bad in ["see https://", "http:///x", "https://a..test"] {
        assert_eq!(says(&world.page(), json!({ "text": bad })).await.error(), (400, 100, Some(2_534_015)), "{bad}");
    }
}

#[tokio::test]
async fn in_the_days_of_v7_there_were_no_product_templates() {
    let start = wire::time::Millis::new(1_625_000_000_000);
    let world = TestWorld::with(Options { start, ..Options::default() }).await;
    let message = template("product", json!({"elements": [{"id": "11"}]}));
    let body = json!({"recipient": {"id": MIRA}, "message": message});
    assert_eq!(world.page().post("/v7.0/me/messages", &body).await.error(), (400, 100, Some(2_018_328)));
    world.page().post("/v8.0/me/messages", &body).await.ok();
}
