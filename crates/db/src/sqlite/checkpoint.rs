//! Checkpoints: a thread that copies the write-ahead log into the database while the writer goes on.
//!
//! A passive checkpoint disturbs nobody, but under steady load it never catches up: the writer has always appended
//! some more, so the log is never written from its beginning again and grows for ever. The thread therefore runs
//! passive passes until little is left, then holds the writer off for just that remainder. The log's file keeps its
//! size in between, since overwriting is cheaper to sync than appending.

use std::{
    path::Path,
    sync::{
        Arc,
        atomic::{AtomicU32, Ordering::Relaxed},
        mpsc::{Receiver, SyncSender, sync_channel},
    },
    thread::{self, JoinHandle},
};

use parking_lot::{Mutex, MutexGuard};
use rusqlite::Connection;

use super::{connect, stats::Counters};
use crate::DbError;

/// Passive passes in a row at most; each leaves what was written during it.
const PASSES: usize = 4;
/// The part of the limit that may be left for the pass that holds the writer off.
const REMAINDER: u32 = 8;

/// How far a checkpoint goes.
#[derive(Clone, Copy)]
pub(super) enum Mode {
    /// Only looks.
    Noop,
    /// Copies what can be copied without waiting.
    Passive,
    /// Copies everything and lets the next commit begin the log anew; needs the writer to stand still.
    Restart,
    /// The same, and empties the log's file.
    Truncate,
}

impl Mode {
    const fn sql(self) -> &'static str {
        match self {
            Mode::Noop => "PRAGMA wal_checkpoint(NOOP)",
            Mode::Passive => "PRAGMA wal_checkpoint(PASSIVE)",
            Mode::Restart => "PRAGMA wal_checkpoint(RESTART)",
            Mode::Truncate => "PRAGMA wal_checkpoint(TRUNCATE)",
        }
    }
}

/// The write-ahead log after a checkpoint.
pub(super) struct Log {
    /// Pages in the log.
    pub pages: u32,
    /// Those of them that are in the database too.
    pub copied: u32,
    /// Somebody was in the way of a complete checkpoint.
    pub busy: bool,
}

/// Runs one checkpoint on `connection`, which must not be in a transaction.
pub(super) fn checkpoint(connection: &Connection, mode: Mode) -> rusqlite::Result<Log> {
    connection.prepare_cached(mode.sql())?.query_row([], |row| {
        let pages = |column| row.get::<_, i64>(column).map(|count| u32::try_from(count).unwrap_or(0));
        Ok(Log { busy: row.get(0)?, pages: pages(1)?, copied: pages(2)? })
    })
}

/// The writer's side of the checkpoint thread.
pub(super) struct Checkpointer {
    shared: Arc<Shared>,
    wake: SyncSender<()>,
    thread: JoinHandle<()>,
}

struct Shared {
    /// Held by the writer during a transaction, by the checkpointer while the writer must stand still.
    gate: Mutex<()>,
    /// Pages in the log from which a checkpoint is due.
    threshold: AtomicU32,
    limit: u32,
    counters: Arc<Counters>,
}

impl Checkpointer {
    /// Starts the thread on a connection of its own.
    pub fn start(path: &Path, limit: u32, counters: Arc<Counters>) -> Result<Self, DbError> {
        let connection = connect::checkpointer(path)?;
        let limit = limit.max(1);
        let shared = Arc::new(Shared { gate: Mutex::new(()), threshold: limit.into(), limit, counters });
        let (wake, woken) = sync_channel(1);
        let thread = thread::Builder::new()
            .name("db-checkpoint".to_owned())
            .spawn({
                let shared = shared.clone();
                move || shared.run(&connection, &woken)
            })
            .map_err(|source| DbError::Disk { path: path.to_owned(), source })?;
        Ok(Self { shared, wake, thread })
    }

    /// Keeps the log from being restarted until the guard is dropped.
    pub fn hold_off(&self) -> MutexGuard<'_, ()> {
        self.shared.gate.lock()
    }

    /// Wakes the thread if the log, now of that many pages, is due.
    pub fn notice(&self, pages: u32) {
        if pages >= self.shared.threshold.load(Relaxed) {
            // Full means that it has been woken already.
            let _ = self.wake.try_send(());
        }
    }

    /// Ends the thread after the checkpoint it is in.
    pub fn stop(self) {
        drop(self.wake);
        if self.thread.join().is_err() {
            tracing::error!("checkpoint thread panicked");
        }
    }
}

impl Shared {
    fn run(&self, connection: &Connection, woken: &Receiver<()>) {
        while woken.recv().is_ok() {
            if let Err(error) = self.copy(connection) {
                tracing::warn!(%error, "checkpoint failed");
            }
        }
    }

    fn copy(&self, connection: &Connection) -> rusqlite::Result<()> {
        let log = checkpoint(connection, Mode::Noop)?;
        if log.pages < self.threshold.load(Relaxed) || log.pages == log.copied {
            return Ok(());
        }
        for _ in 0..PASSES {
            checkpoint(connection, Mode::Passive)?;
            let log = checkpoint(connection, Mode::Noop)?;
            if log.pages.saturating_sub(log.copied) <= self.limit / REMAINDER {
                break;
            }
        }
        let gate = self.gate.lock();
        let log = checkpoint(connection, Mode::Restart)?;
        // A long query still reads the log: come back when it has grown by as much again, not at every commit.
        let threshold = if log.busy { log.pages.saturating_add(self.limit) } else { self.limit };
        self.threshold.store(threshold, Relaxed);
        drop(gate);
        self.counters.checkpoints.fetch_add(1, Relaxed);
        self.counters.restarts.fetch_add(u64::from(!log.busy), Relaxed);
        self.counters.checkpointed_wal_bytes.store(connect::wal_bytes(log.pages), Relaxed);
        Ok(())
    }
}
