//! How facts come back out of rows.

use wire::dialect::Dialect;
use wire::time::Millis;

use super::row::{Row, Stored};

/// The login products and the names under which they are stored.
pub const LOGINS: [(Dialect, &str); 2] = [(Dialect::Facebook, "facebook"), (Dialect::Instagram, "instagram")];

/// A stored value that does not decode: `table.column row key`.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub struct Corrupt(String);

impl From<Corrupt> for rusqlite::Error {
    fn from(value: Corrupt) -> Self {
        Self::FromSqlConversionFailure(0, rusqlite::types::Type::Null, Box::new(value))
    }
}

/// Reads the columns of one table from a row, in order.
pub struct Fields<'r> {
    row: Row<'r>,
    table: &'static str,
    start: usize,
    keys: usize,
    at: usize,
}

impl<'r> Fields<'r> {
    /// A reader of `table`, whose columns stand in the row from `start` on and begin with `keys` key columns.
    pub fn new(row: Row<'r>, table: &'static str, start: usize, keys: usize) -> Self {
        Self { row, table, start, keys, at: start }
    }

    /// Whether an outer join found no row: the next column, which is never NULL otherwise, is.
    pub fn absent(&self) -> Result<bool, Corrupt> {
        self.row.is_null(self.at).ok_or_else(|| self.corrupt(self.at))
    }

    /// The next column as `R`, turned into a fact by `decode`; `None` means that it does not decode.
    pub fn decode<R: Stored, T>(&mut self, decode: impl FnOnce(R) -> Option<T>) -> Result<T, Corrupt> {
        self.read(|row, at| row.get(at).and_then(decode))
    }

    /// The next column as it is.
    pub fn get<T: Stored>(&mut self) -> Result<T, Corrupt> {
        self.decode(Some)
    }

    /// An id or a counter.
    pub fn int<T>(&mut self, wrap: fn(u64) -> T) -> Result<T, Corrupt> {
        self.decode(|number: i64| u64::try_from(number).ok().map(wrap))
    }

    /// An id that may be absent.
    pub fn some_int<T>(&mut self, wrap: fn(u64) -> T) -> Result<Option<T>, Corrupt> {
        self.decode(|number: Option<i64>| match number {
            None => Some(None),
            Some(number) => u64::try_from(number).ok().map(wrap).map(Some),
        })
    }

    /// A number of a smaller type.
    pub fn small<T: TryFrom<i64>>(&mut self) -> Result<T, Corrupt> {
        self.decode(|number: i64| T::try_from(number).ok())
    }

    /// The same for one that may be absent.
    pub fn some_small<T: TryFrom<i64>>(&mut self) -> Result<Option<T>, Corrupt> {
        self.decode(|number: Option<i64>| number.map(T::try_from).transpose().ok())
    }

    /// A time.
    pub fn time(&mut self) -> Result<Millis, Corrupt> {
        self.decode(|time| Some(Millis::new(time)))
    }

    /// A time that may be absent.
    pub fn some_time(&mut self) -> Result<Option<Millis>, Corrupt> {
        self.decode(|time: Option<i64>| Some(time.map(Millis::new)))
    }

    /// Yes or no.
    pub fn flag(&mut self) -> Result<bool, Corrupt> {
        self.read(Row::flag)
    }

    /// Yes, no, or unknown.
    pub fn some_flag(&mut self) -> Result<Option<bool>, Corrupt> {
        self.read(|row, at| if row.is_null(at)? { Some(None) } else { row.flag(at).map(Some) })
    }

    /// A list of texts.
    pub fn list(&mut self) -> Result<Vec<String>, Corrupt> {
        self.decode(|json: String| serde_json::from_str(&json).ok())
    }

    /// A login product.
    pub fn login(&mut self) -> Result<Dialect, Corrupt> {
        self.decode(|name: String| LOGINS.iter().find(|row| row.1 == name).map(|row| row.0))
    }

    fn read<T>(&mut self, read: impl FnOnce(Row<'r>, usize) -> Option<T>) -> Result<T, Corrupt> {
        let at = self.at;
        self.at += 1;
        read(self.row, at).ok_or_else(|| self.corrupt(at))
    }

    fn corrupt(&self, at: usize) -> Corrupt {
        let key: Vec<String> = (self.start..self.start + self.keys).map(|at| self.row.shown(at)).collect();
        Corrupt(format!("{}.{} row {}", self.table, self.row.column(at), key.join("/")))
    }
}
