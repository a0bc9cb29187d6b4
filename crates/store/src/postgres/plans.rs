//! How PostgreSQL runs every statement: by an index that leads to what is asked for, never by looking through a table or all
//! that an account has. And that it does so whatever it knows of the tables when a plan is made, since a plan is kept.

use std::collections::{BTreeMap, BTreeSet};

use rig::postgres::Database;
use tokio_postgres::{Client, NoTls, SimpleQueryMessage};

use super::group::{LOCK, VERSIONS};
use super::many::FORMS;
use super::{PLANNER, PostgresStore};
use crate::sql::ALL;
use crate::sql::tables::{Column, Kind, TABLES, Table};

/// Steps that may look through more than they give: of a statement, one with these words, and why that is no harm.
const WIDE: &[(&str, &str, &str)] = &[
    ("ACCOUNTS", "account_pkey", "the emulator lists them all"),
    ("APPS", "app_pkey", "the emulator lists them all"),
    ("TOKENS", "token_pkey", "somebody leaves an app"),
    ("COMMENTS", "Sort", "the emulator lists all of an account"),
    ("COMMENTS", "comment_pkey", "the emulator lists all of an account"),
    ("MEDIA", "Sort", "the emulator lists all of an account"),
    ("MEDIA", "media_pkey", "the emulator lists all of an account"),
    ("FLOWS", "flow_pkey", "an account has a few"),
    ("INSTALLS", "Sort", "an account has a few"),
    ("INSTALLS", "install_pkey", "an account has a few"),
    ("ROUTES", "Sort", "an account has a few installs"),
    ("ROUTES", "install_pkey", "an account has a few installs"),
    ("SUBSCRIPTIONS", "subscription_pkey", "an app has one for each object"),
    ("REMOVE_SUBSCRIPTION", "subscription_pkey", "an app has one for each object"),
    ("ADD_EVENT", "event_seq", "what the transaction has written before"),
    ("DUE_APPS", "Sort", "apps for which something is pending"),
    ("DELIVERIES", "delivery_id", "people look through the log by a filter"),
    ("LEASING_ACCOUNTS", "delivery_", "what is pending, when a node stops"),
    ("LEASING_ACCOUNTS", "HashAggregate", "what is pending, when a node stops"),
    ("RELEASE_ACCOUNT", "delivery_", "what is pending, when a node stops"),
    ("LEASED_ELSEWHERE", "delivery_due", "what is pending, when somebody moves the clock"),
    ("REWIND", "delivery_lane", "what is pending, when somebody sets the clock back"),
    ("FORGET_USAGE", "Seq Scan", "all of it goes, when somebody sets the clock back"),
    ("OUTAGES", "outage_pkey", "endpoints that fail just now"),
    ("REWIND_OUTAGES", "Seq Scan", "endpoints that fail just now, when somebody sets the clock back"),
    ("ALERTS", "Seq Scan", "the emulator lists the newest"),
    ("ALERTS", "Sort", "the emulator lists the newest"),
];

/// Rows of each table, and whether PostgreSQL has just counted them: what it may know when it makes the plan that it keeps.
/// It counts by itself from 50 rows on.
const STATES: [(&str, Option<u32>, bool); 5] = [
    ("nothing there", None, false),
    ("many there, none counted", Some(3_000), false),
    ("few there, all counted", Some(60), true),
    ("many there, few counted", Some(3_000), false),
    ("many there, all counted", None, true),
];

/// A client with the settings of the store's connections.
async fn client() -> (Client, Database) {
    let database = rig::postgres::database().await;
    let store = PostgresStore::open(&database.url).await.unwrap();
    engine::store::Store::close(&store).await.unwrap();
    let (client, connection) = tokio_postgres::connect(&database.url, NoTls).await.unwrap();
    tokio::spawn(connection);
    for (name, value) in PLANNER {
        client.batch_execute(&format!("SET {name} = {value}")).await.unwrap();
    }
    (client, database)
}

