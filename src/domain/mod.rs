//! What a clinic, a film and a reading are: pure values and the rules between them.
//!
//! Everything else in the program depends on this module and it depends on nothing in the program.
//! No I/O, no async, no clock reads, no serialisation: the edges convert by hand, so that a change
//! of a wire format or a column can never change what a value means.

pub mod acceleration;
pub mod acceptance;
pub mod alert;
pub mod box_id;
pub mod certificate;
pub mod condition;
pub mod correction;
pub mod digest;
pub mod fault;
pub mod fhir_server;
pub mod film;
pub mod finding;
pub mod fingerprint;
pub mod followup;
pub mod geometry;
pub mod hex;
pub mod ids;
pub mod indication;
pub mod limits;
pub mod login;
pub mod lungs;
pub mod origin;
pub mod pacs;
pub mod patient;
pub mod people;
pub mod prior;
pub mod programme_id;
pub mod quality;
pub mod radiograph;
pub mod reading;
pub mod registration;
pub mod repeat;
pub mod report;
pub mod report_text;
pub mod review;
pub mod rights;
pub mod same_film;
pub mod shadow;
pub mod signing;
pub mod site;
pub mod sound;
pub mod stamp;
pub mod study;
pub mod support;
pub mod sync;
pub mod update;
pub mod view;
pub mod watch;
pub mod worklist;
