//! Charts as SVG that a template draws: bars by week, and times by week. No script; patterns beside colours,
//! so that they can be told apart in black and white.

use crate::portal::programme::week::Week;

/// Height of the field for bars, and its distance from the edges.
const FIELD: f32 = 150.0;
const LEFT: f32 = 52.0;
const TOP: f32 = 12.0;
const BOTTOM: f32 = 26.0;
const RIGHT: f32 = 10.0;
/// Weeks from which on a phone shows a part of them: the scale stands at both ends then.
const MANY: usize = 20;
/// Least distance of two labels of weeks.
const LABEL: f32 = 42.0;

/// A chart.
pub(super) struct Chart {
    /// Names its parts on the page.
    pub(super) id: &'static str,
    pub(super) title: String,
    pub(super) width: f32,
    pub(super) height: f32,
    /// Left and right end of the lines of the scale, and its foot.
    pub(super) left: f32,
    pub(super) right: f32,
    pub(super) foot: f32,
    pub(super) ticks: Vec<Mark>,
    /// The words of the scale stand at the right end as well.
    pub(super) both_ends: bool,
    pub(super) weeks: Vec<Mark>,
    pub(super) bars: Vec<Bar>,
    pub(super) legend: Vec<(&'static str, String)>,
    /// The same numbers: names of columns, then rows.
    pub(super) columns: Vec<String>,
    pub(super) rows: Vec<(String, Vec<String>)>,
}

/// A word on an axis.
pub(super) struct Mark {
    pub(super) at: f32,
    pub(super) text: String,
}

/// A filled part.
pub(super) struct Bar {
    pub(super) x: f32,
    pub(super) y: f32,
    pub(super) width: f32,
    pub(super) height: f32,
    /// Which pattern.
    pub(super) look: &'static str,
}

/// One kind of bars: its pattern, its name, a value a week.
pub(super) struct Series {
    pub(super) look: &'static str,
    pub(super) name: String,
    pub(super) values: Vec<Option<i64>>,
}

/// How bars of one week stand.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Stand {
    /// One on another.
    Stacked,
    /// Side by side.
    Beside,
}

