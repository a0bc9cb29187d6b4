//! Executing the values of `sql` on PostgreSQL.

use db::tokio_postgres::types::ToSql;
use db::tokio_postgres::{Error, Row as PostgresRow};
use db::{Postgres, Session};
use engine::store::{Part, Read, StoreError};

use super::failure;
use crate::sql::{Corrupt, Expect, Query, Row, Slicing, Value, Write};

/// The parameters as the driver takes them.
pub(super) fn params<'a>(values: &'a [Value<'_>]) -> Vec<&'a (dyn ToSql + Sync)> {
    values.iter().map(|value| value as &(dyn ToSql + Sync)).collect()
}

/// Rows as facts.
pub(super) fn decoded<T>(rows: &[PostgresRow], decode: fn(Row<'_>) -> Result<T, Corrupt>) -> Read<Vec<T>> {
    let all: Result<Vec<T>, Corrupt> = rows.iter().map(|row| decode(Row::from(row))).collect();
    all.map_err(|corrupt| StoreError::Corrupt(corrupt.to_string()))
}

/// All rows of a keyed look-up, or of a page of a list.
pub(super) async fn many<T>(db: &Postgres, query: Query<'_, T>) -> Read<Vec<T>> {
    let rows = db.query(query.statement.postgres, &params(&query.params)).await;
    decoded(&rows.map_err(|error| failure::read(&error))?, query.decode)
}

/// All rows of a list of any length.
pub(super) async fn list<T>(db: &Postgres, query: Query<'_, T>) -> Read<Vec<T>> {
    let rows = db.query_slow(query.statement.postgres, &params(&query.params)).await;
    decoded(&rows.map_err(|error| failure::read(&error))?, query.decode)
}

/// The first row.
pub(super) async fn one<T>(db: &Postgres, query: Query<'_, T>) -> Read<Option<T>> {
    Ok(many(db, query).await?.into_iter().next())
}

/// Whether there is a row.
pub(super) async fn exists(db: &Postgres, query: Query<'_, ()>) -> Read<bool> {
    one(db, query).await.map(|row| row.is_some())
}

/// A slice of a list. What changes between its two queries can only make it say that there is more on the side that it
/// was entered from, where there is by now.
pub(super) async fn part<T>(db: &Postgres, mut slicing: Slicing<T>) -> Read<Part<T>> {
    let rest = match slicing.rest.take() {
        Some(rest) => exists(db, rest).await?,
        None => false,
    };
    let rows = db.query(slicing.items.statement.postgres, &params(&slicing.items.params)).await;
    let items = decoded(&rows.map_err(|error| failure::read(&error))?, slicing.items.decode)?;
    Ok(slicing.part(items, rest))
}

/// What a write means for those behind it.
pub(super) enum Done {
    /// They are made.
    GoOn,
    /// The rest of the change is left out.
    Stop,
    /// The set is stale.
    Stale,
}

/// Makes one write of a change set, inside its transaction.
pub(super) async fn write(session: &Session, write: &Write<'_>) -> Result<Done, Error> {
    let changed = session.execute(write.statement.postgres, &params(&write.params)).await?;
    Ok(match (write.expect, changed) {
        (Expect::Any, _) | (_, 1) => Done::GoOn,
        (Expect::One, _) => Done::Stale,
        (Expect::OneOrStop, _) => Done::Stop,
    })
}
