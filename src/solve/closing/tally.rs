//! Search nodes that all blocks together may take where columns are listed.
//!
//! Tables bound a listing well while cuts are cheap: they know nothing of their prices. Where these
//! are high, as duals of a degenerate programme may have it, every block takes all the nodes that it
//! is given and the listing says nothing: better known at once. Whether the total is exceeded does
//! not depend on the order in which threads count.

use std::sync::atomic::{AtomicU64, Ordering};

use super::super::pricing::enumerate::Budget;

/// Nodes at least, for each block and for each column wanted: several times what listings take that
/// succeed.
const LEAST: u64 = 1_000_000;
const PER_BLOCK: u64 = 75_000;
const PER_COLUMN: u64 = 50;

/// Nodes taken so far.
pub struct Tally {
    spent: AtomicU64,
    total: u64,
}

impl Tally {
    /// For so many blocks and columns.
    pub fn new(blocks: usize, columns: usize) -> Self {
        let total = LEAST + PER_BLOCK * blocks as u64 + PER_COLUMN * columns as u64;
        Self { spent: AtomicU64::new(0), total }
    }

    /// Counts what a block took.
    pub fn add(&self, budget: &Budget) {
        let _ = self.spent.fetch_add(budget.spent(), Ordering::Relaxed);
    }

    /// Whether it was too much.
    pub fn is_spent(&self) -> bool {
        self.spent.load(Ordering::Relaxed) > self.total
    }
}
