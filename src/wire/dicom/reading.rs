//! What the box says about a film, as Comprehensive SR by TID 1500 "Measurement Report" (PS3.16): one
//! measurement group for each finding, scored or not.
//!
//! No item "Finding" (121071) is ever written: a viewer that lists it would show a finding where there is
//! only a score. A finding is the name of an evaluation, and its value is the call, or that there is none.

use dicom_core::VR;
use dicom_dictionary_std::{tags, uids};

use super::dataset::{Code, Dataset, Kind, SCHEME, begin, finish, reference};
use super::tree::{Item, Relation};
use super::{About, DicomObject, NotWritten, derived_uid, film, film_uid, uid};
use crate::domain::finding::{Call, Evidence, Finding, NotAssessed};
use crate::domain::reading::{ModelRef, ScoreLine, ScoreSheet};
use crate::domain::signing::LungShare;
use crate::domain::stamp::{ClockTrust, Stamp};
use crate::locale::Locale;
use crate::wire::fhir::ReadingFacts;

/// The object of a reading; `at`: when it was made.
///
/// # Errors
/// [`NotWritten`].
pub fn reading(
    about: &About,
    reading: &ReadingFacts,
    at: Stamp,
) -> Result<DicomObject, NotWritten> {
    let ReadingFacts { photo, radiograph, sheet } = reading;
    let key = format!("{photo} {radiograph} {} {}", sheet.model.sha256, sheet.preprocessing);
    let confirmed = match at.trust {
        ClockTrust::Synced => "",
        ClockTrust::Unsynced => "; date not confirmed",
    };
    let kind = Kind {
        class: uids::COMPREHENSIVE_SR_STORAGE,
        uid: derived_uid(&format!("dicom reading {key}")),
        modality: "SR",
        number: 2,
        description: format!("Scores of a network{confirmed}"),
    };
    let mut set = begin(about, &kind);
    set.sequence(tags::REFERENCED_PERFORMED_PROCEDURE_STEP_SEQUENCE, Vec::new());
    set.sequence(tags::PERFORMED_PROCEDURE_CODE_SEQUENCE, Vec::new());
    // The standard demands a date here; the description says what it is worth.
    set.clock((tags::CONTENT_DATE, tags::CONTENT_TIME), at, about);
    set.text(tags::COMPLETION_FLAG, VR::CS, "COMPLETE");
    // No physician has read it: the signed report is another object.
    set.text(tags::VERIFICATION_FLAG, VR::CS, "UNVERIFIED");
    set.text(tags::PRELIMINARY_FLAG, VR::CS, "PRELIMINARY");
    let source = film_uid(about.study.id, *radiograph);
    set.sequence(
        tags::CURRENT_REQUESTED_PROCEDURE_EVIDENCE_SEQUENCE,
        vec![evidence(about, &source)],
    );
    let mut scheme = Dataset::default();
    scheme.text(tags::CODING_SCHEME_DESIGNATOR, VR::SH, SCHEME);
    scheme.text(tags::CODING_SCHEME_NAME, VR::ST, "Codes of Fieldray");
    set.sequence(tags::CODING_SCHEME_IDENTIFICATION_SEQUENCE, vec![scheme]);
    let mut template = Dataset::default();
    template.text(tags::MAPPING_RESOURCE, VR::CS, "DCMR");
    template.text(tags::TEMPLATE_IDENTIFIER, VR::CS, "1500");
    set.sequence(tags::CONTENT_TEMPLATE_SEQUENCE, vec![template]);
    Tree { about, sheet, key, source }.root().write(&mut set);
    finish(set, kind)
}

/// The film as evidence: study, series, instance.
fn evidence(about: &About, film: &str) -> Dataset {
    let mut series = Dataset::default();
    series.text(tags::SERIES_INSTANCE_UID, VR::UI, &derived_uid(&format!("series {film}")));
    series.sequence(tags::REFERENCED_SOP_SEQUENCE, vec![reference(film::CLASS, film)]);
    let mut study = Dataset::default();
    study.text(tags::STUDY_INSTANCE_UID, VR::UI, &uid(about.study.id.as_bytes()));
    study.sequence(tags::REFERENCED_SERIES_SEQUENCE, vec![series]);
    study
}

