//! Files that people send: uploaded here, or fetched from where they say.

use axum::Json;
use axum::extract::{Path, State};
use bytes::Bytes;
use engine::facts::{Account, Asset, MediaFile};
use engine::media;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use wire::id::AssetId;
use wire::send::attachment::MediaKind;

use super::asked::{Asked, account, one_of, person};
use super::problem::{Answer, Problem};
use crate::state::Server;

/// Where a file of a message is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Source {
    /// It is fetched now.
    Url(String),
    /// It was uploaded before.
    Asset(AssetId),
}

/// The file of a source, for the account of this username. Without a kind any will do.
pub(super) async fn found(
    server: &Server,
    to: &str,
    kind: Option<MediaKind>,
    source: Source,
) -> Answer<MediaFile> {
    let account = account(server, to).await?;
    let asset = match source {
        Source::Asset(id) => {
            let found = server.world.store.asset(account.id, id).await?;
            found.ok_or_else(|| Problem::missing(id))?
        }
        Source::Url(url) => return Err(Problem::parameter(format!("not yet: {url}"))),
    };
    Ok(MediaFile { kind: kind.unwrap_or(asset.kind), asset: asset.id })
}
