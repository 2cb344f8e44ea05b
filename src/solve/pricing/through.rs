//! The best sector of a block through each of its choices, and past each of its classes, at once.
//!
//! # Formulation
//!
//! With `F_j(c, t)` the most that classes before `j` give to a load of exactly `t` and a count `c`,
//! and `B_j` the completions of [`super::knapsack`], no sector that takes choice `e` of class `j`,
//! or nothing of that class, is worth more than
//!
//! ```text
//! through(e) = base + v_e - lambda measure_e + max_{c,t} F_j(c, t) + B_{j+1}(c + count_e, t + ticks_e)
//! past(j)    = base + max_{c,t} F_j(c, t) + B_{j+1}(c, t)                    (j not required)
//! ```
//!
//! and the offset of the tilt `lambda`. The least over a few tilts is kept; where the block has
//! several passes, the most over those that admit the choice. Two tables for each tilt answer what
//! pricing the block anew for each choice would.
//!
//! # Source
//!
//! Kellerer, Pferschy and Pisinger (2004), Knapsack Problems, Section 5.6 (forward and backward
//! tables that meet).

use std::cell::RefCell;

use super::super::safe_bound::{Duals, NO_SECTOR};
use super::super::sector_model::{Block, Item};
use super::PricedBlock;
use super::knapsack::Table;
use super::reduce::{Entry, Group, Reduced};
use super::tilt::offset;

/// Limits up to this get their own dimension.
const SMALL_LIMIT: u8 = 3;
/// Halvings of the interval that holds the best tilt.
const HALVINGS: u32 = 6;

thread_local! {
    static TABLE: RefCell<Table> = RefCell::default();
}

/// What one class may bring to a sector of its block.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Through {
    /// Bound on the sectors without anything of the class.
    pub past: i64,
    /// Bounds on those with each choice, by its place in the model.
    pub choices: Vec<i64>,
}

impl Through {
    fn raise(&mut self, other: &Self) {
        self.past = self.past.max(other.past);
        self.choices.iter_mut().zip(&other.choices).for_each(|(most, &it)| *most = (*most).max(it));
    }

    fn lower(&mut self, other: &Self) {
        self.past = self.past.min(other.past);
        self.choices.iter_mut().zip(&other.choices).for_each(|(most, &it)| *most = (*most).min(it));
    }
}

impl PricedBlock {
    /// The block whose every sector covers `item` by a choice whose tag is admitted.
    #[must_use]
    pub fn serving(&self, content: &Block, item: Item, admits: impl Fn(u32) -> bool) -> Self {
        let mut narrowed = self.clone();
        narrowed.require(item);
        let covers = |it: &&mut super::PricedClass| {
            it.required && it.choices.iter().any(|choice| choice.items.contains(&item))
        };
        if let Some(class) = narrowed.classes.iter_mut().find(covers) {
            let choices = &content.classes[class.class as usize].choices;
            class.choices.retain(|it| admits(choices[it.choice as usize].tag));
        }
        narrowed
    }

    /// Bounds by class on the reduced profits of the sectors; [`NO_SECTOR`] where there is none.
    pub fn through(&self, duals: &Duals) -> Vec<Through> {
        let size = |class: &super::PricedClass| {
            class.choices.iter().map(|choice| choice.choice as usize + 1).max().unwrap_or(0)
        };
        let none = |value: i64| -> Vec<Through> {
            let classes = self.classes.iter();
            classes.map(|it| Through { past: value, choices: vec![value; size(it)] }).collect()
        };
        let mut most = none(NO_SECTOR);
        for reduced in Reduced::complete(self, duals).passes() {
            if reduced.infeasible {
                continue;
            }
            let mut best = none(i64::MAX);
            for tilt in tilts(&reduced) {
                let tilted = at_tilt(&reduced, tilt, none(NO_SECTOR));
                best.iter_mut().zip(&tilted).for_each(|(class, it)| class.lower(it));
            }
            most.iter_mut().zip(&best).for_each(|(class, it)| class.raise(it));
        }
        most
    }
}

/// No tilt, the best one for the block as it is, and one on either side of it: a choice imposed
/// moves the measure of the sector, and with it the tilt that bounds it best.
fn tilts(reduced: &Reduced) -> Vec<i64> {
    let Some(penalty) = reduced.penalty else { return vec![0] };
    let counted = is_counted(reduced);
    let beyond = |table: &mut Table, tilt: i64| {
        let _ = table.fill(reduced, tilt, counted);
        let sector = table.best().map(|_| table.trace(reduced))?;
        let measure: i64 = sector.iter().map(|entry| entry.measure).sum();
        Some((measure - penalty.target).signum() * i64::from(penalty.cost(measure) > 0))
    };
    TABLE.with_borrow_mut(|table| {
        let Some(side) = beyond(table, 0) else { return vec![0] };
        let (mut low, mut high) = (0, penalty.weight);
        if side != 0 {
            for _ in 0..HALVINGS {
                let middle = i64::midpoint(low, high);
                match beyond(table, side * middle) {
                    Some(now) if now == side => low = middle,
                    _ => high = middle,
                }
            }
        }
        let step = penalty.weight >> 3;
        let centre = side * i64::midpoint(low, high) * i64::from(side != 0);
        let mut tilts = vec![0, centre, centre - step, centre + step];
        tilts.retain(|tilt| tilt.abs() <= penalty.weight);
        tilts.sort_unstable();
        tilts.dedup();
        tilts
    })
}

