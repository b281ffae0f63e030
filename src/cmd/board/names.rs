//! Names under which phones in the box's own Wi-Fi find it beside `fieldray.lan`: those of certificates from
//! elsewhere. The service asks for them in a file; only this, run by root's unit, tells the Wi-Fi's name
//! server.

use std::path::Path;
use std::process::ExitCode;

use crate::cmd::CommandError;
use crate::durable;
use crate::tls::can_be_asked_for;

/// Most names.
pub(in crate::cmd) const NAMES_MAX: usize = 32;
/// Longest request, bytes: that many names of the greatest length.
const REQUEST_BYTES_MAX: u64 = 32 * 256;
/// The box in its own Wi-Fi (provisioning/network.sh).
const BOX_ADDRESS: &str = "10.42.0.1";

/// Writes the names in a file for the name server, which reads what is in `folder/hosts`. Anything in it that
/// is no name leaves everything as it was.
pub(super) fn set(file: &Path, folder: &Path) -> Result<ExitCode, CommandError> {
    let failed = || CommandError::io(format!("read {}", file.display()));
    let text = match std::fs::metadata(file).map_err(failed())?.len() {
        0..=REQUEST_BYTES_MAX => std::fs::read_to_string(file).map_err(failed())?,
        _ => return Err(refused(file)),
    };
    let hosts = hosts(&text).ok_or_else(|| refused(file))?;
    let to = folder.join("hosts").join("box");
    if std::fs::read_to_string(&to).is_ok_and(|held| held == hosts) {
        return Ok(ExitCode::SUCCESS);
    }
    let failed = || CommandError::io(format!("write {}", to.display()));
    std::fs::create_dir_all(folder.join("hosts")).map_err(failed())?;
    // Beside the folder: the name server reads whatever appears in it.
    let part = folder.join("box.part");
    std::fs::write(&part, &hosts).map_err(failed())?;
    durable::sync_and_rename(&part, &to).map_err(failed())?;
    tracing::info!(names = hosts.lines().count(), "names of the box");
    Ok(ExitCode::SUCCESS)
}

fn refused(file: &Path) -> CommandError {
    CommandError::Usage(format!("{} holds something that is no name of a box", file.display()))
}

/// The names as a hosts file has them (hosts(5)); `None` when one of them is none, or they are too many.
fn hosts(text: &str) -> Option<String> {
    let names: Vec<&str> = text.lines().collect();
    let fine = |name: &&str| can_be_asked_for(name) && !name.starts_with('*');
    if names.len() > NAMES_MAX || !names.iter().all(fine) {
        return None;
    }
    Some(names.iter().map(|name| format!("{BOX_ADDRESS} {name}\n")).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_become_hosts_and_anything_else_changes_nothing() {
        let check = |text: &str, expected: Option<&str>| {
            assert_eq!(hosts(text).as_deref(), expected, "{text}");
        };
        check("", Some(""));
        let two = "10.42.0.1 a.example\n10.42.0.1 b.phc.example\n";
        check("a.example\nb.phc.example\n", Some(two));
        check("*.a.example\n", None);
        check("a.example b.example\n", None);
        check("10.0.0.1\ta.example\n", None);
        check("localhost\n", None);
        check("a.example\n#\n", None);
        check(&"a.example\n".repeat(NAMES_MAX + 1), None);

        let dir = tempfile::tempdir().unwrap();
        let (file, held) = (dir.path().join("names"), dir.path().join("hosts/box"));
        std::fs::write(&file, "a.example\n").unwrap();
        set(&file, dir.path()).unwrap();
        assert_eq!(std::fs::read_to_string(&held).unwrap(), "10.42.0.1 a.example\n");
        std::fs::write(&file, "a.example\nlocalhost\n").unwrap();
        assert!(set(&file, dir.path()).is_err());
        assert_eq!(std::fs::read_to_string(&held).unwrap(), "10.42.0.1 a.example\n");
        let large = usize::try_from(REQUEST_BYTES_MAX).unwrap() + 1;
        std::fs::write(&file, "a".repeat(large)).unwrap();
        assert!(set(&file, dir.path()).is_err());
        std::fs::write(&file, "").unwrap();
        set(&file, dir.path()).unwrap();
        assert_eq!(std::fs::read_to_string(&held).unwrap(), "");
    }
}
