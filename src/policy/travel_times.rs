//! Trips between the places of a problem: estimated, then replaced by what the dossier knows.

use std::collections::BTreeMap;

use typed_index_collections::TiVec;

use crate::domain::Dossier;
use crate::travel::accuracy::{Accuracy, compare};
use crate::travel::{EstimateFactors, Source, TravelMatrix, Trip};

use super::ids::{PlaceId, UnitId};
use super::places::travel_place;
use super::unit::Unit;

/// The matrix over places, and how far the estimate is from what is known. A place stands where its first unit does. The first row of
/// `trajets.csv` on a pair of places counts; a pair known in one direction alone takes the same
/// value in the other, which is closer to the truth than an estimate.
#[must_use]
pub fn matrix(
    dossier: &Dossier,
    units: &TiVec<UnitId, Unit>,
    places: &TiVec<PlaceId, Vec<UnitId>>,
    factors: &EstimateFactors,
) -> (TravelMatrix, Option<Accuracy>) {
    let points: Vec<_> = places.iter().map(|members| travel_place(&units[members[0]])).collect();
    let estimate = TravelMatrix::estimate(&points, factors);
    let mut matrix = estimate.clone();
    let known = known_trips(dossier, &place_of_ids(dossier, units));
    for (&(from, to), trip) in &known {
        matrix.set(from, to, *trip);
    }
    matrix.mirror();
    let error = compare(&estimate, &matrix);
    (matrix, error)
}

/// Places by UAI (of units and of the rows of networks), and by post through its residence.
fn place_of_ids<'a>(
    dossier: &'a Dossier,
    units: &'a TiVec<UnitId, Unit>,
) -> BTreeMap<&'a str, usize> {
    let mut places: BTreeMap<&str, usize> = BTreeMap::new();
    for unit in units {
        let place = usize::from(unit.place);
        places.insert(&unit.code, place);
        for &row in &unit.rows {
            places.insert(&dossier.establishments[row].uai, place);
        }
    }
    for post in &dossier.posts {
        let place = post.residence.as_deref().and_then(|uai| places.get(uai).copied());
        if let Some(place) = place {
            places.entry(&post.id).or_insert(place);
        }
    }
    places
}

fn known_trips(
    dossier: &Dossier,
    places: &BTreeMap<&str, usize>,
) -> BTreeMap<(usize, usize), Trip> {
    let mut known = BTreeMap::new();
    for trip in &dossier.trips {
        let ends = (places.get(trip.from.as_str()), places.get(trip.to.as_str()));
        if let (Some(&from), Some(&to)) = ends {
            known.entry((from, to)).or_insert(Trip {
                seconds: (trip.minutes * 60.0).round() as u32,
                metres: (trip.km * 1000.0).round() as u32,
                source: if trip.computed { Source::Computed } else { Source::Given },
            });
        }
    }
    known
}
