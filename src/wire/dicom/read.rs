//! DICOM files of anybody, read as far as a portal needs them: everything before the pixels.
//!
//! What comes in may be hostile: nothing is read whole, lengths are never believed, depth and number of
//! elements are bounded, and no recursion goes deeper than that.

use std::io::{Read, Seek, SeekFrom};

use dicom_core::VR;
use dicom_core::dictionary::{DataDictionary as _, DataDictionaryEntry as _};
use dicom_core::header::Tag;
use dicom_dictionary_std::StandardDataDictionary;

/// Most elements of a file, items of sequences included.
const ELEMENTS_MAX: u32 = 20_000;
/// Deepest sequence.
const DEPTH_MAX: u32 = 16;
/// Longest value that is read; longer ones are passed over.
const VALUE_BYTES_MAX: u64 = 16 * 1024;
/// Most bytes of values together.
const VALUES_BYTES_MAX: u64 = 512 * 1024;
/// Longest UID, characters (PS3.5 section 9.1).
const UID_CHARS_MAX: usize = 64;

/// Pixel Data.
const PIXEL_DATA: u32 = 0x7fe0_0010;
const ITEM: u32 = 0xfffe_e000;
const ITEM_END: u32 = 0xfffe_e00d;
const SEQUENCE_END: u32 = 0xfffe_e0dd;
const UNDEFINED: u32 = u32::MAX;

/// Why a file is not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unreadable {
    /// It is not a DICOM file, or it is damaged.
    #[error("not a DICOM file, or a damaged one")]
    Damaged,
    /// It is written in a way that is not read here: big endian, or deflated as a whole.
    #[error("a transfer syntax that is not read")]
    Syntax,
    /// It does not say which object it is, or says it in two ways.
    #[error("the UIDs of the object are missing or do not agree")]
    Uids,
}

impl From<std::io::Error> for Unreadable {
    fn from(_: std::io::Error) -> Self {
        Self::Damaged
    }
}

/// An element.
#[derive(Clone, PartialEq, Eq)]
pub struct Element {
    /// Group and number.
    pub tag: u32,
    /// Value representation, two letters.
    pub vr: [u8; 2],
    /// What it holds.
    pub value: Content,
}

/// What an element holds.
#[derive(Clone, PartialEq, Eq)]
pub enum Content {
    /// A value as it is written, little endian.
    Bytes(Vec<u8>),
    /// Items of a sequence.
    Items(Vec<Vec<Element>>),
    /// A value that was passed over.
    Long,
}

/// What an element holds may be a patient's name: it does not reach logs.
impl std::fmt::Debug for Element {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Element({:08X})", self.tag)
    }
}

impl std::fmt::Debug for Content {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Content(…)")
    }
}

/// The names of an object.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ObjectIds {
    /// SOP Class UID.
    pub class: String,
    /// SOP Instance UID.
    pub uid: String,
    /// Study Instance UID.
    pub study: String,
    /// Series Instance UID.
    pub series: String,
}

/// A file, read up to its pixels.
#[derive(Clone)]
pub struct Header {
    /// Transfer Syntax UID.
    pub syntax: String,
    /// Its names.
    pub ids: ObjectIds,
    /// Its elements, in their order.
    pub elements: Vec<Element>,
    /// Where the bytes of its pixels begin, and how many they are; `None`: it has none. Of compressed
    /// ones the number is not known.
    pub pixels: Option<(u64, Option<u32>)>,
}

/// Patients do not reach logs.
impl std::fmt::Debug for Header {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Header({})", self.ids.uid)
    }
}

