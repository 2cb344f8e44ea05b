//! The integer programme over a given list of columns: as a heuristic on the pool, and as the
//! exact last step once every useful column is listed.
//!
//! Item duals are subtracted from the profits first (rows (1) are equations, so that this only
//! shifts the objective by a constant): HiGHS then sees small integers instead of large ones,
//! and its tolerances mean something.

use super::backend::{IntegerLimits, ProgrammeColumn, Status, solve_integer};
use super::master::{entries, row_bounds};
use super::safe_bound::Duals;
use super::search::Search;
use super::sector_model::Column;

/// Columns to choose from: indexes in the pool, and direct columns.
#[derive(Debug, Clone, Default)]
pub struct Candidates {
    /// Pool indexes.
    pub sectors: Vec<u32>,
    /// Direct columns.
    pub direct: Vec<u32>,
}

/// How an integer programme over candidates ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Choice {
    /// No choice among the candidates is worth more than this.
    Proven(Option<i64>),
    /// Limits were reached; no choice is worth more than this, as far as HiGHS knows.
    Open(i64),
    /// Nothing is known.
    Unknown,
}

/// Chooses among `candidates`; better plans become the incumbent.
pub fn choose(
    search: &mut Search<'_>,
    candidates: &Candidates,
    duals: Option<&Duals>,
    limits: IntegerLimits,
) -> Choice {
    let limits =
        IntegerLimits { iterations: limits.iterations.min(search.iterations_left()), ..limits };
    let (shifts, offset) = item_shifts(search, duals);
    let columns = programme_columns(search, candidates, &shifts);
    let start = start_values(search, candidates);
    let rows = row_bounds(search.model);
    let solution = solve_integer(rows, columns, start, limits, search.terminator);
    search.statistics.simplex_iterations += solution.iterations;
    if let Some(values) = &solution.values {
        let (sectors, direct) = decode(search, candidates, values);
        let _ = search.offer(sectors, direct);
    }
    let bound = solution.bound + offset as f64;
    let bound = (bound + 1e-6 * solution.bound.abs().max(1.0)).floor();
    match solution.status {
        Status::Optimal | Status::Infeasible => Choice::Proven(search.objective()),
        Status::Stopped if bound.is_finite() && bound.abs() < 9e15 => Choice::Open(bound as i64),
        _ => Choice::Unknown,
    }
}

/// Item duals rounded to objective units, and their sum.
fn item_shifts(search: &Search<'_>, duals: Option<&Duals>) -> (Vec<i64>, i64) {
    let shifts: Vec<i64> = match duals {
        Some(duals) => duals.items.iter().map(|dual| dual >> search.structure.shift).collect(),
        None => vec![0; search.model.items as usize],
    };
    let offset = shifts.iter().sum();
    (shifts, offset)
}

fn programme_columns(
    search: &Search<'_>,
    candidates: &Candidates,
    shifts: &[i64],
) -> Vec<ProgrammeColumn> {
    let model = search.model;
    let shifted = |profit: i64, items: &[u32]| {
        (profit - items.iter().map(|&item| shifts[item as usize]).sum::<i64>()) as f64
    };
    let sectors = candidates.sectors.iter().map(|&index| {
        let valued = search.pool.get(index);
        let kind = model.blocks[valued.column.block as usize].kind;
        let upper =
            if valued.items.is_empty() { f64::from(model.kinds[kind as usize].upper) } else { 1.0 };
        ProgrammeColumn {
            cost: shifted(valued.profit, &valued.items),
            lower: 0.0,
            upper,
            entries: entries(model, &valued.items, Some(kind), &valued.uses),
        }
    });
    let direct = candidates.direct.iter().map(|&index| {
        let direct = &model.direct[index as usize];
        ProgrammeColumn {
            cost: shifted(direct.profit, &direct.items),
            lower: 0.0,
            upper: 1.0,
            entries: entries(model, &direct.items, None, &direct.uses),
        }
    });
    sectors.chain(direct).collect()
}

/// The incumbent in terms of the candidates, where they hold all of it.
fn start_values(search: &Search<'_>, candidates: &Candidates) -> Option<Vec<u32>> {
    let plan = search.incumbent.as_ref()?;
    let columns = candidates.sectors.iter().map(|&index| {
        let column = &search.pool.get(index).column;
        plan.columns.iter().filter(|it| *it == column).count() as u32
    });
    let direct =
        candidates.direct.iter().map(|index| u32::from(plan.direct.binary_search(index).is_ok()));
    let values: Vec<u32> = columns.chain(direct).collect();
    let complete = values.iter().sum::<u32>() as usize == plan.columns.len() + plan.direct.len();
    complete.then_some(values)
}

fn decode(search: &Search<'_>, candidates: &Candidates, values: &[u32]) -> (Vec<Column>, Vec<u32>) {
    let (sectors, direct) = values.split_at(candidates.sectors.len());
    let columns = candidates.sectors.iter().zip(sectors).flat_map(|(&index, &times)| {
        std::iter::repeat_n(search.pool.get(index).column.clone(), times as usize)
    });
    let direct = candidates.direct.iter().zip(direct).filter(|(_, times)| **times > 0);
    (columns.collect(), direct.map(|(&index, _)| index).collect())
}
