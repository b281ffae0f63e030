//! The pages on the phone: axum routes, forms, pages, images.
//!
//! Here: HTTP in and out, and nothing that decides. What a page shows comes from [`App`], the words
//! from [`crate::locale`], the markup from `web/templates`. Not here: SQL, files, pixels, the clock.
//! Every page works without script; the one script adds progress, live update and the viewer.

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
use axum::routing::{get, post};

use crate::app::App;
use pages::{
    about, compare, correct, health, help, login, operators, photos, pixels, print, register,
    report, review, setup, study, worklist,
};

/// The whole web side of the appliance.
pub fn router(app: App) -> Router {
    let form_bytes_max = app.limits().form_bytes_max;
    let photo_body_bytes_max = photos::body_bytes_max(app.limits());
    let uploads = Router::new()
        .route("/studies/{study}/photos", get(photos::back).post(photos::add))
        .layer(DefaultBodyLimit::max(photo_body_bytes_max));
    let pages = Router::new()
        .route("/", get(worklist::show))
        .route("/setup", get(setup::show).post(setup::submit))
        .route("/login", get(login::show).post(login::submit))
        .route("/logout", post(login::leave))
        .route("/studies/new", get(register::show).post(register::submit))
        .route("/studies/{study}", get(study::show))
        .route("/studies/{study}/status", get(study::status))
        .route("/studies/{study}/fragment", get(study::fragment))
        .route("/studies/{study}/same-film/{other}", post(study::answer_same_film))
        .route("/studies/{study}/photos/{photo}/release", post(photos::release))
        .route("/studies/{study}/photos/{photo}/radiograph.png", get(pixels::radiograph))
        .route("/studies/{study}/photos/{photo}/heatmap/{finding}", get(pixels::heatmap))
        .route("/studies/{study}/photos/{photo}/lungs.png", get(compare::lungs))
        .route("/studies/{study}/photos/{photo}/original", get(pixels::original))
        .route("/studies/{study}/photos/{photo}/preview.jpg", get(correct::preview))
        .route("/studies/{study}/photos/{photo}/correct", get(correct::show).post(correct::submit))
        .route("/studies/{study}/compare/{other}", get(compare::show))
        .route("/studies/{study}/compare/{other}/earlier.png", get(compare::earlier))
        .route("/studies/{study}/photos/{photo}/thumbnail.jpg", get(pixels::thumbnail))
        .route("/studies/{study}/report", get(report::show).post(report::submit))
        .route("/studies/{study}/report/amend", get(report::amend).post(report::submit))
        .route("/studies/{study}/report/{version}", get(report::version))
        .route("/studies/{study}/report/{version}/report.pdf", get(print::report))
        .route("/studies/{study}/letter", get(print::letter_form).post(print::letter))
        .route("/review", get(review::show))
        .route("/review/batch", post(review::draw))
        .route("/review/batch/{seq}", get(review::batch).post(review::sign))
        .route("/operators", get(operators::show).post(operators::submit))
        .route("/health", get(health::show))
        .route("/about", get(about::show))
        .route("/help", get(help::show))
        .route("/language", post(language::submit))
        .route("/static/{tag}/{name}", get(assets::serve))
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
