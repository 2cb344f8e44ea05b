//! Listed columns, the cuts that hold for them, and a bound in integers over those still alive.
//!
//! With cut duals `sigma >= 0` beside those of [`super::super::safe_bound`], every plan made of
//! alive columns is worth at most `L + sum_c sigma_c limit(c)`, where each `rp(s)` also loses the
//! `sigma` of the cuts that `s` meets, times its coefficient. Everything is summed in fixed point,
//! whatever the linear programme said.

use std::collections::HashMap;

use rayon::prelude::*;
use smallvec::SmallVec;

use super::super::backend::ProgrammeColumn;
use super::super::fractions::Server;
use super::super::master::entries;
use super::super::safe_bound::{Duals, NO_SECTOR, Structure};
use super::super::search::Search;
use super::super::sector_model::{Column, Item, RowIndex, SectorModel};
use super::Candidates;
use super::cuts::{self, Cut};
use super::node::Question;

/// What a listed column is.
#[derive(Debug, Clone)]
pub enum Source {
    /// A sector.
    Sector(Column),
    /// A direct column of the model.
    Direct(u32),
}

/// A column with its cuts.
#[derive(Debug, Clone)]
pub struct Listed {
    /// What it is.
    pub source: Source,
    /// Items covered.
    pub items: SmallVec<[Item; 8]>,
    /// Objective units.
    pub profit: i64,
    uses: SmallVec<[(RowIndex, i64); 4]>,
    /// Cuts that it meets twice, increasing; as often as it meets two more of their rows.
    cuts: SmallVec<[u32; 8]>,
}

impl Listed {
    /// The block of a sector.
    pub fn block(&self) -> Option<u32> {
        match &self.source {
            Source::Sector(column) => Some(column.block),
            Source::Direct(_) => None,
        }
    }

    /// Who serves its items.
    pub fn server(&self) -> Server {
        self.block().map_or(Server::Direct, Server::Block)
    }
}

/// The columns to choose from, with the cuts found so far.
#[derive(Debug, Clone)]
pub struct Columns<'m> {
    /// Their model.
    pub model: &'m SectorModel,
    structure: Structure,
    /// All columns.
    pub all: Vec<Listed>,
    /// Cuts.
    pub cuts: Vec<Cut>,
    /// Place of the best column of each kind (`None`: direct), set of items and uses.
    places: HashMap<Key, u32>,
}

type Key = (Option<u32>, SmallVec<[Item; 8]>, SmallVec<[(RowIndex, i64); 4]>);

/// A bound, and what each column loses against it.
#[derive(Debug)]
pub struct Bound {
    /// Fixed point; `None` where some kind has too few columns.
    pub value: Option<i128>,
    /// Reduced profit by column, fixed point; of those alive.
    pub reduced: Vec<i64>,
    /// What the relaxed plan loses in place of one more column, by block.
    pub marginals: Vec<i64>,
    /// No column of a block is worth more.
    pub best: Vec<i64>,
}

impl<'m> Columns<'m> {
    /// No column yet.
    pub fn new(search: &Search<'m>) -> Self {
        Self {
            model: search.model,
            structure: search.structure.clone(),
            all: Vec::new(),
            cuts: Vec::new(),
            places: HashMap::new(),
        }
    }

    /// Learns candidates; returns the places of these columns, increasing. A column
    /// known already keeps its place, unless the new one is worth more.
    pub fn learn(&mut self, candidates: Candidates) -> Vec<u32> {
        let first = self.all.len();
        let model = self.model;
        let mut alive = Vec::with_capacity(candidates.sectors.len() + candidates.direct.len());
        for valued in candidates.sectors {
            let kind = model.blocks[valued.column.block as usize].kind;
            let key = (Some(kind), valued.items, valued.uses);
            let source = Source::Sector(valued.column);
            alive.push(self.learn_one(key, valued.profit, source));
        }
        for index in candidates.direct {
            let direct = &model.direct[index as usize];
            let key = (
                None,
                direct.items.iter().copied().collect(),
                direct.uses.iter().copied().collect(),
            );
            alive.push(self.learn_one(key, direct.profit, Source::Direct(index)));
        }
        let fresh = self.meetings(&self.all[first..], 0, &self.cuts);
        self.all[first..].iter_mut().zip(fresh).for_each(|(column, met)| column.cuts = met);
        alive.sort_unstable();
        alive.dedup();
        alive
    }

