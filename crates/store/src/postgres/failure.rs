//! What the driver's failures mean to the engine.

use db::tokio_postgres::Error;
use db::tokio_postgres::error::SqlState;
use db::{DbError, WriteError};
use engine::store::{CommitError, StoreError};

/// A failed read, or a database that does not open.
pub(super) fn read(error: &DbError) -> StoreError {
    StoreError::Unavailable(error.to_string())
}

/// A failed write.
pub(super) fn write(error: WriteError<CommitError>) -> CommitError {
    match error {
        WriteError::Refused(refusal) => refusal,
        WriteError::Db(error) => CommitError::Store(read(&error)),
    }
}

/// Why the database broke a transaction off while the connection stayed good.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Broken {
    /// A key was taken.
    Taken,
    /// It stood in the way of another transaction; it may be made again.
    InTheWay,
    /// The database does not take it.
    Refused(String),
}

impl Broken {
    /// What the error says of a transaction.
    ///
    /// # Errors
    /// The error itself, when the connection is of no use any more.
    pub(super) fn of(error: Error) -> Result<Self, Error> {
        let Some(told) = error.as_db_error() else { return Err(error) };
        let code = told.code();
        if *code == SqlState::UNIQUE_VIOLATION {
            Ok(Self::Taken)
        } else if [SqlState::T_R_DEADLOCK_DETECTED, SqlState::T_R_SERIALIZATION_FAILURE].contains(code) {
            Ok(Self::InTheWay)
        } else if ["21", "22", "23", "42"].iter().any(|class| code.code().starts_with(class)) {
            Ok(Self::Refused(format!("{}: {}", code.code(), told.message())))
        } else {
            // The server ends, is full, read-only or out of time: whatever is open on this connection is lost.
            Err(error)
        }
    }
}
