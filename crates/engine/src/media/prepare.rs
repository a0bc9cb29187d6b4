//! The files of a message: fetched, found or taken from the request, looked at, and stored in parts.

use std::collections::HashSet;
use std::time::Duration;

use bytes::Bytes;
use futures_util::{FutureExt, StreamExt, TryStreamExt, stream};
use wire::id::{AccountId, AppId};
use wire::send::attachment::{Attachment, MediaKind, Source};

use super::{Fetch, FetchError, Filedata, Prepared, keep, look};
use crate::auth::Caller;
use crate::change::Change;
use crate::facts::{self, Asset, MediaFile};
use crate::policy::attachment::{self, INSTAGRAM};
use crate::refusal::{Failure, Refusal};
use crate::world::World;

/// Files of one message that are brought in side by side.
const SIDE_BY_SIDE: usize = 4;
/// Longest name that is kept of a file, in bytes.
const NAME_BYTES: usize = 255;

/// A file of a message.
enum Brought {
    /// Its parts are stored; it becomes whole with the message.
    New(Asset),
    /// It was there under an id.
    Known(facts::Attachment),
}

/// Brings the files of a message into the store. What it answers belongs into the message's own change set; if that is
/// never committed, the parts are swept (contract send 1.5, 1.7).
///
/// One file with `is_reusable` gets an id under which it can be sent again; several images get none, since the answer has
/// room for one (contract send 2.1).
///
/// # Errors
/// [`Refusal::AttachmentFetch`], [`Refusal::AttachmentUpload`], [`Refusal::AttachmentId`], [`Refusal::AttachmentSize`],
/// [`Refusal::VideoFetch`] (contract send 4.3), [`Refusal::Contended`] when too many files are under way; the store's.
pub async fn prepare(
    world: &World,
    fetch: &dyn Fetch,
    caller: &Caller,
    account: AccountId,
    attachments: &[Attachment],
    filedata: Option<&Filedata>,
) -> Result<Prepared, Failure> {
    // Boxed, since the compiler cannot tell that a closure over a borrowed element is sent between threads.
    let bringing: Vec<_> =
        attachments.iter().map(|attachment| bring(world, fetch, account, attachment, filedata).boxed()).collect();
    let brought: Vec<Brought> = stream::iter(bringing).buffered(SIDE_BY_SIDE).try_collect().await?;
    let now = world.now();
    let mut prepared = Prepared::default();
    let mut used_up = HashSet::new();
    for file in brought {
        let (kind, asset) = match file {
            Brought::New(asset) => {
                let file = (asset.kind, asset.id);
                if let [Attachment { is_reusable: true, .. }] = attachments {
                    let attachment = named(world, &asset, caller.app.id, INSTAGRAM, true).await?;
                    prepared.attachment = Some(attachment.id);
                    prepared.changes.push(Change::PutAttachment(attachment));
                }
                prepared.changes.push(Change::AddAsset(asset));
                file
            }
            Brought::Known(known) => {
                // Twice in one message is twice.
                if !known.is_reusable && !used_up.insert(known.id) {
                    return Err(Refusal::AttachmentId.into());
                }
                let file = (known.kind, known.asset);
                if known.used_time.is_none() {
                    prepared.changes.push(Change::PutAttachment(facts::Attachment { used_time: Some(now), ..known }));
                }
                file
            }
        };
        prepared.files.push(MediaFile { kind, asset });
    }
    Ok(prepared)
}

/// An id for a file that becomes whole in the same change set.
pub(super) async fn named(
    world: &World,
    asset: &Asset,
    app: AppId,
    platform: &'static str,
    is_reusable: bool,
) -> Result<facts::Attachment, Failure> {
    let (account, created_time) = (asset.account, asset.created_time);
    let mut id = world.ids.attachment(created_time);
    // Another node may have made the same one in the same millisecond.
    while world.store.attachment(account, id).await?.is_some() {
        id = world.ids.attachment(created_time);
    }
    let (asset, kind) = (asset.id, asset.kind);
    Ok(facts::Attachment { account, id, platform, app, asset, kind, is_reusable, created_time, used_time: None })
}

