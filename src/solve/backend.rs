//! The only file of the core that names HiGHS: a linear programme that grows and is solved warm, and
//! an integer programme that is solved once.
//!
//! Every instance runs on one thread (`threads = 1`, `parallel = off`) and is created and dropped
//! there, as destroying an instance resets the scheduler of its thread (HiGHS #3141). The simplex
//! methods are the primal (strategy 4) and the serial dual (1): the parallel one may ignore the basis
//! given (#2913). Nothing stops on the clock here: the caller's [`Terminator`] is asked through
//! HiGHS's callback.

#![allow(unsafe_code, reason = "highs-sys is a C interface; every call is confined to this file")]

use std::ffi::{CStr, c_char, c_int, c_void};
use std::ptr::null;

use highs_sys::{
    Highs_addCols, Highs_addRows, Highs_changeColsBoundsBySet, Highs_changeColsCostBySet,
    Highs_changeColsIntegralityByMask, Highs_clearSolver, Highs_create, Highs_deleteColsBySet,
    Highs_destroy, Highs_getBasis, Highs_getDoubleInfoValue, Highs_getIntInfoValue,
    Highs_getModelStatus, Highs_getSolution, Highs_run, Highs_setBasis, Highs_setBoolOptionValue,
    Highs_setCallback, Highs_setDoubleOptionValue, Highs_setIntOptionValue, Highs_setSolution,
    Highs_setStringOptionValue, Highs_startCallback, HighsCallbackDataIn, HighsCallbackDataOut,
    HighsInt, MODEL_STATUS_INFEASIBLE, MODEL_STATUS_OPTIMAL, MODEL_STATUS_REACHED_INTERRUPT,
    MODEL_STATUS_REACHED_ITERATION_LIMIT, MODEL_STATUS_UNBOUNDED_OR_INFEASIBLE, STATUS_ERROR,
    kHighsBasisStatusBasic, kHighsBasisStatusLower,
};

use super::terminator::Terminator;

const SIMPLEX_INTERRUPT: c_int = 1;
const MIP_INTERRUPT: c_int = 6;
/// What HiGHS calls a feasible solution.
const FEASIBLE: i64 = 2;

