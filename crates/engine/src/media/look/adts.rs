//! aac as a stream of frames, each with a header of its own (ADTS, ISO/IEC 13818-7); a tag may stand before them.

use wire::send::attachment::MediaKind;

use super::{Blind, Look, at, milliseconds};

const HEADER: usize = 7;
const SAMPLES: u64 = 1_024;
/// Samples in a second, by their number in the header.
const RATES: [u64; 13] =
    [96_000, 88_200, 64_000, 48_000, 44_100, 32_000, 24_000, 22_050, 16_000, 12_000, 11_025, 8_000, 7_350];

struct Frame {
    length: usize,
    rate: u64,
    samples: u64,
}

pub(super) fn begins(bytes: &[u8]) -> bool {
    frame(untagged(bytes)).is_some()
}

pub(super) fn read(bytes: &[u8]) -> Result<Look, Blind> {
    let (mut rest, mut samples, mut rate) = (untagged(bytes), 0, 0);
    while let Some(next) = frame(rest) {
        let Some(after) = rest.get(next.length..) else { break };
        // Twelve bits are a weak sign: what follows a frame is a frame.
        if !after.is_empty() && after.len() >= HEADER && frame(after).is_none() {
            return Err(Blind::Damaged);
        }
        (rest, rate, samples) = (after, next.rate, samples + next.samples);
    }
    if samples == 0 {
        return Err(Blind::Damaged);
    }
    let duration_ms = milliseconds(samples, rate);
    Ok(Look { kind: MediaKind::Audio, content_type: "audio/aac", pixels: None, duration_ms })
}

fn frame(bytes: &[u8]) -> Option<Frame> {
    let [a, b, c, d, e, f, g] = at::<HEADER>(bytes, 0)?;
    // Twelve set bits, then a version and a layer, which is always 0; MP3 has another.
    if a != 0xff || b & 0xf6 != 0xf0 {
        return None;
    }
    let rate = *RATES.get(usize::from(c >> 2 & 0x0f))?;
    let length = usize::from(d & 3) << 11 | usize::from(e) << 3 | usize::from(f >> 5);
    let samples = SAMPLES * (u64::from(g & 3) + 1);
    (length >= HEADER).then_some(Frame { length, rate, samples })
}

/// Behind an ID3 tag, whose length is written in seven bits a byte.
fn untagged(bytes: &[u8]) -> &[u8] {
    let Some([b'I', b'D', b'3', _, _, _, sizes @ ..]) = at::<10>(bytes, 0) else { return bytes };
    let length = sizes.iter().fold(0, |length, byte| length << 7 | usize::from(byte & 0x7f));
    bytes.get(10 + length..).unwrap_or_default()
}
