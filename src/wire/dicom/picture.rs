//! The pixels of a DICOM file as a page can show them.

use std::io::Cursor;

use image::{DynamicImage, GrayImage, ImageFormat, RgbImage};

use super::read::Header;

/// Most pixels of a picture.
const PIXELS_MAX: u64 = 64 * 1024 * 1024;

/// A picture as browsers show it.
pub struct Picture {
    /// Media type.
    pub media_type: &'static str,
    /// The file.
    pub bytes: Vec<u8>,
}

/// Pixels do not reach logs.
impl std::fmt::Debug for Picture {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Picture({})", self.media_type)
    }
}

/// The first frame of a file: gray or colour that is not compressed. `None`: there is none, or it is
/// written in another way.
#[must_use]
pub fn picture(file: &[u8]) -> Option<Picture> {
    let header = Header::read(Cursor::new(file)).ok()?;
    let (at, length) = header.pixels?;
    let (rows, columns) = (header.number(0x0028_0010)?, header.number(0x0028_0011)?);
    let count = u64::from(rows) * u64::from(columns);
    if count == 0 || count > PIXELS_MAX {
        return None;
    }
    let samples = header.number(0x0028_0002).unwrap_or(1);
    let bits = header.number(0x0028_0100)?;
    let bytes = count * u64::from(samples) * u64::from(bits) / 8;
    if bytes > u64::from(length?) {
        return None;
    }
    let (from, bytes) = (usize::try_from(at).ok()?, usize::try_from(bytes).ok()?);
    let pixels = file.get(from..from.checked_add(bytes)?)?;
    let size = (u32::from(columns), u32::from(rows));
    let kind = header.text(0x0028_0004)?;
    let shown = match (kind.as_str(), samples, bits) {
        ("MONOCHROME1" | "MONOCHROME2", 1, 8 | 16) => {
            let mut gray = gray(&header, pixels, bits);
            if kind == "MONOCHROME1" {
                gray.iter_mut().for_each(|value| *value = 255 - *value);
            }
            DynamicImage::ImageLuma8(GrayImage::from_raw(size.0, size.1, gray)?)
        }
        ("RGB", 3, 8) if header.number(0x0028_0006).unwrap_or(0) == 0 => {
            DynamicImage::ImageRgb8(RgbImage::from_raw(size.0, size.1, pixels.to_vec())?)
        }
        _ => return None,
    };
    let mut bytes = Vec::new();
    shown.write_to(&mut Cursor::new(&mut bytes), ImageFormat::Png).ok()?;
    Some(Picture { media_type: "image/png", bytes })
}

/// Gray values by the window that the file names, else from the darkest to the brightest.
fn gray(header: &Header, pixels: &[u8], bits: u16) -> Vec<u8> {
    let first = |tag| header.text(tag)?.split('\\').next()?.trim().parse::<f64>().ok();
    let window = first(0x0028_1050).zip(first(0x0028_1051)).filter(|(_, width)| *width > 1.0);
    if bits == 8 && window.is_none() {
        return pixels.to_vec();
    }
    let signed = header.number(0x0028_0103) == Some(1);
    let slope = first(0x0028_1053).unwrap_or(1.0);
    let intercept = first(0x0028_1052).unwrap_or(0.0);
    // Pixel by pixel: all of a large picture as numbers would be half a gigabyte.
    let value = |bytes: &[u8]| {
        let raw = match (bytes, signed) {
            (&[byte], false) => i32::from(byte),
            (&[byte], true) => i32::from(byte.cast_signed()),
            (&[low, high], false) => i32::from(u16::from_le_bytes([low, high])),
            (&[low, high], true) => i32::from(i16::from_le_bytes([low, high])),
            _ => 0,
        };
        f64::from(raw) * slope + intercept
    };
    let values = || pixels.chunks_exact(usize::from(bits / 8)).map(value);
    let (low, high) = match window {
        // PS3.3 C.11.2.1.2.1: the ends of the window are gray values, not edges between them.
        Some((center, width)) => {
            (center - 0.5 - (width - 1.0) / 2.0, center - 0.5 + (width - 1.0) / 2.0)
        }
        None => values()
            .fold((f64::MAX, f64::MIN), |(low, high), value| (low.min(value), high.max(value))),
    };
    let span = (high - low).max(f64::EPSILON);
    values().map(|value| shade((value - low) / span)).collect()
}

/// A share of the window as a gray value.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "clamped to what fits just before"
)]
fn shade(share: f64) -> u8 {
    (share * 255.0).round().clamp(0.0, 255.0) as u8
}
