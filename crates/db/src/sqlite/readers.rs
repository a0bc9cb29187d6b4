//! The reader pool: a few read-only connections, lent in the order of asking.

use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    path::Path,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering::Relaxed},
    },
};

use parking_lot::Mutex;
use rusqlite::Connection;
use tokio::{
    sync::{OwnedSemaphorePermit, Semaphore},
    task::spawn_blocking,
};

use super::connect;
use crate::{DbError, error::panic_message};

/// Read-only connections; a permit of the semaphore stands for one that is idle.
pub(super) struct Readers {
    permits: Arc<Semaphore>,
    idle: Mutex<Vec<Connection>>,
    count: u32,
}

impl Readers {
    pub fn open(path: &Path, count: usize) -> Result<Arc<Self>, DbError> {
        let idle = (0..count.max(1)).map(|_| connect::reader(path)).collect::<Result<Vec<_>, _>>()?;
        let count = u32::try_from(idle.len()).unwrap_or(u32::MAX);
        Ok(Arc::new(Self { permits: Arc::new(Semaphore::new(idle.len())), idle: Mutex::new(idle), count }))
    }

    /// Runs `query` on a blocking thread. When the caller goes away the query still ends by itself.
    pub async fn run<T, F>(self: &Arc<Self>, query: F, ran: &AtomicU64) -> Result<T, DbError>
    where
        T: Send + 'static,
        F: FnOnce(&Connection) -> rusqlite::Result<T> + Send + 'static,
    {
        let loan = self.lend(ran).await?;
        match spawn_blocking(move || loan.ask(query)).await {
            Ok(result) => result,
            Err(error) => Err(match error.try_into_panic() {
                Ok(panic) => DbError::Panicked(panic_message(&*panic)),
                Err(_) => DbError::Closed,
            }),
        }
    }

    /// Runs `query` where the caller stands.
    pub async fn run_here<T, F>(self: &Arc<Self>, query: F, ran: &AtomicU64) -> Result<T, DbError>
    where
        F: FnOnce(&Connection) -> rusqlite::Result<T>,
    {
        let loan = self.lend(ran).await?;
        // The closure shares nothing with us, and the loan rolls back whatever it left behind.
        catch_unwind(AssertUnwindSafe(|| loan.ask(query)))
            .unwrap_or_else(|panic| Err(DbError::Panicked(panic_message(&*panic))))
    }

    async fn lend(self: &Arc<Self>, ran: &AtomicU64) -> Result<Loan, DbError> {
        let permit = self.permits.clone().acquire_owned().await.map_err(|_| DbError::Closed)?;
        let connection = self.idle.lock().pop();
        ran.fetch_add(1, Relaxed);
        Ok(Loan { connection, pool: self.clone(), _permit: permit })
    }

    /// Waits for the queries that run, refuses those that come, and closes the connections.
    pub async fn close(&self) {
        // An error means that it is closed already.
        let all = self.permits.acquire_many(self.count).await;
        self.permits.close();
        drop(all);
        self.idle.lock().clear();
    }
}

/// A connection that is lent; it goes back before its permit does.
struct Loan {
    connection: Option<Connection>,
    pool: Arc<Readers>,
    _permit: OwnedSemaphorePermit,
}

impl Loan {
    fn ask<T>(&self, query: impl FnOnce(&Connection) -> rusqlite::Result<T>) -> Result<T, DbError> {
        match &self.connection {
            Some(connection) => query(connection).map_err(DbError::Sql),
            None => Err(DbError::Closed),
        }
    }
}

impl Drop for Loan {
    fn drop(&mut self) {
        let Some(connection) = self.connection.take() else { return };
        // A query that left a transaction open would keep its snapshot, and the log, for ever.
        if connection.is_autocommit() || connection.execute_batch("ROLLBACK").is_ok() {
            self.pool.idle.lock().push(connection);
        }
    }
}
