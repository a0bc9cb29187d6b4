//! What people do, and what each act does to the window, the thread and the apps (contract send 3.1, 3.4, 6.4, read 7.2).

use engine::media::samples;
use serde_json::{Value, json};
use testkit::{PersonApi, TestWorld};
use wire::time::Span;

use crate::{ACCOUNT, MIRA};

const LUCIA: &str = "900000000000005";
const DAY: Span = Span::hours(24);
const MOMENT: Span = Span::millis(1);
const POST: &str = "17880000000000001";
const ACCOUNT_PATH: &str = "/_parlance/accounts/harbor.knits";

/// A world in which Lucia wrote, the business answered with everything that can be tapped, and a day and a moment passed.
struct Stage {
    world: TestWorld,
    /// Lucia's own message.
    own: String,
    /// The template's.
    template: String,
    /// A story of the account.
    story: String,
}

impl Stage {
    async fn set() -> Self {
        let world = TestWorld::start().await;
        let profile = json!({
            "platform": "instagram",
            "ice_breakers": [{"question": "Opening hours?", "payload": "HOURS"}],
            "persistent_menu": [{"locale": "default", "call_to_actions": [
                {"type": "postback", "title": "Agent", "payload": "AGENT"},
                {"type": "web_url", "title": "Shop", "url": "https://shop.example.test/"},
            ]}],
        });
        world.page().post("/me/messenger_profile", &profile).await.ok();
        let own = lucia(&world).writes("hello").await;
        let buttons = json!([
            {"type": "postback", "title": "Talk to one of our people", "payload": "TALK"},
            {"type": "web_url", "title": "Open", "url": "https://shop.example.test/k"},
        ]);
        let template = json!({"template_type": "button", "text": "What next?", "buttons": buttons});
        let template = sends(&world, &json!({"attachment": {"type": "template", "payload": template}})).await;
        let replies = json!([{"content_type": "text", "title": "Delivery", "payload": "DLV"}]);
        sends(&world, &json!({"text": "Pick one", "quick_replies": replies})).await;
        world.advance(DAY).await;
        world.advance(MOMENT).await;
        let story = json!({"media_product_type": "STORY", "caption": "today"});
        let story = world.nobody().post(&format!("{ACCOUNT_PATH}/media"), &story).await.ok();
        let story = story["id"].as_str().unwrap().to_owned();
        Self { world, own, template, story }
    }

    fn lucia(&self) -> PersonApi {
        lucia(&self.world)
    }

    /// Lucia does one of the acts.
    async fn does(&self, act: &str) {
        let lucia = self.lucia();
        let file = |kind: &str, asset: String| json!({"attachments": [{"type": kind, "asset_id": asset}]});
        let answer = match act {
            "text" => lucia.does("messages", &json!({"text": "hi"})).await,
            "photo" => {
                let asset = lucia.uploads("image", samples::png(8, 8)).await;
                lucia.does("messages", &file("image", asset)).await
            }
            "voice clip" => {
                let asset = lucia.uploads("audio", samples::m4a(1_000)).await;
                lucia.does("messages", &file("audio", asset)).await
            }
            "heart" => lucia.does("messages", &json!({"attachments": [{"type": "like_heart"}]})).await,
            "story reply" => lucia.does("messages", &json!({"text": "love it", "story": self.story})).await,
            "story mention" => {
                let asset = lucia.uploads("image", samples::jpeg(8, 8)).await;
                lucia.does("messages", &file("story_mention", asset)).await
            }
            "share" => lucia.does("messages", &json!({"attachments": [{"type": "share", "id": POST}]})).await,
            "reply" => lucia.does("messages", &json!({"text": "that one", "reply_to": self.template})).await,
            "ad and message" => lucia.does("messages", &json!({"text": "hi", "ad": {"ad_id": "120"}})).await,
            "quick reply" => lucia.does("taps", &json!({"quick_reply": "Delivery"})).await,
            "menu item" => lucia.does("taps", &json!({"menu_item": "Agent"})).await,
            "button" => lucia.does("taps", &json!({"button": "Talk to one of our people"})).await,
            "link" => lucia.does("links", &json!({"ref": "spring_a"})).await,
            "reaction" => lucia.does("reactions", &json!({"message_id": self.template, "reaction": "\u{1f44d}"})).await,
            "link without ref" => lucia.does("links", &json!({})).await,
            "reading" => {
                assert!(lucia.opens().await.is_some());
                return;
            }
            "typing" => lucia.does("typings", &json!({})).await,
            "profile visit" => lucia.does("visits", &json!({})).await,
            "unsend" => lucia.undoes(&format!("messages/{}", self.own)).await,
            "edit" => lucia.does(&format!("messages/{}", self.own), &json!({"text": "hallo"})).await,
            "follow" => lucia.does("follows", &json!({})).await,
            "unfollow" => lucia.undoes("follows").await,
            "web link of a button" => lucia.does("taps", &json!({"button": "Open"})).await,
            "web link of the menu" => lucia.does("taps", &json!({"menu_item": "Shop"})).await,
            "block and unblock" => {
                lucia.does("blocks", &json!({})).await.ok();
                lucia.undoes("blocks").await
            }
            "comment" => lucia.does("comments", &json!({"media_id": POST, "text": "nice"})).await,
            other => unreachable!("nobody knows how to do {other}"),
        };
        answer.ok();
    }

