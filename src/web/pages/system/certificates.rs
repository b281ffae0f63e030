//! How certificates from elsewhere are, on the page of the box's state and on that of trust.

use crate::domain::certificate::{BroughtCertificate, BroughtState};
use crate::domain::stamp::{ClockTrust, Stamp};
use crate::locale::Locale;
use crate::web::pages::system::{Check, Condition};

/// How one is, and what to do.
pub(super) fn check(locale: &Locale, one: &BroughtCertificate, minutes: i32) -> Check {
    let next = match one.state {
        BroughtState::Holds => None,
        BroughtState::EndsSoon | BroughtState::Ended => {
            Some(locale.t(&format!("brought-{}.next", one.by.code())))
        }
        BroughtState::Early => Some(locale.t("brought-early.next")),
        BroughtState::Unusable => Some(locale.t("brought-unusable.next")),
    };
    let what = format!(
        "{} · {}",
        locale.t(&format!("brought-{}", one.by.code())),
        sentence(locale, one, minutes)
    );
    Check { condition: Condition::of(one.state.is_well()), what, next }
}

/// For which names it is, until when, and whether it is shown.
pub(in crate::web::pages) fn sentence(
    locale: &Locale,
    one: &BroughtCertificate,
    minutes: i32,
) -> String {
    let until = Stamp { wall: one.until, trust: ClockTrust::Synced };
    let args =
        [("names", one.names.join(", ").into()), ("time", locale.time_text(until, minutes).into())];
    locale.text(&format!("brought-{}", one.state.code()), &args)
}
