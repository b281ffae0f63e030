//! A file that people carry between a box and its portal, where no network does.
//!
//! Frames one after the other: length (u32, little endian), then a [`Frame`] as compressed JSON; the frame of an
//! image is followed by the image itself. The last frame is a signature over everything before it.
//! Encryption is around all of it (`keys/sealed.rs`).

use std::io::{self, Read, Write};

use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use crate::domain::digest::Sha256Digest;
use crate::domain::sync::identity::Signature;
use crate::wire::messages::{
    Answers, Enrol, Hello, OrderList, Records, SignedLink, ToldOutcome, Welcome,
};
use crate::wire::pack::{pack, unpack};

/// Longest frame, bytes.
const FRAME_BYTES_MAX: usize = 1024 * 1024;
/// Bytes of an image that are in memory at once.
pub const PIECE_BYTES: usize = 256 * 1024;

/// What a frame says.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[expect(clippy::large_enum_variant, reason = "the large one comes once, at the head of a file")]
pub enum Frame {
    /// From a box, first: who it is and how it is.
    Box {
        /// Its public key.
        key: String,
        /// To whom the answer is to be encrypted.
        recipient: String,
        /// Its introduction, while it does not know that it is enrolled.
        enrol: Option<Enrol>,
        /// How it is.
        hello: Hello,
        /// Its name; empty from a program that knows no other than the one that follows from the key.
        #[serde(default)]
        id: String,
        /// How the key followed the one after which the box is called.
        #[serde(default)]
        chain: Vec<SignedLink>,
        /// The key that it wants to have from now on.
        #[serde(default)]
        next: Option<SignedLink>,
        /// The newest key by which it knows the portal; empty from a program that takes no orders from
        /// a file.
        #[serde(default)]
        knows: String,
    },
    /// From a box: what became of orders. From a portal: what it knows of it now.
    Outcomes(Vec<ToldOutcome>),
    /// Records that wait.
    Records(Records),
    /// A radiograph; its bytes follow.
    Image {
        /// The box's number for it.
        seq: i64,
        /// SHA-256 of its bytes.
        hash: String,
        /// Its bytes.
        size: u64,
    },
    /// From a portal, first: whose answer it is.
    Portal {
        /// Its public key.
        key: String,
        /// The name of the box that it answers.
        to: String,
        /// The key by which the portal accepts the box from now on; empty: nothing new.
        #[serde(default)]
        rotated: String,
    },
    /// From a portal: what it asks, what presses first.
    Orders(OrderList),
    /// What became of records and images.
    Answers(Answers),
    /// From a portal: what it holds now.
    Welcome(Welcome),
    /// The end.
    End {
        /// Over everything before this frame.
        signature: String,
    },
}

/// Why a file cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum FrameError {
    /// Reading failed, or the file ends early, or was changed after it was encrypted.
    #[error("the file is not whole")]
    Broken(#[from] io::Error),
    /// A frame makes no sense.
    #[error("the file holds something that no box and no portal writes")]
    Nonsense,
}

/// Writes frames.
#[derive(Debug)]
pub struct FrameWriter<W> {
    to: W,
    hash: Sha256,
}

impl<W: Write> FrameWriter<W> {
    /// Begins.
    pub fn new(to: W) -> Self {
        Self { to, hash: Sha256::new() }
    }

    /// Writes a frame.
    ///
    /// # Errors
    /// When it cannot be written, or is longer than a frame may be.
    pub fn frame(&mut self, frame: &Frame) -> io::Result<()> {
        let packed = pack(&serde_json::to_vec(frame)?);
        let length = u32::try_from(packed.len()).ok().filter(|_| packed.len() <= FRAME_BYTES_MAX);
        let length = length.ok_or_else(|| io::Error::other("a frame is too long"))?;
        self.bytes(&length.to_le_bytes())?;
        self.bytes(&packed)
    }

    /// Writes the bytes of an image.
    ///
    /// # Errors
    /// When they cannot be written.
    pub fn bytes(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.hash.update(bytes);
        self.to.write_all(bytes)
    }

    /// Writes the last frame, signed; gives what is below.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn end(mut self, sign: impl FnOnce(Sha256Digest) -> Signature) -> io::Result<W> {
        let hash = Sha256Digest::from_bytes(self.hash.clone().finalize().into());
        self.frame(&Frame::End { signature: sign(hash).to_string() })?;
        Ok(self.to)
    }
}

