//! Messages that did not reach anybody, and sending them again.

use rusqlite::Row;

use crate::domain::alert::contact::{Address, ChannelKind};
use crate::domain::alert::delivery::{
    Message, MessageId, MessageState, SendFault, Undelivered, UndeliveredCounts,
};
use crate::domain::alert::{AlertClass, AlertNumber};
use crate::domain::ids::OperatorId;
use crate::domain::people::{PersonName, Role};
use crate::domain::stamp::Stamp;
use crate::store::Store;
use crate::store::alerts::{note, outbox};
use crate::store::error::StoreError;
use crate::store::sql::{parsed, parsed_option};

/// Tries after which a message that still waits is shown beside those that were given up.
const TRIES_SHOWN: u32 = 3;

const UNDELIVERED: &str = "select message.*, operator.name as who, operator.role as who_role, \
     alert.class as class, alert.ack_by is null as open from message \
     join operator on operator.id = message.operator_id \
     left join alert on alert.number = message.alert";

impl Store {
    /// Messages that were given up or were tried several times in vain, those about open alerts first,
    /// the newest first, `most` of each.
    ///
    /// # Errors
    /// When the database fails.
    pub fn undelivered(&self, most: u32) -> Result<Vec<Undelivered>, StoreError> {
        self.read(|db| {
            let mut found = Vec::new();
            for condition in
                ["where message.state = 'dead'", "where message.state = 'queued' and tries >= ?2"]
            {
                let order = "order by alert.number is not null and ack_by is not null, \
                             message.id desc limit ?1";
                let mut select =
                    db.prepare_cached(&format!("{UNDELIVERED} {condition} {order}"))?;
                let mut rows = if condition.contains("?2") {
                    select.query((most, TRIES_SHOWN))?
                } else {
                    select.query([most])?
                };
                while let Some(row) = rows.next()? {
                    found.push(undelivered(row)?);
                }
            }
            found.sort_by_key(|one| {
                let class = one.alert.map(|(_, class, _)| class);
                (!one.matters(), class.is_none(), class, std::cmp::Reverse(one.message.id))
            });
            Ok(found)
        })
    }

    /// People with a way to be reached by which the newest message was given up, as what: a number that
    /// does not exist, a chat that is blocked. A number that was corrected since is a way of its own.
    ///
    /// # Errors
    /// When the database fails.
    pub fn dead_receivers(&self) -> Result<Vec<(PersonName, ChannelKind, SendFault)>, StoreError> {
        let mut dead = Vec::new();
        for contact in self.contacts()? {
            for address in contact.addresses() {
                if let Some(fault) = self.last_refusal(&address)? {
                    dead.push((contact.name.clone(), address.kind(), fault));
                }
            }
        }
        Ok(dead)
    }

    /// Why the newest message to an address was given up; `None`: it was not.
    fn last_refusal(&self, address: &Address) -> Result<Option<SendFault>, StoreError> {
        let last = self.last_outcome(address)?;
        Ok(last.and_then(|(state, fault)| fault.filter(|_| state == MessageState::Dead)))
    }

    /// Whether the newest message to an address of which the end is known got through.
    ///
    /// # Errors
    /// When the database fails.
    pub fn got_through(&self, address: &Address) -> Result<bool, StoreError> {
        Ok(self.last_outcome(address)?.is_some_and(|(state, _)| state != MessageState::Dead))
    }

    /// What became of the newest message to an address that does not wait any more.
    fn last_outcome(
        &self,
        address: &Address,
    ) -> Result<Option<(MessageState, Option<SendFault>)>, StoreError> {
        self.read(|db| {
            let mut select = db.prepare_cached(
                "select state, fault from message where channel = ?1 and address = ?2 \
                 and state in ('sent', 'delivered', 'dead') order by id desc limit 1",
            )?;
            let mut rows = select.query((address.kind().code(), address.stored()))?;
            let Some(row) = rows.next()? else { return Ok(None) };
            let state = parsed(row, "state", MessageState::parse)?;
            Ok(Some((state, parsed_option(row, "fault", SendFault::parse)?)))
        })
    }

    /// How many messages about open alerts were given up.
    ///
    /// # Errors
    /// When the database fails.
    pub fn undelivered_counts(&self) -> Result<UndeliveredCounts, StoreError> {
        self.read(|db| {
            let count = "select count(*) filter (where class = 'critical') as critical, \
                         count(*) filter (where class <> 'critical') as other from message \
                         join alert on alert.number = message.alert \
                         where message.state = 'dead' and ack_by is null";
            let read = |row: &Row<'_>| {
                Ok(UndeliveredCounts { critical: row.get("critical")?, other: row.get("other")? })
            };
            Ok(db.query_row(count, [], read)?)
        })
    }

    /// A person asks for one more try of a message that was given up. False when there is nothing to be
    /// told any more, or it waits already.
    ///
    /// # Errors
    /// When the database fails.
    pub fn resend(&self, id: MessageId, by: OperatorId, at: Stamp) -> Result<bool, StoreError> {
        self.write(|tx| {
            let update = "update message set state = 'queued', tries = 0, fault = null where id = ?1 \
                          and state = 'dead' and (alert is null or exists \
                          (select 1 from alert where number = message.alert and ack_by is null)) \
                          returning alert, channel";
            let mut update = tx.prepare_cached(update)?;
            let mut rows = update.query([id.0])?;
            let Some(row) = rows.next()? else { return Ok(false) };
            let (alert, channel): (Option<i64>, String) = (row.get("alert")?, row.get("channel")?);
            drop(rows);
            if let Some(alert) = alert {
                note(tx, AlertNumber(alert), "resent", Some(by), &channel, at)?;
            }
            Ok(true)
        })
    }
}

impl Store {
    /// The newest test of each person by each way.
    ///
    /// # Errors
    /// When the database fails.
    pub fn last_tests(&self) -> Result<Vec<Message>, StoreError> {
        self.read(|db| {
            let mut select = db.prepare_cached(
                "select * from message where id in \
                 (select max(id) from message where kind = 'test' group by operator_id, channel)",
            )?;
            let mut rows = select.query([])?;
            let mut tests = Vec::new();
            while let Some(row) = rows.next()? {
                tests.push(outbox::message(row)?);
            }
            Ok(tests)
        })
    }
}

fn undelivered(row: &Row<'_>) -> Result<Undelivered, StoreError> {
    let number: Option<i64> = row.get("alert")?;
    let class = parsed_option(row, "class", AlertClass::parse)?;
    let open: bool = row.get("open")?;
    Ok(Undelivered {
        message: outbox::message(row)?,
        alert: number.zip(class).map(|(number, class)| (AlertNumber(number), class, open)),
        name: parsed(row, "who", PersonName::parse)?,
        role: parsed(row, "who_role", Role::parse)?,
    })
}
