//! What a portal's administrator does about single boxes.

use std::fs::File;
use std::io;
use std::path::Path;

use crate::cmd::{CommandError, say};
use crate::domain::people::PersonName;
use crate::domain::sync::identity::KeyId;
use crate::domain::sync::order::{Asked, PortalSetting};
use crate::durable;
use crate::portal::{BoxState, Portal, SmsTaken, answers};

pub(super) fn take(portal: &Portal, file: &Path, answer: &Path) -> Result<(), CommandError> {
    let failed = CommandError::io(format!("write {}", answer.display()));
    let part = answer.with_extension("part");
    let mut out = File::create(&part).map_err(failed)?;
    let taken = portal.take_carried(file, &mut out).map_err(|error| {
        let _unfinished = std::fs::remove_file(&part);
        CommandError::Usage(format!("{}: {error}", file.display()))
    })?;
    durable::sync_and_rename(&part, answer)
        .map_err(CommandError::io(format!("write {}", answer.display())))?;
    if taken.lost {
        return say(&format!(
            "{}: was shut out; nothing was taken in, and {} tells it to wipe itself",
            taken.from,
            answer.display()
        ));
    }
    say(&format!(
        "{}: {} records held and signed for, {} refused, {} orders go down; carry {} back to the box",
        taken.from,
        taken.held,
        taken.refused,
        taken.orders,
        answer.display()
    ))
}

pub(super) fn take_sms(portal: &Portal, texts: &[String]) -> Result<(), CommandError> {
    let message = if texts.is_empty() {
        io::read_to_string(io::stdin()).map_err(CommandError::io("read the standard input"))?
    } else {
        texts.join("\n")
    };
    let taken = portal.take_sms(&message)?;
    if taken.is_empty() {
        return Err(CommandError::Usage("this holds no text of a digest".into()));
    }
    for one in &taken {
        match one {
            SmsTaken::Opened { from, results, .. } => {
                say(&format!("{}: {results} results of {from}", one.code()))?;
            }
            SmsTaken::Incomplete | SmsTaken::Unknown | SmsTaken::Revoked | SmsTaken::Unreadable => {
                say(one.code())?;
            }
        }
    }
    for answer in answers(&taken) {
        say(&format!("answer for the box: {answer}"))?;
    }
    Ok(())
}

pub(super) fn list(portal: &Portal) -> Result<(), CommandError> {
    for row in portal.storage().fleet()? {
        let json = serde_json::json!({
            "id": row.id.to_string(),
            "name": row.name,
            "version": row.version,
            "seen_ms": row.seen.map(|seen| seen.0),
            "revoked": row.revoked,
            "held": row.held,
            "waiting": row.waiting,
            "parked": row.parked,
            "conflict": row.conflict,
            "disk_free_mib": row.disk_free_mib,
            "certificate_until_ms": row.health.and_then(|health| health.certificate_until_ms),
        });
        say(&json.to_string())?;
    }
    Ok(())
}

pub(super) fn revoke(portal: &Portal, id: &str) -> Result<(), CommandError> {
    let id = known_box(portal, id)?;
    portal.storage().revoke(id, portal.now().wall)?;
    say(&format!("{id} may not speak any more"))
}

pub(in crate::cmd) fn known_box(portal: &Portal, text: &str) -> Result<KeyId, CommandError> {
    let unknown =
        || CommandError::Usage(format!("no box is called {text}: see `fieldray portal boxes`"));
    let id = KeyId::parse(text).ok_or_else(unknown)?;
    match portal.storage().box_state(id)? {
        BoxState::Unknown => Err(unknown()),
        BoxState::Enrolled(_) | BoxState::Revoked(_) => Ok(id),
    }
}

pub(in crate::cmd) fn person(name: &str) -> Result<PersonName, CommandError> {
    let parsed = PersonName::parse(name);
    parsed.ok_or_else(|| CommandError::Usage(format!("{name:?} is no name of a person")))
}

/// `name=value`, each a setting that a portal may change and a value that it can have.
pub(in crate::cmd) fn settings(
    values: &[String],
) -> Result<Vec<(PortalSetting, String)>, CommandError> {
    let read = |text: &String| {
        let (name, value) = text.split_once('=')?;
        let setting = PortalSetting::parse(name)?;
        setting.accepts(value).then(|| (setting, value.to_owned()))
    };
    let read = |text| {
        read(text).ok_or_else(|| CommandError::Usage(format!("{text} cannot be set by a portal")))
    };
    values.iter().map(read).collect()
}

pub(super) fn order(portal: &Portal, id: &str, asked: &Asked) -> Result<(), CommandError> {
    let id = known_box(portal, id)?;
    let number = portal.order(id, asked)?;
    say(&format!("Order {number} waits for {id}: it hears of it when it is next in contact"))
}

pub(super) fn list_orders(portal: &Portal, id: &str) -> Result<(), CommandError> {
    let id = known_box(portal, id)?;
    for sent in portal.storage().sent_orders(id, None)?.into_iter().rev() {
        let json = serde_json::json!({
            "number": sent.order.number,
            "kind": sent.order.kind,
            "by": sent.by,
            "made_ms": sent.order.at.0,
            "outcome": sent.outcome,
            "reason": sent.reason,
        });
        say(&json.to_string())?;
    }
    Ok(())
}
