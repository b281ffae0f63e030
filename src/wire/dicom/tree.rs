//! The content tree of a Structured Report (PS3.3 section C.17.3), as values.

use dicom_core::VR;
use dicom_dictionary_std::tags;

use super::dataset::{Code, Dataset, reference};

/// What a content item is to the one above it.
#[derive(Clone, Copy, Debug)]
pub(super) enum Relation {
    Contains,
    ObsContext,
    AcqContext,
    ConceptMod,
    InferredFrom,
}

impl Relation {
    const fn code(self) -> &'static str {
        match self {
            Self::Contains => "CONTAINS",
            Self::ObsContext => "HAS OBS CONTEXT",
            Self::AcqContext => "HAS ACQ CONTEXT",
            Self::ConceptMod => "HAS CONCEPT MOD",
            Self::InferredFrom => "INFERRED FROM",
        }
    }
}

/// What a content item says.
#[derive(Debug)]
enum Value {
    Container,
    Code(Code),
    Text(String),
    Uid(String),
    Number(f32, Code),
    Image(&'static str, String),
}

/// A content item with those below it.
#[derive(Debug)]
pub(super) struct Item {
    name: Option<Code>,
    value: Value,
    below: Vec<(Relation, Self)>,
}

impl Item {
    pub(super) fn container(name: Code) -> Self {
        Self::of(Some(name), Value::Container)
    }

    pub(super) fn code(name: Code, value: Code) -> Self {
        Self::of(Some(name), Value::Code(value))
    }

    pub(super) fn text(name: Code, text: impl Into<String>) -> Self {
        Self::of(Some(name), Value::Text(text.into()))
    }

    pub(super) fn uid(name: Code, uid: String) -> Self {
        Self::of(Some(name), Value::Uid(uid))
    }

    /// A measurement.
    pub(super) fn number(name: Code, value: f32, unit: Code) -> Self {
        Self::of(Some(name), Value::Number(value, unit))
    }

    /// A reference to an image.
    pub(super) fn image(name: Option<Code>, class: &'static str, uid: String) -> Self {
        Self::of(name, Value::Image(class, uid))
    }

    fn of(name: Option<Code>, value: Value) -> Self {
        Self { name, value, below: Vec::new() }
    }

    /// The same with one more item below it.
    pub(super) fn with(mut self, relation: Relation, item: Self) -> Self {
        self.below.push((relation, item));
        self
    }

    /// The same with more items below it.
    pub(super) fn with_all(
        self,
        relation: Relation,
        items: impl IntoIterator<Item = Self>,
    ) -> Self {
        items.into_iter().fold(self, |item, below| item.with(relation, below))
    }

    /// Writes the item into a data set: the root into that of the object, others into one of their own.
    pub(super) fn write(self, set: &mut Dataset) {
        if let Some(name) = &self.name {
            set.code(tags::CONCEPT_NAME_CODE_SEQUENCE, name);
        }
        let mut kind = |code: &str| set.text(tags::VALUE_TYPE, VR::CS, code);
        match self.value {
            Value::Container => {
                kind("CONTAINER");
                set.text(tags::CONTINUITY_OF_CONTENT, VR::CS, "SEPARATE");
            }
            Value::Code(code) => {
                kind("CODE");
                set.code(tags::CONCEPT_CODE_SEQUENCE, &code);
            }
            Value::Text(text) => {
                kind("TEXT");
                set.text(tags::TEXT_VALUE, VR::UT, &text);
            }
            Value::Uid(uid) => {
                kind("UIDREF");
                set.text(tags::UID, VR::UI, &uid);
            }
            Value::Number(value, unit) => {
                kind("NUM");
                let mut measured = Dataset::default();
                measured.text(tags::NUMERIC_VALUE, VR::DS, &format!("{value:.6}"));
                measured.code(tags::MEASUREMENT_UNITS_CODE_SEQUENCE, &unit);
                set.sequence(tags::MEASURED_VALUE_SEQUENCE, vec![measured]);
            }
            Value::Image(class, uid) => {
                kind("IMAGE");
                set.sequence(tags::REFERENCED_SOP_SEQUENCE, vec![reference(class, &uid)]);
            }
        }
        if self.below.is_empty() {
            return;
        }
        let items = self.below.into_iter().map(|(relation, item)| {
            let mut below = Dataset::default();
            below.text(tags::RELATIONSHIP_TYPE, VR::CS, relation.code());
            item.write(&mut below);
            below
        });
        set.sequence(tags::CONTENT_SEQUENCE, items.collect());
    }
}
