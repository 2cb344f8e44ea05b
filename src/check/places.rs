//! Places, and the trips between them: estimated, or given by `trajets.csv`.

use std::collections::BTreeMap;

use crate::domain::{Dossier, EstimateError, TravelSources};
use crate::travel::{EstimateFactors, Place};

use super::units::Unit;

/// A row of `trajets.csv`.
struct Given {
    seconds: u32,
    metres: u32,
    computed: bool,
}

/// Places of the units and one-way trips between places.
pub(super) struct Places<'a> {
    /// Place of each unit.
    pub of_unit: Vec<usize>,
    /// Where each place stands: where its first unit does.
    stands: Vec<Place>,
    /// Rows of `trajets.csv`, by ordered pair of places.
    given: BTreeMap<(usize, usize), Given>,
    factors: &'a EstimateFactors,
}

impl<'a> Places<'a> {
    pub(super) fn of(
        units: &[Unit],
        same_place_m: f64,
        dossier: &Dossier,
        factors: &'a EstimateFactors,
    ) -> Self {
        let points: Vec<Place> = units.iter().map(point).collect();
        let of_unit = clusters(units, &points, same_place_m);
        let count = of_unit.iter().max().map_or(0, |last| last + 1);
        let stands = (0..count)
            .map(|place| {
                let first = of_unit.iter().position(|&other| other == place);
                points[first.expect("a place has a unit")].clone()
            })
            .collect();
        let given = given_trips(dossier, units, &of_unit);
        Self { of_unit, stands, given, factors }
    }

    /// One way in seconds and metres.
    pub(super) fn one_way(&self, from: usize, to: usize) -> (u32, u32) {
        if from == to {
            return (0, 0);
        }
        let known = self.given.get(&(from, to)).or_else(|| self.given.get(&(to, from)));
        known.map_or_else(|| self.estimate(from, to), |given| (given.seconds, given.metres))
    }

    fn estimate(&self, from: usize, to: usize) -> (u32, u32) {
        let trip = self.factors.trip(&self.stands[from], &self.stands[to]);
        (trip.seconds, trip.metres)
    }

    /// There and back: whole minutes, rounded up, and metres.
    pub(super) fn round_trip(&self, from: usize, to: usize) -> (i64, i64) {
        let (out, back) = (self.one_way(from, to), self.one_way(to, from));
        let seconds = i64::from(out.0) + i64::from(back.0);
        ((seconds + 59) / 60, i64::from(out.1) + i64::from(back.1))
    }

    /// Ordered pairs of distinct places by source, and the error of the estimate where it can be
    /// judged: `docs/model.md`, "Indicators".
    pub(super) fn sources(&self) -> TravelSources {
        let mut sources = TravelSources::default();
        let count = self.stands.len();
        for from in 0..count {
            for to in (0..count).filter(|to| *to != from) {
                match (self.given.get(&(from, to)), self.given.get(&(to, from))) {
                    (Some(row), _) if row.computed => sources.calcules += 1,
                    (Some(_), _) => sources.fournis += 1,
                    (None, Some(_)) => sources.repris += 1,
                    (None, None) => {
                        sources.estimes += 1;
                        // No metre by car: one walks.
                        sources.manquants += u64::from(self.estimate(from, to).1 > 0);
                    }
                }
            }
        }
        sources.erreur_estimation = self.estimate_error();
        sources
    }

    fn estimate_error(&self) -> Option<EstimateError> {
        let timed = self.given.iter().filter(|((from, to), row)| from != to && row.seconds > 0);
        let mut signed: Vec<f64> = timed
            .map(|(&(from, to), row)| {
                let real = f64::from(row.seconds);
                (f64::from(self.estimate(from, to).0) - real) / real
            })
            .collect();
        let mut sizes: Vec<f64> = signed.iter().map(|difference| difference.abs()).collect();
        signed.sort_by(f64::total_cmp);
        sizes.sort_by(f64::total_cmp);
        // Ranks from 1: the first that leaves at most half, or a tenth, of the pairs above it.
        let half = signed.len().div_ceil(2);
        let nine_tenths = (9 * signed.len()).div_ceil(10);
        Some(EstimateError {
            couples: signed.len() as u64,
            mediane: *sizes.get(half.checked_sub(1)?)?,
            p90: *sizes.get(nine_tenths - 1)?,
            biais: signed[half - 1],
        })
    }
}

fn point(unit: &Unit) -> Place {
    Place {
        id: unit.code.clone(),
        latitude: unit.latitude,
        longitude: unit.longitude,
        rural_class: unit.rural_class,
    }
}

/// Single linkage by spreading labels until nothing moves; labels in the order of first units.
fn clusters(units: &[Unit], points: &[Place], same_place_m: f64) -> Vec<usize> {
    let together = |a: usize, b: usize| {
        units[a].code == units[b].code
            || !units[a].is_first_degree()
                && !units[b].is_first_degree()
                && points[a].distance_m(&points[b]) <= same_place_m
    };
    let mut label: Vec<usize> = (0..units.len()).collect();
    let mut moved = true;
    while moved {
        moved = false;
        for a in 0..units.len() {
            for b in 0..units.len() {
                if label[b] < label[a] && together(a, b) {
                    label[a] = label[b];
                    moved = true;
                }
            }
        }
    }
    let mut firsts: Vec<usize> = label.clone();
    firsts.sort_unstable();
    firsts.dedup();
    label
        .iter()
        .map(|first| firsts.binary_search(first).expect("every label is in the list"))
        .collect()
}

fn given_trips(
    dossier: &Dossier,
    units: &[Unit],
    of_unit: &[usize],
) -> BTreeMap<(usize, usize), Given> {
    let place_of_code = |code: &str| {
        units.iter().position(|unit| unit.bears(dossier, code)).map(|unit| of_unit[unit])
    };
    let place_of = |end: &str| {
        place_of_code(end).or_else(|| {
            let post = dossier.posts.iter().find(|post| post.id == end)?;
            place_of_code(post.residence.as_deref()?)
        })
    };
    let mut given = BTreeMap::new();
    for trip in &dossier.trips {
        if let (Some(from), Some(to)) = (place_of(&trip.from), place_of(&trip.to)) {
            let seconds = (trip.minutes * 60.0).round() as u32;
            let metres = (trip.km * 1000.0).round() as u32;
            let computed = trip.computed;
            given.entry((from, to)).or_insert(Given { seconds, metres, computed });
        }
    }
    given
}
