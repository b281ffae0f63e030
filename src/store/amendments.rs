//! Rows of amendments that the portal proposes, and of what a physician of the box made of them.

use rusqlite::{Connection, OptionalExtension as _, Row, Transaction};

use crate::domain::digest::Sha256Digest;
use crate::domain::fault::Fault;
use crate::domain::ids::{OperatorId, StudyId};
use crate::domain::people::PersonName;
use crate::domain::report_text;
use crate::domain::signing::FreeText;
use crate::domain::stamp::{Stamp, WallMs};
use crate::domain::study::StudyState;
use crate::domain::sync::amendment::{Amendment, KeptAmendment, Settled};
use crate::domain::sync::identity::PublicKey;
use crate::domain::sync::order::{Order, OrderRefusal, Outcome};
use crate::store::Store;
use crate::store::alerts;
use crate::store::error::StoreError;
use crate::store::reports::{opinions_text, parse_opinions, versions};
use crate::store::sql::{digest, parsed, parsed_option, stamp, study_id};
use crate::store::studies::{Event, append_event, study_state};

/// A proposal by the keys of its order.
type Key = ([u8; 32], u64, [u8; 32]);

impl Store {
    /// Amendments proposed to a study's report, the oldest first.
    ///
    /// # Errors
    /// When the database fails.
    pub fn amendments(&self, study: StudyId) -> Result<Vec<KeptAmendment>, StoreError> {
        self.read(|db| {
            let mut select = db.prepare_cached(
                "select portal_amendment.*, answer.version as taken, answer.reason as declined, \
                 answer.wall_ms as answer_ms, answer.clock_trust as answer_trust, \
                 operator.name as who from portal_amendment \
                 left join amendment_answer as answer using (portal, number, hash) \
                 left join operator on operator.id = answer.operator_id \
                 where study_id = ?1 order by portal_amendment.wall_ms, portal_amendment.number",
            )?;
            let mut rows = select.query([study.as_bytes()])?;
            let mut found = Vec::new();
            while let Some(row) = rows.next()? {
                found.push(kept(row)?);
            }
            Ok(found)
        })
    }

    /// A physician declines a proposal, with a reason; the portal hears both.
    ///
    /// # Errors
    /// [`Fault::StudyChanged`] when it was answered already, [`Fault::PageUnknown`] when there is none, or
    /// when the database fails.
    pub fn decline_amendment(
        &self,
        study: StudyId,
        hash: Sha256Digest,
        reason: &FreeText,
        by: OperatorId,
        at: Stamp,
    ) -> Result<(), StoreError> {
        self.write(|tx| {
            let key = waiting(tx, study, hash)?;
            let declined = Outcome::Refused(OrderRefusal::Declined);
            answer(tx, key, (None, reason), by, at)?;
            tell(tx, key, declined, reason.as_str())?;
            let (kind, detail) = ("amendment_declined", hash.to_string());
            append_event(tx, &Event { study, photo: None, by: Some(by), kind, detail: &detail, at })
        })
    }
}

/// Keeps a proposal beside the signed report that it is about, in the transaction of its order. It changes
/// no report: it only waits, on top of the worklist.
pub(super) fn add(
    tx: &Transaction<'_>,
    portal: &PublicKey,
    order: &Order,
    amendment: &Amendment,
    at: Stamp,
) -> Result<Outcome, StoreError> {
    let study = amendment.study;
    let refused = |why| Ok(Outcome::Refused(why));
    let Some(state) = study_state(tx, study)? else { return refused(OrderRefusal::StudyUnknown) };
    let signed = versions(tx, study)?;
    let followed = signed.iter().find(|one| one.hash == amendment.follows);
    let (Some(followed), StudyState::Signed) = (followed, state) else {
        return refused(OrderRefusal::VersionUnknown);
    };
    tx.execute(
        "insert into portal_amendment (portal, number, hash, study_id, follows, radiograph, reader, \
         proposed_ms, opinions, conclusion, recommendation, reason, wall_ms, clock_trust) \
         values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)",
        (
            portal.as_bytes(),
            order.number,
            order.hash.as_bytes(),
            study.as_bytes(),
            amendment.follows.as_bytes(),
            amendment.radiograph.as_bytes(),
            amendment.reader.as_str(),
            amendment.at.0,
            opinions_text(&amendment.opinions),
            amendment.conclusion.as_str(),
            amendment.recommendation.as_str(),
            amendment.reason.as_str(),
            at.wall.0,
            at.trust.code(),
        ),
    )?;
    // The study moves on: an amendment that is being signed just now has not seen this.
    let (kind, detail) = ("amendment_proposed", order.hash.to_string());
    append_event(tx, &Event { study, photo: None, by: None, kind, detail: &detail, at })?;
    let before = report_text::read(followed.text.reveal()).map(|content| content.edits());
    let news = before.map_or_else(Vec::new, |before| amendment.news(&before));
    alerts::raise_by_portal(tx, study, &news, order.hash, at)?;
    Ok(Outcome::Waiting)
}

