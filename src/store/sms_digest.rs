//! Rows of digests by text message: which records wait unannounced, what was sealed, what became of each
//! text. A row is written before anything is sent; a try without a known end is made again with the same
//! text, and the portal takes each digest once.

use rusqlite::{Connection, OptionalExtension as _, Transaction};

use crate::domain::alert::contact::{Address, PhoneNumber};
use crate::domain::alert::delivery::SendFault;
use crate::domain::ids::{Seq, StudyId};
use crate::domain::stamp::Stamp;
use crate::domain::sync::identity::PublicKey;
use crate::domain::sync::sms_digest::AlertStanding;
use crate::store::Store;
use crate::store::alerts::ReportOf;
use crate::store::error::StoreError;
use crate::store::sql::{parsed_option, stamp, study_id};

/// How long what has left counts against the texts of a day, milliseconds of the box being on.
const DAY_MS: i64 = 24 * 3_600_000;
/// After how long without an answer a digest leaves once more, where the portal is known to answer.
const REPEAT_MS: i64 = 2 * 3_600_000;
/// Tries of a text after which it is not repeated for want of an answer.
const REPEATS_MAX: u32 = 3;
/// Records that one look considers.
const CANDIDATES_MAX: u32 = 256;

/// Urgent records without a receipt that no digest to that portal tells of; one that is parked too, if it has
/// a content to tell.
const UNANNOUNCED: &str = "from sync_record where lane = 0 and done = 0 \
    and (refused is null or body is not null) and not exists (select 1 from sms_wait where sms_wait.seq = sync_record.seq and unsayable = 1) \
    and not exists (select 1 from sms_announced join sms_digest using (counter) \
    where sms_announced.seq = sync_record.seq and portal = ?1 and state <> 'dropped')";

/// How things stand, for the rule that says what is due.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct SmsStanding {
    /// How long the record that waits for longest has waited unannounced, milliseconds; `None`: none waits.
    pub waited_ms: Option<i64>,
    /// Texts that may have left within a day of the box being on.
    pub spent: u32,
    /// A text of a digest waits.
    pub text_waits: bool,
    /// A message about an alert waits for its first try by text message, or is on its way.
    pub alert_waits: bool,
    /// An urgent record is parked: a link does not carry it.
    pub parked: bool,
}

/// An urgent record that could be announced, its content fixed.
#[derive(Clone, Debug)]
pub struct SmsCandidate {
    /// Its number.
    pub seq: Seq,
    /// Its content, compressed.
    pub body: Vec<u8>,
    /// How the newest alert of its study stands.
    pub alert: AlertStanding,
    /// When that alert was raised; without one, when the study was registered.
    pub known: Stamp,
}

/// A text that has to leave.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DueText {
    /// Of which digest.
    pub counter: u32,
    /// Which of its texts, from 1.
    pub part: u8,
    /// The text.
    pub text: String,
}

/// What people are shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct SmsState {
    /// Records that were announced and still wait for their receipt.
    pub announced: u64,
    /// When the newest digest that tells of one of them left.
    pub sent: Option<Stamp>,
    /// The portal has answered each of these digests, the last one then.
    pub heard: Option<Stamp>,
    /// Why the text that waits did not leave.
    pub fault: Option<SendFault>,
}

impl Store {
    /// Counts time for urgent records that wait unannounced.
    ///
    /// # Errors
    /// When the database fails.
    pub fn sms_count(&self, portal: &PublicKey, passed_ms: i64) -> Result<(), StoreError> {
        self.write(|tx| {
            tx.prepare_cached(&format!(
                "insert into sms_wait (seq, waited_ms) select seq, 0 {UNANNOUNCED} \
                 on conflict (seq) do update set waited_ms = waited_ms + ?2"
            ))?
            .execute((portal.as_bytes(), passed_ms))?;
            Ok(())
        })
    }

