//! The server dies, hangs, moves: what callers are told, and that all is well afterwards.

use std::{sync::Arc, time::Duration};

use crate::common::{LONG, Numbers, Operation, SCHEMA, add, eventually, spawn, values, within};
use futures_util::future::join_all;
use parlance_db::{DbError, Postgres, PostgresOptions, WriteError, Writer};
use rig::{
    postgres::{Cluster, Options},
    proxy::Proxy,
};
use tokio::task::block_in_place;

const TIMEOUT: Duration = Duration::from_millis(1500);
/// What waits is looked through a few times in each time-out, and a busy machine takes its time.
const BOUND: Duration = Duration::from_millis(2500);

async fn open(url: String) -> (Postgres, Arc<Writer<Numbers>>) {
    let options = PostgresOptions { timeout: TIMEOUT, ..PostgresOptions::at(url) };
    let db = Postgres::open(options, SCHEMA).await.unwrap();
    let writer = Arc::new(Writer::start(&db, Numbers));
    (db, writer)
}

/// Everything works: writes to many keys, reads, telling.
async fn all_is_well(db: &Postgres, writer: &Writer<Numbers>, other: &Postgres) {
    for key in 0..8 {
        eventually(|| add(writer, key, 1000 + key)).await;
    }
    for _ in 0..8 {
        eventually(|| db.query("SELECT 1", &[])).await;
        eventually(|| db.query_slow("SELECT 1", &[])).await;
        eventually(|| db.query_relaxed("SELECT 1", &[])).await;
    }
    let heard = async {
        // Anything may have happened, until what was told is heard for itself.
        while other.told().await == u32::MAX {
            db.notify(8);
        }
    };
    tokio::time::timeout(LONG, heard).await.expect("one hears the other");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_server_that_is_killed_and_comes_back_is_found_again() {
    let mut cluster = Cluster::start(Options::default()).unwrap();
    let url = cluster.create_database().unwrap();
    let ((db, writer), (other, _)) = (open(url.clone()).await, open(url).await);
    add(&writer, 7, 1).await.unwrap();
    block_in_place(|| cluster.kill().unwrap());
    let writes = join_all((0..100).map(|key| add(&writer, key % 10, 2)));
    let reads = join_all((0..100).map(|_| values(&db)));
    let (writes, reads) = within(BOUND, async { tokio::join!(writes, reads) }).await;
    for write in writes {
        // The connection is known to be gone, or found to be.
        assert!(matches!(write, Err(WriteError::Db(DbError::Unreachable(_) | DbError::Commit(_)))), "{write:?}");
    }
    for read in reads {
        assert!(matches!(read, Err(DbError::Unreachable(_))), "{read:?}");
    }
    // Who comes while the server starts again waits for it, and is not turned away.
    let mut waiting = Vec::new();
    for value in 3..=5 {
        waiting.push(spawn(&writer, 7, Operation::Add(value)).await);
    }
    block_in_place(|| cluster.restart().unwrap());
    for write in waiting {
        write.await.unwrap().unwrap();
    }
    assert_eq!(values(&db).await.unwrap(), [1, 3, 4, 5]);
    all_is_well(&db, &writer, &other).await;
    assert!(db.stats().reconnects >= 2, "{:?}", db.stats());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_acknowledged_write_outlives_the_server_that_took_it() {
    let mut cluster = Cluster::start(Options { durable: true, ..Options::default() }).unwrap();
    let (db, writer) = open(cluster.create_database().unwrap()).await;
    let mut acknowledged = Vec::new();
    for round in 0..3_i64 {
        let load = tokio::spawn({
            let writer = writer.clone();
            async move {
                let one = async |key: i64| {
                    let mut made = Vec::new();
                    for n in 0.. {
                        let value = round * 1_000_000 + key * 100_000 + n;
                        match add(&writer, key, value).await {
                            Ok(()) => made.push(value),
                            Err(_) => break,
                        }
                    }
                    made
                };
                join_all((0..6).map(one)).await.concat()
            }
        });
        let groups = db.stats().groups;
        while db.stats().groups < groups + 50 {
            tokio::task::yield_now().await;
        }
        block_in_place(|| cluster.kill().unwrap());
        acknowledged.extend(load.await.unwrap());
        block_in_place(|| cluster.restart().unwrap());
        eventually(|| values(&db)).await;
    }
    let seen = values(&db).await.unwrap();
    assert!(acknowledged.len() > 100 && acknowledged.iter().all(|value| seen.contains(value)));
    let mut once = seen.clone();
    once.sort_unstable();
    once.dedup();
    assert_eq!(once.len(), seen.len(), "none was written twice");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_network_that_hangs_bounds_every_call_and_is_got_over() {
    let cluster = Cluster::start(Options::default()).unwrap();
    let (direct, proxy) = (cluster.create_database().unwrap(), Proxy::start(cluster.address()).await.unwrap());
    let through = direct.replace(&cluster.address().to_string(), &proxy.address().to_string());
    let ((db, writer), (other, _)) = (open(through).await, open(direct).await);
    for key in 0..8 {
        add(&writer, key, key).await.unwrap();
    }
    db.query_relaxed("SELECT 1", &[]).await.unwrap();
    for _ in 0..2 {
        proxy.hang().await.unwrap();
        let writes = join_all((0..60).map(|key| add(&writer, key % 20, 100)));
        let reads = join_all((0..60).map(|_| values(&db)));
        let relaxed = db.query_relaxed("SELECT 1", &[]);
        let all = Box::pin(async { tokio::join!(writes, reads, relaxed) });
        let (writes, reads, relaxed) = within(BOUND, all).await;
        assert!(writes.iter().all(Result::is_err) && reads.iter().all(Result::is_err) && relaxed.is_err());
        let in_doubt = |write: &_| matches!(write, Err(WriteError::Db(DbError::Commit(reason))) if reason.contains("may have been committed"));
        assert!(writes.iter().any(in_doubt), "those under way are in doubt");
        let away =
            writes.iter().filter(|write| matches!(write, Err(WriteError::Db(DbError::Unreachable(_) | DbError::Busy))));
        assert!(away.count() > 20, "the others have certainly not run");
        proxy.heal().await.unwrap();
        all_is_well(&db, &writer, &other).await;
    }
    proxy.cut().await;
    assert!(within(BOUND, values(&db)).await.is_err());
    proxy.heal().await.unwrap();
    all_is_well(&db, &writer, &other).await;
    proxy.hang().await.unwrap();
    let closing = async { tokio::join!(db.close(), add(&writer, 1, 1)) };
    within(TIMEOUT * 5, closing).await.0.unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_promoted_standby_is_found_among_several_hosts() {
    let mut primary = Cluster::start(Options { durable: true, ..Options::default() }).unwrap();
    let standby = primary.standby().unwrap();
    primary.wait_for(&standby).unwrap();
    let several = |first: &Cluster, second: &Cluster| {
        format!("postgres://postgres@{},{}/postgres", first.address(), second.address())
    };
    // The standby stands first, answers, and is passed by: it cannot be written to.
    let ((db, writer), (other, _)) = (open(several(&standby, &primary)).await, open(several(&primary, &standby)).await);
    for value in 0..20 {
        add(&writer, value % 3, value).await.unwrap();
    }
    block_in_place(|| primary.kill().unwrap());
    let error = values(&db).await.unwrap_err();
    assert!(matches!(&error, DbError::Unreachable(text) if text.contains("does not allow writes")), "{error}");
    block_in_place(|| standby.promote().unwrap());
    all_is_well(&db, &writer, &other).await;
    let mut kept = values(&db).await.unwrap();
    kept.retain(|value| *value < 1000);
    assert_eq!(kept, (0..20).collect::<Vec<_>>());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_host_that_hangs_leaves_time_for_the_next() {
    let cluster = Cluster::start(Options::default()).unwrap();
    let proxy = Proxy::start(cluster.address()).await.unwrap();
    proxy.hang().await.unwrap();
    let url = format!("postgres://postgres@{},{}/postgres", proxy.address(), cluster.address());
    let (db, writer) = open(url).await;
    add(&writer, 7, 1).await.unwrap();
    assert_eq!(values(&db).await.unwrap(), [1]);
    db.close().await.unwrap();
}
