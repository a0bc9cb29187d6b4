//! How SQLite runs every statement: by an index that leads to what is asked for, never by looking through a table or all
//! that an account has, and without sorting.

use std::collections::BTreeSet;

use rusqlite::Connection;

use super::schema;
use crate::sql::{self, claims, deliveries};

/// The one-row subquery of the thread's facts, and the queue of a recursive query.
const NO_TABLES: [&str; 3] = ["SCAN CONSTANT ROW", "SCAN one", "SCAN busy"];

/// Columns that are keys by themselves.
const WHOLE_KEYS: [&str; 4] = ["hash=?", "name=?", "username=?", "instagram_app_id=?"];

/// Steps that may look through more than they give: of a statement, one with these words, and why that is no harm.
const WIDE: &[(&str, &str, &str)] = &[
    ("ACCOUNTS", "SCAN account", "the emulator lists them all"),
    ("APPS", "SCAN app", "the emulator lists them all"),
    ("TOKENS", "SCAN token", "somebody leaves an app"),
    ("COMMENTS", "SEARCH comment", "the emulator lists all of an account"),
    ("COMMENTS", "TEMP B-TREE", "the emulator lists all of an account"),
    ("MEDIA", "SEARCH media", "the emulator lists all of an account"),
    ("MEDIA", "TEMP B-TREE", "the emulator lists all of an account"),
    ("FLOWS", "SEARCH flow", "an account has a few"),
    ("INSTALLS", "SEARCH i ", "an account has a few"),
    ("INSTALLS", "TEMP B-TREE", "an account has a few"),
    ("ROUTES", "SEARCH i ", "an account has a few installs"),
    ("ROUTES", "TEMP B-TREE", "an account has a few installs"),
    ("SUBSCRIPTIONS", "SEARCH s ", "an app has one for each object"),
    ("REMOVE_SUBSCRIPTION", "SEARCH subscription", "an app has one for each object"),
    ("LAST_EVENT", "SCAN event", "one row, from the end"),
    ("DUE_APPS", "delivery_due (app_id", "one jump for each app that something is pending for"),
    ("NEXT_DUE", "delivery_due (app_id", "one jump for each app that something is pending for"),
    ("EXPIRED_MEDIA", "media_expiring", "stories that are over and were not ended yet"),
    ("NEXT_EXPIRY", "media_expiring", "one row, from the beginning"),
    ("RELEASE", "USING INDEX delivery_due", "what may be taken, when the process stops"),
    ("RELEASE_ALL", "USING INDEX delivery_due", "what may be taken, when the file is opened"),
    ("LEASED_ELSEWHERE", "USING INDEX delivery_due", "what may be taken, when somebody moves the clock"),
    ("REWIND", "USING INDEX delivery_lane", "what is pending, when somebody sets the clock back"),
    ("OUTAGES", "SCAN outage", "endpoints that fail just now"),
    ("OUTAGES", "TEMP B-TREE", "endpoints that fail just now"),
    ("REWIND_OUTAGES", "SCAN outage", "endpoints that fail just now, when somebody sets the clock back"),
    ("ALERTS", "SCAN alert", "the emulator lists the newest"),
    ("ALERTS", "TEMP B-TREE", "the emulator lists the newest"),
];

pub(super) fn database() -> Connection {
    let connection = Connection::open_in_memory().unwrap();
    for migration in schema::MIGRATIONS {
        connection.execute_batch(migration.sql).unwrap();
    }
    connection
}

pub(super) fn plan(connection: &Connection, sql: &str) -> Vec<String> {
    let mut statement = connection.prepare(&format!("EXPLAIN QUERY PLAN {sql}")).unwrap();
    let nulls = vec![rusqlite::types::Null; statement.parameter_count()];
    let lines = statement.query_map(rusqlite::params_from_iter(nulls), |row| row.get(3)).unwrap();
    lines.collect::<Result<_, _>>().unwrap()
}

#[test]
fn every_statement_is_understood() {
    let connection = database();
    let for_sqlite = sql::ALL.into_iter().flatten().filter(|(_, statement)| !statement.sqlite.is_empty());
    for (name, statement) in for_sqlite {
        let prepared = connection.prepare(statement.sqlite).map(drop);
        assert_eq!(prepared, Ok(()), "{name}\n{}", statement.sqlite);
    }
}

/// Whether a step may look through more than it gives: it goes over a table, sorts, or binds one column of a key of several.
fn is_wide(step: &str) -> bool {
    if step.contains("TEMP B-TREE") || step.contains("SCAN") && !NO_TABLES.contains(&step) {
        return true;
    }
    let condition = step.split_once(" (").map_or("", |(_, condition)| condition.trim_end_matches(')'));
    let is_whole = condition.starts_with("rowid") || WHOLE_KEYS.contains(&condition);
    // Without a condition it is the first or the last of an index.
    !condition.is_empty() && !condition.contains(" AND ") && !is_whole
}

#[test]
fn every_statement_goes_by_an_index_to_what_it_asks_for() {
    let connection = database();
    let mut found = BTreeSet::new();
    for (name, statement) in sql::ALL.into_iter().flatten().filter(|(_, statement)| !statement.sqlite.is_empty()) {
        let plan = plan(&connection, statement.sqlite);
        for step in plan.iter().filter(|step| is_wide(step.trim_end_matches(" LEFT-JOIN"))) {
            let allowed = WIDE.iter().position(|row| row.0 == *name && step.contains(row.1));
            assert!(allowed.is_some(), "{name}: {step}\n{}\n{plan:#?}", statement.sqlite);
            found.extend(allowed);
        }
    }
    let never: Vec<_> = (0..WIDE.len()).filter(|row| !found.contains(row)).map(|row| WIDE[row]).collect();
    assert_eq!(never, [], "these are allowed for nothing");
}

#[test]
fn pending_deliveries_of_a_thread_and_of_an_app_have_an_index_each() {
    let lane = "INDEX delivery_lane (account_id=? AND app_id=? AND igsid=?";
    let due = "INDEX delivery_due (app_id=? AND due_time<?)";
    for (sql, index) in [
        (deliveries::ADD_DELIVERY.sqlite, lane),
        (deliveries::NEXT_TURN.sqlite, lane),
        (claims::DUE.sqlite, due),
        (claims::DUE_APPS.sqlite, "INDEX delivery_due (app_id=?)"),
    ] {
        let plan = plan(&database(), sql);
        assert!(plan.iter().any(|line| line.contains(index)), "{sql}\n{plan:#?}");
    }
}
