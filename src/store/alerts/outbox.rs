//! Rows of messages. A row is written before anything is sent, and says what came of it.

use std::collections::{BTreeMap, BTreeSet};

use rusqlite::{Connection, OptionalExtension as _, Row, Transaction};

use crate::domain::alert::contact::{Address, ChannelKind};
use crate::domain::alert::delivery::{Message, MessageId, MessageState, SendFault};
use crate::domain::alert::escalation::Due;
use crate::domain::alert::{AlertNumber, OnTime};
use crate::domain::ids::OperatorId;
use crate::domain::stamp::Stamp;
use crate::store::Store;
use crate::store::alerts::{groups, note};
use crate::store::error::StoreError;
use crate::store::sql::{operator_id, parsed, parsed_option, stamp};

/// Whether a message goes to a group: Telegram gives these negative numbers. It is told to nobody in
/// person, whomever it names.
pub(super) const TO_GROUP: &str = "(message.channel = 'telegram' and message.address like '-%')";

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

/// A message in a chat that has to say who has taken its alert over.
#[derive(Clone, Debug)]
pub struct Unedited {
    /// The message.
    pub id: MessageId,
    /// Its alert.
    pub alert: AlertNumber,
    /// For whom it was.
    pub person: OperatorId,
    /// Where it is.
    pub address: Address,
    /// What the service calls it.
    pub receipt: String,
}

/// What waits for one address: the next message about a critical alert, and the next about anything else.
/// Those that were tried less often come first, so that none that always fails holds up another.
#[derive(Clone, Debug)]
pub struct Waiting {
    /// The address.
    pub address: Address,
    /// About a critical alert.
    pub critical: Option<DueMessage>,
    /// About anything else.
    pub other: Option<DueMessage>,
}

impl Store {
    /// Queues a test for a person.
    ///
    /// # Errors
    /// When the database fails.
    pub fn queue_test(
        &self,
        person: OperatorId,
        address: &Address,
        at: Stamp,
    ) -> Result<(), StoreError> {
        self.write(|tx| queue_other(tx, "test", person, address, at))
    }

    /// Queues the digest for a person, unless an earlier one still waits there.
    ///
    /// # Errors
    /// When the database fails.
    pub fn queue_digest(
        &self,
        person: OperatorId,
        address: &Address,
        at: Stamp,
    ) -> Result<(), StoreError> {
        self.write(|tx| {
            let waits = "select exists (select 1 from message where state = 'queued' \
                         and channel = ?1 and address = ?2 and kind = 'digest')";
            let (channel, stored) = (address.kind().code(), address.stored());
            let waits: bool = tx.query_row(waits, (channel, stored), |row| row.get(0))?;
            if waits { Ok(()) } else { queue_other(tx, "digest", person, address, at) }
        })
    }

    /// Tries that have begun and that nobody makes any more, because the program ended: nobody knows
    /// whether they arrived. They are tried again, and the text says that it may be a repetition.
    /// `running`: tries that are still being made.
    ///
    /// # Errors
    /// When the database fails.
    pub fn requeue_unknown(&self, running: &BTreeSet<MessageId>) -> Result<usize, StoreError> {
        let lost = self.read(|db| {
            let mut select = db.prepare_cached("select id from message where state = 'sending'")?;
            let mut rows = select.query([])?;
            let mut lost = Vec::new();
            while let Some(row) = rows.next()? {
                lost.push(MessageId(row.get("id")?));
            }
            lost.retain(|id| !running.contains(id));
            Ok(lost)
        })?;
        if lost.is_empty() {
            return Ok(0);
        }
        self.write(|tx| {
            for id in &lost {
                tx.execute(
                    "update message set state = 'queued', repeat = 1 \
                     where id = ?1 and state = 'sending'",
                    [id.0],
                )?;
            }
            Ok(lost.len())
        })
    }

    /// What waits, address by address. Costs as much as there are addresses, however much waits.
    ///
    /// # Errors
    /// When the database fails.
    pub fn waiting_messages(&self) -> Result<Vec<Waiting>, StoreError> {
        self.read(|db| {
            let mut waiting = Vec::new();
            let mut last = (String::new(), String::new());
            while let Some((channel, address)) = next_address(db, &last)? {
                waiting.push(waiting_for(db, &channel, &address)?);
                last = (channel, address);
            }
            Ok(waiting)
        })
    }

    /// The messages of an alert, oldest first.
    ///
    /// # Errors
    /// When the database fails.
    pub fn messages_of(&self, alert: AlertNumber) -> Result<Vec<Message>, StoreError> {
        self.read(|db| of_alert(db, alert))
    }

