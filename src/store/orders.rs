//! Rows of what the portal asks, each written together with its effect, and of second opinions.

use std::path::Path;

use rusqlite::{OptionalExtension as _, Row, Transaction};

use crate::domain::digest::Sha256Digest;
use crate::domain::finding::Finding;
use crate::domain::ids::{OperatorId, StudyId, StudyNumber};
use crate::domain::people::{PersonName, Phi};
use crate::domain::signing::FreeText;
use crate::domain::stamp::{Stamp, WallMs};
use crate::domain::study::StudyState;
use crate::domain::sync::amendment::Amendment;
use crate::domain::sync::bundle::BundleOffer;
use crate::domain::sync::identity::{PublicKey, Signature};
use crate::domain::sync::order::{Order, OrderRefusal, Outcome, PortalSetting, SetByPortal};
use crate::domain::sync::review::{AlarmReason, KeptReview, Review, ReviewAlarm};
use crate::store::amendments::{self, WAITING_STUDIES};
use crate::store::bundles;
use crate::store::certificates::{self, CertificateFile};
use crate::store::error::StoreError;
use crate::store::reports::{opinions_text, parse_opinions};
use crate::store::sql::{digest, parsed, stamp, study_id};
use crate::store::studies::{Event, append_event, study_state};
use crate::store::{Store, alerts, journal, portal_keys};

/// Orders on a page.
const PAGE_ROWS: u32 = 100;
/// Outcomes told in one request.
const TOLD_MAX: u32 = 100;

/// What an order changes here, in the transaction that keeps it.
#[derive(Clone, Debug)]
pub enum Effect {
    /// Nothing but the row.
    Nothing(Outcome),
    /// A second opinion, and what in it goes beyond the reading in force.
    Review(Review, Vec<Finding>),
    /// A proposed amendment.
    Amendment(Amendment),
    /// A further key of the portal.
    PortalKey(PublicKey),
    /// Settings.
    Settings(PersonName, Vec<(PortalSetting, String)>),
    /// A program that is to be fetched.
    Bundle(BundleOffer),
    /// The bundle with that hash is let be; `true`: its bytes stay.
    WithdrawBundle(Sha256Digest, bool),
    /// A certificate for pages over HTTPS; `None`: the one that a portal had brought goes.
    Certificate(Option<CertificateFile>),
}

/// An order as it is kept.
#[derive(Clone, Debug)]
pub struct OrderRow {
    /// The order.
    pub order: Order,
    /// When it was taken in.
    pub taken: Stamp,
    /// What became of it.
    pub outcome: Outcome,
    /// Whether the portal knows.
    pub told: bool,
    /// What a person of the box wrote about it; empty: nothing.
    pub words: String,
}

impl Store {
    /// Whether an order has been taken in.
    ///
    /// # Errors
    /// When the database fails.
    pub fn has_order(&self, portal: &PublicKey, order: &Order) -> Result<bool, StoreError> {
        let select = "select 1 from portal_order where portal = ?1 and number = ?2 and hash = ?3";
        let key = (portal.as_bytes(), order.number, order.hash.as_bytes());
        self.read(|db| Ok(db.prepare_cached(select)?.exists(key)?))
    }

    /// The number of the newest order taken in from a portal.
    ///
    /// # Errors
    /// When the database fails.
    pub fn newest_order(&self, portal: &PublicKey) -> Result<Option<u64>, StoreError> {
        let select = "select max(number) from portal_order where portal = ?1";
        self.read(|db| Ok(db.query_row(select, [portal.as_bytes()], |row| row.get(0))?))
    }

    /// Takes an order in together with its effect; `None` when it was there already, and nothing
    /// happens a second time. One that was kept for a program that knows it gets its effect now.
    ///
    /// # Errors
    /// When the database fails; then neither the order nor its effect is there.
    pub fn take_order(
        &self,
        portal: &PublicKey,
        order: &Order,
        effect: &Effect,
        at: Stamp,
    ) -> Result<Option<Outcome>, StoreError> {
        self.write(|tx| {
            let key = (portal.as_bytes(), order.number, order.hash.as_bytes());
            let select =
                "select outcome from portal_order where portal = ?1 and number = ?2 and hash = ?3";
            let found: Option<String> = tx.query_row(select, key, |row| row.get(0)).optional()?;
            match found.as_deref() {
                Some("kept") => {}
                Some(_) => return Ok(None),
                None => insert(tx, portal, order, at)?,
            }
            let outcome = carry_out(tx, self.dir(), (portal, order), effect, at)?;
            tx.execute(
                "update portal_order set outcome = ?4, reason = ?5, told = 0 \
                 where portal = ?1 and number = ?2 and hash = ?3",
                (key.0, key.1, key.2, outcome.code(), outcome.reason()),
            )?;
            Ok(Some(outcome))
        })
    }

