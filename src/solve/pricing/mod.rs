//! Pricing: for given duals, the best sector of every block, and proof that none is better.
//!
//! # Formulation
//!
//! Per block, with `v` the reduced profits of its choices, choose at most one choice a class:
//!
//! ```text
//! z_b = max  v(block) + sum v(choice) - w * excess(sum measure)      subject to (4), (5), (6)
//! ```
//!
//! - (4) and (5) are exact in a dynamic programme over classes and load ([`knapsack`]).
//! - (6) is solved in *passes*, one for each limit `L` that occurs: choices whose own limit is at
//!   least `L`, at most `L` in count. The count is first relaxed, then made a dimension if violated.
//! - equity is a convex function of the measure, hence the maximum of the lines
//!   `lambda (measure - target) - |lambda| tolerance`, `|lambda| <= w`. Any tilt `lambda` gives an
//!   upper bound with the same dynamic programme; the best tilt comes from a one-dimensional
//!   cutting-plane search. What gap is left is closed by a depth-first search that the tables of
//!   the best tilt and of both ends bound ([`enumerate`]).
//!
//! # Source
//!
//! Ceselli and Righini (2006), A branch-and-price algorithm for the multilevel generalized
//! assignment problem (the multiple-choice knapsack per agent); Pisinger (1995) for its dynamic
//! programme; Baldacci, Christofides and Mingozzi (2008) for listing all columns within the gap.

pub mod charges;
pub mod enumerate;
mod few;
pub mod knapsack;
mod reduce;
mod relaxed;
pub mod through;
mod tilt;

use std::cell::RefCell;

use rayon::prelude::*;
use smallvec::SmallVec;

use self::charges::{Charges, Tolls};
use self::enumerate::Budget;
use self::knapsack::Tables;
use self::reduce::Reduced;
use super::safe_bound::{Duals, NO_SECTOR};
use super::sector_model::{Block, Choice, Column, Equity, Item, RowIndex, SectorModel};

/// A choice as pricing reads it: allowed in the current branch, with its place in the model.
#[derive(Debug, Clone)]
pub struct PricedChoice {
    /// Place of the choice in its class.
    pub choice: u32,
    /// Place of the first choice of the class that differs from this one in load and profit alone.
    pub set: u32,
    /// Load.
    pub ticks: u32,
    /// What equity counts.
    pub measure: u32,
    /// What the largest count counts.
    pub count: u8,
    /// The smaller of the choice's and the block's largest count.
    pub limit: u8,
    /// Objective units.
    pub profit: i64,
    /// Items covered.
    pub items: SmallVec<[Item; 4]>,
    /// Uses of rows.
    pub uses: SmallVec<[(RowIndex, i64); 2]>,
}

/// A class as pricing reads it.
#[derive(Debug, Clone)]
pub struct PricedClass {
    /// Place of the class in its block.
    pub class: u32,
    /// One of the choices must be taken.
    pub required: bool,
    /// What all choices share, where they cover the same items and use no row, and none beats
    /// another in load and profit.
    pub shared: Option<Shared>,
    /// What may be taken.
    pub choices: Vec<PricedChoice>,
}

/// What the choices of a class share; read without a look at any of them.
#[derive(Debug, Clone)]
pub struct Shared {
    /// Items covered.
    pub items: SmallVec<[Item; 4]>,
    /// What equity counts.
    pub measure: i64,
    /// No choice has a greater profit.
    pub most: i64,
}

/// A block as pricing reads it; branching narrows it.
#[derive(Debug, Clone)]
pub struct PricedBlock {
    /// Place of the block in the model.
    pub block: u32,
    kind: u32,
    /// No column of this block may be used in the current branch.
    pub closed: bool,
    capacity: u32,
    minimum: u32,
    count_limit: u8,
    profit: i64,
    uses: SmallVec<[(RowIndex, i64); 2]>,
    equity: Option<Equity>,
    /// The classes, in the model's order.
    pub classes: Vec<PricedClass>,
}

/// What pricing one block found.
#[derive(Debug, Clone)]
pub struct Priced {
    /// No sector has a greater reduced profit; [`NO_SECTOR`] where none is feasible.
    pub bound: i64,
    /// Sectors found, with their true reduced profit, best first.
    pub columns: Vec<(i64, Column)>,
    /// Dynamic-programming cells filled.
    pub cells: u64,
}

/// How hard pricing tries.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Depth {
    /// Dynamic programmes only: a bound and good sectors.
    Relaxed,
    /// The search as well, with a budget of nodes: usually the exact maximum.
    Exact,
}

