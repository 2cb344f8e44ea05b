//! Values that no car trip can have: a wrong unit, a swapped column, a misplaced point.
//!
//! Judged from the great-circle distance of the two places, which is known of every pair. The
//! bounds are ours, and wide: a long way round a ridge or an estuary must pass.

use std::fmt;

use super::{Place, SnapDistance, Source, TravelMatrix};
use crate::wording::number::number;

/// Below this great-circle distance, in metres, a drive may take no time that a table shows.
const NEAR_M: f64 = 500.0;
/// No trip is faster, in km/h: the motorway limit and a margin.
const FASTEST_KM_H: f64 = 150.0;
/// Nor slower, in km/h, once it is longer than `LONG_S`.
const SLOWEST_KM_H: f64 = 2.0;
/// Seconds that rounding to whole minutes may take off.
const ROUNDING_S: f64 = 30.0;
/// Shorter trips may be as slow as they like, seconds.
const LONG_S: f64 = 1200.0;
/// A road is at most this many times the great circle ...
const LONGEST_DETOUR: f64 = 30.0;
/// ... and this many metres more.
const LONGEST_ROUND_M: f64 = 50_000.0;
/// A trip there takes at most this many times the trip back ...
const ASYMMETRY_RATIO: f64 = 3.0;
/// ... or this many seconds more: one-way streets may double a short trip.
const ASYMMETRY_S: f64 = 1200.0;

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
    /// No time at all between places that far apart as the crow flies.
    NoTime {
        /// Great-circle distance.
        direct_m: f64,
    },
    /// A length, by road when that is known and as the crow flies when not, in too short a time.
    TooFast(Drive),
    /// The same in too long a time.
    TooSlow(Drive),
    /// The road is shorter than the great circle.
    TooShort {
        /// By road.
        metres: f64,
        /// Great-circle distance.
        direct_m: f64,
    },
    /// The road is longer than any way round.
    TooLong {
        /// By road.
        metres: f64,
        /// Great-circle distance.
        direct_m: f64,
    },
    /// There and back differ beyond reason.
    Asymmetric {
        /// This way, in seconds.
        there_s: f64,
        /// The other way, in seconds.
        back_s: f64,
    },
}

/// A length and the time that it takes.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Drive {
    /// In metres.
    pub metres: f64,
    /// Whether the length is that of the road rather than of the great circle.
    pub by_road: bool,
    /// In seconds.
    pub seconds: f64,
}

impl Drive {
    fn km_h(self, seconds: f64) -> f64 {
        self.metres * 3.6 / seconds
    }
}

/// What is wrong with a length by road, in metres.
#[must_use]
pub fn length_fault(metres: f64, direct_m: f64) -> Option<Why> {
    // Rounding to a hundred metres, and points set a little aside, are no error.
    if metres < direct_m * 0.95 - 200.0 {
        Some(Why::TooShort { metres, direct_m })
    } else if metres > direct_m * LONGEST_DETOUR + LONGEST_ROUND_M {
        Some(Why::TooLong { metres, direct_m })
    } else {
        None
    }
}

/// What is wrong with a time, in seconds, given the length by road where it is known.
#[must_use]
pub fn time_fault(seconds: f64, metres: Option<f64>, direct_m: f64) -> Option<Why> {
    let road = metres.filter(|metres| length_fault(*metres, direct_m).is_none());
    let metres = road.unwrap_or(direct_m).max(direct_m);
    let drive = Drive { metres, by_road: road.is_some(), seconds };
    if seconds == 0.0 && direct_m >= NEAR_M {
        Some(Why::NoTime { direct_m })
    } else if drive.km_h(seconds + ROUNDING_S) > FASTEST_KM_H {
        Some(Why::TooFast(drive))
    } else if seconds > LONG_S && drive.km_h(seconds) < SLOWEST_KM_H {
        Some(Why::TooSlow(drive))
    } else {
        None
    }
}

