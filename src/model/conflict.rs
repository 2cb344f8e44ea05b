//! Why a dossier is infeasible: a smallest set of demands that no plan can meet together, and
//! what it would take to meet them.
//!
//! The set comes from QuickXplain (Junker, AAAI 2004): divide and conquer over the demands, each
//! question being one compact model without the demands left out. The set is minimal: without any
//! one of its demands, the others can be met. HiGHS's own infeasible subsystems are for linear
//! programmes alone. Three certificates narrow the search first: a unit that nobody may serve,
//! services that take more time than all posts have, or need more places than they offer.

use std::collections::BTreeSet;
use std::time::{Duration, Instant};

use crate::policy::{ItemId, Problem, Score};

use super::backend::{self, Answer, End, Run};
use super::compact_model::{CompactModel, Row};
use super::conflict_words;
use super::constraints::Built;
use super::counting::{overcrowding, overload, total_capacity};
use super::demand::Demand;
use super::least_load::LeastLoads;
use super::lift::{Eased, demands, without};

/// What conflicts, and the ways out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Conflict {
    /// Demands that cannot be met together.
    pub demands: Vec<Demand>,
    /// Whether each of them is needed for the conflict; not known where time ran out.
    pub is_minimal: bool,
    /// The conflict in French, the main sentence first.
    pub sentences: Vec<String>,
    /// Demands of which one alone, lifted, makes the dossier feasible.
    pub relaxations: Vec<Relaxation>,
    /// Fewest items to leave without service for the rest to be feasible, where no one demand is
    /// enough or as an alternative to it.
    pub unserved: Vec<ItemId>,
}

/// One way out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Relaxation {
    /// Demand to lift or to loosen.
    pub demand: Demand,
    /// The value at which its limit lets a plan exist, in the unit of its row; `None` where it is
    /// lifted whole.
    pub needed: Option<i64>,
}

/// What services take against what posts have, in French: all that is told of a conflict that the
/// time did not suffice to name.
#[must_use]
pub fn time_at_stake(problem: &Problem) -> String {
    let least = LeastLoads::of(problem).ticks(problem.units.keys());
    conflict_words::time_at_stake(problem, least, total_capacity(problem))
}

/// Explains why no plan exists; `None` when one does, or when the time does not suffice to tell.
pub fn explain_conflict(
    problem: &Problem,
    limit: Option<Duration>,
    stop: &(dyn Fn() -> bool + Sync),
) -> Option<Conflict> {
    let all = demands(problem);
    let deadline = limit.map(|limit| Instant::now() + limit);
    let mut search = Search { problem, all: &all, deadline, stop, sure: true };
    let open = match search.narrow() {
        Some(narrow) => narrow,
        None if search.can_meet(&all) == Some(false) => all.clone(),
        None => return None,
    };
    let mut found = search.quick_xplain(&[], false, &open);
    found.sort_unstable();
    let is_minimal = search.sure;
    let relaxations = found.iter().filter_map(|demand| search.relaxation(*demand)).collect();
    Some(Conflict {
        sentences: conflict_words::sentences(problem, &found),
        unserved: search.fewest_unserved(),
        demands: found,
        is_minimal,
        relaxations,
    })
}

struct Search<'a> {
    problem: &'a Problem,
    all: &'a [Demand],
    deadline: Option<Instant>,
    stop: &'a (dyn Fn() -> bool + Sync),
    /// Whether every question so far was answered.
    sure: bool,
}

