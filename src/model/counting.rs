//! Proofs by counting that no plan exists: services that take more time than all posts have, or
//! that need more places than all posts offer. No model is asked.

use std::collections::BTreeMap;

use crate::domain::Modality;
use crate::policy::{ItemId, Problem, Unit};

use super::demand::Demand;
use super::least_load::LeastLoads;

/// Ticks that services take at least beyond what all posts have, trips from the nearest residence
/// included.
#[must_use]
pub fn lacking_time(problem: &Problem) -> i64 {
    LeastLoads::of(problem).ticks(problem.units.keys()) - total_capacity(problem)
}

pub(super) fn total_capacity(problem: &Problem) -> i64 {
    problem.posts.iter().map(|post| post.capacity).sum()
}

/// The fewest demands that counting time proves to conflict: the services that take most, with the
/// decisions on them, against the time of all posts; `None` where there is time.
pub(super) fn overload(problem: &Problem, all: &[Demand]) -> Option<Vec<Demand>> {
    let capacity = total_capacity(problem);
    let loads = LeastLoads::of(problem);
    let load = |item: &ItemId| loads.ticks(problem.items[*item].iter().copied());
    let mut items: Vec<ItemId> = problem.items.keys().collect();
    items.sort_by_key(|item| std::cmp::Reverse(load(item)));
    let mut taken = 0;
    // Rounding down item by item only misses proofs by a few minutes.
    let few = items.iter().position(|item| {
        taken += load(item);
        taken > capacity
    })?;
    Some(against(problem, all, &items[..=few], |demand| matches!(demand, Demand::Capacity(_))))
}

/// The same for places: services that only a post can give, or an adviser as far as references
/// go, against the establishments that all posts may have.
pub(super) fn overcrowding(problem: &Problem, all: &[Demand]) -> Option<Vec<Demand>> {
    let places = offered_places(problem);
    let mut items: Vec<ItemId> = problem.items.keys().collect();
    let may_be_referred = |item: &ItemId| {
        problem.items[*item].iter().any(|unit| has(&problem.units[*unit], Modality::Reference))
    };
    items.sort_by_key(may_be_referred);
    let few = (1..=items.len()).find(|few| needed_places(problem, &items[..*few]) > places)?;
    let limits =
        |demand: &Demand| matches!(demand, Demand::Establishments(_) | Demand::References(_));
    Some(against(problem, all, &items[..few], limits))
}

/// These services and what decides of them, with the demands that limit.
fn against(
    problem: &Problem,
    all: &[Demand],
    items: &[ItemId],
    limits: impl Fn(&Demand) -> bool,
) -> Vec<Demand> {
    let is_of_items = |index: &usize| {
        let uai = &problem.dossier.decisions[*index].uai;
        let mut units = items.iter().flat_map(|item| &problem.items[*item]);
        units.any(|unit| problem.units[*unit].code == *uai)
    };
    let kept = |demand: &&Demand| match demand {
        Demand::Service(item) => items.contains(item),
        Demand::Decision(index) => is_of_items(index),
        _ => limits(demand),
    };
    all.iter().filter(kept).copied().collect()
}

/// Establishments that all posts may have.
pub(super) fn offered_places(problem: &Problem) -> i64 {
    let in_service = problem.posts.iter().filter(|post| post.in_service);
    in_service.map(|post| i64::from(post.max_establishments)).sum()
}

/// Places of posts that these items need at least: what no adviser, team or advice may serve. An
/// adviser takes the most that a bassin's references allow.
pub(super) fn needed_places(problem: &Problem, items: &[ItemId]) -> i64 {
    let mut needed = 0;
    let mut referred: BTreeMap<&str, Vec<i64>> = BTreeMap::new();
    let units = items.iter().flat_map(|item| &problem.items[*item]);
    for unit in units.map(|unit| &problem.units[*unit]) {
        let by_team = !problem.teams.is_empty() && has(unit, Modality::Pole);
        if has(unit, Modality::Conseil) || by_team {
            continue;
        }
        needed += i64::from(unit.count);
        if has(unit, Modality::Reference) {
            referred.entry(&unit.bassin).or_default().push(unit.count.into());
        }
    }
    for (bassin, mut counts) in referred {
        counts.sort_unstable_by(|a, b| b.cmp(a));
        needed -= counts.into_iter().take(references(problem, bassin)).sum::<i64>();
    }
    needed
}

/// Places of reference of a bassin.
fn references(problem: &Problem, bassin: &str) -> usize {
    let of_bassin = problem.supervisions.iter().filter(|it| it.bassin == bassin);
    of_bassin.map(|it| usize::try_from(it.capacity).unwrap_or(0)).sum()
}

fn has(unit: &Unit, modality: Modality) -> bool {
    unit.options.iter().any(|option| option.modality == modality)
}
