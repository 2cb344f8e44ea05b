//! The only file that names HiGHS: a linear programme that grows and is solved warm, and an
//! integer programme with a start, counted limits and interruption.
//!
//! Every instance runs on one thread (`threads = 1`, `parallel = off`) and is created and dropped
//! there, as destroying an instance resets the scheduler of its thread (HiGHS #3141). The linear
//! programme uses the primal simplex (strategy 4): the others may ignore the basis given (#2913).
//! Nothing stops on the clock here: limits are counted, and the caller's [`Terminator`] is asked
//! through HiGHS's callback.

#![allow(unsafe_code, reason = "highs-sys is a C interface; every call is confined to this file")]

use std::ffi::{CStr, c_char, c_int, c_void};
use std::ptr::null;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{self, RecvTimeoutError};
use std::thread;
use std::time::Duration;

use highs_sys::{
    Highs_addCols, Highs_addRows, Highs_changeColsBoundsBySet, Highs_changeColsCostBySet,
    Highs_changeColsIntegralityByRange, Highs_clearSolver, Highs_create, Highs_deleteColsBySet,
    Highs_destroy, Highs_getDoubleInfoValue, Highs_getInt64InfoValue, Highs_getIntInfoValue,
    Highs_getModelStatus, Highs_getSolution, Highs_run, Highs_setBoolOptionValue,
    Highs_setCallback, Highs_setDoubleOptionValue, Highs_setIntOptionValue, Highs_setSolution,
    Highs_setStringOptionValue, Highs_startCallback, HighsCallbackDataIn, HighsCallbackDataOut,
    HighsInt, MODEL_STATUS_INFEASIBLE, MODEL_STATUS_OPTIMAL, MODEL_STATUS_REACHED_INTERRUPT,
    MODEL_STATUS_REACHED_SOLUTION_LIMIT, MODEL_STATUS_UNBOUNDED_OR_INFEASIBLE, STATUS_ERROR,
};

use super::terminator::Terminator;

/// How often a waiting search asks its terminator.
const POLL: Duration = Duration::from_millis(20);
const SIMPLEX_INTERRUPT: c_int = 1;
const MIP_INTERRUPT: c_int = 6;
const PRIMAL_SIMPLEX: HighsInt = 4;

/// A column of a programme: objective, bounds and non-zeros by row.
#[derive(Debug, Clone, PartialEq)]
pub struct ProgrammeColumn {
    /// Objective coefficient (maximised).
    pub cost: f64,
    /// Lower bound.
    pub lower: f64,
    /// Upper bound.
    pub upper: f64,
    /// `(row, coefficient)`, sorted by row.
    pub entries: Vec<(u32, f64)>,
}

/// How a solve ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Status {
    /// Solved to the tolerances.
    Optimal,
    /// No solution exists.
    Infeasible,
    /// A counted limit was reached, or the terminator fired.
    Stopped,
    /// HiGHS gave up.
    Failed,
}

/// A programme inside HiGHS, which minimises: objectives change their sign on the way in and out.
struct Instance {
    highs: *mut c_void,
    columns: usize,
    rows: usize,
}

/// What the callback sees.
struct Interrupt<'a> {
    terminator: &'a dyn Terminator,
    iteration_limit: i64,
}

unsafe extern "C" fn interrupt(
    kind: c_int,
    _message: *const c_char,
    output: *const HighsCallbackDataOut,
    input: *mut HighsCallbackDataIn,
    user: *mut c_void,
) {
    // SAFETY: HiGHS passes back the pointer given in `Instance::run`, whose referent outlives the
    // run, and valid data for the kinds of callback that were started.
    unsafe {
        if user.is_null() || output.is_null() || input.is_null() {
            return;
        }
        let interrupt = &*user.cast::<Interrupt<'_>>();
        let spent =
            kind == MIP_INTERRUPT && (*output).mip_total_lp_iterations > interrupt.iteration_limit;
        (*input).user_interrupt = c_int::from(spent || interrupt.terminator.stop());
    }
}

