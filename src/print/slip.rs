//! The slip that a patient takes home: A6, so that four go on one sheet.

use serde::Serialize;

use crate::domain::fault::Fault;
use crate::print::qr::qr_svg;
use crate::print::world::{self, PrintWorld};
use crate::print::{Fact, encoded};

const SLIP: &str = include_str!("../../web/print/slip.typ");

/// What stands on a slip, every word in the language of whoever prints it.
#[derive(Clone, Debug, Serialize)]
pub struct SlipSheet {
    /// Language code.
    pub language: String,
    /// Name of the site; empty: none.
    pub site: String,
    /// Title.
    pub title: String,
    /// The patient's name.
    pub name: String,
    /// The id that the box gave; the QR code holds it too.
    pub box_id: String,
    /// Study number, date, number of the clinic.
    pub facts: Vec<Fact>,
    /// What the slip is good for.
    pub help: String,
}

/// Prints a slip.
///
/// # Errors
/// [`Fault::Internal`] when it cannot be laid out.
pub fn slip_pdf(sheet: &SlipSheet) -> Result<Vec<u8>, Fault> {
    let code = qr_svg(&sheet.box_id)?;
    let world = PrintWorld::new(SLIP, encoded(sheet)?, code.into_bytes());
    let pdf = world::layout(&world).and_then(|document| world::pdf(&document));
    world::forget();
    pdf
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_is_laid_out_with_a_long_name_in_any_script() {
        let sheet = SlipSheet {
            language: "hi".into(),
            site: "Clinic".into(),
            title: "#x".into(),
            name: "आशा देवी ".repeat(12),
            box_id: "K7PXM-00042-R".into(),
            facts: vec![Fact::new("Study".into(), "00042"); 3],
            help: "*help* \\ $x$".into(),
        };
        let pdf = slip_pdf(&sheet).unwrap();
        assert!(pdf.starts_with(b"%PDF-"));
    }
}
