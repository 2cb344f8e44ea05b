//! `maillage trajets` on a dossier of three places.

use std::path::Path;

use assert_cmd::Command;
use predicates::str::contains;
use serde_json::Value;

use super::stub_osrm::{Mood, StubOsrm};

/// Two colleges 11 km apart and a lycee beside the first.
fn dossier() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    let write = |name: &str, text: &str| std::fs::write(folder.path().join(name), text);
    write(
        "scenario.toml",
        "nom = \"Essai\"\nrentree = 2026\ndepartement = \"31\"\nprofil = \"circulaire-2017\"\n",
    )
    .expect("written");
    write(
        "etablissements.csv",
        "uai;nom;type;commune;code_commune;latitude;longitude;effectif;categories;ips\n\
         0310001H;Collège A;COLLEGE;Toulouse;31555;43,600;1,440;400;AUCUNE;100\n\
         0310002J;Collège B;COLLEGE;Toulouse;31555;43,700;1,440;400;AUCUNE;100\n\
         0310003K;Lycée C;LEGT;Toulouse;31555;43,601;1,440;800;AUCUNE;100\n",
    )
    .expect("written");
    write("postes.csv", "poste;quotite;residence;champ\nP1;1;0310001H;2D\n").expect("written");
    folder
}

fn trajets(folder: &Path) -> Command {
    let mut command = Command::cargo_bin("maillage").expect("built");
    command.arg("trajets").arg(folder);
    command
}

fn matrix(folder: &Path, text: &str) -> std::path::PathBuf {
    let path = folder.with_extension("csv");
    std::fs::write(&path, text).expect("written");
    path
}

#[test]
fn without_a_source_counts_what_is_known_and_writes_nothing() {
    let folder = dossier();
    let done = trajets(folder.path()).arg("--json").assert().success();
    let document: Value = serde_json::from_slice(&done.get_output().stdout).expect("JSON");
    assert_eq!(document["trajets"]["a_pied"], 2);
    assert_eq!(document["trajets"]["estimes"], 4);
    assert_eq!(document["erreur_estimation"], Value::Null);
    assert!(!folder.path().join("trajets.csv").exists());
}

#[test]
fn writes_the_pairs_of_a_matrix_and_says_the_error_of_the_estimate() {
    let folder = dossier();
    let file = matrix(
        folder.path(),
        "origine;destination;minutes;km\n0310001H;0310002J;22;14,3\n0310002J;0310001H;24;14,3\n\
         0310001H;0999999X;5;3\n",
    );
    trajets(folder.path())
        .arg("--matrice")
        .arg(&file)
        .assert()
        .success()
        .stdout(contains("2 réels, 2 à pied, 2 estimés"))
        .stdout(contains("en médiane"))
        .stderr(contains("0999999X"));
    let written = std::fs::read_to_string(folder.path().join("trajets.csv")).expect("written");
    let rows = "0310001H;0310002J;22;14,3\r\n0310002J;0310001H;24;14,3\r\n";
    assert_eq!(written, format!("\u{feff}origine;destination;minutes;km\r\n{rows}"));
    // Read back, it is what the dossier knows.
    trajets(folder.path()).assert().success().stdout(contains("2 réels, 2 à pied, 2 estimés"));
}

#[test]
fn refuses_an_impossible_value_and_names_its_pair() {
    let folder = dossier();
    let file = matrix(folder.path(), "origine;destination;minutes\n0310001H;0310002J;2\n");
    trajets(folder.path())
        .arg("--matrice")
        .arg(&file)
        .assert()
        .code(3)
        .stderr(contains("de 0310001H à 0310002J"));
    assert!(!folder.path().join("trajets.csv").exists());
}

#[test]
fn asks_an_osrm_engine() {
    let folder = dossier();
    let stub = StubOsrm::start(Mood::Good);
    trajets(folder.path())
        .args(["--osrm", &stub.url, "--json"])
        .assert()
        .success()
        .stdout(contains("\"calcules\": 4"));
    let written = std::fs::read_to_string(folder.path().join("trajets.csv")).expect("written");
    assert_eq!(written.lines().count(), 5);
}

#[test]
fn says_that_two_sources_do_not_go_together() {
    let folder = dossier();
    trajets(folder.path())
        .args(["--osrm", "http://localhost:1", "--valhalla", "http://localhost:2"])
        .assert()
        .code(2);
}

#[test]
fn takes_posts_as_ends_of_a_matrix_and_names_what_it_does_not_know() {
    let folder = dossier();
    let good =
        matrix(folder.path(), "origine;destination;minutes\nP1;0310002J;22\n0319999X;P1;9\n");
    trajets(folder.path())
        .arg("--matrice")
        .arg(&good)
        .assert()
        .success()
        .stderr(contains("absents du dossier, laissés de côté : 0319999X"));
    let written = std::fs::read_to_string(folder.path().join("trajets.csv")).expect("written");
    assert!(written.contains("0310001H;0310002J;22;"), "{written}");
    let foreign = matrix(folder.path(), "origine;destination;minutes\nX;Y;22\n");
    trajets(folder.path())
        .arg("--matrice")
        .arg(&foreign)
        .assert()
        .code(3)
        .stderr(contains("aucun trajet ne relie deux lieux du dossier"));
}