    /// Orders whose outcome the portal does not know yet, the oldest first.
    ///
    /// # Errors
    /// When the database fails.
    pub fn untold_orders(&self, portal: &PublicKey) -> Result<Vec<OrderRow>, StoreError> {
        self.read(|db| {
            let mut select = db.prepare_cached(
                "select * from portal_order where portal = ?1 and told = 0 order by number limit ?2",
            )?;
            let mut rows = select.query((portal.as_bytes(), TOLD_MAX))?;
            let mut found = Vec::new();
            while let Some(row) = rows.next()? {
                found.push(order_row(row)?);
            }
            Ok(found)
        })
    }

    /// Notes that the portal knows these outcomes; one that has changed since is told again.
    ///
    /// # Errors
    /// When the database fails.
    pub fn orders_told(&self, portal: &PublicKey, told: &[OrderRow]) -> Result<(), StoreError> {
        self.write(|tx| {
            let mut update = tx.prepare_cached(
                "update portal_order set told = 1 where portal = ?1 and number = ?2 and hash = ?3 \
                 and outcome = ?4 and (outcome <> 'waiting' or agreed = ?5)",
            )?;
            for row in told {
                let Order { number, hash, .. } = &row.order;
                let agreed = row.outcome == Outcome::Agreed;
                let outcome = (row.outcome.code(), agreed);
                update.execute((
                    portal.as_bytes(),
                    number,
                    hash.as_bytes(),
                    outcome.0,
                    outcome.1,
                ))?;
            }
            Ok(())
        })
    }

    /// The last orders, the newest first.
    ///
    /// # Errors
    /// When the database fails.
    pub fn orders(&self) -> Result<Vec<OrderRow>, StoreError> {
        self.read(|db| {
            let mut select = db.prepare_cached(
                "select * from portal_order order by wall_ms desc, number desc limit ?1",
            )?;
            let mut rows = select.query([PAGE_ROWS])?;
            let mut found = Vec::new();
            while let Some(row) = rows.next()? {
                found.push(order_row(row)?);
            }
            Ok(found)
        })
    }

    /// Orders of that portal that the program did not know when they came, the oldest first.
    ///
    /// # Errors
    /// When the database fails.
    pub fn kept_orders(&self, portal: &PublicKey) -> Result<Vec<Order>, StoreError> {
        self.read(|db| {
            let mut select = db.prepare_cached(
                "select * from portal_order where portal = ?1 and outcome = 'kept' order by number",
            )?;
            let mut rows = select.query([portal.as_bytes()])?;
            let mut found = Vec::new();
            while let Some(row) = rows.next()? {
                found.push(order_row(row)?.order);
            }
            Ok(found)
        })
    }

    /// Writes down what a person of the box answered to an order that waits; `false`: none waits under
    /// that number.
    ///
    /// # Errors
    /// When the database fails.
    pub fn answer_order(
        &self,
        number: u64,
        outcome: Outcome,
        by: OperatorId,
        at: Stamp,
    ) -> Result<bool, StoreError> {
        self.write(|tx| {
            let changed = tx.execute(
                "update portal_order set outcome = ?2, reason = ?3, told = 0 \
                 where number = ?1 and outcome = 'waiting' and agreed = 0",
                (number, outcome.code(), outcome.reason()),
            )?;
            if changed > 0 {
                journal::note(tx, Some(by), "order_answered", outcome.code(), at)?;
            }
            Ok(changed > 0)
        })
    }

    /// Second opinions about a study, the oldest first.
    ///
    /// # Errors
    /// When the database fails.
    pub fn reviews(&self, study: StudyId) -> Result<Vec<KeptReview>, StoreError> {
        self.read(|db| {
            let mut select = db.prepare_cached(
                "select * from portal_review where study_id = ?1 order by wall_ms, number",
            )?;
            let mut rows = select.query([study.as_bytes()])?;
            let mut found = Vec::new();
            while let Some(row) = rows.next()? {
                found.push(review(row)?);
            }
            Ok(found)
        })
    }