    /// What a send is told now.
    async fn sends(&self) -> u16 {
        let answer = self.world.page().sends(LUCIA, "hi").await;
        assert!(answer.status == 200 || answer.error() == (403, 10, Some(2_534_022)), "{}", answer.json());
        answer.status
    }
}

fn lucia(world: &TestWorld) -> PersonApi {
    world.person("lucia_m")
}

/// The business sends a message to Lucia; gives its id.
async fn sends(world: &TestWorld, message: &Value) -> String {
    let body = json!({"recipient": {"id": LUCIA}, "message": message});
    let sent = world.page().post("/v25.0/me/messages", &body).await.ok();
    sent["message_id"].as_str().unwrap().to_owned()
}

#[tokio::test]
async fn each_act_that_opens_the_window_does_so_for_exactly_24_hours() {
    for act in [
        "text",
        "photo",
        "voice clip",
        "heart",
        "story reply",
        "story mention",
        "share",
        "reply",
        "quick reply",
        "menu item",
        "button",
        "link",
        "ad and message",
        "reaction",
    ] {
        let stage = Stage::set().await;
        assert_eq!(stage.sends().await, 403, "before: {act}");
        stage.does(act).await;
        stage.world.advance(DAY).await;
        assert_eq!(stage.sends().await, 200, "at the last moment: {act}");
        stage.world.advance(MOMENT).await;
        assert_eq!(stage.sends().await, 403, "a moment later: {act}");
    }
}

#[tokio::test]
async fn no_other_act_opens_the_window() {
    for act in [
        "reading",
        "typing",
        "profile visit",
        "unsend",
        "edit",
        "follow",
        "unfollow",
        "web link of a button",
        "web link of the menu",
        "link without ref",
        "block and unblock",
        "comment",
    ] {
        let stage = Stage::set().await;
        stage.does(act).await;
        assert_eq!(stage.sends().await, 403, "{act}");
    }
}

#[tokio::test]
async fn taking_a_reaction_back_does_not_prolong_the_window() {
    let stage = Stage::set().await;
    stage.does("reaction").await;
    stage.world.advance(DAY).await;
    stage.lucia().undoes(&format!("reactions/{}", stage.template)).await.ok();
    assert_eq!(stage.sends().await, 200);
    stage.world.advance(MOMENT).await;
    assert_eq!(stage.sends().await, 403);
    let twice = stage.lucia().undoes(&format!("reactions/{}", stage.template)).await;
    assert_eq!(twice.error().0, 400, "there is none any more");
}

