//! Small files, one of each format that can be sent: what people of the emulator send, and what tests do. Their headers are
//! whole; pictures are blank, sound is silence, and films have no frame.

/// Frames in a second of the samples that have any.
const FRAMES_A_SECOND: u32 = 25;

/// The name of a format, and what makes a file of it.
pub type Sample = (&'static str, fn() -> Vec<u8>);

/// A file of each format, 64 pixels wide and 48 high, two seconds long.
pub const ALL: [Sample; 15] = [
    ("png", || png(64, 48)),
    ("jpeg", || jpeg(64, 48)),
    ("gif", || gif(64, 48)),
    ("ico", || ico(64, 48)),
    ("bmp", || bmp(64, 48)),
    ("aac", || aac(2_000)),
    ("m4a", || m4a(2_000)),
    ("wav", || wav(2_000)),
    ("mp4", || mp4(64, 48, 2_000)),
    ("mov", || mov(64, 48, 2_000)),
    ("ogg", || ogg(64, 48, 2_000)),
    ("avi", || avi(64, 48, 2_000)),
    ("webm", || webm(64, 48, 2_000)),
    ("pdf", pdf),
    // Sound in a box that also holds films (contract send 1.5 lists mp4 under both).
    ("mp4 audio", || m4a(2_000)),
];

/// A white png.
pub fn png(width: u16, height: u16) -> Vec<u8> {
    let mut header = be(&[width.into(), height.into()]);
    // One bit a pixel, grey.
    header.extend([1, 0, 0, 0, 0]);
    let row = [vec![0], vec![0xff; usize::from(width).div_ceil(8)]].concat();
    let file = [
        b"\x89PNG\r\n\x1a\n".to_vec(),
        png_chunk(*b"IHDR", &header),
        png_chunk(*b"IDAT", &stored(&row.repeat(height.into()))),
        png_chunk(*b"IEND", &[]),
    ];
    file.concat()
}

fn png_chunk(kind: [u8; 4], body: &[u8]) -> Vec<u8> {
    let named = [&kind, body].concat();
    [be(&[length(body)]), named.clone(), be(&[crc32(&named)])].concat()
}

/// zlib without compression.
fn stored(bytes: &[u8]) -> Vec<u8> {
    let mut out = vec![0x78, 0x01];
    let mut blocks = bytes.chunks(0xffff).peekable();
    while let Some(block) = blocks.next() {
        out.push(u8::from(blocks.peek().is_none()));
        let length = u16::try_from(block.len()).unwrap_or(u16::MAX);
        out.extend(length.to_le_bytes());
        out.extend((!length).to_le_bytes());
        out.extend(block);
    }
    let (mut a, mut b) = (1_u32, 0_u32);
    for byte in bytes {
        a = (a + u32::from(*byte)) % 65_521;
        b = (b + a) % 65_521;
    }
    out.extend(be(&[b << 16 | a]));
    out
}

fn crc32(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(u32::MAX, |crc, byte| {
        (0..8).fold(crc ^ u32::from(*byte), |crc, _| crc >> 1 ^ (0xedb8_8320 & (crc & 1).wrapping_neg()))
    })
}

/// A grey jpeg.
pub fn jpeg(width: u16, height: u16) -> Vec<u8> {
    let [[h1, h2], [w1, w2]] = [height.to_be_bytes(), width.to_be_bytes()];
    let file: [&[u8]; 9] = [
        b"\xff\xd8\xff\xe0\0\x10JFIF\0\x01\x01\0\0\x01\0\x01\0\0",
        &[&b"\xff\xdb\0\x43\0"[..], &[1; 64]].concat(),
        &[0xff, 0xc0, 0, 11, 8, h1, h2, w1, w2, 1, 1, 0x11, 0],
        // A code of one bit for "nothing", for the first and for the further numbers of a block.
        &[&b"\xff\xc4\0\x14\0\x01"[..], &[0; 15], &[0]].concat(),
        &[&b"\xff\xc4\0\x14\x10\x01"[..], &[0; 15], &[0]].concat(),
        b"\xff\xda\0\x08\x01\x01\0\0\x3f\0",
        // Two bits for each block of eight by eight pixels.
        &vec![0; (usize::from(width).div_ceil(8) * usize::from(height).div_ceil(8)).div_ceil(4)],
        b"\xff\xd9",
        b"",
    ];
    file.concat()
}

/// A gif with one pixel on its screen.
pub fn gif(width: u16, height: u16) -> Vec<u8> {
    let [[w1, w2], [h1, h2]] = [width.to_le_bytes(), height.to_le_bytes()];
    let file: [&[u8]; 4] = [
        b"GIF89a",
        &[w1, w2, h1, h2, 0x80, 0, 0, 0, 0, 0, 0xff, 0xff, 0xff],
        &[0x2c, 0, 0, 0, 0, 1, 0, 1, 0, 0, 2, 2, 0x44, 1, 0],
        b";",
    ];
    file.concat()
}

/// An icon that holds a png.
pub fn ico(width: u8, height: u8) -> Vec<u8> {
    let picture = png(width.into(), height.into());
    let entry = [&[0, 0, 1, 0, 1, 0, width, height, 0, 0, 1, 0, 1, 0][..], &le(&[length(&picture), 22])].concat();
    [entry, picture].concat()
}

/// A white bmp, from the top down.
pub fn bmp(width: u16, height: u16) -> Vec<u8> {
    let row = vec![0xff; usize::from(width).div_ceil(32) * 4];
    let picture = row.repeat(height.into());
    let header =
        le(&[40, width.into(), u32::from(height).wrapping_neg(), 1 | 1 << 16, 0, 0, 0, 0, 2, 0, 0, 0x00ff_ffff]);
    let start = le(&[14 + length(&header) + length(&picture), 0, 14 + length(&header)]);
    [b"BM".to_vec(), start, header, picture].concat()
}

/// aac frames of silence, 64 milliseconds each.
pub fn aac(ms: u32) -> Vec<u8> {
    // 16 kHz, one channel, seven bytes of header and four of nothing.
    let frame = [0xff, 0xf1, 0x60, 0x40, 0x01, 0x7f, 0xfc, 0x01, 0x18, 0x20, 0x07];
    frame.repeat(ms.div_ceil(64).try_into().unwrap_or_default())
}

/// wav, 8 kHz, one channel, eight bits.
pub fn wav(ms: u32) -> Vec<u8> {
    let data = vec![0x80; usize::try_from(ms * 8).unwrap_or_default()];
    let format = le(&[1 | 1 << 16, 8_000, 8_000, 1 | 8 << 16]);
    riff(*b"WAVE", &[riff_chunk(*b"fmt ", &format), riff_chunk(*b"data", &data)].concat())
}

/// avi without frames.
pub fn avi(width: u16, height: u16, ms: u32) -> Vec<u8> {
    let frames = ms * FRAMES_A_SECOND / 1_000;
    let main = le(&[1_000_000 / FRAMES_A_SECOND, 0, 0, 0, frames, 0, 1, 0, width.into(), height.into(), 0, 0, 0, 0]);
    let headers = [b"hdrl".to_vec(), riff_chunk(*b"avih", &main)].concat();
    riff(*b"AVI ", &[riff_chunk(*b"LIST", &headers), riff_chunk(*b"LIST", b"movi")].concat())
}

fn riff(form: [u8; 4], chunks: &[u8]) -> Vec<u8> {
    riff_chunk(*b"RIFF", &[&form, chunks].concat())
}

fn riff_chunk(name: [u8; 4], body: &[u8]) -> Vec<u8> {
    [name.to_vec(), le(&[length(body)]), body.to_vec()].concat()
}

/// mp4 with a video track.
pub fn mp4(width: u16, height: u16, ms: u32) -> Vec<u8> {
    movie(*b"isom", *b"vide", width, height, ms)
}

/// QuickTime with a video track.
pub fn mov(width: u16, height: u16, ms: u32) -> Vec<u8> {
    movie(*b"qt  ", *b"vide", width, height, ms)
}

/// mp4 with nothing but sound.
pub fn m4a(ms: u32) -> Vec<u8> {
    movie(*b"M4A ", *b"soun", 0, 0, ms)
}

fn movie(brand: [u8; 4], handler: [u8; 4], width: u16, height: u16, ms: u32) -> Vec<u8> {
    let matrix = [0x0001_0000, 0, 0, 0, 0x0001_0000, 0, 0, 0, 0x4000_0000];
    let mut movie = vec![0, 0, 0, 1_000, ms, 0x0001_0000, 0x0100_0000, 0, 0];
    movie.extend(matrix);
    movie.extend([0, 0, 0, 0, 0, 0, 2]);
    let mut track = vec![3, 0, 0, 1, 0, ms, 0, 0, 0, 0];
    track.extend(matrix);
    track.extend([u32::from(width) << 16, u32::from(height) << 16]);
    let handler = [be(&[0, 0]), handler.to_vec(), be(&[0, 0, 0]), vec![0]].concat();
    let file = [
        iso_box(*b"ftyp", &[brand.to_vec(), be(&[0x200]), brand.to_vec()].concat()),
        iso_box(
            *b"moov",
            &[
                iso_box(*b"mvhd", &be(&movie)),
                iso_box(
                    *b"trak",
                    &[iso_box(*b"tkhd", &be(&track)), iso_box(*b"mdia", &iso_box(*b"hdlr", &handler))].concat(),
                ),
            ]
            .concat(),
        ),
        iso_box(*b"mdat", &[]),
    ];
    file.concat()
}

fn iso_box(kind: [u8; 4], body: &[u8]) -> Vec<u8> {
    [be(&[8 + length(body)]), kind.to_vec(), body.to_vec()].concat()
}

/// webm with a video track and no cluster but an empty one.
pub fn webm(width: u16, height: u16, ms: u32) -> Vec<u8> {
    ebml(b"webm", width, height, ms)
}

/// The same, calling itself this.
pub(super) fn ebml(doc_type: &[u8], width: u16, height: u16, ms: u32) -> Vec<u8> {
    let video = [element(&[0xb0], &width.to_be_bytes()), element(&[0xba], &height.to_be_bytes())].concat();
    matroska(doc_type, &[element(&[0x83], &[1]), element(&[0x86], b"V_VP8"), element(&[0xe0], &video)], ms)
}

/// The same with nothing but sound.
#[cfg(test)]
pub(super) fn sound(doc_type: &[u8]) -> Vec<u8> {
    let audio = element(&[0xb5], &48_000_f64.to_be_bytes());
    matroska(doc_type, &[element(&[0x83], &[2]), element(&[0x86], b"A_OPUS"), element(&[0xe1], &audio)], 1_000)
}

/// A file with one track, of which this says what it holds.
fn matroska(doc_type: &[u8], track: &[Vec<u8>], ms: u32) -> Vec<u8> {
    let track = [element(&[0xd7], &[1]), element(&[0x73, 0xc5], &[1]), track.concat()];
    let info = [
        element(&[0x2a, 0xd7, 0xb1], &1_000_000_u32.to_be_bytes()),
        element(&[0x44, 0x89], &f64::from(ms).to_be_bytes()),
        element(&[0x4d, 0x80], b"parlance"),
        element(&[0x57, 0x41], b"parlance"),
    ];
    let segment = [
        element(&[0x15, 0x49, 0xa9, 0x66], &info.concat()),
        element(&[0x16, 0x54, 0xae, 0x6b], &element(&[0xae], &track.concat())),
        element(&[0x1f, 0x43, 0xb6, 0x75], &element(&[0xe7], &[0])),
    ];
    let header = [element(&[0x42, 0x82], doc_type), element(&[0x42, 0x87], &[2]), element(&[0x42, 0x85], &[2])];
    [element(&[0x1a, 0x45, 0xdf, 0xa3], &header.concat()), element(&[0x18, 0x53, 0x80, 0x67], &segment.concat())]
        .concat()
}

/// An element with a length of four bytes.
fn element(id: &[u8], body: &[u8]) -> Vec<u8> {
    [id, &be(&[0x1000_0000 | length(body)]), body].concat()
}

/// ogg with a Theora stream of two pages.
pub fn ogg(width: u16, height: u16, ms: u32) -> Vec<u8> {
    let three = |number: u16| be(&[number.into()])[1..].to_vec();
    let header = [
        b"\x80theora\x03\x02\x01".to_vec(),
        [width.div_ceil(16).to_be_bytes(), height.div_ceil(16).to_be_bytes()].concat(),
        three(width),
        three(height),
        vec![0, 0],
        be(&[FRAMES_A_SECOND, 1]),
        vec![0, 0, 1, 0, 0, 1, 0, 0, 0, 0],
        // Six bits of key frames' distance.
        (6_u16 << 5).to_be_bytes().to_vec(),
    ];
    let frames = u64::from(ms * FRAMES_A_SECOND / 1_000);
    [page(2, 0, &header.concat()), page(4, frames << 6, &[0])].concat()
}

fn page(flags: u8, place: u64, packet: &[u8]) -> Vec<u8> {
    let start = [b"OggS\0".to_vec(), vec![flags], place.to_le_bytes().to_vec(), le(&[1, u32::from(flags == 4), 0])];
    let segments = [1, u8::try_from(packet.len()).unwrap_or(u8::MAX)];
    let mut page = [start.concat(), segments.to_vec(), packet.to_vec()].concat();
    let sum = page.iter().fold(0_u32, |sum, byte| {
        (0..8).fold(sum ^ u32::from(*byte) << 24, |sum, _| sum << 1 ^ (0x04c1_1db7 & (sum >> 31).wrapping_neg()))
    });
    page[22..26].copy_from_slice(&sum.to_le_bytes());
    page
}

/// A pdf with one empty page.
pub fn pdf() -> Vec<u8> {
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n\
      3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 100]>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
        .to_vec()
}

fn be(words: &[u32]) -> Vec<u8> {
    words.iter().flat_map(|word| word.to_be_bytes()).collect()
}

fn le(words: &[u32]) -> Vec<u8> {
    words.iter().flat_map(|word| word.to_le_bytes()).collect()
}

fn length(bytes: &[u8]) -> u32 {
    u32::try_from(bytes.len()).unwrap_or(u32::MAX)
}
