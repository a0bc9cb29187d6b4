//! The other limit: the same rows written by the store alone, without HTTP, token or rule.

use std::sync::Arc;
use std::time::{Duration, Instant};

use anyhow::Context;
use engine::change::{Change, ChangeSet};
use engine::facts::{Aside, Content, EventKind, Message, NewDelivery, NewEvent, Side, Thread};
use engine::store::Store;
use store::{PostgresStore, SqliteStore};
use tokio::task::JoinSet;
use wire::dialect::Dialect;
use wire::id::{AccountId, AppId, Igsid};
use wire::time::Millis;

use crate::child::Counts;
use crate::load;
use crate::site::Engine;

/// Writes messages with thread, log entry and delivery from so many tasks at once, each to a thread of its own.
///
/// # Errors
/// When the store fails.
pub async fn measure(engine: Engine<'_>, tasks: usize, span: Duration) -> anyhow::Result<load::Result> {
    let folder = tempfile::tempdir()?;
    let store: Arc<dyn Store> = match engine {
        Engine::Sqlite => Arc::new(SqliteStore::open(folder.path().join("rows.db"))?),
        Engine::Postgres(cluster) => Arc::new(PostgresStore::open(&cluster.create_database()?).await?),
    };
    let begun = Instant::now();
    let mut running = JoinSet::new();
    for task in 0..tasks {
        let store = Arc::clone(&store);
        running.spawn(async move { write(store.as_ref(), Igsid::new(1 + task as u64), begun + span).await });
    }
    let mut latencies = Vec::new();
    while let Some(done) = running.join_next().await {
        latencies.extend(done.context("a writer panicked")??);
    }
    let seconds = begun.elapsed().as_secs_f64();
    store.close().await?;
    Ok(load::summary(latencies, seconds, Counts::default(), Counts::default()))
}

async fn write(store: &dyn Store, igsid: Igsid, end: Instant) -> anyhow::Result<Vec<u32>> {
    let account = AccountId::new(17_841_400_000_000_001);
    let mut thread = Thread::new(account, igsid);
    let mut latencies = Vec::new();
    let mut now = Millis::new(1_795_000_000_000);
    while Instant::now() < end {
        now = Millis::new(now.get() + 1);
        let id = thread.next_message(now);
        let text = "m".repeat(120);
        let message = Message {
            id,
            created_time: now,
            from: Side::Business,
            app: None,
            content: Content::Text(text.clone()),
            aside: Aside::default(),
        };
        let after = thread.clone().with(&message);
        let mut set = ChangeSet::new();
        let element = format!(
            r#"{{"sender":{{"id":"{account}"}},"recipient":{{"id":"{igsid}"}},"timestamp":{},"message":{{"mid":"{id}","text":"{text}","is_echo":true}}}}"#,
            now.get()
        );
        set.push(Change::AddDelivery(NewDelivery {
            account,
            app: AppId::new(1),
            igsid,
            login: Dialect::Facebook,
            field: "messages",
            channel: engine::facts::Channel::Messaging,
            copy: None,
            element,
            created_time: now,
        }))
        .push(Change::SaveThread(after.clone()))
        .push(Change::AddEvent(NewEvent { account, igsid, item: id.item, kind: EventKind::MessageSent, time: now }))
        .push(Change::AddMessage(message));
        let begun = Instant::now();
        store.commit(set).await?;
        latencies.push(u32::try_from(begun.elapsed().as_micros()).unwrap_or(u32::MAX));
        thread = after;
    }
    Ok(latencies)
}
