//! What a read promises: committed data only, a bounded number at a time, no way to write.

use std::sync::mpsc;

use crate::common::{Folder, Halt, add, values};
use parlance_db::{DbError, Sqlite, SqliteOptions};
use tokio::sync::oneshot;

#[tokio::test]
async fn reads_see_committed_data_only() {
    let folder = Folder::new();
    let db = folder.open();
    add(&db, 1).await.unwrap();
    let halt = Halt::at(&db, 2).await;
    assert_eq!(values(&db).await.unwrap(), [1], "the writer has inserted 2, and not committed");
    halt.release().await;
    assert_eq!(values(&db).await.unwrap(), [1, 2]);
}

#[tokio::test]
async fn a_query_cannot_write() {
    let folder = Folder::new();
    let db = folder.open();
    let tried = db.read(|connection| connection.execute("INSERT INTO number VALUES (1)", [])).await;
    assert!(matches!(tried, Err(DbError::Sql(_))));
    assert!(values(&db).await.unwrap().is_empty());
}

#[tokio::test]
async fn a_query_waits_while_all_readers_are_lent() {
    let folder = Folder::new();
    let db = Sqlite::open(SqliteOptions { readers: 1, ..folder.options() }, crate::common::SCHEMA).unwrap();
    let (go, wait) = mpsc::channel::<()>();
    let (reached, here) = oneshot::channel();
    let first = tokio::spawn({
        let db = db.clone();
        async move { db.read(move |_| Ok((reached.send(()), wait.recv().is_ok()))).await }
    });
    here.await.unwrap();
    let second = tokio::spawn({
        let db = db.clone();
        async move { values(&db).await }
    });
    tokio::task::yield_now().await;
    assert_eq!(db.stats().reads, 1, "the second has not begun");
    go.send(()).unwrap();
    assert!(first.await.unwrap().unwrap().1);
    assert!(second.await.unwrap().unwrap().is_empty());
}

#[tokio::test]
async fn a_panic_or_an_open_transaction_does_not_cost_the_reader() {
    let folder = Folder::new();
    let db = Sqlite::open(SqliteOptions { readers: 1, ..folder.options() }, crate::common::SCHEMA).unwrap();
    let panicked = db.read::<()>(|_| panic!("oh")).await;
    assert!(matches!(panicked, Err(DbError::Panicked(text)) if text == "oh"));
    let begun = "BEGIN; SELECT count(*) FROM number";
    db.read(move |connection| connection.execute_batch(begun)).await.unwrap();
    add(&db, 1).await.unwrap();
    assert_eq!(values(&db).await.unwrap(), [1], "no old snapshot is kept");
}
