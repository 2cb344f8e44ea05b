//! Which sectors could exchange items: what an item loses when another block serves it.
//!
//! The loss is read at the duals, time at the price that the block itself pays for it, so that it
//! stands for travel, preferences and whatever else tells blocks apart, in any model.

use super::super::safe_bound::Duals;
use super::super::sector_model::{Item, SectorModel};
use super::draft::Draft;

/// No class.
const NONE: u32 = u32::MAX;
/// Loss of an item that a block cannot serve.
const IMPOSSIBLE: i64 = i64::MAX / 8;

/// The class of each item in each block.
#[derive(Debug)]
pub struct ClassIndex {
    items: usize,
    classes: Vec<u32>,
}

impl ClassIndex {
    /// Reads a model.
    pub fn of(model: &SectorModel) -> Self {
        let items = model.items as usize;
        let mut classes = vec![NONE; items * model.blocks.len()];
        for (block, row) in model.blocks.iter().zip(classes.chunks_mut(items.max(1))) {
            for (index, class) in (0..).zip(&block.classes) {
                let covered = class.choices.iter().flat_map(|choice| &choice.items);
                covered.for_each(|&item| row[item as usize] = index);
            }
        }
        Self { items, classes }
    }

    /// The class of `item` in `block`.
    pub fn class(&self, block: u32, item: Item) -> Option<u32> {
        let class = self.classes[block as usize * self.items + item as usize];
        (class != NONE).then_some(class)
    }
}

/// Losses of every item at every sector of a draft.
#[derive(Debug)]
pub struct Nearness {
    sectors: usize,
    /// Item after item, fixed point; 0 at the best sector.
    losses: Vec<i64>,
}

impl Nearness {
    /// Reads a draft; `rates` is the price of a tick in each kind.
    pub fn of(
        model: &SectorModel,
        index: &ClassIndex,
        duals: &Duals,
        rates: &[i64],
        draft: &Draft,
    ) -> Self {
        let blocks: Vec<u32> = draft.sectors.iter().map(|it| it.column.block).collect();
        let mut losses = Vec::with_capacity(model.items as usize * blocks.len());
        for item in 0..model.items {
            let start = losses.len();
            losses.extend(blocks.iter().map(|&block| {
                index.class(block, item).map_or(IMPOSSIBLE, |class| {
                    let kind = model.blocks[block as usize].kind as usize;
                    -worth(model, duals, rates[kind], block, class, item)
                })
            }));
            let best = losses[start..].iter().copied().min().unwrap_or(0);
            losses[start..].iter_mut().for_each(|loss| *loss -= best.min(*loss));
        }
        Self { sectors: blocks.len(), losses }
    }

    /// What `item` loses at a sector, relative to the best one.
    pub fn loss(&self, item: Item, sector: usize) -> i64 {
        self.losses[item as usize * self.sectors + sector]
    }

    /// The least that two sectors lose by an exchange.
    pub fn between(&self, draft: &Draft, one: usize, other: usize) -> i64 {
        let least = |from: usize, to: usize| {
            let items = draft.sectors[from].items.iter();
            items.map(|&item| self.loss(item, to) - self.loss(item, from)).min()
        };
        match (least(one, other), least(other, one)) {
            (Some(there), Some(back)) => there.saturating_add(back),
            (there, back) => there.or(back).unwrap_or(IMPOSSIBLE),
        }
    }

    /// Sectors by what `item` loses there.
    pub fn nearest(&self, item: Item) -> Vec<usize> {
        let mut ranked: Vec<usize> = (0..self.sectors).collect();
        ranked.sort_by_key(|&sector| (self.loss(item, sector), sector));
        ranked
    }
}

fn worth(model: &SectorModel, duals: &Duals, rate: i64, block: u32, class: u32, item: Item) -> i64 {
    let choices = &model.blocks[block as usize].classes[class as usize].choices;
    let values = choices.iter().filter(|choice| choice.items.contains(&item)).map(|choice| {
        duals.reduce(choice.profit, &choice.items, &choice.uses) - rate * i64::from(choice.ticks)
    });
    values.max().unwrap_or(-IMPOSSIBLE)
}