#[tokio::test]
async fn an_ice_breaker_opens_the_window_and_is_there_only_at_first() {
    let stage = Stage::set().await;
    let sam = stage.world.person("sam.oslo");
    sam.taps_ice_breaker("Opening hours?").await.ok();
    stage.world.advance(DAY).await;
    stage.world.page().sends(&sam.igsid(), "hi").await.ok();
    stage.world.advance(MOMENT).await;
    assert_eq!(stage.world.page().sends(&sam.igsid(), "hi").await.status, 403);
    assert_eq!(sam.taps_ice_breaker("Opening hours?").await.error().0, 400);
}

#[tokio::test]
async fn whoever_answers_a_private_reply_has_a_normal_window() {
    let world = TestWorld::start().await;
    let tomek = world.person("tomek.bikes");
    let comment = tomek.does("comments", &json!({"media_id": POST, "text": "price?"})).await.ok();
    let reply = json!({"recipient": {"comment_id": comment["comment_id"]}, "message": {"text": "40 euro"}});
    world.page().post("/v25.0/me/messages", &reply).await.ok();
    let seen = tomek.looks().await;
    assert_eq!(seen["folder"], "requests", "he does not follow the account");
    assert_eq!(seen["data"][0]["comment"]["text"], "price?");
    assert_eq!(seen["data"][0]["comment"]["media_id"], POST);
    assert_eq!(world.page().sends(&tomek.igsid(), "more").await.status, 403);
    tomek.writes("thanks").await;
    assert_eq!(tomek.looks().await["folder"], "general", "answering accepts the request");
    world.advance(DAY).await;
    world.page().sends(&tomek.igsid(), "more").await.ok();
    world.advance(MOMENT).await;
    assert_eq!(world.page().sends(&tomek.igsid(), "more").await.status, 403);
}

#[tokio::test]
async fn a_first_message_lands_by_following_and_an_answer_moves_it() {
    let world = TestWorld::start().await;
    let (follower, stranger) = (lucia(&world), world.person("sam.oslo"));
    follower.writes("hi").await;
    stranger.writes("hi").await;
    assert_eq!(follower.looks().await["folder"], "primary");
    assert_eq!(stranger.looks().await["folder"], "requests");
    for person in [&follower, &stranger] {
        world.page().sends(&person.igsid(), "hello").await.ok();
        assert_eq!(person.looks().await["folder"], "general");
    }
    let tomek = world.person("tomek.bikes");
    tomek.does("follows", &json!({})).await.ok();
    tomek.writes("hi").await;
    assert_eq!(tomek.looks().await["folder"], "primary", "he follows since");
}

#[tokio::test]
async fn a_request_that_nobody_touches_drops_out_of_reads_until_a_new_message() {
    let world = TestWorld::start().await;
    let (sam, page) = (world.person("sam.oslo"), world.page());
    sam.writes("anybody?").await;
    let path = format!("/me/conversations?platform=instagram&user_id={}", sam.igsid());
    let listed = async || world.page().get(&path).await.ok()["data"].as_array().unwrap().len();
    world.advance(Span::days(30)).await;
    assert_eq!(listed().await, 1);
    let id = page.get(&path).await.ok()["data"][0]["id"].as_str().unwrap().to_owned();
    world.advance(MOMENT).await;
    assert_eq!(listed().await, 0);
    let all = page.get("/me/conversations?platform=instagram").await.ok();
    assert_eq!(all["data"].as_array().unwrap().len(), 2, "answered ones stay");
    assert_eq!(page.get(&format!("/{id}")).await.error(), (400, 100, Some(33)));
    sam.writes("hello?").await;
    assert_eq!(listed().await, 1);
}

