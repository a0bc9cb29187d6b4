//! The part of delivering webhooks that needs no network: what to take, where it goes, and what an outcome means.

use std::collections::HashMap;
use std::sync::Arc;

use parking_lot::RwLock;
use secrecy::{ExposeSecret, SecretString};
use wire::dialect::Dialect;
use wire::id::AppId;
use wire::signature;
use wire::time::{Millis, Span};

use crate::change::{Change, ChangeSet};
use crate::facts::{Attempt, Delivery, DeliveryState};
use crate::policy::retry::{self, Next};
use crate::store::{Claim, CommitError, Read, StoreError};
use crate::webhook;
use crate::world::World;

/// Most apps whose destinations are kept in memory; when there are more, all are read afresh.
const MOST_APPS: usize = 10_000;

/// Where a delivery goes and what is sent.
#[derive(Debug, Clone)]
pub struct Post {
    /// The callback.
    pub url: String,
    /// The exact bytes.
    pub body: String,
    /// `X-Hub-Signature`.
    pub sha1: String,
    /// `X-Hub-Signature-256`.
    pub sha256: String,
}

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

impl Answer {
    /// Exactly 200 is success (contract webhooks 2.5).
    pub fn is_success(&self) -> bool {
        self.status == Some(200)
    }
}

/// Until when what was claimed is the claimer's alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Lease {
    until: Millis,
}

impl Lease {
    /// Whether it outlasts a POST that begins now and takes all the time it has. One that does not is not to be used: a
    /// process that stood still since it claimed must not post what another may have claimed after it.
    pub fn outlasts_a_post(self, world: &World) -> bool {
        let longest = i64::try_from(world.settings.webhook_timeout_ms).unwrap_or(i64::MAX);
        world.now().plus(Span::millis(longest)) <= self.until
    }
}

/// Takes up to `limit` deliveries of one app that are due, for the worker `owner`.
///
/// # Errors
/// The store's.
pub async fn claim(world: &World, app: AppId, owner: u64, limit: u32) -> Result<(Vec<Delivery>, Lease), CommitError> {
    let now = world.now();
    let until = now.plus(Span::millis(world.settings.delivery_lease_ms));
    let taken = world.store.claim(Claim { app, now, until, owner, limit }).await?;
    Ok((taken, Lease { until }))
}

/// Where an app's deliveries go and what signs them, as it stood when it was read.
pub struct Destination {
    url: String,
    facebook: SecretString,
    instagram: SecretString,
}

/// An app's destination, and the configuration's epoch in which it was read.
type Known = HashMap<AppId, (u64, Option<Arc<Destination>>)>;

/// Destinations read before, each void as soon as any configuration changes.
#[derive(Default)]
pub struct Destinations(RwLock<Known>);

/// An app's destination, or `None` when it is subscribed no more.
///
/// # Errors
/// The store's; also when the app's secrets do not open, so that a wrong key drops nothing.
pub async fn destination(world: &World, app: AppId) -> Read<Option<Arc<Destination>>> {
    let epoch = world.epoch();
    if let Some((at, known)) = world.destinations.0.read().get(&app)
        && *at == epoch
    {
        return Ok(known.clone());
    }
    let found = look_up(world, app).await?.map(Arc::new);
    let mut all = world.destinations.0.write();
    if all.len() >= MOST_APPS {
        all.clear();
    }
    all.insert(app, (epoch, found.clone()));
    Ok(found)
}

async fn look_up(world: &World, app: AppId) -> Read<Option<Destination>> {
    let Some(app) = world.store.app(app).await? else { return Ok(None) };
    let subscriptions = world.store.subscriptions(app.id).await?;
    let Some(subscription) = subscriptions.into_iter().find(|s| s.object == "instagram" && s.active) else {
        return Ok(None);
    };
    let open = |dialect| {
        let secret = world.vault.open(app.secret_of(dialect));
        secret.map_err(|error| StoreError::Corrupt(format!("secret of app {}: {error}", app.id)))
    };
    let (facebook, instagram) = (open(Dialect::Facebook)?, open(Dialect::Instagram)?);
    Ok(Some(Destination { url: subscription.callback_url, facebook, instagram }))
}

impl Destination {
    /// What to post for a delivery.
    pub fn post(&self, delivery: &Delivery) -> Post {
        let secret = match delivery.login {
            Dialect::Facebook => &self.facebook,
            Dialect::Instagram => &self.instagram,
        };
        let (key, body) = (secret.expose_secret().as_bytes(), webhook::body(delivery));
        Post {
            url: self.url.clone(),
            sha1: signature::sha1_header(key, body.as_bytes()),
            sha256: signature::sha256_header(key, body.as_bytes()),
            body,
        }
    }
}

/// What to post for a delivery, or `None` when nobody is subscribed any more.
///
/// # Errors
/// As [`destination`].
pub async fn prepare(world: &World, delivery: &Delivery) -> Read<Option<Post>> {
    Ok(destination(world, delivery.app).await?.map(|destination| destination.post(delivery)))
}

/// Writes down what came of an attempt and when the next one is due.
///
/// # Errors
/// The store's; the lease then runs out and the delivery is made again, which at-least-once allows.
pub async fn record(
    world: &World,
    owner: u64,
    delivery: &Delivery,
    url: String,
    began: Millis,
    answer: &Answer,
) -> Result<DeliveryState, CommitError> {
    let now = world.now();
    let attempts = delivery.attempts + 1;
    let (state, due_time, hold_back) = if answer.is_success() {
        (DeliveryState::Delivered, now, false)
    } else {
        match retry::after_failure(attempts, delivery.first_attempt_time.unwrap_or(began), now) {
            Next::Retry { at, hold_back } => (DeliveryState::Pending, at, hold_back),
            Next::Drop => (DeliveryState::Dropped, now, false),
        }
    };
    let attempt = Attempt {
        account: delivery.account,
        delivery: delivery.id,
        number: attempts,
        time: began,
        duration_ms: answer.duration_ms,
        url,
        status: answer.status,
        answer: answer.text.clone(),
    };
    let mut set = ChangeSet::new();
    set.push(Change::RecordAttempt { owner, attempt, state, due_time, hold_back });
    world.commit(set).await?;
    Ok(state)
}

/// Gives up a delivery because nobody is subscribed any more; the log shows it as an attempt that went nowhere.
///
/// # Errors
/// As [`record`].
pub async fn drop_unwanted(world: &World, owner: u64, delivery: &Delivery) -> Result<(), CommitError> {
    let now = world.now();
    let attempt = Attempt {
        account: delivery.account,
        delivery: delivery.id,
        number: delivery.attempts + 1,
        time: now,
        duration_ms: 0,
        url: String::new(),
        status: None,
        answer: "no subscription any more".into(),
    };
    let mut set = ChangeSet::new();
    set.push(Change::RecordAttempt { owner, attempt, state: DeliveryState::Dropped, due_time: now, hold_back: false });
    world.commit(set).await
}
