//! The columns with which the root's linear programme begins.
//!
//! It is solved from nothing, and slow with all that are known: a search after a change recalls
//! thousands. Those that lose least at the duals at hand are enough; pricing brings the others.

use std::collections::BTreeSet;

use super::closing::has_choice_of_seats;
use super::column_generation::allowed_columns;
use super::lagrangian::FloatDuals;
use super::scope::Scope;
use super::search::Search;
use super::sector_model::Column;

/// Columns for each item and kind, with seats to choose and without.
const PER_ROW: [usize; 2] = [10, 7];

/// The columns known that lose least at these duals, those of the incumbent among them.
pub fn promising(search: &Search<'_>, scope: &Scope, centre: &FloatDuals) -> Vec<u32> {
    let known = allowed_columns(search, scope);
    let per_row = PER_ROW[usize::from(!has_choice_of_seats(search.model))];
    let most = per_row * (search.model.items as usize + search.model.kinds.len());
    if known.len() <= most {
        return known;
    }
    let duals = search.structure.fix(&centre.items, &centre.rows, search.structure.unit());
    let mut best = vec![i64::MIN; search.model.kinds.len()];
    let worth = |index: u32| {
        let valued = search.pool.get(index);
        let kind = search.model.blocks[valued.column.block as usize].kind as usize;
        (duals.reduce(valued.profit, &valued.items, &valued.uses), kind)
    };
    for &index in &known {
        let (reduced, kind) = worth(index);
        best[kind] = best[kind].max(reduced);
    }
    let served = search.incumbent.iter().flat_map(|plan| &plan.columns);
    let served: BTreeSet<&Column> = served.collect();
    let mut ranked: Vec<(i64, u32)> = known
        .into_iter()
        .map(|index| {
            let (reduced, kind) = worth(index);
            let is_used = served.contains(&search.pool.get(index).column);
            (if is_used { i64::MIN } else { best[kind] - reduced }, index)
        })
        .collect();
    ranked.sort_unstable();
    ranked.truncate(most);
    let mut kept: Vec<u32> = ranked.into_iter().map(|it| it.1).collect();
    kept.sort_unstable();
    kept
}
