//! Files: their bytes in parts, what is known of them, and the ids under which they can be sent again.

use bytes::Bytes;
use wire::id::{AccountId, AppId, AssetId, AttachmentId};
use wire::send::attachment::MediaKind;
use wire::time::Millis;

/// Bytes of every part of a file but the last, which has what is left. Small, so that no other write waits long for it.
pub const CHUNK_BYTES: usize = 256 << 10;

/// A file that is whole: its parts were written before it was.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asset {
    /// Whose it is.
    pub account: AccountId,
    /// Its number, which media URLs name.
    pub id: AssetId,
    /// What it is, as read from its bytes.
    pub kind: MediaKind,
    /// Media type, such as `image/jpeg`, as read from its bytes.
    pub content_type: String,
    /// Its length in bytes.
    pub size: u64,
    /// Width in pixels, of images and videos.
    pub width: Option<u32>,
    /// Height in pixels, of images and videos.
    pub height: Option<u32>,
    /// Length in milliseconds, of audio and video, where it can be told.
    pub duration_ms: Option<u64>,
    /// Name that the sender gave it.
    pub file_name: Option<String>,
    /// When it came.
    pub created_time: Millis,
}

/// A part of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chunk {
    /// Whose file it is.
    pub account: AccountId,
    /// The file.
    pub asset: AssetId,
    /// Its place, counted from 0.
    pub number: u32,
    /// [`CHUNK_BYTES`], or what is left.
    pub bytes: Bytes,
    /// When it came; parts of a file that never became whole are swept by it.
    pub created_time: Millis,
}

/// A file under an id by which it can be sent (contract send 1.7).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attachment {
    /// Whose it is.
    pub account: AccountId,
    /// Its id on the wire.
    pub id: AttachmentId,
    /// `instagram` or `messenger`: for which inbox it was uploaded.
    pub platform: &'static str,
    /// The app that uploaded it.
    pub app: AppId,
    /// The file.
    pub asset: AssetId,
    /// What it is.
    pub kind: MediaKind,
    /// Whether it may be sent more than once.
    pub is_reusable: bool,
    /// When it was uploaded; it can be sent for ninety days.
    pub created_time: Millis,
    /// When it was first sent.
    pub used_time: Option<Millis>,
}
