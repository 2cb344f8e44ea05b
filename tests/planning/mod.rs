//! Timetables: each half-day once, the presences of the plan, as few trips, nothing dropped unsaid.

mod command;

use std::collections::{BTreeMap, BTreeSet};

use maillage::demo::{GeneratorSettings, generate};
use maillage::domain::{Dossier, HalfDay, Modality};
use maillage::planning::{Activity, PostWeek, Timetable, timetable};
use maillage::policy::scorecard::post_score;
use maillage::policy::{PostId, Problem, Server, Solution, profile};
use maillage::solve::find::{Request, find};
use maillage::solve::listener::Silent;
use maillage::solve::outcome::Settings;
use maillage::solve::terminator::NeverStop;
use maillage::travel::EstimateFactors;

use crate::common::poitiers;
use crate::common::random_dossier::random_dossier;

fn solved(dossier: Dossier, gap: f64) -> Option<(Problem, Solution)> {
    let scenario = &dossier.scenario;
    let bareme = profile::load(&scenario.profile, &scenario.overrides).expect("a known bareme");
    let problem = Problem::new(dossier, bareme, &EstimateFactors::default());
    let settings = Settings { gap, effort: None, seed: 0 };
    let request = Request { settings, ..Request::default() };
    let (solution, _) = find(&problem, &request, &Silent, &NeverStop).plan?;
    Some((problem, solution))
}

/// Half-days over the four weeks by code and part, of the plan.
fn wanted(problem: &Problem, solution: &Solution, post: PostId) -> BTreeMap<(String, u8), u16> {
    let present = solution.sector(post).filter_map(|unit| {
        let option = solution.option(problem, unit);
        let what = &problem.units[unit];
        let part = what.part.map_or(0, |(part, _)| part);
        (option.modality == Modality::Permanence)
            .then(|| ((what.code.clone(), part), option.presence.0))
    });
    present.collect()
}

/// Checks a week against the plan alone; returns the half-days over four weeks that are missing.
fn check(problem: &Problem, solution: &Solution, post: PostId, week: &PostWeek) -> u16 {
    let mut taken = BTreeSet::new();
    let mut placed: BTreeMap<(String, u8), u16> = BTreeMap::new();
    let mut days: BTreeMap<usize, BTreeSet<(u8, u8)>> = BTreeMap::new();
    for session in &week.seances {
        assert!(week.travaille.contains(&session.creneau), "{week:?}");
        assert!(!session.semaines.is_empty() && session.semaines.is_sorted());
        for &number in &session.semaines {
            assert!((1..=4).contains(&number));
            assert!(taken.insert((session.creneau, number)), "twice: {session:?} in {week:?}");
        }
        if session.activite != Activity::Permanence {
            continue;
        }
        if !problem.bareme.temps.mercredi_apres_midi {
            assert_ne!(session.creneau, HalfDay::WEDNESDAY_AFTERNOON);
        }
        if session.semaines.len() == 2 {
            assert_eq!(session.semaines[1] - session.semaines[0], 2, "every second week");
        }
        let code = session.uai.clone().expect("a permanence is somewhere");
        let unit = problem.units.iter().find(|unit| unit.code == code).expect("a unit");
        let there = days.entry(usize::from(unit.place)).or_default();
        there.extend(session.semaines.iter().map(|week| (session.creneau.day(), *week)));
        *placed.entry((code, session.partie.unwrap_or(0))).or_default() +=
            session.semaines.len() as u16;
    }
    let mut missing = 0;
    for (unit, quarters) in wanted(problem, solution, post) {
        let lacking = quarters - placed.remove(&unit).unwrap_or(0);
        let told: f64 = week
            .manques
            .iter()
            .filter(|missing| missing.uai == unit.0)
            .map(|missing| missing.demi_journees)
            .sum();
        assert!(f64::from(lacking) / 4.0 <= told, "{unit:?} is dropped unsaid: {week:?}");
        missing += lacking;
    }
    assert!(placed.is_empty(), "served without being in the plan: {placed:?}");
    assert!(missing == 0 || week.remarques.iter().any(|words| words.contains("sa place")));
    let seat = solution.seats[post].map(|seat| usize::from(problem.units[seat].place));
    let trips: usize =
        days.iter().filter(|(place, _)| Some(**place) != seat).map(|(_, days)| days.len()).sum();
    let told: i64 = week.trajets.iter().map(|trips| trips.permanences).sum();
    assert_eq!(trips as i64, told);
    missing
}

/// Checks every post; returns the half-days missing and the trips over those of the plan.
fn check_all(problem: &Problem, solution: &Solution, told: &Timetable) -> (u16, i64) {
    let mut missing = 0;
    let mut beyond = 0;
    for week in &told.postes {
        let post = problem.post_by_id(&week.poste).expect("a post of the dossier");
        missing += check(problem, solution, post, week);
        assert!(week.prouve, "{week:?}");
        for trips in &week.trajets {
            let more = trips.permanences - trips.prevus;
            let said = week.remarques.iter().any(|words| words.starts_with(&trips.lieu));
            assert!(more <= 0 || said, "{week:?}");
            beyond += more.max(0);
        }
    }
    let served = told.postes.len() + told.sans_secteur.len();
    assert_eq!(served, problem.posts.len());
    (missing, beyond)
}

