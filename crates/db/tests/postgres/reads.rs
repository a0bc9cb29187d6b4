//! What a query promises: shared connections, no writes, an end, and new connections for old.

use std::time::Duration;

use crate::common::{Home, SCHEMA, values, within};
use futures_util::future::join_all;
use parlance_db::{DbError, Postgres, PostgresOptions};

const WHO: &str = "SELECT pg_backend_pid()";
const ECHO: &str = "SELECT $1::bigint";
const SETTINGS: &str = "SELECT string_agg(current_setting(name), ' ' ORDER BY ordinality) FROM unnest(ARRAY[
    'application_name', 'statement_timeout', 'lock_timeout', 'idle_in_transaction_session_timeout', 'synchronous_commit',
    'transaction_read_only']) WITH ORDINALITY AS of (name, ordinality)";
const END_READERS: &str = "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity
    WHERE datname = current_database() AND application_name = 'parlance' AND query NOT LIKE 'LISTEN%'";

#[tokio::test]
async fn many_queries_share_few_connections_and_get_their_own_answers() {
    let home = Home::new().await;
    let db = Postgres::open(PostgresOptions { readers: 2, ..home.options() }, SCHEMA).await.unwrap();
    let answers = join_all((0..500_i64).map(|n| {
        let db = db.clone();
        async move { db.query(ECHO, &[&n]).await.unwrap()[0].get::<_, i64>(0) }
    }));
    assert_eq!(answers.await, (0..500).collect::<Vec<_>>());
    let pids = join_all((0..50).map(|_| db.query(WHO, &[]))).await;
    let mut pids: Vec<i32> = pids.into_iter().map(|rows| rows.unwrap()[0].get(0)).collect();
    pids.sort_unstable();
    pids.dedup();
    assert_eq!(pids.len(), 2);
    assert!(db.stats().reads >= 550);
}

#[tokio::test]
async fn a_slow_list_holds_up_no_look_up() {
    let home = Home::new().await;
    let db = Postgres::open(PostgresOptions { readers: 1, ..home.options() }, SCHEMA).await.unwrap();
    let slow = db.query_slow("SELECT pg_sleep(0.5)::text", &[]);
    let quick = async {
        for n in 0..20_i64 {
            db.query(ECHO, &[&n]).await.unwrap();
        }
    };
    tokio::select! {
        biased;
        _ = slow => panic!("the look-ups waited for the list"),
        () = quick => {}
    }
}

#[tokio::test]
async fn the_server_bounds_each_connection_too_and_only_relaxed_ones_write() {
    let home = Home::new().await;
    let db = home.open().await;
    let text = |rows: Result<Vec<parlance_db::tokio_postgres::Row>, DbError>| rows.unwrap()[0].get::<_, String>(0);
    assert_eq!(text(db.query(SETTINGS, &[]).await), "parlance 4500ms 3s 10s on on");
    assert_eq!(text(db.query_slow(SETTINGS, &[]).await), "parlance 4500ms 3s 10s on on");
    assert_eq!(text(db.query_relaxed(SETTINGS, &[]).await), "parlance 4500ms 3s 10s off off");
    let insert = "INSERT INTO number (account, value) VALUES ($1, $2) RETURNING value";
    let refused = db.query(insert, &[&7_i64, &1_i64]).await.unwrap_err();
    assert!(matches!(&refused, DbError::Postgres(_)) && refused.to_string().contains("(25006)"), "{refused}");
    let made = db.query_relaxed(insert, &[&7_i64, &2_i64]).await.unwrap();
    assert_eq!((made[0].get::<_, i64>(0), values(&db).await.unwrap()), (2, vec![2]));
}

#[tokio::test]
async fn a_statement_that_fails_says_why_and_costs_no_connection() {
    let home = Home::new().await;
    let db = home.open().await;
    let error = db.query("SELECT nothing FROM nowhere", &[]).await.unwrap_err();
    assert_eq!(error.to_string(), "relation \"nowhere\" does not exist (42P01)");
    let error = db.query(ECHO, &[&"text"]).await.unwrap_err();
    assert!(matches!(&error, DbError::Postgres(_)) && error.to_string().contains("parameter 0"), "{error}");
    assert_eq!(db.stats().reconnects, 0);
}

#[tokio::test]
async fn a_query_that_takes_too_long_is_ended_by_the_server_and_keeps_its_connection() {
    let home = Home::new().await;
    let timeout = Duration::from_millis(1000);
    let db = Postgres::open(PostgresOptions { timeout, ..home.options() }, SCHEMA).await.unwrap();
    let error = within(timeout, db.query_slow("SELECT pg_sleep(60)::text", &[])).await.unwrap_err();
    assert!(error.to_string().contains("(57014)"), "{error}");
    assert_eq!(db.stats().reconnects, 0);
}

#[tokio::test]
async fn readers_whose_connections_ended_unseen_or_in_use_answer_all_the_same() {
    let home = Home::new().await;
    let db = home.open().await;
    for _ in 0..3 {
        join_all((0..9).map(|_| db.query(WHO, &[]))).await;
        // Half of them are under way while their connections go.
        let under_way = join_all((0..20).map(|_| db.query("SELECT 1 FROM pg_sleep(0.1)", &[])));
        let end = async { home.ask(END_READERS) };
        let (answers, ended) = tokio::join!(under_way, end);
        assert!(answers.into_iter().all(|answer| answer.is_ok()), "{ended}");
    }
    assert!(db.stats().reconnects >= 3, "{:?}", db.stats());
}

#[tokio::test]
async fn a_changed_schema_makes_readers_prepare_anew() {
    let home = Home::new().await;
    let db = Postgres::open(PostgresOptions { readers: 1, ..home.options() }, SCHEMA).await.unwrap();
    for (columns, change) in [(3, "ALTER TABLE number ADD COLUMN more TEXT"), (4, "SELECT 1")] {
        assert_eq!(db.query("SELECT * FROM number", &[]).await.unwrap().len(), 0);
        let row = db.query("SELECT count(*) FROM information_schema.columns WHERE table_name = 'number'", &[]).await;
        assert_eq!(row.unwrap()[0].get::<_, i64>(0), columns);
        home.ask(change);
    }
    assert_eq!(db.stats().reconnects, 1);
}