thread_local! {
    static TABLES: RefCell<Tables> = RefCell::default();
}

impl PricedBlock {
    /// Block number `index` of `model` without any branching decision.
    pub fn new(model: &SectorModel, index: u32) -> Self {
        Self::within(model, index, |_| true)
    }

    /// The same with the choices alone whose every item is allowed.
    pub fn within(model: &SectorModel, index: u32, allowed: impl Fn(&Item) -> bool) -> Self {
        let block = &model.blocks[index as usize];
        Self {
            block: index,
            kind: block.kind,
            closed: false,
            capacity: block.capacity,
            minimum: block.minimum,
            count_limit: block.count_limit,
            profit: block.profit,
            uses: block.uses.clone(),
            equity: block.equity.filter(|equity| equity.weight != 0 || equity.row.is_some()),
            classes: priced_classes(block, allowed),
        }
    }

    /// The best sector for `duals`; nothing where the block is closed.
    pub fn price(&self, duals: &Duals, depth: Depth) -> Priced {
        let mut priced = Priced { bound: NO_SECTOR, columns: Vec::new(), cells: 0 };
        if self.closed {
            return priced;
        }
        TABLES.with_borrow_mut(|tables| {
            for reduced in Reduced::new(self, duals).passes() {
                let found = tilt::solve_pass(&reduced, tables, depth, &mut priced.cells);
                priced.bound = priced.bound.max(found.bound);
                priced.columns.extend(
                    found
                        .sectors
                        .into_iter()
                        .map(|sector| (sector.value, self.column(sector.choices))),
                );
            }
        });
        priced.columns.sort_unstable_by(|a, b| b.0.cmp(&a.0).then_with(|| a.1.cmp(&b.1)));
        priced.columns.dedup();
        debug_assert!(priced.columns.iter().all(|column| column.0 <= priced.bound));
        priced
    }

    /// The best sector of each set of items whose reduced profit, `charges` deducted, is at least
    /// `least` (perhaps some that another of the same items beats), or `None` where there are more
    /// than `most` or the budget does not suffice.
    pub fn list(
        &self,
        duals: &Duals,
        charges: &Charges,
        least: i64,
        most: usize,
        budget: &mut Budget,
    ) -> Option<Vec<Column>> {
        // Charges and equity only take away.
        if self.closed || self.quick_bound(duals) < least {
            return Some(Vec::new());
        }
        TABLES.with_borrow_mut(|tables| {
            let mut columns = Vec::new();
            for mut reduced in Reduced::complete(self, duals).passes() {
                let tolls = Tolls::new(charges, self);
                if let Some(tolls) = tolls {
                    tolls.sort(&mut reduced);
                }
                let found = tilt::list_pass(&reduced, tables, tolls, least - 1, most, budget)?;
                columns.extend(found.into_iter().map(|sector| self.column(sector.choices)));
            }
            columns.sort_unstable();
            columns.dedup();
            Some(columns)
        })
    }

    /// A bound on the reduced profit of every sector, `charges` deducted, never under `known`; and the
    /// best sector found that is worth more.
    pub fn best_charged(
        &self,
        duals: &Duals,
        charges: &Charges,
        known: i64,
        budget: &mut Budget,
    ) -> (i64, Option<Column>) {
        let mut best: (i64, Option<(i64, Column)>) = (known, None);
        if self.closed || self.quick_bound(duals) <= known {
            return (known, None);
        }
        TABLES.with_borrow_mut(|tables| {
            for mut reduced in Reduced::complete(self, duals).passes() {
                let tolls = Tolls::new(charges, self);
                if let Some(tolls) = tolls {
                    tolls.sort(&mut reduced);
                }
                let (bound, found) = tilt::charged_pass(&reduced, tables, tolls, known, budget);
                best.0 = best.0.max(bound);
                if let Some(sector) = found
                    .filter(|sector| best.1.as_ref().is_none_or(|(value, _)| sector.value > *value))
                {
                    best.1 = Some((sector.value, self.column(sector.choices)));
                }
            }
        });
        (best.0, best.1.map(|it| it.1))
    }

    fn column(&self, mut choices: Vec<(u32, u32)>) -> Column {
        choices.sort_unstable();
        Column { block: self.block, choices }
    }

    /// No sector is worth more: far quicker than pricing, and not as tight.
    fn quick_bound(&self, duals: &Duals) -> i64 {
        if self.closed { NO_SECTOR } else { relaxed::bound(&Reduced::new(self, duals)) }
    }

