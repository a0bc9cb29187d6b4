//! Reads the facts of many threads at once.
//!
//! Each send reads its thread's facts first. A query for each would cost the server as much as writing the message does,
//! so whatever is asked for while a query is under way goes with the next one. Who asks alone waits for nobody.

use std::collections::{BTreeMap, HashMap};
use std::time::Duration;

use db::Postgres;
use engine::store::{Read, StoreError, ThreadFacts};
use futures_util::future::join_all;
use parking_lot::Mutex;
use tokio::sync::{mpsc, oneshot};
use tokio::task::JoinHandle;
use tokio::time::timeout;

use super::{failure, run};
use crate::sql::threads::{THREADS_FACTS, numbered_facts_row};

/// Threads that one query asks for at most.
const MOST: usize = 256;
/// Callers that may wait; who comes then waits for a place.
const QUEUE: usize = 4096;

/// A caller that waits for the facts of a thread, named as columns name it.
struct Caller {
    account: i64,
    igsid: i64,
    tell: oneshot::Sender<Read<ThreadFacts>>,
}

/// Those who wait, and the task that asks for them.
pub(super) struct Facts {
    patience: Duration,
    callers: Mutex<Option<mpsc::Sender<Caller>>>,
    task: Mutex<Option<JoinHandle<()>>>,
}

impl Facts {
    /// Starts the task, on which nobody waits for longer than `patience`; it ends at [`Facts::close`], or when this is
    /// dropped.
    pub(super) fn start(db: Postgres, patience: Duration) -> Self {
        let (callers, waiting) = mpsc::channel(QUEUE);
        let task = tokio::spawn(serve(db, waiting));
        Self { patience, callers: Mutex::new(Some(callers)), task: Mutex::new(Some(task)) }
    }

    /// The facts of a thread as they are at a moment after the call.
    pub(super) async fn read(&self, account: i64, igsid: i64) -> Read<ThreadFacts> {
        let closed = || StoreError::Unavailable("store is closed".to_owned());
        let callers = self.callers.lock().clone().ok_or_else(closed)?;
        let asked = async {
            let (tell, told) = oneshot::channel();
            callers.send(Caller { account, igsid, tell }).await.map_err(|_| closed())?;
            told.await.map_err(|_| closed())?
        };
        let late = |_| StoreError::Unavailable("the database did not answer in time".to_owned());
        timeout(self.patience, asked).await.map_err(late)?
    }

    /// Answers those who wait and ends the task.
    pub(super) async fn close(&self) {
        self.callers.lock().take();
        let task = self.task.lock().take();
        if let Some(task) = task
            && let Err(error) = task.await
        {
            tracing::error!(%error, "the reader of facts broke off");
        }
    }
}

async fn serve(db: Postgres, mut waiting: mpsc::Receiver<Caller>) {
    let mut callers = Vec::new();
    while waiting.recv_many(&mut callers, MOST).await > 0 {
        let mut accounts: BTreeMap<i64, Vec<Caller>> = BTreeMap::new();
        for caller in callers.drain(..) {
            accounts.entry(caller.account).or_default().push(caller);
        }
        join_all(accounts.into_iter().map(|(account, callers)| answer(&db, account, callers))).await;
    }
}

async fn answer(db: &Postgres, account: i64, callers: Vec<Caller>) {
    let igsids: Vec<i64> = callers.iter().map(|caller| caller.igsid).collect();
    let found = db.query(THREADS_FACTS.postgres, &[&account, &igsids]).await;
    let found = found.map_err(|error| failure::read(&error)).and_then(|rows| run::decoded(&rows, numbered_facts_row));
    let found: Result<HashMap<i64, ThreadFacts>, StoreError> = found.map(|rows| rows.into_iter().collect());
    for caller in callers {
        let facts = match &found {
            // Each number that is asked for comes back, with nothing behind it if there is nothing.
            Ok(found) => Ok(found.get(&caller.igsid).cloned().unwrap_or_default()),
            Err(StoreError::Unavailable(why)) => Err(StoreError::Unavailable(why.clone())),
            Err(StoreError::Corrupt(what)) => Err(StoreError::Corrupt(what.clone())),
        };
        // A caller that has gone away wants no answer.
        drop(caller.tell.send(facts));
    }
}
