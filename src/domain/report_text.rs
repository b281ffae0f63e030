//! The canonical text of a report: what is hashed, stored and read back. One fact a line, in one
//! order, so that the same report always gives the same bytes.

use std::fmt::Write as _;

use crate::domain::box_id::BoxId;
use crate::domain::digest::Sha256Digest;
use crate::domain::finding::{Call, Evidence, Finding, NotAssessed, Score};
use crate::domain::ids::{PhotoId, StudyNumber};
use crate::domain::indication::{HivStatus, Indication, IndicationNote, PastTb, Reason, Symptom};
use crate::domain::lungs::Percent;
use crate::domain::people::{AgeEvidence, AgeYears, LocalId, PersonName, Phi, Sex};
use crate::domain::quality::QualityIssue;
use crate::domain::reading::{Backend, ModelRef};
use crate::domain::same_film::Whose;
use crate::domain::signing::{
    Basis, Credit, Decision, FilmDoubt, FreeText, LungShare, Machine, ReportContent, ReportSubject,
    escaped, unescaped,
};

/// First line of every text that names somebody beside the signer. A change of the format gets another
/// one, and all stay readable.
const FORMAT_3: &str = "report 3";

/// First line of every other text.
const FORMAT_2: &str = "report 2";

/// First line of texts from before patients had ids of the box and films a reason.
const FORMAT_1: &str = "report 1";

/// Which of the formats a text has.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Format {
    First,
    Second,
    Third,
}

impl Format {
    fn of(line: &str) -> Option<Self> {
        match line {
            FORMAT_1 => Some(Self::First),
            FORMAT_2 => Some(Self::Second),
            FORMAT_3 => Some(Self::Third),
            _ => None,
        }
    }
}

/// Writes a report.
#[must_use]
pub fn write(content: &ReportContent) -> String {
    let Basis { subject, model, .. } = &content.basis;
    let age = match subject.age {
        AgeEvidence::Told(age) => format!("told {}", age.years()),
        AgeEvidence::BirthYear(year) => format!("born {year}"),
    };
    let mut lines = vec![
        if content.credits.is_empty() { FORMAT_2 } else { FORMAT_3 }.to_owned(),
        format!("language {}", content.language),
        format!("name {}", escaped(subject.name.reveal().as_str())),
        format!("box-id {}", subject.box_id.as_ref().map_or_else(String::new, box_id_text)),
        format!("local-id {}", subject.local_id.as_ref().map_or_else(String::new, local_id_text)),
        format!("sex {}", subject.sex.code()),
        format!("age {age}"),
        format!("photo {}", content.basis.photo),
        format!("radiograph {}", content.basis.radiograph),
        format!("model {}", escaped(&model.id)),
        format!("model-version {}", escaped(&model.version)),
        format!("model-digest {}", model.sha256),
        format!("backend {}", content.basis.backend.code()),
        format!("preprocessing {}", content.basis.preprocessing),
        format!("lung-share {}", lung_share_text(content.basis.lung_share.as_ref())),
    ];
    lines.extend(content.basis.remarks.iter().map(|remark| format!("remark {}", remark.code())));
    lines.extend(content.basis.doubts.iter().map(|doubt| format!("doubt {}", doubt_text(*doubt))));
    lines.extend(indication_lines(&content.basis));
    lines.extend(content.findings().map(|one| {
        let machine = machine_text(one.machine);
        format!("finding {} {} {machine}", one.finding.code(), one.decision.code())
    }));
    lines.extend(content.credits.iter().map(|credit| format!("credit {}", credit.write())));
    lines.push(format!("conclusion {}", escaped(content.conclusion.as_str())));
    lines.push(format!("recommendation {}", escaped(content.recommendation.as_str())));
    let mut text = String::new();
    for line in lines {
        // Writing to a string cannot fail.
        let _written = writeln!(text, "{line}");
    }
    text
}

