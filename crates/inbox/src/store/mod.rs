//! The inbox's tables, on SQLite or PostgreSQL: one door that writes, and reads by statement.
//!
//! What is written is a [`ChangeSet`]: statements of one workspace that hold together or not at all, with the events that
//! tell live streams of them. Who decides on what it read says so in the set (`Expect::One` on a version); when that has
//! moved the set is [`CommitError::Stale`], nothing of it is written, and the caller decides again.

mod change;
mod postgres;
mod schema;
mod sqlite;

use std::path::PathBuf;

use db::sql::Query;
use tokio::sync::watch;

pub use change::{ChangeSet, EventKind, Happened, News};
#[cfg(test)]
pub(crate) use schema::SQLITE;

use crate::ids::WorkspaceId;

/// Why something cannot be read or written.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The database cannot serve, or refuses what it was asked.
    #[error("the inbox's database cannot serve: {0}")]
    Unavailable(String),
    /// A stored value does not decode.
    #[error("a stored value cannot be read: {0}")]
    Corrupt(String),
}

/// Why a change set was not written.
#[derive(Debug, thiserror::Error)]
pub enum CommitError {
    /// What it relied on has changed, or a key is taken: read again and decide again.
    #[error("what was decided on has changed meanwhile")]
    Stale,
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// What came of a change set that was not stale.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Committed {
    /// All of it is on disk.
    Whole,
    /// The statement in front found that it had been done before: nothing was written.
    Stopped,
}

enum Engine {
    Sqlite(sqlite::Sqlite),
    Postgres(postgres::Postgres),
}

/// An open database.
pub struct Store {
    engine: Engine,
    bell: watch::Sender<u64>,
}

impl Store {
    /// Opens or creates the SQLite database at `path` and brings its schema up to date. Blocks.
    ///
    /// # Errors
    /// When the file is open elsewhere, cannot be used, or was written by a newer program.
    pub fn sqlite(path: impl Into<PathBuf>) -> Result<Self, StoreError> {
        Ok(Self { engine: Engine::Sqlite(sqlite::Sqlite::open(path.into())?), bell: watch::Sender::new(0) })
    }

    /// Opens the PostgreSQL database at `url`, 15 or later, and brings its schema up to date.
    ///
    /// # Errors
    /// When it cannot be reached or used, or was written by a newer program.
    pub async fn postgres(url: &str) -> Result<Self, StoreError> {
        Ok(Self { engine: Engine::Postgres(postgres::Postgres::open(url).await?), bell: watch::Sender::new(0) })
    }

    /// Writes a set in one transaction, and answers when it is on disk.
    ///
    /// # Errors
    /// [`CommitError::Stale`] when it relied on what has moved, else what the database says.
    pub async fn commit(&self, set: ChangeSet) -> Result<Committed, CommitError> {
        let rings = set.tells();
        let committed = match &self.engine {
            Engine::Sqlite(engine) => engine.commit(set.into_writes()).await?,
            Engine::Postgres(engine) => {
                let workspace = set.workspace();
                engine.commit(workspace, set.into_writes()).await?
            }
        };
        if rings {
            self.bell.send_modify(|rung| *rung = rung.wrapping_add(1));
        }
        Ok(committed)
    }

    /// Which engine it is, for what is written differently on the two.
    pub(crate) fn is_postgres(&self) -> bool {
        matches!(self.engine, Engine::Postgres(_))
    }

    /// Rings whenever this process has written something that live streams are told of.
    pub fn bell(&self) -> watch::Receiver<u64> {
        self.bell.subscribe()
    }

    /// The first row of a keyed look-up.
    ///
    /// # Errors
    /// As the database does.
    pub async fn one<T: Send + 'static>(&self, query: Query<'static, T>) -> Result<Option<T>, StoreError> {
        match &self.engine {
            Engine::Sqlite(engine) => engine.one(query).await,
            Engine::Postgres(engine) => Ok(engine.many(query).await?.into_iter().next()),
        }
    }

    /// All rows of a look-up or of a page of a list.
    ///
    /// # Errors
    /// As the database does.
    pub async fn many<T: Send + 'static>(&self, query: Query<'static, T>) -> Result<Vec<T>, StoreError> {
        match &self.engine {
            Engine::Sqlite(engine) => engine.many(query).await,
            Engine::Postgres(engine) => engine.many(query).await,
        }
    }

    /// The same for lists that may be slow, which hold up nobody's look-up.
    ///
    /// # Errors
    /// As the database does.
    pub async fn list<T: Send + 'static>(&self, query: Query<'static, T>) -> Result<Vec<T>, StoreError> {
        match &self.engine {
            Engine::Sqlite(engine) => engine.list(query).await,
            Engine::Postgres(engine) => engine.list(query).await,
        }
    }

    /// Finishes what was accepted and lets go of the database.
    ///
    /// # Errors
    /// When it did not end well.
    pub async fn close(&self) -> Result<(), StoreError> {
        match &self.engine {
            Engine::Sqlite(engine) => engine.close().await,
            Engine::Postgres(engine) => engine.close().await,
        }
    }
}

/// The key under which writes of a workspace queue up.
fn lane(workspace: WorkspaceId) -> i64 {
    i64::try_from(workspace.get()).unwrap_or_default()
}

impl From<db::DbError> for StoreError {
    fn from(error: db::DbError) -> Self {
        use rusqlite::Error::{FromSqlConversionFailure, ToSqlConversionFailure};
        match error {
            db::DbError::Sql(FromSqlConversionFailure(_, _, what) | ToSqlConversionFailure(what)) => {
                Self::Corrupt(what.to_string())
            }
            other => Self::Unavailable(other.to_string()),
        }
    }
}
