//! Moving from one engine to the other and back.

use std::time::Duration;

use parlance_store::house::{self, Progress, Stage};
use tokio::sync::mpsc::unbounded_channel;

use super::fixture::{House, ask, copy, dump, moved, place};

/// Enough for several parts, the last of which is not full.
const MESSAGES: i64 = 6_500;
/// Whether no copy into the database is under way; what was locked is free again when this has been answered.
const LOCK: &str = "SELECT pg_try_advisory_lock(1886547811, 2)";

#[tokio::test]
async fn everything_goes_to_postgresql_and_back() {
    let house = House::with(MESSAGES).await;
    let database = moved(&house).await;
    assert_eq!(ask(&database, "SELECT count(*) FROM message"), MESSAGES.to_string());
    assert_eq!(ask(&database, "SELECT count(*) FROM delivery WHERE lease_owner IS NULL AND lease_until IS NULL"), "5");
    assert_eq!(ask(&database, "SELECT to_regclass('copy_progress') IS NULL"), "t");
    assert_eq!(ask(&database, "SELECT require_proof FROM app WHERE id = 7"), "t");

    let back = House::empty();
    let copied = copy(&place(&database), &back.place()).await.unwrap();
    assert!(copied.agrees() && !copied.resumed, "{copied:?}");
    assert_eq!(dump(&house.path), dump(&back.path));
    assert_eq!(back.ask("SELECT count(*) FROM delivery WHERE lease_owner IS NOT NULL OR lease_until IS NOT NULL"), "0");
    assert_eq!(back.ask("SELECT count(*) FROM sqlite_master WHERE name = 'copy_progress'"), "0");
    assert_eq!(back.ask("SELECT count(*) FROM setting WHERE name = 'event_base'"), "0", "it is PostgreSQL's own");
    let messages = copied.tables.iter().find(|table| table.table == "message").unwrap();
    assert_eq!(messages.to.rows, u64::try_from(MESSAGES).unwrap());
    assert_eq!(messages.to.checksum().len(), 64);
}

#[tokio::test]
async fn one_engine_goes_to_another_of_its_kind() {
    let house = House::with(100).await;
    let twin = House::empty();
    assert!(copy(&house.place(), &twin.place()).await.unwrap().agrees());
    assert_eq!(dump(&house.path), dump(&twin.path));
    let database = moved(&house).await;
    let other = rig::postgres::database().await;
    assert!(copy(&place(&database), &place(&other)).await.unwrap().agrees());
    assert_eq!(
        ask(&other, "SELECT count(*), sum(item) FROM message"),
        ask(&database, "SELECT count(*), sum(item) FROM message")
    );
}

#[tokio::test]
async fn progress_counts_up_to_all_rows_twice() {
    let house = House::with(MESSAGES).await;
    let target = House::empty();
    let mut seen: Vec<Progress> = Vec::new();
    house::copy(&house.place(), &target.place(), &mut |progress| seen.push(progress)).await.unwrap();
    for stage in [Stage::Copying, Stage::Checking] {
        let done: Vec<_> = seen.iter().filter(|progress| progress.stage == stage).collect();
        assert!(done.is_sorted_by_key(|progress| progress.done), "{done:?}");
        // A setting is PostgreSQL's own and is not copied.
        assert_eq!(done.last().map(|last| last.done), done.last().map(|last| last.total - 1));
        assert_eq!(done.iter().filter(|progress| progress.table == "message").count(), 4);
    }
}

/// Cuts a copy off after each of its parts in turn, and finishes it.
#[tokio::test]
async fn a_copy_that_is_cut_off_anywhere_goes_on_to_the_same_end() {
    let house = House::with(MESSAGES).await;
    let database = moved(&house).await;
    for from in [house.place(), place(&database)] {
        let (file, server) = (House::empty(), rig::postgres::database().await);
        for to in [file.place(), place(&server)] {
            let mut cuts = 0;
            while cut_off(&from, &to, 2).await {
                cuts += 1;
            }
            assert!(cuts > 8, "{from} to {to}: cut off {cuts} times only");
        }
        assert_eq!(dump(&file.path), dump(&house.path), "from {from}");
        let back = House::empty();
        assert!(copy(&place(&server), &back.place()).await.unwrap().agrees());
        assert_eq!(dump(&back.path), dump(&house.path), "from {from}");
    }
}

/// Copies until `parts` were copied; false when it came to its end.
async fn cut_off(from: &house::Place, to: &house::Place, parts: usize) -> bool {
    let (told, mut parts_done) = unbounded_channel();
    let mut watch = move |progress: Progress| {
        if progress.stage == Stage::Copying {
            told.send(()).unwrap();
        }
    };
    let enough = async {
        for _ in 0..parts {
            if parts_done.recv().await.is_none() {
                std::future::pending::<()>().await;
            }
        }
    };
    let is_cut_off = tokio::select! {
        biased;
        () = enough => true,
        copied = house::copy(from, to, &mut watch) => {
            assert!(copied.unwrap().agrees());
            false
        }
    };
    for place in [from, to] {
        left_alone(place).await;
    }
    is_cut_off
}

/// Returns once nothing holds the lock of a database that the copy had: a session may end later than its client, and a child
/// that another test was starting meanwhile has our open files until it becomes another program.
async fn left_alone(place: &house::Place) {
    let is_free = || match place {
        house::Place::Sqlite(path) => db::Sqlite::lock(path).is_ok(),
        house::Place::Postgres(url) => rig::postgres::query(url, LOCK).unwrap() == "t",
    };
    let waited = async {
        while !is_free() {
            tokio::time::sleep(Duration::from_millis(10)).await; // sleep: between two looks at what other processes hold
        }
    };
    let waited = tokio::time::timeout(rig::wait::LIMIT, waited).await;
    assert!(waited.is_ok(), "{place} is held still");
}

#[tokio::test]
async fn a_row_that_changed_on_the_way_is_told_and_the_copy_stays_unfinished() {
    let house = House::with(MESSAGES).await;
    let target = House::empty();
    assert!(cut_off(&house.place(), &target.place(), 20).await);
    target.run("UPDATE message SET text = 'text 4?' WHERE item = 4");
    for _ in 0..2 {
        let copied = copy(&house.place(), &target.place()).await.unwrap();
        assert!(copied.resumed && !copied.agrees());
        let differ: Vec<_> =
            copied.tables.iter().filter(|table| table.from != table.to).map(|table| table.table).collect();
        assert_eq!(differ, ["message"]);
        assert_eq!(target.ask("SELECT count(*) FROM sqlite_master WHERE name = 'copy_progress'"), "1");
    }
}
