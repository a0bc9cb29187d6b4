//! Sound in formats that Instagram does not take, so that whoever sends it is told that it is the format (contract send 4.3).

/// How files of such a format begin, each behind so many bytes.
const BEGINNINGS: [(usize, &[u8]); 5] = [(0, b"fLaC"), (0, b"#!AMR"), (0, b"ID3"), (8, b"AIFF"), (8, b"AIFC")];

/// Whether bytes begin like mp3, flac, amr or aiff. An `ID3` tag before aac is read before this is asked.
pub(super) fn begins(bytes: &[u8]) -> bool {
    let is_tagged = |(place, mark): (usize, &[u8])| bytes.get(place..).is_some_and(|rest| rest.starts_with(mark));
    BEGINNINGS.into_iter().any(is_tagged) || is_mpeg(bytes)
}

/// A frame of MPEG audio, layers I to III: eleven set bits, a version, a layer, a rate and a frequency that exist.
fn is_mpeg(bytes: &[u8]) -> bool {
    let [a, b, c, ..] = bytes else { return false };
    let (version, layer, rate, frequency) = (b >> 3 & 3, b >> 1 & 3, c >> 4, c >> 2 & 3);
    *a == 0xff && b & 0xe0 == 0xe0 && version != 1 && layer != 0 && rate != 0x0f && frequency != 3
}
