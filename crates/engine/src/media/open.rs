//! Reading a file for whoever holds its URL. Whether it may be seen is asked on every fetch (contract read 3.2).

use bytes::Bytes;
use wire::id::{AccountId, AssetId, Igsid, MessageId};

use super::{Address, STORY, Target, mention_url};
use crate::facts::{Asset, CHUNK_BYTES, Content, Media, MediaFile, Message};
use crate::store::{Read, StoreError};
use crate::world::World;

/// What is seen at an address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Opened {
    /// A file.
    File(Asset),
    /// The picture of a post or story.
    Picture(Media),
}

/// What is at an address; `None` once it is gone for its audience: unsent or deleted, a story that is over, the story of somebody
/// who went private, an account that is gone or closed its messages to connected tools.
///
/// # Errors
/// The store's.
pub async fn open(world: &World, address: Address) -> Read<Option<Opened>> {
    let Address { account, target } = address;
    match world.store.account(account).await? {
        Some(account) if account.allow_message_access => {}
        _ => return Ok(None),
    }
    let asset = match target {
        Target::File(asset) => asset,
        Target::Mention { asset, igsid, posted } => {
            if world.now().since(posted) >= STORY || !shows_stories(world, account, igsid).await? {
                return Ok(None);
            }
            asset
        }
        Target::Post(media) => {
            let found = world.store.medium(account, media).await?;
            return Ok(found.filter(|media| media.is_seen(world.now())).map(Opened::Picture));
        }
    };
    Ok(world.store.asset(account, asset).await?.map(Opened::File))
}

/// Where the person's story that a message mentions the account in is seen, as long as it is.
///
/// # Errors
/// The store's.
pub async fn mention_link(world: &World, message: &Message) -> Read<Option<String>> {
    let Content::StoryMention(MediaFile { asset, .. }) = message.content else { return Ok(None) };
    let (MessageId { account, igsid, .. }, posted) = (message.id, message.created_time);
    let address = Address { account, target: Target::Mention { asset, igsid, posted } };
    Ok(open(world, address).await?.map(|_| mention_url(world, account, igsid, asset, posted)))
}

/// Whether the account sees the stories of this person: those of private people only when it follows them (contract webhooks 3.2).
async fn shows_stories(world: &World, account: AccountId, igsid: Igsid) -> Read<bool> {
    let Some(user) = world.store.scoped_user(account, igsid).await? else { return Ok(false) };
    let person = world.store.person(user.person).await?;
    Ok(person.is_some_and(|person| person.shows_stories_to(&user)))
}

/// Bytes of a file from `from` on, up to the end of the part that holds them.
///
/// # Errors
/// The store's, and when the file went away meanwhile.
pub async fn read(world: &World, account: AccountId, asset: AssetId, from: u64) -> Read<Bytes> {
    let gone = || StoreError::Unavailable(format!("file {asset} ends before its length"));
    let size = u64::try_from(CHUNK_BYTES).unwrap_or(u64::MAX);
    let number = u32::try_from(from / size).map_err(|_| gone())?;
    let mut chunk = world.store.chunk(account, asset, number).await?.ok_or_else(gone)?;
    let skipped = usize::try_from(from % size).unwrap_or(usize::MAX);
    if skipped >= chunk.len() {
        return Err(gone());
    }
    Ok(chunk.split_off(skipped))
}
