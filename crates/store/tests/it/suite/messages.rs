//! The messages of a thread.

use engine::change::Change;
use engine::facts::{Aside, Content, MediaFile, Message, Side};
use engine::store::{Start, Store};
use wire::id::{AppId, AssetId, CommentId, Item, MediaId, MessageId};
use wire::send::attachment::MediaKind;
use wire::send::button::Button;
use wire::send::quick_reply::QuickReply;
use wire::send::template::{Element, ProductElement, Template};
use wire::webhook::{Attachment, Referral};

use crate::make::{APP, ONE, SliceCase, TWO, commit, igsid, item, message, slice, stale};

async fn a_message_comes_back_as_it_was_written(store: &dyn Store) {
    let text = Message { content: Content::Text(String::new()), ..message(ONE, 1, 10) };
    let tap = Message {
        content: Content::Postback { title: "Hours?".into(), payload: String::new() },
        ..message(ONE, 1, 11)
    };
    let answer = Message { from: Side::Business, app: Some(APP), ..message(ONE, 1, 12) };
    for written in [text, tap, answer] {
        assert_eq!(store.message(written.id).await.unwrap(), None);
        commit(store, [Change::AddMessage(written.clone())]).await;
        assert_eq!(store.message(written.id).await.unwrap(), Some(written.clone()));
        assert_eq!(store.message(MessageId { account: TWO, ..written.id }).await.unwrap(), None);
        assert_eq!(store.message(MessageId { igsid: igsid(2), ..written.id }).await.unwrap(), None);
    }
}

