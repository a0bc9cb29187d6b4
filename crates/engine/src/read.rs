//! Reading back: conversations, messages, people, each with its own rule of who may see what (contract read 1, 5).

use wire::id::{AccountId, ConversationId, Igsid, Item, MessageId};

use crate::facts::{Content, Message, Person, ScopedUser};
use crate::policy::{recent, requests};
use crate::refusal::{Failure, Refusal};
use crate::store::{Part, Read, Slice, Start, ThreadKey, ThreadView};
use crate::world::World;

/// A page of conversations, most recently updated first. Requests that nobody touched for thirty days are left out.
///
/// # Errors
/// The store's.
pub async fn conversations(world: &World, account: AccountId, slice: Slice<ThreadKey>) -> Read<Part<ThreadView>> {
    let now = world.now();
    let place = |view: &ThreadView| ThreadKey { updated_time: view.thread.updated_time, igsid: view.thread.igsid };
    let fetch = |slice| world.store.threads(account, slice);
    filled(slice, fetch, place, |view| requests::is_listed(&view.thread, now)).await
}

/// The conversation with one person: at most one, and none when the id is nobody's (contract read 1.3).
///
/// # Errors
/// The store's.
pub async fn conversation_with(world: &World, account: AccountId, igsid: Igsid) -> Read<Option<ThreadView>> {
    let found = world.store.thread(account, igsid).await?;
    Ok(found.filter(|view| requests::is_listed(&view.thread, world.now())))
}

/// One conversation of the caller's account.
///
/// # Errors
/// [`Refusal::NoObject`] when it does not exist or is another account's.
pub async fn conversation(world: &World, account: AccountId, id: ConversationId) -> Result<ThreadView, Failure> {
    let found = if id.account == account { conversation_with(world, account, id.igsid).await? } else { None };
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

/// A page of a conversation's messages, newest first. Those that were unsent are left out (contract read 2).
///
/// # Errors
/// The store's.
pub async fn messages(world: &World, account: AccountId, igsid: Igsid, slice: Slice<Item>) -> Read<Part<Shown>> {
    let fetch = |slice| world.store.messages(account, igsid, slice);
    let part = filled(slice, fetch, |message| message.id.item, is_there).await?;
    let whole = slice.from == Start::Newest && part.items.len() <= recent::DETAILED as usize && !part.newer;
    let oldest = match part.items.last() {
        Some(last) if !whole => detailed_from(world, last.id).await?,
        _ => None,
    };
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
/// [`Refusal::NoObject`] when it is unknown or another account's, [`Refusal::MessageDeleted`] when it was unsent or is behind
/// the twenty newest (contract read 1.8).
pub async fn message(world: &World, account: AccountId, id: MessageId) -> Result<Message, Failure> {
    let found = if id.account == account { world.store.message(id).await? } else { None };
    let message = found.ok_or_else(|| Refusal::NoObject { verb: "get", id: id.to_string() })?;
    if !is_there(&message) {
        return Err(Refusal::MessageDeleted.into());
    }
    let oldest = detailed_from(world, id).await?;
    if recent::is_detailed(id.item, oldest) { Ok(message) } else { Err(Refusal::MessageDeleted.into()) }
}

/// A slice of what is kept of a list: goes on fetching behind what was left out until the slice is full or the list ends.
async fn filled<T, K, F>(
    slice: Slice<K>,
    fetch: impl Fn(Slice<K>) -> F + Send,
    key: impl Fn(&T) -> K + Send,
    keep: impl Fn(&T) -> bool + Send,
) -> Read<Part<T>>
where
    T: Send,
    K: Copy + Send,
    F: Future<Output = Read<Part<T>>> + Send,
{
    let most = slice.limit as usize;
    let backwards = matches!(slice.from, Start::Before(_));
    let mut all = fetch(slice).await?;
    let (mut first, mut last) = (all.items.first().map(&key), all.items.last().map(&key));
    all.items.retain(&keep);
    while all.items.len() < most {
        let from = match (backwards, first, last) {
            (false, _, Some(last)) if all.older => Start::After(last),
            (true, Some(first), _) if all.newer => Start::Before(first),
            _ => break,
        };
        let mut more = fetch(Slice { from, limit: slice.limit }).await?;
        (first, last) = (more.items.first().map(&key), more.items.last().map(&key));
        more.items.retain(&keep);
        if backwards {
            all.newer = more.newer;
            more.items.append(&mut all.items);
            all.items = more.items;
            let surplus = all.items.len().saturating_sub(most);
            all.newer |= surplus > 0;
            all.items.drain(..surplus);
        } else {
            all.older = more.older || all.items.len() + more.items.len() > most;
            all.items.append(&mut more.items);
            all.items.truncate(most);
        }
    }
    Ok(all)
}

/// Where the messages begin that are told in detail, seen from one of them: `None` when that one is, and all newer ones are.
/// Unsent messages do not count (contract read 1.8), which is looked at only where it can matter.
async fn detailed_from(world: &World, from: MessageId) -> Read<Option<Item>> {
    let counted = world.store.item_at(from.account, from.igsid, recent::DETAILED).await?;
    if recent::is_detailed(from.item, counted) {
        return Ok(None);
    }
    let newest = Slice { from: Start::Newest, limit: recent::DETAILED };
    let fetch = |slice| world.store.messages(from.account, from.igsid, slice);
    let there = filled(newest, fetch, |message| message.id.item, is_there).await?.items;
    Ok(there.last().filter(|_| there.len() >= recent::DETAILED as usize).map(|message| message.id.item))
}

/// Whether anything is left of a message.
fn is_there(message: &Message) -> bool {
    message.content != Content::Unsent
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

#[cfg(test)]
mod tests {
    use super::*;

    /// Numbers from the largest to 1, as a store slices them.
    async fn numbers(slice: Slice<u32>) -> Read<Part<u32>> {
        let (all, most) = ((1..=30).rev().collect::<Vec<u32>>(), slice.limit as usize);
        let items: Vec<u32> = match slice.from {
            Start::Newest => all.iter().copied().take(most).collect(),
            Start::After(key) => all.iter().copied().filter(|n| *n < key).take(most).collect(),
            Start::Before(key) => {
                let newer: Vec<u32> = all.iter().copied().filter(|n| *n > key).collect();
                newer[newer.len().saturating_sub(most)..].to_vec()
            }
        };
        let (older, newer) = (items.last().is_some_and(|n| *n > 1), items.first().is_some_and(|n| *n < 30));
        Ok(Part { items, older, newer })
    }

    async fn tens(from: Start<u32>, limit: u32) -> (Vec<u32>, bool, bool) {
        let part = filled(Slice { from, limit }, numbers, |n| *n, |n| n % 10 < 2).await.expect("numbers are there");
        (part.items, part.older, part.newer)
    }

    #[tokio::test]
    async fn what_is_left_out_makes_no_page_shorter() {
        assert_eq!(tens(Start::Newest, 3).await, (vec![30, 21, 20], true, false));
        assert_eq!(tens(Start::After(20), 3).await, (vec![11, 10, 1], false, true));
        assert_eq!(tens(Start::Before(10), 2).await, (vec![20, 11], true, true));
        assert_eq!(tens(Start::Before(1), 30).await, (vec![30, 21, 20, 11, 10], true, false));
        assert_eq!(tens(Start::Newest, 30).await, (vec![30, 21, 20, 11, 10, 1], false, false));
    }
}
