//! Bundles of boxes read back, as far as a portal shows them to a person.
//!
//! What is missing stays missing: a finding without a value comes back without one, with the reason that
//! the box gave, and a hint comes back as a hint.

use serde_json::Value;

use super::bundle::{system, time};
use crate::domain::digest::Sha256Digest;
use crate::domain::finding::{Call, Evidence, Finding, Score};
use crate::domain::people::{AgeEvidence, AgeYears, PersonName, Phi, Sex};
use crate::domain::reading::Urgency;
use crate::domain::report_text;
use crate::domain::signing::{Machine, ReportContent};
use crate::domain::stamp::{ClockTrust, Stamp, WallMs};
use crate::domain::study::StudyState;
use crate::domain::sync::sms_digest::ScoredFinding;
use crate::wire::encoding::from_base64;

/// Whose film, and how the study stands.
#[derive(Clone, Debug)]
pub struct ToldStudy {
    /// The number that people of the box say.
    pub number: String,
    /// Name of the patient.
    pub name: Phi<PersonName>,
    /// Administrative sex.
    pub sex: Sex,
    /// Age or year of birth, where one is told.
    pub age: Option<AgeEvidence>,
    /// Where it stands.
    pub state: StudyState,
    /// How soon a person should look; `None`: no reading.
    pub urgency: Option<Urgency>,
}

/// What a box said about one radiograph.
#[derive(Clone, Debug)]
pub struct ToldReading {
    /// SHA-256 of the radiograph.
    pub radiograph: Sha256Digest,
    /// Findings with a score.
    pub scored: Vec<(Finding, Machine)>,
    /// Findings without one, and why, in the box's words (English).
    pub unscored: Vec<(Finding, String)>,
    /// Which network, in a line.
    pub model: String,
}

/// A report that a physician of the box has signed.
#[derive(Clone, Debug)]
pub struct ToldReport {
    /// Version.
    pub version: u64,
    /// Who signed.
    pub signer: String,
    /// What the film shows, in words.
    pub conclusion: Phi<String>,
    /// Its seal: by which an amendment names what it follows.
    pub seal: Option<Sha256Digest>,
    /// What was signed, read from the text that the seal is over; `None`: of a format that this program
    /// does not know.
    pub content: Option<ReportContent>,
}

/// A time as FHIR writes it.
#[must_use]
pub fn time_text(at: WallMs) -> String {
    time(Stamp { wall: at, trust: ClockTrust::Synced })
}

/// A test that was ordered for a film.
#[derive(Clone, Debug)]
pub struct ToldTest {
    /// The box's own name for it.
    pub name: String,
    /// Which test, a code.
    pub test: String,
    /// What came of it, a code; `None`: nothing yet, or it was not done.
    pub result: Option<String>,
    /// When that was entered, as FHIR writes it.
    pub issued: Option<String>,
}

/// A bundle, parsed once.
#[derive(Clone, Debug)]
pub struct Told(Value);

impl Told {
    /// Reads a bundle; `None` when it is not JSON.
    #[must_use]
    pub fn parse(body: &str) -> Option<Self> {
        serde_json::from_str(body).ok().map(Self)
    }

    /// Whether it is a bundle as boxes send them.
    #[must_use]
    pub fn is_transaction(&self) -> bool {
        self.0["resourceType"] == "Bundle" && self.0["type"] == "transaction"
    }

    fn resources(&self) -> impl Iterator<Item = &Value> {
        let entries = self.0["entry"].as_array().map(Vec::as_slice).unwrap_or_default();
        entries.iter().map(|entry| &entry["resource"])
    }

    pub(super) fn of_type(&self, kind: &str) -> impl Iterator<Item = &Value> {
        self.resources().filter(move |one| one["resourceType"] == *kind)
    }

