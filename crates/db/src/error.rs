//! What can go wrong in a driver.

use std::{any::Any, io, path::PathBuf};

use crate::{MigrationError, postgres::describe};

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
    /// No place in the writer queue, or no writer, became free for as long as a caller is made to wait; the operation
    /// has not run.
    #[error("database is busy: the writer queue stayed full")]
    Busy,
    /// The group of this operation could not be committed: nothing of it is visible.
    ///
    /// When the disk failed during the sync, a crash right after may still bring the group back at the next start. When
    /// the connection to a server was lost, or silent, at that moment, the group may have been committed.
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
    /// The address of a database server cannot be read.
    #[error("the address of the database cannot be used: {0}")]
    Address(String),
    /// The database server could not be reached, or did not stay; for a write, nothing was begun.
    #[error("cannot reach the database: {0}")]
    Unreachable(String),
    /// The database server did not answer in time.
    #[error("the database did not answer in time")]
    TimedOut,
    /// The database server is older than what the statements need.
    #[error("PostgreSQL {found} is too old: {oldest} or later is needed")]
    TooOld {
        /// Its major version.
        found: i32,
        /// The oldest that will do.
        oldest: i32,
    },
    /// PostgreSQL refused a statement, or its answer was not what was expected.
    #[error("{}", describe(.0))]
    Postgres(#[from] tokio_postgres::Error),
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

/// The text of a panic, when it has one.
pub(crate) fn panic_message(panic: &(dyn Any + Send)) -> String {
    let text = panic.downcast_ref::<&str>().copied();
    text.or_else(|| panic.downcast_ref::<String>().map(String::as_str)).unwrap_or("no message").to_owned()
}
