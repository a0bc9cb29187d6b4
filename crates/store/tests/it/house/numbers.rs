//! Numbers go on behind those that are there, whichever database they were given in.

use engine::change::Change;
use engine::facts::{EventKind, NewEvent};
use engine::store::Store;
use parlance_store::{PostgresStore, SqliteStore};
use wire::id::AccountId;

use super::fixture::{House, ask, copy, moved, place};
use crate::make::{at, commit, delivery, igsid, item, logged};

fn event() -> Change {
    let account = AccountId::new(1);
    Change::AddEvent(NewEvent { account, igsid: igsid(101), item: item(9), kind: EventKind::ALL[0].0, time: at(9) })
}

fn new_delivery() -> Change {
    Change::AddDelivery(engine::facts::NewDelivery { account: AccountId::new(1), ..delivery(102, 9) })
}

/// Writes an entry and a delivery; gives their numbers.
async fn write(store: &dyn Store) -> (u64, u64) {
    let before = store.last_event().await.unwrap();
    commit(store, [event(), new_delivery()]).await;
    let delivery = store.deliveries(engine::store::DeliveryFilter::default(), 1).await.unwrap()[0].id.get();
    let events = logged(store, before, 1).await;
    (events[0].seq, delivery)
}

#[tokio::test]
async fn new_numbers_follow_copied_ones() {
    let house = House::with(9).await;
    let far = 1_u64 << 52;
    house.run(&format!("UPDATE event SET seq = {far} WHERE seq = 2; UPDATE delivery SET id = 4000 WHERE id = 3"));
    let database = moved(&house).await;
    let store = PostgresStore::open(&database.url).await.unwrap();
    assert_eq!(store.last_event().await.unwrap(), far, "what was copied is shown");
    let (event, delivery) = write(&store).await;
    assert!(event > far, "{event}");
    assert_eq!(delivery, 4001);
    store.close().await.unwrap();

    let back = House::empty();
    assert!(copy(&place(&database), &back.place()).await.unwrap().agrees());
    let store = SqliteStore::open(&back.path).unwrap();
    assert_eq!(write(&store).await, (event + 1, 4002));
    store.close().await.unwrap();
}

#[tokio::test]
async fn a_database_from_another_cluster_goes_on_behind_its_own_numbers() {
    let house = House::with(9).await;
    let database = moved(&house).await;
    // As a dump of a cluster that has seen more transactions than this one will.
    let far = (1_u64 << 40) << 16;
    ask(&database, &format!("UPDATE event SET seq = {far} WHERE seq = 3"));
    let store = PostgresStore::open(&database.url).await.unwrap();
    assert_eq!(store.last_event().await.unwrap(), far);
    let (first, _) = write(&store).await;
    assert!(first > far, "{first}");
    store.close().await.unwrap();

    let base = ask(&database, "SELECT value FROM setting WHERE name = 'event_base'");
    let store = PostgresStore::open(&database.url).await.unwrap();
    let (second, _) = write(&store).await;
    assert!(second > first);
    store.close().await.unwrap();
    let after = ask(&database, "SELECT value FROM setting WHERE name = 'event_base'");
    assert_eq!(base, after, "one that is in order is left alone");
}
