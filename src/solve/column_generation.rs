//! Column generation on one node: master, smoothed duals, pricing, until no column can help.
//!
//! # Formulation
//!
//! Pricing takes place at `alpha (best duals) + (1 - alpha) (master's duals)`. A round that brings
//! no column attractive at the master's duals is a *mis-price*: `alpha` shrinks until the round is
//! exact. The node has converged when its Lagrangian bound meets the master's value.
//!
//! # Source
//!
//! Wentges (1997); Pessoa, Sadykov, Uchoa and Vanderbeck (2018), Automation and combination of
//! linear-programming based stabilization techniques in column generation (Section 3: `alpha`
//! follows the subgradient).

use super::lagrangian::{FloatDuals, subgradient};
use super::master::{Master, MasterSolution, Phase};
use super::pricing::{Depth, Priced};
use super::safe_bound::Duals;
use super::scope::Scope;
use super::search::{Round, Search};

/// Reduced profit (objective units) above which a column is worth adding.
const ATTRACTIVE: f64 = 1e-6;
/// Artificial total that counts as none.
const NEGLIGIBLE: f64 = 1e-7;

/// First and largest `alpha`: a mis-price takes a step of `1 - alpha` back to the master's duals, and
/// more of them cost more rounds than the smoother duals save.
const SMOOTHEST: f64 = 0.7;

/// How often the penalty of artificial columns may grow.
const PENALTIES: usize = 6;

/// A step of the search that may end early.
#[derive(Debug, Clone, PartialEq)]
pub enum Attempt<T> {
    /// Done.
    Done(T),
    /// Proven: nothing feasible here.
    Infeasible,
    /// The search is over.
    Stopped,
}

/// A node solved by column generation.
#[derive(Debug, Clone)]
pub struct Node {
    /// Best Lagrangian bound of the node, fixed point.
    pub bound: i128,
    /// Its duals.
    pub duals: Duals,
    /// Upper bound on `z_b` for every block at these duals.
    pub best: Vec<i64>,
    /// Last solution of the master.
    pub solution: MasterSolution,
    /// The bound fell to the cutoff: the solution may not have converged.
    pub pruned: bool,
}

/// State of one run of column generation.
struct Generation<'s, 'm> {
    search: &'s mut Search<'m>,
    scope: &'s Scope,
    unit: i64,
    alpha: f64,
    misprices: u32,
    depth: Depth,
    /// Best bound with its duals and `z_b`.
    best: Option<(i128, FloatDuals, Duals, Vec<i64>)>,
}

/// Solves `scope` to convergence, or until its bound falls to `cutoff`.
pub fn solve_node(
    search: &mut Search<'_>,
    master: &mut Master,
    scope: &Scope,
    centre: Option<FloatDuals>,
    cutoff: Option<i64>,
) -> Attempt<Node> {
    for _ in 0..PENALTIES {
        let unit = search.structure.unit();
        let node = match generate(search, master, scope, centre.clone(), cutoff, unit) {
            Attempt::Done(node) => node,
            other => return other,
        };
        if node.pruned || node.solution.artificial < NEGLIGIBLE {
            return Attempt::Done(node);
        }
        match prove_infeasible(search, scope) {
            Attempt::Done(learned) => {
                let _ = master.add(search.model, &search.pool, &learned);
                master.raise_penalty();
            }
            Attempt::Infeasible => return Attempt::Infeasible,
            Attempt::Stopped => return Attempt::Stopped,
        }
    }
    generate(search, master, scope, centre, cutoff, search.structure.unit())
}

