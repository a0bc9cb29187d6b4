//! `parlance db copy`: from one engine to the other, with what it came to.

use std::io::{self, IsTerminal};
use std::path::Path;

use anyhow::{Context, bail};
use store::house::{self, Compared};

use super::house_of;
use super::progress::Watch;
use crate::args::Copy;
use crate::database::Database;
use crate::say::say;

/// Copies, and prints what either side holds.
///
/// # Errors
/// Whatever keeps it from being done, and sides that differ.
pub async fn run(options: &Copy) -> anyhow::Result<()> {
    let (from, to): (Database, Database) =
        (options.from.parse().context("--from cannot be used")?, options.to.parse().context("--to cannot be used")?);
    let key = key_file(&from);
    let (from, to) = (house_of(from), house_of(to));
    let mut progress = Watch::new(io::stderr(), io::stderr().is_terminal());
    let copied = house::copy(&from, &to, &mut |step| progress.see(step)).await;
    progress.end();
    let copied = copied.with_context(|| format!("{from} is not copied"))?;
    for table in &copied.tables {
        say(line(table))?;
    }
    if !copied.agrees() {
        bail!("the two sides differ, so {to} is left unfinished and cannot be served: empty it, and copy again");
    }
    let how = if copied.resumed { "the copy that was begun earlier is whole" } else { "everything is copied" };
    say(format_args!("{how}, and the same on both sides. Leases of deliveries were left behind: all are free."))?;
    Ok(say(format_args!("The key that opens the secrets is not in the database. It must go along: {key}."))?)
}

fn key_file(from: &Database) -> String {
    match from {
        Database::Sqlite(path) => {
            let folder = path.parent().unwrap_or(Path::new(""));
            format!("{}, or what --key-file named", folder.join("key").display())
        }
        Database::Postgres(_) => "`key` in the data folder of any of its nodes, or what --key-file named".to_owned(),
    }
}

fn line(Compared { table, from, to }: &Compared) -> String {
    if from == to {
        return format!("{table:<14}{:>12} rows  {}", from.rows, from.checksum());
    }
    format!("{table:<14}DIFFERS: the source has {from}, the target {to}")
}
