//! A small dossier with one of everything, and a right plan of it worked out by hand
//! (`valid_plan.json`, from `docs/model.md` with a pocket calculator, not with the program).

use std::collections::BTreeMap;

use maillage::check::{Finding, check};
use maillage::domain::{
    Adviser, Affinity, Category, CurrentService, Decision, DecisionKind, Dossier, Establishment,
    EstablishmentKind, Field, Modality, Plan, PoleTeam, Post, Presence, Scenario, Trip,
};
use maillage::policy::{Bareme, profile};
use maillage::travel::EstimateFactors;

/// Kilometres north of C1: no farther from one another than the trips of the dossier say.
const NORTH_KM: [(&str, f64); 13] = [
    ("C1", 0.0),
    ("E1", 4.0),
    ("E2", 5.0),
    ("L1", 14.0),
    ("L2", 20.0),
    ("C2", 30.0),
    ("CIRC", 36.0),
    ("C3", 40.0),
    ("C6", 44.0),
    ("E9", 48.0),
    ("L3", 60.0),
    ("C4", 69.0),
    // A hundred metres from C4: they share trips.
    ("C5", 69.1),
];

/// An establishment of bassin Sud with an IPS of 100, on a meridian.
pub fn establishment(uai: &str, kind: EstablishmentKind, pupils: u32) -> Establishment {
    let north_km = NORTH_KM.iter().find(|(one, _)| *one == uai).expect("it has its place").1;
    let word = match kind {
        EstablishmentKind::College => "Collège",
        EstablishmentKind::Ecole => "École",
        EstablishmentKind::Circonscription => "Circonscription",
        _ => "Lycée",
    };
    Establishment {
        uai: uai.into(),
        name: format!("{word} {uai}"),
        kind,
        commune: "Ville".into(),
        commune_code: String::new(),
        latitude: 43.0 + north_km / 111.195,
        longitude: 1.5,
        pupils: Some(pupils),
        post_bac_pupils: 50,
        categories: std::iter::empty().collect(),
        ips: Some(100.0),
        pupils_year: Some(2025),
        forecast: None,
        bassin: "Sud".into(),
        network: None,
        group: None,
        on_priority_list: false,
        assistants_max: 1,
        rural_class: None,
    }
}

/// A full-time post of both degrees, in service, based at an establishment.
pub fn post(id: &str, residence: &str) -> Post {
    Post { residence: Some(residence.into()), ..Post::full_time(id) }
}

pub fn decision(uai: &str, kind: DecisionKind) -> Decision {
    Decision {
        uai: uai.into(),
        kind,
        post: None,
        modality: None,
        presence: None,
        reason: String::new(),
    }
}

fn trip(from: &str, to: &str, minutes: f64) -> Trip {
    Trip { from: from.into(), to: to.into(), minutes, km: minutes, computed: false }
}

fn today(uai: &str, post: &str) -> CurrentService {
    CurrentService { uai: uai.into(), post: Some(post.into()), modality: None, presence: None }
}

fn establishments() -> Vec<Establishment> {
    use EstablishmentKind::{Circonscription, College, Ecole, Legt, Lp, Lpo};
    let north = || "Nord".to_owned();
    let rep_plus = || std::iter::once(Category::RepPlus).collect();
    let ecole = |uai, pupils| Establishment {
        network: Some("C1".into()),
        categories: rep_plus(),
        bassin: north(),
        ..establishment(uai, Ecole, pupils)
    };
    vec![
        Establishment {
            ips: Some(80.0),
            categories: rep_plus(),
            bassin: north(),
            ..establishment("C1", College, 400)
        },
        ecole("E1", 300),
        ecole("E2", 100),
        establishment("E9", Ecole, 90),
        Establishment { ips: Some(110.0), bassin: north(), ..establishment("L1", Legt, 800) },
        Establishment {
            bassin: north(),
            assistants_max: 2,
            commune_code: "79191".into(),
            ..establishment("L2", Lpo, 1200)
        },
        Establishment { commune: "Hameau".into(), ..establishment("C2", College, 500) },
        Establishment { ips: Some(120.0), ..establishment("C3", College, 300) },
        Establishment {
            commune_code: "79049".into(),
            ..establishment("CIRC", Circonscription, 5000)
        },
        establishment("L3", Lp, 400),
        Establishment { commune: "Bourg".into(), ..establishment("C4", College, 600) },
        establishment("C5", College, 300),
        Establishment { ips: Some(120.0), bassin: north(), ..establishment("C6", College, 200) },
    ]
}