impl Instance {
    /// An empty programme with rows `lower <= . <= upper`.
    fn new(rows: &[(f64, f64)]) -> Self {
        // SAFETY: no argument; HiGHS returns an owned instance.
        let highs = unsafe { Highs_create() };
        assert!(!highs.is_null(), "HiGHS allocates an instance");
        let mut instance = Self { highs, columns: 0, rows: rows.len() };
        instance.set_bool(c"output_flag", false);
        instance.set_string(c"parallel", c"off");
        instance.set_int(c"threads", 1);
        let lower: Vec<f64> = rows.iter().map(|row| row.0).collect();
        let upper: Vec<f64> = rows.iter().map(|row| row.1).collect();
        // SAFETY: both arrays hold one value a row; there is no non-zero to read.
        let status = unsafe {
            Highs_addRows(
                highs,
                int(rows.len()),
                lower.as_ptr(),
                upper.as_ptr(),
                0,
                null(),
                null(),
                null(),
            )
        };
        assert_ne!(status, STATUS_ERROR, "HiGHS accepts the rows");
        instance
    }

    fn set_bool(&mut self, name: &CStr, value: bool) {
        // SAFETY: a live instance and a C string.
        unsafe { Highs_setBoolOptionValue(self.highs, name.as_ptr(), HighsInt::from(value)) };
    }

    fn set_int(&mut self, name: &CStr, value: HighsInt) {
        // SAFETY: a live instance and a C string.
        unsafe { Highs_setIntOptionValue(self.highs, name.as_ptr(), value) };
    }

    fn set_double(&mut self, name: &CStr, value: f64) {
        // SAFETY: a live instance and a C string.
        unsafe { Highs_setDoubleOptionValue(self.highs, name.as_ptr(), value) };
    }

    fn set_string(&mut self, name: &CStr, value: &CStr) {
        // SAFETY: a live instance and C strings.
        unsafe { Highs_setStringOptionValue(self.highs, name.as_ptr(), value.as_ptr()) };
    }

    fn add_columns(&mut self, columns: &[ProgrammeColumn]) {
        let cost: Vec<f64> = columns.iter().map(|column| -column.cost).collect();
        let lower: Vec<f64> = columns.iter().map(|column| column.lower).collect();
        let upper: Vec<f64> = columns.iter().map(|column| column.upper).collect();
        let mut starts = Vec::with_capacity(columns.len());
        let (mut index, mut value) = (Vec::new(), Vec::new());
        for column in columns {
            starts.push(int(index.len()));
            index.extend(column.entries.iter().map(|entry| entry.0 as HighsInt));
            value.extend(column.entries.iter().map(|entry| entry.1));
        }
        debug_assert!(index.iter().all(|&row| (row as usize) < self.rows));
        // SAFETY: arrays of one value a column, and of one value a non-zero, as announced.
        let status = unsafe {
            Highs_addCols(
                self.highs,
                int(columns.len()),
                cost.as_ptr(),
                lower.as_ptr(),
                upper.as_ptr(),
                int(index.len()),
                starts.as_ptr(),
                index.as_ptr(),
                value.as_ptr(),
            )
        };
        assert_ne!(status, STATUS_ERROR, "HiGHS accepts the columns");
        self.columns += columns.len();
    }

    /// Runs with the terminator listened to; `iteration_limit` counts for integer programmes.
    fn run(&mut self, kind: c_int, iteration_limit: i64, terminator: &dyn Terminator) -> Status {
        let mut user = Interrupt { terminator, iteration_limit };
        // SAFETY: `user` outlives the run, and the callback is taken back before it is dropped.
        let model_status = unsafe {
            Highs_setCallback(self.highs, Some(interrupt), (&raw mut user).cast());
            Highs_startCallback(self.highs, kind);
            Highs_run(self.highs);
            Highs_setCallback(self.highs, None, std::ptr::null_mut());
            Highs_getModelStatus(self.highs)
        };
        match model_status {
            MODEL_STATUS_OPTIMAL => Status::Optimal,
            MODEL_STATUS_INFEASIBLE | MODEL_STATUS_UNBOUNDED_OR_INFEASIBLE => Status::Infeasible,
            MODEL_STATUS_REACHED_INTERRUPT | MODEL_STATUS_REACHED_SOLUTION_LIMIT => Status::Stopped,
            _ => Status::Failed,
        }
    }

    /// Primal values and row duals.
    fn solution(&self) -> (Vec<f64>, Vec<f64>) {
        let mut values = vec![0.0; self.columns];
        let mut reduced = vec![0.0; self.columns];
        let mut activity = vec![0.0; self.rows];
        let mut duals = vec![0.0; self.rows];
        // SAFETY: arrays of one value a column or a row, as HiGHS expects.
        unsafe {
            Highs_getSolution(
                self.highs,
                values.as_mut_ptr(),
                reduced.as_mut_ptr(),
                activity.as_mut_ptr(),
                duals.as_mut_ptr(),
            );
        }
        duals.iter_mut().for_each(|dual| *dual = -*dual);
        (values, duals)
    }

