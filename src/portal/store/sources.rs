//! Rows of those who send and are no boxes, and of what they sent.

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use serde_json::{Value as Json, json};

use super::Store;
use super::sql::{Db, Row, Scope, Value, params};
use crate::domain::digest::Sha256Digest;
use crate::domain::people::Phi;
use crate::domain::stamp::WallMs;
use crate::portal::fhir::{Answer, Entry, Named, Outcome, new_id, settled};
use crate::portal::sources::{
    HeldObject, HeldResource, Kept, NewBundle, NewObject, ObjectKey, ObjectQuery, ResourceQuery,
    Source, SourceRow, SourceStorage,
};
use crate::portal::storage::StorageError;
use crate::wire::dicom::read::ObjectIds;
use crate::wire::pack::{pack, unpack};

impl SourceStorage for Store {
    fn set_source(
        &self,
        source: &Source,
        token: Sha256Digest,
        at: WallMs,
    ) -> Result<(), StorageError> {
        let insert = "insert into source (name, token, reads_all, made_ms) values (?1, ?2, ?3, ?4) \
                      on conflict (name) do update set token = excluded.token, \
                      reads_all = excluded.reads_all, closed_ms = null";
        let row = params![&source.name, token.as_bytes(), source.reads_all, at.0];
        self.write(Scope::Named(source.name.as_bytes()), |tx| tx.execute(insert, &row)).map(drop)
    }

    fn close_source(&self, name: &str, at: WallMs) -> Result<bool, StorageError> {
        let update = "update source set closed_ms = coalesce(closed_ms, ?2) where name = ?1";
        let row = params![name, at.0];
        let changed = self.write(Scope::Named(name.as_bytes()), |tx| tx.execute(update, &row))?;
        Ok(changed == 1)
    }

    fn source(&self, token: Sha256Digest) -> Result<Option<Source>, StorageError> {
        let select = "select name, reads_all from source where token = ?1 and closed_ms is null";
        let found = self.read(|db| db.first(select, &params![token.as_bytes()]))?;
        found
            .map(|row| Ok(Source { name: row.get("name")?, reads_all: row.get("reads_all")? }))
            .transpose()
    }

    fn sources(&self) -> Result<Vec<SourceRow>, StorageError> {
        let select = "select name, reads_all, closed_ms, seen_ms, \
              (select count(*) from dicom_object where source = name) as objects, \
              (select count(*) from dicom_object where source = name and conflict = 1) as conflicts, \
              (select count(*) from fhir_bundle where source = name) as bundles \
            from source order by name";
        let rows = self.read(|db| db.query(select, &[]))?;
        rows.iter().map(source_row).collect()
    }

    fn incoming(&self) -> PathBuf {
        self.incoming.clone()
    }

    fn keep_object(
        &self,
        object: &NewObject<'_>,
        part: &Path,
        at: WallMs,
    ) -> Result<Kept, StorageError> {
        // The file first: a row without one would be a promise that nobody can keep.
        self.keep_file(object.hash, part)?;
        // Of two contents under one UID that come at once, the later one meets the other.
        let scope = Scope::Named(object.ids.uid.as_bytes());
        self.write(scope, |tx| keep_object(tx, object, at))
    }

    fn object_keys(&self, which: &ObjectQuery, most: u32) -> Result<Vec<ObjectKey>, StorageError> {
        let ObjectQuery { source, study, series, uid, patient } = which;
        let asked = [
            ("source", source),
            ("study_uid", study),
            ("series_uid", series),
            ("uid", uid),
            ("patient", patient),
        ];
        let mut select =
            "select source, uid, hash from dicom_object where size_bytes >= 0".to_owned();
        let mut key = Vec::new();
        // By what is asked for and by nothing else, so that an index serves.
        for (column, value) in asked {
            if let Some(value) = value {
                key.push(Value::from(value));
                select.push_str(&format!(" and {column} = ?{}", key.len()));
            }
        }
        select.push_str(&format!(
            " order by study_uid, series_uid, uid, received_ms, hash limit ?{}",
            key.len() + 1
        ));
        key.extend(params![most]);
        let rows = self.read(|db| db.query(&select, &key))?;
        rows.iter().map(object_key).collect()
    }

