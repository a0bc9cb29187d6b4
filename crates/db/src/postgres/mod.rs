//! The PostgreSQL driver: shared connections that read, workers that write in groups, and word between processes.
//!
//! There is no pool, since connections are shared and not lent. Queries of many callers go down the same few reader
//! connections one behind the other without waiting for answers, and a writer's connection carries a whole transaction
//! at once, so a handful of connections is enough for thousands of calls. Every connection is made when it is needed and
//! made anew when it is lost; every wait for the server has an end, and a connection that let one run out is thrown
//! away. A process holds at most `readers + writers` connections and four more: slow lists, relaxed commits, telling,
//! listening.

mod address;
mod connect;
mod failure;
mod hub;
mod lane;
mod link;
mod listener;
mod migrations;
mod news;
mod notifier;
mod options;
mod queues;
mod session;
mod stats;
mod tls;
mod upkeep;
mod worker;
mod writer;

use std::{
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering::Relaxed},
    },
    time::Duration,
};

use parking_lot::Mutex;
use tokio_postgres::{Row, types::ToSql};
use tokio_util::{sync::CancellationToken, task::TaskTracker};

pub(crate) use failure::describe;
pub use options::PostgresOptions;
pub use session::Session;
pub use stats::PostgresStats;
pub use upkeep::Upkeep;
pub use writer::{Group, Writer};

use crate::{DbError, Migration};
use address::Role;
use connect::Connector;
use hub::Hub;
use lane::Lane;
use link::Link;
use news::News;
use notifier::Notifier;
use queues::Queue;
use stats::Counters;

/// The oldest server whose statements we may use.
const OLDEST: i32 = 15;
/// The server's version, and a name for this process that no other has.
const GREETING: &str = "SELECT current_setting('server_version_num')::int / 10000, gen_random_uuid()::text";

/// An open database on PostgreSQL; clones share it.
///
/// Needs a Tokio runtime with its timer. [`close`](Self::close) ends every task; dropping the last handle ends them too,
/// without waiting for it.
#[derive(Clone)]
pub struct Postgres(Arc<Inner>);

struct Inner {
    hub: Arc<Hub>,
    limits: Limits,
    readers: Vec<Lane>,
    /// Which reader is looked at first.
    next: AtomicUsize,
    slow: Lane,
    relaxed: Lane,
    news: Arc<News>,
    notifier: Arc<Notifier>,
    queues: Mutex<Vec<Arc<dyn Queue>>>,
}

/// What writers are bound by.
#[derive(Clone, Copy)]
struct Limits {
    writers: usize,
    group_limit: usize,
    queue: usize,
}

impl Postgres {
    /// Connects, brings the schema up to date and begins to listen to other processes.
    ///
    /// Several processes may open at one time: one applies what is due while the others wait, for up to ten minutes.
    /// Fails with [`DbError::Address`] when the URL cannot be read, [`DbError::Unreachable`] when no host can be written
    /// to, [`DbError::TooOld`] before PostgreSQL 15, [`DbError::Migration`] when the schema cannot be used. No error and
    /// no log holds the password.
    pub async fn open(options: PostgresOptions, migrations: &'static [Migration]) -> Result<Self, DbError> {
        let PostgresOptions { url, readers, writers, group_limit, queue, timeout, settings, poll } = options;
        let hub = Arc::new(Hub {
            connector: Connector::new(&url, timeout, settings)?,
            counters: Counters::default(),
            tasks: TaskTracker::new(),
            closing: CancellationToken::new(),
            timeout,
        });
        let readers: Vec<Lane> = (0..readers.max(1)).map(|_| Lane::new(&hub, Role::Read)).collect();
        let (news, listening) = match Self::begin(&hub, &readers[0], migrations, poll).await {
            Ok(begun) => begun,
            Err(error) => {
                drop(readers);
                hub.connector.close().await;
                return Err(error);
            }
        };
        let notifier = Arc::new(Notifier::default());
        hub.tasks.spawn(listener::run(hub.clone(), news.clone(), listening));
        hub.tasks.spawn(notifier.clone().run(hub.clone(), news.clone()));
        let (slow, relaxed) = (Lane::new(&hub, Role::Read), Lane::new(&hub, Role::Relaxed));
        let limits = Limits { writers, group_limit, queue };
        let (next, queues) = (AtomicUsize::new(0), Mutex::default());
        Ok(Self(Arc::new(Inner { hub, limits, readers, next, slow, relaxed, news, notifier, queues })))
    }

