//! From a dossier folder to a checked plan: what `resoudre` and `demo` share.

use std::path::Path;
use std::time::{Duration, Instant};

use clap::Args;
use serde_json::json;

use super::clock::Clock;
use super::diagnostics;
use super::exit::{CHECK_FAILED, Failure, INFEASIBLE, INVALID_INPUT, NO_PLAN, USAGE};
use super::manners::Manners;
use super::progress::ProgressLine;
use crate::domain::{Dossier, Plan, Status};
use crate::export::{self, RunInfo};
use crate::model::explain_conflict;
use crate::policy::{Bareme, Problem, profile};
use crate::solve::find::{Found, MethodChoice, Request, Start, find};
use crate::solve::outcome::Settings;
use crate::solve::plan::plan;
use crate::travel::EstimateFactors;

/// Time given to naming the demands that conflict.
const CONFLICT_LIMIT: Duration = Duration::from_secs(60);
/// Ways out of a conflict that are shown.
const SHOWN_RELAXATIONS: usize = 5;

/// Options of every command that solves.
#[derive(Debug, Clone, Args)]
pub struct SolveOptions {
    /// Durée au plus, par exemple 30s ou 2min (sans limite par défaut)
    #[arg(long, value_name = "DURÉE", value_parser = duration)]
    pub limite: Option<Duration>,
    /// Quantité de travail au plus, comptée et non chronométrée : le résultat est reproductible
    #[arg(long, value_name = "N")]
    pub effort: Option<u64>,
    /// Écart à partir duquel on s'arrête, par exemple 0,01% (défaut) ; 0 exige la preuve d'optimalité
    #[arg(long, value_name = "ÉCART", value_parser = percentage, default_value = "0.01%")]
    pub ecart: f64,
    /// Graine des choix aléatoires (0 par défaut)
    #[arg(long, value_name = "N", default_value_t = 0)]
    pub graine: u64,
    /// Fils d'exécution (tous les cœurs par défaut) ; le plan n'en dépend pas
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..))]
    pub fils: Option<u16>,
    /// Méthode : auto (défaut), compacte ou generation
    #[arg(long, value_name = "MÉTHODE", value_parser = method, default_value = "auto")]
    pub methode: MethodChoice,
}

/// A dossier ready to be solved.
pub struct Ready {
    /// The problem, with the dossier inside.
    pub problem: Problem,
    /// Factors of the estimate of trips.
    pub factors: EstimateFactors,
}

/// Reads a dossier; says every error and warning.
///
/// # Errors
/// Exit code 3 when the input is invalid.
pub fn read(folder: &Path, manners: &Manners) -> Result<Ready, Failure> {
    ready(diagnostics::read(folder, manners)?)
}

/// Applies the bareme of a dossier.
///
/// # Errors
/// Exit code 3 when the bareme is invalid.
pub fn ready(dossier: Dossier) -> Result<Ready, Failure> {
    let bareme = bareme(&dossier)?;
    let factors = EstimateFactors::default();
    Ok(Ready { problem: Problem::new(dossier, bareme, &factors), factors })
}

/// The bareme of a dossier.
///
/// # Errors
/// Exit code 3 when it is invalid.
pub fn bareme(dossier: &Dossier) -> Result<Bareme, Failure> {
    profile::load(&dossier.scenario.profile, &dossier.scenario.overrides)
        .map_err(|error| Failure::new(INVALID_INPUT, format!("scenario.toml : {error}")))
}

/// A plan with what the run was.
pub struct Solved {
    /// The checked plan.
    pub plan: Plan,
    /// The run.
    pub run: RunInfo,
}

/// Finds a plan, checks it and tells its run.
///
/// # Errors
/// Exit code 4 (infeasible), 5 (no plan within the limit) or 6 (the check refuses the plan).
pub fn solve(ready: &Ready, options: &SolveOptions, manners: &Manners) -> Result<Solved, Failure> {
    let threads = options.fils.map_or(0, usize::from);
    let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build();
    let pool = pool.map_err(anyhow::Error::from)?;
    let clock = Clock::start(options.limite);
    let line = ProgressLine::start(manners.shows_progress(), manners.silencieux);
    let settings = Settings { gap: options.ecart, effort: options.effort, seed: options.graine };
    let request = Request { method: options.methode, settings, start: Start::default() };
    let begun = Instant::now();
    let found = pool.install(|| find(&ready.problem, &request, &line, &clock));
    let seconds = begun.elapsed().as_secs_f64();
    line.end();
    let plan = finished(ready, &found, &clock)?;
    check(ready, &plan)?;
    let run = RunInfo {
        date: jiff::Zoned::now().datetime(),
        duree_s: seconds,
        machine: machine(),
        threads: pool.current_num_threads(),
        statistics: json!(found.statistics),
    };
    Ok(Solved { plan, run })
}