    fn objects(&self, keys: &[ObjectKey]) -> Result<Vec<HeldObject>, StorageError> {
        let select = "select * from dicom_object where source = ?1 and uid = ?2 and hash = ?3";
        self.read(|db| {
            let mut found = Vec::with_capacity(keys.len());
            for ObjectKey { source, uid, hash } in keys {
                let rows = db.query(select, &params![source, uid, hash.as_bytes()])?;
                found.extend(rows.iter().map(held_object).collect::<Result<Vec<_>, _>>()?);
            }
            Ok(found)
        })
    }

    fn object_studies(&self, most: u32) -> Result<Vec<HeldObject>, StorageError> {
        let select = "select * from dicom_object as one where pixels = 1 and not exists \
               (select 1 from dicom_object as other where other.study_uid = one.study_uid \
                and other.pixels = 1 and (other.received_ms < one.received_ms \
                or (other.received_ms = one.received_ms and (other.source < one.source \
                or (other.source = one.source and (other.uid < one.uid \
                or (other.uid = one.uid and other.hash < one.hash))))))) \
             order by received_ms desc limit ?1";
        let rows = self.read(|db| db.query(select, &params![most]))?;
        rows.iter().map(held_object).collect()
    }

    fn object_file(&self, hash: Sha256Digest) -> Result<Vec<u8>, StorageError> {
        self.images.whole().get(hash)
    }

    fn take_bundle(&self, bundle: &NewBundle<'_>, at: WallMs) -> Result<Outcome, StorageError> {
        let scope = Scope::Named(bundle.source.as_bytes());
        self.write(scope, |tx| take_bundle(tx, bundle, at))
    }

    fn resources(
        &self,
        kind: &str,
        query: &ResourceQuery,
        source: Option<&str>,
        most: u32,
    ) -> Result<Vec<HeldResource>, StorageError> {
        let select = match query {
            ResourceQuery::Id(_) => {
                "select id, version, body, updated_ms from fhir_resource where kind = ?1 \
                 and (source = ?2 or ?2 is null) and id = ?3 and ?4 = '' limit ?5"
            }
            ResourceQuery::Named(..) => {
                "select id, version, body, updated_ms from fhir_resource where kind = ?1 \
                 and (source = ?2 or ?2 is null) and id in (select id from fhir_name \
                   where fhir_name.kind = ?1 and value = ?3 and system = ?4) \
                 order by updated_ms, id limit ?5"
            }
        };
        let (value, system) = match query {
            ResourceQuery::Id(id) => (id.as_str(), ""),
            ResourceQuery::Named(system, value) => (value.as_str(), system.as_str()),
        };
        let key = params![kind, source, value, system, most];
        let rows = self.read(|db| db.query(select, &key))?;
        rows.iter()
            .map(|row| {
                Ok(HeldResource {
                    id: row.get("id")?,
                    version: row.get("version")?,
                    body: Phi::new(unpacked(&row.get::<Vec<u8>>("body")?)?),
                    updated: WallMs(row.get("updated_ms")?),
                })
            })
            .collect()
    }
}

fn source_row(row: &Row) -> Result<SourceRow, StorageError> {
    Ok(SourceRow {
        name: row.get("name")?,
        reads_all: row.get("reads_all")?,
        closed: row.get::<Option<i64>>("closed_ms")?.is_some(),
        seen: row.get::<Option<i64>>("seen_ms")?.map(WallMs),
        objects: row.get("objects")?,
        conflicts: row.get("conflicts")?,
        bundles: row.get("bundles")?,
    })
}