    /// Studies on which the portal sees more than the box, and that nobody has looked at since; and those
    /// to whose report it proposes an amendment that nobody has answered.
    ///
    /// # Errors
    /// When the database fails.
    pub fn review_alarms(&self) -> Result<Vec<ReviewAlarm>, StoreError> {
        self.read(|db| {
            let mut select = db.prepare_cached(&format!(
                "select study_id, number, 0 as proposed from review_alarm \
                 join study on study.id = study_id union select study_id, number, 1 from \
                 ({WAITING_STUDIES}) join study on study.id = study_id order by number, proposed"
            ))?;
            let mut rows = select.query([])?;
            let mut found = Vec::new();
            while let Some(row) = rows.next()? {
                let number = StudyNumber(row.get("number")?);
                let proposed: bool = row.get("proposed")?;
                let reason = if proposed { AlarmReason::Proposed } else { AlarmReason::SeesMore };
                found.push(ReviewAlarm { study: study_id(row, "study_id")?, number, reason });
            }
            Ok(found)
        })
    }

    /// Notes that a physician has looked at what the portal sees.
    ///
    /// # Errors
    /// When the database fails.
    pub fn see_review(
        &self,
        study: StudyId,
        operator: OperatorId,
        at: Stamp,
    ) -> Result<(), StoreError> {
        self.write(|tx| {
            let delete = "delete from review_alarm where study_id = ?1";
            if tx.execute(delete, [study.as_bytes()])? > 0 {
                let (kind, by) = ("review_seen", Some(operator));
                append_event(tx, &Event { study, photo: None, by, kind, detail: "", at })?;
            }
            alerts::acknowledge_of_portal(tx, study, operator, at)
        })
    }

    /// Settings in force because the portal has set them.
    ///
    /// # Errors
    /// When the database fails.
    pub fn set_by_portal(&self) -> Result<Vec<SetByPortal>, StoreError> {
        self.read(|db| {
            let mut select = db.prepare_cached("select * from portal_setting order by name")?;
            let mut rows = select.query([])?;
            let mut found = Vec::new();
            while let Some(row) = rows.next()? {
                found.push(SetByPortal {
                    setting: parsed(row, "name", PortalSetting::parse)?,
                    value: row.get("value")?,
                    by: parsed(row, "set_by", PersonName::parse)?,
                    number: row.get("number")?,
                    at: stamp(row, "wall_ms", "clock_trust")?,
                });
            }
            Ok(found)
        })
    }
}

fn insert(
    tx: &Transaction<'_>,
    portal: &PublicKey,
    order: &Order,
    at: Stamp,
) -> Result<(), StoreError> {
    tx.execute(
        "insert into portal_order (portal, number, hash, kind, body, portal_ms, signature, wall_ms, \
         clock_trust, outcome) values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, 'kept')",
        (
            portal.as_bytes(),
            order.number,
            order.hash.as_bytes(),
            &order.kind,
            order.body.reveal(),
            order.at.0,
            order.signature.0,
            at.wall.0,
            at.trust.code(),
        ),
    )?;
    Ok(())
}

fn carry_out(
    tx: &Transaction<'_>,
    dir: &Path,
    (portal, order): (&PublicKey, &Order),
    effect: &Effect,
    at: Stamp,
) -> Result<Outcome, StoreError> {
    match effect {
        Effect::Nothing(outcome) => Ok(*outcome),
        Effect::Review(review, beyond) => add_review(tx, portal, order, (review, beyond), at),
        Effect::Amendment(amendment) => amendments::add(tx, portal, order, amendment, at),
        Effect::PortalKey(key) => {
            portal_keys::add_key(tx, portal, (key, order.number), at)?;
            journal::note(tx, None, "portal_key", &key.to_string(), at)?;
            Ok(Outcome::Done)
        }
        Effect::Settings(by, values) => {
            for (setting, value) in values {
                set(tx, (*setting, value), (by, order.number), at)?;
            }
            let names: Vec<_> = values.iter().map(|(setting, _)| setting.code()).collect();
            journal::note(tx, None, "portal_settings", &names.join(","), at)?;
            Ok(Outcome::Done)
        }
        Effect::Bundle(offer) => bundles::begin(tx, portal, order, offer),
        Effect::WithdrawBundle(hash, keep) => bundles::withdraw(tx, *hash, *keep),
        Effect::Certificate(file) => {
            certificates::place(tx, dir, (portal, order), file.as_ref(), at)
        }
    }
}

