//! Records in, figures out: counted once, in any order, and the same when counted anew.

use std::sync::Arc;

use super::*;
use crate::domain::alert::contact::ChannelKind;
use crate::domain::alert::{Acknowledgement, Alert, AlertNumber, AlertSource};
use crate::domain::box_id::{BoxCode, BoxId};
use crate::domain::digest::Sha256Digest;
use crate::domain::finding::{Evidence, Finding, NotAssessed, Score, Threshold};
use crate::domain::followup::{
    Entry, FollowUp, OpenLoop, Order, OrderId, RecordedOutcome, Source, Suspicion, Test,
    TestResult, WaitsFor,
};
use crate::domain::ids::{AlertId, OperatorId, PatientId, PhotoId, StudyNumber};
use crate::domain::patient::Patient;
use crate::domain::people::{AgeEvidence, AgeYears, PersonName, Phi, Sex};
use crate::domain::reading::{
    Backend, ModelRef, PREPROCESSING_VERSION, ScoreLine, ScoreSheet, Urgency,
};
use crate::domain::stamp::{Clock, ClockTrust, Stamp};
use crate::keys::SigningKey;
use crate::portal::Portal;
use crate::portal::programme::{Programme, Span};
use crate::portal::store::Places;
use crate::wire::fhir::{self, AlertFacts, BoxFacts, ReadingFacts, StudyFacts};
use crate::wire::messages::Record;

/// Sunday, 29 November 2026, 20:00 UTC: Monday already where the box stands.
const NOW_MS: i64 = 1_795_982_400_000;

#[derive(Debug)]
struct Still;

impl Clock for Still {
    fn now(&self) -> Stamp {
        at(0)
    }
}

/// So many minutes after "now".
fn at(minutes: i64) -> Stamp {
    Stamp { wall: WallMs(NOW_MS + minutes * 60_000), trust: ClockTrust::Synced }
}

fn name(text: &str) -> PersonName {
    PersonName::parse(text).unwrap()
}

/// What a box knows of one film.
#[derive(Clone)]
struct Film {
    number: u8,
    person: u8,
    registered: Stamp,
    state: StudyState,
    /// Score for tuberculosis; `None`: not assessed.
    score: Option<f32>,
}

impl Film {
    fn new(number: u8, person: u8, minutes: i64, score: Option<f32>) -> Self {
        Self { number, person, registered: at(minutes), state: StudyState::Reported, score }
    }

    fn id(&self) -> StudyId {
        StudyId::from_bytes([self.number; 16])
    }

    fn from() -> BoxFacts {
        let key = SigningKey::of_seed([1; 32]).unwrap().public().key_id();
        BoxFacts::of(key, "PHC One".into()).at(330)
    }

    fn study(&self) -> StudyFacts {
        StudyFacts {
            id: self.id(),
            number: StudyNumber(self.number.into()),
            state: self.state,
            patient: self.patient(),
            programmes: Vec::new(),
            registered: self.registered,
            urgency: (self.state == StudyState::Reported).then_some(Urgency::Urgent),
            images_url: None,
            photos: [4, 1],
        }
    }

    fn patient(&self) -> Patient {
        let code = BoxCode::parse("K7PXM").unwrap();
        Patient {
            id: PatientId::from_bytes([self.person; 16]),
            box_id: Phi::new(BoxId::new(code, self.person.into()).unwrap()),
            name: Phi::new(name("Asha Devi")),
            local_id: None,
            sex: Sex::Female,
            age: AgeEvidence::Told(AgeYears::new(44).unwrap()),
        }
    }

    fn told(&self) -> (&'static str, String) {
        ("study", fhir::study(&Self::from(), &self.study()))
    }

    fn result(&self) -> (&'static str, String) {
        let at = |value| Score::new(value).unwrap();
        let threshold = Threshold::new(at(0.5), at(0.4), at(0.6)).unwrap();
        let finding = Finding::Tuberculosis;
        let line = |score| ScoreLine::new(finding, Evidence::Assessed, at(score), threshold);
        let min = AgeYears::new(15).unwrap();
        let silent = self.score.is_none().then_some((finding, NotAssessed::AgeUnknown { min }));
        let sheet = ScoreSheet {
            model: ModelRef {
                id: "findings".into(),
                version: "1.0.0".into(),
                sha256: Sha256Digest::from_bytes([4; 32]),
            },
            backend: Backend::Tract,
            preprocessing: PREPROCESSING_VERSION,
            lines: self.score.map(line).into_iter().collect(),
            not_assessed: silent.into_iter().collect(),
            lungs: None,
        };
        let reading = ReadingFacts {
            photo: PhotoId::from_bytes([self.number; 16]),
            radiograph: Sha256Digest::from_bytes([self.number; 32]),
            sheet,
        };
        ("result", fhir::result(&Self::from(), &self.study(), &reading, self.registered))
    }