/// Reads a report; `None` for anything that [`write()`] does not write.
#[must_use]
pub fn read(text: &str) -> Option<ReportContent> {
    let mut lines = text.strip_suffix('\n')?.split('\n').peekable();
    let format = Format::of(lines.next()?)?;
    let mut fact = |key: &str| lines.next()?.strip_prefix(key)?.strip_prefix(' ');
    let language = fact("language")?.to_owned();
    let subject = parse_subject(&mut fact, format)?;
    let photo = PhotoId::parse(fact("photo")?)?;
    let radiograph = Sha256Digest::parse(fact("radiograph")?)?;
    let model = ModelRef {
        id: unescaped(fact("model")?)?,
        version: unescaped(fact("model-version")?)?,
        sha256: Sha256Digest::parse(fact("model-digest")?)?,
    };
    let backend = Backend::parse(fact("backend")?)?;
    let preprocessing = fact("preprocessing")?.parse().ok()?;
    let lung_share = parse_lung_share(fact("lung-share")?)?;
    let mut many = |key: &str| {
        let mut found = Vec::new();
        while let Some(rest) = lines.peek().and_then(|l| l.strip_prefix(key)?.strip_prefix(' ')) {
            found.push(rest);
            lines.next();
        }
        found
    };
    let remarks = many("remark").into_iter().map(QualityIssue::parse).collect::<Option<_>>()?;
    let doubts = many("doubt").into_iter().map(parse_doubt).collect::<Option<_>>()?;
    let indication = match many("indication").as_slice() {
        [] => Indication::default(),
        [told] if format != Format::First => parse_indication(told)?,
        _ => return None,
    };
    let notes = many("note").into_iter().map(IndicationNote::parse).collect::<Option<Vec<_>>>()?;
    if format == Format::First && !notes.is_empty() {
        return None;
    }
    let found = many("finding").into_iter().map(parse_finding).collect::<Option<Vec<_>>>()?;
    let (findings, decisions) = found.into_iter().unzip();
    let credits = many("credit").into_iter().map(Credit::parse).collect::<Option<Vec<_>>>()?;
    if credits.is_empty() == (format == Format::Third) {
        return None;
    }
    let mut text_of = |key: &str| {
        let line = lines.next()?.strip_prefix(key)?.strip_prefix(' ')?;
        FreeText::parse(&unescaped(line)?)
    };
    let (conclusion, recommendation) = (text_of("conclusion")?, text_of("recommendation")?);
    let basis = Basis {
        subject,
        photo,
        radiograph,
        model,
        backend,
        preprocessing,
        findings,
        lung_share,
        remarks,
        doubts,
        indication,
        notes,
    };
    let content = ReportContent { language, basis, decisions, conclusion, recommendation, credits };
    lines.next().is_none().then_some(content)
}

/// Reads whose film it was, fact by fact.
fn parse_subject<'a>(
    fact: &mut impl FnMut(&str) -> Option<&'a str>,
    format: Format,
) -> Option<ReportSubject> {
    Some(ReportSubject {
        name: Phi::new(PersonName::parse(&unescaped(fact("name")?)?)?),
        box_id: match format {
            Format::First => None,
            Format::Second | Format::Third => {
                maybe(fact("box-id")?, |text| BoxId::read(text).ok().map(Phi::new))?
            }
        },
        local_id: match fact("local-id")? {
            "" if format == Format::First => return None,
            text => maybe(text, |text| LocalId::parse(&unescaped(text)?).map(Phi::new))?,
        },
        sex: Sex::parse(fact("sex")?)?,
        age: parse_age(fact("age")?)?,
    })
}

fn box_id_text(id: &Phi<BoxId>) -> String {
    id.reveal().to_string()
}

fn local_id_text(id: &Phi<LocalId>) -> String {
    escaped(id.reveal().as_str())
}

/// Reads a value that may be missing: an empty text.
fn maybe<T>(text: &str, parse: impl FnOnce(&str) -> Option<T>) -> Option<Option<T>> {
    if text.is_empty() { Some(None) } else { parse(text).map(Some) }
}

/// Why the film was taken, where somebody said so, and what that meant. Never the HIV status.
fn indication_lines(basis: &Basis) -> Vec<String> {
    let Indication { reason, past_tb, .. } = &basis.indication;
    let mut lines = Vec::new();
    if !basis.indication.without_hiv().is_empty() {
        let reason = reason.map_or("-", Reason::code);
        let symptoms: Vec<_> = basis.indication.symptoms().iter().map(|one| one.code()).collect();
        let symptoms = if symptoms.is_empty() { "-".to_owned() } else { symptoms.join(",") };
        lines.push(format!("indication {reason} {symptoms} {}", past_tb.code()));
    }
    lines.extend(basis.notes.iter().map(|note| format!("note {}", note.code())));
    lines
}

fn parse_indication(text: &str) -> Option<Indication> {
    let [reason, symptoms, past_tb] = text.split(' ').collect::<Vec<_>>().try_into().ok()?;
    let reason = if reason == "-" { None } else { Some(Reason::parse(reason)?) };
    let symptoms = match symptoms {
        "-" => Vec::new(),
        codes => codes.split(',').map(Symptom::parse).collect::<Option<Vec<_>>>()?,
    };
    Some(Indication::new(reason, symptoms, PastTb::parse(past_tb)?, HivStatus::Unknown))
}

