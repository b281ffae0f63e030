//! Roll-outs as the portal carries them out: bundles that it keeps, rings of boxes, and who was asked.
//!
//! What comes next is decided in [`crate::domain::sync::rollout`]; here its moves become rows and orders.

use crate::domain::digest::Sha256Digest;
use crate::domain::people::PersonName;
use crate::domain::stamp::WallMs;
use crate::domain::sync::bundle::BundleOffer;
use crate::domain::sync::identity::{KeyId, Signature};
use crate::domain::sync::order::{Asked, OrderRefusal, PortalSetting, text};
use crate::domain::sync::rollout::{Fate, Member, Move, Ring, Rules, State, Trouble, Word, next};
use crate::domain::update::ReleaseVersion;
use crate::portal::orders::{NewOrder, OrderSigner};
use crate::portal::{Portal, StorageError};
use crate::wire::messages::ProgramTold;

/// Bytes of a piece in which bundles are kept.
pub const PIECE_BYTES: usize = 64 * 1024;
/// Most moves of one roll-out in one look.
const MOVES_MAX: usize = 8;

/// What is rolled out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum What {
    /// A program, with or without model packs.
    Bundle(BundleOffer),
    /// Settings that a portal may change.
    Settings(Vec<(PortalSetting, String)>),
}

impl What {
    /// Whether two cannot be under way at the same time.
    #[must_use]
    pub fn meets(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Bundle(one), Self::Bundle(other)) => one.target == other.target,
            (Self::Settings(one), Self::Settings(other)) => {
                one.iter().any(|(name, _)| other.iter().any(|(also, _)| name == also))
            }
            (Self::Bundle(_), Self::Settings(_)) | (Self::Settings(_), Self::Bundle(_)) => false,
        }
    }
}

/// A roll-out about to begin.
#[derive(Clone, Debug)]
pub struct NewRollout {
    /// What.
    pub what: What,
    /// Who begins it.
    pub by: PersonName,
    /// When a ring counts as well.
    pub rules: Rules,
}

/// A roll-out.
#[derive(Clone, Debug)]
pub struct Rollout {
    /// Its number, from 1.
    pub id: u64,
    /// What.
    pub what: What,
    /// Who began it.
    pub by: PersonName,
    /// When.
    pub at: WallMs,
    /// When a ring counts as well.
    pub rules: Rules,
    /// Where it stands.
    pub state: State,
    /// The ring that it has come to.
    pub ring: Ring,
    /// Counts its moves.
    pub changes: u64,
    /// Nothing is left to take back.
    pub settled: bool,
}

/// A box as a roll-out meets it.
#[derive(Clone, Debug)]
pub struct BoxRow {
    /// Which box.
    pub id: KeyId,
    /// What its site is called; may be empty.
    pub name: String,
    /// Its ring.
    pub ring: Ring,
    /// When it last spoke.
    pub seen: Option<WallMs>,
    /// Version of its program, as it said last; empty: it never spoke.
    pub version: String,
    /// Which program it is; `None`: it has not said so.
    pub program: Option<ProgramTold>,
    /// The order by which it was asked; `None`: it was not.
    pub asked: Option<AskedRow>,
}

/// How it stands with the order of a box.
#[derive(Clone, Debug)]
pub struct AskedRow {
    /// Number of the order.
    pub number: u64,
    /// Code of what became of it; `None`: nothing heard.
    pub outcome: Option<String>,
    /// Why it was refused; empty unless it was.
    pub reason: String,
    /// 1: to be let be for now; 2: for good.
    pub recalled: u32,
    /// On time of the box when it was first heard of as done, milliseconds.
    pub done_on_ms: Option<u64>,
    /// Somebody has looked at what is wrong.
    pub excused: bool,
}

