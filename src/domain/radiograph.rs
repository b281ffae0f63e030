//! The digitised film: grey pixels, always upright, unmirrored and with bone white.

use crate::domain::quality::{Grade, Issues, QualityIssue};

/// How the radiograph reached the box. Scores of one network are read differently on each.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum CaptureChannel {
    /// A digital file, upright and cropped.
    Digital,
    /// A phone photo of a film, digitised by this program.
    Phone,
}

impl CaptureChannel {
    /// Both channels.
    pub const ALL: [Self; 2] = [Self::Digital, Self::Phone];

    /// Stable code.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Digital => "digital",
            Self::Phone => "phone",
        }
    }

    /// Reads a [`CaptureChannel::code`].
    #[must_use]
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|channel| channel.code() == code)
    }
}

/// An 8-bit grey radiograph, Monochrome2 in DICOM's words: 0 = black, bone white.
#[derive(Clone, PartialEq, Eq)]
pub struct Radiograph {
    width: u32,
    height: u32,
    pixels: Vec<u8>,
}

impl std::fmt::Debug for Radiograph {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Radiograph({} x {})", self.width, self.height)
    }
}

impl Radiograph {
    /// `None` unless there are `width * height > 0` pixels, row by row.
    #[must_use]
    pub fn new(width: u32, height: u32, pixels: Vec<u8>) -> Option<Self> {
        let area = u64::from(width) * u64::from(height);
        (area > 0 && pixels.len() as u64 == area).then_some(Self { width, height, pixels })
    }

    /// Pixels across.
    #[must_use]
    pub const fn width(&self) -> u32 {
        self.width
    }

    /// Pixels down.
    #[must_use]
    pub const fn height(&self) -> u32 {
        self.height
    }

    /// The pixels, row by row.
    #[must_use]
    pub fn pixels(&self) -> &[u8] {
        &self.pixels
    }

    /// The pixels alone.
    #[must_use]
    pub fn into_pixels(self) -> Vec<u8> {
        self.pixels
    }
}

/// A radiograph that passed the quality gate: the only thing that can be scored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AcceptedRadiograph {
    radiograph: Radiograph,
    remarks: Vec<QualityIssue>,
}

impl AcceptedRadiograph {
    /// Lets a radiograph through, or gives the issues for which it is refused.
    ///
    /// # Errors
    /// The issues of a refusing grade.
    pub fn gate(radiograph: Radiograph, grade: Grade) -> Result<Self, Issues> {
        match grade {
            Grade::Accepted { remarks } => Ok(Self { radiograph, remarks }),
            Grade::Refused { issues } => Err(issues),
        }
    }

    /// The radiograph.
    #[must_use]
    pub const fn radiograph(&self) -> &Radiograph {
        &self.radiograph
    }

    /// Remarks that did not stop it.
    #[must_use]
    pub fn remarks(&self) -> &[QualityIssue] {
        &self.remarks
    }
}
