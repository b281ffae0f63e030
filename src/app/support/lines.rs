//! The last lines of the log, as support may read them: where in the program, how grave, the message,
//! and numbers. Texts in fields are left out: an error may quote what it stumbled over. That messages
//! are fixed texts, without anything put in, is held by `tests/tidy.rs`.

use std::collections::VecDeque;
use std::sync::{Mutex, PoisonError};

use serde_json::{Value, json};

/// Most lines kept.
const LINES_MAX: usize = 500;

/// One line.
#[derive(Clone, Debug)]
pub struct Line {
    /// `ERROR`, `WARN`, `INFO` or `DEBUG`.
    pub level: &'static str,
    /// File and line of the program.
    pub place: (&'static str, u32),
    /// The fixed message.
    pub message: String,
    /// Fields that are numbers or yes and no.
    pub numbers: Vec<(&'static str, f64)>,
    /// Milliseconds since 1970 by the box's clock.
    pub wall_ms: i64,
}

static LINES: Mutex<VecDeque<Line>> = Mutex::new(VecDeque::new());

/// Keeps a line; the oldest makes room.
pub fn keep(line: Line) {
    let mut lines = LINES.lock().unwrap_or_else(PoisonError::into_inner);
    if lines.len() >= LINES_MAX {
        lines.pop_front();
    }
    lines.push_back(line);
}

pub(super) fn told() -> Value {
    let lines = LINES.lock().unwrap_or_else(PoisonError::into_inner);
    let told = |line: &Line| {
        let numbers: serde_json::Map<_, _> =
            line.numbers.iter().map(|(name, value)| ((*name).to_owned(), json!(value))).collect();
        json!({
            "ms": line.wall_ms,
            "level": line.level,
            "at": format!("{}:{}", line.place.0, line.place.1),
            "message": line.message,
            "numbers": numbers,
        })
    };
    lines.iter().map(told).collect()
}
