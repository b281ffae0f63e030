//! What travels between a box and a portal: FHIR R4 bundles, the messages around them, and their
//! compression. Pure mapping of domain values; nothing here knows of connections or rows.

pub mod encoding;
pub mod fhir;
pub mod messages;
pub mod pack;