    fn double_info(&self, name: &CStr) -> f64 {
        let mut value = 0.0;
        // SAFETY: a live instance, a C string and a place for one value.
        unsafe { Highs_getDoubleInfoValue(self.highs, name.as_ptr(), &raw mut value) };
        value
    }

    fn int_info(&self, name: &CStr) -> i64 {
        let mut value: HighsInt = 0;
        // SAFETY: a live instance, a C string and a place for one value.
        unsafe { Highs_getIntInfoValue(self.highs, name.as_ptr(), &raw mut value) };
        i64::from(value)
    }
}

impl Drop for Instance {
    fn drop(&mut self) {
        // SAFETY: the instance is owned and dropped once.
        unsafe { Highs_destroy(self.highs) };
    }
}

fn int(length: usize) -> HighsInt {
    HighsInt::try_from(length).expect("programmes stay under 2^31 entries")
}

/// A linear programme (maximised) that grows by columns and is solved again from its last basis.
pub struct LinearProgramme {
    instance: Instance,
}

/// Solution of a linear programme.
#[derive(Debug, Clone, PartialEq)]
pub struct LinearSolution {
    /// How it ended.
    pub status: Status,
    /// Objective.
    pub objective: f64,
    /// Value of each column.
    pub values: Vec<f64>,
    /// Dual of each row: objective gained per unit of right-hand side.
    pub duals: Vec<f64>,
    /// Simplex iterations taken.
    pub iterations: u64,
}

impl LinearProgramme {
    /// An empty programme with rows `lower <= . <= upper`.
    pub fn new(rows: &[(f64, f64)]) -> Self {
        let mut instance = Instance::new(rows);
        instance.set_string(c"solver", c"simplex");
        instance.set_string(c"presolve", c"off");
        instance.set_int(c"simplex_strategy", PRIMAL_SIMPLEX);
        Self { instance }
    }

    /// Number of columns.
    pub fn columns(&self) -> usize {
        self.instance.columns
    }

    /// Appends columns.
    pub fn add_columns(&mut self, columns: &[ProgrammeColumn]) {
        self.instance.add_columns(columns);
    }

    /// Removes columns, sorted by index; the others close up.
    pub fn delete_columns(&mut self, columns: &[u32]) {
        let set: Vec<HighsInt> = columns.iter().map(|&column| column as HighsInt).collect();
        // SAFETY: a live instance and a sorted set of its columns.
        let status =
            unsafe { Highs_deleteColsBySet(self.instance.highs, int(set.len()), set.as_ptr()) };
        assert_ne!(status, STATUS_ERROR, "HiGHS deletes columns in range");
        self.instance.columns -= columns.len();
    }

    /// Changes bounds of columns, sorted by index.
    pub fn change_bounds(&mut self, changes: &[(u32, f64, f64)]) {
        let set: Vec<HighsInt> = changes.iter().map(|change| change.0 as HighsInt).collect();
        let lower: Vec<f64> = changes.iter().map(|change| change.1).collect();
        let upper: Vec<f64> = changes.iter().map(|change| change.2).collect();
        // SAFETY: a live instance and arrays of one value a changed column.
        unsafe {
            Highs_changeColsBoundsBySet(
                self.instance.highs,
                int(set.len()),
                set.as_ptr(),
                lower.as_ptr(),
                upper.as_ptr(),
            );
        }
    }

    /// Changes objective coefficients of columns, sorted by index.
    pub fn change_costs(&mut self, changes: &[(u32, f64)]) {
        let set: Vec<HighsInt> = changes.iter().map(|change| change.0 as HighsInt).collect();
        let cost: Vec<f64> = changes.iter().map(|change| -change.1).collect();
        // SAFETY: a live instance and an array of one value a changed column.
        unsafe {
            Highs_changeColsCostBySet(
                self.instance.highs,
                int(set.len()),
                set.as_ptr(),
                cost.as_ptr(),
            )
        };
    }

