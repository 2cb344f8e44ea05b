//! Duals before any linear programme: a price for time, then subgradient steps.
//!
//! # Formulation
//!
//! The dual function `L` of [`super::safe_bound`] is minimised along deflected subgradients
//! `g_i = 1 - cover_i`, `g_r = capacity_r - use_r` of the relaxed plan, with Polyak's step
//! `f (L - target) / |g|^2`. Every pricing round gives a valid bound and one or more columns a
//! block: the master then starts near its optimum, which is where most of its time used to go.
//!
//! # Source
//!
//! Held, Wolfe and Crowder (1974); Camerini, Fratta and Maffioli (1975) for the deflection;
//! Barahona and Anbil (2000) for restarting from the best point.

use super::column_generation::Attempt;
use super::pricing::Depth;
use super::safe_bound::Duals;
use super::scope::Scope;
use super::search::{Round, Search};
use super::sector_model::SectorModel;

/// Duals in objective units, not yet fixed.
#[derive(Debug, Clone, PartialEq)]
pub struct FloatDuals {
    /// Rows (1).
    pub items: Vec<f64>,
    /// Rows (3).
    pub rows: Vec<f64>,
}

impl FloatDuals {
    /// Fixed-point duals read as floats.
    pub fn from_fixed(duals: &Duals) -> Self {
        let unit = duals.unit.max(1) as f64;
        let floats = |fixed: &[i64]| fixed.iter().map(|&dual| dual as f64 / unit).collect();
        Self { items: floats(&duals.items), rows: floats(&duals.rows) }
    }

    /// `share` of `self` and the rest of `other`.
    pub fn mix(&self, other: &Self, share: f64) -> Self {
        let mix = |a: &[f64], b: &[f64]| {
            a.iter().zip(b).map(|(a, b)| share * a + (1.0 - share) * b).collect()
        };
        Self { items: mix(&self.items, &other.items), rows: mix(&self.rows, &other.rows) }
    }
}

/// Subgradient of `L` at the duals of a round.
pub fn subgradient(model: &SectorModel, round: &Round, duals: &Duals, scope: &Scope) -> FloatDuals {
    let mut items = vec![1.0; model.items as usize];
    let mut rows: Vec<f64> = model.rows.iter().map(|row| row.capacity as f64).collect();
    for (priced, &count) in round.priced.iter().zip(&round.counts) {
        if let Some((_, column)) = priced.columns.first().filter(|_| count > 0) {
            let valued = model.value(column.clone());
            valued.items.iter().for_each(|&item| items[item as usize] -= f64::from(count));
            valued
                .uses
                .iter()
                .for_each(|&(row, use_)| rows[row as usize] -= use_ as f64 * f64::from(count));
        }
    }
    for (direct, _) in model.direct.iter().zip(&scope.direct).filter(|(_, allowed)| **allowed) {
        if duals.reduce(direct.profit, &direct.items, &direct.uses) > 0 {
            direct.items.iter().for_each(|&item| items[item as usize] -= 1.0);
            direct.uses.iter().for_each(|&(row, use_)| rows[row as usize] -= use_ as f64);
        }
    }
    FloatDuals { items, rows }
}

/// Blocks read for the price of time, spread over all: it is but a first guess.
const SAMPLE: usize = 1_000;

/// Duals from a single price of time: what an item is worth beyond the time it takes.
pub fn price_of_time(model: &SectorModel) -> FloatDuals {
    let capacity = total_capacity(model);
    let (mut low, mut high) = (0.0, largest_rate(model));
    for _ in 0..30 {
        let price = 0.5 * (low + high);
        if best_shares(model, price).iter().map(|share| share.1).sum::<f64>() > capacity {
            low = price;
        } else {
            high = price;
        }
    }
    FloatDuals {
        items: best_shares(model, high).iter().map(|share| share.0).collect(),
        rows: vec![0.0; model.rows.len()],
    }
}

/// Time of as many blocks as each kind may use, the largest first.
fn total_capacity(model: &SectorModel) -> f64 {
    let mut of_kind: Vec<Vec<u32>> = vec![Vec::new(); model.kinds.len()];
    for block in &model.blocks {
        of_kind[block.kind as usize].push(block.capacity);
    }
    let total = |(capacities, kind): (&Vec<u32>, &super::sector_model::Kind)| {
        let mean = capacities.iter().map(|&it| f64::from(it)).sum::<f64>()
            / capacities.len().max(1) as f64;
        mean * f64::from(kind.upper.min(model.items))
    };
    of_kind.iter().zip(&model.kinds).map(total).sum()
}

