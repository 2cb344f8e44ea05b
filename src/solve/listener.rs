//! What the search tells while it runs. The core never prints.

use super::statistics::Stage;

/// A snapshot of the search, in objective units.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Progress {
    /// What is being done.
    pub stage: Stage,
    /// Best proven upper bound, if any.
    pub bound: Option<i64>,
    /// Value of the best plan, if any.
    pub incumbent: Option<i64>,
    /// `(bound - incumbent) / |incumbent|`, when both are known.
    pub gap: Option<f64>,
    /// Columns in the pool.
    pub columns: usize,
    /// Branching nodes closed.
    pub nodes: u64,
}

/// Hears of progress, on the thread that called the solver.
pub trait Listener: Sync {
    /// Called at every change of stage, bound or incumbent.
    fn report(&self, progress: &Progress);
}

/// Hears nothing.
#[derive(Debug, Clone, Copy, Default)]
pub struct Silent;

impl Listener for Silent {
    fn report(&self, _progress: &Progress) {}
}
