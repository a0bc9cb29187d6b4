//! What messages of every content read back as (contract read 1.6, 1.7, 2).

use engine::media::samples;
use serde_json::{Value, json};
use testkit::TestWorld;
use wire::time::Span;

use crate::{ACCOUNT, MIRA};

const POST: &str = "17880000000000001";

/// Mira writes something; gives its id.
async fn writes(world: &TestWorld, message: &Value) -> String {
    let written = world.person("mira.paints").does("messages", message).await.ok();
    written["message_id"].as_str().unwrap().to_owned()
}

/// The business sends a message to Mira; gives its id.
async fn sends(world: &TestWorld, message: &Value) -> String {
    let body = json!({"recipient": {"id": MIRA}, "message": message});
    world.page().post("/v25.0/me/messages", &body).await.ok()["message_id"].as_str().unwrap().to_owned()
}

/// A field of a message.
async fn field(world: &TestWorld, mid: &str, field: &str) -> Value {
    let name = field.split(['{', '.']).next().unwrap();
    world.page().get(&format!("/v25.0/{mid}?fields={field}")).await.ok()[name].clone()
}

/// Takes the URLs out of a value after looking at them: where they lead differs from world to world.
fn without_urls(value: &mut Value, asset: &str) {
    for key in ["url", "preview_url", "file_url", "link", "animated_gif_url", "animated_gif_preview_url"] {
        if let Some(url) = value.as_object_mut().and_then(|object| object.remove(key)) {
            let url = url.as_str().unwrap();
            assert!(url.starts_with("http"), "{url}");
            assert!(url.contains(&format!("/ig_messaging_cdn/?asset_id={asset}&signature=Ab")), "{key}: {url}");
        }
    }
}

#[tokio::test]
async fn files_read_back_by_their_kind() {
    let world = TestWorld::start().await;
    let mira = world.person("mira.paints");
    let pixels = json!({"width": 64, "height": 48, "max_width": 64, "max_height": 48});
    for (kind, bytes, key, expected) in [
        ("image", samples::png(64, 48), "image_data", pixels.clone()),
        ("image", samples::gif(64, 48), "image_data", pixels),
        ("video", samples::mp4(64, 48, 1_500), "video_data", json!({"width": 64, "height": 48, "length": 2})),
        ("audio", samples::m4a(1_000), "file_url", json!(null)),
        ("file", samples::pdf(), "file_url", json!(null)),
    ] {
        let asset = mira.uploads(kind, bytes).await;
        let mid = writes(&world, &json!({"attachments": [{"type": kind, "asset_id": asset}]})).await;
        let mut read = field(&world, &mid, "attachments").await["data"][0].clone();
        assert_eq!(read["id"], asset);
        if key == "file_url" {
            without_urls(&mut read, &asset);
            assert_eq!(read, json!({"id": asset}), "{kind}");
        } else {
            without_urls(&mut read[key], &asset);
            assert_eq!(read, json!({"id": asset, key: expected}), "{kind}");
        }
        assert_eq!(field(&world, &mid, "message").await, "", "no text, but asked for");
    }
}

#[tokio::test]
async fn several_files_are_several_attachments_and_braces_name_what_is_told() {
    let world = TestWorld::start().await;
    let mira = world.person("mira.paints");
    let first = mira.uploads("image", samples::png(8, 8)).await;
    let second = mira.uploads("image", samples::jpeg(8, 8)).await;
    let files = json!([{"type": "image", "asset_id": first}, {"type": "image", "asset_id": second}]);
    let mid = writes(&world, &json!({ "attachments": files })).await;
    let read = field(&world, &mid, "attachments{mime_type,size}").await;
    let size = |bytes: Vec<u8>| bytes.len();
    assert_eq!(
        read["data"],
        json!([
            {"id": first, "mime_type": "image/png", "size": size(samples::png(8, 8))},
            {"id": second, "mime_type": "image/jpeg", "size": size(samples::jpeg(8, 8))},
        ])
    );
    assert_eq!(field(&world, &mid, "attachments.limit(1){id}").await["data"], json!([{ "id": first }]));
    let edge = world.page().get(&format!("/v25.0/{mid}/attachments?fields=mime_type")).await.ok();
    assert_eq!(edge["data"][1], json!({"id": second, "mime_type": "image/jpeg"}));
    assert_eq!(world.page().get(&format!("/v25.0/{mid}/shares")).await.ok(), json!({"data": []}));
    assert!(world.page().get(&format!("/v25.0/{mid}/attachments")).await.ok()["data"][0]["image_data"].is_object());
}

