//! The compact model as a method of the same entry.

use crate::domain::{Method, Status};
use crate::model::{CompactOutcome, CompactSettings, CompactStatus, solve_compact};
use crate::policy::Problem;

use super::find::{Found, Request};
use super::listener::{Listener, Progress};
use super::memory::Memory;
use super::outcome::relative_gap;
use super::plan::Proof;
use super::statistics::Stage;
use super::terminator::Terminator;

/// Finds a plan with the compact model alone.
pub(super) fn find(
    problem: &Problem,
    request: &Request,
    listener: &dyn Listener,
    terminator: &dyn Terminator,
) -> Found {
    let settings = CompactSettings {
        limit: None,
        gap: request.settings.gap,
        threads: rayon::current_num_threads() as u32,
        seed: request.settings.seed,
        start: request.start.solution.as_ref(),
    };
    let outcome =
        solve_compact(problem, &settings, &|| terminator.stop(), &mut |bound, incumbent| {
            listener.report(&progress(bound, incumbent))
        });
    let status = status(outcome.status);
    let memory = match &outcome.solution {
        Some(solution) => Memory::of_plan(problem, solution.clone()),
        None => request.start.memory.clone(),
    };
    let plan = outcome
        .solution
        .clone()
        .map(|solution| (solution, proof(&outcome, status, request.settings.seed)));
    Found { plan, status, statistics: Vec::new(), memory }
}

fn progress(bound: i64, incumbent: Option<i64>) -> Progress {
    Progress {
        stage: Stage::Compact,
        bound: Some(bound),
        incumbent,
        gap: incumbent.map(|incumbent| relative_gap(bound, incumbent)),
        columns: 0,
        nodes: 0,
    }
}

fn proof(outcome: &CompactOutcome, status: Status, seed: u64) -> Proof {
    Proof {
        status,
        method: Method::Compacte,
        bound: outcome.bound,
        level_bounds: outcome.levels.iter().map(|level| Some(level.bound)).collect(),
        wording: "Borne du modèle compact, calculée par le solveur HiGHS et arrondie à l'entier."
            .to_owned(),
        seed,
    }
}

const fn status(status: CompactStatus) -> Status {
    match status {
        CompactStatus::Optimal => Status::Optimal,
        CompactStatus::Gap => Status::EcartAtteint,
        CompactStatus::Limit | CompactStatus::Interrupted => Status::Limite,
        CompactStatus::Infeasible => Status::Irrealisable,
    }
}
