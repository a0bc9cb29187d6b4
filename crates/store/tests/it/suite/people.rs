//! People, and how accounts know them.

use engine::change::Change;
use engine::facts::{Person, PersonStatus, Role, ScopedUser};
use engine::store::Store;
use wire::id::{AppId, PersonId};

use crate::make::{ONE, TWO, at, commit, igsid, person, scoped_user, stale};

async fn a_person_is_found_by_id_and_by_username_in_any_case(store: &dyn Store) {
    let ada = Person { name: Some("Ada".into()), profile_pic: Some("/a.jpg".into()), ..person(1, "Ada_L") };
    commit(store, [Change::PutPerson(ada.clone()), Change::PutPerson(person(2, "bob"))]).await;
    assert_eq!(store.person(ada.id).await.unwrap(), Some(ada.clone()));
    assert_eq!(store.person_by_username("aDA_l").await.unwrap(), Some(ada.clone()));
    assert_eq!(store.person_by_username("ada").await.unwrap(), None);
    assert_eq!(store.person(PersonId::new(3)).await.unwrap(), None);

    let (phone, email) = (Some("+4930123".into()), Some("ada@example.org".into()));
    let ada = Person { name: None, is_verified_user: false, username: "lovelace".into(), phone, email, ..ada };
    commit(store, [Change::PutPerson(ada.clone())]).await;
    assert_eq!(store.person_by_username("LOVELACE").await.unwrap(), Some(ada));
    assert_eq!(store.person_by_username("Ada_L").await.unwrap(), None);
}

async fn a_person_may_rest_or_be_gone(store: &dyn Store) {
    for (status, _, _) in PersonStatus::ALL {
        let ada = Person { status, ..person(1, "ada") };
        commit(store, [Change::PutPerson(ada.clone())]).await;
        assert_eq!(store.person(ada.id).await.unwrap(), Some(ada));
    }
}

async fn a_role_is_of_one_person_on_one_app(store: &dyn Store) {
    let role = |app, person| Role { app: AppId::new(app), person: PersonId::new(person) };
    for _ in 0..2 {
        commit(store, [Change::PutRole(role(1, 2))]).await;
    }
    commit(store, [Change::PutRole(role(3, 3))]).await;
    for (app, person, has) in [(1, 2, true), (3, 3, true), (2, 1, false), (1, 3, false), (3, 2, false)] {
        assert_eq!(store.has_role(role(app, person)).await.unwrap(), has, "{app} {person}");
    }
    for _ in 0..2 {
        commit(store, [Change::RemoveRole(role(1, 2))]).await;
    }
    assert!(!store.has_role(role(1, 2)).await.unwrap());
    assert!(store.has_role(role(3, 3)).await.unwrap());
}

async fn a_username_of_another_person_is_taken_in_any_case(store: &dyn Store) {
    commit(store, [Change::PutPerson(person(1, "ada"))]).await;
    stale(store, [Change::PutPerson(person(2, "Ada"))]).await;
    commit(store, [Change::PutPerson(person(1, "ADA"))]).await;
}

async fn people_are_listed_by_id_from_behind_one(store: &dyn Store) {
    let people = [person(0, "zero"), person(4, "four"), person(9, "nine")];
    commit(store, people.clone().into_iter().rev().map(Change::PutPerson)).await;
    assert_eq!(store.people(None, 10).await.unwrap(), people);
    assert_eq!(store.people(None, 2).await.unwrap(), people[..2]);
    assert_eq!(store.people(Some(PersonId::new(0)), 1).await.unwrap(), people[1..2]);
    assert_eq!(store.people(Some(PersonId::new(5)), 10).await.unwrap(), people[2..]);
    assert_eq!(store.people(Some(PersonId::new(9)), 10).await.unwrap(), []);
    assert_eq!(store.people(None, 0).await.unwrap(), []);
}

async fn a_scoped_user_is_found_by_igsid_and_by_person(store: &dyn Store) {
    let user = ScopedUser { person: PersonId::new(8), ..scoped_user(ONE, 1) };
    let elsewhere = ScopedUser { person: PersonId::new(8), ..scoped_user(TWO, 2) };
    commit(store, [Change::AddScopedUser(user.clone())]).await;
    commit(store, [Change::AddScopedUser(elsewhere.clone())]).await;
    assert_eq!(store.scoped_user(ONE, igsid(1)).await.unwrap(), Some(user.clone()));
    assert_eq!(store.scoped_user(TWO, igsid(1)).await.unwrap(), None, "another account");
    assert_eq!(store.scoped_user_of(ONE, PersonId::new(8)).await.unwrap(), Some(user));
    assert_eq!(store.scoped_user_of(TWO, PersonId::new(8)).await.unwrap(), Some(elsewhere));
    assert_eq!(store.scoped_user_of(ONE, PersonId::new(1)).await.unwrap(), None);
}

async fn adding_a_scoped_user_is_stale_when_the_person_or_the_igsid_has_one(store: &dyn Store) {
    commit(store, [Change::AddScopedUser(scoped_user(ONE, 1))]).await;
    stale(store, [Change::AddScopedUser(scoped_user(ONE, 1))]).await;
    stale(store, [Change::AddScopedUser(ScopedUser { igsid: igsid(5), ..scoped_user(ONE, 1) })]).await;
    stale(store, [Change::AddScopedUser(ScopedUser { igsid: igsid(1), ..scoped_user(ONE, 5) })]).await;
    commit(store, [Change::AddScopedUser(scoped_user(ONE, 5))]).await;
}

async fn putting_a_scoped_user_replaces_what_is_known(store: &dyn Store) {
    commit(store, [Change::AddScopedUser(scoped_user(ONE, 1))]).await;
    let known = ScopedUser {
        consent_time: Some(at(77)),
        is_user_follow_business: true,
        is_business_follow_user: false,
        is_user_block_business: true,
        is_business_block_user: false,
        is_same_accounts_center: true,
        ..scoped_user(ONE, 1)
    };
    commit(store, [Change::PutScopedUser(known.clone())]).await;
    assert_eq!(store.scoped_user(ONE, igsid(1)).await.unwrap(), Some(known.clone()));
    let known = ScopedUser { is_user_block_business: false, is_business_block_user: true, ..known };
    commit(store, [Change::PutScopedUser(known.clone())]).await;
    assert_eq!(store.scoped_user(ONE, igsid(1)).await.unwrap(), Some(known));
    stale(store, [Change::PutScopedUser(ScopedUser { igsid: igsid(2), ..scoped_user(ONE, 1) })]).await;
}

on_every_engine! {
    a_person_is_found_by_id_and_by_username_in_any_case,
    a_person_may_rest_or_be_gone,
    a_role_is_of_one_person_on_one_app,
    a_username_of_another_person_is_taken_in_any_case,
    people_are_listed_by_id_from_behind_one,
    a_scoped_user_is_found_by_igsid_and_by_person,
    adding_a_scoped_user_is_stale_when_the_person_or_the_igsid_has_one,
    putting_a_scoped_user_replaces_what_is_known,
}
