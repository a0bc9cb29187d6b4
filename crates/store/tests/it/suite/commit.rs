//! The write door: all or nothing, in order, and stale when the facts moved.

use engine::change::{Change, ChangeSet};
use engine::facts::{Role, User};
use engine::store::{CommitError, DeliveryFilter, Store, StoreError};
use wire::id::{
    AccountId, AppId, AssetId, AttachmentId, CommentId, DeliveryId, FlowId, MediaId, MessageId, PageId, PersonId,
    UserId,
};

use crate::make::{ONE, TWO, claim, commit, delivery, igsid, item, message, person, scoped_user, stale, thread};

async fn a_stale_set_leaves_nothing_behind(store: &dyn Store) {
    commit(store, [Change::AddMessage(message(ONE, 1, 50))]).await;
    stale(
        store,
        [
            Change::PutPerson(person(1, "ada")),
            Change::AddScopedUser(scoped_user(ONE, 1)),
            Change::SaveThread(thread(ONE, 1, 50)),
            Change::AddDelivery(delivery(1, 50)),
            Change::PutSetting { name: "clock", value: "1".into() },
            Change::AddMessage(message(ONE, 1, 50)),
        ],
    )
    .await;
    assert_eq!(store.person(PersonId::new(1)).await.unwrap(), None);
    let facts = store.thread_facts(ONE, igsid(1)).await.unwrap();
    assert_eq!((facts.user, facts.thread), (None, None));
    assert_eq!(store.deliveries(DeliveryFilter::default(), 9).await.unwrap(), []);
    assert_eq!(store.setting("clock").await.unwrap(), None);
}

async fn a_change_sees_those_before_it_in_its_set(store: &dyn Store) {
    let first = thread(ONE, 1, 10);
    let mut second = first.clone();
    second.version = 2;
    second.unread_count = 7;
    commit(store, [Change::SaveThread(first), Change::SaveThread(second.clone())]).await;
    assert_eq!(store.thread_facts(ONE, igsid(1)).await.unwrap().thread, Some(second));
}

async fn a_set_that_touches_two_accounts_is_refused(store: &dyn Store) {
    let set = ChangeSet(vec![Change::AddMessage(message(ONE, 1, 50)), Change::AddMessage(message(TWO, 1, 50))]);
    let answer = store.commit(set).await;
    assert!(matches!(answer, Err(CommitError::Store(StoreError::Corrupt(_)))), "{answer:?}");
    assert_eq!(store.message(message(ONE, 1, 50).id).await.unwrap(), None);
}

async fn an_empty_set_is_written(store: &dyn Store) {
    store.commit(ChangeSet::new()).await.unwrap();
}

async fn ids_beyond_63_bits_are_found_nowhere(store: &dyn Store) {
    let big = u64::MAX;
    let account = AccountId::new(big);
    assert_eq!(store.app(AppId::new(big)).await.unwrap(), None);
    assert_eq!(store.user(UserId::new(big)).await.unwrap(), None);
    assert_eq!(store.page(PageId::new(big)).await.unwrap(), None);
    assert_eq!(store.account(account).await.unwrap(), None);
    assert_eq!(store.person(PersonId::new(big)).await.unwrap(), None);
    assert_eq!(store.people(Some(PersonId::new(big)), 9).await.unwrap(), []);
    assert_eq!(store.scoped_user(account, igsid(big)).await.unwrap(), None);
    assert_eq!(store.scoped_user_of(account, PersonId::new(big)).await.unwrap(), None);
    assert_eq!(store.thread(account, igsid(big)).await.unwrap(), None);
    let facts = store.thread_facts(account, igsid(big)).await.unwrap();
    assert_eq!((facts.user, facts.thread), (None, None));
    assert_eq!(store.message(MessageId { account, igsid: igsid(1), item: item(big) }).await.unwrap(), None);
    assert_eq!(store.item_at(account, igsid(1), 1).await.unwrap(), None);
    assert_eq!(store.reactions(account, igsid(1), item(0), item(big)).await.unwrap(), []);
    assert_eq!(store.asset(account, AssetId::new(big)).await.unwrap(), None);
    assert_eq!(store.chunk(account, AssetId::new(big), u32::MAX).await.unwrap(), None);
    assert_eq!(store.attachment(account, AttachmentId::new(big)).await.unwrap(), None);
    assert_eq!(store.answer(account, AppId::new(big), "").await.unwrap(), None);
    assert_eq!(store.flow(account, FlowId::new(big)).await.unwrap(), None);
    assert_eq!(store.flows(account).await.unwrap(), []);
    assert_eq!(store.medium(account, MediaId::new(big)).await.unwrap(), None);
    assert_eq!(store.comment(account, CommentId::new(big)).await.unwrap(), None);
    assert!(!store.has_role(Role { app: AppId::new(big), person: PersonId::new(big) }).await.unwrap());
    assert_eq!(store.delivery(DeliveryId::new(big)).await.unwrap(), None);
    assert_eq!(store.events(big, 9).await.unwrap(), []);
    commit(store, [Change::AddDelivery(delivery(1, 1))]).await;
    let filter = DeliveryFilter { app: Some(AppId::new(big)), ..DeliveryFilter::default() };
    assert_eq!(store.deliveries(filter, 9).await.unwrap(), []);
    let of_nobody = engine::store::Claim { app: AppId::new(big), ..claim(9) };
    assert_eq!(store.claim(of_nobody).await.unwrap(), []);
}

async fn a_closed_store_is_unavailable(store: &dyn Store) {
    let user = User { id: UserId::new(1), name: "Dev".into() };
    commit(store, [Change::PutUser(user.clone())]).await;
    store.close().await.unwrap();
    store.close().await.unwrap();
    assert!(matches!(store.user(user.id).await, Err(StoreError::Unavailable(_))));
    let answer = store.commit(ChangeSet(vec![Change::PutUser(user)])).await;
    assert!(matches!(answer, Err(CommitError::Store(StoreError::Unavailable(_)))));
    assert!(matches!(store.claim(claim(1)).await, Err(CommitError::Store(StoreError::Unavailable(_)))));
}

on_every_engine! {
    a_stale_set_leaves_nothing_behind,
    a_change_sees_those_before_it_in_its_set,
    a_set_that_touches_two_accounts_is_refused,
    an_empty_set_is_written,
    ids_beyond_63_bits_are_found_nowhere,
    a_closed_store_is_unavailable,
}
