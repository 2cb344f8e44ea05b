//! Real extracts beside the project.

use maillage::travel::roads::{RoadExtract, RoadMap, RoadProfile, trip_table};
use maillage::travel::{EstimateFactors, SnapDistance, TravelMatrix, accuracy, plausibility};

use super::place;
use crate::common::shared;

fn map(file: &str) -> Option<RoadMap> {
    let path = shared(&format!("data/osm/{file}"))?;
    let extract = RoadExtract::read(&path, &RoadProfile::default()).expect("a proper extract");
    Some(RoadMap::from_extract(&extract))
}

#[test]
fn crosses_monaco_in_minutes() {
    let Some(map) = map("monaco-2019.osm.pbf") else { return };
    let places = [place("Fontvieille", 43.7278, 7.4146), place("Larvotto", 43.7466, 7.4330)];
    let table = trip_table(&map, &places);
    for (from, to) in [(0, 1), (1, 0)] {
        let trip = table.trips[from][to].expect("a road leads");
        assert!((180.0..900.0).contains(&trip.seconds), "{} s", trip.seconds);
        assert!((2300.0..6000.0).contains(&trip.metres), "{} m", trip.metres);
    }
}

#[test]
fn crosses_andorra_within_reason() {
    let Some(map) = map("andorra-2024.osm.pbf") else { return };
    // Andorra la Vella, Canillo, Ordino, Pas de la Casa: 40 to 60 km/h on mountain roads.
    let places = [
        place("Andorra la Vella", 42.5069, 1.5218),
        place("Canillo", 42.5663, 1.5997),
        place("Ordino", 42.5562, 1.5332),
        place("Pas de la Casa", 42.5424, 1.7335),
    ];
    let table = trip_table(&map, &places);
    assert!(table.snaps.iter().all(|snap| matches!(snap, SnapDistance::Metres(m) if *m < 100.0)));
    let mut matrix = TravelMatrix::estimate(&places, &EstimateFactors::default());
    let estimate = matrix.clone();
    assert_eq!(matrix.take(&table), []);
    assert_eq!(plausibility::check(&matrix, &places, &table.snaps), []);
    let to_the_pass = matrix.minutes(0, 3);
    assert!((28.0..45.0).contains(&to_the_pass), "{to_the_pass} min to Pas de la Casa");
    let accuracy = accuracy::compare(&estimate, &matrix).expect("twelve real pairs");
    eprintln!("Andorra, estimate against roads: {accuracy:?}");
}

#[test]
fn refuses_a_truncated_extract() {
    let Some(path) = shared("data/osm/monaco-2019.osm.pbf") else { return };
    let bytes = std::fs::read(path).expect("readable");
    let folder = tempfile::tempdir().expect("a folder");
    let cut = folder.path().join("cut.osm.pbf");
    std::fs::write(&cut, &bytes[..bytes.len() / 2]).expect("written");
    let error = RoadExtract::read(&cut, &RoadProfile::default()).expect_err("half a file");
    assert!(error.to_string().contains("téléchargement"), "{error}");
}
