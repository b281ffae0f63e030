//! A photo without what its file tells beside the pixels: place, device, time, comments, thumbnails.
//!
//! The compressed pixels are copied byte for byte, never encoded again, so that what is shown as
//! evidence is what was read. Only the orientation of a JPEG is kept, since a viewer needs it.

use image::metadata::Orientation;

/// The photo with everything dropped that decoding does not need. A file that is not understood
/// gives nothing: better no photo than one with a place in it.
#[must_use]
pub fn without_metadata(photo: &[u8]) -> Vec<u8> {
    let stripped = if photo.starts_with(&[0xff, 0xd8]) {
        strip_jpeg(photo)
    } else if photo.starts_with(b"\x89PNG\r\n\x1a\n") {
        strip_png(photo)
    } else {
        strip_webp(photo)
    };
    stripped.unwrap_or_default()
}

/// Keeps JFIF and Adobe segments (they say how colours are coded), tables, frames and scans.
fn strip_jpeg(photo: &[u8]) -> Option<Vec<u8>> {
    let mut kept = vec![0xff, 0xd8];
    let mut orientation = None;
    let mut at = 2_usize;
    let mut head = Vec::new();
    loop {
        if *photo.get(at)? != 0xff {
            return None;
        }
        let marker = *photo.get(at + 1)?;
        if marker == 0xff {
            at += 1;
            continue;
        }
        let length = usize::from(u16::from_be_bytes([*photo.get(at + 2)?, *photo.get(at + 3)?]));
        let end = at.checked_add(2 + length)?;
        let segment = photo.get(at..end)?;
        match marker {
            0xe1 if orientation.is_none() => {
                let chunk = segment.get(4..)?.strip_prefix(b"Exif\0\0");
                orientation = chunk.and_then(Orientation::from_exif_chunk);
            }
            0xe1..=0xed | 0xef | 0xfe => {}
            0xda => break,
            _ => head.extend_from_slice(segment),
        }
        at = end;
    }
    if let Some(orientation) = orientation {
        kept.extend_from_slice(&exif_orientation(orientation));
    }
    kept.extend_from_slice(&head);
    kept.extend_from_slice(photo.get(at..end_of_picture(photo, at)?)?);
    Some(kept)
}

/// The place after the end-of-image marker that ends the scans which begin at `at`.
fn end_of_picture(photo: &[u8], mut at: usize) -> Option<usize> {
    loop {
        at += photo.get(at..)?.iter().position(|byte| *byte == 0xff)?;
        match *photo.get(at + 1)? {
            0xd9 => return Some(at + 2),
            0xff => at += 1,
            0x00 | 0x01 | 0xd0..=0xd8 => at += 2,
            _ => {
                let length = [*photo.get(at + 2)?, *photo.get(at + 3)?];
                at = at.checked_add(2 + usize::from(u16::from_be_bytes(length)))?;
            }
        }
    }
}

/// An EXIF segment that holds the orientation and nothing else (TIFF 6.0, tag 274).
fn exif_orientation(orientation: Orientation) -> Vec<u8> {
    let tiff = b"Exif\0\0II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0";
    let value = [orientation.to_exif(), 0, 0, 0, 0, 0, 0, 0];
    let length = u16::try_from(tiff.len() + value.len() + 2).unwrap_or(u16::MAX);
    [&[0xff, 0xe1], length.to_be_bytes().as_slice(), tiff, &value].concat()
}

/// Keeps the chunks without which a PNG cannot be drawn right.
fn strip_png(photo: &[u8]) -> Option<Vec<u8>> {
    const KEPT: [&[u8]; 9] =
        [b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"sBIT"];
    let mut kept = photo.get(..8)?.to_vec();
    let mut at = 8_usize;
    loop {
        let length = u32::from_be_bytes(photo.get(at..at + 4)?.try_into().ok()?);
        let kind = photo.get(at + 4..at + 8)?;
        let end = at.checked_add(12)?.checked_add(usize::try_from(length).ok()?)?;
        let chunk = photo.get(at..end)?;
        if KEPT.contains(&kind) {
            kept.extend_from_slice(chunk);
        }
        if kind == b"IEND" {
            return Some(kept);
        }
        at = end;
    }
}