/// First phase: proves that `scope` has no fractional plan, or returns the columns of one.
fn prove_infeasible(search: &mut Search<'_>, scope: &Scope) -> Attempt<Vec<u32>> {
    let mut master = Master::new(search.model, Phase::First);
    let allowed = allowed_columns(search, scope);
    let _ = master.add(search.model, &search.pool, &allowed);
    let model_pool = &search.pool;
    master.restrict(|meaning| scope.allows(model_pool, meaning));
    let known = search.pool.len() as u32;
    let node = match generate(search, &mut master, scope, None, None, 0) {
        Attempt::Done(node) => node,
        other => {
            return match other {
                Attempt::Infeasible => Attempt::Infeasible,
                _ => Attempt::Stopped,
            };
        }
    };
    if node.bound < 0 {
        return Attempt::Infeasible;
    }
    let fresh = known..search.pool.len() as u32;
    Attempt::Done(fresh.chain(allowed).collect())
}

/// Columns of the pool that `scope` allows.
pub fn allowed_columns(search: &Search<'_>, scope: &Scope) -> Vec<u32> {
    let columns = (0..).zip(search.pool.columns());
    let allowed = columns
        .filter(|(_, valued)| scope.blocks[valued.column.block as usize].allows(&valued.column));
    allowed.map(|(index, _)| index).collect()
}

/// Column generation with the artificial columns that the master has. `unit` 0: first phase.
fn generate(
    search: &mut Search<'_>,
    master: &mut Master,
    scope: &Scope,
    centre: Option<FloatDuals>,
    cutoff: Option<i64>,
    unit: i64,
) -> Attempt<Node> {
    let mut run = Generation {
        search,
        scope,
        unit,
        alpha: SMOOTHEST,
        misprices: 0,
        depth: Depth::Relaxed,
        best: None,
    };
    let mut centre = centre;
    loop {
        if run.search.must_stop() || scope.is_whole && run.search.is_close_enough() {
            return Attempt::Stopped;
        }
        let solution = master.solve(run.search.terminator);
        run.search.statistics.masters += 1;
        run.search.statistics.simplex_iterations += solution.iterations;
        if !solution.optimal {
            return Attempt::Stopped;
        }
        let outer = FloatDuals { items: solution.items.clone(), rows: solution.rows.clone() };
        if let Some(node) = run.finished(&solution, cutoff) {
            return Attempt::Done(node);
        }
        loop {
            let point = run.separation_point(&outer, centre.as_ref());
            let duals = run.search.structure.fix(&point.items, &point.rows, unit);
            let round = run.search.price(scope, &duals, run.depth);
            let Some(bound) = round.bound else { return Attempt::Infeasible };
            run.follow_slope(&round, &duals, &outer, centre.as_ref());
            if run.record(bound, &point, &duals, &round.priced) {
                centre = Some(point);
            }
            let fresh = run.learn(round.priced, &solution, &outer);
            if master.add(run.search.model, &run.search.pool, &fresh) > 0 {
                run.misprices = 0;
                run.depth = Depth::Relaxed;
                break;
            }
            if let Some(node) = run.finished(&solution, cutoff) {
                return Attempt::Done(node);
            }
            if run.search.must_stop() {
                return Attempt::Stopped;
            }
            if run.effective_alpha() > 0.0 {
                run.misprices += 1;
            } else if run.depth == Depth::Relaxed {
                run.depth = Depth::Exact;
            } else {
                return Attempt::Done(run.node(solution, false));
            }
        }
        run.tidy(master, &solution, &outer);
    }
}

impl Generation<'_, '_> {
    /// `alpha` shrunk by the mis-prices since the master was last solved.
    fn effective_alpha(&self) -> f64 {
        1.0 - (1.0 - self.alpha) * f64::from(self.misprices + 1)
    }

    fn separation_point(&self, outer: &FloatDuals, centre: Option<&FloatDuals>) -> FloatDuals {
        let alpha = self.effective_alpha().max(0.0);
        centre.map_or_else(|| outer.clone(), |centre| centre.mix(outer, alpha))
    }

