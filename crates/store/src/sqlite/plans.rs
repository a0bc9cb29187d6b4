//! How SQLite runs the statements of the hot paths: by index, never by looking through a table or sorting.

use rusqlite::Connection;

use super::{claims, deliveries, log, messages, schema, subscriptions, usage};
use crate::sql::{configuration, threads};

/// The one-row subquery of the thread's facts, and the queue of a recursive query.
const NO_TABLES: [&str; 3] = ["SCAN CONSTANT ROW", "SCAN one", "SCAN busy"];

fn database() -> Connection {
    let connection = Connection::open_in_memory().unwrap();
    for migration in schema::MIGRATIONS {
        connection.execute_batch(migration.sql).unwrap();
    }
    connection
}

fn plan(connection: &Connection, sql: &str) -> Vec<String> {
    let mut statement = connection.prepare(&format!("EXPLAIN QUERY PLAN {sql}")).unwrap();
    let nulls = vec![rusqlite::types::Null; statement.parameter_count()];
    let lines = statement.query_map(rusqlite::params_from_iter(nulls), |row| row.get(3)).unwrap();
    lines.collect::<Result<_, _>>().unwrap()
}

#[test]
fn hot_statements_search_by_index_and_sort_nothing() {
    let connection = database();
    for sql in [
        configuration::TOKEN.sqlite,
        threads::SAVE_THREAD.sqlite,
        threads::THREAD_FACTS.sqlite,
        threads::THREAD.sqlite,
        threads::THREADS_OLDER.sqlite,
        threads::THREADS_NEWER.sqlite,
        threads::THREADS_FROM_HERE_UP.sqlite,
        threads::THREADS_FROM_HERE_DOWN.sqlite,
        messages::ADD_MESSAGE,
        messages::MESSAGE,
        messages::MESSAGES.older,
        messages::MESSAGES.newer,
        messages::MESSAGES.from_here_up,
        messages::MESSAGES.from_here_down,
        messages::ITEM_AT,
        deliveries::ADD_DELIVERY,
        deliveries::DELIVERY,
        deliveries::DELIVERIES,
        deliveries::ATTEMPTS,
        deliveries::SETTLE,
        deliveries::NEXT_TURN,
        deliveries::REDELIVER,
        claims::DUE,
        claims::LEASE,
        claims::DUE_APPS,
        claims::NEXT_DUE,
        usage::USAGE,
        log::ADD_EVENT,
        log::EVENTS,
    ] {
        let plan = plan(&connection, sql);
        let slow = |line: &&String| {
            line.contains("TEMP B-TREE") || line.contains("SCAN") && !NO_TABLES.contains(&line.as_str())
        };
        assert_eq!(plan.iter().find(slow), None, "{sql}\n{plan:#?}");
    }
}

#[test]
fn the_last_log_entry_is_found_from_the_end() {
    assert_eq!(plan(&database(), log::LAST_EVENT), ["SCAN event"]);
    assert!(log::LAST_EVENT.contains("ORDER BY seq DESC LIMIT 1"));
}

#[test]
fn routes_are_found_by_the_account() {
    let plan = plan(&database(), subscriptions::ROUTES);
    assert!(plan.iter().all(|line| !line.starts_with("SCAN")), "{plan:#?}");
}

#[test]
fn giving_back_leases_looks_through_pending_deliveries_only() {
    for sql in [claims::RELEASE, claims::LEASED_ELSEWHERE] {
        assert_eq!(plan(&database(), sql), ["SCAN delivery USING INDEX delivery_due"], "{sql}");
    }
}

#[test]
fn pending_deliveries_of_a_thread_and_of_an_app_have_an_index_each() {
    let lane = "INDEX delivery_lane (account_id=? AND app_id=? AND igsid=?";
    let due = "INDEX delivery_due (app_id=? AND due_time<?)";
    for (sql, index) in
        [(deliveries::ADD_DELIVERY, lane), (deliveries::NEXT_TURN, lane), (claims::DUE, due), (claims::DUE_APPS, due)]
    {
        let plan = plan(&database(), sql);
        assert!(plan.iter().any(|line| line.contains(index)), "{sql}\n{plan:#?}");
    }
}