    fn follow_up(
        &self,
        result: Option<TestResult>,
        end: Option<Outcome>,
    ) -> (&'static str, String) {
        let entry = || Entry { by: name("Tech One"), at: at(0) };
        let open = OpenLoop {
            suspicion: Suspicion::Tuberculosis,
            since: self.registered,
            source: Source::Box,
            waits_for: WaitsFor::Order,
        };
        let order = |result| Order {
            id: OrderId(1),
            test: Test::Xpert,
            ordered: entry(),
            result: Some((result, entry())),
            films: vec![self.id()],
        };
        let facts = FollowUp {
            study: self.id(),
            number: StudyNumber(self.number.into()),
            patient: Phi::new(self.patient()),
            open: if result.is_none() && end.is_none() { vec![open] } else { Vec::new() },
            person: Vec::new(),
            orders: result.map(order).into_iter().collect(),
            outcome: end.map(|outcome| RecordedOutcome { outcome, entry: entry() }),
        };
        ("follow_up", fhir::follow_up(&Self::from(), &self.study(), &facts, &[]))
    }

    fn alert(&self, class: AlertClass, taken: Option<Stamp>) -> (&'static str, String) {
        let acknowledged = taken.map(|at| Acknowledgement {
            by: OperatorId::from_bytes([9; 16]),
            name: name("Dr Rao"),
            method: AckMethod::Telegram,
            at,
        });
        let alert = Alert {
            id: AlertId::from_bytes([self.number; 16]),
            number: AlertNumber(self.number.into()),
            study: self.id(),
            study_number: self.number.into(),
            class,
            findings: vec![Finding::Tuberculosis],
            source: AlertSource::Box,
            raised: self.registered,
            open_ms: 0,
            acknowledged,
        };
        let facts =
            AlertFacts { sent: Some((ChannelKind::Sms, self.registered)), received: None, alert };
        ("alert", fhir::alert(&Self::from(), &self.study(), &facts))
    }
}

