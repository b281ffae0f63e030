//! What a message says, in the language of the person who gets it.

use crate::alert::{Buttons, Outgoing, message};
use crate::app::Inner;
use crate::domain::alert::contact::{Address, ChannelKind};
use crate::domain::ids::OperatorId;
use crate::locale::{Language, Locale};
use crate::store::{DueMessage, QueuedKind, StoreError};

/// The words of a message; `None` when there is nothing to say any more.
pub(super) fn compose(inner: &Inner, due: &DueMessage) -> Result<Option<Outgoing>, StoreError> {
    let locale = words(inner, due.message.person)?;
    let desk = &inner.alerts;
    let site = inner.site().name;
    let number = match due.kind {
        QueuedKind::Test => {
            let text = locale.text("alert-test", &[("site", site.as_str().into())]);
            return Ok(Some(Outgoing { text, alert: None }));
        }
        QueuedKind::Digest => {
            let open = inner.store.open_alert_count(None)?;
            let args = [("site", site.as_str().into()), ("count", open.into())];
            let text = locale.text("alert-digest", &args);
            return Ok((open > 0).then_some(Outgoing { text, alert: None }));
        }
        QueuedKind::Alert(number) => number,
    };
    let alert = inner.store.alert(number)?;
    let Some(alert) = alert.filter(|alert| alert.acknowledged.is_none()) else { return Ok(None) };
    let repeat = due.message.repeat;
    Ok(Some(match due.message.channel() {
        ChannelKind::Sms => {
            Outgoing { text: message::short(locale, &alert, &site, repeat), alert: None }
        }
        ChannelKind::Telegram => {
            let detail = inner.store.alert_rules()?.rules.detail;
            // Several people read a group: it speaks the site's language, and says whose turn it is.
            let in_group = matches!(due.message.address, Address::Chat(chat) if chat.is_group());
            let (locale, responder) = if in_group {
                let contacts = inner.store.contacts()?;
                let person = contacts.into_iter().find(|one| one.operator == due.message.person);
                let locale = Locale::of(inner.language().unwrap_or_default());
                (locale, person.map(|person| person.name))
            } else {
                (locale, None)
            };
            let name = responder.as_ref();
            let text = message::long(locale, &alert, &site, detail, repeat, name);
            let open = desk.link_base.as_ref().map(|base| {
                (locale.t("alert-button-open"), format!("{base}/studies/{}", alert.study))
            });
            let buttons = Buttons {
                number,
                acknowledge: locale.t("alert-button-ack"),
                pass_on: locale.t("alert-button-pass"),
                open,
            };
            Outgoing { text, alert: Some(buttons) }
        }
    }))
}

fn words(inner: &Inner, person: OperatorId) -> Result<&'static Locale, StoreError> {
    let language = inner.store.language_of(person)?;
    let language = language.as_deref().and_then(Language::parse);
    Ok(Locale::of(language.or(inner.language()).unwrap_or_default()))
}
