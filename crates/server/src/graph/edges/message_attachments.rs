//! `…/message_attachments`: a file is uploaded to be sent later (contract send 1.7).

use engine::media;
use engine::policy::attachment::{INSTAGRAM, MESSENGER};
use serde_json::{Value, json};
use wire::error::GraphError;
use wire::send::upload::Upload;

use super::super::call::Call;

/// `POST /{page or account}/message_attachments`.
///
/// A file can be sent on Instagram unless its upload says `platform=messenger`: published clients leave `platform` out and
/// send the id on (contract clients 9).
///
/// # Errors
/// Every refusal of a file (contract send 4.3); the store's.
pub async fn upload(call: &Call<'_>) -> Result<Value, GraphError> {
    let account = call.account()?;
    let platform = match call.params.enumeration("platform", &["INSTAGRAM", "MESSENGER"])? {
        Some("MESSENGER") => MESSENGER,
        _ => INSTAGRAM,
    };
    let Upload { attachment } = Upload::from_params(call.params)?;
    let server = call.server;
    let (world, fetch) = (&server.world, &server.outbound);
    let id = media::upload(world, fetch, &call.caller, account, platform, &attachment, call.filedata).await?;
    Ok(json!({ "attachment_id": id }))
}
