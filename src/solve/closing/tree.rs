//! Branch and cut over listed columns: the exact choice, with every bound recomputed in integers.
//!
//! # Formulation
//!
//! A node is the list of columns still alive. Its linear programme holds some of them; the others
//! are priced by looking at them. Every solve of it gives duals, hence a bound of the node in
//! integers ([`super::listed`]), which alone closes nodes and drops columns (those that no plan
//! worth more than the value to beat can use). Cuts are found at every node, more of them at the
//! root. A node that is left splits on a pair (item, server): seats first, where a kind of posts
//! chooses among several, then the pair whose share is nearest to one half; where all shares are
//! whole, on a column. The simplex method is trusted for nothing but good duals: a solve that fails
//! leaves the node with its last bound.
//!
//! # Source
//!
//! Baldacci, Christofides and Mingozzi (2008); Contardo and Martinelli (2014), Discrete
//! Optimization 12, for cuts, fixing and branching over listed columns.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BinaryHeap};

use super::super::backend::{LinearProgramme, ProgrammeColumn, Simplex, Status};
use super::super::fractions::{Fractions, INTEGRAL};
use super::super::master::{Phase, artificial_columns, row_bounds};
use super::super::safe_bound::{Duals, NO_SECTOR};
use super::super::search::Search;
use super::cuts::separate;
use super::listed::{Bound, Columns, Source};
use super::node::{DIVE, Fate, Fractional, Open, Question};
use super::{Candidates, Relaxation};

/// Columns added at once, by block.
const PER_BLOCK: usize = 12;
/// Rounds of cuts at the root, and below it.
const ROUNDS: [u32; 2] = [40, 2];
/// Share of the gap that three rounds of cuts must close to go on.
const WORTHWHILE: f64 = 0.05;
/// Alive columns up to which the linear programme takes all at once.
const ALL_AT_ONCE: usize = 3_000;
/// Reduced profit above which a column is worth adding, objective units.
const ATTRACTIVE: f64 = 1e-6;
/// Artificial total that counts as none.
const NEGLIGIBLE: f64 = 1e-7;

/// The search over listed columns.
pub(super) struct Tree<'s, 'm> {
    search: &'s mut Search<'m>,
    columns: Columns<'m>,
    programme: LinearProgramme,
    /// Column of the programme by listed column.
    place: Vec<Option<u32>>,
    /// Listed column by column of the programme; `None` for artificial ones.
    listed: Vec<Option<u32>>,
    /// Whether a column of the programme is open.
    open: Vec<bool>,
    /// Plans must be worth more than this.
    value: i64,
    /// Primal after new columns, dual after new rows and closed columns.
    simplex: Simplex,
    /// Cost of artificial columns.
    penalty: f64,
    /// Columns of the programme that are forced.
    forced: Vec<u32>,
    /// Nothing is known to be worth anything outside the listed columns.
    outside: Vec<i64>,
    /// The best relaxation met at the root; valid for the listed columns alone.
    best: Option<Relaxation>,
}

/// The best relaxation, cuts included, of the plans made of candidates and worth more than `value`;
/// its bound holds for those alone. `None` where the search ends before.
pub fn relax(
    search: &mut Search<'_>,
    candidates: Candidates,
    value: i64,
    top: i64,
) -> Option<Relaxation> {
    let columns = Columns::new(search, candidates);
    let root = Open::root(&columns, top);
    let mut tree = Tree::new(search, columns, value);
    match tree.visit(&root) {
        Fate::Stopped => None,
        Fate::Closed | Fate::Split(..) | Fate::Left(_) => tree.best,
    }
}

