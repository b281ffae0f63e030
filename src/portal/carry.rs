//! Files that people carry from boxes: read twice, first to know who wrote it and that it is whole, then
//! to take everything in. The answer goes back the same way.

use std::fs::File;
use std::io::{self, BufReader, Read, Write};
use std::path::Path;

use crate::domain::digest::Sha256Digest;
use crate::domain::ids::Seq;
use crate::domain::sync::identity::{CarriedWay, KeyId, PublicKey, Signature, carried_text};
use crate::keys::sealed::Recipient;
use crate::keys::signed_by;
use crate::portal::{BoxState, IMAGE_BYTES_MAX, Portal, StorageError};
use crate::wire::carry::{Frame, FrameError, FrameReader, FrameWriter};
use crate::wire::messages::{Answer, Answers, Enrol, Hello, Welcome};

/// Answers in one frame.
const ANSWERS_MAX: usize = 256;

/// What a file brought.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CarriedIn {
    /// The box that wrote it.
    pub from: KeyId,
    /// Records and images that are held and signed for now.
    pub held: usize,
    /// Records and images that were refused.
    pub refused: usize,
}

/// Why a file is not taken in. Nothing of it counts as received then.
#[derive(Debug, thiserror::Error)]
pub enum CarryError {
    /// The file cannot be read, or the answer cannot be written.
    #[error("the file cannot be read, or the answer cannot be written")]
    File(#[from] io::Error),
    /// Not encrypted to this portal.
    #[error("the file is not for this portal, or is no file of a box")]
    Foreign,
    /// It ends early or was changed.
    #[error("the file is not whole: copy it again")]
    Broken(#[from] FrameError),
    /// The box is not known, and its code is not good.
    #[error("the box is not enrolled, and the code in the file is used, too old or missing")]
    NotEnrolled,
    /// The box was shut out.
    #[error("the box has been revoked")]
    Revoked,
    /// The storage failed.
    #[error("the portal's storage failed")]
    Storage(#[from] StorageError),
}

/// The first frame of a box's file.
struct Head {
    key: PublicKey,
    recipient: Recipient,
    enrol: Option<Enrol>,
    hello: Hello,
}

impl Portal {
    /// To whom boxes encrypt what is carried.
    #[must_use]
    pub fn recipient(&self) -> Recipient {
        self.inner.reader.recipient()
    }

    /// Takes in a file that a box wrote, and writes the answer that goes back to it. The same file again
    /// changes nothing and gets the same answers.
    ///
    /// # Errors
    /// [`CarryError`].
    pub fn take_carried(&self, file: &Path, answer: impl Write) -> Result<CarriedIn, CarryError> {
        let head = self.sound(file)?;
        let from = head.key.key_id();
        self.admit(&head)?;
        let mut out = FrameWriter::new(head.recipient.writer(answer)?);
        out.frame(&Frame::Portal { key: self.key().to_string(), to: from.to_string() })?;
        let mut taken = CarriedIn { from, held: 0, refused: 0 };
        let mut frames = self.frames(file)?;
        let mut images = Vec::new();
        loop {
            match frames.frame()?.0 {
                Frame::Records(records) => {
                    tell(&mut out, &mut taken, self.take(from, &records.records)?)?;
                }
                Frame::Image { seq, hash, size } => {
                    images.push(self.image(from, &mut frames, seq, &hash, size)?);
                    if images.len() >= ANSWERS_MAX {
                        tell(&mut out, &mut taken, std::mem::take(&mut images))?;
                    }
                }
                Frame::End { .. } => break,
                Frame::Box { .. }
                | Frame::Portal { .. }
                | Frame::Answers(_)
                | Frame::Welcome(_) => {}
            }
        }
        tell(&mut out, &mut taken, images)?;
        let (held, digest) = self.storage().hello(from, &head.hello, self.now().wall)?;
        let version = env!("CARGO_PKG_VERSION").to_owned();
        let orders = self.storage().orders_left(from)?;
        out.frame(&Frame::Welcome(Welcome { version, held, digest: digest.to_string(), orders }))?;
        let text = |hash| carried_text(&self.key(), CarriedWay::To(from), hash);
        let sealed = out.end(|hash| self.inner.key.sign(&text(hash)))?;
        sealed.finish()?.flush()?;
        Ok(taken)
    }

    fn frames(&self, file: &Path) -> Result<FrameReader<impl Read>, CarryError> {
        let file = BufReader::new(File::open(file)?);
        Ok(FrameReader::new(self.inner.reader.reader(file).ok_or(CarryError::Foreign)?))
    }

    /// Reads a file to its end without taking anything: it is whole, and signed by the box it names.
    fn sound(&self, file: &Path) -> Result<Head, CarryError> {
        let mut frames = self.frames(file)?;
        let Frame::Box { key, recipient, enrol, hello } = frames.frame()?.0 else {
            return Err(CarryError::Foreign);
        };
        let key = PublicKey::parse(&key).ok_or(FrameError::Nonsense)?;
        let recipient = Recipient::parse(&recipient).ok_or(FrameError::Nonsense)?;
        let head = Head { key, recipient, enrol, hello };
        loop {
            let (frame, hash) = frames.frame()?;
            match frame {
                Frame::Records(_) => {}
                Frame::Image { size, .. } if size <= IMAGE_BYTES_MAX => {
                    frames.image(size, |_| Ok::<_, FrameError>(()))?;
                }
                Frame::End { signature } => {
                    let text = carried_text(&self.key(), CarriedWay::From(key.key_id()), hash);
                    let signature = Signature::parse(&signature).ok_or(FrameError::Nonsense)?;
                    let sound = signed_by(&key, &text, &signature) && frames.is_at_end()?;
                    return if sound { Ok(head) } else { Err(CarryError::Foreign) };
                }
                _ => return Err(FrameError::Nonsense.into()),
            }
        }
    }

    /// Lets a known box in, and a new one by its code.
    fn admit(&self, head: &Head) -> Result<(), CarryError> {
        match (self.storage().box_state(head.key.key_id())?, &head.enrol) {
            (BoxState::Enrolled(_), _) => Ok(()),
            (BoxState::Revoked(_), _) => Err(CarryError::Revoked),
            (BoxState::Unknown, Some(enrol))
                if self.enrol(&enrol.code, &head.key, &enrol.name)? =>
            {
                Ok(())
            }
            (BoxState::Unknown, _) => Err(CarryError::NotEnrolled),
        }
    }

    /// Takes in an image as far as it is not there yet.
    fn image(
        &self,
        from: KeyId,
        frames: &mut FrameReader<impl Read>,
        seq: i64,
        hash: &str,
        size: u64,
    ) -> Result<Answer, CarryError> {
        let digest = Sha256Digest::parse(hash).filter(|_| seq >= 1 && size >= 1);
        let digest = digest.ok_or(FrameError::Nonsense)?;
        let image = (Seq(seq), digest, size);
        let (mut held, mut receipt) = self.take_image(from, image, 0, &[])?;
        let mut at = 0;
        frames.image(size, |piece| {
            let end = at + piece.len() as u64;
            // What came over a link before, or from an earlier file, is there already.
            let new = usize::try_from(held.saturating_sub(at)).ok().and_then(|n| piece.get(n..));
            if let (None, Some(new @ [_, ..])) = (&receipt, new) {
                (held, receipt) = self.take_image(from, image, held, new)?;
            }
            at = end;
            Ok::<_, CarryError>(())
        })?;
        let refused = receipt.is_none().then(|| "wrong_hash".to_owned());
        Ok(Answer { seq, receipt, refused })
    }
}

/// Counts answers and writes them.
fn tell<W: Write>(
    out: &mut FrameWriter<W>,
    taken: &mut CarriedIn,
    answers: Vec<Answer>,
) -> io::Result<()> {
    if answers.is_empty() {
        return Ok(());
    }
    let held = answers.iter().filter(|one| one.receipt.is_some()).count();
    taken.held += held;
    taken.refused += answers.len() - held;
    out.frame(&Frame::Answers(Answers { answers }))
}
