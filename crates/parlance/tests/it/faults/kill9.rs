//! `kill -9` of the server at any moment loses nothing that was answered and writes nothing by half.

use std::path::Path;

use rig::postgres::database;

use super::{NO_LIMIT, scale, told};
use crate::audit::deliveries;
use crate::load::{End, Habit, Nodes, Side, some};
use crate::process::Emulator;
use crate::site::{Site, catch_up, left_alone};
use crate::web::Web;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn kill9_sqlite() {
    let folder = tempfile::tempdir().unwrap();
    let start = |folder: &Path| Emulator::start(folder, &[NO_LIMIT]);
    kills("kill9_sqlite", scale(40, 200), || start(folder.path()), || {}).await;
}

/// The leases of a node that was killed are not given back at the next start, since others may be there: they run out.
/// They are short here, as a move of the clock waits for them.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn kill9_postgres() {
    let (folder, database) = (tempfile::tempdir().unwrap(), database().await);
    let settings = [NO_LIMIT, "webhook_timeout_ms=1000", "delivery_lease_ms=2000"];
    let start = || Emulator::start_on(&database.url, folder.path(), &settings);
    kills("kill9_postgres", scale(20, 200), start, || left_alone(&database.url)).await;
}

/// Kills under load as often; `gone` is called after each.
async fn kills(name: &str, rounds: usize, start: impl Fn() -> Emulator, gone: impl Fn()) {
    let mut emulator = start();
    let mut web = Web::new(&emulator.url);
    let mut site = Site::open(&web).await;
    let mut untold = 0;
    for round in 0..rounds {
        let mut load = site.load(&Nodes::new(&[&web]), Habit::Faithful);
        load.answered(some(round)).await;
        emulator.kill();
        let calls = site.stop(load).await;
        assert!(calls.iter().all(|call| call.end != End::Refused), "a killed server answers nothing");
        gone();

        emulator = start();
        web = Web::new(&emulator.url);
        untold += deliveries(&web, "&state=pending").await;
        // A long run looks through everything now and then: it becomes much.
        if round % scale(1, 5) == 0 {
            site.look(&web).await;
        }
        if round % 4 == 3 {
            catch_up(&web, "31s").await;
        }
        for writer in site.writers.iter_mut().filter(|writer| writer.side == Side::Person) {
            assert_eq!(writer.write(&web).await, End::Done, "it works again at once");
        }
    }
    catch_up(&web, "1h").await;
    let findings = site.finish(&web).await;
    assert!(
        findings.in_doubt >= rounds && untold >= rounds,
        "kills came amid {} calls, {untold} deliveries",
        findings.in_doubt
    );
    assert!(emulator.terminate().0.success());
    told(name, &format!("{rounds} times kill -9 of the server under load"), &findings.words());
}
