//! Sender actions (contract send 1.10).

use engine::facts::{EventKind, TYPING};
use engine::settings::Settings;
use serde_json::{Value, json};
use testkit::{Answer, Api, Options, TestWorld};
use wire::time::Span;

use crate::{JONAS, MIRA};

const HEART: &str = "\u{2764}\u{fe0f}";

async fn acts(api: &Api, to: &str, action: &str, payload: Option<Value>) -> Answer {
    let mut body = json!({"recipient": {"id": to}, "sender_action": action});
    if let Some(payload) = payload {
        body["payload"] = payload;
    }
    api.post("/v25.0/me/messages", &body).await
}

async fn reacts(world: &TestWorld, mid: &str, reaction: &str) -> Answer {
    acts(&world.page(), MIRA, "react", Some(json!({"message_id": mid, "reaction": reaction}))).await
}

/// The business's reaction to a message.
async fn reaction(world: &TestWorld, mid: &str) -> Option<String> {
    let id: wire::id::MessageId = mid.parse().unwrap();
    let found = world.world().store.reactions(id.account, id.igsid, id.item, id.item).await.unwrap();
    assert!(found.len() <= 1, "{found:?}");
    found.into_iter().next().map(|reaction| reaction.emoji)
}

#[tokio::test]
async fn every_action_is_answered_with_the_recipient_alone_on_both_hosts() {
    let world = TestWorld::start().await;
    let mid = world.person("mira.paints").writes("hi").await;
    for api in [world.page(), world.instagram()] {
        for action in ["typing_on", "TYPING_OFF", "mark_seen"] {
            assert_eq!(acts(&api, MIRA, action, None).await.ok(), json!({"recipient_id": MIRA}), "{action}");
        }
        let payload = json!({"message_id": mid, "reaction": "love"});
        assert_eq!(acts(&api, MIRA, "react", Some(payload)).await.ok(), json!({"recipient_id": MIRA}));
        let payload = json!({"message_id": mid});
        assert_eq!(acts(&api, MIRA, "unreact", Some(payload)).await.ok(), json!({"recipient_id": MIRA}));
    }
}

#[tokio::test]
async fn typing_is_shown_for_twenty_seconds_or_until_a_message() {
    let world = TestWorld::start().await;
    acts(&world.page(), MIRA, "typing_on", None).await.ok();
    assert_eq!(TYPING, Span::seconds(20));
    assert_eq!(world.thread("mira.paints").await.typing_until, Some(world.now().plus(TYPING)));
    acts(&world.page(), MIRA, "typing_off", None).await.ok();
    assert_eq!(world.thread("mira.paints").await.typing_until, None);
    acts(&world.page(), MIRA, "typing_on", None).await.ok();
    world.page().sends(MIRA, "here").await.ok();
    assert_eq!(world.thread("mira.paints").await.typing_until, None);
}

#[tokio::test]
async fn mark_seen_marks_the_newest_message() {
    let world = TestWorld::start().await;
    let mid = world.person("mira.paints").writes("read me").await;
    let id: wire::id::MessageId = mid.parse().unwrap();
    assert_ne!(world.thread("mira.paints").await.business_seen_item, Some(id.item));
    acts(&world.page(), MIRA, "mark_seen", None).await.ok();
    let thread = world.thread("mira.paints").await;
    assert_eq!((thread.business_seen_item, thread.unread_count), (Some(id.item), 0));
}

#[tokio::test]
async fn an_answer_marks_what_the_person_wrote_as_seen() {
    let world = TestWorld::start().await;
    let mid = world.person("mira.paints").writes("read me").await;
    world.page().sends(MIRA, "read").await.ok();
    let thread = world.thread("mira.paints").await;
    assert_eq!(thread.business_seen_item, Some(mid.parse::<wire::id::MessageId>().unwrap().item));
    assert_eq!((thread.unread_count, thread.folder), (0, engine::facts::Folder::General));
}

#[tokio::test]
async fn a_reaction_is_set_changed_and_taken_back_on_messages_of_either_side() {
    let world = TestWorld::start().await;
    let theirs = world.person("mira.paints").writes("hi").await;
    let ours = world.page().sends(MIRA, "hello").await.ok()["message_id"].as_str().unwrap().to_owned();
    for mid in [&theirs, &ours] {
        for (asked, shown) in
            [("love", HEART), ("\u{1f44d}", "\u{1f44d}"), ("\u{1f469}\u{200d}\u{1f467}", "\u{1f469}\u{200d}\u{1f467}")]
        {
            reacts(&world, mid, asked).await.ok();
            assert_eq!(reaction(&world, mid).await.as_deref(), Some(shown));
        }
        acts(&world.page(), MIRA, "unreact", Some(json!({"message_id": mid}))).await.ok();
        assert_eq!(reaction(&world, mid).await, None);
    }
}

