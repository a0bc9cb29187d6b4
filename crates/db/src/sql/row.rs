//! Rows of both drivers, read alike.

use std::error::Error;

use rusqlite::types::ValueRef;
use tokio_postgres::types::Type;

/// A row of a query's answer.
#[derive(Clone, Copy)]
pub enum Row<'r> {
    /// From SQLite.
    Sqlite(&'r rusqlite::Row<'r>),
    /// From PostgreSQL.
    Postgres(&'r tokio_postgres::Row),
}

/// What a column can be read as, with both drivers.
pub trait Stored: rusqlite::types::FromSql + for<'r> tokio_postgres::types::FromSql<'r> {}

impl<T: rusqlite::types::FromSql + for<'r> tokio_postgres::types::FromSql<'r>> Stored for T {}

impl<'r> From<&'r rusqlite::Row<'r>> for Row<'r> {
    fn from(row: &'r rusqlite::Row<'r>) -> Self {
        Self::Sqlite(row)
    }
}

impl<'r> From<&'r tokio_postgres::Row> for Row<'r> {
    fn from(row: &'r tokio_postgres::Row) -> Self {
        Self::Postgres(row)
    }
}

impl<'r> Row<'r> {
    /// Column `at`, counted from 0; `None` when it is not there or is something else.
    pub fn get<T: Stored>(self, at: usize) -> Option<T> {
        match self {
            Self::Sqlite(row) => row.get(at).ok(),
            Self::Postgres(row) => row.try_get(at).ok(),
        }
    }

    /// A column that is yes or no, which SQLite keeps as 1 or 0.
    pub fn flag(self, at: usize) -> Option<bool> {
        match self {
            Self::Sqlite(row) => match row.get(at) {
                Ok(0) => Some(false),
                Ok(1) => Some(true),
                _ => None,
            },
            Self::Postgres(row) => row.try_get(at).ok(),
        }
    }

    /// Whether the column is NULL; `None` when it is not there.
    pub fn is_null(self, at: usize) -> Option<bool> {
        match self {
            Self::Sqlite(row) => row.get_ref(at).ok().map(|value| value == ValueRef::Null),
            Self::Postgres(row) => row.try_get(at).ok().map(|value: Option<Anything>| value.is_none()),
        }
    }

    /// The name of a column, as far as there is one.
    pub fn column(self, at: usize) -> &'r str {
        match self {
            Self::Sqlite(row) => row.as_ref().column_name(at).unwrap_or("?"),
            Self::Postgres(row) => row.columns().get(at).map_or("?", |column| column.name()),
        }
    }

    /// A column of a key as people read it; of bytes the first few.
    pub fn shown(self, at: usize) -> String {
        let number = || self.get(at).map(|number: i64| number.to_string());
        let bytes =
            || self.get(at).map(|bytes: Vec<u8>| bytes.iter().take(4).map(|byte| format!("{byte:02x}")).collect());
        number().or_else(|| self.get(at)).or_else(bytes).unwrap_or_else(|| "?".to_owned())
    }
}

/// A column of any type that is not NULL.
struct Anything;

impl<'r> tokio_postgres::types::FromSql<'r> for Anything {
    fn from_sql(_: &Type, _: &'r [u8]) -> Result<Self, Box<dyn Error + Sync + Send>> {
        Ok(Self)
    }

    fn accepts(_: &Type) -> bool {
        true
    }
}
