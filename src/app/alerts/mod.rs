//! Alerts as pages and couriers see them: who is told, who has taken one over, how each way is.

mod checkup;
mod compose;
mod courier;
mod edits;
mod inbox;
mod proof;
mod rounds;
mod sms;
#[cfg(test)]
mod soak;

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

pub use checkup::{WayCheck, WayState, check_ways};
pub use courier::Courier;
pub(in crate::app) use inbox::note_sms_fault;
pub use proof::{MonthView, month_groups};
pub use sms::HookRefused;

use crate::alert::{ChannelError, ChannelSettings, Channels};
use crate::app::{App, random};
use crate::domain::alert::contact::{Address, ChannelKind, ChatId, Contact};
use crate::domain::alert::delivery::{Message, SendFault};
use crate::domain::alert::escalation::{Situation, red, siren};
use crate::domain::alert::group::Group;
use crate::domain::alert::rules::{Rule, Rules, RulesVersion, StoredRules};
use crate::domain::alert::{AckMethod, Alert, AlertEvent, AlertNumber};
use crate::domain::fault::Fault;
use crate::domain::ids::OperatorId;
use crate::domain::people::Operator;
use crate::domain::rights::Right;
use crate::domain::stamp::Stamp;
use crate::store::StoreError;

/// How long a pairing code is good, milliseconds.
const PAIRING_MS: i64 = 15 * 60 * 1000;
/// Most pairing codes that are good at the same time: one for each person of a large clinic.
const PAIRINGS_MAX: usize = 200;

/// What a code pairs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Pairing {
    /// A chat with the person who has the code.
    Person,
    /// A group with the box.
    Group,
}

/// What the alert side of an [`App`] holds in memory. Nothing of it is needed to lose nothing.
#[derive(Debug, Default)]
pub(super) struct AlertDesk {
    pub(super) channels: Channels,
    pub(super) settings: ChannelSettings,
    pub(super) link_base: Option<String>,
    faults: Vec<(ChannelKind, SetUpFault)>,
    /// Codes that pair a chat with a person, or a group with the box.
    pairings: Mutex<BTreeMap<String, (OperatorId, Pairing, Stamp)>>,
    /// Name of the bot, once it has said it.
    pub(super) bot_name: Mutex<Option<String>>,
    /// Why the last talk with a way failed; nothing: it went well.
    pub(super) last_faults: Mutex<BTreeMap<&'static str, SendFault>>,
}

impl AlertDesk {
    pub(super) fn new(settings: &ChannelSettings, link_base: Option<String>) -> Self {
        let (channels, faults) = Channels::open(settings);
        let text = |(kind, error): (ChannelKind, ChannelError)| {
            tracing::error!(channel = kind.code(), %error, "a way to reach people is not set up");
            let (code, subject) = error.code();
            (kind, SetUpFault { code, subject })
        };
        let faults = faults.into_iter().map(text).collect();
        let settings = settings.clone();
        Self { channels, settings, link_base, faults, ..Self::default() }
    }
}

/// Why a way to reach people cannot be used, for whoever sets it up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SetUpFault {
    /// Code of the sentence that says it.
    pub code: &'static str,
    /// What the sentence names: a file, an address.
    pub subject: String,
}

/// How a way to reach people is now.
#[derive(Clone, Debug)]
pub struct ChannelHealth {
    /// Which way.
    pub kind: ChannelKind,
    /// Whether the site uses it.
    pub set_up: bool,
    /// Why it cannot be used, for whoever sets it up.
    pub set_up_fault: Option<SetUpFault>,
    /// Messages that wait.
    pub waiting: u32,
    /// Why the last try failed.
    pub fault: Option<SendFault>,
    /// When a message last left.
    pub last_sent: Option<Stamp>,
}

/// An alert with how urgent it has become.
#[derive(Clone, Debug)]
pub struct AlertView {
    /// The alert.
    pub alert: Alert,
    /// It waits for too long.
    pub red: bool,
    /// The box shouts for it.
    pub siren: bool,
}

/// The proof of an alert.
#[derive(Clone, Debug)]
pub struct AlertProof {
    /// The alert.
    pub alert: Alert,
    /// What happened, oldest first.
    pub events: Vec<AlertEvent>,
    /// Every message.
    pub messages: Vec<Message>,
}