    /// Moves `alpha` with the slope of the dual function from the centre to the master's duals.
    fn follow_slope(
        &mut self,
        round: &Round,
        duals: &Duals,
        outer: &FloatDuals,
        centre: Option<&FloatDuals>,
    ) {
        let Some(centre) = centre.filter(|_| self.misprices == 0) else { return };
        let gradient = subgradient(self.search.model, round, duals, self.scope);
        let slope = |g: &[f64], a: &[f64], b: &[f64]| -> f64 {
            g.iter().zip(a).zip(b).map(|((g, a), b)| g * (a - b)).sum()
        };
        let slope = slope(&gradient.items, &outer.items, &centre.items)
            + slope(&gradient.rows, &outer.rows, &centre.rows);
        self.alpha = if slope > 0.0 {
            (self.alpha + 0.1 * (1.0 - self.alpha)).min(SMOOTHEST)
        } else {
            (self.alpha - 0.1).max(0.0)
        };
    }

    /// Keeps the best bound; says whether this one is it.
    fn record(
        &mut self,
        bound: i128,
        point: &FloatDuals,
        duals: &Duals,
        priced: &[Priced],
    ) -> bool {
        if self.scope.is_whole && self.unit > 0 {
            self.search.improve_bound(bound, duals);
        }
        let better = self.best.as_ref().is_none_or(|best| bound < best.0);
        if better {
            let best = priced.iter().map(|priced| priced.bound).collect();
            self.best = Some((bound, point.clone(), duals.clone(), best));
        }
        better
    }

    /// Learns the columns found that are attractive at the master's duals; returns their indexes.
    fn learn(
        &mut self,
        priced: Vec<Priced>,
        solution: &MasterSolution,
        outer: &FloatDuals,
    ) -> Vec<u32> {
        let mut fresh = Vec::new();
        for column in priced.into_iter().flat_map(|priced| priced.columns) {
            let (index, _) = self.search.learn(column.1);
            if self.reduced(index, solution, outer) > self.attractive() {
                fresh.push(index);
            }
        }
        fresh
    }

    fn attractive(&self) -> f64 {
        if self.unit == 0 { 1e-7 } else { ATTRACTIVE }
    }

    /// Reduced profit of a pool column at the master's own duals, in objective units.
    fn reduced(&self, index: u32, solution: &MasterSolution, outer: &FloatDuals) -> f64 {
        let valued = self.search.pool.get(index);
        let kind = self.search.model.blocks[valued.column.block as usize].kind;
        let profit = if self.unit == 0 { 0.0 } else { valued.profit as f64 };
        let items: f64 = valued.items.iter().map(|&item| outer.items[item as usize]).sum();
        let rows: f64 =
            valued.uses.iter().map(|&(row, use_)| outer.rows[row as usize] * use_ as f64).sum();
        profit - items - rows - solution.kinds[kind as usize]
    }

    /// The node, where its bound meets the master's value or falls to the cutoff.
    fn finished(&self, solution: &MasterSolution, cutoff: Option<i64>) -> Option<Node> {
        let bound = self.best.as_ref()?.0;
        if self.unit == 0 {
            let done = bound < 0 || solution.objective > -1e-9;
            return done.then(|| self.node(solution.clone(), false));
        }
        if cutoff.is_some_and(|cutoff| self.search.structure.floor(bound) <= cutoff) {
            return Some(self.node(solution.clone(), true));
        }
        let value = bound as f64 / self.unit as f64;
        let tolerance = 1e-6 + 1e-9 * value.abs();
        (value - solution.objective < tolerance).then(|| self.node(solution.clone(), false))
    }

    fn node(&self, solution: MasterSolution, pruned: bool) -> Node {
        let (bound, _, duals, best) = self.best.clone().expect("a round was priced");
        Node { bound, duals, best, solution, pruned }
    }

    /// Drops columns that have been far from attractive for long.
    fn tidy(&self, master: &mut Master, solution: &MasterSolution, outer: &FloatDuals) {
        if self.unit == 0 || master.len() < 4 * (outer.items.len() + solution.kinds.len()) + 1000 {
            return;
        }
        let slack = (self.best.as_ref().map_or(0.0, |best| best.0 as f64 / self.unit as f64)
            - solution.objective)
            .max(1.0);
        master.forget(12, slack, |index| self.reduced(index, solution, outer));
    }
}
