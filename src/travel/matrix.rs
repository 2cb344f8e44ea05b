//! The matrix of trips between places, and where each value comes from.

use super::trip_table::TripTable;
use super::{EstimateFactors, Place};

/// Where the value of a pair comes from, from the most to the least trusted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Source {
    /// Read from a file of the user (`trajets.csv`, `--matrice`).
    Given,
    /// Computed on a road network, by the program or by a routing engine.
    Computed,
    /// Known in the other direction alone, whose value it takes.
    Mirrored,
    /// Estimated from the great-circle distance.
    Estimated,
}

/// One way from a place to another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Trip {
    /// Duration, in seconds.
    pub seconds: u32,
    /// Length by car, in metres; 0 when the trip is walked.
    pub metres: u32,
    /// Where the two values come from.
    pub source: Source,
}

/// How many ordered pairs of distinct places have each source.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct SourceCounts {
    /// Pairs read from a file.
    pub given: usize,
    /// Pairs computed on a road network.
    pub computed: usize,
    /// Pairs that take the value of the other direction.
    pub mirrored: usize,
    /// Pairs that only an estimate covers.
    pub estimated: usize,
    /// Of the estimated pairs, those that one walks: no table need know them.
    pub walked: usize,
}

impl SourceCounts {
    /// All pairs.
    #[must_use]
    pub const fn all(&self) -> usize {
        self.given + self.computed + self.mirrored + self.estimated
    }

    /// Pairs that a table of the dossier should know and does not.
    #[must_use]
    pub const fn missing(&self) -> usize {
        self.estimated - self.walked
    }
}

/// Trips between all ordered pairs of places; may be asymmetric.
///
/// Invariant: square, with a zero diagonal. Places are known by their index, in the order in
/// which they were given.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TravelMatrix {
    size: usize,
    trips: Vec<Trip>,
}

impl TravelMatrix {
    /// Estimates every pair from coordinates.
    pub fn estimate(places: &[Place], factors: &EstimateFactors) -> Self {
        let trips = places
            .iter()
            .enumerate()
            .flat_map(|(from, origin)| {
                places.iter().enumerate().map(move |(to, destination)| {
                    if from == to { Trip::STAY } else { factors.trip(origin, destination) }
                })
            })
            .collect();
        Self { size: places.len(), trips }
    }

    /// Number of places.
    pub fn size(&self) -> usize {
        self.size
    }

    /// The trip between two places given by index. Panics out of range.
    pub fn trip(&self, from: usize, to: usize) -> Trip {
        self.trips[self.cell(from, to)]
    }

    /// Duration one way, in minutes.
    pub fn minutes(&self, from: usize, to: usize) -> f64 {
        f64::from(self.trip(from, to).seconds) / 60.0
    }

    /// Length one way by car, in metres.
    pub fn metres(&self, from: usize, to: usize) -> u32 {
        self.trip(from, to).metres
    }

    /// Where the value of a pair comes from.
    pub fn source(&self, from: usize, to: usize) -> Source {
        self.trip(from, to).source
    }

    /// There and back, in seconds: what a day at another establishment costs.
    pub fn round_trip_seconds(&self, from: usize, to: usize) -> u32 {
        self.trip(from, to).seconds + self.trip(to, from).seconds
    }

    /// There and back by car, in metres.
    pub fn round_trip_metres(&self, from: usize, to: usize) -> u32 {
        self.metres(from, to) + self.metres(to, from)
    }

    /// Replaces the value of a pair. The diagonal stays zero: staying costs nothing.
    pub fn set(&mut self, from: usize, to: usize, trip: Trip) {
        if from != to {
            let cell = self.cell(from, to);
            self.trips[cell] = trip;
        }
    }

    /// Takes the trips that a road network knows. Walked pairs keep their walk: driving between
    /// two schools of one street is slower than the table says. Returns the pairs that the
    /// table should have covered and did not.
    pub fn take(&mut self, table: &TripTable) -> Vec<(usize, usize)> {
        let mut missing = Vec::new();
        for from in 0..self.size {
            for to in 0..self.size {
                if from == to || self.trip(from, to).is_walk() {
                    continue;
                }
                match table.trips[from][to] {
                    None => missing.push((from, to)),
                    Some(trip) => self.set(
                        from,
                        to,
                        Trip {
                            seconds: trip.seconds.round() as u32,
                            metres: trip.metres.round() as u32,
                            source: Source::Computed,
                        },
                    ),
                }
            }
        }
        missing
    }

    /// Gives each pair that is known in one direction alone the same value in the other, which is
    /// closer to the truth than an estimate.
    pub fn mirror(&mut self) {
        let known: Vec<_> =
            self.pairs().filter(|(_, _, trip)| trip.source != Source::Estimated).collect();
        for (from, to, trip) in known {
            if self.source(to, from) == Source::Estimated {
                self.set(to, from, Trip { source: Source::Mirrored, ..trip });
            }
        }
    }