fn unpacked(packed: &[u8]) -> Result<String, StorageError> {
    let body = unpack(packed).and_then(|body| String::from_utf8(body).ok());
    body.ok_or(StorageError::Corrupt { what: "body" })
}

fn seen(tx: &dyn Db, source: &str, at: WallMs) -> Result<(), StorageError> {
    let update = "update source set seen_ms = ?2 where name = ?1";
    tx.execute(update, &params![source, at.0]).map(drop)
}

fn keep_object(tx: &dyn Db, object: &NewObject<'_>, at: WallMs) -> Result<Kept, StorageError> {
    let NewObject { source, ids, hash, .. } = object;
    seen(tx, source, at)?;
    tx.execute(
        "insert into dicom_object (source, uid, hash, class_uid, study_uid, series_uid, syntax, \
         patient, pixels, size_bytes, header, received_ms) \
         values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12) \
         on conflict (source, uid, hash) do nothing",
        &params![
            *source,
            &ids.uid,
            hash.as_bytes(),
            &ids.class,
            &ids.study,
            &ids.series,
            object.syntax,
            object.patient,
            object.pixels,
            object.size,
            pack(object.header.as_bytes()),
            at.0,
        ],
    )?;
    let others = "select 1 from dicom_object where uid = ?1 and hash <> ?2 limit 1";
    if tx.first(others, &params![&ids.uid, hash.as_bytes()])?.is_none() {
        return Ok(Kept::Held);
    }
    tx.execute("update dicom_object set conflict = 1 where uid = ?1", &params![&ids.uid])?;
    Ok(Kept::Conflict)
}

fn object_key(row: &Row) -> Result<ObjectKey, StorageError> {
    let hash = Sha256Digest::from_bytes(row.get("hash")?);
    Ok(ObjectKey { source: row.get("source")?, uid: row.get("uid")?, hash })
}

fn held_object(row: &Row) -> Result<HeldObject, StorageError> {
    Ok(HeldObject {
        source: row.get("source")?,
        ids: ObjectIds {
            class: row.get("class_uid")?,
            uid: row.get("uid")?,
            study: row.get("study_uid")?,
            series: row.get("series_uid")?,
        },
        syntax: row.get("syntax")?,
        hash: Sha256Digest::from_bytes(row.get("hash")?),
        size: row.get("size_bytes")?,
        pixels: row.get("pixels")?,
        conflict: row.get("conflict")?,
        header: Phi::new(unpacked(&row.get::<Vec<u8>>("header")?)?),
        received: WallMs(row.get("received_ms")?),
    })
}

/// What an entry comes to: where it is, and whether something is written.
struct Settled {
    id: String,
    version: u64,
    created: bool,
    writes: bool,
}

fn take_bundle(tx: &dyn Db, bundle: &NewBundle<'_>, at: WallMs) -> Result<Outcome, StorageError> {
    let select = "select answer from fhir_bundle where source = ?1 and hash = ?2";
    let key = params![bundle.source, bundle.hash.as_bytes()];
    if let Some(before) = tx.value::<Vec<u8>>(select, &key)? {
        return answers(&before);
    }
    let mut entries = Vec::with_capacity(bundle.entries.len());
    let mut places = HashMap::new();
    let mut made: HashMap<(&str, &Named), String> = HashMap::new();
    for (at_entry, entry) in bundle.entries.iter().enumerate() {
        let Some(one) = settle(tx, bundle, (at_entry, entry), &mut made)? else {
            return Ok(Outcome::TwoMatch(at_entry));
        };
        if !entry.full_url.is_empty() {
            places.insert(entry.full_url.clone(), format!("{}/{}", entry.kind, one.id));
        }
        entries.push(one);
    }
    for (entry, one) in bundle.entries.iter().zip(&entries) {
        if one.writes {
            write(tx, bundle.source, entry, one, (&places, at))?;
        }
    }
    let told: Vec<Answer> = bundle
        .entries
        .iter()
        .zip(entries)
        .map(|(entry, one)| Answer {
            location: format!("{}/{}", entry.kind, one.id),
            version: one.version,
            created: one.created,
        })
        .collect();
    seen(tx, bundle.source, at)?;
    let packed: Vec<Json> =
        told.iter().map(|one| json!([one.location, one.version, one.created])).collect();
    tx.execute(
        "insert into fhir_bundle (source, hash, body, answer, received_ms) \
         values (?1, ?2, ?3, ?4, ?5)",
        &params![
            bundle.source,
            bundle.hash.as_bytes(),
            pack(bundle.body.as_bytes()),
            pack(Json::Array(packed).to_string().as_bytes()),
            at.0,
        ],
    )?;
    Ok(Outcome::Done(told))
}