#[test]
fn random_dossiers_have_every_half_day_once() {
    let (mut weeks, mut missing) = (0, 0);
    for seed in 0..120 {
        let mut dossier = random_dossier(seed);
        for (index, post) in dossier.posts.iter_mut().enumerate() {
            let days = [None, Some("lu ma je ve"), Some("lundi, jeudi matin"), Some("bientôt")];
            post.working_days = days[(index + seed as usize) % 4].map(str::to_owned);
        }
        let Some((problem, solution)) = solved(dossier, 0.0) else { continue };
        let told = timetable(&problem, &solution);
        weeks += told.postes.len();
        missing += check_all(&problem, &solution, &told).0;
        for (week, row) in told.postes.iter().zip(&problem.dossier.posts) {
            let unreadable = row.working_days.as_deref() == Some("bientôt");
            let said = week.remarques.iter().any(|words| words.contains("ne se lit pas"));
            let same = week.poste == row.id;
            assert!(!same || unreadable == said, "{week:?}");
        }
    }
    assert!(weeks > 80 && missing > 0, "{weeks} weeks, {missing} half-days missing");
}

#[test]
fn a_departement_fits_with_the_trips_of_its_plan() {
    let (problem, solution) =
        solved(generate(&GeneratorSettings::demonstration()), 0.05).expect("a plan");
    let told = timetable(&problem, &solution);
    assert_eq!(check_all(&problem, &solution, &told).0, 0);
    assert_eq!(told, timetable(&problem, &solution), "the same every time");
    for week in &told.postes {
        let post = problem.post_by_id(&week.poste).expect("a post of the dossier");
        weekly_places_take_the_fewest_days(&problem, &solution, post, week);
    }
}

#[test]
fn the_real_deux_sevres_fits() {
    let Some(mut dossier) = poitiers::dossier("79", 12) else { return };
    dossier.posts[0].quotite_percent = 80;
    dossier.posts[0].working_days = Some("lu ma je ve".into());
    let (problem, solution) = solved(dossier, 0.05).expect("a plan");
    let told = timetable(&problem, &solution);
    assert_eq!(check_all(&problem, &solution, &told).0, 0);
    let wednesday = |half_day: &HalfDay| half_day.day() == 2;
    assert!(!told.postes[0].travaille.iter().any(wednesday));
    assert!(told.postes[0].remarques.iter().any(|words| words.contains("réunion d'équipe")));
}

/// Two half-days a trip, where all presences of a place are weekly.
fn weekly_places_take_the_fewest_days(
    problem: &Problem,
    solution: &Solution,
    post: PostId,
    week: &PostWeek,
) {
    let seat = solution.seats[post].map(|seat| problem.units[seat].place);
    for visit in post_score(problem, solution, post).visits {
        let presences: Vec<u16> =
            visit.units.iter().map(|unit| solution.option(problem, *unit).presence.0).collect();
        let total: u16 = presences.iter().sum();
        let weekly = presences.iter().all(|presence| presence.is_multiple_of(4));
        if Some(visit.place) == seat || !weekly || total == 0 {
            continue;
        }
        let names =
            visit.units.iter().filter(|unit| solution.option(problem, **unit).presence.0 > 0);
        let names: Vec<&str> = names.map(|unit| problem.units[*unit].name.as_str()).collect();
        let told = week.trajets.iter().find(|trips| trips.lieu == names.join(", "));
        let days = told.map_or(0, |trips| trips.permanences);
        assert_eq!(days, i64::from(4 * total.div_ceil(8)), "{week:?}");
    }
}

/// A post that spends `half_days` at its residence, and nothing else.
fn residence_days(half_days: u16) -> Vec<usize> {
    let (problem, mut solution) =
        solved(generate(&GeneratorSettings::demonstration()), 0.05).expect("a plan");
    let (post, seat) = problem
        .posts
        .keys()
        .filter_map(|post| Some((post, solution.seats[post]?)))
        .find(|(_, seat)| {
            let options = &problem.units[*seat].options;
            options.iter().any(|option| option.presence.0 == 4 * half_days)
        })
        .expect("a residence with as much");
    for unit in problem.units.keys().filter(|unit| *unit != seat) {
        if solution.services[unit].server == Server::Post(post) {
            solution.services[unit].server = Server::Nobody;
        }
    }
    let options = &problem.units[seat].options;
    let option = options.iter().position(|option| option.presence.0 == 4 * half_days);
    solution.services[seat].option = option.expect("found above");
    let told = timetable(&problem, &solution);
    let week = told.postes.iter().find(|week| week.poste == problem.posts[post].id);
    let days: BTreeSet<u8> = week
        .expect("the post works")
        .seances
        .iter()
        .filter(|session| session.activite == Activity::Permanence)
        .map(|session| session.creneau.day())
        .collect();
    days.into_iter().map(usize::from).collect()
}

#[test]
fn a_residence_has_as_many_days_as_half_days_then_days_apart() {
    assert_eq!(residence_days(2), [0, 2], "two days, not in a row");
    assert_eq!(residence_days(3), [0, 2, 4], "three days apart");
    assert_eq!(residence_days(4).len(), 4, "four days, though some follow one another");
}