    /// Patient and examination; `None` where the bundle does not hold both.
    #[must_use]
    pub fn study(&self) -> Option<ToldStudy> {
        let patient = self.of_type("Patient").next()?;
        let study = self.of_type("ImagingStudy").next()?;
        let name = patient["name"][0]["text"].as_str().and_then(PersonName::parse)?;
        Some(ToldStudy {
            number: identifier(study, "study-number")?.to_owned(),
            name: Phi::new(name),
            sex: patient["gender"].as_str().and_then(Sex::parse).unwrap_or(Sex::Unknown),
            age: age(patient),
            state: extension(study, "state")?.as_str().and_then(StudyState::parse)?,
            urgency: extension(study, "urgency").and_then(Value::as_str).and_then(Urgency::parse),
        })
    }

    /// What the box said about a radiograph; `None` where the bundle holds no reading.
    #[must_use]
    pub fn reading(&self) -> Option<ToldReading> {
        let preliminary = |one: &&Value| one["status"] == "preliminary";
        self.of_type("DiagnosticReport").find(preliminary)?;
        let provenance = self.of_type("Provenance").next()?;
        let entities = provenance["entity"].as_array()?.iter();
        let hash = entities.map(|entity| &entity["what"]["identifier"]).find_map(|identifier| {
            let ours = identifier["system"] == system("sha256");
            ours.then(|| identifier["value"].as_str().and_then(Sha256Digest::parse)).flatten()
        });
        let (mut scored, mut unscored) = (Vec::new(), Vec::new());
        for observation in self.of_type("Observation") {
            let Some(finding) = finding(observation) else { continue };
            match (machine(observation), observation["dataAbsentReason"]["text"].as_str()) {
                (Some(machine), None) => scored.push((finding, machine)),
                // Neither a value nor a reason: it must not look like a finding that is not there.
                (_, why) => unscored.push((finding, why.unwrap_or("?").to_owned())),
            }
        }
        let network = |one: &&Value| one["deviceName"][0]["name"] != "Fieldray";
        let model = self.of_type("Device").find(network).map(|device| {
            let text = |value: &Value| value.as_str().unwrap_or("?").to_owned();
            format!(
                "{} {}",
                text(&device["deviceName"][0]["name"]),
                text(&device["version"][0]["value"])
            )
        });
        Some(ToldReading { radiograph: hash?, scored, unscored, model: model.unwrap_or_default() })
    }

    /// The box's own name of the patient.
    #[must_use]
    pub fn patient_name(&self) -> Option<String> {
        let patient = self.of_type("Patient").next()?;
        identifier(patient, "x-fieldray:patient").map(str::to_owned)
    }

    /// An id of the patient, by how its system ends.
    #[must_use]
    pub fn patient_id(&self, ending: &str) -> Option<String> {
        let patient = self.of_type("Patient").next()?;
        identifier(patient, ending).map(str::to_owned)
    }

    /// When the examination was registered, as FHIR writes it; `None` where nobody confirmed the clock.
    #[must_use]
    pub fn started(&self) -> Option<String> {
        self.of_type("ImagingStudy").next()?["started"].as_str().map(str::to_owned)
    }

    /// Tests.
    #[must_use]
    pub fn tests(&self) -> Vec<ToldTest> {
        let tests = self.of_type("Observation").filter_map(|one| {
            let test = coded(&one["code"], "test")?.to_owned();
            let name = identifier(one, "x-fieldray:observation")?.to_owned();
            let result = coded(&one["valueCodeableConcept"], "test-result").map(str::to_owned);
            Some(ToldTest { name, test, result, issued: one["issued"].as_str().map(str::to_owned) })
        });
        tests.collect()
    }

    /// How it ended, as the clinic wrote it down; a code.
    #[must_use]
    pub fn outcome(&self) -> Option<String> {
        let mut all = self.of_type("Observation");
        all.find_map(|one| coded(&one["valueCodeableConcept"], "outcome").map(str::to_owned))
    }

    /// What a physician said to each finding; codes. Nothing said is nothing here.
    #[must_use]
    pub fn decisions(&self) -> Vec<(Finding, String)> {
        let said = self.of_type("Observation").filter_map(|one| {
            let decision = coded(&one["valueCodeableConcept"], "decision")?;
            Some((finding(one)?, decision.to_owned()))
        });
        said.collect()
    }

