//! How things stand with the GPU: who computes readings, and why.

/// State of the GPU back end. Whatever it is but serving, readings come from the processor.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Acceleration {
    /// Nobody asked for it.
    #[default]
    Off,
    /// It is being tried in a child process, or its engines are being built.
    Preparing {
        /// What is done now.
        stage: String,
    },
    /// It computes.
    Serving {
        /// Library, GPU and arithmetic: "TensorRT 10.3.0 on Orin, fp32".
        runtime: String,
    },
    /// There is no GPU, driver or library here: nothing is wrong.
    Absent {
        /// In words for people.
        reason: String,
    },
    /// Something is there and is not used.
    Refused {
        /// In words for people.
        reason: String,
    },
    /// It served and failed; not used again until the program starts anew.
    Withdrawn {
        /// In words for people.
        reason: String,
    },
}

impl Acceleration {
    /// Stable code.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Off => "off",
            Self::Preparing { .. } => "preparing",
            Self::Serving { .. } => "serving",
            Self::Absent { .. } => "absent",
            Self::Refused { .. } => "refused",
            Self::Withdrawn { .. } => "withdrawn",
        }
    }

    /// The words that go with it: what is done, what serves, or why not.
    #[must_use]
    pub fn detail(&self) -> Option<&str> {
        match self {
            Self::Off => None,
            Self::Preparing { stage: words }
            | Self::Serving { runtime: words }
            | Self::Absent { reason: words }
            | Self::Refused { reason: words }
            | Self::Withdrawn { reason: words } => Some(words),
        }
    }

    /// Whether somebody should look after it.
    #[must_use]
    pub const fn is_well(&self) -> bool {
        match self {
            Self::Off | Self::Preparing { .. } | Self::Serving { .. } | Self::Absent { .. } => true,
            Self::Refused { .. } | Self::Withdrawn { .. } => false,
        }
    }
}
