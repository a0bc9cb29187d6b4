//! SQLite as an end of a copy.

use std::path::Path;

use async_trait::async_trait;
use db::rusqlite::{self, Connection, OpenFlags, OptionalExtension, params, params_from_iter, types::ValueRef};
use db::{Sqlite, SqliteOptions};

use super::HouseError;
use super::cell::Cell;
use super::end::{Begun, End, Mark, Page};
use super::texts::{self, Dialect, of_the_moment, stays};
use crate::sql::tables::{Kind, Table};
use crate::sqlite::schema::MIGRATIONS;

const HAS_TABLE: &str = "SELECT EXISTS (SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = ?1)";

/// A connection that reads beside whoever has the database open, or nothing when there is no file.
///
/// # Errors
/// [`HouseError::Database`] when it is not a database.
pub(super) fn reader(path: &Path) -> Result<Option<Connection>, HouseError> {
    if !path.exists() {
        return Ok(None);
    }
    // An absolute path, so that none is taken for a `file:` address.
    let path = path.canonicalize().map_err(HouseError::disk(path))?;
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(path, flags)?;
    // Whoever recovers the log at this moment is done soon.
    connection.busy_timeout(std::time::Duration::from_secs(5))?;
    Ok(Some(connection))
}

/// The number of the last migration that the database records, 0 for none.
pub(super) fn version(connection: &Connection) -> Result<u32, HouseError> {
    if !has_table(connection, "migration")? {
        return Ok(0);
    }
    Ok(connection.query_row("SELECT coalesce(max(number), 0) FROM migration", [], |row| row.get(0))?)
}

/// The number of the last migration that this program knows.
pub(super) fn newest_version() -> u32 {
    MIGRATIONS.last().map_or(0, |migration| migration.number)
}

/// Whether a copy into the file has begun and not ended.
pub(crate) fn is_unfinished_file(path: &Path) -> Result<bool, HouseError> {
    reader(path)?.map_or(Ok(false), |connection| Ok(has_table(&connection, "copy_progress")?))
}

pub(super) fn has_table(connection: &Connection, name: &str) -> rusqlite::Result<bool> {
    connection.query_row(HAS_TABLE, [name], |row| row.get(0))
}

/// Opens the file alone, making it and its folder when there is none, and brings its schema up to date.
pub(super) fn open(path: &Path) -> Result<Sqlite, HouseError> {
    if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
        std::fs::create_dir_all(folder).map_err(HouseError::disk(folder))?;
    }
    Ok(Sqlite::open(SqliteOptions::at(path), MIGRATIONS)?)
}

pub(super) struct SqliteEnd(Sqlite);

impl SqliteEnd {
    /// Opens the file, as [`open`] does.
    pub fn open(path: &Path) -> Result<Self, HouseError> {
        Ok(Self(open(path)?))
    }
}

#[async_trait]
impl End for SqliteEnd {
    fn dialect(&self) -> Dialect {
        Dialect::Sqlite
    }

    async fn begun(&self) -> Result<Option<Begun>, HouseError> {
        let rows = self.0.read(|connection| {
            if !has_table(connection, "copy_progress")? {
                return Ok(None);
            }
            let mut statement = connection.prepare(texts::PROGRESS)?;
            let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
            rows.collect::<Result<Vec<_>, _>>().map(Some)
        });
        Ok(rows.await?.map(Begun::of))
    }

    async fn filled(&self) -> Result<Vec<String>, HouseError> {
        let names = self.0.read(|connection| {
            let mut statement = connection.prepare(&texts::filled())?;
            let names = statement.query_map([], |row| row.get(0))?;
            names.collect::<Result<_, _>>()
        });
        Ok(names.await?)
    }

    async fn count(&self, table: &'static Table) -> Result<u64, HouseError> {
        let count = self.0.read(|connection| connection.query_row(&texts::count(table), [], |row| row.get(0)));
        Ok(count.await.map(i64::cast_unsigned)?)
    }

