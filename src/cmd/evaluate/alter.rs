//! Changes to a radiograph that must not move a score that rests on the lungs, and one that must
//! leave no score at all.

#![expect(clippy::cast_precision_loss, reason = "pixels: sides stay below 2^16")]

use image::{Rgb, RgbImage};

use crate::domain::lungs::LungFields;

/// What is changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub(super) enum Alteration {
    /// Black squares in all corners, an eighth of the sides.
    Corners,
    /// A black frame, 6 % of the sides.
    Borders,
    /// A side letter, a line of text and a wire over the chest, white.
    Marks,
    /// Black where the lungs are.
    Lungs,
}

impl Alteration {
    /// The changed picture; `fields` are the lungs of the unchanged one.
    pub(super) fn apply(self, mut picture: RgbImage, fields: Option<&LungFields>) -> RgbImage {
        let (width, height) = picture.dimensions();
        for (x, y, pixel) in picture.enumerate_pixels_mut() {
            let (u, v) = ((x as f32 + 0.5) / width as f32, (y as f32 + 0.5) / height as f32);
            let grey = match self {
                Self::Corners => (from_edge(u) < 0.125 && from_edge(v) < 0.125).then_some(0),
                Self::Borders => (from_edge(u) < 0.06 || from_edge(v) < 0.06).then_some(0),
                Self::Marks => is_mark(u, v).then_some(255),
                Self::Lungs => {
                    fields.is_some_and(|lungs| lungs.lung_at(u, v).is_some()).then_some(0)
                }
            };
            if let Some(grey) = grey {
                *pixel = Rgb([grey; 3]);
            }
        }
        picture
    }
}

fn from_edge(share: f32) -> f32 {
    share.min(1.0 - share)
}

/// An L in the upper left corner, a row of small blocks below, and a wire from neck to heart.
fn is_mark(u: f32, v: f32) -> bool {
    let within = |value: f32, low: f32, high: f32| (low..high).contains(&value);
    let letter = (within(u, 0.05, 0.065) && within(v, 0.05, 0.12))
        || (within(u, 0.05, 0.09) && within(v, 0.105, 0.12));
    let text = within(v, 0.955, 0.975) && within(u, 0.6, 0.95) && (u * 80.0).fract() < 0.6;
    let wire = within(v, 0.0, 0.55) && (u - 0.5 - 0.05 * (v * 5.0).sin()).abs() < 0.004;
    letter || text || wire
}
