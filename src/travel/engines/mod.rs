//! Trips asked of a running routing engine, in blocks that its default limits accept.

mod http;
pub mod osrm;
pub mod valhalla;

pub use http::{EngineError, HttpClient, Patience};
pub use osrm::Osrm;
pub use valhalla::Valhalla;

use super::Place;
use super::trip_table::{RoadTrip, SnapDistance, TripTable};

/// Origins, and destinations, in one request. Default limits: 100 coordinates for OSRM
/// (`--max-table-size`), 2,500 pairs for Valhalla (`max_matrix_location_pairs`); smaller blocks are
/// for engines whose own limit is lower.
const BLOCKS: [usize; 3] = [50, 10, 1];

/// A service that computes a block of a matrix.
pub trait MatrixEngine {
    /// Asks for the trips from each origin to each destination.
    ///
    /// # Errors
    /// When the engine cannot be reached or refuses; [`EngineError::OffMap`] when it refuses
    /// because one of the places is near no road of its map, [`EngineError::TooLarge`] because
    /// there are too many.
    fn block(&self, origins: &[&Place], destinations: &[&Place]) -> Result<Block, EngineError>;
}

/// The answer to one request.
#[derive(Debug, Clone, PartialEq)]
pub struct Block {
    /// Trips by origin, then destination.
    pub trips: Vec<Vec<Option<RoadTrip>>>,
    /// How each origin met the road.
    pub snaps: Vec<SnapDistance>,
}

/// Asks an engine for all ordered pairs. `progress` hears the requests done and to do.
///
/// Blocks that it finds too large are made smaller. A place off the engine's map makes some engines refuse a whole block: the places are then
/// tried one by one, and those off the map left out. Others join it to the nearest road, however far: those beyond
/// [`SNAP_LIMIT_M`](super::trip_table::SNAP_LIMIT_M) are left out too.
///
/// # Errors
/// Those of [`MatrixEngine::block`], but [`EngineError::OffMap`].
pub fn ask(
    engine: &impl MatrixEngine,
    places: &[Place],
    mut progress: impl FnMut(usize, usize),
) -> Result<TripTable, EngineError> {
    let everywhere: Vec<usize> = (0..places.len()).collect();
    let mut table = match ask_among(engine, places, &everywhere, &mut progress) {
        Err(EngineError::OffMap) => {
            let reached = on_map(engine, places)?;
            ask_among(engine, places, &reached, &mut progress)
        }
        answer => answer,
    }?;
    table.leave_out_far_places();
    Ok(table)
}

fn ask_among(
    engine: &impl MatrixEngine,
    places: &[Place],
    reached: &[usize],
    progress: &mut impl FnMut(usize, usize),
) -> Result<TripTable, EngineError> {
    for size in BLOCKS {
        match ask_by(size, engine, places, reached, progress) {
            Err(EngineError::TooLarge) => {}
            answer => return answer,
        }
    }
    Err(EngineError::TooLarge)
}

fn ask_by(
    size: usize,
    engine: &impl MatrixEngine,
    places: &[Place],
    reached: &[usize],
    progress: &mut impl FnMut(usize, usize),
) -> Result<TripTable, EngineError> {
    let mut table = TripTable::empty(places.len());
    table.snaps.fill(SnapDistance::OffMap);
    let blocks: Vec<&[usize]> = reached.chunks(size).collect();
    let total = blocks.len() * blocks.len();
    let at = |indices: &[usize]| indices.iter().map(|&index| &places[index]).collect::<Vec<_>>();
    for (row, origins) in blocks.iter().enumerate() {
        for (column, destinations) in blocks.iter().enumerate() {
            let block = engine.block(&at(origins), &at(destinations))?;
            for (&from, (trips, &snap)) in origins.iter().zip(block.trips.iter().zip(&block.snaps))
            {
                table.snaps[from] = snap;
                for (&to, &trip) in destinations.iter().zip(trips) {
                    table.trips[from][to] = trip;
                }
            }
            progress(row * blocks.len() + column + 1, total);
        }
    }
    Ok(table)
}

fn on_map(engine: &impl MatrixEngine, places: &[Place]) -> Result<Vec<usize>, EngineError> {
    let mut reached = Vec::new();
    for (index, place) in places.iter().enumerate() {
        match engine.block(&[place], &[place]) {
            Ok(_) => reached.push(index),
            Err(EngineError::OffMap) => {}
            Err(error) => return Err(error),
        }
    }
    Ok(reached)
}
