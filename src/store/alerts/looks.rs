//! What the courier looks at: the time that alerts count by, and the open alerts whose moment has come.
//! An index finds those; what is open and has nothing due costs nothing.

use rusqlite::{Connection, Transaction};

use crate::domain::alert::delivery::Message;
use crate::domain::alert::escalation::Due;
use crate::domain::alert::{Alert, AlertClass, AlertNumber, OnTime};
use crate::domain::ids::OperatorId;
use crate::domain::stamp::Stamp;
use crate::store::Store;
use crate::store::alerts::{alert, note, outbox, select};
use crate::store::error::StoreError;

/// What has to happen with an alert that was looked at.
#[derive(Clone, Debug, Default)]
pub struct Looked {
    /// Messages to queue.
    pub owed: Vec<Due>,
    /// For how long it has to have been open when it must be looked at again; `None`: not because of time.
    pub next_ms: Option<i64>,
}

impl Store {
    /// The time that alerts count by, as it was last written down.
    ///
    /// # Errors
    /// When the database fails.
    pub fn alert_on_time(&self) -> Result<OnTime, StoreError> {
        self.read(|db| {
            let select = "select on_ms, awake_ms from alert_clock";
            let read = |row: &rusqlite::Row<'_>| {
                Ok(OnTime { on_ms: row.get("on_ms")?, awake_ms: row.get("awake_ms")? })
            };
            Ok(db.prepare_cached(select)?.query_row([], read)?)
        })
    }

    /// Writes the time down. It never goes back.
    ///
    /// # Errors
    /// When the database fails.
    pub fn save_alert_on_time(&self, time: OnTime) -> Result<(), StoreError> {
        self.write(|tx| save(tx, time))
    }

    /// How many alerts of a class are open.
    ///
    /// # Errors
    /// When the database fails.
    pub fn open_alert_count(&self, class: Option<AlertClass>) -> Result<u64, StoreError> {
        self.read(|db| {
            let count =
                "select count(*) from alert where ack_by is null and (?1 is null or class = ?1)";
            let mut count = db.prepare_cached(count)?;
            Ok(count.query_row([class.map(AlertClass::code)], |row| row.get(0))?)
        })
    }

    /// Whether any alert of a class is open.
    ///
    /// # Errors
    /// When the database fails.
    pub fn any_open_alert(&self, class: AlertClass) -> Result<bool, StoreError> {
        self.read(|db| {
            let any = "select exists (select 1 from alert where ack_by is null and class = ?1)";
            Ok(db.prepare_cached(any)?.query_row([class.code()], |row| row.get(0))?)
        })
    }

    /// Every open alert has to be looked at: people, duty, rules or budgets have changed.
    ///
    /// # Errors
    /// When the database fails.
    pub fn look_at_all_alerts(&self) -> Result<(), StoreError> {
        self.write(|tx| {
            tx.execute("update alert set due_ms = 0 where ack_by is null and due_ms > 0", [])?;
            Ok(())
        })
    }

    /// Whether an alert of a class has to be looked at by now.
    ///
    /// # Errors
    /// When the database fails.
    pub fn any_alert_due(&self, class: AlertClass, now: OnTime) -> Result<bool, StoreError> {
        self.read(|db| {
            let any = "select exists (select 1 from alert where ack_by is null and class = ?1 \
                       and due_ms <= ?2)";
            let mut any = db.prepare_cached(any)?;
            Ok(any.query_row((class.code(), now.of(class)), |row| row.get(0))?)
        })
    }

    /// Looks at the alerts of a class whose moment has come, `most` of them, and stores what `look` says,
    /// all in one transaction; gives how many were looked at.
    ///
    /// # Errors
    /// When the database fails.
    pub fn look_at_due_alerts(
        &self,
        class: AlertClass,
        now: OnTime,
        most: u32,
        at: Stamp,
        mut look: impl FnMut(&Alert, &[Message]) -> Looked,
    ) -> Result<usize, StoreError> {
        self.write(|tx| {
            let due = due(tx, class, now, most)?;
            for one in &due {
                let messages = outbox::of_alert(tx, one.number)?;
                let Looked { owed, next_ms } = look(one, &messages);
                outbox::queue(tx, one.number, &owed, now, at)?;
                let next = next_ms.map_or(i64::MAX, |next| {
                    now.of(class).saturating_add((next - one.open_ms).max(1))
                });
                tx.prepare_cached(
                    "update alert set base_ms = coalesce(base_ms, ?2), due_ms = ?3 \
                     where number = ?1 and ack_by is null",
                )?
                .execute((one.number.0, now.of(class), next))?;
            }
            // No alert may count from a moment that a power cut takes back.
            save(tx, now)?;
            Ok(due.len())
        })
    }

    /// "Not mine": noted, and the alert counts as open for that much longer, so that the next step comes
    /// at once.
    ///
    /// # Errors
    /// When the database fails.
    pub fn pass_alert_on(
        &self,
        number: AlertNumber,
        person: OperatorId,
        by_ms: i64,
        at: Stamp,
    ) -> Result<(), StoreError> {
        self.write(|tx| {
            note(tx, number, "passed_on", Some(person), "", at)?;
            tx.execute(
                "update alert set open_ms = open_ms + ?2, due_ms = 0 \
                 where number = ?1 and ack_by is null",
                (number.0, by_ms.max(0)),
            )?;
            Ok(())
        })
    }
}

fn due(
    db: &Connection,
    class: AlertClass,
    now: OnTime,
    most: u32,
) -> Result<Vec<Alert>, StoreError> {
    let condition = "where ack_by is null and class = ?1 and due_ms <= ?2 \
                     order by due_ms, alert.number limit ?3";
    let mut select = db.prepare_cached(&select(condition))?;
    let mut rows = select.query((class.code(), now.of(class), most))?;
    let mut due = Vec::new();
    while let Some(row) = rows.next()? {
        let base: Option<i64> = row.get("base_ms")?;
        let counted: i64 = row.get("open_ms")?;
        // By the time now, not by what was last written down.
        let since = base.map_or(0, |base| (now.of(class) - base).max(0));
        due.push(Alert { open_ms: counted + since, ..alert(row)? });
    }
    Ok(due)
}

fn save(tx: &Transaction<'_>, time: OnTime) -> Result<(), StoreError> {
    let update = "update alert_clock set on_ms = max(on_ms, ?1), awake_ms = max(awake_ms, ?2)";
    tx.prepare_cached(update)?.execute((time.on_ms, time.awake_ms))?;
    Ok(())
}