fn parse_age(text: &str) -> Option<AgeEvidence> {
    match text.split_once(' ')? {
        ("told", years) => Some(AgeEvidence::Told(AgeYears::new(years.parse().ok()?)?)),
        ("born", year) => Some(AgeEvidence::BirthYear(year.parse().ok()?)),
        _ => None,
    }
}

fn lung_share_text(share: Option<&LungShare>) -> String {
    let Some(LungShare { both, low, high, lungs: [right, left] }) = share else {
        return "none".to_owned();
    };
    [both, low, high, right, left].map(|share| share.value().to_string()).join(" ")
}

fn parse_lung_share(text: &str) -> Option<Option<LungShare>> {
    if text == "none" {
        return Some(None);
    }
    let shares = text.split(' ').map(|share| Percent::new(share.parse().ok()?));
    let [both, low, high, right, left] = shares.collect::<Option<Vec<_>>>()?.try_into().ok()?;
    Some(Some(LungShare { both, low, high, lungs: [right, left] }))
}

fn doubt_text(doubt: FilmDoubt) -> String {
    match doubt {
        FilmDoubt::Mirrored => "mirrored".to_owned(),
        FilmDoubt::MirrorDoubtful => "mirror_doubtful".to_owned(),
        FilmDoubt::AgeDoubtful => "age_doubtful".to_owned(),
        FilmDoubt::LooksTheSame(number, whose) => {
            format!("looks_the_same {} {}", number.0, whose.code())
        }
        FilmDoubt::AnotherPatients(number) => format!("another_patients {}", number.0),
    }
}

fn parse_doubt(text: &str) -> Option<FilmDoubt> {
    let number = |text: &str| text.parse().ok().map(StudyNumber);
    match text.split(' ').collect::<Vec<_>>().as_slice() {
        ["mirrored"] => Some(FilmDoubt::Mirrored),
        ["mirror_doubtful"] => Some(FilmDoubt::MirrorDoubtful),
        ["age_doubtful"] => Some(FilmDoubt::AgeDoubtful),
        ["looks_the_same", at, whose] => {
            let whose = [Whose::ThisPatient, Whose::AnotherPatient]
                .into_iter()
                .find(|one| one.code() == *whose)?;
            Some(FilmDoubt::LooksTheSame(number(at)?, whose))
        }
        ["another_patients", at] => number(at).map(FilmDoubt::AnotherPatients),
        _ => None,
    }
}

fn machine_text(machine: Machine) -> String {
    match machine {
        Machine::Scored { evidence, score, threshold, call } => {
            let (score, threshold) = (score.value(), threshold.value());
            format!("{} {score} {threshold} {}", evidence.code(), call.code())
        }
        Machine::NotAssessed(why) => match why {
            NotAssessed::NotInModel => "not_in_model".to_owned(),
            NotAssessed::ChannelNotCalibrated => "channel_not_calibrated".to_owned(),
            NotAssessed::BelowValidatedAge { min } => {
                format!("below_validated_age {}", min.years())
            }
            NotAssessed::AgeUnknown { min } => format!("age_unknown {}", min.years()),
        },
    }
}

fn parse_finding(text: &str) -> Option<((Finding, Machine), Decision)> {
    let words: Vec<_> = text.split(' ').collect();
    let [finding, decision, machine @ ..] = words.as_slice() else { return None };
    let age = |text: &str| text.parse().ok().and_then(AgeYears::new);
    let score = |text: &str| text.parse().ok().and_then(Score::new);
    let machine = match machine {
        ["not_in_model"] => Machine::NotAssessed(NotAssessed::NotInModel),
        ["channel_not_calibrated"] => Machine::NotAssessed(NotAssessed::ChannelNotCalibrated),
        ["below_validated_age", min] => {
            Machine::NotAssessed(NotAssessed::BelowValidatedAge { min: age(min)? })
        }
        ["age_unknown", min] => Machine::NotAssessed(NotAssessed::AgeUnknown { min: age(min)? }),
        [evidence, at, threshold, call] => Machine::Scored {
            evidence: Evidence::parse(evidence)?,
            score: score(at)?,
            threshold: score(threshold)?,
            call: Call::parse(call)?,
        },
        _ => return None,
    };
    Some(((Finding::parse(finding)?, machine), Decision::parse(decision)?))
}
