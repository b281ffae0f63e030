//! Where on the film the exposed radiograph is: borders, clear or black, are left out.

use image::{GrayImage, imageops};

/// Most that is taken off a side, share of the film. Borders are 2 to 16 mm of 240 to 430 mm and
/// laser margins a little more; an even border is never lung.
const CROP_MAX: f64 = 0.12;
/// Size at which rows and columns are judged.
const SIZE: u32 = 200;
/// Share of a border row that may be something else: a label, a side marker, a clip.
const FOREIGN_SHARE: f64 = 0.22;

/// A rectangle in shares of the film, 0 to 1.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Fractions {
    /// Left side.
    pub left: f64,
    /// Top side.
    pub top: f64,
    /// Right side, greater than `left`.
    pub right: f64,
    /// Bottom side, greater than `top`.
    pub bottom: f64,
}

impl Fractions {
    /// The whole film.
    pub const WHOLE: Self = Self { left: 0.0, top: 0.0, right: 1.0, bottom: 1.0 };

    /// First column, first row, width and height in pixels of a raster of this size.
    #[must_use]
    pub fn pixels(&self, width: u32, height: u32) -> (u32, u32, u32, u32) {
        let place = |share: f64, size: u32| (share * f64::from(size)).round() as u32;
        let (x0, y0) = (place(self.left, width), place(self.top, height));
        let (x1, y1) = (place(self.right, width), place(self.bottom, height));
        (x0, y0, (x1.saturating_sub(x0)).max(1), (y1.saturating_sub(y0)).max(1))
    }
}

/// The exposed part of a rectified film.
///
/// A row or column is border when nearly all of it is as dark as the darkest or as bright as the
/// brightest parts of the film. At most 12 % is taken off each side, so that a white or a black
/// lung at the rim survives.
#[must_use]
pub fn crop_content(film: &GrayImage) -> Fractions {
    if film.width() < 16 || film.height() < 16 {
        return Fractions::WHOLE;
    }
    let small = imageops::thumbnail(film, SIZE, SIZE);
    let mut levels: Vec<u8> = small.as_raw().clone();
    levels.sort_unstable();
    let share = |s: f64| levels[((levels.len() - 1) as f64 * s) as usize];
    let (low, high) = (f64::from(share(0.01)), f64::from(share(0.99)));
    let dark = low + 0.12 * (high - low);
    let bright = high - 0.12 * (high - low);
    let row = |y: u32| (0..SIZE).map(|x| small.get_pixel(x, y)[0]).collect::<Vec<u8>>();
    let column = |x: u32| (0..SIZE).map(|y| small.get_pixel(x, y)[0]).collect::<Vec<u8>>();
    let last = SIZE - 1;
    let border = |line: Vec<u8>| rim(line, dark, bright);
    Fractions {
        left: depth(|i| border(column(i))),
        top: depth(|i| border(row(i))),
        right: 1.0 - depth(|i| border(column(last - i))),
        bottom: 1.0 - depth(|i| border(row(last - i))),
    }
}

/// What a line of cells at the rim is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Rim {
    /// As dark as the film gets: a laser margin or direct exposure.
    Black,
    /// As bright as the film gets: unexposed, or the panel beside the film.
    Clear,
    /// Anything else.
    Content,
}

/// How deep the border reaches from one side, share of the film. The outermost two lines may be
/// anything: the film's own edge, blurred.
///
/// A clear border must end within the limit. One that goes on may be an abdomen or a white lung
/// base, so nothing is taken off then.
fn depth(rim: impl Fn(u32) -> Rim) -> f64 {
    let limit = (CROP_MAX * f64::from(SIZE)) as u32;
    let mut deep = 0;
    let mut clear = false;
    let mut ended = false;
    for i in 0..limit {
        let here = rim(i);
        if here != Rim::Content {
            deep = i + 1;
            clear |= here == Rim::Clear;
        } else if i >= 2 {
            ended = true;
            break;
        }
    }
    if clear && !ended { 0.0 } else { f64::from(deep) / f64::from(SIZE) }
}

fn rim(mut line: Vec<u8>, dark: f64, bright: f64) -> Rim {
    line.sort_unstable();
    let at = |s: f64| f64::from(line[((line.len() - 1) as f64 * s) as usize]);
    if at(1.0 - FOREIGN_SHARE) <= dark {
        Rim::Black
    } else if at(FOREIGN_SHARE) >= bright {
        Rim::Clear
    } else {
        Rim::Content
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use image::Luma;

    fn film(border: u8, inside: impl Fn(u32, u32) -> u8) -> GrayImage {
        GrayImage::from_fn(400, 500, |x, y| {
            let outside = !(24..376).contains(&x) || !(30..470).contains(&y);
            Luma([if outside { border } else { inside(x, y) }])
        })
    }

    fn lungs(x: u32, y: u32) -> u8 {
        let lung = (x / 8 + y / 16) % 60;
        u8::try_from(50 + 2 * lung).unwrap()
    }

    #[test]
    fn black_and_clear_borders_are_left_out() {
        for border in [3, 250] {
            let found = crop_content(&film(border, lungs));
            assert!((found.left - 0.06).abs() < 0.015, "{found:?}");
            assert!((found.bottom - 0.94).abs() < 0.015, "{found:?}");
        }
    }

    #[test]
    fn a_film_exposed_to_the_rim_is_kept_whole() {
        let whole = GrayImage::from_fn(400, 500, |x, y| Luma([lungs(x, y)]));
        assert_eq!(crop_content(&whole), Fractions::WHOLE);
    }

    #[test]
    fn never_more_than_the_limit_is_taken_off() {
        let black = GrayImage::from_fn(400, 500, |x, _| Luma([if x < 200 { 0 } else { 200 }]));
        let found = crop_content(&black);
        assert!(found.left <= CROP_MAX && found.right >= 1.0 - CROP_MAX);
    }

    #[test]
    fn a_white_base_of_the_chest_is_not_a_border() {
        let white =
            GrayImage::from_fn(400, 500, |x, y| Luma([if y > 400 { 240 } else { lungs(x, y) }]));
        assert!((crop_content(&white).bottom - 1.0).abs() < 1e-9);
    }
}
