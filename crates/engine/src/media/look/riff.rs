//! wav and avi: chunks in a RIFF file, whose headers have fixed places.

use wire::send::attachment::MediaKind;

use super::{Blind, Look, at, milliseconds, u32_le};

/// Chunks begin behind `RIFF`, a length and the form.
const CHUNKS_AT: usize = 12;
const CHUNK_HEADER: usize = 8;
/// More chunks than any sensible file has before those that are looked for.
const MOST_CHUNKS: usize = 4_096;

pub(super) fn wav(bytes: &[u8]) -> Result<Look, Blind> {
    let format = chunk(bytes, CHUNKS_AT, b"fmt ").ok_or(Blind::Damaged)?;
    let data = chunk(bytes, CHUNKS_AT, b"data").ok_or(Blind::Damaged)?;
    let bytes_per_second = u32_le(format, 8).ok_or(Blind::Damaged)?;
    let length = u64::try_from(data.len()).unwrap_or(u64::MAX);
    Ok(Look {
        kind: MediaKind::Audio,
        content_type: "audio/wav",
        pixels: None,
        duration_ms: milliseconds(length, bytes_per_second.into()),
    })
}

pub(super) fn avi(bytes: &[u8]) -> Result<Look, Blind> {
    // The first list holds the headers, the main one at its beginning.
    let list = chunk(bytes, CHUNKS_AT, b"LIST").filter(|list| list.starts_with(b"hdrl")).ok_or(Blind::Damaged)?;
    let main = chunk(list, 4, b"avih").ok_or(Blind::Damaged)?;
    let field = |place| u32_le(main, place).ok_or(Blind::Damaged);
    let (microseconds_a_frame, frames) = (u64::from(field(0)?), u64::from(field(16)?));
    Ok(Look {
        kind: MediaKind::Video,
        content_type: "video/x-msvideo",
        pixels: Some((field(32)?, field(36)?)),
        duration_ms: milliseconds(microseconds_a_frame * frames, 1_000_000),
    })
}

/// The body of the first chunk of this name; one that claims to reach behind the end reaches to the end.
fn chunk<'a>(bytes: &'a [u8], from: usize, name: &[u8; 4]) -> Option<&'a [u8]> {
    let mut rest = bytes.get(from..)?;
    for _ in 0..MOST_CHUNKS {
        let found = at::<4>(rest, 0)?;
        let length = usize::try_from(u32_le(rest, 4)?).ok()?;
        let body = rest.get(CHUNK_HEADER..)?;
        if &found == name {
            return Some(&body[..length.min(body.len())]);
        }
        // Chunks begin at even places.
        rest = body.get(length.checked_next_multiple_of(2)?..)?;
    }
    None
}
