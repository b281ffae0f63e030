//! Rows of messages. A row is written before anything is sent, and says what came of it.

use std::collections::BTreeSet;

use rusqlite::Row;

use crate::domain::alert::AlertNumber;
use crate::domain::alert::contact::{Address, ChannelKind};
use crate::domain::alert::delivery::{Message, MessageId, MessageState, SendFault};
use crate::domain::alert::escalation::Due;
use crate::domain::ids::OperatorId;
use crate::domain::stamp::{Stamp, WallMs};
use crate::store::Store;
use crate::store::alerts::note;
use crate::store::error::StoreError;
use crate::store::sql::{operator_id, parsed, parsed_option, stamp};

/// What a message is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum QueuedKind {
    /// An alert.
    Alert(AlertNumber),
    /// A test that a person asked for.
    Test,
    /// The daily digest.
    Digest,
}

/// A message that is to be sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DueMessage {
    /// The message.
    pub message: Message,
    /// What it is about.
    pub kind: QueuedKind,
}

/// How many messages one look takes: those beyond wait for the next, so that memory stays bounded.
const LOOK_MAX: u32 = 500;

impl Store {
    /// Queues the messages of an alert that are owed and not there yet; gives how many are new.
    ///
    /// # Errors
    /// When the database fails.
    pub fn queue_messages(
        &self,
        alert: AlertNumber,
        due: &BTreeSet<Due>,
        at: Stamp,
    ) -> Result<usize, StoreError> {
        self.write(|tx| {
            let mut new = 0;
            for one in due {
                let channel = one.address.kind().code();
                let inserted = tx
                    .prepare_cached(
                        "insert or ignore into message (alert, kind, operator_id, channel, address, \
                         round, queued_ms, queued_trust) select ?1, 'alert', ?2, ?3, ?4, ?5, ?6, ?7 \
                         from alert where number = ?1 and ack_by is null",
                    )?
                    .execute((
                        alert.0,
                        one.person.as_bytes(),
                        channel,
                        one.address.stored(),
                        one.round,
                        at.wall.0,
                        at.trust.code(),
                    ))?;
                if inserted > 0 {
                    new += inserted;
                    note(tx, alert, "queued", Some(one.person), channel, at)?;
                }
            }
            Ok(new)
        })
    }

    /// Queues a message that is not about one alert.
    ///
    /// # Errors
    /// When the database fails.
    pub fn queue_other(
        &self,
        digest: bool,
        person: OperatorId,
        address: &Address,
        at: Stamp,
    ) -> Result<MessageId, StoreError> {
        self.write(|tx| {
            let kind = if digest { "digest" } else { "test" };
            tx.execute(
                "insert into message (kind, operator_id, channel, address, round, queued_ms, \
                 queued_trust) values (?1, ?2, ?3, ?4, 0, ?5, ?6)",
                (
                    kind,
                    person.as_bytes(),
                    address.kind().code(),
                    address.stored(),
                    at.wall.0,
                    at.trust.code(),
                ),
            )?;
            Ok(MessageId(tx.last_insert_rowid()))
        })
    }

    /// Tries that had begun when the program ended: nobody knows whether they arrived. They are tried
    /// again, and the text says that it is a repetition.
    ///
    /// # Errors
    /// When the database fails.
    pub fn requeue_unknown(&self) -> Result<usize, StoreError> {
        self.write(|tx| {
            let update = "update message set state = 'queued', repeat = 1 where state = 'sending'";
            Ok(tx.execute(update, [])?)
        })
    }

    /// Messages that are to be sent, oldest first, critical alerts before all others.
    ///
    /// # Errors
    /// When the database fails.
    pub fn due_messages(&self) -> Result<Vec<DueMessage>, StoreError> {
        self.read(|db| {
            let mut select = db.prepare_cached(
                "select message.* from message left join alert on alert.number = message.alert \
                 where state = 'queued' \
                 order by case when alert.class = 'critical' then 0 else 1 end, message.id limit ?1",
            )?;
            let mut rows = select.query([LOOK_MAX])?;
            let mut due = Vec::new();
            while let Some(row) = rows.next()? {
                due.push(due_message(row)?);
            }
            Ok(due)
        })
    }

    /// The messages of an alert, oldest first.
    ///
    /// # Errors
    /// When the database fails.
    pub fn messages_of(&self, alert: AlertNumber) -> Result<Vec<Message>, StoreError> {
        self.read(|db| {
            let mut select =
                db.prepare_cached("select * from message where alert = ?1 order by id")?;
            let mut rows = select.query([alert.0])?;
            let mut messages = Vec::new();
            while let Some(row) = rows.next()? {
                messages.push(message(row)?);
            }
            Ok(messages)
        })
    }

    /// A try begins. False when the message is not to be sent any more.
    ///
    /// # Errors
    /// When the database fails.
    pub fn begin_try(&self, id: MessageId) -> Result<bool, StoreError> {
        self.write(|tx| {
            let update = "update message set state = 'sending', tries = tries + 1 \
                          where id = ?1 and state = 'queued'";
            Ok(tx.execute(update, [id.0])? > 0)
        })
    }

    /// The service has taken it, and calls it `receipt`.
    ///
    /// # Errors
    /// When the database fails.
    pub fn message_sent(
        &self,
        due: &DueMessage,
        receipt: &str,
        at: Stamp,
    ) -> Result<(), StoreError> {
        self.write(|tx| {
            tx.execute(
                "update message set state = 'sent', fault = null, receipt = ?2, sent_ms = ?3, \
                 sent_trust = ?4 where id = ?1",
                (due.message.id.0, receipt, at.wall.0, at.trust.code()),
            )?;
            match due.kind {
                QueuedKind::Alert(alert) => {
                    let channel = due.message.channel().code();
                    note(tx, alert, "sent", Some(due.message.person), channel, at)
                }
                QueuedKind::Test | QueuedKind::Digest => Ok(()),
            }
        })
    }

