//! From a dossier folder to a plan folder: what `resoudre` and `demo` share.

use std::path::Path;
use std::time::Duration;

use clap::Args;
use rayon::ThreadPool;
use serde_json::json;

use super::clock::Clock;
use super::diagnostics;
use super::edits::DecisionOptions;
use super::exit::{CHECK_FAILED, Failure, INFEASIBLE, INVALID_INPUT, NO_PLAN, USAGE};
use super::manners::Manners;
use super::progress::ProgressLine;
use super::reference::at_most;
use crate::domain::{Dossier, Status};
use crate::export;
use crate::policy::BaremeError;
use crate::run::{self, Ready, Solved, Unsolved};
use crate::scenario::{Edit, apply};
use crate::solve::find::{MethodChoice, Request, Start};
use crate::solve::outcome::Settings;

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

impl SolveOptions {
    /// What ends a search.
    #[must_use]
    pub const fn settings(&self) -> Settings {
        Settings { gap: self.ecart, effort: self.effort, seed: self.graine }
    }

    /// The threads.
    ///
    /// # Errors
    /// When the system refuses them.
    pub fn pool(&self) -> Result<ThreadPool, Failure> {
        let threads = self.fils.map_or(0, usize::from);
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build();
        Ok(pool.map_err(anyhow::Error::from)?)
    }
}

/// Reads a dossier; says every error and warning.
///
/// # Errors
/// Exit code 3 when the input is invalid.
pub fn read(folder: &Path, manners: &Manners) -> Result<Ready, Failure> {
    ready(diagnostics::read(folder, manners)?)
}

/// The same with the decisions of the command line.
///
/// # Errors
/// Exit code 2 when a decision cannot be applied, 3 when the input is invalid.
pub fn read_decided(
    folder: &Path,
    decisions: &DecisionOptions,
    manners: &Manners,
) -> Result<Ready, Failure> {
    let dossier = diagnostics::read(folder, manners)?;
    let dossier = edited(&dossier, &decisions.edits())?;
    let reference = decisions.reference.edits(&dossier)?;
    ready(edited(&dossier, &reference)?)
}

/// The dossier after the edits.
///
/// # Errors
/// Exit code 2 when one cannot be applied.
pub fn edited(dossier: &Dossier, edits: &[Edit]) -> Result<Dossier, Failure> {
    apply(dossier, edits).map_err(|error| Failure::new(USAGE, error.to_string()))
}

/// The same held to so many changes of hands.
///
/// # Errors
/// None is expected: the limit is one of the bareme.
pub fn held(loose: &Ready, changes: u32) -> Result<Ready, Failure> {
    ready(edited(&loose.problem.dossier, &[at_most(changes)])?)
}

/// Applies the bareme of a dossier.
///
/// # Errors
/// Exit code 3 when the bareme is invalid.
pub fn ready(dossier: Dossier) -> Result<Ready, Failure> {
    Ready::new(dossier).map_err(|error| bad_bareme(&error))
}

fn bad_bareme(error: &BaremeError) -> Failure {
    Failure::new(INVALID_INPUT, format!("scenario.toml : {error}"))
}

/// Finds a plan, checks it and tells its run.
///
/// # Errors
/// Exit code 4 (infeasible), 5 (no plan within the limit) or 6 (the check refuses the plan).
pub fn solve(ready: &Ready, options: &SolveOptions, manners: &Manners) -> Result<Solved, Failure> {
    let pool = options.pool()?;
    let clock = Clock::start(options.limite);
    solve_from(ready, Start::default(), options, &pool, &clock, manners)
}

/// The same from what is known, within a limit that has begun.
///
/// # Errors
/// As [`solve`].
pub fn solve_from(
    ready: &Ready,
    start: Start,
    options: &SolveOptions,
    pool: &ThreadPool,
    clock: &Clock,
    manners: &Manners,
) -> Result<Solved, Failure> {
    let line = ProgressLine::start(manners.shows_progress(), manners.silencieux);
    let settings = options.settings();
    let request = Request { method: options.methode, settings, start };
    let solved = run::solve(ready, &request, pool, &line, clock, &|| clock.interrupted());
    line.end();
    solved.or_else(|unsolved| Err(failure(&unsolved, manners)?))
}

/// The failure to report; for a machine, an impasse is a document too.
fn failure(unsolved: &Unsolved, manners: &Manners) -> Result<Failure, Failure> {
    Ok(match unsolved {
        Unsolved::Infeasible(impasse) => {
            if manners.json {
                let document = json!({ "statut": Status::Irrealisable, "impasse": impasse });
                manners.result("", &document)?;
            }
            Failure::new(INFEASIBLE, unsolved.to_string())
        }
        Unsolved::NoPlan => {
            Failure::new(NO_PLAN, format!("{unsolved} ; donnez plus de temps avec --limite."))
        }
        Unsolved::Refused(_) => Failure::new(CHECK_FAILED, unsolved.to_string()),
    })
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

fn method(text: &str) -> Result<MethodChoice, String> {
    match text {
        "auto" => Ok(MethodChoice::Auto),
        "compacte" => Ok(MethodChoice::Compact),
        "generation" | "génération" => Ok(MethodChoice::Generation),
        _ => Err("auto, compacte ou generation".to_owned()),
    }
}

/// Reads a duration such as 30s or 2min.
///
/// # Errors
/// What to write, in French.
pub fn duration(text: &str) -> Result<Duration, String> {
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
