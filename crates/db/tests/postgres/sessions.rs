//! What a session promises to a group: order, all or nothing, and another try where one may help.

use std::sync::{
    Arc,
    atomic::{AtomicUsize, Ordering::Relaxed},
};

use crate::common::{Home, values};
use async_trait::async_trait;
use parlance_db::{
    DbError, Group, Postgres, Session, WriteError, Writer,
    tokio_postgres::{Error, types::ToSql},
};

const FIRST: &str = "INSERT INTO number (account, value) VALUES ($1, 1) RETURNING *";
const SECOND: &str = "INSERT INTO number (account, value) VALUES ($1, 2)";
const COUNT: &str = "SELECT count(*) FROM number WHERE account = $1";
const COLLIDE: &str = "DO $$ BEGIN RAISE EXCEPTION 'again' USING ERRCODE = '40001'; END $$";

/// What a group does with its one operation.
#[derive(Clone, Copy)]
enum Deed {
    /// Joins statements of which none is prepared, a known one between them.
    Unprepared,
    /// Joins a statement whose parameter does not fit with those around it.
    Misfit,
    /// Meets serialization failures, so many times.
    Collides(usize),
    /// Inserts what a change of the schema changes the shape of.
    Shaped,
}

#[derive(Default)]
struct Deeds {
    runs: Arc<AtomicUsize>,
}

#[async_trait]
impl Group for Deeds {
    type Operation = Deed;
    type Refusal = String;

    async fn run(&self, session: &Session, key: i64, operations: &[Deed]) -> Result<Vec<Result<(), String>>, Error> {
        let run = self.runs.fetch_add(1, Relaxed);
        let account: [&(dyn ToSql + Sync); 1] = [&key];
        match operations[0] {
            Deed::Unprepared => {
                session.prepare(&[COUNT]).await?;
                let (_, before, _, between, _, after, _) = tokio::try_join!(
                    session.batch("BEGIN"),
                    session.query(COUNT, &account),
                    session.query(FIRST, &account),
                    session.query(COUNT, &account),
                    session.execute(SECOND, &account),
                    session.query(COUNT, &account),
                    session.batch("COMMIT"),
                )?;
                let counts = [before, between, after].map(|rows| rows[0].get::<_, i64>(0));
                assert_eq!(counts, [0, 1, 2], "each saw what was asked before it, and no more");
            }
            Deed::Misfit => {
                session.prepare(&[FIRST, SECOND]).await?;
                let misfit: [&(dyn ToSql + Sync); 1] = [&"text"];
                tokio::try_join!(
                    session.batch("BEGIN"),
                    session.query(FIRST, &account),
                    session.execute(SECOND, &misfit),
                    session.batch("COMMIT"),
                )?;
            }
            Deed::Collides(times) => {
                session.prepare(&[FIRST, SECOND]).await?;
                tokio::try_join!(
                    session.batch("BEGIN"),
                    session.query(FIRST, &account),
                    session.batch(if run < times { COLLIDE } else { "" }),
                    session.execute(SECOND, &account),
                    session.query(FIRST, &account),
                    session.batch("COMMIT"),
                )?;
            }
            Deed::Shaped => {
                session.prepare(&[FIRST]).await?;
                tokio::try_join!(session.batch("BEGIN"), session.query(FIRST, &account), session.batch("COMMIT"),)?;
            }
        }
        Ok(vec![Ok(())])
    }
}

async fn open(home: &Home) -> (Postgres, Writer<Deeds>, Arc<AtomicUsize>) {
    let (db, group) = (home.open().await, Deeds::default());
    let runs = group.runs.clone();
    let writer = Writer::start(&db, group);
    (db, writer, runs)
}

#[tokio::test]
async fn joined_calls_keep_their_order_even_when_statements_must_be_prepared() {
    let home = Home::new().await;
    let (db, writer, _) = open(&home).await;
    writer.write(7, Deed::Unprepared).await.unwrap();
    assert_eq!(values(&db).await.unwrap(), [1, 2]);
}

#[tokio::test]
async fn a_call_that_cannot_be_sent_fails_the_transaction_that_it_is_joined_with() {
    let home = Home::new().await;
    let (db, writer, runs) = open(&home).await;
    let error = writer.write(7, Deed::Misfit).await.unwrap_err();
    assert!(matches!(&error, WriteError::Db(DbError::Commit(reason)) if reason.contains("parameter 0")), "{error}");
    assert!(values(&db).await.unwrap().is_empty(), "the commit behind it undid the rest");
    writer.write(7, Deed::Shaped).await.unwrap();
    assert_eq!((values(&db).await.unwrap(), runs.load(Relaxed)), (vec![1], 2));
}

#[tokio::test]
async fn a_group_that_collides_is_tried_again_three_times() {
    let home = Home::new().await;
    let (db, writer, runs) = open(&home).await;
    writer.write(7, Deed::Collides(3)).await.unwrap();
    assert_eq!((values(&db).await.unwrap(), runs.swap(0, Relaxed)), (vec![1, 2, 1], 4));
    let error = writer.write(7, Deed::Collides(9)).await.unwrap_err();
    assert!(matches!(&error, WriteError::Db(DbError::Commit(reason)) if reason == "again (40001)"), "{error}");
    assert_eq!((values(&db).await.unwrap(), runs.load(Relaxed)), (vec![1, 2, 1], 4));
    assert_eq!((db.stats().groups, db.stats().failed_groups, db.stats().reconnects), (1, 1, 0));
}

#[tokio::test]
async fn a_changed_schema_makes_a_writer_prepare_anew_and_loses_nothing() {
    let home = Home::new().await;
    let (db, writer, _) = open(&home).await;
    writer.write(7, Deed::Shaped).await.unwrap();
    home.ask("ALTER TABLE number ADD COLUMN more TEXT");
    writer.write(7, Deed::Shaped).await.unwrap();
    assert_eq!(values(&db).await.unwrap(), [1, 1]);
    assert_eq!(db.stats().reconnects, 1);
}
