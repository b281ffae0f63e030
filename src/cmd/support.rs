//! `fieldray support`: what support itself needs, and a bundle from a box that does not run.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use crate::app::clock::SystemClock;
use crate::app::support::{support_pair, unseal};
use crate::cmd::slots::Place;
use crate::cmd::{CommandError, aside, complain, say, serve};
use crate::domain::people::Role;
use crate::domain::stamp::{Clock as _, WallMs};
use crate::store::Store;

#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    #[command(flatten)]
    place: Place,
    #[command(subcommand)]
    action: Action,
}

#[derive(Debug, clap::Subcommand)]
enum Action {
    /// On a box that does not run: write down how it is, encrypted for support. A running box has a
    /// page for it.
    Bundle {
        /// Where the encrypted file goes.
        out: PathBuf,
        /// Name of the administrator who agrees; it is logged.
        #[arg(long)]
        agreed_by: String,
        /// For how many hours: 24, 72 or 168.
        #[arg(long, default_value_t = 24)]
        hours: u32,
    },
    /// For support: open a bundle.
    Open {
        /// The bundle.
        file: PathBuf,
        /// File with the secret key.
        #[arg(long)]
        key: PathBuf,
    },
    /// For support: make a pair of keys; the public one goes into the boxes' settings.
    Keygen {
        /// File for the secret key.
        key: PathBuf,
    },
}

pub(super) fn run(arguments: &Arguments) -> Result<ExitCode, CommandError> {
    match &arguments.action {
        Action::Bundle { out, agreed_by, hours } => bundle(arguments, out, agreed_by, *hours),
        Action::Open { file, key } => {
            let read = |path: &Path| {
                let failed = CommandError::io(format!("read {}", path.display()));
                std::fs::read(path).map_err(failed)
            };
            let secret = String::from_utf8_lossy(&read(key)?).into_owned();
            let opened = unseal(&secret, &read(file)?)
                .ok_or_else(|| CommandError::Usage("the bundle is not for this key".to_owned()))?;
            if is_over(&opened, SystemClock.now().wall) {
                let why = "the consent for this bundle has ended: delete it, and ask for a new one";
                return Err(CommandError::Usage(why.to_owned()));
            }
            say(&String::from_utf8_lossy(&opened))?;
            Ok(ExitCode::SUCCESS)
        }
        Action::Keygen { key } => {
            let (secret, public) = support_pair();
            if key.exists() {
                return Err(CommandError::Usage(format!("{} is there already", key.display())));
            }
            crate::durable::replace_private(key, format!("{secret}\n").as_bytes())
                .map_err(CommandError::io(format!("write {}", key.display())))?;
            complain("the public key for the settings, support_key:");
            say(&public)?;
            Ok(ExitCode::SUCCESS)
        }
    }
}

/// Whether the time for which somebody agreed is over; a bundle that does not say so is nobody's to read.
fn is_over(opened: &[u8], now: WallMs) -> bool {
    let told: serde_json::Value = serde_json::from_slice(opened).unwrap_or_default();
    let until = told.get("expires_ms").and_then(serde_json::Value::as_i64);
    until.is_none_or(|until| now.0 >= until)
}

fn bundle(
    arguments: &Arguments,
    out: &Path,
    agreed_by: &str,
    hours: u32,
) -> Result<ExitCode, CommandError> {
    let config = arguments.place.settings()?.with_chosen();
    let store = Store::open(&config.state_dir, SystemClock.now())?;
    let accounts = store.accounts()?;
    let operator = accounts
        .into_iter()
        .filter(|account| account.active)
        .map(|account| account.operator)
        .find(|one| one.name.as_str() == agreed_by && one.role == Role::Administrator);
    let operator = operator
        .ok_or_else(|| CommandError::Usage("no administrator of that name agreed".to_owned()))?;
    let app = aside::app(&config, store)?;
    let made = serve::blocking(async {
        let seq = app.agree_to_support(&operator, hours).await?;
        app.support_bundle(&operator, seq).await
    })?;
    crate::durable::replace(out, &made?)
        .map_err(CommandError::io(format!("write {}", out.display())))?;
    say(&format!("{}: for support only, for {hours} hours", out.display()))?;
    Ok(ExitCode::SUCCESS)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bundle_is_read_only_while_the_consent_holds() {
        let bundle = br#"{"kind": "fieldray-support-1", "expires_ms": 1000}"#;
        assert!(!is_over(bundle, WallMs(999)));
        assert!(is_over(bundle, WallMs(1000)));
        assert!(is_over(b"{}", WallMs(0)));
    }
}
