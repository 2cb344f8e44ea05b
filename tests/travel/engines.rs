//! The OSRM protocol against a stand-in on loopback.

use std::time::{Duration, Instant};

use maillage::travel::engines::{HttpClient, Osrm, Patience, ask};
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
fn leaves_out_a_place_that_the_engine_joins_to_a_road_far_away() {
    let stub = StubOsrm::start(Mood::Good);
    let mut places = places(4);
    places[2].latitude = -1.0;
    let table = ask(&osrm(&stub.url), &places, |_, _| {}).expect("an answer");
    assert_eq!(table.snaps[2], SnapDistance::OffMap);
    assert_eq!((table.trips[0][2], table.trips[2][0]), (None, None));
    assert!(table.trips[0][3].is_some());
}

#[test]
fn asks_again_when_the_engine_is_overloaded() {
    let stub = StubOsrm::start(Mood::Overloaded(2));
    assert!(ask(&osrm(&stub.url), &places(2), |_, _| {}).is_ok());
    assert_eq!(stub.requests(), 3);
}

#[test]
fn waits_as_long_as_a_busy_engine_asks() {
    let stub = StubOsrm::start(Mood::Throttled);
    let start = Instant::now();
    assert!(ask(&osrm(&stub.url), &places(2), |_, _| {}).is_ok());
    assert!(start.elapsed() >= Duration::from_secs(1), "{:?}", start.elapsed());
}

/// What the user reads of an engine in this mood, and how many times it was asked.
fn message(mood: Mood) -> (String, usize) {
    let stub = StubOsrm::start(mood);
    let error = ask(&osrm(&stub.url), &places(3), |_, _| {}).expect_err("no proper answer");
    (error.to_string(), stub.requests())
}

#[test]
fn says_clearly_what_went_wrong_and_insists_where_that_may_help() {
    for (mood, said, requests) in [
        (Mood::Overloaded(9), "répond par une erreur (code 503, 3 essais)", 3),
        (Mood::Failing(500), "(code 500 : out of memory, 3 essais)", 3),
        (Mood::Failing(429), "(code 429 : out of memory, 3 essais)", 3),
        (Mood::Failing(403), "refuse la demande (code 403 : out of memory)", 1),
        (Mood::AnotherServer, "ce n'est pas du JSON : « <html>Bonjour</html> »", 1),
        (Mood::Empty, "réponse vide", 1),
        (Mood::NotHttp, "ce qui répond n'est pas du HTTP", 3),
        (Mood::Cut, "réponse interrompue", 3),
        (Mood::Moved, "renvoie vers une autre adresse (http://192.0.2.1/table)", 1),
        (Mood::Partial, "table incomplète", 1),
        (Mood::Old, "champ absent ou d'un autre type : missing field `distances`", 1),
        (Mood::Limit(1), "refuse même deux lieux à la fois", 3),
    ] {
        let (message, asked) = message(mood);
        assert!(message.contains(said), "{mood:?}: {message}");
        assert_eq!(asked, requests, "{mood:?}");
    }
}

#[test]
fn reads_a_compressed_answer() {
    let stub = StubOsrm::start(Mood::Gzip);
    let table = ask(&osrm(&stub.url), &places(2), |_, _| {}).expect("an answer");
    assert!(table.trips[0][1].is_some());
}

#[test]
fn asks_an_engine_behind_an_address_of_version_6() {
    let Some(stub) = StubOsrm::start_at("[::1]:0", Mood::Good) else {
        eprintln!("SKIPPED: no IPv6 on this machine");
        return;
    };
    assert!(ask(&osrm(&stub.url), &places(2), |_, _| {}).is_ok());
}

#[test]
fn makes_its_questions_smaller_for_an_engine_with_a_lower_limit() {
    let stub = StubOsrm::start(Mood::Limit(20));
    let table = ask(&osrm(&stub.url), &places(25), |_, _| {}).expect("an answer");
    assert!(table.trips.iter().flatten().all(Option::is_some));
    assert_eq!(stub.requests(), 1 + 9);
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
fn refuses_an_address_that_is_not_of_the_web() {
    for address in ["localhost:5000", "ftp://serveur", "http://", "http://a b", "http://a/?x=1"] {
        let error = HttpClient::new(address, PATIENCE).expect_err(address);
        assert!(error.to_string().contains("http://serveur:5000"), "{error}");
    }
}
