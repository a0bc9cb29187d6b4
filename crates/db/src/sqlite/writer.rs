//! The writer thread: takes what is queued, runs it in one transaction, commits once, answers each.

use std::sync::{Arc, atomic::Ordering::Relaxed};

use parking_lot::MutexGuard;
use rusqlite::Connection;
use tokio::sync::mpsc::Receiver;

use super::{
    checkpoint::{Checkpointer, Mode, checkpoint},
    connect::wal_bytes,
    operation::Operation,
    stats::Counters,
};
use crate::DbError;

const BEGIN: &str = "BEGIN IMMEDIATE";
const COMMIT: &str = "COMMIT";
const ROLLBACK: &str = "ROLLBACK";
const SAVEPOINT: &str = "SAVEPOINT parlance_operation";
const UNDO: &str = "ROLLBACK TO parlance_operation";
const RELEASE: &str = "RELEASE parlance_operation";

/// What the writer thread owns.
pub(super) struct Writer {
    pub connection: Connection,
    pub checkpointer: Checkpointer,
    pub counters: Arc<Counters>,
    pub group_limit: usize,
}

impl Writer {
    /// Works until every sender is gone and the queue is empty, then leaves the whole database in its one file.
    pub fn run(self, mut queue: Receiver<Box<dyn Operation>>) -> Result<(), DbError> {
        let mut group = Vec::new();
        while queue.blocking_recv_many(&mut group, self.group_limit) > 0 {
            let committed = self.commit(&mut group);
            if let Err(reason) = &committed {
                tracing::error!(operations = group.len(), %reason, "group failed");
            }
            for operation in group.drain(..) {
                operation.answer(committed.clone().map_err(DbError::Commit));
            }
        }
        self.checkpointer.stop();
        checkpoint(&self.connection, Mode::Truncate)?;
        self.connection.close().map_err(|(_, error)| error.into())
    }

    /// Runs the group to durability, or leaves nothing of it and says why.
    fn commit(&self, group: &mut [Box<dyn Operation>]) -> Result<(), String> {
        let gate = self.checkpointer.hold_off();
        let done = self.transact(group);
        if done.is_err() && !self.connection.is_autocommit() {
            // Should this fail as well, the next BEGIN does, and its group is told so.
            drop(self.execute(ROLLBACK));
        }
        // Fair, so that a checkpoint that has waited comes next.
        MutexGuard::unlock_fair(gate);
        let size = group.len() as u64;
        let groups = if done.is_ok() { &self.counters.groups } else { &self.counters.failed_groups };
        groups.fetch_add(1, Relaxed);
        self.counters.largest_group.fetch_max(size, Relaxed);
        self.watch_log();
        done.map_err(|error| error.to_string())
    }

    fn transact(&self, group: &mut [Box<dyn Operation>]) -> rusqlite::Result<()> {
        self.execute(BEGIN)?;
        for operation in group {
            self.execute(SAVEPOINT)?;
            let stays = operation.run(&self.connection);
            self.counters.operations.fetch_add(1, Relaxed);
            if !stays {
                self.execute(UNDO)?;
            }
            // Fails when the transaction has ended under us: a full disk, or an operation that ended it.
            self.execute(RELEASE)?;
        }
        self.execute(COMMIT)
    }

    fn execute(&self, sql: &str) -> rusqlite::Result<()> {
        self.connection.prepare_cached(sql)?.execute([]).map(drop)
    }

    fn watch_log(&self) {
        // No answer is no news: the next commit asks again.
        if let Ok(log) = checkpoint(&self.connection, Mode::Noop) {
            self.counters.wal_bytes.store(wal_bytes(log.pages), Relaxed);
            self.checkpointer.notice(log.pages);
        }
    }
}

#[cfg(test)]
mod tests {
    use tokio::sync::mpsc::channel;

    use super::*;
    use crate::{
        WriteError,
        sqlite::{connect, operation::operation},
    };

    #[test]
    fn a_commit_that_fails_is_told_to_every_member_and_leaves_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("family.db");
        let connection = connect::writer(&path, 1024).unwrap();
        let schema = "PRAGMA foreign_keys = on; CREATE TABLE parent (id INTEGER PRIMARY KEY);
            CREATE TABLE child (parent INTEGER REFERENCES parent DEFERRABLE INITIALLY DEFERRED)";
        connection.execute_batch(schema).unwrap();
        let counters = Arc::new(Counters::default());
        let checkpointer = Checkpointer::start(&path, 1000, counters.clone()).unwrap();
        let writer = Writer { connection, checkpointer, counters: counters.clone(), group_limit: 2 };

        let (sender, queue) = channel(4);
        let insert = |sql| {
            let (call, answer) = operation(move |connection: &Connection| connection.execute(sql, []));
            assert!(sender.try_send(call).is_ok());
            answer
        };
        let innocent = insert("INSERT INTO parent VALUES (1)");
        let orphan = insert("INSERT INTO child VALUES (404)");
        let next = insert("INSERT INTO parent VALUES (2)");
        drop(sender);
        writer.run(queue).unwrap();

        assert!(matches!(innocent.blocking_recv().unwrap(), Err(WriteError::Db(DbError::Commit(_)))));
        assert!(matches!(orphan.blocking_recv().unwrap(), Err(WriteError::Db(DbError::Commit(_)))));
        assert!(matches!(next.blocking_recv().unwrap(), Ok(1)));
        let stats = counters.snapshot(0);
        assert_eq!((stats.groups, stats.failed_groups), (1, 1));
        let left = "SELECT (SELECT count(*) FROM child), (SELECT group_concat(id) FROM parent)";
        let left = connect::reader(&path).unwrap().query_row(left, [], |row| Ok((row.get(0)?, row.get(1)?)));
        assert_eq!(left.unwrap(), (0, "2".to_owned()));
    }
}
