//! Keeps the last log lines in memory for a support bundle: see [`crate::app::support::lines`].

use tracing::field::{Field, Visit};
use tracing::{Event, Subscriber};
use tracing_subscriber::Layer;
use tracing_subscriber::layer::Context;

use crate::app::clock::SystemClock;
use crate::app::support::lines::{Line, keep};
use crate::domain::stamp::Clock as _;

/// The layer that keeps them.
#[derive(Debug)]
pub(super) struct KeepLines;

impl<S: Subscriber> Layer<S> for KeepLines {
    fn on_event(&self, event: &Event<'_>, _context: Context<'_, S>) {
        let about = event.metadata();
        // Other people's crates log what they like.
        if !about.target().starts_with("fieldray") {
            return;
        }
        let mut fields = Fields::default();
        event.record(&mut fields);
        keep(Line {
            level: about.level().as_str(),
            place: (about.file().unwrap_or_default(), about.line().unwrap_or_default()),
            message: fields.message,
            numbers: fields.numbers,
            wall_ms: SystemClock.now().wall.0,
        });
    }
}

#[derive(Default)]
struct Fields {
    message: String,
    numbers: Vec<(&'static str, f64)>,
}

#[expect(clippy::cast_precision_loss, reason = "counts and durations for people to read")]
impl Visit for Fields {
    fn record_debug(&mut self, field: &Field, value: &dyn std::fmt::Debug) {
        if field.name() == "message" {
            self.message = format!("{value:?}");
        }
    }

    fn record_str(&mut self, _field: &Field, _value: &str) {}

    fn record_f64(&mut self, field: &Field, value: f64) {
        self.numbers.push((field.name(), value));
    }

    fn record_i64(&mut self, field: &Field, value: i64) {
        self.numbers.push((field.name(), value as f64));
    }

    fn record_u64(&mut self, field: &Field, value: u64) {
        self.numbers.push((field.name(), value as f64));
    }

    fn record_bool(&mut self, field: &Field, value: bool) {
        self.numbers.push((field.name(), f64::from(u8::from(value))));
    }
}
