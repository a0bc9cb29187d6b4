//! How facts go into columns and come back out of rows.

use rusqlite::types::{FromSql, Type, ValueRef};
use rusqlite::{Connection, Params, Row};
use wire::dialect::Dialect;
use wire::time::Millis;

use crate::shared::LOGINS;

/// A stored value that does not decode: `table.column row key`.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub(super) struct Corrupt(String);

/// A number beyond what a column holds.
#[derive(Debug, thiserror::Error)]
#[error("number {0} is larger than the store can hold")]
pub(super) struct TooLarge(u64);

/// A number to be written.
///
/// # Errors
/// A conversion failure when it is beyond `i64::MAX`.
pub(super) fn int(number: u64) -> rusqlite::Result<i64> {
    i64::try_from(number).map_err(|_| rusqlite::Error::ToSqlConversionFailure(Box::new(TooLarge(number))))
}

/// The same for a number that may be absent.
pub(super) fn some_int(number: Option<u64>) -> rusqlite::Result<Option<i64>> {
    number.map(int).transpose()
}

/// An id to be looked up; one that no row can have becomes NULL, which equals nothing.
pub(super) fn key(id: u64) -> Option<i64> {
    i64::try_from(id).ok()
}

/// The end of a range, cut to what a column can hold.
pub(super) fn bound(number: u64) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

/// A list of texts as it is stored.
pub(super) fn list(texts: &[String]) -> String {
    serde_json::Value::from(texts).to_string()
}

/// The first row of a query, decoded.
pub(super) fn one<T>(
    connection: &Connection,
    sql: &str,
    params: impl Params,
    decode: fn(&Row<'_>) -> rusqlite::Result<T>,
) -> rusqlite::Result<Option<T>> {
    let mut statement = connection.prepare_cached(sql)?;
    let mut rows = statement.query(params)?;
    rows.next()?.map(decode).transpose()
}

/// All rows of a query, decoded.
pub(super) fn many<T>(
    connection: &Connection,
    sql: &str,
    params: impl Params,
    decode: fn(&Row<'_>) -> rusqlite::Result<T>,
) -> rusqlite::Result<Vec<T>> {
    let mut statement = connection.prepare_cached(sql)?;
    statement.query_map(params, decode)?.collect()
}

/// Runs a statement that returns nothing and gives the number of rows it changed.
pub(super) fn run(connection: &Connection, sql: &str, params: impl Params) -> rusqlite::Result<usize> {
    connection.prepare_cached(sql)?.execute(params)
}

/// A single number, as `SELECT count(…)` gives it.
pub(super) fn number(row: &Row<'_>) -> rusqlite::Result<Option<i64>> {
    row.get(0)
}

/// Whether the query has a row.
pub(super) fn exists(connection: &Connection, sql: &str, params: impl Params) -> rusqlite::Result<bool> {
    connection.prepare_cached(sql)?.exists(params)
}

/// Reads the columns of one table from a row, in order.
pub(super) struct Fields<'r> {
    row: &'r Row<'r>,
    table: &'static str,
    start: usize,
    keys: usize,
    at: usize,
}

impl<'r> Fields<'r> {
    /// A reader of `table`, whose columns stand in the row from `start` on and begin with `keys` key columns.
    pub(super) fn new(row: &'r Row<'r>, table: &'static str, start: usize, keys: usize) -> Self {
        Self { row, table, start, keys, at: start }
    }

    /// The next column as `R`, turned into a fact by `decode`; `None` means that it does not decode.
    pub(super) fn decode<R: FromSql, T>(&mut self, decode: impl FnOnce(R) -> Option<T>) -> rusqlite::Result<T> {
        let at = self.at;
        self.at += 1;
        self.row.get(at).ok().and_then(decode).ok_or_else(|| self.corrupt(at))
    }

    /// The next column as it is.
    pub(super) fn get<T: FromSql>(&mut self) -> rusqlite::Result<T> {
        self.decode(Some)
    }

    /// An id or a counter.
    pub(super) fn int<T>(&mut self, wrap: fn(u64) -> T) -> rusqlite::Result<T> {
        self.decode(|number: i64| u64::try_from(number).ok().map(wrap))
    }

    /// An id that may be absent.
    pub(super) fn some_int<T>(&mut self, wrap: fn(u64) -> T) -> rusqlite::Result<Option<T>> {
        self.decode(|number: Option<i64>| match number {
            None => Some(None),
            Some(number) => u64::try_from(number).ok().map(wrap).map(Some),
        })
    }

    /// A time.
    pub(super) fn time(&mut self) -> rusqlite::Result<Millis> {
        self.decode(|time| Some(Millis::new(time)))
    }

    /// A time that may be absent.
    pub(super) fn some_time(&mut self) -> rusqlite::Result<Option<Millis>> {
        self.decode(|time: Option<i64>| Some(time.map(Millis::new)))
    }

    /// 0 or 1.
    pub(super) fn flag(&mut self) -> rusqlite::Result<bool> {
        self.decode(|flag: i64| match flag {
            0 => Some(false),
            1 => Some(true),
            _ => None,
        })
    }

    /// A list of texts.
    pub(super) fn list(&mut self) -> rusqlite::Result<Vec<String>> {
        self.decode(|json: String| serde_json::from_str(&json).ok())
    }

    /// A login product.
    pub(super) fn login(&mut self) -> rusqlite::Result<Dialect> {
        self.decode(|name: String| LOGINS.iter().find(|row| row.1 == name).map(|row| row.0))
    }

    fn corrupt(&self, at: usize) -> rusqlite::Error {
        let column = self.row.as_ref().column_name(at).unwrap_or("?");
        let key: Vec<String> = (self.start..self.start + self.keys).map(|at| self.shown(at)).collect();
        let message = format!("{}.{column} row {}", self.table, key.join("/"));
        rusqlite::Error::FromSqlConversionFailure(at, Type::Null, Box::new(Corrupt(message)))
    }

    fn shown(&self, at: usize) -> String {
        match self.row.get_ref(at) {
            Ok(ValueRef::Integer(number)) => number.to_string(),
            Ok(ValueRef::Text(text)) => String::from_utf8_lossy(text).into_owned(),
            Ok(ValueRef::Blob(bytes)) => bytes.iter().take(4).map(|byte| format!("{byte:02x}")).collect(),
            _ => "?".to_owned(),
        }
    }
}
