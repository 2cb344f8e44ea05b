//! A small departement with its plan, written by hand: no solve, so that documents are tested
//! alone. Every modality, a vacant post, a placed residence, a network and hostile texts occur.

use std::collections::BTreeMap;

use maillage::domain::{
    Adviser, Assignment, Categories, Category, CategoryCoverage, CurrentService, Decision,
    DecisionKind, Dossier, Establishment, EstablishmentKind, Field, Indicators, Level, Method,
    Modality, Plan, Post, PostPlan, Scenario, Status, TravelSources,
};
use maillage::policy::profile;

use EstablishmentKind::{Circonscription, College, Ecole, Legt, Lp, Lpo};
use Modality::{Conseil, Permanence, Pole, PremierDegre, Reference};

/// A name that would run as HTML, and one that a spreadsheet would run.
pub const HOSTILE_HTML: &str = "Collège <script>alert(1)</script> & \"Fils\"";
/// A name that a spreadsheet would run.
pub const HOSTILE_FORMULA: &str = "=HYPERLINK(\"http://exemple.invalid\")";
/// The agents.
pub const AGENTS: [&str; 3] = ["Alice Martin", "Nour Benali", "Zoé Petit"];
/// The adviser.
pub const ADVISER: &str = "Claude Roche";

/// UAI, name, type, commune, kilometres east and north of the town, pupils, categories, modality,
/// half-days, post.
type Site<'a> = (
    &'a str,
    &'a str,
    EstablishmentKind,
    &'a str,
    (f64, f64),
    u32,
    &'a [Category],
    Modality,
    f64,
    &'a str,
);

const SITES: [Site; 21] = [
    (
        "A01",
        "Collège Jean Moulin",
        College,
        "Laville",
        (0.0, 0.0),
        612,
        &[Category::RepPlus, Category::Ulis],
        Permanence,
        3.0,
        "P1",
    ),
    ("A02", "Lycée Victor Hugo", Legt, "Laville", (0.8, 0.5), 1240, &[], Pole, 0.0, "P1"),
    (
        "A03",
        "Lycée professionnel Le Parc",
        Lp,
        "Laville",
        (-0.9, 0.4),
        430,
        &[Category::Internat],
        Permanence,
        2.0,
        "P2",
    ),
    (
        "A04",
        "Collège des Lilas",
        College,
        "Laville",
        (1.2, -0.8),
        540,
        &[Category::Rep],
        Permanence,
        2.0,
        "P2",
    ),
    ("A05", "Collège Voltaire", College, "Laville", (-1.4, -0.9), 480, &[], Permanence, 1.0, "P2"),
    (
        "A06",
        HOSTILE_HTML,
        College,
        "Bourg-l'Évêque",
        (14.0, 6.0),
        320,
        &[Category::Rural],
        Permanence,
        0.5,
        "P3",
    ),
    ("A07", HOSTILE_FORMULA, College, "Montclair", (18.0, -9.0), 280, &[], Permanence, 0.5, "P3"),
    (
        "A08",
        "Lycée polyvalent du Val",
        Lpo,
        "Montclair",
        (18.3, -8.7),
        690,
        &[Category::Lp],
        Permanence,
        1.0,
        "P3",
    ),
    (
        "A09",
        "Collège Hauterive",
        College,
        "Hauterive",
        (-22.0, 12.0),
        350,
        &[Category::Egpa],
        Permanence,
        1.0,
        "P4",
    ),
    (
        "A10",
        "Collège du Lac",
        College,
        "Saint-Ours",
        (-28.0, 3.0),
        190,
        &[],
        Permanence,
        0.25,
        "P4",
    ),
    (
        "A11",
        "Collège Éloi",
        College,
        "Égletons-le-Haut",
        (-19.0, -14.0),
        240,
        &[],
        Reference,
        0.0,
        "",
    ),
    ("A12", "Collège Zola", College, "Zuydcoote", (9.0, 21.0), 410, &[], Reference, 0.0, ""),
    ("A13", "Collège de la Plaine", College, "Arcy", (5.0, -17.0), 300, &[], Conseil, 0.0, ""),
    ("A14", "Lycée Marie Curie", Legt, "Arcy", (5.2, -16.8), 880, &[], Pole, 0.0, "P1"),
    ("A15", "Collège Ravel", College, "Laville", (0.3, 2.2), 505, &[], Permanence, 1.0, "P1"),
    (
        "E01",
        "École Les Tilleuls",
        Ecole,
        "Laville",
        (0.2, 0.1),
        180,
        &[Category::RepPlus],
        PremierDegre,
        0.0,
        "P1",
    ),
    (
        "E02",
        "École Pasteur",
        Ecole,
        "Laville",
        (-0.2, 0.2),
        210,
        &[Category::RepPlus],
        PremierDegre,
        0.0,
        "P1",
    ),
    (
        "C01",
        "Laville Centre",
        Circonscription,
        "Laville",
        (0.1, -0.3),
        5200,
        &[],
        PremierDegre,
        0.0,
        "P5",
    ),
    (
        "C02",
        "Laville Rural",
        Circonscription,
        "Montclair",
        (17.0, -7.0),
        4100,
        &[],
        Conseil,
        0.0,
        "",
    ),
    ("A16", "Collège Camus", College, "Laville", (-2.6, 1.5), 450, &[], Permanence, 1.0, "P4"),
    ("A17", "Collège Rousseau", College, "Laville", (2.4, 1.9), 390, &[], Permanence, 1.0, "P3"),
];