impl BoxRow {
    /// What became of it there.
    #[must_use]
    pub fn fate(&self, what: &What) -> Fate {
        let bundle = match what {
            What::Bundle(offer) => Some(offer),
            What::Settings(_) => None,
        };
        let target = self.program.as_ref().map(|program| program.target.as_str());
        let Some(asked) = &self.asked else {
            let other = bundle.zip(target).is_some_and(|(bundle, target)| bundle.target != target);
            return if other {
                Fate::PassedOver(OrderRefusal::OtherMachine)
            } else {
                Fate::Unasked
            };
        };
        let is_back = |said: &str, than: fn(&ReleaseVersion, &ReleaseVersion) -> bool| {
            let said = ReleaseVersion::parse(said);
            said.zip(bundle).is_some_and(|(said, bundle)| than(&said, &bundle.version))
        };
        let failed = self.program.as_ref().map_or("", |program| program.failed.as_str());
        match asked.outcome.as_deref() {
            // It ran, and somebody or something went back since.
            Some("done") if is_back(&self.version, |said, bundle| said < bundle) => {
                Fate::Failed(OrderRefusal::WentBack)
            }
            Some("done") => {
                let on_ms = self.program.as_ref().map_or(0, |program| program.on_ms);
                let on_ms = asked.done_on_ms.map_or(0, |since| on_ms.saturating_sub(since));
                Fate::Taken { on_ms }
            }
            Some("refused") => {
                let why = OrderRefusal::parse(&asked.reason).unwrap_or(OrderRefusal::Unreadable);
                Fate::of_refusal(why)
            }
            Some("withdrawn") => Fate::Unasked,
            Some(_) if is_back(failed, |said, bundle| said == bundle) => {
                Fate::Failed(OrderRefusal::WentBack)
            }
            _ if asked.recalled > 0 => Fate::Unasked,
            Some(_) => Fate::Waiting,
            None => Fate::Asked,
        }
    }

    /// The same for the machine that decides.
    #[must_use]
    pub fn member(&self, what: &What) -> Member {
        let excused = self.asked.as_ref().is_some_and(|asked| asked.excused);
        Member { id: self.id, ring: self.ring, seen: self.seen, fate: self.fate(what), excused }
    }
}

/// Something that happened to a roll-out.
#[derive(Clone, Debug)]
pub struct RolloutEvent {
    /// When.
    pub at: WallMs,
    /// Who did it; empty: the portal by its rule.
    pub by: String,
    /// What; a code: `begun`, `ring`, or the code of a [`State`].
    pub kind: String,
    /// Because of which box.
    pub box_id: Option<KeyId>,
    /// The ring, or what is wrong with the box.
    pub detail: String,
}

/// A change of a roll-out.
#[derive(Clone, Debug)]
pub struct Change {
    /// Where it stands afterwards.
    pub state: State,
    /// Its ring afterwards.
    pub ring: Ring,
    /// Everything that is wrong so far was looked at.
    pub excuse: Vec<KeyId>,
    /// What is written down.
    pub event: RolloutEvent,
}

/// How a box is asked to let a bundle be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Recall {
    /// For now: its bytes stay.
    ForNow,
    /// For good.
    ForGood,
}

/// Bundles, rings and roll-outs of a portal's storage.
pub trait RolloutStorage {
    /// Keeps a piece of a bundle; a repetition changes nothing.
    ///
    /// # Errors
    /// [`StorageError`], as for every call.
    fn keep_piece(&self, hash: Sha256Digest, number: u64, bytes: &[u8])
    -> Result<(), StorageError>;

    /// Keeps what a bundle is, all of whose pieces are kept; `false`: it was there already.
    ///
    /// # Errors
    /// [`StorageError`].
    fn keep_bundle(&self, offer: &BundleOffer, at: WallMs) -> Result<bool, StorageError>;

    /// All bundles, the newest first.
    ///
    /// # Errors
    /// [`StorageError`].
    fn bundles(&self) -> Result<Vec<(BundleOffer, WallMs)>, StorageError>;

    /// Bytes of a bundle from `from` on, at most so many and perhaps fewer; `None`: there is no such bundle,
    /// or it does not go so far.
    ///
    /// # Errors
    /// [`StorageError`].
    fn bundle_bytes(
        &self,
        hash: Sha256Digest,
        from: u64,
        most: u64,
    ) -> Result<Option<Vec<u8>>, StorageError>;

    /// Puts a box into a ring.
    ///
    /// # Errors
    /// [`StorageError`].
    fn set_ring(&self, id: KeyId, ring: Ring) -> Result<(), StorageError>;

    /// Keeps which program a box is.
    ///
    /// # Errors
    /// [`StorageError`].
    fn hear_program(&self, id: KeyId, told: &ProgramTold) -> Result<(), StorageError>;

    /// Begins a roll-out and gives its number; `Err` with the number of an open one that it meets.
    ///
    /// # Errors
    /// [`StorageError`].
    fn begin_rollout(&self, new: &NewRollout, at: WallMs)
    -> Result<Result<u64, u64>, StorageError>;

    /// Roll-outs, the newest first: those that still need looking at, or the last ones of all.
    ///
    /// # Errors
    /// [`StorageError`].
    fn rollouts(&self, unsettled: bool) -> Result<Vec<Rollout>, StorageError>;

