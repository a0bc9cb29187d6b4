//! What a write promises: alone undone, together committed, answered when durable.

use crate::common::{Folder, Halt, add, insert, queued, values};
use parlance_db::{DbError, Sqlite, SqliteOptions, WriteError};
use tokio::task::JoinHandle;

type Write = JoinHandle<Result<(), WriteError<String>>>;

fn spawn_add(db: &Sqlite, value: i64) -> Write {
    let db = db.clone();
    tokio::spawn(async move { add(&db, value).await })
}

#[tokio::test]
async fn an_operation_that_fails_leaves_no_trace_and_its_neighbours_stay() {
    let folder = Folder::new();
    let db = folder.open();
    let halt = Halt::at(&db, 0).await;
    let before = spawn_add(&db, 1);
    queued(&db, 1).await;
    let refused = tokio::spawn({
        let db = db.clone();
        async move {
            let no = move |connection: &_| insert(connection, 2).and(Err::<(), _>("no".to_owned()));
            db.write(no).await
        }
    });
    queued(&db, 2).await;
    let after = spawn_add(&db, 3);
    queued(&db, 3).await;
    halt.release().await;
    before.await.unwrap().unwrap();
    assert!(matches!(refused.await.unwrap(), Err(WriteError::Refused(reason)) if reason == "no"));
    after.await.unwrap().unwrap();
    assert_eq!(values(&db).await.unwrap(), [0, 1, 3]);
    assert_eq!((db.stats().groups, db.stats().largest_group), (2, 3), "the three shared a transaction");
}

#[tokio::test]
async fn a_panic_in_an_operation_is_an_error_and_the_writer_lives_on() {
    let folder = Folder::new();
    let db = folder.open();
    let halt = Halt::at(&db, 0).await;
    let panics = tokio::spawn({
        let db = db.clone();
        async move {
            db.write(|connection| -> Result<(), String> {
                insert(connection, 1)?;
                panic!("out of {}", "luck")
            })
            .await
        }
    });
    queued(&db, 1).await;
    let neighbour = spawn_add(&db, 2);
    queued(&db, 2).await;
    halt.release().await;
    let error = panics.await.unwrap().unwrap_err();
    assert!(matches!(&error, WriteError::Db(DbError::Panicked(text)) if text == "out of luck"), "{error}");
    neighbour.await.unwrap().unwrap();
    add(&db, 3).await.unwrap();
    assert_eq!(values(&db).await.unwrap(), [0, 2, 3]);
}

#[tokio::test]
async fn what_waits_together_is_committed_together_up_to_the_limit() {
    let folder = Folder::new();
    let db = Sqlite::open(SqliteOptions { group_limit: 32, ..folder.options() }, crate::common::SCHEMA).unwrap();
    let halt = Halt::at(&db, 0).await;
    let writes: Vec<Write> = (1..=64).map(|value| spawn_add(&db, value)).collect();
    queued(&db, 64).await;
    halt.release().await;
    for write in writes {
        write.await.unwrap().unwrap();
    }
    let stats = db.stats();
    assert_eq!((stats.operations, stats.groups, stats.largest_group), (65, 3, 32));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn concurrent_writes_all_arrive() {
    let folder = Folder::new();
    let db = folder.open();
    let writes: Vec<Write> = (0..500).map(|value| spawn_add(&db, value)).collect();
    for write in writes {
        write.await.unwrap().unwrap();
    }
    assert_eq!(values(&db).await.unwrap(), (0..500).collect::<Vec<_>>());
    assert!(db.stats().groups < 500, "{:?}", db.stats());
}

#[tokio::test]
async fn ending_the_transaction_fails_the_whole_group_and_nothing_after_it() {
    let folder = Folder::new();
    let db = folder.open();
    let halt = Halt::at(&db, 0).await;
    let before = spawn_add(&db, 1);
    queued(&db, 1).await;
    let culprit = tokio::spawn({
        let db = db.clone();
        async move { db.write(|connection| connection.execute_batch("ROLLBACK")).await }
    });
    queued(&db, 2).await;
    let after = spawn_add(&db, 2);
    queued(&db, 3).await;
    halt.release().await;
    assert!(matches!(before.await.unwrap(), Err(WriteError::Db(DbError::Commit(_)))));
    assert!(matches!(culprit.await.unwrap(), Err(WriteError::Db(DbError::Commit(_)))));
    assert!(matches!(after.await.unwrap(), Err(WriteError::Db(DbError::Commit(_)))));
    add(&db, 3).await.unwrap();
    assert_eq!(values(&db).await.unwrap(), [0, 3]);
    assert_eq!(db.stats().failed_groups, 1);
}

#[tokio::test(start_paused = true)]
async fn a_full_queue_makes_callers_wait_and_then_says_busy() {
    let folder = Folder::new();
    let db = Sqlite::open(SqliteOptions { queue: 2, ..folder.options() }, crate::common::SCHEMA).unwrap();
    let halt = Halt::at(&db, 0).await;
    let accepted = [spawn_add(&db, 1), spawn_add(&db, 2)];
    queued(&db, 2).await;
    assert!(matches!(add(&db, 3).await, Err(WriteError::Db(DbError::Busy))));
    assert_eq!(db.stats().queued, 2);
    halt.release().await;
    for write in accepted {
        write.await.unwrap().unwrap();
    }
    add(&db, 4).await.unwrap();
    db.close().await.unwrap();
    assert_eq!(values(&folder.open()).await.unwrap(), [0, 1, 2, 4]);
}

#[tokio::test]
async fn an_answered_write_is_in_the_files() {
    let folder = Folder::new();
    let db = folder.open();
    add(&db, 7).await.unwrap();
    // As after a crash: the files are there, nobody has closed anything.
    for suffix in ["", "-wal"] {
        let from = folder.path(&format!("numbers.db{suffix}"));
        std::fs::copy(from, folder.path(&format!("copy.db{suffix}"))).unwrap();
    }
    let copy = Sqlite::open(SqliteOptions::at(folder.path("copy.db")), crate::common::SCHEMA).unwrap();
    assert_eq!(values(&copy).await.unwrap(), [7]);
}
