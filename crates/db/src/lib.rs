//! Database drivers: what stands between the SQL of `store` and `inbox` and a durable file or server.
//!
//! Today there is one, [`Sqlite`]: a writer thread that commits in groups, and a pool of readers. A driver for another
//! engine stands beside it under its own name; what they share is the shape of [`Migration`] and [`DbError`], not a
//! trait. Traits over storage belong to `engine`, and `store` implements them.

mod error;
mod migrate;
mod sqlite;

pub use error::{DbError, WriteError};
pub use migrate::{Migration, MigrationError};
pub use rusqlite;
pub use sqlite::{Sqlite, SqliteOptions, Stats};
