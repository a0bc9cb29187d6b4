//! Opening, migrating, closing.

use std::{sync::Arc, time::Duration};

use crate::common::{Halt, Home, Numbers, Operation, SCHEMA, add, queued, spawn, values, within};
use parlance_db::{DbError, Migration, MigrationError, Postgres, PostgresOptions, WriteError, Writer};

const SECOND: Migration = Migration { number: 2, name: "words", sql: "CREATE TABLE word (text TEXT NOT NULL)" };
const BOTH: &[Migration] = &[SCHEMA[0], SECOND];

#[tokio::test]
async fn migrations_run_once_however_many_open_at_the_same_time() {
    // Long enough that every process finds the others at it.
    const SLOW: &[Migration] =
        &[SCHEMA[0], Migration { number: 2, name: "slow", sql: "CREATE TABLE slow (n INT); SELECT pg_sleep(0.3)" }];
    let home = Home::new().await;
    let opened = futures_util::future::join_all((0..4).map(|_| Postgres::open(home.options(), SLOW))).await;
    for db in opened {
        assert!(values(&db.unwrap()).await.unwrap().is_empty());
    }
    assert_eq!(home.ask("SELECT string_agg(name, ' ' ORDER BY number) FROM migration"), "numbers slow");
}

#[tokio::test]
async fn only_new_migrations_are_added_and_data_stays() {
    let home = Home::new().await;
    let db = home.open().await;
    add(&Writer::start(&db, Numbers), 7, 1).await.unwrap();
    db.close().await.unwrap();
    let db = Postgres::open(home.options(), BOTH).await.unwrap();
    assert_eq!(values(&db).await.unwrap(), [1]);
    assert_eq!(home.ask("SELECT string_agg(name, ' ' ORDER BY number) FROM migration"), "numbers words");
}

#[tokio::test]
async fn a_newer_database_or_another_history_is_refused_and_left_alone() {
    const RENAMED: &[Migration] = &[Migration { number: 1, name: "digits", sql: "" }, SECOND];
    let home = Home::new().await;
    Postgres::open(home.options(), BOTH).await.unwrap().close().await.unwrap();
    let newer = Postgres::open(home.options(), SCHEMA).await.err().unwrap();
    assert!(matches!(newer, DbError::Migration(MigrationError::Newer { database: 2, program: 1 })), "{newer}");
    let renamed = Postgres::open(home.options(), RENAMED).await.err().unwrap();
    assert!(matches!(renamed, DbError::Migration(MigrationError::Differs { number: 1, .. })), "{renamed}");
    Postgres::open(home.options(), BOTH).await.unwrap();
}

#[tokio::test]
async fn a_migration_that_fails_leaves_nothing_of_itself() {
    const BROKEN: &[Migration] =
        &[SCHEMA[0], Migration { number: 2, name: "broken", sql: "CREATE TABLE word (text TEXT); NONSENSE" }];
    let home = Home::new().await;
    let error = Postgres::open(home.options(), BROKEN).await.err().unwrap();
    let said = error.to_string();
    assert!(matches!(error, DbError::Migration(MigrationError::Failed { number: 2, .. })), "{said}");
    assert!(said.contains("NONSENSE") && said.contains("42601"), "{said}");
    Postgres::open(home.options(), BOTH).await.expect("the table is not there yet");
}

#[tokio::test]
async fn close_finishes_what_was_accepted_refuses_the_rest_and_leaves_no_connection() {
    let home = Home::new().await;
    let db = home.open().await;
    let writer = Arc::new(Writer::start(&db, Numbers));
    let halt = Halt::at(&writer, 7).await;
    let mut writes = Vec::new();
    for value in 1..=10 {
        writes.push(spawn(&writer, 7 + value % 2, Operation::Add(value)).await);
    }
    queued(&db, 5).await;
    let closing = tokio::spawn({
        let db = db.clone();
        async move { db.close().await }
    });
    while !matches!(values(&db).await, Err(DbError::Closed)) {
        tokio::task::yield_now().await;
    }
    assert!(matches!(add(&writer, 7, 11).await, Err(WriteError::Db(DbError::Closed))));
    assert!(!closing.is_finished());
    halt.release().await;
    closing.await.unwrap().unwrap();
    for write in writes {
        write.await.unwrap().unwrap();
    }
    db.close().await.unwrap();
    assert!(matches!(db.query_relaxed("SELECT 1", &[]).await, Err(DbError::Closed)));
    assert_eq!(home.ask("SELECT count(*) FROM number"), "10");
    let left =
        "SELECT count(*) FROM pg_stat_activity WHERE application_name = 'parlance' AND datname = current_database()";
    assert!(rig::wait::until(|| home.ask(left) == "0"), "connections are closed");
}

#[tokio::test]
async fn dropping_the_last_handle_closes_too() {
    let home = Home::new().await;
    let db = home.open().await;
    let writer = Writer::start(&db, Numbers);
    add(&writer, 7, 1).await.unwrap();
    drop(db);
    assert!(matches!(add(&writer, 7, 2).await, Err(WriteError::Db(DbError::Closed))));
    let left =
        "SELECT count(*) FROM pg_stat_activity WHERE application_name = 'parlance' AND datname = current_database()";
    while home.ask(left) != "0" {
        tokio::task::yield_now().await;
    }
    assert_eq!(home.ask("SELECT count(*) FROM number"), "1");
}

#[tokio::test]
async fn a_writer_that_is_dropped_finishes_what_waits() {
    let home = Home::new().await;
    let db = home.open().await;
    let writer = Arc::new(Writer::start(&db, Numbers));
    let halt = Halt::at(&writer, 7).await;
    let waits = spawn(&writer, 7, Operation::Add(1)).await;
    queued(&db, 1).await;
    waits.abort();
    assert!(waits.await.unwrap_err().is_cancelled());
    drop(writer);
    halt.release().await;
    db.close().await.unwrap();
    assert_eq!(home.ask("SELECT count(*) FROM number"), "1");
}

#[tokio::test]
async fn what_cannot_be_reached_or_read_is_said_in_time_and_without_the_password() {
    let home = Home::new().await;
    let (reachable, ok) = (home.options().url, "postgres://someone:s3cret@127.0.0.1:1/db");
    let timeout = Duration::from_millis(500);
    let tries = [
        (ok.to_owned(), "127.0.0.1:1: "),
        (ok.replace("s3cret", "s3@cret"), "127.0.0.1"),
        (format!("{ok}?sslmode=s3cret"), "`sslmode`"),
        (ok.replace(":s3cret@", "@") + "?s3cret=1", "is not of the form"),
        ("host=127.0.0.1 password=more s3cret=1".to_owned(), "is not of the form"),
        ("postgres:///db?password=s3cret".to_owned(), "names no host"),
        (
            format!("{reachable}_s3cret").replace("postgres@", "postgres:s3cret@").replace("_s3cret", "_no"),
            "does not exist (3D000)",
        ),
    ];
    for (url, reason) in tries {
        let options = PostgresOptions { url, timeout, ..home.options() };
        assert!(!format!("{options:?}").contains("s3cret"));
        let error = within(timeout * 3, Postgres::open(options, SCHEMA)).await.err().unwrap();
        let said = format!("{error} {error:?}");
        assert!(said.contains(reason) && !said.contains("s3cret"), "{said}");
    }
}