/// Chooses among candidates a plan worth more than `value`; better plans become the incumbent.
/// Returns what no plan of candidates exceeds, never under `value`; `top` is known beforehand, and
/// at most `nodes` are visited.
pub fn choose(
    search: &mut Search<'_>,
    candidates: Candidates,
    value: i64,
    top: i64,
    nodes: u64,
) -> i64 {
    let columns = Columns::new(search, candidates);
    let mut open = BinaryHeap::from([Open::root(&columns, top)]);
    let mut tree = Tree::new(search, columns, value);
    let (mut created, mut left, mut visited) = (0, i64::MIN, 0);
    while let Some(node) = open.pop() {
        if node.bound <= tree.cutoff() {
            continue;
        }
        if visited >= nodes || tree.search.is_over() {
            left = left.max(node.bound);
            break;
        }
        visited += 1;
        tree.search.statistics.nodes += 1;
        match tree.visit(&node) {
            Fate::Closed => {}
            Fate::Left(bound) => left = left.max(bound),
            Fate::Stopped => {
                left = left.max(node.bound);
                break;
            }
            Fate::Split(bound, parent, question) => {
                for holds in [false, true] {
                    created += 1;
                    let alive = tree.child(&parent.alive, question, holds);
                    open.push(Open {
                        bound,
                        order: created,
                        depth: node.depth + 1,
                        alive: Reverse(alive),
                        forced: tree.forced(&node.forced, question, holds),
                    });
                }
            }
        }
    }
    left.max(tree.cutoff())
}

impl<'s, 'm> Tree<'s, 'm> {
    pub fn new(search: &'s mut Search<'m>, columns: Columns<'m>, value: i64) -> Self {
        let mut programme = LinearProgramme::new(&row_bounds(search.model));
        let penalty = 2.0 * search.model.largest_profit();
        let artificial = artificial_columns(search.model, Phase::Second(penalty));
        let listed = vec![None; artificial.len()];
        let open = vec![true; artificial.len()];
        programme.add_columns(&artificial);
        programme.add_rows(1.0, &vec![Vec::new(); columns.cuts.len()]);
        let place = vec![None; columns.all.len()];
        let outside = vec![NO_SECTOR; search.model.blocks.len()];
        Self {
            search,
            columns,
            programme,
            place,
            listed,
            open,
            value,
            simplex: Simplex::Primal,
            penalty,
            forced: Vec::new(),
            outside,
            best: None,
        }
    }

    /// Nodes at or under this are closed.
    fn cutoff(&self) -> i64 {
        self.search.objective().map_or(self.value, |known| known.max(self.value))
    }

    /// The columns alive where the answer to a question is `holds`.
    pub fn child(&self, alive: &[u32], question: Question, holds: bool) -> Vec<u32> {
        let keeps = |index: &&u32| {
            let column = &self.columns.all[**index as usize];
            match question {
                Question::Pair(item, server) => {
                    !column.items.contains(&item) || (column.server() == server) == holds
                }
                Question::Column(it) if **index == it => holds,
                Question::Column(it) => !holds || !self.columns.excludes(it, **index),
            }
        };
        alive.iter().filter(keeps).copied().collect()
    }

    fn forced(&self, known: &[u32], question: Question, holds: bool) -> Vec<u32> {
        let fresh = match question {
            Question::Column(it) if holds && self.columns.all[it as usize].items.is_empty() => {
                Some(it)
            }
            _ => None,
        };
        known.iter().copied().chain(fresh).collect()
    }

    /// A question that the solution leaves open. Shares may be whole where columns are not (the same
    /// items with other uses): then it is about a column that excludes those it competes with, else
    /// about one of several posts of a kind that may use it once more.
    fn question(&self, fractions: &Fractions, support: &[(u32, f64)]) -> Option<Question> {
        let pair = fractions.branching_pair().map(|(item, server)| Question::Pair(item, server));
        pair.or_else(|| {
            let open = support.iter().filter(|(_, value)| (value - value.round()).abs() > INTEGRAL);
            let exclusive = open.clone().find(|(index, _)| self.columns.is_exclusive(*index));
            let chosen = exclusive.or_else(|| open.clone().find(|(_, value)| *value < 1.0));
            chosen.map(|(index, _)| Question::Column(*index))
        })
    }

