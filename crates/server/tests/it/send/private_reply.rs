//! Private replies (contract send 3.3, 5.1).

use engine::demo;
use engine::facts::{Folder, MediaProductType, PersonStatus};
use engine::settings::Settings;
use serde_json::{Value, json};
use testkit::{Answer, Api, Grant, Options, TestWorld};
use wire::id::{CommentId, MediaId};
use wire::time::Span;

use crate::{AISHA, MIRA};

/// Tomek: he commented, does not follow, and never wrote.
const TOMEK: &str = "900000000000004";
const INVALID: (u16, i64, Option<i64>) = (400, 100, Some(2_534_025));

fn post(index: usize) -> MediaId {
    demo::posts().nth(index).unwrap().0
}

fn aishas() -> CommentId {
    demo::posts().next().unwrap().1[1]
}

fn body(comment: impl std::fmt::Display, message: &Value) -> Value {
    json!({"recipient": {"comment_id": comment.to_string()}, "message": message})
}

async fn replies(api: &Api, comment: impl std::fmt::Display) -> Answer {
    api.post("/v25.0/me/messages", &body(comment, &json!({"text": "Here is the link"}))).await
}

#[tokio::test]
async fn a_comment_is_answered_once_and_the_answer_names_the_commenter() {
    for api in [TestWorld::page, TestWorld::instagram] {
        let world = TestWorld::start().await;
        let api = api(&world);
        let sent = replies(&api, aishas()).await.ok();
        assert_eq!(sent["recipient_id"], AISHA);
        assert!(sent["message_id"].as_str().unwrap().starts_with("aWdf"));
        assert_eq!(world.person("aisha.codes").sees().await[0].1, "Here is the link");
        assert_eq!(replies(&api, aishas()).await.error(), INVALID);
        let message = world.world().store.message(sent["message_id"].as_str().unwrap().parse().unwrap()).await.unwrap();
        assert_eq!(message.unwrap().aside.comment, Some(aishas()), "the message leads to what was commented");
    }
}

#[tokio::test]
async fn a_private_reply_is_echoed_like_any_message() {
    let world = TestWorld::start().await;
    let hook = world.subscribe(&["messages"]).await;
    let mid = replies(&world.page(), aishas()).await.ok()["message_id"].clone();
    world.deliver().await;
    assert_eq!(hook.elements()[0]["message"], json!({"mid": mid, "text": "Here is the link", "is_echo": true}));
}

#[tokio::test]
async fn after_it_the_business_waits_for_an_answer() {
    let world = TestWorld::start().await;
    assert_eq!(world.page().sends(AISHA, "hi").await.error(), (403, 10, Some(2_534_022)), "a comment opens nothing");
    replies(&world.page(), aishas()).await.ok();
    assert_eq!(world.page().sends(AISHA, "and?").await.error(), (403, 10, Some(2_534_022)));
    world.person("aisha.codes").writes("thanks").await;
    world.page().sends(AISHA, "you are welcome").await.ok();
    world.advance(Span::hours(24)).await;
    world.page().sends(AISHA, "last moment").await.ok();
    world.advance(Span::millis(1)).await;
    assert_eq!(world.page().sends(AISHA, "late").await.error(), (403, 10, Some(2_534_022)));
}

#[tokio::test]
async fn a_comment_can_be_answered_for_seven_days_wherever_it_stands() {
    for kind in [MediaProductType::Feed, MediaProductType::Reels, MediaProductType::Story, MediaProductType::Ad] {
        let world = TestWorld::start().await;
        world.change_media(post(0), |media| media.media_product_type = kind).await;
        let (first, second) =
            (world.comments(5, post(0), "aisha.codes").await, world.comments(6, post(0), "lucia_m").await);
        world.advance(Span::days(7)).await;
        replies(&world.page(), first).await.ok();
        world.advance(Span::millis(1)).await;
        assert_eq!(replies(&world.page(), second).await.error(), INVALID, "{kind:?}");
    }
}

#[tokio::test]
async fn a_comment_on_a_broadcast_can_be_answered_while_it_runs() {
    let world = TestWorld::start().await;
    world.change_media(post(0), |media| media.media_product_type = MediaProductType::Live).await;
    let (first, second) =
        (world.comments(5, post(0), "aisha.codes").await, world.comments(6, post(0), "lucia_m").await);
    replies(&world.page(), first).await.ok();
    let ended = world.now().plus(Span::minutes(5));
    world.change_media(post(0), |media| media.ended_time = Some(ended)).await;
    world.advance(Span::minutes(5)).await;
    assert_eq!(replies(&world.page(), second).await.error(), INVALID);
}

