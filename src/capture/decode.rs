//! Pixels of a photo, the right way up.

use std::io::Cursor;

use image::metadata::Orientation;
use image::{DynamicImage, ImageDecoder, RgbImage};
use zune_core::colorspace::ColorSpace;
use zune_core::options::DecoderOptions;
use zune_jpeg::JpegDecoder;

use crate::capture::inspect::{Format, inspect};
use crate::domain::fault::Fault;
use crate::domain::limits::Limits;

/// Decodes a photo to 8-bit RGB in the display frame (EXIF orientation applied).
///
/// JPEG goes to its decoder in strict mode: the `image` front end fills the missing half of a
/// damaged photo with grey and says nothing, and half a film scored as a whole one harms a patient.
///
/// # Errors
/// What [`inspect`] refuses, and [`Fault::PhotoUnreadable`] for a photo that is damaged inside.
pub fn decode(bytes: &[u8], limits: &Limits) -> Result<RgbImage, Fault> {
    let header = inspect(bytes, limits)?;
    let (picture, orientation) = match header.format {
        Format::Jpeg => decode_jpeg(bytes, limits)?,
        Format::Png => {
            decode_with(image::codecs::png::PngDecoder::new(Cursor::new(bytes)), limits)?
        }
        Format::WebP => {
            decode_with(image::codecs::webp::WebPDecoder::new(Cursor::new(bytes)), limits)?
        }
    };
    let mut picture = DynamicImage::ImageRgb8(picture);
    picture.apply_orientation(orientation);
    Ok(picture.into_rgb8())
}

fn decode_jpeg(bytes: &[u8], limits: &Limits) -> Result<(RgbImage, Orientation), Fault> {
    let side = limits.photo_side_max as usize;
    let options = DecoderOptions::default()
        .set_strict_mode(true)
        .set_max_width(side)
        .set_max_height(side)
        .jpeg_set_max_scans(limits.jpeg_scans_max)
        .jpeg_set_out_colorspace(ColorSpace::RGB);
    let unreadable = |_| Fault::PhotoUnreadable;
    let mut decoder =
        JpegDecoder::new_with_options(zune_core::bytestream::ZCursor::new(bytes), options);
    let pixels = decoder.decode().map_err(unreadable)?;
    let info = decoder.info().ok_or(Fault::PhotoUnreadable)?;
    let orientation = decoder.exif().and_then(|chunk| Orientation::from_exif_chunk(chunk));
    let picture = RgbImage::from_raw(u32::from(info.width), u32::from(info.height), pixels);
    Ok((picture.ok_or(Fault::PhotoUnreadable)?, orientation.unwrap_or(Orientation::NoTransforms)))
}

fn decode_with<D: ImageDecoder>(
    decoder: image::ImageResult<D>,
    limits: &Limits,
) -> Result<(RgbImage, Orientation), Fault> {
    let mut decoder = decoder.map_err(|_| Fault::PhotoUnreadable)?;
    let mut bounds = image::Limits::default();
    bounds.max_image_width = Some(limits.photo_side_max);
    bounds.max_image_height = Some(limits.photo_side_max);
    bounds.max_alloc = Some(limits.photo_pixels_max * 8);
    decoder.set_limits(bounds).map_err(|_| Fault::PhotoTooManyPixels)?;
    let orientation = decoder.orientation().unwrap_or(Orientation::NoTransforms);
    let picture = DynamicImage::from_decoder(decoder).map_err(|_| Fault::PhotoUnreadable)?;
    Ok((picture.into_rgb8(), orientation))
}

#[cfg(test)]
mod tests {
    use super::*;
    use image::ImageEncoder as _;

    fn jpeg() -> Vec<u8> {
        let photo = RgbImage::from_fn(400, 360, |x, y| {
            let v = u8::try_from((x * 5 + y * 11 + (x * y) % 37) % 256).unwrap();
            image::Rgb([v, v, v])
        });
        let mut bytes = Vec::new();
        let encoder = image::codecs::jpeg::JpegEncoder::new_with_quality(&mut bytes, 85);
        encoder.write_image(&photo, 400, 360, image::ExtendedColorType::Rgb8).unwrap();
        bytes
    }

    /// The photo with an EXIF block that holds nothing but the given orientation.
    fn with_exif_orientation(jpeg: &[u8], orientation: u8) -> Vec<u8> {
        let tiff = [
            b"Exif\0\0II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0".as_slice(),
            &[orientation, 0, 0, 0],
            &[0, 0, 0, 0],
        ]
        .concat();
        let length = u16::try_from(tiff.len() + 2).unwrap().to_be_bytes();
        [&jpeg[..2], &[0xff, 0xe1], &length, &tiff, &jpeg[2..]].concat()
    }

    #[test]
    fn exif_orientation_turns_the_photo() {
        let upright = decode(&jpeg(), &Limits::default()).unwrap();
        let turned = decode(&with_exif_orientation(&jpeg(), 6), &Limits::default()).unwrap();
        assert_eq!(turned.dimensions(), (360, 400));
        assert_eq!(turned, image::imageops::rotate90(&upright));
    }

    #[test]
    fn damage_inside_a_photo_is_refused_or_harmless_never_a_crash() {
        let whole = jpeg();
        for at in (700..whole.len() - 2).step_by(131) {
            let mut hurt = whole.clone();
            hurt[at] ^= 0x55;
            let _outcome = decode(&hurt, &Limits::default());
        }
    }

    #[test]
    fn half_a_photo_is_refused() {
        let whole = jpeg();
        let half = &whole[..whole.len() / 2];
        assert_eq!(decode(half, &Limits::default()), Err(Fault::PhotoTruncated));
    }
}
