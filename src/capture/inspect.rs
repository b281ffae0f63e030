//! What a file is and whether it is whole, from its structure alone.

use crate::domain::fault::Fault;
use crate::domain::limits::Limits;

/// Photo formats that are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Format {
    /// JPEG, baseline or progressive, grey or colour, 8 bits.
    Jpeg,
    /// PNG, 8 bits a channel or fewer.
    Png,
    /// WebP, still.
    WebP,
}

impl Format {
    /// Media type.
    #[must_use]
    pub const fn media_type(self) -> &'static str {
        match self {
            Self::Jpeg => "image/jpeg",
            Self::Png => "image/png",
            Self::WebP => "image/webp",
        }
    }
}

/// What the structure of a file says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Header {
    /// Format by its magic bytes.
    pub format: Format,
    /// Width as stored, pixels (EXIF orientation not applied).
    pub width: u32,
    /// Height as stored, pixels.
    pub height: u32,
}

/// Checks a whole file against the limits without decoding it.
///
/// # Errors
/// The [`Fault`] to show: empty, truncated, foreign, animated, CMYK, 16-bit, too large, too small
/// or implausible.
pub fn inspect(bytes: &[u8], limits: &Limits) -> Result<Header, Fault> {
    if bytes.is_empty() {
        return Err(Fault::PhotoEmpty);
    }
    if bytes.len() as u64 > limits.photo_bytes_max {
        return Err(Fault::PhotoTooLarge);
    }
    let header = if bytes.starts_with(&[0xff, 0xd8, 0xff]) {
        inspect_jpeg(bytes, limits)?
    } else if bytes.starts_with(b"\x89PNG\r\n\x1a\n") {
        inspect_png(bytes)?
    } else if bytes.starts_with(b"RIFF") && bytes.get(8..12) == Some(b"WEBP") {
        inspect_webp(bytes)?
    } else if is_heic(bytes) {
        return Err(Fault::PhotoHeic);
    } else {
        return Err(Fault::PhotoUnsupported);
    };
    check_size(&header, bytes.len() as u64, limits)?;
    Ok(header)
}

fn check_size(header: &Header, bytes: u64, limits: &Limits) -> Result<(), Fault> {
    let (long, short) = (header.width.max(header.height), header.width.min(header.height));
    let pixels = u64::from(long) * u64::from(short);
    if pixels == 0 {
        return Err(Fault::PhotoUnreadable);
    }
    if long > limits.photo_side_max || pixels > limits.photo_pixels_max {
        return Err(Fault::PhotoTooManyPixels);
    }
    if short < limits.photo_side_min {
        return Err(Fault::PhotoTooFewPixels);
    }
    // PNG and WebP pack drawn pictures far below this; their decoders hold to their limits.
    let millibytes = bytes.saturating_mul(1000) / pixels;
    if header.format == Format::Jpeg && millibytes < limits.photo_millibytes_per_pixel_min {
        return Err(Fault::PhotoImplausible);
    }
    Ok(())
}

