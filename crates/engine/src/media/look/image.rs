//! Images: their headers are read by `imagesize`, which decodes nothing.

use imagesize::{ImageType, blob_size, image_type};
use wire::send::attachment::MediaKind;

use super::{Blind, Look, u16_le, u32_le};

pub(super) fn png(bytes: &[u8]) -> Result<Look, Blind> {
    measured(bytes, ImageType::Png, "image/png")
}

pub(super) fn jpeg(bytes: &[u8]) -> Result<Look, Blind> {
    measured(bytes, ImageType::Jpeg, "image/jpeg")
}

pub(super) fn gif(bytes: &[u8]) -> Result<Look, Blind> {
    measured(bytes, ImageType::Gif, "image/gif")
}

pub(super) fn ico(bytes: &[u8]) -> Result<Look, Blind> {
    measured(bytes, ImageType::Ico, "image/x-icon")
}

/// Two letters are a weak sign, so the length of the second header has to be one that exists, too.
pub(super) fn is_bmp(bytes: &[u8]) -> bool {
    bytes.starts_with(b"BM") && matches!(u32_le(bytes, 14), Some(40 | 52 | 56 | 64 | 108 | 124))
}

pub(super) fn bmp(bytes: &[u8]) -> Result<Look, Blind> {
    let look = measured(bytes, ImageType::Bmp, "image/bmp")?;
    // A height below zero says that the rows come from the top.
    let pixels = look.pixels.map(|(width, height)| (width, height.cast_signed().unsigned_abs()));
    Ok(Look { pixels, ..look })
}

fn measured(bytes: &[u8], expected: ImageType, content_type: &'static str) -> Result<Look, Blind> {
    if image_type(bytes).ok() != Some(expected) || (expected == ImageType::Ico && u16_le(bytes, 4) == Some(0)) {
        return Err(Blind::Damaged);
    }
    let size = blob_size(bytes).map_err(|_| Blind::Damaged)?;
    let (Ok(width), Ok(height)) = (u32::try_from(size.width), u32::try_from(size.height)) else {
        return Err(Blind::Damaged);
    };
    Ok(Look { kind: MediaKind::Image, content_type, pixels: Some((width, height)), duration_ms: None })
}
