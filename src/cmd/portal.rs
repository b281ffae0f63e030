//! `fieldray portal`: the portal of a district, and what its administrator does with it.

use std::fs::File;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;

use crate::app::clock::SystemClock;
use crate::cmd::serve::{network_threads, shutdown};
use crate::cmd::{CommandError, create_folder, say};
use crate::domain::sync::identity::KeyId;
use crate::portal::{Portal, serve};

#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    #[command(subcommand)]
    action: Action,
}

#[derive(Debug, clap::Subcommand)]
enum Action {
    /// Take in what boxes send.
    Serve {
        #[command(flatten)]
        state: StateArgument,
        /// Address and port for boxes, with TLS.
        #[arg(long, default_value = "0.0.0.0:8443")]
        listen: SocketAddr,
        /// Address and port for the pages, without TLS: for this machine, or behind a proxy that has it.
        #[arg(long, default_value = "127.0.0.1:8090")]
        pages: SocketAddr,
    },
    /// Print a code that enrols one box within a week, and the settings for that box.
    Enrol {
        #[command(flatten)]
        state: StateArgument,
    },
    /// Take in a file that was carried from a box, and write the answer that goes back to it.
    Take {
        #[command(flatten)]
        state: StateArgument,
        /// The file from the box.
        file: PathBuf,
        /// Where the answer goes.
        #[arg(long)]
        answer: PathBuf,
    },
    /// List the boxes, one JSON object a line.
    Boxes {
        #[command(flatten)]
        state: StateArgument,
    },
    /// Shut a box out: lost, stolen or sold.
    Revoke {
        #[command(flatten)]
        state: StateArgument,
        /// Its name, 32 characters, as the list has it.
        id: String,
    },
    /// Make a new key for the pages, in place of the one before, and print it.
    PagesKey {
        #[command(flatten)]
        state: StateArgument,
    },
}

#[derive(Debug, clap::Args)]
struct StateArgument {
    /// Where the portal stores everything.
    #[arg(long, default_value = "portal-state")]
    state: PathBuf,
}

impl StateArgument {
    fn open(&self) -> Result<Portal, CommandError> {
        create_folder(&self.state)?;
        Ok(Portal::open(&self.state, Arc::new(SystemClock))?)
    }
}

pub(super) fn run(arguments: Arguments) -> Result<ExitCode, CommandError> {
    match arguments.action {
        Action::Serve { state, listen, pages } => run_portal(state.open()?, listen, pages)?,
        Action::Enrol { state } => enrol(&state.open()?)?,
        Action::Take { state, file, answer } => take(&state.open()?, &file, &answer)?,
        Action::Boxes { state } => list(&state.open()?)?,
        Action::Revoke { state, id } => revoke(&state.open()?, &id)?,
        Action::PagesKey { state } => {
            say(&format!(
                "Key of the pages (any name, this password): {}",
                state.open()?.new_pages_key()?
            ))?;
        }
    }
    Ok(ExitCode::SUCCESS)
}

fn run_portal(portal: Portal, listen: SocketAddr, pages: SocketAddr) -> Result<(), CommandError> {
    network_threads()?.block_on(async {
        let bind = async |address: SocketAddr| {
            let listener = tokio::net::TcpListener::bind(address).await;
            listener.map_err(CommandError::io(format!("listen on {address}")))
        };
        let (boxes, pages) = (bind(listen).await?, bind(pages).await?);
        let of = |listener: &tokio::net::TcpListener| {
            listener.local_addr().map_err(CommandError::io("ask for the address"))
        };
        say(&format!(
            "Fieldray portal {} is ready for boxes at https://{}",
            portal.key(),
            of(&boxes)?
        ))?;
        say(&format!("Pages at http://{}", of(&pages)?))?;
        Ok(serve(portal, boxes, pages, shutdown()).await?)
    })
}

fn enrol(portal: &Portal) -> Result<(), CommandError> {
    let code = portal.new_code()?;
    say(&format!(
        "[portal]\nurl = \"https://ADDRESS:8443\"\nkey = \"{}\"\ncode = \"{code}\"\nrecipient = \"{}\"",
        portal.key(),
        portal.recipient()
    ))
}

fn take(portal: &Portal, file: &Path, answer: &Path) -> Result<(), CommandError> {
    let failed = CommandError::io(format!("write {}", answer.display()));
    let part = answer.with_extension("part");
    let mut out = File::create(&part).map_err(failed)?;
    let taken = portal.take_carried(file, &mut out).map_err(|error| {
        let _unfinished = std::fs::remove_file(&part);
        CommandError::Usage(format!("{}: {error}", file.display()))
    })?;
    let done = out.sync_all().and_then(|()| std::fs::rename(&part, answer));
    done.map_err(CommandError::io(format!("write {}", answer.display())))?;
    say(&format!(
        "{}: {} records held and signed for, {} refused; carry {} back to the box",
        taken.from,
        taken.held,
        taken.refused,
        answer.display()
    ))
}

fn list(portal: &Portal) -> Result<(), CommandError> {
    for row in portal.storage().fleet()? {
        let json = serde_json::json!({
            "id": row.id.to_string(),
            "name": row.name,
            "version": row.version,
            "seen_ms": row.seen.map(|seen| seen.0),
            "revoked": row.revoked,
            "held": row.held,
            "waiting": row.waiting,
            "parked": row.parked,
            "conflict": row.conflict,
            "disk_free_mib": row.disk_free_mib,
        });
        say(&json.to_string())?;
    }
    Ok(())
}

fn revoke(portal: &Portal, id: &str) -> Result<(), CommandError> {
    let unknown =
        || CommandError::Usage(format!("no box is called {id}: see `fieldray portal boxes`"));
    let id = KeyId::parse(id).ok_or_else(unknown)?;
    if !portal.storage().revoke(id, portal.now().wall)? {
        return Err(unknown());
    }
    say(&format!("{id} may not speak any more"))
}
