//! The pages on the phone: axum routes, forms, pages, images.
//!
//! Here: HTTP in and out, and nothing that decides. What a page shows comes from [`App`], the words
//! from [`crate::locale`], the markup from `web/templates`. Not here: SQL, files, pixels, the clock.
//! Every page works without script; the scripts add progress, live update and the viewer.

mod access;
mod assets;
mod captive;
mod error;
mod forms;
mod guard;
mod html;
mod language;
mod pages;
mod parts;
mod qr;
mod secure;
mod wiped;

pub use secure::SecureListener;
pub use wiped::wiped;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::middleware::{from_fn, from_fn_with_state};
use axum::routing::{get, post};

use crate::app::App;
use crate::domain::rights::Right::{
    Examine, ManagePeople, ManageSite, Report, SeePatients, SeeSystem, SetAlertRules, UpdateBox,
};
use access::{Access, Gate};
use pages::{
    about, acceptance, account, alerts, camp, compare, contact, correct, followup, groups, health,
    help, hook, indication, login, models, operators, passcode, patients, photos, pixels, print,
    proposal, register, report, review, second, settings, setup, slip, study, system, trust,
    worklist,
};

/// The whole web side of the appliance. Every route says whom it is for: `Access` for people who are
/// logged in, and `open_routes` for everybody on the clinic's network.
pub fn router(app: App) -> Router {
    let form_bytes_max = app.limits().form_bytes_max;
    let photo_body_bytes_max = photos::body_bytes_max(app.limits());
    let pages = open_routes().merge(study_routes(&app)).merge(clinic_routes(&app));
    let pages = pages.merge(system_routes(&app));
    pages
        .layer(DefaultBodyLimit::max(form_bytes_max))
        .merge(upload_routes(&app).layer(DefaultBodyLimit::max(photo_body_bytes_max)))
        .merge(carry_routes(&app).layer(DefaultBodyLimit::max(system::carry::BODY_BYTES_MAX)))
        .merge(hook_routes().layer(DefaultBodyLimit::max(hook::BODY_BYTES_MAX)))
        .fallback(error::page_unknown)
        .method_not_allowed_fallback(error::method_unknown)
        .layer(from_fn(guard::same_origin))
        .layer(from_fn_with_state(app.clone(), guard::hold_on_trial))
        .layer(from_fn(error::show_failures))
        .layer(from_fn_with_state(app.clone(), language::choose))
        .layer(from_fn(html::protect))
        .layer(from_fn_with_state(app.clone(), captive::answer_tests))
        .with_state(app)
}

/// What everybody on the clinic's network may ask for. Nothing about patients.
fn open_routes() -> Router<App> {
    Router::new()
        .route("/setup", get(setup::show).post(setup::submit))
        .route("/login", get(login::show).post(login::submit))
        .route("/health", get(health::show))
        .route("/about", get(about::show))
        .route("/help", get(help::show))
        .route("/captive", get(captive::show).post(captive::read))
        .route("/trust", get(trust::show))
        .route("/trust/fieldray-box.crt", get(trust::certificate))
        .route("/language", post(language::submit))
        .route("/static/{tag}/{name}", get(assets::serve))
}

/// What machines call, each by a signature of its own.
fn hook_routes() -> Router<App> {
    Router::new().route("/hooks/sms", post(hook::sms))
}

/// Photos, which are larger than forms.
fn upload_routes(app: &App) -> Router<App> {
    let handlers = get(photos::back).post(photos::add);
    let needs = |right, handlers| Gate::before(app, Access::Needs(right), handlers);
    Router::new().route("/studies/{study}/photos", needs(Examine, handlers))
}

/// Answers of the portal that people bring, which are larger than forms.
fn carry_routes(app: &App) -> Router<App> {
    let handlers = get(system::carry::show).post(system::carry::submit);
    Router::new().route("/system/carry", Gate::before(app, Access::Needs(SeeSystem), handlers))
}

