//! One pass over a block: count by layers where needed, equity by the best tilt, then the search.

use super::super::safe_bound::NO_SECTOR;
use super::Depth;
use super::charges::Tolls;
use super::enumerate::{Budget, search_all, search_best};
use super::few;
use super::knapsack::{Table, Tables};
use super::reduce::{Entry, Penalty, Reduced};

/// Nodes that the search may open for one block.
const SEARCH_NODES: u64 = 100_000;
/// Tilts tried for one block where only a bound and good sectors are wanted.
const FEW_TILTS: usize = 3;
/// Tilts tried for one block where the bound must be as tight as can be.
const TILTS: usize = 8;
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
    tables: &mut Tables,
    depth: Depth,
    cells: &mut u64,
) -> PassResult {
    let mut result = PassResult { bound: NO_SECTOR, sectors: Vec::new() };
    if reduced.infeasible {
        return result;
    }
    if few::applies(reduced) {
        let best = few::best(reduced);
        *cells += reduced.entries.len() as u64;
        result.bound = best.as_ref().map_or(NO_SECTOR, |sector| sector.value);
        result.sectors.extend(best);
        return result;
    }
    bound_pass(reduced, &mut tables.best, depth, cells, &mut result);
    let known = result.sectors.iter().map(|sector| sector.value).max().unwrap_or(NO_SECTOR);
    if depth == Depth::Exact && known < result.bound {
        *cells += tables.fill_ends(reduced);
        let mut budget = Budget::new(SEARCH_NODES);
        let (bound, found) = search_best(reduced, tables, None, known, &mut budget);
        *cells += budget.spent() * 8;
        result.bound = result.bound.min(bound);
        result.sectors.extend(found);
    }
    result
}

/// The tilted bound. The count is a dimension at once where its limit is small; a larger one is
/// relaxed, and becomes a dimension at the best tilt only where the bound must be exact: it
/// multiplies the table by the limit, and few duals make more than a handful of units worth it.
fn bound_pass(
    reduced: &Reduced,
    table: &mut Table,
    depth: Depth,
    cells: &mut u64,
    result: &mut PassResult,
) {
    let may_bind = reduced.count_may_bind();
    let counted = may_bind && reduced.limit <= SMALL_LIMIT;
    let tilts = if depth == Depth::Exact { TILTS } else { FEW_TILTS };
    let count = tilted(reduced, table, counted, tilts, cells, result);
    let broken = may_bind && !counted && count > u32::from(reduced.limit);
    if broken && depth == Depth::Exact {
        let tilt = table.tilt();
        *cells += table.fill(reduced, tilt, true);
        let bound = table.best().map_or(NO_SECTOR, |value| {
            let _ = keep(reduced, &table.trace(reduced), &mut result.sectors);
            reduced.base + value + offset(reduced.penalty, tilt)
        });
        result.bound = result.bound.min(bound);
    }
}

/// The best sector of each set of items worth more than `threshold` after `tolls`, or `None` where
/// there are more than `most` or the budget does not suffice.
pub fn list_pass(
    reduced: &Reduced,
    tables: &mut Tables,
    tolls: Option<Tolls<'_>>,
    threshold: i64,
    most: usize,
    budget: &mut Budget,
) -> Option<Vec<Sector>> {
    if reduced.infeasible {
        return Some(Vec::new());
    }
    if few::applies(reduced) {
        let mut found = few::sectors(reduced, threshold);
        if let Some(tolls) = tolls {
            found.iter_mut().for_each(|it| it.value -= tolls.charge(&it.choices));
            found.retain(|it| it.value > threshold);
        }
        return Some(found).filter(|found| found.len() <= most);
    }
    let mut result = PassResult { bound: NO_SECTOR, sectors: Vec::new() };
    bound_pass(reduced, &mut tables.best, Depth::Exact, &mut 0, &mut result);
    if result.bound <= threshold {
        return Some(Vec::new());
    }
    let _ = tables.fill_ends(reduced);
    search_all(reduced, tables, tolls, threshold, most, budget)
}

/// A bound on every sector after `tolls`, never under `known`, and the best one found that is worth
/// more.
pub fn charged_pass(
    reduced: &Reduced,
    tables: &mut Tables,
    tolls: Option<Tolls<'_>>,
    known: i64,
    budget: &mut Budget,
) -> (i64, Option<Sector>) {
    if reduced.infeasible {
        return (known, None);
    }
    let mut result = PassResult { bound: NO_SECTOR, sectors: Vec::new() };
    bound_pass(reduced, &mut tables.best, Depth::Exact, &mut 0, &mut result);
    if result.bound <= known {
        return (known, None);
    }
    let _ = tables.fill_ends(reduced);
    let (bound, found) = search_best(reduced, tables, tolls, known, budget);
    (bound.min(result.bound).max(known), found)
}

