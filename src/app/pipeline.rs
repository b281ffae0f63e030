//! Photo → digitised film → score sheet: the same sequence for the appliance and the command line.
//!
//! Sequencing only; what a step does is in its own module.

use image::{GrayImage, ImageEncoder as _, RgbImage, RgbaImage};

use crate::app::clock::Stopwatch;
use crate::digitise::{self, Located};
use crate::domain::correction::Correction;
use crate::domain::film::Orientation;
use crate::domain::fingerprint::Fingerprint;
use crate::domain::geometry::Quad;
use crate::domain::limits::Limits;
use crate::domain::lungs::{LungFields, Percent};
use crate::domain::quality::{Grade, Issues, QualityIssue};
use crate::domain::radiograph::{CaptureChannel, Radiograph};
use crate::infer::{InferError, Networks};
use crate::quality::{self, Cover};

/// Probability of a film from which the locator network's corners are considered.
const GUESS_MIN: f32 = 0.5;

/// Added around the outlined lungs before they frame a fingerprint, share of their sides: hila,
/// diaphragm and chest wall tell films apart too. The findings network sees the same part.
const LUNGS_MARGIN: f32 = 0.06;

/// Reflections on this share of the lungs are told, and from the second on the photo is refused: what is
/// left moves the share of lung affected by less than another photo of the film does.
const GLARE_ON_LUNGS_REMARK_PERCENT: f32 = 0.5;
const GLARE_ON_LUNGS_REFUSE_PERCENT: f32 = 4.0;

/// The steps with what they need.
#[derive(Clone, Copy, Debug)]
pub struct Pipeline<'a> {
    /// The loaded networks.
    pub networks: &'a Networks,
    /// Limits in force.
    pub limits: &'a Limits,
}

/// What the pixels show.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Film {
    /// A photo with a film somewhere in it.
    InPhoto,
    /// A photo in which a person has shown where the film is and how it lies.
    Shown(Correction),
    /// A cropped, upright radiograph already: nothing to find.
    Upright,
}

impl Film {
    /// The channel whose calibration counts.
    #[must_use]
    pub const fn channel(self) -> CaptureChannel {
        match self {
            Self::InPhoto | Self::Shown(_) => CaptureChannel::Phone,
            Self::Upright => CaptureChannel::Digital,
        }
    }
}

/// What digitising came to.
#[derive(Debug)]
pub enum Outcome {
    /// There is no film in the photo.
    NoFilm,
    /// A film was found and judged.
    Digitised(Digitised),
}

/// A digitised film with its judgement.
#[derive(Debug)]
pub struct Digitised {
    /// Upright, unmirrored, bone white, cropped to the exposed field.
    pub radiograph: Radiograph,
    /// The film's corners in the photo's display frame, in the film's own order, beyond the photo where
    /// it is cut off (see `Located::whole`); `None` for a
    /// radiograph that was upright already.
    pub corners: Option<Quad>,
    /// How the film lay in the photo.
    pub orientation: Orientation,
    /// Mirroring is neither sure nor excluded.
    pub mirror_doubtful: bool,
    /// It looks like a small child's film.
    pub looks_like_child: bool,
    /// The judgement.
    pub grade: Grade,
    /// Where reflections lie on the radiograph: 255 or 0 on a grid over it; `None` for a radiograph
    /// that was upright already.
    pub glare: Option<GrayImage>,
    /// Share of the lungs under reflections; `None` while the lungs are not outlined.
    pub glare_on_lungs: Option<Percent>,
    /// What the film is recognised by; only for an accepted one.
    pub fingerprint: Option<Box<Fingerprint>>,
}

impl Digitised {
    /// Judges what can only be judged with the lungs outlined: reflections on them, and the film itself.
    fn judge_lungs(&mut self, lungs: &LungFields) {
        let glare = self.glare.as_ref().map(|mask| {
            lungs.share_where(|x, y| {
                let at = |share: f32, side: u32| {
                    #[expect(
                        clippy::cast_possible_truncation,
                        clippy::cast_precision_loss,
                        clippy::cast_sign_loss,
                        reason = "shares of a grid of a hundred cells"
                    )]
                    let cell = (share * side as f32) as u32;
                    cell.min(side - 1)
                };
                mask.get_pixel(at(x, mask.width()), at(y, mask.height()))[0] > 0
            })
        });
        self.glare_on_lungs = glare;
        let Grade::Accepted { remarks } = &mut self.grade else { return };
        let share = glare.map_or(0.0, Percent::value);
        if share >= GLARE_ON_LUNGS_REFUSE_PERCENT {
            self.grade = Grade::Refused { issues: QualityIssue::Glare.into() };
            return;
        }
        if share >= GLARE_ON_LUNGS_REMARK_PERCENT && !remarks.contains(&QualityIssue::Glare) {
            remarks.push(QualityIssue::Glare);
        }
        // In a photo with poor light, what looks like the film's exposure may be the photo's.
        let lit = !remarks.iter().any(|remark| remark.concerns_light());
        let faults = quality::film_faults(&self.radiograph, lungs);
        remarks.extend(faults.into_iter().filter(|fault| lit || !fault.concerns_light()));
    }

    /// Refuses a film whose lungs are not to be made out. What the photo may hide them with comes first.
    fn without_lungs(&mut self) {
        let remarks = match &self.grade {
            Grade::Accepted { remarks } => remarks.as_slice(),
            Grade::Refused { .. } => return,
        };
        let hiding = remarks.iter().copied().filter(|remark| remark.may_hide_film());
        let issues = Issues::new(hiding.chain([QualityIssue::LungsNotSeen]).collect());
        self.grade =
            Grade::Refused { issues: issues.unwrap_or_else(|| QualityIssue::LungsNotSeen.into()) };
    }
}

