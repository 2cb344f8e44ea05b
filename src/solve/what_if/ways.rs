//! How well any plan can do that serves one unit in a given way, at known duals.
//!
//! # Formulation
//!
//! With `z_b` the best reduced profit over the sectors of block `b` that leave item `i` out, and
//! `f_b(o)` over those that serve it by option `o`, every plan in which block `b` of kind `k`
//! serves the item by `o` is worth at most
//!
//! ```text
//! sum_i pi_i + sum_r mu_r capacity(r) + sum_{d without i} max(0, rp(d))
//!     + f_b(o) + W_k(lower - 1, upper - 1) + sum_{l <> k} W_l(lower, upper)
//! ```
//!
//! where `W_l(n, m)` is the best of `n` to `m` sectors of kind `l` that leave `i` out. Items other
//! than `i` are relaxed, `i` itself is not: the bound is that of `safe_bound` with one more
//! decision taken, and as exact in integers. It is reduced-cost fixing with a new pricing in
//! place of a reduced cost (Posta, Ferland and Michelon 2012).

use crate::policy::UnitId;
use crate::solve::lagrangian::FloatDuals;
use crate::solve::pricing::{Depth, price_all};
use crate::solve::safe_bound::{Duals, NO_SECTOR, Structure};
use crate::solve::scope::Scope;
use crate::solve::sector_model::{Item, SectorModel};
use crate::solve::sectors::Sectors;

/// One way to serve a unit and the most that a plan with it can be worth.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Way {
    /// Who: a block, or nobody in particular (reference, advice, a pole's team).
    pub block: Option<u32>,
    /// Option of the unit.
    pub option: usize,
    /// No plan that serves the unit so is worth more.
    pub bound: i64,
}

/// What every question at the same duals shares.
#[derive(Debug, Clone)]
pub struct Prices {
    /// Fixed-point scale.
    pub structure: Structure,
    /// The duals.
    pub duals: Duals,
    /// `sum pi + sum mu capacity`.
    constant: i128,
    /// Reduced profit of each direct column.
    direct: Vec<i64>,
    /// Best reduced profit of each block, nothing left out.
    best: Vec<i64>,
}

impl Prices {
    /// Prices every block once.
    #[must_use]
    pub fn new(model: &SectorModel, scope: &Scope, duals: &FloatDuals) -> Self {
        let structure = Structure::of(model);
        let duals = structure.fix(&duals.items, &duals.rows, structure.unit());
        let items: i128 = duals.items.iter().map(|&dual| i128::from(dual)).sum();
        let rows = model.rows.iter().zip(&duals.rows);
        let rows: i128 = rows.map(|(row, &dual)| i128::from(row.capacity) * i128::from(dual)).sum();
        let direct = model.direct.iter().map(|it| duals.reduce(it.profit, &it.items, &it.uses));
        // Every block counts here, not only the best of each post.
        let each: Vec<Vec<u32>> = (0..scope.blocks.len() as u32).map(|it| vec![it]).collect();
        let best = price_all(&scope.blocks, &each, &duals, Depth::Relaxed);
        Self {
            structure,
            constant: items + rows,
            direct: direct.collect(),
            best: best.iter().map(|priced| priced.bound).collect(),
            duals,
        }
    }

    /// Every way to serve `unit` that some sector allows, by block and option, direct ones last.
    /// `scope` is left as it was.
    #[must_use]
    pub fn ways(
        &self,
        sectors: &Sectors,
        scope: &mut Scope,
        unit: UnitId,
        item: Item,
        options: usize,
    ) -> Vec<Way> {
        let model = &sectors.model;
        let mut without = self.best.clone();
        let mut served: Vec<(u32, usize, i64)> = Vec::new();
        for block in 0..model.blocks.len() as u32 {
            let Some(probe) = Probe::new(scope, model, block, item) else { continue };
            let tag = |choice: u32| {
                model.blocks[block as usize].classes[probe.class as usize].choices[choice as usize]
                    .tag
            };
            without[block as usize] = probe.price(scope, &self.duals, None);
            for option in 0..options {
                let by = |choice: u32| sectors.option_of(tag(choice), unit) == Some(option);
                let value = probe.price(scope, &self.duals, Some(&by));
                if value > NO_SECTOR {
                    served.push((block, option, value));
                }
            }
            probe.restore(scope);
        }
        self.bounds(sectors, unit, item, &without, &served)
    }

