//! What a write promises: grouped by key, in order, alone refused, together committed.

use std::{sync::Arc, time::Duration};

use crate::common::{Halt, Home, Numbers, Operation, SCHEMA, add, queued, spawn, values};
use parlance_db::{DbError, Postgres, PostgresOptions, WriteError, Writer};

async fn open(options: PostgresOptions) -> (Postgres, Arc<Writer<Numbers>>) {
    let db = Postgres::open(options, SCHEMA).await.unwrap();
    let writer = Arc::new(Writer::start(&db, Numbers));
    (db, writer)
}

#[tokio::test]
async fn what_waits_for_a_key_is_committed_together_up_to_the_limit_and_in_order() {
    let home = Home::new().await;
    let (db, writer) = open(PostgresOptions { group_limit: 32, ..home.options() }).await;
    let halt = Halt::at(&writer, 7).await;
    let mut writes = Vec::new();
    for value in 1..=64 {
        writes.push(spawn(&writer, 7, Operation::Add(value)).await);
    }
    queued(&db, 64).await;
    halt.release().await;
    for write in writes {
        write.await.unwrap().unwrap();
    }
    let stats = db.stats();
    assert_eq!((stats.operations, stats.groups, stats.largest_group), (65, 3, 32));
    assert_eq!(values(&db).await.unwrap(), (1..=64).collect::<Vec<_>>());
    let transactions = home.ask("SELECT count(DISTINCT xmin::text) FROM number");
    assert_eq!(transactions, "2", "each group was one transaction");
}

#[tokio::test]
async fn a_refused_member_hurts_no_neighbour() {
    let home = Home::new().await;
    let (db, writer) = open(home.options()).await;
    let halt = Halt::at(&writer, 7).await;
    let before = spawn(&writer, 7, Operation::Add(1)).await;
    let refused = spawn(&writer, 7, Operation::Refuse(2)).await;
    let after = spawn(&writer, 7, Operation::Add(3)).await;
    queued(&db, 3).await;
    halt.release().await;
    before.await.unwrap().unwrap();
    assert!(matches!(refused.await.unwrap(), Err(WriteError::Refused(reason)) if reason == "not 2"));
    after.await.unwrap().unwrap();
    assert_eq!(values(&db).await.unwrap(), [1, 3]);
    assert_eq!((db.stats().groups, db.stats().failed_groups), (2, 0), "the three shared a transaction");
}

#[tokio::test]
async fn keys_run_beside_each_other_and_one_key_runs_alone() {
    let home = Home::new().await;
    let (db, writer) = open(home.options()).await;
    let halt = Halt::at(&writer, 1).await;
    let same = spawn(&writer, 1, Operation::Add(1)).await;
    for value in 2..=5 {
        add(&writer, value, value).await.unwrap();
    }
    assert_eq!((db.stats().queued, values(&db).await.unwrap()), (1, vec![2, 3, 4, 5]));
    halt.release().await;
    same.await.unwrap().unwrap();
    assert_eq!(values(&db).await.unwrap(), [2, 3, 4, 5, 1]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn concurrent_writes_to_many_keys_all_arrive_in_the_order_of_each() {
    let home = Home::new().await;
    let (db, writer) = open(home.options()).await;
    let mut writes = Vec::new();
    for value in 0..600 {
        writes.push(spawn(&writer, value % 7, Operation::Add(value)).await);
    }
    for write in writes {
        write.await.unwrap().unwrap();
    }
    let mut seen = values(&db).await.unwrap();
    for key in 0..7 {
        let of_key: Vec<i64> = seen.iter().copied().filter(|value| value % 7 == key).collect();
        assert!(of_key.is_sorted(), "key {key}: {of_key:?}");
    }
    seen.sort_unstable();
    assert_eq!(seen, (0..600).collect::<Vec<_>>());
    assert!(db.stats().groups < 600, "{:?}", db.stats());
}

#[tokio::test]
async fn a_panic_is_an_error_for_its_group_and_the_writer_lives_on() {
    let home = Home::new().await;
    let (db, writer) = open(PostgresOptions { writers: 1, ..home.options() }).await;
    let error = writer.write(7, Operation::Panic).await.unwrap_err();
    assert!(matches!(&error, WriteError::Db(DbError::Panicked(text)) if text == "out of luck"), "{error}");
    add(&writer, 7, 1).await.unwrap();
    assert_eq!(values(&db).await.unwrap(), [1]);
}

#[tokio::test]
async fn an_operation_outlives_its_caller() {
    let home = Home::new().await;
    let (db, writer) = open(home.options()).await;
    let halt = Halt::at(&writer, 7).await;
    let gone = spawn(&writer, 7, Operation::Add(1)).await;
    queued(&db, 1).await;
    gone.abort();
    assert!(gone.await.unwrap_err().is_cancelled());
    halt.release().await;
    add(&writer, 7, 2).await.unwrap();
    assert_eq!(values(&db).await.unwrap(), [1, 2]);
}

#[tokio::test]
async fn a_full_queue_makes_callers_wait_and_then_says_busy() {
    let home = Home::new().await;
    let timeout = Duration::from_millis(400);
    let (db, writer) = open(PostgresOptions { writers: 1, queue: 2, timeout, ..home.options() }).await;
    let halt = Halt::at(&writer, 0).await;
    let mut writes = Vec::new();
    for key in 1..=12 {
        // Each that begins stands still for the whole time-out, so places become free too slowly for most.
        let gate = Arc::default();
        writes.push((spawn(&writer, key, Operation::Halt(gate)).await, key));
    }
    assert_eq!(db.stats().queued, 2, "the others wait outside");
    let mut busy = 0;
    for (write, key) in writes {
        match write.await.unwrap() {
            Err(WriteError::Db(DbError::Busy)) => busy += 1,
            Err(WriteError::Db(DbError::Commit(_))) => {}
            other => panic!("{key}: {other:?}"),
        }
    }
    assert!(busy >= 6, "{busy}");
    assert!(matches!(halt.write.await.unwrap(), Err(WriteError::Db(DbError::Commit(_)))), "it stood still too long");
    add(&writer, 0, 1).await.unwrap();
    assert_eq!((values(&db).await.unwrap(), db.stats().queued), (vec![1], 0));
}

#[tokio::test]
async fn a_lock_that_another_process_holds_fails_the_group_in_time_and_then_not() {
    let home = Home::new().await;
    let timeout = Duration::from_millis(1000);
    let (db, writer) = open(PostgresOptions { timeout, ..home.options() }).await;
    let other = Postgres::open(home.options(), SCHEMA).await.unwrap();
    let holder = tokio::spawn({
        let other = other.clone();
        async move { other.query_slow("SELECT pg_advisory_xact_lock(7), pg_sleep(2)::text", &[]).await.map(drop) }
    });
    while home.ask("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND objid = 7 AND granted") == "0" {
        tokio::task::yield_now().await;
    }
    let error = add(&writer, 7, 1).await.unwrap_err();
    assert!(matches!(&error, WriteError::Db(DbError::Commit(reason)) if reason.contains("55P03")), "{error}");
    add(&writer, 8, 2).await.unwrap();
    holder.await.unwrap().unwrap();
    add(&writer, 7, 3).await.unwrap();
    assert_eq!(values(&db).await.unwrap(), [2, 3]);
    assert_eq!(db.stats().reconnects, 0, "a refusal costs no connection");
}
