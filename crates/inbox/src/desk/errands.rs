//! What a desk does by itself, until it is told to stop: applying what came in, sending, reading profiles, waking what was
//! snoozed, missing who went, catching up.

use std::time::Duration;

use secrecy::SecretString;
use tokio_util::sync::CancellationToken;
use wire::dialect::Dialect;
use wire::time::{Millis, Span};

use super::import::Progress;
use super::{Desk, Problem};
use crate::clock::steady;
use crate::facts::Connection;
use crate::sql::desk;

/// How long nothing is looked at that nobody has rung for.
const TICK: Duration = Duration::from_millis(500);

/// How long the platform may be silent until it is asked for its time.
const QUIET: Span = Span::minutes(1);
/// What a clock has to be off to count as moved.
const MOVED: Span = Span::millis(200);

/// What a desk does by itself.
#[derive(Debug, Clone, Copy)]
enum Errand {
    Apply,
    Send,
    Watch,
    CatchUp,
}

impl Desk {
    /// Runs until `stop`. What is under way then is finished; what waits is there at the next start.
    pub async fn run(&self, stop: CancellationToken) {
        tokio::join!(
            Box::pin(self.again_and_again(Errand::Apply, &stop)),
            Box::pin(self.again_and_again(Errand::Send, &stop)),
            Box::pin(self.again_and_again(Errand::Watch, &stop)),
            Box::pin(self.again_and_again(Errand::CatchUp, &stop)),
        );
    }

    /// Does one thing whenever it is rung for, and each half second in any case.
    async fn again_and_again(&self, errand: Errand, stop: &CancellationToken) {
        while !stop.is_cancelled() {
            if let Err(error) = self.work(errand).await {
                tracing::warn!(?errand, %error, "work of the inbox came to nothing; it is tried again");
            }
            tokio::select! {
                () = stop.cancelled() => {}
                () = self.rung(errand) => {}
                () = tokio::time::sleep(TICK) => {} // sleep: what is due by the clock rings no bell
            }
        }
    }

    async fn work(&self, errand: Errand) -> Result<(), Problem> {
        match errand {
            Errand::Apply => self.apply_all().await.map(drop),
            Errand::Send => {
                self.send_due().await?;
                self.read_profiles().await.map(drop)
            }
            Errand::Watch => {
                self.watch_clock();
                self.miss();
                self.wake_up().await.map(drop)
            }
            Errand::CatchUp => {
                self.listen().await?;
                self.read_missed_profile().await?;
                self.listen_closely().await?;
                self.catch_up_all().await.map(drop)
            }
        }
    }

    async fn rung(&self, errand: Errand) {
        match errand {
            Errand::Apply => self.arrived.notified().await,
            Errand::Send => self.to_send.notified().await,
            Errand::Watch | Errand::CatchUp => std::future::pending().await,
        }
    }

    /// Asks the platform for something small when it has not been heard for a minute and somebody counts down, so that its clock
    /// is known though nothing is sent.
    ///
    /// # Errors
    /// The store's.
    pub async fn listen(&self) -> Result<(), Problem> {
        if self.clock_moved.receiver_count() == 0 {
            return Ok(());
        }
        let own = self.own_now();
        if self.clock.heard().is_some_and(|heard| own.since(heard) < QUIET && own >= heard) {
            return Ok(());
        }
        match self.some_connection().await? {
            Some(connection) => self.ask_time(&connection).await,
            None => Ok(()),
        }
    }

    /// Asks for the time at the moment at which the answer says most, as long as a clock that was moved is known to the second
    /// only.
    async fn listen_closely(&self) -> Result<(), Problem> {
        let (Some(wait), Some(connection)) = (self.clock.best_asked(), self.some_connection().await?) else {
            return Ok(());
        };
        let wait = Duration::from_millis(u64::try_from(wait.get()).unwrap_or_default());
        tokio::time::sleep(wait).await; // sleep: until the platform's second turns, less than one away; nobody rings
        self.ask_time(&connection).await
    }

    async fn some_connection(&self) -> Result<Option<Connection>, Problem> {
        let all = self.store.list(desk::all_connections()).await?;
        Ok(all.into_iter().find(|connection| connection.trouble.is_none()))
    }

    /// Asks the platform for something small, whose answer tells its time; a refusal tells it as well.
    pub(super) async fn ask_time(&self, connection: &Connection) -> Result<(), Problem> {
        let client = self.client(connection)?;
        let answered = match connection.login {
            Dialect::Facebook => client.page("me").await.map(drop),
            Dialect::Instagram => client.me().await.map(drop),
        };
        if let Err(error) = answered {
            tracing::debug!(connection = %connection.id, %error, "the platform was asked for its time and refused");
        }
        Ok(())
    }

    /// Looks whether the clock shows what it should after the time that has passed since it was last looked at, and tells
    /// whoever counts down when it does not: it was moved, the desk's own or the platform's.
    pub fn watch_clock(&self) {
        let seen = (self.now(), steady());
        let Some((before, at)) = self.clock_seen.lock().replace(seen) else { return };
        let passed = i64::try_from(seen.1.duration_since(at).as_millis()).unwrap_or(i64::MAX);
        if (seen.0.since(before).get() - passed).abs() >= MOVED.get() {
            self.clock_moved.send_modify(|moves| *moves = moves.wrapping_add(1));
        }
    }

    /// Catches up with every account that has nothing in its way; gives when there is a place again, if one had to wait.
    ///
    /// # Errors
    /// The store's. What the platform refuses is told in the log and tried again.
    pub async fn catch_up_all(&self) -> Result<Option<Millis>, Problem> {
        let mut later = None;
        for connection in self.store.list(desk::all_connections()).await? {
            if connection.trouble.is_some() {
                continue;
            }
            match self.catch_up(&connection).await {
                Ok(Progress::Later(time)) => later = Some(later.map_or(time, |known: Millis| known.min(time))),
                Ok(_) => {}
                Err(Problem::Store(error)) => return Err(error.into()),
                Err(error) => tracing::info!(connection = %connection.id, %error, "an account could not be read"),
            }
        }
        Ok(later)
    }

    /// Does everything that can be done now, and what that makes possible; for tests, which move the clock themselves.
    ///
    /// # Errors
    /// The store's.
    pub async fn settle(&self) -> Result<(), Problem> {
        loop {
            let applied = self.apply_all().await?;
            let woken = self.wake_up().await?;
            let sent = self.send_due().await?;
            let read = self.read_profiles().await? + self.read_missed_profile().await?;
            self.miss();
            if applied + woken + sent + read == 0 {
                return Ok(());
            }
        }
    }

    /// Something came in that may be applied.
    pub(crate) fn arrived(&self) {
        self.arrived.notify_one();
    }

    /// Something is to be sent.
    pub(crate) fn to_send(&self) {
        self.to_send.notify_one();
    }

    /// Opens a sealed secret.
    pub(crate) fn open(&self, sealed: &str) -> Result<SecretString, Problem> {
        self.vault.open(sealed).map_err(|error| Problem::Broken(error.to_string()))
    }

    /// Seals a secret.
    pub(crate) fn seal(&self, secret: &str) -> String {
        self.vault.seal(&SecretString::from(secret.to_owned()), self.entropy.as_ref())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is_send<T: Send>(_: T) {}

    /// What a desk does is done by a task of its own, which may move between threads.
    #[expect(dead_code, reason = "compiling it is the test")]
    fn running_and_connecting_can_be_spawned(desk: &Desk, connected: &crate::desk::connect::Connected) {
        is_send(desk.run(CancellationToken::new()));
        is_send(desk.subscribe(connected, "", ""));
    }
}
