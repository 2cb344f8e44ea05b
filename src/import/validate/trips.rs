//! Trips: between places of the dossier, in a time and over a length that a car may have.

use std::collections::{BTreeMap, BTreeSet};

use crate::domain::Trip;
use crate::import::dossier::Draft;
use crate::import::error::{Code, Diagnostic};
use crate::import::trip_ends::TripEnds;
use crate::travel::plausibility::{Why, asymmetry_fault, length_fault, time_fault};

/// Checks `trajets.csv`; values that could not be read are NaN, and told elsewhere.
pub fn check(draft: &Draft, report: &mut Vec<Diagnostic>) {
    let ends = ends(draft);
    check_ends(draft, &ends, report);
    check_values(draft, &ends, report);
    check_ways_back(draft, &ends, report);
}

/// The trips between places and posts of the dossier.
pub fn known_trips(draft: &Draft) -> Vec<Trip> {
    let ends = ends(draft);
    let known = |trip: &&Trip| ends.rows(&trip.from).is_some() && ends.rows(&trip.to).is_some();
    draft.trips.values.iter().filter(known).cloned().collect()
}

/// Cause and action of a value that no trip can have; `other` tells where the way back stands.
pub fn implausible(
    ends: &TripEnds,
    from: &str,
    to: &str,
    why: &Why,
    other: &str,
) -> (String, &'static str) {
    let cause = format!("De {} à {} : {why}{other}.", ends.named(from), ends.named(to));
    (cause, why.action())
}

fn ends(draft: &Draft) -> TripEnds<'_> {
    TripEnds::of(&draft.establishments.values, &draft.posts.values)
}

/// One warning per unknown place: a matrix names it on hundreds of rows.
fn check_ends(draft: &Draft, ends: &TripEnds, report: &mut Vec<Diagnostic>) {
    let mut told = BTreeSet::new();
    for (index, trip) in draft.trips.values.iter().enumerate() {
        for (column, code) in [("origine", &trip.from), ("destination", &trip.to)] {
            if !code.is_empty() && ends.rows(code).is_none() && told.insert(code) {
                let (cause, action) = unknown_end(code);
                report.push(draft.trips.fault(index, column, Code::UnknownTripEnd, cause, action));
            }
        }
    }
}

/// Cause and action of an end that the dossier does not have.
pub fn unknown_end(code: &str) -> (String, &'static str) {
    let cause = format!(
        "{code} n'est ni un établissement ni un poste du dossier : ses trajets ne servent pas."
    );
    (cause, "Rien à faire s'il a fermé ; sinon, vérifiez le numéro.")
}

fn check_values(draft: &Draft, ends: &TripEnds, report: &mut Vec<Diagnostic>) {
    for (index, trip) in draft.trips.values.iter().enumerate() {
        let Some(direct_m) = direct_m(ends, trip) else { continue };
        let (seconds, metres) = way(trip);
        let faults = [
            ("minutes", time_fault(seconds, metres, direct_m)),
            ("km", metres.and_then(|metres| length_fault(metres, direct_m))),
        ];
        for (column, why) in faults {
            let Some(why) = why else { continue };
            let (cause, action) = implausible(ends, &trip.from, &trip.to, &why, "");
            report.push(draft.trips.fault(index, column, Code::ImplausibleTrip, cause, action));
        }
    }
}

/// Great-circle metres between distinct places of the dossier.
fn direct_m(ends: &TripEnds, trip: &Trip) -> Option<f64> {
    ends.distance_m(ends.rows(&trip.from)?, ends.rows(&trip.to)?)
}

/// Seconds, and metres where they could be read.
fn way(trip: &Trip) -> (f64, Option<f64>) {
    (trip.minutes * 60.0, Some(trip.km * 1000.0).filter(|metres| metres.is_finite()))
}

/// Where both ways are given: one that is given alone stands for the other.
fn check_ways_back(draft: &Draft, ends: &TripEnds, report: &mut Vec<Diagnostic>) {
    let mut known: BTreeMap<(usize, usize), (usize, &Trip)> = BTreeMap::new();
    for (index, trip) in draft.trips.values.iter().enumerate() {
        let first = |id: &str| ends.rows(id)?.first().copied();
        if let (Some(from), Some(to)) = (first(&trip.from), first(&trip.to)) {
            known.entry((from, to)).or_insert((index, trip));
        }
    }
    for (&(from, to), (index, trip)) in known.iter().filter(|((from, to), _)| from != to) {
        let Some((other, back)) = known.get(&(to, from)) else { continue };
        let Some(direct_m) = direct_m(ends, trip) else { continue };
        if let Some(why) = asymmetry_fault(way(trip), way(back), direct_m) {
            let line = draft.trips.line(*other);
            let other = format!(" (de {} à {}, ligne {line})", back.from, back.to);
            let (cause, action) = implausible(ends, &trip.from, &trip.to, &why, &other);
            report.push(draft.trips.fault(*index, "minutes", Code::ImplausibleTrip, cause, action));
        }
    }
}
