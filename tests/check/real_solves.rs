//! What the program computes passes the checker: the two writings of the rules agree.

use maillage::domain::{
    Adviser, Category, Decision, DecisionKind, Dossier, Establishment, EstablishmentKind, Field,
    Modality, Plan, Post, Presence,
};
use maillage::policy::bareme::{Coverage, EquityMeasure, Order, VacantPosts};
use maillage::policy::{Bareme, Problem, profile};
use maillage::solve::find::{MethodChoice, Request, Start, find};
use maillage::solve::listener::Silent;
use maillage::solve::outcome::Settings;
use maillage::solve::plan::plan;
use maillage::solve::terminator::NeverStop;
use maillage::travel::EstimateFactors;
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;

use super::small::{bareme, decision, dossier, findings};
use crate::common::poitiers;

fn solve(dossier: &Dossier, bareme: &Bareme, effort: Option<u64>) -> Option<Plan> {
    let problem = Problem::new(dossier.clone(), bareme.clone(), &EstimateFactors::default());
    let settings = Settings { gap: 0.0, effort, seed: 0 };
    let request = Request { method: MethodChoice::Generation, settings, start: Start::default() };
    let (solution, proof) = find(&problem, &request, &Silent, &NeverStop).plan?;
    Some(plan(&problem, &solution, &proof))
}

fn chance(random: &mut ChaCha8Rng, one_in: u32) -> bool {
    random.random_range(0..one_in) == 0
}

fn pick<T: Clone>(random: &mut ChaCha8Rng, from: &[T]) -> T {
    from[random.random_range(0..from.len())].clone()
}

/// Other pupils, places, categories, groups.
fn shake_establishment(random: &mut ChaCha8Rng, one: &mut Establishment) {
    one.pupils = Some(random.random_range(60..1_100));
    if one.kind == EstablishmentKind::Circonscription {
        one.pupils = Some(random.random_range(2_000..8_000));
    }
    one.ips = (!chance(random, 5)).then(|| f64::from(random.random_range(700..1_400)) / 10.0);
    one.longitude += f64::from(random.random_range(0..300)) / 1_000.0;
    one.latitude = 43.0 + f64::from(random.random_range(0..300)) / 1_000.0;
    one.rural_class = pick(random, &[None, Some(1), Some(3), Some(6)]);
    one.on_priority_list = chance(random, 6);
    for category in Category::ALL {
        let network = matches!(category, Category::RepPlus | Category::Rep | Category::Lp);
        if !network && chance(random, 4) {
            one.categories.present.insert(category);
        }
    }
    if chance(random, 4) {
        one.bassin = pick(random, &["Nord".to_owned(), "Sud".to_owned(), String::new()]);
    }
    if chance(random, 6) && one.kind != EstablishmentKind::Ecole {
        one.group = Some("Cité".into());
    }
}

fn shake_post(random: &mut ChaCha8Rng, post: &mut Post) {
    post.quotite_percent = pick(random, &[100, 100, 80, 50]);
    post.discharge_centi = pick(random, &[0, 0, 50, 125]);
    post.max_trip_minutes = chance(random, 4).then_some(45);
    post.vacant = chance(random, 4);
    if chance(random, 3) {
        post.residence = None;
    }
    if chance(random, 5) {
        post.field = pick(random, &[Field::Both, Field::SecondDegree]);
    }
    post.bassin = None;
}

fn shake_decisions(random: &mut ChaCha8Rng, dossier: &mut Dossier) {
    dossier.decisions.clear();
    let codes: Vec<String> = dossier.establishments.iter().map(|one| one.uai.clone()).collect();
    for _ in 0..random.random_range(0..4) {
        let kind =
            pick(random, &[DecisionKind::Require, DecisionKind::Forbid, DecisionKind::Minimum]);
        let posts = ["P1", "P2", "P3", "P5"].map(|id| Some(id.to_owned()));
        let modalities = [Modality::Permanence, Modality::Pole, Modality::Conseil].map(Some);
        let presences = [2, 4, 8].map(|quarters| Some(Presence(quarters)));
        let mut one: Decision = decision(&pick(random, &codes), kind);
        match random.random_range(0..3) {
            0 if kind != DecisionKind::Minimum => one.post = pick(random, &posts),
            1 => one.presence = pick(random, &presences),
            _ => one.modality = pick(random, &modalities),
        }
        dossier.decisions.push(one);
    }
}

fn shake_bareme(random: &mut ChaCha8Rng, bareme: &mut Bareme) {
    bareme.couverture = pick(random, &[Coverage::Priorites, Coverage::Tous]);
    bareme.ordre = pick(random, &[Order::Somme, Order::Somme, Order::Lexicographique]);
    bareme.equite.mesure = pick(random, &[EquityMeasure::Besoin, EquityMeasure::Eleves]);
    bareme.equite.poids = pick(random, &[50, 13, 0]);
    bareme.permanence.mensuelle = chance(random, 3);
    bareme.permanence.planchers.autres = pick(random, &[0.25, 0.5, 1.0]);
    bareme.postes_vacants = pick(random, &[VacantPosts::Comptes, VacantPosts::Exclus]);
    bareme.meme_lieu_metres = pick(random, &[200.0, 3_000.0]);
    bareme.reseau_avec_college = !chance(random, 3);
    bareme.post_bac = chance(random, 3);
    bareme.mandats.dote = chance(random, 4);
    bareme.limites.rep_plus_etablissements_max = pick(random, &[1, 2, 3]);
    bareme.limites.km_max_semaine = chance(random, 4).then_some(120.0);
    bareme.limites.changements_max = chance(random, 4).then_some(2);
}

fn random_case(seed: u64) -> (Dossier, Bareme) {
    let random = &mut ChaCha8Rng::seed_from_u64(seed);
    let (mut dossier, mut bareme) = (dossier(), bareme());
    for one in &mut dossier.establishments {
        shake_establishment(random, one);
    }
    for post in dossier.posts.iter_mut().filter(|post| post.id != "P4") {
        shake_post(random, post);
    }
    shake_decisions(random, &mut dossier);
    shake_bareme(random, &mut bareme);
    dossier.advisers.push(Adviser { id: "B".into(), bassin: "Nord".into(), references_max: 2 });
    (dossier, bareme)
}

#[test]
fn the_small_dossier_solved_has_no_finding() {
    let plan = solve(&dossier(), &bareme(), None).expect("feasible");
    assert_eq!(findings(&dossier(), &bareme(), &plan), []);
}

#[test]
fn random_dossiers_solved_have_no_finding() {
    let mut solved = 0;
    let mut wrong = Vec::new();
    for seed in 0..40 {
        let (dossier, bareme) = random_case(seed);
        let Some(plan) = solve(&dossier, &bareme, Some(20_000)) else { continue };
        solved += 1;
        let found = findings(&dossier, &bareme, &plan);
        wrong.extend(found.into_iter().map(|one| (seed, one.rule, one.message)));
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
    assert!(solved >= 10, "only {solved} dossiers have a plan");
}

#[test]
#[ignore = "minutes without optimisation"]
fn the_real_deux_sevres_solved_has_no_finding() {
    let Some(dossier) = poitiers::dossier("79", 12) else { return };
    let bareme = profile::load(&dossier.scenario.profile, &dossier.scenario.overrides)
        .expect("a carried profil");
    let plan = solve(&dossier, &bareme, Some(20_000_000)).expect("feasible");
    assert_eq!(findings(&dossier, &bareme, &plan), []);
}
