//! Files that people send: uploaded here, or fetched from where they say.

use axum::Json;
use axum::extract::{Path, State};
use engine::facts::{Asset, MediaFile};
use engine::inbound::{From, take_in};
use engine::media::{self, Filedata};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use wire::id::AssetId;
use wire::send::attachment::MediaKind;

use super::asked::{Asked, Raw, account, one_of, person};
use super::problem::{Answer, Problem};
use crate::state::Server;

/// Largest body of an upload, in bytes: any file, and what tells that it is too large.
pub(super) const UPLOAD_BYTES: usize = MediaKind::Video.max_bytes() + 1;

/// Where a file of a message is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Source {
    /// It is fetched now.
    Url(String),
    /// It was uploaded before.
    Asset(AssetId),
}

/// What is uploaded, for whom.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct About {
    /// Username of the account that it will be sent to.
    to: String,
    /// `image`, `video`, `audio` or `file`.
    #[serde(rename = "type")]
    kind: String,
    /// Name of the file, ASCII.
    name: Option<String>,
}

/// A file that can be sent.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct FileView {
    /// By which messages name it.
    asset_id: String,
    #[serde(rename = "type")]
    kind: &'static str,
    /// Its media type, as read from its bytes.
    content_type: String,
    /// Where it can be loaded.
    url: String,
}

/// Uploads a file that the person is going to send; the request's body is the file.
#[utoipa::path(
    post, path = "/_parlance/people/{username}/files", operation_id = "upload_file", tag = "people",
    params(("username" = String, Path, description = "whose file"), About),
    request_body(content = Vec<u8>, content_type = "application/octet-stream"),
    responses(
        (status = 200, body = FileView),
        (status = 400, description = "not a file of that type, or too large"),
        (status = 404, description = "no such person or account"),
    ),
)]
pub(super) async fn upload(
    State(server): State<Server>,
    Path(username): Path<String>,
    Asked(about): Asked<About>,
    Raw(bytes): Raw,
) -> Answer<Json<FileView>> {
    let kind = one_of("type", &about.kind, MediaKind::ALL)?;
    let (_, account) = (person(&server, &username).await?, account(&server, &about.to).await?);
    let filedata = Filedata { file_name: about.name, content_type: None, bytes };
    let asset = take_in(&server.world, &server.outbound, account.id, kind, &From::Bytes(filedata)).await?;
    Ok(Json(view(&server, &asset)))
}

/// The file of a source, for the account of this username.
pub(super) async fn found(server: &Server, to: &str, kind: MediaKind, source: Source) -> Answer<MediaFile> {
    let account = account(server, to).await?;
    let asset = match source {
        Source::Asset(id) => {
            let found = server.world.store.asset(account.id, id).await?;
            found.ok_or_else(|| Problem::missing(id))?
        }
        Source::Url(url) => take_in(&server.world, &server.outbound, account.id, kind, &From::Url(url)).await?,
    };
    Ok(MediaFile { kind: asset.kind, asset: asset.id })
}

fn view(server: &Server, asset: &Asset) -> FileView {
    FileView {
        asset_id: asset.id.to_string(),
        kind: asset.kind.name(),
        content_type: asset.content_type.clone(),
        url: media::url(&server.world, asset.account, asset.id),
    }
}
