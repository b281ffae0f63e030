//! Named points at which a test build can be made to die, as a power cut would.
//!
//! In a release build this is nothing. In a debug build the environment variable
//! `FIELDRAY_CRASH_AT=name` or `name:n` aborts the process when the point is reached for the n-th time.

/// All points, in the order in which an upload passes them, then a record on its way to the portal and an
/// object on its way to a PACS and a bundle on its way to a FHIR server, then keys that follow one another.
pub const ALL: [&str; 36] = [
    "after_part_write",
    "after_file_fsync",
    "after_rename",
    "after_folder_fsync",
    "after_photo_row",
    "before_digitised_row",
    "after_digitised_row",
    "after_graded_row",
    "after_scored_row",
    "after_reported_row",
    "after_sync_seal",
    "image_after_pieces",
    "image_before_rename",
    "object_after_put",
    "portal_before_commit",
    "portal_after_commit",
    "before_sync_receipt",
    "after_sync_receipt",
    "before_sms_sent",
    "before_pacs_stored",
    "before_fhir_taken",
    "before_order_row",
    "after_order_row",
    "before_bundle_bytes",
    "between_bundle_bytes",
    "after_bundle_bytes",
    "before_bundle_ready",
    "box_key_made",
    "before_key_told",
    "after_key_told",
    "box_key_chained",
    "box_key_switched",
    "portal_key_made",
    "portal_key_announced",
    "portal_key_kept",
    "portal_key_switched",
];

/// All points of an update, in the order in which one passes them.
pub const UPDATE: [&str; 18] = [
    "update_unpacked",
    "update_slot_cleared",
    "update_slot_filled",
    "update_copied",
    "update_tried",
    "update_before_record",
    "update_recorded",
    "slots_way_back_kept",
    "slots_try_counted",
    "slots_switched",
    "update_before_confirmed",
    "update_confirmed",
    "slots_good_pointed",
    "slots_settled",
    "slots_going_back",
    "slots_database_back",
    "slots_back_pointed",
    "slots_went_back",
];

/// Marks a point as reached.
#[cfg(not(debug_assertions))]
pub fn reached(_name: &str) {}

/// Marks a point as reached; aborts when the environment asks for it.
#[cfg(debug_assertions)]
pub fn reached(name: &str) {
    use std::sync::atomic::{AtomicU32, Ordering};
    static HITS: AtomicU32 = AtomicU32::new(0);
    debug_assert!(ALL.contains(&name) || UPDATE.contains(&name), "unlisted crash point {name}");
    let Ok(wanted) = std::env::var("FIELDRAY_CRASH_AT") else { return };
    let (point, count) = wanted.split_once(':').unwrap_or((&wanted, "1"));
    if point == name && (HITS.fetch_add(1, Ordering::SeqCst) + 1).to_string() == count {
        std::process::abort();
    }
}
