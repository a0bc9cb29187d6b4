//! One connection for upkeep: schema, copies, checks. Nobody shares it.

use std::time::Duration;

use tokio_postgres::Client;
use tokio_util::{sync::CancellationToken, task::TaskTracker};

use super::{OLDEST, address::Role, connect::Connector, hub::Hub, link::Link, migrations, stats::Counters};
use crate::{DbError, Migration};

/// How long the server may take to be reached.
const PATIENCE: Duration = Duration::from_secs(5);
/// Work on whole tables takes its time, and so do we between two parts of it.
const GREETING: &str = "SET idle_in_transaction_session_timeout = 0";
const VERSION: &str = "SELECT current_setting('server_version_num')::int / 10000";

/// A connection of one's own to PostgreSQL, whose statements may take as long as they need.
///
/// The network's own time-outs end one whose server has gone. Needs a Tokio runtime with its timer.
pub struct Upkeep {
    hub: Hub,
    link: Link,
}

impl Upkeep {
    /// Connects to the first host of `url` that can be written to, and changes nothing.
    ///
    /// Fails with [`DbError::Address`] when the URL cannot be read, [`DbError::Unreachable`] when no host can be written
    /// to, [`DbError::TooOld`] before PostgreSQL 15. No error holds the password.
    pub async fn open(url: &str) -> Result<Self, DbError> {
        let hub = Hub {
            connector: Connector::new(url, PATIENCE, &[])?,
            counters: Counters::default(),
            tasks: TaskTracker::new(),
            closing: CancellationToken::new(),
            timeout: PATIENCE,
        };
        let link = hub.connector.connect(Role::Migrate, None).await?;
        let found: i32 = link.client.query_one(VERSION, &[]).await?.try_get(0)?;
        if found < OLDEST {
            return Err(DbError::TooOld { found, oldest: OLDEST });
        }
        link.client.batch_execute(GREETING).await?;
        Ok(Self { hub, link })
    }

    /// The connection itself.
    pub fn client(&self) -> &Client {
        &self.link.client
    }

    /// The number of the last migration that the database records, 0 for none.
    pub async fn version(&self) -> Result<u32, DbError> {
        Ok(migrations::applied(&self.link.client).await?.last().map_or(0, |(number, _)| *number))
    }

    /// Brings the schema up to date. Fails as opening the database does.
    pub async fn migrate(&self, migrations: &'static [Migration]) -> Result<(), DbError> {
        migrations::run(&self.hub, migrations).await
    }

    /// Begins a transaction that keeps others from migrating, and from whatever else begins with this, until it ends.
    pub async fn begin_alone(&self) -> Result<(), DbError> {
        self.link.client.batch_execute("BEGIN").await?;
        Ok(self.link.client.batch_execute(migrations::LOCK).await?)
    }

    /// Says goodbye to the server.
    pub async fn close(self) {
        let Self { hub, link } = self;
        drop(link);
        hub.connector.close().await;
    }
}
