//! The pages on the phone: axum routes, forms, pages, images.
//!
//! Here: HTTP in and out, and nothing that decides. What a page shows comes from [`App`], the words
//! from [`crate::locale`], the markup from `web/templates`. Not here: SQL, files, pixels, the clock.
//! Every page works without script; the scripts add progress, live update and the viewer.

mod access;
mod assets;
mod error;
mod forms;
mod guard;
mod html;
mod language;
mod pages;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::middleware::{from_fn, from_fn_with_state};
use axum::routing::{MethodRouter, get, post};

use crate::app::App;
use crate::domain::rights::Right::{
    Examine, ManagePeople, Report, SeePatients, SeeSystem, SetAlertRules,
};
use access::{Access, Gate};
use pages::{
    about, account, alerts, compare, contact, correct, followup, health, help, login, operators,
    passcode, photos, pixels, print, register, report, review, setup, study, system, worklist,
};

/// The whole web side of the appliance. Every route says whom it is for: `open` for everybody on the
/// clinic's network, `with` for people who are logged in.
pub fn router(app: App) -> Router {
    let form_bytes_max = app.limits().form_bytes_max;
    let photo_body_bytes_max = photos::body_bytes_max(app.limits());
    let open = |handlers: MethodRouter<App>| handlers;
    let with = |access, handlers| Gate::before(&app, access, handlers);
    let needs = |right, handlers| with(Access::Needs(right), handlers);
    let uploads = Router::new()
        .route("/studies/{study}/photos", needs(Examine, get(photos::back).post(photos::add)))
        .layer(DefaultBodyLimit::max(photo_body_bytes_max));
    let pages = Router::new()
        .route("/", with(Access::Member, get(worklist::show)))
        .route("/setup", open(get(setup::show).post(setup::submit)))
        .route("/login", open(get(login::show).post(login::submit)))
        .route("/logout", with(Access::Leaving, post(login::leave)))
        .route("/unlock", with(Access::Leaving, post(access::submit)))
        .route("/passcode", with(Access::Choosing, get(passcode::show).post(passcode::submit)))
        .route("/account", with(Access::Member, get(account::show)))
        .route("/account/sessions", with(Access::Member, post(account::end_session)))
        .route("/studies/new", needs(Examine, get(register::show).post(register::submit)))
        .route("/studies/{study}", needs(SeePatients, get(study::show)))
        .route("/studies/{study}/status", needs(SeePatients, get(study::status)))
        .route("/studies/{study}/fragment", needs(SeePatients, get(study::fragment)))
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
        .route("/studies/{study}/follow-up", needs(SeePatients, get(followup::show)))
        .route("/studies/{study}/follow-up", needs(Examine, post(followup::submit)))
        .route("/follow-up", needs(SeePatients, get(followup::list)))
        .route("/alerts", needs(SeePatients, get(alerts::list)))
        .route("/alerts/rules", needs(SetAlertRules, get(alerts::rules).post(alerts::submit_rules)))
        .route("/alerts/{number}", needs(SeePatients, get(alerts::proof).post(alerts::acknowledge)))
        .route("/siren", needs(SeePatients, get(alerts::siren)))
        .route("/contact", with(Access::Member, get(contact::show).post(contact::submit)))
        .route("/review", needs(Report, get(review::show)))
        .route("/review/batch", needs(Report, post(review::draw)))
        .route("/review/batch/{seq}", needs(Report, get(review::batch).post(review::sign)))
        .route("/operators", needs(ManagePeople, get(operators::show).post(operators::submit)))
        .route("/operators/{operator}", needs(ManagePeople, get(operators::one::show)))
        .route("/operators/{operator}", needs(ManagePeople, post(operators::one::submit)))
        .route("/system", needs(SeeSystem, get(system::show)))
        .route("/health", open(get(health::show)))
        .route("/about", open(get(about::show)))
        .route("/help", open(get(help::show)))
        .route("/language", open(post(language::submit)))
        .route("/static/{tag}/{name}", open(get(assets::serve)))
        .layer(DefaultBodyLimit::max(form_bytes_max));
    pages
        .merge(uploads)
        .fallback(error::page_unknown)
        .method_not_allowed_fallback(error::method_unknown)
        .layer(from_fn(guard::same_origin))
        .layer(from_fn(error::show_failures))
        .layer(from_fn_with_state(app.clone(), language::choose))
        .layer(from_fn(html::protect))
        .with_state(app)
}
