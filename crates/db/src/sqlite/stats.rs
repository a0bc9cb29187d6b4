//! Counters of a running database.

use std::sync::atomic::{AtomicU64, Ordering::Relaxed};

/// What a database has done since it was opened.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Stats {
    /// Transactions that were committed.
    pub groups: u64,
    /// Transactions that failed, whose operations were all answered with an error.
    pub failed_groups: u64,
    /// Operations that ran, whatever their end.
    pub operations: u64,
    /// Operations in the largest transaction.
    pub largest_group: u64,
    /// Operations that wait for the writer now.
    pub queued: u64,
    /// Queries that ran.
    pub reads: u64,
    /// Times the write-ahead log was copied into the database.
    pub checkpoints: u64,
    /// Checkpoints after which the log could be written from its beginning again.
    pub restarts: u64,
    /// Bytes in the write-ahead log after the last commit.
    pub wal_bytes: u64,
    /// Bytes in the write-ahead log at the last checkpoint.
    pub checkpointed_wal_bytes: u64,
}

/// The live form of [`Stats`], shared by the threads of a database.
#[derive(Debug, Default)]
pub(super) struct Counters {
    pub groups: AtomicU64,
    pub failed_groups: AtomicU64,
    pub operations: AtomicU64,
    pub largest_group: AtomicU64,
    pub reads: AtomicU64,
    pub checkpoints: AtomicU64,
    pub restarts: AtomicU64,
    pub wal_bytes: AtomicU64,
    pub checkpointed_wal_bytes: AtomicU64,
}

impl Counters {
    pub fn snapshot(&self, queued: usize) -> Stats {
        Stats {
            groups: self.groups.load(Relaxed),
            failed_groups: self.failed_groups.load(Relaxed),
            operations: self.operations.load(Relaxed),
            largest_group: self.largest_group.load(Relaxed),
            queued: queued as u64,
            reads: self.reads.load(Relaxed),
            checkpoints: self.checkpoints.load(Relaxed),
            restarts: self.restarts.load(Relaxed),
            wal_bytes: self.wal_bytes.load(Relaxed),
            checkpointed_wal_bytes: self.checkpointed_wal_bytes.load(Relaxed),
        }
    }
}
