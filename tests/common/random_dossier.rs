//! Small random dossiers that between them exercise every rule of `docs/model.md`: few enough
//! units to enumerate all plans, tight enough that rules bind and some dossiers are infeasible.

use std::collections::BTreeMap;

use maillage::domain::{
    Adviser, Affinity, Categories, Category, CurrentService, Decision, DecisionKind, Dossier,
    Establishment, EstablishmentKind, Field, Modality, PoleTeam, Post, Presence, Scenario, Trip,
};
use maillage::policy::{Problem, profile};
use maillage::travel::EstimateFactors;

use super::dice::Dice;

/// Types that may be left to occasional advice in most dossiers.
const ALL_TYPES: &str = r#"["CIRCONSCRIPTION", "COLLEGE", "LPO", "LEGT", "EREA", "ECOLE"]"#;

/// The problem of a seed.
pub fn random_problem(seed: u64) -> Problem {
    let dossier = random_dossier(seed);
    let bareme = profile::load(&dossier.scenario.profile, &dossier.scenario.overrides)
        .unwrap_or_else(|error| panic!("seed {seed}: {error}"));
    Problem::new(dossier, bareme, &EstimateFactors::default())
}

/// The dossier of a seed, its bareme overrides included.
pub fn random_dossier(seed: u64) -> Dossier {
    let mut dice = Dice::new(seed);
    let establishments = establishments(&mut dice);
    let posts = posts(&mut dice, &establishments);
    let uais: Vec<String> = establishments.iter().map(|row| row.uai.clone()).collect();
    let codes: Vec<String> = establishments.iter().map(unit_code).collect();
    let ids: Vec<String> = posts.iter().map(|post| post.id.clone()).collect();
    Dossier {
        scenario: Scenario {
            name: format!("graine {seed}"),
            year: 2026,
            departement: "79".into(),
            profile: dice.pick(&profile::profile_names()).into(),
            overrides: overrides(&mut dice),
        },
        advisers: advisers(&mut dice),
        trips: trips(&mut dice, &uais),
        current: current(&mut dice, &uais, &ids),
        pole_teams: pole_teams(&mut dice, &ids),
        decisions: decisions(&mut dice, &codes, &ids),
        affinities: affinities(&mut dice, &codes, &ids),
        establishments,
        posts,
        outline: None,
        digests: BTreeMap::new(),
        edits: Vec::new(),
    }
}

fn unit_code(row: &Establishment) -> String {
    match (&row.network, row.kind) {
        (Some(head), EstablishmentKind::Ecole) => format!("RESEAU-{head}"),
        _ => row.uai.clone(),
    }
}

fn establishments(dice: &mut Dice) -> Vec<Establishment> {
    let rows = 3 + dice.roll(3) as usize;
    let mut establishments: Vec<Establishment> = Vec::new();
    for index in 0..rows {
        let mut row = establishment(dice, index);
        if let (true, Some(other)) = (dice.chance(35), establishments.last()) {
            (row.latitude, row.longitude) = (other.latitude + 0.0004, other.longitude);
        }
        establishments.push(row);
    }
    if dice.chance(20) {
        establishments[0].group = Some("cité".into());
        establishments[1].group = Some("cité".into());
    }
    if dice.chance(20) {
        let head = establishments[0].uai.clone();
        establishments[0].kind = EstablishmentKind::College;
        establishments[0].categories = [Category::RepPlus].into_iter().collect();
        let last = establishments.last_mut().expect("three rows at least");
        last.kind = EstablishmentKind::Ecole;
        last.network = Some(head);
        last.categories = Categories::default();
        (last.group, last.assistants_max) = (None, 1);
    }
    establishments
}

