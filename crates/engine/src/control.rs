//! Control over threads: what apps do with it by calls (contract webhooks 5, send 1.11).
//!
//! Each act is one transaction with the deliveries that it causes, decided on the thread's version and in the turn of its
//! sends. What an account's routing is, is configuration; see [`configure`].

use std::pin::pin;

use wire::id::{AccountId, AppId, Igsid};

use crate::change::{Change, ChangeSet};
use crate::facts::{Account, App, Role, ScopedUser, Thread};
use crate::policy::control::{self, Act, Routing, Shown, Stand};
use crate::policy::{block, reach, recipient};
use crate::refusal::{Failure, Refusal};
use crate::routes::About;
use crate::store::{CommitError, ThreadFacts};
use crate::webhook::{announce_control, announce_roles};
use crate::world::{DECISIONS, World};

/// An app does something with the control over a person's thread; `metadata` is its own text for whoever is told.
///
/// # Errors
/// [`Refusal::NoSuchUser`], also for people without a thread; [`Refusal::Role`], [`Refusal::Unavailable`],
/// [`Refusal::ThreadGone`] as for a send;
/// [`Refusal::ThreadTarget`] for an app that is not on the account; whatever [`control::decide`] refuses;
/// [`Refusal::Contended`], or the store's.
pub async fn act(
    world: &World,
    app: &App,
    account: &Account,
    igsid: Igsid,
    act: Act,
    metadata: Option<&str>,
) -> Result<(), Failure> {
    let act = match act {
        Act::Pass(Some(to)) => Act::Pass(Some(target(world, account, to).await?)),
        other => other,
    };
    let attempts = pin!(async {
        for _ in 0..DECISIONS {
            let (user, thread) = reached(world, account, igsid, app).await?;
            let now = world.now();
            let moved = control::decide(Stand { account, thread: Some(&thread), app: app.id, now }, act)?;
            let mut set = ChangeSet::new();
            announce_control(world, &mut set, about(&user, &thread), moved.told, metadata, now).await?;
            let version = thread.version + 1;
            set.push(Change::SaveThread(Thread { version, ..thread }.with_held(moved.held)));
            match world.commit(set).await {
                Ok(()) => return Ok(()),
                Err(CommitError::Stale) => {}
                Err(error) => return Err(error.into()),
            }
        }
        Err(Refusal::Contended.into())
    });
    world.lanes.in_turn(account.id, igsid, attempts).await
}

/// The person and their thread, when the app may do something there.
async fn reached(world: &World, account: &Account, igsid: Igsid, app: &App) -> Result<(ScopedUser, Thread), Failure> {
    let facts = world.store.thread_facts(account.id, igsid).await?;
    let user = recipient::decide(&facts)?;
    if reach::needs_role(app) {
        reach::decide(world.store.has_role(Role { app: app.id, person: user.person }).await?)?;
    }
    block::decide(user, facts.status, facts.thread.as_ref())?;
    let ThreadFacts { user, thread, .. } = facts;
    Ok((user.ok_or(Refusal::NoSuchUser)?, thread.ok_or(Refusal::NoSuchUser)?))
}

fn about<'a>(user: &ScopedUser, thread: &'a Thread) -> About<'a> {
    let (account, igsid) = (user.account, user.igsid);
    About { account, igsid, person: Some(user.person), thread: Some(thread), author: None }
}

/// The app to which a thread is passed, by either of its ids: one on the account, its default app, or one of the platform's
/// inboxes.
///
/// # Errors
/// [`Refusal::ThreadTarget`], or the store's.
pub(crate) async fn target(world: &World, account: &Account, app: AppId) -> Result<AppId, Failure> {
    if control::is_inbox(app) {
        return Ok(app);
    }
    let app = world.store.app(app).await?.ok_or(Refusal::ThreadTarget)?.id;
    let installs = world.store.installs(account.id).await?;
    let is_here = account.default_app == Some(app) || installs.iter().any(|install| install.app == app);
    if is_here { Ok(app) } else { Err(Refusal::ThreadTarget.into()) }
}

/// What an app may know of who controls a person's thread; `None` when it is idle.
///
/// # Errors
/// [`Refusal::NoSuchUser`], also for people without a thread, or the store's.
pub async fn thread_owner(
    world: &World,
    app: AppId,
    account: &Account,
    igsid: Igsid,
) -> Result<Option<Shown>, Failure> {
    let facts = world.store.thread_facts(account.id, igsid).await?;
    recipient::decide(&facts)?;
    let thread = facts.thread.as_ref().ok_or(Refusal::NoSuchUser)?;
    Ok(control::shown(Stand { account, thread: Some(thread), app, now: world.now() }))
}

/// The apps on the account that are secondary receivers, by id. Only the primary receiver may ask (contract webhooks 5.4).
///
/// # Errors
/// [`Refusal::Parameter`] for every other app, or the store's.
pub async fn secondary_receivers(world: &World, app: AppId, account: &Account) -> Result<Vec<App>, Failure> {
    if Routing::of(account) != Routing::Primary(app) {
        return Err(Refusal::Parameter("Only the primary receiver can list the secondary receivers".into()).into());
    }
    let mut found = Vec::new();
    for other in installed(world, account.id).await?.into_iter().filter(|other| *other != app) {
        found.extend(world.store.app(other).await?);
    }
    Ok(found)
}

/// Apps on an account, each once, by id.
async fn installed(world: &World, account: AccountId) -> Result<Vec<AppId>, Failure> {
    let mut apps: Vec<AppId> = world.store.installs(account).await?.iter().map(|install| install.app).collect();
    apps.sort_unstable();
    apps.dedup();
    Ok(apps)
}

/// Changes an account, and tells apps whose role under the older handover protocol is another now (contract webhooks 3.15).
///
/// # Errors
/// The store's.
pub async fn configure(world: &World, before: &Account, after: Account) -> Result<(), Failure> {
    let apps = installed(world, after.id).await?;
    let roles = control::changed_roles(Routing::of(before), Routing::of(&after), &apps);
    let mut set = ChangeSet::new();
    announce_roles(world, &mut set, after.id, &roles, world.now()).await?;
    set.push(Change::PutAccount(after));
    Ok(world.commit(set).await?)
}
