//! A file's parts, written before the file is whole.

use bytes::Bytes;
use futures_util::{StreamExt, TryStreamExt, stream};
use wire::id::{AccountId, AssetId};
use wire::time::Millis;

use super::look::Look;
use crate::change::{Change, ChangeSet};
use crate::facts::{Asset, CHUNK_BYTES, Chunk};
use crate::refusal::{Failure, Refusal};
use crate::store::CommitError;
use crate::world::World;

/// Parts of one file that are being written at once, so that they share a sync.
const AT_ONCE: usize = 8;
/// Numbers that are tried; two nodes rarely make the same one.
const NUMBERS: usize = 8;

/// Stores a file's parts. The file is there once what this answers is committed.
///
/// # Errors
/// The store's.
pub(super) async fn keep(
    world: &World,
    account: AccountId,
    found: Look,
    bytes: &Bytes,
    file_name: Option<String>,
) -> Result<Asset, Failure> {
    let now = world.now();
    for _ in 0..NUMBERS {
        let id = world.ids.asset(now);
        match write(world, account, id, bytes, now).await {
            Ok(()) => {
                return Ok(Asset {
                    account,
                    id,
                    kind: found.kind,
                    content_type: found.content_type.to_owned(),
                    size: u64::try_from(bytes.len()).unwrap_or(u64::MAX),
                    width: found.pixels.map(|(width, _)| width),
                    height: found.pixels.map(|(_, height)| height),
                    duration_ms: found.duration_ms,
                    file_name,
                    created_time: now,
                });
            }
            Err(CommitError::Stale) => {}
            Err(error) => return Err(error.into()),
        }
    }
    Err(Refusal::Contended.into())
}

/// The first part goes alone: it tells whether the number is free.
async fn write(
    world: &World,
    account: AccountId,
    asset: AssetId,
    bytes: &Bytes,
    now: Millis,
) -> Result<(), CommitError> {
    let part = |(number, start): (u32, usize)| {
        let end = bytes.len().min(start + CHUNK_BYTES);
        let chunk = Chunk { account, asset, number, bytes: bytes.slice(start..end), created_time: now };
        world.commit(ChangeSet(vec![Change::AddChunk(chunk)]))
    };
    let mut parts = (0_u32..).zip((0..bytes.len()).step_by(CHUNK_BYTES));
    if let Some(first) = parts.next() {
        part(first).await?;
    }
    stream::iter(parts).map(part).buffer_unordered(AT_ONCE).try_collect().await
}
