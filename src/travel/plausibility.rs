//! Values that no car trip can have: a wrong unit, a swapped column, a misplaced point.

use std::fmt;

use super::{Place, TravelMatrix, Trip};

/// Below this great-circle distance, in metres, two points are one place for these rules.
const NEAR_M: f64 = 500.0;
/// No trip advances faster as the crow flies, in km/h: the motorway limit and a margin.
const FASTEST_KM_H: f64 = 150.0;
/// Nor slower: a walk.
const SLOWEST_KM_H: f64 = 4.0;
/// A trip back takes at most this many times the trip there ...
const ASYMMETRY_RATIO: u32 = 3;
/// ... and more than this many seconds above it, before it is an error: one-way streets may double
/// a short trip.
const ASYMMETRY_S: u32 = 1200;

/// A pair of places whose value is impossible.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Implausible {
    /// Index of the origin.
    pub from: usize,
    /// Index of the destination.
    pub to: usize,
    /// What is wrong.
    pub why: Why,
}

/// What makes a value impossible.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Why {
    /// No time at all between places that far apart, in metres.
    NoTime(f64),
    /// The speed as the crow flies, in km/h, is beyond any car.
    TooFast(f64),
    /// The speed as the crow flies, in km/h, is below a walk.
    TooSlow(f64),
    /// The road is shorter than the great circle: metres of both.
    ShorterThanDirect(u32, f64),
    /// There and back differ beyond reason: minutes of both.
    Asymmetric(f64, f64),
}

/// Every impossible value of a matrix, by origin, then destination.
#[must_use]
pub fn check(matrix: &TravelMatrix, places: &[Place]) -> Vec<Implausible> {
    let found = matrix.pairs().filter_map(|(from, to, trip)| {
        let direct_m = places[from].distance_m(&places[to]);
        let why = impossible(trip, direct_m).or_else(|| {
            let back = matrix.trip(to, from);
            asymmetric(trip, back).then(|| {
                Why::Asymmetric(f64::from(trip.seconds) / 60.0, f64::from(back.seconds) / 60.0)
            })
        })?;
        Some(Implausible { from, to, why })
    });
    found.collect()
}

fn impossible(trip: Trip, direct_m: f64) -> Option<Why> {
    if direct_m < NEAR_M {
        return None;
    }
    if trip.seconds == 0 {
        return Some(Why::NoTime(direct_m));
    }
    let km_h = direct_m * 3.6 / f64::from(trip.seconds);
    // Rounding to a hundred metres, and points set a little aside, are no error.
    let shortest_m = direct_m * 0.95 - 200.0;
    if km_h > FASTEST_KM_H {
        Some(Why::TooFast(km_h))
    } else if km_h < SLOWEST_KM_H && trip.seconds > ASYMMETRY_S {
        Some(Why::TooSlow(km_h))
    } else if f64::from(trip.metres) < shortest_m {
        Some(Why::ShorterThanDirect(trip.metres, direct_m))
    } else {
        None
    }
}

/// Whether the trip is too long for its way back; told once, on the longer one.
fn asymmetric(trip: Trip, back: Trip) -> bool {
    trip.seconds > back.seconds.saturating_mul(ASYMMETRY_RATIO)
        && trip.seconds > back.seconds.saturating_add(ASYMMETRY_S)
}

impl fmt::Display for Why {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoTime(direct_m) => {
                write!(formatter, "durée nulle pour {:.1} km à vol d'oiseau", direct_m / 1000.0)
            }
            Self::TooFast(km_h) => write!(
                formatter,
                "{km_h:.0} km/h à vol d'oiseau : trop rapide pour une voiture (unité fausse ?)"
            ),
            Self::TooSlow(km_h) => write!(
                formatter,
                "{km_h:.1} km/h à vol d'oiseau : plus lent que la marche (unité fausse ?)"
            ),
            Self::ShorterThanDirect(metres, direct_m) => write!(
                formatter,
                "{:.1} km par la route, moins que les {:.1} km à vol d'oiseau",
                f64::from(*metres) / 1000.0,
                direct_m / 1000.0
            ),
            Self::Asymmetric(there, back) => write!(
                formatter,
                "{there:.0} min à l'aller et {back:.0} min au retour : écart trop grand"
            ),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::travel::{EstimateFactors, Source};

    /// Two places 20.0 km apart.
    fn places() -> Vec<Place> {
        [43.5, 43.5 + 20.0 / 111.195]
            .map(|latitude| Place {
                id: String::new(),
                latitude,
                longitude: 1.4,
                rural_class: None,
            })
            .into()
    }

    fn found(seconds: u32, metres: u32) -> Vec<Implausible> {
        let mut matrix = TravelMatrix::estimate(&places(), &EstimateFactors::default());
        matrix.set(0, 1, Trip { seconds, metres, source: Source::Given });
        check(&matrix, &places())
    }

    #[test]
    fn an_estimate_is_plausible() {
        let matrix = TravelMatrix::estimate(&places(), &EstimateFactors::default());
        assert_eq!(check(&matrix, &places()), []);
    }

    #[test]
    fn finds_each_impossible_value_and_its_pair() {
        type Case = (u32, u32, fn(&Why) -> bool);
        let cases: [Case; 4] = [
            (0, 25_000, |why| matches!(why, Why::NoTime(_))),
            (240, 25_000, |why| matches!(why, Why::TooFast(_))),
            (36_000, 25_000, |why| matches!(why, Why::TooSlow(_))),
            (1500, 12_000, |why| matches!(why, Why::ShorterThanDirect(..))),
        ];
        for (seconds, metres, expected) in cases {
            let found = found(seconds, metres);
            assert_eq!((found[0].from, found[0].to), (0, 1));
            assert!(expected(&found[0].why), "{}", found[0].why);
        }
    }

    #[test]
    fn finds_a_way_back_out_of_proportion_once() {
        let mut matrix = TravelMatrix::estimate(&places(), &EstimateFactors::default());
        matrix.set(0, 1, Trip { seconds: 900, metres: 25_000, source: Source::Given });
        matrix.set(1, 0, Trip { seconds: 5400, metres: 25_000, source: Source::Given });
        let found = check(&matrix, &places());
        assert_eq!(found, [Implausible { from: 1, to: 0, why: Why::Asymmetric(90.0, 15.0) }]);
    }
}
