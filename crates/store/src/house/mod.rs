//! Looking after a database rather than serving it: bringing its schema up to date, moving it to another engine, backup,
//! checks, distribution.
//!
//! Everything here goes by the catalogue of tables (`sql/tables.rs`) and works on both engines.

mod backup;
mod cell;
mod check;
mod copy;
mod digest;
mod distribute;
mod end;
mod failure;
mod migrate;
mod place;
mod postgres;
mod sqlite;
mod texts;

pub use backup::{Backup, Files, Restored, backup, restore};
pub use check::{Checked, check};
pub use copy::{Compared, Copied, Progress, Stage, copy};
pub use digest::Digest;
pub use distribute::{Distributed, distribute};
pub use failure::HouseError;
pub use migrate::migrate;
pub use place::Place;
pub(crate) use postgres::is_unfinished;
pub(crate) use sqlite::is_unfinished_file;

/// Why a database is not to be used yet.
pub(crate) const UNFINISHED: &str =
    "the database is being filled by a copy that has not ended; run the same `parlance db copy` again to finish it";
