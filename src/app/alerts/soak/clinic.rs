//! A clinic for the soak: people, ways to reach them, films that raise alerts through the real store.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use crate::app::config::PageSettings;
use crate::app::{App, Doorstep, Parts, ReportSettings};
use crate::domain::alert::AlertClass;
use crate::domain::alert::contact::{ChatId, Contact, PhoneNumber};
use crate::domain::alert::group::GroupTitle;
use crate::domain::alert::roster::{DailySpan, MinuteOfDay, Roster};
use crate::domain::box_id::{BoxCode, BoxId};
use crate::domain::digest::Sha256Digest;
use crate::domain::finding::{Evidence, Finding, Score, Threshold};
use crate::domain::ids::{OperatorId, PatientId, PhotoId, StudyId};
use crate::domain::indication::Indication;
use crate::domain::limits::Limits;
use crate::domain::login::PasscodeKind;
use crate::domain::patient::NewPatient;
use crate::domain::people::{AgeEvidence, AgeYears, LocalId, Operator, PersonName, Phi, Role, Sex};
use crate::domain::reading::{Backend, ModelRef, PREPROCESSING_VERSION, ScoreLine, ScoreSheet};
use crate::domain::registration::{Person, Registration};
use crate::domain::stamp::{Clock, ClockTrust, Stamp, WallMs};
use crate::store::{DigitisedRow, NewPhoto, NewSecret, NewStudy, Store};

/// When simulated time begins: 10:00 UTC on some day.
pub(in crate::app::alerts) const BEGIN_MS: i64 = 1_800_007_200_000;

/// A wall clock that the simulation moves, and sets wrong.
#[derive(Debug, Default)]
pub(in crate::app::alerts) struct SimClock {
    pub(in crate::app::alerts) passed_ms: AtomicI64,
    pub(in crate::app::alerts) wrong_by_ms: AtomicI64,
}

impl Clock for SimClock {
    fn now(&self) -> Stamp {
        let passed = self.passed_ms.load(Ordering::Relaxed);
        let wall = BEGIN_MS + passed + self.wrong_by_ms.load(Ordering::Relaxed);
        Stamp { wall: WallMs(wall), trust: ClockTrust::Unsynced }
    }
}

/// People of the clinic, by number.
pub(in crate::app::alerts) const PEOPLE: u8 = 6;
/// The person with a telephone number that does not exist, and a chat that works.
pub(in crate::app::alerts) const WRONG_NUMBER: u8 = 2;
/// The person who can be reached by nothing that works.
pub(in crate::app::alerts) const UNREACHABLE: u8 = 3;

/// A group that works, and one that the bot was removed from.
pub(in crate::app::alerts) const GROUP: ChatId = ChatId(-100);
pub(in crate::app::alerts) const DEAD_GROUP: ChatId = ChatId(-200);

/// Pairs both groups, as an administrator's code does; again after one was found dead.
pub(in crate::app::alerts) fn pair_groups(store: &Store, at: Stamp) {
    for group in [GROUP, DEAD_GROUP] {
        store.pair_group(group, &GroupTitle::of("Team"), person(1), at).unwrap();
    }
}

pub(in crate::app::alerts) fn person(number: u8) -> OperatorId {
    OperatorId::from_bytes([number; 16])
}

/// Opens the box on a state directory, as at every start.
pub(in crate::app::alerts) fn start(dir: &std::path::Path, clock: &Arc<SimClock>) -> App {
    let store = Store::open(dir, clock.now()).unwrap();
    App::new(Parts {
        store,
        clock: Arc::clone(clock) as Arc<dyn Clock>,
        limits: Limits::default(),
        utc_offset_minutes: 330,
        networks: Err("none".into()),
        models_passed_over: vec![],
        pages: PageSettings::default(),
        reports: ReportSettings { site_name: "Rampur".into(), ..ReportSettings::default() },
        channels: crate::alert::ChannelSettings::default(),
        link_base: None,
        kernel: crate::board::Kernel::default(),
        board: String::new(),
        doorstep: Doorstep::default(),
        https: None,
        runtime_dir: None,
        setup_code: None,
        portal: None,
        pacs: None,
        fhir: None,
        connections: crate::app::config::Connections::default(),
        updates: crate::app::UpdatePlace::default(),
        on_trial: false,
        support: crate::app::SupportSettings::default(),
        models: crate::app::ModelSettings::default(),
    })
    .unwrap()
}

