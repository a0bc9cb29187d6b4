//! Media in a message: what kind, and where the file comes from (contract send 1.5, 1.7).

use serde::{Deserialize, Serialize};

/// Images of one message at most (contract send 1.4).
pub const IMAGES: usize = 10;

/// Kinds of media that can be sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MediaKind {
    /// png, jpeg, gif, and leniently ico and bmp.
    Image,
    /// aac, m4a, wav, mp4.
    Audio,
    /// mp4, ogg, avi, mov, webm.
    Video,
    /// pdf.
    File,
}

impl MediaKind {
    /// Every kind with its name on the wire.
    pub const ALL: [(MediaKind, &'static str); 4] = [
        (MediaKind::Image, "image"),
        (MediaKind::Audio, "audio"),
        (MediaKind::Video, "video"),
        (MediaKind::File, "file"),
    ];

    /// Its name on the wire.
    pub fn name(self) -> &'static str {
        match self {
            MediaKind::Image => "image",
            MediaKind::Audio => "audio",
            MediaKind::Video => "video",
            MediaKind::File => "file",
        }
    }

    /// Largest file, in bytes (contract send 1.5).
    pub fn max_bytes(self) -> usize {
        match self {
            MediaKind::Image => 8 << 20,
            MediaKind::Audio | MediaKind::Video | MediaKind::File => 25 << 20,
        }
    }
}

/// Where a file comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Source {
    /// It is fetched when the message is sent.
    Url(String),
    /// It was uploaded before. As given; it may be no id of anything.
    AttachmentId(String),
    /// It is the part `filedata` of the same request.
    Filedata,
}

/// A file to be sent or uploaded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attachment {
    /// What it claims to be; what it is, is read from its bytes.
    pub kind: MediaKind,
    /// Where it comes from.
    pub source: Source,
    /// Whether an id of it is wanted for further messages.
    pub is_reusable: bool,
}
