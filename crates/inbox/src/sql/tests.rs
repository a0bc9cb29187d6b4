//! Whether both engines understand every statement, and whether the hot ones are found by index.

use std::collections::BTreeSet;

use db::sql::Statement;
use rusqlite::Connection;

use super::*;
use crate::store::{SQLITE, Store};

fn database() -> Connection {
    let connection = Connection::open_in_memory().unwrap();
    for step in SQLITE {
        connection.execute_batch(step.sql).unwrap();
    }
    connection
}

#[test]
fn every_statement_has_a_name_of_its_own_and_a_text_in_both_dialects() {
    let mut names = BTreeSet::new();
    for (name, statement) in ALL.into_iter().flatten() {
        assert!(names.insert(name), "{name} is there twice");
        assert!(!statement.sqlite.is_empty() && !statement.postgres.is_empty(), "{name}");
    }
}

#[test]
fn sqlite_understands_every_statement() {
    let connection = database();
    for (name, statement) in ALL.into_iter().flatten() {
        connection.prepare(statement.sqlite).unwrap_or_else(|error| panic!("{name}: {error}"));
    }
}

#[tokio::test]
async fn postgres_understands_every_statement() {
    let database = rig::postgres::database().await;
    Store::postgres(&database.url).await.unwrap().close().await.unwrap();
    let all: String = ALL
        .into_iter()
        .flatten()
        .map(|(name, statement)| format!("PREPARE \"{name}\" AS {};\n", statement.postgres))
        .collect();
    let odd = "SELECT name || ' ' || parameter_types::text FROM pg_prepared_statements WHERE EXISTS (SELECT 1 FROM \
        unnest(parameter_types) t WHERE t::text NOT IN ('bigint', 'text', 'boolean'))";
    assert_eq!(
        rig::postgres::query(&database.url, &(all + odd)).unwrap(),
        "",
        "parameters of a type that is not written"
    );
}

#[test]
fn lists_are_read_by_index_without_sorting() {
    let connection = database();
    let hot: [(&str, &Statement); 14] = [
        ("all", &conversations::BY_TIME),
        ("open", &conversations::BY_STATUS),
        ("mine", &conversations::BY_ASSIGNEE),
        ("unassigned", &conversations::UNASSIGNED),
        ("failed", &conversations::FAILED),
        ("ending", &conversations::ENDING),
        ("waiting", &conversations::WAITING),
        ("returning", &conversations::RETURNING),
        ("unread profile", &conversations::UNREAD_PROFILE),
        ("thread", &messages::OLDER),
        ("events", &events::EVENTS),
        ("happenings", &events::HAPPENINGS),
        ("pending", &inbound::PENDING),
        ("notes", &teamwork::NOTES),
    ];
    for (name, statement) in hot {
        let plan = plan(&connection, statement.sqlite);
        assert!(plan[0].starts_with("SEARCH"), "{name}: {plan:#?}");
        assert!(!plan.iter().any(|step| step.contains("TEMP B-TREE FOR ORDER BY")), "{name}: {plan:#?}");
    }
}

#[test]
fn a_page_s_rows_and_the_figures_touch_nothing_but_what_they_tell() {
    let connection = database();
    for (name, statement) in [
        ("named", &conversations::NAMED),
        ("mentioned", &conversations::MENTIONED),
        ("snippets", &rows::SNIPPETS),
        ("labels", &rows::LABELS_OF_MANY),
        ("counts", &rows::COUNTS),
    ] {
        for step in plan(&connection, statement.sqlite) {
            // The aliases of tables; what else is scanned is the list of ids, or what was found already.
            let mut words = step.split(' ');
            let whole = words.next() == Some("SCAN")
                && words.next().is_some_and(|table| ["c", "m", "n", "r", "x", "l"].contains(&table));
            assert!(!whole && !step.ends_with("PRIMARY KEY (workspace_id=?)"), "{name}: {step}");
        }
    }
    let counts = plan(&connection, rows::COUNTS.sqlite).join("\n");
    for index in ["by_status", "by_assignee", "unanswered", "failed"] {
        assert!(counts.contains(&format!("conversation_{index}")), "{index}: {counts}");
    }
    let named = plan(&connection, conversations::NAMED.sqlite).join("\n");
    assert!(named.contains("SEARCH c USING PRIMARY KEY (workspace_id=? AND id=?)"), "{named}");
    let ending = plan(&connection, conversations::ENDING.sqlite);
    assert!(ending[0].contains("conversation_unanswered"), "{ending:#?}");
}

fn plan(connection: &Connection, sql: &str) -> Vec<String> {
    let mut statement = connection.prepare(&format!("EXPLAIN QUERY PLAN {sql}")).unwrap();
    let count = statement.parameter_count();
    let rows = statement.query_map(rusqlite::params_from_iter(vec![1; count]), |row| row.get(3)).unwrap();
    rows.collect::<Result<_, _>>().unwrap()
}

#[test]
fn an_entry_of_the_audit_log_can_be_neither_changed_nor_deleted() {
    let connection = database();
    connection.execute_batch("INSERT INTO audit VALUES (1, 2, 3, 'a', 'b', 'c', 4)").unwrap();
    for sql in ["UPDATE audit SET action = 'x'", "DELETE FROM audit"] {
        assert!(connection.execute_batch(sql).unwrap_err().to_string().contains("append-only"), "{sql}");
    }
}
