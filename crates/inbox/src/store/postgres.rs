//! Executing statements on PostgreSQL.

use async_trait::async_trait;
use db::sql::{Expect, Query, Row, Write};
use db::tokio_postgres::Error;
use db::tokio_postgres::error::SqlState;
use db::tokio_postgres::types::ToSql;
use db::{Group, PostgresOptions, Session, WriteError, Writer};
use futures_util::future::{BoxFuture, FutureExt, TryFutureExt, try_join_all};

use super::{CommitError, Committed, StoreError, lane, schema};
use crate::ids::WorkspaceId;

pub(super) struct Postgres {
    db: db::Postgres,
    writer: Writer<Sets>,
}

impl Postgres {
    pub(super) async fn open(url: &str) -> Result<Self, StoreError> {
        let db = db::Postgres::open(PostgresOptions::at(url), schema::POSTGRES).await?;
        let writer = Writer::start(&db, Sets);
        Ok(Self { db, writer })
    }

    pub(super) async fn commit(
        &self,
        workspace: WorkspaceId,
        writes: Vec<Write<'static>>,
    ) -> Result<Committed, CommitError> {
        match self.writer.write(lane(workspace), writes).await {
            Ok(()) => Ok(Committed::Whole),
            Err(WriteError::Refused(Refusal::Stopped)) => Ok(Committed::Stopped),
            Err(WriteError::Refused(Refusal::Stale)) => Err(CommitError::Stale),
            Err(WriteError::Refused(Refusal::Refused(why))) => Err(StoreError::Unavailable(why).into()),
            Err(WriteError::Db(error)) => Err(CommitError::Store(error.into())),
        }
    }

    pub(super) async fn many<T>(&self, query: Query<'static, T>) -> Result<Vec<T>, StoreError> {
        decoded(&self.db.query(query.statement.postgres, &params(&query.params)).await?, &query)
    }

    pub(super) async fn list<T>(&self, query: Query<'static, T>) -> Result<Vec<T>, StoreError> {
        decoded(&self.db.query_slow(query.statement.postgres, &params(&query.params)).await?, &query)
    }

    pub(super) async fn close(&self) -> Result<(), StoreError> {
        Ok(self.db.close().await?)
    }
}

fn params<'a>(values: &'a [db::sql::Value<'_>]) -> Vec<&'a (dyn ToSql + Sync)> {
    values.iter().map(|value| value as &(dyn ToSql + Sync)).collect()
}

fn decoded<T>(rows: &[db::tokio_postgres::Row], query: &Query<'_, T>) -> Result<Vec<T>, StoreError> {
    let all: Result<Vec<T>, _> = rows.iter().map(|row| (query.decode)(Row::from(row))).collect();
    all.map_err(|corrupt| StoreError::Corrupt(corrupt.to_string()))
}

/// Writes sets of one workspace in one transaction, each in a savepoint of its own.
struct Sets;

/// Why a set was not written, or not whole, while its neighbours were.
enum Refusal {
    /// It found that it had been done before.
    Stopped,
    Stale,
    Refused(String),
}

#[async_trait]
impl Group for Sets {
    type Operation = Vec<Write<'static>>;
    type Refusal = Refusal;

    async fn run(
        &self,
        session: &Session,
        _key: i64,
        sets: &[Vec<Write<'static>>],
    ) -> Result<Vec<Result<(), Refusal>>, Error> {
        let texts: Vec<&'static str> = sets.iter().flatten().map(|write| write.statement.postgres).collect();
        session.prepare(&texts).await?;
        session.batch("BEGIN").await?;
        let mut answers = Vec::with_capacity(sets.len());
        for set in sets {
            let answer = match apply(session, set).await {
                Ok(answer) => answer,
                Err(error) => Err(refusal(error)?),
            };
            let end = if answer.is_ok() { "RELEASE SAVEPOINT one" } else { "ROLLBACK TO SAVEPOINT one" };
            session.batch(end).await?;
            answers.push(answer);
        }
        session.batch("COMMIT").await?;
        Ok(answers)
    }
}

/// Begins a savepoint and executes a set in it, all in one round trip: what each statement has done is looked at afterwards,
/// since whatever does not hold undoes the whole set. What only stops a set stands in front of it, so undoing leaves out the
/// same.
async fn apply(session: &Session, writes: &[Write<'_>]) -> Result<Result<(), Refusal>, Error> {
    let params: Vec<_> = writes.iter().map(|write| params(&write.params)).collect();
    let mut all: Vec<BoxFuture<'_, Result<u64, Error>>> = Vec::with_capacity(writes.len() + 1);
    all.push(session.batch("SAVEPOINT one").map_ok(|()| 0).boxed());
    for (write, params) in writes.iter().zip(&params) {
        all.push(session.execute(write.statement.postgres, params).boxed());
    }
    let changed = try_join_all(all).await?;
    for (write, changed) in writes.iter().zip(&changed[1..]) {
        match write.expect {
            Expect::One if *changed != 1 => return Ok(Err(Refusal::Stale)),
            Expect::OneOrStop if *changed != 1 => return Ok(Err(Refusal::Stopped)),
            _ => {}
        }
    }
    Ok(Ok(()))
}

/// What an error says of one set.
///
/// # Errors
/// The error itself, when the whole transaction is lost or has to be made again.
fn refusal(error: Error) -> Result<Refusal, Error> {
    let Some(told) = error.as_db_error() else { return Err(error) };
    let code = told.code();
    if *code == SqlState::UNIQUE_VIOLATION {
        return Ok(Refusal::Stale);
    }
    match &code.code()[..2] {
        "21" | "22" | "23" | "42" | "P0" => Ok(Refusal::Refused(format!("{}: {}", code.code(), told.message()))),
        _ => Err(error),
    }
}
