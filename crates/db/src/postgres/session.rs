//! A connection in the hands of one group: what is asked goes out in order, without waiting for answers.

use std::{future::poll_fn, pin::pin, task::Poll};

use tokio::{
    sync::{Semaphore, SemaphorePermit},
    task::{unconstrained, yield_now},
};
use tokio_postgres::{Error, Row, Statement, error::SqlState, types::ToSql};

use super::link::Link;

/// A statement that fails on the server, whatever it does.
const SPOIL: &str = "parlance could not send a parameter";

/// A connection in the hands of one group.
///
/// Futures of several calls may be joined: they are sent in the order of their first poll, without waiting for each
/// other's answers, and answered in that order. This takes one round trip for all of them when each statement has been
/// prepared, so a group begins with [`Session::prepare`]; a call whose statement has not been keeps the order too, but
/// those behind it wait while it is prepared.
///
/// A call that fails before it is sent, because a parameter does not fit, fails the open transaction as well: a
/// `COMMIT` that is joined with it then undoes everything, as after an error of the server. The server answers that
/// `COMMIT` without an error, so a group looks at the outcome of every call.
pub struct Session {
    pub(super) link: Link,
    /// Who may send; taken in the order of asking.
    turn: Semaphore,
}

impl Session {
    pub(super) fn new(link: Link) -> Self {
        Self { link, turn: Semaphore::new(1) }
    }

    /// Prepares those of the statements that are not prepared on this connection yet, in one round trip.
    ///
    /// Costs a look-up for each when there is nothing to do. Not to be joined with calls that it prepares for, and
    /// called before the transaction begins: one that cannot be prepared fails the transaction.
    pub async fn prepare(&self, texts: &[&'static str]) -> Result<(), Error> {
        self.link.prepare(texts).await
    }

    /// Runs a statement and returns its rows.
    pub async fn query(&self, sql: &'static str, params: &[&(dyn ToSql + Sync)]) -> Result<Vec<Row>, Error> {
        let (statement, turn) = self.ready(sql).await?;
        self.send(turn, self.link.client.query(&statement, params)).await
    }

    /// Runs a statement and returns how many rows it touched.
    pub async fn execute(&self, sql: &'static str, params: &[&(dyn ToSql + Sync)]) -> Result<u64, Error> {
        let (statement, turn) = self.ready(sql).await?;
        self.send(turn, self.link.client.execute(&statement, params)).await
    }

    /// Runs statements without parameters or rows, such as `BEGIN`, `COMMIT` and `ROLLBACK`.
    pub async fn batch(&self, sql: &str) -> Result<(), Error> {
        let turn = self.turn().await;
        self.send(turn, self.link.client.batch_execute(sql)).await
    }

    /// The statement, and the right to send.
    async fn ready(&self, sql: &'static str) -> Result<(Statement, SemaphorePermit<'_>), Error> {
        let turn = self.turn().await;
        let statement = self.link.statement(sql).await?;
        Ok((statement, turn))
    }

    /// Waits for its turn, which comes in the order of the first poll.
    async fn turn(&self) -> SemaphorePermit<'_> {
        match self.turn.try_acquire() {
            Ok(turn) => turn,
            // Not subject to the task's budget: it would turn a call away before it stands in line.
            Err(_) => unconstrained(self.turn.acquire()).await.expect("the semaphore is never closed"),
        }
    }

    /// Sends and waits. That an earlier call failed the transaction is said only after that one has had its say, in
    /// whichever order a join asks them: its reason is what counts.
    async fn send<T>(
        &self,
        turn: SemaphorePermit<'_>,
        call: impl Future<Output = Result<T, Error>>,
    ) -> Result<T, Error> {
        let result = self.in_turn(turn, call).await;
        if let Err(error) = &result
            && error.code() == Some(&SqlState::IN_FAILED_SQL_TRANSACTION)
        {
            yield_now().await;
        }
        result
    }

    /// The first poll of `call` sends it; only then is it the next one's turn.
    async fn in_turn<T>(
        &self,
        turn: SemaphorePermit<'_>,
        call: impl Future<Output = Result<T, Error>>,
    ) -> Result<T, Error> {
        let mut call = pin!(call);
        let first = poll_fn(|context| Poll::Ready(call.as_mut().poll(context))).await;
        let Poll::Ready(result) = first else {
            drop(turn);
            return call.await;
        };
        // An answer cannot be there already, so it was not sent.
        if result.is_err() {
            let mut spoil = pin!(self.link.client.batch_execute(SPOIL));
            poll_fn(|context| Poll::Ready(spoil.as_mut().poll(context).is_ready())).await;
        }
        drop(turn);
        result
    }
}