    /// Listed columns as candidates.
    pub fn candidates(&self, listed: &[u32]) -> Candidates {
        let mut candidates = Candidates::default();
        for &index in listed {
            match &self.all[index as usize].source {
                Source::Sector(column) => {
                    candidates.sectors.push(self.model.value(column.clone()));
                }
                Source::Direct(index) => candidates.direct.push(*index),
            }
        }
        candidates
    }

    fn learn_one(&mut self, key: Key, profit: i64, source: Source) -> u32 {
        let place = self.all.len() as u32;
        let known = *self.places.get(&key).unwrap_or(&place);
        if self.all.get(known as usize).is_some_and(|it| it.profit >= profit) {
            return known;
        }
        let (_, items, uses) = key.clone();
        self.all.push(Listed { source, items, profit, uses, cuts: SmallVec::new() });
        let _ = self.places.insert(key, place);
        place
    }

    /// Rows of the packing that a column meets: its items, and its kind where one column at most
    /// is of that kind (numbered after the items).
    pub fn packing_rows(&self, column: &Listed) -> impl Iterator<Item = u32> {
        let kind = column.block().map(|block| self.model.blocks[block as usize].kind);
        let single = kind.filter(|kind| self.model.kinds[*kind as usize].upper == 1);
        let items = column.items.clone();
        let kind_row = single.map(|kind| self.model.items + kind);
        items.into_iter().chain(kind_row)
    }

    /// Number of rows of the packing.
    pub fn packing_size(&self) -> usize {
        self.model.items as usize + self.model.kinds.len()
    }

    /// Takes new cuts.
    pub fn add_cuts(&mut self, cuts: Vec<Cut>) {
        let met = self.meetings(&self.all, self.cuts.len() as u32, &cuts);
        for (column, met) in self.all.iter_mut().zip(met) {
            column.cuts.extend(met);
        }
        self.cuts.extend(cuts);
    }

    /// The cuts, numbered from `first`, of which each column meets two rows; once more for two more.
    fn meetings(&self, columns: &[Listed], first: u32, cuts: &[Cut]) -> Vec<SmallVec<[u32; 8]>> {
        let mut of_row: Vec<SmallVec<[u32; 4]>> = vec![SmallVec::new(); self.packing_size()];
        for (index, cut) in (first..).zip(cuts) {
            cut.iter().for_each(|row| of_row[*row as usize].push(index));
        }
        columns
            .par_iter()
            .map(|column| {
                let mut seen: SmallVec<[u32; 16]> = SmallVec::new();
                for row in self.packing_rows(column) {
                    seen.extend_from_slice(&of_row[row as usize]);
                }
                seen.sort_unstable();
                let of_one = seen.chunk_by(|one, other| one == other);
                of_one.flat_map(|rows| std::iter::repeat_n(rows[0], rows.len() / 2)).collect()
            })
            .collect()
    }

    /// The column as the linear programme reads it.
    pub fn programme_column(&self, index: u32) -> ProgrammeColumn {
        let column = &self.all[index as usize];
        let kind = column.block().map(|block| self.model.blocks[block as usize].kind);
        let mut entries = entries(self.model, &column.items, kind, &column.uses);
        let cuts_from = self.model.items as usize + self.model.kinds.len() + self.model.rows.len();
        let of_one = column.cuts.chunk_by(|one, other| one == other);
        entries.extend(of_one.map(|times| (cuts_from as u32 + times[0], times.len() as f64)));
        let cost = column.profit as f64;
        ProgrammeColumn { cost, lower: 0.0, upper: f64::INFINITY, entries }
    }