    /// Addresses that turned out dead, for each open alert.
    ///
    /// # Errors
    /// When the database fails.
    pub fn dead_addresses(&self) -> Result<BTreeMap<AlertNumber, BTreeSet<Address>>, StoreError> {
        self.read(|db| {
            let mut select = db.prepare_cached(
                "select alert, channel, address from message \
                 join alert on alert.number = message.alert where state = 'dead' and ack_by is null",
            )?;
            let mut rows = select.query([])?;
            let mut dead: BTreeMap<_, BTreeSet<_>> = BTreeMap::new();
            while let Some(row) = rows.next()? {
                let channel = parsed(row, "channel", ChannelKind::parse)?;
                let address = parsed(row, "address", |text| Address::read(channel, text))?;
                dead.entry(AlertNumber(row.get("alert")?)).or_default().insert(address);
            }
            Ok(dead)
        })
    }

    /// A try begins; gives the message as it has to be sent. It says that it may be a repetition when
    /// the person may have got another message of the same alert before, by whatever way, or when there
    /// may be one at the same address: a group reads who is on duty in turn. `None` when it is not to be
    /// sent any more.
    ///
    /// # Errors
    /// When the database fails.
    pub fn begin_try(&self, id: MessageId) -> Result<Option<DueMessage>, StoreError> {
        self.write(|tx| {
            // Taken over meanwhile: nothing is left to be told.
            tx.execute(
                "update message set state = 'dropped' where id = ?1 and state = 'queued' and exists \
                 (select 1 from alert where number = message.alert and ack_by is not null)",
                [id.0],
            )?;
            let begun = tx.execute(
                "update message set state = 'sending', tries = tries + 1, repeat = repeat or exists \
                 (select 1 from message as other where other.alert = message.alert \
                 and (other.operator_id = message.operator_id or (other.channel = message.channel \
                 and other.address = message.address)) and other.id <> message.id \
                 and (other.state in ('sending', 'sent', 'delivered') or other.repeat = 1)) \
                 where id = ?1 and state = 'queued'",
                [id.0],
            )?;
            if begun == 0 {
                return Ok(None);
            }
            let mut select = tx.prepare_cached("select * from message where id = ?1")?;
            let mut rows = select.query([id.0])?;
            rows.next()?.map(due_message).transpose()
        })
    }

