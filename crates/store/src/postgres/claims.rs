//! Leases of deliveries. They are not waited for on disk: one that is lost with the machine is given again.

use std::collections::BTreeMap;

use db::Postgres;
use engine::facts::Delivery;
use engine::store::{Claim, CommitError, StoreError};
use wire::id::DeliveryId;

use super::{failure, run};
use crate::sql::claims::{TAKE, due_keys, leasing_accounts, release_account};
use crate::sql::deliveries::{delivery_row, owner_bits};
use crate::sql::{TooLarge, int};

/// Takes due deliveries; see the trait. First a look at the oldest ones, then for each account among them a transaction
/// of its own, which takes those that nobody else took meanwhile.
pub(super) async fn claim(db: &Postgres, claim: &Claim) -> Result<Vec<Delivery>, CommitError> {
    let mut accounts: BTreeMap<_, Vec<DeliveryId>> = BTreeMap::new();
    for (account, delivery) in run::many(db, due_keys(claim)).await? {
        accounts.entry(account).or_default().push(delivery);
    }
    let (owner, until, now) = (owner_bits(claim.owner), claim.until.get(), claim.now.get());
    let mut taken = Vec::new();
    for (account, deliveries) in accounts {
        let ids: Result<Vec<i64>, TooLarge> = deliveries.iter().map(|delivery| int(delivery.get())).collect();
        let (account, ids) =
            (int(account.get()).map_err(|number| too_large(&number))?, ids.map_err(|number| too_large(&number))?);
        let rows = db.query_relaxed(TAKE.postgres, &[&account, &ids, &owner, &until, &now]).await;
        taken.extend(run::decoded(&rows.map_err(|error| failure::read(&error))?, delivery_row)?);
    }
    taken.sort_by_key(|delivery| (delivery.due_time, delivery.id));
    Ok(taken)
}

/// Gives back every lease of an owner, account by account.
pub(super) async fn release(db: &Postgres, owner: u64) -> Result<(), CommitError> {
    for account in run::many(db, leasing_accounts(owner)).await? {
        let write = release_account(account, owner).map_err(|number| too_large(&number))?;
        db.query_relaxed(write.statement.postgres, &run::params(&write.params))
            .await
            .map_err(|error| failure::read(&error))?;
    }
    Ok(())
}

fn too_large(number: &TooLarge) -> StoreError {
    StoreError::Corrupt(number.to_string())
}
