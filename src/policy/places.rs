//! Places: units a few steps apart, which share their trips (`docs/model.md`, sets).

use typed_index_collections::TiVec;

use crate::domain::Modality;
use crate::travel::Place as TravelPlace;

use super::ids::{PlaceId, UnitId};
use super::modality_options::UnitOption;
use super::unit::Unit;

/// Gives every unit its place and returns the units of each place.
pub fn assign_places(
    units: &mut TiVec<UnitId, Unit>,
    same_place_metres: f64,
) -> TiVec<PlaceId, Vec<UnitId>> {
    let points: TiVec<UnitId, TravelPlace> = units.iter().map(travel_place).collect();
    let mut places: TiVec<PlaceId, Vec<UnitId>> = TiVec::new();
    for id in points.keys() {
        let near = |other: &UnitId| {
            units[id].code == units[*other].code
                || !units[id].is_first_degree()
                    && !units[*other].is_first_degree()
                    && points[id].distance_m(&points[*other]) <= same_place_metres
        };
        let joined: Vec<PlaceId> = places
            .iter_enumerated()
            .filter(|(_, members)| members.iter().any(near))
            .map(|(place, _)| place)
            .collect();
        match joined.split_first() {
            None => places.push(vec![id]),
            Some((&first, others)) => {
                places[first].push(id);
                for &other in others.iter().rev() {
                    let moved = places.remove(other);
                    places[first].extend(moved);
                }
                places[first].sort_unstable();
            }
        }
    }
    for (place, members) in places.iter_enumerated() {
        for &unit in members {
            units[unit].place = place;
        }
    }
    places
}

/// The point from which trips of a unit are counted.
#[must_use]
pub fn travel_place(unit: &Unit) -> TravelPlace {
    TravelPlace {
        id: unit.code.clone(),
        latitude: unit.latitude,
        longitude: unit.longitude,
        rural_class: unit.rural_class,
    }
}

/// Trips per four weeks of one post to a place where it serves units by these options: the most
/// that one unit needs, the half-days of weekly permanences two a trip, and all presences two a
/// trip (`docs/model.md`, post's week).
#[must_use]
pub fn trips_per_cycle<'a>(served: impl Iterator<Item = &'a UnitOption> + Clone) -> i64 {
    let most = served.clone().map(|option| option.visits).max().unwrap_or(0);
    let weekly: i64 = served
        .clone()
        .filter(|option| option.modality == Modality::Permanence && option.presence.0 >= 4)
        .map(|option| i64::from(option.presence.0))
        .sum();
    let quarters: i64 = served.map(|option| i64::from(option.presence.0)).sum();
    most.max(4 * ((weekly + 7) / 8)).max((quarters + 1) / 2)
}

/// Ticks of travel a week for `trips` per four weeks of `round_trip_minutes` each.
#[must_use]
pub const fn travel_ticks(trips: i64, round_trip_minutes: i64) -> i64 {
    (trips * round_trip_minutes + 19) / 20
}
