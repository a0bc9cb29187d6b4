//! Writing in groups: what waits for one key shares a transaction, and several keys are written beside each other.

use std::{sync::Arc, time::Duration};

use async_trait::async_trait;
use tokio::{
    sync::oneshot,
    task::JoinSet,
    time::{MissedTickBehavior, interval},
};
use tokio_postgres::Error;

use super::{
    Postgres,
    queues::{Queue, Queues},
    session::Session,
    worker::Worker,
};
use crate::{DbError, WriteError};

/// Into how many times the time-out is divided, for finding out what has waited for too long.
const TIMES: u32 = 8;

/// What runs a group of operations that share a key in one transaction.
#[async_trait]
pub trait Group: Send + Sync + 'static {
    /// What a caller wants written.
    type Operation: Send + Sync + 'static;
    /// Why one was not, while its neighbours were.
    type Refusal: Send + 'static;

    /// Begins, does, and commits or rolls back, on `session`; one answer for each operation, in their order.
    ///
    /// On `Err` nothing may be said to be durable: every operation is answered with a failure, and what is left of the
    /// transaction is rolled back. After a serialization failure, a deadlock or a statement that no longer fits the
    /// schema it is called once more with the same operations, so nothing may follow the `COMMIT`. Takes no longer than
    /// the time-out; whatever it waits for besides `session` counts.
    async fn run(
        &self,
        session: &Session,
        key: i64,
        operations: &[Self::Operation],
    ) -> Result<Vec<Result<(), Self::Refusal>>, Error>;
}

/// Where a caller waits. One that has gone away does not want its answer.
pub(super) type Reply<G> = oneshot::Sender<Result<(), WriteError<<G as Group>::Refusal>>>;

/// One operation on its way, and who waits for it.
pub(super) struct Call<G: Group> {
    pub operation: G::Operation,
    pub reply: Reply<G>,
}

/// Writes in groups: the operations of one key run in the order of arrival, one transaction of a key at a time, and
/// several keys beside each other.
///
/// Dropping it refuses what comes and finishes what waits, as [`Postgres::close`] does, without waiting for the end.
pub struct Writer<G: Group> {
    queues: Arc<Queues<Call<G>>>,
    patience: Duration,
}

impl<G: Group> Writer<G> {
    /// Starts as many workers as the database has writers; each connects when it has something to do.
    pub fn start(db: &Postgres, group: G) -> Self {
        let (hub, limits) = (db.hub(), db.limits());
        let queues = Arc::new(Queues::new(limits.queue));
        let group = Arc::new(group);
        let mut workers = JoinSet::new();
        db.adopt(queues.clone());
        let patience = hub.timeout;
        hub.tasks.spawn({
            let (hub, queues) = (hub.clone(), queues.clone());
            async move {
                for _ in 0..limits.writers.max(1) {
                    let worker = Worker::new(hub.clone(), queues.clone(), group.clone(), limits.group_limit.max(1));
                    workers.spawn(worker.run());
                }
                let all = async {
                    while let Some(ended) = workers.join_next().await {
                        if let Err(error) = ended {
                            tracing::error!(%error, "a writer ended");
                        }
                    }
                };
                tokio::select! {
                    () = all => {}
                    () = expire(&queues, patience / TIMES) => {}
                }
            }
        });
        Self { queues, patience }
    }

    /// Runs `operation` in a group with others of `key`, and answers after their transaction has been committed.
    ///
    /// Once it waits it is carried out even if the caller goes away. Fails with [`WriteError::Refused`] when the group
    /// says so, and with [`DbError::Busy`] when no place in the queue, or no worker, became free in time,
    /// [`DbError::Unreachable`] when the server could not be reached in that time, [`DbError::Closed`] after `close`:
    /// then it has not run. With [`DbError::Commit`] when its group failed: it may have been committed if the
    /// connection was lost at that moment, which the text says. With [`DbError::Panicked`] when the group panicked.
    pub async fn write(&self, key: i64, operation: G::Operation) -> Result<(), WriteError<G::Refusal>> {
        let (reply, answer) = oneshot::channel();
        self.queues.push(key, Call { operation, reply }, self.patience).await?;
        answer.await.unwrap_or(Err(WriteError::Db(DbError::Closed)))
    }
}

impl<G: Group> Drop for Writer<G> {
    fn drop(&mut self) {
        self.queues.close();
    }
}

/// Answers those who have waited for longer than the time-out, for ever.
async fn expire<G: Group>(queues: &Queues<Call<G>>, time: Duration) {
    let mut times = interval(time.max(Duration::from_millis(1)));
    // A process that was stopped for a while has not kept anybody waiting.
    times.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        times.tick().await;
        let (calls, away) = queues.expire(TIMES.into());
        for call in calls {
            let error = away.clone().map_or(DbError::Busy, DbError::Unreachable);
            drop(call.reply.send(Err(WriteError::Db(error))));
        }
    }
}