    /// The try failed: for now, or for good.
    ///
    /// # Errors
    /// When the database fails.
    pub fn message_failed(
        &self,
        due: &DueMessage,
        fault: SendFault,
        at: Stamp,
    ) -> Result<(), StoreError> {
        self.write(|tx| {
            let state = if fault.is_final() { MessageState::Dead } else { MessageState::Queued };
            // Acknowledged while the try ran: nothing is left to be told.
            let dropped = "select 1 from alert where number = message.alert and ack_by is not null";
            tx.execute(
                &format!(
                    "update message set fault = ?2, state = case when exists ({dropped}) \
                     and ?3 = 'queued' then 'dropped' else ?3 end where id = ?1"
                ),
                (due.message.id.0, fault.code(), state.code()),
            )?;
            match due.kind {
                // A way that is down for hours fails many times: the proof has the first and the end.
                QueuedKind::Alert(alert) if fault.is_final() || due.message.tries == 0 => {
                    let detail = format!("{} {}", due.message.channel().code(), fault.code());
                    note(tx, alert, "failed", Some(due.message.person), &detail, at)
                }
                _ => Ok(()),
            }
        })
    }

    /// Messages of an alert that the service has taken, with what it calls them, so that they can be
    /// changed when somebody takes the alert over.
    ///
    /// # Errors
    /// When the database fails.
    pub fn receipts_of(
        &self,
        alert: AlertNumber,
        channel: ChannelKind,
    ) -> Result<Vec<(Address, String)>, StoreError> {
        self.read(|db| {
            let mut select = db.prepare_cached(
                "select address, receipt from message where alert = ?1 and channel = ?2 \
                 and state in ('sent', 'delivered') and receipt is not null order by id",
            )?;
            let mut rows = select.query((alert.0, channel.code()))?;
            let mut receipts = Vec::new();
            while let Some(row) = rows.next()? {
                let address = parsed(row, "address", |text| Address::read(channel, text))?;
                receipts.push((address, row.get("receipt")?));
            }
            Ok(receipts)
        })
    }

    /// How many messages of alerts that are not critical went to a person since then.
    ///
    /// # Errors
    /// When the database fails.
    pub fn told_since(&self, person: OperatorId, since: WallMs) -> Result<u32, StoreError> {
        self.read(|db| {
            let select = "select count(distinct message.alert) from message \
                          join alert on alert.number = message.alert \
                          where operator_id = ?1 and class = 'suspect' and queued_ms >= ?2";
            Ok(db.query_row(select, (person.as_bytes(), since.0), |row| row.get(0))?)
        })
    }

    /// How many messages wait for each way, and why the last try of one of them failed.
    ///
    /// # Errors
    /// When the database fails.
    pub fn channel_backlog(
        &self,
        channel: ChannelKind,
    ) -> Result<(u32, Option<SendFault>, Option<Stamp>), StoreError> {
        self.read(|db| {
            let waiting = "select count(*) from message where channel = ?1 and state = 'queued'";
            let waiting = db.query_row(waiting, [channel.code()], |row| row.get(0))?;
            let mut select = db.prepare_cached(
                "select fault from message where channel = ?1 and fault is not null \
                 and state in ('queued', 'dead') order by id desc limit 1",
            )?;
            let mut rows = select.query([channel.code()])?;
            let fault = match rows.next()? {
                Some(row) => parsed_option(row, "fault", SendFault::parse)?,
                None => None,
            };
            let mut select = db.prepare_cached(
                "select sent_ms, sent_trust from message where channel = ?1 and sent_ms is not null \
                 order by id desc limit 1",
            )?;
            let mut rows = select.query([channel.code()])?;
            let sent = match rows.next()? {
                Some(row) => Some(stamp(row, "sent_ms", "sent_trust")?),
                None => None,
            };
            Ok((waiting, fault, sent))
        })
    }
}

fn due_message(row: &Row<'_>) -> Result<DueMessage, StoreError> {
    let alert: Option<i64> = row.get("alert")?;
    let kind: String = row.get("kind")?;
    let kind = match (kind.as_str(), alert) {
        ("alert", Some(number)) => QueuedKind::Alert(AlertNumber(number)),
        ("digest", None) => QueuedKind::Digest,
        ("test", None) => QueuedKind::Test,
        _ => return Err(StoreError::Corrupt { what: "message" }),
    };
    Ok(DueMessage { message: message(row)?, kind })
}

fn message(row: &Row<'_>) -> Result<Message, StoreError> {
    let channel = parsed(row, "channel", ChannelKind::parse)?;
    let sent: Option<i64> = row.get("sent_ms")?;
    Ok(Message {
        id: MessageId(row.get("id")?),
        person: operator_id(row, "operator_id")?,
        address: parsed(row, "address", |text| Address::read(channel, text))?,
        round: row.get("round")?,
        state: parsed(row, "state", MessageState::parse)?,
        tries: row.get("tries")?,
        repeat: row.get("repeat")?,
        fault: parsed_option(row, "fault", SendFault::parse)?,
        queued: stamp(row, "queued_ms", "queued_trust")?,
        sent: match sent {
            Some(_) => Some(stamp(row, "sent_ms", "sent_trust")?),
            None => None,
        },
    })
}
