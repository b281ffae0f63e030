//! Rows of the site's settings.

use crate::domain::ids::OperatorId;
use crate::domain::site::Site;
use crate::domain::stamp::Stamp;
use crate::store::Store;
use crate::store::error::StoreError;

impl Store {
    /// The site's settings: what is stored, over what is given.
    ///
    /// # Errors
    /// When the database fails.
    pub fn site(&self, given: Site) -> Result<Site, StoreError> {
        self.read(|db| {
            let mut select = db.prepare_cached("select name, value from site_setting")?;
            let mut rows = select.query([])?;
            let mut site = given;
            while let Some(row) = rows.next()? {
                let (name, value): (String, String) = (row.get("name")?, row.get("value")?);
                let with = site.with(&name, &value);
                site = with.ok_or(StoreError::Corrupt { what: "site_setting" })?;
            }
            Ok(site)
        })
    }

    /// Notes that a person has asked for a time, seconds since 1970.
    ///
    /// # Errors
    /// When the database fails.
    pub fn clock_asked(&self, by: OperatorId, wall_s: i64, at: Stamp) -> Result<(), StoreError> {
        self.write(|tx| {
            tx.execute(
                "insert into event (operator_id, kind, detail, wall_ms, clock_trust) \
                 values (?1, 'clock_asked', ?2, ?3, ?4)",
                (by.as_bytes(), wall_s.to_string(), at.wall.0, at.trust.code()),
            )?;
            Ok(())
        })
    }

    /// Notes that a person has chosen a portal or a way to people (`portal_chosen`, `ways_chosen`), and what
    /// was done: a code of the program's own.
    ///
    /// # Errors
    /// When the database fails.
    pub fn connection_chosen(
        &self,
        (kind, detail): (&'static str, &'static str),
        by: OperatorId,
        at: Stamp,
    ) -> Result<(), StoreError> {
        self.write(|tx| {
            tx.execute(
                "insert into event (operator_id, kind, detail, wall_ms, clock_trust) \
                 values (?1, ?2, ?3, ?4, ?5)",
                (by.as_bytes(), kind, detail, at.wall.0, at.trust.code()),
            )?;
            Ok(())
        })
    }

    /// Keeps the site's settings, and who set them.
    ///
    /// # Errors
    /// When the database fails.
    pub fn set_site(&self, site: &Site, by: OperatorId, at: Stamp) -> Result<(), StoreError> {
        self.write(|tx| {
            for (name, value) in site.rows() {
                tx.execute(
                    "insert into site_setting (name, value) values (?1, ?2) \
                     on conflict (name) do update set value = excluded.value",
                    (name, value),
                )?;
            }
            tx.execute(
                "insert into event (operator_id, kind, wall_ms, clock_trust) \
                 values (?1, 'site_set', ?2, ?3)",
                (by.as_bytes(), at.wall.0, at.trust.code()),
            )?;
            Ok(())
        })
    }
}
