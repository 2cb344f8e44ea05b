//! The multiple-choice knapsack by dynamic programming over classes and load.
//!
//! # Formulation
//!
//! `B_j(c, t)` is the most that classes `j, j+1, ...` can add to a sector of load `t` and count `c`:
//!
//! ```text
//! B_n(c, t) = 0 if minimum <= t <= capacity
//! B_j(c, t) = max { B_{j+1}(c, t)  (unless j is required),
//!                   v_e - lambda measure_e + B_{j+1}(c + count_e, t + ticks_e)  for e in class j }
//! ```
//!
//! The whole table is kept: it traces the best sector and bounds the depth-first search.
//!
//! Cells are integers held in floats, whose maximum is one instruction where that of 64-bit
//! integers is many. Values so large that a sum might not be exact (duals under a heavy penalty)
//! are first divided by a power of two and rounded up, so that a completion is always a bound. The
//! loop is compiled for each instruction set and the widest one at hand is taken: the cells are
//! the same on all.

use pulp::Arch;

use super::super::safe_bound::NO_SECTOR;
use super::reduce::{Entry, Reduced};

/// Values under this stand for "no sector".
const IMPOSSIBLE: f64 = NO_SECTOR as f64 / 2.0;
/// Binary digits of the integers that floats hold exactly.
const EXACT: u32 = f64::MANTISSA_DIGITS;

/// Table of the dynamic programme, reused from call to call.
#[derive(Debug, Default)]
pub struct Table {
    cells: Vec<f64>,
    /// Row of cells of each class; a class without any useful entry shares its successor's.
    rows: Vec<usize>,
    width: usize,
    layers: usize,
    tilt: i64,
    /// Binary digits that cells leave out.
    dropped: u32,
}

/// The tables that bound a search: at the best tilt, which bounds best what is all open, and at both
/// ends of the tilts that equity admits, each exact for what surely lies beyond its side of the band.
#[derive(Debug, Default)]
pub struct Tables {
    /// At the best tilt.
    pub best: Table,
    ends: [Table; 2],
    /// How many of them are filled.
    filled: usize,
}

impl Tables {
    /// Fills those of the ends, where there is equity. Returns the cells filled.
    pub fn fill_ends(&mut self, reduced: &Reduced) -> u64 {
        self.filled = 0;
        let mut cells = 0;
        let weight = reduced.penalty.map_or(0, |penalty| penalty.weight);
        for tilt in [-weight, weight] {
            if tilt != self.best.tilt() && weight > 0 {
                cells += self.ends[self.filled].fill(reduced, tilt, self.best.is_counted());
                self.filled += 1;
            }
        }
        cells
    }

    /// All that are filled, the best first.
    pub fn iter(&self) -> impl Iterator<Item = &Table> {
        std::iter::once(&self.best).chain(&self.ends[..self.filled])
    }
}

impl Table {
    /// Fills the table for `reduced` with measure priced at `tilt`; `counted` keeps the count as a
    /// dimension, otherwise the largest count is relaxed. Returns the cells filled.
    pub fn fill(&mut self, reduced: &Reduced, tilt: i64, counted: bool) -> u64 {
        Arch::new().dispatch(
            #[inline(always)]
            || self.fill_here(reduced, tilt, counted),
        )
    }

    #[inline(always)]
    fn fill_here(&mut self, reduced: &Reduced, tilt: i64, counted: bool) -> u64 {
        self.width = reduced.capacity as usize + 1;
        self.layers = if counted { usize::from(reduced.limit) + 1 } else { 1 };
        self.tilt = tilt;
        self.dropped = self.digits_to_drop(reduced);
        self.cells.clear();
        self.rows.clear();
        self.rows.resize(reduced.groups.len() + 1, 0);
        self.push_last_row(reduced.minimum as usize);
        let mut filled = 0;
        for (index, group) in reduced.groups.iter().enumerate().rev() {
            let entries = &reduced.entries[group.start..group.end];
            let useful = |entry: &&Entry| {
                group.required || reduced.minimum > 0 || entry.value > tilt * entry.measure
            };
            let below = self.rows[index + 1];
            self.rows[index] = below;
            let mut worth = (u32::MAX, i64::MIN);
            for entry in entries.iter().filter(useful) {
                // Entries mostly come by growing load: the last one taken often beats the next.
                let value = entry.value - tilt * entry.measure;
                let beaten =
                    !counted && reduced.minimum == 0 && worth.0 <= entry.ticks && worth.1 >= value;
                if !beaten {
                    if self.rows[index] == below {
                        self.rows[index] = self.push_row(below, group.required);
                    }
                    filled += self.take(below, self.rows[index], entry, counted);
                    worth = (entry.ticks, value);
                }
            }
            debug_assert!(!group.required || self.rows[index] != below);
        }
        filled
    }

