//! Taking deliveries: what is due is read and leased in one operation of the writer.

use engine::facts::Delivery;
use engine::store::Claim;
use rusqlite::{Connection, Result};

use super::run;
use crate::sql::claims;

/// Takes due deliveries; see the trait.
pub(super) fn claim(connection: &Connection, claim: &Claim) -> Result<Vec<Delivery>> {
    let mut taken = run::many(connection, &claims::due(claim))?;
    for delivery in &mut taken {
        delivery.first_attempt_time.get_or_insert(claim.now);
        run::write(connection, &claims::lease(delivery, claim)?)?;
    }
    Ok(taken)
}
