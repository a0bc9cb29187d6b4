//! Webhook subscriptions: layer A for an app, layer B for an account (contract webhooks 1.2, 1.4).

use wire::dialect::Dialect;
use wire::error::{self, GraphError};
use wire::id::AppId;
use wire::version::ApiVersion;
use wire::webhook_field::{self, FIELDS, PAGE_FIELDS};

use crate::auth::{Caller, Subject};
use crate::change::{Change, ChangeSet};
use crate::facts::{Install, PinnedField, Subscription};
use crate::refusal::{Failure, Refusal};
use crate::settings::Settings;
use crate::store::Read;
use crate::world::World;

/// Objects that can be subscribed to.
pub const OBJECTS: [&str; 2] = ["instagram", "page"];

/// Last version in which the instagram object was for the dashboard alone (contract webhooks 1.2).
const DASHBOARD_UNTIL: ApiVersion = ApiVersion { major: 12, minor: 0 };

/// Refuses what calls could not do in a version, where the operator wants that: subscribe to the instagram object.
///
/// # Errors
/// [`error::PARAMETER_DETAIL`].
pub fn check_version(settings: &Settings, object: &str, version: ApiVersion) -> Result<(), GraphError> {
    if settings.subscriptions_since_v13 && object == "instagram" && version <= DASHBOARD_UNTIL {
        let detail =
            format!("The instagram object cannot be subscribed to by a call in {version}, only in the dashboard");
        return Err(GraphError::new(&error::PARAMETER_DETAIL).with(detail));
    }
    Ok(())
}

/// The fields of an object, checked by name; `message_echoes` counts as `messages` (contract webhooks 1.5).
///
/// # Errors
/// [`error::PARAMETER_ONE_OF`] for a name that the object does not have, [`error::PARAMETER_REQUIRED`] for none at all.
pub fn object_fields(object: &str, names: &[String], version: ApiVersion) -> Result<Vec<PinnedField>, GraphError> {
    let known: Vec<&str> = match object {
        "page" => PAGE_FIELDS.to_vec(),
        _ => FIELDS.iter().map(|field| field.name).collect(),
    };
    let mut pinned: Vec<PinnedField> = Vec::new();
    for (index, name) in names.iter().enumerate() {
        let name = name.to_ascii_lowercase();
        let name = if object == "instagram" && name == "message_echoes" { "messages".to_owned() } else { name };
        if !known.contains(&name.as_str()) {
            return Err(one_of("fields", index, &known));
        }
        if !pinned.iter().any(|field| field.name == name) {
            pinned.push(PinnedField { name, version });
        }
    }
    if pinned.is_empty() { Err(GraphError::new(&error::PARAMETER_REQUIRED).with("fields")) } else { Ok(pinned) }
}

/// Saves layer A. The endpoint was verified before (contract webhooks 1.3).
///
/// # Errors
/// The store's.
pub async fn subscribe(world: &World, subscription: Subscription) -> Result<(), Failure> {
    let mut set = ChangeSet::new();
    set.push(Change::PutSubscription(subscription));
    Ok(world.commit(set).await?)
}

/// Removes layer A: a whole object, all objects, or some fields of one; an object without fields is gone.
///
/// # Errors
/// The store's.
pub async fn unsubscribe(world: &World, app: AppId, object: Option<&str>, fields: &[String]) -> Result<(), Failure> {
    let mut set = ChangeSet::new();
    if fields.is_empty() {
        set.push(Change::RemoveSubscription { app, object: object.map(str::to_owned) });
        return Ok(world.commit(set).await?);
    }
    for mut subscription in world.store.subscriptions(app).await? {
        if object.is_some_and(|object| object != subscription.object) {
            continue;
        }
        subscription.fields.retain(|field| !fields.iter().any(|gone| gone.eq_ignore_ascii_case(&field.name)));
        set.push(if subscription.fields.is_empty() {
            Change::RemoveSubscription { app, object: Some(subscription.object) }
        } else {
            Change::PutSubscription(subscription)
        });
    }
    Ok(world.commit(set).await?)
}

