//! Threads: their versions, their facts, and the list of them.

use engine::change::Change;
use engine::facts::{Folder, Person, PersonStatus, ScopedUser, Thread};
use engine::store::{Start, Store, ThreadFacts, ThreadKey, ThreadView};

use wire::id::PersonId;

use crate::make::{APP, ONE, SliceCase, TWO, at, commit, igsid, item, person, scoped_user, slice, stale, thread};

async fn a_thread_is_saved_over_the_version_before_it_and_no_other(store: &dyn Store) {
    let version = |version| Change::SaveThread(Thread { version, ..thread(ONE, 1, 10) });
    stale(store, [version(2)]).await;
    stale(store, [version(0)]).await;
    commit(store, [version(1)]).await;
    for moved in [0, 1, 3] {
        stale(store, [version(moved)]).await;
    }
    commit(store, [version(2)]).await;
    stale(store, [version(2)]).await;
    commit(store, [Change::SaveThread(thread(TWO, 1, 10))]).await;
}

async fn facts_are_the_person_and_the_thread_as_far_as_there_are_any(store: &dyn Store) {
    let nothing = ThreadFacts::default();
    assert_eq!(store.thread_facts(ONE, igsid(1)).await.unwrap(), nothing);
    commit(store, [Change::AddScopedUser(scoped_user(ONE, 1))]).await;
    let met = ThreadFacts { user: Some(scoped_user(ONE, 1)), ..nothing.clone() };
    assert_eq!(store.thread_facts(ONE, igsid(1)).await.unwrap(), met);

    let full = Thread {
        last_item: item(9),
        last_person_time: Some(at(8)),
        last_business_item: Some(item(7)),
        seen_item: Some(item(6)),
        message_count: 5,
        unread_count: 4,
        business_seen_item: Some(item(3)),
        typing_until: Some(at(2)),
        folder: Folder::Spam,
        is_removed: true,
        owner_app: Some(APP),
        owner_until: Some(at(1)),
        ..thread(ONE, 1, 10)
    };
    commit(store, [Change::SaveThread(full.clone())]).await;
    let both = ThreadFacts { thread: Some(full), ..met };
    assert_eq!(store.thread_facts(ONE, igsid(1)).await.unwrap(), both);
    assert_eq!(store.thread_facts(TWO, igsid(1)).await.unwrap(), nothing);

    commit(store, [Change::SaveThread(thread(ONE, 2, 3))]).await;
    let alone = ThreadFacts { thread: Some(thread(ONE, 2, 3)), ..nothing };
    assert_eq!(store.thread_facts(ONE, igsid(2)).await.unwrap(), alone);
}

async fn facts_tell_whether_the_person_is_there(store: &dyn Store) {
    // Who it is differs from account to account; somebody of whom nothing is known is taken to be there.
    let (here, elsewhere) = (ScopedUser { person: PersonId::new(8), ..scoped_user(ONE, 1) }, scoped_user(TWO, 1));
    commit(store, [Change::AddScopedUser(here)]).await;
    commit(store, [Change::AddScopedUser(elsewhere)]).await;
    assert_eq!(store.thread_facts(ONE, igsid(1)).await.unwrap().status, PersonStatus::Active);
    for (status, _, _) in PersonStatus::ALL {
        commit(store, [Change::PutPerson(Person { status, ..person(8, "ada") })]).await;
        assert_eq!(store.thread_facts(ONE, igsid(1)).await.unwrap().status, status);
        assert_eq!(store.thread_facts(TWO, igsid(1)).await.unwrap().status, PersonStatus::Active);
    }
}

async fn a_thread_lies_in_any_folder(store: &dyn Store) {
    for (version, (folder, _, _)) in (1..).zip(Folder::ALL) {
        let thread = Thread { version, folder, ..thread(ONE, 1, 10) };
        commit(store, [Change::SaveThread(thread.clone())]).await;
        assert_eq!(store.thread_facts(ONE, igsid(1)).await.unwrap().thread, Some(thread));
    }
}