    async fn page(&self, table: &'static Table, after: Option<Vec<Cell>>, limit: usize) -> Result<Page, HouseError> {
        self.0.read(move |connection| Ok(page(connection, table, after.as_deref(), limit))).await?
    }

    async fn begin(&self, from: String) -> Result<(), HouseError> {
        let begun = self.0.write(move |connection| {
            connection.execute_batch(texts::CREATE_PROGRESS)?;
            connection.execute("INSERT INTO copy_progress VALUES ('', 0, ?1)", [from]).map(drop)
        });
        Ok(begun.await?)
    }

    async fn put(&self, table: &'static Table, rows: Vec<Vec<Cell>>, mark: Mark) -> Result<(), HouseError> {
        let put = self.0.write(move |connection| {
            // Many rows are as quick one by one, since they share the statement and the transaction.
            let mut insert = connection.prepare_cached(&texts::insert(table, Dialect::Sqlite))?;
            for row in &rows {
                insert.execute(params_from_iter(row.iter().map(Cell::value)))?;
            }
            let note = "INSERT INTO copy_progress VALUES (?1, ?2, ?3) \
                        ON CONFLICT (name) DO UPDATE SET rows = excluded.rows, last = excluded.last";
            connection.execute(note, params![table.name, mark.rows.cast_signed(), mark.last]).map(drop)
        });
        Ok(put.await?)
    }

    /// What numbers rows by itself goes on behind the largest number that was ever given, so there is nothing to do.
    async fn finish(&self) -> Result<(), HouseError> {
        Ok(self.0.write(|connection| connection.execute_batch(texts::DROP_PROGRESS)).await?)
    }

    async fn close(self: Box<Self>) -> Result<(), HouseError> {
        Ok(self.0.close().await?)
    }
}

fn page(
    connection: &Connection,
    table: &'static Table,
    after: Option<&[Cell]>,
    limit: usize,
) -> Result<Page, HouseError> {
    let order = texts::order(table, Dialect::Sqlite);
    let mut statement = connection.prepare_cached(&texts::page(table, Dialect::Sqlite, after.is_none(), limit))?;
    let mut found = statement.query(params_from_iter(after.into_iter().flatten().map(Cell::value)))?;
    let (mut rows, mut last) = (Vec::new(), None);
    while let Some(row) = found.next()? {
        let read = |at: usize, kind, name: &str| {
            cell(row.get_ref(at)?, kind).ok_or_else(|| {
                HouseError::Corrupt(format!("{}.{name} holds something that is not {kind:?}", table.name))
            })
        };
        let columns = (order.len()..).zip(table.columns);
        let cells = columns.map(|(at, column)| match of_the_moment(column.name) {
            true => Ok(Cell::Null),
            false => read(at, column.kind, column.name),
        });
        let cells = cells.collect::<Result<Vec<_>, _>>()?;
        last =
            Some(order.iter().enumerate().map(|(at, (name, kind))| read(at, *kind, name)).collect::<Result<_, _>>()?);
        if !stays(table, &cells) {
            rows.push(cells);
        }
    }
    Ok(Page { rows, last })
}

fn cell(value: ValueRef<'_>, kind: Kind) -> Option<Cell> {
    match (value, kind) {
        (ValueRef::Null, _) => Some(Cell::Null),
        (ValueRef::Integer(number), Kind::Int) => Some(Cell::Int(number)),
        (ValueRef::Integer(number @ (0 | 1)), Kind::Flag) => Some(Cell::Flag(number == 1)),
        (ValueRef::Text(text), Kind::Text) => std::str::from_utf8(text).ok().map(|text| Cell::Text(text.to_owned())),
        (ValueRef::Blob(bytes), Kind::Bytes) => Some(Cell::Bytes(bytes.to_vec())),
        _ => None,
    }
}

/// The names of tables of a database that hold something, by a reader's connection.
pub(super) fn holds_anything(connection: &Connection) -> Result<bool, HouseError> {
    if version(connection)? == 0 {
        return Ok(false);
    }
    Ok(connection.query_row(&texts::filled(), [], |_| Ok(())).optional()?.is_some())
}
