//! Words and a film → a page on paper, as PDF. One A4 page wherever the words fit on one; slips on A6.
//!
//! Layout and the shaping of Indic scripts are typst's; the fonts are ours, inside the program. What
//! is printed goes in as a file of data that the template reads, never pasted into its source, so
//! that no name can be taken for markup. Not here: which words (`locale`), who may print (`app`).

mod film;
mod qr;
mod slip;
mod world;

use serde::Serialize;

use crate::domain::fault::Fault;
pub use film::thumbnail;
pub use qr::{QrPath, qr_path};
pub use slip::{SlipSheet, slip_pdf};
use world::PrintWorld;

const REPORT: &str = include_str!("../../web/print/report.typ");
const SUMMARY: &str = include_str!("../../web/print/summary.typ");
const LETTER: &str = include_str!("../../web/print/letter.typ");

/// Sizes of the text, points, the largest first: the first with which everything fits on one page is
/// taken. Below the last, a second page is better than words that nobody can read.
const TEXT_SIZES_PT: [f32; 4] = [10.0, 9.0, 8.2, 7.4];

/// A label and a value.
#[derive(Clone, Debug, Serialize)]
pub struct Fact {
    /// What it is.
    pub label: String,
    /// The value.
    pub value: String,
}

impl Fact {
    /// A fact.
    #[must_use]
    pub fn new(label: String, value: impl Into<String>) -> Self {
        Self { label, value: value.into() }
    }
}

/// A line of the table of findings.
#[derive(Clone, Debug, Serialize)]
pub struct FindingLine {
    /// Name of the finding, with a mark for a hint.
    pub name: String,
    /// What the box said.
    pub machine: String,
    /// Score and threshold.
    pub score: String,
    /// What the physician decided.
    pub decided: String,
    /// The physician sees it: printed bold.
    pub seen: bool,
}

/// A heading with text.
#[derive(Clone, Debug, Serialize)]
pub struct Section {
    /// Heading.
    pub title: String,
    /// Text; lines are kept.
    pub text: String,
}

/// What stands on a printed page, every word in the language of the report.
#[derive(Clone, Debug, Serialize)]
pub struct Sheet {
    /// Language code.
    pub language: String,
    /// Name of the site; empty: none.
    pub site: String,
    /// Title.
    pub title: String,
    /// Patient and study.
    pub facts: Vec<Fact>,
    /// What a reader must check on the film; printed in a frame.
    pub doubts: Vec<String>,
    /// Heads of the table of findings: finding, box, physician.
    pub heads: [String; 3],
    /// Table of findings.
    pub findings: Vec<FindingLine>,
    /// What the mark of a hint means; empty without hints.
    pub hints_note: String,
    /// Sections in large text: conclusion, recommendation; in a letter what is asked.
    pub main: Vec<Section>,
    /// Sections in small text: not assessed, remarks.
    pub small: Vec<Section>,
    /// Who signed, and when.
    pub signed: String,
    /// Version, reason, how it was read.
    pub signed_more: Vec<String>,
    /// The seal.
    pub seal: String,
    /// What stands under the film.
    pub film_note: String,
    /// The last lines.
    pub foot: Vec<String>,
    /// The word for "page".
    pub page_word: String,
}

/// Figures under a heading.
#[derive(Clone, Debug, Serialize)]
pub struct Group {
    /// Heading.
    pub title: String,
    /// The figures.
    pub facts: Vec<Fact>,
}

/// Figures on paper, without a film; every word in one language.
#[derive(Clone, Debug, Serialize)]
pub struct Summary {
    /// Language code.
    pub language: String,
    /// Name of the site; empty: none.
    pub site: String,
    /// Title.
    pub title: String,
    /// What the figures are.
    pub lead: String,
    /// The figures.
    pub groups: Vec<Group>,
    /// The last line.
    pub foot: String,
    /// The word for "page".
    pub page_word: String,
}

/// Prints figures. Takes tenths of a second and is for one thread at a time.
///
/// # Errors
/// [`Fault::Internal`] when the pages cannot be laid out.
pub fn summary(summary: &Summary) -> Result<Vec<u8>, Fault> {
    let data = serde_json::to_vec(summary).map_err(|error| {
        tracing::error!(%error, "a page could not be written");
        Fault::Internal
    })?;
    let document = world::layout(&PrintWorld::new(SUMMARY, data, Vec::new()));
    let pdf = document.and_then(|document| world::pdf(&document));
    world::forget();
    pdf
}

