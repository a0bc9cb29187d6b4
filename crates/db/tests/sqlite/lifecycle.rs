//! Opening, locking, migrating, checkpointing, closing.

use crate::common::{Folder, Halt, SCHEMA, add, queued, values};
use parlance_db::{DbError, Migration, MigrationError, Sqlite, SqliteOptions, WriteError};

const SECOND: Migration = Migration { number: 2, name: "words", sql: "CREATE TABLE word (text TEXT NOT NULL) STRICT" };
const BOTH: &[Migration] = &[SCHEMA[0], SECOND];

async fn reopened(folder: &Folder, db: Sqlite, migrations: &'static [Migration]) -> Result<Sqlite, DbError> {
    db.close().await?;
    Sqlite::open(folder.options(), migrations)
}

#[tokio::test]
async fn written_data_is_there_after_reopening() {
    let folder = Folder::new();
    let db = folder.open();
    add(&db, 1).await.unwrap();
    let db = reopened(&folder, db, SCHEMA).await.unwrap();
    assert_eq!(values(&db).await.unwrap(), [1]);
}

#[tokio::test]
async fn a_second_open_is_refused_and_names_the_lock_until_the_first_is_closed() {
    let folder = Folder::new();
    let db = folder.open();
    let error = Sqlite::open(folder.options(), SCHEMA).err().unwrap();
    assert!(matches!(&error, DbError::Locked { path } if path.ends_with("numbers.db.lock")), "{error}");
    reopened(&folder, db, SCHEMA).await.unwrap();
}

#[tokio::test]
async fn dropping_the_last_handle_ends_the_threads_and_frees_the_lock() {
    let folder = Folder::new();
    let db = folder.open();
    let other = db.clone();
    drop(db);
    add(&other, 1).await.unwrap();
    drop(other);
    assert_eq!(values(&folder.open()).await.unwrap(), [1]);
}

#[tokio::test]
async fn close_finishes_the_queue_and_refuses_what_comes_later() {
    let folder = Folder::new();
    let db = folder.open();
    let halt = Halt::at(&db, 0).await;
    let mut writes = Vec::new();
    for value in 1..=10 {
        let db = db.clone();
        writes.push(tokio::spawn(async move { add(&db, value).await }));
    }
    queued(&db, 10).await;
    let closing = tokio::spawn({
        let db = db.clone();
        async move { db.close().await }
    });
    while !matches!(values(&db).await, Err(DbError::Closed)) {
        tokio::task::yield_now().await;
    }
    assert!(matches!(add(&db, 11).await, Err(WriteError::Db(DbError::Closed))));
    halt.release().await;
    closing.await.unwrap().unwrap();
    for write in writes {
        write.await.unwrap().unwrap();
    }
    db.close().await.unwrap();
    assert!(!folder.path("numbers.db-wal").exists(), "the log has been moved into the database");
    assert_eq!(values(&folder.open()).await.unwrap(), (0..=10).collect::<Vec<_>>());
}

#[tokio::test]
async fn migrations_run_once_and_only_new_ones_are_added() {
    let folder = Folder::new();
    let db = reopened(&folder, folder.open(), BOTH).await.unwrap();
    add(&db, 1).await.unwrap();
    let db = reopened(&folder, db, BOTH).await.unwrap();
    let names = db
        .read(|connection| {
            connection
                .prepare("SELECT name FROM migration ORDER BY number")?
                .query_map([], |row| row.get::<_, String>(0))?
                .collect::<Result<Vec<_>, _>>()
        })
        .await;
    assert_eq!(names.unwrap(), ["numbers", "words"]);
    assert_eq!(values(&db).await.unwrap(), [1]);
}

#[tokio::test]
async fn a_newer_database_or_another_history_is_refused_and_left_alone() {
    const RENAMED: &[Migration] = &[Migration { number: 1, name: "digits", sql: "" }, SECOND];
    let folder = Folder::new();
    Sqlite::open(folder.options(), BOTH).unwrap().close().await.unwrap();
    let newer = Sqlite::open(folder.options(), SCHEMA).err().unwrap();
    assert!(matches!(newer, DbError::Migration(MigrationError::Newer { database: 2, program: 1 })), "{newer}");
    let renamed = Sqlite::open(folder.options(), RENAMED).err().unwrap();
    assert!(matches!(renamed, DbError::Migration(MigrationError::Differs { number: 1, .. })), "{renamed}");
    let gap = Sqlite::open(folder.options(), const { &[SECOND] }).err().unwrap();
    assert!(matches!(gap, DbError::Migration(MigrationError::Gap { expected: 1, found: 2, .. })), "{gap}");
    Sqlite::open(folder.options(), BOTH).unwrap();
}

#[tokio::test]
async fn a_migration_that_fails_leaves_nothing_of_itself() {
    const BROKEN: &[Migration] =
        &[SCHEMA[0], Migration { number: 2, name: "broken", sql: "CREATE TABLE word (text TEXT); NONSENSE" }];
    let folder = Folder::new();
    let error = Sqlite::open(folder.options(), BROKEN).err().unwrap();
    assert!(matches!(error, DbError::Migration(MigrationError::Failed { number: 2, .. })), "{error}");
    Sqlite::open(folder.options(), BOTH).expect("the table is not there yet");
}

#[tokio::test]
async fn checkpoints_keep_the_log_from_growing_while_writes_go_on() {
    let folder = Folder::new();
    let options = SqliteOptions { checkpoint_pages: 8, ..folder.options() };
    let db = Sqlite::open(options, SCHEMA).unwrap();
    let mut written = 0;
    while db.stats().restarts < 3 {
        add(&db, written).await.unwrap();
        written += 1;
        assert!(written < 100_000, "{:?}", db.stats());
    }
    add(&db, written).await.unwrap();
    let stats = db.stats();
    assert!(stats.wal_bytes < stats.groups * 4096 / 2, "the log was begun anew: {stats:?}");
    assert_eq!(values(&db).await.unwrap().len() as i64, written + 1);
}
