//! Counters of rate limits.

use engine::store::Reservation;
use wire::id::AccountId;

use super::fields::Fields;
use super::row::Row;
use super::statement::statements;
use super::value::{TooLarge, int, values};
use super::{Query, Write};

/// `$larger` is the function that gives the larger of two numbers.
macro_rules! reserve {
    ($larger:literal) => {
        concat!(
            r#"INSERT INTO usage (account_id, app_id, bucket, "window", calls) VALUES ($1, $2, $3, $4, $5)
            ON CONFLICT (account_id, app_id, bucket) DO UPDATE SET "window" = "#,
            $larger,
            r#"(usage."window", excluded."window"), calls = CASE WHEN usage."window" < excluded."window"
            THEN excluded.calls WHEN usage.calls < $6 THEN usage.calls + excluded.calls ELSE "#,
            $larger,
            "(usage.calls, $6 + excluded.calls) END RETURNING account_id, app_id, bucket, calls"
        )
    };
}

statements! {
    /// Exact however many do it at once: the conflict locks the row, and the update is computed from its newest version.
    /// Only new values come back, which is enough because they tell what was granted (`shared::on_record`).
    RESERVE { sqlite: reserve!("max"), postgres: reserve!("greatest") }
    FORGET_USAGE { "DELETE FROM usage" }
}

/// Takes from an allowance and gives the calls on record afterwards, which say what was granted: `shared::reserved`.
pub(crate) fn reserve(reservation: &Reservation) -> Result<Query<'static, i64>, TooLarge> {
    let account = int(reservation.account.map_or(0, AccountId::get))?;
    let app = int(reservation.app.get())?;
    let Reservation { bucket, window, calls, allowed, .. } = *reservation;
    let decode = |row: Row<'_>| {
        let mut fields = Fields::new(row, "usage", 0, 3);
        let _key: (i64, i64, i64) = (fields.get()?, fields.get()?, fields.get()?);
        fields.get()
    };
    Ok(Query { statement: &RESERVE, params: values![account, app, bucket, window, calls, allowed], decode })
}

/// Forgets what was counted, since the clock was set back and windows begin anew.
pub(crate) fn forget() -> Write<'static> {
    Write::new(&FORGET_USAGE, values![])
}