    /// How things stand; `on_ms`: the time that alerts count by.
    ///
    /// # Errors
    /// When the database fails.
    pub fn sms_standing(&self, portal: &PublicKey, on_ms: i64) -> Result<SmsStanding, StoreError> {
        self.read(|db| {
            let waited = format!(
                "select max(coalesce((select waited_ms from sms_wait \
                 where sms_wait.seq = sync_record.seq), 0)) {UNANNOUNCED}"
            );
            let waited_ms = db
                .prepare_cached(&waited)?
                .query_row([portal.as_bytes()], |row| row.get::<_, Option<i64>>(0))?;
            let spent =
                "select coalesce(sum(spent), 0) from sms_text where spent > 0 and on_ms > ?1";
            let spent = db.prepare_cached(spent)?.query_row([on_ms - DAY_MS], |row| row.get(0))?;
            let waits = "select exists (select 1 from message where channel = 'sms' \
                 and state in ('queued', 'sending') and (state = 'sending' or tries = 0))";
            let alert_waits = db.prepare_cached(waits)?.query_row([], |row| row.get(0))?;
            let text_waits = next_text(db, portal)?.is_some();
            let parked = "select exists (select 1 from sync_record where lane = 0 and done = 0 \
                          and refused is not null)";
            let parked = db.prepare_cached(parked)?.query_row([], |row| row.get(0))?;
            Ok(SmsStanding { waited_ms, spent, text_waits, alert_waits, parked })
        })
    }

    /// Urgent records that could be announced now, in the order in which the box made them, and how many
    /// wait for a receipt at all.
    ///
    /// # Errors
    /// When the database fails.
    pub fn sms_candidates(
        &self,
        portal: &PublicKey,
    ) -> Result<(Vec<SmsCandidate>, u64), StoreError> {
        self.read(|db| {
            let mut select = db.prepare_cached(&format!(
                "select seq, body, study_id {UNANNOUNCED} and body is not null \
                 order by seq limit {CANDIDATES_MAX}"
            ))?;
            let mut rows = select.query([portal.as_bytes()])?;
            let mut found = Vec::new();
            while let Some(row) = rows.next()? {
                let (alert, known) = standing(db, study_id(row, "study_id")?)?;
                let (seq, body) = (Seq(row.get("seq")?), row.get("body")?);
                found.push(SmsCandidate { seq, body, alert, known });
            }
            let waiting = "select count(*) from sync_record where lane = 0 and done = 0";
            Ok((found, db.query_row(waiting, [], |row| row.get(0))?))
        })
    }

    /// A record holds nothing that a digest can say.
    ///
    /// # Errors
    /// When the database fails.
    pub fn sms_nothing(&self, seq: Seq) -> Result<(), StoreError> {
        let insert = "insert into sms_wait (seq, unsayable) values (?1, 1) \
                      on conflict (seq) do update set unsayable = 1";
        self.write(|tx| Ok(tx.execute(insert, [seq.0])?)).map(drop)
    }

    /// Writes a digest down: its number is drawn, `seal` makes texts and answer for that number, and all of it
    /// is committed together. `false` when `seal` gives nothing; nothing is written then.
    ///
    /// # Errors
    /// When the database fails.
    pub fn sms_make(
        &self,
        portal: &PublicKey,
        receiver: &PhoneNumber,
        records: &[Seq],
        seal: impl FnOnce(u32) -> Option<(Vec<String>, [u8; 6])>,
    ) -> Result<bool, StoreError> {
        self.write(|tx| {
            let last = "select coalesce((select seq from sqlite_sequence \
                        where name = 'sms_digest'), 0) + 1";
            let counter: u32 = tx.query_row(last, [], |row| row.get(0))?;
            let Some((texts, answer)) = seal(counter) else { return Ok(false) };
            tx.execute(
                "insert into sms_digest (counter, portal, receiver, answer, state) \
                 values (?1, ?2, ?3, ?4, 'open')",
                (counter, portal.as_bytes(), receiver.as_str(), answer),
            )?;
            for (text, part) in texts.iter().zip(1_u8..) {
                let insert = "insert into sms_text (counter, part, text) values (?1, ?2, ?3)";
                tx.execute(insert, (counter, part, text))?;
            }
            for seq in records {
                let insert = "insert into sms_announced (seq, counter) values (?1, ?2)";
                tx.execute(insert, (seq.0, counter))?;
            }
            Ok(true)
        })
    }

