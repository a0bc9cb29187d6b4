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

/// Indexes on account data that do not lead with the account, for what goes over all accounts.
const OVER_ALL_ACCOUNTS: [&str; 4] = ["delivery_due", "delivery_id", "event_seq", "media_expiring"];

/// The name and the columns of each index of a table, in order, the key's first.
fn indexes(database: &Database, table: &str) -> Vec<(String, Vec<String>)> {
    let sql = format!(
        "SELECT string_agg(a.attname, ' ' ORDER BY k.at), i.indexrelid::regclass FROM pg_index i \
        CROSS JOIN unnest(i.indkey::smallint[]) WITH ORDINALITY k (attnum, at) \
        LEFT JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = k.attnum \
        WHERE i.indrelid = '\"{table}\"'::regclass \
        GROUP BY i.indexrelid, i.indisprimary ORDER BY i.indisprimary DESC, i.indexrelid::regclass::text"
    );
    let answer = query(&database.url, &sql).unwrap();
    let rows = answer.lines().filter_map(|line| line.rsplit_once('|'));
    rows.map(|(columns, name)| (name.to_owned(), columns.split(' ').map(str::to_owned).collect())).collect()
}

#[tokio::test]
async fn each_table_is_declared_global_or_keyed_by_account() {
    let database = migrated().await;
    let mut over_all = BTreeSet::new();
    for table in TABLES {
        let indexes = indexes(&database, table.name);
        let key: Vec<_> = table.columns.iter().filter(|column| column.key).map(|column| column.name).collect();
        assert_eq!(indexes[0].1, key, "{}", table.name);
        match table.scope {
            Scope::Account => {
                // A machine of a cluster sees to the rows that it has, and no more: what is unique leads with the account.
                let others = indexes.iter().filter(|(_, columns)| columns[0] != "account_id");
                over_all.extend(others.map(|(name, _)| name.clone()));
                let account = table.columns.iter().find(|column| column.name == "account_id").unwrap();
                assert!(!account.optional, "{}", table.name);
            }
            Scope::Global => assert_ne!(indexes[0].1[0], "account_id", "{}", table.name),
        }
    }
    assert_eq!(over_all.iter().map(String::as_str).collect::<Vec<_>>(), OVER_ALL_ACCOUNTS);
    for name in OVER_ALL_ACCOUNTS {
        let is_unique = format!("SELECT indisunique FROM pg_index WHERE indexrelid = '{name}'::regclass");
        assert_eq!(query(&database.url, &is_unique).unwrap(), "f", "{name}");
    }
    let references = lines(
        &database,
        "SELECT conname FROM pg_constraint WHERE contype NOT IN ('p', 'u', 'n') AND connamespace = 'public'::regnamespace",
    );
    assert!(references.is_empty(), "constraints over tables would be in the way: {references:?}");
}