fn finished(ready: &Ready, found: &Found, clock: &Clock) -> Result<Plan, Failure> {
    match &found.plan {
        Some((solution, proof)) => {
            let mut proof = proof.clone();
            if proof.status == Status::Limite && clock.interrupted() {
                proof.status = Status::Interrompu;
            }
            Ok(plan(&ready.problem, solution, &proof))
        }
        None if found.status == Status::Irrealisable => Err(infeasible(ready, clock)),
        None => Err(Failure::new(
            NO_PLAN,
            "aucun plan trouvé dans la limite ; donnez plus de temps avec --limite.",
        )),
    }
}

/// Names the demands that conflict, and the cheapest ways out.
fn infeasible(ready: &Ready, clock: &Clock) -> Failure {
    let mut lines = vec!["prouvé : aucun plan ne respecte toutes les demandes.".to_owned()];
    let conflict = explain_conflict(&ready.problem, Some(CONFLICT_LIMIT), &|| clock.interrupted());
    if let Some(conflict) = conflict {
        lines.extend(conflict.sentences);
        if !conflict.relaxations.is_empty() {
            lines.push("Pour en sortir, du moins coûteux au plus coûteux :".to_owned());
            let ways = conflict.relaxations.iter().take(SHOWN_RELAXATIONS);
            lines.extend(ways.map(|way| format!("  - {}", way.sentence)));
        }
    }
    Failure::new(INFEASIBLE, lines.join("\n"))
}

/// Every plan passes the independent checker before anyone sees it.
fn check(ready: &Ready, plan: &Plan) -> Result<(), Failure> {
    let problem = &ready.problem;
    let findings = crate::check::check(&problem.dossier, &problem.bareme, &ready.factors, plan);
    if findings.is_empty() {
        return Ok(());
    }
    let lines: Vec<String> =
        findings.iter().map(|finding| format!("{} : {}", finding.rule, finding.message)).collect();
    Err(Failure::new(
        CHECK_FAILED,
        format!("le contrôle indépendant refuse le plan :\n{}", lines.join("\n")),
    ))
}

/// Writes the documents of a plan.
///
/// # Errors
/// When a file cannot be written.
pub fn write(
    folder: &Path,
    ready: &Ready,
    solved: &Solved,
    anonymous: bool,
) -> Result<(), Failure> {
    let options = export::Options { anonymous };
    export::write_plan(folder, &ready.problem.dossier, &solved.plan, &solved.run, options)
        .map_err(anyhow::Error::from)?;
    Ok(())
}

fn machine() -> String {
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    format!("{} {}, {cores} cœurs", std::env::consts::OS, std::env::consts::ARCH)
}

fn method(text: &str) -> Result<MethodChoice, String> {
    match text {
        "auto" => Ok(MethodChoice::Auto),
        "compacte" => Ok(MethodChoice::Compact),
        "generation" | "génération" => Ok(MethodChoice::Generation),
        _ => Err("auto, compacte ou generation".to_owned()),
    }
}

fn duration(text: &str) -> Result<Duration, String> {
    let span: jiff::SignedDuration =
        text.parse().map_err(|_| "écrire par exemple 30s, 2min ou 1h".to_owned())?;
    Duration::try_from(span).map_err(|_| "une durée est positive".to_owned())
}

fn percentage(text: &str) -> Result<f64, String> {
    let number = text.trim().trim_end_matches('%').trim().replace(',', ".");
    let value: f64 = number.parse().map_err(|_| "écrire par exemple 0,01%".to_owned())?;
    let share = if text.trim().ends_with('%') { value / 100.0 } else { value };
    if (0.0..=1.0).contains(&share) { Ok(share) } else { Err("entre 0 et 100%".to_owned()) }
}

/// A usage failure when an output folder cannot be used, before the long work.
///
/// # Errors
/// Exit code 2.
pub fn check_output(folder: &Path) -> Result<(), Failure> {
    export::check_writable(folder).map_err(|error| Failure::new(USAGE, error.to_string()))
}
