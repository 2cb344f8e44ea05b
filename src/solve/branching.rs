//! Branch-and-price: what the root and the listing of columns leave open.
//!
//! # Formulation
//!
//! A node decides who serves some items: a block, or some direct column. Its children split on the
//! pair (item, server) that decides whether a seat is used, else the one whose share is nearest to
//! one half: the server serves the item, or does not. Both sides only drop choices from the pricing problems, so that every node prices like the
//! root. A node whose useful columns can be listed is closed by one exact choice among them; so is
//! one whose shares are all whole while its columns are not.
//!
//! # Source
//!
//! Savelsbergh (1997), A branch-and-price algorithm for the generalized assignment problem
//! (branching on assignments); Ceselli and Righini (2005, 2006).

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use super::closing::{Relaxation, close, list_columns};
use super::column_generation::{Attempt, Node, allowed_columns, solve_node};
use super::fractions::{Fractions, INTEGRAL, Server};
use super::heuristics::dive::{Style, dive, integral_plan};
use super::lagrangian::FloatDuals;
use super::master::Master;
use super::scope::Scope;
use super::search::Search;
use super::sector_model::Item;

/// Columns up to which a node is closed by listing.
const LISTED: usize = 4_000;
/// Columns up to which a node that cannot branch is closed by listing.
const LISTED_AT_MOST: usize = 400_000;
/// A dive is tried at one node in so many.
const DIVE_EVERY: u64 = 16;
/// Nodes of one exact choice.
const NODES: u64 = 2_000;

/// `server` serves `item`, or does not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Decision {
    item: Item,
    server: Server,
    serves: bool,
}

/// An open node, ordered by its bound, then by age.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Open {
    bound: i64,
    order: Reverse<u64>,
    decisions: Vec<Decision>,
}

/// What became of a node.
enum Fate {
    /// No better plan is below it.
    Closed,
    /// Split on this pair.
    Split(i64, Item, Server),
    /// It can neither be closed nor split: its bound stays.
    Left(i64),
    /// The search is over.
    Stopped,
}

/// Branches from `whole` until the tree is empty or the search is over. Returns whether the tree
/// was emptied: the incumbent, if any, is then optimal, and without one no plan exists.
pub fn branch(search: &mut Search<'_>, master: &mut Master, whole: &Scope) -> bool {
    let mut open =
        BinaryHeap::from([Open { bound: search.bound, order: Reverse(0), decisions: Vec::new() }]);
    let (mut created, mut left) = (0, i64::MIN);
    while let Some(node) = open.pop() {
        let bound = node.bound.max(left);
        search.lower_bound(bound);
        if search.is_over() {
            return false;
        }
        let fate = visit(search, master, whole, &node);
        search.statistics.nodes += 1;
        match fate {
            Fate::Closed => {}
            Fate::Left(bound) => left = left.max(bound),
            Fate::Stopped => return false,
            Fate::Split(bound, item, server) => {
                for serves in [false, true] {
                    created += 1;
                    let mut decisions = node.decisions.clone();
                    decisions.push(Decision { item, server, serves });
                    open.push(Open { bound, order: Reverse(created), decisions });
                }
            }
        }
    }
    if left > i64::MIN {
        search.lower_bound(left);
        return false;
    }
    search.lower_bound(i64::MIN);
    true
}

fn visit(search: &mut Search<'_>, master: &mut Master, whole: &Scope, open: &Open) -> Fate {
    let mut scope = whole.clone();
    for decision in &open.decisions {
        if decision.serves {
            scope.decide(search.model, decision.item, decision.server);
        } else {
            scope.exclude(search.model, decision.item, decision.server);
        }
    }
    let known = allowed_columns(search, &scope);
    let _ = master.add(search.model, &search.pool, &known);
    let pool = &search.pool;
    master.restrict(|meaning| scope.allows(pool, meaning));
    let centre = search.duals.as_ref().map(FloatDuals::from_fixed);
    let cutoff = search.objective();
    let node = match solve_node(search, master, &scope, centre, cutoff) {
        Attempt::Done(node) => node,
        Attempt::Infeasible => return Fate::Closed,
        Attempt::Stopped => return Fate::Stopped,
    };
    let bound = search.structure.floor(node.bound).min(open.bound);
    if beaten(search, bound) {
        return Fate::Closed;
    }
    let fractions = Fractions::of(search.model, &search.pool, &node.solution.support);
    if fractions.integral && node.solution.artificial < INTEGRAL {
        let (columns, direct) = integral_plan(search, &node.solution);
        let _ = search.offer(columns, direct);
    } else if search.statistics.nodes.is_multiple_of(DIVE_EVERY) {
        let _ = dive(search, master, &scope, Style::default());
    }
    settle(search, &scope, &node, &fractions, bound)
}

fn beaten(search: &Search<'_>, bound: i64) -> bool {
    search.objective().is_some_and(|value| bound <= value)
}

/// Closes the node by listing, or splits it.
fn settle(
    search: &mut Search<'_>,
    scope: &Scope,
    node: &Node,
    fractions: &Fractions,
    bound: i64,
) -> Fate {
    if search.is_over() {
        return Fate::Stopped;
    }
    if beaten(search, bound) {
        return Fate::Closed;
    }
    let pair = fractions.branching_pair();
    let most = if pair.is_some() { LISTED } else { LISTED_AT_MOST };
    let value = search.objective().unwrap_or(-LOWEST);
    let relaxation = Relaxation::from(node);
    if let Some(candidates) = list_columns(search, scope, &relaxation, value, most) {
        let proven = close(search, candidates, &relaxation, value, NODES);
        if proven <= value || beaten(search, proven) {
            return Fate::Closed;
        }
        if search.must_stop() {
            return Fate::Stopped;
        }
    }
    pair.map_or(Fate::Left(bound), |(item, server)| Fate::Split(bound, item, server))
}

/// Minus this is less than any plan is worth.
const LOWEST: i64 = 1 << 40;
