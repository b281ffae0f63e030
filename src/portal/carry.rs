//! Files that people carry from boxes: copied, then read twice, first to know who wrote it and that it is
//! whole, then to take everything in. The answer goes back the same way.

use std::fs::{self, File};
use std::io::{self, BufReader, Read, Seek as _, Write};
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::Path;

use crate::domain::digest::Sha256Digest;
use crate::domain::hex::Hex;
use crate::domain::ids::Seq;
use crate::domain::sync::identity::{CarriedWay, KeyId, PublicKey, Signature, carried_text};
use crate::domain::sync::keys::{KeyLink, name_of};
use crate::domain::sync::order::OrderKind;
use crate::keys::sealed::Recipient;
use crate::keys::{self, signed_by};
use crate::portal::keys::CARRIED_ORDER_BYTES;
use crate::portal::{BoxState, IMAGE_BYTES_MAX, Portal, StorageError};
use crate::wire::carry::{Frame, FrameError, FrameReader, FrameWriter};
use crate::wire::messages::{
    Answer, Answers, Enrol, Hello, OrderList, SignedLink, SignedOrder, Welcome,
};
use crate::wire::support::CARRIED_KIND;

/// Answers in one frame.
const ANSWERS_MAX: usize = 256;
/// Bytes of orders in one frame, after which another one begins.
const ORDERS_BYTES_MAX: usize = 256 * 1024;

/// What a file brought.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CarriedIn {
    /// The box that wrote it.
    pub from: KeyId,
    /// Records and images that are held and signed for now.
    pub held: usize,
    /// Records and images that were refused.
    pub refused: usize,
    /// Orders that the answer takes down.
    pub orders: usize,
    /// The box was shut out: the answer tells it to wipe itself, and nothing was taken in.
    pub lost: bool,
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
    /// The box signs by another key since.
    #[error("the file is from before the box changed its key: save it on the box again")]
    OldKey,
    /// The storage failed.
    #[error("the portal's storage failed")]
    Storage(#[from] StorageError),
}

/// The first frame of a box's file.
struct Head {
    /// The name of the box.
    from: KeyId,
    key: PublicKey,
    /// How the key followed the first one.
    chain: Vec<KeyLink>,
    /// The key that it wants to have.
    next: Option<KeyLink>,
    /// The newest key by which it knows the portal; empty: it takes no orders from a file.
    knows: String,
    recipient: Recipient,
    enrol: Option<Enrol>,
    hello: Hello,
}

