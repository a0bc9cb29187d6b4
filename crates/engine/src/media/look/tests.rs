//! Files as they are, claimed to be what they are not, cut off, and damaged.

use proptest::prelude::*;

use super::super::samples;
use super::*;

const PIXELS: u64 = 100_000_000;

#[test]
fn each_format_is_told_by_its_content() {
    let picture = Some((64, 48));
    let two_seconds = Some(2_000);
    let expected = [
        ("png", MediaKind::Image, "image/png", picture, None),
        ("jpeg", MediaKind::Image, "image/jpeg", picture, None),
        ("gif", MediaKind::Image, "image/gif", picture, None),
        ("ico", MediaKind::Image, "image/x-icon", picture, None),
        ("bmp", MediaKind::Image, "image/bmp", picture, None),
        ("aac", MediaKind::Audio, "audio/aac", None, Some(2_048)),
        ("m4a", MediaKind::Audio, "audio/mp4", None, two_seconds),
        ("wav", MediaKind::Audio, "audio/wav", None, two_seconds),
        ("mp4", MediaKind::Video, "video/mp4", picture, two_seconds),
        ("mov", MediaKind::Video, "video/quicktime", picture, two_seconds),
        ("ogg", MediaKind::Video, "video/ogg", picture, two_seconds),
        ("avi", MediaKind::Video, "video/x-msvideo", picture, two_seconds),
        ("webm", MediaKind::Video, "video/webm", picture, two_seconds),
        ("pdf", MediaKind::File, "application/pdf", None, None),
        ("mp4 audio", MediaKind::Audio, "audio/mp4", None, two_seconds),
    ];
    assert_eq!(expected.len(), samples::ALL.len());
    for ((name, sample), (row, kind, content_type, pixels, duration_ms)) in samples::ALL.into_iter().zip(expected) {
        assert_eq!(name, row);
        assert_eq!(look(&sample()), Ok(Look { kind, content_type, pixels, duration_ms }), "{name}");
    }
}

#[test]
fn a_file_is_admitted_as_what_it_is_and_as_nothing_else() {
    for (name, sample) in samples::ALL {
        let bytes = sample();
        let found = look(&bytes).unwrap();
        for (claimed, kind) in MediaKind::ALL {
            let expected = if claimed == found.kind { Ok(found) } else { Err(Refusal::AttachmentUpload) };
            assert_eq!(admit(claimed, &bytes, PIXELS), expected, "{name} as {kind}");
        }
    }
}

#[test]
fn a_format_that_cannot_be_sent_is_refused() {
    let matroska = samples::ebml(b"matroska", 64, 48, 1);
    let rows: [&[u8]; 8] = [
        b"",
        b"hello",
        b"<svg xmlns=\"http://www.w3.org/2000/svg\"/>",
        b"<!doctype html><script>alert(1)</script>",
        b"RIFF\x04\0\0\0WEBP",
        b"PK\x03\x04",
        b"MZ\x90\0",
        &matroska,
    ];
    for bytes in rows {
        assert_eq!(look(bytes), Err(Blind::Unknown), "{bytes:?}");
        for (claimed, _) in MediaKind::ALL {
            assert_eq!(admit(claimed, bytes, PIXELS), Err(Refusal::AttachmentUpload));
        }
    }
}

#[test]
fn sound_in_another_format_is_told_apart_from_what_is_none() {
    let ogg = |mark: &[u8]| {
        let length = u8::try_from(mark.len()).unwrap();
        [&b"OggS\0\x02"[..], &[0; 20], &[1, length], mark].concat()
    };
    let rows = [
        b"ID3\x04\0\0\0\0\0\0\xff\xfb\x90\0".to_vec(),
        b"\xff\xfb\x90\x64".to_vec(),
        b"fLaC\0\0\0\x22".to_vec(),
        b"#!AMR\n\x3c".to_vec(),
        b"FORM\0\0\0\x10AIFF".to_vec(),
        ogg(b"\x01vorbis\0\0\0\0"),
        ogg(b"OpusHead\x01\x02"),
        samples::sound(b"webm"),
    ];
    for bytes in rows {
        assert_eq!(look(&bytes), Err(Blind::OtherAudio), "{bytes:?}");
        for (claimed, _) in MediaKind::ALL {
            let expected = if claimed == MediaKind::Audio { Refusal::AudioFormat } else { Refusal::AttachmentUpload };
            assert_eq!(admit(claimed, &bytes, PIXELS), Err(expected), "{bytes:?}");
        }
    }
    for silent in [ogg(b"\x01text"), b"\xff\xfb\xf0\x64".to_vec(), b"\xff\xf9".to_vec()] {
        assert_eq!(look(&silent), Err(Blind::Unknown), "{silent:?}");
    }
}

