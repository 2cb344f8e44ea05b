//! Variants, comparison, staffing and absences through the public command.

use std::fs;
use std::path::{Path, PathBuf};

use assert_cmd::Command;
use predicates::str::contains;
use serde_json::Value;

/// Four colleges, an LP and two posts to place: solved at once.
const DOSSIER: [(&str, &str); 3] = [
    (
        "etablissements.csv",
        "uai;nom;type;commune;latitude;longitude;effectif;categories;bassin;ips\n\
         0319001R;Collège des Acacias;COLLEGE;Clairval;43,60;1,44;540;REP;Nord;85\n\
         0319002S;Collège des Bruyères;COLLEGE;Montfleuri;43,62;1,40;310;AUCUNE;Nord;110\n\
         0319003T;Collège des Cèdres;COLLEGE;Valserein;43,70;1,50;420;ULIS;Nord;101\n\
         0319004U;Collège des Dunes;COLLEGE;Orvilliers;43,55;1,30;600;AUCUNE;Sud;120\n",
    ),
    ("postes.csv", "poste;quotite;residence\nAS-01;1;\nAS-02;0,5;\n"),
    (
        "scenario.toml",
        "nom = \"Essai\"\nrentree = 2026\nprofil = \"circulaire-2017\"\n[equite]\npoids = 0\n",
    ),
];

fn dossier(parent: &Path) -> PathBuf {
    let folder = parent.join("dossier");
    fs::create_dir(&folder).expect("created");
    for (name, text) in DOSSIER {
        fs::write(folder.join(name), text).expect("written");
    }
    folder
}

fn maillage(arguments: &[&str]) -> Command {
    let mut command = Command::cargo_bin("maillage").expect("the program is built");
    command.args(arguments);
    command
}

fn text(path: &Path) -> &str {
    path.to_str().expect("a temporary path is text")
}