impl Header {
    /// Reads a file.
    ///
    /// # Errors
    /// [`Unreadable`].
    pub fn read(input: impl Read + Seek) -> Result<Self, Unreadable> {
        let mut reader = Reader::open(input)?;
        let meta = reader.meta()?;
        let syntax = text(&meta, 0x0002_0010).ok_or(Unreadable::Damaged)?;
        reader.implicit = match syntax.as_str() {
            "1.2.840.10008.1.2" => true,
            "1.2.840.10008.1.2.2" | "1.2.840.10008.1.2.1.99" => return Err(Unreadable::Syntax),
            known if known.starts_with("1.2.840.10008.1.2.") => false,
            _ => return Err(Unreadable::Syntax),
        };
        let elements = reader.elements(None, 0)?;
        let uid = |tag| text(&elements, tag).filter(|uid| is_uid(uid)).ok_or(Unreadable::Uids);
        let ids = ObjectIds {
            class: uid(0x0008_0016)?,
            uid: uid(0x0008_0018)?,
            study: uid(0x0020_000d)?,
            series: uid(0x0020_000e)?,
        };
        let agrees = |tag, said: &str| text(&meta, tag).is_none_or(|told| told == said);
        if !agrees(0x0002_0002, &ids.class) || !agrees(0x0002_0003, &ids.uid) {
            return Err(Unreadable::Uids);
        }
        Ok(Self { syntax, ids, elements, pixels: reader.pixels })
    }

    /// The value of an element as text; `None` where it is not there or empty.
    #[must_use]
    pub fn text(&self, tag: u32) -> Option<String> {
        text(&self.elements, tag)
    }

    /// The first number of an element of unsigned shorts.
    #[must_use]
    pub fn number(&self, tag: u32) -> Option<u16> {
        let found = self.elements.iter().find(|one| one.tag == tag)?;
        match &found.value {
            Content::Bytes(bytes) => Some(u16::from_le_bytes(*bytes.first_chunk()?)),
            Content::Items(_) | Content::Long => None,
        }
    }
}

/// Whether a text is a UID.
#[must_use]
pub fn is_uid(text: &str) -> bool {
    (1..=UID_CHARS_MAX).contains(&text.len())
        && text.bytes().all(|b| b.is_ascii_digit() || b == b'.')
        && text.starts_with(|c: char| c.is_ascii_digit())
}

/// Bytes as text: UTF-8 where they are that, else Latin 1. Padding is left out.
#[must_use]
pub fn decoded(bytes: &[u8]) -> String {
    let text = match std::str::from_utf8(bytes) {
        Ok(text) => text.to_owned(),
        Err(_) => bytes.iter().map(|byte| char::from(*byte)).collect(),
    };
    text.trim_matches(|c: char| c == '\0' || c.is_whitespace()).to_owned()
}

fn text(elements: &[Element], tag: u32) -> Option<String> {
    match &elements.iter().find(|one| one.tag == tag)?.value {
        Content::Bytes(bytes) => Some(decoded(bytes)).filter(|text| !text.is_empty()),
        Content::Items(_) | Content::Long => None,
    }
}

struct Reader<R> {
    input: R,
    at: u64,
    size: u64,
    implicit: bool,
    left: u32,
    bytes_left: u64,
    pixels: Option<(u64, Option<u32>)>,
}

impl<R: Read + Seek> Reader<R> {
    fn open(mut input: R) -> Result<Self, Unreadable> {
        let size = input.seek(SeekFrom::End(0))?;
        input.seek(SeekFrom::Start(128))?;
        let mut reader = Self {
            input,
            at: 128,
            size,
            implicit: false,
            left: ELEMENTS_MAX,
            bytes_left: VALUES_BYTES_MAX,
            pixels: None,
        };
        let magic: [u8; 4] = reader.array()?;
        if &magic == b"DICM" { Ok(reader) } else { Err(Unreadable::Damaged) }
    }

    /// Elements of group 2, which are explicit whatever follows.
    fn meta(&mut self) -> Result<Vec<Element>, Unreadable> {
        let mut found = Vec::new();
        while self.at < self.size {
            let before = self.at;
            let tag = self.tag()?;
            if tag >> 16 != 2 {
                self.go(before)?;
                return Ok(found);
            }
            found.push(self.element(tag, 0)?);
        }
        Ok(found)
    }