#[tokio::test]
async fn the_payload_may_be_json_text() {
    let world = TestWorld::start().await;
    let mid = world.person("mira.paints").writes("hi").await;
    let payload = json!({"message_id": mid, "reaction": "love"}).to_string();
    let recipient = json!({"id": MIRA}).to_string();
    let form = [("recipient", recipient.as_str()), ("sender_action", "REACT"), ("payload", &payload)];
    world.page().post_form("/v25.0/me/messages", &form).await.ok();
    assert_eq!(reaction(&world, &mid).await.as_deref(), Some(HEART));
}

#[tokio::test]
async fn messages_that_are_elsewhere_or_gone_cannot_be_reacted_to() {
    let world = TestWorld::start().await;
    let foreign = world.person("jonas_w").writes("hi").await;
    let gone = world.person("mira.paints").writes("oops").await;
    world.nobody().delete(&format!("/_parlance/people/mira.paints/messages/{gone}")).await.ok();
    let never = gone.parse::<wire::id::MessageId>().unwrap();
    let never = wire::id::MessageId { item: wire::id::Item::new(7), ..never }.to_string();
    for mid in [&foreign, &gone, &never, "no-mid"] {
        assert_eq!(reacts(&world, mid, "love").await.error(), (400, 100, None), "{mid}");
        let unreact = acts(&world.page(), MIRA, "unreact", Some(json!({"message_id": mid}))).await;
        assert_eq!(unreact.error(), (400, 100, None), "{mid}");
    }
}

#[tokio::test]
async fn no_app_is_told_and_the_log_is() {
    let world = TestWorld::start().await;
    let fields = ["messages", "message_reactions", "messaging_seen"];
    let mid = world.person("mira.paints").writes("hi").await;
    let hook = world.subscribe(&fields).await;
    let before = world.world().store.last_event().await.unwrap();
    for action in ["typing_on", "typing_off", "mark_seen"] {
        acts(&world.page(), MIRA, action, None).await.ok();
    }
    reacts(&world, &mid, "love").await.ok();
    acts(&world.page(), MIRA, "unreact", Some(json!({"message_id": mid}))).await.ok();
    world.deliver().await;
    assert_eq!(hook.take().len(), 0);
    let events = world.world().store.events(before, 10).await.unwrap();
    let kinds: Vec<EventKind> = events.iter().map(|event| event.event.kind).collect();
    use EventKind::{BusinessSeen, Reaction, Typing};
    assert_eq!(kinds, [Typing, Typing, BusinessSeen, Reaction, Reaction]);
}

#[tokio::test]
async fn an_action_needs_an_open_window_like_a_message() {
    let world = TestWorld::start().await;
    assert_eq!(acts(&world.page(), JONAS, "typing_on", None).await.error(), (403, 10, Some(2_534_022)));
    let mut tagged = json!({"recipient": {"id": JONAS}, "sender_action": "typing_on", "tag": "HUMAN_AGENT"});
    world.page().post("/me/messages", &tagged).await.ok();
    world.advance(Span::days(7)).await;
    tagged["sender_action"] = json!("mark_seen");
    assert_eq!(world.page().post("/me/messages", &tagged).await.error(), (403, 10, Some(2_534_022)));
    world.change_user("mira.paints", |user| user.is_user_block_business = true).await;
    assert_eq!(acts(&world.page(), MIRA, "typing_on", None).await.error(), (400, 551, Some(1_545_041)));
    assert_eq!(acts(&world.page(), "77", "typing_on", None).await.error(), (400, 100, Some(2_534_014)));
}

#[tokio::test]
async fn actions_count_with_texts() {
    let settings = Settings { send_per_second: 2, ..Settings::emulator() };
    let world = TestWorld::with(Options { settings, ..Options::default() }).await;
    acts(&world.page(), MIRA, "typing_on", None).await.ok();
    world.page().sends(MIRA, "hi").await.ok();
    assert_eq!(acts(&world.page(), MIRA, "typing_off", None).await.error(), (400, 613, Some(2_534_040)));
}

#[tokio::test]
async fn an_action_changes_neither_the_order_of_threads_nor_their_count() {
    let world = TestWorld::start().await;
    let before = world.thread("mira.paints").await;
    world.advance(Span::minutes(5)).await;
    acts(&world.page(), MIRA, "typing_on", None).await.ok();
    let after = world.thread("mira.paints").await;
    assert_eq!((after.updated_time, after.message_count), (before.updated_time, before.message_count));
    assert_eq!((after.last_person_time, after.folder), (before.last_person_time, before.folder));
}
