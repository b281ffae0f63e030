//! How alike each photo's film is to the films of a gallery, for `same_film.py`.
//!
//! `cargo run --release --example digitise-same-film -- FILMS PHOTOS > OUT.txt`
//!
//! Both files hold records of 256 x 256 grey levels and the box around both lungs, four
//! little-endian f32 in shares of the sides (not a number: no lungs were found). A line for each
//! photo: its number, then `film:likeness` for each film that was compared closely.

use std::convert::Infallible;
use std::io::Write as _;

use fieldray::digitise::{FilmQuery, fingerprint};
use fieldray::domain::fingerprint::{Fingerprint, Signature};
use fieldray::domain::lungs::Extent;
use fieldray::domain::radiograph::Radiograph;

const SIDE: u32 = 256;
const PIXELS: usize = (SIDE * SIDE) as usize;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [films, photos] = arguments.as_slice() else {
        return Err("usage: digitise-same-film FILMS PHOTOS".into());
    };
    let films = read(films)?;
    let signatures: Vec<Signature> = films.iter().map(|film| film.signature).collect();
    let mut out = std::io::stdout().lock();
    for (number, photo) in read(photos)?.iter().enumerate() {
        let query = FilmQuery::new(&photo.detail);
        let details = |at: usize| Ok::<_, Infallible>(films.get(at).map(|it| it.detail.clone()));
        let Ok(alike) = query.compare(&query.shortlist(&signatures), details);
        write!(out, "{number}")?;
        for (film, likeness) in alike {
            write!(out, " {film}:{likeness:.3}")?;
        }
        writeln!(out)?;
    }
    Ok(())
}

fn read(path: &str) -> Result<Vec<Fingerprint>, Box<dyn std::error::Error>> {
    let bytes = std::fs::read(path)?;
    let record = |record: &[u8]| {
        let (pixels, sides) = record.split_at(PIXELS);
        let (sides, _) = sides.as_chunks::<4>();
        let side = |at: usize| sides.get(at).map_or(f32::NAN, |side| f32::from_le_bytes(*side));
        let lungs = Extent::new(side(0), side(1), side(2), side(3)).unwrap_or(Extent::WHOLE);
        Some(fingerprint(&Radiograph::new(SIDE, SIDE, pixels.to_vec())?, lungs))
    };
    let films: Option<Vec<Fingerprint>> = bytes.chunks_exact(PIXELS + 16).map(record).collect();
    films.ok_or_else(|| "a film without pixels".into())
}
