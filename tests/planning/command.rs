//! `maillage planning` through the public command.

use std::fs;

use assert_cmd::Command;
use predicates::str::contains;
use serde_json::Value;

const ESTABLISHMENTS: &str = "uai;nom;type;commune;latitude;longitude;effectif;categories;ips\n\
    0319001R;Collège des Acacias;COLLEGE;Clairval;43,60;1,44;840;REP;75\n\
    0319002S;Collège <b>Fils</b>;COLLEGE;Montfleuri;43,62;1,40;310;AUCUNE;110\n\
    0319003T;Collège des Cèdres;COLLEGE;Valserein;43,70;1,50;420;ULIS;101\n";
const POSTS: &str = "poste;agent;quotite;residence;jours_travailles;decharge_demi_journees\n\
    AS-01;Alice Martin;1;0319001R;;2\nAS-02;Zoé Petit;0,5;;lu;0\n";
const SCENARIO: &str =
    "nom = \"Essai\"\nrentree = 2026\nprofil = \"circulaire-2017\"\n[equite]\npoids = 0\n";

fn maillage(arguments: &[&str]) -> assert_cmd::assert::Assert {
    Command::cargo_bin("maillage").expect("the program is built").args(arguments).assert()
}

#[test]
fn a_plan_becomes_a_timetable_in_every_form() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let at = |name: &str| folder.path().join(name).display().to_string();
    let (dossier, plan) = (at("dossier"), at("plan"));
    fs::create_dir(&dossier).expect("created");
    let files = [("etablissements", ESTABLISHMENTS), ("postes", POSTS)];
    for (name, text) in files {
        fs::write(format!("{dossier}/{name}.csv"), text).expect("written");
    }
    fs::write(format!("{dossier}/scenario.toml"), SCENARIO).expect("written");
    maillage(&["resoudre", &dossier, "-o", &plan, "--silencieux"]).success();
    maillage(&["planning", &dossier, &plan])
        .success()
        .stdout(contains("AS-01, Alice Martin"))
        .stdout(contains("Réunion d'équipe"))
        .stdout(contains("Ne travaille pas le mercredi après-midi"))
        .stdout(contains("Ses jours travaillés (lu) comptent 2"));
    let output = maillage(&["planning", &dossier, &plan, "--json", "--sans-noms"]).success();
    let told: Value = serde_json::from_slice(&output.get_output().stdout).expect("one document");
    assert_eq!(told["reunion_equipe"], "mercredi après-midi");
    assert_eq!(told["postes"].as_array().map(Vec::len), Some(2));
    let page = at("planning.html");
    maillage(&["planning", &dossier, &plan, "-o", &page, "--sans-noms"]).success();
    let text = fs::read_to_string(&page).expect("written");
    assert!(text.contains("Collège des Acacias") && text.contains("&lt;b&gt;Fils"));
    assert!(!told.to_string().contains("Alice") && !text.contains("Alice"));
    maillage(&["planning", &dossier, &plan, "--format", "csv"]).success();
    let table = fs::read_to_string(format!("{plan}/planning.csv")).expect("written");
    assert!(table.starts_with('\u{FEFF}') && table.contains("\r\nAS-01;Alice Martin;lundi;"));
    let discharge = table.lines().filter(|line| line.contains(";Décharge;"));
    let days: Vec<&str> = discharge.filter_map(|line| line.split(';').nth(2)).collect();
    assert!(days.len() == 2 && days[0] == days[1], "a whole day: {days:?}");
    maillage(&["planning", &dossier, &plan, "-o", &at("planning.pdf")]).code(2);
}
