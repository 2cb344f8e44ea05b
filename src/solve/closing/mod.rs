//! Closing the gap: list every column that a better plan may use, then choose among them exactly.
//!
//! # Formulation
//!
//! With `L` a Lagrangian bound and `V` the value to beat, a plan that uses column `s` of block `b`
//! is worth at most `L - (m_b - rp(s))`, where `m_b` is what the relaxed plan loses in place of `s`
//! (its own sector of `b`, or the least useful sector of the kind, or nothing). Hence
//! `rp(s) < m_b - (L - V)` rules `s` out. Of the columns of one kind that cover the same items with
//! the same uses, only the most profitable is kept, at whichever seat: it may take the place of the
//! others in every plan. The choice among them is a branch and cut of our own (`tree`): its proof is
//! in integers too.
//!
//! Where the gap is too wide for that, cuts strengthen the root first (`strengthen`): their prices
//! are deducted from `rp(s)` when columns are listed, so that far fewer are.
//!
//! # Source
//!
//! Baldacci, Christofides and Mingozzi (2008), Mathematical Programming 115(2).

use std::collections::BTreeMap;

use rayon::prelude::*;

use super::column_generation::Node;
use super::pricing::charges::Charges;
use super::pricing::enumerate::Budget;
use super::safe_bound::Duals;
use super::scope::Scope;
use super::search::Search;
use super::sector_model::{Column, SectorModel};
use super::sector_values::ValuedColumn;
use super::statistics::Stage;
use cuts::Cut;
pub use frontier::Frontier;
pub use restricted::Restricted;
pub use strengthen::{Strengthened, dive_again, from_the_top, has_choice_of_seats, strengthen};
use tally::Tally;

mod agreement;
mod cuts;
mod dive;
mod frontier;
mod listed;
mod node;
mod parity;
mod questions;
mod restricted;
mod strengthen;
mod tally;
mod tree;
mod trial;

/// Columns to choose from.
#[derive(Debug, Clone, Default)]
pub struct Candidates {
    /// Sectors.
    pub sectors: Vec<ValuedColumn>,
    /// Direct columns.
    pub direct: Vec<u32>,
}

/// Duals with the prices of cuts, and the bound that they prove.
#[derive(Debug, Clone)]
pub struct Relaxation {
    /// Fixed point.
    pub bound: i128,
    /// Duals of rows (1) and (3).
    pub duals: Duals,
    /// Cuts.
    pub cuts: Vec<Cut>,
    /// Their prices, fixed point.
    pub prices: Vec<i64>,
    /// No sector of a block is worth more.
    pub best: Vec<i64>,
}

impl Relaxation {
    /// What sectors owe to its cuts.
    fn charges(&self, model: &SectorModel) -> Charges {
        Charges::new(model, self.cuts.iter().map(|cut| &cut[..]).zip(&self.prices))
    }
}

impl From<&Node> for Relaxation {
    fn from(node: &Node) -> Self {
        let (bound, duals, best) = (node.bound, node.duals.clone(), node.best.clone());
        Self { bound, duals, cuts: Vec::new(), prices: Vec::new(), best }
    }
}

/// Search nodes that listing may open for one block.
const NODES_PER_BLOCK: u64 = 1_000_000;

/// The columns of `scope` that a plan worth more than `value` may use, or `None` where listing
/// them takes more than `most` columns.
pub fn list_columns(
    search: &mut Search<'_>,
    scope: &Scope,
    relaxation: &Relaxation,
    value: i64,
    most: usize,
) -> Option<Candidates> {
    let unit = i128::from(search.structure.unit());
    let slack = relaxation.bound - (i128::from(value) + 1) * unit;
    list_within(search, scope, relaxation, i64::try_from(slack).ok()?, most)
}

/// The columns of `scope` that lose no more than `slack` (fixed point) against a relaxation, or
/// `None` where there are more than `most`.
fn list_within(
    search: &mut Search<'_>,
    scope: &Scope,
    relaxation: &Relaxation,
    slack: i64,
    most: usize,
) -> Option<Candidates> {
    search.staged(Stage::Enumeration, |search| {
        let least = least_worth(search, relaxation, slack);
        let charges = relaxation.charges(search.model);
        let per_block = most / 4 + 1000;
        let terminator = search.terminator;
        let tally = Tally::new(scope.blocks.len(), most);
        let listed: Option<Vec<(u64, Vec<Column>)>> = scope
            .blocks
            .par_iter()
            .zip(&least)
            .map(|(block, &least)| {
                if terminator.stop() || tally.is_spent() {
                    return None;
                }
                let mut budget = Budget::new(NODES_PER_BLOCK);
                let found = block.list(&relaxation.duals, &charges, least, per_block, &mut budget);
                tally.add(&budget);
                found.map(|columns| (budget.spent(), columns))
            })
            .collect();
        let listed = listed.filter(|_| !tally.is_spent())?;
        search.statistics.cells += listed.iter().map(|it| it.0).sum::<u64>() * 8;
        let sectors = keep_best(search, listed.into_iter().flat_map(|it| it.1), most)?;
        search.statistics.enumerated = sectors.len() as u64;
        let direct = (0..).zip(&search.model.direct).filter(|&(index, direct)| {
            // Cuts only make a direct column worth less.
            let reduced = relaxation.duals.reduce(direct.profit, &direct.items, &direct.uses);
            scope.direct[index as usize] && reduced >= -slack
        });
        let direct = direct.map(|(index, _)| index).collect();
        Some(Candidates { sectors, direct })
    })
}

/// Reduced profit from which on a sector of each block is listed.
fn least_worth(search: &Search<'_>, relaxation: &Relaxation, slack: i64) -> Vec<i64> {
    let marginals = search.structure.marginals(search.model, &relaxation.best);
    marginals.into_iter().map(|marginal| marginal.saturating_sub(slack)).collect()
}

/// The most profitable column for each kind, set of items and uses: at whichever seat.
fn keep_best(
    search: &Search<'_>,
    columns: impl Iterator<Item = Column>,
    most: usize,
) -> Option<Vec<ValuedColumn>> {
    let mut best = BTreeMap::new();
    for column in columns {
        let valued = search.model.value(column);
        let kind = search.model.blocks[valued.column.block as usize].kind;
        let key = (kind, valued.items.clone(), valued.uses.clone());
        let known = best.entry(key).or_insert_with(|| valued.clone());
        if valued.profit > known.profit {
            *known = valued;
        }
        if best.len() > most {
            return None;
        }
    }
    Some(best.into_values().collect())
}

/// Chooses exactly among listed columns within `nodes`; returns the bound that is now proven for the
/// scope that `relaxation` bounds.
pub fn close(
    search: &mut Search<'_>,
    candidates: Candidates,
    relaxation: &Relaxation,
    value: i64,
    nodes: u64,
) -> i64 {
    let top = search.structure.floor(relaxation.bound);
    choose(search, candidates, (value, top), nodes)
}

/// Chooses among candidates a plan worth more than `value`, over `nodes` at most; better plans become
/// the incumbent. Returns what no plan of candidates exceeds, never under `value`; `top` is known
/// beforehand.
pub fn choose(
    search: &mut Search<'_>,
    candidates: Candidates,
    (value, top): (i64, i64),
    nodes: u64,
) -> i64 {
    search.staged(Stage::Closing, |search| {
        let known = &mut Restricted::new(search);
        Frontier::new(known, candidates, (value, top)).explore(search, known, nodes)
    })
}
