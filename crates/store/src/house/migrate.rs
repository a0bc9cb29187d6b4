//! Bringing a schema up to date.

use db::Upkeep;

use super::{HouseError, Place, UNFINISHED, postgres, sqlite};

/// Brings the schema up to date, making the database when a SQLite file is not there, and gives the number of its last
/// migration before and after.
///
/// # Errors
/// [`HouseError::Refused`] while a copy into it is unfinished, [`HouseError::Database`] when it is in use (SQLite), cannot
/// be reached or was written by a newer program.
pub async fn migrate(place: &Place) -> Result<(u32, u32), HouseError> {
    match place {
        Place::Sqlite(path) => {
            let before = sqlite::reader(path)?.map_or(Ok(0), |reader| sqlite::version(&reader))?;
            if sqlite::is_unfinished_file(path)? {
                return Err(HouseError::refused(UNFINISHED));
            }
            sqlite::open(path)?.close().await?;
            Ok((before, sqlite::newest_version()))
        }
        Place::Postgres(url) => {
            let upkeep = Upkeep::open(url).await?;
            if postgres::is_unfinished(upkeep.client()).await? {
                return Err(HouseError::refused(UNFINISHED));
            }
            let before = upkeep.version().await?;
            upkeep.migrate(crate::postgres::schema::MIGRATIONS).await?;
            let after = upkeep.version().await?;
            upkeep.close().await;
            Ok((before, after))
        }
    }
}