/// Adds the people, each with a chat, a telephone or both, some with hours of duty.
pub(in crate::app::alerts) fn add_people(store: &Store, at: Stamp) {
    let minute = |text| MinuteOfDay::parse(text).unwrap();
    for number in 1..=PEOPLE {
        let name = PersonName::parse(&format!("Person {number}")).unwrap();
        let operator = Operator { id: person(number), name: name.clone(), role: Role::Physician };
        let kind = PasscodeKind::Pin;
        let secret = NewSecret { hash: String::new(), kind, must_choose: false };
        let by = (number > 1).then(|| person(1));
        store.add_operator(by, &operator, &secret, at).unwrap();
        let phone = PhoneNumber::parse(&format!("+9198765432{number:02}"));
        let night = DailySpan { from: minute("20:00"), until: minute("08:00") };
        let contact = Contact {
            operator: operator.id,
            name,
            role: Role::Physician,
            chat: None,
            phone: phone.filter(|_| number != 4),
            least: if number == 5 { AlertClass::Critical } else { AlertClass::Suspect },
            order: u16::from(number),
            duty: (number == 1).then(|| Roster::daily(night)),
        };
        store.set_contact(&contact).unwrap();
        if number != 5 {
            store.pair_chat(operator.id, ChatId(i64::from(number))).unwrap();
        }
    }
}

/// Stores the n-th film with a finding above its threshold, up to the reading; the alert comes with
/// [`draft`].
pub(in crate::app::alerts) fn film(store: &Store, n: u32, class: AlertClass, at: Stamp) -> PhotoId {
    let id = u128::from(n).to_be_bytes();
    let patient = NewPatient {
        name: Phi::new(PersonName::parse("Asha Devi").unwrap()),
        local_id: LocalId::parse(&format!("K-{n}")).map(Phi::new),
        sex: Sex::Female,
        age: AgeEvidence::Told(AgeYears::new(44).unwrap()),
        programmes: Vec::new(),
    };
    let (study, photo) = (StudyId::from_bytes(id), PhotoId::from_bytes(id));
    let somebody = Person::SomebodyElse(patient);
    let registration = Registration { person: somebody, indication: Indication::default() };
    let newcomer = PatientId::from_bytes(id);
    let new = NewStudy { id: study, newcomer, registration, by: person(1), at, year: None };
    store.register(&new).unwrap();
    let mut part = store.new_part(photo, 1).unwrap();
    part.write(&id).unwrap();
    let (by, media_type) = (person(1), "image/jpeg");
    let new = NewPhoto { id: photo, study, by, part, media_type, at, photos_max: 9 };
    store.add_photo(&new).unwrap();
    let row = DigitisedRow::plain(Sha256Digest::from_bytes([5; 32]));
    store.digitised(photo, &row, None, at).unwrap();
    store.graded(photo, &row.grade, &[], at).unwrap();
    let finding = match class {
        AlertClass::Critical => Finding::Pneumothorax,
        AlertClass::Suspect | AlertClass::Digest => Finding::Tuberculosis,
    };
    store.scored(photo, &sheet(finding), at).unwrap();
    photo
}

/// Shows the reading, which raises the alert in the same transaction.
pub(in crate::app::alerts) fn draft(store: &Store, photo: PhotoId, at: Stamp) {
    store.drafted(photo, "draft", at).unwrap();
}

fn sheet(finding: Finding) -> ScoreSheet {
    let score = |value| Score::new(value).unwrap();
    let threshold = Threshold::new(score(0.5), score(0.5), score(0.5)).unwrap();
    let sha256 = Sha256Digest::from_bytes([4; 32]);
    let line = ScoreLine::new(finding, Evidence::Assessed, score(0.9), threshold);
    ScoreSheet {
        model: ModelRef { id: "m".into(), version: "1".into(), sha256 },
        backend: Backend::Tract,
        preprocessing: PREPROCESSING_VERSION,
        lines: vec![line],
        not_assessed: vec![],
        lungs: None,
    }
}

/// Puts in open alerts that are not critical, without films.
pub(in crate::app::alerts) fn many_alerts(store: &Store, count: u32) {
    let id = BoxCode::parse("K7PXM").and_then(|code| BoxId::new(code, 1)).unwrap();
    let insert = format!(
        "insert into patient (id, box_id, name, sex, age_told) \
           values (zeroblob(16), '{id}', 'Asha Devi', 'female', 44); \
         with recursive n(i) as (select 1 union all select i + 1 from n where i < {count}) \
           insert into study (id, patient_id, state, version, registered_ms, registered_trust) \
           select cast(printf('%016d', i) as blob), zeroblob(16), 'reported', 1, 0, 'synced' from n; \
         insert into alert (id, study_id, class, findings, raised_ms, raised_trust) \
           select id, id, 'suspect', 'tuberculosis', 0, 'synced' from study;"
    );
    store.write(|tx| Ok(tx.execute_batch(&insert)?)).unwrap();
}