    fn bounds(
        &self,
        sectors: &Sectors,
        unit: UnitId,
        item: Item,
        without: &[i64],
        served: &[(u32, usize, i64)],
    ) -> Vec<Way> {
        let model = &sectors.model;
        let others =
            model.direct.iter().zip(&self.direct).filter(|(it, _)| !it.items.contains(&item));
        let others: i128 = others.map(|(_, &reduced)| i128::from(reduced.max(0))).sum();
        let base = self.constant + others;
        let kinds: Vec<i64> = self
            .structure
            .kind_blocks
            .iter()
            .map(|blocks| {
                blocks.iter().map(|&block| without[block as usize]).max().unwrap_or(NO_SECTOR)
            })
            .collect();
        let worth = |kind: usize, less: u32| {
            let limits = model.kinds[kind];
            worth(kinds[kind], limits.lower.saturating_sub(less), limits.upper.saturating_sub(less))
        };
        let all: Vec<Option<i128>> = (0..kinds.len()).map(|kind| worth(kind, 0)).collect();
        let total = |forced: Option<usize>| -> Option<i128> {
            (0..kinds.len())
                .map(|kind| if forced == Some(kind) { worth(kind, 1) } else { all[kind] })
                .sum()
        };
        let totals: Vec<Option<i128>> = (0..kinds.len()).map(|kind| total(Some(kind))).collect();
        let by_block = served.iter().filter_map(|&(block, option, value)| {
            let kind = model.blocks[block as usize].kind as usize;
            let bound = base + totals[kind]? + i128::from(value);
            Some(Way { block: Some(block), option, bound: self.structure.floor(bound) })
        });
        let nobody = total(None);
        let direct = model.direct.iter().zip(&self.direct).filter_map(|(it, &reduced)| {
            let option = sectors.option_of(it.tag, unit)?;
            let bound = base + nobody? + i128::from(reduced);
            Some(Way { block: None, option, bound: self.structure.floor(bound) })
        });
        by_block.chain(direct).collect()
    }
}

/// Best of `lower` to `upper` sectors worth at most `best` each; `None` where there is none.
fn worth(best: i64, lower: u32, upper: u32) -> Option<i128> {
    if best <= NO_SECTOR {
        return (lower == 0).then_some(0);
    }
    Some(i128::from(best) * i128::from(if best > 0 { upper } else { lower }))
}

/// The class of an item in a block of the scope, to be priced with some of its choices alone.
struct Probe {
    block: usize,
    place: usize,
    class: u32,
    item: Item,
    saved: crate::solve::pricing::PricedClass,
}

impl Probe {
    fn new(scope: &Scope, model: &SectorModel, block: u32, item: Item) -> Option<Self> {
        debug_assert_eq!(scope.blocks.len(), model.blocks.len());
        let classes = &scope.blocks[block as usize].classes;
        let place = classes
            .iter()
            .position(|class| class.choices.iter().any(|choice| choice.items.contains(&item)))?;
        let saved = classes[place].clone();
        Some(Self { block: block as usize, place, class: saved.class, item, saved })
    }

    /// Best reduced profit with the item served by some of its choices, or left out.
    fn price(&self, scope: &mut Scope, duals: &Duals, served: Option<&dyn Fn(u32) -> bool>) -> i64 {
        let block = &mut scope.blocks[self.block];
        let class = &mut block.classes[self.place];
        let choices = self.saved.choices.iter().filter(|choice| {
            let covers = choice.items.contains(&self.item);
            served.map_or(!covers, |serves| covers && serves(choice.choice))
        });
        class.choices = choices.cloned().collect();
        class.required = self.saved.required || served.is_some();
        if class.required && class.choices.is_empty() {
            return NO_SECTOR;
        }
        block.price(duals, Depth::Relaxed).bound
    }

    fn restore(self, scope: &mut Scope) {
        scope.blocks[self.block].classes[self.place] = self.saved;
    }
}