#[tokio::test]
async fn a_block_of_either_side_stops_both() {
    let world = TestWorld::start().await;
    let mira = world.person("mira.paints");
    let mid = mira.writes("hello").await;
    mira.does("blocks", &json!({})).await.ok();
    assert_eq!(mira.looks().await["blocked"], json!({"by_person": true, "by_account": false}));
    let refused = world.page().sends(MIRA, "hi").await;
    assert_eq!(refused.error().1, 551);
    for (what, body) in [
        ("messages", json!({"text": "hi"})),
        ("links", json!({"ref": "a"})),
        ("reactions", json!({"message_id": mid, "reaction": "love"})),
        ("comments", json!({"media_id": POST, "text": "hi"})),
        ("follows", json!({})),
    ] {
        assert_eq!(mira.does(what, &body).await.error().0, 400, "{what}");
    }
    mira.undoes("blocks").await.ok();
    mira.writes("again").await;
    world.page().sends(MIRA, "hi").await.ok();
    let block = json!({"user_ids": [{"id": MIRA}], "actions": ["block_user"]});
    world.page().post("/v25.0/me/moderate_conversations", &block).await.ok();
    assert_eq!(mira.does("messages", &json!({"text": "hi"})).await.error().0, 400);
    assert_eq!(mira.looks().await["blocked"], json!({"by_person": false, "by_account": true}));
}

#[tokio::test]
async fn a_removed_thread_cannot_be_written_to_until_the_person_acts() {
    let world = TestWorld::start().await;
    let mira = world.person("mira.paints");
    mira.undoes("messages").await.ok();
    let seen = mira.looks().await;
    assert_eq!((&seen["removed"], &seen["data"]), (&json!(true), &json!([])));
    assert_eq!(world.page().sends(MIRA, "hi").await.error(), (400, 100, Some(2_534_001)));
    mira.writes("back").await;
    assert_eq!(mira.looks().await["removed"], false);
    world.page().sends(MIRA, "hi").await.ok();
    assert_eq!(world.person("sam.oslo").undoes("messages").await.error().0, 400, "there is none");
}

#[tokio::test]
async fn people_who_are_not_there_neither_act_nor_get_messages() {
    let world = TestWorld::start().await;
    let (mira, api) = (world.person("mira.paints"), world.nobody());
    for (status, code, subcode) in [("deactivated", 551, Some(1_545_041)), ("deleted", 100, Some(2_534_014))] {
        let changed = api.post("/_parlance/people/mira.paints", &json!({"status": status})).await.ok();
        assert_eq!(changed["status"], status);
        assert_eq!(mira.does("messages", &json!({"text": "hi"})).await.error().0, 400);
        assert_eq!(world.page().sends(MIRA, "hi").await.error(), (400, code, subcode), "{status}");
    }
    api.post("/_parlance/people/mira.paints", &json!({"status": "active"})).await.ok();
    mira.writes("hi").await;
    world.page().sends(MIRA, "hi").await.ok();
}

#[tokio::test]
async fn a_link_is_a_referral_only_in_a_conversation_that_is_there() {
    let stage = Stage::set().await;
    let hook = stage.world.subscribe(&["messages", "messaging_postbacks", "messaging_referral"]).await;
    let referral = json!({"ref": "qr_store_7", "source": "SHORTLINKS", "type": "OPEN_THREAD"});
    let link = json!({"ref": "qr_store_7"});
    assert_eq!(stage.lucia().does("links", &link).await.ok(), json!({"referral": true}));
    stage.world.deliver().await;
    assert_eq!(
        hook.elements(),
        [json!({
            "sender": {"id": LUCIA}, "recipient": {"id": ACCOUNT}, "timestamp": stage.world.now().get(),
            "referral": referral,
        })]
    );
    let again = json!({"text": "hi", "ref": "qr_store_7"});
    assert_eq!(stage.lucia().does("messages", &again).await.error().0, 400, "the link is an act of its own there");

    let (sam, tomek) = (stage.world.person("sam.oslo"), stage.world.person("tomek.bikes"));
    assert_eq!(sam.does("links", &link).await.ok(), json!({"referral": false}), "there is no conversation yet");
    stage.world.deliver().await;
    assert!(hook.elements().is_empty());
    sam.does("messages", &json!({"text": "hello", "ref": "qr_store_7"})).await.ok();
    tomek.does("taps", &json!({"ice_breaker": "Opening hours?", "ref": "qr_store_7"})).await.ok();
    stage.world.deliver().await;
    let told = hook.elements();
    assert_eq!(told[0]["message"]["referral"], referral);
    assert_eq!(told[1]["postback"]["referral"], referral);
    assert_eq!(told[1]["postback"]["payload"], "HOURS");
}