/// Whether a trip takes too long for its way back, in seconds both, with the length by road of each
/// where it is known: told once, on the longer one, and not of a time that is itself impossible.
#[must_use]
pub fn asymmetry_fault(
    (there_s, there_m): (f64, Option<f64>),
    (back_s, back_m): (f64, Option<f64>),
    direct_m: f64,
) -> Option<Why> {
    let beyond = there_s > back_s * ASYMMETRY_RATIO && there_s > back_s + ASYMMETRY_S;
    let possible = || {
        time_fault(there_s, there_m, direct_m).is_none()
            && time_fault(back_s, back_m, direct_m).is_none()
    };
    (beyond && possible()).then_some(Why::Asymmetric { there_s, back_s })
}

/// Every impossible value among those that a matrix did not estimate, by origin, then destination.
/// A trip by road joins the points where its places met the road: the metres to each are not in it.
#[must_use]
pub fn check(matrix: &TravelMatrix, places: &[Place], snaps: &[SnapDistance]) -> Vec<Implausible> {
    let aside_m = |place: usize| match snaps[place] {
        SnapDistance::Metres(metres) => metres,
        SnapDistance::OffMap | SnapDistance::Unknown => 0.0,
    };
    let known = |from, to| {
        let trip = matrix.trip(from, to);
        let real = trip.source != Source::Estimated;
        real.then(|| (f64::from(trip.seconds), Some(f64::from(trip.metres))))
    };
    let found = matrix.pairs().filter_map(|(from, to, trip)| {
        let (seconds, metres) = known(from, to)?;
        let apart_m = places[from].distance_m(&places[to]);
        let direct_m = (apart_m - aside_m(from) - aside_m(to)).max(0.0);
        let why = length_fault(f64::from(trip.metres), direct_m)
            .or_else(|| time_fault(seconds, metres, direct_m))
            .or_else(|| asymmetry_fault((seconds, metres), known(to, from)?, direct_m))?;
        Some(Implausible { from, to, why })
    });
    found.collect()
}

impl Why {
    /// What to do about it, in French.
    #[must_use]
    pub const fn action(&self) -> &'static str {
        match self {
            Self::NoTime { .. } => {
                "Donnez la durée ; si elle n'est pas connue, retirez la valeur : le trajet sera estimé."
            }
            Self::TooFast(_) | Self::TooSlow(_) => {
                "Vérifiez l'unité de la durée (secondes, minutes ou heures) et de la distance, puis la position des deux lieux."
            }
            Self::TooShort { .. } | Self::TooLong { .. } => {
                "Vérifiez l'unité de la distance (mètres ou kilomètres), puis la position des deux lieux."
            }
            Self::Asymmetric { .. } => "Corrigez celle des deux durées qui est fausse.",
        }
    }
}

