//! How PostgreSQL runs the statements of the hot paths: by index and in its order, never by looking through a table, and
//! nothing that grows is sorted.

use rig::postgres::Database;
use tokio_postgres::{Client, NoTls};

use super::group::{LOCK, VERSIONS};
use super::many::FORMS;
use super::{PLANNER, PostgresStore};
use crate::sql::{
    ALL, answers, assets, claims, configuration, content, deliveries, flows, log, messages, outages, people, reactions,
    subscriptions, threads, usage,
};

/// A client with the settings of the store's connections, on a database with its schema and a table's worth of rows.
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
        tokio_postgres::SimpleQueryMessage::Row(row) => row.get(0).map(str::to_owned),
        _ => None,
    });
    lines.collect()
}

#[tokio::test]
async fn every_statement_is_understood() {
    let (client, _database) = client().await;
    let all = ALL.iter().copied().flatten().filter(|(_, statement)| !statement.postgres.is_empty());
    for (name, statement) in all {
        client.prepare(statement.postgres).await.unwrap_or_else(|error| panic!("{name}: {error:?}"));
    }
    for form in &FORMS {
        client.prepare(form.many).await.unwrap_or_else(|error| panic!("{}: {error:?}", form.many));
    }
}

#[tokio::test]
async fn hot_statements_search_by_index_and_sort_nothing() {
    let (client, _database) = client().await;
    let single = [
        &configuration::TOKEN,
        &subscriptions::ROUTES,
        &threads::SAVE_THREAD,
        &threads::THREADS_FACTS,
        &threads::THREAD,
        &threads::THREADS_OLDER,
        &threads::THREADS_NEWER,
        &threads::THREADS_FROM_HERE_UP,
        &threads::THREADS_FROM_HERE_DOWN,
        &messages::MESSAGE,
        &messages::MESSAGES_OLDER,
        &messages::MESSAGES_NEWER,
        &messages::MESSAGES_FROM_HERE_UP,
        &messages::MESSAGES_FROM_HERE_DOWN,
        &messages::ITEM_AT,
        &messages::PUT_MESSAGE,
        &reactions::PUT_REACTION,
        &reactions::REMOVE_REACTION,
        &reactions::REACTIONS,
        &assets::ADD_LOOSE_CHUNK,
        &assets::FORGET_LOOSE_CHUNKS,
        &assets::REMOVE_ASSET,
        &assets::REMOVE_CHUNKS,
        &assets::SWEEP_CHUNKS,
        &assets::SWEEP_LOOSE_CHUNKS,
        &assets::ASSET,
        &assets::CHUNK,
        &assets::PUT_ATTACHMENT,
        &assets::ATTACHMENT,
        &answers::FORGET_ANSWERS,
        &answers::ADD_ANSWER,
        &answers::ANSWER,
        &flows::REMOVE_FLOW,
        &flows::FLOW,
        &flows::FLOWS,
        &people::HAS_ROLE,
        &content::MEDIUM,
        &content::COMMENT,
        &deliveries::ADD_DELIVERY,
        &deliveries::DELIVERY,
        &deliveries::DELIVERIES,
        &deliveries::ATTEMPTS,
        &deliveries::SETTLE,
        &deliveries::NEXT_TURN,
        &deliveries::REDELIVER,
        &deliveries::POSTPONE,
        &deliveries::ADD_COPY,
        &deliveries::RECALL,
        &outages::ADD_OUTAGE,
        &outages::END_OUTAGE,
        &claims::DUE_KEYS,
        &claims::TAKE,
        &claims::DUE_APPS,
        &claims::NEXT_DUE,
        &log::EVENTS,
        &log::LAST_EVENT,
        &log::UNSETTLED,
        &usage::RESERVE,
    ];
    for sql in single
        .iter()
        .map(|statement| statement.postgres)
        .chain(FORMS.iter().map(|form| form.many))
        .chain([LOCK, VERSIONS])
    {
        let plan = plan(&client, sql).await;
        // What is sorted may only be what came in as arrays, a few apps, or one account's installs.
        let small = sql.contains("unnest") || sql.contains("busy") || sql == subscriptions::ROUTES.postgres;
        let slow = |line: &&String| {
            let gathers = line.contains("Sort") || line.contains("HashAggregate");
            ["Seq Scan", "Bitmap", "Hash Join"].iter().any(|way| line.contains(way)) || (gathers && !small)
        };
        assert_eq!(plan.iter().find(slow), None, "{sql}\n{plan:#?}");
    }
}

#[tokio::test]
async fn what_is_swept_and_what_is_forgotten_is_found_by_its_time() {
    let (client, _database) = client().await;
    let forget = FORMS.iter().map(|form| form.many).find(|sql| sql.starts_with("DELETE FROM answer")).unwrap();
    for (sql, index, condition) in [
        (assets::SWEEP_CHUNKS.postgres, "loose_chunk_time on loose_chunk", "created_time < $2"),
        (assets::SWEEP_CHUNKS.postgres, "asset_chunk_pkey on asset_chunk", "asset_id = ANY"),
        (assets::SWEEP_LOOSE_CHUNKS.postgres, "loose_chunk_time on loose_chunk", "created_time < $2"),
        (answers::FORGET_ANSWERS.postgres, "answer_time on answer", "\"time\" < $2"),
        (forget, "answer_time on answer", "\"time\" < n.oldest"),
    ] {
        let plan = plan(&client, sql).await;
        let found = plan
            .windows(2)
            .any(|lines| lines[0].contains(index) && lines[1].contains("Index Cond") && lines[1].contains(condition));
        assert!(found, "{sql}\n{plan:#?}");
    }
}
