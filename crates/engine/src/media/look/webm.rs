//! webm: read by `matroska-demuxer`, which gets a reader that ends when too much is asked of it.

use std::io::{self, Cursor, Read, Seek, SeekFrom};

use matroska_demuxer::{MatroskaFile, TrackType};
use wire::send::attachment::MediaKind;

use super::{Blind, Look};

/// What reading a header may cost: each step this much, and each byte one. A file made of a million empty elements costs
/// time and memory for each of them, and is given up.
const BUDGET: u64 = 16 << 20;
const STEP: u64 = 64;

pub(super) fn read(bytes: &[u8]) -> Result<Look, Blind> {
    let file = MatroskaFile::open(Sparing { inner: Cursor::new(bytes), left: BUDGET }).map_err(|_| Blind::Damaged)?;
    if file.ebml_header().doc_type() != "webm" {
        return Err(Blind::Unknown);
    }
    let of = |kind| file.tracks().iter().filter(move |track| track.track_type() == kind);
    let without = if of(TrackType::Audio).next().is_some() { Blind::OtherAudio } else { Blind::Unknown };
    let video = of(TrackType::Video).filter_map(|track| track.video()).next().ok_or(without)?;
    let pixels = u32::try_from(video.pixel_width().get()).ok().zip(u32::try_from(video.pixel_height().get()).ok());
    Ok(Look {
        kind: MediaKind::Video,
        content_type: "video/webm",
        pixels: Some(pixels.ok_or(Blind::Damaged)?),
        duration_ms: file.info().duration().and_then(|units| length(units, file.info().timestamp_scale().get())),
    })
}

/// A length in units of so many nanoseconds, in milliseconds.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    clippy::cast_precision_loss,
    reason = "the range is checked before, and a duration needs no more precision"
)]
fn length(units: f64, scale: u64) -> Option<u64> {
    let length = units * scale as f64 / 1e6;
    (length.is_finite() && (1.0..1e15).contains(&length)).then_some(length as u64)
}

struct Sparing<'a> {
    inner: Cursor<&'a [u8]>,
    left: u64,
}

impl Sparing<'_> {
    fn pay(&mut self, cost: usize) -> io::Result<()> {
        let cost = STEP.saturating_add(u64::try_from(cost).unwrap_or(u64::MAX));
        self.left = self.left.checked_sub(cost).ok_or(io::ErrorKind::QuotaExceeded)?;
        Ok(())
    }
}

impl Read for Sparing<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.pay(buffer.len())?;
        self.inner.read(buffer)
    }
}

impl Seek for Sparing<'_> {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        self.pay(0)?;
        self.inner.seek(to)
    }
}