/// Which simplex method solves a linear programme.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Simplex {
    /// After new columns: the basis stays primal feasible.
    Primal,
    /// After new rows or tighter bounds: the basis stays dual feasible.
    Dual,
}

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
    /// Simplex iterations of an integer programme.
    iterations: u64,
    /// Value of an integer programme that is enough.
    enough: f64,
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
        let output = &*output;
        let taken = u64::try_from(output.mip_total_lp_iterations).unwrap_or(0);
        let is_done = taken >= interrupt.iterations || -output.mip_primal_bound >= interrupt.enough;
        let is_over = interrupt.terminator.stop() || kind == MIP_INTERRUPT && is_done;
        (*input).user_interrupt = c_int::from(is_over);
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

    fn set_double(&mut self, name: &CStr, value: f64) {
        // SAFETY: a live instance and a C string.
        unsafe { Highs_setDoubleOptionValue(self.highs, name.as_ptr(), value) };
    }

    fn set_int(&mut self, name: &CStr, value: HighsInt) {
        // SAFETY: a live instance and a C string.
        unsafe { Highs_setIntOptionValue(self.highs, name.as_ptr(), value) };
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

    /// Runs with the terminator listened to.
    fn run(&mut self, terminator: &dyn Terminator) -> Status {
        self.run_within(Interrupt { terminator, iterations: u64::MAX, enough: f64::INFINITY })
    }

    fn run_within(&mut self, mut user: Interrupt<'_>) -> Status {
        // SAFETY: `user` outlives the run, and the callback is taken back before it is dropped.
        let model_status = unsafe {
            Highs_setCallback(self.highs, Some(interrupt), (&raw mut user).cast());
            Highs_startCallback(self.highs, SIMPLEX_INTERRUPT);
            Highs_startCallback(self.highs, MIP_INTERRUPT);
            Highs_run(self.highs);
            Highs_setCallback(self.highs, None, std::ptr::null_mut());
            Highs_getModelStatus(self.highs)
        };
        match model_status {
            MODEL_STATUS_OPTIMAL => Status::Optimal,
            MODEL_STATUS_INFEASIBLE | MODEL_STATUS_UNBOUNDED_OR_INFEASIBLE => Status::Infeasible,
            MODEL_STATUS_REACHED_INTERRUPT | MODEL_STATUS_REACHED_ITERATION_LIMIT => {
                Status::Stopped
            }
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

/// Where the simplex method stands: the status of each column and of each row.
#[derive(Debug, Clone)]
pub struct Basis {
    columns: Vec<HighsInt>,
    rows: Vec<HighsInt>,
}

impl Basis {
    /// Whether a column is basic.
    pub fn is_basic(&self, column: usize) -> bool {
        self.columns[column] == kHighsBasisStatusBasic
    }

    /// The basis of the programme that holds these columns (every basic one among them), then `more`
    /// that this one does not know, at zero.
    pub fn select(&self, columns: &[usize], more: usize) -> Self {
        let known = columns.iter().map(|&column| self.columns[column]);
        let fresh = std::iter::repeat_n(kHighsBasisStatusLower, more);
        Self { columns: known.chain(fresh).collect(), rows: self.rows.clone() }
    }
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

    /// Appends rows `sum <= upper`, given by their columns with coefficients, and `upper`.
    pub fn add_rows(&mut self, rows: &[(Vec<(u32, f64)>, f64)]) {
        let lower = vec![f64::NEG_INFINITY; rows.len()];
        let upper: Vec<f64> = rows.iter().map(|row| row.1).collect();
        let mut starts = Vec::with_capacity(rows.len());
        let (mut index, mut value) = (Vec::new(), Vec::new());
        for (row, _) in rows {
            starts.push(int(index.len()));
            index.extend(row.iter().map(|entry| entry.0 as HighsInt));
            value.extend(row.iter().map(|entry| entry.1));
        }
        // SAFETY: arrays of one value a row, and of one value a non-zero, as announced.
        let status = unsafe {
            Highs_addRows(
                self.instance.highs,
                int(rows.len()),
                lower.as_ptr(),
                upper.as_ptr(),
                int(index.len()),
                starts.as_ptr(),
                index.as_ptr(),
                value.as_ptr(),
            )
        };
        assert_ne!(status, STATUS_ERROR, "HiGHS accepts the rows");
        self.instance.rows += rows.len();
    }

    /// The basis of the last solve.
    pub fn basis(&self) -> Basis {
        let mut columns = vec![0; self.instance.columns];
        let mut rows = vec![0; self.instance.rows];
        // SAFETY: arrays of one value a column and a row, as HiGHS expects.
        unsafe {
            Highs_getBasis(self.instance.highs, columns.as_mut_ptr(), rows.as_mut_ptr());
        }
        Basis { columns, rows }
    }

    /// The basis from which the next solve starts.
    pub fn set_basis(&mut self, basis: &Basis) {
        debug_assert_eq!(
            (basis.columns.len(), basis.rows.len()),
            (self.instance.columns, self.instance.rows)
        );
        // SAFETY: arrays of one value a column and a row, as HiGHS expects. Where it refuses the
        // basis, the next solve starts from the last one.
        unsafe {
            Highs_setBasis(self.instance.highs, basis.columns.as_ptr(), basis.rows.as_ptr());
        }
    }

    /// Some iterations of the dual simplex method from the last basis: its objective bounds what the
    /// programme is worth, and all that it tells is a promise.
    pub fn try_solve(&mut self, iterations: u32, terminator: &dyn Terminator) -> LinearSolution {
        self.instance.set_int(c"simplex_iteration_limit", iterations as HighsInt);
        let solution = self.solve(Simplex::Dual, terminator);
        self.instance.set_int(c"simplex_iteration_limit", HighsInt::MAX);
        solution
    }

    /// Solves from the last basis; once more from scratch where HiGHS fails (rare cycling, #1785).
    pub fn solve(&mut self, simplex: Simplex, terminator: &dyn Terminator) -> LinearSolution {
        let strategy = match simplex {
            Simplex::Primal => 4,
            Simplex::Dual => 1,
        };
        self.instance.set_int(c"simplex_strategy", strategy);
        let mut status = self.instance.run(terminator);
        if status == Status::Failed {
            // SAFETY: a live instance.
            unsafe { Highs_clearSolver(self.instance.highs) };
            status = self.instance.run(terminator);
        }
        let (values, duals) = self.instance.solution();
        let iterations = self.instance.int_info(c"simplex_iteration_count").max(0) as u64;
        let objective = -self.instance.double_info(c"objective_function_value");
        LinearSolution { status, objective, values, duals, iterations }
    }
}

/// What ends the solve of an integer programme, apart from its proof.
#[derive(Clone, Copy)]
pub struct IntegerLimits<'a> {
    /// Simplex iterations, looked at between steps of the search: the same on any machine.
    pub iterations: u64,
    /// An objective that is enough.
    pub enough: f64,
    /// Seed of random choices.
    pub seed: u64,
    /// Who stops it.
    pub terminator: &'a dyn Terminator,
}

/// The best point found of the integer programme (maximised) with rows `lower <= . <= upper`, whose
/// columns are all integers, and the simplex iterations that it took; `start` is a point known.
///
/// What HiGHS says of its bound is left out: it holds up to tolerances alone.
pub fn maximise_integers(
    rows: &[(f64, f64)],
    columns: &[ProgrammeColumn],
    start: Option<&[f64]>,
    limits: IntegerLimits<'_>,
) -> (Option<Vec<f64>>, u64) {
    let mut instance = Instance::new(rows);
    instance.add_columns(columns);
    instance.set_int(c"random_seed", (limits.seed & 0x7fff_ffff) as HighsInt);
    // Values are integers: a gap under one is none.
    instance.set_double(c"mip_rel_gap", 0.0);
    instance.set_double(c"mip_abs_gap", 0.99);
    // All of them, each an integer.
    let ones = vec![1; columns.len()];
    // SAFETY: a live instance and arrays of one value a column; a point that HiGHS refuses is not used.
    unsafe {
        Highs_changeColsIntegralityByMask(instance.highs, ones.as_ptr(), ones.as_ptr());
        if let Some(start) = start {
            debug_assert_eq!(start.len(), columns.len());
            Highs_setSolution(instance.highs, start.as_ptr(), null(), null(), null());
        }
    }
    let IntegerLimits { iterations, enough, terminator, .. } = limits;
    let _ = instance.run_within(Interrupt { terminator, iterations, enough });
    let taken = instance.int_info(c"simplex_iteration_count").max(0) as u64;
    let found = instance.int_info(c"primal_solution_status") == FEASIBLE;
    (found.then(|| instance.solution().0), taken)
}
