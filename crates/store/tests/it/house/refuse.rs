//! What is refused rather than done to a database.

use engine::store::{Store, StoreError};
use parlance_store::house::{self, HouseError, Place};
use parlance_store::{PostgresStore, SqliteStore};

use super::fixture::{House, ask, copy, moved, place, refused};

const BEGUN: &str =
    "CREATE TABLE copy_progress (name TEXT NOT NULL PRIMARY KEY, rows BIGINT NOT NULL, last TEXT NOT NULL);
    INSERT INTO copy_progress VALUES ('', 0, 'sqlite:/elsewhere')";

#[tokio::test]
async fn a_target_with_something_in_it_is_left_alone() {
    let (house, other) = (House::with(9).await, House::with(3).await);
    let before = super::fixture::dump(&other.path);
    let sentence = refused(copy(&house.place(), &other.place()).await);
    assert!(sentence.contains("not empty") && sentence.contains("message"), "{sentence}");
    assert_eq!(super::fixture::dump(&other.path), before);

    let database = moved(&other).await;
    let sentence = refused(copy(&house.place(), &place(&database)).await);
    assert!(sentence.contains("not empty"), "{sentence}");
    assert_eq!(ask(&database, "SELECT count(*) FROM message"), "3");
}

#[tokio::test]
async fn a_copy_of_another_source_is_not_gone_on_with() {
    let (house, target) = (House::with(9).await, House::empty());
    house::migrate(&target.place()).await.unwrap();
    target.run(BEGUN);
    let sentence = refused(copy(&house.place(), &target.place()).await);
    assert!(sentence.contains("sqlite:/elsewhere"), "{sentence}");
}

#[tokio::test]
async fn an_unfinished_copy_is_not_used_for_anything_else() {
    let house = House::with(9).await;
    let database = moved(&house).await;
    house.run(BEGUN);
    ask(&database, BEGUN);
    for place in [house.place(), place(&database)] {
        let target = House::empty();
        for sentence in [
            refused(copy(&place, &target.place()).await),
            refused(house::check(&place).await),
            refused(house::migrate(&place).await),
        ] {
            assert!(sentence.contains("has not ended"), "{place}: {sentence}");
        }
    }
    let folder = tempfile::tempdir().unwrap();
    assert!(refused(house::backup(&house.files(), folder.path())).contains("has not ended"));
    let unavailable = |error: Option<StoreError>| match error {
        Some(StoreError::Unavailable(sentence)) => assert!(sentence.contains("has not ended"), "{sentence}"),
        other => panic!("{other:?}"),
    };
    unavailable(SqliteStore::open(&house.path).err());
    unavailable(PostgresStore::open(&database.url).await.err());
}

#[tokio::test]
async fn a_file_that_is_open_elsewhere_is_neither_source_nor_target() {
    let (house, other) = (House::with(9).await, House::empty());
    let store = SqliteStore::open(&house.path).unwrap();
    for (from, to) in [(house.place(), other.place()), (other.place(), house.place())] {
        let error = copy(&from, &to).await.unwrap_err();
        let there = matches!(&from, Place::Sqlite(path) if path.exists());
        let text = error.to_string();
        assert!(if there { text.contains("in use") } else { text.contains("no database") }, "{from}: {text}");
    }
    store.close().await.unwrap();
}

#[tokio::test]
async fn a_source_that_is_missing_old_or_the_target_itself_is_refused() {
    let (house, nothing) = (House::with(1).await, House::empty());
    assert!(refused(copy(&nothing.place(), &house.place()).await).contains("no database"));
    assert!(!nothing.path.exists());
    assert!(refused(copy(&house.place(), &house.place()).await).contains("same database"));
    house.run("DELETE FROM migration WHERE number > 1");
    assert!(refused(copy(&house.place(), &nothing.place()).await).contains("parlance db migrate"));
    assert!(refused(house::check(&house.place()).await).contains("parlance db migrate"));
    let database = rig::postgres::database().await;
    assert!(refused(copy(&place(&database), &nothing.place()).await).contains("parlance db migrate"));
}

#[tokio::test]
async fn no_failure_names_the_password() {
    let nowhere = Place::Postgres("postgres://ann:s3cret@127.0.0.1:1/x".to_owned());
    let house = House::with(1).await;
    for error in [
        copy(&nowhere, &house.place()).await.unwrap_err(),
        copy(&house.place(), &nowhere).await.unwrap_err(),
        house::check(&nowhere).await.unwrap_err(),
        house::migrate(&nowhere).await.unwrap_err(),
    ] {
        assert!(matches!(error, HouseError::Database(_)));
        assert!(!format!("{error} {error:?} {nowhere}").contains("s3cret"), "{error:?}");
    }
}

#[tokio::test]
async fn migrating_says_from_where_to_where() {
    let house = House::empty();
    let newest = house::migrate(&house.place()).await.unwrap().1;
    assert!(newest >= 2);
    assert_eq!(house::migrate(&house.place()).await.unwrap(), (newest, newest));
    let database = rig::postgres::database().await;
    let (from, to) = house::migrate(&place(&database)).await.unwrap();
    assert!(from == 0 && to >= 1);
    assert_eq!(house::migrate(&place(&database)).await.unwrap(), (to, to));
}
