//! What a file is by its first bytes, and whether Instagram takes it (contract send 1.5). The platform looks deeper; this is so
//! that nobody waits for an upload that is refused.

use crate::facts::FileKind;

/// Bytes of a picture at most.
pub const IMAGE_BYTES: usize = 8 << 20;
/// Bytes of any other file at most.
pub const FILE_BYTES: usize = 25 << 20;

/// A file that can be sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Known {
    /// As what it is sent.
    pub kind: FileKind,
    /// Its type.
    pub content_type: &'static str,
    /// The usual end of its name.
    pub ending: &'static str,
}

/// One kind of file: bytes and where they stand in it, what else stands at 8, and what it is.
type Row = (usize, &'static [u8], &'static [u8], FileKind, &'static str, &'static str);

/// The first row that fits says what it is.
const ROWS: &[Row] = &[
    (0, b"\x89PNG\r\n\x1a\n", b"", FileKind::Image, "image/png", "png"),
    (0, b"\xff\xd8\xff", b"", FileKind::Image, "image/jpeg", "jpg"),
    (0, b"GIF8", b"", FileKind::Image, "image/gif", "gif"),
    (0, b"%PDF-", b"", FileKind::File, "application/pdf", "pdf"),
    (0, b"RIFF", b"WAVE", FileKind::Audio, "audio/wav", "wav"),
    (0, b"RIFF", b"AVI ", FileKind::Video, "video/x-msvideo", "avi"),
    (0, b"\xff\xf1", b"", FileKind::Audio, "audio/aac", "aac"),
    (0, b"\xff\xf9", b"", FileKind::Audio, "audio/aac", "aac"),
    (0, b"OggS", b"", FileKind::Video, "video/ogg", "ogv"),
    (0, b"\x1a\x45\xdf\xa3", b"", FileKind::Video, "video/webm", "webm"),
    (4, b"ftyp", b"M4A ", FileKind::Audio, "audio/mp4", "m4a"),
    (4, b"ftyp", b"M4B ", FileKind::Audio, "audio/mp4", "m4a"),
    (4, b"ftyp", b"qt  ", FileKind::Video, "video/quicktime", "mov"),
    (4, b"ftyp", b"mp4", FileKind::Video, "video/mp4", "mp4"),
    (4, b"ftyp", b"iso", FileKind::Video, "video/mp4", "mp4"),
    (4, b"ftyp", b"avc", FileKind::Video, "video/mp4", "mp4"),
    (4, b"ftyp", b"M4V", FileKind::Video, "video/mp4", "mp4"),
    (4, b"ftyp", b"dash", FileKind::Video, "video/mp4", "mp4"),
];

/// What a file is. `declared` is the type that it came with, which says of an mp4 whether it is sound alone.
///
/// # Errors
/// The row of `explain` that says why it cannot be sent.
pub fn look(bytes: &[u8], declared: &str) -> Result<Known, &'static str> {
    let stands = |at: usize, wanted: &[u8]| bytes.get(at..at + wanted.len()) == Some(wanted) || wanted.is_empty();
    let row = ROWS.iter().find(|row| stands(row.0, row.1) && stands(8, row.2)).ok_or("file_not_sendable")?;
    let known = Known { kind: row.3, content_type: row.4, ending: row.5 };
    let sound = declared.starts_with("audio/");
    let known = match known.content_type {
        "video/mp4" if sound => Known { kind: FileKind::Audio, content_type: "audio/mp4", ending: "m4a" },
        // Sound in these is not among what Instagram takes as sound.
        "video/ogg" | "video/webm" if sound => return Err("file_not_sendable"),
        _ => known,
    };
    let most = if known.kind == FileKind::Image { IMAGE_BYTES } else { FILE_BYTES };
    if bytes.len() > most { Err("file_too_large") } else { Ok(known) }
}

/// A name under which a file can travel: printable ASCII, with an ending.
pub fn name(told: Option<&str>, known: Known) -> String {
    let fits = |letter: char| if (' '..='~').contains(&letter) { letter } else { '_' };
    let name: String = told.unwrap_or_default().trim().chars().take(100).map(fits).collect();
    if name.is_empty() { format!("file.{}", known.ending) } else { name }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_what_its_first_bytes_say() {
        for (bytes, declared, kind) in [
            (&b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"[..], "", Ok((FileKind::Image, "image/png"))),
            (b"\xff\xd8\xff\xe0\0\x10JFIF", "image/png", Ok((FileKind::Image, "image/jpeg"))),
            (b"GIF89a", "", Ok((FileKind::Image, "image/gif"))),
            (b"%PDF-1.7", "text/plain", Ok((FileKind::File, "application/pdf"))),
            (b"RIFF\0\0\0\0WAVEfmt ", "", Ok((FileKind::Audio, "audio/wav"))),
            (b"RIFF\0\0\0\0AVI LIST", "", Ok((FileKind::Video, "video/x-msvideo"))),
            (b"RIFF\0\0\0\0WEBPVP8 ", "image/webp", Err("file_not_sendable")),
            (b"\0\0\0\x20ftypisom\0\0\0\0", "video/mp4", Ok((FileKind::Video, "video/mp4"))),
            (b"\0\0\0\x20ftypisom\0\0\0\0", "audio/mp4", Ok((FileKind::Audio, "audio/mp4"))),
            (b"\0\0\0\x20ftypM4A \0\0\0\0", "", Ok((FileKind::Audio, "audio/mp4"))),
            (b"\0\0\0\x20ftypheic\0\0\0\0", "image/heic", Err("file_not_sendable")),
            (b"\0\0\0\x20ftypqt  \0\0\0\0", "", Ok((FileKind::Video, "video/quicktime"))),
            (b"\x1a\x45\xdf\xa3", "video/webm", Ok((FileKind::Video, "video/webm"))),
            (b"\x1a\x45\xdf\xa3", "audio/webm;codecs=opus", Err("file_not_sendable")),
            (b"OggS", "audio/ogg", Err("file_not_sendable")),
            (b"\xff\xf1\x50\x80", "", Ok((FileKind::Audio, "audio/aac"))),
            (b"ID3\x04", "audio/mpeg", Err("file_not_sendable")),
            (b"MZ\x90\0", "image/png", Err("file_not_sendable")),
            (b"", "image/png", Err("file_not_sendable")),
        ] {
            assert_eq!(
                look(bytes, declared).map(|known| (known.kind, known.content_type)),
                kind,
                "{bytes:?} {declared}"
            );
        }
    }

    #[test]
    fn pictures_are_smaller_than_the_rest() {
        let file = |start: &[u8], length: usize| [start, &vec![0; length - start.len()]].concat();
        for (start, most) in [(&b"GIF89a"[..], IMAGE_BYTES), (b"%PDF-1.7", FILE_BYTES)] {
            assert!(look(&file(start, most), "").is_ok());
            assert_eq!(look(&file(start, most + 1), ""), Err("file_too_large"));
        }
    }

    #[test]
    fn a_name_is_made_of_what_can_travel() {
        let png = look(b"\x89PNG\r\n\x1a\n", "").unwrap();
        assert_eq!(name(Some("Grüße \"1\".png"), png), "Gr__e \"1\".png");
        assert_eq!(name(Some(" "), png), "file.png");
        assert_eq!(name(None, png), "file.png");
    }
}
