//! `fieldray portal`: the portal of a district, and what its administrator does with it.

mod boxes;
mod certificate;

use std::io;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;

use crate::app::clock::SystemClock;
use crate::cmd::serve::{network_threads, shutdown};
use crate::cmd::{CommandError, create_folder, rollout, say};
use crate::domain::signing::FreeText;
use crate::domain::stamp::WallMs;
use crate::domain::sync::introduction::{Introduction, PLACEHOLDER, portal_url};
use crate::domain::sync::order::{Asked, Request, hours_allowed};
use crate::durable;
use crate::portal::dhis2::{Mapping, day};
use crate::portal::{OpenError, Places, Portal, SmsDoors, move_to, serve};

pub(in crate::cmd) use boxes::{known_box, person, settings};
use boxes::{list, list_orders, order, revoke, take, take_sms};
use certificate::{CertificateArguments, bring};

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
        /// Mapping (TOML) by which readers may download films for DHIS2 on the pages.
        #[arg(long)]
        dhis2: Option<PathBuf>,
        #[command(flatten)]
        sms: SmsArguments,
    },
    /// Print a code that enrols one box within a week, and the settings for that box: for its page
    /// "Portal of this box", or for its settings file.
    Enrol {
        #[command(flatten)]
        state: StateArgument,
        /// Address under which boxes reach this portal, https://…; with it everything is printed as one
        /// link too.
        #[arg(long)]
        url: Option<String>,
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
    /// Take in a text message that a box sent to the portal's number: its texts as arguments, or from the
    /// standard input. Prints what came of each, and the answer for the box.
    TakeSms {
        #[command(flatten)]
        state: StateArgument,
        /// The texts; none: read from the standard input.
        texts: Vec<String>,
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
    /// Tell a lost box to destroy keys, database and images, and shut it out.
    Wipe {
        #[command(flatten)]
        state: StateArgument,
        /// Its name, 32 characters, as the list has it.
        id: String,
        #[command(flatten)]
        why: WhyArgument,
    },
    /// Change settings of a box: support_contact, metered (true or false), budget_mib_per_day (0: no
    /// limit).
    Set {
        #[command(flatten)]
        state: StateArgument,
        /// Its name, 32 characters, as the list has it.
        id: String,
        /// What is set, `name=value`.
        #[arg(required = true)]
        values: Vec<String>,
        /// Who sets it, as the box shows it.
        #[arg(long)]
        by: String,
    },
    /// Ask the people of a box to let support see how it is.
    AskSupport {
        #[command(flatten)]
        state: StateArgument,
        /// Its name, 32 characters, as the list has it.
        id: String,
        /// For how long: 24, 72 or 168 hours.
        #[arg(long, default_value_t = 72)]
        hours: u32,
        #[command(flatten)]
        why: WhyArgument,
    },
    /// Ask a box to make itself a new key; it tells the portal by the one before.
    AskKey {
        #[command(flatten)]
        state: StateArgument,
        /// Its name, 32 characters, as the list has it.
        id: String,
        #[command(flatten)]
        why: WhyArgument,
    },
    /// Bring a box a certificate and its key for its pages over HTTPS, or take it back.
    Certificate {
        #[command(flatten)]
        state: StateArgument,
        #[command(flatten)]
        what: CertificateArguments,
    },
    /// Make the portal a new key, announce it to the boxes, and say which of them know it. Said again, it
    /// makes no other one.
    NewKey {
        #[command(flatten)]
        state: StateArgument,
    },
    /// Sign and answer by the announced key. Boxes that do not know it are shut out until a carried answer
    /// has brought it.
    UseNewKey {
        #[command(flatten)]
        state: StateArgument,
        /// Although boxes do not know it yet.
        #[arg(long)]
        anyway: bool,
    },
    /// List what a box was asked, one JSON object a line; what it says about patients is left out.
    Orders {
        #[command(flatten)]
        state: StateArgument,
        /// Its name, 32 characters, as the list has it.
        id: String,
    },
    /// Print a code by which somebody chooses a passcode to read films on the pages.
    AddReader {
        #[command(flatten)]
        state: StateArgument,
        /// The name that stands under readings.
        name: String,
    },
    /// Let somebody read films no more.
    CloseReader {
        #[command(flatten)]
        state: StateArgument,
        /// The name.
        name: String,
    },
    /// Move a portal that is stopped from its folder into the database and the object store that are given,
    /// and compare both. May be repeated until it succeeds.
    MoveTo {
        #[command(flatten)]
        state: StateArgument,
    },
    /// Print a token by which a programme or an imaging system sends by FHIR and DICOMweb. Again for the
    /// same name, it replaces the token.
    AddSource {
        #[command(flatten)]
        state: StateArgument,
        /// What it is called.
        name: String,
        /// It may read what all sources have sent, not its own alone.
        #[arg(long)]
        reads_all: bool,
    },
    /// Let a source speak no more; what it sent stays.
    CloseSource {
        #[command(flatten)]
        state: StateArgument,
        /// Its name.
        name: String,
    },
    /// List the sources, one JSON object a line.
    Sources {
        #[command(flatten)]
        state: StateArgument,
    },
    /// Write what has come in as DHIS2's tracker takes it in (POST /api/tracker).
    ExportDhis2 {
        #[command(flatten)]
        state: StateArgument,
        /// What leaves, and under which names (TOML); docs/dhis2-mapping.toml is an example.
        #[arg(long)]
        mapping: PathBuf,
        /// Films of which something came in on this day (UTC, YYYY-MM-DD) or later; without it all.
        #[arg(long)]
        since: Option<String>,
        /// Where the payload goes.
        #[arg(long)]
        out: PathBuf,
    },
    /// Count the programme's figures anew from the records that are held.
    Recount {
        #[command(flatten)]
        state: StateArgument,
    },
    /// Make a new key for the pages, in place of the one before, and print it.
    PagesKey {
        #[command(flatten)]
        state: StateArgument,
    },
    #[command(flatten)]
    Rollout(rollout::Action),
}

#[derive(Debug, clap::Args)]
pub(super) struct StateArgument {
    /// Where the portal has its keys, and everything else unless that is elsewhere.
    #[arg(long, default_value = "portal-state")]
    state: PathBuf,
    /// A database of PostgreSQL for several replicas: postgres://user@host/name. The password is in
    /// PGPASSWORD, or the whole address in FIELDRAY_PORTAL_DATABASE or the file storage.toml.
    #[arg(long)]
    database: Option<String>,
    /// An object store for images: s3://bucket/prefix?endpoint=...&region=... Keys are in
    /// AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or in the file that credentials= names.
    #[arg(long)]
    objects: Option<String>,
}

/// `storage.toml` in the state directory: what is not on the command line or in the environment.
#[derive(Default, serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct StorageFile {
    database: Option<String>,
    objects: Option<String>,
}

