//! Choices that no better plan takes leave the pricing problems.
//!
//! # Formulation
//!
//! With `L` a Lagrangian bound, `m_b` what the relaxed plan loses in place of one more sector of
//! block `b`, and `through(j)` a bound on the reduced profit of its sectors with choice `j`, a plan
//! with `j` is worth at most `L - (m_b - through(j))`. Where that is no more than the incumbent, `j`
//! goes. All of it is in fixed point, so that what is proven of the choices left is proven of every
//! better plan, whatever the duals.
//!
//! # Source
//!
//! Posta, Ferland and Michelon (2012), An exact method with variable fixing for solving the
//! generalized assignment problem, Computational Optimization and Applications 52.

use rayon::prelude::*;

use super::super::pricing::Depth;
use super::super::safe_bound::Duals;
use super::super::scope::Scope;
use super::super::search::Search;

/// Narrows `scope` to what a plan worth more than the incumbent may take.
pub fn fix(search: &mut Search<'_>, scope: &mut Scope, duals: &Duals) {
    if let Some(value) = search.objective() {
        let least = (i128::from(value) + 1) * i128::from(search.structure.unit());
        drop_choices(search, scope, duals, |bound| bound - least);
    }
}

/// The choices of `scope` that a plan may take which loses no more than `width` (objective units)
/// against the bound at `duals`.
pub fn window(search: &mut Search<'_>, scope: &Scope, duals: &Duals, width: i64) -> Scope {
    let mut window = scope.clone();
    let slack = i128::from(width) * i128::from(search.structure.unit());
    drop_choices(search, &mut window, duals, |_| slack);
    window.is_whole = false;
    window
}

/// Drops the choices that lose more than `slack` against the bound at `duals`.
pub fn drop_choices(
    search: &mut Search<'_>,
    scope: &mut Scope,
    duals: &Duals,
    slack: impl Fn(i128) -> i128,
) {
    let round = search.price(scope, duals, Depth::Relaxed);
    let Some(bound) = round.bound else { return };
    if scope.is_whole {
        search.improve_bound(bound, duals);
    }
    let Ok(slack) = i64::try_from(slack(bound)) else { return };
    let best: Vec<i64> = round.priced.iter().map(|priced| priced.bound).collect();
    let marginals = search.structure.marginals(search.model, &best);
    // Tables forwards and backwards: twice what the round took.
    search.statistics.cells += 2 * round.priced.iter().map(|priced| priced.cells).sum::<u64>();
    scope.blocks.par_iter_mut().zip(&marginals).for_each(|(block, marginal)| {
        let least = marginal.saturating_sub(slack);
        let through = block.through(duals);
        for (class, bounds) in block.classes.iter_mut().zip(through) {
            class.choices.retain(|it| bounds.choices[it.choice as usize] >= least);
        }
    });
}