/// Post, agent, quotite in hundredths, residence, vacant, placed.
type PostRow = (&'static str, Option<&'static str>, u8, &'static str, bool, bool);

const POSTS: [PostRow; 5] = [
    ("P1", Some(AGENTS[0]), 100, "A01", false, false),
    ("P2", Some(AGENTS[1]), 80, "A03", false, false),
    ("P3", None, 100, "A08", true, false),
    ("P4", Some(AGENTS[2]), 100, "A09", false, true),
    ("P5", None, 50, "C01", false, false),
];

/// The dossier and its plan.
pub fn sample() -> (Dossier, Plan) {
    (dossier(), plan())
}

fn dossier() -> Dossier {
    Dossier {
        scenario: Scenario {
            name: "Département d'essai".into(),
            year: 2026,
            departement: "99".into(),
            profile: "haute-garonne-2024".into(),
            overrides: toml::Table::new(),
        },
        establishments: SITES.iter().map(establishment).collect(),
        posts: POSTS.iter().map(post).collect(),
        advisers: vec![Adviser {
            id: ADVISER.into(),
            bassin: "Bassin Est".into(),
            references_max: 4,
        }],
        trips: Vec::new(),
        current: vec![
            current("A01", "P1"),
            current("A05", "P1"),
            current("A15", "P1"),
            current("A09", "P4"),
        ],
        pole_teams: Vec::new(),
        decisions: vec![Decision {
            uai: "A13".into(),
            kind: DecisionKind::Require,
            post: None,
            modality: Some(Conseil),
            presence: None,
            reason: "accord avec Nour Benali".into(),
        }],
        affinities: Vec::new(),
        outline: None,
        digests: BTreeMap::from([("etablissements.csv".into(), "ab12".into())]),
        edits: Vec::new(),
    }
}

fn establishment(site: &Site) -> Establishment {
    let (uai, name, kind, commune, (east, north), pupils, categories, ..) = *site;
    Establishment {
        uai: uai.into(),
        name: name.into(),
        kind,
        commune: commune.into(),
        commune_code: "99001".into(),
        latitude: 46.0 + north / 111.0,
        longitude: 2.0 + east / 77.0,
        pupils: Some(pupils),
        post_bac_pupils: 0,
        categories: Categories::from_iter(categories.iter().copied()),
        ips: (!kind.is_first_degree()).then_some(98.5),
        pupils_year: Some(2022),
        forecast: (uai == "A05").then_some((495, 2026)),
        bassin: if east < 0.0 { "Bassin Ouest".into() } else { "Bassin Est".into() },
        network: (kind == Ecole).then(|| "A01".into()),
        group: None,
        on_priority_list: false,
        assistants_max: 1,
        rural_class: None,
    }
}

fn post(row: &(&str, Option<&str>, u8, &str, bool, bool)) -> Post {
    let (id, agent, quotite_percent, residence, vacant, placed) = *row;
    Post {
        agent: agent.map(str::to_owned),
        quotite_percent,
        residence: (!placed).then(|| residence.into()),
        field: if id == "P5" { Field::FirstDegree } else { Field::Both },
        vacant,
        ..Post::full_time(id)
    }
}

fn current(uai: &str, post: &str) -> CurrentService {
    CurrentService {
        uai: uai.into(),
        post: Some(post.into()),
        modality: Some(Permanence),
        presence: None,
    }
}

fn plan() -> Plan {
    let bareme = profile::load("haute-garonne-2024", &toml::Table::new()).expect("a known profil");
    let postes: Vec<PostPlan> = POSTS.iter().map(week).collect();
    Plan {
        version: 1,
        programme: "maillage 0.1.0".into(),
        dossier: "Département d'essai".into(),
        rentree: 2026,
        departement: "99".into(),
        profil: "haute-garonne-2024".into(),
        graine: 0,
        methode: Method::Generation,
        statut: Status::EcartAtteint,
        objectif: 5230,
        borne: 5260,
        ecart: 30.0 / 5230.0,
        ecart_demi_journees: 0.3,
        preuve: "Borne par génération de colonnes.".into(),
        niveaux: vec![
            Level { nom: "couverture".into(), objectif: 5900, borne: None },
            Level { nom: "trajet".into(), objectif: -670, borne: None },
        ],
        affectations: SITES.iter().map(assignment).collect(),
        postes,
        indicateurs: indicators(),
        avertissements: vec!["P2 : l'agent « Nour Benali » n'a pas de jours travaillés.".into()],
        bareme: serde_json::to_value(bareme).expect("plain data"),
        empreintes: BTreeMap::from([("etablissements.csv".into(), "ab12".into())]),
        modifications: Vec::new(),
    }
}

/// Need and travel simple enough to check by hand.
fn assignment(site: &Site) -> Assignment {
    let (uai, name, kind, _, (east, north), pupils, categories, modality, half_days, post) = *site;
    let minutes = east.hypot(north).round();
    let need = f64::from(pupils) / if kind.is_first_degree() { 2500.0 } else { 200.0 };
    let served = !post.is_empty();
    let home = POSTS.iter().any(|(_, _, _, residence, ..)| *residence == uai);
    Assignment {
        uai: uai.into(),
        partie: None,
        reseau: (kind == Ecole).then(|| "RESEAU-A01".into()),
        nom: name.into(),
        modalite: modality,
        demi_journees: half_days,
        poste: served.then(|| post.into()),
        bassin_conseiller: (modality == Reference).then(|| "Bassin Est".into()),
        minutes_trajet: if served && !home { 2.0 * minutes } else { 0.0 },
        minutes_aller: served.then_some(if home { 0.0 } else { minutes }),
        charge_minutes: (half_days * 210.0) as i64,
        besoin: (need * 100.0).round() / 100.0,
        points: 1.0 + categories.len() as f64,
        valeur: (need * 60.0).round() as i64,
        change: uai == "A05",
    }
}

fn week(row: &(&str, Option<&str>, u8, &str, bool, bool)) -> PostPlan {
    let (id, _, quotite, residence, vacant, placed) = *row;
    let own = || SITES.iter().filter(|site| site.9 == id);
    let capacity = i64::from(quotite) * 1680 / 100;
    let travel = if id == "P4" { 250 } else { 60 };
    PostPlan {
        poste: id.into(),
        quotite: f64::from(quotite) / 100.0,
        residence: Some(residence.into()),
        residence_placee: placed,
        vacant,
        etablissements: own().map(|site| site.0.to_owned()).collect(),
        nombre_etablissements: own().filter(|site| site.2 != Ecole).count() as u32,
        demi_journees: own().map(|site| site.8).sum(),
        charge_minutes: capacity - 100,
        capacite_minutes: capacity,
        trajet_minutes: travel,
        part_trajet: travel as f64 / capacity as f64,
        km_semaine: 62.5,
        km_indemnises_semaine: 50.0,
        frais_km_euros_an: 576.0,
        pole_equipe_minutes: 0,
        besoin_porte: own().map(|site| f64::from(site.5) / 200.0).sum(),
        eleves_portes: own().map(|site| site.5).sum(),
        cible_equite: 10.5,
        penalite_equite: 0,
    }
}

fn indicators() -> Indicators {
    let coverage = CategoryCoverage {
        unites: 20,
        permanences: 12,
        besoin: 47.35,
        demi_journees: 14.25,
        part_couverte: 0.613,
    };
    let count = |modality: Modality| {
        let networks = usize::from(modality == PremierDegre);
        SITES.iter().filter(|site| site.7 == modality).count() - networks
    };
    Indicators {
        modalites: Modality::ALL.map(|m| (m.code().to_owned(), count(m) as u32)).into(),
        etp: 4.3,
        demi_journees: 14.25,
        besoin: 47.35,
        couverture: BTreeMap::from([
            ("TOUS".into(), coverage.clone()),
            ("COLLEGE".into(), coverage.clone()),
            ("REP+".into(), coverage),
        ]),
        eleves_par_etp: 1834.0,
        part_trajet: 0.071,
        km_semaine: 312.5,
        frais_km_euros_an: 2880.0,
        indice_equilibre: 87.0,
        gini: 0.083,
        changements: 1,
        trajets: TravelSources { estimes: 380, manquants: 380, ..TravelSources::default() },
    }
}
