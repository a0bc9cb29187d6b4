//! A business uploads a file to send it later (contract send 1.7).

use wire::id::{AccountId, AttachmentId};
use wire::send::attachment::Attachment;

use super::{Fetch, Filedata, prepare};
use crate::auth::Caller;
use crate::change::{Change, ChangeSet};
use crate::policy::standing;
use crate::refusal::Failure;
use crate::world::World;

/// Keeps a file under an id by which it can be sent for ninety days, on this platform.
///
/// Once the id is answered the file is on disk, whole. A crash before leaves parts that are swept.
///
/// # Errors
/// What stands against the account (contract send 3.4); as [`super::prepare`]; an id of another upload is no file.
pub async fn upload(
    world: &World,
    fetch: &dyn Fetch,
    caller: &Caller,
    account: AccountId,
    platform: &'static str,
    attachment: &Attachment,
    filedata: Option<&Filedata>,
) -> Result<AttachmentId, Failure> {
    standing::decide(caller.business.as_deref())?;
    let asset = prepare::new(world, fetch, account, attachment, filedata).await?;
    let named = prepare::named(world, &asset, caller.app.id, platform, attachment.is_reusable).await?;
    let id = named.id;
    world.commit(ChangeSet(vec![Change::AddAsset(asset), Change::PutAttachment(named)])).await?;
    Ok(id)
}
