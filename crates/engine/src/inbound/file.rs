//! Files that people send lie in the store before a message refers to them.

use wire::id::AccountId;
use wire::send::attachment::{Attachment, MediaKind, Source};

use crate::change::{Change, ChangeSet};
use crate::facts::Asset;
use crate::media::{self, Fetch, Filedata};
use crate::refusal::Failure;
use crate::world::World;

/// Where a person's file comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum From {
    /// It is fetched now.
    Url(String),
    /// Here it is.
    Bytes(Filedata),
}

/// Takes a file in that a person is going to send to an account, under the same rules as files of businesses: what it is,
/// is read from its bytes.
///
/// # Errors
/// As [`media::prepare`]; the store's.
pub async fn take_in(
    world: &World,
    fetch: &dyn Fetch,
    account: AccountId,
    kind: MediaKind,
    from: &From,
) -> Result<Asset, Failure> {
    let (source, filedata) = match from {
        From::Url(url) => (Source::Url(url.clone()), None),
        From::Bytes(filedata) => (Source::Filedata, Some(filedata)),
    };
    let asset = media::new(world, fetch, account, &Attachment { kind, source, is_reusable: false }, filedata).await?;
    let mut set = ChangeSet::new();
    set.push(Change::AddAsset(asset.clone()));
    world.commit(set).await?;
    Ok(asset)
}
