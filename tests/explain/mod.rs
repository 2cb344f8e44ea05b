//! Prices of other choices: the interval holds what a solve from scratch with the choice imposed
//! by a decision finds.

mod command;

use maillage::domain::{Decision, DecisionKind, Modality};
use maillage::policy::bareme::Order;
use maillage::policy::scorecard::score;
use maillage::policy::{Problem, Server, Solution, UnitId};
use maillage::solve::find::{Request, find};
use maillage::solve::listener::Silent;
use maillage::solve::outcome::Settings;
use maillage::solve::terminator::NeverStop;
use maillage::solve::what_if::{Care, Known, Loss, Ways, Wish};
use maillage::travel::EstimateFactors;

use crate::common::random_dossier::random_problem;

const EXACT: Settings = Settings { gap: 0.0, effort: None, seed: 0 };

fn best(problem: &Problem) -> Option<(Solution, i64)> {
    let request = Request { settings: EXACT, ..Request::default() };
    let (solution, _) = find(problem, &request, &Silent, &NeverStop).plan?;
    let value = score(problem, &solution).total();
    Some((solution, value))
}

/// The dossier with the wish as a row of `decisions.csv`.
fn imposed(problem: &Problem, wish: &Wish) -> Problem {
    let unit = &problem.units[wish.unit];
    let option = wish.option.map(|option| &unit.options[option]);
    let mut dossier = problem.dossier.clone();
    dossier.decisions.push(Decision {
        uai: unit.code.clone(),
        kind: DecisionKind::Require,
        post: wish.post.map(|post| problem.posts[post].id.clone()),
        modality: option.map(|option| option.modality),
        presence: option
            .filter(|option| option.modality == Modality::Permanence)
            .map(|option| option.presence),
        reason: String::new(),
    });
    Problem::new(dossier, problem.bareme.clone(), &EstimateFactors::default())
}

/// Wishes that a decision imposes without any other effect: on a residence it would also lift the
/// rule of residence, unless it asks for a permanence; on a part it binds the first alone.
fn wishes(problem: &Problem, plan: &Solution, unit: UnitId) -> Vec<Wish> {
    let what = &problem.units[unit];
    if what.part.is_some() || what.is_first_degree() {
        return Vec::new();
    }
    let is_seat = problem.posts.iter().any(|post| post.seats.contains(&unit));
    let options = (0..what.options.len())
        .filter(|option| !is_seat || what.options[*option].modality == Modality::Permanence)
        .map(|option| Wish { unit, option: Some(option), post: None });
    let fixed = problem.posts.iter_enumerated().filter(|(id, post)| {
        !is_seat && post.in_service && post.has_fixed_seat && plan.seats[*id].is_some()
    });
    let posts = fixed.map(|(post, _)| Wish { unit, option: None, post: Some(post) });
    options.chain(posts).collect()
}

/// Whether a loss of exactly this much is within the interval.
fn holds(told: &Loss, loss: i64) -> bool {
    told.least.is_some_and(|least| least <= loss) && told.most.is_none_or(|most| most >= loss)
}

#[derive(Debug, Default)]
struct Tally {
    priced: usize,
    exact: usize,
    exact_at_once: usize,
    impossible: usize,
}

/// Compares one wish with a solve from scratch.
fn compare(known: &Known<'_>, wish: &Wish, ways: &Ways, tally: &mut Tally) {
    let (problem, plan) = (known.problem(), known.solution());
    let (value, _) = known.value_and_bound();
    let quick = known.loss(wish, ways, Care::Quick, &NeverStop);
    let thorough = known.loss(wish, ways, Care::Thorough(EXACT), &NeverStop);
    let context = format!("{wish:?}: {quick:?} {thorough:?}");
    let reaches = |post| ways.reach(known.block_of(post));
    if !wish.post.is_none_or(reaches) {
        assert_eq!(quick.least, None, "{context}");
        return;
    }
    match best(&imposed(problem, wish)) {
        Some((_, forced)) => {
            let loss = value - forced;
            assert!(holds(&quick, loss) && holds(&thorough, loss), "{loss}, {context}");
            assert!(thorough.is_within(5), "known closely, places of many units too: {context}");
            tally.priced += 1;
            tally.exact += usize::from(thorough.is_exact());
            tally.exact_at_once += usize::from(quick.is_exact());
        }
        None => {
            tally.impossible += 1;
            assert_eq!((quick.most, thorough.most), (None, None), "{context}");
            assert!(thorough.is_impossible(), "proven: {context}");
        }
    }
    let chosen = plan.services[wish.unit];
    let is_chosen = wish.option == Some(chosen.option)
        || wish.post.is_some_and(|post| chosen.server == Server::Post(post));
    assert!(!is_chosen || thorough.most == Some(0), "what the plan chose is free: {context}");
}

#[test]
fn intervals_hold_what_a_solve_from_scratch_finds() {
    let mut tally = Tally::default();
    for seed in 0..60 {
        let problem = random_problem(seed);
        if problem.bareme.ordre != Order::Somme {
            continue;
        }
        let Some((plan, value)) = best(&problem) else { continue };
        let known = Known::new(&problem, plan.clone(), None, &EXACT, &NeverStop).expect("a plan");
        assert_eq!(known.value_and_bound(), (value, value), "seed {seed}");
        for unit in problem.units.keys().take(6) {
            let ways = known.ways(unit);
            for wish in wishes(&problem, &plan, unit) {
                compare(&known, &wish, &ways, &mut tally);
            }
        }
    }
    println!("{tally:?}");
    assert!(tally.priced > 40 && 2 * tally.exact > tally.priced, "{tally:?}");
}