async fn a_thread_shows_the_name_of_its_person(store: &dyn Store) {
    let ada = Person { name: Some("Ada".into()), ..person(1, "ada") };
    let set =
        [Change::PutPerson(ada), Change::AddScopedUser(scoped_user(ONE, 1)), Change::SaveThread(thread(ONE, 1, 10))];
    assert_eq!(store.thread(ONE, igsid(1)).await.unwrap(), None);
    commit(store, set).await;
    let view = ThreadView { thread: thread(ONE, 1, 10), username: "ada".into(), name: Some("Ada".into()) };
    assert_eq!(store.thread(ONE, igsid(1)).await.unwrap(), Some(view));
    assert_eq!(store.thread(TWO, igsid(1)).await.unwrap(), None);
}

/// Threads 1 to 5 of [`ONE`], where 2 to 4 are equally old, and one of [`TWO`].
async fn five_threads(store: &dyn Store) {
    for (number, updated_time) in [(1, 10), (3, 20), (2, 20), (4, 20), (5, 30)] {
        let set = [
            Change::PutPerson(person(number, &format!("person{number}"))),
            Change::AddScopedUser(scoped_user(ONE, number)),
            Change::SaveThread(thread(ONE, number, updated_time)),
        ];
        commit(store, set).await;
    }
    commit(store, [Change::AddScopedUser(scoped_user(TWO, 1)), Change::SaveThread(thread(TWO, 1, 25))]).await;
}

async fn threads_are_listed_by_their_last_update_and_then_by_person(store: &dyn Store) {
    five_threads(store).await;
    let key = |updated_time, number| ThreadKey { updated_time: at(updated_time), igsid: igsid(number) };
    let table: &[SliceCase<ThreadKey>] = &[
        (Start::Newest, 9, &[5, 4, 3, 2, 1], false, false),
        (Start::Newest, 5, &[5, 4, 3, 2, 1], false, false),
        (Start::Newest, 2, &[5, 4], true, false),
        (Start::Newest, 0, &[], true, false),
        (Start::After(key(20, 4)), 2, &[3, 2], true, true),
        (Start::After(key(20, 4)), 3, &[3, 2, 1], false, true),
        (Start::After(key(20, 9)), 1, &[4], true, true),
        (Start::After(key(30, 5)), 1, &[4], true, true),
        (Start::After(key(99, 0)), 1, &[5], true, false),
        (Start::After(key(10, 1)), 9, &[], false, true),
        (Start::After(key(20, 4)), 0, &[], true, true),
        (Start::Before(key(20, 2)), 2, &[4, 3], true, true),
        (Start::Before(key(20, 2)), 3, &[5, 4, 3], true, false),
        (Start::Before(key(20, 2)), 9, &[5, 4, 3], true, false),
        (Start::Before(key(0, 0)), 2, &[2, 1], false, true),
        (Start::Before(key(30, 5)), 2, &[], true, false),
        (Start::Before(key(20, 4)), 0, &[], true, true),
    ];
    for (from, limit, numbers, older, newer) in table {
        let part = store.threads(ONE, slice(*from, *limit)).await.unwrap();
        let found: Vec<u64> = part.items.iter().map(|view| view.thread.igsid.get()).collect();
        assert_eq!((&found[..], part.older, part.newer), (*numbers, *older, *newer), "{from:?} {limit}");
        assert!(part.items.iter().all(|view| view.username == format!("person{}", view.thread.igsid)));
    }
    assert_eq!(store.threads(TWO, slice(Start::Newest, 9)).await.unwrap().items.len(), 1);
}

async fn a_thread_moves_up_when_it_is_updated(store: &dyn Store) {
    five_threads(store).await;
    commit(store, [Change::SaveThread(Thread { version: 2, ..thread(ONE, 1, 40) })]).await;
    let part = store.threads(ONE, slice(Start::Newest, 2)).await.unwrap();
    let found: Vec<u64> = part.items.iter().map(|view| view.thread.igsid.get()).collect();
    assert_eq!(found, [1, 5]);
    assert_eq!(store.threads(ONE, slice(Start::Newest, 9)).await.unwrap().items.len(), 5);
}

on_every_engine! {
    a_thread_is_saved_over_the_version_before_it_and_no_other,
    facts_are_the_person_and_the_thread_as_far_as_there_are_any,
    facts_tell_whether_the_person_is_there,
    a_thread_lies_in_any_folder,
    a_thread_shows_the_name_of_its_person,
    threads_are_listed_by_their_last_update_and_then_by_person,
    a_thread_moves_up_when_it_is_updated,
}
