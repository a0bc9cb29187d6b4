"""The small files that the runner serves, one of each kind that can be sent. Each is whole and valid: a server reads what it
takes, and believes neither name nor media type."""

import io
import struct
import wave

PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de"
    "0000000c49444154789c63f8cfc0000003010100c9fe92ef0000000049454e44ae426082"
)
GIF = bytes.fromhex("47494638396101000100800000ff8000ffffff2c00000000010001000002024401003b")


def wav():
    """A tenth of a second of silence."""
    file = io.BytesIO()
    with wave.open(file, "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(2)
        sound.setframerate(8000)
        sound.writeframes(bytes(1600))
    return file.getvalue()


def pdf():
    """One empty page."""
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 72 72]>>",
    ]
    file, offsets = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        offsets.append(len(file))
        file += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    trailer = b"trailer\n<</Size 4/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % len(file)
    return file + b"xref\n0 4\n0000000000 65535 f \n" + table + trailer


def mp4():
    """One grey H.264 picture of 16 by 16 pixels that stands for a second; its only macroblock is stored as it is."""
    sequence, picture = bytes.fromhex("6742c00ada71"), bytes.fromhex("68ce3880")
    slice_ = bytes.fromhex("65 88848680") + b"\x80" * 384 + b"\x80"
    sample = struct.pack(">I", len(slice_)) + slice_
    matrix = struct.pack(">9I", 1 << 16, 0, 0, 0, 1 << 16, 0, 0, 0, 1 << 30)

    def box(kind, *parts):
        body = b"".join(parts)
        return struct.pack(">I4s", 8 + len(body), kind) + body

    def full(kind, *parts, flags=0):
        return box(kind, struct.pack(">I", flags), *parts)

    start = box(b"ftyp", b"isom", struct.pack(">I", 512), b"isomavc1mp41")
    movie_header = full(b"mvhd", struct.pack(">5IH10x", 0, 0, 1000, 1000, 1 << 16, 256), matrix, bytes(24), struct.pack(">I", 2))
    track_header = full(b"tkhd", struct.pack(">5I8x4H", 0, 0, 1, 0, 1000, 0, 0, 0, 0), matrix, struct.pack(">2I", 16 << 16, 16 << 16), flags=3)
    parameters = struct.pack(">B3sBBH", 1, sequence[1:4], 0xFF, 0xE1, len(sequence)) + sequence
    parameters += struct.pack(">BH", 1, len(picture)) + picture
    visual = struct.pack(">6xH16xHHIIIH32xHh", 1, 16, 16, 72 << 16, 72 << 16, 0, 1, 24, -1)

    def movie(offset):
        table = box(
            b"stbl",
            full(b"stsd", struct.pack(">I", 1), box(b"avc1", visual, box(b"avcC", parameters))),
            full(b"stts", struct.pack(">3I", 1, 1, 1000)),
            full(b"stss", struct.pack(">2I", 1, 1)),
            full(b"stsc", struct.pack(">4I", 1, 1, 1, 1)),
            full(b"stsz", struct.pack(">3I", 0, 1, len(sample))),
            full(b"stco", struct.pack(">2I", 1, offset)),
        )
        here = box(b"dinf", full(b"dref", struct.pack(">I", 1), full(b"url ", flags=1)))
        media = box(
            b"mdia",
            full(b"mdhd", struct.pack(">4IHH", 0, 0, 1000, 1000, 0x55C4, 0)),
            full(b"hdlr", bytes(4), b"vide", bytes(12), b"video\0"),
            box(b"minf", full(b"vmhd", bytes(8), flags=1), here, table),
        )
        return box(b"moov", movie_header, box(b"trak", track_header, media))

    return start + movie(len(start) + len(movie(0)) + 8) + box(b"mdat", sample)


# What a client finds in its environment: path on the receiver, media type, bytes.
SERVED = {
    "IMAGE_URL": ("/pixel.png", "image/png", PNG),
    "GIF_URL": ("/pixel.gif", "image/gif", GIF),
    "AUDIO_URL": ("/silence.wav", "audio/wav", wav()),
    "VIDEO_URL": ("/grey.mp4", "video/mp4", mp4()),
    "FILE_URL": ("/empty.pdf", "application/pdf", pdf()),
}
