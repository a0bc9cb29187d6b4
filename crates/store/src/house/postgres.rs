//! PostgreSQL as an end of a copy.

use async_trait::async_trait;
use db::tokio_postgres::types::ToSql;
use db::tokio_postgres::{Client, Row, error::SqlState};
use db::{DbError, Upkeep};

use super::HouseError;
use super::cell::Cell;
use super::end::{Begun, End, Mark, Page};
use super::texts::{self, Dialect, of_the_moment, stays};
use crate::postgres::base;
use crate::postgres::schema::MIGRATIONS;
use crate::sql::tables::{Kind, Table};

const HAS_PROGRESS: &str = "SELECT to_regclass('copy_progress') IS NOT NULL";
/// One copy at a time; ended with the session. What a copy that was killed still holds is free in a moment.
const ALONE: &str = "SET lock_timeout = '10s'; SELECT pg_advisory_lock(1886547811, 2); RESET lock_timeout";
/// Pages come off an index, whatever the planner believes of a table that was filled a moment ago.
const IN_ORDER: &str = "SET enable_sort = off";
/// New deliveries are numbered behind those that are there.
const NUMBER: &str =
    "SELECT setval(pg_get_serial_sequence('delivery', 'id'), id) FROM delivery ORDER BY id DESC LIMIT 1";
const NOTE: &str = "INSERT INTO copy_progress VALUES ($1, $2, $3) \
    ON CONFLICT (name) DO UPDATE SET rows = excluded.rows, last = excluded.last";

/// Whether a copy into the database has begun and not ended.
pub(crate) async fn is_unfinished(client: &Client) -> Result<bool, DbError> {
    Ok(client.query_one(HAS_PROGRESS, &[]).await?.try_get(0)?)
}

/// The number of the last migration that this program knows.
pub(super) fn newest_version() -> u32 {
    MIGRATIONS.last().map_or(0, |migration| migration.number)
}

pub(super) struct PostgresEnd {
    upkeep: Upkeep,
}

impl PostgresEnd {
    /// Opens a database to be read, all of it as it is now.
    pub async fn read(url: &str) -> Result<Self, HouseError> {
        let upkeep = Upkeep::open(url).await?;
        let version = upkeep.version().await?;
        if version != newest_version() {
            return Err(HouseError::refused(format!(
                "the schema of the source is at number {version}, that of this program at {}: run `parlance db migrate` on it first",
                newest_version()
            )));
        }
        upkeep.client().batch_execute(IN_ORDER).await?;
        upkeep.client().batch_execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY").await?;
        Ok(Self { upkeep })
    }

    /// Opens a database to be filled, and brings its schema up to date.
    pub async fn fill(url: &str) -> Result<Self, HouseError> {
        let upkeep = Upkeep::open(url).await?;
        match upkeep.client().batch_execute(ALONE).await {
            Err(error) if error.code() == Some(&SqlState::LOCK_NOT_AVAILABLE) => {
                return Err(HouseError::refused("another copy into this database is under way"));
            }
            locked => locked?,
        }
        upkeep.migrate(MIGRATIONS).await?;
        upkeep.client().batch_execute(IN_ORDER).await?;
        Ok(Self { upkeep })
    }

    fn client(&self) -> &Client {
        self.upkeep.client()
    }
}

#[async_trait]
impl End for PostgresEnd {
    fn dialect(&self) -> Dialect {
        Dialect::Postgres
    }

    async fn begun(&self) -> Result<Option<Begun>, HouseError> {
        if !is_unfinished(self.client()).await? {
            return Ok(None);
        }
        let rows = self.client().query(texts::PROGRESS, &[]).await?;
        let rows = rows.iter().map(|row| Ok((row.try_get(0)?, row.try_get(1)?, row.try_get(2)?)));
        Ok(Some(Begun::of(rows.collect::<Result<_, HouseError>>()?)))
    }

    async fn filled(&self) -> Result<Vec<String>, HouseError> {
        let names = self.client().query(&texts::filled(), &[]).await?;
        names.iter().map(|row| Ok(row.try_get(0)?)).collect()
    }

    async fn count(&self, table: &'static Table) -> Result<u64, HouseError> {
        let count: i64 = self.client().query_one(&texts::count(table), &[]).await?.try_get(0)?;
        Ok(count.cast_unsigned())
    }

