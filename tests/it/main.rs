//! The one integration-test binary: the real program over real HTTP, real SQLite, the real model.

#![expect(
    unreachable_pub,
    clippy::unwrap_used,
    clippy::print_stdout,
    clippy::disallowed_methods,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "test code: a failed unwrap is a failed test, and real programs take real time"
)]

mod access;
mod alerts;
mod arm64;
mod bad_input;
mod botapi;
mod browser;
mod chats;
mod clinic;
mod command_line;
mod connect;
mod correction;
mod crash;
mod disk;
mod fhir_server;
mod film_faults;
mod followup;
mod groups;
mod load;
mod main_path;
mod models;
mod mounts;
mod pacs;
mod people;
mod phantom;
mod powercut;
mod print;
mod prior;
mod registration;
mod report;
mod review;
mod same_film;
mod seed;
mod service;
mod shadow;
mod site;
mod support;
mod sync;
mod tensorrt;
mod update;
mod update_copies;
mod update_full;
mod update_packs;
mod update_users;
mod way_faults;
mod ways;
