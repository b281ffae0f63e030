//! Files that people carry: everything that waits for the portal goes into one, its answer comes back.
//!
//! Nothing counts as sent because it was written: records keep waiting until their receipts are here,
//! whichever way they come.

use std::io::{self, Write};

use crate::app::sync::hello::hello;
use crate::app::sync::keys::{of_key, portal, switch};
use crate::app::sync::orders::{Untold, arrived};
use crate::app::sync::{ENROLLED, UNPACKED_MAX};
use crate::app::sync::{announce, contact_was, content, own_keys, support};
use crate::app::{App, Inner};
use crate::domain::fault::Fault;
use crate::domain::ids::Seq;
use crate::domain::site::Site;
use crate::domain::stamp::Stamp;
use crate::domain::sync::identity::{CarriedWay, KeyId, PublicKey, Signature, carried_text};
use crate::domain::sync::keys::PortalKeys;
use crate::domain::sync::plan::Waiting;
use crate::domain::sync::{QueueDepth, RecordKind};
use crate::domain::view::Health;
use crate::keys::rotation::BoxKeys;
use crate::keys::sealed::{Identity, Recipient};
use crate::keys::sms::SmsPublicKey;
use crate::keys::{KeyError, signed_by};
use crate::store::{Folder, Store, StoreError};
use crate::sync::{PortalSettings, enrolment, receipt, short};
use crate::wire::carry::{Frame, FrameReader, FrameWriter};
use crate::wire::fhir::BoxFacts;
use crate::wire::messages::{Answer, Records, SignedLink, SignedOrder, ToldOutcome};

/// What a page about carrying shows.
#[derive(Clone, Copy, Debug)]
pub struct CarryState {
    /// The portal has a key for what is carried.
    pub possible: bool,
    /// What waits.
    pub depth: QueueDepth,
}

/// What an answer brought.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct CarriedBack {
    /// Records that have their receipt now.
    pub receipts: usize,
    /// Records that the portal refused.
    pub refused: usize,
    /// Orders that were taken in, whether or not they had come another way before.
    pub orders: usize,
}

impl App {
    /// Whether anything can be carried, and what waits.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn carry_state(&self) -> Result<CarryState, Fault> {
        let possible = self.carrying().is_ok();
        let depth = self.blocking(|inner| inner.store.sync_depth()).await?;
        Ok(CarryState { possible, depth })
    }

    /// Whether files can be carried to the portal at all.
    ///
    /// # Errors
    /// [`Fault::CarryUnset`].
    pub fn carrying(&self) -> Result<(PortalSettings, Recipient), Fault> {
        let settings = self.inner.sync.settings.clone().ok_or(Fault::CarryUnset)?;
        let recipient = settings.recipient.clone().ok_or(Fault::CarryUnset)?;
        Ok((settings, recipient))
    }

    /// Writes everything that waits, encrypted to the portal; without the radiographs if they are to
    /// stay. A file that is not whole is refused by the portal and does no harm.
    ///
    /// # Errors
    /// [`Fault::CarryUnset`], or when the database, a key or `to` fails.
    pub async fn carry_out(
        &self,
        images: bool,
        to: impl Write + Send + 'static,
    ) -> Result<(), Fault> {
        let (settings, recipient) = self.carrying()?;
        let (site, at, health) = (self.site(), self.now(), self.health().await?);
        let work = move |inner: &Inner| {
            let store = &inner.store;
            let leaving = Leaving { store, settings: &settings, site, health, at, images };
            leaving.write(&recipient, to).map_err(StoreError::from)
        };
        self.blocking(work).await
    }

    /// Takes in the portal's answer to a file. Only the portal's own answer to this box is taken, and only a
    /// whole one; the same one again does what could not be done before, and changes nothing else.
    ///
    /// # Errors
    /// [`Fault::CarryUnset`], [`Fault::CarryForeign`], or when the database fails.
    pub async fn carry_back(&self, sealed: Vec<u8>) -> Result<CarriedBack, Fault> {
        let (settings, _) = self.carrying()?;
        let at = self.now();
        self.blocking(move |inner| {
            let keys = own_keys(&inner.store).map_err(|error| of_key(&error))?;
            let reader = reading_key(&inner.store).map_err(|error| of_key(&error))?;
            let portal = portal(&inner.store, &settings)?;
            let answer = read_answer(&portal, keys.name(), &reader, &sealed);
            let answer = answer.ok_or(Fault::CarryForeign)?;
            keep(inner, &settings, keys.name(), answer, at)
        })
        .await
    }
}

fn of_write(error: &io::Error) -> Fault {
    tracing::warn!(%error, "what waits could not be written to its end");
    Fault::Internal
}

/// The key that opens what is for this box alone: what is carried back, and the key of a certificate.
pub(super) fn reading_key(store: &Store) -> Result<Identity, KeyError> {
    Identity::open_or_make(&store.dir().join("keys").join("carry.key"))
}