/// Gives every table so many rows. All deliveries are pending, and most of them wait for their thread.
async fn fill(client: &Client, rows: u32) {
    let names: Vec<_> = TABLES.iter().map(|table| format!("\"{}\"", table.name)).collect();
    client.batch_execute(&format!("TRUNCATE {}", names.join(", "))).await.unwrap();
    for (table, name) in TABLES.iter().zip(names) {
        let columns: Vec<_> = table.columns.iter().map(|column| format!("\"{}\"", column.name)).collect();
        let values: Vec<_> = table.columns.iter().map(|column| value(table, column)).collect();
        let (columns, values) = (columns.join(", "), values.join(", "));
        let insert = format!("INSERT INTO {name} ({columns}) SELECT {values} FROM generate_series(1, {rows}) i");
        client.batch_execute(&insert).await.unwrap_or_else(|error| panic!("{insert}: {error:?}"));
    }
}

/// The value of a column in row `i`.
fn value(table: &Table, column: &Column) -> &'static str {
    match (column.name, column.kind) {
        ("account_id", _) => "1 + i % 2",
        ("app_id", _) => "1 + i % 3",
        ("igsid", _) if matches!(table.name, "message" | "reaction") => "i / 20",
        ("state", _) => "0",
        ("turn", _) => "CASE i % 20 WHEN 0 THEN 1 ELSE 0 END",
        ("object", _) => "CASE WHEN i < 4 THEN 'instagram' ELSE 'o' || i END",
        (_, Kind::Int) => "i",
        (_, Kind::Text) => "'t' || i",
        (_, Kind::Bytes) => "int4send(i)",
        (_, Kind::Flag) => "i % 2 = 0",
    }
}

/// The plan that is kept for a statement, whatever its parameters.
async fn plan(client: &Client, sql: &str) -> Vec<String> {
    let statement = client.prepare(sql).await.unwrap_or_else(|error| panic!("{sql}: {error:?}"));
    let types: Vec<&str> = statement.params().iter().map(tokio_postgres::types::Type::name).collect();
    let types: Vec<String> =
        types.iter().map(|name| name.strip_prefix('_').map_or((*name).to_owned(), |of| format!("{of}[]"))).collect();
    let (types, nulls) = match types.len() {
        0 => (String::new(), String::new()),
        count => (format!("({})", types.join(", ")), format!("({})", vec!["NULL"; count].join(", "))),
    };
    client.batch_execute(&format!("PREPARE shown{types} AS {sql}")).await.unwrap();
    let rows = client.simple_query(&format!("EXPLAIN EXECUTE shown{nulls}")).await.unwrap();
    client.batch_execute("DEALLOCATE shown").await.unwrap();
    let lines = rows.iter().filter_map(|message| match message {
        SimpleQueryMessage::Row(row) => row.get(0).map(str::to_owned),
        _ => None,
    });
    lines.collect()
}

/// A step of a plan.
#[derive(Debug)]
struct Step<'a> {
    indent: usize,
    text: &'a str,
    condition: &'a str,
    is_filtered: bool,
}

fn steps(plan: &[String]) -> Vec<Step<'_>> {
    let mut steps: Vec<Step<'_>> = Vec::new();
    for line in plan {
        let text = line.trim_start();
        if text.contains("(cost=") {
            steps.push(Step { indent: line.len() - text.len(), text, condition: "", is_filtered: false });
        } else if let Some(step) = steps.last_mut() {
            step.condition = text.strip_prefix("Index Cond: ").unwrap_or(step.condition);
            step.is_filtered |= text.starts_with("Filter: ");
        }
    }
    steps
}

/// The columns of every index, by its name.
type Indexes = BTreeMap<String, Vec<String>>;

