//! The part of delivering webhooks that needs no network: what to take, where it goes, and what an outcome means
//! (contract webhooks 2).

mod again;
mod destination;
mod record;
mod request;

use std::collections::HashMap;

use parking_lot::Mutex;
use wire::dialect::Dialect;
use wire::id::{AccountId, AppId};
use wire::time::{Millis, Span};

use crate::facts::Delivery;
use crate::store::{Claim, CommitError};
use crate::world::World;

pub use again::{Changed, again, copy, field_name};
pub(crate) use destination::Destinations;
pub use destination::{Destination, Unwanted, destination};
pub use record::{Attempted, concerns_the_endpoint, explain, give_up, give_up_unwanted, postpone, record};
pub use request::{Body, Post, groups};

/// What came back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// HTTP status, when there was an answer.
    pub status: Option<u16>,
    /// Beginning of the body, or why there was none.
    pub text: String,
    /// How long it took, in milliseconds.
    pub duration_ms: u64,
}

/// What a worker holds: until when what it claimed is its alone, and what was known of outages when it took it.
pub struct Hold {
    owner: u64,
    taken: Millis,
    until: Millis,
    /// Since when the app's endpoint fails, by account and login. Whoever records an outcome keeps it.
    outages: Mutex<HashMap<(AccountId, Dialect), Millis>>,
}

impl Hold {
    /// Whether it outlasts a POST that begins now and takes all the time it has. One that does not is not to be used: a
    /// process that stood still since it claimed must not post what another may have claimed after it.
    pub fn outlasts_a_post(&self, world: &World) -> bool {
        let longest = i64::try_from(world.settings.webhook_timeout_ms).unwrap_or(i64::MAX);
        world.now().plus(Span::millis(longest)) <= self.until
    }

    /// Whether a delivery was never taken before.
    pub fn is_first_of(&self, delivery: &Delivery) -> bool {
        delivery.attempts == 0 && delivery.first_attempt_time == Some(self.taken)
    }
}

/// Takes up to `limit` deliveries of one app that are due, for the worker `owner`.
///
/// Outages are read after the claim. So whoever tries a delivery again sees the outage that its failure began, and ends it.
///
/// # Errors
/// The store's.
pub async fn claim(world: &World, app: AppId, owner: u64, limit: u32) -> Result<(Vec<Delivery>, Hold), CommitError> {
    let now = world.now();
    let until = now.plus(Span::millis(world.settings.delivery_lease_ms));
    let deliveries = world.store.claim(Claim { app, now, until, owner, limit }).await?;
    let outages = if deliveries.is_empty() { Vec::new() } else { world.store.outages(app).await? };
    let outages = outages.into_iter().map(|outage| ((outage.account, outage.login), outage.since)).collect();
    Ok((deliveries, Hold { owner, taken: now, until, outages: Mutex::new(outages) }))
}
