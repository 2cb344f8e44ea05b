//! The problem: a dossier under a bareme, indexed and immutable. What a plan is found from.

use std::collections::BTreeMap;

use typed_index_collections::TiVec;

use crate::domain::{Dossier, Field};
use crate::travel::accuracy::Accuracy;
use crate::travel::{EstimateFactors, TravelMatrix};

use super::bareme::Bareme;
use super::ids::{ItemId, PlaceId, PostId, TeamId, UnitId};
use super::post_week::{ProblemPost, problem_post};
use super::unit::{Unit, units};
use super::{items, places, travel_times};

/// A team that holds a pole (`docs/model.md`, H12).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Team {
    /// Name of the pole.
    pub id: String,
    /// Members in service.
    pub posts: Vec<PostId>,
}

/// Places of reference of a bassin (H8).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Supervision {
    /// Bassin.
    pub bassin: String,
    /// Establishments that its advisers may supervise.
    pub capacity: i64,
}

/// Everything that a rule needs, by index.
#[derive(Debug, Clone)]
pub struct Problem {
    /// The input, for names and decisions.
    pub dossier: Dossier,
    /// The numbers.
    pub bareme: Bareme,
    /// Units to serve.
    pub units: TiVec<UnitId, Unit>,
    /// Units that stay together; every unit has one item.
    pub items: TiVec<ItemId, Vec<UnitId>>,
    /// Units that share trips; every unit has one place.
    pub places: TiVec<PlaceId, Vec<UnitId>>,
    /// Posts, in the order of the dossier.
    pub posts: TiVec<PostId, ProblemPost>,
    /// Pole teams.
    pub teams: TiVec<TeamId, Team>,
    /// Places of reference, by bassin in alphabetical order.
    pub supervisions: Vec<Supervision>,
    /// Trips between places.
    pub matrix: TravelMatrix,
    /// The estimate against the trips that the dossier knows, when it knows some.
    pub estimate_error: Option<Accuracy>,
    /// Fixed posts based at each unit that they must serve (H3); by first part.
    pub residents: BTreeMap<UnitId, Vec<PostId>>,
}

impl Problem {
    /// Builds the problem of a dossier.
    #[must_use]
    pub fn new(dossier: Dossier, bareme: Bareme, factors: &EstimateFactors) -> Self {
        let mut units = units(&dossier, &bareme);
        let places = places::assign_places(&mut units, bareme.meme_lieu_metres);
        let items = items::assign_items(&mut units, &dossier, &bareme);
        let (matrix, estimate_error) = travel_times::matrix(&dossier, &units, &places, factors);
        let posts = dossier.posts.iter().map(|post| problem_post(post, &bareme)).collect();
        let mut problem = Self {
            supervisions: supervisions(&dossier),
            dossier,
            bareme,
            units,
            items,
            places,
            posts,
            teams: TiVec::new(),
            matrix,
            estimate_error,
            residents: BTreeMap::new(),
        };
        problem.assign_seats();
        problem.assign_teams();
        problem.assign_targets();
        problem
    }

    /// The post of this identifier.
    #[must_use]
    pub fn post_by_id(&self, id: &str) -> Option<PostId> {
        self.posts.position(|post| post.id == id)
    }

