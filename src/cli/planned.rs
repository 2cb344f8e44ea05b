//! A dossier and a plan of it, for the commands that speak of both.

use std::fmt::Display;
use std::path::Path;

use super::diagnostics;
use super::exit::{CHECK_FAILED, Failure, INVALID_INPUT};
use super::manners::Manners;
use super::solving;
use crate::domain::{Dossier, Plan};
use crate::export::{Heading, outdated, read_plan, read_run, without_names};
use crate::policy::Solution;
use crate::run::Ready;
use crate::scenario::{apply, asked_for};
use crate::solve::plan::read_back::read_back;

/// A plan, whatever dossier it is of.
///
/// # Errors
/// Exit code 3 when it cannot be read.
pub fn read_alone(plan: &Path) -> Result<Plan, Failure> {
    read_plan(plan).map_err(invalid)
}

fn invalid(error: impl Display) -> Failure {
    Failure::new(INVALID_INPUT, error.to_string())
}

/// A dossier and a plan as they stand: with what the plan was asked for besides the files, as far as
/// they still take it.
///
/// # Errors
/// Exit code 3 when the dossier or the plan cannot be read.
pub fn read_both(
    dossier: &Path,
    plan: &Path,
    manners: &Manners,
) -> Result<(Dossier, Plan), Failure> {
    let dossier = diagnostics::read(dossier, manners)?;
    let plan = read_alone(plan)?;
    let edits = asked_for(&plan).map_err(invalid)?;
    // Files that have changed since may refuse them: the digests will tell.
    let dossier = apply(&dossier, &edits).unwrap_or(dossier);
    Ok((dossier, plan))
}

/// The dossier, and a plan of it that keeps every rule.
///
/// # Errors
/// Exit code 3 when the dossier or the plan cannot be read, 6 when they do not go together or the
/// plan breaks a rule.
pub fn read(
    dossier: &Path,
    plan: &Path,
    anonymous: bool,
    manners: &Manners,
) -> Result<(Ready, Plan, Solution), Failure> {
    let (mut dossier, mut plan) = read_both(dossier, plan, manners)?;
    if let Some(sentence) = outdated(&dossier, &plan) {
        return Err(Failure::new(CHECK_FAILED, sentence));
    }
    if anonymous {
        (dossier, plan) = without_names(&dossier, &plan);
    }
    let ready = solving::ready(dossier)?;
    let solution = read_back(&ready.problem, &plan).map_err(invalid)?;
    let (problem, factors) = (&ready.problem, &ready.factors);
    let findings = crate::check::check(&problem.dossier, &problem.bareme, factors, &plan);
    if let Some(finding) = findings.first() {
        return Err(Failure::new(
            CHECK_FAILED,
            format!(
                "ce plan ne respecte pas le dossier ({} : {}) ; voyez maillage controler.",
                finding.rule, finding.message
            ),
        ));
    }
    Ok((ready, plan, solution))
}

/// What a document says of the plan in `folder`; its date is told where its run is beside it.
///
/// # Errors
/// When the plan cannot be written as JSON.
pub fn heading<'a>(plan: &'a Plan, folder: &Path, anonymous: bool) -> Result<Heading<'a>, Failure> {
    let date = read_run(folder).ok().map(|run| run.date);
    Ok(Heading::new(plan, date, anonymous).map_err(anyhow::Error::from)?)
}
