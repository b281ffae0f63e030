//! `/alerts/groups`: the Telegram groups that alerts go to as well.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;

use crate::app::App;
use crate::domain::alert::contact::{ChannelKind, ChatId};
use crate::domain::alert::group::{Group, Standing};
use crate::domain::fault::Fault;
use crate::web::error::{Failure, status_of};
use crate::web::guard::{Posted, Session};
use crate::web::html::{Page, Stop, page};

#[derive(askama::Template)]
#[template(path = "alert_groups.html")]
struct GroupsPage {
    page: Page,
    stop: Option<Stop>,
    done: Option<String>,
    /// Whether the site uses Telegram.
    telegram: bool,
    groups: Vec<Row>,
    /// A fresh code, and the address that adds the bot to a group where its name is known.
    code: Option<(String, Option<String>)>,
}

struct Row {
    chat: i64,
    title: String,
    well: bool,
    paired: String,
}

/// `GET /alerts/groups`.
pub(in crate::web) async fn show(
    State(app): State<App>,
    session: Session,
) -> Result<Response, Failure> {
    render(&app, &session, Ok(None), None).await
}

/// `POST /alerts/groups`: makes a code, or forgets a group.
pub(in crate::web) async fn submit(
    State(app): State<App>,
    posted: Posted,
) -> Result<Response, Failure> {
    let Posted { session, fields } = posted;
    let by = &session.operator;
    match fields.get("do") {
        "code" => {
            let code = app.group_code(by)?;
            render(&app, &session, Ok(None), Some(code)).await
        }
        "forget" => {
            let outcome = match fields.get("group").parse() {
                Ok(chat) => app.forget_alert_group(by, ChatId(chat)).await,
                Err(_) => Err(Fault::FieldInvalid),
            };
            render(&app, &session, outcome.map(|()| Some("groups-forgotten")), None).await
        }
        _ => render(&app, &session, Ok(None), None).await,
    }
}

async fn render(
    app: &App,
    session: &Session,
    outcome: Result<Option<&str>, Fault>,
    code: Option<String>,
) -> Result<Response, Failure> {
    let groups = app.alert_groups().await?;
    let health = app.channel_health().await?;
    let frame = Page::inside(session, "groups-title");
    let locale = frame.locale;
    let bot = app.bot_name();
    let link = |code: &str| bot.as_ref().map(|bot| format!("https://t.me/{bot}?startgroup={code}"));
    let row = |group: &Group| {
        let time = locale.time_text(group.paired, app.utc_offset_minutes());
        let args = [("name", group.paired_by.as_str().into()), ("time", time.into())];
        Row {
            chat: group.chat.0,
            title: group.title.as_str().to_owned(),
            well: group.standing == Standing::In,
            paired: locale.text("groups-paired", &args),
        }
    };
    let template = GroupsPage {
        stop: outcome.err().map(|fault| Stop::new(&frame, fault)),
        done: outcome.ok().flatten().map(|key| locale.t(key)),
        telegram: health.iter().any(|one| one.kind == ChannelKind::Telegram && one.set_up),
        groups: groups.iter().map(row).collect(),
        code: code.map(|code| {
            let link = link(&code);
            (code, link)
        }),
        page: frame,
    };
    let status = outcome.err().map_or(StatusCode::OK, |fault| status_of(fault.kind()));
    Ok(page(status, &template))
}
