//! What can go wrong in a driver.

use std::{io, path::PathBuf};

use crate::MigrationError;

/// A failure of the database or its driver.
#[derive(Debug, thiserror::Error)]
pub enum DbError {
    /// Another process, or another handle in this one, has the data open.
    #[error("database is in use by another process: {} is locked", path.display())]
    Locked {
        /// The lock file.
        path: PathBuf,
    },
    /// The database was closed, or its writer has ended; the operation was not taken, or its result is lost.
    #[error("database is closed")]
    Closed,
    /// The writer queue stayed full for longer than a caller is made to wait; the operation has not run.
    #[error("database is busy: the writer queue stayed full")]
    Busy,
    /// The group of this operation could not be committed: nothing of it is visible.
    ///
    /// When the disk failed during the sync, a crash right after may still bring the group back at the next start.
    #[error("commit failed: {0}")]
    Commit(String),
    /// The operation or query panicked; its writes are undone.
    #[error("operation panicked: {0}")]
    Panicked(String),
    /// A file of the database could not be opened, or a thread not started.
    #[error("cannot use {}: {source}", path.display())]
    Disk {
        /// The file that was wanted.
        path: PathBuf,
        /// What the operating system said.
        source: io::Error,
    },
    /// SQLite refused a statement.
    #[error(transparent)]
    Sql(#[from] rusqlite::Error),
    /// The schema could not be brought up to date.
    #[error(transparent)]
    Migration(#[from] MigrationError),
}

/// Why a write was not made.
#[derive(Debug, thiserror::Error)]
pub enum WriteError<E> {
    /// The operation said no; its writes are undone.
    #[error("refused: {0}")]
    Refused(E),
    /// The database failed.
    #[error(transparent)]
    Db(#[from] DbError),
}
