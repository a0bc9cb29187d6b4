//! Calls that change which app controls a thread, and the question who does (contract send 1.11, webhooks 5.4).
//!
//! What is guaranteed is the same as for a send: the thread's new owner and what an app is told of it are one transaction,
//! decided on facts that did not move meanwhile.

use std::pin::pin;

use wire::id::{AccountId, AppId, Igsid, PersonId};
use wire::time::Millis;

use crate::auth::Caller;
use crate::change::{Change, ChangeSet};
use crate::facts::{Account, Role, Thread};
use crate::policy::control::{self, Call};
use crate::policy::{block, reach, recipient, standing};
use crate::refusal::{Failure, Refusal};
use crate::routes::About;
use crate::store::CommitError;
use crate::world::{DECISIONS, World};

/// Longest text that goes with a call, in characters (inferred).
pub const METADATA_CHARS: usize = 1_000;

/// What an app asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asked {
    /// The person whose thread it is about.
    pub igsid: Igsid,
    /// What is to become of it.
    pub call: Call,
    /// What the app that is told shall read, at most [`METADATA_CHARS`].
    pub metadata: Option<String>,
}

/// Who controls a thread, as far as the caller may know.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Owner {
    /// The app, told to itself and to the default app only.
    pub app: Option<AppId>,
    /// Until when.
    pub until: Millis,
}

/// Carries out such a call.
///
/// # Errors
/// What stands against the account; [`Refusal::NoSuchUser`] for nobody and for people without a thread; [`Refusal::Role`],
/// [`Refusal::Unavailable`], [`Refusal::ThreadGone`]; [`Refusal::ThreadTarget`]; what [`control::call`] refuses; the store's.
pub async fn change(world: &World, caller: &Caller, account: AccountId, asked: Asked) -> Result<(), Failure> {
    let business = standing::decide(caller.business.as_deref())?;
    let Asked { igsid, call, metadata } = asked;
    if metadata.as_ref().is_some_and(|text| text.chars().count() > METADATA_CHARS) {
        return Err(Refusal::Parameter(format!("Param metadata must have at most {METADATA_CHARS} characters")).into());
    }
    let call = match call {
        Call::Pass(Some(app)) => Call::Pass(Some(target(world, business, app).await?)),
        other => other,
    };
    let attempts = pin!(async {
        for _ in 0..DECISIONS {
            let (person, thread) = thread(world, caller, account, igsid).await?;
            let now = world.now();
            let changed = control::call(business, &thread, caller.app.id, call, now)?;
            let mut set = ChangeSet::new();
            let about = About { account, igsid, person: Some(person), thread: Some(&thread) };
            changed.told.announce(world, &mut set, about, metadata.as_deref(), now).await?;
            let (owner_app, owner_until) = changed.owner.unzip();
            set.push(Change::SaveThread(Thread { version: thread.version + 1, owner_app, owner_until, ..thread }));
            match world.commit(set).await {
                Ok(()) => return Ok(()),
                Err(CommitError::Stale) => {}
                Err(error) => return Err(error.into()),
            }
        }
        Err(Refusal::Contended.into())
    });
    world.lanes.in_turn(account, igsid, attempts).await
}

/// Who controls a thread now; `None` when it is idle.
///
/// # Errors
/// As [`change`].
pub async fn owner(world: &World, caller: &Caller, account: AccountId, igsid: Igsid) -> Result<Option<Owner>, Failure> {
    let business = standing::decide(caller.business.as_deref())?;
    let (_, thread) = thread(world, caller, account, igsid).await?;
    let holder = control::owner(&thread, world.now());
    let may_know = |app| app == caller.app.id || business.default_app == Some(caller.app.id);
    let shown = |(app, until)| Owner { app: Some(app).filter(|app| may_know(*app)), until };
    Ok(holder.zip(thread.owner_until).map(shown))
}

/// Somebody who can be reached, and the thread with them.
async fn thread(
    world: &World,
    caller: &Caller,
    account: AccountId,
    igsid: Igsid,
) -> Result<(PersonId, Thread), Failure> {
    let facts = world.store.thread_facts(account, igsid).await?;
    let user = recipient::decide(&facts)?;
    if reach::needs_role(&caller.app) {
        reach::decide(world.store.has_role(Role { app: caller.app.id, person: user.person }).await?)?;
    }
    block::decide(user, facts.status, facts.thread.as_ref())?;
    let person = user.person;
    Ok((person, facts.thread.ok_or(Refusal::NoSuchUser)?))
}

/// The app that a thread may be passed to: one on this account, by either of its ids, the default app, or an inbox.
///
/// # Errors
/// [`Refusal::ThreadTarget`]; the store's.
pub(crate) async fn target(world: &World, business: &Account, app: AppId) -> Result<AppId, Failure> {
    if control::INBOXES.contains(&app) {
        return Ok(app);
    }
    let found = world.store.app(app).await?.ok_or(Refusal::ThreadTarget)?;
    let installs = world.store.installs(business.id).await?;
    let is_here = business.default_app == Some(found.id) || installs.iter().any(|install| install.app == found.id);
    if is_here { Ok(found.id) } else { Err(Refusal::ThreadTarget.into()) }
}
