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

#[cfg(test)]
mod tests {
    use super::*;

    fn places(count: usize) -> Vec<Place> {
        let place = |index: usize| Place {
            id: String::new(),
            latitude: 42.5 + 0.01 * index as f64,
            longitude: 1.5,
            rural_class: None,
        };
        (0..count).map(place).collect()
    }

    fn read(body: Value, rows: usize, columns: usize) -> Option<Block> {
        let matrix: Matrix = serde_json::from_value(body).expect("a matrix");
        let places = places(rows);
        block(&matrix, &places.iter().collect::<Vec<_>>(), columns)
    }

    fn refused(body: Value) -> EngineError {
        refusal(&Answer { url: "http://a".into(), status: 400, body })
    }

    #[test]
    fn reads_a_matrix_and_leaves_a_pair_without_route_empty() {
        let cell = json!({"time": 120, "distance": 1.5, "begin_lat": 42.501, "begin_lon": 1.5});
        let none = json!({"time": null, "distance": null, "from_index": 0, "to_index": 1});
        let found = read(json!({"sources_to_targets": [[cell, none]]}), 1, 2).expect("complete");
        let trip = RoadTrip { seconds: 120.0, metres: 1500.0 };
        assert_eq!(found.trips, [vec![Some(trip), None]]);
        let SnapDistance::Metres(metres) = found.snaps[0] else { panic!("it is said") };
        assert!((110.0..112.0).contains(&metres), "{metres} m");
    }

    #[test]
    fn refuses_a_matrix_of_another_size() {
        let row = json!([{"time": 1, "distance": 1.0}]);
        assert_eq!(read(json!({"sources_to_targets": [row]}), 2, 1), None);
        assert_eq!(read(json!({"sources_to_targets": [row, []]}), 2, 1), None);
    }

    #[test]
    fn knows_the_errors_that_have_a_remedy() {
        let code =
            |code: u64| refused(json!({"error_code": code, "error": "No path could be found"}));
        assert!(matches!(code(171), EngineError::OffMap));
        assert!(matches!(code(150), EngineError::TooLarge));
        assert!(code(442).to_string().contains("No path could be found"));
        assert!(refused(json!([])).to_string().contains("sans explication"));
    }
}
