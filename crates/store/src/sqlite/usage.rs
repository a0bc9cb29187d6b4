//! Counters of rate limits.

use engine::store::{Reservation, Reserved};
use rusqlite::{Connection, Result, params};
use wire::id::AccountId;

use super::fields::{Fields, int, one, run};
use crate::shared::reserved;

pub(super) const USAGE: &str = r#"SELECT account_id, app_id, bucket, "window", calls FROM usage WHERE account_id = ?1 AND app_id = ?2 AND bucket = ?3"#;
const PUT_USAGE: &str = r#"INSERT INTO usage (account_id, app_id, bucket, "window", calls) VALUES (?1, ?2, ?3, ?4, ?5)
    ON CONFLICT (account_id, app_id, bucket) DO UPDATE SET "window" = excluded."window", calls = excluded.calls"#;
pub(super) const FORGET_USAGE: &str = "DELETE FROM usage";

/// Takes from an allowance; see the trait.
pub(super) fn reserve(connection: &Connection, reservation: &Reservation) -> Result<Reserved> {
    let account = int(reservation.account.map_or(0, AccountId::get))?;
    let app = int(reservation.app.get())?;
    let known = one(connection, USAGE, params![account, app, reservation.bucket], |row| {
        let mut fields = Fields::new(row, "usage", 0, 3);
        let _key: (i64, i64, i64) = (fields.get()?, fields.get()?, fields.get()?);
        Ok((fields.get()?, fields.get()?))
    })?;
    let (window, answer) = reserved(reservation, known);
    run(connection, PUT_USAGE, params![account, app, reservation.bucket, window, answer.taken])?;
    Ok(answer)
}

/// Forgets what was counted, since the clock was set back and windows begin anew.
pub(super) fn forget(connection: &Connection) -> Result<usize> {
    run(connection, FORGET_USAGE, [])
}