#[tokio::test]
async fn without_ice_breakers_nobody_is_told_of_a_link_into_a_new_conversation() {
    let world = TestWorld::start().await;
    let hook = world.subscribe(&["messages"]).await;
    world.person("sam.oslo").does("messages", &json!({"text": "hello", "ref": "qr"})).await.ok();
    world.deliver().await;
    assert_eq!(hook.elements()[0]["message"].as_object().unwrap().keys().collect::<Vec<_>>(), ["mid", "text"]);
}

#[tokio::test]
async fn a_ref_has_at_most_2083_plain_characters() {
    let world = TestWorld::start().await;
    let mira = world.person("mira.paints");
    let answer = async |text: &str| mira.does("links", &json!({ "ref": text })).await.status;
    assert_eq!(answer(&"x".repeat(2_083)).await, 200);
    assert_eq!(answer("aZ9-_=").await, 200);
    for bad in ["x".repeat(2_084).as_str(), "a b", "\u{e9}", "a&b", ""] {
        assert_eq!(answer(bad).await, 400, "{bad}");
    }
}

#[tokio::test]
async fn an_ad_and_a_product_stand_beside_the_message() {
    let world = TestWorld::start().await;
    let hook = world.subscribe(&["messages"]).await;
    let mira = world.person("mira.paints");
    let ad = json!({
        "ad_id": "120200000000013", "ref": "spring_a", "ad_title": "Spring sale",
        "photo_url": "https://scontent.example.test/ad13.jpg", "flow_id": "55501",
    });
    mira.does("messages", &json!({"text": "Hi", "ad": ad})).await.ok();
    mira.does("messages", &json!({"text": "Size M?", "product": "5400000000000014"})).await.ok();
    world.deliver().await;
    let told = hook.elements();
    assert_eq!(
        told[0]["message"]["referral"],
        json!({
            "ref": "spring_a", "source": "ADS", "type": "OPEN_THREAD", "ad_id": "120200000000013",
            "ads_context_data": {"ad_title": "Spring sale", "photo_url": "https://scontent.example.test/ad13.jpg"},
            "flow_id": "55501",
        })
    );
    assert_eq!(told[1]["message"]["referral"], json!({"product": {"id": "5400000000000014"}}));
}

#[tokio::test]
async fn reactions_edits_and_what_is_taken_back_are_told_in_their_shapes() {
    let world = TestWorld::start().await;
    let hook = world.subscribe(&["messages", "message_reactions", "message_edit", "messaging_seen"]).await;
    let mira = world.person("mira.paints");
    let own = mira.writes("Do you ship to Oslo?").await;
    let sent = world.page().sends(MIRA, "We do").await.ok()["message_id"].as_str().unwrap().to_owned();
    world.deliver().await;
    hook.take();
    mira.does("reactions", &json!({"message_id": sent, "reaction": "love"})).await.ok();
    mira.does("reactions", &json!({"message_id": sent, "reaction": "\u{1f984}"})).await.ok();
    mira.undoes(&format!("reactions/{sent}")).await.ok();
    mira.does(&format!("messages/{own}"), &json!({"text": "Do you ship to Bergen?"})).await.ok();
    mira.opens().await;
    mira.undoes(&format!("messages/{own}")).await.ok();
    world.deliver().await;
    let told: Vec<Value> = hook
        .elements()
        .into_iter()
        .map(|mut element| {
            assert_eq!((&element["sender"]["id"], &element["recipient"]["id"]), (&json!(MIRA), &json!(ACCOUNT)));
            let element = element.as_object_mut().unwrap();
            element.retain(|key, _| !["sender", "recipient", "timestamp"].contains(&key.as_str()));
            json!(element)
        })
        .collect();
    assert_eq!(
        told,
        [
            json!({"reaction": {"mid": sent, "action": "react", "reaction": "love", "emoji": "\u{2764}\u{fe0f}"}}),
            json!({"reaction": {"mid": sent, "action": "react", "reaction": "other", "emoji": "\u{1f984}"}}),
            json!({"reaction": {"mid": sent, "action": "unreact"}}),
            json!({"message_edit": {"mid": own, "text": "Do you ship to Bergen?", "num_edit": 1}}),
            json!({"read": {"mid": sent}}),
            json!({"message": {"mid": own, "is_deleted": true}}),
        ]
    );
}

