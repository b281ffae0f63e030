//! The acceptance test of a box: what was looked at, what came out, and the sheet that says so.

/// One thing that is looked at, in the order of the sheet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Item {
    /// The networks load and give their known answers.
    Networks,
    /// A good phantom film goes from upload to a drafted report.
    Reading,
    /// The same film read twice gives the same scores.
    Repeatable,
    /// A blurred phantom film is refused and gets no score.
    Blurred,
    /// A photo without a film is refused and gets no score.
    NoFilm,
    /// Rows and files of the test agree, with all digests.
    Records,
    /// The data lies on storage that keeps it.
    Storage,
    /// There is room for films.
    Room,
    /// What is flushed waits for the disk.
    Flush,
    /// The machine is not too hot after the work.
    Heat,
    /// Something or somebody confirmed the clock.
    Clock,
    /// The box has a radio of its own, and it is up.
    Radio,
    /// An alert can leave the box, and somebody can be reached.
    Alerts,
}

impl Item {
    /// All, in the order of the sheet.
    pub const ALL: [Self; 13] = [
        Self::Networks,
        Self::Reading,
        Self::Repeatable,
        Self::Blurred,
        Self::NoFilm,
        Self::Records,
        Self::Storage,
        Self::Room,
        Self::Flush,
        Self::Heat,
        Self::Clock,
        Self::Radio,
        Self::Alerts,
    ];

    /// Word on the sheet, and part of the keys of its texts.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Networks => "networks",
            Self::Reading => "reading",
            Self::Repeatable => "repeatable",
            Self::Blurred => "blurred",
            Self::NoFilm => "no-film",
            Self::Records => "records",
            Self::Storage => "storage",
            Self::Room => "room",
            Self::Flush => "flush",
            Self::Heat => "heat",
            Self::Clock => "clock",
            Self::Radio => "radio",
            Self::Alerts => "alerts",
        }
    }

    /// Reads [`Item::code`].
    #[must_use]
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|item| item.code() == code)
    }

    /// Whether a box may be used although this did not hold. A clinic can set the clock, and choose to
    /// do without a radio or alerts; it cannot do without readings or storage.
    #[must_use]
    pub const fn may_be_missing(self) -> bool {
        matches!(self, Self::Clock | Self::Radio | Self::Alerts)
    }
}

/// What came out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It holds.
    Good,
    /// It does not, and a box may be used nevertheless.
    Missing,
    /// It does not, and the box must not be used.
    Bad,
}

impl Outcome {
    /// Word on the sheet.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Good => "good",
            Self::Missing => "MISSING",
            Self::Bad => "BAD",
        }
    }

    /// Reads [`Outcome::code`].
    #[must_use]
    pub fn parse(code: &str) -> Option<Self> {
        [Self::Good, Self::Missing, Self::Bad].into_iter().find(|one| one.code() == code)
    }
}

/// One line of the sheet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// What was looked at.
    pub item: Item,
    /// What came out.
    pub outcome: Outcome,
    /// Figures, for whoever looks after the box. One line.
    pub detail: String,
}

impl Finding {
    /// Says what came out of an item.
    #[must_use]
    pub fn new(item: Item, holds: bool, detail: impl Into<String>) -> Self {
        let outcome = match (holds, item.may_be_missing()) {
            (true, _) => Outcome::Good,
            (false, true) => Outcome::Missing,
            (false, false) => Outcome::Bad,
        };
        let detail: String = detail.into();
        Self { item, outcome, detail: detail.replace(['\n', '\r'], " ") }
    }
}

/// Everything that was looked at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Acceptance {
    /// Version of the program.
    pub version: String,
    /// The board.
    pub board: String,
    /// Name of the key that signs the sheet.
    pub key: String,
    /// When, in words, with the remark when the clock is not confirmed.
    pub time: String,
    /// The lines.
    pub findings: Vec<Finding>,
}

impl Acceptance {
    /// Whether the box may be used: everything was looked at, and nothing is bad.
    #[must_use]
    pub fn passed(&self) -> bool {
        let looked_at = |item| self.findings.iter().any(|finding| finding.item == item);
        Item::ALL.into_iter().all(looked_at)
            && self.findings.iter().all(|finding| finding.outcome != Outcome::Bad)
    }

    /// The sheet. What is signed is these bytes.
    #[must_use]
    pub fn sheet(&self) -> String {
        let mut text = format!(
            "Fieldray acceptance sheet\nprogram {}\nboard   {}\nkey     {}\ntime    {}\n\n",
            self.version, self.board, self.key, self.time,
        );
        for Finding { item, outcome, detail } in &self.findings {
            text.push_str(&format!("{:<11} {:<8} {detail}\n", item.code(), outcome.code()));
        }
        let result = if self.passed() { "PASSED" } else { "NOT PASSED" };
        text.push_str(&format!("\nresult  {result}\n"));
        text
    }
}

/// The lines of a sheet, and whether it says that the box passed; `None` when the text is no sheet.
#[must_use]
pub fn read_sheet(text: &str) -> Option<(Vec<Finding>, bool)> {
    text.strip_prefix("Fieldray acceptance sheet\n")?;
    let result = text.lines().last()?.strip_prefix("result  ")?;
    let findings = text.lines().filter_map(|line| {
        let (item, rest) = line.split_once(' ')?;
        let item = Item::parse(item)?;
        let (outcome, detail) = rest.trim_start().split_once(' ')?;
        let (outcome, detail) = (Outcome::parse(outcome)?, detail.trim_start().to_owned());
        Some(Finding { item, outcome, detail })
    });
    Some((findings.collect(), result == "PASSED"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn acceptance(bad: Option<Item>) -> Acceptance {
        let finding = |item| Finding::new(item, Some(item) != bad, "1 of\n1");
        Acceptance {
            version: "0.1.0".to_owned(),
            board: "Test board".to_owned(),
            key: "00ff".to_owned(),
            time: "1970".to_owned(),
            findings: Item::ALL.map(finding).to_vec(),
        }
    }

    #[test]
    fn only_what_a_clinic_can_do_without_may_be_missing() {
        assert!(acceptance(None).passed());
        for item in Item::ALL {
            assert_eq!(acceptance(Some(item)).passed(), item.may_be_missing(), "{item:?}");
        }
        let mut short = acceptance(None);
        short.findings.pop();
        assert!(!short.passed());
    }

    #[test]
    fn a_sheet_is_read_as_it_was_written() {
        for bad in [None, Some(Item::Clock), Some(Item::Flush)] {
            let acceptance = acceptance(bad);
            let read = read_sheet(&acceptance.sheet()).unwrap();
            assert_eq!(read, (acceptance.findings.clone(), acceptance.passed()));
        }
        assert!(read_sheet("something else").is_none());
    }
}
