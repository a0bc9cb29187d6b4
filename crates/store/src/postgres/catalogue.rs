//! Whether PostgreSQL's schema is what the catalogue of tables says, and can be distributed by account.

use std::collections::BTreeSet;

use rig::postgres::{Database, database, query};

use crate::house::{Place, migrate};
use crate::sql::tables::{Kind, Scope, TABLES, Table};

async fn migrated() -> Database {
    let database = database().await;
    migrate(&Place::Postgres(database.url.clone())).await.unwrap();
    database
}

fn lines(database: &Database, sql: &str) -> BTreeSet<String> {
    query(&database.url, sql).unwrap().lines().map(str::to_owned).collect()
}

fn catalogued(table: &Table) -> BTreeSet<String> {
    let columns = table.columns.iter().map(|column| {
        let kind = match column.kind {
            Kind::Int => "bigint",
            Kind::Text => "text",
            Kind::Bytes => "bytea",
            Kind::Flag => "boolean",
        };
        format!("{}|{kind}|{}", column.name, if column.optional { "YES" } else { "NO" })
    });
    columns.collect()
}

#[tokio::test]
async fn the_catalogue_names_every_table_and_every_column() {
    let database = migrated().await;
    let mut tables = lines(&database, "SELECT table_name FROM information_schema.tables WHERE table_schema = 'public'");
    assert!(tables.remove("migration"));
    assert_eq!(TABLES.iter().map(|table| table.name.to_owned()).collect::<BTreeSet<_>>(), tables);
    for table in TABLES {
        let columns = lines(
            &database,
            &format!(
                "SELECT column_name, data_type, is_nullable FROM information_schema.columns \
                WHERE table_schema = 'public' AND table_name = '{}'",
                table.name
            ),
        );
        assert_eq!(catalogued(table), columns, "{}", table.name);
    }
}

/// The columns of each key and unique index of a table, in order, the key's first.
fn keys(database: &Database, table: &str) -> Vec<Vec<String>> {
    let sql = format!(
        "SELECT string_agg(a.attname, ' ' ORDER BY k.at) FROM pg_index i \
        CROSS JOIN unnest(i.indkey::smallint[]) WITH ORDINALITY k (attnum, at) \
        JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = k.attnum \
        WHERE i.indrelid = '\"{table}\"'::regclass AND i.indisunique \
        GROUP BY i.indexrelid, i.indisprimary ORDER BY i.indisprimary DESC"
    );
    let answer = query(&database.url, &sql).unwrap();
    answer.lines().map(|line| line.split(' ').map(str::to_owned).collect()).collect()
}

#[tokio::test]
async fn each_table_is_declared_global_or_keyed_by_account() {
    let database = migrated().await;
    for table in TABLES {
        let keys = keys(&database, table.name);
        let key: Vec<_> = table.columns.iter().filter(|column| column.key).map(|column| column.name).collect();
        assert_eq!(keys.first().map(|key| key.iter().map(String::as_str).collect()), Some(key), "{}", table.name);
        match table.scope {
            Scope::Account => {
                assert_eq!(keys[0][0], "account_id", "{}", table.name);
                // A machine of a cluster sees to the rows that it has, and no more.
                for unique in keys {
                    assert!(unique.iter().any(|column| column == "account_id"), "{}: {unique:?}", table.name);
                }
                let account = table.columns.iter().find(|column| column.name == "account_id").unwrap();
                assert!(!account.optional, "{}", table.name);
            }
            Scope::Global => assert_ne!(keys[0][0], "account_id", "{}", table.name),
        }
    }
    let references = lines(
        &database,
        "SELECT conname FROM pg_constraint WHERE contype NOT IN ('p', 'u', 'n') AND connamespace = 'public'::regnamespace",
    );
    assert!(references.is_empty(), "constraints over tables would be in the way: {references:?}");
}
