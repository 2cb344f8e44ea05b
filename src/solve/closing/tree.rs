//! Branch and cut over listed columns: the exact choice, with every bound recomputed in integers.
//!
//! # Formulation
//!
//! A node is the list of columns still alive. Its linear programme holds some of them; the others
//! are priced by looking at them. Every solve of it gives duals, hence a bound of the node in
//! integers ([`super::listed`]), which alone closes nodes and drops columns (those that no plan
//! worth more than the value to beat can use). Cuts are found at every node, more of them at the
//! root. A node that is left splits on the best of several questions ([`super::questions`]); where
//! all shares are whole, on a column. The simplex method is trusted for nothing but good duals: a
//! solve that fails leaves the node with its last bound.
//!
//! # Source
//!
//! Baldacci, Christofides and Mingozzi (2008); Contardo and Martinelli (2014), Discrete
//! Optimization 12, for cuts, fixing and branching over listed columns.

use std::cmp::Reverse;

use super::super::backend::{Simplex, Status};
use super::super::fractions::{Fractions, INTEGRAL};
use super::super::safe_bound::{Duals, NO_SECTOR};
use super::super::search::Search;
use super::cuts::separate;
use super::listed::{Bound, Source};
use super::node::{DIVE, Fate, Fractional, Open, Question};
use super::restricted::Restricted;
use super::strengthen::has_choice_of_seats;
use super::{Candidates, Relaxation};

/// Columns added at once, by block.
const PER_BLOCK: usize = 12;
/// Rounds of cuts at the root, and below it.
const ROUNDS: [u32; 2] = [40, 12];
/// Share of what cuts gained that the last three rounds must have gained to go on.
const WORTHWHILE: f64 = 0.05;
/// Alive columns up to which the linear programme takes all at once.
const ALL_AT_ONCE: usize = 3_000;
/// Reduced profit above which a column is worth adding, objective units.
const ATTRACTIVE: f64 = 1e-6;
/// Artificial total that counts as none.
const NEGLIGIBLE: f64 = 1e-7;

/// The search over listed columns.
pub(super) struct Tree<'s, 'm> {
    pub(super) search: &'s mut Search<'m>,
    pub(super) known: &'s mut Restricted<'m>,
    /// Plans must be worth more than this.
    value: i64,
    /// Nothing is known to be worth anything outside the listed columns.
    outside: Vec<i64>,
    /// The best relaxation met at the root; valid for the listed columns alone.
    best: Option<Relaxation>,
    /// Whether the model chooses seats.
    pub(super) has_choice_of_seats: bool,
}

/// The best relaxation, cuts included, of the plans made of candidates and worth more than `value`;
/// its bound holds for those alone. `None` where the search ends before.
pub fn relax<'m>(
    search: &mut Search<'m>,
    known: &mut Restricted<'m>,
    candidates: Candidates,
    value: i64,
    top: i64,
) -> Option<Relaxation> {
    let root = Open::root(known.take(candidates), top);
    let mut tree = Tree::new(search, known, value);
    match tree.visit(&root) {
        Fate::Stopped => None,
        Fate::Closed | Fate::Open(..) | Fate::Left(_) => tree.best,
    }
}

impl<'s, 'm> Tree<'s, 'm> {
    pub fn new(search: &'s mut Search<'m>, known: &'s mut Restricted<'m>, value: i64) -> Self {
        let outside = vec![NO_SECTOR; search.model.blocks.len()];
        let has_choice_of_seats = has_choice_of_seats(search.model);
        Self { search, known, value, outside, best: None, has_choice_of_seats }
    }

    /// Nodes at or under this are closed.
    pub fn cutoff(&self) -> i64 {
        self.search.objective().map_or(self.value, |known| known.max(self.value))
    }

    /// The columns alive where the answer to a question is `holds`.
    pub fn child(&self, alive: &[u32], question: Question, holds: bool) -> Vec<u32> {
        let keeps = |index: &&u32| self.known.columns.keeps(**index, question, holds);
        alive.iter().filter(keeps).copied().collect()
    }

