//! Rows of contacts: how people are reached.

use rusqlite::Row;

use crate::domain::alert::AlertClass;
use crate::domain::alert::contact::{ChatId, Contact, PhoneNumber};
use crate::domain::alert::roster::Roster;
use crate::domain::alert::rules::may_be_told;
use crate::domain::fault::Fault;
use crate::domain::ids::OperatorId;
use crate::domain::people::{PersonName, Role};
use crate::store::Store;
use crate::store::alerts::is_active;
use crate::store::error::StoreError;
use crate::store::sql::{operator_id, parsed, parsed_option};

const CONTACT: &str = "select contact.*, operator.name as name, operator.role as role from contact \
     join operator on operator.id = operator_id where active = 1";

impl Store {
    /// Everybody who may be told at all, by place. Which of them are is for the rules to say.
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
            contacts.retain(|contact| may_be_told(contact.role));
            Ok(contacts)
        })
    }

    /// Stores how a person is reached. The chat is not touched: that is for [`Store::pair_chat`].
    ///
    /// # Errors
    /// When the database fails.
    pub fn set_contact(&self, contact: &Contact) -> Result<(), StoreError> {
        self.write(|tx| {
            tx.execute(
                "insert into contact (operator_id, phone, least, place, roster) \
                 values (?1, ?2, ?3, ?4, ?5) on conflict (operator_id) do update set \
                 phone = ?2, least = ?3, place = ?4, roster = ?5",
                (
                    contact.operator.as_bytes(),
                    contact.phone.as_ref().map(PhoneNumber::as_str),
                    contact.least.code(),
                    contact.order,
                    contact.duty.as_ref().map(Roster::write),
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

    /// Whose chat it is, of those who may be told at all.
    ///
    /// # Errors
    /// When the database fails.
    pub fn person_of_chat(&self, chat: ChatId) -> Result<Option<OperatorId>, StoreError> {
        let contacts = self.contacts()?;
        let owner = contacts.into_iter().find(|contact| contact.chat == Some(chat));
        Ok(owner.map(|contact| contact.operator))
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
    Ok(Contact {
        operator: operator_id(row, "operator_id")?,
        name: parsed(row, "name", PersonName::parse)?,
        role: parsed(row, "role", Role::parse)?,
        chat: row.get::<_, Option<i64>>("chat_id")?.map(ChatId),
        phone: parsed_option(row, "phone", PhoneNumber::parse)?,
        least: parsed(row, "least", AlertClass::parse)?,
        order: row.get("place")?,
        duty: parsed_option(row, "roster", Roster::parse)?,
    })
}
