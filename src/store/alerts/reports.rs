//! What became of messages after the service had taken them.

use rusqlite::{Connection, OptionalExtension as _};

use crate::domain::alert::AlertNumber;
use crate::domain::alert::contact::{Address, ChannelKind};
use crate::domain::alert::delivery::{MessageState, SendFault};
use crate::domain::ids::OperatorId;
use crate::domain::stamp::{Stamp, WallMs};
use crate::store::Store;
use crate::store::alerts::note;
use crate::store::error::StoreError;
use crate::store::sql::operator_id;

/// Which message a report is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ReportOf {
    /// The one that the service calls so.
    Receipt(String),
    /// The newest one to that address that nothing is known about: the service does not say which.
    Address(Address),
}

/// What came of a report.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reported {
    /// It is stored.
    Stored,
    /// There is no such message, or it is known already.
    Nothing,
    /// A message is on its way whose name is not known yet: the report may be about it.
    TooEarly,
}

impl Store {
    /// Notes that a message is on the phone, or that the network has given it up. The latter ends the
    /// message as if it had never left: the next way and the next person are told.
    ///
    /// # Errors
    /// When the database fails.
    pub fn message_reported(
        &self,
        channel: ChannelKind,
        of: &ReportOf,
        delivered: bool,
        at: Stamp,
    ) -> Result<Reported, StoreError> {
        self.write(|tx| {
            let Some((id, alert, person)) = sent(tx, channel, of)? else {
                let sending = "select 1 from message where channel = ?1 and state = 'sending'";
                let early: Option<i64> =
                    tx.query_row(sending, [channel.code()], |row| row.get(0)).optional()?;
                return Ok(if early.is_some() { Reported::TooEarly } else { Reported::Nothing });
            };
            let (state, fault) = if delivered {
                (MessageState::Delivered, None)
            } else {
                (MessageState::Dead, Some(SendFault::Undelivered))
            };
            tx.execute(
                "update message set state = ?2, fault = ?3 where id = ?1",
                (id, state.code(), fault.map(SendFault::code)),
            )?;
            if let Some(alert) = alert {
                match fault {
                    None => note(tx, alert, "delivered", Some(person), channel.code(), at)?,
                    Some(fault) => {
                        // Somebody else may have to be told in place of this address.
                        tx.execute(
                            "update alert set due_ms = 0 where number = ?1 and ack_by is null",
                            [alert.0],
                        )?;
                        let detail = format!("{} {}", channel.code(), fault.code());
                        note(tx, alert, "failed", Some(person), &detail, at)?;
                    }
                }
            }
            Ok(Reported::Stored)
        })
    }

    /// Names of messages that a service has taken since then and that nothing more is known about, the
    /// newest first.
    ///
    /// # Errors
    /// When the database fails.
    pub fn unreported(
        &self,
        channel: ChannelKind,
        since: WallMs,
        most: u32,
    ) -> Result<Vec<String>, StoreError> {
        self.read(|db| {
            let mut select = db.prepare_cached(
                "select receipt from message where channel = ?1 and state = 'sent' \
                 and receipt is not null and receipt <> '' and sent_ms >= ?2 \
                 order by id desc limit ?3",
            )?;
            let rows = select.query_map((channel.code(), since.0, most), |row| row.get(0))?;
            Ok(rows.collect::<Result<_, _>>()?)
        })
    }
}

type Sent = (i64, Option<AlertNumber>, OperatorId);

fn sent(db: &Connection, channel: ChannelKind, of: &ReportOf) -> Result<Option<Sent>, StoreError> {
    let (column, value) = match of {
        ReportOf::Receipt(receipt) => ("receipt", receipt.clone()),
        ReportOf::Address(address) => ("address", address.stored()),
    };
    let mut select = db.prepare_cached(&format!(
        "select id, alert, operator_id from message where channel = ?1 and {column} = ?2 \
         and state = 'sent' order by id desc limit 1"
    ))?;
    let mut rows = select.query((channel.code(), value))?;
    let Some(row) = rows.next()? else { return Ok(None) };
    let alert: Option<i64> = row.get("alert")?;
    Ok(Some((row.get("id")?, alert.map(AlertNumber), operator_id(row, "operator_id")?)))
}