/// Drops the EXIF and XMP chunks of an extended WebP and says so in its flags (RFC 9649, 2.7).
fn strip_webp(photo: &[u8]) -> Option<Vec<u8>> {
    if photo.get(..4)? != b"RIFF" || photo.get(8..12)? != b"WEBP" {
        return None;
    }
    let mut body = b"WEBP".to_vec();
    let mut at = 12_usize;
    while at < photo.len() {
        let kind = photo.get(at..at + 4)?;
        let length = u32::from_le_bytes(photo.get(at + 4..at + 8)?.try_into().ok()?);
        let padded = usize::try_from(length).ok()?.checked_next_multiple_of(2)?;
        let end = at.checked_add(8)?.checked_add(padded)?.min(photo.len());
        let chunk = photo.get(at..end)?;
        match kind {
            b"EXIF" | b"XMP " => {}
            b"VP8X" => {
                let mut flagged = chunk.to_vec();
                *flagged.get_mut(8)? &= !0x0c;
                body.extend_from_slice(&flagged);
            }
            b"VP8 " | b"VP8L" | b"ALPH" => body.extend_from_slice(chunk),
            _ => {}
        }
        at = end;
    }
    let size = u32::try_from(body.len()).ok()?.to_le_bytes();
    Some([b"RIFF".as_slice(), &size, &body].concat())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::capture::decode;
    use crate::domain::limits::Limits;
    use image::ImageEncoder as _;

    const SECRET: &[u8] = b"GPS 26.1445N 91.7362E, phone of Dr Example";

    fn picture() -> image::RgbImage {
        image::RgbImage::from_fn(400, 330, |x, y| {
            let v = u8::try_from((x * 3 + y * 7 + (x * y) % 29) % 256).unwrap();
            image::Rgb([v, v, 255 - v])
        })
    }

    fn jpeg() -> Vec<u8> {
        let mut bytes = Vec::new();
        image::codecs::jpeg::JpegEncoder::new_with_quality(&mut bytes, 85)
            .write_image(&picture(), 400, 330, image::ExtendedColorType::Rgb8)
            .unwrap();
        bytes
    }

    fn segment(marker: u8, body: &[u8]) -> Vec<u8> {
        let length = u16::try_from(body.len() + 2).unwrap().to_be_bytes();
        [&[0xff, marker], length.as_slice(), body].concat()
    }

    #[track_caller]
    fn check(photo: &[u8]) {
        assert!(
            photo.windows(SECRET.len()).any(|w| w == SECRET),
            "the test photo holds the secret"
        );
        let stripped = without_metadata(photo);
        assert!(!stripped.windows(SECRET.len()).any(|w| w == SECRET));
        let (before, after) =
            (decode(photo, &Limits::default()), decode(&stripped, &Limits::default()));
        assert_eq!(before.unwrap(), after.unwrap());
    }

    #[test]
    fn a_jpeg_keeps_its_pixels_and_orientation_and_nothing_else() {
        let plain = jpeg();
        let turned = exif_orientation(Orientation::Rotate90);
        let exif = [&turned[4..], SECRET].concat();
        let parts = [
            plain[..2].to_vec(),
            segment(0xe1, &exif),
            segment(0xfe, SECRET),
            segment(0xed, SECRET),
            plain[2..].to_vec(),
            SECRET.to_vec(),
        ];
        check(&parts.concat());
    }

    #[test]
    fn a_png_keeps_its_pixels_and_nothing_else() {
        let mut plain = Vec::new();
        image::codecs::png::PngEncoder::new(&mut plain)
            .write_image(&picture(), 400, 330, image::ExtendedColorType::Rgb8)
            .unwrap();
        let length = u32::try_from(SECRET.len()).unwrap().to_be_bytes();
        let text = [length.as_slice(), b"tEXt", SECRET, &[0; 4]].concat();
        check(&[&plain[..33], &text, &plain[33..]].concat());
    }

    #[test]
    fn a_webp_keeps_its_pixels_and_nothing_else() {
        let mut plain = Vec::new();
        image::codecs::webp::WebPEncoder::new_lossless(&mut plain)
            .write_image(&picture(), 400, 330, image::ExtendedColorType::Rgb8)
            .unwrap();
        let length = u32::try_from(SECRET.len()).unwrap().to_le_bytes();
        let flags =
            [b"VP8X".as_slice(), &[10, 0, 0, 0, 0x08, 0, 0, 0, 143, 1, 0, 73, 1, 0]].concat();
        let body = [b"WEBP".as_slice(), &flags, &plain[12..], b"EXIF", &length, SECRET].concat();
        let size = u32::try_from(body.len()).unwrap().to_le_bytes();
        check(&[b"RIFF".as_slice(), &size, &body].concat());
    }

    #[test]
    fn what_is_not_understood_is_not_passed_on() {
        assert_eq!(without_metadata(SECRET), Vec::<u8>::new());
        assert_eq!(without_metadata(&jpeg()[..300]), Vec::<u8>::new());
    }
}