/// What is taken from a file.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Admitted {
    /// Everything.
    Box,
    /// What became of orders: the box was shut out, and is to wipe itself.
    Lost,
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
        // Whoever can write to the stick cannot change what was found sound.
        let file = &self.copied(file)?;
        let head = self.sound(file)?;
        let from = head.from;
        let lost = self.admit(&head)? == Admitted::Lost;
        let rotated = if lost { None } else { self.told_next(&head)? };
        let key = self.key_for(from, &head.knows)?;
        let mut out = FrameWriter::new(head.recipient.writer(answer)?);
        out.frame(&Frame::Portal {
            key: key.to_string(),
            to: from.to_string(),
            rotated: rotated.map(|key| key.to_string()).unwrap_or_default(),
        })?;
        let mut taken = CarriedIn { from, held: 0, refused: 0, orders: 0, lost };
        if !lost {
            // Before what became of orders: an update that is done belongs to the version that the box has now.
            self.heard_carried(from, &head.hello)?;
        }
        self.take_frames(file, &mut out, &mut taken)?;
        if !head.knows.is_empty() {
            taken.orders = self.orders_down(from, lost, &mut out)?;
        }
        if !lost {
            let ((held, digest), sms_key) = self.heard_carried(from, &head.hello)?;
            let (version, digest) = (env!("CARGO_PKG_VERSION").to_owned(), digest.to_string());
            let orders = self.storage().orders_left(from)?;
            let support = true;
            out.frame(&Frame::Welcome(Welcome {
                version,
                held,
                digest,
                orders,
                sms_key,
                support,
            }))?;
        }
        let keys = self.keyring();
        let by = keys.of(&key).ok_or(StorageError::Corrupt { what: "key" })?;
        let text = |hash| carried_text(&key, CarriedWay::To(from), hash);
        let sealed = out.end(|hash| by.sign(&text(hash)))?;
        sealed.finish()?.flush()?;
        Ok(taken)
    }

    /// Takes in everything that a file holds, and answers it. Of a box that was shut out only what became
    /// of orders.
    fn take_frames<W: Write>(
        &self,
        file: &File,
        out: &mut FrameWriter<W>,
        taken: &mut CarriedIn,
    ) -> Result<(), CarryError> {
        let from = taken.from;
        let mut frames = self.frames(file)?;
        let mut images = Vec::new();
        loop {
            match frames.frame()?.0 {
                Frame::Outcomes(told) => {
                    self.storage().hear(from, &told, self.now().wall)?;
                    out.frame(&Frame::Outcomes(told))?;
                }
                Frame::Records(_) if taken.lost => {}
                Frame::Image { size, .. } if taken.lost => {
                    frames.image(size, |_| Ok::<_, FrameError>(()))?;
                }
                Frame::Records(mut records) => {
                    for bundle in records.records.extract_if(.., |one| one.kind == CARRIED_KIND) {
                        let answers = vec![self.take_carried_support(from, &bundle)?];
                        out.frame(&Frame::Answers(Answers { answers }))?;
                    }
                    tell(out, taken, self.take(from, &records.records)?)?;
                }
                Frame::Image { seq, hash, size } => {
                    images.extend(self.image(from, &mut frames, seq, &hash, size)?);
                    if images.len() >= ANSWERS_MAX {
                        tell(out, taken, std::mem::take(&mut images))?;
                    }
                }
                Frame::End { .. } => break,
                Frame::Box { .. }
                | Frame::Portal { .. }
                | Frame::Answers(_)
                | Frame::Orders(_)
                | Frame::Welcome(_) => {}
            }
        }
        Ok(tell(out, taken, images)?)
    }

    /// Writes what waits for a box, what presses first; gives how many there are.
    fn orders_down<W: Write>(
        &self,
        to: KeyId,
        lost: bool,
        out: &mut FrameWriter<W>,
    ) -> Result<usize, CarryError> {
        let only = lost.then_some(OrderKind::Wipe);
        let orders = self.storage().carried_orders(to, CARRIED_ORDER_BYTES, only)?;
        let (mut list, mut size) = (Vec::new(), 0);
        for order in &orders {
            size += order.body.reveal().len();
            list.push(SignedOrder::of(order));
            if size > ORDERS_BYTES_MAX {
                let full = std::mem::take(&mut list);
                out.frame(&Frame::Orders(OrderList { orders: full, more: true }))?;
                size = 0;
            }
        }
        if !list.is_empty() {
            out.frame(&Frame::Orders(OrderList { orders: list, more: false }))?;
        }
        Ok(orders.len())
    }

    /// Accepts the key that a box wants to have; gives it.
    fn told_next(&self, head: &Head) -> Result<Option<PublicKey>, StorageError> {
        let Some(next) = head.next else { return Ok(None) };
        let links: Vec<KeyLink> = head.chain.iter().copied().chain([next]).collect();
        self.accept_key(head.from, &links)
    }

    /// The file as it is now, in a place of the portal's own, where it is gone when it is closed.
    fn copied(&self, file: &Path) -> Result<File, CarryError> {
        let name: [u8; 16] = keys::random().map_err(io::Error::other)?;
        let path = self.storage().incoming().join(format!("carried-{}", Hex(&name)));
        let mut options = File::options();
        let mut copy = options.read(true).write(true).create_new(true).mode(0o600).open(&path)?;
        fs::remove_file(&path)?;
        io::copy(&mut File::open(file)?, &mut copy)?;
        Ok(copy)
    }

    fn frames<'a>(&self, mut file: &'a File) -> Result<FrameReader<impl Read + 'a>, CarryError> {
        file.rewind()?;
        let file = BufReader::new(file);
        Ok(FrameReader::new(self.inner.reader.reader(file).ok_or(CarryError::Foreign)?))
    }

    /// Reads a file to its end without taking anything: it is whole, and signed by the box it names.
    fn sound(&self, file: &File) -> Result<Head, CarryError> {
        let mut frames = self.frames(file)?;
        let head = head(frames.frame()?.0)?;
        loop {
            let (frame, hash) = frames.frame()?;
            match frame {
                Frame::Records(_) | Frame::Outcomes(_) => {}
                Frame::Image { size, .. } if size <= IMAGE_BYTES_MAX => {
                    frames.image(size, |_| Ok::<_, FrameError>(()))?;
                }
                Frame::End { signature } => {
                    let signature = Signature::parse(&signature).ok_or(FrameError::Nonsense)?;
                    let meant = self.is_meant(|portal| {
                        let text = carried_text(portal, CarriedWay::From(head.from), hash);
                        signed_by(&head.key, &text, &signature)
                    });
                    let sound = meant && frames.is_at_end()?;
                    return if sound { Ok(head) } else { Err(CarryError::Foreign) };
                }
                _ => return Err(FrameError::Nonsense.into()),
            }
        }
    }

    /// Lets a known box in by its key, and a new one by its code. One that was shut out is let in as far as
    /// it has to hear that it is to wipe itself.
    fn admit(&self, head: &Head) -> Result<Admitted, CarryError> {
        let Head { from, key, chain, .. } = head;
        let state = self.storage().box_state(*from)?;
        let again = match (&state, &head.enrol) {
            (BoxState::Revoked(_), Some(enrol)) => {
                self.enrol(&enrol.code, (key, chain), &enrol.name)?;
                self.storage().box_state(*from)?
            }
            _ => state,
        };
        match (again, &head.enrol) {
            (BoxState::Enrolled(known), _) => {
                if known != *key {
                    // Its keys lead on from the one that is known; a file from before they did, does not.
                    self.accept_key(*from, chain)?;
                }
                let may = self.may_speak(*from, key)?;
                if may { Ok(Admitted::Box) } else { Err(CarryError::OldKey) }
            }
            (BoxState::Revoked(_), _) if !self.may_speak(*from, key)? => Err(CarryError::OldKey),
            (BoxState::Revoked(_), _) => {
                let wipe = self.storage().carried_orders(
                    *from,
                    CARRIED_ORDER_BYTES,
                    Some(OrderKind::Wipe),
                )?;
                if wipe.is_empty() { Err(CarryError::Revoked) } else { Ok(Admitted::Lost) }
            }
            (BoxState::Unknown, Some(enrol))
                if self.enrol(&enrol.code, (key, chain), &enrol.name)? =>
            {
                Ok(Admitted::Box)
            }
            (BoxState::Unknown, _) => Err(CarryError::NotEnrolled),
        }
    }

    /// Takes in an image as far as it is not there yet. No answer where it did not come together with what was
    /// there: the file may be good, and the next one brings it.
    pub(super) fn image(
        &self,
        from: KeyId,
        frames: &mut FrameReader<impl Read>,
        seq: i64,
        hash: &str,
        size: u64,
    ) -> Result<Option<Answer>, CarryError> {
        let digest = Sha256Digest::parse(hash).filter(|_| seq >= 1 && size >= 1);
        let digest = digest.ok_or(FrameError::Nonsense)?;
        let image = (Seq(seq), digest, size);
        let (mut held, mut receipt) = match self.take_image(from, image, 0, &[]) {
            Err(StorageError::TooManyContents) => {
                frames.image(size, |_| Ok::<_, CarryError>(()))?;
                let refused = Some("too_many_contents".to_owned());
                return Ok(Some(Answer { seq, receipt: None, refused }));
            }
            begun => begun?,
        };
        let (mut at, mut alone) = (0, held == 0);
        frames.image(size, |piece| {
            let end = at + piece.len() as u64;
            // What came over a link before, or from an earlier file, is there already. Where the image began
            // anew meanwhile, its beginning is gone by: it comes with the link or the next file.
            let known = |held: u64| usize::try_from(held.checked_sub(at)?).ok();
            alone &= known(held).is_some() || receipt.is_some();
            // Where a link was quicker meanwhile, the answer says so, and the rest of the piece follows.
            while let (None, Some(new @ [_, ..])) =
                (&receipt, known(held).and_then(|known| piece.get(known..)))
            {
                let before = held;
                (held, receipt) = self.take_image(from, image, held, new)?;
                if held <= before {
                    break;
                }
            }
            at = end;
            Ok::<_, CarryError>(())
        })?;
        let refused = receipt.is_none().then(|| "wrong_hash".to_owned());
        Ok((alone || receipt.is_some()).then_some(Answer { seq, receipt, refused }))
    }
}

/// Reads the first frame of a box's file. Its name must be that of the first of its keys.
fn head(frame: Frame) -> Result<Head, CarryError> {
    let Frame::Box { key, recipient, enrol, hello, id, chain, next, knows } = frame else {
        return Err(CarryError::Foreign);
    };
    let key = PublicKey::parse(&key).ok_or(FrameError::Nonsense)?;
    let links = chain.iter().map(SignedLink::read).collect::<Option<Vec<_>>>();
    let chain = links.ok_or(FrameError::Nonsense)?;
    let from = name_of(&chain, &key, signed_by).ok_or(CarryError::Foreign)?;
    // A program from before keys could change says no name.
    if !id.is_empty() && KeyId::parse(&id) != Some(from) {
        return Err(CarryError::Foreign);
    }
    Ok(Head {
        from,
        key,
        chain,
        next: next.as_ref().and_then(SignedLink::read),
        knows,
        recipient: Recipient::parse(&recipient).ok_or(FrameError::Nonsense)?,
        enrol,
        hello,
    })
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