/// Reads frames.
#[derive(Debug)]
pub struct FrameReader<R> {
    from: R,
    hash: Sha256,
}

impl<R: Read> FrameReader<R> {
    /// Begins.
    pub fn new(from: R) -> Self {
        Self { from, hash: Sha256::new() }
    }

    /// Reads a frame; with it the hash over everything before.
    ///
    /// # Errors
    /// [`FrameError`].
    pub fn frame(&mut self) -> Result<(Frame, Sha256Digest), FrameError> {
        let before = Sha256Digest::from_bytes(self.hash.clone().finalize().into());
        let mut length = [0; 4];
        self.exact(&mut length)?;
        let length = usize::try_from(u32::from_le_bytes(length)).unwrap_or(usize::MAX);
        if length > FRAME_BYTES_MAX {
            return Err(FrameError::Nonsense);
        }
        let mut packed = vec![0; length];
        self.exact(&mut packed)?;
        let json = unpack(&packed).ok_or(FrameError::Nonsense)?;
        let frame = serde_json::from_slice(&json).map_err(|_| FrameError::Nonsense)?;
        Ok((frame, before))
    }

    /// Reads the bytes of an image, piece by piece.
    ///
    /// # Errors
    /// [`FrameError`], and what `take` gives.
    pub fn image<E: From<FrameError>>(
        &mut self,
        size: u64,
        mut take: impl FnMut(&[u8]) -> Result<(), E>,
    ) -> Result<(), E> {
        let mut left = size;
        let mut piece = vec![0; PIECE_BYTES];
        while left > 0 {
            let length = usize::try_from(left).unwrap_or(usize::MAX).min(PIECE_BYTES);
            let piece = &mut piece[..length];
            self.exact(piece)?;
            take(piece)?;
            left -= length as u64;
        }
        Ok(())
    }

    /// Whether nothing follows.
    ///
    /// # Errors
    /// [`FrameError::Broken`].
    pub fn is_at_end(&mut self) -> Result<bool, FrameError> {
        Ok(self.from.read(&mut [0])? == 0)
    }

    fn exact(&mut self, bytes: &mut [u8]) -> Result<(), FrameError> {
        self.from.read_exact(bytes)?;
        self.hash.update(&*bytes);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn file() -> Vec<u8> {
        let mut writer = FrameWriter::new(Vec::new());
        writer.frame(&Frame::Image { seq: 1, hash: "ab".into(), size: 3 }).unwrap();
        writer.bytes(&[1, 2, 3]).unwrap();
        writer.end(|_| Signature([7; 64])).unwrap()
    }

    #[test]
    fn frames_and_images_come_back_with_the_hash_that_was_signed() {
        let mut signed = None;
        let mut writer = FrameWriter::new(Vec::new());
        writer.frame(&Frame::Image { seq: 1, hash: "ab".into(), size: 3 }).unwrap();
        writer.bytes(&[1, 2, 3]).unwrap();
        let file = writer.end(|hash| {
            signed = Some(hash);
            Signature([7; 64])
        });
        let file = file.unwrap();
        let mut reader = FrameReader::new(file.as_slice());
        let (frame, _) = reader.frame().unwrap();
        assert!(matches!(frame, Frame::Image { seq: 1, size: 3, .. }));
        let mut image = Vec::new();
        let taken: Result<(), FrameError> = reader.image(3, |piece| {
            image.extend_from_slice(piece);
            Ok(())
        });
        taken.unwrap();
        assert_eq!(image, [1, 2, 3]);
        let (end, hash) = reader.frame().unwrap();
        assert!(matches!(end, Frame::End { .. }));
        assert_eq!(Some(hash), signed);
        assert!(reader.is_at_end().unwrap());
    }

    proptest! {
        #[test]
        fn damaged_files_are_errors(at in 0_usize..60, flip in 1_u8..) {
            let mut bytes = file();
            let at = at % bytes.len();
            bytes[at] ^= flip;
            let mut reader = FrameReader::new(bytes.as_slice());
            for _ in 0..3 {
                let _anything_but_a_panic = reader.frame();
            }
        }
    }
}