#[tokio::test]
async fn messages_of_people_are_told_with_what_stands_beside_them() {
    let stage = Stage::set().await;
    let hook = stage.world.subscribe(&["messages", "messaging_postbacks"]).await;
    for act in ["quick reply", "button", "photo", "story reply", "story mention", "share", "reply", "heart"] {
        stage.does(act).await;
    }
    stage.world.deliver().await;
    let told = hook.elements();
    assert_eq!(told[0]["message"]["text"], "Delivery");
    assert_eq!(told[0]["message"]["quick_reply"], json!({"payload": "DLV"}));
    assert_eq!(
        (&told[1]["postback"]["title"], &told[1]["postback"]["payload"]),
        (&json!("Talk to one of our people"), &json!("TALK"))
    );
    let attachment = |index: usize| &told[index]["message"]["attachments"][0];
    let is_media = |url: &Value| url.as_str().unwrap().contains("/ig_messaging_cdn/?asset_id=");
    assert_eq!(attachment(2)["type"], "image");
    assert!(is_media(&attachment(2)["payload"]["url"]), "{}", told[2]);
    assert_eq!(told[3]["message"]["text"], "love it");
    assert_eq!(told[3]["message"]["reply_to"]["story"]["id"], stage.story);
    assert_eq!(attachment(4)["type"], "story_mention");
    assert!(is_media(&attachment(4)["payload"]["url"]), "{}", told[4]);
    assert_eq!(
        (&attachment(5)["type"], &attachment(5)["payload"]["ig_post_media_id"]),
        (&json!("ig_post"), &json!(POST))
    );
    assert_eq!(told[6]["message"]["reply_to"], json!({"mid": stage.template}));
    assert_eq!(*attachment(7), json!({"type": "like_heart"}));
}

#[tokio::test]
async fn what_cannot_be_done_is_refused() {
    let stage = Stage::set().await;
    let (lucia, mira) = (stage.lucia(), stage.world.person("mira.paints"));
    let own = &stage.own;
    for (person, what, body, status) in [
        (&lucia, "messages", json!({}), 400),
        (&lucia, "messages", json!({"text": "a", "attachments": [{"type": "like_heart"}]}), 400),
        (&lucia, "messages", json!({"attachments": [{"type": "poll"}]}), 400),
        (&lucia, "messages", json!({"attachments": [{"type": "image"}]}), 400),
        (&lucia, "messages", json!({"attachments": [{"type": "image", "asset_id": "12345"}]}), 404),
        (&lucia, "messages", json!({"attachments": [{"type": "share", "id": "12345"}]}), 404),
        (&lucia, "messages", json!({"text": "a", "story": POST}), 400),
        (&lucia, "messages", json!({"text": "a", "reply_to": "nonsense"}), 404),
        (&mira, "messages", json!({"text": "a", "reply_to": own}), 404),
        (&mira, "reactions", json!({"message_id": own, "reaction": "love"}), 404),
        (&lucia, "reactions", json!({"message_id": own, "reaction": "nice"}), 400),
        (&lucia, "taps", json!({"quick_reply": "Collection"}), 400),
        (&mira, "taps", json!({"quick_reply": "Delivery"}), 400),
        (&mira, "taps", json!({"button": "Open"}), 400),
        (&lucia, "taps", json!({"button": "Open", "message_id": own}), 400),
        (&lucia, "comments", json!({"media_id": "12345", "text": "a"}), 404),
        (&lucia, "comments", json!({"media_id": POST, "text": " "}), 400),
        (&lucia, "comments", json!({"media_id": POST, "text": "a", "parent_id": "12345"}), 404),
    ] {
        assert_eq!(person.does(what, &body).await.error().0, status, "{what} {body}");
    }
    assert_eq!(lucia.undoes(&format!("messages/{}", stage.template)).await.error().0, 400, "not hers");
    assert_eq!(mira.undoes(&format!("messages/{own}")).await.error().0, 404);
    let edit = async |text: &str| lucia.does(&format!("messages/{own}"), &json!({ "text": text })).await.status;
    for number in 1..=5 {
        assert_eq!(edit(&format!("edit {number}")).await, 200);
    }
    assert_eq!(edit("edit 6").await, 400);
    lucia.undoes(&format!("messages/{own}")).await.ok();
    assert_eq!(edit("gone").await, 404);
}

