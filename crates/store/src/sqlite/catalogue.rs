//! Whether SQLite's schema is what the catalogue of tables says.

use std::collections::BTreeSet;

use rusqlite::Connection;

use super::plans::{database, plan};
use crate::sql::tables::{Kind, TABLES, Table};

/// The columns of a table: name, type and whether it is never NULL.
fn columns(connection: &Connection, table: &str) -> BTreeSet<(String, String, bool)> {
    let mut statement = connection.prepare("SELECT name, type, \"notnull\" OR pk FROM pragma_table_info(?1)").unwrap();
    let rows = statement.query_map([table], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?))).unwrap();
    rows.collect::<Result<_, _>>().unwrap()
}

fn catalogued(table: &Table) -> BTreeSet<(String, String, bool)> {
    let kind = |kind| match kind {
        Kind::Int | Kind::Flag => "INTEGER",
        Kind::Text => "TEXT",
        Kind::Bytes => "BLOB",
    };
    table
        .columns
        .iter()
        .map(|column| (column.name.to_owned(), kind(column.kind).to_owned(), !column.optional))
        .collect()
}

#[test]
fn the_catalogue_names_every_table_and_every_column() {
    let connection = database();
    let tables =
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%' AND name <> 'migration'";
    let mut statement = connection.prepare(tables).unwrap();
    let stored: BTreeSet<String> =
        statement.query_map([], |row| row.get(0)).unwrap().collect::<Result<_, _>>().unwrap();
    assert_eq!(TABLES.iter().map(|table| table.name.to_owned()).collect::<BTreeSet<_>>(), stored);
    for table in TABLES {
        let mut stored = columns(&connection, table.name);
        if table.name == "message" {
            assert!(stored.remove(&("seq".to_owned(), "INTEGER".to_owned(), true)));
        }
        assert_eq!(catalogued(table), stored, "{}", table.name);
    }
}

#[test]
fn every_table_can_be_gone_through_in_its_order() {
    let connection = database();
    for table in TABLES {
        let order: Vec<_> = table.order().into_iter().map(|name| format!("\"{name}\"")).collect();
        let marks: Vec<_> = (1..=order.len()).map(|number| format!("?{number}")).collect();
        let (order, marks) = (order.join(", "), marks.join(", "));
        let sql = format!("SELECT * FROM \"{}\" WHERE ({order}) > ({marks}) ORDER BY {order} LIMIT 9", table.name);
        let plan = plan(&connection, &sql);
        assert!(plan.len() == 1 && plan[0].starts_with("SEARCH"), "{sql}\n{plan:#?}");
    }
}
