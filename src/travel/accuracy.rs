//! How far a matrix is from another: the estimate from real times, our times from an engine's.

use super::matrix::SourceCounts;
use super::{Source, TravelMatrix};
use crate::domain::{EstimateError, TravelSources};

/// Relative differences over the pairs compared, as shares (0.1 is 10 %).
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Accuracy {
    /// Ordered pairs compared.
    pub pairs: usize,
    /// Half of the pairs differ by less.
    pub median: f64,
    /// Nine pairs in ten differ by less.
    pub p90: f64,
    /// Median of the signed differences: positive when the first matrix is slower.
    pub bias: f64,
}

/// Compares the times of a matrix with those of a reference, over the pairs that the reference
/// knows in their own direction. `None` when there is no such pair.
#[must_use]
pub fn compare(matrix: &TravelMatrix, reference: &TravelMatrix) -> Option<Accuracy> {
    let real = reference
        .pairs()
        .filter(|(_, _, trip)| matches!(trip.source, Source::Given | Source::Computed))
        .filter(|(_, _, trip)| trip.seconds > 0);
    let signed: Vec<f64> = real
        .map(|(from, to, trip)| {
            f64::from(matrix.trip(from, to).seconds) / f64::from(trip.seconds) - 1.0
        })
        .collect();
    let absolute: Vec<f64> = signed.iter().map(|difference| difference.abs()).collect();
    Some(Accuracy {
        pairs: signed.len(),
        median: quantile(&absolute, 0.5)?,
        p90: quantile(&absolute, 0.9)?,
        bias: quantile(&signed, 0.5)?,
    })
}

/// Both as documents show them.
#[must_use]
pub fn figures(counts: SourceCounts, error: Option<Accuracy>) -> TravelSources {
    let share = |value: f64| (value * 10_000.0).round() / 10_000.0;
    TravelSources {
        fournis: counts.given as u64,
        calcules: counts.computed as u64,
        repris: counts.mirrored as u64,
        estimes: counts.estimated as u64,
        manquants: counts.missing() as u64,
        erreur_estimation: error.map(|error| EstimateError {
            couples: error.pairs as u64,
            mediane: share(error.median),
            p90: share(error.p90),
            biais: share(error.bias),
        }),
    }
}

/// The smallest value that at least this share of the values do not exceed.
fn quantile(values: &[f64], share: f64) -> Option<f64> {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    let rank = (share * sorted.len() as f64).ceil() as usize;
    sorted.get(rank.max(1) - 1).copied()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::travel::{EstimateFactors, Place, Trip};

    #[test]
    fn takes_the_quantile_that_a_share_of_the_values_does_not_exceed() {
        let values: Vec<f64> = (1..=10).rev().map(f64::from).collect();
        assert_eq!(quantile(&values, 0.5), Some(5.0));
        assert_eq!(quantile(&values, 0.9), Some(9.0));
        assert_eq!(quantile(&[], 0.5), None);
    }

    #[test]
    fn compares_over_real_pairs_alone() {
        let place =
            |latitude| Place { id: String::new(), latitude, longitude: 1.4, rural_class: None };
        let places = [place(43.5), place(43.6), place(43.7)];
        let estimate = TravelMatrix::estimate(&places, &EstimateFactors::default());
        assert_eq!(compare(&estimate, &estimate), None);
        let mut reference = estimate.clone();
        let trip = estimate.trip(0, 1);
        let seconds = trip.seconds * 2;
        reference.set(0, 1, Trip { seconds, source: Source::Computed, ..trip });
        reference.mirror();
        let accuracy = compare(&estimate, &reference).expect("one real pair");
        assert_eq!(accuracy, Accuracy { pairs: 1, median: 0.5, p90: 0.5, bias: -0.5 });
    }
}
