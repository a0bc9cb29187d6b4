//! Moving house: every table from one database into another, in parts, so that it can be cut off anywhere and go on.

use futures_util::future::try_join;

use super::cell::{read_key, write_key};
use super::digest::Digest;
use super::end::{Begun, End, Mark};
use super::postgres::PostgresEnd;
use super::sqlite::{self, SqliteEnd};
use super::{HouseError, Place, UNFINISHED, texts};
use crate::sql::tables::{TABLES, Table};

/// How far a copy is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress {
    /// What is being done.
    pub stage: Stage,
    /// The table that it is done with.
    pub table: &'static str,
    /// Rows of all tables that it has been done with.
    pub done: u64,
    /// Rows of all tables.
    pub total: u64,
}

/// What is being done with a table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// Its rows are copied.
    Copying,
    /// They are read back from both sides.
    Checking,
}

/// What a copy came to.
#[derive(Debug)]
pub struct Copied {
    /// Whether an earlier copy was finished.
    pub resumed: bool,
    /// Every table as it is on either side.
    pub tables: Vec<Compared>,
}

/// A table as it is on either side.
#[derive(Debug, Clone, Copy)]
pub struct Compared {
    /// Its name.
    pub table: &'static str,
    /// What the source holds.
    pub from: Digest,
    /// What the target holds.
    pub to: Digest,
}

impl Copied {
    /// Whether every table is the same on both sides.
    pub fn agrees(&self) -> bool {
        self.tables.iter().all(|table| table.from == table.to)
    }
}

/// Copies everything from one database into another, empty one, or goes on where an earlier copy of the same was cut off.
///
/// When [`Copied::agrees`], the target is ready to be served, else it is left unfinished, which nobody opens. Leases of
/// deliveries are not copied, since nobody is at work. `watch` is told of each part.
///
/// # Errors
/// [`HouseError::Refused`] when the source is not there or is not up to date, when somebody has a SQLite file open, or when
/// the target holds something that no copy from this source put there; else as the databases fail.
pub async fn copy(from: &Place, to: &Place, watch: &mut (dyn FnMut(Progress) + Send)) -> Result<Copied, HouseError> {
    if from.name() == to.name() {
        return Err(HouseError::refused("the source and the target are the same database"));
    }
    let source = open_source(from).await?;
    let target = open_target(to).await?;
    let copied = carry(&*source, &*target, from.name(), watch).await;
    let closed = (source.close().await, target.close().await);
    let copied = copied?;
    closed.0.and(closed.1)?;
    Ok(copied)
}

async fn open_source(place: &Place) -> Result<Box<dyn End>, HouseError> {
    match place {
        Place::Postgres(url) => Ok(Box::new(PostgresEnd::read(url).await?)),
        Place::Sqlite(path) => {
            let reader = sqlite::first_look(path)?;
            let reader = reader.ok_or_else(|| HouseError::refused(format!("there is no database at {place}")))?;
            let (version, newest) = (sqlite::version(&reader)?, sqlite::newest_version());
            if version != newest {
                return Err(HouseError::refused(format!(
                    "the schema of {place} is at number {version}, that of this program at {newest}: run `parlance db migrate` on it first"
                )));
            }
            drop(reader);
            Ok(Box::new(SqliteEnd::open(path)?))
        }
    }
}

async fn open_target(place: &Place) -> Result<Box<dyn End>, HouseError> {
    match place {
        Place::Postgres(url) => Ok(Box::new(PostgresEnd::fill(url).await?)),
        Place::Sqlite(path) => Ok(Box::new(SqliteEnd::open(path)?)),
    }
}

async fn carry(
    source: &dyn End,
    target: &dyn End,
    from: String,
    watch: &mut (dyn FnMut(Progress) + Send),
) -> Result<Copied, HouseError> {
    if source.begun().await?.is_some() {
        return Err(HouseError::refused(format!("the source cannot be copied: {UNFINISHED}")));
    }
    let begun = target.begun().await?;
    let resumed = begun.is_some();
    let marks = begin(target, begun, from).await?;
    let mut total = 0;
    for table in TABLES {
        total += source.count(table).await?;
    }
    let mut done = 0;
    for table in TABLES {
        let mark = marks.marks.get(table.name).cloned().unwrap_or_default();
        done += copy_table(source, target, table, mark, &mut |rows| {
            watch(Progress { stage: Stage::Copying, table: table.name, done: done + rows, total });
        })
        .await?;
    }
    let mut tables = Vec::new();
    done = 0;
    for table in TABLES {
        let mut watch = |rows| watch(Progress { stage: Stage::Checking, table: table.name, done: done + rows, total });
        let (from, to) = try_join(read(source, table, &mut watch), read(target, table, &mut |_| ())).await?;
        done += from.rows;
        tables.push(Compared { table: table.name, from, to });
    }
    let copied = Copied { resumed, tables };
    if copied.agrees() {
        target.finish().await?;
    }
    Ok(copied)
}

/// Where the copy stands: at the beginning, which is noted, or where an earlier one was cut off.
async fn begin(target: &dyn End, begun: Option<Begun>, from: String) -> Result<Begun, HouseError> {
    match begun {
        Some(begun) if begun.from == from => Ok(begun),
        Some(begun) => Err(HouseError::refused(format!(
            "the target holds an unfinished copy of {}: finish that one, or empty the target",
            begun.from
        ))),
        None => {
            let filled = target.filled().await?;
            if !filled.is_empty() {
                let names = filled.join(", ");
                return Err(HouseError::refused(format!("the target is not empty, it holds rows of {names}")));
            }
            target.begin(from).await?;
            Ok(Begun::default())
        }
    }
}

/// Copies what comes behind the mark, and gives the number of rows that are copied then.
async fn copy_table(
    source: &dyn End,
    target: &dyn End,
    table: &'static Table,
    mut mark: Mark,
    watch: &mut (dyn FnMut(u64) + Send),
) -> Result<u64, HouseError> {
    let kinds: Vec<_> = texts::order(table, source.dialect()).into_iter().map(|(_, kind)| kind).collect();
    let mut after = match mark.last.as_str() {
        "" => None,
        last => Some(read_key(last, &kinds).ok_or_else(|| {
            HouseError::Corrupt(format!("the target's note where the copy of {} stands cannot be read", table.name))
        })?),
    };
    loop {
        let page = source.page(table, after, table.part).await?;
        let Some(last) = page.last else { return Ok(mark.rows) };
        mark = Mark { rows: mark.rows + page.rows.len() as u64, last: write_key(&last) };
        target.put(table, page.rows, mark.clone()).await?;
        after = Some(last);
        watch(mark.rows);
    }
}

async fn read(end: &dyn End, table: &'static Table, watch: &mut (dyn FnMut(u64) + Send)) -> Result<Digest, HouseError> {
    let (mut digest, mut after) = (Digest::default(), None);
    loop {
        let page = end.page(table, after, table.part).await?;
        page.rows.iter().for_each(|row| digest.add(row));
        if page.last.is_none() {
            return Ok(digest);
        }
        after = page.last;
        watch(digest.rows);
    }
}
