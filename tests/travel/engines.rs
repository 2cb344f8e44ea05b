//! The OSRM protocol against a stand-in on loopback.

use std::time::Duration;

use maillage::travel::engines::{EngineError, HttpClient, Osrm, Patience, ask};
use maillage::travel::{Place, SnapDistance};

use super::place;
use super::stub_osrm::{Mood, StubOsrm};

/// Quick enough for tests.
const PATIENCE: Patience =
    Patience { timeout: Duration::from_millis(1500), attempts: 3, pause: Duration::from_millis(1) };

fn osrm(url: &str) -> Osrm {
    Osrm::new(HttpClient::new(url, PATIENCE).expect("an address"))
}

fn places(count: usize) -> Vec<Place> {
    let at = |index: usize| {
        place(&format!("P{index}"), 43.0 + 0.01 * index as f64, 1.0 + 0.003 * index as f64)
    };
    (0..count).map(at).collect()
}

#[test]
fn asks_in_blocks_and_puts_every_pair_in_its_cell() {
    let stub = StubOsrm::start(Mood::Good);
    let places = places(120);
    let mut heard = Vec::new();
    let table = ask(&osrm(&stub.url), &places, |done, total| heard.push((done, total)));
    let table = table.expect("an answer");
    assert_eq!(stub.requests(), 9, "three blocks of 50, 50 and 20 each way");
    assert_eq!(heard.last(), Some(&(9, 9)));
    for (from, to) in [(0, 119), (119, 0), (49, 50), (70, 3)] {
        let steps = from.max(to) as f64 - from.min(to) as f64;
        let metres = steps * 0.013 * 111_195.0;
        let trip = table.trips[from][to].expect("a road leads");
        assert!((trip.metres - metres).abs() < 1.0, "{from} to {to}: {} m", trip.metres);
        assert!((trip.seconds - metres / 15.0).abs() < 0.1);
    }
    assert_eq!(table.snaps[7], SnapDistance::Metres(12.5));
}

#[test]
fn leaves_a_pair_without_road_empty() {
    let stub = StubOsrm::start(Mood::Good);
    let places = [place("east", 43.0, 1.0), place("west", 43.0, -1.0)];
    let table = ask(&osrm(&stub.url), &places, |_, _| {}).expect("an answer");
    assert_eq!(table.trips[0][1], None);
}

#[test]
fn finds_the_places_off_the_map_and_goes_on_without_them() {
    let stub = StubOsrm::start(Mood::Good);
    let mut places = places(4);
    places[2].latitude = 70.0;
    let table = ask(&osrm(&stub.url), &places, |_, _| {}).expect("an answer");
    assert_eq!(table.snaps[2], SnapDistance::OffMap);
    assert_eq!(table.trips[0][2], None);
    assert!(table.trips[0][3].is_some());
}

#[test]
fn asks_again_when_the_engine_is_overloaded() {
    let stub = StubOsrm::start(Mood::Overloaded(2));
    assert!(ask(&osrm(&stub.url), &places(2), |_, _| {}).is_ok());
    assert_eq!(stub.requests(), 3);
}

#[test]
fn gives_up_after_the_tries_agreed() {
    let stub = StubOsrm::start(Mood::Overloaded(9));
    let error = ask(&osrm(&stub.url), &places(2), |_, _| {}).expect_err("always busy");
    assert!(matches!(error, EngineError::Unreachable { attempts: 3, .. }), "{error}");
}

#[test]
fn does_not_wait_for_ever() {
    let stub = StubOsrm::start(Mood::Silent);
    let patience = Patience { timeout: Duration::from_millis(200), attempts: 1, ..PATIENCE };
    let engine = Osrm::new(HttpClient::new(&stub.url, patience).expect("an address"));
    let error = ask(&engine, &places(2), |_, _| {}).expect_err("silence");
    assert!(error.to_string().contains("délai dépassé"), "{error}");
}

#[test]
fn says_when_nobody_listens_there() {
    let error = ask(&osrm("http://127.0.0.1:9"), &places(2), |_, _| {}).expect_err("nobody");
    assert!(error.to_string().contains("vérifiez"), "{error}");
}

#[test]
fn says_when_another_server_answers() {
    let stub = StubOsrm::start(Mood::AnotherServer);
    let error = ask(&osrm(&stub.url), &places(2), |_, _| {}).expect_err("a web page");
    assert!(matches!(error, EngineError::Unexpected { .. }), "{error}");
}

#[test]
fn refuses_an_address_that_is_not_of_the_web() {
    let error = HttpClient::new("localhost:5000", PATIENCE).expect_err("no scheme");
    assert!(error.to_string().contains("http://"), "{error}");
}