#[tokio::test]
async fn templates_read_back_as_cards() {
    let world = TestWorld::start().await;
    let generic = json!({"template_type": "generic", "elements": [
        {
            "title": "Blue kettle", "subtitle": "1.7 l", "image_url": "https://cdn.example.test/k.png",
            "buttons": [{"type": "web_url", "url": "https://shop.example.test/k", "title": "Open"}],
        },
        {"title": "Red kettle", "default_action": {"type": "web_url", "url": "https://shop.example.test/r"}},
    ]});
    let mid = sends(&world, &json!({"attachment": {"type": "template", "payload": generic}})).await;
    assert_eq!(
        field(&world, &mid, "attachments").await,
        json!({"data": [
            {"generic_template": {
                "title": "Blue kettle", "subtitle": "1.7 l", "media_url": "https://cdn.example.test/k.png",
                "cta": {"title": "Open", "type": "web_url", "url": "https://shop.example.test/k"},
            }},
            {"generic_template": {
                "title": "Red kettle", "cta": {"type": "web_url", "url": "https://shop.example.test/r"},
            }},
        ]})
    );
    let button = json!({"template_type": "button", "text": "What next?", "buttons": [
        {"type": "postback", "title": "Agent", "payload": "AGENT"},
    ]});
    let mid = sends(&world, &json!({"attachment": {"type": "template", "payload": button}})).await;
    assert_eq!(field(&world, &mid, "message").await, "What next?");
    let card = json!({"title": "What next?", "cta": {"title": "Agent", "type": "postback"}});
    assert_eq!(field(&world, &mid, "attachments").await, json!({"data": [{ "generic_template": card }]}));
    let heart = sends(&world, &json!({"attachment": {"type": "like_heart"}})).await;
    assert_eq!(field(&world, &heart, "attachments").await["data"][0]["image_data"]["render_as_sticker"], true);
}

#[tokio::test]
async fn a_shared_post_reads_back_as_its_link() {
    let world = TestWorld::start().await;
    let share = json!({"attachments": [{"type": "share", "id": POST}]});
    let sent = json!({"attachment": {"type": "MEDIA_SHARE", "payload": {"id": POST}}});
    for mid in [writes(&world, &share).await, sends(&world, &sent).await] {
        let shares = field(&world, &mid, "shares").await;
        let link = shares["data"][0]["link"].as_str().unwrap();
        assert!(
            link.starts_with(&format!("http://localhost/ig_messaging_cdn/?asset_id={POST}&signature=Ab")),
            "{link}"
        );
        assert_eq!(shares, json!({"data": [{ "link": link }]}));
        assert_eq!(
            field(&world, &mid, "shares{link,name,type}").await["data"][0],
            json!({"link": link, "id": POST, "name": "New wool, dyed with sea buckthorn.", "type": "ig_post"})
        );
        let edge = world.page().get(&format!("/v25.0/{mid}/shares")).await.ok();
        assert_eq!(edge, json!({"data": [{ "link": link }]}));
    }
}

#[tokio::test]
async fn a_story_reads_back_with_a_link_for_a_day_and_its_id_for_good() {
    let world = TestWorld::start().await;
    let api = world.nobody();
    let story = api.post("/_parlance/accounts/harbor.knits/media", &json!({"media_product_type": "STORY"})).await.ok();
    let asset = world.person("mira.paints").uploads("image", samples::png(8, 8)).await;
    let reply = writes(&world, &json!({"text": "love this!", "story": story["id"]})).await;
    let mention = writes(&world, &json!({"attachments": [{"type": "story_mention", "asset_id": asset}]})).await;
    let read = field(&world, &reply, "story").await;
    assert_eq!(read["reply_to"]["id"], story["id"]);
    assert!(read["reply_to"]["link"].is_string(), "{read}");
    assert_eq!(field(&world, &reply, "message").await, "love this!");
    let mut read = field(&world, &mention, "story").await;
    without_urls(&mut read["mention"], &asset);
    assert_eq!(read, json!({"mention": {"id": asset}}));
    world.advance(Span::hours(24)).await;
    assert_eq!(field(&world, &reply, "story").await, json!({"reply_to": {"id": story["id"]}}));
    assert_eq!(field(&world, &mention, "story").await, json!({"mention": {"id": asset}}));
}

