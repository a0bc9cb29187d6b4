//! What the tests of the PostgreSQL driver share: a database of numbers, the group that adds some, and a way to make it
//! stand still.

use std::{sync::Arc, time::Duration};

use async_trait::async_trait;
use futures_util::future::try_join_all;
use parlance_db::{
    DbError, Group, Migration, Postgres, PostgresOptions, Session, WriteError, Writer,
    tokio_postgres::{Error, types::ToSql},
};
use rig::postgres::Database;
use tokio::{
    sync::Notify,
    task::JoinHandle,
    time::{Instant, timeout},
};

pub const SCHEMA: &[Migration] = &[Migration {
    number: 1,
    name: "numbers",
    sql: "CREATE TABLE number (account BIGINT NOT NULL, value BIGINT NOT NULL, written BIGSERIAL PRIMARY KEY)",
}];

/// Longer than anything takes that does not hang.
pub const LONG: Duration = Duration::from_secs(30);

const LOCK: &str = "SELECT pg_advisory_xact_lock($1)";
const INSERT: &str = "INSERT INTO number (account, value) VALUES ($1, $2)";
const VALUES: &str = "SELECT value FROM number ORDER BY written";

/// What a test may want of a group.
pub enum Operation {
    Add(i64),
    /// Says no, and adds nothing.
    Refuse(i64),
    /// Does not go on before it is told to.
    Halt(Arc<Gate>),
    Panic,
}

#[derive(Default)]
pub struct Gate {
    reached: Notify,
    go: Notify,
}

/// Adds numbers to the account that is the key.
pub struct Numbers;

#[async_trait]
impl Group for Numbers {
    type Operation = Operation;
    type Refusal = String;

    async fn run(
        &self,
        session: &Session,
        key: i64,
        operations: &[Operation],
    ) -> Result<Vec<Result<(), String>>, Error> {
        let (mut values, mut answers) = (Vec::new(), Vec::new());
        for operation in operations {
            answers.push(Ok(()));
            match operation {
                Operation::Add(value) => values.push(*value),
                Operation::Refuse(value) => answers[values.len()..].fill(Err(format!("not {value}"))),
                Operation::Halt(gate) => {
                    gate.reached.notify_one();
                    gate.go.notified().await;
                }
                Operation::Panic => panic!("out of {}", "luck"),
            }
        }
        session.prepare(&[LOCK, INSERT]).await?;
        let lock: [&(dyn ToSql + Sync); 1] = [&key];
        let rows: Vec<[&(dyn ToSql + Sync); 2]> = values.iter().map(|value| [&key as _, value as _]).collect();
        let inserts = try_join_all(rows.iter().map(|row| session.execute(INSERT, row)));
        tokio::try_join!(session.batch("BEGIN"), session.execute(LOCK, &lock), inserts, session.batch("COMMIT"),)?;
        Ok(answers)
    }
}

/// A database in the shared cluster, and what opens it.
pub struct Home {
    database: Database,
}

impl Home {
    pub async fn new() -> Self {
        Self { database: rig::postgres::database().await }
    }

    pub fn options(&self) -> PostgresOptions {
        PostgresOptions::at(&self.database.url)
    }

    pub async fn open(&self) -> Postgres {
        Postgres::open(self.options(), SCHEMA).await.expect("the database opens")
    }

    /// Runs a statement from outside.
    pub fn ask(&self, sql: &str) -> String {
        rig::postgres::query(&self.database.url, sql).expect("the statement runs")
    }
}

pub async fn values(db: &Postgres) -> Result<Vec<i64>, DbError> {
    let rows = db.query(VALUES, &[]).await?;
    Ok(rows.iter().map(|row| row.get(0)).collect())
}

pub type Write = JoinHandle<Result<(), WriteError<String>>>;

/// A write that goes on by itself; its place in the queue is that of this call.
pub async fn spawn(writer: &Arc<Writer<Numbers>>, key: i64, operation: Operation) -> Write {
    let (writer, begun) = (writer.clone(), Arc::new(Notify::new()));
    let task = tokio::spawn({
        let begun = begun.clone();
        async move {
            let mut write = Box::pin(writer.write(key, operation));
            let first = futures_util::poll!(&mut write);
            begun.notify_one();
            match first {
                std::task::Poll::Ready(result) => result,
                std::task::Poll::Pending => write.await,
            }
        }
    });
    begun.notified().await;
    task
}

pub async fn add(writer: &Writer<Numbers>, key: i64, value: i64) -> Result<(), WriteError<String>> {
    writer.write(key, Operation::Add(value)).await
}

/// A group that stands still.
pub struct Halt {
    gate: Arc<Gate>,
    pub write: Write,
}

impl Halt {
    pub async fn at(writer: &Arc<Writer<Numbers>>, key: i64) -> Self {
        let gate = Arc::new(Gate::default());
        let write = spawn(writer, key, Operation::Halt(gate.clone())).await;
        gate.reached.notified().await;
        Self { gate, write }
    }

    pub async fn release(self) {
        self.gate.go.notify_one();
        self.write.await.expect("the task ends").expect("the write is made");
    }
}

/// Returns once that many operations wait for a writer.
pub async fn queued(db: &Postgres, count: u64) {
    while db.stats().queued < count {
        tokio::task::yield_now().await;
    }
}

/// Asks again until the answer is good, as a caller would who was told to come back.
pub async fn eventually<T, E: std::fmt::Debug, F: Future<Output = Result<T, E>>>(mut ask: impl FnMut() -> F) -> T {
    let tries = async {
        loop {
            match ask().await {
                Ok(answer) => return answer,
                Err(_) => tokio::time::sleep(Duration::from_millis(20)).await, // sleep: a caller's pause between tries
            }
        }
    };
    timeout(LONG, tries).await.expect("it recovers")
}

/// What a call answered, and whether it did so within `limit`.
pub async fn within<T>(limit: Duration, call: impl Future<Output = T>) -> T {
    let begun = Instant::now();
    let answer = timeout(LONG, call).await.expect("it ends");
    assert!(begun.elapsed() <= limit, "took {:?}, and no more than {limit:?} is allowed", begun.elapsed());
    answer
}
