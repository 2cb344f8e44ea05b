//! The table service of OSRM, version 1 of its protocol (project-osrm.org, "Table service").

use serde::Deserialize;

use super::http::{EngineError, HttpClient};
use super::{Block, MatrixEngine};
use crate::travel::Place;
use crate::travel::trip_table::{RoadTrip, SnapDistance};

/// A running `osrm-routed`, any version with distance annotations (5.18, 2018, or later).
#[derive(Debug)]
pub struct Osrm {
    client: HttpClient,
}

#[derive(Deserialize)]
struct Table {
    /// Seconds, `null` where there is no route.
    durations: Vec<Vec<Option<f64>>>,
    /// Metres, likewise.
    distances: Vec<Vec<Option<f64>>>,
    sources: Vec<Waypoint>,
}

#[derive(Deserialize)]
struct Waypoint {
    /// Metres from the place to the road; absent from old versions.
    distance: Option<f64>,
}

impl Osrm {
    /// An engine behind a client.
    #[must_use]
    pub fn new(client: HttpClient) -> Self {
        Self { client }
    }
}

impl MatrixEngine for Osrm {
    fn block(&self, origins: &[&Place], destinations: &[&Place]) -> Result<Block, EngineError> {
        let answer = self.client.get(&path(origins, destinations))?;
        let field = |name| answer.body.get(name).and_then(|value| value.as_str()).unwrap_or("");
        match field("code") {
            "Ok" => {}
            "NoSegment" => return Err(EngineError::OffMap),
            "TooBig" => return Err(EngineError::TooLarge),
            "" if answer.status >= 400 => return Err(answer.refused(field("message"))),
            "" => return Err(answer.unexpected("champ « code » absent")),
            code => return Err(answer.refused(&format!("{code}, {}", field("message")))),
        }
        let incomplete = answer.unexpected("table incomplète");
        block(answer.parse()?, origins.len(), destinations.len()).ok_or(incomplete)
    }
}

/// Origins come first among the coordinates, then destinations; longitude before latitude.
fn path(origins: &[&Place], destinations: &[&Place]) -> String {
    let coordinate = |place: &&Place| format!("{:.6},{:.6}", place.longitude, place.latitude);
    let all: Vec<String> = origins.iter().chain(destinations).map(coordinate).collect();
    let indices = |range: std::ops::Range<usize>| {
        range.map(|index| index.to_string()).collect::<Vec<_>>().join(";")
    };
    format!(
        "/table/v1/driving/{}?annotations=duration,distance&sources={}&destinations={}",
        all.join(";"),
        indices(0..origins.len()),
        indices(origins.len()..all.len()),
    )
}

/// The block, when the table has one row per origin and one cell per destination.
fn block(table: Table, rows: usize, columns: usize) -> Option<Block> {
    let square = |cells: &[Vec<Option<f64>>]| {
        cells.len() == rows && cells.iter().all(|row| row.len() == columns)
    };
    if !square(&table.durations) || !square(&table.distances) || table.sources.len() != rows {
        return None;
    }
    let trip = |(seconds, metres): (&Option<f64>, &Option<f64>)| {
        Some(RoadTrip { seconds: (*seconds)?, metres: (*metres)? })
    };
    let lines = table.durations.iter().zip(&table.distances);
    Some(Block {
        trips: lines
            .map(|(durations, distances)| durations.iter().zip(distances).map(trip).collect())
            .collect(),
        snaps: table
            .sources
            .iter()
            .map(|source| source.distance.map_or(SnapDistance::Unknown, SnapDistance::Metres))
            .collect(),
    })
}
