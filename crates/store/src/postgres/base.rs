//! Keeps the numbers of the event log growing when its database comes from elsewhere.
//!
//! A number is `event_base` and that of the transaction (`sql/log.rs`), and transactions are numbered by the cluster. In
//! another cluster their numbers begin anew, so the base must be moved behind the entries that are there.

use db::tokio_postgres::Client;
use db::{DbError, Upkeep};
use engine::store::StoreError;

use crate::sql::log::{event_base, own_events};

/// The largest number that is taken.
const NEWEST: &str = "SELECT seq FROM event ORDER BY seq DESC LIMIT 1";
/// The smallest that the present transaction would give. Asked for after the other, it is larger than whatever that saw
/// others write here.
const OWN: &str = concat!("SELECT ", own_events!());
/// Lets every transaction that is under way number behind `$1`, and readers see up to there. Never goes back.
const MOVE: &str = concat!(
    "INSERT INTO setting (name, value) SELECT 'event_base', CAST(greatest(",
    event_base!(),
    ", CAST($1 AS BIGINT) + 1 - (CAST(CAST(pg_snapshot_xmin(pg_current_snapshot()) AS TEXT) AS BIGINT) << 16)) AS TEXT) \
    ON CONFLICT (name) DO UPDATE SET value = excluded.value"
);

/// Makes a database fit to be served: one from another cluster gets its log's numbers in order, one that an unfinished
/// copy was filling is refused.
///
/// To be called at opening, with the schema up to date. Costs a connection and two look-ups when there is nothing to do.
///
/// # Errors
/// [`StoreError::Unavailable`] with a sentence.
pub(crate) async fn ready(url: &str) -> Result<(), StoreError> {
    let unavailable = |error: DbError| StoreError::Unavailable(error.to_string());
    let upkeep = Upkeep::open(url).await.map_err(unavailable)?;
    let unfinished = crate::house::is_unfinished(upkeep.client()).await.map_err(unavailable)?;
    if unfinished {
        return Err(StoreError::Unavailable(crate::house::UNFINISHED.to_owned()));
    }
    repair(&upkeep).await.map_err(unavailable)?;
    upkeep.close().await;
    Ok(())
}

/// Moves the base when new entries would get numbers that are taken or smaller ones; true when it did.
///
/// # Errors
/// As the database does.
pub(crate) async fn repair(upkeep: &Upkeep) -> Result<bool, DbError> {
    let client = upkeep.client();
    if taken(client).await?.is_none() {
        return Ok(false);
    }
    // Somebody else who opens it may have been here since.
    upkeep.begin_alone().await?;
    let taken = taken(client).await?;
    if let Some(newest) = taken {
        move_behind(client, newest).await?;
        tracing::info!(newest, "the event log goes on behind another cluster's numbers");
    }
    client.batch_execute("COMMIT").await?;
    Ok(taken.is_some())
}

/// The newest entry's number, when the next transaction would not number behind it.
async fn taken(client: &Client) -> Result<Option<i64>, DbError> {
    let Some(newest) = newest(client).await? else { return Ok(None) };
    let own: i64 = client.query_one(OWN, &[]).await?.try_get(0)?;
    Ok((newest >= own).then_some(newest))
}

/// The largest number of the log.
pub(crate) async fn newest(client: &Client) -> Result<Option<i64>, DbError> {
    Ok(client.query_opt(NEWEST, &[]).await?.map(|row| row.try_get(0)).transpose()?)
}

/// Lets whatever is written from now on be numbered behind `newest`.
pub(crate) async fn move_behind(client: &Client, newest: i64) -> Result<(), DbError> {
    client.execute(MOVE, &[&newest]).await?;
    Ok(())
}
