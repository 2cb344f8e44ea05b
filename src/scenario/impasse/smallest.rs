//! The smallest step of a way out that lets a plan exist.

use std::time::Duration;

use crate::domain::Dossier;
use crate::scenario::edit::Edit;
use crate::scenario::trial::{Means, attempt};
use crate::solve::memory::Memory;
use crate::solve::outcome::Settings;
use crate::solve::terminator::{Sooner, Terminator};

use super::candidates::{Candidate, together};

/// Gap of a trial: enough to tell how much a plan covers.
const GAP: f64 = 0.01;

/// Who says whether an edited dossier has a plan.
pub struct Judge<'a> {
    /// The dossier without any.
    pub dossier: &'a Dossier,
    /// Ends the search; nothing is told after it.
    pub terminator: &'a dyn Terminator,
    /// The most that one trial may take, so that a hard one leaves time for the others.
    pub share: Duration,
}

/// What a trial says.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Verdict {
    /// A checked plan covers this share of the weighted need.
    Plan(f64),
    /// Proven: there is none.
    Impossible,
    /// No answer in time, or the edits cannot be applied.
    Unknown,
}

impl Judge<'_> {
    /// Solves the dossier under the edits.
    #[must_use]
    pub fn verdict(&self, edits: &[Edit]) -> Verdict {
        if self.terminator.stop() {
            return Verdict::Unknown;
        }
        let settings = Settings { gap: GAP, effort: None, seed: 0 };
        let share = Sooner::after(Some(self.share), self.terminator);
        let means = Means { settings, terminator: &share, progress: &|_, _| {} };
        match attempt(self.dossier, edits, &Memory::default(), &means) {
            Ok(trial) => match trial.plan {
                Some(plan) => Verdict::Plan(plan.indicateurs.couverture["TOUS"].part_couverte),
                None if trial.impossible => Verdict::Impossible,
                None => Verdict::Unknown,
            },
            Err(_) => Verdict::Unknown,
        }
    }
}

/// A step that works.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Found {
    /// The step, from 1.
    pub step: u32,
    /// The step before it is proven not to be enough.
    pub is_least: bool,
    /// Share of the weighted need that a plan then covers.
    pub share: f64,
}

/// The smallest step of a candidate that lets a plan exist; nothing where none is known to. Step
/// 0 is the dossier itself, which has none: that is proven.
#[must_use]
pub fn smallest(candidate: &Candidate<'_>, judge: &Judge<'_>) -> Option<Found> {
    let mut search = Search { judge, edits: &candidate.edits, low: (0, true), high: None };
    for guess in candidate.guess.into_iter().flat_map(|guess| [guess, guess.saturating_sub(1)]) {
        if (1..=candidate.steps).contains(&guess) {
            search.look(guess);
        }
    }
    if search.high.is_none() {
        search.low = (0, true);
        search.look(candidate.steps);
    }
    search.narrow()
}

/// Steps known not to be enough (and whether that is proven), and to be enough.
struct Search<'a> {
    judge: &'a Judge<'a>,
    edits: &'a dyn Fn(u32) -> Vec<Edit>,
    low: (u32, bool),
    high: Option<(u32, f64)>,
}

impl Search<'_> {
    fn look(&mut self, step: u32) {
        match self.judge.verdict(&(self.edits)(step)) {
            Verdict::Plan(share) => self.high = Some((step, share)),
            verdict => self.low = (step, verdict == Verdict::Impossible),
        }
    }

    /// Doubles the step from the lowest until it is enough, then halves what is between.
    fn narrow(mut self) -> Option<Found> {
        let (most, _) = self.high?;
        let mut step = self.low.0 + 1;
        while step < most && self.high.is_some_and(|(known, _)| known == most) {
            self.look(step);
            step = step.saturating_mul(2);
        }
        while let Some((known, _)) = self.high.filter(|(known, _)| *known > self.low.0 + 1) {
            self.look(self.low.0.midpoint(known));
        }
        self.high.map(|(step, share)| Found { step, is_least: self.low.1, share })
    }
}

/// Several ways out that are enough together, none of which can be spared.
#[derive(Debug, Clone, PartialEq)]
pub struct Together {
    /// By index, with the step of each.
    pub ways: Vec<(usize, u32)>,
    /// The others are proven not to be enough without any one of them.
    pub is_least: bool,
    /// Share of the weighted need that a plan then covers.
    pub share: f64,
}

/// Where no way out is enough alone: all of them, less each in turn that can be spared, in their
/// order; then the smallest step of each that is left, the others held.
#[must_use]
pub fn fewest(candidates: &[Candidate<'_>], judge: &Judge<'_>) -> Option<Together> {
    let edits = |ways: &[(usize, u32)]| {
        let ways: Vec<(&Candidate<'_>, u32)> =
            ways.iter().map(|(index, step)| (&candidates[*index], *step)).collect();
        together(judge.dossier, &ways)
    };
    let mut ways: Vec<(usize, u32)> =
        candidates.iter().map(|candidate| candidate.steps).enumerate().collect();
    let Verdict::Plan(mut share) = judge.verdict(&edits(&ways)) else { return None };
    let mut is_least = true;
    for index in 0..candidates.len() {
        let fewer: Vec<_> = ways.iter().copied().filter(|(other, _)| *other != index).collect();
        match judge.verdict(&edits(&fewer)) {
            Verdict::Plan(then) => (ways, share) = (fewer, then),
            Verdict::Impossible => {}
            Verdict::Unknown => is_least = false,
        }
    }
    for place in 0..ways.len() {
        let at = |step: u32| {
            let mut ways = ways.clone();
            ways[place].1 = step;
            edits(&ways)
        };
        let high = Some((ways[place].1, share));
        let found = Search { judge, edits: &at, low: (0, is_least), high }.narrow()?;
        is_least &= found.is_least;
        share = found.share;
        ways[place].1 = found.step;
    }
    Some(Together { ways, is_least, share })
}