    pub fn forced(&self, known: &[u32], question: Question, holds: bool) -> Vec<u32> {
        let fresh = match question {
            Question::Column(it)
                if holds && self.known.columns.all[it as usize].items.is_empty() =>
            {
                Some(it)
            }
            _ => None,
        };
        known.iter().copied().chain(fresh).collect()
    }

    /// A question that the solution leaves open.
    pub fn question(&mut self, node: &Open, at: &Fractional) -> Option<Question> {
        self.best_question(at, &node.forced).or_else(|| self.last_question(&at.support))
    }

    /// Shares may be whole where columns are not (the same items with other uses): then it is about
    /// a column that excludes those it competes with, else about one of several posts of a kind
    /// that may use it once more.
    fn last_question(&self, support: &[(u32, f64)]) -> Option<Question> {
        let open = support.iter().filter(|(_, value)| (value - value.round()).abs() > INTEGRAL);
        let exclusive = open.clone().find(|(index, _)| self.known.columns.is_exclusive(*index));
        let chosen = exclusive.or_else(|| open.clone().find(|(_, value)| *value < 1.0));
        chosen.map(|(index, _)| Question::Column(*index))
    }

    pub fn visit(&mut self, node: &Open) -> Fate {
        let mut alive = node.alive.0.clone();
        let mut bound = node.bound;
        self.known.restrict(&alive, &node.forced);
        if node.depth > 0 {
            self.known.simplex = Simplex::Dual;
        }
        let rounds = if node.depth == DIVE { 0 } else { ROUNDS[usize::from(node.depth > 0)] };
        let mut history: Vec<i64> = Vec::new();
        loop {
            if self.search.is_over() {
                return Fate::Stopped;
            }
            let solution = self.known.programme.solve(self.known.simplex, self.search.terminator);
            self.search.statistics.simplex_iterations += solution.iterations;
            self.search.statistics.masters += 1;
            if solution.status != Status::Optimal {
                let stopped = self.search.must_stop();
                return if stopped { Fate::Stopped } else { Fate::Left(bound) };
            }
            let (duals, prices) = self.fixed_duals(&solution.duals);
            let found =
                self.known.columns.bound(&alive, &node.forced, &self.outside, &duals, &prices);
            let Some(value) = found.value else { return Fate::Closed };
            if node.depth == 0 {
                self.remember(value, duals, prices, &found.best);
            }
            bound = bound.min(self.search.structure.floor(value));
            if bound <= self.cutoff() {
                return Fate::Closed;
            }
            let fresh = self.attractive(&alive, &found, &solution.duals);
            self.drop_useless(&mut alive, &node.forced, &found, value);
            if self.known.add(&fresh) > 0 {
                self.known.simplex = Simplex::Primal;
                continue;
            }
            if self.known.artificial(&solution.values) > NEGLIGIBLE && self.known.raise_penalty() {
                continue;
            }
            let support = self.known.support(&solution.values);
            let fractions = Fractions::sum(support.iter().map(|&(index, value)| {
                let column = &self.known.columns.all[index as usize];
                (&column.items[..], column.server(), value)
            }));
            if fractions.integral && self.offer(&support) && bound <= self.cutoff() {
                return Fate::Closed;
            }
            let cuts = if pays(&history, bound, rounds) {
                separate(&self.known.columns, &support)
            } else {
                Vec::new()
            };
            history.push(bound);
            if cuts.is_empty() {
                let objective = solution.objective;
                return Fate::Open(bound, Fractional { alive, fractions, support, objective });
            }
            self.known.cut(cuts);
        }
    }

    /// Duals and prices of cuts, in fixed point.
    fn fixed_duals(&self, duals: &[f64]) -> (Duals, Vec<i64>) {
        let model = self.search.model;
        let (items, others) = duals.split_at(model.items as usize);
        let (rows, cuts) = others[model.kinds.len()..].split_at(model.rows.len());
        let structure = &self.search.structure;
        let scale = structure.unit() as f64;
        let limit = (1i64 << 40) as f64;
        let prices =
            cuts.iter().map(|dual| (dual.max(0.0) * scale).round().min(limit) as i64).collect();
        (structure.fix(items, rows, structure.unit()), prices)
    }

