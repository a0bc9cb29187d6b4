//! `parlance db`: looking after a database.

mod copy;
mod progress;

use anyhow::{Context, bail};
use engine::clock::{Clock, SystemClock};
use store::house::{self, Checked, Distributed, Files};

use crate::args::{Backup, DbCommand, Place, Restore};
use crate::database::Database;
use crate::home;
use crate::say::say;

/// Does what is asked for.
///
/// # Errors
/// Whatever keeps it from being done; for `check`, rules that are broken; for `copy`, sides that differ.
pub async fn run(command: DbCommand) -> anyhow::Result<()> {
    match command {
        DbCommand::Migrate(place) => migrate(&place).await,
        DbCommand::Copy(options) => copy::run(&options).await,
        DbCommand::Backup(options) => backup(&options),
        DbCommand::Restore(options) => restore(&options),
        DbCommand::Check(place) => check(&place).await,
        DbCommand::Distribute(place) => distribute(&place).await,
    }
}

fn house_of(database: Database) -> house::Place {
    match database {
        Database::Sqlite(path) => house::Place::Sqlite(path),
        Database::Postgres(url) => house::Place::Postgres(url),
    }
}

async fn migrate(place: &Place) -> anyhow::Result<()> {
    let database = house_of(home::database(place)?);
    let (from, to) = house::migrate(&database).await.with_context(|| format!("cannot migrate {database}"))?;
    if from == to {
        return Ok(say(format_args!("the schema is up to date: number {to}"))?);
    }
    Ok(say(format_args!("the schema went from number {from} to number {to}"))?)
}

/// The files of a SQLite database and its key; nothing for PostgreSQL.
fn files(place: &Place) -> anyhow::Result<Option<Files>> {
    match home::database(place)? {
        Database::Sqlite(database) => Ok(Some(Files { database, key: home::key_file(place) })),
        Database::Postgres(_) => Ok(None),
    }
}

fn backup(options: &Backup) -> anyhow::Result<()> {
    let Some(files) = files(&options.place)? else {
        bail!(
            "PostgreSQL is backed up with its own tools: pg_dump for one moment, pg_basebackup and an archive of its \
               log for every moment; keep the key file with it"
        );
    };
    let made = house::backup(&files, &options.to).context("no backup was made")?;
    Ok(say(format_args!("{} bytes and the key are in {}", made.bytes, options.to.display()))?)
}

fn restore(options: &Restore) -> anyhow::Result<()> {
    let Some(files) = files(&options.place)? else {
        bail!("PostgreSQL is restored with its own tools, pg_restore or a base backup; put the key file back as well");
    };
    let aside = options.replace.then(|| format!("replaced-{}", SystemClock.now().rfc3339()));
    let restored = house::restore(&options.from, &files, aside.as_deref()).context("nothing was restored")?;
    say(format_args!("{} is what was backed up", files.database.display()))?;
    if let Some(kept) = restored.kept {
        say(format_args!("the database that was there is {}", kept.display()))?;
    }
    Ok(())
}

async fn check(place: &Place) -> anyhow::Result<()> {
    let database = house_of(home::database(place)?);
    let rules = house::check(&database).await.with_context(|| format!("cannot check {database}"))?;
    let broken = rules.iter().filter(|rule| rule.broken > 0).count();
    for rule in &rules {
        say(line(rule))?;
    }
    match broken {
        0 => Ok(()),
        _ => bail!("{broken} of {} rules are broken", rules.len()),
    }
}

fn line(Checked { name, meaning, broken, keys }: &Checked) -> String {
    if *broken == 0 {
        return format!("ok      {name:<28}{meaning}");
    }
    let more = if *broken > keys.len() as u64 { ", …" } else { "" };
    let rows = if *broken == 1 { "row" } else { "rows" };
    format!("BROKEN  {name:<28}{meaning}: not so for {broken} {rows}: {}{more}", keys.join(", "))
}

async fn distribute(place: &Place) -> anyhow::Result<()> {
    let Database::Postgres(url) = home::database(place)? else {
        bail!("a SQLite file cannot be distributed: copy it into PostgreSQL first, with `parlance db copy`");
    };
    match house::distribute(&url).await.context("cannot distribute the database")? {
        Distributed::Done(statements) if statements.is_empty() => Ok(say("every table is distributed already")?),
        Distributed::Done(statements) => Ok(say(format_args!("{};", statements.join(";\n")))?),
        Distributed::NoCitus(statements) => {
            say(format_args!("{};", statements.join(";\n")))?;
            bail!(
                "this PostgreSQL has no Citus, so nothing was done: above is what would be; install the extension citus, \
                 add it to shared_preload_libraries and run this again"
            )
        }
    }
}