#[derive(Debug, clap::Args)]
struct SmsArguments {
    /// Folder into which a gammu-smsd (service files) puts text messages of boxes.
    #[arg(long)]
    sms_inbox: Option<PathBuf>,
    /// Folder from which it takes what goes out: the portal answers a digest that it has opened.
    #[arg(long)]
    sms_outbox: Option<PathBuf>,
    /// File with the token by which gateways post text messages to /sms/in of the pages' address.
    #[arg(long)]
    sms_token_file: Option<PathBuf>,
}

impl SmsArguments {
    fn open(self) -> Result<SmsDoors, CommandError> {
        let doors = SmsDoors::open(self.sms_inbox, self.sms_outbox, self.sms_token_file.as_deref());
        doors.map_err(|error| CommandError::Usage(error.to_string()))
    }
}

#[derive(Debug, clap::Args)]
struct WhyArgument {
    /// Who asks, as the box shows it.
    #[arg(long)]
    by: String,
    /// Why.
    #[arg(long, default_value = "")]
    reason: String,
}

impl WhyArgument {
    fn read(&self) -> Result<Request, CommandError> {
        let reason = FreeText::parse(&self.reason);
        let reason = reason.ok_or_else(|| CommandError::Usage("the reason is too long".into()))?;
        Ok(Request { by: person(&self.by)?, reason })
    }
}

impl StateArgument {
    pub(super) fn folder(&self) -> &Path {
        &self.state
    }

    pub(super) fn open(&self) -> Result<Portal, CommandError> {
        create_folder(&self.state)?;
        Ok(Portal::open(&self.state, &self.places()?, Arc::new(SystemClock))?)
    }

    /// Where everything is: as the command line says, else the environment, else `storage.toml`.
    fn places(&self) -> Result<Places, CommandError> {
        let with_password = |url: &String| {
            let user = url.split_once("://").and_then(|(_, rest)| rest.split_once('@'));
            user.is_some_and(|(user, _)| user.contains(':'))
        };
        if self.database.as_ref().is_some_and(with_password) {
            let words = "every user of this machine can read a password on the command line: put it \
                         into PGPASSWORD, or the address into storage.toml";
            return Err(CommandError::Usage(words.into()));
        }
        let path = self.state.join("storage.toml");
        let wrong = |error: &dyn std::fmt::Display| {
            CommandError::Usage(format!("{}: {error}", path.display()))
        };
        let file: StorageFile = match std::fs::read_to_string(&path) {
            // What the parser says quotes the line, and the password with it.
            Ok(text) => toml::from_str(&text)
                .map_err(|_| wrong(&"not TOML with database and objects, each a text"))?,
            Err(error) if error.kind() == io::ErrorKind::NotFound => StorageFile::default(),
            Err(error) => return Err(wrong(&error)),
        };
        let environment = |name| std::env::var(name).ok().filter(|text: &String| !text.is_empty());
        let first = |argument: &Option<String>, name, file: Option<String>| {
            argument.clone().or_else(|| environment(name)).or(file)
        };
        Ok(Places {
            database: first(&self.database, "FIELDRAY_PORTAL_DATABASE", file.database),
            objects: first(&self.objects, "FIELDRAY_PORTAL_OBJECTS", file.objects),
        })
    }
}

