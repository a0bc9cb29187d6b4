//! Reading back: conversations, messages, people, each with its own rule of who may see what (contract read 1, 5).

use wire::id::{AccountId, ConversationId, Igsid, Item, MessageId};

use crate::facts::{Message, Person, ScopedUser};
use crate::policy::recent;
use crate::refusal::{Failure, Refusal};
use crate::store::{Part, Read, Slice, Start, ThreadKey, ThreadView};
use crate::world::World;

/// A page of conversations, most recently updated first.
///
/// # Errors
/// The store's.
pub async fn conversations(world: &World, account: AccountId, slice: Slice<ThreadKey>) -> Read<Part<ThreadView>> {
    world.store.threads(account, slice).await
}

/// The conversation with one person: at most one, and none when the id is nobody's (contract read 1.3).
///
/// # Errors
/// The store's.
pub async fn conversation_with(world: &World, account: AccountId, igsid: Igsid) -> Read<Option<ThreadView>> {
    world.store.thread(account, igsid).await
}

/// One conversation of the caller's account.
///
/// # Errors
/// [`Refusal::NoObject`] when it does not exist or is another account's.
pub async fn conversation(world: &World, account: AccountId, id: ConversationId) -> Result<ThreadView, Failure> {
    let found = if id.account == account { world.store.thread(account, id.igsid).await? } else { None };
    found.ok_or_else(|| Refusal::NoObject { verb: "get", id: id.to_string() }.into())
}

/// A message as it may be shown.
#[derive(Debug, Clone, PartialEq)]
pub struct Shown {
    /// The message.
    pub message: Message,
    /// Whether it is among the thread's twenty newest; else only its id and time may be told.
    pub detailed: bool,
}

/// A page of a conversation's messages, newest first.
///
/// # Errors
/// The store's.
pub async fn messages(world: &World, account: AccountId, igsid: Igsid, slice: Slice<Item>) -> Read<Part<Shown>> {
    let part = world.store.messages(account, igsid, slice).await?;
    let whole = slice.from == Start::Newest && part.items.len() <= recent::DETAILED as usize && !part.newer;
    let oldest = if whole { None } else { world.store.item_at(account, igsid, recent::DETAILED).await? };
    let items = part
        .items
        .into_iter()
        .map(|message| Shown { detailed: recent::is_detailed(message.id.item, oldest), message })
        .collect();
    Ok(Part { items, older: part.older, newer: part.newer })
}

/// One message with its details.
///
/// # Errors
/// [`Refusal::NoObject`] when it is unknown or another account's, [`Refusal::MessageDeleted`] when it is behind the twenty
/// newest (contract read 1.8).
pub async fn message(world: &World, account: AccountId, id: MessageId) -> Result<Message, Failure> {
    let found = if id.account == account { world.store.message(id).await? } else { None };
    let message = found.ok_or_else(|| Refusal::NoObject { verb: "get", id: id.to_string() })?;
    let oldest = world.store.item_at(account, id.igsid, recent::DETAILED).await?;
    if recent::is_detailed(id.item, oldest) { Ok(message) } else { Err(Refusal::MessageDeleted.into()) }
}

/// The person behind an IGSID, for the account that it belongs to.
///
/// # Errors
/// [`Refusal::NoObject`] when the account knows nobody by that id, [`Refusal::Consent`] when they never wrote.
pub async fn profile(world: &World, account: AccountId, igsid: Igsid) -> Result<(ScopedUser, Person), Failure> {
    let unknown = || Refusal::NoObject { verb: "get", id: igsid.to_string() };
    let user = world.store.scoped_user(account, igsid).await?.ok_or_else(unknown)?;
    if user.consent_time.is_none() {
        return Err(Refusal::Consent.into());
    }
    let person = world.store.person(user.person).await?.ok_or_else(unknown)?;
    Ok((user, person))
}
