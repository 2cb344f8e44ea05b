//! The main job through the public command, on the demonstration and on real open data.

use std::path::Path;
use std::process::Output;

use assert_cmd::Command;
use maillage::domain::{Plan, Status};
use maillage::export::read_plan;
use maillage::import::write_dossier;
use serde_json::Value;

use crate::common::{poitiers, shared};

mod stop;

fn maillage(arguments: &[&str]) -> Output {
    Command::cargo_bin("maillage")
        .expect("the program is built")
        .args(arguments)
        .output()
        .expect("the program runs")
}

fn text(path: &Path) -> &str {
    path.to_str().expect("a temporary path is text")
}

fn succeeded(output: &Output) -> &Output {
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    output
}

/// A bound that the objective respects, and a status that says how it is proven.
fn assert_is_proven(plan: &Plan, gap: f64) {
    assert!(plan.objectif <= plan.borne);
    assert!(plan.ecart <= gap, "gap {}", plan.ecart);
    assert!(matches!(plan.statut, Status::Optimal | Status::EcartAtteint));
}

#[test]
fn the_demonstration_is_proven_and_the_same_with_one_thread_and_with_two() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let plans = ["1", "2"].map(|threads| {
        let output = folder.path().join(threads);
        let arguments = ["demo", "-o", text(&output), "--fils", threads, "--ecart", "2%"];
        succeeded(&maillage(&arguments));
        output.join("plan")
    });
    for name in ["plan.json", "etablissements.csv", "secteurs.csv", "charges.csv", "synthese.csv"] {
        let [one, two] = plans.each_ref().map(|plan| std::fs::read(plan.join(name)).expect(name));
        assert!(one == two, "{name} depends on the number of threads");
    }
    assert_is_proven(&read_plan(&plans[0]).expect("the plan can be read"), 0.02);
}

#[test]
fn the_real_deux_sevres_gets_a_checked_plan_with_twelve_posts() {
    let Some(dossier) = poitiers::dossier("79", 12) else { return };
    let folder = tempfile::tempdir().expect("a temporary folder");
    let (input, output) = (folder.path().join("dossier"), folder.path().join("plan"));
    write_dossier(&input, &dossier).expect("the dossier is written");
    let arguments =
        ["resoudre", text(&input), "-o", text(&output), "--ecart", "2%", "--limite", "10min"];
    succeeded(&maillage(&arguments));
    let plan = read_plan(&output).expect("the plan can be read");
    assert_is_proven(&plan, 0.02);
    assert_eq!(plan.affectations.len(), 51);
    assert_eq!(plan.indicateurs.modalites["CONSEIL"], 0, "R13: nobody is left to advice");
    assert!(plan.postes.iter().all(|post| (1..=7).contains(&post.nombre_etablissements)));
}

#[test]
fn haute_garonne_goes_from_the_annuaire_to_a_plan_within_a_limit() {
    let files = [
        "data/annuaire/annuaire_Occitanie_2024-11.csv.gz",
        "data/ips/colleges_FR_ips_effectifs_rentree2022.csv",
        "data/ips/lycees_FR_ips_effectifs_rentree2022.csv",
        "data/communes/typologie_rurale_2021.csv",
    ];
    let [Some(annuaire), Some(colleges), Some(lycees), Some(rural)] = files.map(shared) else {
        return;
    };
    let folder = tempfile::tempdir().expect("a temporary folder");
    let (input, output) = (folder.path().join("dossier"), folder.path().join("plan"));
    succeeded(&maillage(&[
        "importer",
        "annuaire",
        text(&annuaire),
        "--departement",
        "31",
        "--ips",
        text(&colleges),
        "--ips",
        text(&lycees),
        "--rural",
        text(&rural),
        "--etp",
        "45",
        "-o",
        text(&input),
    ]));
    succeeded(&maillage(&["verifier", text(&input)]));
    let arguments = [
        "resoudre",
        text(&input),
        "-o",
        text(&output),
        "--ecart",
        "5%",
        "--limite",
        "15min",
        "--json",
    ];
    let solved = maillage(&arguments);
    let document: Value =
        serde_json::from_slice(&succeeded(&solved).stdout).expect("one JSON document on stdout");
    let plan = read_plan(&output).expect("the plan can be read");
    assert_eq!(document["objectif"], plan.objectif);
    assert!(plan.objectif > 0 && plan.objectif <= plan.borne);
    assert_eq!(plan.indicateurs.modalites.values().sum::<u32>(), 172);
    assert!(output.join("rapport.html").is_file());
    succeeded(&maillage(&["controler", text(&input), text(&output)]));
}

#[test]
fn a_limit_ends_with_a_plan_or_says_that_there_is_none_yet() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let output = maillage(&["demo", "-o", text(folder.path()), "--limite", "1s"]);
    let plan = folder.path().join("plan");
    match output.status.code() {
        Some(0) => {
            let plan = read_plan(&plan).expect("the plan can be read");
            assert!(plan.objectif <= plan.borne);
        }
        Some(5) => assert!(!plan.exists(), "no plan, no folder"),
        other => panic!("{other:?}: {}", String::from_utf8_lossy(&output.stderr)),
    }
}

#[test]
fn a_wrong_command_is_told_in_french_with_its_code() {
    let output = maillage(&["resoudr"]);
    assert_eq!(output.status.code(), Some(2));
    let message = String::from_utf8(output.stderr).expect("UTF-8");
    assert!(message.contains("Vouliez-vous dire «\u{A0}resoudre\u{A0}»\u{A0}?"), "{message}");
}
