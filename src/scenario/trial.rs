//! One search on an edited dossier, checked: what staffing levels and absences are made of.

use crate::check;
use crate::domain::{Dossier, Plan};
use crate::policy::{Problem, profile};
use crate::solve::find::{Found, Request, Start, find};
use crate::solve::listener::Silent;
use crate::solve::memory::Memory;
use crate::solve::outcome::Settings;
use crate::solve::plan::plan;
use crate::solve::terminator::Terminator;
use crate::travel::EstimateFactors;

use super::apply::apply;
use super::edit::Edit;
use super::error::EditError;

/// Why a trial has no result; the text is for the user.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TrialError {
    /// The edits cannot be applied.
    #[error(transparent)]
    Edit(#[from] EditError),
    /// The checker refuses the plan: a defect of ours.
    #[error("le contrôle indépendant refuse un plan : {0}")]
    Refused(String),
}

/// What every trial of a series is given.
#[derive(Clone, Copy)]
pub struct Means<'a> {
    /// What ends each search.
    pub settings: Settings,
    /// Who stops them all.
    pub terminator: &'a dyn Terminator,
    /// Hears how many trials of how many are done; called from any thread.
    pub progress: &'a (dyn Fn(usize, usize) + Sync),
}

impl<'a> Means<'a> {
    /// The same, of which one search ends no later than this.
    pub fn until<'b>(&self, terminator: &'b dyn Terminator) -> Means<'b>
    where
        'a: 'b,
    {
        Means { terminator, ..*self }
    }
}

/// What a trial found.
#[derive(Debug, Clone)]
pub struct Trial {
    /// The checked plan; none when there is none, or none in time.
    pub plan: Option<Plan>,
    /// Whether it is proven that no plan exists.
    pub impossible: bool,
    /// For the next search.
    pub memory: Memory,
}

/// Solves the dossier under the edits, from what is known.
pub fn attempt(
    dossier: &Dossier,
    edits: &[Edit],
    known: &Memory,
    means: &Means,
) -> Result<Trial, TrialError> {
    let edited = apply(dossier, edits)?;
    let bareme = profile::load(&edited.scenario.profile, &edited.scenario.overrides)
        .map_err(EditError::from)?;
    let factors = EstimateFactors::default();
    let problem = Problem::new(edited, bareme, &factors);
    let start = Start { memory: known.clone(), ..Start::default() };
    let request = Request { settings: means.settings, start, ..Request::default() };
    let found = find(&problem, &request, &Silent, means.terminator);
    let plan = checked(&problem, &found, &factors)?;
    let impossible = plan.is_none() && found.status == crate::domain::Status::Irrealisable;
    Ok(Trial { plan, impossible, memory: found.memory })
}

fn checked(
    problem: &Problem,
    found: &Found,
    factors: &EstimateFactors,
) -> Result<Option<Plan>, TrialError> {
    let Some((solution, proof)) = &found.plan else { return Ok(None) };
    let plan = plan(problem, solution, proof);
    let findings = check::check(&problem.dossier, &problem.bareme, factors, &plan);
    match findings.first() {
        None => Ok(Some(plan)),
        Some(finding) => {
            Err(TrialError::Refused(format!("{} : {}", finding.rule, finding.message)))
        }
    }
}
