//! Why the house could not be looked after.

use std::io;
use std::path::{Path, PathBuf};

use db::DbError;

/// Why it could not be done.
#[derive(Debug, thiserror::Error)]
pub enum HouseError {
    /// It would do harm, or make no sense; the sentence says what to do.
    #[error("{0}")]
    Refused(String),
    /// The database failed.
    #[error("{0}")]
    Database(#[from] DbError),
    /// A value in the database is not of the kind that its column has.
    #[error("{0}")]
    Corrupt(String),
    /// A file could not be used.
    #[error("cannot use {}: {source}", path.display())]
    Disk {
        /// The file.
        path: PathBuf,
        /// What the operating system said.
        source: io::Error,
    },
}

impl HouseError {
    pub(super) fn refused(sentence: impl Into<String>) -> Self {
        Self::Refused(sentence.into())
    }

    /// What an operation on the file at `path` failed with.
    pub(super) fn disk(path: &Path) -> impl FnOnce(io::Error) -> Self {
        let path = path.to_owned();
        |source| Self::Disk { path, source }
    }
}

impl From<db::rusqlite::Error> for HouseError {
    fn from(error: db::rusqlite::Error) -> Self {
        Self::Database(DbError::Sql(error))
    }
}

impl From<db::tokio_postgres::Error> for HouseError {
    fn from(error: db::tokio_postgres::Error) -> Self {
        Self::Database(DbError::Postgres(error))
    }
}

impl From<db::WriteError<db::rusqlite::Error>> for HouseError {
    fn from(error: db::WriteError<db::rusqlite::Error>) -> Self {
        match error {
            db::WriteError::Refused(error) => error.into(),
            db::WriteError::Db(error) => error.into(),
        }
    }
}
