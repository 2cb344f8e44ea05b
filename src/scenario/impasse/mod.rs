//! A dossier without any plan: what conflicts, and the cheapest ways out, each tried.
//!
//! The conflict is that of `model`. A way out is a list of [`Edit`]s, which `variante` can apply
//! as they stand; where it has an amount, the smallest that works is sought, and the step below
//! it is tried too. Nothing is proposed without a plan of the edited dossier that the checker
//! accepts.

mod candidates;
mod settings;
mod smallest;
mod words;

use std::fmt;
use std::time::Duration;

use rayon::prelude::*;
use serde::Serialize;

use crate::model::{explain_conflict, time_at_stake};
use crate::policy::Problem;
use crate::solve::terminator::{Deadline, Terminator};

use super::edit::Edit;
use candidates::Candidate;
use smallest::{Found, Judge};

/// Time given to naming the demands that conflict.
const CONFLICT_LIMIT: Duration = Duration::from_secs(30);
/// Time given to trying the ways out.
const TRIAL_LIMIT: Duration = Duration::from_secs(45);

/// The most that one trial takes of it.
const TRIAL_SHARE: Duration = Duration::from_secs(8);

/// Why there is no plan, and what would make one.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Impasse {
    /// Demands that cannot be met together, in French.
    pub conflit: Vec<String>,
    /// Without any one of them, the others can be met: proven.
    pub minimal: bool,
    /// Ways out, the cheapest first.
    pub remedes: Vec<Remedy>,
    /// Every way out that the program knows was judged within the time.
    pub complet: bool,
}

/// One way out.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Remedy {
    /// What to do, in French.
    pub texte: String,
    /// The same as the edits of a variant.
    pub modifications: Vec<Edit>,
    /// A step less is proven not to be enough (true as well where there is no step).
    pub juste: bool,
    /// Share of the weighted need that a plan then covers, 0 to 1.
    pub part_couverte: f64,
}

impl fmt::Display for Impasse {
    /// One line a sentence, each after a line break.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        for sentence in &self.conflit {
            write!(formatter, "\n{sentence}")?;
        }
        if !self.minimal {
            write!(formatter, "\n{}", words::NOT_SMALLEST)?;
        }
        if !self.remedes.is_empty() {
            write!(formatter, "\n{}", words::WAYS_OUT)?;
        }
        for (rank, remedy) in (1..).zip(&self.remedes) {
            write!(formatter, "\n  {rank}. {}", remedy.texte)?;
        }
        if self.remedes.is_empty() {
            write!(formatter, "\n{}", words::NO_WAY_OUT)?;
        }
        if !self.complet {
            write!(formatter, "\n{}", words::TIME_OUT)?;
        }
        Ok(())
    }
}

/// Stops at a time, or when the user does.
struct Until<'a> {
    deadline: Deadline,
    stop: &'a (dyn Fn() -> bool + Sync),
}

impl Terminator for Until<'_> {
    fn stop(&self) -> bool {
        (self.stop)() || self.deadline.stop()
    }
}

/// Explains why a dossier that is proven to have no plan has none.
#[must_use]
pub fn impasse(problem: &Problem, stop: &(dyn Fn() -> bool + Sync)) -> Impasse {
    let conflict = explain_conflict(problem, Some(CONFLICT_LIMIT), stop);
    let until = Until { deadline: Deadline::after(Some(TRIAL_LIMIT)), stop };
    let judge = Judge { dossier: &problem.dossier, terminator: &until, share: TRIAL_SHARE };
    let candidates = candidates::candidates(problem, conflict.as_ref());
    let mut found = tried_in_order(&candidates, &judge);
    found.sort_by_key(|(candidate, found)| (candidate.class, found.step));
    let mut remedies: Vec<Remedy> =
        found.iter().map(|(candidate, found)| single(candidate, found)).collect();
    if found.iter().all(|(candidate, _)| candidate.class >= candidates::MEANS) {
        let everything = candidates::everything(problem);
        let several = smallest::fewest(&everything, &judge).filter(|found| found.ways.len() > 1);
        remedies.extend(several.map(|found| several_at_once(problem, &everything, &found)));
    }
    Impasse {
        minimal: conflict.as_ref().is_some_and(|conflict| conflict.is_minimal),
        conflit: conflict
            .map_or_else(|| vec![time_at_stake(problem)], |conflict| conflict.sentences),
        remedes: remedies,
        complet: !until.stop(),
    }
}

/// Those that work, in their order: the first are tried first, whatever the number of threads.
fn tried_in_order<'c, 'a>(
    candidates: &'c [Candidate<'a>],
    judge: &Judge<'_>,
) -> Vec<(&'c Candidate<'a>, Found)> {
    let mut found: Vec<(usize, Found)> = candidates
        .iter()
        .enumerate()
        .par_bridge()
        .filter_map(|(index, candidate)| Some((index, smallest::smallest(candidate, judge)?)))
        .collect();
    found.sort_unstable_by_key(|(index, _)| *index);
    found.into_iter().map(|(index, found)| (&candidates[index], found)).collect()
}

fn single(candidate: &Candidate<'_>, found: &Found) -> Remedy {
    Remedy {
        texte: words::single(candidate, found),
        modifications: (candidate.edits)(found.step),
        juste: found.is_least,
        part_couverte: found.share,
    }
}

fn several_at_once(
    problem: &Problem,
    everything: &[Candidate<'_>],
    found: &smallest::Together,
) -> Remedy {
    let ways: Vec<(&Candidate<'_>, u32)> =
        found.ways.iter().map(|(index, step)| (&everything[*index], *step)).collect();
    Remedy {
        texte: words::together(&ways, found),
        modifications: candidates::together(&problem.dossier, &ways),
        juste: found.is_least,
        part_couverte: found.share,
    }
}