    /// Every box that may speak, with what a roll-out asked of it; `None`: of no roll-out.
    ///
    /// # Errors
    /// [`StorageError`].
    fn boxes_of(&self, rollout: Option<u64>) -> Result<Vec<BoxRow>, StorageError>;

    /// What happened to a roll-out, the oldest first.
    ///
    /// # Errors
    /// [`StorageError`].
    fn rollout_events(&self, rollout: u64) -> Result<Vec<RolloutEvent>, StorageError>;

    /// Changes a roll-out; `false`: somebody else has meanwhile, and nothing happens.
    ///
    /// # Errors
    /// [`StorageError`].
    fn change_rollout(&self, rollout: &Rollout, change: &Change) -> Result<bool, StorageError>;

    /// Nothing is left to take back of it.
    ///
    /// # Errors
    /// [`StorageError`].
    fn settle_rollout(&self, id: u64) -> Result<(), StorageError>;

    /// Asks a box, unless it was asked meanwhile or the roll-out does not run any more.
    ///
    /// # Errors
    /// [`StorageError`].
    fn ask_box(
        &self,
        rollout: u64,
        to: KeyId,
        order: &NewOrder,
        sign: &OrderSigner<'_>,
    ) -> Result<(), StorageError>;

    /// Asks a box to let it be: an order that it has not heard of is not given to it, and for a bundle
    /// another order follows.
    ///
    /// # Errors
    /// [`StorageError`].
    fn recall_box(
        &self,
        rollout: u64,
        from: KeyId,
        how: Recall,
        order: Option<(&NewOrder, &OrderSigner<'_>)>,
    ) -> Result<(), StorageError>;
}

/// What became of a person's word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Heard {
    /// Done.
    Done,
    /// There is no such roll-out.
    Unknown,
    /// It stands where the word has no meaning.
    Meaningless,
}

