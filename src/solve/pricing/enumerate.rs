//! Depth-first search over the classes of a block, bounded by the dynamic programme's table:
//! either the best sector, or every sector better than a threshold.
//!
//! # Source
//!
//! Baldacci, Christofides and Mingozzi (2008), Mathematical Programming 115(2): columns whose
//! reduced cost exceeds the gap are in no better solution; the others are listed with completion
//! bounds.

use super::super::safe_bound::NO_SECTOR;
use super::knapsack::Table;
use super::reduce::Reduced;
use super::tilt::{Sector, offset};

/// A budget of search nodes.
#[derive(Debug, Clone, Copy)]
pub struct Budget {
    total: u64,
    left: u64,
}

impl Budget {
    /// A fresh budget.
    pub fn new(nodes: u64) -> Self {
        Self { total: nodes, left: nodes }
    }

    /// Nodes opened so far.
    pub fn spent(&self) -> u64 {
        self.total - self.left
    }

    fn take(&mut self) -> bool {
        let granted = self.left > 0;
        self.left = self.left.saturating_sub(1);
        granted
    }
}

/// State of a partial sector.
#[derive(Debug, Clone, Copy)]
struct Partial {
    ticks: usize,
    count: u32,
    measure: i64,
    value: i64,
}

/// The search over one pass.
struct Search<'a> {
    reduced: &'a Reduced,
    table: &'a Table,
    /// Constant part of the bound: base profit and tilt offset.
    constant: i64,
    /// Sectors must be worth more than this.
    threshold: i64,
    /// Raise the threshold to each sector found (best sector only).
    raise: bool,
    path: Vec<(u32, u32)>,
    found: Vec<Sector>,
    /// More sectors than this count as exhaustion.
    most: usize,
    budget: &'a mut Budget,
    exhausted: bool,
}

/// The best sector worth more than `known`, and a bound on all sectors of the pass.
pub fn search_best(
    reduced: &Reduced,
    table: &Table,
    known: i64,
    budget: &mut Budget,
) -> (i64, Option<Sector>) {
    let mut search = Search::new(reduced, table, known, true, budget);
    search.run();
    let bound = if search.exhausted { i64::MAX } else { search.threshold };
    (bound, search.found.pop())
}

/// Every sector worth more than `threshold`, or `None` where there are more than `most` or the
/// budget does not suffice.
pub fn search_all(
    reduced: &Reduced,
    table: &Table,
    threshold: i64,
    most: usize,
    budget: &mut Budget,
) -> Option<Vec<Sector>> {
    let mut search = Search::new(reduced, table, threshold, false, budget);
    search.most = most;
    search.run();
    (!search.exhausted).then_some(search.found)
}

impl<'a> Search<'a> {
    fn new(
        reduced: &'a Reduced,
        table: &'a Table,
        threshold: i64,
        raise: bool,
        budget: &'a mut Budget,
    ) -> Self {
        let constant = reduced.base + offset(reduced.penalty, table.tilt());
        let threshold = threshold.max(NO_SECTOR);
        let (path, found) = (Vec::new(), Vec::new());
        Self {
            reduced,
            table,
            constant,
            threshold,
            raise,
            path,
            found,
            most: usize::MAX,
            budget,
            exhausted: false,
        }
    }

    fn run(&mut self) {
        self.descend(0, Partial { ticks: 0, count: 0, measure: 0, value: self.constant });
    }

    /// Whether no completion of `partial` beats the threshold.
    fn hopeless(&self, group: usize, partial: &Partial) -> bool {
        let rest = self.table.completion(group, partial.count as usize, partial.ticks);
        Table::is_impossible(rest)
            || partial.value - self.table.tilt() * partial.measure + rest <= self.threshold
    }

    fn descend(&mut self, group: usize, partial: Partial) {
        if self.exhausted || self.hopeless(group, &partial) {
            return;
        }
        if !self.budget.take() {
            self.exhausted = true;
            return;
        }
        let Some(current) = self.reduced.groups.get(group) else {
            return self.finish(&partial);
        };
        for index in current.start..current.end {
            let entry = self.reduced.entries[index];
            let next = Partial {
                ticks: partial.ticks + entry.ticks as usize,
                count: partial.count + entry.count,
                measure: partial.measure + entry.measure,
                value: partial.value + entry.value,
            };
            let counted =
                self.reduced.limit == u8::MAX || next.count <= u32::from(self.reduced.limit);
            if counted && next.ticks <= self.reduced.capacity as usize {
                self.path.push(entry.place);
                self.descend(group + 1, next);
                self.path.pop();
            }
        }
        if !current.required {
            self.descend(group + 1, partial);
        }
    }

    fn finish(&mut self, partial: &Partial) {
        let penalty = self.reduced.penalty;
        let cost = penalty.map_or(0, |penalty| penalty.cost(partial.measure));
        let value = partial.value - offset(penalty, self.table.tilt()) - cost;
        if value > self.threshold {
            if self.raise {
                self.threshold = value;
                self.found.clear();
            }
            self.exhausted |= self.found.len() >= self.most;
            self.found.push(Sector { value, choices: self.path.clone() });
        }
    }
}