    /// Elements up to a position, or up to the end of the item or the file.
    fn elements(&mut self, end: Option<u64>, depth: u32) -> Result<Vec<Element>, Unreadable> {
        let mut found = Vec::new();
        while end.is_none_or(|end| self.at < end) {
            if end.is_none() && depth == 0 && self.at >= self.size {
                break;
            }
            let tag = self.tag()?;
            if tag == ITEM_END && end.is_none() && depth > 0 {
                self.length()?;
                break;
            }
            let element = self.element(tag, depth)?;
            let pixels = tag == PIXEL_DATA && depth == 0;
            found.push(element);
            if pixels {
                break;
            }
        }
        if end.is_some_and(|end| self.at > end) { Err(Unreadable::Damaged) } else { Ok(found) }
    }

    fn element(&mut self, tag: u32, depth: u32) -> Result<Element, Unreadable> {
        self.left = self.left.checked_sub(1).ok_or(Unreadable::Damaged)?;
        let (vr, length) = self.head(tag)?;
        if tag == PIXEL_DATA && depth == 0 {
            self.pixels = Some((self.at, (length != UNDEFINED).then_some(length)));
            return Ok(Element { tag, vr, value: Content::Long });
        }
        if &vr == b"SQ" || (length == UNDEFINED && &vr == b"UN") {
            // An unknown sequence is written as if nobody knew any kind (PS3.5 section 6.2.2).
            let before = self.implicit;
            self.implicit |= &vr == b"UN";
            let items = self.items(length, depth + 1);
            self.implicit = before;
            return Ok(Element { tag, vr: *b"SQ", value: Content::Items(items?) });
        }
        if length == UNDEFINED {
            self.fragments()?;
            return Ok(Element { tag, vr, value: Content::Long });
        }
        let length = u64::from(length);
        let end = self.at.checked_add(length).filter(|end| *end <= self.size);
        let end = end.ok_or(Unreadable::Damaged)?;
        if length > VALUE_BYTES_MAX || length > self.bytes_left {
            self.go(end)?;
            return Ok(Element { tag, vr, value: Content::Long });
        }
        self.bytes_left -= length;
        let mut bytes = vec![0; usize::try_from(length).map_err(|_| Unreadable::Damaged)?];
        self.fill(&mut bytes)?;
        Ok(Element { tag, vr, value: Content::Bytes(bytes) })
    }

    fn items(&mut self, length: u32, depth: u32) -> Result<Vec<Vec<Element>>, Unreadable> {
        if depth > DEPTH_MAX {
            return Err(Unreadable::Damaged);
        }
        let end = (length != UNDEFINED).then(|| self.at + u64::from(length));
        if end.is_some_and(|end| end > self.size) {
            return Err(Unreadable::Damaged);
        }
        let mut items = Vec::new();
        while end.is_none_or(|end| self.at < end) {
            self.left = self.left.checked_sub(1).ok_or(Unreadable::Damaged)?;
            match (self.tag()?, self.length()?) {
                (SEQUENCE_END, _) if end.is_none() => break,
                (ITEM, UNDEFINED) => items.push(self.elements(None, depth)?),
                (ITEM, length) => {
                    let item_end = self.at + u64::from(length);
                    if item_end > self.size {
                        return Err(Unreadable::Damaged);
                    }
                    items.push(self.elements(Some(item_end), depth)?);
                }
                _ => return Err(Unreadable::Damaged),
            }
        }
        Ok(items)
    }

    /// Passes over fragments of compressed pixels.
    fn fragments(&mut self) -> Result<(), Unreadable> {
        loop {
            self.left = self.left.checked_sub(1).ok_or(Unreadable::Damaged)?;
            match (self.tag()?, self.length()?) {
                (SEQUENCE_END, _) => return Ok(()),
                (ITEM, length) if length != UNDEFINED => self.go(self.at + u64::from(length))?,
                _ => return Err(Unreadable::Damaged),
            }
        }
    }