    pub fn visit(&mut self, node: &Open) -> Fate {
        let mut alive = node.alive.0.clone();
        let mut bound = node.bound;
        self.restrict(&alive, &node.forced);
        if node.depth > 0 {
            self.simplex = Simplex::Dual;
        }
        let rounds = if node.depth == DIVE { 0 } else { ROUNDS[usize::from(node.depth > 0)] };
        let mut history: Vec<i64> = Vec::new();
        loop {
            if self.search.is_over() {
                return Fate::Stopped;
            }
            let solution = self.programme.solve(self.simplex, self.search.terminator);
            self.search.statistics.simplex_iterations += solution.iterations;
            self.search.statistics.masters += 1;
            if solution.status != Status::Optimal {
                let stopped = self.search.must_stop();
                return if stopped { Fate::Stopped } else { Fate::Left(bound) };
            }
            let (duals, prices) = self.fixed_duals(&solution.duals);
            let found = self.columns.bound(&alive, &node.forced, &self.outside, &duals, &prices);
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
            if self.add(&fresh) > 0 {
                self.simplex = Simplex::Primal;
                continue;
            }
            if self.artificial(&solution.values) > NEGLIGIBLE && self.raise_penalty() {
                continue;
            }
            let support = self.support(&solution.values);
            let fractions = Fractions::sum(support.iter().map(|&(index, value)| {
                let column = &self.columns.all[index as usize];
                (&column.items[..], column.server(), value)
            }));
            if fractions.integral && self.offer(&support) && bound <= self.cutoff() {
                return Fate::Closed;
            }
            let cuts = if pays(&history, bound, self.cutoff(), rounds) {
                separate(&self.columns, &support)
            } else {
                Vec::new()
            };
            history.push(bound);
            if cuts.is_empty() {
                return match self.question(&fractions, &support) {
                    Some(question) => Fate::Split(bound, Fractional { alive, fractions }, question),
                    None => Fate::Left(bound),
                };
            }
            self.cut(cuts);
            self.simplex = Simplex::Dual;
        }
    }

    /// Opens the columns alive, closes the others.
    fn restrict(&mut self, alive: &[u32], forced: &[u32]) {
        let mut wanted = vec![false; self.listed.len()];
        for (place, listed) in self.listed.iter().enumerate() {
            wanted[place] = listed.is_none();
        }
        for place in alive.iter().filter_map(|index| self.place[*index as usize]) {
            wanted[place as usize] = true;
        }
        self.set_open(&wanted);
        self.force(forced);
    }

    /// Sets the lower bound of forced columns, and takes back that of those forced before.
    fn force(&mut self, forced: &[u32]) {
        let at_least = |it: u32, least: f64| {
            (it, least, if self.open[it as usize] { f64::INFINITY } else { 0.0 })
        };
        let mut changes: BTreeMap<u32, (u32, f64, f64)> =
            self.forced.iter().map(|&it| (it, at_least(it, 0.0))).collect();
        let places: Vec<u32> = forced.iter().filter_map(|it| self.place[*it as usize]).collect();
        changes.extend(places.iter().map(|&it| (it, at_least(it, 1.0))));
        let changes: Vec<(u32, f64, f64)> = changes.into_values().collect();
        if !changes.is_empty() {
            self.programme.change_bounds(&changes);
        }
        self.forced = places;
    }