/// Makes the tree of one reading.
struct Tree<'a> {
    about: &'a About,
    sheet: &'a ScoreSheet,
    key: String,
    /// The film's object.
    source: String,
}

impl Tree<'_> {
    fn root(&self) -> Item {
        let words = Locale::english();
        let dcm = Code::dcm;
        let language = Code::new("en", "RFC5646", "English");
        let procedure = Code::own("chest-film-photo", "Photo of a chest X-ray film");
        let lines = self.sheet.lines.iter().map(|line| self.scored(words, line));
        let missing = self.sheet.not_assessed.iter();
        let missing = missing.map(|(finding, why)| self.not_assessed(words, *finding, *why));
        let share = LungShare::of(self.sheet);
        let share = share.iter().map(|share| self.lung_share(share));
        let groups = lines.chain(missing).chain(share);
        let measurements = Item::container(dcm("126010", "Imaging Measurements"));
        Item::container(dcm("126000", "Imaging Measurement Report"))
            .with(
                Relation::ConceptMod,
                Item::code(dcm("121049", "Language of Content Item and Descendants"), language),
            )
            .with_all(Relation::ObsContext, self.observers())
            .with(Relation::ConceptMod, Item::code(dcm("121058", "Procedure reported"), procedure))
            .with(Relation::Contains, self.images())
            .with(Relation::Contains, measurements.with_all(Relation::Contains, groups))
            .with(Relation::Contains, comment("Scores of a network. Not read by a physician."))
    }

    /// Box and network as observing devices (TID 1002 and 1004), one after the other.
    fn observers(&self) -> Vec<Item> {
        let from = &self.about.from;
        let model = &self.sheet.model;
        let mut model_id = [0; 16];
        model_id.copy_from_slice(&model.sha256.as_bytes()[..16]);
        let mut items = observer(&uid(from.id.as_bytes()), &from.site, "Fieldray");
        let serial = Code::dcm("121016", "Device Observer Serial Number");
        items.push(Item::text(serial, from.id.to_string()));
        items.extend(observer(&uid(&model_id), "", &format!("{} {}", model.id, model.version)));
        items
    }

    /// TID 1600: the film that was read.
    fn images(&self) -> Item {
        let modality = Code::dcm("121139", "Modality");
        let group = Item::container(Code::dcm("126200", "Image Library Group"))
            .with(Relation::AcqContext, Item::code(modality, Code::dcm("OT", "Other")))
            .with(Relation::Contains, Item::image(None, film::CLASS, self.source.clone()));
        Item::container(Code::dcm("111028", "Image Library")).with(Relation::Contains, group)
    }

    /// The head of a measurement group (TID 1501) with the algorithm (TID 4019).
    fn group(&self, what: &str, model: &ModelRef) -> Item {
        let tracking = derived_uid(&format!("dicom tracking {} {what}", self.key));
        let parameters = format!(
            "preprocessing {}, {}, SHA-256 {}",
            self.sheet.preprocessing,
            self.sheet.backend.code(),
            model.sha256
        );
        let dcm = Code::dcm;
        let family = dcm("123109", "Artificial Intelligence");
        Item::container(dcm("125007", "Measurement Group"))
            .with(Relation::ObsContext, Item::text(dcm("112039", "Tracking Identifier"), what))
            .with(
                Relation::ObsContext,
                Item::uid(dcm("112040", "Tracking Unique Identifier"), tracking),
            )
            .with_all(
                Relation::ConceptMod,
                [
                    Item::code(dcm("111000", "Algorithm Family"), family),
                    Item::text(dcm("111001", "Algorithm Name"), model.id.as_str()),
                    Item::text(dcm("111003", "Algorithm Version"), model.version.as_str()),
                    Item::text(dcm("111002", "Algorithm Parameters"), parameters),
                ],
            )
    }

    fn scored(&self, words: &Locale, line: &ScoreLine) -> Item {
        let name = words.finding_name(line.finding);
        let code = line.finding.code();
        let (low, high) = line.threshold.band();
        let group = self.group(code, &self.sheet.model);
        let group = match line.evidence {
            Evidence::Assessed => group.with(
                Relation::Contains,
                Item::code(
                    Code::own(code, &name),
                    Code::own(line.call.code(), call_text(line.call)),
                ),
            ),
            // Another code: who maps the finding must not take a hint for it.
            Evidence::Hint => group
                .with(
                    Relation::Contains,
                    Item::code(
                        Code::own(&format!("hint-{code}"), &format!("Hint, weak evidence: {name}")),
                        Code::own("no-call", "A hint: no call is made"),
                    ),
                )
                .with(
                    Relation::Contains,
                    comment(
                        "A hint with weak evidence: no call, no urgency and no alert rests on it.",
                    ),
                ),
        };
        let score =
            |code, text, value| Item::number(Code::own(code, text), value, unit_of_scores());
        group.with_all(
            Relation::Contains,
            [
                score("score", "Score of the network, 0 to 1", line.score.value())
                    .with(Relation::InferredFrom, self.measured_on()),
                score("threshold", "Threshold of the network", line.threshold.at().value()),
                score("band-low", "No call is made from here", low.value()),
                score("band-high", "No call is made up to here", high.value()),
            ],
        )
    }

    fn not_assessed(&self, words: &Locale, finding: Finding, why: NotAssessed) -> Item {
        let name = Code::own(finding.code(), &words.finding_name(finding));
        let value = Code::own("not-assessed", "Not assessed");
        self.group(finding.code(), &self.sheet.model)
            .with(Relation::Contains, Item::code(name, value))
            .with(Relation::Contains, comment(&words.not_assessed_reason(why)))
    }

    fn lung_share(&self, share: &LungShare) -> Item {
        let model = self.sheet.lungs.as_ref().map_or(&self.sheet.model, |lungs| &lungs.model);
        let [right, left] = share.lungs;
        let percent = |code, text, value| {
            Item::number(Code::own(code, text), value, Code::new("%", "UCUM", "percent"))
        };
        self.group("lung-share", model).with_all(
            Relation::Contains,
            [
                percent("share-both", "Share of both lungs that is opaque", share.both.value())
                    .with(Relation::InferredFrom, self.measured_on()),
                percent("share-low", "Another photo could give from", share.low.value()),
                percent("share-high", "Another photo could give up to", share.high.value()),
                percent("share-right", "Right lung", right.value()),
                percent("share-left", "Left lung", left.value()),
            ],
        )
    }

    fn measured_on(&self) -> Item {
        let name = Code::dcm("121112", "Source of Measurement");
        Item::image(Some(name), film::CLASS, self.source.clone())
    }
}

fn observer(uid: &str, name: &str, model: &str) -> Vec<Item> {
    let dcm = Code::dcm;
    let device = Item::code(dcm("121005", "Observer Type"), dcm("121007", "Device"));
    let mut items = vec![device, Item::uid(dcm("121012", "Device Observer UID"), uid.to_owned())];
    if !name.is_empty() {
        items.push(Item::text(dcm("121013", "Device Observer Name"), name));
    }
    items.push(Item::text(dcm("121014", "Device Observer Manufacturer"), "Fieldray"));
    items.push(Item::text(dcm("121015", "Device Observer Model Name"), model));
    items
}

fn comment(text: &str) -> Item {
    Item::text(Code::dcm("121106", "Comment"), text)
}

fn unit_of_scores() -> Code {
    Code::new("1", "UCUM", "no units")
}

const fn call_text(call: Call) -> &'static str {
    match call {
        Call::Above => "At or above the threshold of the network",
        Call::Below => "Below the threshold: does not say that it is not there",
        Call::Indeterminate => "Too near the threshold to say",
    }
}
