//! What each role may do: the one table that pages and services ask.

use crate::domain::fault::Fault;
use crate::domain::people::{Operator, Role};

/// Something that not everybody may do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Right {
    /// See patients, films, readings and reports.
    SeePatients,
    /// Register patients, photograph films, correct how a film lies, answer questions about it.
    Examine,
    /// Write, sign and amend reports.
    Report,
    /// Add and close accounts, give passcodes, end other people's sessions.
    ManagePeople,
    /// Decide what raises an alert. A second person with this right confirms.
    SetAlertRules,
    /// Set what the site is called and how it works, and run the acceptance test.
    ManageSite,
    /// See how the box itself is: queues, disk, networks, faults. Holds nothing about patients.
    SeeSystem,
    /// Let the box be updated, and let support see how it is.
    UpdateBox,
}

impl Right {
    /// All rights.
    pub const ALL: [Self; 8] = [
        Self::SeePatients,
        Self::Examine,
        Self::Report,
        Self::ManagePeople,
        Self::SetAlertRules,
        Self::ManageSite,
        Self::UpdateBox,
        Self::SeeSystem,
    ];
}

impl Role {
    /// Whether a person with this role has a right. The only place that says so.
    ///
    /// Who manages accounts cannot sign: nobody can give a passcode away and sign with it. Support
    /// sees the box and no patient.
    #[must_use]
    pub const fn may(self, right: Right) -> bool {
        match right {
            Right::SeePatients | Right::Examine => {
                matches!(self, Self::Technician | Self::Physician | Self::Administrator)
            }
            Right::Report => matches!(self, Self::Physician),
            Right::SetAlertRules => matches!(self, Self::Physician | Self::Administrator),
            Right::ManagePeople | Right::ManageSite | Right::UpdateBox => {
                matches!(self, Self::Administrator)
            }
            Right::SeeSystem => matches!(self, Self::Administrator | Self::Support),
        }
    }
}

impl Operator {
    /// Refuses who does not have a right.
    ///
    /// # Errors
    /// [`Fault::NotAllowed`].
    pub fn needs(&self, right: Right) -> Result<(), Fault> {
        if self.role.may(right) { Ok(()) } else { Err(Fault::NotAllowed) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signing_and_handing_out_passcodes_are_never_in_one_hand() {
        for role in Role::ALL {
            assert!(!(role.may(Right::Report) && role.may(Right::ManagePeople)), "{role:?}");
        }
    }

    #[test]
    fn every_right_is_somebodys_and_nobody_has_all() {
        for right in Right::ALL {
            assert!(Role::ALL.into_iter().any(|role| role.may(right)), "{right:?}");
        }
        for role in Role::ALL {
            assert!(Right::ALL.into_iter().any(|right| !role.may(right)), "{role:?}");
        }
    }

    #[test]
    fn support_sees_no_patient() {
        assert!(!Role::Support.may(Right::SeePatients));
        assert!(!Role::Support.may(Right::Examine));
    }
}
