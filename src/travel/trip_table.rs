//! Trips by road between places, as a road network or a routing engine gives them.

/// Beyond this distance to the nearest road, in metres, a place is taken to be off the map.
pub const SNAP_LIMIT_M: f64 = 5_000.0;

/// Time and length of a trip by road.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct RoadTrip {
    /// Duration, in seconds.
    pub seconds: f64,
    /// Length, in metres.
    pub metres: f64,
}

/// Trips between all ordered pairs of places, with how each place met the road.
#[derive(Debug, Clone, PartialEq)]
pub struct TripTable {
    /// Trips by origin, then destination; `None` where no road leads.
    pub trips: Vec<Vec<Option<RoadTrip>>>,
    /// How each place met the road.
    pub snaps: Vec<SnapDistance>,
}

/// How far a place is from the point of the road where its trips start.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum SnapDistance {
    /// In metres.
    Metres(f64),
    /// Too far from any road of the map to be reached.
    OffMap,
    /// The engine does not say.
    Unknown,
}

impl TripTable {
    /// A table without any trip yet.
    #[must_use]
    pub fn empty(size: usize) -> Self {
        Self { trips: vec![vec![None; size]; size], snaps: vec![SnapDistance::Unknown; size] }
    }

    /// Takes the places beyond [`SNAP_LIMIT_M`] off the map, with their trips.
    pub fn leave_out_far_places(&mut self) {
        for place in 0..self.snaps.len() {
            if matches!(self.snaps[place], SnapDistance::Metres(metres) if metres > SNAP_LIMIT_M) {
                self.snaps[place] = SnapDistance::OffMap;
                self.trips[place].fill(None);
                self.trips.iter_mut().for_each(|row| row[place] = None);
            }
        }
    }
}
