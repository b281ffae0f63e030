//! Studies for exports.

use super::sql::{Db, params};
use super::{Store, films};
use crate::domain::ids::StudyId;
use crate::domain::stamp::WallMs;
use crate::domain::sync::identity::KeyId;
use crate::portal::dhis2::{ExportStorage, ExportStudy};
use crate::portal::storage::StorageError;

impl ExportStorage for Store {
    fn export_studies(
        &self,
        after: Option<(KeyId, StudyId)>,
        most: u32,
    ) -> Result<Vec<ExportStudy>, StorageError> {
        self.read(|db| studies(db, after, most))
    }
}

fn studies(
    db: &dyn Db,
    after: Option<(KeyId, StudyId)>,
    most: u32,
) -> Result<Vec<ExportStudy>, StorageError> {
    let (id, study) =
        after.map_or(([0; 16], [0; 16]), |(id, study)| (*id.as_bytes(), *study.as_bytes()));
    let select = "select box_id, study, box.name as site, received_ms from examination \
                  join box on box.id = examination.box_id \
                  where box_id > ?1 or (box_id = ?1 and study > ?2) \
                  order by box_id, study limit ?3";
    let mut found = Vec::new();
    for row in db.query(select, &params![&id, &study, most])? {
        let received = WallMs(row.get("received_ms")?);
        let mut one = ExportStudy {
            box_id: KeyId::from_bytes(row.get("box_id")?),
            study: StudyId::from_bytes(row.get("study")?),
            site: row.get("site")?,
            received,
            newest: received,
            bodies: Vec::new(),
        };
        let select = "select kind, body, received_ms from record where box_id = ?1 and study = ?2 \
                      order by seq, place";
        let key = params![one.box_id.as_bytes(), one.study.as_bytes()];
        for row in db.query(select, &key)? {
            let kind: String = row.get("kind")?;
            one.newest = one.newest.max(WallMs(row.get("received_ms")?));
            one.bodies.retain(|(other, _)| *other != kind);
            one.bodies.push((kind, films::text(&row.get::<Vec<u8>>("body")?)?));
        }
        found.push(one);
    }
    Ok(found)
}