pub(super) fn run(arguments: Arguments) -> Result<ExitCode, CommandError> {
    match arguments.action {
        Action::Serve { state, listen, pages, dhis2, sms } => {
            let portal = state.open()?;
            if let Some(file) = dhis2 {
                portal.offer_dhis2(mapping(&file)?);
            }
            run_portal(portal, (listen, pages), sms.open()?)?;
        }
        Action::Enrol { state, url } => enrol(&state.open()?, url.as_deref())?,
        Action::Take { state, file, answer } => take(&state.open()?, &file, &answer)?,
        Action::TakeSms { state, texts } => take_sms(&state.open()?, &texts)?,
        Action::Boxes { state } => list(&state.open()?)?,
        Action::Revoke { state, id } => revoke(&state.open()?, &id)?,
        Action::Wipe { state, id, why } => {
            order(&state.open()?, &id, &Asked::Wipe(why.read()?))?;
        }
        Action::Set { state, id, values, by } => {
            order(&state.open()?, &id, &Asked::Settings(person(&by)?, settings(&values)?))?;
        }
        Action::AskSupport { state, id, hours, why } => {
            if !hours_allowed(hours) {
                return Err(CommandError::Usage("--hours is 24, 72 or 168".into()));
            }
            order(&state.open()?, &id, &Asked::Support(why.read()?, hours))?;
        }
        Action::AskKey { state, id, why } => {
            order(&state.open()?, &id, &Asked::Rotate(why.read()?))?;
        }
        Action::Certificate { state, what } => bring(&state.open()?, &what)?,
        Action::NewKey { state } => new_key(&state)?,
        Action::UseNewKey { state, anyway } => use_new_key(&state, anyway)?,
        Action::Orders { state, id } => list_orders(&state.open()?, &id)?,
        Action::AddReader { state, name } => {
            let code = state.open()?.add_reader(&person(&name)?)?;
            say(&format!("Code for {name}, works once, at /read/begin: {code}"))?;
        }
        Action::CloseReader { state, name } => {
            let portal = state.open()?;
            if !portal.storage().close_reader(&person(&name)?, portal.now().wall)? {
                return Err(CommandError::Usage(format!("nobody is called {name}")));
            }
            say(&format!("{name} reads no more"))?;
        }
        Action::MoveTo { state } => move_portal(&state)?,
        Action::AddSource { state, name, reads_all } => {
            let token = state.open()?.add_source(person(&name)?.as_str(), reads_all)?;
            say(&format!("Token of {name} (Bearer, or any user with this password): {token}"))?;
        }
        Action::CloseSource { state, name } => {
            let portal = state.open()?;
            if !portal.storage().close_source(&name, portal.now().wall)? {
                return Err(CommandError::Usage(format!("no source is called {name}")));
            }
            say(&format!("{name} may not speak any more"))?;
        }
        Action::Sources { state } => list_sources(&state.open()?)?,
        Action::ExportDhis2 { state, mapping: file, since, out } => {
            let mapping = mapping(&file)?;
            export_dhis2(&state.open()?, &mapping, since.as_deref(), &out)?;
        }
        Action::Recount { state } => recount(&state.open()?)?,
        Action::Rollout(action) => rollout::run(action)?,
        Action::PagesKey { state } => {
            say(&format!(
                "Key of the pages (any name, this password): {}",
                state.open()?.new_pages_key()?
            ))?;
        }
    }
    Ok(ExitCode::SUCCESS)
}

fn run_portal(
    portal: Portal,
    (listen, pages): (SocketAddr, SocketAddr),
    sms: SmsDoors,
) -> Result<(), CommandError> {
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
        Ok(serve(portal, boxes, pages, sms, shutdown()).await?)
    })
}