    /// Solves from the last basis; once more from scratch where HiGHS fails (rare cycling, #1785).
    pub fn solve(&mut self, terminator: &dyn Terminator) -> LinearSolution {
        let mut status = self.instance.run(SIMPLEX_INTERRUPT, i64::MAX, terminator);
        if status == Status::Failed {
            // SAFETY: a live instance.
            unsafe { Highs_clearSolver(self.instance.highs) };
            status = self.instance.run(SIMPLEX_INTERRUPT, i64::MAX, terminator);
        }
        let (values, duals) = self.instance.solution();
        let iterations = self.instance.int_info(c"simplex_iteration_count").max(0) as u64;
        let objective = -self.instance.double_info(c"objective_function_value");
        LinearSolution { status, objective, values, duals, iterations }
    }
}

/// Limits and aims of an integer programme. Limits are counted, hence reproducible.
#[derive(Debug, Clone, Copy)]
pub struct IntegerLimits {
    /// Absolute gap that counts as proof.
    pub gap: f64,
    /// Simplex iterations.
    pub iterations: u64,
    /// Branching nodes.
    pub nodes: u32,
}

/// Solution of an integer programme.
#[derive(Debug, Clone, PartialEq)]
pub struct IntegerSolution {
    /// How it ended.
    pub status: Status,
    /// Value of each column, rounded; `None` where no solution was found.
    pub values: Option<Vec<u32>>,
    /// Upper bound (floating, as HiGHS states it).
    pub bound: f64,
    /// Simplex iterations taken.
    pub iterations: u64,
}

/// Solves `max cost x, rows, x integer` from scratch.
///
/// HiGHS listens to its callback between node programmes only, which can be seconds apart: the
/// solve has its own thread, and a stop leaves it behind to end by itself at its next callback.
pub fn solve_integer(
    rows: Vec<(f64, f64)>,
    columns: Vec<ProgrammeColumn>,
    start: Option<Vec<u32>>,
    limits: IntegerLimits,
    terminator: &dyn Terminator,
) -> IntegerSolution {
    let stop = Arc::new(AtomicBool::new(false));
    let (sender, receiver) = mpsc::channel();
    let flag = Arc::clone(&stop);
    let _detached = thread::spawn(move || {
        let solution = solve_integer_here(&rows, &columns, start.as_deref(), limits, &*flag);
        // The receiver is gone when the search was stopped: nobody wants the solution then.
        let _ = sender.send(solution);
    });
    loop {
        match receiver.recv_timeout(POLL) {
            Ok(solution) => return solution,
            Err(RecvTimeoutError::Timeout) if !terminator.stop() => {}
            Err(_) => {
                stop.store(true, Ordering::Relaxed);
                return IntegerSolution {
                    status: Status::Stopped,
                    values: None,
                    bound: f64::INFINITY,
                    iterations: 0,
                };
            }
        }
    }
}

fn solve_integer_here(
    rows: &[(f64, f64)],
    columns: &[ProgrammeColumn],
    start: Option<&[u32]>,
    limits: IntegerLimits,
    terminator: &dyn Terminator,
) -> IntegerSolution {
    let mut instance = Instance::new(rows);
    instance.add_columns(columns);
    instance.set_double(c"mip_rel_gap", 0.0);
    instance.set_double(c"mip_abs_gap", limits.gap);
    instance.set_int(c"mip_max_nodes", limits.nodes.try_into().unwrap_or(HighsInt::MAX));
    let integrality = vec![1 as HighsInt; columns.len()];
    // SAFETY: a live instance and arrays of one value a column.
    unsafe {
        if !columns.is_empty() {
            Highs_changeColsIntegralityByRange(
                instance.highs,
                0,
                int(columns.len()) - 1,
                integrality.as_ptr(),
            );
        }
        if let Some(start) = start {
            let values: Vec<f64> = start.iter().map(|&value| f64::from(value)).collect();
            Highs_setSolution(instance.highs, values.as_ptr(), null(), null(), null());
        }
    }
    let status =
        instance.run(MIP_INTERRUPT, limits.iterations.try_into().unwrap_or(i64::MAX), terminator);
    let found = instance.int_info(c"primal_solution_status") == 2;
    let values =
        found.then(|| instance.solution().0.iter().map(|value| value.round() as u32).collect());
    let mut iterations: i64 = 0;
    // SAFETY: a live instance, a C string and a place for one value.
    unsafe {
        Highs_getInt64InfoValue(
            instance.highs,
            c"mip_total_lp_iterations".as_ptr(),
            &raw mut iterations,
        )
    };
    let simplex = instance.int_info(c"simplex_iteration_count");
    IntegerSolution {
        status,
        values,
        bound: -instance.double_info(c"mip_dual_bound"),
        iterations: iterations.max(simplex).max(0) as u64,
    }
}
