//! An assignment: who serves each unit and how. Plain state; [`super::scorecard`] prices it.

use typed_index_collections::TiVec;

use super::ids::{PostId, TeamId, UnitId};
use super::modality_options::UnitOption;
use super::problem::Problem;

/// Who serves a unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Server {
    /// One post.
    Post(PostId),
    /// The team of a pole.
    Team(TeamId),
    /// No post: reference or occasional advice.
    Nobody,
}

/// How a unit is served.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Service {
    /// By whom.
    pub server: Server,
    /// Index into the options of the unit.
    pub option: usize,
}

/// A whole assignment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Solution {
    /// One service for each unit.
    pub services: TiVec<UnitId, Service>,
    /// Seat of each post; `None` for a post without sector time, or placed nowhere.
    pub seats: TiVec<PostId, Option<UnitId>>,
    /// Ticks a week that each post reserves for its pole team.
    pub reserved: TiVec<PostId, i64>,
}

impl Solution {
    /// The option by which a unit is served.
    #[must_use]
    pub fn option<'a>(&self, problem: &'a Problem, unit: UnitId) -> &'a UnitOption {
        &problem.units[unit].options[self.services[unit].option]
    }

    /// The units of a post, in order.
    pub fn sector(&self, post: PostId) -> impl Iterator<Item = UnitId> + '_ {
        self.services
            .iter_enumerated()
            .filter(move |(_, service)| service.server == Server::Post(post))
            .map(|(unit, _)| unit)
    }
}
