//! One pass over a block: count by layers where needed, equity by the best tilt, then the search.

use super::super::safe_bound::NO_SECTOR;
use super::Depth;
use super::enumerate::{Budget, search_all, search_best};
use super::knapsack::Table;
use super::reduce::{Entry, Penalty, Reduced};

/// Nodes that the search may open for one block.
const SEARCH_NODES: u64 = 200_000;
/// Tilts tried for one block.
const TILTS: usize = 10;
/// Limits up to this get their own dimension at once.
const SMALL_LIMIT: u8 = 3;

/// A sector of a pass with its true reduced profit.
#[derive(Debug, Clone)]
pub struct Sector {
    /// Reduced profit, equity deducted.
    pub value: i64,
    /// `(class, choice)` in the model.
    pub choices: Vec<(u32, u32)>,
}

/// What a pass found.
#[derive(Debug, Default)]
pub struct PassResult {
    /// Upper bound on every sector of the pass.
    pub bound: i64,
    /// Sectors met on the way.
    pub sectors: Vec<Sector>,
}

/// A sector of a relaxation, read as a line in the tilt.
struct Line {
    value: i64,
    measure: i64,
    count: u32,
}

/// Solves one pass; `cells` counts the work.
pub fn solve_pass(
    reduced: &Reduced,
    table: &mut Table,
    depth: Depth,
    cells: &mut u64,
) -> PassResult {
    let mut result = PassResult { bound: NO_SECTOR, sectors: Vec::new() };
    if reduced.infeasible {
        return result;
    }
    let may_bind = reduced.count_may_bind();
    let counted = may_bind && reduced.limit <= SMALL_LIMIT;
    tilted(reduced, table, counted, cells, &mut result);
    let known = result.sectors.iter().map(|sector| sector.value).max();
    if may_bind
        && !counted
        && result.bound > NO_SECTOR
        && known.is_none_or(|value| value < result.bound)
    {
        let relaxed = std::mem::replace(&mut result.bound, NO_SECTOR);
        tilted(reduced, table, true, cells, &mut result);
        result.bound = result.bound.min(relaxed);
    }
    let known = result.sectors.iter().map(|sector| sector.value).max().unwrap_or(NO_SECTOR);
    if depth == Depth::Exact && known < result.bound {
        let mut budget = Budget::new(SEARCH_NODES);
        let (bound, found) = search_best(reduced, table, known, &mut budget);
        *cells += budget.spent() * 8;
        result.bound = result.bound.min(bound);
        result.sectors.extend(found);
    }
    result
}

/// Every sector of a pass worth more than `threshold`, or `None` where there are more than `most`
/// or the budget does not suffice.
pub fn list_pass(
    reduced: &Reduced,
    table: &mut Table,
    threshold: i64,
    most: usize,
    budget: &mut Budget,
) -> Option<Vec<Sector>> {
    if reduced.infeasible {
        return Some(Vec::new());
    }
    let counted = reduced.count_may_bind() && reduced.limit <= SMALL_LIMIT;
    let mut result = PassResult { bound: NO_SECTOR, sectors: Vec::new() };
    tilted(reduced, table, counted, &mut 0, &mut result);
    if result.bound <= threshold {
        return Some(Vec::new());
    }
    search_all(reduced, table, threshold, most, budget)
}

/// Minimises the tilted bound over the tilt; the table ends with the best tilt.
fn tilted(
    reduced: &Reduced,
    table: &mut Table,
    counted: bool,
    cells: &mut u64,
    result: &mut PassResult,
) {
    let mut evaluate = |tilt: i64, table: &mut Table, result: &mut PassResult| {
        *cells += table.fill(reduced, tilt, counted);
        let value = table.best()?;
        let line = keep(reduced, &table.trace(reduced), &mut result.sectors);
        Some((reduced.base + value + offset(reduced.penalty, tilt), line))
    };
    let Some((bound, line)) = evaluate(0, table, result) else { return };
    result.bound = bound;
    let Some(penalty) = reduced.penalty else { return };
    let distance = line.measure - penalty.target;
    if distance.abs() <= penalty.tolerance {
        return;
    }
    let sign = distance.signum();
    let edge = penalty.target + sign * penalty.tolerance;
    let (mut near, mut near_line, mut best) = (0, line, (bound, 0));
    let (mut far, mut far_line) = (sign * penalty.weight, None);
    for _ in 0..TILTS {
        let tilt = match &far_line {
            None => far,
            Some(line) => crossing(&near_line, line, edge).clamp(near.min(far), near.max(far)),
        };
        if far_line.is_some() && (tilt == near || tilt == far) {
            break;
        }
        let Some((bound, line)) = evaluate(tilt, table, result) else { break };
        best = best.min((bound, tilt));
        if (line.measure - edge) * sign >= 0 {
            if far_line.is_none() {
                break;
            }
            (near, near_line) = (tilt, line);
        } else {
            (far, far_line) = (tilt, Some(line));
        }
    }
    result.bound = best.0;
    if table.tilt() != best.1 {
        *cells += table.fill(reduced, best.1, counted);
    }
}

/// The tilt at which two sectors are worth the same.
fn crossing(a: &Line, b: &Line, edge: i64) -> i64 {
    debug_assert_ne!(a.measure, b.measure, "both sides of the edge {edge}");
    (a.value - b.value) / (a.measure - b.measure)
}

/// What a tilted value lacks: `lambda target + |lambda| tolerance`.
pub fn offset(penalty: Option<Penalty>, tilt: i64) -> i64 {
    penalty.map_or(0, |penalty| tilt * penalty.target + tilt.abs() * penalty.tolerance)
}

/// Records the sector where it is feasible; returns its line.
fn keep(reduced: &Reduced, sector: &[&Entry], sectors: &mut Vec<Sector>) -> Line {
    let line = Line {
        value: sector.iter().map(|entry| entry.value).sum(),
        measure: sector.iter().map(|entry| entry.measure).sum(),
        count: sector.iter().map(|entry| entry.count).sum(),
    };
    if reduced.limit == u8::MAX || line.count <= u32::from(reduced.limit) {
        let cost = reduced.penalty.map_or(0, |penalty| penalty.cost(line.measure));
        let choices = sector.iter().map(|entry| entry.place).collect();
        sectors.push(Sector { value: reduced.base + line.value - cost, choices });
    }
    line
}
