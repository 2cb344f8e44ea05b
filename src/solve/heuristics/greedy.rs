//! A first draft from duals alone: sector after sector, the one worth most on what is left.
//!
//! The dynamic programme of pricing values sectors at the duals of the subgradient phase, where an
//! item already served costs more than it can bring. A block is priced again only when its turn
//! comes and its sector overlaps what was taken since.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use super::super::pricing::Depth;
use super::super::safe_bound::Duals;
use super::super::scope::Scope;
use super::super::search::Search;
use super::super::sector_model::{Column, Direct, RowIndex, SectorModel};
use super::draft::Draft;

/// Values of sectors by block, best first (then lowest block).
type Queue = BinaryHeap<(i64, Reverse<u32>, Column)>;

/// A draft of `scope` at `duals`: every kind reaches its lower limit where sectors are left for
/// it; items that no sector took go to direct columns as far as rows allow.
pub fn draft(search: &mut Search<'_>, scope: &Scope, duals: &Duals) -> Draft {
    let mut greedy = Greedy::new(search, scope, duals);
    greedy.take_sectors();
    greedy.take_direct();
    greedy.draft
}

struct Greedy<'s, 'm> {
    search: &'s mut Search<'m>,
    scope: &'s Scope,
    /// Duals at which an item already served is worth nobody's while.
    duals: Duals,
    barrier: i64,
    served: Vec<bool>,
    taken: Vec<u32>,
    room: Vec<i64>,
    draft: Draft,
}

impl<'s, 'm> Greedy<'s, 'm> {
    fn new(search: &'s mut Search<'m>, scope: &'s Scope, duals: &Duals) -> Self {
        let model = search.model;
        let draft = Draft::empty(model);
        Self {
            scope,
            duals: duals.clone(),
            barrier: 4 * largest_profit(model).saturating_mul(search.structure.unit()),
            served: vec![false; model.items as usize],
            taken: draft.taken(model),
            room: draft.room(model),
            draft,
            search,
        }
    }

    fn take_sectors(&mut self) {
        let round = self.search.price(self.scope, &self.duals, Depth::Relaxed);
        let best = round.priced.into_iter().filter_map(|it| it.columns.into_iter().next());
        let mut queue: Queue =
            best.map(|(value, column)| (value, Reverse(column.block), column)).collect();
        while let Some((value, Reverse(block), column)) = queue.pop() {
            let kind = self.search.model.blocks[block as usize].kind as usize;
            let limits = self.search.model.kinds[kind];
            let wanted =
                self.taken[kind] < limits.lower || self.taken[kind] < limits.upper && value > 0;
            if !wanted {
                continue;
            }
            if self.take(&column) {
                self.taken[kind] += 1;
            }
            if self.taken[kind] < limits.upper {
                queue.extend(self.price_again(block, &column, value));
            }
        }
    }

    /// Takes a sector, unless it overlaps others or breaks a row.
    fn take(&mut self, column: &Column) -> bool {
        let valued = self.search.model.value(column.clone());
        let free = valued.items.iter().all(|&item| !self.served[item as usize]);
        if !free || !self.fits(&valued.uses) {
            return false;
        }
        for &item in &valued.items {
            self.served[item as usize] = true;
            self.duals.items[item as usize] = self.barrier;
        }
        self.spend(&valued.uses);
        self.draft.sectors.push(valued);
        true
    }

    /// The best sector of a block now; none where it is the one that was just refused.
    fn price_again(
        &mut self,
        block: u32,
        last: &Column,
        value: i64,
    ) -> Option<(i64, Reverse<u32>, Column)> {
        let priced = self.scope.blocks[block as usize].price(&self.duals, Depth::Relaxed);
        self.search.statistics.cells += priced.cells;
        let (now, column) = priced.columns.into_iter().next()?;
        let repeated = column == *last && now == value && !column.choices.is_empty();
        (!repeated).then_some((now, Reverse(block), column))
    }

    fn take_direct(&mut self) {
        let model = self.search.model;
        let mut ranked: Vec<(i64, u32)> = (0..)
            .zip(&model.direct)
            .filter(|&(index, _)| self.scope.direct[index as usize])
            .map(|(index, it)| (self.duals.reduce(it.profit, &[], &it.uses), index))
            .collect();
        ranked.sort_unstable_by_key(|&(value, index)| (Reverse(value), index));
        for (_, index) in ranked {
            let direct: &Direct = &model.direct[index as usize];
            let free = direct.items.iter().all(|&item| !self.served[item as usize]);
            if free && !direct.items.is_empty() && self.fits(&direct.uses) {
                direct.items.iter().for_each(|&item| self.served[item as usize] = true);
                self.spend(&direct.uses);
                self.draft.direct.push(index);
            }
        }
        let served = &self.served;
        self.draft.uncovered.retain(|&item| !served[item as usize]);
    }

    fn fits(&self, uses: &[(RowIndex, i64)]) -> bool {
        uses.iter().all(|&(row, used)| used <= self.room[row as usize].max(0))
    }

    fn spend(&mut self, uses: &[(RowIndex, i64)]) {
        for &(row, used) in uses {
            self.room[row as usize] -= used;
        }
    }
}

/// Largest magnitude of a profit, at least 1.
pub fn largest_profit(model: &SectorModel) -> i64 {
    let choices =
        model.blocks.iter().flat_map(|block| &block.classes).flat_map(|class| &class.choices);
    let profits =
        choices.map(|choice| choice.profit).chain(model.direct.iter().map(|direct| direct.profit));
    profits.map(|profit| profit.saturating_abs()).max().unwrap_or(0).max(1)
}
