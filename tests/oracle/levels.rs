//! A lexicographic order whose search ends before its last level: its bounds hold for every plan,
//! and a level begins from the plan of the level before.

use std::time::Duration;

use maillage::model::level_floor;
use maillage::policy::Problem;
use maillage::policy::bareme::Order;
use maillage::policy::scorecard::score;
use maillage::solve::find::{Found, Request, Start, find};
use maillage::solve::listener::Silent;
use maillage::solve::outcome::Settings;
use maillage::solve::terminator::{NeverStop, Terminator};

use crate::common::countdown::Countdown;
use crate::common::random_dossier::random_problem;

/// Nobody stops it, but no time is left to share.
struct NoTimeLeft;

impl Terminator for NoTimeLeft {
    fn stop(&self) -> bool {
        false
    }

    fn left(&self) -> Option<Duration> {
        Some(Duration::ZERO)
    }
}

fn solve(problem: &Problem, start: Start, terminator: &dyn Terminator) -> Found {
    let settings = Settings { gap: 0.0, ..Settings::default() };
    find(problem, &Request { settings, start, ..Request::default() }, &Silent, terminator)
}

#[test]
fn bounds_of_a_search_stopped_between_levels_hold_for_every_plan() {
    let mut stopped = 0;
    for seed in 0..60 {
        let mut problem = random_problem(seed);
        problem.bareme.ordre = Order::Somme;
        let Some((best, _)) = solve(&problem, Start::default(), &NeverStop).plan else { continue };
        let best = score(&problem, &best);
        problem.bareme.ordre = Order::Lexicographique;
        let levels = problem.bareme.niveaux.clone();
        for questions in [20, 40, 80, 160, 320, 640, 1_280] {
            let countdown = Countdown::from(questions);
            let found = solve(&problem, Start::default(), &countdown);
            let Some((_, proof)) = found.plan.filter(|_| found.statistics.len() < levels.len())
            else {
                continue;
            };
            stopped += 1;
            let searched = found.statistics.len();
            assert!(searched > 1 || proof.bound >= best.total(), "seed {seed}");
            for (index, (level, bound)) in levels.iter().zip(&proof.level_bounds).enumerate() {
                // The bounds between hold for the plans that keep the levels before.
                if index == 0 || index >= searched {
                    assert!(bound.is_some_and(|it| it >= best.level(*level)), "seed {seed}");
                }
            }
        }
    }
    assert!(stopped > 20, "{stopped} searches ended between two levels");
}

#[test]
fn a_level_begins_from_the_plan_of_the_level_before() {
    let mut solved = 0;
    for seed in 0..60 {
        let mut problem = random_problem(seed);
        problem.bareme.ordre = Order::Lexicographique;
        let levels = problem.bareme.niveaux.clone();
        let whole = solve(&problem, Start::default(), &NeverStop);
        let Some((solution, proof)) = whole.plan else { continue };
        solved += 1;
        // What a level gives up for those after it, within the tolerance, is no gap of the search.
        assert_eq!(proof.bound, score(&problem, &solution).total(), "seed {seed}");
        let start = Start { solution: Some(solution.clone()), ..Start::default() };
        let again = solve(&problem, start, &NoTimeLeft);
        assert_eq!(again.statistics.len(), levels.len(), "seed {seed}: a level has no plan");
        let (same, _) = again.plan.expect("the plan that it began from");
        let first = |of| score(&problem, of).level(levels[0]);
        let least = level_floor(first(&solution), problem.bareme.tolerance_niveaux);
        assert!(first(&same) >= least, "seed {seed}");
    }
    assert!(solved > 20, "{solved} dossiers have a plan");
}
