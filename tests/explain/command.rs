//! `maillage expliquer` on the fictional departement.

use assert_cmd::Command;
use serde_json::Value;

fn maillage(arguments: &[&str]) -> assert_cmd::assert::Assert {
    Command::cargo_bin("maillage").expect("the program is built").args(arguments).assert()
}

#[test]
fn every_establishment_of_the_demonstration_is_explained() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let at = |name: &str| folder.path().join(name).display().to_string();
    let (dossier, plan) = (at("dossier"), at("plan"));
    maillage(&[
        "generer",
        "--colleges",
        "9",
        "--lycees",
        "4",
        "--postes",
        "4",
        "-o",
        &dossier,
        "--silencieux",
    ])
    .success();
    maillage(&["resoudre", &dossier, "-o", &plan, "--silencieux"]).success();
    let output =
        maillage(&["expliquer", &dossier, &plan, "--tout", "--json", "--silencieux"]).success();
    let told: Value = serde_json::from_slice(&output.get_output().stdout).expect("one document");
    let told = told["explications"].as_array().expect("a list");
    assert!(told.len() >= 10, "{} explanations", told.len());
    for one in told {
        assert!(one["sections"].as_array().is_some_and(|sections| sections.len() >= 3), "{one}");
        for other in one["modalites"].as_array().expect("a list") {
            let side = |name: &str| other["prix"][name].as_f64();
            if let (Some(least), Some(most)) = (side("au_moins"), side("au_plus")) {
                assert!(least <= most, "{other}");
            }
        }
    }
    let page = at("explications.html");
    maillage(&["expliquer", &dossier, &plan, "--tout", "-o", &page, "--sans-noms"]).success();
    let page = std::fs::read_to_string(&page).expect("a page");
    assert!(page.contains("Pourquoi ce besoin") && page.contains("· empreinte "));
    let targets: Vec<&str> =
        page.split("href=\"#").skip(1).filter_map(|rest| rest.split('"').next()).collect();
    assert_eq!(targets.len(), told.len(), "each is listed at the head");
    assert!(targets.iter().all(|target| page.contains(&format!("id=\"{target}\""))));
    maillage(&["expliquer", &dossier, &plan, "0000000X"]).code(2);
    maillage(&["expliquer", &dossier, &plan]).code(2);
}
