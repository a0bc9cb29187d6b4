//! The texts of statements over whole tables, made from the catalogue.

use crate::sql::tables::{Kind, TABLES, Table};

/// The setting that keeps PostgreSQL's log growing; it is about the database, not of it.
const OWN_SETTING: &str = "event_base";

/// How an engine names its parameters.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Dialect {
    Sqlite,
    Postgres,
}

/// A column to order by, and its kind.
pub(super) type Order = Vec<(&'static str, Kind)>;

/// The columns by which an engine goes through a table. SQLite's messages lie in order of their arrival.
pub(super) fn order(table: &Table, dialect: Dialect) -> Order {
    if table.name == "message" && dialect == Dialect::Sqlite {
        return vec![("seq", Kind::Int)];
    }
    let kind = |name| table.columns.iter().find(|column| column.name == name).map_or(Kind::Int, |column| column.kind);
    table.order().into_iter().map(|name| (name, kind(name))).collect()
}

/// The rows behind a place, `first` for those from the beginning; the order's columns come first, then the table's.
pub(super) fn page(table: &Table, dialect: Dialect, first: bool, limit: usize) -> String {
    let order = order(table, dialect);
    let names = quoted(order.iter().map(|(name, _)| *name));
    let columns = columns(table);
    let behind = if first { String::new() } else { format!(" WHERE ({names}) > ({})", marks(order.len(), dialect)) };
    format!("SELECT {names}, {columns} FROM \"{}\"{behind} ORDER BY {names} LIMIT {limit}", table.name)
}

/// Adds a row on SQLite, or rows on PostgreSQL, where each parameter is an array.
pub(super) fn insert(table: &Table, dialect: Dialect) -> String {
    let (name, columns) = (table.name, columns(table));
    match dialect {
        Dialect::Sqlite => {
            format!("INSERT INTO \"{name}\" ({columns}) VALUES ({})", marks(table.columns.len(), dialect))
        }
        Dialect::Postgres => {
            let arrays = (1..).zip(table.columns).map(|(number, column)| {
                let kind = match column.kind {
                    Kind::Int => "bigint",
                    Kind::Text => "text",
                    Kind::Bytes => "bytea",
                    Kind::Flag => "boolean",
                };
                format!("${number}::{kind}[]")
            });
            let arrays: Vec<_> = arrays.collect();
            format!("INSERT INTO \"{name}\" ({columns}) SELECT * FROM unnest({})", arrays.join(", "))
        }
    }
}

pub(super) fn count(table: &Table) -> String {
    format!("SELECT count(*) FROM \"{}\"", table.name)
}

/// Whether there is anything of worth in the database: the names of tables with rows.
pub(super) fn filled() -> String {
    let own = format!(" WHERE name <> '{OWN_SETTING}'");
    let one = |table: &Table| {
        let (name, only) = (table.name, if table.name == "setting" { own.as_str() } else { "" });
        format!("SELECT '{name}' WHERE EXISTS (SELECT 1 FROM \"{name}\"{only})")
    };
    TABLES.iter().map(one).collect::<Vec<_>>().join(" UNION ALL ")
}

/// Whether a row is about the database and stays where it is.
pub(super) fn stays(table: &Table, row: &[super::cell::Cell]) -> bool {
    table.name == "setting" && matches!(&row[0], super::cell::Cell::Text(name) if name == OWN_SETTING)
}

/// Whether a column says who is at work on the row, which is nobody while a database is moved.
pub(super) fn of_the_moment(column: &str) -> bool {
    column.starts_with("lease_")
}

fn columns(table: &Table) -> String {
    quoted(table.columns.iter().map(|column| column.name))
}

fn quoted<'a>(names: impl Iterator<Item = &'a str>) -> String {
    names.map(|name| format!("\"{name}\"")).collect::<Vec<_>>().join(", ")
}

fn marks(count: usize, dialect: Dialect) -> String {
    let mark = if dialect == Dialect::Sqlite { '?' } else { '$' };
    (1..=count).map(|number| format!("{mark}{number}")).collect::<Vec<_>>().join(", ")
}

/// Where a copy stands, one row for each table; the row without a name says where it copies from.
pub(super) const CREATE_PROGRESS: &str =
    "CREATE TABLE copy_progress (name TEXT NOT NULL PRIMARY KEY, rows BIGINT NOT NULL, last TEXT NOT NULL)";
pub(super) const DROP_PROGRESS: &str = "DROP TABLE copy_progress";
pub(super) const PROGRESS: &str = "SELECT name, rows, last FROM copy_progress";
