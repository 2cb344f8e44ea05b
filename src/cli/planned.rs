//! A dossier and a plan of it, for the commands that speak of both.

use std::path::Path;

use super::diagnostics;
use super::exit::{CHECK_FAILED, Failure, INVALID_INPUT};
use super::manners::Manners;
use super::solving;
use crate::domain::Plan;
use crate::export::{Heading, read_plan, read_run, without_names};
use crate::policy::Solution;
use crate::run::Ready;
use crate::solve::plan::read_back::read_back;

/// The dossier, and a plan of it that keeps every rule.
///
/// # Errors
/// Exit code 3 when the dossier and the plan cannot be read or do not go together, 6 when the
/// plan breaks a rule.
pub fn read(
    dossier: &Path,
    plan: &Path,
    anonymous: bool,
    manners: &Manners,
) -> Result<(Ready, Plan, Solution), Failure> {
    let mut dossier = diagnostics::read(dossier, manners)?;
    let invalid = |error: &dyn std::fmt::Display| Failure::new(INVALID_INPUT, error.to_string());
    let mut plan = read_plan(plan).map_err(|error| invalid(&error))?;
    if anonymous {
        (dossier, plan) = without_names(&dossier, &plan);
    }
    let ready = solving::ready(dossier)?;
    let solution = read_back(&ready.problem, &plan).map_err(|error| {
        Failure::new(
            INVALID_INPUT,
            format!("{error} : ce plan vient d'un autre dossier, ou le dossier a changé ; relancez maillage resoudre."),
        )
    })?;
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
