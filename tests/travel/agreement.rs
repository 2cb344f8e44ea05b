//! `maillage trajets` on Andorra, all pairs of 50 places: our times against those of real engines.
//!
//! Slow and online (the engines come from PyPI): run them with
//! `cargo test --test tests travel::agreement -- --ignored --nocapture`.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::Path;

use maillage::import::read_dossier;
use maillage::travel::roads::{RoadExtract, RoadMap, RoadProfile};
use maillage::travel::{EstimateFactors, Place, Source, TravelMatrix, Trip, accuracy};
use rand::prelude::*;
use rand_chacha::ChaCha8Rng;

use super::place;
use super::real_engine::Engine;
use super::stand::{Stand, document, uai};
use crate::common::shared;

const PLACES: usize = 50;
const SEED: u64 = 2026;

#[test]
#[ignore = "fetches Valhalla from PyPI"]
fn differs_from_valhalla_by_less_than_a_tenth_in_the_median() {
    let Some(extract) = shared("data/osm/andorra-2024.osm.pbf") else { return };
    let Some(engine) = Engine::valhalla(&extract.canonicalize().expect("it exists")) else {
        return;
    };
    let median = difference(&extract, "--valhalla", &engine);
    assert!(median < 0.10, "median {median}");
}

#[test]
#[ignore = "fetches OSRM from PyPI"]
fn differs_from_osrm_by_less_than_a_fifth_in_the_median() {
    let Some(extract) = shared("data/osm/andorra-2024.osm.pbf") else { return };
    let Some(engine) = Engine::osrm(&extract.canonicalize().expect("it exists")) else { return };
    let median = difference(&extract, "--osrm", &engine);
    assert!(median < 0.20, "median {median}");
}

/// The median relative difference of our times from those of an engine, both through the command.
fn difference(extract: &Path, option: &str, engine: &Engine) -> f64 {
    let places = drawn_places(extract);
    let extract = extract.to_str().expect("a plain path");
    let (ours, _) = times(&places, &["--osm", extract]);
    let (theirs, told) = times(&places, &[option, &engine.url]);
    assert_eq!(told["hors_carte"], serde_json::json!([]));
    let accuracy = accuracy::compare(&ours, &theirs).expect("common pairs");
    eprintln!("ours against {option}: {accuracy:?}");
    eprintln!("the estimate against {option}: {}", told["erreur_estimation"]);
    assert!(accuracy.pairs > 2000);
    accuracy.median
}

/// Places at junctions of the map, drawn by a fixed seed, under names that a dossier may give.
fn drawn_places(extract: &Path) -> Vec<Place> {
    let roads = RoadExtract::read(extract, &RoadProfile::default()).expect("a proper extract");
    let map = RoadMap::from_extract(&roads);
    let mut random = ChaCha8Rng::seed_from_u64(SEED);
    let ends: Vec<_> = map.segments.iter().filter(|segment| segment.stops).collect();
    let drawn = ends.sample(&mut random, PLACES);
    drawn
        .enumerate()
        .map(|(rank, segment)| {
            let at = map.shape(segment)[0].point();
            place(&uai(rank), at.y(), at.x())
        })
        .collect()
}

/// What the command writes into a dossier of these places, and what it says.
fn times(places: &[Place], source: &[&str]) -> (TravelMatrix, serde_json::Value) {
    let mut rows = String::new();
    for Place { id, latitude, longitude, .. } in places {
        let told = format!("Lieu {id};COLLEGE;Andorre;31555;{latitude};{longitude}");
        writeln!(rows, "{id};{told};400;AUCUNE;100").expect("in memory");
    }
    let stand = Stand::of(&rows, "P1;1;;2D\n");
    let mut command = stand.trajets();
    command.args(source);
    let told = document(command, 0);
    let (dossier, _) = read_dossier(&stand.dossier()).expect("a dossier");
    let ranks: BTreeMap<&str, usize> =
        places.iter().enumerate().map(|(rank, place)| (place.id.as_str(), rank)).collect();
    let mut matrix = TravelMatrix::estimate(places, &EstimateFactors::default());
    for trip in &dossier.trips {
        let seconds = (trip.minutes * 60.0).round() as u32;
        let metres = (trip.km * 1000.0).round() as u32;
        let known = Trip { seconds, metres, source: Source::Computed };
        matrix.set(ranks[trip.from.as_str()], ranks[trip.to.as_str()], known);
    }
    (matrix, told)
}