    /// Every sector must cover `item`: its class must be used, by a choice that covers it.
    pub fn require(&mut self, item: Item) {
        let covers = |choice: &PricedChoice| choice.items.contains(&item);
        match self.classes.iter_mut().find(|class| class.choices.iter().any(covers)) {
            Some(class) => {
                class.choices.retain(covers);
                class.required = true;
            }
            None => self.closed = true,
        }
    }

    /// Whether `column` obeys the branching decisions.
    pub fn allows(&self, column: &Column) -> bool {
        let allowed = column.choices.iter().all(|&(class, choice)| {
            let choices = &self.classes[class as usize].choices;
            choices.binary_search_by_key(&choice, |it| it.choice).is_ok()
        });
        let required = self.classes.iter().filter(|class| class.required);
        let mut required = required.map(|class| class.class);
        !self.closed
            && allowed
            && required.all(|class| column.choices.iter().any(|it| it.0 == class))
    }
}

fn priced_classes(block: &Block, allowed: impl Fn(&Item) -> bool) -> Vec<PricedClass> {
    let classes = (0..).zip(&block.classes).map(|(class, it)| {
        let usable = (0..).zip(&it.choices).filter(|(_, choice)| {
            choice.ticks <= block.capacity
                && (choice.required || !it.required)
                && choice.items.iter().all(&allowed)
        });
        let choices = usable.map(|(place, choice)| PricedChoice {
            choice: place,
            set: first_alike(&it.choices, place),
            ticks: choice.ticks,
            measure: choice.measure,
            count: choice.count,
            limit: choice.count_limit.min(block.count_limit),
            profit: choice.profit,
            items: choice.items.clone(),
            uses: choice.uses.clone(),
        });
        let choices: Vec<PricedChoice> = choices.collect();
        PricedClass { class, required: it.required, shared: shared(&choices), choices }
    });
    classes.collect()
}

fn first_alike(choices: &[Choice], place: u32) -> u32 {
    let wanted = &choices[place as usize];
    let alike = |it: &Choice| {
        (&it.items, &it.uses, it.measure, it.count, it.count_limit)
            == (&wanted.items, &wanted.uses, wanted.measure, wanted.count, wanted.count_limit)
    };
    choices.iter().position(alike).map_or(place, |first| first as u32)
}

fn shared(choices: &[PricedChoice]) -> Option<Shared> {
    let same = |a: &PricedChoice, b: &PricedChoice| {
        (&a.items, a.measure, a.count, a.limit) == (&b.items, b.measure, b.count, b.limit)
            && b.ticks > a.ticks
            && b.profit > a.profit
    };
    let uniform = choices.iter().all(|choice| choice.uses.is_empty())
        && choices.windows(2).all(|pair| same(&pair[0], &pair[1]));
    let last = choices.last().filter(|_| uniform)?;
    Some(Shared { items: last.items.clone(), measure: i64::from(last.measure), most: last.profit })
}

/// Prices every block in parallel; results are in block order whatever the number of threads.
///
/// Of the `choices` of blocks of which a plan takes one at most, those that a quick bound shows to
/// be worth less than another are not priced: they get that bound and no column.
pub fn price_all(
    blocks: &[PricedBlock],
    choices: &[Vec<u32>],
    duals: &Duals,
    depth: Depth,
) -> Vec<Priced> {
    let mut all: Vec<(u32, Priced)> = choices
        .par_iter()
        .flat_map_iter(|choice| match choice[..] {
            [alone] => vec![(alone, blocks[alone as usize].price(duals, depth))],
            _ => price_choice(blocks, choice, duals, depth),
        })
        .collect();
    all.sort_unstable_by_key(|it| it.0);
    all.into_iter().map(|it| it.1).collect()
}

fn price_choice(
    blocks: &[PricedBlock],
    choice: &[u32],
    duals: &Duals,
    depth: Depth,
) -> Vec<(u32, Priced)> {
    let mut ranked: Vec<(i64, u32)> =
        choice.iter().map(|&index| (blocks[index as usize].quick_bound(duals), index)).collect();
    ranked.sort_unstable_by_key(|&(bound, index)| (std::cmp::Reverse(bound), index));
    let mut best = NO_SECTOR;
    let mut price = |(bound, index): (i64, u32)| {
        if bound < best {
            return (index, Priced { bound, columns: Vec::new(), cells: 0 });
        }
        let priced = blocks[index as usize].price(duals, depth);
        best = priced.columns.first().map_or(best, |column| best.max(column.0));
        (index, priced)
    };
    ranked.into_iter().map(&mut price).collect()
}
