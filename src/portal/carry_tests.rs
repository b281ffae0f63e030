//! One image that comes over a link and in a carried file at the same time.

use std::io::Read;

use super::*;
use crate::wire::carry::{FrameReader, PIECE_BYTES};

/// A file whose reader does something else before it goes on behind a number of bytes.
struct Interrupted<'a, F: FnMut()> {
    bytes: &'a [u8],
    after: usize,
    then: Option<F>,
}

impl<F: FnMut()> Read for Interrupted<'_, F> {
    fn read(&mut self, to: &mut [u8]) -> std::io::Result<usize> {
        if self.after == 0
            && let Some(mut then) = self.then.take()
        {
            then();
        }
        let most = if self.then.is_some() { self.after.min(to.len()) } else { to.len() };
        let size = self.bytes.read(&mut to[..most])?;
        self.after = self.after.saturating_sub(size);
        Ok(size)
    }
}

#[test]
fn an_image_by_link_and_by_file_at_once_is_whole_and_signed_for_once() {
    let size = 2 * PIECE_BYTES + 1_000;
    let bytes: Vec<u8> = (0..size).map(|at| u8::try_from(at * 7 % 251).unwrap()).collect();
    let reaches = [1, PIECE_BYTES, PIECE_BYTES + 5, size - 1, size];
    let pieces = [0, PIECE_BYTES, 2 * PIECE_BYTES];
    on_each(|Bench { portal, box_key, .. }| {
        let from = box_key.key_id();
        let cases = reaches.into_iter().flat_map(|reach| pieces.map(|after| (reach, after)));
        for (number, (reach, after)) in (1..).zip(cases) {
            // Another image each time.
            let bytes = [&bytes[..size - 1], &[number]].concat();
            let hash = Sha256Digest::of(&bytes);
            let image = (Seq(i64::from(number)), hash, size as u64);
            let mut by_link = None;
            let link = || {
                let (held, _) = portal.take_image(from, image, 0, &[]).unwrap();
                let begin = usize::try_from(held).unwrap();
                let new = bytes.get(begin..reach).unwrap_or_default();
                by_link = portal.take_image(from, image, held, new).unwrap().1;
            };
            let file = Interrupted { bytes: &bytes, after, then: Some(link) };
            let mut frames = FrameReader::new(file);
            let (seq, hash_text) = (i64::from(number), hash.to_string());
            let answer = portal.image(from, &mut frames, seq, &hash_text, size as u64).unwrap();
            let what = format!("link to {reach} before byte {after} of the file");
            let receipt = answer.and_then(|answer| answer.receipt).expect(&what);
            assert_eq!(portal.storage().radiograph(from, hash).unwrap(), Some(bytes), "{what}");
            let again = portal.take_image(from, image, size as u64, &[]).unwrap().1.unwrap();
            assert_eq!(receipt.signature, again.signature, "{what}");
            if let Some(by_link) = by_link {
                assert_eq!(receipt.signature, by_link.signature, "{what}");
            }
        }
    });
}
