//! One connection: what it has prepared, and its end.

use std::{
    collections::HashMap,
    future::poll_fn,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering::Relaxed},
    },
    time::Duration,
};

use futures_util::future::try_join_all;
use parking_lot::Mutex;
use tokio::time::timeout;
use tokio_postgres::{
    AsyncMessage, Client, Connection, Error, Row, Socket, Statement,
    error::{DbError, Severity, SqlState},
    tls::TlsStream,
    types::ToSql,
};
use tokio_util::{
    sync::{CancellationToken, DropGuard},
    task::TaskTracker,
};

use super::{failure, news::News};

/// An open connection; a task of its own carries its traffic.
///
/// Dropped, it says goodbye to the server once what was asked is answered. Cut, it ends at once.
pub(super) struct Link {
    /// Goes before the statements: they would otherwise be closed on the server one by one.
    pub client: Client,
    statements: Mutex<HashMap<&'static str, Statement>>,
    /// Queries that were answered, well or ill.
    answers: AtomicU64,
    cut: CancellationToken,
    ended: CancellationToken,
    _left: DropGuard,
}

impl Link {
    /// Starts the task, among `tasks`, that carries what `client` says. After the last word it has `patience` to end.
    pub fn start<T>(
        client: Client,
        connection: Connection<Socket, T>,
        tasks: &TaskTracker,
        cut: CancellationToken,
        patience: Duration,
        news: Option<Arc<News>>,
    ) -> Self
    where
        T: TlsStream + Unpin + Send + 'static,
    {
        let (left, ended) = (CancellationToken::new(), CancellationToken::new());
        let link = Self {
            client,
            statements: Mutex::default(),
            answers: AtomicU64::new(0),
            cut: cut.clone(),
            ended: ended.clone(),
            _left: left.clone().drop_guard(),
        };
        let end = ended.drop_guard();
        tasks.spawn(async move {
            let mut traffic = std::pin::pin!(carry(connection, news));
            tokio::select! {
                () = cut.cancelled() => {}
                () = &mut traffic => {}
                // Whoever asked has gone. What is still to come is let in for a while, and the goodbye out.
                () = left.cancelled() => drop(timeout(patience, traffic).await),
            }
            drop(end);
        });
        link
    }

    /// Ends the connection at once; those who still wait for an answer are told that it is closed.
    pub fn cut(&self) {
        self.cut.cancel();
    }

    /// False once no answer can come any more.
    pub fn is_open(&self) -> bool {
        !self.client.is_closed() && !self.cut.is_cancelled()
    }

    /// Returns when the connection has ended.
    pub async fn ended(&self) {
        self.ended.cancelled().await;
    }

    /// The statement with this text, when it has been prepared here.
    pub fn known(&self, sql: &str) -> Option<Statement> {
        self.statements.lock().get(sql).cloned()
    }

    /// The same; prepares it first if need be, which costs a round trip.
    pub async fn statement(&self, sql: &'static str) -> Result<Statement, Error> {
        if let Some(statement) = self.known(sql) {
            return Ok(statement);
        }
        let statement = self.client.prepare(sql).await?;
        self.statements.lock().insert(sql, statement.clone());
        Ok(statement)
    }

    /// Prepares what is not known yet, all in one round trip.
    pub async fn prepare(&self, texts: &[&'static str]) -> Result<(), Error> {
        let missing: Vec<&'static str> = {
            let statements = self.statements.lock();
            texts.iter().copied().filter(|sql| !statements.contains_key(sql)).collect()
        };
        if !missing.is_empty() {
            try_join_all(missing.into_iter().map(|sql| self.statement(sql))).await?;
        }
        Ok(())
    }

    /// Runs one query, beside whatever others are under way.
    pub async fn query(&self, sql: &'static str, params: &[&(dyn ToSql + Sync)]) -> Result<Vec<Row>, Error> {
        let statement = self.statement(sql).await?;
        let answer = self.client.query(&statement, params).await;
        self.answers.fetch_add(1, Relaxed);
        answer
    }

    /// How many queries were answered so far: if none is for long, the connection is dead, whatever it looks like.
    pub fn answers(&self) -> u64 {
        self.answers.load(Relaxed)
    }
}

/// Moves bytes until the connection ends.
async fn carry<T>(mut connection: Connection<Socket, T>, news: Option<Arc<News>>)
where
    T: TlsStream + Unpin,
{
    loop {
        match poll_fn(|context| connection.poll_message(context)).await {
            Some(Ok(AsyncMessage::Notification(notification))) => {
                if let Some(news) = &news {
                    news.hear(notification.payload());
                }
            }
            Some(Ok(AsyncMessage::Notice(notice))) => note(&notice),
            Some(Ok(_)) => {}
            Some(Err(error)) => {
                return tracing::warn!(error = failure::describe(&error), "connection to the database lost");
            }
            None => return,
        }
    }
}

/// A warning may be about a commit that was made less safely than was asked, as when somebody stops its wait for a
/// standby. That there was nothing to roll back is none.
fn note(notice: &DbError) {
    let (code, message) = (notice.code().code(), notice.message());
    let warns = notice.parsed_severity() == Some(Severity::Warning);
    if warns && *notice.code() != SqlState::NO_ACTIVE_SQL_TRANSACTION {
        tracing::warn!(code, message, "the server warns");
    } else {
        tracing::debug!(code, message, "the server notes");
    }
}
