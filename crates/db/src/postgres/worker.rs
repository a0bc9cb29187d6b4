//! One of the workers of a writer: a connection, and the groups that run on it.

use std::{
    panic::AssertUnwindSafe,
    sync::{Arc, atomic::Ordering::Relaxed},
};

use futures_util::FutureExt;
use tokio::time::timeout;

use super::{
    address::Role,
    failure,
    hub::{Hub, Pauses},
    queues::Queues,
    session::Session,
    writer::{Call, Group, Reply},
};
use crate::{DbError, WriteError, error::panic_message};

/// How often a group is run at most: once, and again when the server undid it for a reason that passes.
const ATTEMPTS: usize = 1 + 3;
/// What is added to a reason when the answer to a commit may have been lost.
const IN_DOUBT: &str = "it may have been committed";

pub(super) struct Worker<G: Group> {
    hub: Arc<Hub>,
    queues: Arc<Queues<Call<G>>>,
    group: Arc<G>,
    limit: usize,
    session: Option<Session>,
    /// It has been connected before.
    before: bool,
}

/// How a group failed, as every member of it is told.
enum Failure {
    Commit(String),
    Panicked(String),
    Unreachable(String),
}

impl Failure {
    fn error(&self) -> DbError {
        match self {
            Failure::Commit(reason) => DbError::Commit(reason.clone()),
            Failure::Panicked(text) => DbError::Panicked(text.clone()),
            Failure::Unreachable(reason) => DbError::Unreachable(reason.clone()),
        }
    }
}

type Answers<G> = Vec<Result<(), <G as Group>::Refusal>>;

impl<G: Group> Worker<G> {
    pub fn new(hub: Arc<Hub>, queues: Arc<Queues<Call<G>>>, group: Arc<G>, limit: usize) -> Self {
        Self { hub, queues, group, limit, session: None, before: false }
    }

    /// Works until the queues are closed and empty.
    pub async fn run(mut self) {
        while self.queues.wait().await {
            if !self.connected().await {
                continue;
            }
            let Some((key, calls)) = self.queues.take(self.limit) else { continue };
            let (operations, replies): (Vec<_>, Vec<_>) =
                calls.into_iter().map(|call| (call.operation, call.reply)).unzip();
            let outcome = self.group(key, &operations).await;
            self.queues.done(key);
            self.count(operations.len(), outcome.is_ok());
            answer::<G>(replies, outcome);
        }
    }

    /// Makes sure of a connection as long as there is something to do; false when there no longer is.
    async fn connected(&mut self) -> bool {
        if self.session.as_ref().is_some_and(|session| session.link.is_open()) {
            return true;
        }
        // Another worker may have a connection at hand.
        self.queues.pass_on();
        let mut pauses = Pauses::new();
        while !self.queues.is_idle() {
            match self.connect().await {
                Ok(()) => return true,
                Err(reason) => self.queues.away(Some(reason)),
            }
            pauses.pause().await;
        }
        false
    }

    async fn connect(&mut self) -> Result<(), String> {
        self.session = None;
        match self.hub.connector.connect(Role::Write, None).await {
            Ok(link) => {
                self.hub.connected(&mut self.before);
                self.queues.away(None);
                self.session = Some(Session::new(link));
                Ok(())
            }
            Err(DbError::Unreachable(reason)) => Err(reason),
            Err(error) => Err(error.to_string()),
        }
    }

    /// Runs one group to its end, again if it was undone for a reason that passes.
    async fn group(&mut self, key: i64, operations: &[G::Operation]) -> Result<Answers<G>, Failure> {
        let mut reason = String::new();
        for _ in 0..ATTEMPTS {
            let Some(session) = &self.session else {
                // What was on the connection before has been undone with it.
                self.connect().await.map_err(Failure::Unreachable)?;
                continue;
            };
            let run = AssertUnwindSafe(self.group.run(session, key, operations)).catch_unwind();
            let error = match timeout(self.hub.timeout, run).await {
                Ok(Ok(Ok(answers))) => return Ok(answers),
                Ok(Ok(Err(error))) => error,
                Ok(Err(panic)) => {
                    self.cut();
                    return Err(Failure::Panicked(panic_message(&*panic)));
                }
                Err(_) => {
                    self.cut();
                    return Err(Failure::Commit(format!("no answer in time; {IN_DOUBT}")));
                }
            };
            reason = failure::describe(&error);
            if failure::lost(&error) {
                self.cut();
                return Err(Failure::Commit(format!("{reason}; {IN_DOUBT}")));
            }
            if failure::stale(&error) {
                self.cut();
            } else {
                self.roll_back().await;
                if !failure::collided(&error) {
                    break;
                }
            }
        }
        Err(Failure::Commit(reason))
    }

    /// Leaves nothing of a transaction for the next group, at the price of the connection if need be.
    async fn roll_back(&mut self) {
        let Some(session) = &self.session else { return };
        if !matches!(timeout(self.hub.timeout, session.batch("ROLLBACK")).await, Ok(Ok(()))) {
            self.cut();
        }
    }

    fn cut(&mut self) {
        if let Some(session) = self.session.take() {
            session.link.cut();
        }
    }

    fn count(&self, operations: usize, done: bool) {
        let (counters, operations) = (&self.hub.counters, operations as u64);
        let groups = if done { &counters.groups } else { &counters.failed_groups };
        groups.fetch_add(1, Relaxed);
        counters.operations.fetch_add(operations, Relaxed);
        counters.largest_group.fetch_max(operations, Relaxed);
    }
}

fn answer<G: Group>(replies: Vec<Reply<G>>, outcome: Result<Answers<G>, Failure>) {
    let mut answers = match outcome {
        Ok(answers) => answers.into_iter(),
        Err(failure) => {
            tracing::error!(operations = replies.len(), reason = %failure.error(), "group failed");
            for reply in replies {
                drop(reply.send(Err(WriteError::Db(failure.error()))));
            }
            return;
        }
    };
    for reply in replies {
        let none = || DbError::Commit(format!("the group gave it no answer; {IN_DOUBT}"));
        let answer = answers.next().map_or_else(|| Err(WriteError::Db(none())), |one| one.map_err(WriteError::Refused));
        drop(reply.send(answer));
    }
}
