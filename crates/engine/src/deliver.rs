//! The part of delivering webhooks that needs no network: what to take, where it goes, and what an outcome means.

use secrecy::{ExposeSecret, SecretString};
use wire::id::AppId;
use wire::signature;
use wire::time::{Millis, Span};

use crate::change::{Change, ChangeSet};
use crate::facts::{Attempt, Delivery, DeliveryState};
use crate::policy::retry::{self, Next};
use crate::store::{Claim, CommitError, Read};
use crate::webhook;
use crate::world::World;

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

/// Takes up to `limit` deliveries of one app that are due, for the worker `owner`.
///
/// # Errors
/// The store's.
pub async fn claim(world: &World, app: AppId, owner: u64, limit: u32) -> Result<Vec<Delivery>, CommitError> {
    let now = world.now();
    let until = now.plus(Span::millis(world.settings.delivery_lease_ms));
    world.store.claim(Claim { app, now, until, owner, limit, quick_attempts: retry::QUICK_ATTEMPTS }).await
}

/// What to post for a delivery, or `None` when nobody is subscribed any more.
///
/// # Errors
/// The store's.
pub async fn prepare(world: &World, delivery: &Delivery) -> Read<Option<Post>> {
    let Some(app) = world.store.app(delivery.app).await? else { return Ok(None) };
    let subscriptions = world.store.subscriptions(delivery.app).await?;
    let Some(subscription) = subscriptions.into_iter().find(|s| s.object == "instagram" && s.active) else {
        return Ok(None);
    };
    let Ok(secret) = world.vault.open(app.secret_of(delivery.login)) else { return Ok(None) };
    Ok(Some(post(subscription.callback_url, webhook::body(delivery), &secret)))
}

fn post(url: String, body: String, secret: &SecretString) -> Post {
    let key = secret.expose_secret().as_bytes();
    Post {
        url,
        sha1: signature::sha1_header(key, body.as_bytes()),
        sha256: signature::sha256_header(key, body.as_bytes()),
        body,
    }
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
