//! The exact choice among listed columns: interrupted at every node, it ends like enumeration.

use maillage::solve::closing::{Frontier, Relaxation, Restricted, list_columns};
use maillage::solve::listener::Silent;
use maillage::solve::outcome::Settings;
use maillage::solve::pricing::Depth;
use maillage::solve::scope::Scope;
use maillage::solve::search::Search;
use maillage::solve::terminator::NeverStop;

use super::enumeration::optimum;
use super::random_models::small_model;

#[test]
fn a_choice_that_stops_at_every_node_ends_like_enumeration() {
    let (mut decided, mut interrupted) = (0, 0);
    for seed in 0..600 {
        let model = small_model(seed);
        let settings = Settings { gap: 0.0, effort: None, seed: 0 };
        let mut search = Search::new(&model, settings, &Silent, &NeverStop);
        let scope = Scope::whole(&model);
        let zeros = |length: usize| vec![0.0; length];
        let unit = search.structure.unit();
        let duals =
            search.structure.fix(&zeros(model.items as usize), &zeros(model.rows.len()), unit);
        let round = search.price(&scope, &duals, Depth::Exact);
        let Some(bound) = round.bound else { continue };
        let best = round.priced.iter().map(|priced| priced.bound).collect();
        let relaxation = Relaxation { bound, duals, cuts: Vec::new(), prices: Vec::new(), best };
        let top = search.structure.floor(bound);
        let value = -10 * top.abs().max(model.largest_profit() as i64) - 1;
        let candidates = list_columns(&mut search, &scope, &relaxation, value, 100_000)
            .expect("small models have few columns");
        let known = &mut Restricted::new(&search);
        let mut frontier = Frontier::new(known, candidates, (value, top)).of_the_model();
        let mut steps = 0;
        while !frontier.is_decided() && !search.is_over() {
            let _ = frontier.explore(&mut search, known, 1);
            steps += 1;
            assert!(steps < 10_000, "seed {seed}: no end");
        }
        let found = search.incumbent.as_ref().map(|plan| plan.objective);
        assert_eq!(found, optimum(&model), "seed {seed}: {model:#?}");
        assert!(found.is_none_or(|value| search.bound >= value), "seed {seed}");
        decided += u32::from(found.is_some());
        interrupted += u32::from(steps > 1);
    }
    assert!(decided > 100, "{decided} models with a plan");
    assert!(interrupted > 20, "{interrupted} choices interrupted");
}
