//! The only file of the compact model that names a solver: `good_lp` builds, HiGHS solves.
//!
//! `good_lp` states neither bound nor gap and merges all limits into one, so the model is taken
//! out of it (`try_into_inner`, which drops options and start: they are set again here) and
//! HiGHS is asked directly. The `highs` crate has no callback; a long solve is interrupted through
//! `highs-sys`, in the few unsafe lines below. Column generation keeps its own file for HiGHS, as
//! this module stands to its left and shares nothing with it but the solver.

#![allow(unsafe_code, reason = "highs-sys is a C interface; its only use here is the callback")]

use std::ffi::{c_char, c_int, c_void};
use std::time::Duration;

use ::highs::{HighsModelStatus, HighsSolutionStatus, Model, SolvedModel};
use good_lp::solvers::highs::{HighsProblem, highs};
use good_lp::{Expression, ProblemVariables, SolverModel, Variable, variable};
use highs_sys::{
    Highs_setCallback, Highs_startCallback, HighsCallbackDataIn, HighsCallbackDataOut,
};
use typed_index_collections::TiVec;

use crate::policy::Score;

use super::compact_model::{ColumnId, CompactModel};

/// `kHighsCallbackMipInterrupt` of `highs_c_api.h`.
const MIP_INTERRUPT: c_int = 6;

/// Limits of one solve, and who listens to it.
pub struct Run<'a> {
    /// Longest duration.
    pub time: Option<Duration>,
    /// Relative gap that is good enough.
    pub gap: f64,
    /// Threads of HiGHS.
    pub threads: u32,
    /// Seed of HiGHS.
    pub seed: u32,
    /// Polled by HiGHS; once `true`, it stops.
    pub stop: &'a (dyn Fn() -> bool + Sync),
    /// Told bound and best value (infinite where there is none).
    pub progress: &'a mut (dyn FnMut(f64, f64) + Send),
}

/// Why HiGHS ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum End {
    /// The gap asked for is proven.
    Proven,
    /// No point exists.
    Infeasible,
    /// Time is over.
    Limit,
    /// `stop` said so.
    Interrupted,
    /// HiGHS gave up; the text is its status.
    Failed,
}

/// What HiGHS found.
#[derive(Debug, Clone, PartialEq)]
pub struct Answer {
    /// Best point, rounded to integers.
    pub point: Option<Vec<i64>>,
    /// Upper bound of the objective, as HiGHS states it.
    pub bound: f64,
    /// Why it ended.
    pub end: End,
}

/// Maximises `price` over the columns. Each solve has a thread of its own, as the scheduler of
/// HiGHS belongs to a thread and keeps the number of threads of its first use. Where HiGHS gives
/// up, once more without its presolve.
pub fn maximise(
    model: &CompactModel,
    price: impl Fn(&Score) -> i64,
    start: Option<&[i64]>,
    run: Run<'_>,
) -> Answer {
    if model.columns.is_empty() {
        return empty(model);
    }
    let attempt = |presolve: bool, run: Run<'_>| {
        let problem = build(model, &price);
        std::thread::scope(|scope| {
            let solve = scope.spawn(move || solve(problem, start, presolve, run));
            solve.join().expect("HiGHS does not panic")
        })
    };
    let answer = attempt(true, Run { progress: &mut *run.progress, ..run });
    if answer.end == End::Failed { attempt(false, run) } else { answer }
}

/// HiGHS calls a model without columns empty, whatever its rows.
fn empty(model: &CompactModel) -> Answer {
    match model.violation(&[]) {
        Some(_) => Answer { point: None, bound: 0.0, end: End::Infeasible },
        None => Answer { point: Some(Vec::new()), bound: 0.0, end: End::Proven },
    }
}

