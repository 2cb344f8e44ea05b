//! A better plan near the one known: what it shares with the strengthened relaxation stays, the rest
//! is an exact choice of its own.
//!
//! # Formulation
//!
//! An item that the plan and the relaxation give to the same server, by a share of at least
//! `agreed`, keeps it. The columns that obey are so few that a small tree over them, with its own
//! cuts, is often decided in a moment, where a dive follows the relaxation alone. A share above one
//! half would leave more open, but too much for so small a tree (measured: seconds without a better
//! plan). Where seats are to choose, servers agree too rarely for it to pay.
//!
//! # Source
//!
//! Danna, Rothberg and Le Pape (2005), Mathematical Programming 102 (relaxation induced
//! neighbourhoods).

use super::super::fractions::Server;
use super::super::search::Search;
use super::super::sector_model::Item;
use super::frontier::Frontier;
use super::node::{Fractional, Question};
use super::restricted::Restricted;

/// Shares from which on both agree, from a narrow choice to a wide one.
const AGREED: [f64; 2] = [0.2, 0.5];
/// Nodes of each choice.
const NODES: u64 = 20;

/// Seeks a plan better than the incumbent among the columns alive in a solution; `top` is known to
/// bound them.
pub fn near_incumbent<'m>(
    search: &mut Search<'m>,
    known: &Restricted<'m>,
    at: &Fractional,
    top: i64,
) {
    let mut size = 0;
    for agreed in AGREED {
        let Some(value) = search.objective().filter(|_| !search.is_over()) else { return };
        let alive = obeying(search, known, at, agreed);
        if alive.len() == size {
            continue;
        }
        size = alive.len();
        let candidates = known.columns.candidates(&alive);
        let mut own = Restricted::new(search);
        let mut frontier = Frontier::new(&mut own, candidates, (value, top));
        let _ = frontier.explore(search, &mut own, NODES);
    }
}

/// The columns alive that give every item on which both agree to its server.
fn obeying(search: &Search<'_>, known: &Restricted<'_>, at: &Fractional, agreed: f64) -> Vec<u32> {
    let kept: Vec<Question> = served(search)
        .into_iter()
        .filter(|pair| at.fractions.shares.get(pair).is_some_and(|share| *share >= agreed))
        .map(|(item, server)| Question::Pair(item, server))
        .collect();
    let obeys = |index: &u32| kept.iter().all(|it| known.columns.keeps(*index, *it, true));
    at.alive.iter().copied().filter(obeys).collect()
}

/// Who serves each item in the incumbent.
fn served(search: &Search<'_>) -> Vec<(Item, Server)> {
    let Some(plan) = &search.incumbent else { return Vec::new() };
    let sectors = plan.columns.iter().flat_map(|column| {
        let items = search.model.value(column.clone()).items;
        items.into_iter().map(|item| (item, Server::Block(column.block)))
    });
    let direct = plan.direct.iter().flat_map(|&index| {
        let items = &search.model.direct[index as usize].items;
        items.iter().map(|&item| (item, Server::Direct))
    });
    sectors.chain(direct).collect()
}
