//! Agreement with enumeration, bounds, reproducibility, interruption.

use std::collections::{BTreeMap, BTreeSet};

use maillage::solve::listener::Silent;
use maillage::solve::optimise::optimise;
use maillage::solve::outcome::{Outcome, Settings, StoppedBy, WarmStart};
use maillage::solve::pricing::charges::Charges;
use maillage::solve::pricing::enumerate::Budget;
use maillage::solve::pricing::{Depth, price_all};
use maillage::solve::safe_bound::Structure;
use maillage::solve::scope::Scope;
use maillage::solve::sector_model::SectorModel;
use maillage::solve::terminator::NeverStop;

use super::enumeration::{optimum, sectors};
use super::random_models::small_model;
use crate::common::countdown::Countdown;

const PROOF: Settings = Settings { gap: 0.0, effort: None, seed: 0 };

fn prove(model: &SectorModel) -> Outcome {
    optimise(model, &PROOF, &WarmStart::default(), &Silent, &NeverStop)
}

/// Whatever ended the search, its plan is feasible and its bound holds.
fn assert_sound(model: &SectorModel, outcome: &Outcome, seed: u64) {
    let best = optimum(model);
    if outcome.has_plan() {
        let value = model.evaluate(&outcome.columns, &outcome.direct);
        assert_eq!(value, Some(outcome.objective), "seed {seed}: {model:#?}");
        assert!(outcome.objective <= outcome.bound, "seed {seed}");
    }
    if let Some(best) = best {
        assert_ne!(outcome.stopped_by, StoppedBy::Infeasible, "seed {seed}: {model:#?}");
        assert!(
            outcome.bound >= best,
            "seed {seed}: bound {} under {best}: {model:#?}",
            outcome.bound
        );
    } else {
        assert!(!outcome.has_plan(), "seed {seed}: {model:#?}");
    }
}

fn assert_solved(model: &SectorModel, outcome: &Outcome, seed: u64) {
    assert_sound(model, outcome, seed);
    match optimum(model) {
        None => assert_eq!(outcome.stopped_by, StoppedBy::Infeasible, "seed {seed}: {model:#?}"),
        Some(best) => {
            assert_eq!(outcome.stopped_by, StoppedBy::Optimal, "seed {seed}: {model:#?}");
            assert_eq!((outcome.objective, outcome.bound), (best, best), "seed {seed}: {model:#?}");
        }
    }
}

#[test]
fn small_models_are_solved_to_the_enumerated_optimum() {
    let (mut feasible, mut infeasible) = (0, 0);
    for seed in 0..400 {
        let model = small_model(seed);
        assert_solved(&model, &prove(&model), seed);
        match optimum(&model) {
            Some(_) => feasible += 1,
            None => infeasible += 1,
        }
    }
    assert!(feasible > 80 && infeasible > 40, "{feasible} feasible, {infeasible} infeasible");
}

#[test]
#[ignore = "a minute: the same over many more seeds"]
fn many_small_models_are_solved_to_the_enumerated_optimum() {
    for seed in 1_000..8_000 {
        let model = small_model(seed);
        assert_solved(&model, &prove(&model), seed);
    }
}

#[test]
fn the_outcome_does_not_depend_on_the_number_of_threads() {
    let pools = [1, 2, 8].map(|threads| {
        rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("a pool of threads")
    });
    for seed in 0..40 {
        let model = small_model(seed);
        for effort in [None, Some(300)] {
            let settings = Settings { effort, ..PROOF };
            let solve = || optimise(&model, &settings, &WarmStart::default(), &Silent, &NeverStop);
            let outcomes = pools.each_ref().map(|pool| {
                let outcome = pool.install(solve);
                (
                    outcome.columns,
                    outcome.direct,
                    outcome.objective,
                    outcome.bound,
                    outcome.stopped_by,
                    outcome.statistics.work(),
                )
            });
            assert_eq!(outcomes[0], outcomes[1], "seed {seed}");
            assert_eq!(outcomes[0], outcomes[2], "seed {seed}");
        }
    }
}

#[test]
fn a_search_stopped_at_any_moment_is_sound() {
    for seed in 0..40 {
        let model = small_model(seed);
        for questions in [0, 1, 5, 20, 60, 150] {
            let countdown = Countdown::from(questions);
            let outcome = optimise(&model, &PROOF, &WarmStart::default(), &Silent, &countdown);
            assert_sound(&model, &outcome, seed);
        }
    }
}

#[test]
fn a_warm_start_of_a_changed_model_is_sound() {
    for seed in 0..80 {
        let mut model = small_model(seed);
        let before = prove(&model);
        model.blocks[0].capacity = model.blocks[0].capacity * 3 / 4;
        model.blocks[0].profit += 3;
        let outcome = optimise(&model, &PROOF, &before.warm_start, &Silent, &NeverStop);
        assert_solved(&model, &outcome, seed);
    }
}