    fn set_open(&mut self, wanted: &[bool]) {
        let changed = (0..).zip(self.open.iter().zip(wanted)).filter(|(_, (is, was))| is != was);
        let changes: Vec<(u32, f64, f64)> = changed
            .map(|(place, (_, open))| (place, 0.0, if *open { f64::INFINITY } else { 0.0 }))
            .collect();
        self.open.copy_from_slice(wanted);
        if !changes.is_empty() {
            self.programme.change_bounds(&changes);
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

    /// Keeps the best relaxation.
    fn remember(&mut self, bound: i128, duals: Duals, prices: Vec<i64>, best: &[i64]) {
        if self.best.as_ref().is_none_or(|known| bound < known.bound) {
            let cuts = self.columns.cuts.clone();
            self.best = Some(Relaxation { bound, duals, cuts, prices, best: best.to_vec() });
        }
    }

    /// Columns outside the programme that are worth adding, the best of each block.
    fn attractive(&self, alive: &[u32], found: &Bound, duals: &[f64]) -> Vec<u32> {
        let model = self.search.model;
        let unit = self.search.structure.unit() as f64;
        let all = self.listed.len() <= alive.len() && alive.len() <= ALL_AT_ONCE;
        let mut ranked: Vec<(u32, Reverse<i64>, u32)> = alive
            .iter()
            .zip(&found.reduced)
            .filter(|(index, _)| self.place[**index as usize].is_none())
            .filter_map(|(&index, &value)| {
                let block = self.columns.all[index as usize].block();
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

    fn add(&mut self, fresh: &[u32]) -> usize {
        let columns: Vec<ProgrammeColumn> =
            fresh.iter().map(|&index| self.columns.programme_column(index)).collect();
        for &index in fresh {
            self.place[index as usize] = Some(self.listed.len() as u32);
            self.listed.push(Some(index));
            self.open.push(true);
        }
        self.programme.add_columns(&columns);
        fresh.len()
    }

    /// Drops the columns that no plan above the cutoff uses.
    fn drop_useless(&self, alive: &mut Vec<u32>, forced: &[u32], found: &Bound, bound: i128) {
        let unit = i128::from(self.search.structure.unit());
        let slack = bound - (i128::from(self.cutoff()) + 1) * unit;
        let Ok(slack) = i64::try_from(slack) else { return };
        let mut reduced = found.reduced.iter();
        alive.retain(|index| {
            let reduced = *reduced.next().expect("one reduced profit a column");
            let block = self.columns.all[*index as usize].block();
            let best = block.map_or(0, |block| found.marginals[block as usize]);
            reduced >= best.saturating_sub(slack) || forced.contains(index)
        });
    }

    fn artificial(&self, values: &[f64]) -> f64 {
        let listed = self.listed.iter().zip(values).filter(|(listed, _)| listed.is_none());
        listed.map(|(_, value)| value.max(0.0)).sum()
    }

    /// Makes artificial columns ten times as dear; not without end.
    fn raise_penalty(&mut self) -> bool {
        let first = 2.0 * self.search.model.largest_profit();
        if self.penalty > first * 1e5 {
            return false;
        }
        self.penalty *= 10.0;
        let artificial = (0..).zip(&self.listed).filter(|(_, listed)| listed.is_none());
        let changes: Vec<(u32, f64)> =
            artificial.map(|(place, _)| (place, -self.penalty)).collect();
        self.programme.change_costs(&changes);
        self.simplex = Simplex::Primal;
        true
    }

    fn support(&self, values: &[f64]) -> Vec<(u32, f64)> {
        let listed = self.listed.iter().zip(values);
        listed
            .filter_map(|(listed, &value)| listed.map(|index| (index, value)))
            .filter(|(_, value)| *value > 1e-9)
            .collect()
    }

    /// Offers an integral solution; says whether it is a plan.
    fn offer(&mut self, support: &[(u32, f64)]) -> bool {
        let (mut columns, mut direct) = (Vec::new(), Vec::new());
        for &(index, value) in support {
            let times = value.round() as usize;
            match &self.columns.all[index as usize].source {
                Source::Sector(column) => {
                    columns.extend(std::iter::repeat_n(column.clone(), times));
                }
                Source::Direct(index) => direct.extend(std::iter::repeat_n(*index, times)),
            }
        }
        self.search.offer(columns, direct)
    }

    fn cut(&mut self, cuts: Vec<super::cuts::Cut>) {
        let first = self.columns.cuts.len() as u32;
        self.columns.add_cuts(cuts);
        let known = first..self.columns.cuts.len() as u32;
        let rows: Vec<Vec<(u32, f64)>> = known
            .map(|cut| {
                let places = (0..).zip(&self.listed);
                places
                    .filter(|(_, listed)| {
                        listed.is_some_and(|index| self.columns.meets(index, cut))
                    })
                    .map(|(place, _)| (place, 1.0))
                    .collect()
            })
            .collect();
        self.programme.add_rows(1.0, &rows);
    }
}

/// Whether another round of cuts is worth it.
fn pays(history: &[i64], bound: i64, cutoff: i64, rounds: u32) -> bool {
    let gap = (bound - cutoff) as f64;
    let slow =
        history.len() >= 3 && (history[history.len() - 3] - bound) as f64 <= WORTHWHILE * gap;
    (history.len() as u32) < rounds && !slow
}