async fn bring(
    world: &World,
    fetch: &dyn Fetch,
    account: AccountId,
    attachment: &Attachment,
    filedata: Option<&Filedata>,
) -> Result<Brought, Failure> {
    match &attachment.source {
        Source::AttachmentId(id) => known(world, account, attachment.kind, id).await.map(Brought::Known),
        _ => new(world, fetch, account, attachment, filedata).await.map(Brought::New),
    }
}

/// A file that was not there before, looked at and stored.
pub(crate) async fn new(
    world: &World,
    fetch: &dyn Fetch,
    account: AccountId,
    attachment: &Attachment,
    filedata: Option<&Filedata>,
) -> Result<Asset, Failure> {
    let time = time(world, attachment.kind);
    // Held until the bytes are stored, so that not everybody's files are in memory at once.
    let place = tokio::time::timeout(time, world.media.places.acquire()).await;
    let _place = place.map_err(|_| Refusal::Contended)?.map_err(|_| Refusal::Contended)?;
    let (bytes, name) = match (&attachment.source, filedata) {
        (Source::Url(url), _) => (fetched(fetch, url, attachment.kind, time).await?, name_in(url)),
        (Source::Filedata, Some(file)) => (file.bytes.clone(), file.file_name.as_deref()),
        _ => return Err(Refusal::AttachmentUpload.into()),
    };
    // Names that are not ASCII are not supported in uploads (contract send 1.5).
    if name.is_some_and(|name| !name.is_ascii() || name.len() > NAME_BYTES || name.contains(char::is_control)) {
        return Err(Refusal::AttachmentUpload.into());
    }
    let found = look::admit(attachment.kind, &bytes, world.settings.media_pixels)?;
    keep::keep(world, account, found, &bytes, name.map(str::to_owned)).await
}

async fn known(world: &World, account: AccountId, claimed: MediaKind, id: &str) -> Result<facts::Attachment, Failure> {
    let id = id.parse().map_err(|_| Refusal::AttachmentId)?;
    let found = world.store.attachment(account, id).await?.ok_or(Refusal::AttachmentId)?;
    attachment::decide(&found, claimed, world.now())?;
    world.store.asset(account, found.asset).await?.ok_or(Refusal::AttachmentId)?;
    Ok(found)
}

fn time(world: &World, kind: MediaKind) -> Duration {
    let settings = &world.settings;
    Duration::from_millis(match kind {
        MediaKind::Video => settings.media_video_ms,
        MediaKind::Image | MediaKind::Audio | MediaKind::File => settings.media_fetch_ms,
    })
}

async fn fetched(fetch: &dyn Fetch, url: &str, kind: MediaKind, time: Duration) -> Result<Bytes, Refusal> {
    fetch.get(url, kind.max_bytes(), time).await.map_err(|error| {
        tracing::debug!(%error, kind = kind.name(), "a file was not fetched");
        match error {
            FetchError::TooLarge => Refusal::AttachmentSize,
            FetchError::Slow if kind == MediaKind::Video => Refusal::VideoFetch,
            FetchError::Slow | FetchError::Refused(_) | FetchError::Failed(_) => Refusal::AttachmentFetch,
        }
    })
}

/// The last part of a URL's path, where it can be a file's name.
fn name_in(url: &str) -> Option<&str> {
    let (_, behind_scheme) = url.split_once("://")?;
    let path = behind_scheme.split(['?', '#']).next()?;
    let (_, name) = path.rsplit_once('/')?;
    let is_name = !name.is_empty() && name.is_ascii() && name.len() <= NAME_BYTES && !name.contains(char::is_control);
    is_name.then_some(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_the_last_part_of_a_path() {
        let long = format!("https://a.test/{}", "x".repeat(256));
        let rows = [
            ("https://a.test/b/c.pdf?d=/e#f", Some("c.pdf")),
            ("https://a.test/b/", None),
            ("https://a.test", None),
            ("a.test/b", None),
            ("https://a.test/\u{fc}.png", None),
            (&long, None),
        ];
        for (url, expected) in rows {
            assert_eq!(name_in(url), expected, "{url}");
        }
    }
}