    /// Digits over those that a sum of one entry a group may have.
    fn digits_to_drop(&self, reduced: &Reduced) -> u32 {
        let tilted = reduced.entries.iter().map(|it| (it.value - self.tilt * it.measure).abs());
        let digits = |number: u64| u64::BITS - number.leading_zeros();
        let largest = digits(tilted.max().unwrap_or(0).unsigned_abs());
        (largest + digits(reduced.groups.len() as u64)).saturating_sub(EXACT)
    }

    /// What an entry adds to a cell.
    fn value(&self, entry: &Entry) -> i64 {
        let value = entry.value - self.tilt * entry.measure;
        -(-value >> self.dropped)
    }

    fn push_last_row(&mut self, minimum: usize) {
        for _ in 0..self.layers {
            let start = self.cells.len();
            self.cells.resize(start + self.width, 0.0);
            let unloaded = minimum.min(self.width);
            self.cells[start..start + unloaded].fill(NO_SECTOR as f64);
        }
    }

    /// A new row that skips its class (or cannot, where it is required).
    #[inline(always)]
    fn push_row(&mut self, below: usize, required: bool) -> usize {
        let size = self.width * self.layers;
        let row = self.cells.len();
        if required {
            self.cells.resize(row + size, NO_SECTOR as f64);
        } else {
            self.cells.extend_from_within(below..below + size);
        }
        row
    }

    /// Lets `row` take `entry` on top of what `below` can add.
    #[inline(always)]
    fn take(&mut self, below: usize, row: usize, entry: &Entry, counted: bool) -> u64 {
        let (ticks, value) = (entry.ticks as usize, self.value(entry) as f64);
        let step = if counted { entry.count as usize } else { 0 };
        if ticks >= self.width || step >= self.layers {
            return 0;
        }
        let (lower, upper) = self.cells.split_at_mut(row);
        for layer in 0..self.layers - step {
            let from = below + (layer + step) * self.width;
            let source = &lower[from + ticks..from + self.width];
            let target = &mut upper[layer * self.width..][..source.len()];
            for (cell, &rest) in target.iter_mut().zip(source) {
                let taken = value + rest;
                *cell = if taken > *cell { taken } else { *cell };
            }
        }
        ((self.layers - step) * (self.width - ticks)) as u64
    }

    /// The most that classes `group..` can add, tilt deducted.
    pub fn completion(&self, group: usize, count: usize, ticks: usize) -> i64 {
        let cell = self.cell(group, count, ticks);
        if cell > IMPOSSIBLE { (cell as i64) << self.dropped } else { NO_SECTOR }
    }

    fn cell(&self, group: usize, count: usize, ticks: usize) -> f64 {
        let layer = if self.layers > 1 { count } else { 0 };
        self.cells[self.rows[group] + layer * self.width + ticks]
    }

    /// Value of the best sector, or `None` where there is none.
    pub fn best(&self) -> Option<i64> {
        Some(self.completion(0, 0, 0)).filter(|&value| !Self::is_impossible(value))
    }

    /// Whether a value stands for "no sector".
    pub fn is_impossible(value: i64) -> bool {
        value <= NO_SECTOR / 2
    }

    /// The entries of a best sector (ties: skip first, then the model's order).
    pub fn trace<'a>(&self, reduced: &'a Reduced) -> Vec<&'a Entry> {
        let (mut ticks, mut count) = (0, 0);
        let mut sector = Vec::new();
        for (index, group) in reduced.groups.iter().enumerate() {
            let wanted = self.cell(index, count, ticks);
            if !group.required && wanted == self.cell(index + 1, count, ticks) {
                continue;
            }
            let taken = reduced.entries[group.start..group.end]
                .iter()
                .find(|entry| self.reaches(index, entry, count, ticks, wanted));
            let taken = taken.expect("a value of the table comes from one of its choices");
            ticks += taken.ticks as usize;
            count += if self.layers > 1 { taken.count as usize } else { 0 };
            sector.push(taken);
        }
        sector
    }

    fn reaches(
        &self,
        index: usize,
        entry: &Entry,
        count: usize,
        ticks: usize,
        wanted: f64,
    ) -> bool {
        let ticks = ticks + entry.ticks as usize;
        let count = if self.layers > 1 { count + entry.count as usize } else { 0 };
        ticks < self.width
            && count < self.layers
            && self.value(entry) as f64 + self.cell(index + 1, count, ticks) == wanted
    }

    /// Whether the count is a dimension of the table.
    pub fn is_counted(&self) -> bool {
        self.layers > 1
    }

    /// Price of a unit of measure in the table.
    pub fn tilt(&self) -> i64 {
        self.tilt
    }
}