    /// The text that has to leave next; `None`: none.
    ///
    /// # Errors
    /// When the database fails.
    pub fn sms_next_text(&self, portal: &PublicKey) -> Result<Option<DueText>, StoreError> {
        self.read(|db| next_text(db, portal))
    }

    /// A try begins. It counts as one that has left until the opposite is known.
    ///
    /// # Errors
    /// When the database fails.
    pub fn sms_begin(&self, due: &DueText, on_ms: i64) -> Result<(), StoreError> {
        let update = "update sms_text set state = 'sending', tries = tries + 1, \
                      spent = spent + 1, on_ms = ?3 where counter = ?1 and part = ?2";
        self.write(|tx| Ok(tx.execute(update, (due.counter, due.part, on_ms))?)).map(drop)
    }

    /// The way has taken the text, and calls it `receipt`.
    ///
    /// # Errors
    /// When the database fails.
    pub fn sms_sent(
        &self,
        due: &DueText,
        receipt: &str,
        on_ms: i64,
        at: Stamp,
    ) -> Result<(), StoreError> {
        self.write(|tx| {
            tx.execute(
                "update sms_text set state = 'sent', fault = null, receipt = ?3 \
                 where counter = ?1 and part = ?2",
                (due.counter, due.part, receipt),
            )?;
            tx.execute(
                "update sms_digest set state = 'sent', sent_ms = ?2, sent_trust = ?3, \
                 sent_on_ms = ?4 where counter = ?1 and state = 'open' and not exists \
                 (select 1 from sms_text where counter = ?1 and state in ('queued', 'sending'))",
                (due.counter, at.wall.0, at.trust.code(), on_ms),
            )?;
            Ok(())
        })
    }

    /// The try failed; the text waits for another one.
    ///
    /// # Errors
    /// When the database fails.
    pub fn sms_failed(&self, due: &DueText, fault: SendFault) -> Result<(), StoreError> {
        let update = "update sms_text set state = 'queued', fault = ?3, \
                      spent = spent - case when ?4 then 0 else min(spent, 1) end \
                      where counter = ?1 and part = ?2";
        let key = (due.counter, due.part, fault.code(), fault.may_have_arrived());
        self.write(|tx| Ok(tx.execute(update, key)?)).map(drop)
    }

    /// At a start: tries of which nobody knows the end are made again.
    ///
    /// # Errors
    /// When the database fails.
    pub fn sms_requeue(&self) -> Result<usize, StoreError> {
        let update = "update sms_text set state = 'queued' where state = 'sending'";
        self.write(|tx| Ok(tx.execute(update, [])?))
    }

