//! From files to documents, as the page asks for it.

use serde_json::{Value, json};

use super::site::Site;
use crate::common::shared;

#[test]
fn from_the_demonstration_to_documents_and_back_by_undo() {
    let site = Site::start();
    site.post("demo", &json!({})).ok();
    assert_eq!(site.get("documents").status, 404, "no plan yet");

    let wrong = json!({ "ligne": 0, "colonne": "quotite", "valeur": "80" });
    let table = site.write("PUT", "tables/postes", &wrong).ok();
    assert_eq!(table["lignes"][0][2], "80");
    assert_eq!(table["problemes"][0]["colonne"], "quotite");
    assert_eq!(table["problemes"][0]["code"], "E1204");
    assert_eq!(site.post("resoudre", &json!({})).status, 422, "a dossier with an error");
    assert_eq!(site.post("annuler", &json!({})).ok()["dossier"]["erreurs"], 0);

    assert_eq!(site.post("resoudre", &json!({ "ecart": 0.2 })).status, 202);
    let state = site.wait();
    let value = state["plan"]["objectif"].as_i64().expect("a plan");
    let plan = site.get("plan").ok();
    let unit = plan["plan"]["affectations"]
        .as_array()
        .and_then(|rows| rows.iter().find(|row| row["modalite"] == "PERMANENCE"))
        .expect("a permanence");
    let other = plan["postes"]
        .as_array()
        .and_then(|posts| posts.iter().find(|post| post["poste"] != unit["poste"]))
        .expect("another post");
    let edit = json!({
        "modifications": [{ "action": "deplacer", "uai": unit["uai"], "poste": other["poste"] }],
        "ecart": 0.2,
    });

    let lock = json!({ "action": "decision", "decision": "EXIGER", "uai": unit["uai"],
        "modalite": "PERMANENCE", "demi_journees": unit["demi_journees"] });
    let locked = site.post("essayer", &json!({ "modifications": [lock], "ecart": 0.2 })).ok();
    assert_eq!(locked["changements"], json!([]), "what is locked as it stands moves nothing");
    assert_eq!(locked["apres"]["objectif"], value);

    let tried = site.post("essayer", &edit).ok();
    assert_eq!(tried["avant"]["objectif"], value);
    assert!(tried["apres"]["objectif"].is_i64(), "{tried}");
    assert!(tried["regles_enfreintes"].is_array());
    assert_eq!(site.get("etat").ok()["plan"]["objectif"], value, "nothing is kept");
    site.post("variantes", &json!({ "nom": "Départ" })).ok();
    let kept = site.post("modifier", &edit).ok();
    assert_eq!(kept["apres"]["objectif"], tried["apres"]["objectif"], "the plan that was shown");
    assert_eq!(kept["apres"]["date"], tried["apres"]["date"], "it is not searched again");
    let moved = site.get("plan").ok();
    let row = moved["plan"]["affectations"]
        .as_array()
        .and_then(|rows| rows.iter().find(|row| row["uai"] == unit["uai"]))
        .expect("the unit");
    assert_eq!(row["poste"], other["poste"]);
    let comparison = site.get("comparer?a=depart&b=courant").ok();
    assert!(!kept["changements"].as_array().expect("a list").is_empty());
    assert_eq!(comparison["plans"][0], "Départ");
    assert_eq!(site.post("annuler", &json!({})).ok()["plan"]["objectif"], value);

    let offered = site.get("documents").ok();
    let offered = offered.as_array().expect("a list").iter();
    let files: Vec<&str> = offered.map(|one| one["nom"].as_str().expect("a name")).collect();
    for file in ["rapport.html", "planning.html", "plan.xlsx", "publipostage.csv", "planning.csv"] {
        assert!(files.contains(&file), "{file}: {files:?}");
    }
    for file in files {
        let answer = site.get(&format!("documents/{file}"));
        assert_eq!(answer.status, 200, "{file}");
        assert!(answer.head.contains(&format!("attachment; filename=\"{file}\"")), "{file}");
        assert!(answer.body.len() > 500, "{file}");
    }
    for page in ["rapport.html", "planning.html"] {
        let shown = site.get(&format!("documents/{page}?voir=1&sans_noms=1"));
        assert!(shown.head.contains("sandbox") && !shown.head.contains("attachment"), "{page}");
    }
    let compared = site.get("comparer/comparaison.html?a=depart&b=courant");
    assert!(compared.head.contains("attachment; filename=\"comparaison.html\""));
    let page = String::from_utf8_lossy(&compared.body);
    assert!(page.contains("Départ") && page.contains("Écart prouvé") && page.contains("Empreinte"));

    site.post("enregistrer", &json!({ "nom": "Essai" })).ok();
    assert!(site.folder("essai").join("plan").join("plan.json").is_file());
    let opened = site.post("dossiers/ouvrir", &json!({ "chemin": "essai" })).ok();
    assert_eq!(opened["plan"]["objectif"], value, "the plan is read back");
    assert_eq!(opened["dossier"]["enregistre"], true);
    let variant = &opened["variantes"][0];
    assert_eq!((&variant["id"], &variant["nom"]), (&json!("depart"), &json!("Départ")));
}

