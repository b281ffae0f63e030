//! A certificate for the pages of one box: looked at here first, so that who brings it hears at once what is
//! wrong; the box looks again.

use std::path::{Path, PathBuf};

use crate::app::clock::{SystemClock, utc_text};
use crate::cmd::portal::{known_box, order, person};
use crate::cmd::{CommandError, say};
use crate::domain::stamp::{Clock as _, Stamp};
use crate::domain::sync::order::Asked;
use crate::portal::Portal;
use crate::tls::Brought;

#[derive(Debug, clap::Args)]
pub(super) struct CertificateArguments {
    /// Its name, 32 characters, as the list has it.
    id: String,
    /// The certificate chain, PEM, the box's own certificate first.
    #[arg(long, required_unless_present = "take_back", requires = "key")]
    chain: Option<PathBuf>,
    /// The key of the box's certificate, PEM. It is encrypted to the box; nothing else is kept.
    #[arg(long, requires = "chain")]
    key: Option<PathBuf>,
    /// Let the box show its own certificate alone again.
    #[arg(long, conflicts_with_all = ["chain", "key"])]
    take_back: bool,
    /// Who brings it, as the box shows it.
    #[arg(long)]
    by: String,
}

pub(super) fn bring(portal: &Portal, arguments: &CertificateArguments) -> Result<(), CommandError> {
    let CertificateArguments { id, chain, key, by, .. } = arguments;
    let by = person(by)?;
    let (Some(chain), Some(key)) = (chain, key) else {
        return order(portal, id, &Asked::Certificate(by, None));
    };
    let read = |path: &Path| {
        let bytes = std::fs::read(path);
        bytes.map_err(CommandError::io(format!("read {}", path.display())))
    };
    let (chain, key) = (read(chain)?, read(key)?);
    let refused = |error: &dyn std::fmt::Display| CommandError::Usage(error.to_string());
    let brought = Brought::parse(&chain, &key).map_err(|error| refused(&error))?;
    let now = SystemClock.now();
    let until = utc_text(Stamp { wall: brought.until(), ..now });
    if brought.has_ended(now) {
        return Err(CommandError::Usage(format!("the certificate has ended on {until}")));
    }
    let to = known_box(portal, id)?;
    let chain: Vec<&[u8]> = brought.chain().collect();
    let number = portal.bring_certificate(to, by, (&chain, &key));
    let number = number.map_err(|error| refused(&error))?;
    say(&format!(
        "Order {number} waits for {to}: a certificate for {} until {until}. Whether the box shows it: \
         fieldray portal orders {to}",
        brought.names().join(", ")
    ))
}
