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
//! where `W_l(n, m)` is the best of `n` to `m` sectors of kind `l` that leave `i` out, each block as
//! often as its limit allows (`b` once less). Items other than `i` are relaxed, `i` itself is not:
//! the bound is that of `safe_bound` with one more decision taken, and as exact in integers. It is
//! reduced-cost fixing with a new pricing in place of a reduced cost (Posta, Ferland and Michelon
//! 2012); all the `z_b` and `f_b` come from one pair of tables a block (`pricing::through`).

use std::cell::RefCell;
use std::cmp::Reverse;
use std::collections::BTreeMap;

use rayon::prelude::*;

use crate::policy::UnitId;
use crate::solve::lagrangian::FloatDuals;
use crate::solve::pricing::Depth;
use crate::solve::pricing::through::Through;
use crate::solve::safe_bound::{Duals, NO_SECTOR, Structure};
use crate::solve::scope::Scope;
use crate::solve::sector_model::{Choice, Item, Kind, SectorModel};
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
    /// Fixed point: what the bound is made of beside the sector that serves the unit.
    others: i128,
    /// The sector was priced as tightly as can be.
    is_tight: bool,
}

/// Every way to serve a unit that some sector allows, by block and option, direct ones last.
#[derive(Debug)]
pub struct Ways {
    unit: UnitId,
    item: Item,
    /// Bounds grow tighter as questions look at them.
    ways: RefCell<Vec<Way>>,
}

impl Ways {
    /// Whether some way is served by a block.
    #[must_use]
    pub fn reach(&self, block: Option<u32>) -> bool {
        self.ways.borrow().iter().any(|way| way.block == block)
    }

    /// The ways that are granted, the most promising first.
    #[must_use]
    pub fn granted(&self, grants: impl Fn(&Way) -> bool) -> Vec<Way> {
        let mut granted: Vec<Way> =
            self.ways.borrow().iter().copied().filter(|way| grants(way)).collect();
        granted.sort_by_key(|way| Reverse(way.bound));
        granted
    }
}

/// Pricings of its own that a question is worth.
const LOOKS: usize = 40;

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
    /// The same through each choice and past each class, by block and class.
    through: Vec<Vec<Through>>,
}

