//! PostgreSQL's own limit: the same rows, written in groups by a loop that does nothing else.

use std::time::{Duration, Instant};

use anyhow::Context;
use rig::postgres::Cluster;
use store::PostgresStore;
use tokio::task::JoinSet;
use tokio_postgres::types::ToSql;
use tokio_postgres::{Client, NoTls};

use crate::child::Counts;
use crate::load;

/// Connections that write; more of them are no faster on this machine.
const WRITERS: usize = 4;

const SAVE: &str = "UPDATE thread t SET version = t.version + 1, updated_time = n.time, last_item = n.item, \
    last_business_item = n.item, message_count = t.message_count + 1, unread_count = 0 \
    FROM unnest($1::bigint[], $2::bigint[], $3::bigint[]) AS n (igsid, item, time) \
    WHERE t.account_id = 1 AND t.igsid = n.igsid";
const MESSAGES: &str = r#"INSERT INTO message (account_id, igsid, item, created_time, "from", app_id, kind, text, payload)
    SELECT 1, n.igsid, n.item, n.time, 1, 7, 0, n.text, NULL
    FROM unnest($1::bigint[], $2::bigint[], $3::bigint[], $4::text[]) AS n (igsid, item, time, text)"#;
const EVENTS: &str = "INSERT INTO event (account_id, seq, igsid, item, kind, time) \
    SELECT 1, n.item, n.igsid, n.item, 2, n.time FROM unnest($1::bigint[], $2::bigint[], $3::bigint[]) AS n (igsid, item, time)";
const DELIVERIES: &str = "INSERT INTO delivery (account_id, app_id, igsid, login, field, element, created_time, state, \
    turn, attempts, due_time) SELECT 1, 7, n.igsid, 'facebook', 'messages', n.element, n.time, 0, 1, 0, n.time \
    FROM unnest($1::bigint[], $2::bigint[], $3::text[]) AS n (igsid, time, element)";

/// Writes messages with thread, log entry and, when told to, delivery, `in_flight` of them at a time in all.
///
/// # Errors
/// When the database refuses.
pub async fn measure(
    cluster: &Cluster,
    in_flight: usize,
    span: Duration,
    deliveries: bool,
) -> anyhow::Result<load::Result> {
    let url = cluster.create_database()?;
    // Gives the database its tables.
    engine::store::Store::close(&PostgresStore::open(&url).await?).await?;
    let (writers, begun) = (WRITERS.min(in_flight), Instant::now());
    let mut running = JoinSet::new();
    for writer in 0..writers {
        let (client, connection) = tokio_postgres::connect(&url, NoTls).await?;
        let connection = tokio::spawn(connection);
        let threads: Vec<i64> = (0..in_flight / writers).map(|n| (n * writers + writer) as i64 + 1).collect();
        running.spawn(async move {
            let latencies = write(&client, &threads, begun + span, deliveries).await;
            drop(client);
            connection.await.context("a connection panicked")??;
            latencies
        });
    }
    let mut latencies = Vec::new();
    while let Some(done) = running.join_next().await {
        latencies.extend(done.context("a writer panicked")??);
    }
    Ok(load::summary(latencies, begun.elapsed().as_secs_f64(), Counts::default(), Counts::default()))
}

async fn write(client: &Client, threads: &[i64], end: Instant, deliveries: bool) -> anyhow::Result<Vec<u32>> {
    client
        .execute(
            "INSERT INTO thread SELECT 1, n, 1, 0, 0, 0, NULL, NULL, 1, 1 FROM unnest($1::bigint[]) n",
            &[&threads],
        )
        .await?;
    let (save, messages) = (client.prepare(SAVE).await?, client.prepare(MESSAGES).await?);
    let (events, deliver) = (client.prepare(EVENTS).await?, client.prepare(DELIVERIES).await?);
    let (texts, elements) = (vec!["m".repeat(120); threads.len()], vec!["e".repeat(420); threads.len()]);
    let (mut latencies, mut round) = (Vec::new(), 0_i64);
    while Instant::now() < end {
        round += 1;
        let time = vec![1_795_000_000_000 + round; threads.len()];
        let items: Vec<i64> = threads.iter().map(|thread| (round << 16) + thread).collect();
        let sent = Instant::now();
        let three: [&(dyn ToSql + Sync); 3] = [&threads, &items, &time];
        let four: [&(dyn ToSql + Sync); 4] = [&threads, &items, &time, &texts];
        let told: [&(dyn ToSql + Sync); 3] = [&threads, &time, &elements];
        let deliver = async { if deliveries { client.execute(&deliver, &told).await } else { Ok(0) } };
        tokio::try_join!(
            client.batch_execute("BEGIN"),
            client.execute(&save, &three),
            client.execute(&messages, &four),
            client.execute(&events, &three),
            deliver,
            client.batch_execute("COMMIT"),
        )?;
        let took = u32::try_from(sent.elapsed().as_micros()).unwrap_or(u32::MAX);
        latencies.extend(std::iter::repeat_n(took, threads.len()));
    }
    Ok(latencies)
}
