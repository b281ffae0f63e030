//! Fieldray: an offline edge appliance that turns a phone photo of a chest X-ray film into a reading
//! on which a person decides.
//!
//! A film photograph travels one way: capture → digitise → quality → infer → report. Each step is a
//! pure function from one domain value to the next. [`app`] alone sequences the steps and commits
//! each result through [`store`]; [`web`] and [`cmd`] only ask `app`. Nothing inside knows that a
//! browser, a network runtime or SQLite exists. ARCHITECTURE.md is the map.

pub mod domain;

pub mod capture;
pub mod digitise;
pub mod infer;
pub mod quality;
pub mod report;

pub mod alert;
pub mod board;
pub mod crash_point;
pub mod durable;
pub mod fhir;
pub mod keys;
pub mod locale;
pub mod packs;
pub mod pacs;
pub mod phantom;
pub mod portal;
pub mod print;
pub mod release;
pub mod store;
pub mod sync;
pub mod tls;
pub mod update;
pub mod wire;

pub mod app;
pub mod cmd;
pub mod web;
