//! One file for each page and what is done on it.

pub(super) mod about;
pub(super) mod compare;
pub(super) mod correct;
pub(super) mod health;
pub(super) mod help;
pub(super) mod login;
pub(super) mod operators;
pub(super) mod photos;
pub(super) mod pixels;
pub(super) mod print;
pub(super) mod register;
pub(super) mod report;
pub(super) mod review;
pub(super) mod setup;
pub(super) mod study;
pub(super) mod worklist;