fn answers(packed: &[u8]) -> Result<Outcome, StorageError> {
    let corrupt = || StorageError::Corrupt { what: "answer" };
    let told: Vec<(String, u64, bool)> =
        serde_json::from_str(&unpacked(packed)?).map_err(|_| corrupt())?;
    let answers =
        told.into_iter().map(|(location, version, created)| Answer { location, version, created });
    Ok(Outcome::Done(answers.collect()))
}

/// Where an entry goes; `None`: more than one resource fits its condition.
fn settle<'a>(
    tx: &dyn Db,
    bundle: &NewBundle<'a>,
    (place, entry): (usize, &'a Entry),
    made: &mut HashMap<(&'a str, &'a Named), String>,
) -> Result<Option<Settled>, StorageError> {
    let new = |id| Settled { id, version: 1, created: true, writes: true };
    let id = new_id(bundle.source, bundle.hash, place);
    let Some(condition) = &entry.condition else { return Ok(Some(new(id))) };
    // Two entries of one bundle with one condition are about the same thing.
    if let Some(id) = made.get(&(entry.kind.as_str(), condition)) {
        let (id, writes) = (id.clone(), false);
        return Ok(Some(Settled { id, version: 1, created: false, writes }));
    }
    let select = "select fhir_resource.id as id, version from fhir_name \
                  join fhir_resource on fhir_resource.id = fhir_name.id \
                  where fhir_name.kind = ?1 and value = ?2 and system = ?3 \
                  and fhir_name.source = ?4 limit 2";
    let key = params![&entry.kind, &condition.1, &condition.0, bundle.source];
    let found = tx.query(select, &key)?;
    let settled = match found.as_slice() {
        [] => new(id),
        [row] => Settled {
            id: row.get("id")?,
            version: row.get::<u64>("version")? + u64::from(entry.replaces),
            created: false,
            writes: entry.replaces,
        },
        _ => return Ok(None),
    };
    made.insert((entry.kind.as_str(), condition), settled.id.clone());
    Ok(Some(settled))
}

fn write(
    tx: &dyn Db,
    source: &str,
    entry: &Entry,
    one: &Settled,
    (places, at): (&HashMap<String, String>, WallMs),
) -> Result<(), StorageError> {
    let body = settled(&entry.resource, places, (&one.id, one.version, at));
    tx.execute(
        "insert into fhir_resource (id, source, kind, version, body, updated_ms) \
         values (?1, ?2, ?3, ?4, ?5, ?6) on conflict (id) do update set \
         version = excluded.version, body = excluded.body, updated_ms = excluded.updated_ms",
        &params![&one.id, source, &entry.kind, one.version, pack(body.as_bytes()), at.0],
    )?;
    tx.execute("delete from fhir_name where id = ?1", &params![&one.id])?;
    for (system, value) in &entry.names {
        tx.execute(
            "insert into fhir_name (kind, value, system, source, id) values (?1, ?2, ?3, ?4, ?5)",
            &params![&entry.kind, value, system, source, &one.id],
        )?;
    }
    Ok(())
}
