//! Database drivers: what stands between the SQL of `store` and `inbox` and a durable file or server.
//!
//! There are two: [`Sqlite`], a writer thread that commits in groups and a pool of readers, and [`Postgres`], workers that
//! write in groups by key and shared connections that read. What they share is the shape of [`Migration`] and [`DbError`],
//! and statements as values ([`sql`]), not a trait. Traits over storage belong to `engine`, and `store` implements them.

mod error;
mod migrate;
mod postgres;
pub mod sql;
mod sqlite;

pub use error::{DbError, WriteError};
pub use migrate::{Migration, MigrationError};
pub use postgres::{Group, Postgres, PostgresOptions, PostgresStats, Session, Upkeep, Writer};
pub use rusqlite;
pub use sqlite::{Sqlite, SqliteOptions, Stats};
pub use tokio_postgres;