/// Why the file could not be written: the store's fault, or its reader's.
enum Cut {
    Store(StoreError),
    Write(io::Error),
}

impl From<StoreError> for Cut {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

impl From<Fault> for Cut {
    fn from(fault: Fault) -> Self {
        Self::Store(fault.into())
    }
}

impl From<io::Error> for Cut {
    fn from(error: io::Error) -> Self {
        Self::Write(error)
    }
}

impl From<Cut> for StoreError {
    fn from(cut: Cut) -> Self {
        match cut {
            Cut::Store(error) => error,
            Cut::Write(error) => of_write(&error).into(),
        }
    }
}

/// Everything that a file is made from.
struct Leaving<'a> {
    store: &'a Store,
    settings: &'a PortalSettings,
    site: Site,
    health: Health,
    at: Stamp,
    images: bool,
}

impl Leaving<'_> {
    fn write(&self, recipient: &Recipient, to: impl Write) -> Result<(), Cut> {
        let keys = own_keys(self.store).map_err(|error| of_key(&error))?;
        let reader = reading_key(self.store).map_err(|error| of_key(&error))?;
        let portal = portal(self.store, self.settings)?;
        let mut out = FrameWriter::new(recipient.writer(to)?);
        out.frame(&self.head(&keys, &portal, &reader)?)?;
        let told = Untold::of(self.store, &portal.name())?.told();
        if !told.is_empty() {
            out.frame(&Frame::Outcomes(told))?;
        }
        self.records(keys.name(), &mut out)?;
        for bundle in support::carried(self.store, &portal.name(), self.at)? {
            out.frame(&Frame::Records(Records { records: vec![bundle] }))?;
        }
        let way = CarriedWay::From(keys.name());
        let sign = |hash| keys.key().sign(&carried_text(&portal.newest(), way, hash));
        let sealed = out.end(sign)?;
        sealed.finish()?.flush()?;
        Ok(())
    }

    fn head(
        &self,
        keys: &BoxKeys,
        portal: &PortalKeys,
        reader: &Identity,
    ) -> Result<Frame, StoreError> {
        self.store.choose_portal(&portal.name())?;
        // Also when it is enrolled: it may have been shut out since, and be let in by a new code.
        let code = self.settings.code.clone();
        Ok(Frame::Box {
            key: keys.key().public().to_string(),
            recipient: reader.recipient().to_string(),
            enrol: code.map(|code| enrolment(keys, code, self.site.name.clone())),
            hello: hello(self.store, self.site.name.clone(), &self.health)?,
            id: keys.name().to_string(),
            chain: keys.chain().iter().map(SignedLink::of).collect(),
            next: keys.link().as_ref().map(SignedLink::of),
            knows: portal.newest().to_string(),
        })
    }

    /// Everything that waits, in the order in which a link would carry it.
    fn records<W: Write>(&self, id: KeyId, out: &mut FrameWriter<W>) -> Result<(), Cut> {
        let site = &self.site;
        let facts = BoxFacts::of(id, site.name.clone()).at(site.utc_offset_minutes);
        let mut after = None;
        loop {
            let window = self.store.sync_window_after(after.as_ref())?;
            let Some(last) = window.last().copied() else { return Ok(()) };
            after = Some(last);
            let (images, others): (Vec<Waiting>, Vec<Waiting>) =
                window.into_iter().partition(|one| one.kind == RecordKind::Image);
            let seqs: Vec<Seq> = others.iter().map(|one| one.seq).collect();
            for seq in &seqs {
                content::seal(self.store, &facts, *seq, self.at)?;
            }
            self.bodies(&seqs, out)?;
            if images.is_empty() {
                continue;
            }
            // Lanes follow one another: after the first image there are only images.
            if !self.images {
                return Ok(());
            }
            for image in images {
                self.image(image.seq, out)?;
            }
        }
    }

    fn bodies<W: Write>(&self, seqs: &[Seq], out: &mut FrameWriter<W>) -> Result<(), Cut> {
        let mut frame = Records { records: Vec::new() };
        let mut size = 0;
        for record in self.store.sealed_records(seqs)? {
            let Some(record) = content::unpacked(&record) else {
                self.store.sync_park(record.seq, "body_damaged")?;
                continue;
            };
            size += record.body.len();
            frame.records.push(record.into());
            if size > UNPACKED_MAX {
                let full = std::mem::replace(&mut frame, Records { records: Vec::new() });
                out.frame(&Frame::Records(full))?;
                size = 0;
            }
        }
        if !frame.records.is_empty() {
            out.frame(&Frame::Records(frame))?;
        }
        Ok(())
    }

    fn image<W: Write>(&self, seq: Seq, out: &mut FrameWriter<W>) -> Result<(), Cut> {
        let Some((digest, _)) = self.store.image_record(seq)? else { return Ok(()) };
        let bytes = match self.store.file(Folder::Radiographs, digest) {
            Ok(bytes) => bytes,
            Err(StoreError::Corrupt { .. }) => {
                return Ok(self.store.sync_park(seq, "file_damaged")?);
            }
            Err(error) => return Err(error.into()),
        };
        let size = bytes.len() as u64;
        out.frame(&Frame::Image { seq: seq.0, hash: digest.to_string(), size })?;
        Ok(out.bytes(&bytes)?)
    }
}