/// One film, from its photos to its report.
fn study_routes(app: &App) -> Router<App> {
    let needs = |right, handlers| Gate::before(app, Access::Needs(right), handlers);
    Router::new()
        .route("/studies/{study}", needs(SeePatients, get(study::show)))
        .route("/studies/{study}/status", needs(SeePatients, get(study::status)))
        .route("/studies/{study}/fragment", needs(SeePatients, get(study::fragment)))
        .route("/studies/{study}/indication", needs(Examine, get(indication::show)))
        .route("/studies/{study}/indication", needs(Examine, post(indication::submit)))
        .route("/studies/{study}/slip", needs(SeePatients, get(slip::show)))
        .route("/studies/{study}/slip.pdf", needs(SeePatients, get(slip::pdf)))
        .route("/studies/{study}/same-film/{other}", needs(Examine, post(study::answer_same_film)))
        .route("/studies/{study}/photos/{photo}/release", needs(Examine, post(photos::release)))
        .route(
            "/studies/{study}/photos/{photo}/radiograph.png",
            needs(SeePatients, get(pixels::radiograph)),
        )
        .route(
            "/studies/{study}/photos/{photo}/heatmap/{finding}",
            needs(SeePatients, get(pixels::heatmap)),
        )
        .route("/studies/{study}/photos/{photo}/lungs.png", needs(SeePatients, get(compare::lungs)))
        .route(
            "/studies/{study}/photos/{photo}/original",
            needs(SeePatients, get(pixels::original)),
        )
        .route(
            "/studies/{study}/photos/{photo}/preview.jpg",
            needs(SeePatients, get(correct::preview)),
        )
        .route(
            "/studies/{study}/photos/{photo}/correct",
            needs(Examine, get(correct::show).post(correct::submit)),
        )
        .route(
            "/studies/{study}/photos/{photo}/thumbnail.jpg",
            needs(SeePatients, get(pixels::thumbnail)),
        )
        .route("/studies/{study}/compare/{other}", needs(SeePatients, get(compare::show)))
        .route(
            "/studies/{study}/compare/{other}/earlier.png",
            needs(SeePatients, get(compare::earlier)),
        )
        .route("/studies/{study}/report", needs(SeePatients, get(report::show)))
        .route("/studies/{study}/report", needs(Report, post(report::submit)))
        .route(
            "/studies/{study}/report/amend",
            needs(Report, get(report::amend).post(report::submit)),
        )
        .route("/studies/{study}/report/{version}", needs(SeePatients, get(report::version)))
        .route(
            "/studies/{study}/report/{version}/report.pdf",
            needs(SeePatients, get(print::report)),
        )
        .route(
            "/studies/{study}/letter",
            needs(SeePatients, get(print::letter_form).post(print::letter)),
        )
        .route("/studies/{study}/second-opinion", needs(Report, post(second::seen)))
        .route("/studies/{study}/proposal", needs(Report, post(proposal::decline)))
        .route("/studies/{study}/follow-up", needs(SeePatients, get(followup::show)))
        .route("/studies/{study}/follow-up", needs(Examine, post(followup::submit)))
}

