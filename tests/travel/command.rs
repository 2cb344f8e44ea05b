//! `maillage trajets` on a dossier of three places.

use predicates::str::contains;
use serde_json::{Value, json};

use super::stand::{Stand, document};
use super::stub_osrm::{Mood, StubOsrm};

#[test]
fn without_a_source_counts_what_is_known_and_writes_nothing() {
    let stand = Stand::new();
    let found = document(stand.trajets(), 0);
    assert_eq!(found["trajets"]["estimes"], 6);
    assert_eq!(found["trajets"]["manquants"], 4);
    assert_eq!(found["erreur_estimation"], Value::Null);
    assert_eq!(stand.trips(), None);
}

#[test]
fn writes_the_pairs_of_a_matrix_and_says_the_error_of_the_estimate() {
    let stand = Stand::new();
    let matrix = "origine;destination;minutes;km\n0310001H;0310002J;22;14,3\n\
                  0310002J;0310001H;24;14,3\n0310001H;0999999X;5;3\n";
    let counts = "2\u{A0}fournis, 2\u{A0}à pied et 2\u{A0}estimés faute de mieux";
    stand
        .with_matrix(matrix)
        .assert()
        .success()
        .stdout(contains(counts))
        .stdout(contains("en médiane"))
        .stderr(contains(
            "A1504, ligne 4, colonne «\u{A0}destination\u{A0}»\u{A0}: «\u{A0}0999999X\u{A0}»",
        ));
    let rows = "0310001H;0310002J;22;14,3;FOURNI\r\n0310002J;0310001H;24;14,3;FOURNI\r\n";
    let written = format!("\u{feff}origine;destination;minutes;km;source\r\n{rows}");
    assert_eq!(stand.trips().as_deref(), Some(written.as_str()));
    // Read back, it is what the dossier knows.
    stand.trajets().assert().success().stdout(contains(counts));
}

#[test]
fn takes_a_pair_known_one_way_for_both_and_writes_it_once() {
    let stand = Stand::new();
    let matrix = "origine;destination;minutes;km\n0310001H;0310002J;22;14,3\n";
    let found = document(stand.with_matrix(matrix), 0);
    let expected = json!({
        "fournis": 1, "calcules": 0, "repris": 1, "estimes": 4, "manquants": 2,
        "sans_distance": 0, "sans_duree": 0,
    });
    assert_eq!(found["trajets"], expected);
    assert_eq!(found["erreur_estimation"]["couples"], 1);
    assert_eq!(stand.trips().expect("written").lines().count(), 2);
}

#[test]
fn says_which_lengths_are_estimated_and_which_times_are_unknown() {
    let stand = Stand::new();
    let times = stand.write("temps.csv", "minutes;0310001H;0310002J\n0310001H;0;22\n");
    let lengths = stand.write("km.csv", "km;0310001H;0310002J\n0310001H;0;14,3\n0310003K;;14,2\n");
    let mut command = stand.trajets();
    command.arg("--matrice").arg(&times).arg("--matrice").arg(lengths);
    assert_eq!(document(command, 0)["trajets"]["sans_duree"], 1);
    let mut command = stand.trajets();
    command.arg("--matrice").arg(times);
    command.assert().success().stdout(contains("1\u{A0}trajet sans distance"));
}

#[test]
fn asks_an_osrm_engine() {
    let stand = Stand::new();
    let stub = StubOsrm::start(Mood::Good);
    let mut command = stand.trajets();
    command.args(["--osrm", &stub.url]);
    assert_eq!(document(command, 0)["trajets"]["calcules"], 4);
    let written = stand.trips().expect("written");
    assert_eq!(written.lines().count(), 5);
    assert!(written.lines().skip(1).all(|row| row.ends_with(";CALCULE")), "{written}");
}

#[test]
fn keeps_the_trips_when_an_engine_fails() {
    let stand = Stand::new();
    let before = "origine;destination;minutes;km\n0310001H;0310002J;20;13\n";
    stand.write("dossier/trajets.csv", before);
    for (option, mood) in [("--osrm", Mood::Partial), ("--valhalla", Mood::AnotherServer)] {
        let stub = StubOsrm::start(mood);
        let mut command = stand.trajets();
        command
            .args([option, &stub.url])
            .assert()
            .code(1)
            .stderr(contains("n'est pas celle du moteur"));
        assert_eq!(stand.trips().as_deref(), Some(before));
    }
}

#[test]
fn says_that_two_sources_do_not_go_together() {
    let mut command = Stand::new().trajets();
    command.args(["--osrm", "http://localhost:1", "--valhalla", "http://localhost:2"]);
    command.assert().code(2);
}

#[test]
fn takes_posts_as_ends_of_a_matrix_however_they_are_typed() {
    let stand = Stand::new();
    stand.with_matrix("origine;destination;minutes;km\np1;0310002j;22;14\n").assert().success();
    let written = stand.trips().expect("written");
    assert!(written.contains("0310001H;0310002J;22;14;"), "{written}");
}

#[test]
fn replaces_a_file_of_trips_that_cannot_be_read() {
    let stand = Stand::new();
    stand.write("dossier/trajets.csv", "origine;destination;minutes\n0310001H;0310002J;x\n");
    stand.trajets().assert().code(3).stderr(contains("E1202"));
    let good = "origine;destination;minutes;km\n0310001H;0310002J;22;14\n";
    stand.with_matrix(good).assert().success();
    stand.trajets().assert().success();
}

#[test]
fn says_at_once_that_trips_in_a_workbook_are_in_the_way() {
    let stand = Stand::new();
    stand.write("dossier/trajets.xlsx", "");
    let good = "origine;destination;minutes;km\n0310001H;0310002J;22;14\n";
    stand.with_matrix(good).assert().code(1).stderr(contains("trajets.xlsx"));
}

#[test]
fn a_source_that_is_not_there_is_told_in_french() {
    for option in ["--osm", "--facteurs", "--matrice"] {
        let stand = Stand::new();
        let mut command = stand.trajets();
        command.args([option, "absent"]).assert().code(3).stderr(contains("il n'existe pas"));
        assert_eq!(stand.trips(), None, "{option}");
    }
}
