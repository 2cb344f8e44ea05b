//! Solving the compact model, level by level where the order is lexicographic.

use std::time::{Duration, Instant};

use crate::policy::bareme::Order;
use crate::policy::scorecard::score;
use crate::policy::{ObjectiveLevel, Problem, Score, Solution};

use super::backend::{self, Answer, End, Run};
use super::compact_model::{ColumnId, CompactModel, Row};
use super::constraints::Built;
use super::{extract, placement};

/// How far to go.
#[derive(Debug, Clone, Copy)]
pub struct CompactSettings<'a> {
    /// Longest duration, all levels together.
    pub limit: Option<Duration>,
    /// Relative gap that is good enough; 0 asks for a proof.
    pub gap: f64,
    /// Threads of the solver.
    pub threads: u32,
    /// Seed of the solver.
    pub seed: u64,
    /// A plan to start from.
    pub start: Option<&'a Solution>,
}

impl Default for CompactSettings<'_> {
    fn default() -> Self {
        Self { limit: None, gap: 0.0, threads: 1, seed: 0, start: None }
    }
}

/// How a solve ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CompactStatus {
    /// Proven best.
    Optimal,
    /// The gap asked for is proven.
    Gap,
    /// Stopped by the clock (or the solver gave up).
    Limit,
    /// Stopped by the caller.
    Interrupted,
    /// No assignment keeps the hard rules.
    Infeasible,
}

/// A level of the objective: the value that its own solve reached, and its bound.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LevelOutcome {
    /// Level.
    pub level: ObjectiveLevel,
    /// Best value, the levels before it kept within the tolerance.
    pub objective: i64,
    /// Upper bound of that value.
    pub bound: i64,
}

/// What a solve found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CompactOutcome {
    /// Best assignment.
    pub solution: Option<Solution>,
    /// Its score, all levels added up; 0 without a solution.
    pub objective: i64,
    /// Upper bound of the score of any assignment; in lexicographic order, the objective plus what
    /// the search of each level may have missed.
    pub bound: i64,
    /// How it ended.
    pub status: CompactStatus,
    /// One entry a level in lexicographic order, none otherwise.
    pub levels: Vec<LevelOutcome>,
}

/// The least value that a level keeps while those after it are optimised: `tolerance` is the
/// share of it that may be given up.
#[must_use]
pub fn level_floor(value: i64, tolerance: f64) -> i64 {
    value - (value.abs() as f64 * tolerance).floor() as i64
}

/// Solves the compact model. `progress` is told the bound and the best value of the objective (of
/// the level at hand) found so far.
///
/// # Panics
/// When the model and the scorecard disagree on the assignment found: a bug, never an input.
pub fn solve_compact(
    problem: &Problem,
    settings: &CompactSettings<'_>,
    stop: &(dyn Fn() -> bool + Sync),
    progress: &mut (dyn FnMut(i64, Option<i64>) + Send),
) -> CompactOutcome {
    let mut search = Search {
        problem,
        built: Built::new(problem),
        settings,
        deadline: settings.limit.map(|limit| Instant::now() + limit),
        stop,
        progress,
    };
    match problem.bareme.ordre {
        Order::Somme => search.sum(),
        Order::Lexicographique => search.levels(),
    }
}

struct Search<'a> {
    problem: &'a Problem,
    built: Built,
    settings: &'a CompactSettings<'a>,
    deadline: Option<Instant>,
    stop: &'a (dyn Fn() -> bool + Sync),
    progress: &'a mut (dyn FnMut(i64, Option<i64>) + Send),
}

/// One solve, in integers.
struct Stage {
    solution: Option<Solution>,
    value: i64,
    bound: i64,
    status: CompactStatus,
}