impl Search<'_> {
    /// A conflict that takes little to see, minimal or not: a unit that nobody may serve, by what
    /// decides who may before all else; services that take more time or places than there are.
    fn narrow(&mut self) -> Option<Vec<Demand>> {
        let keeping = |kept: fn(&Demand) -> bool| -> Vec<Demand> {
            self.all.iter().filter(|demand| kept(demand)).copied().collect()
        };
        let barring = keeping(|demand| {
            use Demand::{Bassin, Decision, LongestTrip, References};
            matches!(demand, LongestTrip(_) | Bassin(_) | Decision(_) | References(_))
        });
        let others = keeping(|demand| !matches!(demand, Demand::Service(_)));
        let alone = |item: ItemId| {
            let with = |demands: &[Demand]| [demands, &[Demand::Service(item)]].concat();
            [with(&barring), with(&others)]
        };
        let candidates: Vec<Vec<Demand>> =
            items_without_any_way(self.problem).flat_map(alone).collect();
        let barred =
            candidates.into_iter().find(|candidate| self.can_meet(candidate) == Some(false));
        let counted = || {
            let counted = overload(self.problem, self.all);
            let counted = counted.or_else(|| overcrowding(self.problem, self.all))?;
            debug_assert_ne!(Search { sure: true, ..*self }.can_meet(&counted), Some(true));
            Some(counted)
        };
        barred.or_else(counted)
    }

    /// A minimal subset of `open` that conflicts with `kept`.
    fn quick_xplain(&mut self, kept: &[Demand], grown: bool, open: &[Demand]) -> Vec<Demand> {
        if grown && self.can_meet(kept) == Some(false) {
            return Vec::new();
        }
        if open.len() <= 1 {
            return open.to_vec();
        }
        let (first, second) = open.split_at(open.len() / 2);
        let of_second = self.quick_xplain(&[kept, first].concat(), true, second);
        let of_first =
            self.quick_xplain(&[kept, &of_second[..]].concat(), !of_second.is_empty(), first);
        [of_first, of_second].concat()
    }

    /// Whether a plan meets these demands, all others lifted; `None` where time ran out, which
    /// only makes the conflict found larger than it need be.
    fn can_meet(&mut self, kept: &[Demand]) -> Option<bool> {
        let lifted = self.all.iter().filter(|demand| !kept.contains(demand)).copied().collect();
        let answer = self.eased(&lifted).map(|eased| self.ask(&eased.model));
        let verdict = match answer {
            Some(Answer { point: Some(_), .. }) => Some(true),
            Some(Answer { end: End::Infeasible, .. }) => Some(false),
            _ => None,
        };
        self.sure &= verdict.is_some();
        verdict
    }

    /// The model without these demands, for a question; `None` where no time is left to ask it, as
    /// building the model of a large dossier takes longer than most answers.
    fn eased(&self, lifted: &BTreeSet<Demand>) -> Option<Eased> {
        let is_late = self.deadline.is_some_and(|deadline| Instant::now() >= deadline);
        (!is_late && !(self.stop)()).then(|| without(self.problem, lifted))
    }

    fn ask(&self, model: &CompactModel) -> Answer {
        let run = Run {
            time: self.deadline.map(|end| end.saturating_duration_since(Instant::now())),
            gap: 0.0,
            threads: 1,
            seed: 0,
            stop: self.stop,
            progress: &mut |_, _| {},
        };
        backend::maximise(model, |score: &Score| score.coverage, None, run)
    }

    /// The dossier with one demand alone lifted, and how far its limit must go.
    fn relaxation(&self, demand: Demand) -> Option<Relaxation> {
        let mut eased = self.eased(&BTreeSet::from([demand]))?;
        let limit = match &eased.lifted[..] {
            [row] if !matches!(demand, Demand::Together(_) | Demand::Residence(_)) => Some(row),
            _ => None,
        };
        // The least use of a limit lifted, or the most of a minimum.
        let sign = if limit.is_some_and(|row| row.upper.is_some()) { -1 } else { 1 };
        for &(column, by) in limit.iter().flat_map(|row| &row.terms) {
            eased.model.columns[column].profit.coverage = sign * by;
        }
        let point = self.ask(&eased.model).point?;
        let needed = limit.map(|row| row.activity(&point));
        Some(Relaxation { demand, needed })
    }

    /// The items that the plan which serves the most units leaves out.
    fn fewest_unserved(&self) -> Vec<ItemId> {
        let is_service = |demand: &&Demand| matches!(demand, Demand::Service(_));
        let services = self.all.iter().filter(is_service).copied().collect();
        let Some(mut eased) = self.eased(&services) else { return Vec::new() };
        let served = |row: &&Row| matches!(row.demand, Some(Demand::Service(_)));
        for row in eased.model.rows.iter().filter(served) {
            for &(column, _) in &row.terms {
                eased.model.columns[column].profit.coverage = 1;
            }
        }
        let Some(point) = self.ask(&eased.model).point else { return Vec::new() };
        let left_out =
            eased.model.rows.iter().filter(served).filter(|row| row.activity(&point) == 0);
        let items: BTreeSet<ItemId> = left_out
            .filter_map(|row| match row.demand {
                Some(Demand::Service(item)) => Some(item),
                _ => None,
            })
            .collect();
        items.into_iter().collect()
    }
}

/// Items with a unit that no post, team or adviser may serve.
fn items_without_any_way(problem: &Problem) -> impl Iterator<Item = ItemId> {
    let rows = Built::new(problem).model.rows.into_iter();
    rows.filter(|row| row.terms.is_empty()).filter_map(|row| match row.demand {
        Some(Demand::Service(item)) => Some(item),
        _ => None,
    })
}
