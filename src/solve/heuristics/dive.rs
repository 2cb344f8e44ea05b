//! Diving: decide who serves the surest items, price again, and so on down to a plan.
//!
//! A decision is a pair (item, server), not a whole column: pricing may still recompose the rest
//! of each sector. When the decisions leave no fractional plan, the last ones are taken back and
//! the surest of them is excluded instead, a limited number of times.
//!
//! # Source
//!
//! Sadykov, Vanderbeck, Pessoa, Tahiri and Uchoa (2019), Primal heuristics for branch-and-price:
//! the assets of diving methods, INFORMS Journal on Computing 31(2) (Sections 3 and 4).

use std::collections::BTreeSet;

use super::super::fractions::{Fractions, INTEGRAL, Server};
use super::super::lagrangian::FloatDuals;
use super::super::master::{Master, MasterSolution, Meaning};
use super::super::pricing::Depth;
use super::super::scope::Scope;
use super::super::search::Search;
use super::super::sector_model::{Column, Item};

/// Blocks beyond which copying and narrowing all of them at each decision takes longer than a dive
/// is worth.
const MANY: usize = 1_500;
/// Pricing rounds before the first decision: the master may not have a fractional plan yet.
const FIRST_ROUNDS: usize = 8;

/// How bold a dive is.
#[derive(Debug, Clone, Copy)]
pub struct Style {
    /// Shares from this on are decided together.
    pub sure: f64,
    /// Pricing rounds after each decision.
    pub rounds: usize,
    /// Decisions taken back at most.
    pub discrepancies: usize,
}

impl Default for Style {
    fn default() -> Self {
        Self { sure: 0.8, rounds: 3, discrepancies: 12 }
    }
}

/// Dives from `scope`, starting from the solution that the master holds for it. Returns whether a
/// better plan was found; not tried over too many blocks. The master is left restricted.
pub fn dive(search: &mut Search<'_>, master: &mut Master, scope: &Scope, style: Style) -> bool {
    if scope.blocks.len() > MANY {
        return false;
    }
    let mut scope = scope.clone();
    let mut decided = BTreeSet::new();
    let mut discrepancies = style.discrepancies;
    let Some(mut solution) = reprice(search, master, &scope, FIRST_ROUNDS) else { return false };
    loop {
        if search.must_stop() || solution.artificial > INTEGRAL {
            return false;
        }
        if search
            .objective()
            .is_some_and(|known| solution.objective < known as f64 + 1.0 - INTEGRAL)
        {
            return false;
        }
        let fractions = Fractions::of(search.model, &search.pool, &solution.support);
        if fractions.integral {
            let (columns, direct) = integral_plan(search, &solution);
            return search.offer(columns, direct);
        }
        let chosen = surest(&fractions, &decided, style.sure);
        let Some(&best) = chosen.first() else { return false };
        let (before, taken) = (scope.clone(), decided.clone());
        for &(item, server) in &chosen {
            scope.decide(search.model, item, server);
            let _ = decided.insert(item);
        }
        let Some(next) = reprice(search, master, &scope, style.rounds) else { return false };
        solution = next;
        if solution.artificial > INTEGRAL {
            if discrepancies == 0 {
                return false;
            }
            discrepancies -= 1;
            (scope, decided) = (before, taken);
            if chosen.len() > 1 {
                scope.decide(search.model, best.0, best.1);
                let _ = decided.insert(best.0);
            } else {
                scope.exclude(search.model, best.0, best.1);
            }
            let Some(next) = reprice(search, master, &scope, 2 * style.rounds) else {
                return false;
            };
            solution = next;
        }
    }
}

/// Pairs to decide now, surest first: all that are nearly whole, or the best one.
fn surest(fractions: &Fractions, decided: &BTreeSet<Item>, sure: f64) -> Vec<(Item, Server)> {
    let open = fractions.shares.iter().filter(|((item, _), _)| !decided.contains(item));
    let mut ranked: Vec<(f64, (Item, Server))> =
        open.map(|(&pair, &share)| (share, pair)).collect();
    ranked.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
    let many = ranked.iter().take_while(|(share, _)| *share >= sure).count();
    let fractional = ranked.iter().take(many).any(|(share, _)| *share < 1.0 - INTEGRAL);
    let count = if fractional { many } else { many + 1 };
    ranked.truncate(count);
    ranked.into_iter().map(|it| it.1).collect()
}

/// Solves the master restricted to `scope`, with a few pricing rounds.
fn reprice(
    search: &mut Search<'_>,
    master: &mut Master,
    scope: &Scope,
    rounds: usize,
) -> Option<MasterSolution> {
    let pool = &search.pool;
    master.restrict(|meaning| scope.allows(pool, meaning));
    let mut solution = solve(search, master)?;
    for round in 0..2 * rounds {
        if search.must_stop() || round >= rounds && solution.artificial <= INTEGRAL {
            break;
        }
        let point = FloatDuals { items: solution.items.clone(), rows: solution.rows.clone() };
        let duals = search.structure.fix(&point.items, &point.rows, search.structure.unit());
        let priced = search.price(scope, &duals, Depth::Relaxed);
        let unit = search.structure.unit() as f64;
        let mut fresh = Vec::new();
        for (value, column) in priced.priced.into_iter().flat_map(|priced| priced.columns) {
            let block = &search.model.blocks[column.block as usize];
            let kept: f64 = limit_duals(search, &solution, column.block);
            if value as f64 / unit - solution.kinds[block.kind as usize] - kept > INTEGRAL {
                fresh.push(search.learn(column).0);
            }
        }
        if master.add(search.model, &search.pool, &fresh) == 0 {
            break;
        }
        solution = solve(search, master)?;
    }
    Some(solution)
}

/// Duals of the block limits of a block, which pricing leaves out.
fn limit_duals(search: &Search<'_>, solution: &MasterSolution, block: u32) -> f64 {
    let uses = &search.model.blocks[block as usize].uses;
    let limits =
        uses.iter().filter(|use_| search.structure.limited_block[use_.0 as usize].is_some());
    limits.map(|use_| solution.rows[use_.0 as usize]).sum()
}

fn solve(search: &mut Search<'_>, master: &mut Master) -> Option<MasterSolution> {
    let solution = master.solve(search.terminator);
    search.statistics.masters += 1;
    search.statistics.simplex_iterations += solution.iterations;
    solution.optimal.then_some(solution)
}

/// Columns of an integral solution.
pub fn integral_plan(search: &Search<'_>, solution: &MasterSolution) -> (Vec<Column>, Vec<u32>) {
    let (mut columns, mut direct) = (Vec::new(), Vec::new());
    for &(meaning, value) in &solution.support {
        let times = value.round() as usize;
        match meaning {
            Meaning::Sector(index) => {
                columns.extend(std::iter::repeat_n(search.pool.get(index).column.clone(), times));
            }
            Meaning::Direct(index) if times > 0 => direct.push(index),
            _ => {}
        }
    }
    (columns, direct)
}