#[tokio::test]
async fn comments_that_cannot_be_answered_all_look_the_same() {
    let world = TestWorld::start().await;
    let under = world.comments(5, post(0), "aisha.codes").await;
    world.change_comment(under, |comment| comment.parent = Some(aishas())).await;
    assert_eq!(replies(&world.page(), under).await.error(), INVALID, "a reply under a comment");
    let gone = world.comments(6, post(0), "aisha.codes").await;
    world.change_comment(gone, |comment| comment.is_deleted = true).await;
    assert_eq!(replies(&world.page(), gone).await.error(), INVALID, "a deleted one");
    for none in ["1", "no-number", "99999999999999999999999", MIRA] {
        assert_eq!(replies(&world.page(), none).await.error(), INVALID, "{none}");
    }
    let foreign = Grant::page().of_other_app().of_other_account().all_scopes().caller(&world).await;
    assert_eq!(replies(&foreign, aishas()).await.error(), INVALID, "another account's");
    let mut tagged = body(aishas(), &json!({"text": "hi"}));
    tagged["tag"] = json!("HUMAN_AGENT");
    assert_eq!(world.page().post("/me/messages", &tagged).await.error(), INVALID, "with the tag");
    let told = replies(&world.instagram(), "1").await;
    assert_eq!(told.message(), "The comment is invalid for a private reply");
    assert_eq!(told.json()["error"]["type"], "IGApiException");
}

#[tokio::test]
async fn an_author_who_is_gone_or_blocked_is_told_as_for_any_message() {
    let world = TestWorld::start().await;
    world.change_user("aisha.codes", |user| user.is_user_block_business = true).await;
    assert_eq!(replies(&world.page(), aishas()).await.error(), (400, 551, Some(1_545_041)));
    world.change_person("aisha.codes", |person| person.status = PersonStatus::Deleted).await;
    assert_eq!(replies(&world.page(), aishas()).await.error(), (400, 100, Some(2_534_014)));
    assert_eq!(world.comment(aishas()).await.replied_time, None, "it is still there to be answered");
}

#[tokio::test]
async fn comments_need_permissions_of_their_own() {
    let world = TestWorld::start().await;
    let messaging = ["instagram_basic", "instagram_manage_messages"];
    for (lacking, scopes) in
        [("both", vec![]), ("one", vec!["pages_messaging"]), ("other", vec!["instagram_manage_comments"])]
    {
        let page = Grant::page().scopes(&[&messaging[..], &scopes].concat()).caller(&world).await;
        assert_eq!(replies(&page, aishas()).await.error(), (403, 10, None), "{lacking}");
        page.sends(MIRA, "a plain send needs neither").await.ok();
    }
    let bare = ["instagram_business_basic", "instagram_business_manage_messages"];
    let account = Grant::instagram().scopes(&bare).caller(&world).await;
    assert_eq!(replies(&account, aishas()).await.error(), (403, 10, None));
    let with =
        Grant::instagram().scopes(&[&bare[..], &["instagram_business_manage_comments"]].concat()).caller(&world).await;
    replies(&with, aishas()).await.ok();
}

#[tokio::test]
async fn it_lands_where_the_persons_following_puts_it() {
    let world = TestWorld::start().await;
    replies(&world.page(), aishas()).await.ok();
    assert_eq!(world.thread("aisha.codes").await.folder, Folder::Primary, "she follows");
    let comment = world.comments(5, post(0), "tomek.bikes").await;
    replies(&world.page(), comment).await.ok();
    assert_eq!(world.thread("tomek.bikes").await.folder, Folder::Requests, "he does not");
    let comment = world.comments(6, post(0), "mira.paints").await;
    replies(&world.page(), comment).await.ok();
    assert_eq!(world.thread("mira.paints").await.folder, Folder::General, "there is a chat");
}

