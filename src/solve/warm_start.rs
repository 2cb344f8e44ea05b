//! What a search takes from an earlier one, and leaves to the next.

use rayon::prelude::*;

use super::lagrangian::{FloatDuals, price_of_time};
use super::outcome::{KnownDuals, Sketch, WarmStart};
use super::pricing::{Depth, PricedBlock};
use super::repair::complete;
use super::safe_bound::Duals;
use super::search::Search;
use super::sector_model::{Column, Item, SectorModel};
use super::sector_values::ValuedColumn;

/// Columns left to the next search.
const REMEMBERED: usize = 6_000;

/// Learns sectors and plan of an earlier search; returns its duals, completed by estimates.
pub fn take(search: &mut Search<'_>, start: &WarmStart) -> Option<FloatDuals> {
    let duals = start.duals.as_ref().and_then(|known| completed(search.model, known));
    let guide = duals.clone().unwrap_or_else(|| price_of_time(search.model));
    let guide = search.structure.fix(&guide.items, &guide.rows, search.structure.unit());
    for column in fitted(search.model, &start.sectors, &guide) {
        let _ = search.learn(column);
    }
    if let Some((sectors, direct)) = &start.plan {
        let columns = fitted(search.model, sectors, &guide);
        let _ = complete(search, columns, direct.clone());
    }
    duals
}

/// Duals of the right length, estimated where they are unknown; `None` where they are of another
/// model.
fn completed(model: &SectorModel, known: &KnownDuals) -> Option<FloatDuals> {
    if known.items.len() != model.items as usize || known.rows.len() != model.rows.len() {
        return None;
    }
    let estimate =
        if known.items.contains(&None) { price_of_time(model).items } else { Vec::new() };
    let item = |(index, dual): (usize, &Option<f64>)| dual.unwrap_or_else(|| estimate[index]);
    Some(FloatDuals {
        items: known.items.iter().enumerate().map(item).collect(),
        rows: known.rows.iter().map(|dual| dual.unwrap_or(0.0)).collect(),
    })
}

/// Columns for sketches: those that the model admits, the others priced among their items.
fn fitted(model: &SectorModel, sketches: &[Sketch], guide: &Duals) -> Vec<Column> {
    let fit = |sketch: &Sketch| match sketch {
        Sketch::Column(column) => {
            let block = model.blocks.get(column.block as usize);
            block.is_some_and(|block| block.admits(column)).then(|| column.clone())
        }
        Sketch::Items { block, items } => best_of_items(model, *block, items, guide),
    };
    sketches.par_iter().filter_map(fit).collect()
}

/// The best sector of a block among these items, and its reduced profit.
pub fn best_of_items(
    model: &SectorModel,
    block: u32,
    items: &[Item],
    duals: &Duals,
) -> Option<Column> {
    let within = |item: &Item| items.binary_search(item).is_ok();
    let priced = PricedBlock::within(model, block, within).price(duals, Depth::Exact);
    priced.columns.into_iter().next().map(|(_, column)| column)
}

/// What the next search may start from: the columns nearest to the best of their block under the
/// duals of the best bound, the incumbent's among them.
pub fn leave(search: &Search<'_>) -> WarmStart {
    let model = search.model;
    let reduced = |valued: &ValuedColumn| match &search.duals {
        Some(duals) => duals.reduce(valued.profit, &valued.items, &valued.uses),
        None => valued.profit,
    };
    let mut best = vec![i64::MIN; model.blocks.len()];
    for valued in search.pool.columns() {
        let best = &mut best[valued.column.block as usize];
        *best = (*best).max(reduced(valued));
    }
    let regret = |valued: &ValuedColumn| best[valued.column.block as usize] - reduced(valued);
    let mut ranked: Vec<(i64, u32)> =
        (0..).zip(search.pool.columns()).map(|(index, valued)| (regret(valued), index)).collect();
    ranked.sort_unstable();
    ranked.truncate(REMEMBERED);
    ranked.sort_unstable_by_key(|it| it.1);
    let known = ranked.iter().map(|it| search.pool.get(it.1).column.clone());
    let plan = search.incumbent.as_ref().map(|plan| {
        (plan.columns.iter().cloned().map(Sketch::Column).collect(), plan.direct.clone())
    });
    let duals = search.duals.as_ref().map(|duals| {
        let duals = FloatDuals::from_fixed(duals);
        KnownDuals {
            items: duals.items.into_iter().map(Some).collect(),
            rows: duals.rows.into_iter().map(Some).collect(),
        }
    });
    let sectors = known.map(Sketch::Column).collect();
    WarmStart { sectors, plan, duals, is_part: false }
}
