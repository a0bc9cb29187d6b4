//! Control over threads: what apps do with it by calls, and what people in an inbox do by hand (contract webhooks 5).
//!
//! Each act is one transaction with the deliveries that it causes, decided on the thread's version and in the turn of its
//! sends. What an account's routing is, is configuration; see [`configure`].

use std::pin::pin;

use wire::id::{AccountId, AppId, Igsid, MessageId};

use crate::change::{Change, ChangeSet};
use crate::facts::{Account, App, Aside, Content, EventKind, Message, Role, ScopedUser, Side, Thread};
use crate::inbound;
use crate::policy::control::{self, Act, Moved, Routing, Shown, Stand};
use crate::policy::{block, folder, reach, recipient};
use crate::refusal::{Failure, Refusal};
use crate::routes::About;
use crate::send::write_message;
use crate::store::{CommitError, ThreadFacts};
use crate::webhook::{announce_control, announce_message, announce_roles};
use crate::world::{DECISIONS, World};

/// An app does something with the control over a person's thread; `metadata` is its own text for whoever is told.
///
/// # Errors
/// [`Refusal::NoSuchUser`], [`Refusal::Role`], [`Refusal::Unavailable`], [`Refusal::ThreadGone`] as for a send;
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
        Act::Pass(Some(to)) => Act::Pass(Some(target(world, account.id, to).await?)),
        other => other,
    };
    let attempts = pin!(async {
        for _ in 0..DECISIONS {
            let (user, thread) = reached(world, account, igsid, Some(app)).await?;
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

/// A person of the business answers in an inbox, or only moves the thread into it when there is no `text`. Either gives the
/// thread to the inbox. People may answer whenever they like; the window is for apps.
///
/// # Errors
/// [`Refusal::Parameter`] for a text that cannot be sent and where there is no thread; [`Refusal::Unavailable`],
/// [`Refusal::ThreadGone`]; [`Refusal::Contended`], or the store's.
pub async fn answer_by_hand(
    world: &World,
    account: &Account,
    igsid: Igsid,
    inbox: AppId,
    text: Option<&str>,
) -> Result<Option<MessageId>, Failure> {
    let text = text.map(inbound::checked).transpose()?;
    let attempts = pin!(async {
        for _ in 0..DECISIONS {
            let (user, thread) = reached(world, account, igsid, None).await?;
            let now = world.now();
            let Moved { held, told } = control::by_hand(Stand { account, thread: Some(&thread), app: inbox, now });
            let thread = thread.with_held(held);
            let about = about(&user, &thread);
            let mut set = ChangeSet::new();
            let message = text.clone().map(|text| Message {
                id: thread.next_message(now),
                created_time: now,
                from: Side::Business,
                app: None,
                content: Content::Text(text),
                aside: Aside::default(),
            });
            if let Some(message) = &message {
                announce_message(world, &mut set, about, message).await?;
            }
            announce_control(world, &mut set, about, told, None, now).await?;
            let id = message.as_ref().map(|message| message.id);
            match message {
                Some(message) => {
                    let folder = folder::after_send(&thread, user.is_user_follow_business, false);
                    write_message(&mut set, Thread { folder, ..thread }, message, EventKind::MessageSent);
                }
                None => {
                    let version = thread.version + 1;
                    set.push(Change::SaveThread(Thread { version, ..thread }));
                }
            }
            match world.commit(set).await {
                Ok(()) => return Ok(id),
                Err(CommitError::Stale) => {}
                Err(error) => return Err(error.into()),
            }
        }
        Err(Refusal::Contended.into())
    });
    world.lanes.in_turn(account.id, igsid, attempts).await
}

/// The person and their thread, when an app may do something there; `None` stands for people in an inbox.
async fn reached(
    world: &World,
    account: &Account,
    igsid: Igsid,
    app: Option<&App>,
) -> Result<(ScopedUser, Thread), Failure> {
    let facts = world.store.thread_facts(account.id, igsid).await?;
    let user = recipient::decide(&facts)?;
    if let Some(app) = app.filter(|app| reach::needs_role(app)) {
        reach::decide(world.store.has_role(Role { app: app.id, person: user.person }).await?)?;
    }
    block::decide(user, facts.status, facts.thread.as_ref())?;
    let ThreadFacts { user, thread, .. } = facts;
    let none = || Refusal::Parameter("There is no conversation with this person".into());
    Ok((user.ok_or(Refusal::NoSuchUser)?, thread.ok_or_else(none)?))
}

fn about<'a>(user: &ScopedUser, thread: &'a Thread) -> About<'a> {
    let (account, igsid) = (user.account, user.igsid);
    About { account, igsid, person: Some(user.person), thread: Some(thread), author: None }
}

/// The app to which a thread is passed, by either of its ids: one on the account, or one of the platform's inboxes.
///
/// # Errors
/// [`Refusal::ThreadTarget`], or the store's.
pub(crate) async fn target(world: &World, account: AccountId, app: AppId) -> Result<AppId, Failure> {
    if control::is_inbox(app) {
        return Ok(app);
    }
    let app = world.store.app(app).await?.ok_or(Refusal::ThreadTarget)?.id;
    let installs = world.store.installs(account).await?;
    let is_installed = installs.iter().any(|install| install.app == app);
    if is_installed { Ok(app) } else { Err(Refusal::ThreadTarget.into()) }
}

/// What an app may know of who controls a person's thread; `None` when it is idle or there is none.
///
/// # Errors
/// [`Refusal::NoSuchUser`], or the store's.
pub async fn thread_owner(
    world: &World,
    app: AppId,
    account: &Account,
    igsid: Igsid,
) -> Result<Option<Shown>, Failure> {
    let facts = world.store.thread_facts(account.id, igsid).await?;
    recipient::decide(&facts)?;
    let thread = facts.thread.as_ref();
    Ok(thread.and_then(|_| control::shown(Stand { account, thread, app, now: world.now() })))
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