    /// Value representation and length.
    fn head(&mut self, tag: u32) -> Result<([u8; 2], u32), Unreadable> {
        if tag >> 16 == 0xfffe {
            return Err(Unreadable::Damaged);
        }
        if self.implicit && tag >> 16 != 2 {
            return Ok((vr_of(tag), self.length()?));
        }
        let vr: [u8; 2] = self.array()?;
        if !vr.iter().all(u8::is_ascii_uppercase) {
            return Err(Unreadable::Damaged);
        }
        let long: [&[u8; 2]; 12] =
            [b"OB", b"OD", b"OF", b"OL", b"OV", b"OW", b"SQ", b"SV", b"UC", b"UN", b"UR", b"UT"];
        if long.contains(&&vr) || &vr == b"UV" {
            let _reserved: [u8; 2] = self.array()?;
            return Ok((vr, self.length()?));
        }
        let short: [u8; 2] = self.array()?;
        Ok((vr, u32::from(u16::from_le_bytes(short))))
    }

    fn tag(&mut self) -> Result<u32, Unreadable> {
        let [a, b, c, d]: [u8; 4] = self.array()?;
        Ok(u32::from(u16::from_le_bytes([a, b])) << 16 | u32::from(u16::from_le_bytes([c, d])))
    }

    fn length(&mut self) -> Result<u32, Unreadable> {
        Ok(u32::from_le_bytes(self.array()?))
    }

    fn array<const N: usize>(&mut self) -> Result<[u8; N], Unreadable> {
        let mut bytes = [0; N];
        self.fill(&mut bytes)?;
        Ok(bytes)
    }

    fn fill(&mut self, bytes: &mut [u8]) -> Result<(), Unreadable> {
        self.input.read_exact(bytes)?;
        self.at += u64::try_from(bytes.len()).unwrap_or(u64::MAX);
        Ok(())
    }

    fn go(&mut self, to: u64) -> Result<(), Unreadable> {
        if to > self.size {
            return Err(Unreadable::Damaged);
        }
        self.at = self.input.seek(SeekFrom::Start(to))?;
        Ok(())
    }
}

