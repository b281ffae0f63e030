//! The radiograph as it goes on paper, and small.

use image::ImageEncoder as _;
use image::codecs::jpeg::JpegEncoder;

use crate::domain::fault::Fault;

/// Longest side on paper, pixels: 240 to the inch at 12 cm, and small enough for a poor line.
const SIDE_MAX: u32 = 1_200;
/// Longest side of a small one: half a phone's width at twice its pixels.
const THUMBNAIL_SIDE_MAX: u32 = 400;
/// JPEG quality.
const QUALITY: u8 = 85;

/// A stored radiograph as JPEG for a page.
///
/// # Errors
/// [`Fault::StoredFileDamaged`] when it cannot be read.
pub(super) fn jpeg(png: &[u8]) -> Result<Vec<u8>, Fault> {
    smaller(png, SIDE_MAX, QUALITY)
}

/// A stored radiograph as a small JPEG for a page with many of them.
///
/// # Errors
/// [`Fault::StoredFileDamaged`] when it cannot be read.
pub fn thumbnail(png: &[u8]) -> Result<Vec<u8>, Fault> {
    smaller(png, THUMBNAIL_SIDE_MAX, QUALITY)
}

/// A stored radiograph as a smaller JPEG.
fn smaller(png: &[u8], side_max: u32, quality: u8) -> Result<Vec<u8>, Fault> {
    let film = image::load_from_memory_with_format(png, image::ImageFormat::Png);
    let film = film.map_err(|_| Fault::StoredFileDamaged)?.into_luma8();
    let longest = film.width().max(film.height());
    let film = if longest > side_max {
        let side =
            |pixels: u32| (u64::from(pixels) * u64::from(side_max) / u64::from(longest)).max(1);
        let side = |pixels: u32| u32::try_from(side(pixels)).unwrap_or(side_max);
        image::imageops::thumbnail(&film, side(film.width()), side(film.height()))
    } else {
        film
    };
    let mut bytes = Vec::new();
    JpegEncoder::new_with_quality(&mut bytes, quality)
        .write_image(&film, film.width(), film.height(), image::ExtendedColorType::L8)
        .map_err(|_| Fault::Internal)?;
    Ok(bytes)
}
