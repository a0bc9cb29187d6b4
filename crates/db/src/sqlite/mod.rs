//! The SQLite driver: one writer thread that commits in groups, one checkpoint thread, a pool of readers.

mod checkpoint;
mod connect;
mod migrations;
mod operation;
mod options;
mod readers;
mod stats;
mod writer;

use std::{
    fs::File,
    path::Path,
    sync::Arc,
    thread::{self, JoinHandle},
    time::Duration,
};

use parking_lot::Mutex;
use rusqlite::Connection;
use tokio::{
    sync::{
        Semaphore,
        mpsc::{Sender, channel, error::TrySendError},
    },
    task::spawn_blocking,
    time::timeout,
};

pub use options::SqliteOptions;
pub use stats::Stats;

use crate::{DbError, Migration, WriteError, error::panic_message};
use checkpoint::Checkpointer;
use operation::{Operation, operation};
use readers::Readers;
use stats::Counters;
use writer::Writer;

/// How long a caller waits for a place in the writer queue before it is told that the database is busy.
const PATIENCE: Duration = Duration::from_secs(5);

/// An open SQLite database; clones share it.
///
/// The asynchronous calls need a Tokio runtime with its timer. [`close`](Self::close) ends the threads; dropping the
/// last handle does too, and blocks meanwhile, so asynchronous code closes first.
#[derive(Clone)]
pub struct Sqlite {
    inner: Arc<Inner>,
}

struct Inner {
    /// None once closing has begun; the writer ends when it and every copy of it is gone.
    queue: Mutex<Option<Sender<Box<dyn Operation>>>>,
    readers: Arc<Readers>,
    counters: Arc<Counters>,
    /// The writer thread, until somebody has joined it.
    thread: tokio::sync::Mutex<Option<JoinHandle<Result<(), DbError>>>>,
}

impl Sqlite {
    /// Opens or creates the database, locks it against every other process and brings its schema up to date.
    ///
    /// Blocks. Fails with [`DbError::Locked`] when the database is open elsewhere, [`DbError::Migration`] when the
    /// schema cannot be used, [`DbError::Disk`] or [`DbError::Sql`] when a file cannot.
    pub fn open(options: SqliteOptions, migrations: &'static [Migration]) -> Result<Sqlite, DbError> {
        let SqliteOptions { path, readers, group_limit, queue, cache_kib, checkpoint_pages, at_start } = options;
        let path = connect::resolve(&path)?;
        let lock = connect::lock(&path)?;
        let connection = connect::writer(&path, cache_kib)?;
        migrations::run(&connection, migrations)?;
        if let Some(statement) = at_start {
            connection.execute(statement, [])?;
        }
        let readers = Readers::open(&path, readers)?;
        let counters = Arc::new(Counters::default());
        let checkpointer = Checkpointer::start(&path, checkpoint_pages, counters.clone())?;
        let group_limit = group_limit.max(1);
        let writer = Writer { connection, checkpointer, counters: counters.clone(), group_limit };
        let (queue, queued) = channel(queue.clamp(1, Semaphore::MAX_PERMITS));
        let thread = thread::Builder::new()
            .name("db-writer".to_owned())
            .spawn(move || {
                let ended = writer.run(queued);
                drop::<File>(lock);
                ended
            })
            .map_err(|source| DbError::Disk { path, source })?;
        let (queue, thread) = (Mutex::new(Some(queue)), tokio::sync::Mutex::new(Some(thread)));
        Ok(Sqlite { inner: Arc::new(Inner { queue, readers, counters, thread }) })
    }

    /// Locks the database at `path` as opening it does, without opening or making it; free when the file is dropped.
    ///
    /// For whoever replaces its files. Fails with [`DbError::Locked`] when it is open elsewhere, [`DbError::Disk`] when the
    /// lock cannot be used.
    pub fn lock(path: &Path) -> Result<File, DbError> {
        connect::lock(&connect::resolve(path)?)
    }

