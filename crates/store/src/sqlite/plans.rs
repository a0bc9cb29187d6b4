//! How SQLite runs the statements of the hot paths: by index, never by looking through a table or sorting. And that it
//! understands all the others.

use rusqlite::Connection;

use super::schema;
use crate::sql::{
    self, answers, assets, claims, configuration, content, deliveries, flows, log, messages, outages, people,
    reactions, subscriptions, threads, usage,
};

/// The one-row subquery of the thread's facts, and the queue of a recursive query.
const NO_TABLES: [&str; 3] = ["SCAN CONSTANT ROW", "SCAN one", "SCAN busy"];

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
        messages::ADD_MESSAGE.sqlite,
        messages::MESSAGE.sqlite,
        messages::MESSAGES_OLDER.sqlite,
        messages::MESSAGES_NEWER.sqlite,
        messages::MESSAGES_FROM_HERE_UP.sqlite,
        messages::MESSAGES_FROM_HERE_DOWN.sqlite,
        messages::ITEM_AT.sqlite,
        messages::PUT_MESSAGE.sqlite,
        reactions::PUT_REACTION.sqlite,
        reactions::REMOVE_REACTION.sqlite,
        reactions::REACTIONS.sqlite,
        assets::ADD_LOOSE_CHUNK.sqlite,
        assets::FORGET_LOOSE_CHUNKS.sqlite,
        assets::REMOVE_ASSET.sqlite,
        assets::REMOVE_CHUNKS.sqlite,
        assets::SWEEP_CHUNKS.sqlite,
        assets::SWEEP_LOOSE_CHUNKS.sqlite,
        assets::ASSET.sqlite,
        assets::CHUNK.sqlite,
        assets::PUT_ATTACHMENT.sqlite,
        assets::ATTACHMENT.sqlite,
        answers::FORGET_ANSWERS.sqlite,
        answers::ADD_ANSWER.sqlite,
        answers::ANSWER.sqlite,
        flows::REMOVE_FLOW.sqlite,
        flows::FLOW.sqlite,
        flows::FLOWS.sqlite,
        people::HAS_ROLE.sqlite,
        content::MEDIUM.sqlite,
        content::COMMENT.sqlite,
        deliveries::ADD_DELIVERY.sqlite,
        deliveries::DELIVERY.sqlite,
        deliveries::DELIVERIES.sqlite,
        deliveries::ATTEMPTS.sqlite,
        deliveries::SETTLE.sqlite,
        deliveries::NEXT_TURN.sqlite,
        deliveries::REDELIVER.sqlite,
        deliveries::POSTPONE.sqlite,
        deliveries::ADD_COPY.sqlite,
        outages::ADD_OUTAGE.sqlite,
        outages::END_OUTAGE.sqlite,
        claims::DUE.sqlite,
        claims::LEASE.sqlite,
        claims::DUE_APPS.sqlite,
        claims::NEXT_DUE.sqlite,
        content::EXPIRE_MEDIA.sqlite,
        content::EXPIRED_MEDIA.sqlite,
        usage::RESERVE.sqlite,
        log::ADD_EVENT.sqlite,
        log::EVENTS.sqlite,
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
    assert_eq!(plan(&database(), log::LAST_EVENT.sqlite), ["SCAN event"]);
    assert!(log::LAST_EVENT.sqlite.contains("ORDER BY seq DESC LIMIT 1"));
}

#[test]
fn routes_are_found_by_the_account() {
    let plan = plan(&database(), subscriptions::ROUTES.sqlite);
    assert!(plan.iter().all(|line| !line.starts_with("SCAN")), "{plan:#?}");
}

#[test]
fn what_is_swept_and_what_is_forgotten_is_found_by_its_time() {
    let loose = "INDEX loose_chunk_time (account_id=? AND created_time<?)";
    let old = "INDEX answer_time (account_id=? AND time<?)";
    let part = "INDEX sqlite_autoindex_asset_chunk_1 (account_id=? AND asset_id=? AND number=?)";
    for (sql, index) in [
        (assets::SWEEP_CHUNKS.sqlite, loose),
        (assets::SWEEP_CHUNKS.sqlite, part),
        (assets::SWEEP_LOOSE_CHUNKS.sqlite, loose),
        (answers::FORGET_ANSWERS.sqlite, old),
    ] {
        let plan = plan(&database(), sql);
        assert!(plan.iter().any(|line| line.contains(index)), "{sql}\n{plan:#?}");
    }
}

#[test]
fn giving_back_leases_looks_through_pending_deliveries_only() {
    for sql in [claims::RELEASE.sqlite, claims::LEASED_ELSEWHERE.sqlite] {
        assert_eq!(plan(&database(), sql), ["SCAN delivery USING INDEX delivery_due"], "{sql}");
    }
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
