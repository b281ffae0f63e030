//! Figures over labelled scores: AUC, sensitivity, specificity and their confidence intervals.

#![expect(
    clippy::cast_possible_truncation,
    clippy::cast_precision_loss,
    clippy::cast_sign_loss,
    reason = "counts of films: far below 2^52"
)]

/// A figure with its 95 % confidence interval.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Estimate {
    pub(super) value: f64,
    pub(super) low: f64,
    pub(super) high: f64,
}

/// 97.5th percentile of the standard normal distribution.
const Z: f64 = 1.959_963_985;

/// Area under the ROC curve with DeLong's interval (DeLong et al., Biometrics 1988; 44:837), on the
/// logit scale so that it stays inside 0 to 1. `None` without both classes.
pub(super) fn auc(positives: &[f64], negatives: &[f64]) -> Option<Estimate> {
    if positives.is_empty() || negatives.is_empty() {
        return None;
    }
    let mut negatives_sorted = negatives.to_vec();
    let mut positives_sorted = positives.to_vec();
    negatives_sorted.sort_by(f64::total_cmp);
    positives_sorted.sort_by(f64::total_cmp);
    let from_positives: Vec<f64> =
        positives.iter().map(|score| share_below(&negatives_sorted, *score)).collect();
    let from_negatives: Vec<f64> =
        negatives.iter().map(|score| 1.0 - share_below(&positives_sorted, *score)).collect();
    let value = mean(&from_positives);
    let variance = variance(&from_positives) / positives.len() as f64
        + variance(&from_negatives) / negatives.len() as f64;
    Some(logit_interval(value, variance))
}

/// Share of sorted values below a score; ties count half.
fn share_below(sorted: &[f64], score: f64) -> f64 {
    let below = sorted.partition_point(|value| *value < score);
    let through = sorted.partition_point(|value| *value <= score);
    (below as f64 + (through - below) as f64 / 2.0) / sorted.len() as f64
}

fn mean(values: &[f64]) -> f64 {
    values.iter().sum::<f64>() / values.len() as f64
}

fn variance(values: &[f64]) -> f64 {
    if values.len() < 2 {
        return 0.0;
    }
    let mean = mean(values);
    values.iter().map(|v| (v - mean).powi(2)).sum::<f64>() / (values.len() - 1) as f64
}

fn logit_interval(value: f64, variance: f64) -> Estimate {
    if value <= 0.0 || value >= 1.0 {
        return Estimate { value, low: value, high: value };
    }
    let centre = (value / (1.0 - value)).ln();
    let half = Z * variance.sqrt() / (value * (1.0 - value));
    let back = |x: f64| 1.0 / (1.0 + (-x).exp());
    Estimate { value, low: back(centre - half), high: back(centre + half) }
}

/// A share with Wilson's score interval (Wilson, JASA 1927; 22:209). `None` of nothing.
pub(super) fn wilson(hits: usize, of: usize) -> Option<Estimate> {
    if of == 0 {
        return None;
    }
    let (n, p) = (of as f64, hits as f64 / of as f64);
    let denominator = 1.0 + Z * Z / n;
    let centre = (p + Z * Z / (2.0 * n)) / denominator;
    let half = Z * (p * (1.0 - p) / n + Z * Z / (4.0 * n * n)).sqrt() / denominator;
    Some(Estimate { value: p, low: (centre - half).max(0.0), high: (centre + half).min(1.0) })
}

/// The value below which the given share of sorted values lies, by linear interpolation.
pub(super) fn quantile(sorted: &[f64], share: f64) -> Option<f64> {
    let last = sorted.len().checked_sub(1)?;
    let place = share.clamp(0.0, 1.0) * last as f64;
    let low = place.floor() as usize;
    let high = (low + 1).min(last);
    Some(sorted[low] + (sorted[high] - sorted[low]) * (place - low as f64))
}

/// The middle of some values.
pub(super) fn median(values: &[f64]) -> Option<f64> {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    quantile(&sorted, 0.5)
}

