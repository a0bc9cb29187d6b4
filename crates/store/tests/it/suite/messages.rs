//! The messages of a thread.

use engine::change::Change;
use engine::facts::{Content, Message, Side};
use engine::store::{Start, Store};
use wire::id::{Item, MessageId};

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
    a_message_number_is_taken_once_in_each_thread,
    messages_are_listed_newest_first,
    the_number_of_a_message_is_found_by_its_rank,
}