/// The clinic: lists, people, alerts.
fn clinic_routes(app: &App) -> Router<App> {
    let with = |access, handlers| Gate::before(app, access, handlers);
    let needs = |right, handlers| with(Access::Needs(right), handlers);
    Router::new()
        .route("/", with(Access::Member, get(worklist::show)))
        .route("/logout", with(Access::Leaving, post(login::leave)))
        .route("/unlock", with(Access::Leaving, post(access::submit)))
        .route("/passcode", with(Access::Choosing, get(passcode::show).post(passcode::submit)))
        .route("/account", with(Access::Member, get(account::show)))
        .route("/account/sessions", with(Access::Member, post(account::end_session)))
        .route("/studies/new", needs(Examine, get(register::show).post(register::submit)))
        .route("/camp", needs(Examine, post(camp::submit)))
        .route("/patients", needs(SeePatients, get(patients::search)))
        .route("/patients/{patient}", needs(SeePatients, get(patients::show)))
        .route("/follow-up", needs(SeePatients, get(followup::list)))
        .route("/alerts", needs(SeePatients, get(alerts::list)))
        .route("/alerts/groups", needs(ManagePeople, get(groups::show).post(groups::submit)))
        .route(
            "/alerts/rules",
            needs(SetAlertRules, get(alerts::rules::show).post(alerts::rules::submit)),
        )
        .route("/alerts/undelivered", needs(SeePatients, get(alerts::undelivered::show)))
        .route("/alerts/undelivered", needs(SeePatients, post(alerts::undelivered::submit)))
        .route("/alerts/people", needs(ManagePeople, get(alerts::people::show)))
        .route("/alerts/people", needs(ManagePeople, post(alerts::people::submit)))
        .route(
            "/alerts/people/{operator}",
            needs(ManagePeople, get(contact::show_other).post(contact::submit_other)),
        )
        .route("/alerts/month", needs(SetAlertRules, get(alerts::month::show)))
        .route("/alerts/month/table.csv", needs(SetAlertRules, get(alerts::month::table)))
        .route("/alerts/month/page.pdf", needs(SetAlertRules, get(alerts::month::pdf)))
        .route(
            "/alerts/{number}/timeline.csv",
            needs(SeePatients, get(alerts::export::timeline_csv)),
        )
        .route(
            "/alerts/{number}/timeline.json",
            needs(SeePatients, get(alerts::export::timeline_json)),
        )
        .route("/alerts/{number}", needs(SeePatients, get(alerts::proof).post(alerts::acknowledge)))
        .route("/siren", needs(SeePatients, get(alerts::siren)))
        .route("/contact", needs(SeePatients, get(contact::show).post(contact::submit)))
        .route("/review", needs(Report, get(review::show)))
        .route("/review/batch", needs(Report, post(review::draw)))
        .route("/review/batch/{seq}", needs(Report, get(review::batch).post(review::sign)))
        .route("/operators", needs(ManagePeople, get(operators::show).post(operators::submit)))
        .route("/operators/{operator}", needs(ManagePeople, get(operators::one::show)))
        .route("/operators/{operator}", needs(ManagePeople, post(operators::one::submit)))
}

/// The box itself: how it is, what it is told, who it speaks to.
fn system_routes(app: &App) -> Router<App> {
    let needs = |right, handlers| Gate::before(app, Access::Needs(right), handlers);
    Router::new()
        .route("/system", needs(SeeSystem, get(system::show).post(system::submit)))
        .route("/system/portal", needs(SeeSystem, get(system::portal::show)))
        .route("/system/portal/key", needs(ManageSite, post(system::portal::new_key)))
        .route(
            "/system/portal/connect",
            needs(ManageSite, get(system::connect::show).post(system::connect::submit)),
        )
        .route(
            "/system/ways",
            needs(ManageSite, get(system::ways::show).post(system::ways::submit)),
        )
        .route("/system/settings", needs(ManageSite, get(settings::show).post(settings::submit)))
        .route("/system/clock", needs(ManageSite, get(settings::clock).post(settings::set_clock)))
        .route("/system/first-steps", needs(ManageSite, get(settings::first_steps)))
        .route("/system/acceptance", needs(SeeSystem, get(acceptance::show)))
        .route("/system/acceptance", needs(ManageSite, post(acceptance::start)))
        .route("/system/acceptance/sheet.txt", needs(SeeSystem, get(acceptance::sheet)))
        .route("/models", needs(Report, get(models::show).post(models::submit)))
        .route(
            "/system/support",
            needs(UpdateBox, get(system::support::show).post(system::support::submit)),
        )
        .route("/system/carry/file", needs(SeeSystem, get(system::carry::file)))
        .route("/system/support/{number}", needs(UpdateBox, get(system::support::file)))
        .route(
            "/system/update",
            needs(UpdateBox, get(system::update::show).post(system::update::submit)),
        )
}
