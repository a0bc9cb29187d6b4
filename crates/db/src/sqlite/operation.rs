//! One write on its way: queued, run, held until the commit, answered.

use std::panic::{AssertUnwindSafe, catch_unwind};

use rusqlite::Connection;
use tokio::sync::oneshot;

use crate::{DbError, WriteError, error::panic_message};

/// What the writer thread sees of an operation, whatever its types.
pub(super) trait Operation: Send {
    /// Runs it and keeps its result; true if its writes are to stay. Never panics. Called at most once.
    fn run(&mut self, connection: &Connection) -> bool;
    /// Gives the kept result to the caller, or the failure of the group.
    fn answer(self: Box<Self>, committed: Result<(), DbError>);
}

/// Where the caller waits for its result.
pub(super) type Answer<T, E> = oneshot::Receiver<Result<T, WriteError<E>>>;

/// Makes a closure into an operation, and the place where its result will come.
pub(super) fn operation<T, E, F>(run: F) -> (Box<dyn Operation>, Answer<T, E>)
where
    T: Send + 'static,
    E: Send + 'static,
    F: FnOnce(&Connection) -> Result<T, E> + Send + 'static,
{
    let (reply, answer) = oneshot::channel();
    (Box::new(Call { run: Some(run), result: None, reply }), answer)
}

struct Call<T, E, F> {
    run: Option<F>,
    result: Option<Result<T, WriteError<E>>>,
    reply: oneshot::Sender<Result<T, WriteError<E>>>,
}

impl<T, E, F> Operation for Call<T, E, F>
where
    T: Send,
    E: Send,
    F: FnOnce(&Connection) -> Result<T, E> + Send,
{
    fn run(&mut self, connection: &Connection) -> bool {
        let Some(run) = self.run.take() else { return false };
        // What the closure leaves behind in the database is rolled back, and it shares nothing else with us.
        let result = match catch_unwind(AssertUnwindSafe(|| run(connection))) {
            Ok(result) => result.map_err(WriteError::Refused),
            Err(panic) => Err(WriteError::Db(DbError::Panicked(panic_message(&*panic)))),
        };
        let stays = result.is_ok();
        self.result = Some(result);
        stays
    }

    fn answer(self: Box<Self>, committed: Result<(), DbError>) {
        let result = match committed {
            Ok(()) => self.result.unwrap_or(Err(WriteError::Db(DbError::Closed))),
            Err(error) => Err(WriteError::Db(error)),
        };
        // A caller that has gone away does not want its answer.
        drop(self.reply.send(result));
    }
}
