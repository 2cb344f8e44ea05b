//! `maillage controler` on files.

use std::fs;
use std::path::PathBuf;

use assert_cmd::Command;
use maillage::domain::{Dossier, Uai};
use maillage::import::{read_dossier, write_dossier};
use predicates::str::contains;

use super::small::{dossier, valid_json};

/// The short codes of the small dossier, which no import would accept.
const CODES: [&str; 12] = ["C1", "E1", "E2", "E9", "L1", "L2", "C2", "C3", "L3", "C4", "C5", "C6"];

/// A right UAI for a short code; other texts stay.
fn uai(code: &str) -> String {
    let rank = (790_001..).zip(CODES).find(|(_, one)| *one == code);
    rank.map_or_else(|| code.to_owned(), |(number, _)| Uai::from_number(number).to_string())
}

fn with_right_codes(dossier: &mut Dossier) {
    for row in &mut dossier.establishments {
        row.commune_code = match row.commune.as_str() {
            "Ville" if row.commune_code.is_empty() => "79001".into(),
            "Hameau" => "79002".into(),
            "Bourg" => "79003".into(),
            _ => row.commune_code.clone(),
        };
        row.network = row.network.as_deref().map(uai);
        row.uai = uai(&row.uai);
    }
    for post in &mut dossier.posts {
        post.residence = post.residence.as_deref().map(uai);
    }
    for trip in &mut dossier.trips {
        (trip.from, trip.to) = (uai(&trip.from), uai(&trip.to));
    }
    dossier.current.iter_mut().for_each(|row| row.uai = uai(&row.uai));
    dossier.decisions.iter_mut().for_each(|row| row.uai = uai(&row.uai));
    dossier.affinities.iter_mut().for_each(|row| row.uai = uai(&row.uai));
}

/// A folder with the dossier, and the plan with the digests of its files.
fn files() -> (tempfile::TempDir, serde_json::Value) {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let mut written = dossier();
    with_right_codes(&mut written);
    write_dossier(&folder.path().join("dossier"), &written).expect("written");
    let (read, _) = read_dossier(&folder.path().join("dossier")).expect("a right dossier");
    let plan = CODES.iter().fold(valid_json().to_string(), |text, code| {
        text.replace(&format!("\"{code}\""), &format!("\"{}\"", uai(code)))
            .replace(&format!("RESEAU-{code}"), &format!("RESEAU-{}", uai(code)))
    });
    let mut plan: serde_json::Value = serde_json::from_str(&plan).expect("still JSON");
    plan["empreintes"] = serde_json::to_value(&read.digests).expect("plain data");
    (folder, plan)
}

fn controler(folder: &tempfile::TempDir, plan: &serde_json::Value) -> Command {
    let path: PathBuf = folder.path().join("plan.json");
    fs::write(&path, plan.to_string()).expect("written");
    let mut command = Command::cargo_bin("maillage").expect("the program");
    command.arg("controler").arg(folder.path().join("dossier")).arg(path);
    command
}

#[test]
fn says_that_a_right_plan_is_right() {
    let (folder, plan) = files();
    let sentence = contains("Plan conforme\u{A0}: 12 règles vérifiées et");
    controler(&folder, &plan).assert().code(0).stdout(sentence);
}

#[test]
fn ends_with_6_and_names_what_is_wrong() {
    let (folder, mut plan) = files();
    plan["affectations"][0]["poste"] = "P9".into();
    controler(&folder, &plan).assert().code(6).stdout(contains("P9, qui n'existe pas"));
    let output = controler(&folder, &plan).arg("--json").assert().code(6);
    let document: serde_json::Value =
        serde_json::from_slice(&output.get_output().stdout).expect("one document");
    assert_eq!(document["conforme"], false);
    assert_eq!(document["constats"][0]["regle"], "H1");
}

#[test]
fn refuses_what_is_no_plan() {
    let (folder, _) = files();
    controler(&folder, &serde_json::json!({"version": 1})).assert().code(3);
}
