//! What an assignment costs and brings, level by level (`docs/model.md`, objective).

use std::collections::BTreeMap;

use crate::domain::{HALF_DAY_MINUTES, Presence, TICK_MINUTES};

use super::bareme::ObjectiveLevel;
use super::eligibility::pair_terms;
use super::ids::{PlaceId, PostId, TeamId, UnitId};
use super::places::{travel_ticks, trips_per_cycle};
use super::problem::Problem;
use super::solution::{Server, Solution};

/// Ticks in a step of the time that a member reserves for its pole team: half a half-day.
pub const RESERVE_STEP_TICKS: i64 = HALF_DAY_MINUTES / 2 / TICK_MINUTES;

/// The part of a post's week at one place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlaceVisit {
    /// Place.
    pub place: PlaceId,
    /// Units served there by the post.
    pub units: Vec<UnitId>,
    /// Trips per four weeks.
    pub trips: i64,
    /// Travel a week, ticks; 0 at the seat.
    pub ticks: i64,
    /// Travel per four weeks, metres.
    pub metres_per_cycle: i64,
}

/// The week of a post.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PostScore {
    /// Places visited, in order.
    pub visits: Vec<PlaceVisit>,
    /// Load, travel and reserve included, ticks.
    pub load: i64,
    /// Travel, ticks.
    pub travel: i64,
    /// Metres per four weeks.
    pub metres_per_cycle: i64,
    /// What equity counts.
    pub measure: u32,
    /// What the limits of establishments count.
    pub count: u32,
    /// Penalty of equity, objective units.
    pub penalty: i64,
}

/// The objective, level by level; each is to be maximised.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Score {
    /// Value of the coverage.
    pub coverage: i64,
    /// Less the penalties of equity.
    pub equity: i64,
    /// Less the price of travel.
    pub travel: i64,
    /// Less the price of changes, plus preferences.
    pub stability: i64,
}

impl Score {
    /// The sum of the levels.
    #[must_use]
    pub const fn total(&self) -> i64 {
        self.coverage + self.equity + self.travel + self.stability
    }

    /// One level.
    #[must_use]
    pub const fn level(&self, level: ObjectiveLevel) -> i64 {
        match level {
            ObjectiveLevel::Couverture => self.coverage,
            ObjectiveLevel::Equite => self.equity,
            ObjectiveLevel::Trajet => self.travel,
            ObjectiveLevel::Stabilite => self.stability,
        }
    }
}

/// The score of an assignment.
#[must_use]
pub fn score(problem: &Problem, solution: &Solution) -> Score {
    let mut score = Score::default();
    for post in problem.posts.keys() {
        let week = post_score(problem, solution, post);
        score.equity -= week.penalty;
        score.travel -= travel_price(problem, week.travel);
    }
    for (unit, service) in solution.services.iter_enumerated() {
        score.coverage += solution.option(problem, unit).value;
        let post = match service.server {
            Server::Post(post) => solution.seats[post].map(|seat| (post, seat)),
            Server::Team(team) => {
                score.travel -= travel_price(problem, team_travel(problem, team, unit).0);
                None
            }
            Server::Nobody => None,
        };
        let (preference, change) = match service.server {
            Server::Team(team) => (0, team_changes(problem, team, unit)),
            _ => pair_terms(problem, post, unit),
        };
        score.stability += preference - change_price(problem, change);
    }
    score
}

/// The week of one post; a post without a seat has an empty one.
#[must_use]
pub fn post_score(problem: &Problem, solution: &Solution, post: PostId) -> PostScore {
    let units: Vec<UnitId> = solution.sector(post).collect();
    let visits =
        solution.seats[post].map_or_else(Vec::new, |seat| visits(problem, solution, seat, &units));
    let travel = visits.iter().map(|visit| visit.ticks).sum();
    let served: i64 = units.iter().map(|unit| solution.option(problem, *unit).ticks).sum();
    let measure = units.iter().map(|unit| problem.units[*unit].measure).sum();
    PostScore {
        load: served + travel + solution.reserved[post],
        travel,
        metres_per_cycle: visits.iter().map(|visit| visit.metres_per_cycle).sum(),
        measure,
        count: units.iter().map(|unit| u32::from(problem.units[*unit].count)).sum(),
        penalty: penalty(problem, post, measure),
        visits,
    }
}

