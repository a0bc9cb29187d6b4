//! ogg with a Theora video: pages, each with a header of fixed places (RFC 3533).

use wire::send::attachment::MediaKind;

use super::{Blind, Look, at, milliseconds, u32_be, u32_le};

const PAGE_HEADER: usize = 27;
/// Set on the first page of a stream.
const FIRST: u8 = 2;
const THEORA: &[u8] = b"\x80theora";
/// How the streams begin that hold sound.
const SOUND: [&[u8]; 4] = [b"\x01vorbis", b"OpusHead", b"Speex   ", b"\x7fFLAC"];
/// A page on which no packet ends has this place in time.
const NO_PLACE: u64 = u64::MAX;

struct Page<'a> {
    is_first: bool,
    /// Where in the stream's time the last packet of the page ends.
    place: u64,
    stream: u32,
    data: &'a [u8],
}

pub(super) fn read(bytes: &[u8]) -> Result<Look, Blind> {
    let begin = || pages(bytes).take_while(|page| page.is_first);
    let sounds = begin().any(|page| SOUND.iter().any(|mark| page.data.starts_with(mark)));
    let first = begin().find(|page| page.data.starts_with(THEORA));
    let first = first.ok_or(if sounds { Blind::OtherAudio } else { Blind::Unknown })?;
    let header = first.data;
    // 24 bits each; the byte before them is cut off.
    let size = |place: usize| u32_be(header, place - 1).map(|word| word & 0x00ff_ffff).ok_or(Blind::Damaged);
    let pixels = Some((size(14)?, size(17)?));
    let (rate, rate_divisor) = (u32_be(header, 22), u32_be(header, 26));
    let (rate, rate_divisor) = rate.zip(rate_divisor).ok_or(Blind::Damaged)?;
    // The place of a frame is the number of the last key frame, above so many bits that count from there on.
    let shift = at::<2>(header, 40).map(u16::from_be_bytes).ok_or(Blind::Damaged)? >> 5 & 0x1f;
    let frames = pages(bytes)
        .filter(|page| page.stream == first.stream && page.place != NO_PLACE)
        .map(|page| (page.place >> shift).saturating_add(page.place & ((1 << shift) - 1)))
        .max();
    let duration_ms = frames.and_then(|frames| milliseconds(frames.checked_mul(rate_divisor.into())?, rate.into()));
    Ok(Look { kind: MediaKind::Video, content_type: "video/ogg", pixels, duration_ms })
}

/// The pages until one is cut off.
fn pages(bytes: &[u8]) -> impl Iterator<Item = Page<'_>> {
    let mut rest = bytes;
    std::iter::from_fn(move || {
        if !rest.starts_with(b"OggS") {
            return None;
        }
        let segments = usize::from(*rest.get(PAGE_HEADER - 1)?);
        let table = rest.get(PAGE_HEADER..PAGE_HEADER + segments)?;
        let length: usize = table.iter().map(|length| usize::from(*length)).sum();
        let data_at = PAGE_HEADER + segments;
        let page = Page {
            is_first: rest[5] & FIRST != 0,
            place: u64::from_le_bytes(at(rest, 6)?),
            stream: u32_le(rest, 14)?,
            data: rest.get(data_at..data_at + length)?,
        };
        rest = &rest[data_at + length..];
        Some(page)
    })
}
