//! Files from the desk: they go on to the platform, which gives an id to send them by, and are kept nowhere here.

use bytes::Bytes;
use client::content::{File, Media};
use serde::Serialize;

use super::{Desk, Problem};
use crate::facts::{Agent, FileKind};
use crate::ids::ConversationId;
use crate::policy::pace::Kind;
use crate::policy::{explain, file};

/// Files that are on their way side by side; others wait.
pub(super) const AT_ONCE: usize = 8;

/// A file that the platform has.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct Attached {
    /// The platform's id of it, good for 90 days: what a reply of kind `media` or `images` names.
    pub attachment_id: String,
    /// As what it is sent.
    pub media: FileKind,
    /// How large it is.
    pub bytes: u64,
}

impl Desk {
    /// Whether somebody may attach a file in a conversation; asked before its bytes are read, which wait for a place here.
    ///
    /// # Errors
    /// [`Problem::NoSuch`].
    pub async fn may_attach(
        &self,
        by: &Agent,
        id: ConversationId,
    ) -> Result<tokio::sync::SemaphorePermit<'_>, Problem> {
        self.visible(by, id).await?;
        self.uploads.acquire().await.map_err(|_| Problem::Busy)
    }

    /// Gives a file to the platform. `declared` is the type that it came with and `name` its name; what it is its bytes say.
    ///
    /// # Errors
    /// [`Problem::Unsendable`] when Instagram takes no such file, or refuses it; [`Problem::TooOften`].
    pub async fn attach(
        &self,
        by: &Agent,
        id: ConversationId,
        bytes: Bytes,
        declared: &str,
        name: Option<&str>,
    ) -> Result<Attached, Problem> {
        let unsendable = |why| Problem::Unsendable(explain::row(why));
        let known = file::look(&bytes, declared).map_err(unsendable)?;
        let conversation = self.visible(by, id).await?;
        let connection = self.connection_of(&conversation).await?;
        self.pace.lock().take(connection.id, Kind::Send, self.now()).map_err(Problem::TooOften)?;
        let length = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
        let file = File::bytes(file::name(name, known), known.content_type, bytes);
        let media = match known.kind {
            FileKind::Image => Media::image(file),
            FileKind::Video => Media::video(file),
            FileKind::Audio => Media::audio(file),
            FileKind::File => Media::pdf(file),
        };
        match self.client(&connection)?.upload(media.reusable()).await {
            Ok(attachment_id) => Ok(Attached { attachment_id, media: known.kind, bytes: length }),
            Err(error) => {
                let row = explain::of_error(&error);
                tracing::info!(conversation = %id, reason = row.reason, %error, "a file was refused");
                Err(Problem::Unsendable(row))
            }
        }
    }
}