/// Penalty of equity of a sector that carries `measure`; none for a post without sector time.
#[must_use]
pub fn penalty(problem: &Problem, post: PostId, measure: u32) -> i64 {
    let who = &problem.posts[post];
    if !who.in_service {
        return 0;
    }
    let excess = (i64::from(measure) - i64::from(who.target)).abs() - i64::from(who.tolerance);
    equity_weight(problem) * excess.max(0)
}

/// Objective units per unit of measure (a tenth of a half-day, or ten pupils).
#[must_use]
pub const fn equity_weight(problem: &Problem) -> i64 {
    (problem.bareme.equite.poids + 5) / 10
}

/// Price of travel ticks.
#[must_use]
pub fn travel_price(problem: &Problem, ticks: i64) -> i64 {
    (problem.bareme.cout_minute_trajet * TICK_MINUTES as f64).round() as i64 * ticks
}

/// Travel of all posts and teams, ticks a week.
#[must_use]
pub fn all_travel(problem: &Problem, solution: &Solution) -> i64 {
    let posts = problem.posts.keys().map(|post| post_score(problem, solution, post).travel);
    let held = solution.services.iter_enumerated().filter_map(|(unit, service)| {
        let Server::Team(team) = service.server else { return None };
        Some(team_travel(problem, team, unit).0)
    });
    posts.chain(held).sum()
}

/// Price of a change of hands.
#[must_use]
pub const fn change_price(problem: &Problem, change: bool) -> i64 {
    if change { problem.bareme.stabilite.cout } else { 0 }
}

/// Travel of a team to a unit that it holds: ticks a week and metres per four weeks, from the
/// member whose fixed seat is nearest; none where no member has one.
#[must_use]
pub fn team_travel(problem: &Problem, team: TeamId, unit: UnitId) -> (i64, i64) {
    let place = problem.units[unit].place;
    let nearest = problem.teams[team]
        .posts
        .iter()
        .filter(|post| problem.posts[**post].has_fixed_seat)
        .filter_map(|post| problem.posts[*post].seats.first())
        .map(|seat| {
            (problem.round_trip_minutes(*seat, place), problem.round_trip_metres(*seat, place))
        })
        .min();
    let trips = problem.bareme.pole.visites_4_semaines;
    nearest.map_or((0, 0), |(minutes, metres)| (travel_ticks(trips, minutes), trips * metres))
}

/// A unit held by a team changes hands unless a member serves it today.
#[must_use]
pub fn team_changes(problem: &Problem, team: TeamId, unit: UnitId) -> bool {
    problem.units[unit].current.as_ref().and_then(Option::as_ref).is_some_and(|today| {
        problem.teams[team].posts.iter().all(|post| problem.posts[*post].id != *today)
    })
}

fn visits(
    problem: &Problem,
    solution: &Solution,
    seat: UnitId,
    units: &[UnitId],
) -> Vec<PlaceVisit> {
    let mut by_place: BTreeMap<PlaceId, Vec<UnitId>> = BTreeMap::new();
    for &unit in units {
        by_place.entry(problem.units[unit].place).or_default().push(unit);
    }
    by_place
        .into_iter()
        .map(|(place, units)| {
            let trips = trips_per_cycle(units.iter().map(|unit| solution.option(problem, *unit)));
            let metres = problem.round_trip_metres(seat, place);
            PlaceVisit {
                place,
                trips,
                ticks: travel_ticks(trips, problem.round_trip_minutes(seat, place)),
                metres_per_cycle: trips * metres,
                units,
            }
        })
        .collect()
}

/// Half-days of permanence a week of a post.
#[must_use]
pub fn presence(problem: &Problem, solution: &Solution, post: PostId) -> Presence {
    Presence(solution.sector(post).map(|unit| solution.option(problem, unit).presence.0).sum())
}
