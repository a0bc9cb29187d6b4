//! `kill -9` of the server at any moment loses nothing that was answered and writes nothing by half.

use std::path::Path;

use engine::change::{Change, ChangeSet};
use engine::demo;
use engine::facts::Install;
use engine::store::Store;
use rig::postgres::database;
use serde_json::Value;
use store::{PostgresStore, SqliteStore};
use wire::dialect::Dialect;
use wire::time::Millis;
use wire::webhook_field;

use super::{NO_LIMIT, assert_sound, scale, told};
use crate::audit::deliveries;
use crate::load::{End, Habit, Nodes, Side, some};
use crate::process::{Emulator, parlance, printed};
use crate::site::{AppKey, Site, catch_up, left_alone};
use crate::web::Web;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn kill9_sqlite() {
    let folder = tempfile::tempdir().unwrap();
    let database = format!("sqlite:{}", folder.path().join("parlance.db").display());
    let start = || Emulator::start(folder.path(), &[NO_LIMIT]);
    start().terminate();
    let path = folder.path().join("parlance.db");
    let second =
        second_app(&database, folder.path(), || async { Box::new(SqliteStore::open(path).unwrap()) as _ }).await;
    kills("kill9_sqlite", scale(40, 200), second, start, || {}).await;
    assert_sound(&database);
}

/// The leases of a node that was killed are not given back at the next start, since others may be there: they run out.
/// They are short here, as a move of the clock waits for them.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn kill9_postgres() {
    let (folder, database) = (tempfile::tempdir().unwrap(), database().await);
    let settings = [NO_LIMIT, "webhook_timeout_ms=1000", "delivery_lease_ms=2000"];
    let start = || Emulator::start_on(&database.url, folder.path(), &settings);
    start().terminate();
    let open = || async { Box::new(PostgresStore::open(&database.url).await.unwrap()) as _ };
    let second = second_app(&database.url, folder.path(), open).await;
    kills("kill9_postgres", scale(20, 200), second, start, || left_alone(&database.url)).await;
    assert_sound(&database.url);
}

/// Makes another app for the account, in a database that has the demo world and that nobody serves.
async fn second_app<O: Future<Output = Box<dyn Store>>>(
    database: &str,
    data: &Path,
    open: impl FnOnce() -> O,
) -> AppKey {
    let words = ["app", "create", "--name", "Second", "--database", database, "--data"];
    let made: Value = serde_json::from_str(&printed(parlance().args(words).arg(data))).unwrap();
    let text = |name: &str| made[name].as_str().unwrap().to_owned();
    let key = AppKey { id: text("id"), secret: text("secret") };
    let permissions = webhook_field::find("messages").unwrap().facebook_login.unwrap();
    let install = Install {
        account: demo::ACCOUNT,
        app: key.id.parse().unwrap(),
        login: Dialect::Facebook,
        page: Some(demo::PAGE),
        subscribed_fields: vec!["messages".into()],
        scopes: permissions.iter().map(|scope| (*scope).to_owned()).collect(),
        created_time: Millis::new(1_795_000_000_000),
    };
    let store = open().await;
    store.commit(ChangeSet(vec![Change::PutInstall(install)])).await.unwrap();
    store.close().await.unwrap();
    key
}

/// Kills under load as often; `gone` is called after each. Two apps are told of everything.
async fn kills(name: &str, rounds: usize, second: AppKey, start: impl Fn() -> Emulator, gone: impl Fn()) {
    let mut emulator = start();
    let mut web = Web::new(&emulator.url);
    let mut site = Site::open_with(&web, &[second]).await;
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
    told(name, &format!("{rounds} times kill -9 of the server under load, two apps subscribed"), &findings.words());
}
