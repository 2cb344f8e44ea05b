//! Agreement with enumeration, bounds, reproducibility, interruption.

use std::sync::atomic::{AtomicU64, Ordering};

use maillage::solve::listener::Silent;
use maillage::solve::optimise::optimise;
use maillage::solve::outcome::{Outcome, Settings, StoppedBy, WarmStart};
use maillage::solve::sector_model::SectorModel;
use maillage::solve::terminator::{NeverStop, Terminator};

use super::enumeration::optimum;
use super::random_models::small_model;

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

/// Fires at its n-th question.
struct Countdown(AtomicU64);

impl Terminator for Countdown {
    fn stop(&self) -> bool {
        self.0
            .fetch_update(Ordering::Relaxed, Ordering::Relaxed, |left| Some(left.saturating_sub(1)))
            == Ok(0)
    }
}

#[test]
fn a_search_stopped_at_any_moment_is_sound() {
    for seed in 0..40 {
        let model = small_model(seed);
        for questions in [0, 1, 5, 20, 60, 150] {
            let countdown = Countdown(AtomicU64::new(questions));
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
    use maillage::solve::pricing::{Depth, price_all};
    use maillage::solve::safe_bound::Structure;
    use maillage::solve::scope::Scope;
    for seed in 0..200u64 {
        let model = small_model(seed);
        let structure = Structure::of(&model);
        let scope = Scope::whole(&model);
        let dual = |index: u32| f64::from((seed as u32 * 31 + index * 17) % 61) - 20.3;
        let items: Vec<f64> = (0..model.items).map(dual).collect();
        let rows: Vec<f64> = (0..model.rows.len() as u32).map(|row| dual(row) / 9.0).collect();
        let duals = structure.fix(&items, &rows, structure.unit());
        for depth in [Depth::Relaxed, Depth::Exact] {
            let best: Vec<i64> =
                price_all(&scope.blocks, &duals, depth).iter().map(|priced| priced.bound).collect();
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
