//! What reports and forecasts count: the alerts of a month, the readings of some weeks.

use rusqlite::Row;

use crate::domain::alert::forecast::PastReading;
use crate::domain::alert::report::MonthAlert;
use crate::domain::alert::{AckMethod, AlertClass, AlertNumber};
use crate::domain::people::PersonName;
use crate::domain::stamp::{Stamp, WallMs};
use crate::store::Store;
use crate::store::alerts::outbox::TO_GROUP;
use crate::store::error::StoreError;
use crate::store::readings::score_line;
use crate::store::sql::{parsed, parsed_option, stamp};

/// Most readings that one forecast judges: those of four weeks at 700 films a day.
const READINGS_MAX: u32 = 20_000;

impl Store {
    /// The alerts that were raised in a span of the wall clock, oldest first.
    ///
    /// # Errors
    /// When the database fails.
    pub fn alerts_between(
        &self,
        from: WallMs,
        until: WallMs,
    ) -> Result<Vec<MonthAlert>, StoreError> {
        self.read(|db| {
            // The photo that the reading came from is the last one that came before it.
            let mut select = db.prepare_cached(&format!(
                "select alert.*, operator.name as who, photo.received_ms, photo.received_trust, \
                 (select count(distinct hex(operator_id) || channel) from message \
                 where message.alert = alert.number and state not in ('dropped', 'dead') \
                 and not {TO_GROUP}) as told, \
                 (select count(*) from message where message.alert = alert.number \
                 and state = 'dead') as dead, \
                 case when base_ms is null then 0 else \
                 max(0, iif(class = 'critical', on_ms, awake_ms) - base_ms) end as since \
                 from alert join alert_clock left join operator on operator.id = ack_by \
                 left join photo on photo.seq = (select max(seq) from photo where \
                 photo.study_id = alert.study_id and state = 'reported' \
                 and received_ms <= raised_ms) and source = 'box' \
                 where raised_ms >= ?1 and raised_ms < ?2 order by alert.number",
            ))?;
            let mut rows = select.query((from.0, until.0))?;
            let mut alerts = Vec::new();
            while let Some(row) = rows.next()? {
                alerts.push(month_alert(row)?);
            }
            Ok(alerts)
        })
    }

    /// The readings in force of photos that came since then, with local times.
    ///
    /// # Errors
    /// When the database fails.
    pub fn past_readings(
        &self,
        since: WallMs,
        local_ms: impl Fn(Stamp) -> i64,
    ) -> Result<Vec<PastReading>, StoreError> {
        self.read(|db| {
            let mut select = db.prepare_cached(
                "select score.finding, evidence, score, threshold, band_low, band_high, call, \
                 null as map, photo.seq, received_ms, received_trust \
                 from (select photo.seq, received_ms, received_trust, reading_photo_id \
                 from photo join study on reading_photo_id = photo.id \
                 where received_ms >= ?1 order by photo.seq desc limit ?2) as photo \
                 join score on score.photo_id = photo.reading_photo_id order by photo.seq",
            )?;
            let mut rows = select.query((since.0, READINGS_MAX))?;
            let mut readings: Vec<PastReading> = Vec::new();
            let mut last = None;
            while let Some(row) = rows.next()? {
                let seq: i64 = row.get("seq")?;
                if last.replace(seq) != Some(seq) {
                    let local_ms = local_ms(stamp(row, "received_ms", "received_trust")?);
                    readings.push(PastReading { local_ms, lines: Vec::new() });
                }
                if let Some(reading) = readings.last_mut() {
                    reading.lines.push(score_line(row)?);
                }
            }
            Ok(readings)
        })
    }
}

fn month_alert(row: &Row<'_>) -> Result<MonthAlert, StoreError> {
    let (open_ms, since): (i64, i64) = (row.get("open_ms")?, row.get("since")?);
    let received: Option<i64> = row.get("received_ms")?;
    let answered = match parsed_option(row, "who", PersonName::parse)? {
        None => None,
        Some(name) => {
            let method = parsed(row, "ack_method", AckMethod::parse)?;
            Some((name, method, stamp(row, "ack_ms", "ack_trust")?))
        }
    };
    Ok(MonthAlert {
        number: AlertNumber(row.get("number")?),
        class: parsed(row, "class", AlertClass::parse)?,
        uploaded: match received {
            Some(_) => Some(stamp(row, "received_ms", "received_trust")?),
            None => None,
        },
        raised: stamp(row, "raised_ms", "raised_trust")?,
        answered,
        open_ms: open_ms + since,
        told: row.get("told")?,
        dead: row.get("dead")?,
    })
}