fn json(arguments: &[&str]) -> Value {
    let output = maillage(arguments).arg("--json").output().expect("the program runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).expect("one JSON document")
}

#[test]
fn a_variant_is_a_dossier_that_remembers_its_parent() {
    let parent = tempfile::tempdir().expect("a temporary folder");
    let (base, variant) = (dossier(parent.path()), parent.path().join("variante"));
    let edits = ["--etp", "-0,5", "--doter", "0319004U", "--minimum", "0319003T=permanence:1"];
    let arguments = ["variante", text(&base), "-o", text(&variant)];
    maillage(&arguments).args(edits).assert().success().stdout(contains("AS-02 part"));
    assert!(variant.join("variante.toml").is_file());
    maillage(&arguments).args(edits).assert().code(2).stderr(contains("existe déjà"));
    maillage(&["verifier", text(&variant)]).assert().success();
    let plan = parent.path().join("plan");
    fs::write(base.join("postes.csv"), "poste;quotite;residence\nAS-01;0,9;\n").expect("written");
    maillage(&["resoudre", text(&variant), "-o", text(&plan)])
        .assert()
        .success()
        .stderr(contains("qui a changé depuis (postes.csv)"));
    maillage(&["variante", text(&base), "--sans", "AS-1", "-o", text(&parent.path().join("x"))])
        .assert()
        .code(2)
        .stderr(contains("AS-01"));
}

#[test]
fn decisions_of_one_run_are_followed_and_checked() {
    let parent = tempfile::tempdir().expect("a temporary folder");
    let (base, plan) = (dossier(parent.path()), parent.path().join("plan"));
    let decisions = ["--exiger", "0319004U=permanence:1:AS-02"];
    maillage(&["resoudre", text(&base), "-o", text(&plan)]).args(decisions).assert().success();
    let plan_json = fs::read_to_string(plan.join("plan.json")).expect("read");
    let document: Value = serde_json::from_str(&plan_json).expect("JSON");
    let rows = document["affectations"].as_array().expect("a list");
    let row = rows.iter().find(|row| row["uai"] == "0319004U").expect("it is served");
    assert_eq!((row["poste"].as_str(), row["demi_journees"].as_f64()), (Some("AS-02"), Some(1.0)));
    maillage(&["controler", text(&base), text(&plan)]).args(decisions).assert().success();
}

#[test]
fn plans_are_compared_in_every_form() {
    let parent = tempfile::tempdir().expect("a temporary folder");
    let base = dossier(parent.path());
    let [one, other, folder] = ["un", "deux", "comparaison"].map(|name| parent.path().join(name));
    maillage(&["resoudre", text(&base), "-o", text(&one)]).assert().success();
    let forbidden = ["--interdire", "0319002S=permanence", "--interdire", "0319004U=AS-01"];
    maillage(&["resoudre", text(&base), "-o", text(&other)]).args(forbidden).assert().success();
    maillage(&["comparer", text(&one), text(&one)])
        .assert()
        .success()
        .stdout(contains("Les plans sont les mêmes."));
    let document = json(&["comparer", text(&one), text(&other), "-o", text(&folder)]);
    let lines = document["etablissements"].as_array().expect("a list");
    assert!(lines.iter().any(|line| line["uai"] == "0319002S" && line["differe"] == true));
    assert!(document["indicateurs"].to_string().contains("Bassin Nord"));
    let page = fs::read_to_string(folder.join("comparaison.html")).expect("written");
    assert!(page.contains("Collège des Bruyères") && page.contains("Pondérée par l&#x27;IPS"));
    let plan: Value =
        serde_json::from_slice(&fs::read(other.join("plan.json")).expect("a plan")).expect("JSON");
    let run: Value =
        serde_json::from_slice(&fs::read(other.join("execution.json")).expect("a run"))
            .expect("JSON");
    let head = fs::read_to_string(folder.join("plans.csv")).expect("written");
    let day = &run["date"].as_str().expect("a date")[..4];
    for told in [plan["dossier"].as_str(), plan["profil"].as_str(), Some(day)] {
        let told = told.expect("a text");
        assert!(page.contains(told) && head.contains(told), "{told}");
    }
    let digest = head.lines().nth(2).and_then(|row| row.rsplit(';').next()).expect("a digest");
    assert!(digest.len() == 16 && page.contains(digest), "{digest}");
    for table in ["plans", "indicateurs", "changements", "etablissements", "secteurs"] {
        assert!(folder.join(table).with_extension("csv").is_file(), "{table}");
    }
}

#[test]
fn more_means_never_buy_less_where_theory_says_so() {
    let parent = tempfile::tempdir().expect("a temporary folder");
    let (base, folder) = (dossier(parent.path()), parent.path().join("frontiere"));
    let document = json(&[
        "frontiere",
        text(&base),
        "--etp",
        "0,5..3:0,5",
        "-o",
        text(&folder),
        "--ecart",
        "0",
    ]);
    assert_eq!(document["monotone"], true);
    let points = document["points"].as_array().expect("a list");
    let values: Vec<i64> = points.iter().filter_map(|point| point["objectif"].as_i64()).collect();
    assert_eq!(points.len(), 6);
    assert!(values.len() > 3 && values.is_sorted(), "{values:?}");
    for point in points.iter().filter(|point| !point["objectif"].is_null()) {
        assert!(point["borne"].as_i64() >= point["objectif"].as_i64());
        assert_eq!(point["etp"], point["niveau"]);
    }
    let page = fs::read_to_string(folder.join("frontiere.html")).expect("written");
    assert!(page.contains("<svg"));
    let cheap = json(&["frontiere", text(&base), "--cout-trajet", "0..1,2:0,4", "--ecart", "0"]);
    let points = cheap["points"].as_array().expect("a list");
    let values: Vec<i64> = points.iter().filter_map(|point| point["objectif"].as_i64()).collect();
    assert!(values.len() == 4 && values.windows(2).all(|two| two[0] >= two[1]), "{values:?}");
    maillage(&["frontiere", text(&base), "--cout-trajet", "0..1:0,25"])
        .assert()
        .code(2)
        .stderr(contains("multiple de 0,2"));
}

#[test]
fn a_dossier_without_a_plan_tells_the_ways_out() {
    let parent = tempfile::tempdir().expect("a temporary folder");
    let (base, plan) = (dossier(parent.path()), parent.path().join("plan"));
    let twice = ["--exiger", "0319004U=AS-02", "--exiger", "0319004U=AS-01"];
    let output = maillage(&["resoudre", text(&base), "-o", text(&plan), "--json"])
        .args(twice)
        .assert()
        .code(4)
        .stderr(contains("Pour en sortir"))
        .stderr(contains("Lever la décision"));
    let document: Value =
        serde_json::from_slice(&output.get_output().stdout).expect("one JSON document");
    let impasse = &document["impasse"];
    assert_eq!(document["statut"], "irrealisable");
    assert_eq!((&impasse["minimal"], &impasse["complet"]), (&true.into(), &true.into()));
    assert_eq!(impasse["conflit"].as_array().map(Vec::len), Some(3));
    assert_eq!(impasse["remedes"][0]["modifications"][0]["action"], "lever_decision");
    assert!(!plan.exists());
}

#[test]
fn an_absence_disturbs_nobody_else() {
    let parent = tempfile::tempdir().expect("a temporary folder");
    let (base, plan) = (dossier(parent.path()), parent.path().join("plan"));
    maillage(&["resoudre", text(&base), "-o", text(&plan)]).assert().success();
    let dates = ["--du", "02/11/2026", "--au", "2026-11-15"];
    let mut arguments = vec!["remplacer", text(&base), text(&plan), "--absent", "AS-02"];
    arguments.extend(dates);
    let document = json(&arguments);
    assert_eq!(document["semaines"], 2.0);
    let absence = &document["absence"];
    assert!(absence["perte"].as_f64() >= absence["perte_min"].as_f64());
    for relief in absence["alleges"].as_array().expect("a list") {
        assert_eq!(relief["avant"]["poste"], relief["apres"]["poste"]);
        assert_eq!(relief["avant"]["modalite"], relief["apres"]["modalite"]);
    }
    let page = parent.path().join("fragilite.html");
    let all = ["remplacer", text(&base), text(&plan), "--fragilite", "-o"];
    let fragile = json(&[&all[..], &[text(&page)]].concat());
    assert_eq!(fragile["postes"].as_array().expect("a list").len(), 2);
    let written = fs::read_to_string(&page).expect("written");
    assert!(written.contains("AS-01") && written.contains("Qui reprend quoi"));
    maillage(&[&all[..], &["fragilite.pdf"]].concat()).assert().code(2).stderr(contains(".csv"));
    maillage(&["remplacer", text(&base), text(&plan), "--absent", "AS-9"])
        .assert()
        .code(2)
        .stderr(contains("AS-0"));
}

#[test]
fn a_variant_moves_the_limits_of_posts_and_of_advisers() {
    let parent = tempfile::tempdir().expect("a temporary folder");
    let (base, variant) = (dossier(parent.path()), parent.path().join("variante"));
    fs::write(base.join("conseillers.csv"), "conseiller;bassin;references_max\nCT-1;Nord;1\n")
        .expect("written");
    let edits = [
        "--trajet-max",
        "AS-01=35",
        "--etablissements-max",
        "AS-02=2",
        "--bassin",
        "AS-02=nord",
        "--references",
        "Nord=3",
        "--jours",
        "AS-02=lu ma",
        "--doter",
        "0319004U=non",
    ];
    let mut command = maillage(&["variante", text(&base), "-o", text(&variant)]);
    command
        .args(edits)
        .assert()
        .success()
        .stdout(contains("AS-01 peut aller jusqu'à 35 minutes"))
        .stdout(contains("Bassin Nord\u{a0}: 3"));
    let diff = fs::read_to_string(variant.join("variante.toml")).expect("written");
    assert!(diff.contains("action = \"trajet_max\"") && diff.contains("minutes = 35"), "{diff}");
    let posts = fs::read_to_string(variant.join("postes.csv")).expect("written");
    assert!(posts.contains("AS-02") && posts.contains("lu ma"), "{posts}");
    let again = maillage(&["variante", text(&variant), "-o", text(&parent.path().join("x"))])
        .args(["--trajet-max", "AS-01=", "--bassin", "AS-02="])
        .assert()
        .success();
    let told = String::from_utf8_lossy(&again.get_output().stdout).into_owned();
    assert!(
        told.contains("aussi loin que le barème") && told.contains("tous les bassins"),
        "{told}"
    );
    maillage(&["variante", text(&base), "-o", text(&parent.path().join("y"))])
        .args(["--etablissements-max", "AS-01=0"])
        .assert()
        .code(2)
        .stderr(contains("de 1 à 99"));
}

#[test]
fn a_plan_is_kept_but_for_what_must_change() {
    let parent = tempfile::tempdir().expect("a temporary folder");
    let base = dossier(parent.path());
    let [plan, next, variant] =
        ["plan-2025", "plan", "variante"].map(|name| parent.path().join(name));
    maillage(&["resoudre", text(&base), "-o", text(&plan)]).assert().success();
    let read = |folder: &Path| -> Value {
        let text = fs::read_to_string(folder.join("plan.json")).expect("read");
        serde_json::from_str(&text).expect("JSON")
    };
    let before = read(&plan);
    let residences: Vec<&Value> =
        list(&before["postes"]).iter().map(|it| &it["residence"]).collect();
    let moved = list(&before["affectations"])
        .iter()
        .find(|row| row["poste"].is_string() && !residences.contains(&&row["uai"]));
    let moved = moved.expect("an establishment that is no residence");
    let post = if moved["poste"] == "AS-01" { "AS-02" } else { "AS-01" };
    let demand = format!("{}={post}", moved["uai"].as_str().expect("a code"));
    let options = ["--garder", text(&plan), "--exiger", &demand];
    maillage(&["resoudre", text(&base), "-o", text(&next)])
        .args(options)
        .assert()
        .success()
        .stdout(contains("change d'assistant·e par rapport à plan-2025"))
        .stdout(contains("le moins possible"));
    let after = read(&next);
    assert_eq!(after["indicateurs"]["changements"], 1);
    for (old, new) in list(&before["postes"]).iter().zip(list(&after["postes"])) {
        assert_eq!(old["residence"], new["residence"]);
    }
    maillage(&["controler", text(&base), text(&next)]).args(options).assert().success();
    // The plan says what it was asked for: what reads it again needs no options.
    let uai = moved["uai"].as_str().expect("a code");
    let again: [&[&str]; 5] = [
        &["controler"],
        &["expliquer", uai],
        &["planning"],
        &["exporter", "--format", "html"],
        &["remplacer", "--absent", "AS-02"],
    ];
    for command in again {
        let quiet = maillage(&[command[0], text(&base), text(&next)])
            .args(&command[1..])
            .assert()
            .success();
        let told = String::from_utf8_lossy(&quiet.get_output().stderr).into_owned();
        assert!(!told.contains("changé"), "{command:?}: {told}");
    }
    maillage(&["resoudre", text(&base), "-o", text(&next), "--changements-max", "0"])
        .args(options)
        .assert()
        .code(4)
        .stderr(contains("changements"));
    let fewest = ["--changements-max", "minimum"];
    maillage(&["resoudre", text(&base), "-o", text(&next)])
        .args(fewest)
        .assert()
        .code(2)
        .stderr(contains("--garder"));
    let variante = ["variante", text(&base), "--garder", text(&plan), "-o", text(&variant)];
    maillage(&variante).args(fewest).assert().code(2).stderr(contains("resoudre"));
    maillage(&variante)
        .assert()
        .success()
        .stdout(contains("Les secteurs de plan-2025 tiennent lieu de secteurs actuels"));
    let solved = json(&[&["resoudre", text(&variant), "-o", text(&next)], &fewest[..]].concat());
    assert_eq!(solved["indicateurs"]["changements"], 0);
}

fn list(value: &Value) -> &[Value] {
    value.as_array().expect("a list")
}
