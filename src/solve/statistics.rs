//! Counted work and seconds per stage. Seconds inform people; they never decide anything.

use std::time::Instant;

use serde::Serialize;

/// The stages of a solve, in the order in which they usually come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    /// Subgradient steps on the Lagrangian relaxation, before any linear programme.
    Lagrangian,
    /// Column generation at the root.
    Root,
    /// Heuristics that look for a better plan.
    Heuristics,
    /// Listing every column that an optimal plan may use.
    Enumeration,
    /// The exact choice among the listed columns.
    Closing,
    /// Branch-and-price.
    Branching,
    /// The compact model, where that is the method.
    Compact,
}

/// Work of one simplex iteration.
pub const ITERATION: u64 = 20;
/// Number of stages.
const STAGES: usize = 7;

/// What a solve did.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Statistics {
    /// Rounds in which every block was priced.
    pub pricing_rounds: u64,
    /// Restricted master programmes solved.
    pub masters: u64,
    /// Simplex iterations, integer programmes included.
    pub simplex_iterations: u64,
    /// Dynamic-programming cells filled.
    pub cells: u64,
    /// Columns ever generated.
    pub columns: u64,
    /// Columns listed by enumeration at the last attempt.
    pub enumerated: u64,
    /// Branching nodes closed.
    pub nodes: u64,
    /// Seconds per stage, indexed like [`Stage`].
    pub seconds: [f64; STAGES],
}

impl Statistics {
    /// Counted work: deterministic, roughly one unit for a microsecond on a current machine.
    pub fn work(&self) -> u64 {
        self.cells / 1000 + self.simplex_iterations * ITERATION
    }

    /// Adds the work of a search within this one; its seconds are the caller's already.
    pub fn add(&mut self, part: &Self) {
        self.pricing_rounds += part.pricing_rounds;
        self.masters += part.masters;
        self.simplex_iterations += part.simplex_iterations;
        self.cells += part.cells;
    }

    /// Runs `task` and books its wall-clock time on `stage`.
    pub fn timed<T>(&mut self, stage: Stage, task: impl FnOnce(&mut Self) -> T) -> T {
        let start = Instant::now();
        let result = task(self);
        self.seconds[stage as usize] += start.elapsed().as_secs_f64();
        result
    }
}
