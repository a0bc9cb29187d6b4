//! Executing statements on SQLite.

use std::path::PathBuf;

use db::sql::{Expect, Query, Row, Write};
use db::{SqliteOptions, WriteError};
use rusqlite::{Connection, Error, Result, ffi, params_from_iter};

use super::{CommitError, Committed, StoreError, schema};

pub(super) struct Sqlite(db::Sqlite);

impl Sqlite {
    pub(super) fn open(path: PathBuf) -> Result<Self, StoreError> {
        Ok(Self(db::Sqlite::open(SqliteOptions::at(path), schema::SQLITE)?))
    }

    pub(super) async fn commit(&self, writes: Vec<Write<'static>>) -> Result<Committed, CommitError> {
        let written = self.0.write(move |connection| apply(connection, &writes)).await;
        written.map_err(|error| match error {
            WriteError::Refused(error) if is_stale(&error) => CommitError::Stale,
            WriteError::Refused(error) => CommitError::Store(db::DbError::Sql(error).into()),
            WriteError::Db(error) => CommitError::Store(error.into()),
        })
    }

    pub(super) async fn one<T>(&self, query: Query<'static, T>) -> Result<Option<T>, StoreError> {
        Ok(self.0.look(|connection| rows(connection, &query, 1)).await?.pop())
    }

    pub(super) async fn many<T>(&self, query: Query<'static, T>) -> Result<Vec<T>, StoreError> {
        Ok(self.0.look(|connection| rows(connection, &query, usize::MAX)).await?)
    }

    pub(super) async fn list<T: Send + 'static>(&self, query: Query<'static, T>) -> Result<Vec<T>, StoreError> {
        Ok(self.0.read(move |connection| rows(connection, &query, usize::MAX)).await?)
    }

    pub(super) async fn close(&self) -> Result<(), StoreError> {
        Ok(self.0.close().await?)
    }
}

fn rows<T>(connection: &Connection, query: &Query<'_, T>, limit: usize) -> Result<Vec<T>> {
    let mut statement = connection.prepare_cached(query.statement.sqlite)?;
    let mut rows = statement.query(params_from_iter(&query.params))?;
    let mut items = Vec::new();
    while items.len() < limit
        && let Some(row) = rows.next()?
    {
        items.push((query.decode)(Row::from(row))?);
    }
    Ok(items)
}

fn apply(connection: &Connection, writes: &[Write<'_>]) -> Result<Committed> {
    for write in writes {
        let changed = connection.prepare_cached(write.statement.sqlite)?.execute(params_from_iter(&write.params))?;
        match write.expect {
            Expect::One if changed != 1 => return Err(Error::StatementChangedRows(changed)),
            Expect::OneOrStop if changed != 1 => return Ok(Committed::Stopped),
            _ => {}
        }
    }
    Ok(Committed::Whole)
}

/// Whether a statement found a key taken, or did not find the row in the state that it asked for.
fn is_stale(error: &Error) -> bool {
    match error {
        Error::StatementChangedRows(_) => true,
        Error::SqliteFailure(failure, _) => matches!(
            failure.extended_code,
            ffi::SQLITE_CONSTRAINT_UNIQUE | ffi::SQLITE_CONSTRAINT_PRIMARYKEY | ffi::SQLITE_CONSTRAINT_ROWID
        ),
        _ => false,
    }
}