/// Every content, each with an aside of another kind.
fn contents() -> Vec<Message> {
    let file = |kind, asset| MediaFile { kind, asset: AssetId::new(asset) };
    let button = Button::Postback { title: "Go \"on\"".into(), payload: "P ✓".into() };
    let element = Element { title: "ß".into(), buttons: vec![button.clone()], ..Element::default() };
    let link = Button::WebUrl { url: "https://shop.example/".into(), title: "Shop".into() };
    let referral = Referral { r#ref: Some("r".into()), source: Some("ADS".into()), ..Referral::default() };
    let replies = vec![QuickReply::Text { title: "Yes".into(), payload: None }, QuickReply::UserEmail];
    let all = [
        (Content::Text("a".into()), Aside { quick_replies: replies, ..Aside::default() }),
        (
            Content::Postback { title: "t".into(), payload: "{}".into() },
            Aside { referral: Some(referral), ..Aside::default() },
        ),
        (
            Content::Media(vec![file(MediaKind::Image, 1), file(MediaKind::Image, 1 << 62)]),
            Aside { reply_to: Some(item(9)), ..Aside::default() },
        ),
        (Content::Media(vec![]), Aside { quick_reply: Some("null".into()), ..Aside::default() }),
        (Content::LikeHeart, Aside { story: Some(MediaId::new(4)), ..Aside::default() }),
        (Content::MediaShare(MediaId::new(5)), Aside { comment: Some(CommentId::new(6)), ..Aside::default() }),
        (
            Content::Template(Template::Generic { elements: vec![element] }),
            Aside { metadata: Some("{\"m\":1}".into()), ..Aside::default() },
        ),
        (
            Content::Template(Template::Button { text: "Choose".into(), buttons: vec![button, link] }),
            Aside { num_edit: 3, ..Aside::default() },
        ),
        (
            Content::Template(Template::Product { elements: vec![ProductElement { id: "p".into() }] }),
            Aside { metadata: Some(String::new()), ..Aside::default() },
        ),
        (Content::StoryMention(file(MediaKind::Video, 7)), Aside { mention: Some(item(8)), ..Aside::default() }),
        (Content::Sticker(file(MediaKind::Image, 8)), Aside { author: Some(AppId::new(9)), ..Aside::default() }),
        (named("ephemeral", None), Aside { is_self: true, ..Aside::default() }),
        (named("fallback", Some(serde_json::json!({"url": "https://a.example", "title": "\u{e9}"}))), Aside::default()),
        (Content::Unsupported, Aside::default()),
        (Content::Unsent, Aside::default()),
    ];
    let message = |(number, (content, aside))| Message { content, aside, ..message(ONE, 1, number) };
    (10..).zip(all).map(message).collect()
}

fn named(kind: &str, payload: Option<serde_json::Value>) -> Content {
    Content::Named(Attachment { kind: kind.into(), payload })
}

async fn every_content_comes_back_with_what_stands_beside_it(store: &dyn Store) {
    commit(store, contents().into_iter().map(Change::AddMessage)).await;
    for written in contents() {
        assert_eq!(store.message(written.id).await.unwrap(), Some(written));
    }
    let listed = store.messages(ONE, igsid(1), slice(Start::Newest, 99)).await.unwrap().items;
    assert_eq!(listed, contents().into_iter().rev().collect::<Vec<_>>());
}

async fn a_message_that_is_there_can_say_something_else(store: &dyn Store) {
    commit(store, [9, 10, 11].map(|number| Change::AddMessage(message(ONE, 1, number)))).await;
    commit(store, [Change::AddMessage(message(TWO, 1, 10))]).await;
    for says in contents() {
        let says = Message { id: message(ONE, 1, 10).id, from: Side::Business, app: Some(APP), ..says };
        commit(store, [Change::PutMessage(says.clone())]).await;
        assert_eq!(store.message(says.id).await.unwrap(), Some(says));
    }
    for other in [message(ONE, 1, 9), message(ONE, 1, 11), message(TWO, 1, 10)] {
        assert_eq!(store.message(other.id).await.unwrap(), Some(other));
    }
    stale(store, [Change::PutMessage(message(ONE, 1, 12))]).await;
    stale(store, [Change::PutMessage(message(ONE, 2, 10))]).await;
    assert_eq!(store.message(message(ONE, 1, 12).id).await.unwrap(), None);
}

async fn a_message_number_is_taken_once_in_each_thread(store: &dyn Store) {
    commit(store, [Change::AddMessage(message(ONE, 1, 10))]).await;
    stale(store, [Change::AddMessage(message(ONE, 1, 10))]).await;
    commit(store, [Change::AddMessage(message(ONE, 2, 10))]).await;
    commit(store, [Change::AddMessage(message(TWO, 1, 10))]).await;
}

/// Messages 10, 20, 30, 40 of a thread, written out of order, with a neighbour on each side.
async fn four_messages(store: &dyn Store) {
    commit(store, [30, 10, 40, 20].map(|number| Change::AddMessage(message(ONE, 5, number)))).await;
    commit(store, [4, 6].map(|person| Change::AddMessage(message(ONE, person, 25)))).await;
    commit(store, [Change::AddMessage(message(TWO, 5, 25))]).await;
}

async fn messages_are_listed_newest_first(store: &dyn Store) {
    four_messages(store).await;
    let table: &[SliceCase<Item>] = &[
        (Start::Newest, 9, &[40, 30, 20, 10], false, false),
        (Start::Newest, 4, &[40, 30, 20, 10], false, false),
        (Start::Newest, 3, &[40, 30, 20], true, false),
        (Start::Newest, 0, &[], true, false),
        (Start::After(item(30)), 1, &[20], true, true),
        (Start::After(item(30)), 2, &[20, 10], false, true),
        (Start::After(item(35)), 1, &[30], true, true),
        (Start::After(item(50)), 9, &[40, 30, 20, 10], false, false),
        (Start::After(item(u64::MAX)), 1, &[40], true, false),
        (Start::After(item(10)), 9, &[], false, true),
        (Start::Before(item(10)), 2, &[30, 20], true, true),
        (Start::Before(item(10)), 3, &[40, 30, 20], true, false),
        (Start::Before(item(5)), 1, &[10], false, true),
        (Start::Before(item(40)), 9, &[], true, false),
        (Start::Before(item(u64::MAX)), 9, &[], true, false),
    ];
    for (from, limit, numbers, older, newer) in table {
        let part = store.messages(ONE, igsid(5), slice(*from, *limit)).await.unwrap();
        let found: Vec<u64> = part.items.iter().map(|message| message.id.item.get()).collect();
        assert_eq!((&found[..], part.older, part.newer), (*numbers, *older, *newer), "{from:?} {limit}");
    }
    let none = store.messages(ONE, igsid(9), slice(Start::Newest, 9)).await.unwrap();
    assert_eq!((none.items.len(), none.older, none.newer), (0, false, false));
}

async fn the_number_of_a_message_is_found_by_its_rank(store: &dyn Store) {
    four_messages(store).await;
    for (rank, found) in [(0, None), (1, Some(40)), (2, Some(30)), (4, Some(10)), (5, None), (u32::MAX, None)] {
        assert_eq!(store.item_at(ONE, igsid(5), rank).await.unwrap(), found.map(item), "{rank}");
    }
}

on_every_engine! {
    a_message_comes_back_as_it_was_written,
    every_content_comes_back_with_what_stands_beside_it,
    a_message_that_is_there_can_say_something_else,
    a_message_number_is_taken_once_in_each_thread,
    messages_are_listed_newest_first,
    the_number_of_a_message_is_found_by_its_rank,
}
