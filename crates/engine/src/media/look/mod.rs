//! Looking at bytes: what a file is, how large its picture and how long its sound (contract send 1.5).
//!
//! The type is read from the content, never from a name or a header. Nothing is decoded: only the headers of a format are
//! read, so a file of a few bytes cannot ask for much memory or time. Any bytes whatever give an answer and never a panic.

mod adts;
mod image;
mod iso;
mod ogg;
mod other_audio;
mod riff;
mod webm;

use wire::send::attachment::MediaKind;

use crate::refusal::Refusal;

/// What was read from a file's bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Look {
    /// What it can be sent as.
    pub kind: MediaKind,
    /// Its media type.
    pub content_type: &'static str,
    /// Width and height in pixels, of images and videos.
    pub pixels: Option<(u32, u32)>,
    /// Length in milliseconds, of audio and video, where it can be told.
    pub duration_ms: Option<u64>,
}

/// Why bytes are no file that can be sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Blind {
    /// They begin like nothing that can be sent.
    #[error("the format is not known")]
    Unknown,
    /// They are sound, in a format that is not taken.
    #[error("the format of the sound is not taken")]
    OtherAudio,
    /// They begin like something that can be sent, and do not go on like it.
    #[error("the file is damaged")]
    Damaged,
}

/// How files of a format begin, and who reads them.
struct Format {
    begins: fn(&[u8]) -> bool,
    read: fn(&[u8]) -> Result<Look, Blind>,
}

/// Every format, the plainest beginnings first.
const FORMATS: &[Format] = &[
    Format { begins: |b| b.starts_with(b"\x89PNG\r\n\x1a\n"), read: image::png },
    Format { begins: |b| b.starts_with(b"\xff\xd8\xff"), read: image::jpeg },
    Format { begins: |b| b.starts_with(b"GIF87a") || b.starts_with(b"GIF89a"), read: image::gif },
    Format { begins: |b| b.starts_with(b"\0\0\x01\0"), read: image::ico },
    Format { begins: image::is_bmp, read: image::bmp },
    Format { begins: |b| b.starts_with(b"%PDF-"), read: pdf },
    Format { begins: |b| is_riff(b, b"WAVE"), read: riff::wav },
    Format { begins: |b| is_riff(b, b"AVI "), read: riff::avi },
    Format { begins: |b| b.starts_with(b"OggS"), read: ogg::read },
    Format { begins: |b| b.starts_with(b"\x1a\x45\xdf\xa3"), read: webm::read },
    Format { begins: iso::begins, read: iso::read },
    Format { begins: adts::begins, read: adts::read },
];

/// Longest duration that is believed, a week: what claims more has a header that lies.
const LONGEST_MS: u64 = 7 * 24 * 60 * 60 * 1_000;

/// Looks at a file.
///
/// # Errors
/// [`Blind`].
pub fn look(bytes: &[u8]) -> Result<Look, Blind> {
    let format = FORMATS.iter().find(|format| (format.begins)(bytes));
    let unknown = if other_audio::begins(bytes) { Blind::OtherAudio } else { Blind::Unknown };
    let look = (format.ok_or(unknown)?.read)(bytes)?;
    if look.pixels.is_some_and(|(width, height)| width == 0 || height == 0) {
        return Err(Blind::Damaged);
    }
    Ok(Look { duration_ms: look.duration_ms.filter(|length| *length <= LONGEST_MS), ..look })
}

/// Whether a file may be sent as what it claims to be, with at most so many pixels.
///
/// # Errors
/// [`Refusal::AttachmentSize`], [`Refusal::AttachmentUpload`], [`Refusal::VideoFetch`] for what should be a video and is a
/// damaged one, [`Refusal::AudioFormat`] for audio in a format that is not taken (contract send 4.3).
pub fn admit(claimed: MediaKind, bytes: &[u8], most_pixels: u64) -> Result<Look, Refusal> {
    if bytes.len() > claimed.max_bytes() {
        return Err(Refusal::AttachmentSize);
    }
    match look(bytes) {
        Ok(look) if look.kind == claimed && fits(look.pixels, most_pixels) => Ok(look),
        Err(Blind::Damaged) if claimed == MediaKind::Video => Err(Refusal::VideoFetch),
        Err(Blind::OtherAudio) if claimed == MediaKind::Audio => Err(Refusal::AudioFormat),
        _ => Err(Refusal::AttachmentUpload),
    }
}

fn fits(pixels: Option<(u32, u32)>, most: u64) -> bool {
    pixels.is_none_or(|(width, height)| u64::from(width) * u64::from(height) <= most)
}

fn pdf(_: &[u8]) -> Result<Look, Blind> {
    Ok(Look { kind: MediaKind::File, content_type: "application/pdf", pixels: None, duration_ms: None })
}

fn is_riff(bytes: &[u8], form: &[u8; 4]) -> bool {
    bytes.starts_with(b"RIFF") && bytes.get(8..12) == Some(form)
}

/// So many bytes at a place, if they are there.
fn at<const N: usize>(bytes: &[u8], place: usize) -> Option<[u8; N]> {
    bytes.get(place..)?.first_chunk().copied()
}

fn u16_le(bytes: &[u8], place: usize) -> Option<u16> {
    at(bytes, place).map(u16::from_le_bytes)
}

fn u32_le(bytes: &[u8], place: usize) -> Option<u32> {
    at(bytes, place).map(u32::from_le_bytes)
}

fn u32_be(bytes: &[u8], place: usize) -> Option<u32> {
    at(bytes, place).map(u32::from_be_bytes)
}

/// `count` units, of which `per_second` are a second, in milliseconds; `None` where that is no time.
fn milliseconds(count: u64, per_second: u64) -> Option<u64> {
    let length = (u128::from(count) * 1_000).checked_div(u128::from(per_second))?;
    u64::try_from(length).ok().filter(|length| *length > 0)
}

#[cfg(test)]
mod tests;
