//! What leaves a box: FHIR R4 bundles and the messages around them for a portal, with their
//! compression; DICOM objects for a PACS. Pure mapping of domain values; nothing here knows of connections or rows.

pub mod carry;
pub mod dicom;
pub mod encoding;
pub mod fhir;
pub mod messages;
pub mod multipart;
pub mod orders;
pub mod pack;
pub mod sms_digest;
pub mod spool;
pub mod support;
