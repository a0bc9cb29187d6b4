//! A connection that many share: made when somebody needs it, replaced when it is lost.

use std::{
    pin::{Pin, pin},
    sync::{
        Arc,
        atomic::{AtomicU64, AtomicUsize, Ordering::Relaxed},
    },
};

use parking_lot::Mutex;
use tokio::time::{Sleep, sleep};
use tokio_postgres::{Error, Row, types::ToSql};

use super::{address::Role, failure, hub::Hub, link::Link};
use crate::DbError;

/// A place for one shared connection.
pub(super) struct Lane {
    hub: Arc<Hub>,
    role: Role,
    link: Mutex<Option<Arc<Link>>>,
    /// Held by the one who connects, while the others wait for what comes of it.
    making: tokio::sync::Mutex<Making>,
    attempts: AtomicU64,
    /// Queries under way.
    busy: AtomicUsize,
}

#[derive(Default)]
struct Making {
    /// There was a connection before.
    before: bool,
    /// The last attempt that failed, and why.
    failed: Option<(u64, String)>,
}

impl Lane {
    pub fn new(hub: &Arc<Hub>, role: Role) -> Self {
        let (link, making) = (Mutex::default(), tokio::sync::Mutex::default());
        Self { hub: hub.clone(), role, link, making, attempts: AtomicU64::new(0), busy: AtomicUsize::new(0) }
    }

    /// Queries under way.
    pub fn busy(&self) -> usize {
        self.busy.load(Relaxed)
    }

    /// Lets the connection go once what is under way has ended.
    pub fn close(&self) {
        self.link.lock().take();
    }

    /// Runs one query beside those of others.
    ///
    /// What cannot write is tried once more, on a new connection, when this one turns out to be dead.
    pub async fn query(&self, sql: &'static str, params: &[&(dyn ToSql + Sync)]) -> Result<Vec<Row>, DbError> {
        if self.hub.closing.is_cancelled() {
            return Err(DbError::Closed);
        }
        let _busy = Busy::on(&self.busy);
        self.hub.counters.reads.fetch_add(1, Relaxed);
        let mut lapse = pin!(sleep(self.hub.timeout)); // sleep: the bound of the whole call, never waited out for its own sake
        let mut second = false;
        loop {
            let link = self.connected(lapse.as_mut()).await?;
            let answers = link.answers();
            let error = tokio::select! {
                biased;
                result = link.query(sql, params) => match result {
                    Ok(rows) => return Ok(rows),
                    Err(error) => error,
                },
                () = lapse.as_mut() => {
                    // Silent for all that time, it must not serve the next one. One that has answered others is only slow,
                    // and to end it would have all of them begin again.
                    if link.answers() == answers {
                        link.cut();
                    }
                    return Err(DbError::TimedOut);
                }
            };
            let (lost, stale) = (failure::lost(&error), failure::stale(&error));
            if lost || stale {
                self.retire(&link);
            }
            let harmless = self.role == Role::Read || stale;
            if second || !harmless || !(lost || stale) {
                return Err(self.verdict(error, lost));
            }
            second = true;
        }
    }

    /// What the caller is told.
    fn verdict(&self, error: Error, lost: bool) -> DbError {
        match self.role {
            _ if !lost => DbError::Postgres(error),
            Role::Read => DbError::Unreachable(failure::describe(&error)),
            _ => DbError::Commit(failure::describe(&error)),
        }
    }

    async fn connected(&self, lapse: Pin<&mut Sleep>) -> Result<Arc<Link>, DbError> {
        if let Some(link) = self.open() {
            return Ok(link);
        }
        tokio::select! {
            biased;
            link = self.connect() => link,
            () = lapse => Err(DbError::TimedOut),
        }
    }

    /// One caller connects; those who came before it began share its failure.
    async fn connect(&self) -> Result<Arc<Link>, DbError> {
        let before = self.attempts.load(Relaxed);
        let mut making = self.making.lock().await;
        if let Some(link) = self.open() {
            return Ok(link);
        }
        if let Some((attempt, reason)) = &making.failed
            && *attempt > before
        {
            return Err(DbError::Unreachable(reason.clone()));
        }
        let attempt = self.attempts.fetch_add(1, Relaxed) + 1;
        match self.hub.connector.connect(self.role, None).await {
            Ok(link) => {
                self.hub.connected(&mut making.before);
                let link = Arc::new(link);
                *self.link.lock() = Some(link.clone());
                // Closing has passed by: it must not wait for a connection that nobody lets go.
                if self.hub.closing.is_cancelled() {
                    self.close();
                }
                Ok(link)
            }
            Err(error) => {
                if let DbError::Unreachable(reason) = &error {
                    making.failed = Some((attempt, reason.clone()));
                }
                Err(error)
            }
        }
    }

    fn open(&self) -> Option<Arc<Link>> {
        self.link.lock().as_ref().filter(|link| link.is_open()).cloned()
    }

    /// Makes the next one connect anew. Those who still use the old connection may end on it.
    fn retire(&self, old: &Arc<Link>) {
        self.link.lock().take_if(|link| Arc::ptr_eq(link, old));
    }
}

/// Counts a query as long as it is under way, whichever way it ends.
struct Busy<'a>(&'a AtomicUsize);

impl<'a> Busy<'a> {
    fn on(count: &'a AtomicUsize) -> Self {
        count.fetch_add(1, Relaxed);
        Self(count)
    }
}

impl Drop for Busy<'_> {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Relaxed);
    }
}