fn build(model: &CompactModel, price: &impl Fn(&Score) -> i64) -> HighsProblem {
    let mut variables = ProblemVariables::new();
    let mut objective = Expression::with_capacity(model.columns.len());
    let mut added: TiVec<ColumnId, Variable> = TiVec::with_capacity(model.columns.len());
    for column in &model.columns {
        let bounded = variable().min(column.lower as f64).max(column.upper as f64);
        let variable = variables.add(if column.integer { bounded.integer() } else { bounded });
        let profit = price(&column.profit);
        if profit != 0 {
            objective.add_mul(profit as f64, variable);
        }
        added.push(variable);
    }
    let mut problem = variables.maximise(objective).using(highs);
    for row in &model.rows {
        let sum = || {
            let mut sum = Expression::with_capacity(row.terms.len());
            for &(column, by) in &row.terms {
                sum.add_mul(by as f64, added[column]);
            }
            sum
        };
        match (row.lower, row.upper) {
            (Some(lower), Some(upper)) if lower == upper => {
                problem.add_constraint(sum().eq(lower as f64));
            }
            (lower, upper) => {
                if let Some(lower) = lower {
                    problem.add_constraint(sum().geq(lower as f64));
                }
                if let Some(upper) = upper {
                    problem.add_constraint(sum().leq(upper as f64));
                }
            }
        }
    }
    problem
}

fn solve(problem: HighsProblem, start: Option<&[i64]>, presolve: bool, mut run: Run<'_>) -> Answer {
    let mut model = problem.try_into_inner().expect("the rows name columns of the model");
    set_options(&mut model, &run);
    model.set_option("presolve", if presolve { "choose" } else { "off" });
    if let Some(start) = start {
        let start: Vec<f64> = start.iter().map(|value| *value as f64).collect();
        model.set_solution(Some(&start), None, None, None);
    }
    let user: *mut Run<'_> = &raw mut run;
    // SAFETY: the instance is alive, and `run` outlives it: both end with this function, the
    // solved model first. Nothing else touches `run` while HiGHS runs.
    unsafe {
        Highs_setCallback(model.as_mut_ptr(), Some(poll), user.cast());
        Highs_startCallback(model.as_mut_ptr(), MIP_INTERRUPT);
    }
    match model.try_solve() {
        Ok(solved) => answer(&solved),
        Err(_) => Answer { point: None, bound: f64::INFINITY, end: End::Failed },
    }
}

fn set_options(model: &mut Model, run: &Run<'_>) {
    model.make_quiet();
    model.set_option("threads", run.threads.max(1) as i32);
    model.set_option("parallel", if run.threads > 1 { "on" } else { "off" });
    model.set_option("random_seed", (run.seed & 0x7fff_ffff) as i32);
    model.set_option("mip_rel_gap", run.gap);
    // Objectives are integers: a gap below one is a proof.
    model.set_option("mip_abs_gap", 0.99);
    if let Some(time) = run.time {
        model.set_option("time_limit", time.as_secs_f64());
    }
}

/// Called by HiGHS between nodes.
unsafe extern "C" fn poll(
    _kind: c_int,
    _message: *const c_char,
    output: *const HighsCallbackDataOut,
    input: *mut HighsCallbackDataIn,
    user: *mut c_void,
) {
    // SAFETY: HiGHS hands back the pointer given in `solve`, whose referent outlives the run, and
    // valid data, one call at a time.
    let (run, output, input) = unsafe { (&mut *user.cast::<Run<'_>>(), &*output, &mut *input) };
    (run.progress)(output.mip_dual_bound, output.mip_primal_bound);
    input.user_interrupt = c_int::from((run.stop)());
}

fn answer(solved: &SolvedModel) -> Answer {
    let end = match solved.status() {
        HighsModelStatus::Optimal => End::Proven,
        HighsModelStatus::Infeasible | HighsModelStatus::UnboundedOrInfeasible => End::Infeasible,
        HighsModelStatus::ReachedTimeLimit => End::Limit,
        HighsModelStatus::ReachedInterrupt => End::Interrupted,
        _ => End::Failed,
    };
    let found = solved.primal_solution_status() == HighsSolutionStatus::Feasible;
    let point = found.then(|| {
        solved.get_solution().columns().iter().map(|value| value.round() as i64).collect()
    });
    let bound = solved.double_info_value(c"mip_dual_bound").unwrap_or(f64::INFINITY);
    Answer { point, bound, end }
}