    /// Coefficient of a column in a cut.
    pub fn meets(&self, index: u32, cut: u32) -> u32 {
        self.all[index as usize].cuts.iter().filter(|it| **it == cut).count() as u32
    }

    /// Whether the use of a column can be forced by leaving out those that it excludes: it covers
    /// an item, or is one of the columns of a single post.
    pub fn is_exclusive(&self, index: u32) -> bool {
        let column = &self.all[index as usize];
        !column.items.is_empty() || self.packing_rows(column).next().is_some()
    }

    /// Whether a column may be used where the answer to a question is `holds`.
    pub fn keeps(&self, index: u32, question: Question, holds: bool) -> bool {
        let column = &self.all[index as usize];
        match question {
            Question::Pair(item, server) => {
                !column.items.contains(&item) || (column.server() == server) == holds
            }
            Question::Together(one, other) => {
                let [one, other] = [one, other].map(|item| column.items.contains(&item));
                if holds { one == other } else { !(one && other) }
            }
            Question::Column(it) if index == it => holds,
            Question::Column(it) => !holds || !self.excludes(it, index),
        }
    }

    /// Whether two columns meet the same row of the packing.
    pub fn excludes(&self, one: u32, other: u32) -> bool {
        let rows = self.packing_rows(&self.all[other as usize]);
        let mut known = self.packing_rows(&self.all[one as usize]);
        let rows: SmallVec<[u32; 8]> = rows.collect();
        known.any(|row| rows.contains(&row))
    }

    /// The bound of `duals` and `sigma` (fixed point) over the columns alive (increasing), of which
    /// those `forced` are each used once at least: they take the place of their kind's best column,
    /// or of none where the kind needs none. `outside` bounds what columns that are not listed are
    /// worth, by block.
    pub fn bound(
        &self,
        alive: &[u32],
        forced: &[u32],
        outside: &[i64],
        duals: &Duals,
        sigma: &[i64],
    ) -> Bound {
        let reduced: Vec<i64> = alive
            .par_iter()
            .with_min_len(1024)
            .map(|&index| {
                let column = &self.all[index as usize];
                let met: i64 = column.cuts.iter().map(|cut| sigma[*cut as usize]).sum();
                duals.reduce(column.profit, &column.items, &column.uses) - met
            })
            .collect();
        let mut best = outside.to_vec();
        let limits = self.cuts.iter().map(|cut| i128::from(cuts::limit(cut)));
        let mut extra: i128 =
            sigma.iter().zip(limits).map(|(it, most)| i128::from(*it) * most).sum();
        for (&index, &value) in alive.iter().zip(&reduced) {
            match self.all[index as usize].block() {
                Some(block) => best[block as usize] = best[block as usize].max(value),
                None => extra += i128::from(value.max(0)),
            }
        }
        for index in forced {
            let block = self.all[*index as usize].block().expect("a sector is forced") as usize;
            let kind = self.model.blocks[block].kind;
            let blocks = self.model.blocks.iter().zip(&best).filter(|it| it.0.kind == kind);
            let least = if self.model.kinds[kind as usize].lower == 0 { 0 } else { NO_SECTOR };
            let instead = blocks.map(|it| *it.1).fold(least, i64::max);
            let place = alive.binary_search(index).expect("a forced column stays alive");
            extra += i128::from(reduced[place]) - i128::from(instead);
        }
        let counts = self.structure.counts(self.model, &best);
        let none = vec![false; self.model.direct.len()];
        let value = counts.map(|counts| {
            extra + self.structure.lagrangian(self.model, duals, &best, &counts, &none)
        });
        let marginals = self.structure.marginals(self.model, &best);
        Bound { value, reduced, marginals, best }
    }
}
