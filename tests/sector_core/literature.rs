//! Small public instances with known optima (skipped visibly where the files are not there).

use std::path::Path;

use maillage::solve::listener::Silent;
use maillage::solve::literature::{capacitated_p_median, generalised_assignment};
use maillage::solve::optimise::optimise;
use maillage::solve::outcome::{Settings, StoppedBy, WarmStart};
use maillage::solve::sector_model::SectorModel;
use maillage::solve::terminator::NeverStop;

fn instance(name: &str) -> Option<String> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/instances").join(name);
    let text = std::fs::read_to_string(&path).ok();
    if text.is_none() {
        eprintln!("skipped: no {}", path.display());
    }
    text
}

fn assert_optimum(model: &SectorModel, cost: i64) {
    let settings = Settings { gap: 0.0, ..Settings::default() };
    let outcome = optimise(model, &settings, &WarmStart::default(), &Silent, &NeverStop);
    assert_eq!((outcome.objective, outcome.bound), (-cost, -cost));
    assert_eq!(outcome.stopped_by, StoppedBy::Optimal);
}

#[test]
fn small_generalised_assignments_meet_their_optima() {
    for (name, cost) in [("gap1-0", 261), ("gap2-1", 269), ("gap5-0", 403), ("gap9-0", 482)] {
        if let Some(text) = instance(&format!("gap/cattrysse1994/{name}")) {
            assert_optimum(&generalised_assignment(&text).expect("a public file"), cost);
        }
    }
}

#[test]
fn small_p_medians_meet_their_optima() {
    for (name, cost) in [("p2050/p2050-1", 266), ("p2050/p2050-4", 277)] {
        if let Some(text) = instance(&format!("cpmp/{name}.txt")) {
            assert_optimum(&capacitated_p_median(&text).expect("a public file"), cost);
        }
    }
}

/// Few agents with twenty items each: parts of such a model are nearly as large as the model.
#[test]
fn sectors_of_many_items_are_cut_into_parts_only_once() {
    if let Some(text) = instance("gap/chu1997/c10200") {
        let model = generalised_assignment(&text).expect("a public file");
        let settings = Settings { gap: 0.0, effort: Some(400_000), seed: 0 };
        let outcome = optimise(&model, &settings, &WarmStart::default(), &Silent, &NeverStop);
        assert_eq!(outcome.stopped_by == StoppedBy::NoSolution, !outcome.has_plan());
        // The optimum is 2806: the bound holds, and no plan is better.
        assert!(outcome.bound >= -2806);
        assert!(!outcome.has_plan() || outcome.objective <= -2806);
    }
}