    /// Keeps the best relaxation, with the cuts that it pays for.
    fn remember(&mut self, bound: i128, duals: Duals, prices: Vec<i64>, best: &[i64]) {
        if self.best.as_ref().is_none_or(|known| bound < known.bound) {
            let priced = self.known.columns.cuts.iter().cloned().zip(prices).filter(|it| it.1 > 0);
            let (cuts, prices) = priced.unzip();
            self.best = Some(Relaxation { bound, duals, cuts, prices, best: best.to_vec() });
        }
    }

    /// Columns outside the programme that are worth adding, the best of each block.
    fn attractive(&self, alive: &[u32], found: &Bound, duals: &[f64]) -> Vec<u32> {
        let model = self.search.model;
        let unit = self.search.structure.unit() as f64;
        let all = self.known.listed.len() <= alive.len() && alive.len() <= ALL_AT_ONCE;
        let mut ranked: Vec<(u32, Reverse<i64>, u32)> = alive
            .iter()
            .zip(&found.reduced)
            .filter(|(index, _)| self.known.place[**index as usize].is_none())
            .filter_map(|(&index, &value)| {
                let block = self.known.columns.all[index as usize].block();
                let kind = block.map(|block| model.blocks[block as usize].kind);
                let dual = kind.map_or(0.0, |kind| duals[(model.items + kind) as usize]);
                let worth = all || value as f64 / unit - dual > ATTRACTIVE;
                worth.then(|| (block.unwrap_or(u32::MAX), Reverse(value), index))
            })
            .collect();
        ranked.sort_unstable();
        let mut fresh = Vec::new();
        let (mut block, mut taken) = (u32::MAX, 0);
        for (of_block, _, index) in ranked {
            taken = if of_block == block { taken + 1 } else { 0 };
            block = of_block;
            if all || taken < PER_BLOCK || block == u32::MAX {
                fresh.push(index);
            }
        }
        fresh
    }

    /// Drops the columns that no plan above the cutoff uses.
    fn drop_useless(&self, alive: &mut Vec<u32>, forced: &[u32], found: &Bound, bound: i128) {
        let unit = i128::from(self.search.structure.unit());
        let slack = bound - (i128::from(self.cutoff()) + 1) * unit;
        let Ok(slack) = i64::try_from(slack) else { return };
        let mut reduced = found.reduced.iter();
        alive.retain(|index| {
            let reduced = *reduced.next().expect("one reduced profit a column");
            let block = self.known.columns.all[*index as usize].block();
            let best = block.map_or(0, |block| found.marginals[block as usize]);
            reduced >= best.saturating_sub(slack) || forced.contains(index)
        });
    }

    /// Offers an integral solution; says whether it is a plan.
    fn offer(&mut self, support: &[(u32, f64)]) -> bool {
        let (mut columns, mut direct) = (Vec::new(), Vec::new());
        for &(index, value) in support {
            let times = value.round() as usize;
            match &self.known.columns.all[index as usize].source {
                Source::Sector(column) => {
                    columns.extend(std::iter::repeat_n(column.clone(), times));
                }
                Source::Direct(index) => direct.extend(std::iter::repeat_n(*index, times)),
            }
        }
        self.search.offer(columns, direct)
    }
}

/// Whether another round of cuts is worth it: the last three gained enough of what all did.
fn pays(history: &[i64], bound: i64, rounds: u32) -> bool {
    let gained = history.first().map_or(0, |first| first - bound) as f64;
    let lately = history.len().checked_sub(3).map(|from| (history[from] - bound) as f64);
    let slow = lately.is_some_and(|lately| lately < 1.0 || lately <= WORTHWHILE * gained);
    (history.len() as u32) < rounds && !slow
}
