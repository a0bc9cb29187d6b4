//! Answers kept for callers that may repeat a request.

use engine::change::{Change, ChangeSet};
use engine::facts::{ANSWER_KEPT, Answer};
use engine::store::{CommitError, DeliveryFilter, Store};
use futures_util::future::{join, join_all};
use wire::id::{AccountId, AppId};

use crate::make::{APP, ONE, TWO, answer, at, commit, delivery, message, stale};

/// Just kept for long enough.
const KEPT: i64 = ANSWER_KEPT.get();

async fn an_answer_is_found_by_account_app_and_key(store: &dyn Store) {
    let kept = answer(ONE, "a", 5);
    commit(store, [Change::AddAnswer(kept.clone())]).await;
    assert_eq!(store.answer(ONE, APP, "a").await.unwrap(), Some(kept));
    for (account, app, key) in [(TWO, APP, "a"), (ONE, AppId::new(1), "a"), (ONE, APP, "A"), (ONE, APP, "")] {
        assert_eq!(store.answer(account, app, key).await.unwrap(), None, "{account} {app} {key}");
    }
}

async fn a_key_is_taken_once_for_each_account_and_app(store: &dyn Store) {
    commit(store, [Change::AddAnswer(answer(ONE, "a", 5))]).await;
    let again = Answer { body: "{}".into(), ..answer(ONE, "a", 6) };
    stale(store, [Change::AddMessage(message(ONE, 1, 1)), Change::AddAnswer(again.clone())]).await;
    assert_eq!(store.message(message(ONE, 1, 1).id).await.unwrap(), None, "nothing is written twice");
    assert_eq!(store.answer(ONE, APP, "a").await.unwrap(), Some(answer(ONE, "a", 5)));
    commit(store, [Change::AddAnswer(Answer { app: AppId::new(1), ..again })]).await;
    commit(store, [Change::AddAnswer(answer(TWO, "a", 6))]).await;
}

async fn keys(store: &dyn Store, account: AccountId) -> Vec<&'static str> {
    let mut found = Vec::new();
    for key in ["a", "b", "c", "d"] {
        if store.answer(account, APP, key).await.unwrap().is_some() {
            found.push(key);
        }
    }
    found
}

async fn a_new_answer_takes_the_place_of_those_that_are_too_old(store: &dyn Store) {
    for (key, time) in [("a", 9), ("b", 10), ("c", 11)] {
        commit(store, [Change::AddAnswer(answer(ONE, key, time))]).await;
    }
    commit(store, [Change::AddAnswer(answer(TWO, "a", 9))]).await;
    commit(store, [Change::AddAnswer(answer(ONE, "d", 10 + KEPT))]).await;
    assert_eq!(keys(store, ONE).await, ["b", "c", "d"], "at the very end of its time an answer is still kept");
    assert_eq!(keys(store, TWO).await, ["a"], "another account's");

    commit(store, [Change::AddAnswer(answer(ONE, "a", 9))]).await;
    assert_eq!(keys(store, ONE).await, ["a", "b", "c", "d"], "a clock that was set back forgets nothing");
}

async fn a_key_whose_answer_is_too_old_can_be_used_again(store: &dyn Store) {
    commit(store, [Change::AddAnswer(answer(ONE, "a", 5))]).await;
    stale(store, [Change::AddAnswer(answer(ONE, "a", 5 + KEPT))]).await;
    let new = answer(ONE, "a", 6 + KEPT);
    commit(store, [Change::AddAnswer(new.clone())]).await;
    assert_eq!(store.answer(ONE, APP, "a").await.unwrap(), Some(new));
}

async fn an_answer_is_written_with_its_message_or_not_at_all(store: &dyn Store) {
    commit(store, [Change::AddMessage(message(ONE, 1, 1))]).await;
    let set = [
        Change::AddDelivery(delivery(1, 5)),
        Change::AddAnswer(answer(ONE, "a", 5)),
        Change::AddMessage(message(ONE, 1, 1)),
    ];
    stale(store, set).await;
    assert_eq!(store.answer(ONE, APP, "a").await.unwrap(), None);
    assert_eq!(store.deliveries(DeliveryFilter::default(), 9).await.unwrap(), []);
    let kept = Answer { time: at(-1), body: "ß \"{}\"".into(), ..answer(ONE, "b", 5) };
    commit(store, [Change::AddAnswer(kept.clone()), Change::AddMessage(message(ONE, 1, 2))]).await;
    assert_eq!(store.answer(ONE, APP, "b").await.unwrap(), Some(kept));
}

async fn of_many_sends_at_once_with_one_key_one_is_written(store: &dyn Store) {
    let send = |number: u64| {
        let message = Change::AddMessage(message(ONE, number, 1));
        store.commit(ChangeSet(vec![message, Change::AddAnswer(answer(ONE, "a", 5))]))
    };
    let other = store.commit(ChangeSet(vec![Change::AddAnswer(answer(ONE, "b", 5))]));
    let (answers, other) = join(join_all((0..20).map(send)), other).await;
    other.unwrap();
    assert_eq!(answers.iter().filter(|answer| matches!(answer, Err(CommitError::Stale))).count(), 19, "{answers:?}");
    for (number, answer) in (0..).zip(answers) {
        assert_eq!(store.message(message(ONE, number, 1).id).await.unwrap().is_some(), answer.is_ok(), "{number}");
    }
}

on_every_engine! {
    of_many_sends_at_once_with_one_key_one_is_written,
    an_answer_is_found_by_account_app_and_key,
    a_key_is_taken_once_for_each_account_and_app,
    a_new_answer_takes_the_place_of_those_that_are_too_old,
    a_key_whose_answer_is_too_old_can_be_used_again,
    an_answer_is_written_with_its_message_or_not_at_all,
}