impl Search<'_> {
    fn sum(&mut self) -> CompactOutcome {
        let start = self.start();
        let stage = self.maximise(&Score::total, start);
        CompactOutcome {
            objective: stage.value,
            bound: stage.bound,
            status: stage.status,
            solution: stage.solution,
            levels: Vec::new(),
        }
    }

    fn levels(&mut self) -> CompactOutcome {
        let mut start = self.start();
        let mut levels: Vec<LevelOutcome> = Vec::new();
        let mut status = CompactStatus::Optimal;
        let mut best = None;
        for level in self.problem.bareme.niveaux.clone() {
            let price = move |score: &Score| score.level(level);
            if matches!(status, CompactStatus::Limit | CompactStatus::Interrupted) {
                let objective = best.as_ref().map_or(0, |best| price(&score(self.problem, best)));
                let bound = trivial_bound(&self.built.model, &price);
                levels.push(LevelOutcome { level, objective, bound });
                continue;
            }
            let stage = self.maximise(&price, start);
            if stage.status != CompactStatus::Optimal {
                status = stage.status;
            }
            if stage.status == CompactStatus::Infeasible {
                break;
            }
            best = stage.solution.or(best);
            levels.push(LevelOutcome { level, objective: stage.value, bound: stage.bound });
            self.keep_level(level, level_floor(stage.value, self.problem.bareme.tolerance_niveaux));
            start = best.as_ref().and_then(|best| self.point(best));
        }
        let reached = best.as_ref().map_or(0, |best| score(self.problem, best).total());
        CompactOutcome {
            objective: reached,
            bound: reached + levels.iter().map(|it| it.bound - it.objective).sum::<i64>(),
            status,
            solution: best,
            levels,
        }
    }

    fn start(&self) -> Option<Vec<i64>> {
        self.settings.start.and_then(|start| self.point(start))
    }

    /// The point of an assignment, when it keeps every rule of the model.
    fn point(&self, solution: &Solution) -> Option<Vec<i64>> {
        placement::point(self.problem, &self.built, solution)
            .filter(|point| self.built.model.violation(point).is_none())
    }

    fn keep_level(&mut self, level: ObjectiveLevel, least: i64) {
        let model = &mut self.built.model;
        let terms = model.columns.iter_enumerated();
        let terms: Vec<(ColumnId, i64)> = terms
            .map(|(id, column)| (id, column.profit.level(level)))
            .filter(|(_, profit)| *profit != 0)
            .collect();
        let lower = Some(least - model.constant.level(level));
        let name = format!("level[{}]", level.code());
        model.add_row(Row { name, lower, upper: None, terms, demand: None });
    }

    fn maximise(&mut self, price: &dyn Fn(&Score) -> i64, start: Option<Vec<i64>>) -> Stage {
        let model = &self.built.model;
        let constant = price(&model.constant);
        let progress = &mut *self.progress;
        let run = Run {
            time: self.deadline.map(|end| end.saturating_duration_since(Instant::now())),
            gap: self.settings.gap,
            threads: self.settings.threads,
            seed: (self.settings.seed & 0x7fff_ffff) as u32,
            stop: self.stop,
            progress: &mut |bound, best| {
                let best = best.is_finite().then(|| best.round() as i64 + constant);
                progress(round_bound(bound).saturating_add(constant), best);
            },
        };
        let answer = backend::maximise(model, price, start.as_deref(), run);
        let bound = round_bound(answer.bound).saturating_add(constant);
        let bound = bound.min(trivial_bound(model, price));
        let solution = answer.point.as_ref().map(|point| self.checked(point));
        let value = solution.as_ref().map_or(0, |best| price(&score(self.problem, best)));
        let status = status(&answer, solution.is_some(), bound <= value);
        let bound = if solution.is_some() { bound.max(value) } else { bound };
        Stage { solution, value, bound, status }
    }

    /// The assignment of a point, of which model and scorecard must think alike.
    fn checked(&self, point: &[i64]) -> Solution {
        let solution = extract::solution(self.problem, &self.built.variables, point);
        let again = placement::point(self.problem, &self.built, &solution)
            .expect("the model has a column for all that it chose");
        let model = &self.built.model;
        assert_eq!(model.violation(&again), None, "rounding keeps every row");
        assert_eq!(model.score(&again), score(self.problem, &solution), "one objective");
        solution
    }
}

fn status(answer: &Answer, found: bool, proven: bool) -> CompactStatus {
    match answer.end {
        End::Infeasible => CompactStatus::Infeasible,
        End::Interrupted => CompactStatus::Interrupted,
        _ if found && proven => CompactStatus::Optimal,
        End::Proven => CompactStatus::Gap,
        End::Limit | End::Failed => CompactStatus::Limit,
    }
}

/// Objectives are integers: a bound rounds down, but for the tolerance of floating point.
fn round_bound(bound: f64) -> i64 {
    (bound + 1e-6 * bound.abs().max(1.0)).floor() as i64
}

/// Every column at its best end: true before any solve.
fn trivial_bound(model: &CompactModel, price: &dyn Fn(&Score) -> i64) -> i64 {
    let best = model.columns.iter().map(|column| (price(&column.profit) * column.upper).max(0));
    price(&model.constant) + best.sum::<i64>()
}
