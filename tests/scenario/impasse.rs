//! Dossiers without a plan: the conflict is named, and every way out does lead to a plan, as the
//! compact model, which had no part in finding it, confirms.

use maillage::domain::{Decision, DecisionKind, Dossier, EstablishmentKind, Modality, Presence};
use maillage::model::{CompactSettings, CompactStatus, solve_compact};
use maillage::policy::{Problem, profile};
use maillage::scenario::{Edit, Impasse, Remedy, apply, impasse};
use maillage::travel::EstimateFactors;

use crate::common::random_dossier::random_dossier;

fn problem(dossier: Dossier) -> Problem {
    let scenario = &dossier.scenario;
    let bareme = profile::load(&scenario.profile, &scenario.overrides).expect("a known bareme");
    Problem::new(dossier, bareme, &EstimateFactors::default())
}

fn is_feasible(dossier: Dossier) -> bool {
    let problem = problem(dossier);
    let outcome = solve_compact(&problem, &CompactSettings::default(), &|| false, &mut |_, _| {});
    outcome.status != CompactStatus::Infeasible
}

/// The impasse of a dossier, each of its ways out tried by the other method.
fn tried(dossier: &Dossier) -> Impasse {
    let told = impasse(&problem(dossier.clone()), &|| false);
    println!("{told}\n");
    assert!(told.complet && told.minimal && !told.conflit.is_empty(), "{told:?}");
    for remedy in &told.remedes {
        let edited = apply(dossier, &remedy.modifications).expect("the edits apply");
        assert!(is_feasible(edited), "{remedy:?}");
    }
    told
}

/// Four colleges around a lycee professionnel, and one post there.
pub fn small() -> Dossier {
    let mut dossier = random_dossier(1);
    let model = dossier.establishments[0].clone();
    dossier.establishments = (0..5)
        .map(|index| {
            let mut row = model.clone();
            row.uai = format!("079000{index}A");
            row.name =
                if index == 0 { "LP Le Parc".into() } else { format!("Collège n° {index}") };
            row.kind = if index == 0 { EstablishmentKind::Lp } else { EstablishmentKind::College };
            row.categories = Default::default();
            (row.latitude, row.longitude) = (46.0 + 0.15 * f64::from(index), 0.2);
            (row.pupils, row.ips, row.bassin) = (Some(400), Some(100.0), "Nord".into());
            (row.group, row.assistants_max, row.on_priority_list) = (None, 1, false);
            row
        })
        .collect();
    let mut post = dossier.posts[0].clone();
    post.residence = Some("0790000A".into());
    post.quotite_percent = 100;
    (post.bassin, post.max_trip_minutes, post.max_establishments) = (None, None, None);
    (post.discharge_centi, post.vacant, post.field) = (0, false, Default::default());
    let mut second = post.clone();
    (post.id, second.id) = ("P1".into(), "P2".into());
    second.residence = Some("0790004A".into());
    dossier.posts = vec![post, second];
    dossier.scenario.profile = "deux-sevres-2018".into();
    dossier.scenario.overrides = toml::Table::new();
    (dossier.advisers, dossier.trips, dossier.current) = Default::default();
    (dossier.pole_teams, dossier.decisions, dossier.affinities) = Default::default();
    dossier
}

fn required(uai: &str, post: Option<&str>, modality: Option<Modality>) -> Decision {
    Decision {
        uai: uai.into(),
        kind: DecisionKind::Require,
        post: post.map(str::to_owned),
        modality,
        presence: None,
        reason: String::new(),
    }
}

#[test]
fn too_little_time_asks_for_the_least_that_is_enough() {
    let mut dossier = small();
    for row in &mut dossier.establishments {
        row.kind = EstablishmentKind::Lp;
        row.pupils = Some(900);
        row.latitude = 46.0 + (row.latitude - 46.0) / 3.0;
    }
    dossier.posts.truncate(1);
    dossier.posts[0].quotite_percent = 30;
    let told = tried(&dossier);
    let more = told.remedes.iter().find_map(|remedy| match &remedy.modifications[..] {
        [Edit::Etp { ecart, .. }] => Some((*ecart, remedy)),
        _ => None,
    });
    let (more, remedy) = more.expect("more working time is enough");
    assert!(remedy.juste && remedy.texte.contains("ETP"), "{remedy:?}");
    let less = Edit::Etp { ecart: more - 0.05, postes: Vec::new() };
    assert!(!is_feasible(apply(&dossier, &[less]).expect("it applies")));
    let quotite = |edit: &Edit| matches!(edit, Edit::Quotite { poste, .. } if poste == "P1");
    assert!(told.remedes.iter().any(|remedy| remedy.modifications.iter().any(quotite)));
}

#[test]
fn contradictory_decisions_are_lifted_one_or_together() {
    let mut dossier = small();
    dossier.decisions =
        vec![required("0790001A", Some("P1"), None), required("0790001A", Some("P2"), None)];
    let told = tried(&dossier);
    let lifts = |edit: &Edit| matches!(edit, Edit::LeverDecision { .. });
    let single = told.remedes.iter().filter(|remedy| remedy.modifications.iter().all(lifts));
    assert_eq!(single.count(), 2, "either of them: {told:?}");
    let second =
        vec![required("0790002A", Some("P1"), None), required("0790002A", Some("P2"), None)];
    dossier.decisions.extend(second);
    let told = tried(&dossier);
    let lifts_all = |remedy: &&Remedy| remedy.modifications.iter().all(lifts);
    let together = told.remedes.iter().find(lifts_all);
    assert_eq!(together.map(|remedy| (remedy.modifications.len(), remedy.juste)), Some((2, true)));
}

