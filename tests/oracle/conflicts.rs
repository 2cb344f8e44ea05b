//! Explained conflicts: there is one exactly where no plan exists, and each way out that a file
//! of the dossier can express does let a plan exist, while a step less does not.

use maillage::model::{CompactSettings, CompactStatus, Demand, explain_conflict, solve_compact};
use maillage::policy::Problem;
use maillage::travel::EstimateFactors;

use crate::common::random_dossier::random_problem;

fn is_feasible(problem: &Problem) -> bool {
    let outcome = solve_compact(problem, &CompactSettings::default(), &|| false, &mut |_, _| {});
    outcome.status != CompactStatus::Infeasible
}

/// The dossier with one limit set, or one decision struck out, as a person would edit it.
fn edited(problem: &Problem, demand: Demand, needed: Option<i64>) -> Option<Problem> {
    let (mut dossier, mut bareme) = (problem.dossier.clone(), problem.bareme.clone());
    match (demand, needed) {
        (Demand::Changes, Some(count)) => {
            bareme.limites.changements_max = u32::try_from(count).ok()
        }
        (Demand::Kilometres, Some(metres)) => {
            bareme.limites.km_max_semaine = Some(metres as f64 / 4_000.0);
        }
        (Demand::Decision(index), None) => drop(dossier.decisions.remove(index)),
        _ => return None,
    }
    Some(Problem::new(dossier, bareme, &EstimateFactors::default()))
}

#[test]
fn conflicts_are_found_where_no_plan_exists_and_their_ways_out_work() {
    let (mut infeasible, mut ways) = (0, 0);
    for seed in 0..60 {
        let problem = random_problem(seed);
        let conflict = explain_conflict(&problem, None, &|| false);
        assert_eq!(conflict.is_none(), is_feasible(&problem), "seed {seed}");
        let Some(conflict) = conflict else { continue };
        infeasible += 1;
        assert!(conflict.is_minimal && !conflict.demands.is_empty(), "seed {seed}: {conflict:?}");
        println!("{seed}: {:#?}", conflict.sentences);
        for way in &conflict.relaxations {
            let Some(eased) = edited(&problem, way.demand, way.needed) else { continue };
            ways += 1;
            assert!(is_feasible(&eased), "seed {seed}: {way:?}");
            if let Some(needed) = way.needed {
                let short = edited(&problem, way.demand, Some(needed - 1));
                assert!(!short.is_some_and(|short| is_feasible(&short)), "seed {seed}: {way:?}");
            }
        }
    }
    println!("{infeasible} infeasible dossiers, {ways} ways out tried");
    assert!(infeasible > 5 && ways > 2);
}
