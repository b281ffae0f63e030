//! What is wrong with the certificate of a service that the box speaks to.

/// Why a certificate is not accepted. Nothing is sent then, and nothing is lost.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CertificateFault {
    /// It is not valid today: its time is over, or the box's clock is wrong.
    Date,
    /// It is not vouched for by anybody whom the box trusts.
    Unknown,
    /// It is for another name.
    Name,
    /// It cannot be used for another reason, or the service does not speak TLS.
    Other,
}

impl CertificateFault {
    /// All.
    pub const ALL: [Self; 4] = [Self::Date, Self::Unknown, Self::Name, Self::Other];

    /// Stable code; also the key of its words.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Date => "certificate-date",
            Self::Unknown => "certificate-unknown",
            Self::Name => "certificate-name",
            Self::Other => "certificate-other",
        }
    }
}
