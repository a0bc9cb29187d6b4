//! Executing the values of `sql` on a connection.

use engine::store::Part;
use rusqlite::{Connection, Error, Result, params_from_iter};

use crate::sql::{Expect, Query, Row, Slicing, Write};

/// The first row of a query, decoded.
pub(super) fn one<T>(connection: &Connection, query: &Query<'_, T>) -> Result<Option<T>> {
    let mut statement = connection.prepare_cached(query.statement.sqlite)?;
    let mut rows = statement.query(params_from_iter(&query.params))?;
    let Some(row) = rows.next()? else { return Ok(None) };
    Ok(Some((query.decode)(Row::from(row))?))
}

/// All rows of a query, decoded.
pub(super) fn many<T>(connection: &Connection, query: &Query<'_, T>) -> Result<Vec<T>> {
    let mut statement = connection.prepare_cached(query.statement.sqlite)?;
    let mut rows = statement.query(params_from_iter(&query.params))?;
    let mut items = Vec::new();
    while let Some(row) = rows.next()? {
        items.push((query.decode)(Row::from(row))?);
    }
    Ok(items)
}

/// Whether the query has a row.
fn exists(connection: &Connection, query: &Query<'_, ()>) -> Result<bool> {
    one(connection, query).map(|row| row.is_some())
}

/// A slice of a list, whose queries see one moment.
pub(super) fn part<T>(connection: &Connection, slicing: &Slicing<T>) -> Result<Part<T>> {
    let Some(rest) = &slicing.rest else { return Ok(slicing.part(many(connection, &slicing.items)?, false)) };
    let _snapshot = connection.unchecked_transaction()?;
    Ok(slicing.part(many(connection, &slicing.items)?, exists(connection, rest)?))
}

/// Runs a write. False means that what would follow of the same change is to be left out.
///
/// # Errors
/// `StatementChangedRows` when it must change a row and did not.
pub(super) fn write(connection: &Connection, write: &Write<'_>) -> Result<bool> {
    let changed = connection.prepare_cached(write.statement.sqlite)?.execute(params_from_iter(&write.params))?;
    match write.expect {
        Expect::One if changed != 1 => Err(Error::StatementChangedRows(changed)),
        Expect::OneOrStop => Ok(changed == 1),
        Expect::Any | Expect::One => Ok(true),
    }
}
