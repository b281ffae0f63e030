//! One file for each page and what is done on it.

pub(super) mod about;
pub(super) mod acceptance;
pub(super) mod account;
pub(super) mod alerts;
pub(super) mod camp;
pub(super) mod compare;
pub(super) mod contact;
pub(super) mod correct;
pub(super) mod followup;
pub(super) mod groups;
pub(super) mod health;
pub(super) mod help;
pub(super) mod hook;
pub(super) mod indication;
pub(super) mod login;
pub(super) mod models;
pub(super) mod operators;
pub(super) mod passcode;
pub(super) mod patients;
pub(super) mod photos;
pub(super) mod pixels;
pub(super) mod print;
pub(super) mod proposal;
pub(super) mod register;
pub(super) mod report;
pub(super) mod review;
pub(super) mod second;
pub(super) mod settings;
pub(super) mod setup;
pub(super) mod slip;
pub(super) mod study;
pub(super) mod system;
pub(super) mod trust;
pub(super) mod worklist;

pub(super) use photos::drain_body;
