//! What a person does: write, tap, open a thread. The emulator's scripts and the phone act through this.
//!
//! The same guarantees as for a send: the person's act, its log entry and the deliveries it causes are one transaction.

use wire::id::{AccountId, Igsid, MessageId};
use wire::time::Millis;

use crate::change::{Change, ChangeSet};
use crate::facts::{Account, Aside, Content, EventKind, Message, NewEvent, Person, ScopedUser, Side, Thread};
use crate::profile;
use crate::refusal::{Failure, Refusal};
use crate::send::write_message;
use crate::store::CommitError;
use crate::webhook::{announce_message, announce_seen};
use crate::world::{DECISIONS, World};

/// Longest text a person can write, in characters, as in the Instagram app (inferred).
pub const TEXT_CHARS: usize = 1_000;

/// What a person taps.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Tap {
    /// An ice breaker, by its question.
    IceBreaker(String),
    /// An item of the persistent menu, by its title.
    Menu(String),
}

/// A person writes a text to an account.
///
/// # Errors
/// [`Refusal::Parameter`] for a text that is empty or too long, [`Refusal::Contended`], or the store's.
pub async fn write(world: &World, person: &Person, account: &Account, text: &str) -> Result<MessageId, Failure> {
    if text.trim().is_empty() {
        return Err(Refusal::Parameter("text must not be empty".into()).into());
    }
    if text.contains('\0') {
        return Err(Refusal::Parameter("text must not contain U+0000".into()).into());
    }
    if text.chars().count() > TEXT_CHARS {
        return Err(Refusal::Parameter(format!("text must have at most {TEXT_CHARS} characters")).into());
    }
    act(world, person, account, Content::Text(text.to_owned()), EventKind::MessageReceived).await
}

/// A person taps an ice breaker or a menu item that the account's profile shows; web links cause nothing (contract send 6).
///
/// # Errors
/// [`Refusal::Parameter`] when nothing of that name is there to tap; ice breakers show only before a conversation starts.
pub async fn tap(world: &World, person: &Person, account: &Account, tap: &Tap) -> Result<MessageId, Failure> {
    let (property, label) = match tap {
        Tap::IceBreaker(label) => ("ice_breakers", label),
        Tap::Menu(label) => ("persistent_menu", label),
    };
    if matches!(tap, Tap::IceBreaker(_)) {
        let known = world.store.scoped_user_of(account.id, person.id).await?;
        let thread = match known {
            Some(user) => world.store.thread(account.id, user.igsid).await?,
            None => None,
        };
        if thread.is_some() {
            return Err(Refusal::Parameter("ice breakers show only before a conversation starts".into()).into());
        }
    }
    let choices = profile::choices(world, account.id, property).await?;
    let Some((title, payload)) = choices.into_iter().find(|(title, _)| title == label) else {
        return Err(Refusal::Parameter(format!("{property} holds nothing called {label:?} that can be tapped")).into());
    };
    act(world, person, account, Content::Postback { title, payload }, EventKind::Postback).await
}

/// A person opens the thread: the business's newest message is seen. Answers with it, or with nothing when there was
/// nothing new to see.
///
/// # Errors
/// [`Refusal::Contended`], or the store's.
pub async fn open(world: &World, person: &Person, account: &Account) -> Result<Option<MessageId>, Failure> {
    let Some(user) = world.store.scoped_user_of(account.id, person.id).await? else { return Ok(None) };
    let see = async {
        for _ in 0..DECISIONS {
            let facts = world.store.thread_facts(account.id, user.igsid).await?;
            let Some(mut thread) = facts.thread else { return Ok(None) };
            if thread.last_business_item <= thread.seen_item {
                return Ok(None);
            }
            let Some(item) = thread.last_business_item else { return Ok(None) };
            let now = world.now();
            let seen = MessageId { account: account.id, igsid: user.igsid, item };
            thread.seen_item = Some(item);
            thread.version += 1;
            let mut set = ChangeSet::new();
            announce_seen(world, &mut set, seen, now).await?;
            set.push(Change::SaveThread(thread)).push(Change::AddEvent(NewEvent {
                account: account.id,
                igsid: user.igsid,
                item,
                kind: EventKind::Seen,
                time: now,
            }));
            match world.commit(set).await {
                Ok(()) => return Ok(Some(seen)),
                Err(CommitError::Stale) => {}
                Err(error) => return Err(error.into()),
            }
        }
        Err(Refusal::Contended.into())
    };
    world.lanes.in_turn(account.id, user.igsid, see).await
}

async fn act(
    world: &World,
    person: &Person,
    account: &Account,
    content: Content,
    kind: EventKind,
) -> Result<MessageId, Failure> {
    for _ in 0..DECISIONS {
        let known = world.store.scoped_user_of(account.id, person.id).await?;
        let igsid = known.as_ref().map_or_else(|| world.ids.igsid(world.now()), |user| user.igsid);
        let write = async {
            let facts = world.store.thread_facts(account.id, igsid).await?;
            let now = world.now();
            let thread = facts.thread.unwrap_or_else(|| Thread::new(account.id, igsid));
            let message = Message {
                id: thread.next_message(now),
                created_time: now,
                from: Side::Person,
                app: None,
                content: content.clone(),
                aside: Aside::default(),
            };
            let mut set = ChangeSet::new();
            if let Some(change) = consent(facts.user, person, account.id, igsid, now) {
                set.push(change);
            }
            announce_message(world, &mut set, &message).await?;
            let id = message.id;
            write_message(&mut set, thread, message, kind);
            match world.commit(set).await {
                Ok(()) => Ok(Some(id)),
                Err(CommitError::Stale) => Ok(None),
                Err(error) => Err(error.into()),
            }
        };
        if let Some(id) = world.lanes.in_turn(account.id, igsid, write).await? {
            return Ok(id);
        }
    }
    Err(Refusal::Contended.into())
}

/// Writing or tapping is consent to be looked at (contract read 5.2); a first act also makes the scoped identity.
fn consent(
    known: Option<ScopedUser>,
    person: &Person,
    account: AccountId,
    igsid: Igsid,
    now: Millis,
) -> Option<Change> {
    match known {
        Some(ScopedUser { consent_time: Some(_), .. }) => None,
        Some(user) => Some(Change::PutScopedUser(ScopedUser { consent_time: Some(now), ..user })),
        None => Some(Change::AddScopedUser(ScopedUser {
            account,
            igsid,
            person: person.id,
            consent_time: Some(now),
            is_user_follow_business: false,
            is_business_follow_user: false,
            is_user_block_business: false,
            is_business_block_user: false,
            is_same_accounts_center: false,
        })),
    }
}