fn move_portal(state: &StateArgument) -> Result<(), CommandError> {
    let places = state.places()?;
    // The portal writes its keys into its own storage before anything goes elsewhere.
    drop(Portal::open(&state.state, &Places::default(), Arc::new(SystemClock))?);
    let mut tell = |what: &str, count: u64| {
        // Nobody to tell is no reason to stop.
        let _shown = say(&format!("{what}: {count}"));
    };
    let moved = move_to(&state.state, &places, &mut tell)?;
    say(&format!(
        "{} rows and {} images are moved and compared; from now on the portal and its commands need the \
         same addresses, on the command line, in the environment or in storage.toml",
        moved.rows, moved.images
    ))
}

fn enrol(portal: &Portal, url: Option<&str>) -> Result<(), CommandError> {
    let given = url.map(|text| {
        let read = portal_url(text);
        read.ok_or_else(|| CommandError::Usage(format!("{text:?} is no address, https://…")))
    });
    let given = given.transpose()?;
    let introduction = Introduction {
        url: given.clone().unwrap_or_else(|| format!("https://{PLACEHOLDER}:8443")),
        key: portal.key().to_string(),
        code: portal.new_code()?,
        recipient: portal.recipient().to_string(),
        sms: String::new(),
    };
    let Introduction { url, key, code, recipient, .. } = &introduction;
    say(&format!(
        "[portal]\nurl = \"{url}\"\nkey = \"{key}\"\ncode = \"{code}\"\nrecipient = \"{recipient}\"\n\
         # sms = \"+91...\"  # the telephone number of this portal, if it has one"
    ))?;
    match given {
        Some(_) => say(&format!("# The same as one link: {}", introduction.link())),
        None => Ok(()),
    }
}

fn new_key(state: &StateArgument) -> Result<(), CommandError> {
    let portal = state.open()?;
    let boxes = portal.announce_key(&state.state)?;
    let key = portal.next_key().ok_or_else(|| CommandError::Usage("there is no new key".into()))?;
    say(&format!("New key {key}"))?;
    for one in &boxes {
        let word = if one.known { "knows it" } else { "has not heard of it" };
        say(&format!("{} {}: {word}", one.id, one.name))?;
    }
    let known = boxes.iter().filter(|one| one.known).count();
    say(&format!(
        "{known} of {} boxes know it. When all do: fieldray portal use-new-key, then start the portal again",
        boxes.len()
    ))
}

fn use_new_key(state: &StateArgument, anyway: bool) -> Result<(), CommandError> {
    let portal = state.open()?;
    if portal.next_key().is_none() {
        let why = "there is no new key: make one by `fieldray portal new-key`";
        return Err(CommandError::Usage(why.into()));
    }
    let boxes = portal.announce_key(&state.state)?;
    let left: Vec<String> =
        boxes.iter().filter(|one| !one.known).map(|one| one.id.to_string()).collect();
    if !left.is_empty() && !anyway {
        return Err(CommandError::Usage(format!(
            "these boxes do not know the new key yet and would be shut out (--anyway): {}",
            left.join(" ")
        )));
    }
    portal.use_announced_key(&state.state).map_err(OpenError::from)?;
    say("The portal signs and answers by its new key from its next start")
}

fn recount(portal: &Portal) -> Result<(), CommandError> {
    portal.storage().recount()?;
    say("The figures are counted anew")
}

fn list_sources(portal: &Portal) -> Result<(), CommandError> {
    for row in portal.storage().sources()? {
        let json = serde_json::json!({
            "name": row.name,
            "reads_all": row.reads_all,
            "closed": row.closed,
            "seen_ms": row.seen.map(|seen| seen.0),
            "objects": row.objects,
            "conflicts": row.conflicts,
            "bundles": row.bundles,
        });
        say(&json.to_string())?;
    }
    Ok(())
}

fn mapping(file: &Path) -> Result<Mapping, CommandError> {
    Mapping::read(file).map_err(|error| CommandError::Usage(error.to_string()))
}

fn export_dhis2(
    portal: &Portal,
    mapping: &Mapping,
    since: Option<&str>,
    out: &Path,
) -> Result<(), CommandError> {
    let since = match since {
        None => WallMs(0),
        Some(text) => day(text)
            .ok_or_else(|| CommandError::Usage(format!("--since {text} is no YYYY-MM-DD")))?,
    };
    let export = portal.export_dhis2(mapping, since)?;
    let part = out.with_extension("part");
    let failed = || CommandError::io(format!("write {}", out.display()));
    std::fs::write(&part, export.payload.to_string()).map_err(failed())?;
    durable::sync_and_rename(&part, out).map_err(failed())?;
    say(&format!("{} films are in {}", export.films, out.display()))?;
    for (site, films) in &export.left_out {
        say(&format!("left out: {films} films of {site}, which has no organisation unit"))?;
    }
    Ok(())
}