    /// Lets go of what nobody needs to hear any more: digests whose records all have their receipt, and those
    /// for another portal. Repeats those that a portal that answers has not answered.
    ///
    /// # Errors
    /// When the database fails.
    pub fn sms_settle(&self, portal: &PublicKey, on_ms: i64) -> Result<(), StoreError> {
        let any = "select exists (select 1 from sms_digest where state in ('open', 'sent'))";
        if !self.read(|db| Ok(db.prepare_cached(any)?.query_row([], |row| row.get(0))?))? {
            return Ok(());
        }
        self.write(|tx| {
            tx.execute(
                "update sms_digest set state = 'dropped' where state = 'open' and (portal <> ?1 \
                 or not exists (select 1 from sms_announced join sync_record using (seq) \
                 where sms_announced.counter = sms_digest.counter and done = 0))",
                [portal.as_bytes()],
            )?;
            let unanswered = "select counter from sms_digest where state = 'sent' and portal = ?1 \
                and sent_on_ms <= ?2 and exists (select 1 from sms_digest as heard \
                where heard.portal = ?1 and heard.state = 'heard') and exists (select 1 \
                from sms_announced join sync_record using (seq) \
                where sms_announced.counter = sms_digest.counter and done = 0) and not exists \
                (select 1 from sms_text where sms_text.counter = sms_digest.counter and tries >= ?3)";
            let mut select = tx.prepare_cached(unanswered)?;
            let key = (portal.as_bytes(), on_ms - REPEAT_MS, REPEATS_MAX);
            let counters: Vec<u32> =
                select.query_map(key, |row| row.get(0))?.collect::<Result<_, _>>()?;
            for counter in counters {
                reopen(tx, counter, None)?;
            }
            Ok(())
        })
    }

    /// What became of a text after the way had taken it; `false`: it was none of ours.
    ///
    /// # Errors
    /// When the database fails.
    pub fn sms_reported(&self, of: &ReportOf, delivered: bool) -> Result<bool, StoreError> {
        self.write(|tx| {
            let select = match of {
                ReportOf::Receipt(_) => {
                    "select counter, part from sms_text where receipt = ?1 and state = 'sent' \
                     order by counter desc, part limit 1"
                }
                // Which of several is not said: the one that has waited for longest.
                ReportOf::Address(_) => {
                    "select counter, part from sms_text join sms_digest using (counter) \
                     where receiver = ?1 and sms_text.state = 'sent' order by counter, part limit 1"
                }
            };
            let which = match of {
                ReportOf::Receipt(receipt) => receipt.clone(),
                ReportOf::Address(Address::Phone(number)) => number.as_str().to_owned(),
                ReportOf::Address(Address::Chat(_)) => return Ok(false),
            };
            let found: Option<(u32, u8)> = tx
                .prepare_cached(select)?
                .query_row([which], |row| Ok((row.get(0)?, row.get(1)?)))
                .optional()?;
            let Some((counter, part)) = found else { return Ok(false) };
            if delivered {
                let update =
                    "update sms_text set state = 'delivered' where counter = ?1 and part = ?2";
                tx.execute(update, (counter, part))?;
            } else {
                reopen(tx, counter, Some(part))?;
            }
            Ok(true)
        })
    }

    /// Names of texts that a way has taken lately and that nothing more is known about.
    ///
    /// # Errors
    /// When the database fails.
    pub fn sms_unreported(&self, on_ms: i64, most: u32) -> Result<Vec<String>, StoreError> {
        self.read(|db| {
            let mut select = db.prepare_cached(
                "select receipt from sms_text where receipt is not null and receipt <> '' \
                 and state = 'sent' and on_ms > ?1 order by counter desc, part limit ?2",
            )?;
            let rows = select.query_map((on_ms - 2 * DAY_MS, most), |row| row.get(0))?;
            Ok(rows.collect::<Result<_, _>>()?)
        })
    }

    /// The portal has answered; `false`: no digest is known that this answers.
    ///
    /// # Errors
    /// When the database fails.
    pub fn sms_heard(&self, answer: &[u8; 6], at: Stamp) -> Result<bool, StoreError> {
        self.write(|tx| {
            // Also one that is about to be repeated, or that the link has made needless.
            let heard = tx.execute(
                "update sms_digest set state = 'heard', heard_ms = ?2, heard_trust = ?3 \
                 where answer = ?1 and state <> 'heard'",
                (answer, at.wall.0, at.trust.code()),
            )?;
            Ok(heard > 0)
        })
    }