/// Standard deviation of a sample; 0 for fewer than two values.
pub(super) fn standard_deviation(values: &[f64]) -> f64 {
    variance(values).sqrt()
}

/// Bins of [`calibration_error`].
const BINS: usize = 5;

/// Expected calibration error with both classes weighted alike, in bins of equal size (Naeini et
/// al., AAAI 2015), and the error that as many films of a perfectly calibrated score would show by
/// chance. `None` without both classes.
pub(super) fn calibration_error(positives: &[f64], negatives: &[f64]) -> Option<[f64; 2]> {
    if positives.is_empty() || negatives.is_empty() {
        return None;
    }
    let weighted = |scores: &[f64], truth: f64| {
        let weight = 0.5 / scores.len() as f64;
        scores.iter().map(|score| (*score, truth, weight)).collect::<Vec<_>>()
    };
    let mut films = weighted(positives, 1.0);
    films.extend(weighted(negatives, 0.0));
    films.sort_by(|a, b| a.0.total_cmp(&b.0));
    let (mut error, mut chance) = (0.0, 0.0);
    for bin in films.chunks(films.len().div_ceil(BINS)) {
        let sum = |value: &dyn Fn(&(f64, f64, f64)) -> f64| bin.iter().map(value).sum::<f64>();
        error += sum(&|(score, truth, weight)| weight * (score - truth)).abs();
        // The mean of |x| of a normal variable is its deviation times sqrt(2 / pi).
        let spread = sum(&|(score, _, weight)| weight * weight * score * (1.0 - score));
        chance += (spread * std::f64::consts::FRAC_2_PI).sqrt();
    }
    Some([error, chance])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn close(a: f64, b: f64) {
        assert!((a - b).abs() < 1e-4, "{a} {b}");
    }

    #[test]
    fn auc_counts_ordered_pairs_and_half_of_ties() {
        let auc = auc(&[0.9, 0.5, 0.5], &[0.1, 0.5, 0.2, 0.95]).unwrap();
        close(auc.value, (3.0 + 2.5 + 2.5) / 12.0);
        assert!(auc.low < auc.value && auc.value < auc.high);
    }

    #[test]
    fn auc_needs_both_classes() {
        assert_eq!(auc(&[], &[0.1]), None);
        assert_eq!(auc(&[0.1], &[]), None);
    }

    /// Newcombe, Statistics in Medicine 1998; 17:857, table I: 81 of 263.
    #[test]
    fn wilson_agrees_with_the_published_example() {
        let share = wilson(81, 263).unwrap();
        close(share.low, 0.2553);
        close(share.high, 0.3662);
    }

    #[test]
    fn calibration_error_is_the_gap_between_scores_and_shares() {
        // Every score near 0.7, half of the weight on either class.
        let even: Vec<f64> = (0..50).map(|i| 0.7 + f64::from(2 * i) * 1e-7).collect();
        let odd: Vec<f64> = (0..50).map(|i| 0.7 + f64::from(2 * i + 1) * 1e-7).collect();
        let [error, _] = calibration_error(&even, &odd).unwrap();
        close(error, 0.2);
        // Four of five near 0.8 have it, one of five near 0.2 has it.
        let near = |at: f64, fifth: bool| {
            let chosen = (0..50).filter(move |i| (i % 5 == 0) == fifth);
            chosen.map(|i| at + f64::from(i) * 1e-4).collect::<Vec<_>>()
        };
        let positives = [near(0.8, false), near(0.2, true)].concat();
        let negatives = [near(0.8, true), near(0.2, false)].concat();
        let [error, chance] = calibration_error(&positives, &negatives).unwrap();
        assert!(error < 0.07 && chance > 0.0, "{error}");
        assert_eq!(calibration_error(&[0.5], &[]), None);
    }

    #[test]
    fn quantiles_interpolate() {
        close(quantile(&[1.0, 2.0, 3.0, 4.0], 0.5).unwrap(), 2.5);
        assert_eq!(quantile(&[], 0.5), None);
    }
}
