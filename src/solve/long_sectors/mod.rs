//! Models whose posts serve dozens of items each: generalised assignment with few agents.
//!
//! The master over columns is degenerate there: its simplex method is slow, and its fractional
//! columns overlap so much that hardly any two fit together. A programme with one binary for each
//! choice ([`programme`]) finds plans sooner. Together with a Lagrangian bound, a plan rules most
//! choices out ([`fixing`]); a search on who serves what is left, on Lagrangian bounds alone, then
//! usually ends it ([`tree`]).

pub mod fixing;
pub mod programme;
pub mod tree;

use super::column_generation::Attempt;
use super::heuristics::local_search::posts;
use super::lagrangian::{FloatDuals, descend};
use super::safe_bound::Duals;
use super::scope::Scope;
use super::search::Search;
use super::statistics::Stage;
use fixing::{fix, window};
use programme::{assign, is_expressed};

/// Items for each post from which on sectors are long.
const LONG: u64 = 15;
/// Choices up to which the programme is small.
const SMALL: usize = 20_000;
/// Subgradient steps, which are cheap beside the linear programmes that they save.
const STEPS: usize = 200;
/// Part of the bound that the first window is wide.
const FIRST_WINDOW: i64 = 5_000;
/// Simplex iterations in one window.
const ITERATIONS: u64 = 3_000;
/// Nodes of the search, about a millisecond or two each.
const NODES: u64 = 5_000;

/// Whether the model is better begun by the assignment programme than by columns.
pub fn has_long_sectors(search: &Search<'_>) -> bool {
    let model = search.model;
    let classes = model.blocks.iter().flat_map(|block| &block.classes);
    let posts = posts(model);
    !search.is_part
        && posts > 0
        && u64::from(model.items) >= LONG * posts
        && classes.map(|class| class.choices.len()).sum::<usize>() <= SMALL
        && is_expressed(search)
}

/// Descends, looks for a plan, narrows `scope` to what a better one may take, and descends again,
/// now guided by the value of the plan; returns the best duals.
pub fn begin(search: &mut Search<'_>, scope: &mut Scope, duals: FloatDuals) -> Attempt<FloatDuals> {
    let descended = |search: &mut Search<'_>, scope: &Scope, duals: FloatDuals| {
        search.staged(Stage::Lagrangian, |search| descend(search, scope, duals, STEPS))
    };
    match descended(search, scope, duals) {
        Attempt::Done(duals) => {
            let unit = search.structure.unit();
            let fixed = search.structure.fix(&duals.items, &duals.rows, unit);
            from_the_top(search, scope, &fixed);
            descended(search, scope, duals)
        }
        other => other,
    }
}

/// Looks for a plan that loses little against the bound at `duals`, then for one that may lose twice
/// as much, until that brings none better; then narrows `scope`.
fn from_the_top(search: &mut Search<'_>, scope: &mut Scope, duals: &Duals) {
    search.staged(Stage::Heuristics, |search| {
        fix(search, scope, duals);
        let mut width = (search.bound.abs() / FIRST_WINDOW).max(1);
        while !search.is_over() {
            let window = window(search, scope, duals, width);
            let better = assign(search, &window, ITERATIONS);
            let top = search.bound;
            if search.objective().is_some_and(|value| !better || value >= top - width) {
                break;
            }
            width = width.saturating_mul(2);
        }
        fix(search, scope, duals);
    });
}

/// Narrows `scope` at the duals of the root, and searches what is left.
pub fn close(search: &mut Search<'_>, scope: &mut Scope, duals: &Duals) {
    search.staged(Stage::Branching, |search| {
        fix(search, scope, duals);
        tree::decide(search, scope, &FloatDuals::from_fixed(duals), NODES);
        fix(search, scope, duals);
    });
}