impl App {
    /// Open alerts, the most pressing first.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn open_alerts(&self) -> Result<Vec<AlertView>, Fault> {
        self.blocking(open_views).await
    }

    /// The newest alerts, taken over or not.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn recent_alerts(&self) -> Result<Vec<Alert>, Fault> {
        self.blocking(|inner| inner.store.recent_alerts(100)).await
    }

    /// Everything that is known about an alert.
    ///
    /// # Errors
    /// [`Fault::AlertUnknown`].
    pub async fn alert_proof(&self, number: AlertNumber) -> Result<AlertProof, Fault> {
        self.blocking(move |inner| {
            Ok(AlertProof {
                alert: inner.store.alert(number)?.ok_or(Fault::AlertUnknown)?,
                events: inner.store.alert_events(number)?,
                messages: inner.store.messages_of(number)?,
            })
        })
        .await
    }

    /// Takes an alert over. Whoever was first keeps it.
    ///
    /// # Errors
    /// [`Fault::NotAllowed`] without [`Right::SeePatients`], [`Fault::AlertUnknown`].
    pub async fn acknowledge_alert(
        &self,
        by: &Operator,
        number: AlertNumber,
    ) -> Result<Alert, Fault> {
        by.needs(Right::SeePatients)?;
        self.acknowledge_as(by.id, number, AckMethod::Page).await
    }

    async fn acknowledge_as(
        &self,
        by: OperatorId,
        number: AlertNumber,
        method: AckMethod,
    ) -> Result<Alert, Fault> {
        let at = self.now();
        let acknowledge =
            move |inner: &super::Inner| inner.store.acknowledge(number, by, method, at);
        self.blocking(acknowledge).await
    }

    /// How people are reached.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn contacts(&self) -> Result<Vec<Contact>, Fault> {
        self.blocking(|inner| inner.store.contacts()).await
    }

    /// Changes how a person is reached: one's own telephone and hours, or with
    /// [`Right::ManagePeople`] anybody's.
    ///
    /// # Errors
    /// [`Fault::NotAllowed`].
    pub async fn set_contact(&self, by: &Operator, contact: Contact) -> Result<(), Fault> {
        if contact.operator != by.id {
            by.needs(Right::ManagePeople)?;
        }
        self.blocking(move |inner| inner.store.set_contact(&contact)).await
    }

    /// A code that pairs the Telegram chat from which it is sent with the person.
    ///
    /// # Errors
    /// When the operating system gives no random numbers.
    pub fn pairing_code(&self, by: &Operator) -> Result<String, Fault> {
        self.code_for(by, Pairing::Person)
    }

    /// A code that pairs the Telegram group in which it is sent.
    ///
    /// # Errors
    /// [`Fault::NotAllowed`] without [`Right::ManagePeople`], or when the operating system gives no
    /// random numbers.
    pub fn group_code(&self, by: &Operator) -> Result<String, Fault> {
        by.needs(Right::ManagePeople)?;
        self.code_for(by, Pairing::Group)
    }

    fn code_for(&self, by: &Operator, what: Pairing) -> Result<String, Fault> {
        // Without vowels and what looks alike, so that it is neither a word nor misread.
        const LETTERS: &[u8; 24] = b"BCDFGHJKMNPQRTVWXYZ23456";
        let bytes: [u8; 8] = random::bytes()?;
        let letter = |byte: &u8| char::from(LETTERS[usize::from(*byte) % LETTERS.len()]);
        let code: String = bytes.iter().map(letter).collect();
        let mut pairings =
            self.inner.alerts.pairings.lock().unwrap_or_else(PoisonError::into_inner);
        let now = self.now();
        pairings.retain(|_, (person, before, made)| {
            (*person, *before) != (by.id, what) && (now.wall.0 - made.wall.0).abs() < PAIRING_MS
        });
        if pairings.len() < PAIRINGS_MAX {
            pairings.insert(code.clone(), (by.id, what, now));
        }
        Ok(code)
    }

    /// Whose code it is; it is good once, and only for what it was made for.
    fn redeem_pairing(&self, code: &str, what: Pairing) -> Option<OperatorId> {
        let mut pairings =
            self.inner.alerts.pairings.lock().unwrap_or_else(PoisonError::into_inner);
        let code = code.trim().to_uppercase();
        let (person, _, made) =
            *pairings.get(&code).filter(|(_, made_for, _)| *made_for == what)?;
        pairings.remove(&code);
        ((self.now().wall.0 - made.wall.0).abs() < PAIRING_MS).then_some(person)
    }

    /// Groups that alerts go to as well.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn alert_groups(&self) -> Result<Vec<Group>, Fault> {
        self.blocking(|inner| inner.store.groups()).await
    }

    /// Forgets a group.
    ///
    /// # Errors
    /// [`Fault::NotAllowed`] without [`Right::ManagePeople`].
    pub async fn forget_alert_group(&self, by: &Operator, chat: ChatId) -> Result<(), Fault> {
        by.needs(Right::ManagePeople)?;
        self.blocking(move |inner| inner.store.forget_group(chat)).await
    }

    /// Sends a test message to a person by every way.
    ///
    /// # Errors
    /// [`Fault::NoAddress`] when there is no way to reach the person, [`Fault::NotAllowed`] for others
    /// without [`Right::ManagePeople`].
    pub async fn test_alert(&self, by: &Operator, person: OperatorId) -> Result<usize, Fault> {
        if person != by.id {
            by.needs(Right::ManagePeople)?;
        }
        let at = self.now();
        let queued = self
            .blocking(move |inner| {
                let contacts = inner.store.contacts()?;
                let ways: Vec<Address> = contacts
                    .iter()
                    .filter(|contact| contact.operator == person)
                    .flat_map(Contact::addresses)
                    .collect();
                for way in &ways {
                    inner.store.queue_test(person, way, at)?;
                }
                Ok(ways.len())
            })
            .await?;
        if queued == 0 { Err(Fault::NoAddress) } else { Ok(queued) }
    }

    /// How each way is now.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn channel_health(&self) -> Result<Vec<ChannelHealth>, Fault> {
        self.blocking(|inner| {
            let desk = &inner.alerts;
            let mut health = Vec::new();
            for kind in ChannelKind::ALL {
                let (waiting, fault, last_sent) = inner.store.channel_backlog(kind)?;
                let talked = desk.last_faults.lock().unwrap_or_else(PoisonError::into_inner);
                let set_up_fault = desk.faults.iter().find(|(k, _)| *k == kind);
                health.push(ChannelHealth {
                    kind,
                    set_up: desk.channels.has(kind) || set_up_fault.is_some(),
                    set_up_fault: set_up_fault.map(|(_, why)| why.clone()),
                    waiting,
                    fault: talked.get(kind.code()).copied().or(fault.filter(|_| waiting > 0)),
                    last_sent,
                });
            }
            Ok(health)
        })
        .await
    }

    /// Name of the site's Telegram bot, once it has said it.
    #[must_use]
    pub fn bot_name(&self) -> Option<String> {
        self.inner.alerts.bot_name.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// The rules in force and the newest versions.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn alert_rules(&self) -> Result<(StoredRules, Vec<RulesVersion>), Fault> {
        self.blocking(|inner| Ok((inner.store.alert_rules()?, inner.store.alert_rules_versions()?)))
            .await
    }

    /// Proposes rules. They count once another person has confirmed them.
    ///
    /// # Errors
    /// [`Fault::NotAllowed`] without [`Right::SetAlertRules`], [`Fault::HintRaisesNothing`].
    pub async fn propose_alert_rules(&self, by: &Operator, rules: Rules) -> Result<i64, Fault> {
        by.needs(Right::SetAlertRules)?;
        let (by, at) = (by.id, self.now());
        self.blocking(move |inner| {
            // What the network gives as a hint only can raise nothing: nobody should count on it. A rule
            // that is in force stays: the next network may assess its finding.
            let (assessed, now) = (proof::assessed(inner), inner.store.alert_rules()?.rules);
            let stays = |rule: &Rule| now.rules.iter().any(|one| one.finding == rule.finding);
            if rules.rules.iter().any(|rule| !assessed.contains(&rule.finding) && !stays(rule)) {
                return Err(Fault::HintRaisesNothing.into());
            }
            inner.store.propose_alert_rules(&rules, by, at)
        })
        .await
    }

    /// Confirms or rejects what somebody else has proposed.
    ///
    /// # Errors
    /// [`Fault::NotAllowed`] without [`Right::SetAlertRules`], [`Fault::OwnProposal`],
    /// [`Fault::RulesChanged`].
    pub async fn decide_alert_rules(
        &self,
        by: &Operator,
        version: i64,
        confirmed: bool,
    ) -> Result<(), Fault> {
        by.needs(Right::SetAlertRules)?;
        let (by, at) = (by.id, self.now());
        self.blocking(move |inner| inner.store.decide_alert_rules(version, confirmed, by, at)).await
    }
}

