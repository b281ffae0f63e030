//! A QR code as a drawing: for pages as a path of SVG, for paper as a whole drawing that typst reads.

use std::fmt::Write as _;

use fast_qr::{ECL, QRBuilder};

use crate::domain::fault::Fault;

/// White border that readers need around the code, modules (ISO/IEC 18004, 5.3.8).
const BORDER: usize = 4;

/// A QR code as a path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QrPath {
    /// Length of its sides with the border, modules.
    pub side: usize,
    /// The dark modules: data of an SVG path.
    pub dark: String,
}

/// The QR code that holds a text; `None` when the text is too long. Level Q: a quarter of the code may be
/// dirty or torn.
#[must_use]
pub fn qr_path(text: &str) -> Option<QrPath> {
    let code = QRBuilder::new(text).ecl(ECL::Q).build().ok()?;
    let mut dark = String::new();
    for row in 0..code.size {
        for (column, module) in code[row].iter().enumerate() {
            if module.value() {
                // Writing to a string cannot fail.
                let _written = write!(dark, "M{} {}h1v1h-1z", column + BORDER, row + BORDER);
            }
        }
    }
    Some(QrPath { side: code.size + 2 * BORDER, dark })
}

/// The same as a file of its own.
///
/// # Errors
/// [`Fault::Internal`] when the text does not fit into a code.
pub(super) fn qr_svg(text: &str) -> Result<String, Fault> {
    let QrPath { side, dark } = qr_path(text).ok_or(Fault::Internal)?;
    Ok(format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {side} {side}\" \
         shape-rendering=\"crispEdges\"><path fill=\"#fff\" d=\"M0 0h{side}v{side}h-{side}z\"/>\
         <path fill=\"#000\" d=\"{dark}\"/></svg>"
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Draws the code as a camera would see it, and has another program's reader look at it.
    #[test]
    fn a_reader_of_others_reads_the_code() {
        let text = "K7PXM-00042-R";
        let QrPath { side, dark } = qr_path(text).unwrap();
        let side = u32::try_from(side).unwrap();
        let mut picture = image::GrayImage::from_pixel(side * 6, side * 6, image::Luma([255]));
        for place in dark.split('M').skip(1) {
            let (x, rest) = place.split_once(' ').unwrap();
            let y: u32 = rest.split('h').next().unwrap().parse().unwrap();
            let x: u32 = x.parse().unwrap();
            for (dx, dy) in (0..36).map(|at| (at % 6, at / 6)) {
                picture.put_pixel(x * 6 + dx, y * 6 + dy, image::Luma([0]));
            }
        }
        let (width, height) = (picture.width() as usize, picture.height() as usize);
        let at = |value: usize| u32::try_from(value).unwrap();
        let mut seen = rqrr::PreparedImage::prepare_from_greyscale(width, height, |x, y| {
            picture.get_pixel(at(x), at(y)).0[0]
        });
        let grids = seen.detect_grids();
        assert_eq!(grids.len(), 1);
        assert_eq!(grids[0].decode().unwrap().1, text);
    }
}