    /// Findings with a score, each with threshold and band; nothing of a bundle without a reading.
    #[must_use]
    pub fn scored_findings(&self) -> Vec<ScoredFinding> {
        self.of_type("Observation").filter_map(scored_finding).collect()
    }

    /// A signed report; `None` where the bundle holds none.
    #[must_use]
    pub fn report(&self) -> Option<ToldReport> {
        let signed = |one: &&Value| one["status"] == "final" || one["status"] == "amended";
        let report = self.of_type("DiagnosticReport").find(signed)?;
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        Some(ToldReport {
            version: extension(report, "version").and_then(Value::as_u64)?,
            signer: text(&report["resultsInterpreter"][0]["display"]),
            conclusion: Phi::new(text(&report["conclusion"])),
            seal: extension(report, "seal").and_then(Value::as_str).and_then(Sha256Digest::parse),
            content: report["presentedForm"][0]["data"]
                .as_str()
                .and_then(from_base64)
                .and_then(|bytes| report_text::read(std::str::from_utf8(&bytes).ok()?)),
        })
    }
}

/// The code of a concept in one of our systems.
pub(super) fn coded<'a>(concept: &'a Value, kind: &str) -> Option<&'a str> {
    let ours = system(kind);
    let codings = concept["coding"].as_array()?.iter();
    codings.clone().find(|one| one["system"] == *ours)?["code"].as_str()
}

pub(super) fn identifier<'a>(resource: &'a Value, ending: &str) -> Option<&'a str> {
    let identifiers = resource["identifier"].as_array()?.iter();
    let named = |one: &&Value| one["system"].as_str().is_some_and(|name| name.ends_with(ending));
    identifiers.clone().find(named)?["value"].as_str()
}

/// The value of one of our extensions, whatever its type.
pub(super) fn extension<'a>(resource: &'a Value, kind: &str) -> Option<&'a Value> {
    let url = system(kind);
    let found = resource["extension"].as_array()?.iter().find(|one| one["url"] == url)?;
    found.as_object()?.iter().find(|(key, _)| key.starts_with("value")).map(|(_, value)| value)
}

fn age(patient: &Value) -> Option<AgeEvidence> {
    if let Some(born) = patient["birthDate"].as_str() {
        return born.get(..4)?.parse().ok().map(AgeEvidence::BirthYear);
    }
    let years = extension(patient, "age-at-registration")?["value"].as_u64()?;
    u8::try_from(years).ok().and_then(AgeYears::new).map(AgeEvidence::Told)
}

fn finding(observation: &Value) -> Option<Finding> {
    let codes = observation["code"]["coding"].as_array()?.iter();
    let ours = codes.clone().find(|one| one["system"] == system("finding"))?;
    Finding::parse(ours["code"].as_str()?)
}

fn machine(observation: &Value) -> Option<Machine> {
    let code = |kind| extension(observation, kind).and_then(Value::as_str);
    Some(Machine::Scored {
        evidence: Evidence::parse(code("evidence")?)?,
        score: score(&observation["valueQuantity"])?,
        threshold: component(observation, "threshold")?,
        call: Call::parse(code("call")?)?,
    })
}

fn scored_finding(observation: &Value) -> Option<ScoredFinding> {
    let Machine::Scored { evidence, score, threshold, call } = machine(observation)? else {
        return None;
    };
    let band = (component(observation, "band-low")?, component(observation, "band-high")?);
    Some(ScoredFinding { finding: finding(observation)?, evidence, call, score, threshold, band })
}

fn component(observation: &Value, code: &str) -> Option<Score> {
    let components = observation["component"].as_array()?.iter();
    let found = components.clone().find(|one| one["code"]["coding"][0]["code"] == code)?;
    score(&found["valueQuantity"])
}

fn score(quantity: &Value) -> Option<Score> {
    let number = quantity["value"].as_f64()?;
    // Seven digits are what a score was written with.
    number.to_string().parse().ok().and_then(Score::new)
}
