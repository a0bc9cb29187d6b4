//! Media: by address, from memory, or uploaded before (contract send 1.5, 1.7).

use std::fmt::Display;

use wire::send::attachment::{Attachment, IMAGES, MediaKind, Source};
use wire::send::message;

use super::{Content, UpTo};

/// One to ten images.
pub type Images = UpTo<IMAGES, Picture>;

/// Where a new file comes from. A `&str` is an address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum File {
    /// The host fetches it: public, http or https, quick.
    Url(String),
    /// It travels with the call.
    Bytes(Bytes),
}

/// A file in memory.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bytes {
    pub(crate) name: String,
    pub(crate) content_type: String,
    pub(crate) bytes: bytes::Bytes,
}

impl File {
    /// A file in memory, with its name in ASCII and its type, such as `image/png`.
    pub fn bytes(name: impl Into<String>, content_type: impl Into<String>, bytes: impl Into<bytes::Bytes>) -> Self {
        File::Bytes(Bytes { name: name.into(), content_type: content_type.into(), bytes: bytes.into() })
    }
}

impl From<&str> for File {
    fn from(url: &str) -> Self {
        File::Url(url.to_owned())
    }
}

impl From<String> for File {
    fn from(url: String) -> Self {
        File::Url(url)
    }
}

/// A new file to send or to upload.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Media {
    kind: MediaKind,
    file: File,
    is_reusable: bool,
}

impl Media {
    /// A png, jpeg or gif of 8 MB at most.
    pub fn image(file: impl Into<File>) -> Self {
        Self::of(MediaKind::Image, file)
    }

    /// An aac, m4a, wav or mp4 of 25 MB at most.
    pub fn audio(file: impl Into<File>) -> Self {
        Self::of(MediaKind::Audio, file)
    }

    /// An mp4, ogg, avi, mov or webm of 25 MB at most.
    pub fn video(file: impl Into<File>) -> Self {
        Self::of(MediaKind::Video, file)
    }

    /// A PDF of 25 MB at most.
    pub fn pdf(file: impl Into<File>) -> Self {
        Self::of(MediaKind::File, file)
    }

    /// Asks for an id under which further messages may send it again.
    #[must_use]
    pub fn reusable(self) -> Self {
        Self { is_reusable: true, ..self }
    }

    fn of(kind: MediaKind, file: impl Into<File>) -> Self {
        Self { kind, file: file.into(), is_reusable: false }
    }

    /// As the wire names it, and the bytes that go beside.
    pub(crate) fn parts(self) -> (Attachment, Option<Bytes>) {
        let (source, bytes) = match self.file {
            File::Url(url) => (Source::Url(url), None),
            File::Bytes(bytes) => (Source::Filedata, Some(bytes)),
        };
        (Attachment { kind: self.kind, source, is_reusable: self.is_reusable }, bytes)
    }
}

impl From<Media> for Content {
    fn from(media: Media) -> Self {
        let (attachment, file) = media.parts();
        Content { says: message::Content::Media(vec![attachment]), file }
    }
}

/// A file that was uploaded before, by its attachment id.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stored(Attachment);

impl Stored {
    /// An image.
    pub fn image(attachment_id: impl Display) -> Self {
        Self::of(MediaKind::Image, attachment_id)
    }

    /// Audio.
    pub fn audio(attachment_id: impl Display) -> Self {
        Self::of(MediaKind::Audio, attachment_id)
    }

    /// A video.
    pub fn video(attachment_id: impl Display) -> Self {
        Self::of(MediaKind::Video, attachment_id)
    }

    /// A PDF.
    pub fn pdf(attachment_id: impl Display) -> Self {
        Self::of(MediaKind::File, attachment_id)
    }

    fn of(kind: MediaKind, attachment_id: impl Display) -> Self {
        Self(Attachment { kind, source: Source::AttachmentId(attachment_id.to_string()), is_reusable: false })
    }
}

impl From<Stored> for Content {
    fn from(Stored(attachment): Stored) -> Self {
        message::Content::Media(vec![attachment]).into()
    }
}

/// One of several images in a message. A `&str` is an address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Picture(Source);

impl Picture {
    /// One that was uploaded before.
    pub fn stored(attachment_id: impl Display) -> Self {
        Self(Source::AttachmentId(attachment_id.to_string()))
    }
}

impl From<&str> for Picture {
    fn from(url: &str) -> Self {
        Self(Source::Url(url.to_owned()))
    }
}

impl From<String> for Picture {
    fn from(url: String) -> Self {
        Self(Source::Url(url))
    }
}

impl From<Images> for Content {
    fn from(images: Images) -> Self {
        let image = |Picture(source)| Attachment { kind: MediaKind::Image, source, is_reusable: false };
        message::Content::Media(images.into_vec().into_iter().map(image).collect()).into()
    }
}
