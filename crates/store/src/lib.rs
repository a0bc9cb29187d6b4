//! What the platform remembers: engine's trait `Store` over SQLite, and a reference model of it in memory.
//!
//! Every engine keeps its statements in files of the same names, and all of them pass one conformance suite (tests/it). The
//! model is there to be read and to be compared with; [`SqliteStore`] is what a server runs on.

pub mod house;
mod memory;
mod postgres;
mod shared;
mod sql;
mod sqlite;
#[cfg(test)]
mod upgrade;

pub use memory::MemoryStore;
pub use postgres::PostgresStore;
pub use sqlite::SqliteStore;
