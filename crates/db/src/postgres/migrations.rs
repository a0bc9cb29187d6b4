//! Applying migrations to PostgreSQL, by one process at a time.

use std::time::Duration;

use tokio::time::timeout;
use tokio_postgres::{Client, Error, error::SqlState};

use super::{address::Role, failure::describe, hub::Hub, link::Link};
use crate::{DbError, Migration, MigrationError, migrate};

/// How long a schema may take to be brought up to date, by us or by another process that we wait for.
const PATIENCE: Duration = Duration::from_secs(600);
/// Two numbers: keys of one number belong to accounts. Held by a transaction, so that a process that is stopped in the
/// midst of it loses the lock with its session.
pub(super) const LOCK: &str = "SELECT pg_advisory_xact_lock(1886547811, 1)";
const CREATE: &str = "CREATE TABLE IF NOT EXISTS migration (number INTEGER PRIMARY KEY, name TEXT NOT NULL)";
const APPLIED: &str = "SELECT number, name FROM migration ORDER BY number";
const RECORD: &str = "INSERT INTO migration (number, name) VALUES ($1, $2)";

/// Brings the schema up to date. When a migration fails, those before it stay.
pub(super) async fn run(hub: &Hub, migrations: &'static [Migration]) -> Result<(), DbError> {
    let link = hub.connector.connect(Role::Migrate, None).await?;
    // Without the lock at first: most starts have nothing to do, and need not wait for each other.
    let recorded = timeout(hub.timeout, applied(&link.client)).await.map_err(|_| DbError::TimedOut)??;
    if migrate::due(migrations, &recorded)?.is_empty() {
        return Ok(());
    }
    timeout(PATIENCE, alone(&link, migrations)).await.unwrap_or_else(|_| {
        link.cut();
        Err(DbError::TimedOut)
    })
}

/// Each in a transaction under the lock, looking anew at what is due: somebody may have been here while we waited.
async fn alone(link: &Link, migrations: &'static [Migration]) -> Result<(), DbError> {
    let client = &link.client;
    loop {
        client.batch_execute("BEGIN").await?;
        client.batch_execute(LOCK).await?;
        client.batch_execute(CREATE).await?;
        let Some(migration) = migrate::due(migrations, &applied(client).await?)?.first() else {
            return Ok(client.batch_execute("COMMIT").await?);
        };
        apply(client, migration).await.map_err(|error| MigrationError::Failed {
            number: migration.number,
            name: migration.name.to_owned(),
            reason: describe(&error),
        })?;
        tracing::info!(number = migration.number, name = migration.name, "migration applied");
    }
}

/// What the database records, in order of number; nothing when it has no table for it.
pub(super) async fn applied(client: &Client) -> Result<Vec<(u32, String)>, Error> {
    let rows = match client.query(APPLIED, &[]).await {
        Err(error) if error.code() == Some(&SqlState::UNDEFINED_TABLE) => return Ok(Vec::new()),
        rows => rows?,
    };
    rows.iter().map(|row| Ok((row.try_get::<_, i32>(0)?.cast_unsigned(), row.try_get(1)?))).collect()
}

async fn apply(client: &Client, migration: &Migration) -> Result<(), Error> {
    client.batch_execute(migration.sql).await?;
    client.execute(RECORD, &[&migration.number.cast_signed(), &migration.name]).await?;
    client.batch_execute("COMMIT").await
}
