//! mp4, m4a and mov: boxes in boxes (ISO/IEC 14496-12). `mp4-atom` reads the three that matter, each of a fixed size; the
//! tables of samples, which can be large, are stepped over.

use mp4_atom::{Atom, Decode, FourCC, Header, Mvhd, Tkhd};
use wire::send::attachment::MediaKind;

use super::{Blind, Look, at, milliseconds};

/// Boxes with which files begin; those without `ftyp` are old QuickTime.
const FIRST: [&[u8; 4]; 6] = [b"ftyp", b"moov", b"mdat", b"wide", b"free", b"skip"];
const QUICKTIME: &[u8; 4] = b"qt  ";
/// Where the `hdlr` box says what a track holds.
const HANDLER_AT: usize = 8;
/// More boxes beside each other than any sensible file has.
const MOST_BOXES: usize = 4_096;

pub(super) fn begins(bytes: &[u8]) -> bool {
    at(bytes, 4).is_some_and(|kind: [u8; 4]| FIRST.contains(&&kind))
}

pub(super) fn read(bytes: &[u8]) -> Result<Look, Blind> {
    let movie = child(bytes, b"moov").ok_or(Blind::Damaged)?;
    let mut header = child(movie, b"mvhd").ok_or(Blind::Damaged)?;
    let header = Mvhd::decode_body(&mut header).map_err(|_| Blind::Damaged)?;
    let tracks = || boxes(movie).filter(|(kind, _)| kind == b"trak").map(|(_, track)| track);
    let video = tracks().find(|track| holds(track, b"vide"));
    let is_quicktime = match child(bytes, b"ftyp") {
        Some(brand) => brand.starts_with(QUICKTIME),
        None => true,
    };
    let (kind, content_type, pixels) = match video {
        Some(track) if is_quicktime => (MediaKind::Video, "video/quicktime", dimensions(track)),
        Some(track) => (MediaKind::Video, "video/mp4", dimensions(track)),
        None if tracks().any(|track| holds(track, b"soun")) => (MediaKind::Audio, "audio/mp4", None),
        None => return Err(Blind::Damaged),
    };
    let duration_ms = milliseconds(header.duration, header.timescale.into());
    Ok(Look { kind, content_type, pixels, duration_ms })
}

fn holds(track: &[u8], handler: &[u8; 4]) -> bool {
    let described = child(track, b"mdia").and_then(|media| child(media, b"hdlr"));
    described.and_then(|body| at::<4>(body, HANDLER_AT)).is_some_and(|found| &found == handler)
}

fn dimensions(track: &[u8]) -> Option<(u32, u32)> {
    let header = Tkhd::decode_body(&mut child(track, b"tkhd")?).ok()?;
    let (width, height) = (header.width.integer().into(), header.height.integer().into());
    // A size is also left open, by zeros.
    (width > 0 && height > 0).then_some((width, height))
}

fn child<'a>(bytes: &'a [u8], kind: &[u8; 4]) -> Option<&'a [u8]> {
    boxes(bytes).find(|(found, _)| found == kind).map(|(_, body)| body)
}

/// Kind and body of each box, until one is cut off.
fn boxes(bytes: &[u8]) -> impl Iterator<Item = ([u8; 4], &[u8])> {
    let mut rest = bytes;
    std::iter::from_fn(move || {
        let Header { kind, size } = Header::decode(&mut rest).ok()?;
        let (body, after) = rest.split_at_checked(size.unwrap_or(rest.len()))?;
        rest = after;
        Some((FourCC::into(kind), body))
    })
    .take(MOST_BOXES)
}
