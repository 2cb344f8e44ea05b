//! The methods against enumeration, dossier by dossier.

use maillage::domain::Status;
use maillage::model::{CompactSettings, CompactStatus, solve_compact};
use maillage::policy::Problem;
use maillage::policy::bareme::Order;
use maillage::policy::scorecard::score;
use maillage::solve::find::{MethodChoice, Request, find};
use maillage::solve::listener::Silent;
use maillage::solve::outcome::Settings;
use maillage::solve::terminator::NeverStop;

use super::enumeration::{feasible_scores, lexicographic};
use crate::common::random_dossier::random_problem;

/// Plans that enumeration tries at most.
const MOST: usize = 60_000;

/// What a method says.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Verdict {
    Infeasible,
    /// Best value of each level, or of the sum alone.
    Best(Vec<i64>),
    /// The method ended without a proof.
    Unproven(String),
}

fn enumerated(problem: &Problem) -> Option<Verdict> {
    let scores = feasible_scores(problem, MOST)?;
    Some(match problem.bareme.ordre {
        _ if scores.is_empty() => Verdict::Infeasible,
        Order::Somme => {
            let sums = scores.iter().map(|levels| levels.iter().sum());
            Verdict::Best(sums.max().into_iter().collect())
        }
        Order::Lexicographique => Verdict::Best(lexicographic(problem, scores)),
    })
}

fn compact(problem: &Problem) -> Verdict {
    let outcome = solve_compact(problem, &CompactSettings::default(), &|| false, &mut |_, _| {});
    let solution = match (outcome.status, outcome.solution) {
        (CompactStatus::Infeasible, _) => return Verdict::Infeasible,
        (CompactStatus::Optimal, Some(solution)) => solution,
        (status, _) => return Verdict::Unproven(format!("{status:?}")),
    };
    assert_eq!(outcome.objective, score(problem, &solution).total());
    Verdict::Best(match problem.bareme.ordre {
        Order::Somme => vec![outcome.objective],
        Order::Lexicographique => outcome.levels.iter().map(|level| level.objective).collect(),
    })
}

fn generation(problem: &Problem) -> Verdict {
    let settings = Settings { gap: 0.0, ..Settings::default() };
    let request = Request { method: MethodChoice::Generation, settings, ..Request::default() };
    let found = find(problem, &request, &Silent, &NeverStop);
    let (solution, proof) = match (found.status, found.plan) {
        (Status::Irrealisable, _) => return Verdict::Infeasible,
        (Status::Optimal, Some(plan)) => plan,
        (status, _) => return Verdict::Unproven(format!("{status:?}")),
    };
    Verdict::Best(match problem.bareme.ordre {
        Order::Somme => vec![score(problem, &solution).total()],
        // What each level reached in its own search, which the last plan may give up in part.
        Order::Lexicographique => proof.level_bounds.into_iter().flatten().collect(),
    })
}

/// What all methods say; `None` where enumeration would take too long.
///
/// # Errors
/// The method that differs, what it says, and the whole dossier.
fn agree(problem: &Problem) -> Result<Option<Verdict>, String> {
    let Some(truth) = enumerated(problem) else { return Ok(None) };
    let said = [("compact model", compact(problem)), ("column generation", generation(problem))];
    match said.iter().find(|(_, verdict)| *verdict != truth) {
        None => Ok(Some(truth)),
        Some((method, verdict)) => Err(format!(
            "{method} says {verdict:?}, enumeration {truth:?}, on\n{:#?}\n{:#?}",
            problem.dossier, problem.bareme
        )),
    }
}

fn compare(seeds: std::ops::Range<u64>) {
    let (mut feasible, mut infeasible, mut large) = (0, 0, 0);
    let mut quarrels = Vec::new();
    for seed in seeds {
        match agree(&random_problem(seed)) {
            Ok(Some(Verdict::Best(_))) => feasible += 1,
            Ok(Some(_)) => infeasible += 1,
            Ok(None) => large += 1,
            Err(quarrel) => {
                println!("seed {seed}: {}", quarrel.lines().next().unwrap_or_default());
                quarrels.push(quarrel);
            }
        }
        if seed % 100 == 99 {
            println!("{feasible} feasible, {infeasible} infeasible, {large} too large so far");
        }
    }
    println!("{feasible} feasible, {infeasible} infeasible, {large} too large to enumerate");
    assert!(quarrels.is_empty(), "{} dossiers:\n{}", quarrels.len(), quarrels[0]);
    assert!(feasible > infeasible / 4 && infeasible > 0, "the dossiers have both verdicts");
}

#[test]
fn methods_agree_on_small_dossiers() {
    compare(0..100);
}

#[test]
#[ignore = "minutes"]
fn methods_agree_on_thousands_of_small_dossiers() {
    compare(1_000..4_000);
}
