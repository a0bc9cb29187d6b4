//! One end of a copy: a database whose tables are read or filled part by part.

use std::collections::BTreeMap;

use async_trait::async_trait;

use super::HouseError;
use super::cell::Cell;
use super::texts::Dialect;
use crate::sql::tables::Table;

/// A part of a table, in its order.
pub(super) struct Page {
    /// The rows; less than were read where some stay where they are.
    pub rows: Vec<Vec<Cell>>,
    /// The place of the last one that was read; none when there was none.
    pub last: Option<Vec<Cell>>,
}

/// Where the copy of a table stands.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Mark {
    /// Rows that were copied.
    pub rows: u64,
    /// The place of the last of them in the source, as `cell::write_key` writes it.
    pub last: String,
}

/// A copy that has begun and not ended.
#[derive(Debug, Default)]
pub(super) struct Begun {
    /// The source.
    pub from: String,
    /// Where each table stands; those that are not in it have not begun.
    pub marks: BTreeMap<String, Mark>,
}

impl Begun {
    /// Of the rows of the table that keeps it.
    pub fn of(rows: Vec<(String, i64, String)>) -> Self {
        let mut begun = Self::default();
        for (name, rows, last) in rows {
            match name.as_str() {
                "" => begun.from = last,
                _ => drop(begun.marks.insert(name, Mark { rows: rows.cast_unsigned(), last })),
            }
        }
        begun
    }
}

/// One end of a copy. Nobody else has a SQLite file meanwhile, and no other copy goes into a PostgreSQL database.
#[async_trait]
pub(super) trait End: Send + Sync {
    fn dialect(&self) -> Dialect;

    /// The copy into it that has begun.
    async fn begun(&self) -> Result<Option<Begun>, HouseError>;

    /// The names of tables that hold something.
    async fn filled(&self) -> Result<Vec<String>, HouseError>;

    async fn count(&self, table: &'static Table) -> Result<u64, HouseError>;

    /// The rows behind a place, from the beginning without one, at most `limit`.
    async fn page(&self, table: &'static Table, after: Option<Vec<Cell>>, limit: usize) -> Result<Page, HouseError>;

    /// Notes that a copy from a source begins.
    async fn begin(&self, from: String) -> Result<(), HouseError>;

    /// Adds rows and notes where the copy of their table stands then, both or neither.
    async fn put(&self, table: &'static Table, rows: Vec<Vec<Cell>>, mark: Mark) -> Result<(), HouseError>;

    /// Makes what was copied a database to work with: numbers go on behind those that are there, and no copy is noted.
    async fn finish(&self) -> Result<(), HouseError>;

    async fn close(self: Box<Self>) -> Result<(), HouseError>;
}
