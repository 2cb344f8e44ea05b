//! A whole plan from parts of one: what a change of the dossier leaves of the plan before it.
//!
//! Sectors that still hold are kept. Posts that lack one get the best sector of the items that
//! nobody covers; then, as long as it pays, the sector that gains most by taking such items is
//! composed again (by pricing it on its own items and the free ones, with the worth of a direct
//! column as their dual); what is left goes to direct columns. Each step prices a few classes.
//!
//! # Source
//!
//! The insertion of highest gain, with the pricing problem as evaluator: Martello and Toth (1981)
//! for the generalised assignment problem; Ropke and Pisinger (2006), Section 3, for repairing what
//! a change destroyed.

use rayon::prelude::*;

use super::safe_bound::Duals;
use super::search::Search;
use super::sector_model::{Column, Item, SectorModel};
use super::warm_start::best_of_items;

/// Offers sectors and direct columns of an earlier plan as incumbent, as they are and completed:
/// a gain that the completed plan takes may break a row that the plan itself keeps. Returns
/// whether the search has a plan of them.
pub fn complete(search: &mut Search<'_>, columns: Vec<Column>, direct: Vec<u32>) -> bool {
    let as_it_is = search.offer(columns.clone(), direct.clone());
    let mut draft = Draft::new(search, columns);
    draft.fill_kinds();
    while draft.improve() {}
    let direct = draft.cover_rest(&direct);
    let columns = draft.sectors;
    search.offer(columns, direct) || as_it_is
}

/// Sectors that cover no item twice, and the items left.
struct Draft<'a> {
    model: &'a SectorModel,
    /// Worth of an item outside sectors, in fixed point.
    worth: Duals,
    sectors: Vec<Column>,
    /// Whether no sector covers an item.
    free: Vec<bool>,
}

impl<'a> Draft<'a> {
    /// Keeps the columns that fit together, in order.
    fn new(search: &Search<'a>, columns: Vec<Column>) -> Self {
        let model = search.model;
        let mut draft = Self {
            model,
            worth: worth(search),
            sectors: Vec::with_capacity(columns.len()),
            free: vec![true; model.items as usize],
        };
        for column in columns {
            let room = draft.used(model.blocks[column.block as usize].kind)
                < model.kinds[model.blocks[column.block as usize].kind as usize].upper;
            if room && draft.items(&column).iter().all(|item| draft.free[*item as usize]) {
                draft.push(column);
            }
        }
        draft
    }

    fn used(&self, kind: u32) -> u32 {
        let of_kind = |column: &&Column| self.model.blocks[column.block as usize].kind == kind;
        self.sectors.iter().filter(of_kind).count() as u32
    }

    fn items(&self, column: &Column) -> Vec<Item> {
        self.model.blocks[column.block as usize]
            .chosen(column)
            .flat_map(|choice| choice.items.iter().copied())
            .collect()
    }

    fn push(&mut self, column: Column) {
        for item in self.items(&column) {
            self.free[item as usize] = false;
        }
        self.sectors.push(column);
    }

    fn remove(&mut self, at: usize) -> Column {
        let column = self.sectors.remove(at);
        for item in self.items(&column) {
            self.free[item as usize] = true;
        }
        column
    }

    /// Free items and those of a sector, increasing.
    fn open_items(&self, sector: Option<&Column>) -> Vec<Item> {
        let own = sector.map_or_else(Vec::new, |column| self.items(column));
        (0..self.model.items)
            .filter(|item| self.free[*item as usize] || own.contains(item))
            .collect()
    }

    /// Worth of a sector beyond that of its items, fixed point.
    fn value(&self, column: &Column) -> i64 {
        let valued = self.model.value(column.clone());
        self.worth.reduce(valued.profit, &valued.items, &valued.uses)
    }

    /// Gives every kind as many columns as it must have.
    fn fill_kinds(&mut self) {
        for kind in 0..self.model.kinds.len() as u32 {
            for _ in self.used(kind)..self.model.kinds[kind as usize].lower {
                let Some(column) = self.best_new(kind) else { return };
                self.take_items(&column);
                self.push(column);
            }
        }
    }