/// Everybody whom the rules want told, by place.
fn told(inner: &super::Inner, rules: &Rules) -> Result<Vec<Contact>, StoreError> {
    let mut contacts = inner.store.contacts()?;
    contacts.retain(|contact| rules.tells(contact.role));
    Ok(contacts)
}

/// Open alerts with how urgent each has become, the most pressing first.
fn open_views(inner: &super::Inner) -> Result<Vec<AlertView>, StoreError> {
    let now = inner.local_time();
    let rules = inner.store.alert_rules()?.rules;
    let (contacts, step) = (told(inner, &rules)?, rules.step);
    let mut dead = inner.store.dead_addresses()?;
    let mut views = Vec::new();
    for alert in inner.store.open_alerts()? {
        let dead = dead.remove(&alert.number).unwrap_or_default();
        let situation = Situation {
            class: alert.class,
            open_ms: alert.open_ms,
            contacts: &contacts,
            now,
            dead: &dead,
            step,
        };
        let (red, siren) = (red(&situation), siren(&situation));
        views.push(AlertView { alert, red, siren });
    }
    Ok(views)
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::rounds::Rounds;
    use super::soak::clinic::{self, SimClock, person};
    use super::*;
    use crate::domain::people::Role;
    use crate::domain::stamp::Clock as _;

    fn clinic(dir: &std::path::Path) -> App {
        let clock = Arc::new(SimClock::default());
        let app = clinic::start(dir, &clock);
        clinic::add_people(&app.inner.store, clock.now());
        app
    }

    #[test]
    fn who_sees_no_patient_is_told_nothing_and_takes_nothing_over() {
        let dir = tempfile::tempdir().unwrap();
        let app = clinic(dir.path());
        let store = &app.inner.store;
        assert_eq!(store.person_of_chat(ChatId(2)).unwrap(), Some(person(2)));
        let turn = |number: u8, role: Role| {
            let update = "update operator set role = ?2 where id = ?1";
            let change = (person(number).as_bytes().to_vec(), role.code());
            store.write(|tx| Ok(tx.execute(update, change)?)).unwrap();
        };
        turn(2, Role::Support);
        assert_eq!(store.person_of_chat(ChatId(2)).unwrap(), None, "as a stranger's");
        let contacts = store.contacts().unwrap();
        assert!(contacts.iter().all(|contact| contact.operator != person(2)));
        // The rules leave further ones out.
        turn(4, Role::Technician);
        let rules = Rules { roles: vec![Role::Physician], ..Rules::default() };
        let told: Vec<_> =
            told(&app.inner, &rules).unwrap().iter().map(|one| one.operator).collect();
        assert_eq!(told, [1, 3, 5, 6].map(person));
    }

    #[test]
    fn a_group_that_names_somebody_takes_nothing_from_that_persons_day() {
        let dir = tempfile::tempdir().unwrap();
        let app = clinic(dir.path());
        let store = &app.inner.store;
        clinic::pair_groups(store, app.now());
        clinic::many_alerts(store, 25);
        let mut rounds = Rounds::new(0, Box::new(|| 0));
        rounds.look(&app.inner, 2_000).unwrap();
        let told = |number: u8| store.told_since(person(number), 0).unwrap();
        assert_eq!((told(2), told(3)), (20, 5));
        let messages = store.messages_of(AlertNumber(25)).unwrap();
        let groups = messages.iter().filter(|message| message.address.is_group()).count();
        assert_eq!((groups, messages.len()), (2, 3), "both groups beside one person");
    }
}