    /// What can fail when a database is opened.
    async fn begin(
        hub: &Hub,
        reader: &Lane,
        migrations: &'static [Migration],
        poll: Duration,
    ) -> Result<(Arc<News>, Link), DbError> {
        let greeting = reader.query(GREETING, &[]).await?;
        let greeting = greeting.first().ok_or(DbError::Closed)?;
        let (version, instance): (i32, String) = (greeting.try_get(0)?, greeting.try_get(1)?);
        if version < OLDEST {
            return Err(DbError::TooOld { found: version, oldest: OLDEST });
        }
        migrations::run(hub, migrations).await?;
        let news = Arc::new(News::new(instance, poll));
        let listening = listener::listen(hub, &news).await?;
        Ok((news, listening))
    }

    /// Runs one query on the least busy of the shared readers, beside the queries of others.
    ///
    /// For keyed look-ups: those behind it on the connection wait for its answer. Cannot write. The statement is
    /// prepared once for each connection and kept by its text. Fails with [`DbError::Unreachable`] when no connection can
    /// be made or two were lost under it, [`DbError::TimedOut`] when the answer does not come in time,
    /// [`DbError::Postgres`] as the statement does, [`DbError::Closed`] after `close`.
    pub async fn query(&self, sql: &'static str, params: &[&(dyn ToSql + Sync)]) -> Result<Vec<Row>, DbError> {
        let Inner { readers, next, .. } = &*self.0;
        let first = next.fetch_add(1, Relaxed);
        let turned = (0..readers.len()).map(|step| &readers[first.wrapping_add(step) % readers.len()]);
        let reader = turned.min_by_key(|reader| reader.busy()).unwrap_or(&readers[0]);
        reader.query(sql, params).await
    }

    /// The same on a connection for slow lists, so that they hold up nobody's keyed look-up.
    pub async fn query_slow(&self, sql: &'static str, params: &[&(dyn ToSql + Sync)]) -> Result<Vec<Row>, DbError> {
        self.0.slow.query(sql, params).await
    }

    /// Runs one statement that is a transaction of its own, and whose commit does not wait for the disk.
    ///
    /// What it wrote is seen by everybody at once, but a crash of the server within the next moments may undo it. Fails
    /// as [`query`](Self::query) does, and with [`DbError::Commit`] when the connection is lost under it: then it may have
    /// been made or not.
    pub async fn query_relaxed(&self, sql: &'static str, params: &[&(dyn ToSql + Sync)]) -> Result<Vec<Row>, DbError> {
        self.0.relaxed.query(sql, params).await
    }

    /// Tells other processes on this database. Never waits and never fails.
    ///
    /// While one notification is under way further bits are or-ed together and go with the next; while the server cannot
    /// be reached they are kept.
    pub fn notify(&self, bits: u32) {
        self.0.notifier.notify(bits);
    }

    /// Waits for what other processes told since the last call: their bits or-ed together, without our own.
    ///
    /// `u32::MAX` each time that `poll` has passed, and after a time in which nothing could be heard: then anything may
    /// have happened. For one consumer. May be dropped and called again without losing anything.
    pub async fn told(&self) -> u32 {
        self.0.news.told().await
    }

    /// What this process has done with the database since it opened it.
    pub fn stats(&self) -> PostgresStats {
        let queued = self.0.queues.lock().iter().map(|queue| queue.waiting()).sum();
        self.0.hub.counters.snapshot(queued)
    }

    /// Refuses what comes, finishes what was accepted and ends every task.
    ///
    /// Further calls wait for the first. Takes as long as the groups do; what waits while the server cannot be reached is
    /// answered within the time-out.
    pub async fn close(&self) -> Result<(), DbError> {
        self.0.shut();
        let Inner { hub, readers, slow, relaxed, .. } = &*self.0;
        hub.tasks.close();
        hub.tasks.wait().await;
        for lane in readers.iter().chain([slow, relaxed]) {
            lane.close();
        }
        hub.connector.close().await;
        Ok(())
    }

    fn hub(&self) -> &Arc<Hub> {
        &self.0.hub
    }

    fn limits(&self) -> Limits {
        self.0.limits
    }

    /// Takes the queues of a writer in, to be counted and closed with the rest.
    fn adopt(&self, queues: Arc<dyn Queue>) {
        if self.0.hub.closing.is_cancelled() {
            queues.close();
        }
        self.0.queues.lock().push(queues);
    }
}

impl Inner {
    fn shut(&self) {
        self.hub.closing.cancel();
        for queue in self.queues.lock().iter() {
            queue.close();
        }
    }
}

impl Drop for Inner {
    fn drop(&mut self) {
        self.shut();
    }
}
