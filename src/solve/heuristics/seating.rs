//! The best plan of chosen seats: with the seats settled, the rest is a problem of fixed posts, whose
//! relaxation is nearly whole and which the core solves within a fraction of the work.
//!
//! # Source
//!
//! Diaz and Fernandez (2002), and Stefanello, de Araujo and Mueller (2015), for the capacitated
//! p-median: locations first, then the generalised assignment that they leave.

use super::super::lagrangian::FloatDuals;
use super::super::listener::Silent;
use super::super::optimise::optimise;
use super::super::outcome::{KnownDuals, Settings, Sketch, WarmStart};
use super::super::search::Search;
use super::super::sector_model::{Column, SectorModel};

/// Solves the model with these blocks (increasing) and those that need no seat alone, within
/// `effort`; a better plan becomes the incumbent.
pub fn settle(search: &mut Search<'_>, seats: &[u32], effort: u64) {
    let model = search.model;
    let kept = |index: &u32| {
        let placed_nowhere = model.blocks[*index as usize].classes.is_empty();
        placed_nowhere || seats.binary_search(index).is_ok()
    };
    let blocks: Vec<u32> = (0..model.blocks.len() as u32).filter(kept).collect();
    let seated = SectorModel {
        blocks: blocks.iter().map(|&block| model.blocks[block as usize].clone()).collect(),
        ..model.clone()
    };
    let settings = Settings { effort: Some(effort), ..search.settings };
    let start = start(search, &blocks);
    let outcome = optimise(&seated, &settings, &start, &Silent, search.terminator);
    search.statistics.add(&outcome.statistics);
    if outcome.has_plan() {
        let whole = |column: Column| Column { block: blocks[column.block as usize], ..column };
        let columns = outcome.columns.into_iter().map(whole).collect();
        let _ = search.offer(columns, outcome.direct);
    }
}

/// The columns and duals known.
fn start(search: &Search<'_>, blocks: &[u32]) -> WarmStart {
    let known = search.pool.columns().iter().filter_map(|valued| {
        let block = blocks.binary_search(&valued.column.block).ok()?;
        Some(Sketch::Column(Column { block: block as u32, choices: valued.column.choices.clone() }))
    });
    let duals = search.duals.as_ref().map(|duals| {
        let FloatDuals { items, rows } = FloatDuals::from_fixed(duals);
        KnownDuals {
            items: items.into_iter().map(Some).collect(),
            rows: rows.into_iter().map(Some).collect(),
        }
    });
    WarmStart { sectors: known.collect(), plan: None, duals }
}