    /// A try that had begun is not made: there is nothing to say any more.
    ///
    /// # Errors
    /// When the database fails.
    pub fn message_dropped(&self, id: MessageId) -> Result<(), StoreError> {
        self.write(|tx| {
            let update = "update message set state = 'dropped' where id = ?1 and state = 'sending'";
            tx.execute(update, [id.0])?;
            Ok(())
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
                    "update message set fault = ?2, repeat = repeat or ?4, state = case when \
                     exists ({dropped}) and ?3 = 'queued' then 'dropped' else ?3 end where id = ?1"
                ),
                (due.message.id.0, fault.code(), state.code(), fault.may_have_arrived()),
            )?;
            if fault == SendFault::NoSuchReceiver {
                groups::is_out(tx, &due.message.address.stored())?;
            }
            if let (QueuedKind::Alert(alert), true) = (due.kind, fault.is_final()) {
                // Somebody else may have to be told in place of this address.
                tx.execute(
                    "update alert set due_ms = 0 where number = ?1 and ack_by is null",
                    [alert.0],
                )?;
            }
            match due.kind {
                // A way that is down for hours fails many times: the proof has the first and the end.
                QueuedKind::Alert(alert) if fault.is_final() || due.message.tries <= 1 => {
                    let detail = format!("{} {}", due.message.channel().code(), fault.code());
                    note(tx, alert, "failed", Some(due.message.person), &detail, at)
                }
                _ => Ok(()),
            }
        })
    }

    /// Messages in chats that still have buttons although somebody has taken their alert over, the oldest
    /// first.
    ///
    /// # Errors
    /// When the database fails.
    pub fn unedited(&self, most: u32) -> Result<Vec<Unedited>, StoreError> {
        self.read(|db| {
            // The condition of the index word for word.
            let mut select = db.prepare_cached(
                "select message.* from message join alert on alert.number = message.alert \
                 where edited = 0 and channel = 'telegram' and state in ('sent', 'delivered') \
                 and receipt is not null and ack_by is not null order by message.id limit ?1",
            )?;
            let mut rows = select.query([most])?;
            let mut unedited = Vec::new();
            while let Some(row) = rows.next()? {
                let read = |text: &str| Address::read(ChannelKind::Telegram, text);
                unedited.push(Unedited {
                    id: MessageId(row.get("id")?),
                    alert: AlertNumber(row.get("alert")?),
                    person: operator_id(row, "operator_id")?,
                    address: parsed(row, "address", read)?,
                    receipt: row.get("receipt")?,
                });
            }
            Ok(unedited)
        })
    }

    /// A message says who has its alert, or cannot be changed any more.
    ///
    /// # Errors
    /// When the database fails.
    pub fn message_edited(&self, id: MessageId) -> Result<(), StoreError> {
        self.write(|tx| {
            tx.execute("update message set edited = 1 where id = ?1", [id.0])?;
            Ok(())
        })
    }

    /// Of how many alerts that are not critical a person has been told in person since then, by the time that alerts
    /// count by: a wall clock that was wrong for a while must not withhold anything.
    ///
    /// # Errors
    /// When the database fails.
    pub fn told_since(&self, person: OperatorId, since_on_ms: i64) -> Result<u32, StoreError> {
        self.read(|db| {
            let select = format!(
                "select count(distinct message.alert) from message \
                 join alert on alert.number = message.alert \
                 where message.kind = 'alert' and operator_id = ?1 and class = 'suspect' \
                 and message.on_ms >= ?2 and not {TO_GROUP}"
            );
            let mut count = db.prepare_cached(&select)?;
            Ok(count.query_row((person.as_bytes(), since_on_ms), |row| row.get(0))?)
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

/// Queues messages of an alert that are not there yet; gives how many are new.
pub(super) fn queue(
    tx: &Transaction<'_>,
    alert: AlertNumber,
    owed: &[Due],
    now: OnTime,
    at: Stamp,
) -> Result<usize, StoreError> {
    let mut new = 0;
    for one in owed {
        let channel = one.address.kind().code();
        let inserted = tx
            .prepare_cached(
                "insert or ignore into message (alert, kind, operator_id, channel, address, round, \
                 rank, on_ms, queued_ms, queued_trust) select ?1, 'alert', ?2, ?3, ?4, ?5, \
                 iif(class = 'critical', 0, 1), ?6, ?7, ?8 \
                 from alert where number = ?1 and ack_by is null",
            )?
            .execute((
                alert.0,
                one.person.as_bytes(),
                channel,
                one.address.stored(),
                one.round,
                now.on_ms,
                at.wall.0,
                at.trust.code(),
            ))?;
        if inserted > 0 {
            new += inserted;
            note(tx, alert, "queued", Some(one.person), channel, at)?;
        }
    }
    Ok(new)
}

fn queue_other(
    tx: &Transaction<'_>,
    kind: &str,
    person: OperatorId,
    address: &Address,
    at: Stamp,
) -> Result<(), StoreError> {
    tx.execute(
        "insert into message (kind, operator_id, channel, address, round, queued_ms, queued_trust) \
         values (?1, ?2, ?3, ?4, 0, ?5, ?6)",
        (
            kind,
            person.as_bytes(),
            address.kind().code(),
            address.stored(),
            at.wall.0,
            at.trust.code(),
        ),
    )?;
    Ok(())
}

pub(super) fn of_alert(db: &Connection, alert: AlertNumber) -> Result<Vec<Message>, StoreError> {
    let mut select = db.prepare_cached("select * from message where alert = ?1 order by id")?;
    let mut rows = select.query([alert.0])?;
    let mut messages = Vec::new();
    while let Some(row) = rows.next()? {
        messages.push(message(row)?);
    }
    Ok(messages)
}

fn next_address(
    db: &Connection,
    (channel, address): &(String, String),
) -> Result<Option<(String, String)>, StoreError> {
    let mut select = db.prepare_cached(
        "select channel, address from message where state = 'queued' \
         and (channel, address) > (?1, ?2) order by channel, address limit 1",
    )?;
    let read = |row: &Row<'_>| Ok((row.get("channel")?, row.get("address")?));
    Ok(select.query_row((channel, address), read).optional()?)
}

fn waiting_for(db: &Connection, channel: &str, address: &str) -> Result<Waiting, StoreError> {
    let mut select = db.prepare_cached(
        "select * from message where state = 'queued' and channel = ?1 and address = ?2 \
         and rank = ?3 order by tries, id limit 1",
    )?;
    let mut first = |rank: i64| -> Result<Option<DueMessage>, StoreError> {
        let mut rows = select.query((channel, address, rank))?;
        rows.next()?.map(due_message).transpose()
    };
    let (critical, other) = (first(0)?, first(1)?);
    let corrupt = || StoreError::Corrupt { what: "address" };
    let kind = ChannelKind::parse(channel).ok_or_else(corrupt)?;
    Ok(Waiting { address: Address::read(kind, address).ok_or_else(corrupt)?, critical, other })
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

pub(super) fn message(row: &Row<'_>) -> Result<Message, StoreError> {
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