fn establishment(dice: &mut Dice, index: usize) -> Establishment {
    use EstablishmentKind::{Circonscription, College, Erea, Legt, Lp, Lpo};
    let kind = dice.pick(&[
        College,
        College,
        College,
        College,
        Legt,
        Legt,
        Lpo,
        Lp,
        Erea,
        Circonscription,
    ]);
    let marks =
        [Category::RepPlus, Category::Rep, Category::Egpa, Category::Internat, Category::Ulis];
    let marks: Vec<Category> = marks.into_iter().filter(|_| dice.chance(12)).collect();
    let pupils = if kind == Circonscription { 3_000 } else { 150 } + dice.roll(700) as u32;
    Establishment {
        uai: format!("079000{index}A"),
        name: format!("Établissement {index}"),
        kind,
        commune: String::new(),
        commune_code: format!("7900{}", index % 4),
        latitude: 46.0 + dice.roll(40) as f64 / 100.0,
        longitude: 0.1 + dice.roll(50) as f64 / 100.0,
        pupils: Some(pupils),
        post_bac_pupils: 0,
        categories: marks.into_iter().collect(),
        ips: dice.maybe(70, |dice| 70.0 + dice.roll(60) as f64),
        pupils_year: None,
        forecast: None,
        bassin: dice.pick(&["Nord", "Nord", "Sud", ""]).into(),
        network: None,
        group: None,
        on_priority_list: dice.chance(12),
        assistants_max: if kind != Circonscription && dice.chance(12) { 2 } else { 1 },
        rural_class: Some(1 + dice.roll(6) as u8),
    }
}

fn posts(dice: &mut Dice, rows: &[Establishment]) -> Vec<Post> {
    let count = 1 + dice.roll(3);
    let alike = dice.chance(25);
    let seats: Vec<&Establishment> =
        rows.iter().filter(|row| row.kind != EstablishmentKind::Ecole).collect();
    (0..count)
        .map(|index| {
            let id = format!("P{index}");
            if alike { alike_post(id) } else { post(dice, id, &seats) }
        })
        .collect()
}

fn alike_post(id: String) -> Post {
    Post { quotite_percent: 60, ..Post::full_time(id) }
}

fn post(dice: &mut Dice, id: String, seats: &[&Establishment]) -> Post {
    let residence = dice.maybe(75, |dice| dice.pick(seats).uai.clone());
    Post {
        quotite_percent: dice.pick(&[40, 50, 60, 80, 100]),
        residence,
        bassin: dice.maybe(15, |dice| dice.pick(&["Nord", "Sud"]).into()),
        field: dice.pick(&[
            Field::Both,
            Field::Both,
            Field::Both,
            Field::SecondDegree,
            Field::FirstDegree,
        ]),
        discharge_centi: dice.pick(&[0, 0, 0, 0, 0, 100, 100, 1_000]),
        vacant: dice.chance(10),
        max_trip_minutes: dice.maybe(20, |dice| 15 + dice.roll(30) as u32),
        max_establishments: dice.maybe(25, |dice| 1 + dice.roll(3) as u8),
        home_commune: Some("79001".into()),
        horsepower: Some(7),
        ..alike_post(id)
    }
}

fn advisers(dice: &mut Dice) -> Vec<Adviser> {
    let adviser = |bassin: &str, most| Adviser {
        id: format!("CTSS {bassin}"),
        bassin: bassin.into(),
        references_max: most,
    };
    let bassins = ["Nord", "Sud"].into_iter().filter(|_| dice.chance(50)).collect::<Vec<_>>();
    bassins.into_iter().map(|bassin| adviser(bassin, dice.roll(3) as u16)).collect()
}

fn trips(dice: &mut Dice, uais: &[String]) -> Vec<Trip> {
    let count = dice.roll(3);
    (0..count)
        .map(|rank| Trip {
            from: dice.pick(uais),
            to: dice.pick(uais),
            minutes: 5.0 + dice.roll(400) as f64 / 10.0,
            km: dice.roll(500) as f64 / 10.0,
            computed: rank == 1,
        })
        .collect()
}

fn current(dice: &mut Dice, uais: &[String], posts: &[String]) -> Vec<CurrentService> {
    if dice.chance(40) {
        return Vec::new();
    }
    let known = uais.iter().filter(|_| dice.chance(75)).cloned().collect::<Vec<_>>();
    known
        .into_iter()
        .map(|uai| CurrentService {
            uai,
            post: dice.maybe(85, |dice| dice.pick(posts)),
            modality: None,
            presence: None,
        })
        .collect()
}

fn pole_teams(dice: &mut Dice, posts: &[String]) -> Vec<PoleTeam> {
    let team = |id: &str, posts: &[String]| PoleTeam { id: id.into(), posts: posts.to_vec() };
    match dice.roll(8) {
        0 => vec![team("pôle", posts)],
        1 if posts.len() > 1 => vec![team("pôle", &posts[..2])],
        2 if posts.len() > 1 => vec![team("un", &posts[..1]), team("deux", &posts[1..])],
        _ => Vec::new(),
    }
}