#[test]
fn an_outline_is_brought_drawn_and_saved_and_leaves_the_plan_alone() {
    let site = Site::start();
    site.post("demo", &json!({})).ok();
    site.post("resoudre", &json!({ "ecart": 0.2 }));
    let value = site.wait()["plan"]["objectif"].clone();
    assert!(site.get("etat").ok()["contour"].is_null());
    let wrong = site.request("PUT", "contour", "application/geo+json", b"uai;nom");
    assert_eq!(wrong.status, 422);
    let ring = json!([[1.0, 43.0], [2.0, 43.0], [2.0, 44.0], [1.0, 43.0]]);
    let square = json!({ "type": "Polygon", "coordinates": [ring] }).to_string();
    let state = site.request("PUT", "contour", "application/geo+json", square.as_bytes()).ok();
    assert!(state["contour"].is_string());
    assert_eq!(state["plan"]["objectif"], value, "no plan depends on an outline");
    assert_eq!(site.get("contour").ok()[0], ring);
    site.post("enregistrer", &json!({ "nom": "Contour" })).ok();
    let file = site.folder("contour").join("contour.geojson");
    assert_eq!(std::fs::read_to_string(file).expect("saved"), square);
    let opened = site.post("dossiers/ouvrir", &json!({ "chemin": "contour" })).ok();
    assert_eq!(opened["contour"], state["contour"]);
    let brought = site.bring(&[("departement.geojson", square.as_bytes())]).ok();
    assert_eq!(brought["fichiers"][0]["sorte"], "contour");
}

#[test]
fn a_value_of_the_bareme_is_set_with_its_source_then_left_to_the_profil() {
    let site = Site::start();
    site.post("demo", &json!({})).ok();
    let trip = |site: &Site| {
        let settings = site.get("reglages").ok();
        let all = settings.as_array().expect("a list");
        all.iter().find(|one| one["cle"] == "limites.trajet_max_minutes").expect("it").clone()
    };
    let set = |value: Value| {
        let edit =
            json!({ "action": "regler", "cle": "limites.trajet_max_minutes", "valeur": value });
        site.post("modifier", &json!({ "modifications": [edit] }))
    };
    set(json!(45)).ok();
    let setting = trip(&site);
    assert_eq!((setting["valeur"].as_i64(), setting["defaut"].as_i64()), (Some(45), Some(90)));
    assert!(setting["source"].as_str().expect("a sentence").contains("Trajet le plus long"));
    let refused = set(json!("loin"));
    assert_eq!(refused.status, 422);
    let why = "limites.trajet_max_minutes vaut « loin » ; attendu un nombre entier, comme 90";
    let text = String::from_utf8_lossy(&refused.body);
    assert!(text.contains(why), "{text}");
    let effect = set(Value::Null).ok();
    let told = "Barème : limites.trajet_max_minutes revient à la valeur du profil (90)";
    assert_eq!(effect["description"][0], told);
    assert_eq!(trip(&site)["valeur"], trip(&site)["defaut"]);
}

#[test]
fn the_real_annuaire_becomes_a_dossier() {
    let files = [
        "annuaire/annuaire_Occitanie_2024-11.csv.gz",
        "ips/colleges_FR_ips_effectifs_rentree2022.csv",
    ];
    let [Some(annuaire), Some(ips)] = files.map(|file| shared(&format!("data/{file}"))) else {
        return;
    };
    let [annuaire, ips] = [annuaire, ips].map(|path| std::fs::read(path).expect("it is there"));
    let site = Site::start();
    let brought = site.bring(&[("annuaire.csv.gz", &annuaire), ("ips.csv", &ips)]).ok();
    assert_eq!(brought["fichiers"][0]["sorte"], "annuaire");
    assert_eq!(brought["fichiers"][1]["sorte"], "ips");
    let departements = brought["fichiers"][0]["departements"].as_array().expect("a list").clone();
    assert!(departements.iter().any(|one| one["code"] == "31"), "{departements:?}");
    let wish = json!({ "departement": "31", "etp": 45, "profil": "haute-garonne-2024" });
    let report = site.post("importer", &wish).ok();
    assert!(!report["rapport"].as_array().expect("a list").is_empty());
    let state = site.get("etat").ok();
    assert_eq!(
        (&state["dossier"]["erreurs"], &state["dossier"]["departement"]),
        (&json!(0), &json!("31"))
    );
    let tables = site.get("tables").ok();
    assert!(tables[0]["lignes"].as_u64().expect("a number") > 200, "{tables}");
    assert_eq!(tables[1]["lignes"], 45);
}
