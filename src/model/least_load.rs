//! The least time that units can take of any posts, trips included: what counting sets against the
//! time of the posts.
//!
//! A trip starts at the residence nearest to the place, whoever may serve it. Where several units
//! share a place, each takes its own share of the trips that they make together: two half-days a
//! trip, which no plan beats (`docs/model.md`, post's week).

use std::collections::BTreeSet;
use std::iter::once;

use typed_index_collections::TiVec;

use crate::policy::eligibility::may_be_held_by_team;
use crate::policy::places::trips_per_cycle;
use crate::policy::{PlaceId, Problem, UnitId, UnitOption};

/// Parts of a tick in which trips are counted: half a trip (`presence` counts quarters, two
/// half-days a trip) of one minute in four weeks of five-minute ticks.
const PARTS: i64 = 40;

/// Least load of each unit, in fortieths of a tick.
#[derive(Debug, Clone)]
pub(super) struct LeastLoads(TiVec<UnitId, i64>);

impl LeastLoads {
    /// Every unit by its lightest option.
    pub fn of(problem: &Problem) -> Self {
        let nearest = nearest_round_trips(problem);
        let lightest = |unit: UnitId| {
            let what = &problem.units[unit];
            let loads = what.options.iter().map(|option| {
                let by_team =
                    !problem.teams.is_empty() && may_be_held_by_team(problem, unit, option);
                let by_post = option.modality.needs_post() && !by_team;
                let minutes = if by_post { nearest[what.place] } else { 0 };
                PARTS * option.ticks + half_trips(problem, what.place, option) * minutes
            });
            loads.min().unwrap_or(0)
        };
        Self(problem.units.keys().map(lightest).collect())
    }

    /// Ticks a week that these units take together at least.
    pub fn ticks(&self, units: impl Iterator<Item = UnitId>) -> i64 {
        units.map(|unit| self.0[unit]).sum::<i64>() / PARTS
    }
}

/// Half trips per four weeks of a unit: all of its own where it is alone in its place, else its
/// share.
fn half_trips(problem: &Problem, place: PlaceId, option: &UnitOption) -> i64 {
    match problem.places[place].len() {
        1 => 2 * trips_per_cycle(once(option)),
        _ => option.presence.0.into(),
    }
}

/// Minutes there and back to each place from the nearest residence that a post in service has or
/// may take; 0 where no post is in service.
fn nearest_round_trips(problem: &Problem) -> TiVec<PlaceId, i64> {
    let posts = problem.posts.iter().filter(|post| post.in_service);
    let seats: BTreeSet<UnitId> = posts.flat_map(|post| &post.seats).copied().collect();
    let nearest = |place: PlaceId| {
        let trips = seats.iter().map(|&seat| problem.round_trip_minutes(seat, place));
        trips.min().unwrap_or(0)
    };
    problem.places.keys().map(nearest).collect()
}