fn decisions(dice: &mut Dice, codes: &[String], posts: &[String]) -> Vec<Decision> {
    let count = dice.pick(&[0, 0, 0, 1, 1, 2]);
    (0..count)
        .map(|_| {
            let kind =
                dice.pick(&[DecisionKind::Require, DecisionKind::Forbid, DecisionKind::Minimum]);
            let named = [
                Modality::Permanence,
                Modality::Permanence,
                Modality::Pole,
                Modality::Reference,
                Modality::Conseil,
            ];
            let modality = dice.maybe(60, |dice| dice.pick(&named));
            let permanence = modality.is_none_or(|named| named == Modality::Permanence);
            let post =
                dice.maybe(45, |dice| dice.pick(posts)).filter(|_| kind != DecisionKind::Minimum);
            let presence =
                dice.maybe(30, |dice| Presence(dice.pick(&[1, 2, 3, 4, 8]))).filter(|_| permanence);
            let says_nothing = post.is_none() && modality.is_none() && presence.is_none();
            Decision {
                uai: dice.pick(codes),
                kind,
                post,
                modality: if says_nothing { Some(Modality::Permanence) } else { modality },
                presence,
                reason: String::new(),
            }
        })
        .collect()
}

fn affinities(dice: &mut Dice, codes: &[String], posts: &[String]) -> Vec<Affinity> {
    let count = dice.roll(3);
    (0..count)
        .map(|_| Affinity {
            post: dice.pick(posts),
            uai: dice.pick(codes),
            points: dice.roll(41) as f64 / 10.0 - 2.0,
        })
        .collect()
}

fn overrides(dice: &mut Dice) -> toml::Table {
    let mut limits = format!(
        "etablissements_max = {}\nrep_plus_etablissements_max = {}\ncharge_min = {}\n",
        dice.pick(&[3, 4, 7]),
        dice.pick(&[1, 2]),
        dice.pick(&["0.0", "0.0", "0.0", "0.3", "0.6"]),
    );
    limits += &dice
        .maybe(15, |dice| format!("km_max_semaine = {}\n", dice.roll(300)))
        .unwrap_or_default();
    limits +=
        &dice.maybe(15, |dice| format!("changements_max = {}\n", dice.roll(4))).unwrap_or_default();
    let order = if dice.chance(20) { "lexicographique" } else { "somme" };
    let levels = dice.pick(&[
        r#"["couverture", "equite", "trajet", "stabilite"]"#,
        r#"["stabilite", "trajet", "couverture", "equite"]"#,
        r#"["equite", "couverture", "stabilite", "trajet"]"#,
    ]);
    format!(
        r#"
couverture = "{}"
postes_vacants = "{}"
reseau_avec_college = {}
cout_minute_trajet = {}
ordre = "{order}"
niveaux = {levels}
tolerance_niveaux = {}
[permanence]
mensuelle = {}
demi_journees_max = {}
[pole]
types = ["LEGT", "LPO", "COLLEGE"]
reserve_max_minutes = {}
[conseil]
types = {}
[mandats]
dote = {}
[limites]
{limits}
[equite]
mesure = "{}"
poids = {}
tolerance = {}
"#,
        dice.pick(&["priorites", "tous"]),
        dice.pick(&["comptes", "exclus"]),
        dice.pick(&["true", "false"]),
        dice.pick(&[0, 1, 1, 3]),
        dice.pick(&["0.0", "0.001", "0.1"]),
        dice.pick(&["true", "false", "false"]),
        dice.pick(&[1, 2, 2, 3]),
        dice.pick(&[0, 105, 210]),
        dice.pick(&[r#"["CIRCONSCRIPTION"]"#, ALL_TYPES, ALL_TYPES, ALL_TYPES]),
        dice.pick(&["true", "false"]),
        dice.pick(&["besoin", "eleves"]),
        dice.pick(&[0, 50, 50, 200]),
        dice.pick(&["0.0", "0.1"]),
    )
    .parse()
    .expect("the overrides are TOML")
}
