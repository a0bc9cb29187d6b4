//! Which apps are told of an account's events (contract webhooks 1.4, delivery predicate).

use std::collections::HashMap;
use std::sync::Arc;

use parking_lot::RwLock;
use wire::dialect::Dialect;
use wire::id::{AccountId, AppId, Igsid, PersonId};
use wire::version::ApiVersion;
use wire::webhook_field;

use crate::facts::{Role, Thread};
use crate::policy::reach;
use crate::store::{Read, Route};
use crate::world::World;

/// An app that is to be told, and how.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Receiver {
    /// The app.
    pub app: AppId,
    /// Which login product, hence which secret signs.
    pub login: Dialect,
    /// Version that the field's payload is pinned to.
    pub version: ApiVersion,
    /// Whether `changes` say what changed, and not only that something did (contract webhooks 1.2).
    pub include_values: bool,
}

/// What an event is about, as far as it decides who is told of it.
#[derive(Debug, Clone, Copy)]
pub struct About<'a> {
    /// The account.
    pub account: AccountId,
    /// The person, as the account knows them: whose order of events it belongs to.
    pub igsid: Igsid,
    /// Who it is; `None` when the event has no person beside the business.
    pub person: Option<PersonId>,
    /// The thread as it stood before the event, when there was one.
    pub thread: Option<&'a Thread>,
}

/// A route, and whether its app hears only of people who have a role on it (contract webhooks 1.6).
#[derive(Debug)]
struct OpenRoute {
    route: Route,
    needs_role: bool,
}

/// Most accounts whose routes are kept in memory; when there are more, all are read afresh.
const MOST_ACCOUNTS: usize = 10_000;

/// An account's routes, and the configuration's epoch in which they were read.
type Known = HashMap<AccountId, (u64, Arc<Vec<OpenRoute>>)>;

/// Routes read before, each void as soon as any configuration changes.
#[derive(Debug, Default)]
pub struct Routes(RwLock<Known>);

/// Who is told of `field`: subscribed, installed, permitted, and admitted to this person.
///
/// # Errors
/// The store's.
pub async fn receivers(world: &World, about: About<'_>, field: &str) -> Read<Vec<Receiver>> {
    let mut found = Vec::new();
    for open in routes(world, about.account).await?.iter() {
        let Some(receiver) = admit(&open.route, field) else { continue };
        if !open.needs_role || has_role(world, receiver.app, about.person).await? {
            found.push(receiver);
        }
    }
    Ok(found)
}

async fn has_role(world: &World, app: AppId, person: Option<PersonId>) -> Read<bool> {
    let Some(person) = person else { return Ok(false) };
    world.store.has_role(Role { app, person }).await
}

async fn routes(world: &World, account: AccountId) -> Read<Arc<Vec<OpenRoute>>> {
    let epoch = world.epoch();
    let known =
        world.routes.0.read().get(&account).filter(|(at, _)| *at == epoch).map(|(_, routes)| Arc::clone(routes));
    if let Some(routes) = known {
        return Ok(routes);
    }
    let routes = Arc::new(open_routes(world, account).await?);
    let mut all = world.routes.0.write();
    if all.len() >= MOST_ACCOUNTS {
        all.clear();
    }
    all.insert(account, (epoch, Arc::clone(&routes)));
    Ok(routes)
}

/// An owner who switched message access off cuts off webhooks, too (contract read 6.3).
async fn open_routes(world: &World, account: AccountId) -> Read<Vec<OpenRoute>> {
    if world.store.account(account).await?.is_some_and(|account| !account.allow_message_access) {
        return Ok(Vec::new());
    }
    let mut open = Vec::new();
    for route in world.store.routes(account).await? {
        if let Some(app) = world.store.app(route.install.app).await? {
            open.push(OpenRoute { route, needs_role: reach::needs_role(&app) });
        }
    }
    Ok(open)
}

fn admit(route: &Route, field: &str) -> Option<Receiver> {
    let pinned = route.subscription.fields.iter().find(|pinned| pinned.name == field)?;
    let row = webhook_field::find(field)?;
    let permissions = match route.install.login {
        Dialect::Facebook => row.facebook_login?,
        Dialect::Instagram => row.instagram_login?,
    };
    let granted = permissions.iter().all(|needed| route.install.scopes.iter().any(|scope| scope == needed));
    (granted && route.subscription.active).then_some(Receiver {
        app: route.install.app,
        login: route.install.login,
        version: pinned.version,
        include_values: route.subscription.include_values,
    })
}

#[cfg(test)]
mod tests {
    use wire::time::Millis;

    use super::*;
    use crate::facts::{Install, PinnedField, Subscription};

    fn route(login: Dialect, scopes: &[&str], fields: &[&str], active: bool) -> Route {
        let (account, app) = (AccountId::new(1), AppId::new(2));
        Route {
            install: Install {
                account,
                app,
                login,
                page: None,
                subscribed_fields: vec!["feed".into()],
                scopes: scopes.iter().map(|s| (*s).to_owned()).collect(),
                created_time: Millis::new(0),
            },
            subscription: Subscription {
                app,
                object: "instagram".into(),
                callback_url: "https://a.test/".into(),
                include_values: true,
                active,
                fields: fields
                    .iter()
                    .map(|f| PinnedField { name: (*f).to_owned(), version: ApiVersion { major: 24, minor: 0 } })
                    .collect(),
            },
        }
    }

    #[test]
    fn a_field_flows_only_when_subscribed_permitted_and_active() {
        let instagram = ["instagram_business_basic", "instagram_business_manage_messages"];
        let on = route(Dialect::Instagram, &instagram, &["messages"], true);
        assert!(admit(&on, "messages").is_some());
        assert!(admit(&on, "messaging_seen").is_none(), "not subscribed");
        assert!(
            admit(&route(Dialect::Instagram, &instagram[..1], &["messages"], true), "messages").is_none(),
            "not permitted"
        );
        assert!(
            admit(&route(Dialect::Facebook, &instagram, &["messages"], true), "messages").is_none(),
            "other product's names"
        );
        assert!(
            admit(&route(Dialect::Instagram, &instagram, &["messages"], false), "messages").is_none(),
            "switched off"
        );
    }
}
