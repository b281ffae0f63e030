//! On drawn chests: another photo of one film, and another film.

use proptest::prelude::*;

use super::*;

/// A chest of its own for each seed: ribs, vessels, heart. `shift` and `stretch` are how another
/// photo's crop differs, `gamma` its light.
fn film(seed: u32, (dx, dy): (f32, f32), (sx, sy): (f32, f32), gamma: f32) -> Fingerprint {
    const SIDE: u32 = 224;
    let mut pixels = Vec::new();
    for y in 0..SIDE {
        for x in 0..SIDE {
            let u = 0.5 + ((x as f32 + 0.5) / SIDE as f32 - 0.5) * sx + dx;
            let v = 0.5 + ((y as f32 + 0.5) / SIDE as f32 - 0.5) * sy + dy;
            pixels.push((chest(seed, u, v).clamp(0.0, 1.0).powf(gamma) * 255.0) as u8);
        }
    }
    let lungs = |low: f32, high: f32, shift: f32, stretch: f32| {
        let at = |edge: f32| ((edge - 0.5 - shift) / stretch + 0.5).clamp(0.0, 1.0);
        (at(low), at(high))
    };
    let ((left, right), (top, bottom)) = (lungs(0.12, 0.88, dx, sx), lungs(0.1, 0.8, dy, sy));
    let lungs = Extent::new(left, top, right, bottom).unwrap();
    fingerprint(&Radiograph::new(SIDE, SIDE, pixels).unwrap(), lungs)
}

fn chest(seed: u32, u: f32, v: f32) -> f32 {
    let own = |n: u32| {
        let mut h = seed.wrapping_mul(0x9e37_79b1) ^ n.wrapping_mul(0x85eb_ca77);
        h ^= h >> 15;
        h = h.wrapping_mul(0x2c1b_3c6d);
        h ^= h >> 13;
        (h & 0xffff) as f32 / 65_535.0
    };
    let bump = |x: f32| (-x * x).exp();
    let lung = |centre: f32| bump((u - centre) / 0.16) * bump((v - 0.45) / 0.3);
    let air = lung(0.28 + 0.03 * own(1)) + lung(0.72 - 0.03 * own(2));
    let ribs = ((v + 0.2 * (u - 0.5).abs()) * (58.0 + 14.0 * own(3)) + 6.0 * own(4)).sin();
    let vessels: f32 = (10..40)
        .map(|n| {
            let (x, y) = (0.1 + 0.8 * own(n), 0.1 + 0.7 * own(n + 100));
            bump((u - x) / 0.018) * bump((v - y) / (0.015 + 0.05 * own(n + 200)))
        })
        .sum();
    let heart = bump((u - 0.55) / (0.1 + 0.05 * own(5))) * bump((v - 0.65) / 0.15);
    0.6 - 0.4 * air + 0.1 * ribs * air + 0.25 * vessels + 0.3 * heart
}

fn likeness(one: &Fingerprint, other: &Fingerprint) -> f32 {
    let query = FilmQuery::new(&one.detail);
    let list = query.shortlist(&[other.signature]);
    let details = |_| Ok::<_, std::convert::Infallible>(Some(other.detail.clone()));
    let Ok(found) = query.compare(&list, details);
    found[0].1
}

#[test]
fn another_film_is_another_film() {
    let one = film(1, (0.0, 0.0), (1.0, 1.0), 1.0);
    for seed in 2..6 {
        let likeness = likeness(&one, &film(seed, (0.0, 0.0), (1.0, 1.0), 1.0));
        assert!(likeness < LIKENESS_MIN, "seed {seed}: {likeness}");
    }
}

#[test]
fn the_same_film_is_found_among_many() {
    let films: Vec<Fingerprint> =
        (0..40).map(|seed| film(seed, (0.0, 0.0), (1.0, 1.0), 1.0)).collect();
    let signatures: Vec<Signature> = films.iter().map(|film| film.signature).collect();
    let again = film(17, (0.02, -0.03), (0.95, 1.05), 0.7);
    let query = FilmQuery::new(&again.detail);
    let details = |at: usize| Ok::<_, std::convert::Infallible>(Some(films[at].detail.clone()));
    let Ok(found) = query.compare(&query.shortlist(&signatures), details);
    let alike: Vec<usize> =
        found.iter().filter(|(_, like)| *like >= LIKENESS_MIN).map(|(at, _)| *at).collect();
    assert_eq!(alike, [17]);
}

#[test]
fn a_blank_film_is_like_nothing() {
    let blank = Radiograph::new(300, 200, vec![128; 300 * 200]).unwrap();
    let blank = fingerprint(&blank, Extent::WHOLE);
    assert!(likeness(&blank, &film(1, (0.0, 0.0), (1.0, 1.0), 1.0)) < LIKENESS_MIN);
    assert!(likeness(&blank, &blank) < LIKENESS_MIN);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]

    #[test]
    fn another_photo_of_a_film_is_the_same_film(
        dx in -0.04_f32..0.04,
        dy in -0.04_f32..0.04,
        sx in 0.92_f32..1.08,
        sy in 0.92_f32..1.08,
        gamma in 0.6_f32..1.6,
    ) {
        let one = film(3, (0.0, 0.0), (1.0, 1.0), 1.0);
        let again = film(3, (dx, dy), (sx, sy), gamma);
        prop_assert!(likeness(&again, &one) >= LIKENESS_MIN);
    }
}