impl Portal {
    /// Begins a roll-out at ring 0; `Err` with the number of an open one that it meets.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn roll_out(&self, new: &NewRollout) -> Result<Result<u64, u64>, StorageError> {
        let begun = self.storage().begin_rollout(new, self.now().wall)?;
        if begun.is_ok() {
            self.look_at_rollouts()?;
        }
        Ok(begun)
    }

    /// What an administrator says to a roll-out.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn say_to_rollout(
        &self,
        id: u64,
        word: Word,
        by: &PersonName,
    ) -> Result<Heard, StorageError> {
        for _ in 0..MOVES_MAX {
            let all = self.storage().rollouts(false)?;
            let Some(rollout) = all.into_iter().find(|one| one.id == id) else {
                return Ok(Heard::Unknown);
            };
            let Some(state) = rollout.state.by(word) else { return Ok(Heard::Meaningless) };
            let after = rollout.ring.after().filter(|_| word == Word::NextRing);
            if word == Word::NextRing && after.is_none() {
                return Ok(Heard::Meaningless);
            }
            let (kind, detail) = match after {
                Some(ring) => ("ring", ring.number().to_string()),
                None => (state.code(), String::new()),
            };
            let excuse = match word {
                Word::GoOn => self.in_trouble(&rollout)?,
                Word::Hold | Word::NextRing | Word::Withdraw => Vec::new(),
            };
            let event = RolloutEvent {
                at: self.now().wall,
                by: by.as_str().to_owned(),
                kind: kind.to_owned(),
                box_id: None,
                detail,
            };
            let ring = after.unwrap_or(rollout.ring);
            if self.storage().change_rollout(&rollout, &Change { state, ring, excuse, event })? {
                self.look_at_rollouts()?;
                return Ok(Heard::Done);
            }
        }
        Ok(Heard::Meaningless)
    }

    /// Boxes that are not well, of which nobody has said yet that they were looked at.
    fn in_trouble(&self, rollout: &Rollout) -> Result<Vec<KeyId>, StorageError> {
        let (rules, now) = (rollout.rules, self.now().wall);
        let rows = self.storage().boxes_of(Some(rollout.id))?;
        let members = rows.iter().map(|row| row.member(&rollout.what));
        Ok(members.filter(|one| one.trouble(rules, now).is_some()).map(|one| one.id).collect())
    }

    /// Looks at every roll-out, and makes the moves that are due.
    ///
    /// # Errors
    /// [`StorageError`]; what was done before holds.
    pub fn look_at_rollouts(&self) -> Result<(), StorageError> {
        for _ in 0..MOVES_MAX {
            let mut moved = false;
            for rollout in self.storage().rollouts(true)? {
                moved |= match rollout.state {
                    State::Running => self.move_on(&rollout)?,
                    State::Held | State::Stopped => self.recall(&rollout, Recall::ForNow)?,
                    State::Withdrawn => self.recall(&rollout, Recall::ForGood)?,
                    State::Finished => false,
                };
            }
            if !moved {
                return Ok(());
            }
        }
        Ok(())
    }

    /// Makes the next move of a roll-out that runs; `false`: it waits.
    fn move_on(&self, rollout: &Rollout) -> Result<bool, StorageError> {
        let (rules, now) = (rollout.rules, self.now().wall);
        let rows = self.storage().boxes_of(Some(rollout.id))?;
        let members: Vec<Member> = rows.iter().map(|row| row.member(&rollout.what)).collect();
        let (state, ring, kind, box_id, detail) = match next(rollout.ring, &members, rules, now) {
            Move::Wait(_) => return Ok(false),
            Move::Ask(ids) => {
                for id in ids {
                    self.ask_in(rollout, id)?;
                }
                return Ok(true);
            }
            Move::Stop(id, trouble) => {
                tracing::warn!(rollout = rollout.id, box_id = %id, trouble = trouble.code(),
                    "a roll-out has stopped: a box is not well");
                let code = trouble.code().to_owned();
                (State::Stopped, rollout.ring, State::Stopped.code(), Some(id), code)
            }
            Move::Advance(ring) => (State::Running, ring, "ring", None, ring.number().to_string()),
            Move::Finish => {
                (State::Finished, rollout.ring, State::Finished.code(), None, String::new())
            }
        };
        let kind = kind.to_owned();
        let event = RolloutEvent { at: now, by: String::new(), kind, box_id, detail };
        let change = Change { state, ring, excuse: Vec::new(), event };
        self.storage().change_rollout(rollout, &change)?;
        Ok(true)
    }

    fn ask_in(&self, rollout: &Rollout, to: KeyId) -> Result<(), StorageError> {
        let asked = match &rollout.what {
            What::Bundle(offer) => Asked::Bundle(rollout.by.clone(), offer.clone()),
            What::Settings(values) => Asked::Settings(rollout.by.clone(), values.clone()),
        };
        let order = NewOrder::of(&asked, self.now().wall);
        self.storage().ask_box(rollout.id, to, &order, &self.order_signer(to, &order))
    }

    /// Takes it back from every box that has not done it yet.
    fn recall(&self, rollout: &Rollout, how: Recall) -> Result<bool, StorageError> {
        let least = match how {
            Recall::ForNow => 1,
            Recall::ForGood => 2,
        };
        for row in self.storage().boxes_of(Some(rollout.id))? {
            let Some(asked) = &row.asked else { continue };
            let undone = matches!(asked.outcome.as_deref(), None | Some("waiting" | "kept"));
            // Its bytes may still lie there from when it was to be let be for now.
            let kept = how == Recall::ForGood && asked.recalled == 1;
            if asked.recalled >= least || !(undone || kept) {
                continue;
            }
            match &rollout.what {
                What::Settings(_) => self.storage().recall_box(rollout.id, row.id, how, None)?,
                What::Bundle(offer) => {
                    let (by, keep) = (rollout.by.clone(), how == Recall::ForNow);
                    let asked = Asked::WithdrawBundle { by, hash: offer.hash, keep };
                    let order = NewOrder::of(&asked, self.now().wall);
                    let sign = self.order_signer(row.id, &order);
                    let order: (&NewOrder, &OrderSigner<'_>) = (&order, &sign);
                    self.storage().recall_box(rollout.id, row.id, how, Some(order))?;
                }
            }
        }
        if how == Recall::ForGood {
            self.storage().settle_rollout(rollout.id)?;
        }
        Ok(false)
    }

    /// Signs an order for a box, by its number.
    pub(super) fn order_signer(&self, to: KeyId, order: &NewOrder) -> impl Fn(u64) -> Signature {
        let keys = self.keyring();
        let (kind, hash, at) = (order.kind.code(), order.hash, order.at);
        move |number| {
            let key = keys.key();
            key.sign(&text(&key.public(), to, (number, kind, hash, at)))
        }
    }

    /// Everything that is wrong with boxes of a roll-out now.
    #[must_use]
    pub fn troubles(&self, rollout: &Rollout, rows: &[BoxRow]) -> Vec<(KeyId, Trouble)> {
        let now = self.now().wall;
        let members = rows.iter().map(|row| row.member(&rollout.what));
        members.filter_map(|one| Some((one.id, one.trouble(rollout.rules, now)?))).collect()
    }
}

#[cfg(test)]
#[path = "rollout_tests.rs"]
mod tests;