/// Checks the fields of a layer-B call on the Page's edge or on the account's, which `edge` tells apart. The Page edge has
/// its own names; the Instagram edge takes a name only when the app is subscribed to it, once the app has any subscription
/// (contract webhooks 1.4).
///
/// # Errors
/// [`error::PARAMETER_ONE_OF`], [`error::PARAMETER_REQUIRED`], [`error::SUBSCRIBE_FIELD`].
pub async fn install_fields(
    world: &World,
    caller: &Caller,
    edge: Dialect,
    names: &[String],
) -> Result<Vec<String>, GraphError> {
    if names.is_empty() {
        return Err(GraphError::new(&error::PARAMETER_REQUIRED).with("subscribed_fields"));
    }
    let known: Vec<&str> = match edge {
        Dialect::Facebook => PAGE_FIELDS.to_vec(),
        Dialect::Instagram => FIELDS.iter().filter(|f| f.accepted_by_instagram_edge).map(|f| f.name).collect(),
    };
    let names: Vec<String> = names.iter().map(|name| name.to_ascii_lowercase()).collect();
    if let Some(index) = names.iter().position(|name| !known.contains(&name.as_str())) {
        return Err(one_of("subscribed_fields", index, &known));
    }
    if edge == Dialect::Instagram {
        let subscriptions = world.store.subscriptions(caller.app.id).await.map_err(Failure::from)?;
        if let Some(ticked) = subscriptions.iter().find(|s| s.object == "instagram") {
            let ticked: Vec<&str> = ticked.fields.iter().map(|field| field.name.as_str()).collect();
            if let Some(index) = names.iter().position(|name| !ticked.contains(&name.as_str())) {
                return Err(one_of("subscribed_fields", index, &ticked));
            }
        }
    }
    if let Some(needed) = missing_permission(caller, &names) {
        return Err(needed);
    }
    Ok(names)
}

fn missing_permission(caller: &Caller, names: &[String]) -> Option<GraphError> {
    names.iter().find_map(|name| {
        let field = webhook_field::find(name)?;
        let needed = match caller.dialect() {
            // On a Page any field is enough; what flows is decided by layer A (contract webhooks 1.4).
            Dialect::Facebook => return None,
            Dialect::Instagram => field.instagram_login?,
        };
        let missing = needed.iter().any(|scope| !caller.scopes.iter().any(|held| held == scope));
        missing.then(|| GraphError::new(&error::SUBSCRIBE_FIELD).with(name).with(needed.join(", ")))
    })
}

fn one_of(parameter: &str, index: usize, known: &[&str]) -> GraphError {
    GraphError::new(&error::PARAMETER_ONE_OF)
        .with(format!("{parameter}[{index}]"))
        .with(format!("{{{}}}", known.join(", ")))
}

/// Installs the caller's app on the caller's account.
///
/// # Errors
/// [`Refusal::PageNotLinked`], [`Refusal::Capability`] for a token that stands for no account, or the store's.
pub async fn install(world: &World, caller: &Caller, subscribed_fields: Vec<String>) -> Result<(), Failure> {
    let account = subject_account(caller)?;
    let mut set = ChangeSet::new();
    set.push(Change::PutInstall(Install {
        account,
        app: caller.app.id,
        login: caller.dialect(),
        page: match caller.subject {
            Subject::Page(page, _) => Some(page),
            _ => None,
        },
        subscribed_fields,
        scopes: caller.scopes.clone(),
        created_time: world.now(),
    }));
    Ok(world.commit(set).await?)
}

/// Takes the caller's app off the caller's account; its webhooks stop at once.
///
/// # Errors
/// As [`install`].
pub async fn uninstall(world: &World, caller: &Caller) -> Result<(), Failure> {
    let account = subject_account(caller)?;
    let mut set = ChangeSet::new();
    set.push(Change::RemoveInstall { account, app: caller.app.id, login: caller.dialect() });
    Ok(world.commit(set).await?)
}

/// The caller's app on the caller's account, if it is installed through the caller's login product. Other apps' installs
/// are not shown to it.
///
/// # Errors
/// The store's.
pub async fn installed(world: &World, caller: &Caller) -> Read<Option<Install>> {
    let Some(account) = caller.account() else { return Ok(None) };
    let installs = world.store.installs(account).await?;
    Ok(installs.into_iter().find(|install| install.app == caller.app.id && install.login == caller.dialect()))
}

fn subject_account(caller: &Caller) -> Result<wire::id::AccountId, Refusal> {
    match caller.subject {
        Subject::Account(account) | Subject::Page(_, Some(account)) => Ok(account),
        Subject::Page(_, None) => Err(Refusal::PageNotLinked),
        Subject::App | Subject::User(_) => Err(Refusal::Capability),
    }
}
