//! `maillage exporter`, on a dossier and a plan on disk.

use std::fs;
use std::path::{Path, PathBuf};

use assert_cmd::Command;
use predicates::str::contains;

/// Two colleges and a post: solved at once.
const DOSSIER: [(&str, &str); 4] = [
    (
        "etablissements.csv",
        "uai;nom;type;commune;latitude;longitude;effectif;categories;bassin\n\
         0319001R;Collège des Acacias;COLLEGE;Clairval;43,60;1,44;540;REP;Nord\n\
         0319002S;Collège des Bruyères;COLLEGE;Montfleuri;43,62;1,40;310;AUCUNE;Nord\n",
    ),
    ("postes.csv", "poste;agent;quotite;residence\nAS-01;Alice Martin;1;0319001R\n"),
    ("conseillers.csv", "conseiller;bassin;references_max\n"),
    (
        "scenario.toml",
        "nom = \"Essai\"\nrentree = 2026\ndepartement = \"31\"\nprofil = \"circulaire-2017\"\n",
    ),
];

/// A dossier folder and its plan folder.
fn folders(parent: &Path) -> (PathBuf, PathBuf) {
    let [dossier, plan] = ["dossier", "plan"].map(|name| parent.join(name));
    fs::create_dir(&dossier).expect("created");
    for (name, text) in DOSSIER {
        fs::write(dossier.join(name), text).expect("written");
    }
    let mut command = Command::cargo_bin("maillage").expect("the program is built");
    command.arg("resoudre").arg(&dossier).arg("-o").arg(&plan).assert().success();
    (dossier, plan)
}

fn maillage(arguments: &[&Path]) -> Command {
    let mut command = Command::cargo_bin("maillage").expect("the program is built");
    command.arg("exporter").args(arguments);
    command
}

#[test]
fn every_format_is_written_where_asked_or_beside_the_plan() {
    let parent = tempfile::tempdir().expect("a temporary folder");
    let (dossier, plan) = folders(parent.path());
    let wanted = parent.path().join("ici.xlsx");
    maillage(&[&dossier, &plan]).args(["--format", "xlsx", "-o"]).arg(&wanted).assert().success();
    assert!(wanted.is_file());
    for (format, name) in [("ods", "plan.ods"), ("publipostage", "publipostage.csv")] {
        maillage(&[&dossier, &plan]).args(["--format", format]).assert().success();
        assert!(plan.join(name).is_file(), "{name}");
    }
    maillage(&[&dossier, &plan.join("plan.json")]).args(["--format", "csv"]).assert().success();
    assert!(plan.join("tableaux/secteurs.csv").is_file());
}

#[test]
fn names_can_be_taken_out_and_a_changed_dossier_is_told() {
    let parent = tempfile::tempdir().expect("a temporary folder");
    let (dossier, plan) = folders(parent.path());
    let scenario = dossier.join("scenario.toml");
    let text = fs::read_to_string(&scenario).expect("read");
    fs::write(&scenario, format!("{text}\n# relu\n")).expect("written");
    maillage(&[&dossier, &plan])
        .args(["--format", "html", "--sans-noms"])
        .assert()
        .success()
        .stderr(contains("Le dossier a changé"));
    let report = fs::read_to_string(plan.join("rapport.html")).expect("read");
    assert!(!report.contains("Alice Martin"));
}

#[test]
fn a_plan_that_cannot_be_read_is_invalid_input() {
    let parent = tempfile::tempdir().expect("a temporary folder");
    let (dossier, plan) = folders(parent.path());
    fs::write(plan.join("plan.json"), "{}").expect("written");
    maillage(&[&dossier, &plan])
        .args(["--format", "csv"])
        .assert()
        .code(3)
        .stderr(contains("n'est pas un fichier de plan"));
}
