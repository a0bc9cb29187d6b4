//! Backup of a file that is in use, and the way back.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use engine::change::{Change, ChangeSet};
use engine::facts::Thread;
use engine::store::Store;
use parlance_store::SqliteStore;
use parlance_store::house::{self, Files, HouseError};

use super::fixture::{House, dump, refused};
use crate::make::{ONE, commit, igsid, message, person, scoped_user};

/// Writes a message and its thread, a transaction each, until told to stop; gives how many.
async fn write(store: Arc<SqliteStore>, stop: Arc<AtomicBool>) -> u64 {
    let mut thread = Thread::new(ONE, igsid(5));
    while !stop.load(Ordering::Relaxed) {
        let message = message(ONE, 5, thread.message_count + 1);
        thread = thread.with(&message);
        store.commit(ChangeSet(vec![Change::AddMessage(message), Change::SaveThread(thread.clone())])).await.unwrap();
    }
    thread.message_count
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_backup_of_a_database_under_load_is_one_moment_of_it() {
    let house = House::with(3_000).await;
    let store = Arc::new(SqliteStore::open(&house.path).unwrap());
    commit(&*store, [Change::PutPerson(person(5, "eve")), Change::PutAccount(crate::make::account(ONE, "one"))]).await;
    commit(&*store, [Change::AddScopedUser(scoped_user(ONE, 5))]).await;
    let stop = Arc::new(AtomicBool::new(false));
    let writer = tokio::spawn(write(Arc::clone(&store), Arc::clone(&stop)));
    while store.thread(ONE, igsid(5)).await.unwrap().is_none_or(|view| view.thread.message_count < 10) {
        tokio::task::yield_now().await;
    }
    let target = tempfile::tempdir().unwrap();
    let to = target.path().join("new/backup");
    let (files, into) = (house.files(), to.clone());
    let made = tokio::task::spawn_blocking(move || house::backup(&files, &into)).await.unwrap().unwrap();
    stop.store(true, Ordering::Relaxed);
    let written = writer.await.unwrap();
    store.close().await.unwrap();

    assert_eq!(fs::metadata(to.join("parlance.db")).unwrap().len(), made.bytes);
    assert_eq!(fs::read(to.join("key")).unwrap(), [7; 32]);
    for (path, mode) in [(to.join("key"), 0o600), (to.clone(), 0o700)] {
        assert_eq!(fs::metadata(path).unwrap().permissions().mode() & 0o777, mode);
    }
    let mut names: Vec<_> = fs::read_dir(&to).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    names.sort();
    assert_eq!(names, ["key", "parlance.db"]);

    let restored = target.path().join("restored");
    assert!(house::restore(&to, &Files::of(&restored), None).unwrap().kept.is_none());
    let place = house::Place::Sqlite(restored.join("parlance.db"));
    // A message without its thread's count would be seen.
    assert!(house::check(&place).await.unwrap().iter().all(|rule| rule.broken == 0));
    let store = SqliteStore::open(restored.join("parlance.db")).unwrap();
    let kept = store.thread(ONE, igsid(5)).await.unwrap().unwrap().thread.message_count;
    assert!((10..=written).contains(&kept), "{kept} of {written}");
    store.close().await.unwrap();
}

#[tokio::test]
async fn what_is_restored_is_what_was_backed_up() {
    let house = House::with(300).await;
    let before = dump(&house.path);
    let backup = tempfile::tempdir().unwrap();
    house::backup(&house.files(), backup.path()).unwrap();
    assert!(refused(house::backup(&house.files(), backup.path())).contains("a backup in"));
    house.run("DELETE FROM message");
    fs::write(house.folder.path().join("key"), [8; 32]).unwrap();
    let damaged = dump(&house.path);

    assert!(refused(house::restore(backup.path(), &house.files(), None)).contains("--replace"));
    assert_eq!(dump(&house.path), damaged, "it is left alone");
    let kept = house::restore(backup.path(), &house.files(), Some("replaced-1")).unwrap().kept.unwrap();
    assert_eq!(dump(&house.path), before);
    assert_eq!(fs::read(house.folder.path().join("key")).unwrap(), [7; 32]);
    assert_eq!(kept, house.folder.path().join("parlance.db.replaced-1"));
    assert_eq!(dump(&kept), damaged);
    assert_eq!(fs::read(house.folder.path().join("key.replaced-1")).unwrap(), [8; 32]);
    // Nothing is written over, whatever the time says.
    let again = house::restore(backup.path(), &house.files(), Some("replaced-1"));
    assert!(matches!(again, Err(HouseError::Disk { .. })), "{again:?}");
    assert_eq!(dump(&kept), damaged);
}

#[tokio::test]
async fn a_log_that_was_left_by_a_crash_is_kept_with_what_it_belongs_to() {
    let (house, other) = (House::with(30).await, House::with(5).await);
    let backup = tempfile::tempdir().unwrap();
    house::backup(&other.files(), backup.path()).unwrap();
    // As kill -9 leaves it: the newest commit is in the log only.
    let crashed = tempfile::tempdir().unwrap();
    let writer = house.connection();
    writer.execute_batch("PRAGMA wal_autocheckpoint = 0; UPDATE user SET name = 'in the log'").unwrap();
    for name in ["parlance.db", "parlance.db-wal", "key"] {
        fs::copy(house.folder.path().join(name), crashed.path().join(name)).unwrap();
    }
    drop(writer);
    let kept = house::restore(backup.path(), &Files::of(crashed.path()), Some("old")).unwrap().kept.unwrap();
    assert_eq!(dump(&kept), dump(&house.path));
    assert_eq!(dump(&crashed.path().join("parlance.db")), dump(&other.path));
}

#[tokio::test]
async fn what_is_no_sound_backup_is_not_restored() {
    let house = House::with(3_000).await;
    let backup = tempfile::tempdir().unwrap();
    assert!(refused(house::restore(backup.path(), &house.files(), Some("x"))).contains("no backup"));
    house::backup(&house.files(), backup.path()).unwrap();
    let before = dump(&house.path);

    let store = SqliteStore::open(&house.path).unwrap();
    let error = house::restore(backup.path(), &house.files(), Some("x")).unwrap_err();
    assert!(error.to_string().contains("in use"), "{error}");
    store.close().await.unwrap();

    let path = backup.path().join("parlance.db");
    let sound = fs::read(&path).unwrap();
    let mut damaged = sound.clone();
    let middle = damaged.len() / 2;
    damaged[middle..middle + 20_000].fill(0xa5);
    fs::write(&path, &damaged).unwrap();
    assert!(house::restore(backup.path(), &house.files(), Some("x")).is_err());
    fs::write(&path, &sound[..middle]).unwrap();
    assert!(house::restore(backup.path(), &house.files(), Some("x")).is_err());
    fs::write(&path, &sound).unwrap();
    fs::remove_file(backup.path().join("key")).unwrap();
    assert!(refused(house::restore(backup.path(), &house.files(), Some("x"))).contains("key is missing"));
    assert_eq!(dump(&house.path), before);
    assert!(!house.folder.path().join("parlance.db.x").exists());
}
