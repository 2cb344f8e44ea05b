//! Depth-first search over what a sector may cover, bounded by the dynamic programme's table: either
//! the best sector, or every sector better than a threshold.
//!
//! Choices of a class that cover the same items with the same uses differ in load and profit alone
//! (the levels of one unit). A node of the search is a set of items, with the loads and profits that
//! none of its others beats: sectors come once for each set of items, at their best levels.
//!
//! # Source
//!
//! Baldacci, Christofides and Mingozzi (2008), Mathematical Programming 115(2): columns whose
//! reduced cost exceeds the gap are in no better solution; the others are listed with completion
//! bounds. Desaulniers, Desrosiers, Spoorendonk (2011), Cutting planes for branch-and-price
//! algorithms: states that one dominates another are never both extended.

use std::cmp::Reverse;
use std::ops::Range;

use smallvec::SmallVec;

use super::super::safe_bound::NO_SECTOR;
use super::charges::Tolls;
use super::knapsack::{Table, Tables};
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

/// One way to serve a set of items.
#[derive(Debug, Clone, Copy)]
struct Level {
    ticks: u32,
    value: i64,
    place: (u32, u32),
}

/// What one class may add: items, with their levels by growing load.
#[derive(Debug)]
struct Set {
    count: u32,
    measure: i64,
    levels: Range<usize>,
    /// Cuts of which it meets a row.
    cuts: SmallVec<[u32; 8]>,
}

/// A load and a profit that a partial sector may have.
#[derive(Debug, Clone, Copy)]
struct State {
    ticks: u32,
    value: i64,
    /// The state that this one extends, and by which level; none at the root.
    from: Option<(u32, u32)>,
}

/// What all states of a node share.
#[derive(Debug, Clone, Copy)]
struct Shared {
    group: usize,
    count: u32,
    measure: i64,
    /// Price of the cuts met.
    charge: i64,
}

