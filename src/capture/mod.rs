//! Bytes → photo: what a file is, whether it is whole, and its pixels the right way up.
//!
//! [`fn@inspect`] looks at the structure only and is cheap enough for the moment of upload: it refuses
//! what is empty, cut off, of a foreign type or a decompression bomb before anything is stored.
//! [`fn@decode`] runs later, on the compute thread. Neither trusts a file name or a content type, and
//! of all metadata only the EXIF orientation is ever read, and [`without_metadata`] takes the rest away
//! from every photo that leaves the box.

mod decode;
mod inspect;
mod strip;

pub use decode::decode;
pub use inspect::{Format, Header, inspect};
pub use strip::without_metadata;
