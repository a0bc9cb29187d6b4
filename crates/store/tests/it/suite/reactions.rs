//! Reactions to messages.

use engine::change::{Change, ChangeSet};
use engine::facts::{Reaction, Side};
use engine::store::Store;
use futures_util::future::join_all;
use wire::id::AccountId;

use crate::make::{ONE, TWO, commit, commit_each, igsid, item, reaction};

async fn found(store: &dyn Store, account: AccountId, person: u64, first: u64, last: u64) -> Vec<Reaction> {
    store.reactions(account, igsid(person), item(first), item(last)).await.unwrap()
}

async fn reactions_are_listed_by_message_and_side(store: &dyn Store) {
    let all = [
        reaction(ONE, 1, 30, Side::Person),
        reaction(ONE, 1, 10, Side::Business),
        reaction(ONE, 1, 10, Side::Person),
        reaction(ONE, 1, 20, Side::Business),
    ];
    commit(store, all.clone().map(Change::PutReaction)).await;
    commit(store, [Change::PutReaction(reaction(ONE, 2, 15, Side::Person))]).await;
    commit(store, [Change::PutReaction(reaction(TWO, 1, 15, Side::Person))]).await;
    let [third, second, first, middle] = all;
    let sorted = [first, second, middle, third];
    for (from, to, part) in [
        (0, u64::MAX, 0..4),
        (10, 30, 0..4),
        (11, 30, 2..4),
        (10, 29, 0..3),
        (20, 20, 2..3),
        (21, 29, 0..0),
        (30, 10, 0..0),
    ] {
        assert_eq!(found(store, ONE, 1, from, to).await, sorted[part], "{from} to {to}");
    }
}

async fn a_side_has_one_reaction_to_a_message_which_changes_and_goes(store: &dyn Store) {
    let love = reaction(ONE, 1, 10, Side::Person);
    let business = reaction(ONE, 1, 10, Side::Business);
    commit(store, [love.clone(), business.clone()].map(Change::PutReaction)).await;
    let other = Reaction { emoji: "\u{1f44d}\u{1f3fd}".into(), time: crate::make::at(77), ..love.clone() };
    commit(store, [Change::PutReaction(other.clone())]).await;
    assert_eq!(found(store, ONE, 1, 0, 99).await, [other, business.clone()]);

    let remove = |person| Change::RemoveReaction {
        message: reaction(ONE, person, 10, Side::Person).message,
        from: Side::Person,
    };
    commit_each(store, [remove(1), remove(1), remove(2)]).await;
    assert_eq!(found(store, ONE, 1, 0, 99).await, [business], "the other side's stays");
}

async fn of_one_set_the_last_reaction_stands(store: &dyn Store) {
    let with = |emoji: &str| Reaction { emoji: emoji.into(), ..reaction(ONE, 1, 10, Side::Person) };
    let remove = Change::RemoveReaction { message: with("").message, from: Side::Person };
    commit(store, [Change::PutReaction(with("a")), Change::PutReaction(with("b"))]).await;
    assert_eq!(found(store, ONE, 1, 10, 10).await, [with("b")]);
    commit(store, [remove.clone(), Change::PutReaction(with("c"))]).await;
    assert_eq!(found(store, ONE, 1, 10, 10).await, [with("c")]);
    commit(store, [Change::PutReaction(with("d")), remove]).await;
    assert_eq!(found(store, ONE, 1, 10, 10).await, []);
}

async fn reactions_at_once_are_all_there_and_of_one_side_one_stands(store: &dyn Store) {
    let put = |reaction| store.commit(ChangeSet(vec![Change::PutReaction(reaction)]));
    let different = (1..20).map(|number| put(reaction(ONE, 1, number, Side::Person)));
    let same =
        ["a", "b", "c"].map(|emoji| put(Reaction { emoji: emoji.into(), ..reaction(ONE, 1, 9, Side::Business) }));
    for answer in join_all(different.chain(same)).await {
        answer.unwrap();
    }
    let all = found(store, ONE, 1, 0, 99).await;
    assert_eq!(all.len(), 20);
    assert_eq!(all[9].emoji, "c", "those of a thread keep their order");
}

on_every_engine! {
    reactions_at_once_are_all_there_and_of_one_side_one_stands,
    reactions_are_listed_by_message_and_side,
    a_side_has_one_reaction_to_a_message_which_changes_and_goes,
    of_one_set_the_last_reaction_stands,
}