/// What the standard says an element holds.
fn vr_of(tag: u32) -> [u8; 2] {
    let [a, b, c, d] = tag.to_be_bytes();
    let tag = Tag(u16::from_be_bytes([a, b]), u16::from_be_bytes([c, d]));
    let known = StandardDataDictionary.by_tag(tag).map_or(VR::UN, |entry| entry.vr().relaxed());
    let mut letters = [b'U', b'N'];
    letters.copy_from_slice(known.to_string().as_bytes().first_chunk::<2>().unwrap_or(b"UN"));
    letters
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use proptest::prelude::*;

    use super::*;

    /// A file with these elements after a sound head.
    fn file(syntax: &str, dataset: &[u8]) -> Vec<u8> {
        let mut bytes = vec![0; 128];
        bytes.extend_from_slice(b"DICM");
        bytes.extend_from_slice(&explicit(0x0002_0010, *b"UI", syntax.as_bytes()));
        bytes.extend_from_slice(dataset);
        bytes
    }

    fn tag(tag: u32) -> Vec<u8> {
        let [a, b, c, d] = tag.to_be_bytes();
        vec![b, a, d, c]
    }

    fn explicit(of: u32, vr: [u8; 2], value: &[u8]) -> Vec<u8> {
        let length = u16::try_from(value.len()).unwrap().to_le_bytes();
        [tag(of), vr.to_vec(), length.to_vec(), value.to_vec()].concat()
    }

    fn names() -> Vec<u8> {
        let one = |of, value: &[u8]| explicit(of, *b"UI", value);
        [
            one(0x0008_0016, b"1.2"),
            one(0x0008_0018, b"1.2.3\0"),
            one(0x0020_000d, b"1.2.4"),
            one(0x0020_000e, b"1.2.5"),
        ]
        .concat()
    }

    const EXPLICIT: &str = "1.2.840.10008.1.2.1";

    fn read(bytes: &[u8]) -> Result<Header, Unreadable> {
        Header::read(Cursor::new(bytes))
    }

    #[test]
    fn names_are_read_and_have_to_agree() {
        let header = read(&file(EXPLICIT, &names())).unwrap();
        assert_eq!((header.ids.uid.as_str(), header.ids.study.as_str()), ("1.2.3", "1.2.4"));
        let mut other = vec![0; 128];
        other.extend_from_slice(b"DICM");
        other.extend_from_slice(&explicit(0x0002_0003, *b"UI", b"1.9"));
        other.extend_from_slice(&explicit(0x0002_0010, *b"UI", EXPLICIT.as_bytes()));
        other.extend_from_slice(&names());
        assert_eq!(read(&other).unwrap_err(), Unreadable::Uids);
        assert_eq!(read(&file(EXPLICIT, &[])).unwrap_err(), Unreadable::Uids);
        assert_eq!(read(&file("1.2.840.10008.1.2.2", &names())).unwrap_err(), Unreadable::Syntax);
        assert_eq!(read(b"GIF89a").unwrap_err(), Unreadable::Damaged);
    }

    #[test]
    fn sequences_without_end_and_lengths_that_lie_end_early() {
        // Sequence in sequence in sequence, deeper than anybody needs, for as long as the file goes on.
        let deep: Vec<u8> = std::iter::repeat_n(
            [tag(0x0040_a730), b"SQ\0\0".to_vec(), vec![0xff; 4], tag(ITEM), vec![0xff; 4]]
                .concat(),
            50_000,
        )
        .flatten()
        .collect();
        assert_eq!(read(&file(EXPLICIT, &deep)).unwrap_err(), Unreadable::Damaged);
        let many: Vec<u8> =
            std::iter::repeat_n(explicit(0x0010_0010, *b"PN", b""), 30_000).flatten().collect();
        assert_eq!(read(&file(EXPLICIT, &many)).unwrap_err(), Unreadable::Damaged);
        let lying = [tag(0x0010_0010), b"UT\0\0".to_vec(), vec![0xf0, 0xff, 0xff, 0x7f]].concat();
        assert_eq!(read(&file(EXPLICIT, &lying)).unwrap_err(), Unreadable::Damaged);
    }

    #[test]
    fn values_without_a_kind_are_read_by_the_standard() {
        let one = |of, value: &[u8]| {
            let length = u32::try_from(value.len()).unwrap().to_le_bytes();
            [tag(of), length.to_vec(), value.to_vec()].concat()
        };
        let inner = one(0x0008_0100, b"RID1");
        let item = [tag(ITEM), u32::try_from(inner.len()).unwrap().to_le_bytes().to_vec(), inner];
        let dataset = [
            one(0x0008_0016, b"1.2"),
            one(0x0008_0018, b"1.2.3"),
            one(0x0008_2218, &item.concat()),
            one(0x0020_000d, b"1.2.4"),
            one(0x0020_000e, b"1.2.5"),
            one(0x0028_0010, &[16, 0]),
            one(PIXEL_DATA, &[7; 64]),
        ];
        let header = read(&file("1.2.840.10008.1.2", &dataset.concat())).unwrap();
        assert_eq!(header.number(0x0028_0010), Some(16));
        assert_eq!(header.pixels.map(|(_, length)| length), Some(Some(64)));
        let sequence = header.elements.iter().find(|one| one.tag == 0x0008_2218).unwrap();
        let Content::Items(items) = &sequence.value else { panic!("no sequence") };
        assert_eq!((items.len(), items[0][0].tag), (1, 0x0008_0100));
    }

    proptest! {
        #[test]
        fn bytes_by_chance_do_no_harm(bytes in prop::collection::vec(any::<u8>(), 0..600)) {
            let _anything_but_a_panic = read(&file(EXPLICIT, &bytes));
            let _anything_but_a_panic = read(&file("1.2.840.10008.1.2", &bytes));
            let _anything_but_a_panic = read(&bytes);
        }
    }
}
