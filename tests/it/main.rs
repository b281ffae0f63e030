//! The one integration-test binary: the real program over real HTTP, real SQLite, the real model.

mod access;
mod bad_input;
mod browser;
mod clinic;
mod command_line;
mod crash;
mod main_path;
mod phantom;
mod powercut;