#[test]
fn places_of_reference_and_trips_are_raised_by_the_least() {
    let mut dossier = small();
    dossier.advisers = vec![maillage::domain::Adviser {
        id: "CT".into(),
        bassin: "Nord".into(),
        references_max: 1,
    }];
    for index in 1..4 {
        let uai = format!("079000{index}A");
        dossier.decisions.push(required(&uai, None, Some(Modality::Reference)));
    }
    let told = tried(&dossier);
    let first = &told.remedes[0];
    assert!(matches!(&first.modifications[..], [Edit::References { nombre: 3, .. }]), "{told:?}");
    assert!(
        first.juste && first.texte.contains("avec 2, il n'y a toujours pas de plan"),
        "{first:?}"
    );

    let mut dossier = small();
    dossier.posts.truncate(1);
    dossier.posts[0].max_trip_minutes = Some(20);
    let told = tried(&dossier);
    let trip = told.remedes.iter().find_map(|remedy| match &remedy.modifications[..] {
        [Edit::TrajetMax { minutes: Some(minutes), .. }] => Some((*minutes, remedy.juste)),
        _ => None,
    });
    let (minutes, is_least) = trip.expect("a longer trip is enough");
    assert!(is_least && minutes > 20);
    let less = Edit::TrajetMax { poste: "P1".into(), minutes: Some(minutes - 1) };
    assert!(!is_feasible(apply(&dossier, &[less]).expect("it applies")));
}

#[test]
fn too_few_establishments_a_post_are_counted_and_raised_by_the_least() {
    let mut dossier = small();
    for row in &mut dossier.establishments {
        (row.pupils, row.kind) = (Some(100), EstablishmentKind::Lp);
        row.latitude = 46.0 + (row.latitude - 46.0) / 5.0;
    }
    let limit = Edit::Regler { cle: "limites.etablissements_max".into(), valeur: Some(2.into()) };
    let dossier = apply(&dossier, &[limit]).expect("it applies");
    let told = tried(&dossier);
    let counted = "il en reste au moins 5 pour les postes, qui n'en ont que 4 au plus";
    assert!(told.conflit[0].contains(counted), "{told:?}");
    let raised = "Permettre 3 établissements par poste";
    assert!(told.remedes[0].texte.contains(raised) && told.remedes[0].juste, "{told:?}");
}

#[test]
fn time_on_the_road_counts_where_presence_alone_would_fit() {
    let mut dossier = small();
    dossier.establishments.truncate(2);
    dossier.posts.truncate(1);
    dossier.posts[0].quotite_percent = 95;
    for index in 0..2 {
        dossier.decisions.push(Decision {
            kind: DecisionKind::Minimum,
            presence: Some(Presence(16)),
            ..required(&format!("079000{index}A"), None, Some(Modality::Permanence))
        });
    }
    let told = tried(&dossier);
    let (needed, offered) = time_told(&told.conflit[0]);
    assert!(offered < needed, "{told:?}");
    // Eight half-days of presence, of eight and a half a full-time week.
    assert!(8.0 / 8.5 < offered, "presence alone fits: {told:?}");
}

/// ETP that services take and that there are, of a sentence that counts them.
fn time_told(sentence: &str) -> (f64, f64) {
    let figure = |after: &str| {
        let (_, rest) = sentence.split_once(after).expect("a sentence that counts time");
        let digits: String =
            rest.chars().take_while(|it| it.is_ascii_digit() || *it == ',').collect();
        digits.replace(',', ".").parse().expect("a figure")
    };
    (figure("au moins "), figure("il y en a "))
}

#[test]
fn many_limits_of_one_sort_are_told_in_one_sentence() {
    let mut dossier = small();
    let (post, row) = (dossier.posts[0].clone(), dossier.establishments[1].clone());
    (dossier.posts, dossier.establishments) = (Vec::new(), Vec::new());
    for index in 0..6 {
        let mut row = row.clone();
        row.uai = format!("079000{index}A");
        row.name = format!("Collège n° {index}");
        // Five colleges together, each with its post, and one far away.
        row.latitude = if index < 5 { 46.0 + 0.004 * f64::from(index) } else { 47.0 };
        if index < 5 {
            let mut post = post.clone();
            (post.id, post.residence) = (format!("P{index}"), Some(row.uai.clone()));
            post.max_trip_minutes = Some(20);
            dossier.posts.push(post);
        }
        dossier.establishments.push(row);
    }
    let told = tried(&dossier);
    let trips = "5 postes ne vont pas à plus de 20 minutes (P0, P1, P2, P3, P4)";
    assert!(told.conflit.iter().any(|sentence| sentence.contains(trips)), "{told:?}");
    assert!(told.conflit.iter().any(|sentence| sentence.contains("Collège n° 5")), "{told:?}");
    assert_eq!(told.conflit.len(), 2, "{told:?}");
}

#[test]
fn random_impasses_have_ways_out_that_work() {
    let (mut impasses, mut remedies) = (0, 0);
    for dossier in (0..60).map(random_dossier) {
        if impasses < 8 && !is_feasible(dossier.clone()) {
            impasses += 1;
            remedies += tried(&dossier).remedes.len();
        }
    }
    assert!(impasses > 5 && remedies > impasses, "{impasses} impasses, {remedies} ways out");
}
