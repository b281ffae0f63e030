//! Rows of contacts: how people are reached.

use rusqlite::{OptionalExtension as _, Row};

use crate::domain::alert::AlertClass;
use crate::domain::alert::contact::{ChatId, Contact, DailySpan, MinuteOfDay, PhoneNumber};
use crate::domain::fault::Fault;
use crate::domain::ids::OperatorId;
use crate::domain::people::PersonName;
use crate::store::Store;
use crate::store::alerts::is_active;
use crate::store::error::StoreError;
use crate::store::sql::{operator_id, parsed, parsed_option};

const CONTACT: &str = "select contact.*, operator.name as name from contact \
     join operator on operator.id = operator_id where active = 1";

impl Store {
    /// Everybody who may be told, by place.
    ///
    /// # Errors
    /// When the database fails.
    pub fn contacts(&self) -> Result<Vec<Contact>, StoreError> {
        self.read(|db| {
            let mut select = db.prepare_cached(&format!("{CONTACT} order by place, name"))?;
            let mut rows = select.query([])?;
            let mut contacts = Vec::new();
            while let Some(row) = rows.next()? {
                contacts.push(contact(row)?);
            }
            Ok(contacts)
        })
    }

    /// Stores how a person is reached. The chat is not touched: that is for [`Store::pair_chat`].
    ///
    /// # Errors
    /// When the database fails.
    pub fn set_contact(&self, contact: &Contact) -> Result<(), StoreError> {
        self.write(|tx| {
            let duty = contact.duty;
            tx.execute(
                "insert into contact (operator_id, phone, least, place, duty_from, duty_until) \
                 values (?1, ?2, ?3, ?4, ?5, ?6) on conflict (operator_id) do update set \
                 phone = ?2, least = ?3, place = ?4, duty_from = ?5, duty_until = ?6",
                (
                    contact.operator.as_bytes(),
                    contact.phone.as_ref().map(PhoneNumber::as_str),
                    contact.least.code(),
                    contact.order,
                    duty.map(|duty| duty.from.minutes()),
                    duty.map(|duty| duty.until.minutes()),
                ),
            )?;
            Ok(())
        })
    }

    /// Notes which chat belongs to a person. A chat belongs to one person: it is taken from any other.
    ///
    /// # Errors
    /// [`Fault::PersonUnknown`] for a closed account, or when the database fails.
    pub fn pair_chat(&self, person: OperatorId, chat: ChatId) -> Result<(), StoreError> {
        self.write(|tx| {
            if !is_active(tx, person)? {
                return Err(Fault::PersonUnknown.into());
            }
            tx.execute("update contact set chat_id = null where chat_id = ?1", [chat.0])?;
            tx.execute(
                "insert into contact (operator_id, chat_id, least) values (?1, ?2, 'suspect') \
                 on conflict (operator_id) do update set chat_id = ?2",
                (person.as_bytes(), chat.0),
            )?;
            Ok(())
        })
    }

    /// Whose chat or telephone it is; several people may share a telephone, and then nobody is meant.
    ///
    /// # Errors
    /// When the database fails.
    pub fn person_of_chat(&self, chat: ChatId) -> Result<Option<OperatorId>, StoreError> {
        self.read(|db| {
            let select = format!("{CONTACT} and chat_id = ?1");
            let found = db.query_row(&select, [chat.0], |row| row.get::<_, [u8; 16]>(0));
            Ok(found.optional()?.map(OperatorId::from_bytes))
        })
    }

    /// Whose telephone it is. Several people may share one, and then nobody is meant.
    ///
    /// # Errors
    /// When the database fails.
    pub fn person_of_phone(&self, phone: &PhoneNumber) -> Result<Option<OperatorId>, StoreError> {
        let mut owners = self.contacts()?;
        owners.retain(|contact| contact.phone.as_ref() == Some(phone));
        Ok(match owners.as_slice() {
            [one] => Some(one.operator),
            _ => None,
        })
    }
}

fn contact(row: &Row<'_>) -> Result<Contact, StoreError> {
    let minute = |column: &'static str| -> Result<Option<MinuteOfDay>, StoreError> {
        let found: Option<u16> = row.get(column)?;
        Ok(found.and_then(MinuteOfDay::new))
    };
    let span = minute("duty_from")?.zip(minute("duty_until")?);
    Ok(Contact {
        operator: operator_id(row, "operator_id")?,
        name: parsed(row, "name", PersonName::parse)?,
        chat: row.get::<_, Option<i64>>("chat_id")?.map(ChatId),
        phone: parsed_option(row, "phone", PhoneNumber::parse)?,
        least: parsed(row, "least", AlertClass::parse)?,
        order: row.get("place")?,
        duty: span.map(|(from, until)| DailySpan { from, until }),
    })
}
