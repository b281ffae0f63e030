//! What a message says, in the language of the person who gets it.

use std::sync::PoisonError;

use crate::alert::{Buttons, Outgoing, message};
use crate::app::{Inner, log_store_error};
use crate::domain::alert::Alert;
use crate::domain::alert::contact::{Address, ChannelKind};
use crate::domain::ids::OperatorId;
use crate::locale::{Language, Locale};
use crate::print;
use crate::store::{DueMessage, Folder, QueuedKind, StoreError};

/// The words of a message; `None` when there is nothing to say any more.
pub(super) fn compose(inner: &Inner, due: &DueMessage) -> Result<Option<Outgoing>, StoreError> {
    let locale = reader(inner, due.message.person, &due.message.address)?;
    let desk = &inner.alerts;
    let site = inner.site().name;
    let number = match due.kind {
        QueuedKind::Test => {
            let text = locale.text("alert-test", &[("site", site.as_str().into())]);
            return Ok(Some(Outgoing::text(text)));
        }
        QueuedKind::Digest => {
            let open = inner.store.open_alert_count(None)?;
            let args = [("site", site.as_str().into()), ("count", open.into())];
            let text = locale.text("alert-digest", &args);
            return Ok((open > 0).then_some(Outgoing::text(text)));
        }
        QueuedKind::Alert(number) => number,
    };
    let alert = inner.store.alert(number)?;
    let Some(alert) = alert.filter(|alert| alert.acknowledged.is_none()) else { return Ok(None) };
    let repeat = due.message.repeat;
    Ok(Some(match due.message.channel() {
        ChannelKind::Sms => Outgoing::text(message::short(locale, &alert, &site, repeat)),
        ChannelKind::Telegram => {
            let rules = inner.store.alert_rules()?.rules;
            // A group is told whose turn it is.
            let responder = if due.message.address.is_group() {
                let contacts = inner.store.contacts()?;
                let person = contacts.into_iter().find(|one| one.operator == due.message.person);
                person.map(|person| person.name)
            } else {
                None
            };
            let name = responder.as_ref();
            let text = message::long(locale, &alert, &site, rules.detail, repeat, name);
            // A link that is too poor for a picture is not tried with it again.
            let wanted = rules.picture && due.message.tries <= 1;
            let picture = if wanted { picture_of(inner, &alert)? } else { None };
            let open = desk.link_base.as_ref().map(|base| {
                (locale.t("alert-button-open"), format!("{base}/studies/{}", alert.study))
            });
            let buttons = Buttons {
                number,
                acknowledge: locale.t("alert-button-ack"),
                pass_on: locale.t("alert-button-pass"),
                open,
            };
            Outgoing { text, alert: Some(buttons), picture }
        }
    }))
}

/// The film of the reading in force, small. Nothing where there is none or it cannot be read: the message
/// goes without it.
fn picture_of(inner: &Inner, alert: &Alert) -> Result<Option<Vec<u8>>, StoreError> {
    let Some(digest) = inner.store.radiograph_in_force(alert.study)? else { return Ok(None) };
    let small = inner.store.file(Folder::Radiographs, digest).and_then(|file| {
        let _turn = inner.decoding.lock().unwrap_or_else(PoisonError::into_inner);
        print::thumbnail(&file).map_err(StoreError::from)
    });
    Ok(small.map_err(|error| log_store_error(&error)).ok())
}

/// The language of whoever reads at an address: a person's own, and the site's where several people read.
pub(super) fn reader(
    inner: &Inner,
    person: OperatorId,
    address: &Address,
) -> Result<&'static Locale, StoreError> {
    let language = if address.is_group() { None } else { inner.store.language_of(person)? };
    let language = language.as_deref().and_then(Language::parse);
    Ok(Locale::of(language.or(inner.language()).unwrap_or_default()))
}
