//! A signed report on paper: its words are in the PDF, in every script, on one page.

use std::io::Write as _;
use std::process::{Command, Stdio};

use reqwest::StatusCode;

use crate::clinic::PIN;
use crate::report::Practice;
use crate::seed::Film;

/// Runs a tool of poppler on a PDF; `None` where it is not installed, which CI must not be.
fn poppler(tool: &str, arguments: &[&str], pdf: &[u8]) -> Option<Vec<u8>> {
    let child = Command::new(tool)
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn();
    let Ok(mut child) = child else {
        assert!(
            std::env::var_os("CI").is_none(),
            "CI must have poppler: scripts/install-test-tools"
        );
        println!("skipped: no {tool} here; make test installs it");
        return None;
    };
    let mut stdin = child.stdin.take().unwrap();
    let bytes = pdf.to_vec();
    let writer = std::thread::spawn(move || stdin.write_all(&bytes));
    let done = child.wait_with_output().unwrap();
    writer.join().unwrap().unwrap();
    assert!(done.status.success());
    Some(done.stdout)
}

fn text_of(pdf: &[u8]) -> Option<String> {
    let text = poppler("pdftotext", &["-", "-"], pdf)?;
    Some(String::from_utf8(text).unwrap())
}

/// Words without the white space that layout put between them.
fn folded(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Keeps a page for people to look at, where somebody asks for it.
fn keep(name: &str, pdf: &[u8]) {
    if let Some(folder) = std::env::var_os("FIELDRAY_SCREENSHOTS") {
        std::fs::write(std::path::Path::new(&folder).join(name), pdf).unwrap();
    }
}

async fn signed(practice: &Practice, study: &str, more: &[(&str, &str)]) -> Vec<u8> {
    let fields = [
        ("action", "sign"),
        ("pin", PIN),
        ("finding-tuberculosis", "seen"),
        ("finding-abnormal", "seen"),
    ];
    let fields: Vec<_> = fields.into_iter().chain(more.iter().copied()).collect();
    let answer = practice.send_to(&format!("{study}/report"), &fields).await;
    assert_eq!(answer.status(), StatusCode::SEE_OTHER);
    pdf(practice, &format!("{study}/report/1/report.pdf")).await
}

async fn pdf(practice: &Practice, path: &str) -> Vec<u8> {
    let answer = practice.physician.get(path).await;
    assert_eq!(answer.status(), StatusCode::OK, "{path}");
    assert_eq!(answer.headers()["content-type"], "application/pdf");
    assert_eq!(answer.headers()["cache-control"], "no-store");
    let bytes = answer.bytes().await.unwrap().to_vec();
    assert!(bytes.starts_with(b"%PDF-"));
    bytes
}

#[tokio::test]
async fn a_printed_report_says_everything_on_one_page() {
    let practice = Practice::with(&[Film::urgent("Asha Devi")]).await;
    let conclusion = "Cavity in the right upper zone. #panic(\"typst\") *not bold* \\ $x$";
    let more = [("conclusion", conclusion), ("template", "Examine sputum for tuberculosis.")];
    let begun = std::time::Instant::now();
    let pdf_bytes = signed(&practice, &practice.studies[0], &more).await;
    println!("signed and printed in {:?}, {} bytes", begun.elapsed(), pdf_bytes.len());
    keep("report.pdf", &pdf_bytes);
    let Some(text) = text_of(&pdf_bytes) else { return };
    let text = folded(&text);
    for expected in [
        "Asha Devi",
        "K-0",
        "Female, 44 years",
        "00001",
        "Consistent with tuberculosis",
        "score 0.90, threshold 0.50",
        "above the threshold",
        conclusion,
        "Examine sputum",
        "Not assessed",
        "Mass",
        "Cardiothoracic ratio",
        "Signed by Dr. Rao",
        "Version 1",
        "SHA-256",
    ] {
        assert!(text.contains(expected), "{expected:?} is not in the PDF: {text}");
    }
    assert_eq!(text.matches('\u{c}').count(), 0);
    let pages = poppler("pdfinfo", &["-"], &pdf_bytes).unwrap();
    let pages = String::from_utf8(pages).unwrap();
    assert!(pages.lines().any(|line| folded(line) == "Pages: 1"), "{pages}");
    assert!(pages.contains("A4"), "{pages}");
    // The same report gives the same bytes.
    let again = pdf(&practice, &format!("{}/report/1/report.pdf", practice.studies[0])).await;
    assert!(again == pdf_bytes, "two prints of one report differ");
}

#[tokio::test]
async fn names_are_printed_in_their_own_scripts() {
    let names = [
        (
            "hindi",
            "\u{906}\u{936}\u{93e} \u{915}\u{94d}\u{930}\u{93f}\u{937}\u{94d}\u{923}\u{92e}\u{942}\u{930}\u{94d}\u{924}\u{93f}",
        ),
        (
            "bengali",
            "\u{995}\u{9be}\u{99c}\u{9c0} \u{9b6}\u{9cd}\u{9b0}\u{9c0}\u{995}\u{9c3}\u{9b7}\u{9cd}\u{9a3}",
        ),
        (
            "assamese",
            "\u{9f0}\u{9be}\u{9ae}\u{9c7}\u{9b6}\u{9cd}\u{9ac}\u{9f0} \u{9a6}\u{9be}\u{9b8}",
        ),
        (
            "odia",
            "\u{b38}\u{b41}\u{b2d}\u{b26}\u{b4d}\u{b30}\u{b3e} \u{b2e}\u{b39}\u{b3e}\u{b28}\u{b4d}\u{b24}\u{b3f}",
        ),
    ];
    let films: Vec<_> = names.iter().map(|(_, name)| Film::urgent(name)).collect();
    let practice = Practice::with(&films).await;
    for ((script, name), study) in names.iter().zip(&practice.studies) {
        let conclusion = format!("{name}: cavity.");
        let pdf = signed(&practice, study, &[("conclusion", &*conclusion)]).await;
        keep(&format!("report-{script}.pdf"), &pdf);
        let Some(fonts) = poppler("pdffonts", &["-"], &pdf) else { return };
        let fonts = String::from_utf8(fonts).unwrap();
        let family = match *script {
            "hindi" => "NotoSansDevanagari",
            "odia" => "NotoSansOriya",
            _ => "NotoSansBengali",
        };
        assert!(fonts.contains(family), "{script}: {fonts}");
        // Every letter of the name comes back, whatever the order in which shaping drew it.
        let text = text_of(&pdf).unwrap();
        let missing: Vec<_> = name.chars().filter(|c| !text.contains(*c)).collect();
        assert!(missing.is_empty(), "{script}: {missing:?} is not in {text}");
    }
}

#[tokio::test]
async fn a_report_is_printed_in_every_language_on_one_page() {
    let fonts_of = [
        ("hi", "NotoSansDevanagari"),
        ("bn", "NotoSansBengali"),
        ("as", "NotoSansBengali"),
        ("or", "NotoSansOriya"),
        ("fr", "NotoSans"),
    ];
    let films: Vec<_> = fonts_of.iter().map(|(code, _)| Film::urgent(code)).collect();
    let mut practice = Practice::with(&films).await;
    let physician = practice.physician.clone();
    for ((code, family), study) in fonts_of.iter().zip(practice.studies.clone()) {
        practice.physician = physician.in_language(code);
        let pdf = signed(&practice, &study, &[("conclusion", "TB")]).await;
        keep(&format!("report-{code}.pdf"), &pdf);
        let Some(fonts) = poppler("pdffonts", &["-"], &pdf) else { return };
        assert!(String::from_utf8(fonts).unwrap().contains(family), "{code}");
        let facts = String::from_utf8(poppler("pdfinfo", &["-"], &pdf).unwrap()).unwrap();
        assert!(facts.lines().any(|line| folded(line) == "Pages: 1"), "{code}: {facts}");
        // English words would mean that a text of the sheet does not come from the language file.
        let text = text_of(&pdf).unwrap();
        assert!(!text.contains("Signed by") && !text.contains("Recommendation"), "{code}: {text}");
    }
}

#[tokio::test]
async fn a_long_report_is_printed_whole() {
    let practice = Practice::with(&[Film::urgent("Asha Devi")]).await;
    let conclusion: String = (0..190).map(|n| format!("word{n:03} ")).collect();
    let more = [("conclusion", conclusion.as_str()), ("recommendation", conclusion.as_str())];
    let pdf = signed(&practice, &practice.studies[0], &more).await;
    keep("report-long.pdf", &pdf);
    let Some(text) = text_of(&pdf) else { return };
    for word in ["word000", "word099", "word189"] {
        assert_eq!(text.matches(word).count(), 2, "{word}");
    }
}

#[tokio::test]
async fn a_referral_letter_comes_from_a_signed_report_only() {
    let practice = Practice::with(&[Film::urgent("Asha Devi")]).await;
    let study = practice.studies[0].clone();
    let form = format!("{study}/letter");
    assert_eq!(practice.physician.get(&form).await.status(), StatusCode::CONFLICT);
    signed(&practice, &study, &[("conclusion", "Cavity in the right upper zone.")]).await;
    let missing = practice.send_to(&form, &[("to", "District hospital"), ("reason", "")]).await;
    assert_eq!(missing.status(), StatusCode::UNPROCESSABLE_ENTITY);
    assert!(missing.text().await.unwrap().contains("District hospital"));
    let fields = [
        ("to", "District hospital, chest clinic"),
        ("reason", "Suspected tuberculosis, sputum negative."),
        ("question", "CT of the chest, please."),
    ];
    let answer = practice.send_to(&form, &fields).await;
    assert_eq!(answer.status(), StatusCode::OK);
    let pdf = answer.bytes().await.unwrap().to_vec();
    keep("letter.pdf", &pdf);
    let Some(text) = text_of(&pdf) else { return };
    let text = folded(&text);
    for expected in [
        "Referral letter",
        "District hospital, chest clinic",
        "Suspected tuberculosis, sputum negative.",
        "CT of the chest, please.",
        "Asha Devi",
        "Cavity in the right upper zone.",
        "Consistent with tuberculosis",
        "Not assessed",
        "Signed by Dr. Rao",
    ] {
        assert!(text.contains(expected), "{expected:?} is not in the letter: {text}");
    }
}