    /// What people are shown.
    ///
    /// # Errors
    /// When the database fails.
    pub fn sms_state(&self, portal: &PublicKey) -> Result<SmsState, StoreError> {
        self.read(|db| {
            let mut select = db.prepare_cached(
                "select count(distinct seq) as announced, max(counter) as newest, \
                 max(state <> 'heard') as unheard from sms_announced join sms_digest using (counter) \
                 join sync_record using (seq) \
                 where portal = ?1 and done = 0 and state <> 'dropped' and sent_ms is not null",
            )?;
            let mut rows = select.query([portal.as_bytes()])?;
            let mut state = SmsState::default();
            if let Some(row) = rows.next()?
                && let Some(newest) = row.get::<_, Option<u32>>("newest")?
            {
                state.announced = row.get("announced")?;
                let unheard: bool = row.get("unheard")?;
                let times = "select * from sms_digest where counter = ?1";
                let mut select = db.prepare_cached(times)?;
                let mut rows = select.query([newest])?;
                if let Some(row) = rows.next()? {
                    if row.get::<_, Option<i64>>("sent_ms")?.is_some() {
                        state.sent = Some(stamp(row, "sent_ms", "sent_trust")?);
                    }
                    if !unheard && row.get::<_, Option<i64>>("heard_ms")?.is_some() {
                        state.heard = Some(stamp(row, "heard_ms", "heard_trust")?);
                    }
                }
            }
            let mut select = db.prepare_cached(
                "select fault from sms_text join sms_digest using (counter) where portal = ?1 \
                 and sms_text.state = 'queued' and sms_digest.state = 'open' \
                 and fault is not null limit 1",
            )?;
            let mut rows = select.query([portal.as_bytes()])?;
            if let Some(row) = rows.next()? {
                state.fault = parsed_option(row, "fault", SendFault::parse)?;
            }
            Ok(state)
        })
    }
}

fn next_text(db: &Connection, portal: &PublicKey) -> Result<Option<DueText>, StoreError> {
    let mut select = db.prepare_cached(
        "select counter, part, text from sms_text join sms_digest using (counter) \
         where sms_text.state = 'queued' and sms_digest.state = 'open' and portal = ?1 \
         order by counter, part limit 1",
    )?;
    let mut rows = select.query([portal.as_bytes()])?;
    let Some(row) = rows.next()? else { return Ok(None) };
    let (counter, part, text) = (row.get("counter")?, row.get("part")?, row.get("text")?);
    Ok(Some(DueText { counter, part, text }))
}

/// A digest waits again: one of its texts, or all of them.
fn reopen(tx: &Transaction<'_>, counter: u32, part: Option<u8>) -> Result<(), StoreError> {
    let update = "update sms_text set state = 'queued', fault = case when ?2 is null then fault \
                  else 'undelivered' end where counter = ?1 and (?2 is null or part = ?2)";
    tx.execute(update, (counter, part))?;
    let update = "update sms_digest set state = 'open' where counter = ?1 and state = 'sent'";
    tx.execute(update, [counter])?;
    Ok(())
}

/// How the newest alert of a study stands, and since when the result is known.
fn standing(db: &Connection, study: StudyId) -> Result<(AlertStanding, Stamp), StoreError> {
    let mut select = db.prepare_cached(
        "select raised_ms, raised_trust, ack_by is not null as taken from alert \
         where study_id = ?1 order by number desc limit 1",
    )?;
    let mut rows = select.query([study.as_bytes()])?;
    if let Some(row) = rows.next()? {
        let alert = match row.get("taken")? {
            true => AlertStanding::Acknowledged,
            false => AlertStanding::Open,
        };
        return Ok((alert, stamp(row, "raised_ms", "raised_trust")?));
    }
    let mut select = db.prepare_cached("select * from study where id = ?1")?;
    let mut rows = select.query([study.as_bytes()])?;
    let row = rows.next()?.ok_or(StoreError::Corrupt { what: "study" })?;
    Ok((AlertStanding::None, stamp(row, "registered_ms", "registered_trust")?))
}

#[cfg(test)]
#[path = "sms_digest_tests.rs"]
mod tests;
