//! The time-distance matrix of Valhalla (valhalla.github.io, "Matrix service").

use serde::Deserialize;
use serde_json::{Value, json};

use super::http::{Answer, EngineError, HttpClient};
use super::{Block, MatrixEngine};
use crate::travel::Place;
use crate::travel::trip_table::{RoadTrip, SnapDistance};

/// `error_code` of a block with a place near no road: "Locations are in unconnected regions" and
/// "No suitable edges near location".
const OFF_MAP: [u64; 2] = [170, 171];

/// `error_code` of a block beyond the limits of the service: "Exceeded max locations".
const TOO_LARGE: u64 = 150;

/// A running `valhalla_service`.
#[derive(Debug)]
pub struct Valhalla {
    client: HttpClient,
}

#[derive(Deserialize)]
struct Matrix {
    sources_to_targets: Vec<Vec<Cell>>,
}

#[derive(Deserialize)]
struct Cell {
    /// Seconds, `null` where there is no route.
    time: Option<f64>,
    /// Kilometres, likewise.
    distance: Option<f64>,
    /// Where the trip leaves the place, on the road; absent from old versions.
    begin_lat: Option<f64>,
    begin_lon: Option<f64>,
}

impl Valhalla {
    /// An engine behind a client.
    #[must_use]
    pub fn new(client: HttpClient) -> Self {
        Self { client }
    }
}

impl MatrixEngine for Valhalla {
    fn block(&self, origins: &[&Place], destinations: &[&Place]) -> Result<Block, EngineError> {
        let question = json!({
            "sources": locations(origins),
            "targets": locations(destinations),
            "costing": "auto",
            "units": "kilometers",
        });
        let answer = self.client.post("/sources_to_targets", &question)?;
        if answer.status >= 400 {
            return Err(refusal(&answer));
        }
        let incomplete = answer.unexpected("matrice incomplète");
        block(&answer.parse()?, origins, destinations.len()).ok_or(incomplete)
    }
}

fn locations(places: &[&Place]) -> Vec<Value> {
    places.iter().map(|place| json!({"lat": place.latitude, "lon": place.longitude})).collect()
}

fn refusal(answer: &Answer) -> EngineError {
    let code = answer.body.get("error_code").and_then(Value::as_u64);
    if code.is_some_and(|code| OFF_MAP.contains(&code)) {
        return EngineError::OffMap;
    }
    if code == Some(TOO_LARGE) {
        return EngineError::TooLarge;
    }
    answer.refused(answer.body.get("error").and_then(Value::as_str).unwrap_or("sans explication"))
}

/// The block, when the matrix has one row per origin and one cell per destination.
fn block(matrix: &Matrix, origins: &[&Place], columns: usize) -> Option<Block> {
    let cells = &matrix.sources_to_targets;
    if cells.len() != origins.len() || cells.iter().any(|row| row.len() != columns) {
        return None;
    }
    let trip =
        |cell: &Cell| Some(RoadTrip { seconds: cell.time?, metres: cell.distance? * 1000.0 });
    Some(Block {
        trips: cells.iter().map(|row| row.iter().map(trip).collect()).collect(),
        snaps: origins.iter().zip(cells).map(|(origin, row)| snap(origin, row)).collect(),
    })
}

fn snap(origin: &Place, row: &[Cell]) -> SnapDistance {
    let start = row.iter().find_map(|cell| cell.begin_lat.zip(cell.begin_lon));
    start.map_or(SnapDistance::Unknown, |(latitude, longitude)| {
        let road = Place { latitude, longitude, ..origin.clone() };
        SnapDistance::Metres(origin.distance_m(&road))
    })
}
