//! The ways to serve a cluster of units, seat apart.
//!
//! A *cluster* is a connected set of units that share a place or an item: what one multiple-choice
//! class stands for. A *profile* says which of its units are served and at which options; travel
//! enters only through the trips to each place, so that the profiles that no seat could prefer
//! are dropped once for all seats: same items, no fewer trips anywhere, no less time, no more value.

use std::collections::BTreeMap;

use typed_index_collections::TiVec;

use crate::policy::places::trips_per_cycle;
use crate::policy::{ItemId, PlaceId, Problem, UnitId};

/// Units that share a place or an item, directly or through others.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cluster {
    /// Units, in order.
    pub units: Vec<UnitId>,
    /// Items, in order.
    pub items: Vec<ItemId>,
}

/// One way to serve some items of a cluster by one post.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Profile {
    /// Items served whole, in order.
    pub items: Vec<ItemId>,
    /// Units of these items with the index of their option, in order.
    pub services: Vec<(UnitId, usize)>,
    /// Trips per four weeks to each place, in order.
    pub trips: Vec<(PlaceId, i64)>,
    /// Load without travel, ticks.
    pub ticks: i64,
    /// Value, objective units.
    pub value: i64,
}

/// Options that a post may use, by unit of a cluster.
pub type AllowedOptions = Vec<(UnitId, Vec<usize>)>;

/// The clusters of a problem, by their first unit.
#[must_use]
pub fn clusters(problem: &Problem) -> Vec<Cluster> {
    let mut label: TiVec<UnitId, UnitId> = problem.units.keys().collect();
    let groups = problem.items.iter().chain(problem.places.iter());
    for group in groups {
        for pair in group.windows(2) {
            let (kept, replaced) =
                (label[pair[0]].min(label[pair[1]]), label[pair[0]].max(label[pair[1]]));
            for entry in label.iter_mut().filter(|entry| **entry == replaced) {
                *entry = kept;
            }
        }
    }
    let mut by_label: BTreeMap<UnitId, Cluster> = BTreeMap::new();
    for (unit, root) in label.iter_enumerated() {
        let cluster = by_label
            .entry(*root)
            .or_insert_with(|| Cluster { units: Vec::new(), items: Vec::new() });
        cluster.units.push(unit);
        let item = problem.units[unit].item;
        if !cluster.items.contains(&item) {
            cluster.items.push(item);
        }
    }
    by_label.into_values().collect()
}

/// All profiles of a cluster under these allowed options, sorted; `every` keeps those that no seat
/// could prefer.
#[must_use]
pub fn profiles(
    problem: &Problem,
    cluster: &Cluster,
    allowed: &AllowedOptions,
    every: bool,
) -> Vec<Profile> {
    let empty = Partial { items: Vec::new(), services: Vec::new(), ticks: 0, value: 0 };
    let mut partials = vec![empty];
    for &item in &cluster.items {
        let mut grown = partials.clone();
        let mut with_item = partials;
        for partial in &mut with_item {
            partial.items.push(item);
        }
        for &unit in &problem.items[item] {
            let options = allowed.iter().find(|(id, _)| *id == unit).map_or(&[][..], |(_, o)| o);
            with_item = serve(problem, &with_item, unit, options);
            if !every {
                with_item = undominated(problem, with_item);
            }
        }
        grown.append(&mut with_item);
        partials = grown;
    }
    let mut finished: Vec<Profile> = partials
        .into_iter()
        .filter(|partial| !partial.items.is_empty())
        .map(|partial| partial.finish(problem))
        .collect();
    finished.sort_unstable();
    finished
}

/// By place: the most visits, the weekly presences and all presences.
type Footprint = Vec<(PlaceId, [i64; 3])>;

#[derive(Debug, Clone)]
struct Partial {
    items: Vec<ItemId>,
    services: Vec<(UnitId, usize)>,
    ticks: i64,
    value: i64,
}

impl Partial {
    /// What decides trips later. Fewer of each never costs more.
    fn footprint(&self, problem: &Problem) -> Footprint {
        let mut by_place: BTreeMap<PlaceId, [i64; 3]> = BTreeMap::new();
        for &(unit, option) in &self.services {
            let option = &problem.units[unit].options[option];
            let entry = by_place.entry(problem.units[unit].place).or_default();
            let quarters = i64::from(option.presence.0);
            entry[0] = entry[0].max(option.visits);
            entry[1] += if quarters >= 4 { quarters } else { 0 };
            entry[2] += quarters;
        }
        by_place.into_iter().collect()
    }

    fn finish(mut self, problem: &Problem) -> Profile {
        self.services.sort_unstable();
        let mut by_place: BTreeMap<PlaceId, Vec<(UnitId, usize)>> = BTreeMap::new();
        for &(unit, option) in &self.services {
            by_place.entry(problem.units[unit].place).or_default().push((unit, option));
        }
        let trips = by_place
            .into_iter()
            .map(|(place, served)| {
                let options =
                    served.iter().map(|(unit, option)| &problem.units[*unit].options[*option]);
                (place, trips_per_cycle(options))
            })
            .collect();
        Profile {
            items: self.items,
            services: self.services,
            trips,
            ticks: self.ticks,
            value: self.value,
        }
    }
}

fn serve(problem: &Problem, partials: &[Partial], unit: UnitId, options: &[usize]) -> Vec<Partial> {
    let mut served = Vec::with_capacity(partials.len() * options.len());
    for partial in partials {
        for &index in options {
            let option = &problem.units[unit].options[index];
            let mut next = partial.clone();
            next.services.push((unit, index));
            next.ticks += option.ticks;
            next.value += option.value;
            served.push(next);
        }
    }
    served
}

/// Drops what another partial of the same items beats in every respect; the first of equals stays.
/// A smallest load makes lighter no better: then only the same load and trips compare.
fn undominated(problem: &Problem, partials: Vec<Partial>) -> Vec<Partial> {
    let mut order: Vec<(Partial, Footprint)> = partials
        .into_iter()
        .map(|partial| {
            let footprint = partial.footprint(problem);
            (partial, footprint)
        })
        .collect();
    order.sort_by(|(a, _), (b, _)| {
        (&a.items, a.ticks, -a.value, &a.services).cmp(&(&b.items, b.ticks, -b.value, &b.services))
    });
    let mut kept: Vec<(Partial, Footprint)> = Vec::new();
    for (partial, footprint) in order {
        let beaten = kept.iter().any(|(other, other_footprint)| {
            other.items == partial.items
                && other.value >= partial.value
                && if problem.bareme.limites.charge_min > 0.0 {
                    other.ticks == partial.ticks && *other_footprint == footprint
                } else {
                    other.ticks <= partial.ticks && is_within(other_footprint, &footprint)
                }
        });
        if !beaten {
            kept.push((partial, footprint));
        }
    }
    kept.into_iter().map(|(partial, _)| partial).collect()
}

/// Whether trips to the same places are no more, whatever else is served there.
fn is_within(one: &Footprint, other: &Footprint) -> bool {
    one.iter().zip(other).all(|((_, a), (_, b))| a.iter().zip(b).all(|(a, b)| a <= b))
}
