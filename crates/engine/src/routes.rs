//! Which apps are told of an account's events, and on which channel (contract webhooks 1.4, delivery predicate; 5.3, delivery
//! by state).

use std::collections::HashMap;
use std::sync::Arc;

use parking_lot::RwLock;
use wire::dialect::Dialect;
use wire::id::{AccountId, AppId, Igsid, PersonId};
use wire::version::ApiVersion;
use wire::webhook_field::{self, Field};

use crate::facts::{Channel, Role, Thread};
use crate::policy::control::Routing;
use crate::policy::reach::{Access, Audience};
use crate::store::{Read, Route};
use crate::world::World;

/// An app that is to be told, and how.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Receiver {
    /// The app.
    pub app: AppId,
    /// Which login product, hence which secret signs.
    pub login: Dialect,
    /// The subscribed field by which it hears: the event's own, or `standby`.
    pub field: &'static str,
    /// Where in the entry it is told.
    pub channel: Channel,
    /// Version that the field's payload is pinned to.
    pub version: ApiVersion,
    /// Whether changes are told with their values, or by name only (contract webhooks 1.2).
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
    /// The thread in the state that decides who is told, when there is one: before a person's act, but under whoever an entry
    /// point gave it to; after a send claimed it.
    pub thread: Option<&'a Thread>,
    /// The app whose button was tapped: it hears of that on the normal channel, whoever controls the thread.
    pub author: Option<AppId>,
}

/// An account's routes, as far as configuration goes.
#[derive(Debug)]
struct Routed {
    routing: Routing,
    routes: Vec<(Route, Access)>,
}

/// Most accounts whose routes are kept in memory; when there are more, all are read afresh.
const MOST_ACCOUNTS: usize = 10_000;

/// An account's routes, and the configuration's epoch in which they were read.
type Known = HashMap<AccountId, (u64, Arc<Routed>)>;

/// Routes read before, each void as soon as any configuration changes.
#[derive(Debug, Default)]
pub struct Routes(RwLock<Known>);

/// Who is told of `field`: subscribed, installed, permitted, and admitted to this person. Apps other than the one that is to
/// act in the thread hear of what is told on standby there, if they are subscribed to that.
///
/// # Errors
/// The store's.
pub async fn receivers(world: &World, about: About<'_>, field: &str) -> Read<Vec<Receiver>> {
    let Some(field) = webhook_field::find(field) else { return Ok(Vec::new()) };
    let (now, routed) = (world.now(), routes(world, about.account).await?);
    let listener = if field.on_standby { routed.routing.listener(about.thread, now) } else { None };
    let mut found = Vec::new();
    for (route, access) in &routed.routes {
        let app = route.install.app;
        let is_to_act = listener.is_none_or(|listener| listener == app) || about.author == Some(app);
        let Some(receiver) = (if is_to_act { admit(route, field) } else { stand_by(route) }) else { continue };
        let admitted = match access.hears(field, now) {
            Audience::Everybody => true,
            Audience::People => has_role(world, app, about.person).await?,
            Audience::Nobody => false,
        };
        if admitted {
            found.push(receiver);
        }
    }
    Ok(found)
}

/// Who is told by `field` of what concerns apps alone, and no person.
///
/// # Errors
/// The store's.
pub async fn subscribers(world: &World, account: AccountId, field: &str) -> Read<Vec<Receiver>> {
    let Some(field) = webhook_field::find(field) else { return Ok(Vec::new()) };
    Ok(routes(world, account).await?.routes.iter().filter_map(|(route, _)| admit(route, field)).collect())
}

async fn has_role(world: &World, app: AppId, person: Option<PersonId>) -> Read<bool> {
    let Some(person) = person else { return Ok(false) };
    world.store.has_role(Role { app, person }).await
}

async fn routes(world: &World, account: AccountId) -> Read<Arc<Routed>> {
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
async fn open_routes(world: &World, id: AccountId) -> Read<Routed> {
    let account = world.store.account(id).await?;
    let routing = account.as_ref().map_or(Routing::Open, Routing::of);
    let mut routed = Routed { routing, routes: Vec::new() };
    if account.is_some_and(|account| !account.allow_message_access) {
        return Ok(routed);
    }
    for route in world.store.routes(id).await? {
        if let Some(app) = world.store.app(route.install.app).await? {
            routed.routes.push((route, Access::of(&app)));
        }
    }
    Ok(routed)
}

/// How an app hears of a field on the normal channel.
fn admit(route: &Route, field: &'static Field) -> Option<Receiver> {
    let channel = match field.channel {
        webhook_field::Channel::Messaging => Channel::Messaging,
        webhook_field::Channel::Standby => Channel::Standby,
        webhook_field::Channel::Changes => Channel::Changes,
        webhook_field::Channel::Silent => return None,
    };
    let pinned = route.subscription.fields.iter().find(|pinned| pinned.name == field.name)?;
    let permissions = field.permissions(route.install.login, pinned.version)?;
    let granted = permissions.iter().all(|needed| route.install.scopes.iter().any(|scope| scope == needed));
    (granted && route.subscription.active).then_some(Receiver {
        app: route.install.app,
        login: route.install.login,
        field: field.name,
        channel,
        version: pinned.version,
        include_values: route.subscription.include_values,
    })
}

/// How an app hears of a thread that another one controls.
fn stand_by(route: &Route) -> Option<Receiver> {
    admit(route, webhook_field::find("standby")?)
}

#[cfg(test)]
mod tests {
    use wire::time::Millis;

    use super::*;
    use crate::facts::{Install, PinnedField, Subscription};

    fn admit(route: &Route, field: &str) -> Option<Receiver> {
        super::admit(route, webhook_field::find(field).unwrap())
    }

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

    #[test]
    fn a_name_without_a_payload_is_never_told_and_standby_has_its_own_channel() {
        let instagram = ["instagram_business_basic", "instagram_business_manage_messages"];
        let on = route(Dialect::Instagram, &instagram, &["follow", "standby"], true);
        assert_eq!(admit(&on, "follow"), None);
        assert_eq!(
            stand_by(&on).map(|receiver| (receiver.field, receiver.channel)),
            Some(("standby", Channel::Standby))
        );
        assert_eq!(stand_by(&route(Dialect::Instagram, &instagram, &["messages"], true)), None, "not subscribed to it");
    }

    #[test]
    fn a_field_that_was_pinned_in_2021_needs_fewer_permissions() {
        let three = ["instagram_basic", "instagram_manage_messages", "pages_manage_metadata"];
        let mut on = route(Dialect::Facebook, &three, &["messages"], true);
        assert_eq!(admit(&on, "messages"), None);
        on.subscription.fields[0].version = ApiVersion { major: 11, minor: 0 };
        assert!(admit(&on, "messages").is_some());
    }
}