/// Notes which version of the box's own takes a proposal over, in the transaction that signs it.
pub(super) fn taken_over(
    tx: &Transaction<'_>,
    study: StudyId,
    hash: Sha256Digest,
    version: u32,
    by: OperatorId,
    at: Stamp,
) -> Result<(), StoreError> {
    let key = waiting(tx, study, hash)?;
    answer(tx, key, (Some(version), &FreeText::default()), by, at)?;
    tell(tx, key, Outcome::Done, "")
}

/// The keys of a proposal that nobody has answered.
fn waiting(db: &Connection, study: StudyId, hash: Sha256Digest) -> Result<Key, StoreError> {
    let select = "select portal, number, hash, exists (select 1 from amendment_answer as answer \
                  where answer.portal = one.portal and answer.number = one.number \
                  and answer.hash = one.hash) from portal_amendment as one \
                  where study_id = ?1 and hash = ?2 order by 4 limit 1";
    let found: Option<(Key, bool)> = db
        .query_row(select, (study.as_bytes(), hash.as_bytes()), |row| {
            Ok(((row.get(0)?, row.get(1)?, row.get(2)?), row.get(3)?))
        })
        .optional()?;
    match found {
        Some((key, false)) => Ok(key),
        Some((_, true)) => Err(Fault::StudyChanged.into()),
        None => Err(Fault::PageUnknown.into()),
    }
}

fn answer(
    tx: &Transaction<'_>,
    key: Key,
    (version, reason): (Option<u32>, &FreeText),
    by: OperatorId,
    at: Stamp,
) -> Result<(), StoreError> {
    tx.execute(
        "insert into amendment_answer (portal, number, hash, version, reason, operator_id, wall_ms, \
         clock_trust) values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
        (
            key.0,
            key.1,
            key.2,
            version,
            reason.as_str(),
            by.as_bytes(),
            at.wall.0,
            at.trust.code(),
        ),
    )?;
    Ok(())
}

/// The portal hears what became of it.
fn tell(
    tx: &Transaction<'_>,
    (portal, number, hash): Key,
    outcome: Outcome,
    words: &str,
) -> Result<(), StoreError> {
    tx.execute(
        "update portal_order set outcome = ?4, reason = ?5, words = ?6, told = 0 \
         where portal = ?1 and number = ?2 and hash = ?3",
        (portal, number, hash, outcome.code(), outcome.reason(), words),
    )?;
    Ok(())
}

/// Studies with a proposal that nobody has answered.
pub(super) const WAITING_STUDIES: &str = "select study_id from portal_amendment as one \
     where not exists (select 1 from amendment_answer as answer where answer.portal = one.portal \
     and answer.number = one.number and answer.hash = one.hash)";

fn kept(row: &Row<'_>) -> Result<KeptAmendment, StoreError> {
    let settled = match parsed_option(row, "who", PersonName::parse)? {
        None => None,
        Some(who) => {
            let taken: Option<u32> = row.get("taken")?;
            let settled = match taken {
                Some(version) => Settled::TakenOver(version),
                None => Settled::Declined(parsed(row, "declined", FreeText::parse)?),
            };
            Some((settled, who, stamp(row, "answer_ms", "answer_trust")?))
        }
    };
    Ok(KeptAmendment {
        number: row.get("number")?,
        hash: digest(row, "hash")?,
        amendment: Amendment {
            study: study_id(row, "study_id")?,
            follows: digest(row, "follows")?,
            radiograph: digest(row, "radiograph")?,
            reader: parsed(row, "reader", PersonName::parse)?,
            at: WallMs(row.get("proposed_ms")?),
            opinions: parsed(row, "opinions", parse_opinions)?,
            conclusion: parsed(row, "conclusion", FreeText::parse)?,
            recommendation: parsed(row, "recommendation", FreeText::parse)?,
            reason: parsed(row, "reason", FreeText::parse)?,
        },
        received: stamp(row, "wall_ms", "clock_trust")?,
        settled,
    })
}