/// What one block may do for an item.
struct Served {
    block: u32,
    option: usize,
    /// Best reduced profit of its sectors that serve the item by the option.
    value: i64,
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
        let priced: Vec<(i64, Vec<Through>)> = scope
            .blocks
            .par_iter()
            .map(|block| (block.price(&duals, Depth::Exact).bound, block.through(&duals)))
            .collect();
        let (best, through): (Vec<i64>, Vec<Vec<Through>>) = priced.into_iter().unzip();
        Self { structure, constant: items + rows, direct: direct.collect(), best, through, duals }
    }

    /// Every way to serve `unit` that some sector allows, by block and option, direct ones last.
    #[must_use]
    pub fn ways(&self, sectors: &Sectors, unit: UnitId, item: Item) -> Ways {
        let model = &sectors.model;
        let mut without = self.best.clone();
        let mut served: Vec<Served> = Vec::new();
        for (block, content) in (0..).zip(&model.blocks) {
            let covers = |choice: &Choice| choice.items.contains(&item);
            let class = content.classes.iter().position(|it| it.choices.iter().any(covers));
            let Some(class) = class else { continue };
            let bounds = &self.through[block as usize][class];
            let choices = content.classes[class].choices.iter().zip(&bounds.choices);
            let mut past = bounds.past;
            for (choice, &bound) in choices {
                match sectors.option_of(choice.tag, unit).filter(|_| covers(choice)) {
                    Some(option) => served.push(Served { block, option, value: bound }),
                    None => past = past.max(bound),
                }
            }
            without[block as usize] = past.min(self.best[block as usize]);
        }
        let ways = RefCell::new(self.bounds(sectors, unit, item, &without, &served));
        Ways { unit, item, ways }
    }

    /// The most that a plan by one of the ways granted can be worth: the most promising one is
    /// priced anew, as tightly as can be, until it stays the most promising.
    #[must_use]
    pub fn best(
        &self,
        sectors: &Sectors,
        scope: &Scope,
        ways: &Ways,
        grants: impl Fn(&Way) -> bool,
    ) -> Option<i64> {
        for _ in 0..LOOKS {
            let mut all = ways.ways.borrow_mut();
            let granted = all.iter_mut().filter(|way| grants(way));
            let way = granted.max_by_key(|way| (way.bound, way.is_tight))?;
            let block = way.block.filter(|_| !way.is_tight);
            let Some(block) = block else { return Some(way.bound) };
            let by = |tag: u32| sectors.option_of(tag, ways.unit) == Some(way.option);
            let content = &sectors.model.blocks[block as usize];
            let narrowed = scope.blocks[block as usize].serving(content, ways.item, by);
            let value = narrowed.price(&self.duals, Depth::Exact).bound;
            let bound = self.structure.floor(way.others + i128::from(value));
            way.bound = if value > NO_SECTOR { bound.min(way.bound) } else { i64::MIN };
            way.is_tight = true;
        }
        let granted = ways.granted(grants);
        granted.first().map(|way| way.bound)
    }

    fn bounds(
        &self,
        sectors: &Sectors,
        unit: UnitId,
        item: Item,
        without: &[i64],
        served: &[Served],
    ) -> Vec<Way> {
        let model = &sectors.model;
        let others =
            model.direct.iter().zip(&self.direct).filter(|(it, _)| !it.items.contains(&item));
        let others: i128 = others.map(|(_, &reduced)| i128::from(reduced.max(0))).sum();
        let base = self.constant + others;
        let kinds = self.ranked(without);
        let worth = |kind: usize, taken: Option<u32>| {
            self.worth(&kinds[kind], model.kinds[kind], without, taken)
        };
        let all: Vec<Option<i128>> = (0..kinds.len()).map(|kind| worth(kind, None)).collect();
        // The sum without one kind; nothing where another has no sectors to be made of.
        let lost: Vec<usize> = (0..all.len()).filter(|kind| all[*kind].is_none()).collect();
        let total: i128 = all.iter().flatten().sum();
        let rest = |kind: usize| {
            let possible = lost.iter().all(|other| *other == kind);
            possible.then(|| total - all[kind].unwrap_or(0))
        };
        let mut found: BTreeMap<(u32, usize), Way> = BTreeMap::new();
        let mut known: Option<(u32, Option<i128>)> = None;
        for it in served.iter().filter(|it| it.value > NO_SECTOR) {
            let kind = model.blocks[it.block as usize].kind as usize;
            let others = known.filter(|(block, _)| *block == it.block).map_or_else(
                || rest(kind).zip(worth(kind, Some(it.block))).map(|(rest, own)| rest + own),
                |(_, others)| others,
            );
            known = Some((it.block, others));
            let Some(others) = others.map(|others| base + others) else { continue };
            let value = it.value.min(self.best[it.block as usize]);
            let bound = self.structure.floor(others + i128::from(value));
            let (block, option) = (Some(it.block), it.option);
            let way = Way { block, option, bound, others, is_tight: false };
            let most = found.entry((it.block, option)).or_insert(way);
            most.bound = bound.max(most.bound);
        }
        let nobody = lost.is_empty().then_some(base + total);
        let direct = model.direct.iter().zip(&self.direct).filter_map(|(it, &reduced)| {
            let option = sectors.option_of(it.tag, unit)?;
            let others = nobody?;
            let bound = self.structure.floor(others + i128::from(reduced));
            Some(Way { block: None, option, bound, others, is_tight: true })
        });
        let by_block = found.into_values();
        by_block.chain(direct).collect()
    }

    /// The blocks of each kind that have a sector, the best first.
    fn ranked(&self, without: &[i64]) -> Vec<Vec<u32>> {
        let kinds = self.structure.kind_blocks.iter();
        kinds
            .map(|blocks| {
                let usable = blocks.iter().copied();
                let mut usable: Vec<u32> =
                    usable.filter(|block| without[*block as usize] > NO_SECTOR).collect();
                usable.sort_by_key(|block| Reverse(without[*block as usize]));
                usable
            })
            .collect()
    }

    /// Best sectors of a kind, whose blocks come ranked; one sector of the block `taken` is counted
    /// elsewhere. `None` where they are too few.
    fn worth(
        &self,
        ranked: &[u32],
        kind: Kind,
        without: &[i64],
        taken: Option<u32>,
    ) -> Option<i128> {
        let less = u32::from(taken.is_some());
        let (lower, upper) = (kind.lower.saturating_sub(less), kind.upper.saturating_sub(less));
        let (mut many, mut sum) = (0, 0);
        for &block in ranked {
            let value = without[block as usize];
            let wanted = if value > 0 { upper } else { lower };
            if many >= wanted {
                break;
            }
            let limit = self.structure.block_limits[block as usize];
            let limit = limit.saturating_sub(u32::from(taken == Some(block)));
            let count = limit.min(wanted - many);
            many += count;
            sum += i128::from(value) * i128::from(count);
        }
        (many >= lower).then_some(sum)
    }
}