    /// The units (several for parts) that a row of the dossier belongs to.
    pub fn units_of_row(&self, row: usize) -> impl Iterator<Item = UnitId> + '_ {
        self.units
            .iter_enumerated()
            .filter(move |(_, unit)| unit.rows.contains(&row))
            .map(|(id, _)| id)
    }

    /// All parts of the unit to which `unit` belongs, itself included; they stand in a row.
    pub fn parts_of(&self, unit: UnitId) -> impl ExactSizeIterator<Item = UnitId> + use<> {
        let (part, parts) = self.units[unit].part.unwrap_or((1, 1));
        let first = usize::from(unit) + 1 - usize::from(part);
        (first..first + usize::from(parts)).map(UnitId)
    }

    /// Minutes there and back from the place of a seat to a place, rounded up; 0 at the seat.
    #[must_use]
    pub fn round_trip_minutes(&self, seat: UnitId, place: PlaceId) -> i64 {
        let seconds = self.matrix.round_trip_seconds(self.units[seat].place.into(), place.into());
        i64::from(seconds.div_ceil(60))
    }

    /// Metres there and back.
    #[must_use]
    pub fn round_trip_metres(&self, seat: UnitId, place: PlaceId) -> i64 {
        i64::from(self.matrix.round_trip_metres(self.units[seat].place.into(), place.into()))
    }

    /// Minutes one way.
    #[must_use]
    pub fn one_way_minutes(&self, seat: UnitId, place: PlaceId) -> f64 {
        self.matrix.minutes(self.units[seat].place.into(), place.into())
    }

    /// Index of the supervision of a bassin.
    #[must_use]
    pub fn supervision_of(&self, bassin: &str) -> Option<usize> {
        self.supervisions.iter().position(|supervision| supervision.bassin == bassin)
    }

    fn assign_seats(&mut self) {
        for id in self.posts.keys().collect::<Vec<_>>() {
            let seats = match &self.dossier.posts[usize::from(id)].residence {
                Some(uai) => self.fixed_seat(uai).into_iter().collect(),
                None => self.candidate_seats(id),
            };
            let post = &mut self.posts[id];
            post.seats = seats;
            let fixed = post.in_service && post.has_fixed_seat;
            if let Some(&seat) = post.seats.first().filter(|_| fixed)
                && post.field.serves(self.units[seat].is_first_degree())
            {
                self.residents.entry(seat).or_default().push(id);
            }
        }
        self.drop_taken_seats();
    }

    fn fixed_seat(&self, uai: &str) -> Option<UnitId> {
        let row = self.dossier.establishments.iter().position(|row| row.uai == uai)?;
        self.units_of_row(row).next()
    }

    /// Any unit of the post's degree and bassin (first degree only for a post of that alone).
    fn candidate_seats(&self, id: PostId) -> Vec<UnitId> {
        let post = &self.posts[id];
        let first_degree = post.field == Field::FirstDegree;
        self.units
            .iter_enumerated()
            .filter(|(_, unit)| unit.is_first_part() && unit.is_first_degree() == first_degree)
            .filter(|(_, unit)| post.bassin.as_ref().is_none_or(|bassin| *bassin == unit.bassin))
            .map(|(unit, _)| unit)
            .collect()
    }

    /// A unit whose parts all have a resident post cannot seat another.
    fn drop_taken_seats(&mut self) {
        let full: Vec<UnitId> = self
            .residents
            .iter()
            .filter(|(seat, posts)| posts.len() >= self.parts_of(**seat).len())
            .map(|(seat, _)| *seat)
            .collect();
        for post in self.posts.iter_mut().filter(|post| !post.has_fixed_seat) {
            post.seats.retain(|seat| !full.contains(seat));
        }
    }

    fn assign_teams(&mut self) {
        for team in &self.dossier.pole_teams {
            let posts: Vec<PostId> = team
                .posts
                .iter()
                .filter_map(|id| self.posts.position(|post| post.id == *id))
                .filter(|id| self.posts[*id].in_service)
                .collect();
            let key = self.teams.push_and_get_key(Team { id: team.id.clone(), posts });
            for &post in &self.teams[key].posts {
                self.posts[post].team.get_or_insert(key);
            }
        }
    }

    /// Targets share the measure of the units of each degree between the posts that serve it, by
    /// capacity: fixed before the solve, so that equity stays additive over sectors.
    fn assign_targets(&mut self) {
        let mut exact: TiVec<PostId, f64> = self.posts.iter().map(|_| 0.0).collect();
        for first_degree in [false, true] {
            let total: u32 = self
                .units
                .iter()
                .filter(|unit| unit.is_first_degree() == first_degree)
                .map(|unit| unit.measure)
                .sum();
            let serves = |post: &&ProblemPost| post.in_service && post.field.serves(first_degree);
            let capacity: i64 = self.posts.iter().filter(serves).map(|post| post.capacity).sum();
            for (id, post) in self.posts.iter_enumerated().filter(|(_, post)| serves(post)) {
                exact[id] += f64::from(total) * post.capacity as f64 / capacity as f64;
            }
        }
        let tolerance = self.bareme.equite.tolerance;
        for (post, target) in self.posts.iter_mut().zip(exact) {
            post.target = target.round() as u32;
            post.tolerance = (target * tolerance).round() as u32;
        }
    }
}

fn supervisions(dossier: &Dossier) -> Vec<Supervision> {
    let mut capacity: BTreeMap<&str, i64> = BTreeMap::new();
    for adviser in &dossier.advisers {
        *capacity.entry(&adviser.bassin).or_default() += i64::from(adviser.references_max);
    }
    capacity
        .into_iter()
        .map(|(bassin, capacity)| Supervision { bassin: bassin.to_owned(), capacity })
        .collect()
}