impl Chart {
    /// Draws `series`; `word` writes a value of the scale.
    pub(super) fn draw(
        (id, title): (&'static str, String),
        weeks: &[Week],
        series: &[Series],
        stand: Stand,
        word: impl Fn(i64) -> String,
    ) -> Self {
        let pitch = match weeks.len() {
            0..=6 => 62.0,
            7..=MANY => 21.0,
            _ => 15.0,
        };
        let value = |one: &Series, at: usize| one.values.get(at).copied().flatten().unwrap_or(0);
        let peaks = (0..weeks.len()).map(|at| {
            let values = series.iter().map(|one| value(one, at));
            if stand == Stand::Stacked { values.sum() } else { values.max().unwrap_or(0) }
        });
        let (step, top) = scale(peaks.max().unwrap_or(0));
        let high = |value: i64| number(value) / number(top) * FIELD;
        let mut bars = Vec::new();
        for at in 0..weeks.len() {
            let (from, room) = (LEFT + index(at) * pitch, pitch * 0.84);
            let mut below = 0.0;
            for (place, one) in series.iter().enumerate() {
                let height = high(value(one, at));
                let each = if stand == Stand::Stacked { room } else { room / index(series.len()) };
                let x = if stand == Stand::Stacked { from } else { from + index(place) * each };
                if height > 0.0 {
                    let y = TOP + FIELD - below - height;
                    bars.push(Bar { x, y, width: each, height, look: one.look });
                }
                below += if stand == Stand::Stacked { height } else { 0.0 };
            }
        }
        let right = LEFT + index(weeks.len()) * pitch;
        let ticks = (0..).map(|at| at * step).take_while(|value| *value <= top);
        Self {
            id,
            title,
            width: right + if weeks.len() > MANY { LEFT } else { RIGHT },
            height: TOP + FIELD + BOTTOM,
            left: LEFT,
            right,
            foot: TOP + FIELD,
            both_ends: weeks.len() > MANY,
            ticks: ticks
                .map(|value| Mark { at: TOP + FIELD - high(value), text: word(value) })
                .collect(),
            weeks: labels(weeks, pitch),
            bars,
            legend: series.iter().map(|one| (one.look, one.name.clone())).collect(),
            columns: Vec::new(),
            rows: Vec::new(),
        }
    }

    /// Adds the numbers that are read aloud and copied.
    pub(super) fn with_table(self, columns: Vec<String>, rows: Vec<(String, Vec<String>)>) -> Self {
        Self { columns, rows, ..self }
    }
}

/// Names of weeks, as many as there is room for; the newest one always.
fn labels(weeks: &[Week], pitch: f32) -> Vec<Mark> {
    let mut every = 1;
    while index(every) * pitch < LABEL {
        every += 1;
    }
    let count = weeks.len();
    let shown = weeks.iter().enumerate().filter(|(at, _)| (count - 1 - at).is_multiple_of(every));
    shown
        .filter_map(|(at, week)| {
            let (_, number) = week.name()?;
            let at = LEFT + (index(at) + 0.42) * pitch;
            Some(Mark { at, text: format!("W{number:02}") })
        })
        .collect()
}

/// Steps of 1, 2 or 5 times a power of ten, at most five of them, and the top of the scale.
fn scale(peak: i64) -> (i64, i64) {
    let peak = peak.max(1);
    let mut tens: i64 = 1;
    loop {
        for step in [tens, 2 * tens, 5 * tens] {
            if peak <= step.saturating_mul(5) {
                return (step, (peak + step - 1) / step * step);
            }
        }
        tens = tens.saturating_mul(10);
    }
}

/// A count as a length; what a chart shows is far below where this loses anything.
fn number(value: i64) -> f32 {
    u16::try_from(value).map_or_else(
        |_| f32::from(u16::try_from(value >> 10).unwrap_or(u16::MAX)) * 1024.0,
        f32::from,
    )
}

fn index(at: usize) -> f32 {
    f32::from(u16::try_from(at).unwrap_or(u16::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scales_have_few_round_steps_up_to_the_peak() {
        for (peak, expected) in [
            (0, (1, 1)),
            (5, (1, 5)),
            (6, (2, 6)),
            (11, (5, 15)),
            (26, (10, 30)),
            (51, (20, 60)),
            (210, (50, 250)),
            (251, (100, 300)),
            (70_000, (20_000, 80_000)),
        ] {
            assert_eq!(scale(peak), expected, "{peak}");
        }
    }

    #[test]
    fn bars_stand_on_each_other_or_side_by_side_within_the_field() {
        let weeks: Vec<Week> = (2_900..2_913).map(Week).collect();
        let series = |look, value| Series {
            look,
            name: String::new(),
            values: vec![Some(value); weeks.len()],
        };
        let two = [series("a", 3), series("b", 7)];
        let draw =
            |stand| Chart::draw(("x", String::new()), &weeks, &two, stand, |n| n.to_string());
        let stacked = draw(Stand::Stacked);
        let (lower, upper) = (&stacked.bars[0], &stacked.bars[1]);
        assert!((lower.y - upper.y - upper.height).abs() < 0.01);
        assert!((lower.x - upper.x).abs() < 0.01);
        assert!((upper.y - TOP).abs() < 0.01, "10 of 10");
        let beside = draw(Stand::Beside);
        assert!((beside.bars[0].x + beside.bars[0].width - beside.bars[1].x).abs() < 0.01);
        assert_eq!(
            stacked.weeks.last().unwrap().text,
            format!("W{:02}", weeks[12].name().unwrap().1)
        );
        assert!(stacked.bars.iter().all(|bar| bar.x + bar.width <= stacked.right));
    }
}