/// Hears how long each stage took, milliseconds.
pub type StageClock<'a> = &'a mut dyn FnMut(&'static str, f64);

/// A stage clock that listens to nothing.
pub fn untimed(_stage: &'static str, _ms: f64) {}

impl Pipeline<'_> {
    /// Makes a radiograph from a decoded photo and judges it.
    ///
    /// # Errors
    /// When a network fails; a poor photo is an outcome, not an error.
    pub fn digitise(
        &self,
        photo: RgbImage,
        film: Film,
        clock: StageClock<'_>,
    ) -> Result<Outcome, InferError> {
        let mut outcome = match film {
            Film::InPhoto => match self.locate(&photo, clock)? {
                Some((located, film)) => {
                    self.digitise_photo(&photo, &located, film, None, clock)?
                }
                None => Outcome::NoFilm,
            },
            Film::Shown(correction) => {
                let quad = correction.outline.in_pixels(photo.width(), photo.height());
                let Some(quad) = quad else { return Ok(Outcome::NoFilm) };
                let located = Located::by_hand(quad);
                self.digitise_photo(&photo, &located, true, Some(correction.orientation), clock)?
            }
            Film::Upright => already_upright(photo),
        };
        if let Outcome::Digitised(digitised) = &mut outcome
            && matches!(digitised.grade, Grade::Accepted { .. })
        {
            let watch = Stopwatch::start();
            let lungs = self.networks.lungs.outline(&digitised.radiograph)?;
            clock("lungs", watch.ms());
            match lungs {
                None => digitised.without_lungs(),
                Some(lungs) => {
                    digitised.judge_lungs(&lungs);
                    if matches!(digitised.grade, Grade::Accepted { .. }) {
                        let watch = Stopwatch::start();
                        let fingerprint = fingerprint(&digitised.radiograph, &lungs);
                        digitised.fingerprint = Some(Box::new(fingerprint));
                        clock("recognise", watch.ms());
                    }
                }
            }
        }
        Ok(outcome)
    }

    /// Where the film is: the locator network's guess among what the lines of the photo make; and
    /// whether the network saw a film at all.
    fn locate(
        &self,
        photo: &RgbImage,
        clock: StageClock<'_>,
    ) -> Result<Option<(Located, bool)>, InferError> {
        let watch = Stopwatch::start();
        let guess = self.networks.locator.find(photo)?;
        clock("find", watch.ms());
        let watch = Stopwatch::start();
        let present = guess.present >= GUESS_MIN;
        let seen = guess.corners.filter(|_| present);
        let located = digitise::locate(photo, seen.as_ref());
        clock("locate", watch.ms());
        Ok(located.map(|located| (located, present)))
    }

    /// The film as it is measured, and as it is read.
    fn straighten(&self, photo: &RgbImage, quad: &Quad) -> (GrayImage, GrayImage) {
        let rectified = digitise::rectify(photo, quad, self.limits.radiograph_side_max);
        let clean = digitise::without_moire(&rectified);
        let clean = clean.as_ref().unwrap_or(&rectified);
        let flat = digitise::flatten(photo, quad, clean);
        let content = digitise::crop_content(flat.as_ref().unwrap_or(clean));
        let film = digitise::window(flat.as_ref().unwrap_or(clean), &content);
        let film = crop(film, &content);
        (rectified, film)
    }

    /// Makes the radiograph of a located film; `shown` is how a person says that it lies.
    fn digitise_photo(
        &self,
        photo: &RgbImage,
        located: &Located,
        film_seen: bool,
        shown: Option<Orientation>,
        clock: StageClock<'_>,
    ) -> Result<Outcome, InferError> {
        let watch = Stopwatch::start();
        let quad = &located.quad;
        let straighten = || self.straighten(photo, quad);
        // Straightening and looking need nothing from each other.
        let ((rectified, film), looks) =
            digitise::both(straighten, || quality::Looks::of(photo, quad));
        clock("rectify", watch.ms());

        let watch = Stopwatch::start();
        let guess = self.networks.orientation.guess(&film)?;
        clock("orient", watch.ms());

        let watch = Stopwatch::start();
        let measures = quality::measure(photo, located, &rectified, looks);
        let seen = quality::Seen { shows: guess.shows, film: film_seen };
        let grade = quality::grade(&measures, seen);
        let orientation = shown.unwrap_or(guess.orientation);
        let upright = digitise::orient(film, orientation);
        let glare = measures.hidden.mask(Cover::Glare, &measures.content);
        let glare = digitise::orient(glare, Orientation { inverted: false, ..orientation });
        let corners = digitise::quad_in_film_order(&located.whole, orientation);
        clock("judge", watch.ms());
        let Some(radiograph) = to_radiograph(upright) else { return Ok(Outcome::NoFilm) };
        Ok(Outcome::Digitised(Digitised {
            radiograph,
            corners: Some(corners),
            orientation,
            mirror_doubtful: shown.is_none() && guess.mirror_doubtful,
            looks_like_child: guess.looks_like_child,
            grade,
            glare: Some(glare),
            glare_on_lungs: None,
            fingerprint: None,
        }))
    }
}

/// What an accepted film is recognised by, in the frame that its lungs give.
#[must_use]
pub fn fingerprint(radiograph: &Radiograph, lungs: &LungFields) -> Fingerprint {
    digitise::fingerprint(radiograph, lungs.extent().enlarged(LUNGS_MARGIN))
}

/// A radiograph that needs no digitising: only its colours go.
fn already_upright(photo: RgbImage) -> Outcome {
    let grey = image::DynamicImage::ImageRgb8(photo).into_luma8();
    match to_radiograph(grey) {
        Some(radiograph) => Outcome::Digitised(Digitised {
            radiograph,
            corners: None,
            orientation: Orientation::default(),
            mirror_doubtful: false,
            looks_like_child: false,
            grade: Grade::Accepted { remarks: Vec::new() },
            glare: None,
            glare_on_lungs: None,
            fingerprint: None,
        }),
        None => Outcome::NoFilm,
    }
}

fn crop(film: GrayImage, content: &digitise::Fractions) -> GrayImage {
    let (x, y, width, height) = content.pixels(film.width(), film.height());
    if (width, height) == film.dimensions() {
        return film;
    }
    image::imageops::crop_imm(&film, x, y, width, height).to_image()
}

fn to_radiograph(grey: GrayImage) -> Option<Radiograph> {
    let (width, height) = grey.dimensions();
    Radiograph::new(width, height, grey.into_raw())
}

/// Encodes a radiograph as PNG, fast rather than small: the box stores it, the LAN carries it.
///
/// # Errors
/// When the encoder fails.
pub fn png_grey(radiograph: &Radiograph) -> Result<Vec<u8>, image::ImageError> {
    encode(
        radiograph.pixels(),
        (radiograph.width(), radiograph.height()),
        image::ExtendedColorType::L8,
    )
}

/// Encodes an overlay as PNG.
///
/// # Errors
/// When the encoder fails.
pub fn png_rgba(overlay: &RgbaImage) -> Result<Vec<u8>, image::ImageError> {
    encode(overlay.as_raw(), overlay.dimensions(), image::ExtendedColorType::Rgba8)
}

fn encode(
    pixels: &[u8],
    (width, height): (u32, u32),
    colour: image::ExtendedColorType,
) -> Result<Vec<u8>, image::ImageError> {
    use image::codecs::png::{CompressionType, FilterType, PngEncoder};
    let mut bytes = Vec::with_capacity(pixels.len() / 2);
    PngEncoder::new_with_quality(&mut bytes, CompressionType::Fast, FilterType::Adaptive)
        .write_image(pixels, width, height, colour)?;
    Ok(bytes)
}

/// Decodes a radiograph that [`png_grey`] made.
#[must_use]
pub fn radiograph(png: &[u8]) -> Option<Radiograph> {
    let grey = image::load_from_memory_with_format(png, image::ImageFormat::Png).ok()?;
    to_radiograph(grey.into_luma8())
}

/// Width and height of a PNG, pixels, from its header.
#[must_use]
pub fn png_size(png: &[u8]) -> Option<(u32, u32)> {
    let side = |at: usize| {
        let bytes = png.get(at..at + 4)?;
        Some(u32::from_be_bytes(bytes.try_into().ok()?))
    };
    Some((side(16)?, side(20)?))
}

/// The name under which machine-readable output has an issue: the photo sets' own names, so that
/// results can be compared with them. A photo without a film, or of one without lungs to see, is one
/// of no chest film there.
#[must_use]
pub const fn public_reason(issue: QualityIssue) -> &'static str {
    match issue {
        QualityIssue::NoFilm
        | QualityIssue::LungsNotSeen
        | QualityIssue::Lateral
        | QualityIssue::TwoFilms => "not_chest_film",
        QualityIssue::Blur
        | QualityIssue::Glare
        | QualityIssue::Underexposed
        | QualityIssue::Overexposed
        | QualityIssue::CutOff
        | QualityIssue::Occluded
        | QualityIssue::Backlight
        | QualityIssue::TooSmall
        | QualityIssue::NotChestFilm
        | QualityIssue::LungsCutOff
        | QualityIssue::FilmOverexposed
        | QualityIssue::FilmUnderexposed
        | QualityIssue::PatientTurned
        | QualityIssue::Unreadable => issue.code(),
    }
}
