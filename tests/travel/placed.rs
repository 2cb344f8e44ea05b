//! Made-up schools in real towns: from the extract to a plan that drives on its roads.

use std::collections::BTreeMap;
use std::fmt::Write;

use maillage::domain::Plan;
use maillage::export::read_plan;
use maillage::import::read_dossier;

use super::stand::{Stand, document, maillage, uai};
use crate::common::shared;

type Town = (&'static str, f64, f64);

const ANDORRA: [Town; 10] = [
    ("Andorra la Vella", 42.5069, 1.5218),
    ("Escaldes", 42.5094, 1.5386),
    ("Encamp", 42.5360, 1.5828),
    ("Canillo", 42.5663, 1.5997),
    ("Ordino", 42.5562, 1.5332),
    ("La Massana", 42.5450, 1.5148),
    ("Sant Julià", 42.4637, 1.4913),
    ("Pas de la Casa", 42.5424, 1.7335),
    ("Arinsal", 42.5720, 1.4840),
    ("Soldeu", 42.5770, 1.6670),
];

const MONACO: [Town; 6] = [
    ("Fontvieille", 43.7278, 7.4146),
    ("Larvotto", 43.7466, 7.4330),
    ("Monte-Carlo", 43.7400, 7.4270),
    ("La Condamine", 43.7350, 7.4200),
    ("Le Rocher", 43.7305, 7.4245),
    ("Moneghetti", 43.7350, 7.4130),
];

/// A college in each town, a post in each of the first ones and one to place.
fn placed(towns: &[Town], posts: usize) -> Stand {
    let (mut establishments, mut rows) = (String::new(), String::new());
    for (rank, (name, latitude, longitude)) in towns.iter().enumerate() {
        let code = uai(rank);
        writeln!(
            establishments,
            "{code};Collège {name};COLLEGE;{name};3100{rank};{latitude};{longitude};400;AUCUNE;95"
        )
        .expect("in memory");
        if rank < posts {
            writeln!(rows, "AS-{rank};1;{code};2D").expect("in memory");
        }
    }
    Stand::of(&establishments, &format!("{rows}A-PLACER;0,5;;2D\n"))
}

/// Real times for every pair, then a plan that the checker finds right.
fn plan(towns: &[Town], posts: usize, extract: &str) -> Option<(Stand, Plan)> {
    let extract = shared(extract)?;
    let stand = placed(towns, posts);
    let mut command = stand.trajets();
    command.arg("--osm").arg(extract);
    let found = document(command, 0);
    assert_eq!(found["trajets"]["calcules"], towns.len() * (towns.len() - 1), "{found}");
    assert_eq!(found["hors_carte"], serde_json::json!([]));
    let folder = stand.path("plan");
    maillage("resoudre")
        .arg(stand.dossier())
        .arg("-o")
        .arg(&folder)
        .args(["--limite", "120s", "--ecart", "1%"])
        .assert()
        .success()
        .stdout(predicates::str::contains("calculés sur la route"))
        .stdout(predicates::str::contains("en médiane"));
    maillage("controler").arg(stand.dossier()).arg(&folder).assert().success();
    let plan = read_plan(&folder).expect("a plan");
    Some((stand, plan))
}

/// The way out of each unit is that of `trajets.csv`, from the seat of its post.
fn assert_drives_on_the_roads(stand: &Stand, plan: &Plan) {
    let (dossier, _) = read_dossier(&stand.dossier()).expect("a dossier");
    let minutes: BTreeMap<_, _> = dossier
        .trips
        .iter()
        .map(|trip| ((trip.from.as_str(), trip.to.as_str()), trip.minutes))
        .collect();
    let mut away = 0;
    for row in &plan.affectations {
        let (Some(post), Some(one_way)) = (&row.poste, row.minutes_aller) else { continue };
        let seat = plan.postes.iter().find(|week| week.poste == *post).expect("a known post");
        let seat = seat.residence.as_deref().expect("it serves, so it stands somewhere");
        if seat != row.uai {
            away += 1;
            let road = minutes[&(seat, row.uai.as_str())];
            assert!((one_way - road).abs() < 0.051, "{seat} to {}: {one_way}, {road}", row.uai);
        }
    }
    assert!(away > 0, "somebody drives");
    let sources = &plan.indicateurs.trajets;
    assert_eq!((sources.fournis, sources.repris, sources.manquants), (0, 0, 0));
}

#[test]
fn andorra_is_planned_on_its_mountain_roads() {
    let Some((stand, plan)) = plan(&ANDORRA, 3, "data/osm/andorra-2024.osm.pbf") else { return };
    assert_drives_on_the_roads(&stand, &plan);
    let error = plan.indicateurs.trajets.erreur_estimation.expect("real times are known");
    assert_eq!(error.couples, 90);
    assert!(error.mediane <= error.p90 && (0.02..0.6).contains(&error.p90), "{error:?}");
    let synthesis = std::fs::read_to_string(stand.path("plan/synthese.csv")).expect("written");
    let shown = format!("{:.1}", error.mediane * 100.0).replace('.', ",");
    assert!(synthesis.contains(&format!("erreur_estimation_mediane;{shown};")), "{synthesis}");
    let report = std::fs::read_to_string(stand.path("plan/rapport.html")).expect("written");
    assert!(
        report.contains("90\u{A0}calculés sur la route"),
        "the report says where times come from"
    );
}

#[test]
fn monaco_is_planned_in_its_streets() {
    let Some((stand, plan)) = plan(&MONACO, 2, "data/osm/monaco-2019.osm.pbf") else { return };
    assert_drives_on_the_roads(&stand, &plan);
    let longest = plan.affectations.iter().filter_map(|row| row.minutes_aller);
    assert!(longest.fold(0.0, f64::max) < 20.0, "Monaco is small");
}