#[test]
fn size_and_pixels_have_limits() {
    for (claimed, name) in MediaKind::ALL {
        let most = claimed.max_bytes();
        assert_eq!(admit(claimed, &vec![0; most + 1], PIXELS), Err(Refusal::AttachmentSize), "{name}");
        assert_eq!(admit(claimed, &vec![0; most], PIXELS), Err(Refusal::AttachmentUpload), "{name}");
    }
    let image = |width, height, most| admit(MediaKind::Image, &samples::gif(width, height), most).map(|_| ());
    assert_eq!(image(100, 50, 5_000), Ok(()));
    assert_eq!(image(100, 50, 4_999), Err(Refusal::AttachmentUpload));
    assert_eq!(image(0, 50, 5_000), Err(Refusal::AttachmentUpload));
    assert_eq!(image(u16::MAX, u16::MAX, PIXELS), Err(Refusal::AttachmentUpload));
    let video = admit(MediaKind::Video, &samples::mp4(100, 50, 1_000), 4_999);
    assert_eq!(video, Err(Refusal::AttachmentUpload));
}

#[test]
fn a_damaged_video_is_told_apart_from_what_is_none() {
    for (name, sample) in [("mp4", samples::mp4 as fn(_, _, _) -> _), ("webm", samples::webm), ("avi", samples::avi)] {
        let bytes = sample(64, 48, 1_000);
        let broken = &bytes[..40];
        assert_eq!(admit(MediaKind::Video, broken, PIXELS), Err(Refusal::VideoFetch), "{name}");
        assert_eq!(admit(MediaKind::Audio, broken, PIXELS), Err(Refusal::AttachmentUpload), "{name}");
    }
}

#[test]
fn a_file_of_a_million_empty_elements_costs_little() {
    // Void elements without a body, as children of a segment.
    let inside = [0xec, 0x80].repeat(4 << 20);
    let length = u32::try_from(inside.len()).unwrap() | 0x1000_0000;
    let head = samples::webm(64, 48, 1);
    let segment = head.windows(4).position(|four| four == [0x18, 0x53, 0x80, 0x67]).unwrap();
    let bytes = [&head[..segment + 4], &length.to_be_bytes(), &inside].concat();
    assert_eq!(look(&bytes), Err(Blind::Damaged));
}

fn any_sample() -> impl Strategy<Value = Vec<u8>> {
    (0..samples::ALL.len()).prop_map(|index| samples::ALL[index].1())
}

/// Whatever comes out can be kept.
fn is_sane(bytes: &[u8]) {
    if let Ok(found) = look(bytes) {
        assert!(found.pixels.is_none_or(|(width, height)| width > 0 && height > 0), "{found:?}");
        assert!(found.duration_ms.is_none_or(|length| length <= LONGEST_MS), "{found:?}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_file_that_is_cut_off_anywhere_is_looked_at_without_a_panic(bytes in any_sample(), cut in 0.0..1.0_f64) {
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, clippy::cast_precision_loss, reason = "a place within")]
        let place = (bytes.len() as f64 * cut) as usize;
        is_sane(&bytes[..place]);
    }

    #[test]
    fn a_file_with_other_bytes_in_it_is_looked_at_without_a_panic(
        bytes in any_sample(),
        changes in prop::collection::vec((any::<prop::sample::Index>(), prop_oneof![Just(0), Just(0xff), Just(0x80), any::<u8>()]), 1..12),
        longer in prop::collection::vec(any::<u8>(), 0..64),
    ) {
        let mut bytes = bytes;
        // Most of what is read lies in the first few hundred bytes.
        let reach = bytes.len().min(400);
        for (place, byte) in changes {
            bytes[place.index(reach)] = byte;
        }
        bytes.extend(longer);
        is_sane(&bytes);
    }

    #[test]
    fn whatever_follows_a_beginning_is_looked_at_without_a_panic(
        sample in any_sample(), begin in 1..48_usize, rest in prop::collection::vec(any::<u8>(), 0..256),
    ) {
        let begin = begin.min(sample.len());
        is_sane(&[&sample[..begin], &rest[..]].concat());
    }
}
