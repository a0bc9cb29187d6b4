//! Applying migrations to SQLite.

use rusqlite::{Connection, Transaction, TransactionBehavior::Immediate, params};

use crate::{DbError, Migration, MigrationError, migrate};

const CREATE: &str = "CREATE TABLE IF NOT EXISTS migration (number INTEGER PRIMARY KEY, name TEXT NOT NULL) STRICT";
const APPLIED: &str = "SELECT number, name FROM migration ORDER BY number";
const RECORD: &str = "INSERT INTO migration (number, name) VALUES (?, ?)";

/// Brings the schema up to date. When a migration fails, those before it stay.
pub(super) fn run(connection: &Connection, migrations: &'static [Migration]) -> Result<(), DbError> {
    connection.execute_batch(CREATE)?;
    let applied = connection
        .prepare(APPLIED)?
        .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?
        .collect::<Result<Vec<_>, _>>()?;
    for migration in migrate::due(migrations, &applied)? {
        apply(connection, migration).map_err(|error| MigrationError::Failed {
            number: migration.number,
            name: migration.name.to_owned(),
            reason: error.to_string(),
        })?;
        tracing::info!(number = migration.number, name = migration.name, "migration applied");
    }
    Ok(())
}

fn apply(connection: &Connection, migration: &Migration) -> rusqlite::Result<()> {
    let transaction = Transaction::new_unchecked(connection, Immediate)?;
    transaction.execute_batch(migration.sql)?;
    transaction.execute(RECORD, params![migration.number, migration.name])?;
    transaction.commit()
}
