//! Whether the facts in a database fit together: each rule by name, with the rows that break it.

mod rules;

use std::path::Path;

use db::Upkeep;

use super::{HouseError, Place, UNFINISHED, postgres, sqlite};
use rules::RULES;

/// Keys that are named of the rows that break a rule.
const NAMED: usize = 5;

/// What came of a rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checked {
    /// The rule.
    pub name: &'static str,
    /// What it says.
    pub meaning: &'static str,
    /// How many rows break it.
    pub broken: u64,
    /// The keys of the first of them.
    pub keys: Vec<String>,
}

/// Checks a database at one moment, beside whoever works on it. Blocks meanwhile, on SQLite.
///
/// # Errors
/// [`HouseError::Refused`] when there is no database, its schema is not up to date, or a copy into it is unfinished; else as
/// the database fails, which a damaged one does.
pub async fn check(place: &Place) -> Result<Vec<Checked>, HouseError> {
    match place {
        Place::Sqlite(path) => check_file(place, path),
        Place::Postgres(url) => check_server(place, url).await,
    }
}

/// All broken rows counted, and the first of them.
fn text(rule: &str) -> String {
    format!("SELECT broken, count(*) OVER () FROM ({rule}) AS rule ORDER BY broken LIMIT {NAMED}")
}

fn refuse(place: &Place, version: u32, newest: u32, unfinished: bool) -> Result<(), HouseError> {
    if unfinished {
        return Err(HouseError::refused(UNFINISHED));
    }
    if version != newest {
        return Err(HouseError::refused(format!(
            "the schema of {place} is at number {version}, that of this program at {newest}: run `parlance db migrate` on it first"
        )));
    }
    Ok(())
}

fn checked(rule: &rules::Rule, rows: Vec<(String, i64)>) -> Checked {
    let broken = rows.first().map_or(0, |row| row.1.cast_unsigned());
    let keys = rows.into_iter().map(|row| row.0).collect();
    Checked { name: rule.name, meaning: rule.meaning, broken, keys }
}

fn check_file(place: &Place, path: &Path) -> Result<Vec<Checked>, HouseError> {
    let Some(mut reader) = sqlite::reader(path)? else {
        return Err(HouseError::refused(format!("there is no database at {place}")));
    };
    let unfinished = sqlite::has_table(&reader, "copy_progress")?;
    refuse(place, sqlite::version(&reader)?, sqlite::newest_version(), unfinished)?;
    let moment = reader.transaction()?;
    let mut all = Vec::new();
    for rule in RULES {
        let mut statement = moment.prepare(&text(rule.statement.sqlite))?;
        let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
        all.push(checked(rule, rows.collect::<Result<_, _>>()?));
    }
    Ok(all)
}

async fn check_server(place: &Place, url: &str) -> Result<Vec<Checked>, HouseError> {
    let upkeep = Upkeep::open(url).await?;
    let unfinished = postgres::is_unfinished(upkeep.client()).await?;
    refuse(place, upkeep.version().await?, postgres::newest_version(), unfinished)?;
    upkeep.client().batch_execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY").await?;
    let mut all = Vec::new();
    for rule in RULES {
        let rows = upkeep.client().query(&text(rule.statement.postgres), &[]).await?;
        let rows = rows.iter().map(|row| Ok((row.try_get(0)?, row.try_get(1)?)));
        all.push(checked(rule, rows.collect::<Result<_, HouseError>>()?));
    }
    upkeep.close().await;
    Ok(all)
}