    async fn page(&self, table: &'static Table, after: Option<Vec<Cell>>, limit: usize) -> Result<Page, HouseError> {
        let values: Vec<_> = after.iter().flatten().map(Cell::value).collect();
        let values: Vec<_> = values.iter().map(|value| value as &(dyn ToSql + Sync)).collect();
        let text = texts::page(table, Dialect::Postgres, after.is_none(), limit);
        let order = texts::order(table, Dialect::Postgres);
        let (mut rows, mut last) = (Vec::new(), None);
        for row in self.client().query(&text, &values).await? {
            let columns = (order.len()..).zip(table.columns);
            let cells = columns.map(|(at, column)| match of_the_moment(column.name) {
                true => Ok(Cell::Null),
                false => cell(&row, at, column.kind),
            });
            let cells = cells.collect::<Result<Vec<_>, _>>()?;
            let place = order.iter().enumerate().map(|(at, (_, kind))| cell(&row, at, *kind));
            last = Some(place.collect::<Result<_, _>>()?);
            if !stays(table, &cells) {
                rows.push(cells);
            }
        }
        Ok(Page { rows, last })
    }

    async fn begin(&self, from: String) -> Result<(), HouseError> {
        self.client().batch_execute("BEGIN").await?;
        self.client().batch_execute(texts::CREATE_PROGRESS).await?;
        self.client().execute(NOTE, &[&"", &0_i64, &from]).await?;
        Ok(self.client().batch_execute("COMMIT").await?)
    }

    async fn put(&self, table: &'static Table, rows: Vec<Vec<Cell>>, mark: Mark) -> Result<(), HouseError> {
        self.client().batch_execute("BEGIN").await?;
        if !rows.is_empty() {
            let arrays = arrays(table, &rows);
            let arrays: Vec<_> = arrays.iter().map(|array| &**array as &(dyn ToSql + Sync)).collect();
            self.client().execute(&texts::insert(table, Dialect::Postgres), &arrays).await?;
        }
        self.client().execute(NOTE, &[&table.name, &mark.rows.cast_signed(), &mark.last]).await?;
        Ok(self.client().batch_execute("COMMIT").await?)
    }

    async fn finish(&self) -> Result<(), HouseError> {
        self.client().batch_execute("BEGIN").await?;
        self.client().query_opt(NUMBER, &[]).await?;
        if let Some(newest) = base::newest(self.client()).await? {
            base::move_behind(self.client(), newest).await?;
        }
        self.client().batch_execute(texts::DROP_PROGRESS).await?;
        self.client().batch_execute("COMMIT").await?;
        // How rows are best found depends on how many there are, which the server would otherwise learn late.
        Ok(self.client().batch_execute("ANALYZE").await?)
    }

    async fn close(self: Box<Self>) -> Result<(), HouseError> {
        self.upkeep.close().await;
        Ok(())
    }
}

/// The rows column by column.
fn arrays(table: &Table, rows: &[Vec<Cell>]) -> Vec<Box<dyn ToSql + Sync + Send>> {
    let column = |at: usize, kind| -> Box<dyn ToSql + Sync + Send> {
        let cells = rows.iter().map(|row| &row[at]);
        match kind {
            Kind::Int => {
                Box::new(cells.map(|cell| if let Cell::Int(it) = cell { Some(*it) } else { None }).collect::<Vec<_>>())
            }
            Kind::Flag => {
                Box::new(cells.map(|cell| if let Cell::Flag(it) = cell { Some(*it) } else { None }).collect::<Vec<_>>())
            }
            Kind::Text => Box::new(
                cells.map(|cell| if let Cell::Text(it) = cell { Some(it.clone()) } else { None }).collect::<Vec<_>>(),
            ),
            Kind::Bytes => Box::new(
                cells.map(|cell| if let Cell::Bytes(it) = cell { Some(it.clone()) } else { None }).collect::<Vec<_>>(),
            ),
        }
    };
    table.columns.iter().enumerate().map(|(at, of)| column(at, of.kind)).collect()
}

fn cell(row: &Row, at: usize, kind: Kind) -> Result<Cell, HouseError> {
    let cell = match kind {
        Kind::Int => row.try_get::<_, Option<_>>(at)?.map(Cell::Int),
        Kind::Text => row.try_get::<_, Option<_>>(at)?.map(Cell::Text),
        Kind::Bytes => row.try_get::<_, Option<_>>(at)?.map(Cell::Bytes),
        Kind::Flag => row.try_get::<_, Option<_>>(at)?.map(Cell::Flag),
    };
    Ok(cell.unwrap_or(Cell::Null))
}
