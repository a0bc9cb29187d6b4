//! `…/message_attachments`: a file is uploaded to be sent later (contract send 1.7).

use engine::media;
use engine::policy::attachment::{INSTAGRAM, MESSENGER};
use serde_json::{Value, json};
use wire::error::GraphError;
use wire::send::upload::Upload;

use super::super::call::Call;

/// `POST /{page or account}/message_attachments`.
///
/// A Page's upload without `platform` belongs to Messenger, and cannot be sent on Instagram.
///
/// # Errors
/// Every refusal of a file (contract send 4.3); the store's.
pub async fn upload(call: &Call<'_>) -> Result<Value, GraphError> {
    let account = call.account()?;
    let platform = if call.is_instagram()? { INSTAGRAM } else { MESSENGER };
    let Upload { attachment } = Upload::from_params(call.params)?;
    let server = call.server;
    let (world, fetch) = (&server.world, &server.outbound);
    let id = media::upload(world, fetch, &call.caller, account, platform, &attachment, call.filedata).await?;
    Ok(json!({ "attachment_id": id }))
}
