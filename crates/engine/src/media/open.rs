//! Reading a file for whoever holds its URL. Whether it may be seen is asked on every fetch (contract read 3.2).

use bytes::Bytes;
use wire::id::{AccountId, AssetId};

use super::Address;
use crate::facts::{Asset, CHUNK_BYTES};
use crate::store::{Read, StoreError};
use crate::world::World;

/// The file at an address; `None` once it is gone for its audience: unsent or deleted, or the account is gone or closed its
/// messages to connected tools.
///
/// # Errors
/// The store's.
pub async fn open(world: &World, address: Address) -> Read<Option<Asset>> {
    match world.store.account(address.account).await? {
        Some(account) if account.allow_message_access => world.store.asset(address.account, address.asset).await,
        _ => Ok(None),
    }
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
