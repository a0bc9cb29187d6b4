//! What only several stores on one PostgreSQL database can get wrong.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::Duration;

use db::PostgresOptions;
use engine::change::{Change, ChangeSet};
use engine::facts::{DeliveryState, EventKind, NewEvent, Thread};
use engine::store::{Claim, CommitError, News, Slice, Start, Store};
use parlance_store::PostgresStore;
use parlance_store::house::{self, Place};
use rig::postgres::{Cluster, Database, Options};
use tokio::task::JoinSet;

use crate::make::{
    APP, ONE, account, at, attempt, claim, commit, deliver, delivery, igsid, item, message, person, subscription,
};

/// Longer than any test; whoever hears something before was told.
const LONG: Duration = Duration::from_secs(600);
/// Those who do the same at once, half of them on either store.
const WORKERS: u64 = 8;

/// Two nodes on one database, neither of which looks by itself before the test is over.
async fn two() -> ([Arc<PostgresStore>; 2], Database) {
    let database = rig::postgres::database().await;
    (two_on(&database.url).await, database)
}

async fn two_on(url: &str) -> [Arc<PostgresStore>; 2] {
    let options = || PostgresOptions { poll: LONG, ..PostgresOptions::at(url) };
    let (one, two) = tokio::join!(PostgresStore::with(options()), PostgresStore::with(options()));
    [one.unwrap(), two.unwrap()].map(Arc::new)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_workers_that_claim_at_once_each_delivery_goes_to_one() {
    let (nodes, _database) = two().await;
    let ids = deliver(&*nodes[0], (0..300).map(|person| delivery(person, 1))).await;
    let mut workers = JoinSet::new();
    for owner in 0..WORKERS {
        let node = Arc::clone(&nodes[usize::try_from(owner % 2).unwrap()]);
        workers.spawn(async move {
            let mut taken = Vec::new();
            for _ in 0..12 {
                let claimed = node.claim(Claim { owner, limit: 7, ..claim(10) }).await.unwrap();
                taken.extend(claimed.into_iter().map(|delivery| delivery.id));
            }
            taken
        });
    }
    let mut taken = workers.join_all().await.concat();
    // What one had in hand when another came past it is there for the next.
    let rest = nodes[0].claim(Claim { owner: WORKERS, limit: 300, ..claim(10) }).await.unwrap();
    taken.extend(rest.into_iter().map(|delivery| delivery.id));
    taken.sort_unstable();
    assert_eq!(taken, ids);
}

/// Writes to a thread as a use case does, so many times; what is stale is decided again.
async fn write(store: Arc<PostgresStore>, person: u64, times: usize) {
    let mut written = 0;
    while written < times {
        let facts = store.thread_facts(ONE, igsid(person)).await.unwrap();
        let thread = facts.thread.unwrap_or_else(|| Thread::new(ONE, igsid(person)));
        let message = message(ONE, person, thread.last_item.get() + 1);
        let event = NewEvent {
            account: ONE,
            igsid: igsid(person),
            item: message.id.item,
            kind: EventKind::ALL[0].0,
            time: at(1),
        };
        let new = engine::facts::NewDelivery { element: message.id.item.to_string(), ..delivery(person, 1) };
        let set = [
            Change::AddDelivery(new),
            Change::SaveThread(thread.with(&message)),
            Change::AddEvent(event),
            Change::AddMessage(message),
        ];
        match store.commit(ChangeSet(set.into())).await {
            Ok(()) => written += 1,
            Err(CommitError::Stale) => {}
            Err(error) => panic!("{error}"),
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nodes_that_write_to_the_same_threads_at_once_lose_nothing_and_keep_the_order() {
    const TIMES: usize = 12;
    let (nodes, database) = two().await;
    let mut writers = JoinSet::new();
    for writer in 0..WORKERS {
        let node = Arc::clone(&nodes[usize::try_from(writer % 2).unwrap()]);
        writers.spawn(write(node, writer / 4, TIMES));
    }
    writers.join_all().await;
    for person in 0..2 {
        let all = Slice { from: Start::Newest, limit: 1_000 };
        let found = nodes[1].messages(ONE, igsid(person), all).await.unwrap().items;
        let items: Vec<u64> = found.iter().map(|message| message.id.item.get()).collect();
        let expected: Vec<u64> = (1..=4 * TIMES as u64).rev().collect();
        assert_eq!(items, expected);
    }
    // One delivery of each thread has the turn, and they come in the order of the messages.
    for turn in 1..=4 * TIMES {
        let claimed = nodes[turn % 2].claim(claim(10)).await.unwrap();
        let told: BTreeSet<_> = claimed.iter().map(|delivery| (delivery.igsid, delivery.element.clone())).collect();
        assert_eq!(told, (0..2).map(|person| (igsid(person), turn.to_string())).collect());
        for delivery in &claimed {
            let (attempt, state) = (attempt(delivery, 1), DeliveryState::Delivered);
            let change = Change::RecordAttempt { owner: 1, attempt, state, due_time: at(10), hold_back: false };
            commit(&*nodes[turn % 2], [change]).await;
        }
    }
    let counted =
        ["message count", "last item", "updated time", "unread count", "attempts of a delivery", "turn", "lease"];
    let checked = house::check(&Place::Postgres(database.url.clone())).await.unwrap();
    let checked: Vec<_> = checked.iter().filter(|rule| counted.contains(&rule.name)).collect();
    assert!(checked.len() == counted.len() && checked.iter().all(|rule| rule.broken == 0), "{checked:?}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_commit_is_told_to_the_other_node_as_what_it_may_change() {
    let (nodes, _database) = two().await;
    let event = NewEvent { account: ONE, igsid: igsid(1), item: item(1), kind: EventKind::ALL[0].0, time: at(1) };
    let nothing = News::default();
    let rows = [
        (vec![Change::AddDelivery(delivery(1, 1))], News { work: true, ..nothing }),
        (vec![Change::AddEvent(event.clone())], News { log: true, ..nothing }),
        (vec![Change::PutSubscription(subscription(APP, "instagram"))], News { configuration: true, ..nothing }),
        (vec![Change::PutAccount(account(ONE, "one"))], News { configuration: true, ..nothing }),
        (vec![Change::PutSetting { name: "a", value: "1".into() }], News { settings: true, ..nothing }),
        (vec![Change::AddEvent(event), Change::AddDelivery(delivery(2, 1))], News { work: true, log: true, ..nothing }),
    ];
    for (changes, expected) in rows {
        // If these told anything, it would be heard first or with the rest.
        commit(&*nodes[0], [Change::PutPerson(person(1, "ada"))]).await;
        nodes[0].claim(claim(0)).await.unwrap();
        let what = format!("{changes:?}");
        commit(&*nodes[0], changes).await;
        let heard = tokio::time::timeout(LONG / 10, nodes[1].news()).await;
        assert_eq!(heard, Ok(expected), "{what}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_reader_of_the_log_passes_nothing_that_is_still_to_come() {
    const TIMES: usize = 12;
    let (nodes, _database) = two().await;
    let mut writers = JoinSet::new();
    for writer in 0..WORKERS {
        let node = Arc::clone(&nodes[usize::try_from(writer % 2).unwrap()]);
        writers.spawn(write(node, writer, TIMES));
    }
    // Reads on from where it was while they write, a few at a time, and never looks back.
    let (mut seen, mut last) = (Vec::new(), 0);
    while seen.len() < TIMES * usize::try_from(WORKERS).unwrap() {
        for event in nodes[1].events(last, 5).await.unwrap() {
            assert!(event.seq > last, "{} after {last}", event.seq);
            last = event.seq;
            seen.push((event.event.igsid, event.event.item));
        }
        if let Some(ended) = writers.try_join_next() {
            ended.unwrap();
        }
    }
    let once: BTreeSet<_> = seen.iter().collect();
    assert_eq!(once.len(), seen.len(), "each entry comes once");
    for person in 0..WORKERS {
        let own = seen.iter().filter(|(who, _)| *who == igsid(person)).map(|(_, item)| item.get());
        assert!(own.eq(1..=TIMES as u64), "those of a thread come in order");
    }
}

#[tokio::test]
async fn an_entry_is_not_shown_before_an_older_transaction_has_ended() {
    // A server of its own, since it holds up whoever reads a log there.
    let cluster = Cluster::start(Options::default()).unwrap();
    let url = cluster.create_database().unwrap();
    let nodes = two_on(&url).await;
    let (client, connection) = tokio_postgres::connect(&url, tokio_postgres::NoTls).await.unwrap();
    tokio::spawn(connection);
    client.batch_execute("BEGIN; SELECT pg_current_xact_id()").await.unwrap();
    let event = NewEvent { account: ONE, igsid: igsid(1), item: item(1), kind: EventKind::ALL[0].0, time: at(1) };
    commit(&*nodes[0], [Change::AddEvent(event)]).await;
    assert_eq!(
        nodes[1].events(0, 9).await.unwrap(),
        [],
        "the older one may still write an entry with a smaller number"
    );
    client.batch_execute("COMMIT").await.unwrap();
    assert_eq!(nodes[1].events(0, 9).await.unwrap().len(), 1);
}