/// Mean magnitude of a profit, at least 1: what the dual function may move by for each item.
fn typical_profit(model: &SectorModel) -> f64 {
    let choices = model.blocks.iter().flat_map(|block| &block.classes).flat_map(|it| &it.choices);
    let (sum, count) = choices.fold((0.0, 0u32), |(sum, count), choice| {
        (sum + choice.profit.unsigned_abs() as f64, count + 1)
    });
    (sum / f64::from(count.max(1))).max(1.0)
}

fn largest_rate(model: &SectorModel) -> f64 {
    let choices =
        model.blocks.iter().flat_map(|block| &block.classes).flat_map(|class| &class.choices);
    let (low, high) = choices
        .clone()
        .fold((0i64, 0i64), |(low, high), it| (low.min(it.profit), high.max(it.profit)));
    (high - low) as f64
}

/// For each item, its best share of profit less time, and the time taken.
fn best_shares(model: &SectorModel, price: f64) -> Vec<(f64, f64)> {
    let mut best = vec![(f64::NEG_INFINITY, 0.0); model.items as usize];
    let mut offer = |items: &[u32], profit: i64, ticks: u32| {
        for &item in items {
            let share = 1.0 / items.len() as f64;
            let value = (profit as f64 - price * f64::from(ticks)) * share;
            if value > best[item as usize].0 {
                best[item as usize] = (value, f64::from(ticks) * share);
            }
        }
    };
    let stride = model.blocks.len() / SAMPLE + 1;
    let some = model.blocks.iter().step_by(stride);
    for choice in some.flat_map(|block| &block.classes).flat_map(|class| &class.choices) {
        offer(&choice.items, choice.profit, choice.ticks);
    }
    for direct in &model.direct {
        offer(&direct.items, direct.profit, 0);
    }
    best.iter()
        .map(|&(value, ticks)| if value.is_finite() { (value, ticks) } else { (0.0, 0.0) })
        .collect()
}

/// Steps between two looks at the progress.
const PATIENCE: usize = 10;
/// Share of the value that so many steps must gain to go on past the steps asked for.
const WORTHWHILE: f64 = 0.002;
/// Times the steps asked for that are taken at most.
const MOST: usize = 5;

/// Subgradient steps from `start`, more than asked for while they pay; learns columns, improves
/// the bound, returns the best duals.
pub fn descend(
    search: &mut Search<'_>,
    scope: &Scope,
    start: FloatDuals,
    steps: usize,
) -> Attempt<FloatDuals> {
    let mut point = start.clone();
    let mut best = (f64::INFINITY, start);
    let mut direction: Option<FloatDuals> = None;
    let (mut factor, mut idle, mut margin) = (1.0, 0, 0.02);
    let scale = typical_profit(search.model) * f64::from(search.model.items);
    let mut milestone = f64::INFINITY;
    for step in 0..MOST * steps {
        if step % PATIENCE == 0 && step >= steps {
            let gained = milestone - best.0;
            if gained < WORTHWHILE * best.0.abs().max(scale) {
                break;
            }
        }
        if step % PATIENCE == 0 {
            milestone = best.0;
        }
        if search.is_over() {
            return Attempt::Stopped;
        }
        let duals = search.structure.fix(&point.items, &point.rows, search.structure.unit());
        let round = search.price(scope, &duals, Depth::Relaxed);
        let Some(bound) = round.bound else { return Attempt::Infeasible };
        if scope.is_whole {
            search.improve_bound(bound, &duals);
        }
        let value = bound as f64 / search.structure.unit() as f64;
        let gradient = subgradient(search.model, &round, &duals, scope);
        for priced in round.priced {
            if let Some((_, column)) = priced.columns.into_iter().next() {
                let _ = search.learn(column);
            }
        }
        if value < best.0 {
            best = (value, point.clone());
            idle = 0;
        } else {
            idle += 1;
            if idle >= 8 {
                idle = 0;
                factor *= 0.6;
                margin *= 0.6;
                point.clone_from(&best.1);
            }
        }
        let deflected = direction.map_or_else(|| gradient.clone(), |old| gradient.mix(&old, 0.7));
        let norm: f64 = deflected.items.iter().chain(&deflected.rows).map(|g| g * g).sum();
        if norm < 1e-9 {
            break;
        }
        let target = search
            .objective()
            .map_or(best.0 - margin * best.0.abs().max(scale), |known| known as f64);
        let step = factor * (value - target).max(0.0) / norm;
        advance(&mut point, &deflected, step);
        direction = Some(deflected);
    }
    Attempt::Done(best.1)
}

/// Takes a step against `direction`; duals of rows stay at least 0.
pub fn advance(point: &mut FloatDuals, direction: &FloatDuals, step: f64) {
    for (dual, slope) in point.items.iter_mut().zip(&direction.items) {
        *dual -= step * slope;
    }
    for (dual, slope) in point.rows.iter_mut().zip(&direction.rows) {
        *dual = (*dual - step * slope).max(0.0);
    }
}
