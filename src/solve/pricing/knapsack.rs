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
//! the same on all. A closure would not do: it is called through a shim that the compiler keeps
//! apart, for the narrowest set.

use pulp::{Arch, Simd, WithSimd};

use super::super::safe_bound::NO_SECTOR;
use super::reduce::{Entry, Reduced};

/// Values under this stand for "no sector".
const IMPOSSIBLE: f64 = NO_SECTOR as f64 / 2.0;
/// Cells that are filled at once, in registers.
const LANES: usize = 32;
/// Binary digits of the integers that floats hold exactly.
const EXACT: u32 = f64::MANTISSA_DIGITS;

/// Table of the dynamic programme, reused from call to call.
#[derive(Debug, Default)]
pub struct Table {
    cells: Vec<f64>,
    /// Row of cells of each class; a class without any useful entry shares its successor's.
    rows: Vec<usize>,
    width: usize,
    /// The largest width so far, in whole lanes.
    widest: usize,
    layers: usize,
    tilt: i64,
    /// Binary digits that cells leave out.
    dropped: u32,
    /// Entries of the class that is read.
    shifts: Vec<Shift>,
}

/// An entry as the table reads it.
#[derive(Debug, Clone, Copy)]
struct Shift {
    ticks: usize,
    count: usize,
    value: f64,
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

/// A call of [`Table::fill_here`].
struct Fill<'a> {
    table: &'a mut Table,
    reduced: &'a Reduced,
    tilt: i64,
    counted: bool,
}

impl WithSimd for Fill<'_> {
    type Output = u64;

    #[inline(always)]
    fn with_simd<S: Simd>(self, _: S) -> u64 {
        self.table.fill_here(self.reduced, self.tilt, self.counted)
    }
}

impl Table {
    /// Fills the table for `reduced` with measure priced at `tilt`; `counted` keeps the count as a
    /// dimension, otherwise the largest count is relaxed. Returns the cells filled.
    pub fn fill(&mut self, reduced: &Reduced, tilt: i64, counted: bool) -> u64 {
        Arch::new().dispatch(Fill { table: self, reduced, tilt, counted })
    }

    #[inline(always)]
    fn fill_here(&mut self, reduced: &Reduced, tilt: i64, counted: bool) -> u64 {
        self.width = reduced.capacity as usize + 1;
        self.layers = if counted { usize::from(reduced.limit) + 1 } else { 1 };
        self.tilt = tilt;
        self.dropped = self.digits_to_drop(reduced);
        self.rows.clear();
        self.rows.resize(reduced.groups.len() + 1, 0);
        self.make_room((reduced.groups.len() + 1) * self.layers);
        self.fill_last_row(reduced.minimum as usize);
        let mut filled = 0;
        let mut shifts = std::mem::take(&mut self.shifts);
        for (index, group) in reduced.groups.iter().enumerate().rev() {
            shifts.clear();
            let entries = &reduced.entries[group.start..group.end];
            let useful = |entry: &&Entry| {
                group.required || reduced.minimum > 0 || entry.value > tilt * entry.measure
            };
            let mut worth = (u32::MAX, i64::MIN);
            for entry in entries.iter().filter(useful) {
                // Entries mostly come by growing load: the last one taken often beats the next.
                let value = entry.value - tilt * entry.measure;
                let beaten =
                    !counted && reduced.minimum == 0 && worth.0 <= entry.ticks && worth.1 >= value;
                if !beaten {
                    shifts.extend(self.shift(entry, counted));
                    worth = (entry.ticks, value);
                }
            }
            let below = self.rows[index + 1];
            self.rows[index] = below;
            if group.required || !shifts.is_empty() {
                self.rows[index] = below + self.stride() * self.layers;
                filled += self.fill_row(below, &shifts, group.required);
            }
        }
        self.shifts = shifts;
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

    /// What an entry does to a row; nothing where no sector has room for it.
    fn shift(&self, entry: &Entry, counted: bool) -> Option<Shift> {
        let shift = Shift {
            ticks: entry.ticks as usize,
            count: if counted { entry.count as usize } else { 0 },
            value: self.value(entry) as f64,
        };
        (shift.ticks < self.width && shift.count < self.layers).then_some(shift)
    }

    /// Makes room for so many layers of rows; cells after the largest load hold no sector for ever.
    fn make_room(&mut self, layers: usize) {
        if self.width > self.widest {
            self.widest = self.width.next_multiple_of(LANES);
            self.cells.clear();
        }
        let most = layers * self.stride();
        if self.cells.len() < most {
            self.cells.resize(most, NO_SECTOR as f64);
        }
    }

    /// Cells of one layer of a row: loads, at the end those of the widest table so far, then room
    /// for an entry beyond any of them. Not a power of two: rows would meet in the same cache lines.
    const fn stride(&self) -> usize {
        2 * self.widest + 3 * LANES
    }

    /// Place of a load in a layer: the largest one is always at the same place.
    const fn place(&self, ticks: usize) -> usize {
        self.widest - self.width + ticks
    }

    fn fill_last_row(&mut self, minimum: usize) {
        let (stride, start, widest) = (self.stride(), self.place(0), self.widest);
        let unloaded = start + minimum.min(self.width);
        for layer in self.cells[..stride * self.layers].chunks_exact_mut(stride) {
            layer[start..unloaded].fill(NO_SECTOR as f64);
            layer[unloaded..widest].fill(0.0);
        }
    }

    /// Fills the row after `below`, each cell written once. Returns the cells met.
    #[inline(always)]
    fn fill_row(&mut self, below: usize, shifts: &[Shift], required: bool) -> u64 {
        let stride = self.stride();
        // Cells before the first load are filled too, with what nobody reads.
        let first = self.widest - self.width.next_multiple_of(LANES);
        let size = stride * self.layers;
        let (known, row) = self.cells[below..below + 2 * size].split_at_mut(size);
        let mut met = 0;
        for (layer, row) in row.chunks_exact_mut(stride).enumerate() {
            let fits = |shift: &&Shift| layer + shift.count < self.layers;
            met += shifts.iter().filter(fits).map(|it| (self.width - it.ticks) as u64).sum::<u64>();
            let cells = row[first..self.widest].chunks_exact_mut(LANES);
            for (start, cells) in (layer * stride + first..).step_by(LANES).zip(cells) {
                let mut best = [NO_SECTOR as f64; LANES];
                if !required {
                    best.copy_from_slice(&known[start..start + LANES]);
                }
                for shift in shifts {
                    if layer + shift.count < self.layers {
                        let from = start + shift.count * stride + shift.ticks;
                        let source = &known[from..from + LANES];
                        for (best, rest) in best.iter_mut().zip(source) {
                            let taken = shift.value + rest;
                            *best = if taken > *best { taken } else { *best };
                        }
                    }
                }
                cells.copy_from_slice(&best);
            }
        }
        met
    }

    /// The most that classes `group..` can add, tilt deducted.
    pub fn completion(&self, group: usize, count: usize, ticks: usize) -> i64 {
        let cell = self.cell(group, count, ticks);
        if cell > IMPOSSIBLE { (cell as i64) << self.dropped } else { NO_SECTOR }
    }

    fn cell(&self, group: usize, count: usize, ticks: usize) -> f64 {
        let layer = if self.layers > 1 { count } else { 0 };
        self.cells[self.rows[group] + layer * self.stride() + self.place(ticks)]
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