#[tokio::test]
async fn comments_are_written_answered_and_deleted_and_a_broadcast_takes_them_while_it_runs() {
    let world = TestWorld::start().await;
    let (lucia, api) = (lucia(&world), world.nobody());
    let accounts = async || api.get("/_parlance/accounts").await.ok()["data"][0]["media"].clone();
    let first = lucia.does("comments", &json!({"media_id": POST, "text": "one"})).await.ok();
    let parent = first["comment_id"].as_str().unwrap();
    let second = lucia.does("comments", &json!({"media_id": POST, "text": "two", "parent_id": parent})).await.ok();
    let under = |media: &Value| -> Vec<Value> {
        let post = media.as_array().unwrap().iter().find(|post| post["id"] == POST).unwrap().clone();
        post["comments"].as_array().unwrap().clone()
    };
    let found = under(&accounts().await);
    let two = found.iter().find(|comment| comment["text"] == "two").unwrap();
    assert_eq!((&two["from"], &two["parent_id"]), (&json!("lucia_m"), &json!(parent)));
    let id = second["comment_id"].as_str().unwrap();
    assert_eq!(world.person("mira.paints").undoes(&format!("comments/{id}")).await.error().0, 404, "not hers");
    lucia.undoes(&format!("comments/{id}")).await.ok();
    assert!(!under(&accounts().await).iter().any(|comment| comment["text"] == "two"));

    let live = json!({"media_product_type": "LIVE"});
    let live = api.post("/_parlance/accounts/harbor.knits/media", &live).await.ok();
    let id = live["id"].as_str().unwrap();
    let comment = json!({"media_id": id, "text": "hello from Oslo"});
    lucia.does("comments", &comment).await.ok();
    let ended = api.post(&format!("/_parlance/accounts/harbor.knits/media/{id}"), &json!({"ended": true})).await.ok();
    assert_eq!(ended["ended_time"], world.now().rfc3339());
    assert_eq!(lucia.does("comments", &comment).await.error().0, 400);
}

#[tokio::test]
async fn accounts_and_apps_are_set_up_as_a_test_needs_them() {
    let world = TestWorld::start().await;
    let api = world.nobody();
    let change = json!({
        "account_type": "MEDIA_CREATOR", "allow_message_access": false, "standing": "restricted",
        "image_collections": false, "default_app": crate::APP,
    });
    let account = api.post("/_parlance/accounts/harbor.knits", &change).await.ok();
    for (key, value) in change.as_object().unwrap() {
        assert_eq!(account[key], *value, "{key}");
    }
    let account = api.post("/_parlance/accounts/harbor.knits", &json!({"default_app": null})).await.ok();
    assert_eq!((&account["default_app"], &account["standing"]), (&json!(null), &json!("restricted")));
    for wrong in [json!({"standing": "odd"}), json!({"account_type": "x"})] {
        assert_eq!(api.post("/_parlance/accounts/harbor.knits", &wrong).await.error().0, 400, "{wrong}");
    }
    assert_eq!(api.post("/_parlance/accounts/harbor.knits", &json!({"default_app": "5"})).await.error().0, 404);

    let path = format!("/_parlance/apps/{}", crate::APP);
    let app = api.post(&path, &json!({"live": false, "advanced_access": false, "human_agent": false})).await.ok();
    assert_eq!([&app["live"], &app["advanced_access"], &app["human_agent"]], [&json!(false); 3]);
    assert_eq!(api.get("/_parlance/apps").await.ok()["data"][0], app);
    api.post(&format!("{path}/roles/mira.paints"), &json!({})).await.ok();
    api.delete(&format!("{path}/roles/mira.paints")).await.ok();
    assert_eq!(api.post(&format!("{path}/roles/nobody"), &json!({})).await.error().0, 404);
    assert_eq!(api.post("/_parlance/apps/5", &json!({})).await.error().0, 404);

    let set = json!({"phone": "+47 22 00 00 00", "email": "mira@example.test"});
    let person = api.post("/_parlance/people/mira.paints", &set).await.ok();
    assert_eq!((&person["phone"], &person["email"]), (&set["phone"], &set["email"]));
    let person = api.post("/_parlance/people/mira.paints", &json!({"phone": null})).await.ok();
    assert_eq!((&person["phone"], &person["email"]), (&json!(null), &set["email"]));
    assert_eq!(api.post("/_parlance/people/mira.paints", &json!({"status": "x"})).await.error().0, 400);
    assert_eq!(api.post("/_parlance/people/mira.paints", &json!({"email": ""})).await.error().0, 400);
}