/// ISO base media brands of HEIC/HEIF stills, ISO/IEC 23008-12 annex B.
fn is_heic(bytes: &[u8]) -> bool {
    const BRANDS: [&[u8]; 8] =
        [b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"];
    bytes.get(4..8) == Some(b"ftyp") && bytes.get(8..12).is_some_and(|b| BRANDS.contains(&b))
}

fn be16(bytes: &[u8], at: usize) -> Option<u32> {
    let pair = bytes.get(at..at.checked_add(2)?)?;
    Some(u32::from(pair[0]) << 8 | u32::from(pair[1]))
}

fn be32(bytes: &[u8], at: usize) -> Option<u32> {
    Some(be16(bytes, at)? << 16 | be16(bytes, at.checked_add(2)?)?)
}

fn le(bytes: &[u8], at: usize, len: usize) -> Option<u32> {
    let part = bytes.get(at..at.checked_add(len)?)?;
    Some(part.iter().rev().fold(0, |value, byte| value << 8 | u32::from(*byte)))
}

/// Walks the marker segments of ITU-T T.81 annex B to the end-of-image marker.
fn inspect_jpeg(bytes: &[u8], limits: &Limits) -> Result<Header, Fault> {
    let mut at = 2_usize;
    let mut scans = 0_usize;
    let mut size = None;
    loop {
        let marker = next_marker(bytes, &mut at).ok_or(Fault::PhotoTruncated)?;
        match marker {
            0xd9 => break,
            0x01 | 0xd0..=0xd8 => continue,
            _ => {}
        }
        let length = be16(bytes, at).ok_or(Fault::PhotoTruncated)? as usize;
        let end = at.checked_add(length).filter(|end| *end <= bytes.len());
        let end = end.ok_or(Fault::PhotoTruncated)?;
        if length < 2 {
            return Err(Fault::PhotoUnreadable);
        }
        match marker {
            0xc0..=0xc3 | 0xc5..=0xc7 | 0xc9..=0xcb | 0xcd..=0xcf => {
                size = Some(jpeg_frame(bytes, at + 2)?);
            }
            0xda => scans += 1,
            _ => {}
        }
        if scans > limits.jpeg_scans_max {
            return Err(Fault::PhotoImplausible);
        }
        at = end;
    }
    let (width, height) = size.ok_or(Fault::PhotoUnreadable)?;
    if scans == 0 {
        return Err(Fault::PhotoTruncated);
    }
    Ok(Header { format: Format::Jpeg, width, height })
}

/// Steps over entropy-coded bytes and fill bytes to the byte after the next marker.
fn next_marker(bytes: &[u8], at: &mut usize) -> Option<u8> {
    loop {
        let found = bytes.get(*at..)?.iter().position(|byte| *byte == 0xff)?;
        *at += found + 1;
        match *bytes.get(*at)? {
            0x00 => *at += 1,
            0xff => {}
            marker => {
                *at += 1;
                return Some(marker);
            }
        }
    }
}

fn jpeg_frame(bytes: &[u8], at: usize) -> Result<(u32, u32), Fault> {
    let precision = *bytes.get(at).ok_or(Fault::PhotoTruncated)?;
    let height = be16(bytes, at + 1).ok_or(Fault::PhotoTruncated)?;
    let width = be16(bytes, at + 3).ok_or(Fault::PhotoTruncated)?;
    let components = *bytes.get(at + 5).ok_or(Fault::PhotoTruncated)?;
    match (precision, components) {
        (8, 1 | 3) => Ok((width, height)),
        (8, 4) => Err(Fault::PhotoCmyk),
        (8, _) => Err(Fault::PhotoUnreadable),
        _ => Err(Fault::PhotoSixteenBit),
    }
}

/// Walks the chunks of the PNG specification, third edition, section 5, to IEND.
fn inspect_png(bytes: &[u8]) -> Result<Header, Fault> {
    let mut at = 8_usize;
    let mut size = None;
    let mut has_pixels = false;
    loop {
        let length = be32(bytes, at).ok_or(Fault::PhotoTruncated)? as usize;
        let kind = bytes.get(at + 4..at + 8).ok_or(Fault::PhotoTruncated)?;
        let end = at.checked_add(12).and_then(|end| end.checked_add(length));
        let end = end.filter(|end| *end <= bytes.len()).ok_or(Fault::PhotoTruncated)?;
        match kind {
            b"IHDR" => {
                let width = be32(bytes, at + 8).ok_or(Fault::PhotoTruncated)?;
                let height = be32(bytes, at + 12).ok_or(Fault::PhotoTruncated)?;
                if bytes.get(at + 16) == Some(&16) {
                    return Err(Fault::PhotoSixteenBit);
                }
                size = Some((width, height));
            }
            b"acTL" => return Err(Fault::PhotoAnimated),
            b"IDAT" => has_pixels = true,
            b"IEND" => break,
            _ => {}
        }
        at = end;
    }
    let (width, height) = size.filter(|_| has_pixels).ok_or(Fault::PhotoUnreadable)?;
    Ok(Header { format: Format::Png, width, height })
}

/// Reads the RIFF container of RFC 9649 section 2.
fn inspect_webp(bytes: &[u8]) -> Result<Header, Fault> {
    let riff = le(bytes, 4, 4).ok_or(Fault::PhotoTruncated)? as usize;
    if bytes.len() < riff.saturating_add(8) {
        return Err(Fault::PhotoTruncated);
    }
    let size = match bytes.get(12..16) {
        Some(b"VP8X") => {
            let flags = *bytes.get(20).ok_or(Fault::PhotoTruncated)?;
            if flags & 0x02 != 0 {
                return Err(Fault::PhotoAnimated);
            }
            le(bytes, 24, 3).zip(le(bytes, 27, 3)).map(|(w, h)| (w + 1, h + 1))
        }
        Some(b"VP8 ") => {
            le(bytes, 26, 2).zip(le(bytes, 28, 2)).map(|(w, h)| (w & 0x3fff, h & 0x3fff))
        }
        Some(b"VP8L") => {
            le(bytes, 21, 4).map(|bits| ((bits & 0x3fff) + 1, (bits >> 14 & 0x3fff) + 1))
        }
        _ => return Err(Fault::PhotoUnreadable),
    };
    let (width, height) = size.ok_or(Fault::PhotoTruncated)?;
    Ok(Header { format: Format::WebP, width, height })
}

#[cfg(test)]
mod tests {
    use super::*;
    use image::ImageEncoder as _;

    /// A grey ramp with some texture, 400 by 360 pixels, so that no encoder shrinks it to nothing.
    fn pixels() -> image::RgbImage {
        image::RgbImage::from_fn(400, 360, |x, y| {
            let v = u8::try_from((x * 7 + y * 13 + (x * y) % 31) % 256).unwrap();
            image::Rgb([v, v / 2, 255 - v])
        })
    }

    fn jpeg() -> Vec<u8> {
        let mut bytes = Vec::new();
        let encoder = image::codecs::jpeg::JpegEncoder::new_with_quality(&mut bytes, 80);
        encoder.write_image(&pixels(), 400, 360, image::ExtendedColorType::Rgb8).unwrap();
        bytes
    }

    fn png() -> Vec<u8> {
        let mut bytes = Vec::new();
        let encoder = image::codecs::png::PngEncoder::new(&mut bytes);
        encoder.write_image(&pixels(), 400, 360, image::ExtendedColorType::Rgb8).unwrap();
        bytes
    }

    fn webp() -> Vec<u8> {
        let mut bytes = Vec::new();
        let encoder = image::codecs::webp::WebPEncoder::new_lossless(&mut bytes);
        encoder.write_image(&pixels(), 400, 360, image::ExtendedColorType::Rgb8).unwrap();
        bytes
    }

    #[track_caller]
    fn check(bytes: &[u8], expected: Result<Header, Fault>) {
        assert_eq!(inspect(bytes, &Limits::default()), expected);
    }

    #[test]
    fn whole_photos_pass_with_their_size() {
        let header = |format| Ok(Header { format, width: 400, height: 360 });
        check(&jpeg(), header(Format::Jpeg));
        check(&png(), header(Format::Png));
        check(&webp(), header(Format::WebP));
        let with_trailer = [jpeg(), b"vendor data after the picture".to_vec()].concat();
        check(&with_trailer, header(Format::Jpeg));
    }

    #[test]
    fn a_photo_cut_anywhere_is_refused() {
        for bytes in [jpeg(), png(), webp()] {
            for cut in (0..bytes.len()).step_by(97).chain([bytes.len() - 1]) {
                assert!(inspect(&bytes[..cut], &Limits::default()).is_err(), "cut at {cut}");
            }
        }
    }

    #[test]
    fn foreign_files_are_named() {
        check(b"", Err(Fault::PhotoEmpty));
        check(b"%PDF-1.7 and so on", Err(Fault::PhotoUnsupported));
        check(b"GIF89a and so on", Err(Fault::PhotoUnsupported));
        check(b"\0\0\0\x18ftypheic\0\0\0\0", Err(Fault::PhotoHeic));
    }

    #[test]
    fn a_bomb_is_refused_by_its_header() {
        let mut bomb = jpeg();
        let frame = bomb.windows(2).position(|w| w == [0xff, 0xc0]).unwrap();
        bomb[frame + 5..frame + 9].copy_from_slice(&[0x2e, 0xe0, 0x14, 0x00]);
        assert!(inspect(&bomb, &Limits::default()).is_err());
        bomb[frame + 5..frame + 9].copy_from_slice(&[0xff, 0xff, 0xff, 0xff]);
        check(&bomb, Err(Fault::PhotoTooManyPixels));
    }

    #[test]
    fn cmyk_and_twelve_bit_jpegs_are_named() {
        let mut bytes = jpeg();
        let frame = bytes.windows(2).position(|w| w == [0xff, 0xc0]).unwrap();
        bytes[frame + 9] = 4;
        check(&bytes, Err(Fault::PhotoCmyk));
        bytes[frame + 4] = 12;
        check(&bytes, Err(Fault::PhotoSixteenBit));
    }

    proptest::proptest! {
        #[test]
        fn any_bytes_give_an_answer(prefix in 0_usize..5, tail: Vec<u8>) {
            let magic: [&[u8]; 5] =
                [b"", b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"RIFF\0\0\0\0WEBP", b"\0\0\0\0ftyp"];
            let bytes = [magic[prefix], &tail].concat();
            proptest::prop_assert!(inspect(&bytes, &Limits::default()).is_err());
        }
    }
}