/// What an answer holds.
#[derive(Default)]
struct Brought {
    answers: Vec<Answer>,
    orders: Vec<SignedOrder>,
    /// What became of orders, as the portal knows it now.
    heard: Vec<ToldOutcome>,
    /// The key by which the portal accepts the box from now on.
    rotated: Option<PublicKey>,
    /// For whom text messages are sealed.
    sms_key: Option<SmsPublicKey>,
}

/// What is in a file, if this portal wrote it for this box and it is whole.
fn read_answer(
    portal: &PortalKeys,
    box_id: KeyId,
    reader: &Identity,
    sealed: &[u8],
) -> Option<Brought> {
    let mut frames = FrameReader::new(reader.reader(sealed)?);
    let (Frame::Portal { key, to, rotated }, _) = frames.frame().ok()? else { return None };
    let key = PublicKey::parse(&key).filter(|key| portal.pinned().contains(key))?;
    if KeyId::parse(&to) != Some(box_id) {
        return None;
    }
    let mut found = Brought { rotated: PublicKey::parse(&rotated), ..Brought::default() };
    loop {
        match frames.frame().ok()? {
            (Frame::Answers(more), _) => found.answers.extend(more.answers),
            (Frame::Orders(more), _) => found.orders.extend(more.orders),
            (Frame::Outcomes(heard), _) => found.heard.extend(heard),
            // What the portal holds is compared over a link, where the records can follow at once.
            (Frame::Welcome(welcome), _) => {
                found.sms_key = welcome.sms_key.as_deref().and_then(SmsPublicKey::parse);
            }
            (Frame::End { signature }, hash) => {
                let text = carried_text(&key, CarriedWay::To(box_id), hash);
                let signature = Signature::parse(&signature)?;
                let sound = signed_by(&key, &text, &signature);
                return (sound && frames.is_at_end().ok()?).then_some(found);
            }
            _ => return None,
        }
    }
}

fn keep(
    inner: &Inner,
    settings: &PortalSettings,
    box_id: KeyId,
    brought: Brought,
    at: Stamp,
) -> Result<CarriedBack, StoreError> {
    let store = &inner.store;
    // Orders first: one of them may announce the key by which the others and the receipts are signed. One that
    // cannot be taken in comes again; the receipts do not wait for it.
    let (mut orders, mut left, mut wipe) = (0, false, false);
    for order in brought.orders {
        let portal = portal(store, settings)?;
        match arrived(inner, &portal, box_id, order, at) {
            Ok(asked) => {
                orders += 1;
                wipe |= asked;
            }
            Err(error) => {
                left = true;
                tracing::error!(%error, "an order in a carried file waits");
            }
        }
    }
    let portal = portal(store, settings)?;
    let mut receipts = Vec::new();
    let mut refused = 0;
    for answer in &brought.answers {
        let signed = answer.receipt.as_ref();
        let receipt = signed.and_then(|signed| receipt(&portal, box_id, Seq(answer.seq), signed));
        if answer.seq < 0 {
            let why = answer.refused.as_deref();
            support::answered(store, &portal.name(), (answer.seq, receipt, why), at)?;
            continue;
        }
        match receipt {
            Some(receipt) => receipts.push(receipt),
            // By a key that the order announces which waits, perhaps: the record goes again.
            None if left && answer.refused.is_none() => {}
            None => {
                let why = short(answer.refused.as_deref().unwrap_or("unreadable"));
                store.sync_park(Seq(answer.seq), &why)?;
                refused += 1;
            }
        }
    }
    store.keep_receipts(&portal.name(), &receipts, at)?;
    store.set_fact(ENROLLED, &portal.name().to_string())?;
    contact_was(store, at)?;
    announce::keep_reader(store, &portal.name(), brought.sms_key)?;
    let told = Untold::of(store, &portal.name())?.repeated(&brought.heard);
    told.heard(store, &portal.name())?;
    if let Some(key) = brought.rotated {
        switch(inner, &key)?;
    }
    if wipe {
        // Nobody can be told: the portal is somewhere else, and the keys go.
        inner.sync.wipe.notify_one();
    }
    Ok(CarriedBack { receipts: receipts.len(), refused, orders })
}