/// Which page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// A signed report.
    Report,
    /// A referral letter.
    Letter,
}

/// Prints a page with a film, given as PNG. Takes tenths of a second and is for one thread at a time.
///
/// # Errors
/// [`Fault::StoredFileDamaged`] when the film cannot be read, [`Fault::Internal`] when the page
/// cannot be laid out.
pub fn pdf(form: Form, sheet: &Sheet, film_png: &[u8]) -> Result<Vec<u8>, Fault> {
    let film = film::jpeg(film_png)?;
    let template = match form {
        Form::Report => REPORT,
        Form::Letter => LETTER,
    };
    let mut printed = None;
    for size in TEXT_SIZES_PT {
        let data = data(sheet, size)?;
        let document = world::layout(&PrintWorld::new(template, data, film.clone()))?;
        let fits = document.pages.len() == 1;
        printed = Some(document);
        if fits {
            break;
        }
    }
    let pdf = printed.ok_or(Fault::Internal).and_then(|document| world::pdf(&document));
    world::forget();
    pdf
}

/// The data file of the template.
fn data(sheet: &Sheet, size_pt: f32) -> Result<Vec<u8>, Fault> {
    #[derive(Serialize)]
    struct Data<'a> {
        size: f32,
        #[serde(flatten)]
        sheet: &'a Sheet,
    }
    encoded(&Data { size: size_pt, sheet })
}

fn encoded(data: &impl Serialize) -> Result<Vec<u8>, Fault> {
    serde_json::to_vec(data).map_err(|error| {
        tracing::error!(%error, "a page could not be written");
        Fault::Internal
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn film() -> Vec<u8> {
        let film = image::GrayImage::from_pixel(60, 80, image::Luma([90]));
        let mut bytes = std::io::Cursor::new(Vec::new());
        film.write_to(&mut bytes, image::ImageFormat::Png).unwrap();
        bytes.into_inner()
    }

    fn bare() -> Sheet {
        Sheet {
            language: "en".into(),
            site: String::new(),
            title: "Report".into(),
            facts: vec![Fact::new("Patient".into(), "Asha Devi")],
            doubts: Vec::new(),
            heads: ["Finding", "Box", "Physician"].map(str::to_owned),
            findings: Vec::new(),
            hints_note: String::new(),
            main: Vec::new(),
            small: Vec::new(),
            signed: "Signed".into(),
            signed_more: Vec::new(),
            seal: "0".into(),
            film_note: String::new(),
            foot: Vec::new(),
            page_word: "Page".into(),
        }
    }

    #[test]
    fn pages_with_little_and_with_doubts_are_laid_out() {
        let section = || Section { title: "#x".into(), text: "*a*\n$b$ \\ \"c\" ".into() };
        let full = Sheet {
            site: "Clinic".into(),
            doubts: vec!["Check whose film this is.".into(); 3],
            main: vec![section(), section()],
            small: vec![section()],
            signed_more: vec!["Version 2".into(), "Reason: x".into()],
            ..bare()
        };
        for form in [Form::Report, Form::Letter] {
            for sheet in [bare(), full.clone()] {
                let printed = pdf(form, &sheet, &film()).unwrap();
                assert!(printed.starts_with(b"%PDF-"), "{form:?}");
            }
        }
    }

    #[test]
    fn figures_are_laid_out_with_and_without_groups() {
        let group = || Group {
            title: "Critical #x".into(),
            facts: vec![Fact::new("Alerts".into(), "3"), Fact::new("*Median*".into(), "7 min")],
        };
        for groups in [vec![], vec![group(); 30]] {
            let printed = summary(&Summary {
                language: "hi".into(),
                site: "Rampur".into(),
                title: "चेतावनियाँ".into(),
                lead: "lead".into(),
                groups,
                foot: "foot".into(),
                page_word: "Page".into(),
            });
            assert!(printed.unwrap().starts_with(b"%PDF-"));
        }
    }

    #[test]
    fn a_film_that_cannot_be_read_is_not_printed() {
        assert_eq!(pdf(Form::Report, &bare(), b"no film"), Err(Fault::StoredFileDamaged));
        assert_eq!(thumbnail(b"no film"), Err(Fault::StoredFileDamaged));
    }

    #[test]
    fn what_does_not_fit_gets_a_second_page_rather_than_none() {
        let long = Section { title: "Long".into(), text: "word ".repeat(4_000) };
        let sheet = Sheet { main: vec![long], ..bare() };
        assert!(pdf(Form::Report, &sheet, &film()).is_ok());
    }
}