fn add_review(
    tx: &Transaction<'_>,
    portal: &PublicKey,
    order: &Order,
    (review, beyond): (&Review, &[Finding]),
    at: Stamp,
) -> Result<Outcome, StoreError> {
    let study = review.study;
    let Some(state) = study_state(tx, study)? else {
        return Ok(Outcome::Refused(OrderRefusal::StudyUnknown));
    };
    let codes: Vec<_> = beyond.iter().map(|finding| finding.code()).collect();
    tx.execute(
        "insert into portal_review (portal, number, hash, study_id, radiograph, reader, read_ms, \
         opinions, beyond, conclusion, wall_ms, clock_trust) \
         values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)",
        (
            portal.as_bytes(),
            order.number,
            order.hash.as_bytes(),
            study.as_bytes(),
            review.radiograph.as_bytes(),
            review.reader.as_str(),
            review.at.0,
            opinions_text(&review.opinions),
            codes.join(","),
            review.conclusion.as_str(),
            at.wall.0,
            at.trust.code(),
        ),
    )?;
    // The study moves on: a report that is being signed just now has not seen this.
    let (kind, detail) = ("review_received", order.hash.to_string());
    append_event(tx, &Event { study, photo: None, by: None, kind, detail: &detail, at })?;
    if !beyond.is_empty() && state != StudyState::Voided {
        tx.execute("insert or ignore into review_alarm values (?1)", [study.as_bytes()])?;
        alerts::raise_by_portal(tx, study, beyond, order.hash, at)?;
    }
    Ok(Outcome::Done)
}

fn set(
    tx: &Transaction<'_>,
    (setting, value): (PortalSetting, &str),
    (by, number): (&PersonName, u64),
    at: Stamp,
) -> Result<(), StoreError> {
    tx.execute(
        "insert or replace into portal_setting (name, value, set_by, number, wall_ms, clock_trust) \
         values (?1, ?2, ?3, ?4, ?5, ?6)",
        (setting.code(), value, by.as_str(), number, at.wall.0, at.trust.code()),
    )?;
    if setting == PortalSetting::SupportContact {
        tx.execute(
            "insert into site_setting (name, value) values (?1, ?2) \
             on conflict (name) do update set value = excluded.value",
            (setting.code(), value),
        )?;
    }
    Ok(())
}

pub(super) fn order_row(row: &Row<'_>) -> Result<OrderRow, StoreError> {
    let (code, reason): (String, String) = (row.get("outcome")?, row.get("reason")?);
    let outcome = Outcome::parse(&code, &reason).ok_or(StoreError::Corrupt { what: "outcome" })?;
    let agreed = outcome == Outcome::Waiting && row.get("agreed")?;
    Ok(OrderRow {
        order: Order {
            number: row.get("number")?,
            kind: row.get("kind")?,
            hash: digest(row, "hash")?,
            body: Phi::new(row.get("body")?),
            at: WallMs(row.get("portal_ms")?),
            signature: Signature(row.get("signature")?),
        },
        taken: stamp(row, "wall_ms", "clock_trust")?,
        outcome: if agreed { Outcome::Agreed } else { outcome },
        told: row.get("told")?,
        words: row.get("words")?,
    })
}

fn review(row: &Row<'_>) -> Result<KeptReview, StoreError> {
    let findings = |text: &str| -> Option<Vec<Finding>> {
        text.split(',').filter(|code| !code.is_empty()).map(Finding::parse).collect()
    };
    Ok(KeptReview {
        number: row.get("number")?,
        review: Review {
            study: study_id(row, "study_id")?,
            radiograph: digest(row, "radiograph")?,
            reader: parsed(row, "reader", PersonName::parse)?,
            at: WallMs(row.get("read_ms")?),
            opinions: parsed(row, "opinions", parse_opinions)?,
            conclusion: parsed(row, "conclusion", FreeText::parse)?,
        },
        beyond: parsed(row, "beyond", findings)?,
        received: stamp(row, "wall_ms", "clock_trust")?,
    })
}