/// Minimises the tilted bound over the tilt; the table ends with the best tilt. Returns the count
/// of the sector that attains the bound.
fn tilted(
    reduced: &Reduced,
    table: &mut Table,
    counted: bool,
    tilts: usize,
    cells: &mut u64,
    result: &mut PassResult,
) -> u32 {
    let mut evaluate = |tilt: i64, table: &mut Table, result: &mut PassResult| {
        *cells += table.fill(reduced, tilt, counted);
        let value = table.best()?;
        let line = keep(reduced, &table.trace(reduced), &mut result.sectors);
        Some((reduced.base + value + offset(reduced.penalty, tilt), line))
    };
    let Some((bound, line)) = evaluate(0, table, result) else { return 0 };
    result.bound = bound;
    let mut best = (bound, 0, line.count);
    if let Some(penalty) = reduced.penalty.filter(|penalty| penalty.cost(line.measure) > 0) {
        let mut bracket = Bracket::new(penalty, line);
        for _ in 1..tilts {
            let Some(tilt) = bracket.next() else { break };
            let Some((bound, line)) = evaluate(tilt, table, result) else { break };
            best = best.min((bound, tilt, line.count));
            bracket.narrow(tilt, line);
        }
    }
    result.bound = best.0;
    // Only a search needs the table of the best tilt.
    if tilts > FEW_TILTS && table.tilt() != best.1 {
        *cells += table.fill(reduced, best.1, counted);
    }
    best.2
}

/// Tilts between which the best one lies, with the sectors found there (Kelley's method on a
/// convex function of one variable).
struct Bracket {
    /// Measure at the side of the band that the first sector missed.
    edge: i64,
    /// 1 above the band, -1 below it.
    sign: i64,
    near: (i64, Line),
    far: (i64, Option<Line>),
    closed: bool,
}

impl Bracket {
    fn new(penalty: Penalty, line: Line) -> Self {
        let sign = (line.measure - penalty.target).signum();
        let edge = penalty.target + sign * penalty.tolerance;
        Self { edge, sign, near: (0, line), far: (sign * penalty.weight, None), closed: false }
    }

    /// The next tilt to try: the far end first, then where the two sectors are worth the same.
    fn next(&self) -> Option<i64> {
        let (near, near_line) = &self.near;
        let tilt = match &self.far {
            (far, None) => return (!self.closed).then_some(*far),
            (_, Some(line)) => crossing(near_line, line),
        };
        let inside = (tilt - near) * self.sign > 0 && (self.far.0 - tilt) * self.sign > 0;
        (inside && !self.closed).then_some(tilt)
    }

    fn narrow(&mut self, tilt: i64, line: Line) {
        if (line.measure - self.edge) * self.sign < 0 {
            self.far = (tilt, Some(line));
        } else {
            self.closed = self.far.1.is_none();
            self.near = (tilt, line);
        }
    }
}

/// The tilt at which two sectors are worth the same.
fn crossing(a: &Line, b: &Line) -> i64 {
    debug_assert_ne!(a.measure, b.measure, "the sectors lie on both sides of the edge");
    (a.value - b.value) / (a.measure - b.measure)
}

/// What a tilted value lacks: `lambda target + |lambda| tolerance`.
pub fn offset(penalty: Option<Penalty>, tilt: i64) -> i64 {
    penalty.map_or(0, |penalty| tilt * penalty.target + tilt.abs() * penalty.tolerance)
}

/// Records the sector, lightened to its largest count where it breaks it; returns its line.
fn keep(reduced: &Reduced, sector: &[&Entry], sectors: &mut Vec<Sector>) -> Line {
    let line = line(sector);
    if reduced.limit == u8::MAX || line.count <= u32::from(reduced.limit) {
        sectors.push(sector_of(reduced, sector));
    } else if reduced.minimum == 0 {
        sectors.extend(lightened(reduced, sector).map(|kept| sector_of(reduced, &kept)));
    }
    line
}

fn line(sector: &[&Entry]) -> Line {
    Line {
        value: sector.iter().map(|entry| entry.value).sum(),
        measure: sector.iter().map(|entry| entry.measure).sum(),
        count: sector.iter().map(|entry| entry.count).sum(),
    }
}

fn sector_of(reduced: &Reduced, sector: &[&Entry]) -> Sector {
    let line = line(sector);
    let cost = reduced.penalty.map_or(0, |penalty| penalty.cost(line.measure));
    let choices = sector.iter().map(|entry| entry.place).collect();
    Sector { value: reduced.base + line.value - cost, choices }
}

/// The sector without the counted entries of least value, required ones kept; `None` where those
/// alone break the largest count.
fn lightened<'a>(reduced: &Reduced, sector: &[&'a Entry]) -> Option<Vec<&'a Entry>> {
    let mut kept: Vec<&Entry> = sector.to_vec();
    while kept.iter().map(|entry| entry.count).sum::<u32>() > u32::from(reduced.limit) {
        let (index, _) = kept
            .iter()
            .enumerate()
            .filter(|(_, entry)| entry.count > 0 && !entry.pinned)
            .min_by_key(|(_, entry)| entry.value)?;
        let _ = kept.remove(index);
    }
    Some(kept)
}
