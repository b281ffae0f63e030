//! `/health`: how the box is, for scripts and for people at a distance. No login, no patient data.

use axum::extract::State;
use axum::response::Response;
use serde_json::{Value, json};

use crate::app::App;
use crate::domain::view::Health;
use crate::web::error::Failure;
use crate::web::html;

/// `GET /health`.
pub(in crate::web) async fn show(State(app): State<App>) -> Result<Response, Failure> {
    Ok(html::json(&body(&app.health().await?)))
}

/// What nobody may read out of `"backend": "tensorrt"`.
const TENSORRT_NOTE: &str =
    "no engine has been run on a GPU or a Jetson by the makers of this program";

fn body(health: &Health) -> Value {
    let model = |(id, version, sha256): &(String, String, String)| json!({ "id": id, "version": version, "sha256": sha256 });
    json!({
        "version": health.version,
        "backend": health.backend.as_ref().ok(),
        "backend_fault": health.backend.as_ref().err(),
        "tensorrt": health.acceleration.code(),
        "tensorrt_detail": health.acceleration.detail(),
        "tensorrt_note": TENSORRT_NOTE,
        "models": health.models.iter().map(model).collect::<Vec<_>>(),
        "models_passed_over": health.models_passed_over,
        "waiting": health.waiting,
        "held": health.held,
        "disk_free_bytes": health.disk_free_bytes,
        "alerts_undelivered": health.undelivered.other,
        "alerts_undelivered_critical": health.undelivered.critical,
        "clock": if health.clock_synced { "synced" } else { "unsynced" },
        "board": health.board,
        "heat": health.heat.code(),
        "heat_celsius": health.heat.degrees(),
        "storage": {
            "device": health.storage.device,
            "filesystem": health.storage.filesystem,
            "used_life_percent": health.storage.used_life_percent,
            "flaws": health.storage.flaws.iter().map(|flaw| flaw.code()).collect::<Vec<_>>(),
        },
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::acceleration::Acceleration;
    use crate::domain::alert::delivery::UndeliveredCounts;
    use crate::domain::condition::{Heat, Storage, StorageFlaw};

    #[test]
    fn health_is_one_object() {
        let health = Health {
            version: "0.1.0",
            backend: Err("no model".to_owned()),
            acceleration: Acceleration::Absent { reason: "no driver".to_owned() },
            models: vec![],
            models_passed_over: vec!["x@1: refused".to_owned()],
            waiting: 2,
            held: 1,
            disk_free_bytes: 7,
            clock_synced: false,
            board: "Test board".to_owned(),
            heat: Heat::Warm(86),
            storage: Storage {
                device: "mmcblk0".to_owned(),
                filesystem: "ext4".to_owned(),
                used_life_percent: Some(80),
                flaws: vec![StorageFlaw::Wearing],
            },
            undelivered: UndeliveredCounts { critical: 3, other: 4 },
            certificates: vec![],
        };
        let expected = json!({
            "version": "0.1.0", "backend": null, "backend_fault": "no model", "models": [],
            "tensorrt": "absent", "tensorrt_detail": "no driver", "tensorrt_note": TENSORRT_NOTE,
            "models_passed_over": ["x@1: refused"],
            "waiting": 2, "held": 1, "disk_free_bytes": 7, "alerts_undelivered": 4,
            "alerts_undelivered_critical": 3, "clock": "unsynced",
            "board": "Test board", "heat": "warm", "heat_celsius": 86,
            "storage": {
                "device": "mmcblk0", "filesystem": "ext4", "used_life_percent": 80,
                "flaws": ["wearing"],
            },
        });
        assert_eq!(body(&health), expected);
    }
}