    /// The best sector of a kind among free items and what its blocks must cover.
    fn best_new(&self, kind: u32) -> Option<Column> {
        let free = self.open_items(None);
        let blocks: Vec<u32> = (0..self.model.blocks.len() as u32)
            .filter(|block| self.model.blocks[*block as usize].kind == kind)
            .collect();
        let best = |block: &u32| {
            let mut items = free.clone();
            items.extend(self.required_items(*block));
            items.sort_unstable();
            items.dedup();
            best_of_items(self.model, *block, &items, &self.worth)
                .map(|column| (self.value(&column), column))
        };
        let found: Vec<(i64, Column)> = blocks.par_iter().filter_map(best).collect();
        found.into_iter().max_by_key(|(value, column)| (*value, column.block)).map(|it| it.1)
    }

    fn required_items(&self, block: u32) -> Vec<Item> {
        let classes = self.model.blocks[block as usize].classes.iter();
        let required = classes.filter(|class| class.required).flat_map(|class| &class.choices);
        required.flat_map(|choice| choice.items.iter().copied()).collect()
    }

    /// Takes the items of a new sector from those that hold them.
    fn take_items(&mut self, column: &Column) {
        let taken = self.items(column);
        let holds = |sector: &Column| self.items(sector).iter().any(|item| taken.contains(item));
        let robbed: Vec<usize> =
            (0..self.sectors.len()).rev().filter(|at| holds(&self.sectors[*at])).collect();
        for at in robbed {
            let sector = self.remove(at);
            let mut left = self.items(&sector);
            left.retain(|item| !taken.contains(item));
            left.sort_unstable();
            let again = best_of_items(self.model, sector.block, &left, &self.worth);
            again.into_iter().for_each(|column| self.push(column));
        }
    }

    /// Composes again the sector that gains most by the free items; says whether one gains.
    fn improve(&mut self) -> bool {
        if !self.free.contains(&true) {
            return false;
        }
        let gain = |at: usize| {
            let sector = &self.sectors[at];
            let items = self.open_items(Some(sector));
            let column = best_of_items(self.model, sector.block, &items, &self.worth)?;
            let gain = self.value(&column) - self.value(sector);
            (gain > 0).then_some((gain, std::cmp::Reverse(at), column))
        };
        let gains: Vec<_> = (0..self.sectors.len()).into_par_iter().filter_map(gain).collect();
        let Some((_, at, column)) = gains.into_iter().max() else { return false };
        let _ = self.remove(at.0);
        self.push(column);
        true
    }

    /// Direct columns for the free items: those of before, then the most profitable that their
    /// rows still allow.
    fn cover_rest(&mut self, before: &[u32]) -> Vec<u32> {
        let mut used = self.row_uses();
        let mut order: Vec<u32> = (0..self.model.direct.len() as u32).collect();
        let profit = |index: u32| self.model.direct[index as usize].profit;
        order.sort_by_key(|&it| (!before.contains(&it), std::cmp::Reverse(profit(it)), it));
        let mut taken = Vec::new();
        for index in order {
            let direct = &self.model.direct[index as usize];
            let fits = direct.uses.iter().all(|&(row, use_)| {
                used[row as usize] + use_ <= self.model.rows[row as usize].capacity
            });
            if fits && direct.items.iter().all(|item| self.free[*item as usize]) {
                direct.items.iter().for_each(|item| self.free[*item as usize] = false);
                direct.uses.iter().for_each(|&(row, use_)| used[row as usize] += use_);
                taken.push(index);
            }
        }
        taken
    }

    fn row_uses(&self) -> Vec<i64> {
        let mut used = vec![0; self.model.rows.len()];
        for column in &self.sectors {
            for (row, use_) in self.model.value(column.clone()).uses {
                used[row as usize] += use_;
            }
        }
        used
    }
}

/// What each item is worth outside sectors: its best direct column, or less than any sector's.
fn worth(search: &Search<'_>) -> Duals {
    let model = search.model;
    let choices = model.blocks.iter().flat_map(|it| &it.classes).flat_map(|it| &it.choices);
    let dearest = choices.map(|choice| choice.profit.unsigned_abs()).max().unwrap_or(0) as f64;
    let mut items = vec![f64::NEG_INFINITY; model.items as usize];
    for direct in &model.direct {
        let share = direct.profit as f64 / direct.items.len().max(1) as f64;
        for &item in &direct.items {
            items[item as usize] = items[item as usize].max(share);
        }
    }
    items.iter_mut().for_each(|it| *it = it.max(-8.0 * dearest.max(1.0)));
    search.structure.fix(&items, &vec![0.0; model.rows.len()], search.structure.unit())
}
