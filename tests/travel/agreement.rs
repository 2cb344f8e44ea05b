//! Our times against Valhalla's on Andorra, all pairs of 50 places.
//!
//! Slow and online (builds a real engine with pip): run it with
//! `cargo test --test tests agreement -- --ignored --nocapture`.

use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use maillage::travel::engines::{HttpClient, Patience, Valhalla, ask};
use maillage::travel::roads::{RoadExtract, RoadMap, RoadProfile, trip_table};
use maillage::travel::{EstimateFactors, Place, TravelMatrix, accuracy};
use rand::prelude::*;
use rand_chacha::ChaCha8Rng;

use super::place;
use crate::common::{shared, skipped};

const PLACES: usize = 50;
const SEED: u64 = 2026;

#[test]
#[ignore = "builds a Valhalla engine with pip"]
fn differs_from_valhalla_by_less_than_a_tenth_in_the_median() {
    let Some(extract) = shared("data/osm/andorra-2024.osm.pbf") else { return };
    let Some(engine) = Engine::start(&extract) else { return };
    let roads = RoadExtract::read(&extract, &RoadProfile::default()).expect("a proper extract");
    let map = RoadMap::from_extract(&roads);
    let places = drawn_places(&map);
    let estimate = TravelMatrix::estimate(&places, &EstimateFactors::default());
    let (mut ours, mut theirs) = (estimate.clone(), estimate.clone());
    assert_eq!(ours.take(&trip_table(&map, &places)), [], "every pair has a road");
    let client = HttpClient::new(&engine.url, Patience::default()).expect("an address");
    let answer = ask(&Valhalla::new(client), &places, |_, _| {}).expect("an answer");
    theirs.take(&answer);
    let accuracy = accuracy::compare(&ours, &theirs).expect("common pairs");
    eprintln!("ours against Valhalla: {accuracy:?}");
    let error = accuracy::compare(&estimate, &theirs).expect("common pairs");
    eprintln!("the estimate against Valhalla: {error:?}");
    assert!(accuracy.pairs > 2000);
    assert!(accuracy.median < 0.10, "median {}", accuracy.median);
}

/// Places at junctions of the map, drawn by a fixed seed.
fn drawn_places(map: &RoadMap) -> Vec<Place> {
    let mut random = ChaCha8Rng::seed_from_u64(SEED);
    let ends: Vec<_> = map.segments.iter().filter(|segment| segment.stops).collect();
    let drawn = ends.sample(&mut random, PLACES);
    drawn
        .enumerate()
        .map(|(index, segment)| {
            let at = map.shape(segment)[0].point();
            place(&format!("P{index}"), at.y(), at.x())
        })
        .collect()
}

/// A Valhalla service on loopback; ends with the test.
struct Engine {
    url: String,
    service: Child,
}

impl Drop for Engine {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.service.kill().and_then(|()| self.service.wait());
    }
}

impl Engine {
    /// Fetches pyvalhalla, builds tiles and serves them; `None`, said aloud, where that cannot be
    /// done.
    fn start(extract: &Path) -> Option<Self> {
        let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("valhalla");
        let package = folder.join("package/valhalla");
        if !package.exists() && !fetch(&folder) {
            skipped("pyvalhalla cannot be fetched here");
            return None;
        }
        let port = TcpListener::bind("127.0.0.1:0").ok()?.local_addr().ok()?.port();
        let run = |program: &Path| {
            let mut command = Command::new(program);
            command.current_dir(&folder).stderr(Stdio::null());
            command
        };
        let config = run(Path::new("python3"))
            .arg(package.join("valhalla_build_config.py"))
            .args(["--mjolnir-tile-dir", "tiles"])
            .args(["--httpd-service-listen", &format!("tcp://127.0.0.1:{port}")])
            .output()
            .ok()?;
        std::fs::write(folder.join("config.json"), config.stdout).ok()?;
        let extract = extract.canonicalize().ok()?;
        let tiles = run(&package.join("bin/valhalla_build_tiles"))
            .args(["-c", "config.json"])
            .arg(extract)
            .output();
        assert!(tiles.is_ok_and(|built| built.status.success()), "tiles are built");
        let service = run(&package.join("bin/valhalla_service"))
            .args(["config.json", "1"])
            .stdout(Stdio::null())
            .spawn()
            .ok()?;
        std::thread::sleep(Duration::from_secs(3));
        Some(Self { url: format!("http://127.0.0.1:{port}"), service })
    }
}

/// Takes the programs out of the wheel, which any Python can then leave unimported.
fn fetch(folder: &Path) -> bool {
    let done = |program: &Path, arguments: &[&str]| {
        let status = Command::new(program).args(arguments).current_dir(folder).output();
        status.is_ok_and(|output| output.status.success())
    };
    let python = Path::new("python3");
    let wheel = ["--python-version", "3.12", "--only-binary", ":all:", "--no-deps", "-d", "wheel"];
    let fetched = std::fs::create_dir_all(folder).is_ok()
        && done(python, &["-m", "venv", "--clear", "venv"])
        && done(
            &folder.join("venv/bin/pip"),
            &[&["download", "pyvalhalla>=3.6"], &wheel[..]].concat(),
        );
    let Some(file) = std::fs::read_dir(folder.join("wheel"))
        .ok()
        .and_then(|mut files| files.next()?.ok())
        .filter(|_| fetched)
    else {
        return false;
    };
    let file = file.path().display().to_string();
    done(python, &["-m", "zipfile", "-e", &file, "package"])
        && done(Path::new("chmod"), &["-R", "+x", "package/valhalla/bin"])
}
