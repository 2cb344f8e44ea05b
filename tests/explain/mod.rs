//! Prices of other choices: the interval holds what a solve from scratch with the choice imposed
//! by a decision finds, and a search of its own finds it exactly.

mod command;

use maillage::domain::{Decision, DecisionKind, Modality};
use maillage::policy::bareme::Order;
use maillage::policy::scorecard::score;
use maillage::policy::{Problem, Server, Solution, UnitId};
use maillage::solve::find::{Request, find};
use maillage::solve::listener::Silent;
use maillage::solve::outcome::Settings;
use maillage::solve::terminator::NeverStop;
use maillage::solve::what_if::{Care, Known, Wish};
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

#[test]
fn intervals_hold_what_a_solve_from_scratch_finds() {
    let (mut priced, mut exact, mut impossible) = (0, 0, 0);
    for seed in 0..20 {
        let problem = random_problem(seed);
        if problem.bareme.ordre != Order::Somme {
            continue;
        }
        let Some((plan, value)) = best(&problem) else { continue };
        let known = Known::new(&problem, plan.clone(), &EXACT, &NeverStop).expect("a plan");
        assert_eq!(known.value_and_bound(), (value, value), "seed {seed}");
        for unit in problem.units.keys().take(6) {
            let ways = known.ways(unit);
            for wish in wishes(&problem, &plan, unit) {
                let quick = known.loss(&wish, &ways, Care::Quick, &NeverStop);
                let thorough = known.loss(&wish, &ways, Care::Thorough(EXACT), &NeverStop);
                let context = format!("seed {seed}, {wish:?}: {quick:?} {thorough:?}");
                let allowed = wish
                    .post
                    .is_none_or(|post| ways.iter().any(|way| way.block == known.block_of(post)));
                if !allowed {
                    assert_eq!(quick.least, None, "{context}");
                    continue;
                }
                match best(&imposed(&problem, &wish)) {
                    Some((_, forced)) => {
                        let loss = value - forced;
                        priced += 1;
                        exact += usize::from(quick.is_exact());
                        assert!(quick.least.is_some_and(|least| least <= loss), "{loss} {context}");
                        assert!(quick.most.is_none_or(|most| most >= loss), "{loss} {context}");
                        assert_eq!(
                            (thorough.least, thorough.most),
                            (Some(loss), Some(loss)),
                            "{context}"
                        );
                    }
                    None => {
                        impossible += 1;
                        assert_eq!((thorough.least, thorough.most), (None, None), "{context}");
                    }
                }
                let service = plan.services[unit];
                if wish.option == Some(service.option)
                    || wish.post.is_some_and(|post| service.server == Server::Post(post))
                {
                    assert_eq!(
                        thorough.most,
                        Some(0),
                        "the choice of the plan costs nothing: {context}"
                    );
                }
            }
        }
    }
    println!("{priced} prices, {exact} exact at once, {impossible} impossible");
    assert!(priced > 50, "{priced} prices were compared");
}
