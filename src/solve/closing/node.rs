//! Nodes of the search over listed columns: what is open, what is asked, what became of one.

use std::cmp::Reverse;

use super::super::fractions::{Fractions, Server};
use super::super::sector_model::Item;

/// Depth of the nodes of a dive, which takes no cuts.
pub const DIVE: u32 = u32::MAX;

/// An open node, ordered by its bound, then the youngest.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Open {
    pub bound: i64,
    pub order: u64,
    pub depth: u32,
    pub alive: Reverse<Vec<u32>>,
    /// Columns without items that must be used: leaving out the others does not force them.
    pub forced: Vec<u32>,
}

impl Open {
    /// All candidates.
    pub fn root(alive: Vec<u32>, top: i64) -> Self {
        Self { bound: top, order: 0, depth: 0, alive: Reverse(alive), forced: Vec::new() }
    }

    /// A step of a dive.
    pub fn dive(alive: Vec<u32>) -> Self {
        let alive = Reverse(alive);
        Self { bound: i64::MAX, order: 0, depth: DIVE, alive, forced: Vec::new() }
    }
}

/// What a node splits on: it holds on one side, and not on the other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Question {
    /// Does the server serve the item?
    Pair(Item, Server),
    /// Does one sector cover both items?
    Together(Item, Item),
    /// Is this column used?
    Column(u32),
}

/// A solution that is not whole.
#[derive(Debug, Clone)]
pub struct Fractional {
    /// Columns alive.
    pub alive: Vec<u32>,
    /// How they share the items.
    pub fractions: Fractions,
    /// Listed columns used, with their values.
    pub support: Vec<(u32, f64)>,
    /// What the programme says that it is worth.
    pub objective: f64,
}

/// What became of a node.
pub enum Fate {
    /// No better plan is below it.
    Closed,
    /// To split, with its bound.
    Open(i64, Fractional),
    /// The programme failed: its bound stays.
    Left(i64),
    /// The search is over.
    Stopped,
}