/// Numbers records as a box does.
fn numbered(records: &[(&Film, (&'static str, String))]) -> Vec<Record> {
    let record = |(at, (film, (kind, body))): (usize, &(&Film, (&'static str, String)))| Record {
        seq: i64::try_from(at).unwrap() + 1,
        kind: (*kind).to_owned(),
        study: film.id().to_string(),
        hash: Sha256Digest::of(body).to_string(),
        body: body.clone(),
    };
    records.iter().enumerate().map(record).collect()
}

/// Every column of the tables for counting.
const FILM: &str = "box_id, study, patient, day, state, has_reading, photos, refused, told_seq, band, \
    result_seq, suspicion_open, tests, outcome, follow_seq, physician, report_seq, week, counted, \
    suspected, tested, confirmed, clinical, lost";
const WEEK: &str = "box_id, week, films, above, near, below, age, model, unsaid, no_reading, coming, \
    signed, suspected, tested, confirmed, clinical, lost, photos, refused, voided";
const ALERT: &str = "box_id, alert, told_seq, class, week, told, method, after_s";

struct Bench {
    dir: tempfile::TempDir,
    places: Places,
    portal: Portal,
}

/// A portal on every back end that is there.
fn benches() -> Vec<Bench> {
    let server = crate::portal::tests::postgres_server::Server::shared();
    let there = server.map(|one| Places { database: Some(one.database()), objects: None });
    [Some(Places::default()), there].into_iter().flatten().map(bench).collect()
}

fn bench(places: Places) -> Bench {
    let dir = tempfile::tempdir().unwrap();
    let portal = Portal::open(dir.path(), &places, Arc::new(Still)).unwrap();
    let key = SigningKey::of_seed([1; 32]).unwrap().public();
    let code = portal.new_code().unwrap();
    assert!(portal.enrol(&code, (&key, &[]), "PHC One").unwrap());
    Bench { dir, places, portal }
}

impl Bench {
    fn take(&self, records: &[Record]) {
        let from = Film::from().id;
        let answers = self.portal.take(from, records).unwrap();
        assert!(answers.iter().all(|one| one.receipt.is_some()));
    }

    /// Every row for counting, as text.
    fn rows(&self) -> Vec<String> {
        let store = Store::open(self.dir.path(), &self.places).unwrap();
        let text = |value: Value| match value {
            Value::Null => "null".to_owned(),
            Value::Int(number) => number.to_string(),
            Value::Text(text) => text,
            Value::Blob(bytes) => format!("{bytes:?}"),
        };
        let of = |(table, columns): (&str, &str)| {
            let select = format!("select {columns} from {table} order by 1, 2");
            let line = |row: &Row| {
                let cells = columns.split(", ").map(|name| text(row.raw(name)));
                format!("{table} {:?}", cells.collect::<Vec<_>>())
            };
            store.read(|db| Ok(db.query(&select, &[])?.iter().map(line).collect::<Vec<_>>()))
        };
        let tables =
            [("programme_film", FILM), ("programme_week", WEEK), ("programme_alert", ALERT)];
        tables.into_iter().flat_map(|table| of(table).unwrap()).collect()
    }

    fn figures(&self) -> Programme {
        self.portal.programme(Span::Quarter, None).unwrap()
    }
}

const POSITIVE: Option<TestResult> = Some(TestResult::Positive);

#[test]
fn a_film_its_alert_and_its_test_are_counted_once_however_often_they_come() {
    let film = Film::new(1, 1, -60, Some(0.9));
    let again = Film::new(2, 1, -30, Some(0.8));
    let records = numbered(&[
        (&film, film.told()),
        (&film, film.result()),
        (&film, film.alert(AlertClass::Critical, None)),
        (&film, film.follow_up(None, None)),
        (&again, again.result()),
        (&film, film.alert(AlertClass::Critical, Some(at(-48)))),
        (&film, film.follow_up(POSITIVE, None)),
        (&again, again.follow_up(POSITIVE, Some(Outcome::TuberculosisConfirmed))),
    ]);
    for bench in benches() {
        counted_once(&bench, &records);
    }
}

fn counted_once(bench: &Bench, records: &[Record]) {
    bench.take(&records[..4]);
    let counts = bench.figures().total.counts;
    assert_eq!((counts.films, counts.band(Band::Above), counts.people), (1, 1, [1, 0, 0, 0, 0]));
    assert_eq!(bench.figures().total.critical.open, 1);
    bench.take(&records[2..]);
    bench.take(records);
    let total = bench.figures().total;
    assert_eq!((total.counts.films, total.counts.people), (2, [1, 1, 1, 0, 0]));
    assert_eq!([total.counts.photos, total.counts.refused], [8, 2]);
    let critical = total.critical;
    assert_eq!((critical.alerts, critical.open, critical.median_s), (1, 0, Some(12 * 60)));
    let rows = bench.rows();
    bench.portal.storage().recount().unwrap();
    assert_eq!(bench.rows(), rows, "the same from the records");

    // Backwards, one by one.
    let backwards = self::bench(Places::default());
    for record in records.iter().rev() {
        backwards.take(std::slice::from_ref(record));
    }
    assert_eq!(backwards.rows(), rows, "whatever the order");
}

#[test]
fn weeks_are_the_clinics_own_and_what_has_no_date_or_score_stays_in_sight() {
    let monday = Film::new(1, 1, 0, Some(0.5));
    // An hour and a half before midnight where the box stands.
    let sunday = Film::new(2, 2, -3 * 60, None);
    let mut undated = Film::new(3, 3, 0, Some(0.9));
    undated.registered.trust = ClockTrust::Unsynced;
    let mut waiting = Film::new(4, 4, 0, None);
    waiting.state = StudyState::RetakeAsked;
    let mut voided = Film::new(5, 5, 0, Some(0.9));
    let before = voided.result();
    voided.state = StudyState::Voided;
    let records = numbered(&[
        (&monday, monday.result()),
        (&sunday, sunday.result()),
        (&undated, undated.result()),
        (&undated, undated.alert(AlertClass::Suspect, Some(at(9)))),
        (&waiting, waiting.told()),
        (&voided, before),
        (&voided, voided.told()),
    ]);
    for bench in benches() {
        bench.take(&records);
        in_sight(&bench);
    }
}

fn in_sight(bench: &Bench) {
    let from = Week::of_day(NOW_MS / 86_400_000);
    let weeks = bench.portal.storage().site_weeks(None, (from, Week(from.0 + 1))).unwrap();
    let films = |week| {
        let found = weeks.iter().find(|one| one.week == week);
        found.map(|one| one.counts).unwrap_or_default()
    };
    let [this, next, none] = [Some(from), Some(Week(from.0 + 1)), None].map(films);
    assert_eq!((this.films, this.band(Band::Age)), (1, 1));
    assert_eq!((next.films, next.band(Band::Near), next.band(Band::NoReading)), (2, 1, 1));
    assert_eq!((next.voided, next.people), (1, [0; 5]));
    assert_eq!((none.films, none.band(Band::Above), none.people[0]), (1, 1, 1));
    let figures = bench.figures();
    assert_eq!((figures.undated.counts.films, figures.total.counts.films), (1, 3));
    let alerts = figures.undated.suspect;
    assert_eq!((alerts.alerts, alerts.open, alerts.untimed, alerts.median_s), (1, 0, 1, None));
    let rows = bench.rows();
    bench.portal.storage().recount().unwrap();
    assert_eq!(bench.rows(), rows);
}
