//! Trips computed on the roads of an OpenStreetMap extract, without a server.
//!
//! [`extract`] reads the file (crate `osmpbf`), [`profile`] says what its tags mean for a car,
//! [`map`] cuts the ways at junctions, [`snap`] finds where a place meets the road, [`router`]
//! finds the quickest trips (crate `fast_paths`).

pub mod extract;
pub mod map;
pub mod profile;
pub mod router;
pub mod snap;
pub mod turn_restriction;

pub use extract::{Coordinate, ExtractError, RoadExtract};
pub use map::RoadMap;
pub use profile::{ProfileError, RoadProfile};
pub use router::Router;
pub use snap::{Snap, Snapper};

use super::trip_table::SNAP_LIMIT_M;
use super::{Place, SnapDistance, TripTable};

/// Computes the trips between all ordered pairs of places on a map.
#[must_use]
pub fn trip_table(map: &RoadMap, places: &[Place]) -> TripTable {
    let snaps = snap_all(map, places);
    TripTable {
        trips: Router::prepare(map).trips(map, &snaps),
        snaps: snaps
            .iter()
            .map(|snap| snap.map_or(SnapDistance::OffMap, |at| SnapDistance::Metres(at.distance_m)))
            .collect(),
    }
}

fn snap_all(map: &RoadMap, places: &[Place]) -> Vec<Option<Snap>> {
    let snapper = Snapper::new(map);
    places.iter().map(|place| snapper.nearest(place, SNAP_LIMIT_M)).collect()
}
