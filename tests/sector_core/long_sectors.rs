//! Posts of many items: the assignment programme and the choices fixed, against enumeration.

use maillage::solve::lagrangian::FloatDuals;
use maillage::solve::listener::Silent;
use maillage::solve::long_sectors::fixing::{fix, window};
use maillage::solve::long_sectors::has_long_sectors;
use maillage::solve::long_sectors::programme::{assign, is_expressed};
use maillage::solve::long_sectors::tree::decide;
use maillage::solve::optimise::optimise;
use maillage::solve::outcome::{Settings, StoppedBy, WarmStart};
use maillage::solve::pricing::Depth;
use maillage::solve::safe_bound::Duals;
use maillage::solve::scope::Scope;
use maillage::solve::search::Search;
use maillage::solve::sector_model::{Block, Choice, Class, Kind, SectorModel};
use maillage::solve::terminator::NeverStop;
use smallvec::SmallVec;

use super::enumeration::optimum;
use super::random_models::{draws, small_model};

const PROOF: Settings = Settings { gap: 0.0, effort: None, seed: 0 };

#[test]
fn the_assignment_programme_ends_like_enumeration() {
    let (mut planned, mut infeasible) = (0, 0);
    for seed in 0..500 {
        let model = small_model(seed);
        let mut search = Search::new(&model, PROOF, &Silent, &NeverStop);
        if is_expressed(&search) {
            let found = assign(&mut search, &Scope::whole(&model), u64::MAX);
            let best = optimum(&model);
            assert_eq!(search.objective(), best, "seed {seed}: {model:#?}");
            assert_eq!(found, best.is_some());
            planned += u32::from(found);
            infeasible += u32::from(!found);
        }
    }
    assert!(planned > 40 && infeasible > 40, "{planned} planned, {infeasible} infeasible");
}

/// Duals drawn at random for a model, in eighths.
fn duals(model: &SectorModel, seed: u64) -> Duals {
    let mut draw = draws(seed);
    let items = (0..model.items).map(|_| draw(-40, 200)).collect();
    Duals { unit: 8, items, rows: model.rows.iter().map(|_| draw(0, 12)).collect() }
}

#[test]
fn no_plan_within_a_window_loses_a_choice() {
    let (mut held, mut dropped) = (0, 0);
    let size = |scope: &Scope| -> usize {
        scope.blocks.iter().flat_map(|it| &it.classes).map(|it| it.choices.len()).sum()
    };
    for seed in 0..500 {
        let model = small_model(seed);
        let mut search = Search::new(&model, PROOF, &Silent, &NeverStop);
        let Some(best) = optimum(&model).filter(|_| is_expressed(&search)) else { continue };
        let unit = search.structure.unit();
        let eighths = duals(&model, seed);
        let float = |duals: &[i64]| duals.iter().map(|&it| it as f64 / 8.0).collect::<Vec<_>>();
        let duals = search.structure.fix(&float(&eighths.items), &float(&eighths.rows), unit);
        let scope = Scope::whole(&model);
        let bound = search.price(&scope, &duals, Depth::Relaxed).bound.expect("a plan exists");
        let width = search.structure.floor(bound) - best + 1;
        let window = window(&mut search, &scope, &duals, width);
        let _ = assign(&mut search, &window, u64::MAX);
        assert_eq!(search.objective(), Some(best), "seed {seed}: {model:#?}");
        dropped += size(&scope) - size(&window);
        held += 1;
    }
    assert!(held > 40 && dropped > 20, "{held} windows, {dropped} choices dropped");
}

#[test]
fn the_tree_ends_like_enumeration() {
    let (mut proven, mut sound) = (0, 0);
    for seed in 0..500 {
        let model = small_model(seed);
        let mut search = Search::new(&model, PROOF, &Silent, &NeverStop);
        let Some(best) = optimum(&model).filter(|_| is_expressed(&search)) else { continue };
        let scope = Scope::whole(&model);
        let zeros = |length: usize| vec![0.0; length];
        let duals =
            FloatDuals { items: zeros(model.items as usize), rows: zeros(model.rows.len()) };
        let fixed = search.structure.fix(&duals.items, &duals.rows, search.structure.unit());
        let bound = search.price(&scope, &fixed, Depth::Relaxed).bound.expect("a plan exists");
        search.improve_bound(bound, &fixed);
        decide(&mut search, &scope, &duals, 2_000);
        assert!(search.bound >= best, "seed {seed}: {} < {best}: {model:#?}", search.bound);
        assert!(search.objective().is_none_or(|value| value <= best), "seed {seed}");
        proven += u32::from(search.bound == best && search.objective() == Some(best));
        sound += 1;
    }
    assert!(3 * proven > sound, "{proven} of {sound} proven");
}

/// Three posts that may each serve any of 48 items, with about as much time as that takes.
fn generalised_assignment(seed: u64) -> SectorModel {
    let mut draw = draws(seed);
    let mut block = |tag: u32| {
        let class = |item: u32| {
            let ticks = draw(5, 25) as u32;
            let choice = Choice {
                items: SmallVec::from_slice(&[item]),
                ticks,
                profit: -draw(10, 50) + i64::from(ticks),
                measure: 0,
                count: 0,
                count_limit: u8::MAX,
                required: false,
                uses: SmallVec::new(),
                tag: item,
            };
            Class { choices: vec![choice], required: false }
        };
        Block {
            kind: tag,
            capacity: 190,
            minimum: 0,
            count_limit: u8::MAX,
            profit: 0,
            uses: SmallVec::new(),
            equity: None,
            classes: (0..48).map(class).collect(),
            tag,
        }
    };
    let blocks = (0..3).map(&mut block).collect();
    let kinds = vec![Kind { lower: 0, upper: 1 }; 3];
    SectorModel { items: 48, kinds, blocks, direct: Vec::new(), rows: Vec::new() }
}

#[test]
fn determinism_long_sectors_are_the_same_on_any_number_of_threads() {
    let pools = [1, 2, 8].map(|threads| {
        rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("a pool of threads")
    });
    let model = generalised_assignment(1);
    assert!(has_long_sectors(&Search::new(&model, PROOF, &Silent, &NeverStop)));
    for (effort, end) in [(20_000, StoppedBy::Effort), (200_000, StoppedBy::Optimal)] {
        let settings = Settings { effort: Some(effort), ..PROOF };
        let solve = || optimise(&model, &settings, &WarmStart::default(), &Silent, &NeverStop);
        let outcomes = pools.each_ref().map(|pool| {
            let it = pool.install(solve);
            (it.columns, it.objective, it.bound, it.stopped_by, it.statistics.work())
        });
        assert_eq!(outcomes[0], outcomes[1]);
        assert_eq!(outcomes[0], outcomes[2]);
        assert_eq!(outcomes[0].3, end);
    }
}

#[test]
fn without_a_plan_nothing_is_fixed() {
    let model = generalised_assignment(0);
    let mut search = Search::new(&model, PROOF, &Silent, &NeverStop);
    let mut scope = Scope::whole(&model);
    let unit = search.structure.unit();
    let duals = search.structure.fix(&[0.0; 48], &[], unit);
    fix(&mut search, &mut scope, &duals);
    let left = scope.blocks.iter().flat_map(|it| &it.classes).map(|it| it.choices.len());
    assert_eq!(left.sum::<usize>(), 3 * 48);
}