#[test]
fn a_bound_holds_for_any_duals() {
    for seed in 0..200u64 {
        let model = small_model(seed);
        let structure = Structure::of(&model);
        let scope = Scope::whole(&model);
        let dual = |index: u32| f64::from((seed as u32 * 31 + index * 17) % 61) - 20.3;
        let items: Vec<f64> = (0..model.items).map(dual).collect();
        let rows: Vec<f64> = (0..model.rows.len() as u32).map(|row| dual(row) / 9.0).collect();
        let duals = structure.fix(&items, &rows, structure.unit());
        let each: Vec<Vec<u32>> = (0..scope.blocks.len() as u32).map(|it| vec![it]).collect();
        for (depth, choices) in [
            (Depth::Relaxed, &each),
            (Depth::Relaxed, &structure.choices),
            (Depth::Exact, &structure.choices),
        ] {
            let priced = price_all(&scope.blocks, choices, &duals, depth);
            let best: Vec<i64> = priced.iter().map(|priced| priced.bound).collect();
            let bound = structure.counts(&model, &best).map(|counts| {
                structure.floor(structure.lagrangian(&model, &duals, &best, &counts, &scope.direct))
            });
            if let Some(optimum) = optimum(&model) {
                assert!(
                    bound.is_some_and(|bound| bound >= optimum),
                    "seed {seed}: {bound:?} under {optimum}"
                );
            }
        }
    }
}

#[test]
fn no_plan_exceeds_the_naive_bound() {
    for seed in 0..400u64 {
        let model = small_model(seed);
        if let Some(optimum) = optimum(&model) {
            let bound = model.naive_bound();
            assert!(optimum <= bound, "seed {seed}: {optimum} over {bound}");
        }
    }
}

/// Listing gives the best sector of each set of items and uses from a worth on, whatever the prices
/// of cuts; pricing under charges gives the best of all.
#[test]
fn listing_under_charges_leaves_nothing_out() {
    let mut listed_in_all = 0;
    for seed in 0..200u64 {
        let model = small_model(seed);
        let structure = Structure::of(&model);
        let scope = Scope::whole(&model);
        let draw = |index: u32, most: u32| (seed as u32 * 37 + index * index * 11 + index) % most;
        let items: Vec<f64> = (0..model.items).map(|it| f64::from(draw(it, 41)) - 20.0).collect();
        let duals = structure.fix(&items, &vec![0.0; model.rows.len()], structure.unit());
        let packing = model.items + model.kinds.len() as u32;
        let cuts: Vec<Vec<u32>> = (0..12)
            .map(|cut| {
                let rows =
                    (0..if cut % 2 == 0 { 3 } else { 5 }).map(|row| draw(5 * cut + row, packing));
                rows.collect::<BTreeSet<u32>>().into_iter().collect()
            })
            .filter(|cut: &Vec<u32>| cut.len() % 2 == 1 && cut.len() > 1)
            .collect();
        let prices: Vec<i64> = (1..).take(cuts.len()).map(|it| it * structure.unit()).collect();
        let charges = Charges::new(&model, cuts.iter().map(|cut| &cut[..]).zip(&prices));
        let least = -3 * structure.unit();
        for (block, priced) in model.blocks.iter().zip(&scope.blocks) {
            let charge = |covered: u32| -> i64 {
                let meets = |row: &u32| match row.checked_sub(model.items) {
                    None => covered & 1 << row != 0,
                    Some(kind) => kind == block.kind,
                };
                let pairs = |cut: &[u32]| cut.iter().filter(|row| meets(row)).count() as i64 / 2;
                cuts.iter().zip(&prices).map(|(cut, price)| pairs(cut) * price).sum()
            };
            let all = sectors(block, model.rows.len()).into_iter();
            let mut wanted: BTreeMap<(u32, Vec<i64>), i64> =
                all.map(|(covered, profit, uses)| ((covered, uses), profit)).collect();
            let dual = |covered: u32| -> i64 {
                let items = (0..model.items).filter(|item| covered & 1 << item != 0);
                items.map(|item| duals.items[item as usize]).sum()
            };
            wanted.retain(|(covered, _), profit| {
                *profit * structure.unit() - dual(*covered) - charge(*covered) >= least
            });
            let mut budget = Budget::new(1_000_000);
            let listed = priced.list(&duals, &charges, least, usize::MAX, &mut budget);
            let mut found: BTreeMap<(u32, Vec<i64>), i64> = BTreeMap::new();
            for column in listed.expect("a small block is listed whole") {
                let valued = model.value(column);
                let covered = valued.items.iter().fold(0, |mask, item| mask | 1 << item);
                let mut uses = vec![0; model.rows.len()];
                valued.uses.iter().for_each(|&(row, used)| uses[row as usize] += used);
                let best = found.entry((covered, uses)).or_insert(valued.profit);
                *best = (*best).max(valued.profit);
            }
            listed_in_all += found.len();
            assert_eq!(found, wanted, "seed {seed}");

            let worth = |covered: u32, profit: i64| {
                profit * structure.unit() - dual(covered) - charge(covered)
            };
            let most = wanted.iter().map(|((covered, _), profit)| worth(*covered, *profit)).max();
            let mut budget = Budget::new(1_000_000);
            let (bound, best) = priced.best_charged(&duals, &charges, least, &mut budget);
            assert_eq!(bound, most.unwrap_or(least), "seed {seed}");
            let best = best.map(|column| {
                let valued = model.value(column);
                worth(valued.items.iter().fold(0, |mask, item| mask | 1 << item), valued.profit)
            });
            assert_eq!(best, most.filter(|most| *most > least), "seed {seed}");
        }
    }
    assert!(listed_in_all > 1_000, "only {listed_in_all} sectors: the test says little");
}