    /// Runs `operation` on the writer thread, in a savepoint of the transaction it shares with its neighbours, and
    /// answers after that transaction is on disk.
    ///
    /// `Err` from the operation undoes its writes alone and comes back as [`WriteError::Refused`], after the same
    /// commit, since it may have seen what its neighbours wrote. The operation must leave transaction control alone:
    /// ending the transaction fails the group. An operation that has been queued runs even if the caller goes away.
    /// Fails with [`DbError::Busy`] when the queue stays full for 5 seconds, [`DbError::Panicked`] when the operation
    /// does, [`DbError::Commit`] when the group could not be committed, [`DbError::Closed`] after `close`.
    pub async fn write<T: Send + 'static, E: Send + 'static>(
        &self,
        operation: impl FnOnce(&Connection) -> Result<T, E> + Send + 'static,
    ) -> Result<T, WriteError<E>> {
        let (call, answer) = self::operation(operation);
        self.enqueue(call).await?;
        answer.await.unwrap_or(Err(WriteError::Db(DbError::Closed)))
    }

    async fn enqueue(&self, call: Box<dyn Operation>) -> Result<(), DbError> {
        let queue = self.inner.queue.lock().clone().ok_or(DbError::Closed)?;
        match queue.try_send(call) {
            Ok(()) => Ok(()),
            Err(TrySendError::Closed(_)) => Err(DbError::Closed),
            Err(TrySendError::Full(call)) => match timeout(PATIENCE, queue.send(call)).await {
                Ok(sent) => sent.map_err(|_| DbError::Closed),
                Err(_) => Err(DbError::Busy),
            },
        }
    }

    /// Runs `query` on a read-only connection on a blocking thread; it sees what is committed.
    ///
    /// Each statement sees the newest commit; a query of several that must agree opens a transaction
    /// (`unchecked_transaction`). Waits its turn when all readers are lent. Fails with [`DbError::Sql`] as the query
    /// does, [`DbError::Panicked`] when it panics, [`DbError::Closed`] after `close`.
    pub async fn read<T: Send + 'static>(
        &self,
        query: impl FnOnce(&Connection) -> rusqlite::Result<T> + Send + 'static,
    ) -> Result<T, DbError> {
        self.inner.readers.run(query, &self.inner.counters.reads).await
    }

    /// Runs `query` on a read-only connection where the caller stands, without a change of thread.
    ///
    /// For keyed look-ups of a few rows, which take some ten microseconds: a hop to a blocking thread and back costs more
    /// than that. Whatever may touch many rows uses [`Sqlite::read`]. Sees and fails as that does.
    pub async fn look<T>(&self, query: impl FnOnce(&Connection) -> rusqlite::Result<T>) -> Result<T, DbError> {
        self.inner.readers.run_here(query, &self.inner.counters.reads).await
    }

    /// Refuses what comes, finishes what is queued, moves the log into the database and joins the threads.
    ///
    /// Further calls wait for the first and succeed. Fails when the last checkpoint does; nothing is lost then, the
    /// log is read at the next start.
    pub async fn close(&self) -> Result<(), DbError> {
        // Kept until the readers are done: they would be in the way of the last checkpoint.
        let queue = self.inner.queue.lock().take();
        self.inner.readers.close().await;
        drop(queue);
        let Some(thread) = self.inner.thread.lock().await.take() else { return Ok(()) };
        spawn_blocking(move || join(thread)).await.unwrap_or(Err(DbError::Closed))
    }

    /// What the database has done since it was opened.
    pub fn stats(&self) -> Stats {
        let queued = self.inner.queue.lock().as_ref().map_or(0, |queue| queue.max_capacity() - queue.capacity());
        self.inner.counters.snapshot(queued)
    }
}

impl Drop for Inner {
    fn drop(&mut self) {
        self.queue.get_mut().take();
        let Some(thread) = self.thread.get_mut().take() else { return };
        // An operation may hold the last handle; a thread cannot wait for itself, and ends after this anyway.
        if thread.thread().id() != thread::current().id()
            && let Err(error) = join(thread)
        {
            tracing::error!(%error, "database did not close cleanly");
        }
    }
}

fn join(thread: JoinHandle<Result<(), DbError>>) -> Result<(), DbError> {
    thread.join().unwrap_or_else(|panic| Err(DbError::Panicked(panic_message(&*panic))))
}