#[tokio::test]
async fn files_of_people_are_held_to_the_same_limits_and_go_with_the_message() {
    let world = TestWorld::start().await;
    let (mira, api) = (world.person("mira.paints"), world.nobody());
    let upload = async |kind: &str, bytes: Vec<u8>| {
        let path = format!("/_parlance/people/mira.paints/files?to=harbor.knits&type={kind}");
        api.send(api.request("POST", &path, "application/octet-stream", bytes.into())).await
    };
    upload("audio", samples::wav(400_000)).await.ok();
    let large = |bytes: usize| [samples::pdf(), vec![b'\n'; bytes]].concat();
    for (kind, bytes) in [
        ("file", large(25 << 20)),
        ("file", large(30 << 20)),
        ("video", samples::pdf()),
        ("image", b"no".to_vec()),
        ("poll", samples::pdf()),
    ] {
        assert_eq!(upload(kind, bytes).await.error().0, 400, "{kind}");
    }
    let file = upload("image", samples::png(8, 8)).await.ok();
    assert_eq!((&file["type"], &file["content_type"]), (&json!("image"), &json!("image/png")));
    let path = file["url"].as_str().unwrap().trim_start_matches("http://localhost").to_owned();
    let attachment = json!({"type": "image", "asset_id": file["asset_id"]});
    let mid = mira.does("messages", &json!({"attachments": [attachment]})).await.ok()["message_id"].clone();
    let loaded = api.get(&path).await;
    assert_eq!((loaded.status, loaded.body.as_ref()), (200, samples::png(8, 8).as_slice()));
    mira.undoes(&format!("messages/{}", mid.as_str().unwrap())).await.ok();
    assert_eq!(api.get(&path).await.status, 404, "what was unsent is seen nowhere");
}

#[tokio::test]
async fn a_file_of_a_person_may_be_fetched_from_where_they_say() {
    let mut world = TestWorld::start().await;
    let base = world.listen().await;
    let uploaded = world.person("mira.paints").uploads("image", samples::png(8, 8)).await;
    let sent = json!({"attachments": [{"type": "image", "asset_id": uploaded}]});
    let mira = world.person("mira.paints");
    mira.does("messages", &sent).await.ok();
    let url = mira.looks().await["data"][0]["attachments"][0]["url"].as_str().unwrap().to_owned();
    let url = url.replace("http://localhost", &base);
    mira.does("messages", &json!({"attachments": [{"type": "image", "url": url}]})).await.ok();
    let seen = mira.looks().await["data"][0]["attachments"][0].clone();
    assert!(seen["url"].is_string() && !seen["url"].as_str().unwrap().contains(&uploaded), "a file of its own: {seen}");
    let nowhere = json!({"attachments": [{"type": "image", "url": format!("{base}/nothing.png")}]});
    assert_eq!(mira.does("messages", &nowhere).await.error(), (400, 100, Some(2_018_008)));
}