fn posts() -> Vec<Post> {
    let placed =
        Post { residence: None, quotite_percent: 80, field: Field::SecondDegree, ..post("P3", "") };
    vec![
        Post { bassin: Some("Nord".into()), max_establishments: Some(4), ..post("P1", "C1") },
        Post { horsepower: Some(8), ..post("P2", "L2") },
        placed,
        Post { quotite_percent: 50, discharge_centi: 400, ..post("P4", "C1") },
        Post {
            field: Field::SecondDegree,
            vacant: true,
            home_commune: Some("79191".into()),
            ..post("P5", "C2")
        },
    ]
}

pub fn dossier() -> Dossier {
    Dossier {
        scenario: Scenario {
            name: "Essai".into(),
            year: 2026,
            departement: "79".into(),
            profile: "circulaire-2017".into(),
            overrides: toml::Table::new(),
        },
        establishments: establishments(),
        posts: posts(),
        advisers: vec![Adviser { id: "A".into(), bassin: "Sud".into(), references_max: 1 }],
        trips: vec![
            trip("C1", "E1", 6.0),
            trip("P2", "CIRC", 20.0),
            trip("L1", "L2", 10.0),
            trip("C1", "L2", 25.0),
            trip("L2", "C2", 15.0),
            trip("L3", "C5", 12.0),
            trip("L3", "C4", 99.0),
        ],
        current: vec![
            today("C4", "P5"),
            today("C3", "P5"),
            today("CIRC", "P2"),
            today("C5", "P3"),
            today("L1", "P5"),
        ],
        pole_teams: vec![PoleTeam { id: "EST".into(), posts: vec!["P2".into(), "P5".into()] }],
        decisions: vec![
            Decision {
                modality: Some(Modality::Permanence),
                ..decision("C2", DecisionKind::Require)
            },
            Decision { modality: Some(Modality::Pole), ..decision("C3", DecisionKind::Forbid) },
            Decision { presence: Some(Presence(2)), ..decision("C5", DecisionKind::Minimum) },
        ],
        affinities: vec![Affinity { post: "P3".into(), uai: "C5".into(), points: 1.5 }],
        outline: None,
        digests: BTreeMap::from([("etablissements.csv".into(), "ab12".into())]),
        edits: Vec::new(),
    }
}

pub fn bareme() -> Bareme {
    profile::load("circulaire-2017", &toml::Table::new()).expect("a carried profil")
}

/// The plan as JSON, with the bareme that is too long to repeat in the file.
pub fn valid_json() -> serde_json::Value {
    let mut plan: serde_json::Value =
        serde_json::from_str(include_str!("valid_plan.json")).expect("the fixture is JSON");
    plan["bareme"] = serde_json::to_value(bareme()).expect("plain data");
    plan
}

pub fn valid_plan() -> Plan {
    serde_json::from_value(valid_json()).expect("the fixture is a plan")
}

pub fn findings(dossier: &Dossier, bareme: &Bareme, plan: &Plan) -> Vec<Finding> {
    check(dossier, bareme, &EstimateFactors::default(), plan)
}

/// Rules and keys that the checker names, without repeats.
pub fn named(dossier: &Dossier, bareme: &Bareme, plan: &Plan) -> Vec<&'static str> {
    let mut named: Vec<_> = findings(dossier, bareme, plan).iter().map(|one| one.rule).collect();
    named.sort_unstable();
    named.dedup();
    named
}
