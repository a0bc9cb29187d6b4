//! Where an app's deliveries go, whether it still wants them, and what signs them.

use std::collections::HashMap;
use std::sync::Arc;

use parking_lot::RwLock;
use secrecy::SecretString;
use wire::dialect::Dialect;
use wire::id::{AccountId, AppId};

use super::request::{Body, Post};
use crate::facts::{App, Channel, Delivery, LoginCallbacks};
use crate::store::{Read, StoreError};
use crate::world::World;

/// Most apps, and accounts, whose configuration is kept in memory; when there are more, all are read afresh.
const MOST: usize = 10_000;

/// An app's endpoint and callbacks with the secrets that sign for them, as they stood when they were read.
pub struct Destination {
    /// Of its `instagram` subscription, where it has one.
    endpoint: Option<String>,
    /// By Facebook Login and by Instagram Login.
    callbacks: [LoginCallbacks; 2],
    secrets: [SecretString; 2],
}

/// Why a delivery is made no more.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Unwanted {
    /// The app has no subscription, or is not there.
    #[error("no subscription any more")]
    NoSubscription,
    /// The app was taken off the account.
    #[error("not installed any more")]
    NotInstalled,
    /// The app has no URL for this callback of the login product.
    #[error("no callback URL any more")]
    NoCallback,
}

/// What was read before, and the configuration's epoch in which it was read; void as soon as any configuration changes.
struct Known<K, V>(RwLock<HashMap<K, (u64, V)>>);

impl<K, V> Default for Known<K, V> {
    fn default() -> Self {
        Self(RwLock::default())
    }
}

impl<K: std::hash::Hash + Eq, V: Clone> Known<K, V> {
    fn get(&self, key: &K, epoch: u64) -> Option<V> {
        self.0.read().get(key).filter(|(at, _)| *at == epoch).map(|(_, known)| known.clone())
    }

    fn put(&self, key: K, epoch: u64, value: V) {
        let mut all = self.0.write();
        if all.len() >= MOST {
            all.clear();
        }
        all.insert(key, (epoch, value));
    }
}

/// What is installed on an account.
type Installed = Arc<Vec<(AppId, Dialect)>>;

/// Destinations and installs read before.
#[derive(Default)]
pub struct Destinations {
    apps: Known<AppId, Option<Arc<Destination>>>,
    installs: Known<AccountId, Installed>,
}

/// An app's destination, or `None` when there is no such app.
///
/// # Errors
/// The store's; also when the app's secrets do not open, so that a wrong key drops nothing.
pub async fn destination(world: &World, app: AppId) -> Read<Option<Arc<Destination>>> {
    let epoch = world.epoch();
    if let Some(known) = world.destinations.apps.get(&app, epoch) {
        return Ok(known);
    }
    let found = match world.store.app(app).await? {
        Some(app) => Some(Arc::new(look_up(world, app).await?)),
        None => None,
    };
    world.destinations.apps.put(app, epoch, found.clone());
    Ok(found)
}

async fn look_up(world: &World, app: App) -> Read<Destination> {
    let subscriptions = world.store.subscriptions(app.id).await?;
    let subscription = subscriptions.into_iter().find(|s| s.object == "instagram" && s.active);
    let open = |dialect| {
        let secret = world.vault.open(app.secret_of(dialect));
        secret.map_err(|error| StoreError::Corrupt(format!("secret of app {}: {error}", app.id)))
    };
    Ok(Destination {
        endpoint: subscription.map(|subscription| subscription.callback_url),
        secrets: [open(Dialect::Facebook)?, open(Dialect::Instagram)?],
        callbacks: [app.callbacks, app.instagram_callbacks],
    })
}

async fn is_installed(world: &World, delivery: &Delivery) -> Read<bool> {
    let (epoch, account) = (world.epoch(), delivery.account);
    let installed = match world.destinations.installs.get(&account, epoch) {
        Some(known) => known,
        None => {
            let found = world.store.installs(account).await?;
            let found: Installed = Arc::new(found.into_iter().map(|install| (install.app, install.login)).collect());
            world.destinations.installs.put(account, epoch, Arc::clone(&found));
            found
        }
    };
    Ok(installed.contains(&(delivery.app, delivery.login)))
}

impl Destination {
    /// Where a delivery goes, if it is wanted: to where whoever made it by hand said, to the callback that it is for, or to
    /// the endpoint of an app that is subscribed and installed.
    ///
    /// # Errors
    /// The store's.
    pub async fn url<'a>(&'a self, world: &World, delivery: &'a Delivery) -> Read<Result<&'a str, Unwanted>> {
        if let Some(url) = delivery.copy.as_ref().and_then(|copy| copy.url.as_deref()) {
            return Ok(Ok(url));
        }
        if delivery.channel == Channel::Callback {
            let callbacks = &self.callbacks[usize::from(delivery.login == Dialect::Instagram)];
            return Ok(callbacks.url(&delivery.field).ok_or(Unwanted::NoCallback));
        }
        let Some(endpoint) = &self.endpoint else { return Ok(Err(Unwanted::NoSubscription)) };
        Ok(if is_installed(world, delivery).await? { Ok(endpoint) } else { Err(Unwanted::NotInstalled) })
    }

    /// The exact bytes of these deliveries in one POST, signed. All are of one login.
    pub fn body(&self, deliveries: &[Delivery]) -> Body {
        let login = deliveries.first().map_or(Dialect::Facebook, |delivery| delivery.login);
        Body::of(&self.secrets[usize::from(login == Dialect::Instagram)], deliveries)
    }

    /// What to post for these deliveries, at this URL.
    pub fn post(&self, url: String, deliveries: &[Delivery]) -> Post {
        Post { url, body: self.body(deliveries) }
    }
}
