//! How a film lies in a photo: turned, seen from its back, shown with an inverted grey scale.

/// By how much the film appears turned in the photo, clockwise.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Turn {
    /// Upright.
    #[default]
    None,
    /// 90 degrees clockwise: the film's top points to the right of the photo.
    Quarter,
    /// 180 degrees.
    Half,
    /// 270 degrees clockwise: the film's top points to the left of the photo.
    ThreeQuarter,
}

impl Turn {
    /// Every turn, in clockwise order.
    pub const ALL: [Self; 4] = [Self::None, Self::Quarter, Self::Half, Self::ThreeQuarter];

    /// Number of clockwise quarter turns, 0 to 3.
    #[must_use]
    pub const fn quarters(self) -> usize {
        match self {
            Self::None => 0,
            Self::Quarter => 1,
            Self::Half => 2,
            Self::ThreeQuarter => 3,
        }
    }

    /// Clockwise degrees as shown in the photo: 0, 90, 180 or 270.
    #[must_use]
    pub const fn degrees(self) -> u16 {
        match self {
            Self::None => 0,
            Self::Quarter => 90,
            Self::Half => 180,
            Self::ThreeQuarter => 270,
        }
    }

    /// The turn of `degrees`, or nothing when it is not one of 0, 90, 180 and 270.
    #[must_use]
    pub const fn from_degrees(degrees: u16) -> Option<Self> {
        match degrees {
            0 => Some(Self::None),
            90 => Some(Self::Quarter),
            180 => Some(Self::Half),
            270 => Some(Self::ThreeQuarter),
            _ => None,
        }
    }
}

/// What a rectified picture shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Shows {
    /// One chest radiograph from the front: what can be read.
    FrontalChest,
    /// A chest radiograph from the side.
    LateralChest,
    /// Two films beside each other, taken for one.
    TwoFilms,
    /// Something else: another part of the body, a page, an empty light box.
    SomethingElse,
}

/// How the film is shown in the photo.
///
/// The photo shows the upright film first mirrored left to right (when `mirrored`), then turned
/// clockwise by `turn`. Undo it in the opposite order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Orientation {
    /// Clockwise turn as shown.
    pub turn: Turn,
    /// The film is seen from its back.
    pub mirrored: bool,
    /// The grey scale is a positive: bone is black.
    pub inverted: bool,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_turn_survives_its_degrees() {
        for turn in Turn::ALL {
            assert_eq!(Turn::from_degrees(turn.degrees()), Some(turn));
        }
        assert_eq!(Turn::from_degrees(45), None);
    }
}