    /// Counts the ordered pairs of distinct places by source.
    pub fn counts(&self) -> SourceCounts {
        let mut counts = SourceCounts::default();
        for (_, _, trip) in self.pairs() {
            match trip.source {
                Source::Given => counts.given += 1,
                Source::Computed => counts.computed += 1,
                Source::Mirrored => counts.mirrored += 1,
                Source::Estimated => counts.estimated += 1,
            }
            counts.walked += usize::from(trip.is_walk());
        }
        counts
    }

    /// All ordered pairs of distinct places with their trip, by origin, then destination.
    pub fn pairs(&self) -> impl Iterator<Item = (usize, usize, Trip)> + '_ {
        let size = self.size;
        let cells = self.trips.iter().enumerate();
        cells
            .map(move |(cell, trip)| (cell / size, cell % size, *trip))
            .filter(|(from, to, _)| from != to)
    }

    fn cell(&self, from: usize, to: usize) -> usize {
        assert!(from < self.size && to < self.size, "place index within the matrix");
        from * self.size + to
    }
}

impl Trip {
    /// No trip at all: the diagonal.
    pub const STAY: Trip = Trip { seconds: 0, metres: 0, source: Source::Given };

    /// Whether the estimate lets one walk.
    #[must_use]
    pub fn is_walk(self) -> bool {
        self.metres == 0 && self.source == Source::Estimated
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn three_places() -> Vec<Place> {
        [(43.60, 1.44), (43.70, 1.44), (43.60, 1.64)]
            .iter()
            .enumerate()
            .map(|(index, &(latitude, longitude))| Place {
                id: format!("P{index}"),
                latitude,
                longitude,
                rural_class: Some(6),
            })
            .collect()
    }

    #[test]
    fn starts_estimated_and_remembers_what_replaces_a_pair() {
        let mut matrix = TravelMatrix::estimate(&three_places(), &EstimateFactors::default());
        assert_eq!(matrix.counts(), SourceCounts { estimated: 6, ..Default::default() });

        matrix.set(0, 1, Trip { seconds: 900, metres: 12_000, source: Source::Computed });
        matrix.set(1, 0, Trip { seconds: 960, metres: 12_500, source: Source::Given });
        let counts = SourceCounts { given: 1, computed: 1, estimated: 4, ..Default::default() };
        assert_eq!((matrix.counts(), counts.all(), counts.missing()), (counts, 6, 4));
        assert_eq!(matrix.minutes(0, 1), 15.0);
        assert_eq!(matrix.round_trip_seconds(0, 1), 1860);
        assert_eq!(matrix.round_trip_metres(1, 0), 24_500);
    }

    #[test]
    fn keeps_a_zero_diagonal() {
        let mut matrix = TravelMatrix::estimate(&three_places(), &EstimateFactors::default());
        matrix.set(1, 1, Trip { seconds: 60, metres: 10, source: Source::Given });
        assert_eq!(matrix.trip(1, 1), Trip::STAY);
    }

    #[test]
    fn takes_a_table_but_for_walks_and_says_what_it_lacks() {
        let mut places = three_places();
        places[1] = Place { latitude: places[0].latitude + 0.001, ..places[0].clone() };
        let mut matrix = TravelMatrix::estimate(&places, &EstimateFactors::default());
        let walk = matrix.trip(0, 1);
        let mut table = TripTable::empty(3);
        let drive = Some(crate::travel::RoadTrip { seconds: 600.4, metres: 9_000.0 });
        table.trips = vec![vec![drive; 3]; 3];
        table.trips[2][0] = None;
        assert_eq!(matrix.take(&table), [(2, 0)]);
        assert_eq!(matrix.trip(0, 1), walk);
        assert_eq!(matrix.trip(0, 2).seconds, 600);
        let counts = SourceCounts { computed: 3, estimated: 3, walked: 2, ..Default::default() };
        assert_eq!((matrix.counts(), counts.missing()), (counts, 1));
    }

    #[test]
    fn mirrors_what_is_known_one_way_alone() {
        let mut matrix = TravelMatrix::estimate(&three_places(), &EstimateFactors::default());
        let there = Trip { seconds: 900, metres: 12_000, source: Source::Given };
        matrix.set(0, 1, there);
        matrix.set(0, 2, there);
        matrix.set(2, 0, Trip { seconds: 960, ..there });
        matrix.mirror();
        assert_eq!(matrix.trip(1, 0), Trip { source: Source::Mirrored, ..there });
        assert_eq!(matrix.trip(2, 0).seconds, 960);
        let counts = SourceCounts { given: 3, mirrored: 1, estimated: 2, ..Default::default() };
        assert_eq!(matrix.counts(), counts);
    }

    #[test]
    fn an_empty_matrix_has_no_pair() {
        let matrix = TravelMatrix::estimate(&[], &EstimateFactors::default());
        assert_eq!(matrix.pairs().count(), 0);
    }
}