async fn indexes(client: &Client) -> Indexes {
    let sql = "SELECT c.relname::text, pg_get_indexdef(i.indexrelid, k, false) FROM pg_index i \
        JOIN pg_class c ON c.oid = i.indexrelid CROSS JOIN generate_series(1, i.indnkeyatts) k \
        WHERE c.relnamespace = 'public'::regnamespace ORDER BY 1, k";
    let mut indexes = Indexes::new();
    for row in client.query(sql, &[]).await.unwrap() {
        indexes.entry(row.get(0)).or_default().push(row.get(1));
    }
    indexes
}

/// How many of an index's columns, from the first on, a condition binds.
fn bound(columns: &[String], condition: &str) -> usize {
    // Those of a row are bound like others.
    let condition = condition.replace("ROW(", "(").replace(", ", " (");
    let is_bound =
        |column: &&String| condition.contains(&format!("({column} ")) || condition.contains(&format!("({column})"));
    columns.iter().take_while(is_bound).count()
}

/// Whether a step may look through more than it gives: it goes over a table, or over a part of an index that may be long, or
/// it gathers what comes out of others.
fn is_wide(before: &[Step<'_>], step: &Step<'_>, indexes: &Indexes) -> bool {
    const WAYS: [&str; 6] = ["Seq Scan", "Bitmap", "Hash Join", "Merge Join", "Sort", "HashAggregate"];
    if WAYS.iter().any(|way| step.text.contains(way)) {
        return true;
    }
    let index = step.text.split_once("Scan using ").or_else(|| step.text.split_once("Scan Backward using "));
    let Some(columns) = index.and_then(|(_, rest)| indexes.get(rest.split(' ').next()?)) else { return false };
    let parent = before.iter().rev().find(|above| above.indent < step.indent);
    if parent.is_some_and(|above| above.text.contains("Limit")) && !step.is_filtered {
        // It gives every row that it looks at, in order, until there are enough.
        return false;
    }
    bound(columns, step.condition) < columns.len().min(2) || !step.condition.contains(" = ")
}

#[tokio::test]
async fn every_statement_is_understood() {
    let (client, _database) = client().await;
    for (name, sql) in every() {
        client.prepare(sql).await.unwrap_or_else(|error| panic!("{name}: {error:?}"));
    }
}

/// Every text with its name. One for many rows is named by its own beginning.
fn every() -> impl Iterator<Item = (&'static str, &'static str)> {
    let single = ALL.into_iter().flatten().map(|(name, statement)| (*name, statement.postgres));
    let many = FORMS.iter().map(|form| (form.many, form.many));
    single.filter(|(_, sql)| !sql.is_empty()).chain(many).chain([("LOCK", LOCK), ("VERSIONS", VERSIONS)])
}

#[tokio::test]
async fn every_statement_goes_by_an_index_to_what_it_asks_for_whatever_is_known_of_the_tables() {
    let (client, _database) = client().await;
    let indexes = indexes(&client).await;
    let mut found = BTreeSet::new();
    for (state, rows, counted) in STATES {
        if let Some(rows) = rows {
            fill(&client, rows).await;
        }
        if counted {
            client.batch_execute("ANALYZE").await.unwrap();
        }
        for (name, sql) in every() {
            let plan = plan(&client, sql).await;
            let steps = steps(&plan);
            for (at, step) in steps.iter().enumerate().filter(|(at, step)| is_wide(&steps[..*at], step, &indexes)) {
                // Those for many sort and group what came in as arrays.
                if sql.contains("unnest") && (step.text.contains("Sort") || step.text.contains("HashAggregate")) {
                    continue;
                }
                let allowed = WIDE.iter().position(|row| row.0 == name && step.text.contains(row.1));
                assert!(allowed.is_some(), "{state}: step {at} of {name}: {step:?}\n{sql}\n{plan:#?}");
                found.extend(allowed);
            }
        }
    }
    let never: Vec<_> = (0..WIDE.len()).filter(|row| !found.contains(row)).map(|row| WIDE[row]).collect();
    assert_eq!(never, [], "these are allowed for nothing");
}
