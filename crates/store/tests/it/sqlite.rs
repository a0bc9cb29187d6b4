//! What only a store in a file can get wrong.

use std::sync::Arc;

use engine::change::{Change, ChangeSet};
use engine::facts::Thread;
use engine::store::{CommitError, Store, StoreError};
use parlance_store::SqliteStore;
use rusqlite::Connection;
use tokio::task::JoinSet;

use crate::engines;
use crate::make::{ONE, claim, commit, deliver, delivery, igsid, item, message, person, thread};

#[tokio::test]
async fn what_was_committed_is_there_after_opening_again() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("store.db");
    let store = SqliteStore::open(&path).unwrap();
    commit(&store, [Change::SaveThread(thread(ONE, 1, 10)), Change::PutPerson(person(1, "ada"))]).await;
    store.close().await.unwrap();
    let store = SqliteStore::open(&path).unwrap();
    assert_eq!(store.thread_facts(ONE, igsid(1)).await.unwrap().thread, Some(thread(ONE, 1, 10)));
}

#[tokio::test]
async fn a_file_whose_making_was_cut_off_is_made_anew() {
    let (folder, crashed) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let connection = Connection::open(folder.path().join("store.db")).unwrap();
    // Too much for the cache, so that some of it is in the file and what it was before is in the journal.
    connection
        .execute_batch(
            "PRAGMA cache_size = 2; BEGIN; CREATE TABLE unfinished (bytes BLOB);
            WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 99)
            INSERT INTO unfinished SELECT zeroblob(5000) FROM n",
        )
        .unwrap();
    for name in ["store.db", "store.db-journal"] {
        std::fs::copy(folder.path().join(name), crashed.path().join(name)).unwrap();
    }
    let store = SqliteStore::open(crashed.path().join("store.db")).unwrap();
    commit(&store, [Change::PutPerson(person(1, "ada"))]).await;
    store.close().await.unwrap();
}

#[tokio::test]
async fn leases_of_a_process_that_is_gone_end_at_the_next_opening() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("store.db");
    let store = SqliteStore::open(&path).unwrap();
    let id = deliver(&store, [delivery(1, 1)]).await[0];
    assert_eq!(store.claim(claim(9)).await.unwrap().len(), 1);
    store.close().await.unwrap();
    let store = SqliteStore::open(&path).unwrap();
    assert_eq!(store.claim(claim(9)).await.unwrap()[0].id, id, "nobody can hold it any more");
}

#[tokio::test]
async fn a_store_that_is_open_elsewhere_is_unavailable() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("store.db");
    let _store = SqliteStore::open(&path).unwrap();
    assert!(matches!(SqliteStore::open(&path), Err(StoreError::Unavailable(_))));
}

#[tokio::test]
async fn a_value_that_does_not_decode_names_its_table_column_and_row() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("store.db");
    let store = SqliteStore::open(&path).unwrap();
    commit(&store, [Change::AddMessage(message(ONE, 7, 10))]).await;
    store.close().await.unwrap();
    Connection::open(&path).unwrap().execute("UPDATE message SET kind = 99", []).unwrap();
    let store = SqliteStore::open(&path).unwrap();
    let error = store.message(message(ONE, 7, 10).id).await.unwrap_err();
    assert_eq!(error.to_string(), format!("stored value does not decode: message.kind row {ONE}/7/10"));
}

#[tokio::test]
async fn a_number_beyond_63_bits_is_refused_and_the_set_with_it() {
    let (store, _folder) = engines::sqlite();
    let large = Thread { last_item: item(u64::MAX), ..thread(ONE, 1, 10) };
    let set = ChangeSet(vec![Change::PutPerson(person(1, "ada")), Change::SaveThread(large)]);
    let answer = store.commit(set).await;
    assert!(matches!(answer, Err(CommitError::Store(StoreError::Corrupt(_)))), "{answer:?}");
    assert_eq!(store.person_by_username("ada").await.unwrap(), None);
}

#[tokio::test]
async fn neighbours_of_a_stale_set_are_written() {
    let (store, _folder) = engines::sqlite();
    let store = Arc::new(store);
    let mut sets = JoinSet::new();
    for number in 0..40 {
        let store = store.clone();
        let set = ChangeSet(vec![Change::AddMessage(message(ONE, 1, number / 2))]);
        sets.spawn(async move { store.commit(set).await });
    }
    let answers = sets.join_all().await;
    assert_eq!(answers.iter().filter(|answer| answer.is_ok()).count(), 20);
    assert_eq!(answers.iter().filter(|answer| matches!(answer, Err(CommitError::Stale))).count(), 20);
    assert_eq!(store.item_at(ONE, igsid(1), 20).await.unwrap(), Some(item(0)));
}