/// The search over one pass.
struct Search<'a> {
    reduced: &'a Reduced,
    /// Tables that bound it, with the constant part of each bound: base profit and tilt offset.
    tables: SmallVec<[(&'a Table, i64); 3]>,
    /// Sectors must be worth more than this.
    threshold: i64,
    /// Raise the threshold to each sector found (best sector only).
    raise: bool,
    sets: Vec<Set>,
    levels: Vec<Level>,
    /// Sets of each group.
    groups: Vec<Range<usize>>,
    /// States of the nodes on the current path.
    states: Vec<State>,
    tolls: Option<Tolls<'a>>,
    /// Rows met of each cut.
    met: Vec<u8>,
    found: Vec<Sector>,
    /// More sectors than this count as exhaustion.
    most: usize,
    budget: &'a mut Budget,
    exhausted: bool,
}

/// The best sector worth more than `known` after `tolls`, and a bound on all sectors of the pass.
pub fn search_best(
    reduced: &Reduced,
    tables: &Tables,
    tolls: Option<Tolls<'_>>,
    known: i64,
    budget: &mut Budget,
) -> (i64, Option<Sector>) {
    let mut search = Search::new(reduced, tables, tolls, budget);
    search.threshold = known.max(NO_SECTOR);
    search.raise = true;
    search.run();
    let bound = if search.exhausted { i64::MAX } else { search.threshold };
    (bound, search.found.pop())
}

/// The best sector of each set of items (and uses) worth more than `threshold` after `tolls`, or
/// `None` where there are more than `most` or the budget does not suffice.
pub fn search_all(
    reduced: &Reduced,
    tables: &Tables,
    tolls: Option<Tolls<'_>>,
    threshold: i64,
    most: usize,
    budget: &mut Budget,
) -> Option<Vec<Sector>> {
    let mut search = Search::new(reduced, tables, tolls, budget);
    search.threshold = threshold.max(NO_SECTOR);
    search.most = most;
    search.run();
    (!search.exhausted).then_some(search.found)
}

impl<'a> Search<'a> {
    fn new(
        reduced: &'a Reduced,
        tables: &'a Tables,
        tolls: Option<Tolls<'a>>,
        budget: &'a mut Budget,
    ) -> Self {
        let mut search = Self {
            reduced,
            tables: tables
                .iter()
                .map(|table| (table, reduced.base + offset(reduced.penalty, table.tilt())))
                .collect(),
            threshold: NO_SECTOR,
            raise: false,
            sets: Vec::with_capacity(reduced.groups.len()),
            levels: Vec::with_capacity(reduced.entries.len()),
            groups: Vec::with_capacity(reduced.groups.len()),
            states: Vec::new(),
            met: tolls.map_or_else(Vec::new, |tolls| tolls.at_start()),
            tolls,
            found: Vec::new(),
            most: usize::MAX,
            budget,
            exhausted: false,
        };
        search.read_sets();
        search
    }

    /// Entries of each class by set; of each set by load.
    fn read_sets(&mut self) {
        for group in &self.reduced.groups {
            let first = self.sets.len();
            let mut entries: Vec<_> = self.reduced.entries[group.start..group.end].to_vec();
            entries.sort_by_key(|it| (it.set, it.ticks, Reverse(it.value)));
            for alike in entries.chunk_by(|a, b| a.set == b.set) {
                let start = self.levels.len();
                self.levels.extend(alike.iter().map(|it| Level {
                    ticks: it.ticks,
                    value: it.value,
                    place: it.place,
                }));
                let first = &alike[0];
                self.sets.push(Set {
                    count: first.count,
                    measure: first.measure,
                    levels: start..self.levels.len(),
                    cuts: self.tolls.map_or_else(SmallVec::new, |it| it.met_by(first.place)),
                });
            }
            self.groups.push(first..self.sets.len());
        }
    }

    fn run(&mut self) {
        let root = Shared { group: 0, count: 0, measure: 0, charge: 0 };
        let state = State { ticks: 0, value: 0, from: None };
        if self.is_open(&root, &state) {
            self.states.push(state);
            self.descend(root, 0..1);
        }
    }

    /// Whether a completion of a state may be worth more than the threshold.
    fn is_open(&self, node: &Shared, state: &State) -> bool {
        self.tables.iter().all(|(table, constant)| {
            let rest = table.completion(node.group, node.count as usize, state.ticks as usize);
            let known = constant + state.value - table.tilt() * node.measure - node.charge;
            !Table::is_impossible(rest) && known + rest > self.threshold
        })
    }

    /// Searches below a node whose states, in `front`, may all lead to a sector wanted.
    fn descend(&mut self, node: Shared, front: Range<usize>) {
        if self.exhausted || front.is_empty() {
            return;
        }
        if !self.budget.take() {
            self.exhausted = true;
            return;
        }
        let Some(sets) = self.groups.get(node.group).cloned() else {
            return self.finish(&node, front);
        };
        let limit = u32::from(self.reduced.limit);
        for index in sets {
            let set = &self.sets[index];
            let count = node.count + set.count;
            if self.reduced.limit == u8::MAX || count <= limit {
                let owed = self.tolls.map_or(0, |tolls| tolls.enter(&mut self.met, &set.cuts));
                let next = Shared {
                    group: node.group + 1,
                    count,
                    measure: node.measure + set.measure,
                    charge: node.charge + owed,
                };
                let extended = self.extend(front.clone(), set.levels.clone(), &next);
                self.descend(next, extended);
                self.states.truncate(front.end);
                Tolls::leave(&mut self.met, &self.sets[index].cuts);
            }
        }
        if !self.reduced.groups[node.group].required {
            let next = Shared { group: node.group + 1, ..node };
            let kept = self.keep(front.clone(), &next);
            self.descend(next, kept);
            self.states.truncate(front.end);
        }
    }

    /// The states of `front` that may still lead to a sector wanted where a class is skipped.
    fn keep(&mut self, front: Range<usize>, next: &Shared) -> Range<usize> {
        let start = self.states.len();
        for index in front {
            let state = self.states[index];
            if self.is_open(next, &state) {
                self.states.push(state);
            }
        }
        start..self.states.len()
    }

    /// The states of `front` at each level of a set, less those that another beats: it takes no
    /// longer and is worth no less (under a smallest load: it takes as long).
    fn extend(&mut self, front: Range<usize>, levels: Range<usize>, next: &Shared) -> Range<usize> {
        let start = self.states.len();
        for from in front {
            let before = self.states[from];
            for level in levels.clone() {
                let added = self.levels[level];
                let state = State {
                    ticks: before.ticks + added.ticks,
                    value: before.value + added.value,
                    from: Some((from as u32, level as u32)),
                };
                if state.ticks <= self.reduced.capacity && self.is_open(next, &state) {
                    self.states.push(state);
                }
            }
        }
        let has_minimum = self.reduced.minimum > 0;
        let fresh = &mut self.states[start..];
        fresh.sort_by_key(|it| (it.ticks, Reverse(it.value)));
        let mut kept = 0;
        for at in 0..fresh.len() {
            let beaten = kept > 0
                && fresh[kept - 1].value >= fresh[at].value
                && (!has_minimum || fresh[kept - 1].ticks == fresh[at].ticks);
            if !beaten {
                fresh[kept] = fresh[at];
                kept += 1;
            }
        }
        self.states.truncate(start + kept);
        start..start + kept
    }

    /// Takes the best state of a whole sector.
    fn finish(&mut self, node: &Shared, front: Range<usize>) {
        let penalty = self.reduced.penalty;
        let cost = penalty.map_or(0, |penalty| penalty.cost(node.measure));
        let states = self.states[front].iter();
        let best = states.max_by_key(|it| (it.value, Reverse(it.ticks)));
        let best = best.expect("a node has states");
        let value = self.reduced.base + best.value - cost - node.charge;
        if value > self.threshold {
            if self.raise {
                self.threshold = value;
                self.found.clear();
            }
            self.exhausted |= self.found.len() >= self.most;
            let choices = self.trace(best);
            self.found.push(Sector { value, choices });
        }
    }

    /// The choices that lead to a state, class by class.
    fn trace(&self, state: &State) -> Vec<(u32, u32)> {
        let steps = std::iter::successors(state.from, |&(from, _)| self.states[from as usize].from);
        let mut choices: Vec<_> =
            steps.map(|(_, level)| self.levels[level as usize].place).collect();
        choices.reverse();
        choices
    }
}
