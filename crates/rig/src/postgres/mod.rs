//! Throw-away PostgreSQL clusters.
//!
//! Most tests want [`database`]: an empty database of their own in a cluster that many share. Tests that kill, restart or
//! replicate start a [`Cluster`] of their own.
//!
//! ```no_run
//! # async fn example() {
//! let database = parlance_rig::postgres::database().await;
//! let answer = parlance_rig::postgres::query(&database.url, "SELECT 1").unwrap();
//! assert_eq!(answer, "1");
//! # }
//! ```

mod cluster;
mod programs;
mod server;
mod shared;
mod standby;

use anyhow::{Context, Result, ensure};

pub use cluster::{Cluster, Options};
pub use shared::{Database, VARIABLE, database, shared};

/// Runs one statement with `psql` and returns its rows, a line each, columns divided by `|`. It blocks the thread, for
/// about ten milliseconds and what the statement takes.
pub fn query(url: &str, sql: &str) -> Result<String> {
    let mut psql = programs::Programs::find()?.client("psql");
    psql.args(["-XAtq", "-v", "ON_ERROR_STOP=1", "-d", url, "-c", sql]);
    let output = psql.output().context("psql could not be started")?;
    ensure!(output.status.success(), "{sql}: {}", String::from_utf8_lossy(&output.stderr).trim());
    Ok(String::from_utf8_lossy(&output.stdout).trim_end().to_owned())
}

/// Makes an empty database with a name of its own in the cluster of this URL, and returns its name.
///
/// The strategy is the one that needs no checkpoint: alone it is as quick as the other, and it does not stop the
/// neighbours of a shared cluster.
fn create_database(url: &str) -> Result<String> {
    let id = std::fs::read_to_string("/proc/sys/kernel/random/uuid").context("a random name from the kernel")?;
    let name = format!("test_{}", id.trim().replace('-', ""));
    query(url, &format!("CREATE DATABASE {name} STRATEGY wal_log"))?;
    Ok(name)
}
