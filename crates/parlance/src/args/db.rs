//! Commands that look after a database.

use std::path::PathBuf;

use clap::{Args as ClapArgs, Subcommand};

use super::Place;

/// `parlance db`.
#[derive(ClapArgs)]
pub struct Db {
    /// What to do.
    #[command(subcommand)]
    pub command: DbCommand,
}

/// What to do with a database.
#[derive(Subcommand)]
pub enum DbCommand {
    /// Bring the schema up to date.
    Migrate(Place),
    /// Copy everything into another, empty database, or go on with a copy that was cut off. Nothing may be served from
    /// either meanwhile.
    Copy(Copy),
    /// Copy a SQLite database that may be in use, and its key, into a folder.
    Backup(Backup),
    /// Put a backup in place.
    Restore(Restore),
    /// Check that the facts in a database fit together; it may be in use.
    Check(Place),
    /// Distribute a PostgreSQL database by account, with Citus.
    Distribute(Place),
}

/// `parlance db copy`.
#[derive(ClapArgs)]
pub struct Copy {
    /// The database to copy: `sqlite:PATH` or `postgres://…`. The environment keeps a password out of lists of processes.
    #[arg(long, value_name = "URL", env = "PARLANCE_COPY_FROM", hide_env_values = true)]
    pub from: String,
    /// The database to fill: `sqlite:PATH` or `postgres://…`.
    #[arg(long, value_name = "URL", env = "PARLANCE_COPY_TO", hide_env_values = true)]
    pub to: String,
}

/// `parlance db backup`.
#[derive(ClapArgs)]
pub struct Backup {
    /// Where the data are.
    #[command(flatten)]
    pub place: Place,
    /// The folder of the backup, which must not hold one yet; made when it is new.
    #[arg(long, value_name = "DIR")]
    pub to: PathBuf,
}

/// `parlance db restore`.
#[derive(ClapArgs)]
pub struct Restore {
    /// The folder of the backup.
    #[arg(long, value_name = "DIR")]
    pub from: PathBuf,
    /// Where the data are to be.
    #[command(flatten)]
    pub place: Place,
    /// Replace the database that is there, and keep it with its key under names that end in `.replaced-<time>`.
    #[arg(long)]
    pub replace: bool,
}