impl fmt::Display for Why {
    /// A French clause, without its full stop.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let km = |metres: f64| number(metres / 1000.0, 1);
        let minutes = |seconds: f64| number(seconds / 60.0, 0);
        let drive = |drive: &Drive| {
            let how = if drive.by_road { "par la route" } else { "à vol d'oiseau" };
            let km_h =
                number(drive.km_h(drive.seconds), if drive.seconds > LONG_S { 1 } else { 0 });
            let time = match drive.seconds {
                seconds if seconds < 90.0 => format!("{} s", number(seconds, 0)),
                seconds => format!("{} min", minutes(seconds)),
            };
            let speed =
                if drive.seconds > 0.0 { format!(", soit {km_h} km/h") } else { String::new() };
            format!("{} km {how} en {time}{speed}", km(drive.metres))
        };
        match self {
            Self::NoTime { direct_m } => {
                write!(formatter, "durée nulle pour {} km à vol d'oiseau", km(*direct_m))
            }
            Self::TooFast(fast) => {
                write!(formatter, "{} : trop rapide pour une voiture", drive(fast))
            }
            Self::TooSlow(slow) => write!(formatter, "{} : plus lent que la marche", drive(slow)),
            Self::TooShort { metres, direct_m } => write!(
                formatter,
                "{} km par la route, moins que les {} km à vol d'oiseau",
                km(*metres),
                km(*direct_m)
            ),
            Self::TooLong { metres, direct_m } => write!(
                formatter,
                "{} km par la route pour {} km à vol d'oiseau : aucun détour n'est si long",
                km(*metres),
                km(*direct_m)
            ),
            Self::Asymmetric { there_s, back_s } => write!(
                formatter,
                "{} min dans ce sens et {} min dans l'autre : écart trop grand",
                minutes(*there_s),
                minutes(*back_s)
            ),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::travel::{EstimateFactors, Trip};

    const DIRECT_M: f64 = 20_000.0;

    #[test]
    fn a_wrong_unit_is_found_either_way() {
        let minutes = |value: f64| time_fault(value * 60.0, Some(25_000.0), DIRECT_M);
        assert_eq!(minutes(25.0), None);
        assert!(matches!(minutes(25.0 / 60.0), Some(Why::TooFast(_))));
        assert!(matches!(minutes(25.0 * 60.0), Some(Why::TooSlow(_))));
        assert!(matches!(length_fault(25.0, DIRECT_M), Some(Why::TooShort { .. })));
        assert!(matches!(length_fault(25_000_000.0, DIRECT_M), Some(Why::TooLong { .. })));
        assert_eq!(length_fault(25_000.0, DIRECT_M), None);
    }

    #[test]
    fn speed_is_that_of_the_road_where_it_is_known() {
        let quarter = 900.0;
        assert_eq!(time_fault(quarter, None, DIRECT_M), None);
        let Some(Why::TooFast(drive)) = time_fault(quarter, Some(80_000.0), DIRECT_M) else {
            panic!("320 km/h by road")
        };
        assert_eq!((drive.metres, drive.by_road), (80_000.0, true));
        // An impossible length judges no time.
        assert_eq!(time_fault(quarter, Some(8_000_000.0), DIRECT_M), None);
    }

    #[test]
    fn the_long_way_round_an_estuary_is_possible() {
        assert_eq!(length_fault(60_000.0, 1_500.0), None);
        assert_eq!(time_fault(3600.0, Some(60_000.0), 1_500.0), None);
        assert!(matches!(time_fault(3600.0, None, 1_500.0), Some(Why::TooSlow(_))));
    }

    #[test]
    fn no_time_is_for_neighbours_alone() {
        assert!(matches!(time_fault(0.0, None, 600.0), Some(Why::NoTime { .. })));
        assert_eq!(time_fault(0.0, None, 400.0), None);
        assert_eq!(time_fault(60.0, Some(0.0), 150.0), None);
    }

    #[test]
    fn judges_known_trips_alone_and_a_pair_once() {
        let place =
            |latitude| Place { id: String::new(), latitude, longitude: 1.4, rural_class: None };
        let places = [place(43.5), place(43.5 + DIRECT_M / 111_195.0)];
        let mut matrix = TravelMatrix::estimate(&places, &EstimateFactors::default());
        let found = |matrix: &TravelMatrix, aside_m: f64| {
            check(matrix, &places, &[SnapDistance::Metres(aside_m), SnapDistance::Unknown])
        };
        assert_eq!(found(&matrix, 0.0), []);
        let there = Trip { seconds: 900, metres: 25_000, source: Source::Computed };
        matrix.set(0, 1, there);
        assert_eq!(found(&matrix, 0.0), []);
        matrix.set(1, 0, Trip { seconds: 5400, ..there });
        let why = Why::Asymmetric { there_s: 5400.0, back_s: 900.0 };
        assert_eq!(found(&matrix, 0.0), [Implausible { from: 1, to: 0, why }]);
        // The road starts 4 km from the place.
        for (from, to) in [(0, 1), (1, 0)] {
            matrix.set(from, to, Trip { metres: 16_500, ..there });
        }
        assert_eq!(found(&matrix, 0.0).len(), 2);
        assert_eq!(found(&matrix, 4_000.0), []);
    }

    #[test]
    fn says_what_is_wrong_in_french() {
        let slow = time_fault(43_200.0, None, DIRECT_M).expect("under 2 km/h");
        let text = "20,0 km à vol d'oiseau en 720 min, soit 1,7 km/h : plus lent que la marche";
        assert_eq!(slow.to_string(), text);
        let fast = time_fault(300.0, Some(25_000.0), DIRECT_M).expect("300 km/h");
        let text = "25,0 km par la route en 5 min, soit 300 km/h : trop rapide pour une voiture";
        assert_eq!(fast.to_string(), text);
    }
}
