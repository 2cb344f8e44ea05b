//! What a solve is asked for, what it may start from, and what it answers.

use serde::Serialize;

use super::sector_model::{Column, Item};
use super::statistics::Statistics;

/// What ends a search, apart from its terminator.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Settings {
    /// Relative gap that is good enough; 0 asks for a proof of optimality.
    pub gap: f64,
    /// Counted work (about a microsecond a unit), reproducible where seconds are not; `None`: no limit.
    pub effort: Option<u64>,
    /// Seed of every random choice.
    pub seed: u64,
}

impl Default for Settings {
    fn default() -> Self {
        Self { gap: 1e-4, effort: None, seed: 0 }
    }
}

/// A sector wanted at the outset.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Sketch {
    /// This very one.
    Column(Column),
    /// The best one of these items, or of some of them, for a block.
    Items {
        /// Its block.
        block: u32,
        /// Items that it may cover, increasing.
        items: Vec<Item>,
    },
}

/// Duals in objective units, as far as they are known.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct KnownDuals {
    /// Rows (1).
    pub items: Vec<Option<f64>>,
    /// Rows (3).
    pub rows: Vec<Option<f64>>,
}

/// What is known from an earlier solve of a similar model. Everything is checked before use:
/// columns that the model does not admit are left out.
#[derive(Debug, Clone, Default)]
pub struct WarmStart {
    /// Sectors to begin with.
    pub sectors: Vec<Sketch>,
    /// A plan, whole or not: its sectors and the indexes of its direct columns. What it lacks is
    /// completed.
    pub plan: Option<(Vec<Sketch>, Vec<u32>)>,
    /// Duals of the earlier root.
    pub duals: Option<KnownDuals>,
    /// The model was cut out of another: it is not cut again.
    pub is_part: bool,
}

/// Why a search ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum StoppedBy {
    /// The plan is proven optimal.
    Optimal,
    /// The gap asked for is reached.
    Gap,
    /// The counted effort is spent.
    Effort,
    /// The terminator fired.
    Terminated,
    /// Proven: no plan exists.
    Infeasible,
    /// The effort was spent, or the terminator fired, before any plan was found.
    NoSolution,
}

/// The best plan and what is proven about it.
#[derive(Debug, Clone)]
pub struct Outcome {
    /// Columns of the plan, by block; empty without a plan.
    pub columns: Vec<Column>,
    /// Indexes of the direct columns of the plan, increasing.
    pub direct: Vec<u32>,
    /// Value of the plan; 0 without a plan.
    pub objective: i64,
    /// No plan is worth more.
    pub bound: i64,
    /// Why the search ended.
    pub stopped_by: StoppedBy,
    /// What was done.
    pub statistics: Statistics,
    /// Start for the next solve of a similar model.
    pub warm_start: WarmStart,
}

impl Outcome {
    /// Whether a plan was found.
    pub fn has_plan(&self) -> bool {
        !matches!(self.stopped_by, StoppedBy::Infeasible | StoppedBy::NoSolution)
    }

    /// `(bound - objective) / |objective|`, or `None` without a plan.
    pub fn gap(&self) -> Option<f64> {
        self.has_plan().then(|| relative_gap(self.bound, self.objective))
    }
}

/// `(bound - objective) / |objective|`, with `|objective|` at least 1.
pub fn relative_gap(bound: i64, objective: i64) -> f64 {
    (bound - objective).max(0) as f64 / objective.unsigned_abs().max(1) as f64
}
