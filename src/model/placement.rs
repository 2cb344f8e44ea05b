//! From an assignment to the point of the model that stands for it: a start for the solver, and
//! the proof, after a solve, that model and scorecard agree.

use std::collections::BTreeMap;

use crate::policy::places::{travel_ticks, trips_per_cycle};
use crate::policy::scorecard::RESERVE_STEP_TICKS;
use crate::policy::{PostId, Problem, Server, Service, Solution, UnitId, UnitOption};

use super::compact_model::ColumnId;
use super::constraints::Built;
use super::trip_rows::weekly_quarters;
use super::variables::{BlockVariables, SharedTrips};

/// The point of an assignment; `None` where the model has no column for a part of it.
#[must_use]
pub fn point(problem: &Problem, built: &Built, solution: &Solution) -> Option<Vec<i64>> {
    let mut point = vec![0; built.model.columns.len()];
    let holders = holders(built, solution)?;
    let mut placed = 0;
    for (block, holder) in built.variables.blocks.iter().zip(&holders) {
        if let Some(post) = holder {
            placed += set_block(problem, block, solution, *post, &mut point)?;
        }
        for shared in &block.shared {
            set_trips(problem, block, shared, &mut point);
        }
    }
    for way in &built.variables.direct {
        let server = way.team.map_or(Server::Nobody, Server::Team);
        if solution.services[way.unit] == (Service { server, option: way.option }) {
            set(&mut point, way.column, 1);
            placed += 1;
            let item_team = way.team.map(|team| (problem.units[way.unit].item, team));
            if let Some(holds) = item_team.and_then(|key| built.variables.item_teams.get(&key)) {
                set(&mut point, *holds, 1);
            }
        }
    }
    (placed == problem.units.len()).then_some(point)
}

/// The post that holds each block: those of a kind at one seat take its copies in order.
fn holders(built: &Built, solution: &Solution) -> Option<Vec<Option<PostId>>> {
    let mut waiting: BTreeMap<(usize, UnitId), Vec<PostId>> = BTreeMap::new();
    for (kind, posts) in built.variables.kinds.iter().enumerate() {
        for &post in posts.iter().rev() {
            if let Some(seat) = solution.seats[post] {
                waiting.entry((kind, seat)).or_default().push(post);
            }
        }
    }
    let blocks = built.variables.blocks.iter();
    let holders = blocks
        .map(|block| waiting.get_mut(&(block.block.kind, block.block.seat)).and_then(Vec::pop))
        .collect();
    waiting.values().all(Vec::is_empty).then_some(holders)
}

/// Sets the columns of a block and returns the number of units that it serves.
fn set_block(
    problem: &Problem,
    block: &BlockVariables,
    solution: &Solution,
    post: PostId,
    point: &mut [i64],
) -> Option<usize> {
    let mut served = 0;
    let mut measure = 0;
    for unit in solution.sector(post) {
        let option = solution.services[unit].option;
        let serve = block.of_unit(unit).iter().find(|serve| serve.option == option)?;
        set(point, serve.column, 1);
        measure += i64::from(problem.units[unit].measure);
        served += 1;
    }
    if let Some(open) = block.open {
        set(point, open, 1);
    }
    if let Some(outside) = block.outside {
        let who = &problem.posts[post];
        let excess = (measure - i64::from(who.target)).abs() - i64::from(who.tolerance);
        set(point, outside, excess.max(0));
    }
    match block.reserve {
        Some(steps) => set(point, steps, solution.reserved[post] / RESERVE_STEP_TICKS),
        None if solution.reserved[post] > 0 => return None,
        None => {}
    }
    Some(served)
}

fn set_trips(problem: &Problem, block: &BlockVariables, shared: &SharedTrips, point: &mut [i64]) {
    let serves: Vec<_> = shared.serves.iter().map(|index| &block.serves[*index]).collect();
    let taken: Vec<&UnitOption> = serves
        .iter()
        .filter(|serve| point[usize::from(serve.column)] > 0)
        .map(|serve| &problem.units[serve.unit].options[serve.option])
        .collect();
    let trips = trips_per_cycle(taken.iter().copied());
    let weekly: i64 = taken.iter().map(|option| weekly_quarters(option)).sum();
    let pairs = (weekly + 7) / 8;
    set(point, shared.trips, trips);
    set(point, shared.pairs, pairs);
    set(point, shared.ticks, travel_ticks(trips, shared.minutes));
    let mut units: Vec<UnitId> = serves.iter().map(|serve| serve.unit).collect();
    units.dedup();
    let visits = |unit: UnitId| {
        let of_unit = serves.iter().filter(|serve| serve.unit == unit);
        of_unit
            .filter(|serve| point[usize::from(serve.column)] > 0)
            .map(|serve| problem.units[unit].options[serve.option].visits)
            .sum::<i64>()
    };
    // The terms of the maximum, in the order of `attained`; the last holds where no other does.
    let terms: Vec<i64> = units.into_iter().map(visits).chain([4 * pairs]).collect();
    let attained = terms.iter().position(|term| *term == trips).unwrap_or(terms.len());
    if let Some(&term) = shared.attained.get(attained) {
        set(point, term, 1);
    }
}

fn set(point: &mut [i64], column: ColumnId, value: i64) {
    point[usize::from(column)] = value;
}