#[tokio::test]
async fn reactions_are_grouped_by_emoji() {
    let world = TestWorld::start().await;
    let mira = world.person("mira.paints");
    let mid = mira.writes("look").await;
    let people = [json!({"username": "mira.paints", "id": MIRA}), json!({"username": "harbor.knits", "id": ACCOUNT})];
    let react = |emoji: &str| {
        json!({
            "recipient": {"id": MIRA}, "sender_action": "react", "payload": {"message_id": mid, "reaction": emoji},
        })
    };
    mira.does("reactions", &json!({"message_id": mid, "reaction": "love"})).await.ok();
    world.page().post("/me/messages", &react("love")).await.ok();
    let heart = json!({"reaction": "\u{2764}\u{fe0f}", "users": people});
    assert_eq!(field(&world, &mid, "reactions").await, json!({"data": [heart]}));
    world.page().post("/me/messages", &react("\u{1f44d}")).await.ok();
    let apart = json!({"data": [
        {"reaction": "\u{2764}\u{fe0f}", "users": [people[0]]},
        {"reaction": "\u{1f44d}", "users": [people[1]]},
    ]});
    assert_eq!(field(&world, &mid, "reactions").await, apart);
    let path = format!("/me/conversations?platform=instagram&user_id={MIRA}&fields=messages{{reactions}}");
    let rows = world.page().get(&path).await.ok()["data"][0]["messages"]["data"].clone();
    assert_eq!(rows[0]["reactions"], apart, "in a list, too");
    assert!(rows[1].get("reactions").is_none());
}

#[tokio::test]
async fn an_answer_names_what_it_answers_and_whether_that_is_the_writers_own() {
    let world = TestWorld::start().await;
    let own = world.person("mira.paints").writes("one").await;
    let reply = writes(&world, &json!({"text": "two", "reply_to": own})).await;
    assert_eq!(field(&world, &reply, "reply_to").await, json!({"mid": own, "is_self_reply": true}));
    let body = json!({"recipient": {"id": MIRA}, "message": {"text": "three"}, "reply_to": {"mid": own}});
    let answer = world.page().post("/me/messages", &body).await.ok()["message_id"].as_str().unwrap().to_owned();
    assert_eq!(field(&world, &answer, "reply_to").await, json!({"mid": own, "is_self_reply": false}));
}

#[tokio::test]
async fn a_message_that_was_unsent_leaves_the_list_and_is_told_as_deleted() {
    let world = TestWorld::start().await;
    let mira = world.person("mira.paints");
    let mid = mira.writes("oops").await;
    let other = mira.writes("never mind").await;
    mira.undoes(&format!("messages/{mid}")).await.ok();
    for fields in ["", "?fields=message", "?fields=attachments"] {
        let refused = world.page().get(&format!("/v25.0/{mid}{fields}")).await;
        assert_eq!(refused.error(), (400, 9_000_001, None), "{fields}");
    }
    let path = format!("/me/conversations?platform=instagram&user_id={MIRA}&fields=snippet,messages{{message}}");
    let row = world.page().get(&path).await.ok()["data"][0].clone();
    let texts: Vec<&str> =
        row["messages"]["data"].as_array().unwrap().iter().map(|row| row["message"].as_str().unwrap()).collect();
    assert_eq!(texts[..2], ["never mind", "Yes please \u{1f499}"]);
    mira.undoes(&format!("messages/{other}")).await.ok();
    let row = world.page().get(&path).await.ok()["data"][0].clone();
    assert_eq!(row["snippet"], "Yes please \u{1f499}");
}

#[tokio::test]
async fn unsent_messages_do_not_count_among_the_twenty() {
    let world = TestWorld::start().await;
    let lucia = world.person("lucia_m");
    let mut mids = Vec::new();
    for number in 0..21 {
        mids.push(lucia.writes(&format!("n{number}")).await);
    }
    assert_eq!(world.page().get(&format!("/{}", mids[0])).await.error().1, 9_000_001);
    lucia.undoes(&format!("messages/{}", mids[20])).await.ok();
    world.page().get(&format!("/{}", mids[0])).await.ok();
}

#[tokio::test]
async fn an_edited_text_reads_back_as_the_new_one() {
    let world = TestWorld::start().await;
    let mira = world.person("mira.paints");
    let mid = mira.writes("one").await;
    mira.does(&format!("messages/{mid}"), &json!({"text": "two"})).await.ok();
    assert_eq!(field(&world, &mid, "message").await, "two");
}

#[tokio::test]
async fn behind_the_twenty_newest_nothing_is_told_of_files_either() {
    let world = TestWorld::start().await;
    let lucia = world.person("lucia_m");
    let asset = lucia.uploads("image", samples::png(8, 8)).await;
    let image = json!({"attachments": [{"type": "image", "asset_id": asset}]});
    for _ in 0..21 {
        lucia.does("messages", &image).await.ok();
    }
    let path = "/me/conversations?user_id=900000000000005&fields=messages.limit(30){attachments,reactions}";
    let rows = world.instagram().get(path).await.ok()["data"][0]["messages"]["data"].clone();
    let rows = rows.as_array().unwrap();
    assert_eq!(rows.iter().filter(|row| row.get("attachments").is_some()).count(), 20);
    assert_eq!(rows[20].as_object().unwrap().len(), 1, "{}", rows[20]);
}
