//! Counters of a running database.

use std::sync::atomic::{AtomicU64, Ordering::Relaxed};

/// What this process has done with a database since it opened it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct PostgresStats {
    /// Groups that ended as they meant to.
    pub groups: u64,
    /// Groups that failed, whose operations were all answered with an error.
    pub failed_groups: u64,
    /// Operations that were part of a group, whatever their end.
    pub operations: u64,
    /// Operations in the largest group.
    pub largest_group: u64,
    /// Operations that wait for a writer now.
    pub queued: u64,
    /// Queries that ran outside of groups.
    pub reads: u64,
    /// Connections that were made in place of a lost one.
    pub reconnects: u64,
}

/// The live form of [`PostgresStats`].
#[derive(Debug, Default)]
pub(super) struct Counters {
    pub groups: AtomicU64,
    pub failed_groups: AtomicU64,
    pub operations: AtomicU64,
    pub largest_group: AtomicU64,
    pub reads: AtomicU64,
    pub reconnects: AtomicU64,
}

impl Counters {
    pub fn snapshot(&self, queued: usize) -> PostgresStats {
        PostgresStats {
            groups: self.groups.load(Relaxed),
            failed_groups: self.failed_groups.load(Relaxed),
            operations: self.operations.load(Relaxed),
            largest_group: self.largest_group.load(Relaxed),
            queued: queued as u64,
            reads: self.reads.load(Relaxed),
            reconnects: self.reconnects.load(Relaxed),
        }
    }
}
