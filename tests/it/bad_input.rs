//! What must not be taken in: each gets its own message, and nothing already stored is touched.

use image::{ExtendedColorType, ImageEncoder as _};
use reqwest::StatusCode;

use crate::clinic::{TestClinic, upload_id};
use crate::phantom::{self, Shot};

fn png(colour: ExtendedColorType, bytes_per_pixel: usize, side: u32) -> Vec<u8> {
    let pixels = vec![90_u8; side as usize * side as usize * bytes_per_pixel];
    let mut bytes = Vec::new();
    image::codecs::png::PngEncoder::new(&mut bytes)
        .write_image(&pixels, side, side, colour)
        .unwrap();
    bytes
}

/// The phantom's JPEG with its frame header changed.
fn with_frame(change: impl FnOnce(&mut [u8])) -> Vec<u8> {
    let mut bytes = phantom::jpeg(Shot::default());
    let frame = bytes.windows(2).position(|w| w == [0xff, 0xc0]).unwrap();
    change(&mut bytes[frame..]);
    bytes
}

/// A PNG that says it is animated.
fn animated() -> Vec<u8> {
    let still = png(ExtendedColorType::L8, 1, 400);
    let chunk = [0, 0, 0, 8, b'a', b'c', b'T', b'L', 0, 0, 0, 2, 0, 0, 0, 0, 0, 0, 0, 0];
    [&still[..33], &chunk, &still[33..]].concat()
}

#[tokio::test]
async fn every_bad_photo_gets_its_own_message_and_leaves_nothing() {
    let clinic = TestClinic::open().await;
    let study = clinic.phone.register("Asha Devi", "44").await;
    let whole = phantom::jpeg(Shot::default());
    let huge = |frame: &mut [u8]| frame[5..9].copy_from_slice(&[0x3a, 0x98, 0x3a, 0x98]);
    let bomb = |frame: &mut [u8]| frame[5..9].copy_from_slice(&[0x1f, 0x40, 0x1f, 0x40]);
    let cases: [(&str, Vec<u8>); 14] = [
        ("FR-101", Vec::new()),
        ("FR-102", whole[..whole.len() / 2].to_vec()),
        ("FR-102", whole[..whole.len() - 1].to_vec()),
        ("FR-103", b"%PDF-1.7 a letter, not a photo".to_vec()),
        ("FR-103", b"GIF89a moving pictures".to_vec()),
        ("FR-104", b"\0\0\0\x18ftypheic\0\0\0\0mif1heic".to_vec()),
        ("FR-105", vec![0xff; 26 * 1024 * 1024]),
        ("FR-106", with_frame(huge)),
        ("FR-107", png(ExtendedColorType::L8, 1, 100)),
        ("FR-108", animated()),
        ("FR-109", with_frame(|frame| frame[9] = 4)),
        ("FR-110", png(ExtendedColorType::L16, 2, 400)),
        ("FR-111", with_frame(bomb)),
        ("FR-102", whole[..700].to_vec()),
    ];
    for (n, (code, photo)) in (1..).zip(cases) {
        let (status, answer) = clinic.phone.upload(&study, &upload_id(n), photo).await;
        assert!(status.is_client_error(), "{code}: {status}");
        assert_eq!(answer["code"], code, "case {n}: {answer}");
        for text in ["what", "next"] {
            assert!(answer[text].as_str().unwrap().len() > 10, "case {n} has no {text}");
        }
    }
    assert_eq!(clinic.phone.settled(&study).await, "registered");
    assert_eq!(clinic.stop_and_check(), "1 studies and 0 files checked, 0 problems");
}

#[tokio::test]
async fn a_huge_body_is_refused_in_constant_memory() {
    let clinic = TestClinic::open().await;
    let study = clinic.phone.register("Asha Devi", "44").await;
    let before = resident_kib(clinic.server.pid());
    // The answer may come before all of it is sent; then the connection ends, which is a refusal too.
    let sent = clinic.phone.try_upload(&study, &upload_id(1), vec![0xff; 500_000_000]).await;
    if let Ok(answer) = sent {
        assert_eq!(answer.status(), StatusCode::PAYLOAD_TOO_LARGE);
    }
    let grown = resident_kib(clinic.server.pid()).saturating_sub(before);
    assert!(grown < 60_000, "memory grew by {grown} KiB");
    let (status, _) =
        clinic.phone.upload(&study, &upload_id(2), phantom::jpeg(Shot::default())).await;
    assert_eq!(status, StatusCode::OK);
}

fn resident_kib(pid: u32) -> u64 {
    let status = std::fs::read_to_string(format!("/proc/{pid}/status")).unwrap();
    let line = status.lines().find(|line| line.starts_with("VmHWM")).unwrap();
    line.split_whitespace().nth(1).unwrap().parse().unwrap()
}

#[tokio::test]
async fn a_photo_with_a_wrong_digest_is_not_acknowledged() {
    let clinic = TestClinic::open().await;
    let study = clinic.phone.register("Asha Devi", "44").await;
    let csrf = clinic.phone.hidden("/studies/new", "csrf").await;
    let form = reqwest::multipart::Form::new()
        .text("csrf", csrf)
        .text("upload_id", upload_id(1))
        .text("digest", "ab".repeat(32))
        .part("photo", reqwest::multipart::Part::bytes(phantom::jpeg(Shot::default())));
    let answer = clinic.phone.post_form(&format!("{study}/photos"), form).await;
    let answer: serde_json::Value = answer.json().await.unwrap();
    assert_eq!(answer["code"], "FR-112");
    assert_eq!(clinic.phone.settled(&study).await, "registered");
}
