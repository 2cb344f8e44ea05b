//! Finds a plan, has it checked, and tells the run.

use std::path::Path;
use std::time::Instant;

use serde_json::json;

use super::ready::Ready;
use crate::check::{self, Finding};
use crate::domain::{Plan, Status};
use crate::export::{RunInfo, outdated, read_plan, read_run};
use crate::policy::Problem;
use crate::scenario::{Impasse, impasse};
use crate::solve::find::{Found, Request, find};
use crate::solve::listener::Listener;
use crate::solve::memory::Memory;
use crate::solve::plan::plan;
use crate::solve::terminator::Terminator;

/// A checked plan with what the run was.
#[derive(Debug, Clone)]
pub struct Solved {
    /// The plan.
    pub plan: Plan,
    /// The run.
    pub run: RunInfo,
    /// For the next search.
    pub memory: Memory,
}

impl Solved {
    /// The plan of a folder, when it is one of this very dossier and still passes the checker.
    ///
    /// # Errors
    /// Why it is not, in a sentence for the user.
    pub fn read(ready: &Ready, folder: &Path) -> Result<Self, String> {
        let plan = read_plan(folder).map_err(|error| error.to_string())?;
        let run = read_run(folder).map_err(|error| error.to_string())?;
        let Problem { dossier, bareme, .. } = &ready.problem;
        if let Some(sentence) = outdated(dossier, &plan) {
            return Err(sentence);
        }
        match check::check(dossier, bareme, &ready.factors, &plan).first() {
            None => Ok(Self { plan, run, memory: Memory::default() }),
            Some(finding) => Err(format!("Le contrôle refuse ce plan : {}.", finding.message)),
        }
    }
}

/// Why there is no plan; the texts are for the user.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum Unsolved {
    /// Proven; the demands that conflict and the ways out.
    #[error("prouvé : aucun plan ne respecte toutes les demandes.{0}")]
    Infeasible(Impasse),
    /// The search was stopped too early.
    #[error("aucun plan trouvé dans la limite")]
    NoPlan,
    /// The checker refuses the plan.
    #[error("le contrôle indépendant refuse le plan :{}", .0.iter().map(|finding| format!("\n{} : {}", finding.rule, finding.message)).collect::<String>())]
    Refused(Vec<Finding>),
}

/// Finds a plan, checks it and tells its run. `interrupted` says whether it was a person who
/// raised the terminator.
///
/// # Errors
/// [`Unsolved`].
pub fn solve(
    ready: &Ready,
    request: &Request,
    pool: &rayon::ThreadPool,
    listener: &dyn Listener,
    terminator: &dyn Terminator,
    interrupted: &(dyn Fn() -> bool + Sync),
) -> Result<Solved, Unsolved> {
    let begun = Instant::now();
    let found = pool.install(|| find(&ready.problem, request, listener, terminator));
    let seconds = begun.elapsed().as_secs_f64();
    let plan = pool.install(|| finished(ready, &found, interrupted))?;
    let findings =
        check::check(&ready.problem.dossier, &ready.problem.bareme, &ready.factors, &plan);
    if !findings.is_empty() {
        return Err(Unsolved::Refused(findings));
    }
    let run = RunInfo {
        date: jiff::Zoned::now().datetime(),
        duree_s: seconds,
        machine: machine(),
        threads: pool.current_num_threads(),
        statistics: json!(found.statistics),
    };
    Ok(Solved { plan, run, memory: found.memory })
}

fn finished(
    ready: &Ready,
    found: &Found,
    interrupted: &(dyn Fn() -> bool + Sync),
) -> Result<Plan, Unsolved> {
    match &found.plan {
        Some((solution, proof)) => {
            let mut proof = proof.clone();
            if proof.status == Status::Limite && interrupted() {
                proof.status = Status::Interrompu;
            }
            Ok(plan(&ready.problem, solution, &proof))
        }
        None if found.status == Status::Irrealisable => {
            Err(Unsolved::Infeasible(impasse(&ready.problem, interrupted)))
        }
        None => Err(Unsolved::NoPlan),
    }
}

fn machine() -> String {
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    format!("{} {}, {cores} cœurs", std::env::consts::OS, std::env::consts::ARCH)
}