#[tokio::test]
async fn media_and_templates_reach_followers_and_people_who_wrote() {
    let rich = [
        json!({"attachment": {"type": "like_heart"}}),
        json!({"attachment": {"type": "MEDIA_SHARE", "payload": {"id": post(0)}}}),
        json!({"attachment": {"type": "template", "payload": {"template_type": "button", "text": "Look",
            "buttons": [{"type": "postback", "title": "Go", "payload": "GO"}]}}}),
    ];
    let world = TestWorld::start().await;
    for (number, (message, person)) in (10..).zip(rich.iter().flat_map(|m| [(m, "aisha.codes"), (m, "mira.paints")])) {
        let comment = world.comments(number, post(0), person).await;
        world.page().post("/me/messages", &body(comment, message)).await.ok();
    }
    for (number, message) in (30..).zip(&rich) {
        let comment = world.comments(number, post(0), "tomek.bikes").await;
        let refused = world.page().post("/me/messages", &body(comment, message)).await;
        assert_eq!(refused.error(), (500, 2, Some(1_545_133)), "{message}");
        assert_eq!(replies(&world.page(), comment).await.error(), INVALID, "the attempt used it up");
    }
    let comment = world.comments(40, post(0), "tomek.bikes").await;
    let text =
        json!({"text": "Which size?", "quick_replies": [{"content_type": "text", "title": "M", "payload": "M"}]});
    assert_eq!(world.page().post("/me/messages", &body(comment, &text)).await.ok()["recipient_id"], TOMEK);
}

#[tokio::test]
async fn the_filter_against_strangers_can_be_switched_off() {
    let settings = Settings { private_reply_needs_follower: false, ..Settings::emulator() };
    let world = TestWorld::with(Options { settings, ..Options::default() }).await;
    let comment = world.comments(5, post(0), "tomek.bikes").await;
    world.page().post("/me/messages", &body(comment, &json!({"attachment": {"type": "like_heart"}}))).await.ok();
}

#[tokio::test]
async fn posts_and_broadcasts_have_allowances_apart_from_other_sends() {
    let settings = Settings {
        send_per_second: 1,
        private_replies_per_hour: 2,
        private_replies_live_per_second: 1,
        ..Settings::emulator()
    };
    let world = TestWorld::with(Options { settings, ..Options::default() }).await;
    let over = (400, 613, Some(2_534_040));
    let mut comments = Vec::new();
    for number in 5..9 {
        comments.push(world.comments(number, post(0), "aisha.codes").await);
    }
    replies(&world.page(), comments[0]).await.ok();
    replies(&world.page(), comments[1]).await.ok();
    assert_eq!(replies(&world.page(), comments[2]).await.error(), over);
    world.page().sends(MIRA, "not counted with them").await.ok();
    world.change_media(post(0), |media| media.media_product_type = MediaProductType::Live).await;
    replies(&world.page(), comments[2]).await.ok();
    assert_eq!(replies(&world.page(), comments[3]).await.error(), over);
    world.advance(Span::seconds(1)).await;
    replies(&world.page(), comments[3]).await.ok();
    world.change_media(post(0), |media| media.media_product_type = MediaProductType::Feed).await;
    let late = world.comments(20, post(0), "aisha.codes").await;
    assert_eq!(replies(&world.page(), late).await.error(), over, "the hour is not over");
    world.advance(Span::hours(1)).await;
    replies(&world.page(), late).await.ok();
}

#[tokio::test]
async fn two_at_once_to_one_comment_are_one() {
    let world = TestWorld::start().await;
    let other = world.beside(2);
    let mut tasks = tokio::task::JoinSet::new();
    for page in [world.page(), other.page()].into_iter().cycle().take(8) {
        tasks.spawn(async move { replies(&page, aishas()).await.status });
    }
    let mut statuses = tasks.join_all().await;
    statuses.sort_unstable();
    assert_eq!(statuses, [200, 400, 400, 400, 400, 400, 400, 400]);
}

#[tokio::test]
async fn an_action_has_no_place_at_a_comment() {
    let world = TestWorld::start().await;
    let action = json!({"recipient": {"comment_id": aishas()}, "sender_action": "typing_on"});
    assert_eq!(world.page().post("/me/messages", &action).await.error().1, 100);
    assert_eq!(world.comment(aishas()).await.replied_time, None);
}

#[tokio::test]
async fn how_many_strangers_are_answered_is_not_judged() {
    let world = TestWorld::start().await;
    for number in 50..80 {
        let comment = world.comments(number, post(0), "tomek.bikes").await;
        assert_eq!(replies(&world.page(), comment).await.ok()["recipient_id"], TOMEK);
    }
}
