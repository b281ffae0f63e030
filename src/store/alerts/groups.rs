//! Rows of Telegram groups.

use rusqlite::{Row, Transaction};

use crate::domain::alert::contact::ChatId;
use crate::domain::alert::group::{Group, GroupTitle, Standing};
use crate::domain::fault::Fault;
use crate::domain::ids::OperatorId;
use crate::domain::people::PersonName;
use crate::domain::stamp::Stamp;
use crate::store::Store;
use crate::store::alerts::is_active;
use crate::store::error::StoreError;
use crate::store::sql::{parsed, stamp};

impl Store {
    /// Every group, by title.
    ///
    /// # Errors
    /// When the database fails.
    pub fn groups(&self) -> Result<Vec<Group>, StoreError> {
        self.read(|db| {
            let mut select = db.prepare_cached(
                "select chat_group.*, operator.name as who from chat_group \
                 join operator on operator.id = paired_by order by title, chat_id",
            )?;
            let mut rows = select.query([])?;
            let mut groups = Vec::new();
            while let Some(row) = rows.next()? {
                groups.push(group(row)?);
            }
            Ok(groups)
        })
    }

    /// Keeps a group that was paired by somebody's code.
    ///
    /// # Errors
    /// [`Fault::PersonUnknown`] when that account was closed meanwhile, or when the database fails.
    pub fn pair_group(
        &self,
        chat: ChatId,
        title: &GroupTitle,
        by: OperatorId,
        at: Stamp,
    ) -> Result<(), StoreError> {
        self.write(|tx| {
            if !is_active(tx, by)? {
                return Err(Fault::PersonUnknown.into());
            }
            tx.execute(
                "insert into chat_group (chat_id, title, standing, paired_by, paired_ms, \
                 paired_trust) values (?1, ?2, 'in', ?3, ?4, ?5) on conflict (chat_id) do update \
                 set title = ?2, standing = 'in', paired_by = ?3, paired_ms = ?4, paired_trust = ?5",
                (chat.0, title.as_str(), by.as_bytes(), at.wall.0, at.trust.code()),
            )?;
            Ok(())
        })
    }

    /// Forgets a group. What was told there stays in the proof.
    ///
    /// # Errors
    /// When the database fails.
    pub fn forget_group(&self, chat: ChatId) -> Result<(), StoreError> {
        self.write(|tx| {
            tx.execute("delete from chat_group where chat_id = ?1", [chat.0])?;
            tx.execute(
                "update message set state = 'dropped' where channel = 'telegram' \
                 and address = ?1 and state = 'queued'",
                [chat.0.to_string()],
            )?;
            Ok(())
        })
    }

    /// The bot was added to a group that is known, or removed from it.
    ///
    /// # Errors
    /// When the database fails.
    pub fn set_group_standing(&self, chat: ChatId, standing: Standing) -> Result<(), StoreError> {
        self.write(|tx| {
            tx.execute(
                "update chat_group set standing = ?2 where chat_id = ?1",
                (chat.0, standing.code()),
            )?;
            Ok(())
        })
    }

    /// Telegram has given a group another number: it became a supergroup. What waits goes there.
    ///
    /// # Errors
    /// When the database fails.
    pub fn move_group(&self, from: ChatId, to: ChatId) -> Result<(), StoreError> {
        self.write(|tx| {
            tx.execute(
                "update or replace chat_group set chat_id = ?2 where chat_id = ?1",
                [from.0, to.0],
            )?;
            tx.execute(
                "update or ignore message set address = ?2 where channel = 'telegram' \
                 and address = ?1 and state in ('queued', 'sending')",
                [from.0.to_string(), to.0.to_string()],
            )?;
            Ok(())
        })
    }
}

/// Writing to a chat has failed for good: if it is a group, the bot is not in it any more.
pub(super) fn is_out(tx: &Transaction<'_>, address: &str) -> Result<(), StoreError> {
    if let Ok(chat) = address.parse::<i64>() {
        tx.execute("update chat_group set standing = 'out' where chat_id = ?1", [chat])?;
    }
    Ok(())
}

fn group(row: &Row<'_>) -> Result<Group, StoreError> {
    let title: String = row.get("title")?;
    Ok(Group {
        chat: ChatId(row.get("chat_id")?),
        title: GroupTitle::of(&title),
        standing: parsed(row, "standing", Standing::parse)?,
        paired_by: parsed(row, "who", PersonName::parse)?,
        paired: stamp(row, "paired_ms", "paired_trust")?,
    })
}
