//! What an administrator sets for the site, and the acceptance test of the box.

use std::path::Path;
use std::process::Command;

use reqwest::StatusCode;

use crate::clinic::TestClinic;

async fn set(clinic: &TestClinic, fields: &[(&str, &str)]) -> reqwest::Response {
    let csrf = clinic.phone.hidden("/system/settings", "csrf").await;
    let mut all = vec![("csrf", csrf.as_str()), ("language", "")];
    all.extend_from_slice(fields);
    clinic.phone.post("/system/settings", &all).await
}

#[tokio::test]
async fn settings_hold_at_once_and_after_a_restart() {
    let clinic = TestClinic::open_set("support_contact = 'From the file'").await;
    assert!(clinic.phone.page("/help").await.contains("From the file"));
    let good = [
        ("site_name", "Clinic of Jhalod"),
        ("utc_offset", "+5:45"),
        ("support_contact", "Ravi, 98250"),
    ];
    let saved = set(&clinic, &good).await;
    assert_eq!(saved.status(), StatusCode::SEE_OTHER);
    assert!(clinic.phone.page("/help").await.contains("Ravi, 98250"));
    let file = clinic.state.path().join("settings.toml");
    let phone = clinic.phone.clone();
    let arguments = ["--config", file.to_str().unwrap()];
    let (clinic, _) = clinic.again_with(phone, &arguments).await;
    let page = clinic.phone.page("/system/settings").await;
    for value in ["Clinic of Jhalod", "+5:45", "Ravi, 98250"] {
        assert!(page.contains(value), "{value}");
    }
    assert!(clinic.phone.page("/help").await.contains("Ravi, 98250"));
}

#[tokio::test]
async fn wrong_settings_come_back_and_change_nothing() {
    let clinic = TestClinic::open().await;
    let long = "x".repeat(121);
    for (contact, offset, kept) in [("", "25", "25"), (long.as_str(), "0", long.as_str())] {
        let fields = [("site_name", "X"), ("support_contact", contact), ("utc_offset", offset)];
        let refused = set(&clinic, &fields).await;
        assert_eq!(refused.status(), StatusCode::UNPROCESSABLE_ENTITY, "{kept}");
        assert!(refused.text().await.unwrap().contains(kept));
    }
    assert!(!clinic.phone.page("/system/settings").await.contains("value=\"X\""));
}

fn fieldray(arguments: &[&str], kernel: &Path) -> (bool, String) {
    let done = Command::new(env!("CARGO_BIN_EXE_fieldray"))
        .args(arguments)
        .env("FIELDRAY_KERNEL_ROOT", kernel)
        .env("FIELDRAY_LOG", "error")
        .output()
        .unwrap();
    let text = String::from_utf8(done.stdout).unwrap();
    (done.status.success(), format!("{text}{}", String::from_utf8_lossy(&done.stderr)))
}

#[test]
fn a_good_box_passes_and_its_sheet_cannot_be_changed() {
    let (state, kernel) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let process = kernel.path().join("proc/self");
    std::fs::create_dir_all(&process).unwrap();
    let mount = "1 0 8:1 / / rw - ext4 /dev/sda1 rw,data=ordered\n";
    std::fs::write(process.join("mountinfo"), mount).unwrap();
    let (passed, text) =
        fieldray(&["acceptance", "--state", state.path().to_str().unwrap()], kernel.path());
    assert!(passed, "{text}");
    for line in ["reading     good", "blurred     good", "radio       MISSING", "result  PASSED"] {
        assert!(text.contains(line), "{line} in {text}");
    }
    assert!(!state.path().join("acceptance").exists());
    let folder = state.path().join("acceptance-sheet");
    let (sheet, key) = (folder.join("acceptance.txt"), folder.join("box.pub"));
    let verify = || {
        let (sheet, key) = (sheet.to_str().unwrap(), key.to_str().unwrap());
        fieldray(&["acceptance", "--verify", sheet, "--key", key], kernel.path())
    };
    assert!(verify().1.contains("genuine; the box passed"));
    let part = |name: &str| std::fs::read_to_string(folder.join(name)).unwrap();
    let parts = ["acceptance.txt", "acceptance.txt.minisig", "box.pub"].map(part);
    let one = folder.join("fieldray-acceptance.txt");
    std::fs::write(&one, parts.join("\n")).unwrap();
    let alone = fieldray(&["acceptance", "--verify", one.to_str().unwrap()], kernel.path());
    assert!(alone.1.contains("genuine by the key in the file itself; the box passed"), "{alone:?}");
    let changed = std::fs::read_to_string(&sheet).unwrap().replace("MISSING", "good   ");
    std::fs::write(&sheet, changed).unwrap();
    assert!(!verify().0);
}
