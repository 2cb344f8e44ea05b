//! What a save leaves on disk, and what an end of the program in the middle of one does.

use std::fs;
use std::path::Path;

use assert_cmd::Command;
use predicates::prelude::PredicateBooleanExt;
use predicates::str::contains;
use serde_json::{Value, json};

use super::site::Site;

/// The state that an end of the program leaves between the moves of the tables and that of the
/// plan: the tables are new, the plan is the one before.
#[test]
fn a_plan_older_than_the_tables_is_told_and_kept_until_there_is_another() {
    let site = Site::start();
    site.post("demo", &json!({})).ok();
    solve(&site);
    site.post("enregistrer", &json!({ "nom": "Essai" })).ok();
    let (dossier, plan) = (site.folder("essai"), site.folder("essai").join("plan"));
    check(&dossier, &plan).code(0);

    let half = json!({ "ligne": 0, "colonne": "quotite", "valeur": "0,5" });
    site.write("PUT", "tables/postes", &half).ok();
    site.post("enregistrer", &json!({})).ok();
    let before = fs::read(plan.join("plan.json")).expect("the older plan stands");
    let sentence = "postes.csv a changé depuis son calcul";
    check(&dossier, &plan).code(6).stdout(contains("Plan non conforme").and(contains(sentence)));
    for command in ["expliquer", "planning"] {
        maillage(command, &dossier, &plan).assert().code(6).stderr(contains(sentence));
    }
    let opened = open(&site);
    assert!(opened["plan"].is_null());
    assert!(opened["plan_perime"].as_str().expect("a sentence").contains(sentence), "{opened}");
    assert_eq!(fs::read(plan.join("plan.json")).expect("still there"), before);

    let solved = solve(&site);
    assert!(solved["plan_perime"].is_null() && solved["plan"].is_object());
    site.post("enregistrer", &json!({})).ok();
    check(&dossier, &plan).code(0);
    assert!(open(&site)["plan"].is_object());
}

#[test]
fn a_plan_that_cannot_be_written_leaves_the_tables_as_they_were() {
    let site = Site::start();
    site.post("demo", &json!({})).ok();
    solve(&site);
    site.post("enregistrer", &json!({ "nom": "Essai" })).ok();
    let dossier = site.folder("essai");
    let posts = fs::read(dossier.join("postes.csv")).expect("saved");
    let half = json!({ "ligne": 0, "colonne": "quotite", "valeur": "0,5" });
    site.write("PUT", "tables/postes", &half).ok();
    solve(&site);
    fs::remove_dir_all(dossier.join("plan")).expect("removed");
    fs::write(dossier.join("plan"), "a file in the way").expect("written");
    assert_eq!(site.post("enregistrer", &json!({})).status, 500);
    assert_eq!(fs::read(dossier.join("postes.csv")).expect("as it was"), posts);
    assert_eq!(site.get("etat").ok()["dossier"]["enregistre"], false);
}

fn solve(site: &Site) -> Value {
    assert_eq!(site.post("resoudre", &json!({ "ecart": 0.2 })).status, 202);
    site.wait()
}

fn open(site: &Site) -> Value {
    site.post("dossiers/ouvrir", &json!({ "chemin": "essai" })).ok()
}

fn maillage(command: &str, dossier: &Path, plan: &Path) -> Command {
    let mut program = Command::cargo_bin("maillage").expect("the program");
    program.arg(command).arg(dossier).arg(plan);
    if command == "expliquer" {
        program.arg("--tout");
    }
    program
}

fn check(dossier: &Path, plan: &Path) -> assert_cmd::assert::Assert {
    maillage("controler", dossier, plan).assert()
}