fn is_counted(reduced: &Reduced) -> bool {
    reduced.count_may_bind() && reduced.limit <= SMALL_LIMIT
}

/// The bounds of one pass at one tilt; `bounds` come without any.
fn at_tilt(reduced: &Reduced, tilt: i64, mut bounds: Vec<Through>) -> Vec<Through> {
    let counted = is_counted(reduced);
    TABLE.with_borrow_mut(|table| {
        let _ = table.fill(reduced, tilt, counted);
        let layers = if counted { usize::from(reduced.limit) + 1 } else { 1 };
        let width = reduced.capacity as usize + 1;
        let constant = reduced.base + offset(reduced.penalty, tilt);
        let mut before = Row { cells: vec![NO_SECTOR; layers * width], width, layers };
        before.cells[0] = 0;
        let mut past: Vec<i64> = vec![NO_SECTOR; bounds.len()];
        for (index, group) in reduced.groups.iter().enumerate() {
            let after = Row {
                cells: (0..layers)
                    .flat_map(|count| (0..width).map(move |ticks| (count, ticks)))
                    .map(|(count, ticks)| table.completion(index + 1, count, ticks))
                    .collect(),
                width,
                layers,
            };
            let entries = &reduced.entries[group.start..group.end];
            let class = entries[0].place.0 as usize;
            if !group.required {
                past[class] = shifted(before.meet(&after, 0, 0), constant);
            }
            for entry in entries {
                let (count, ticks) = step(entry, counted);
                let value = constant + entry.value - tilt * entry.measure;
                let met = shifted(before.meet(&after, count, ticks), value);
                let place = &mut bounds[class].choices[entry.place.1 as usize];
                *place = (*place).max(met);
            }
            before = before.with(entries, group, tilt, counted);
        }
        // A class without any choice is passed by every sector.
        let best = table.best().map_or(NO_SECTOR, |value| shifted(value, constant));
        let mut chosen = vec![false; bounds.len()];
        reduced.entries.iter().for_each(|entry| chosen[entry.place.0 as usize] = true);
        for (class, bound) in bounds.iter_mut().enumerate() {
            bound.past = if chosen[class] { past[class] } else { best };
        }
    });
    bounds
}

fn step(entry: &Entry, counted: bool) -> (usize, usize) {
    (if counted { entry.count as usize } else { 0 }, entry.ticks as usize)
}

fn shifted(value: i64, by: i64) -> i64 {
    if Table::is_impossible(value) { NO_SECTOR } else { value + by }
}

/// Cells by count and load.
struct Row {
    cells: Vec<i64>,
    width: usize,
    layers: usize,
}

impl Row {
    /// The most of `self` with what `after` can add once a choice has taken its share.
    fn meet(&self, after: &Self, count: usize, ticks: usize) -> i64 {
        if ticks >= self.width {
            return NO_SECTOR;
        }
        let layers = self.layers.saturating_sub(count);
        let best = (0..layers).flat_map(|layer| {
            let here = &self.cells[layer * self.width..][..self.width - ticks];
            let there = &after.cells[(layer + count) * self.width + ticks..][..here.len()];
            here.iter().zip(there).map(|(here, there)| here + there)
        });
        best.max().unwrap_or(NO_SECTOR)
    }

    /// The row after one more class.
    fn with(&self, entries: &[Entry], group: &Group, tilt: i64, counted: bool) -> Self {
        let mut cells =
            if group.required { vec![NO_SECTOR; self.cells.len()] } else { self.cells.clone() };
        for entry in entries {
            let (count, ticks) = step(entry, counted);
            if ticks >= self.width {
                continue;
            }
            let value = entry.value - tilt * entry.measure;
            for layer in 0..self.layers.saturating_sub(count) {
                let here = &self.cells[layer * self.width..][..self.width - ticks];
                let there = &mut cells[(layer + count) * self.width + ticks..][..here.len()];
                for (cell, &known) in there.iter_mut().zip(here) {
                    *cell = (*cell).max(known + value);
                }
            }
        }
        Self { cells, width: self.width, layers: self.layers }
    }
}
