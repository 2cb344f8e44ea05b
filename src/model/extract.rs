//! From a point of the model to an assignment.

use typed_index_collections::TiVec;

use crate::policy::scorecard::{RESERVE_STEP_TICKS, post_score, team_travel};
use crate::policy::{PostId, Problem, Server, Service, Solution, TeamId, UnitId};

use super::compact_model::ColumnId;
use super::variables::Variables;

/// The assignment that a point stands for. Posts of a kind take its open blocks in order; time
/// reserved for a team beyond what its poles take is given back.
#[must_use]
pub fn solution(problem: &Problem, variables: &Variables, point: &[i64]) -> Solution {
    let is_on = |column: ColumnId| point[usize::from(column)] > 0;
    let mut services: TiVec<UnitId, Option<Service>> = problem.units.iter().map(|_| None).collect();
    let mut seats: TiVec<PostId, Option<UnitId>> = problem.posts.iter().map(|_| None).collect();
    let mut reserved: TiVec<PostId, i64> = problem.posts.iter().map(|_| 0).collect();
    let mut free: Vec<_> = variables.kinds.iter().map(|posts| posts.iter().copied()).collect();
    for block in variables.blocks.iter().filter(|block| block.open.is_none_or(is_on)) {
        let post = free[block.block.kind].next().expect("no more open blocks than posts of a kind");
        seats[post] = Some(block.block.seat);
        reserved[post] =
            block.reserve.map_or(0, |steps| RESERVE_STEP_TICKS * point[usize::from(steps)]);
        for serve in block.serves.iter().filter(|serve| is_on(serve.column)) {
            let server = Server::Post(post);
            services[serve.unit] = Some(Service { server, option: serve.option });
        }
    }
    for way in variables.direct.iter().filter(|way| is_on(way.column)) {
        let server = way.team.map_or(Server::Nobody, Server::Team);
        services[way.unit] = Some(Service { server, option: way.option });
    }
    let services =
        services.into_iter().map(|service| service.expect("H1 serves every unit")).collect();
    let mut solution = Solution { services, seats, reserved };
    for team in problem.teams.keys() {
        give_back(problem, &mut solution, team);
    }
    solution
}

/// Ticks a week that the poles of a team take, travel included.
#[must_use]
pub fn team_load(problem: &Problem, solution: &Solution, team: TeamId) -> i64 {
    let held = solution.services.iter_enumerated();
    held.filter(|(_, service)| service.server == Server::Team(team))
        .map(|(unit, _)| solution.option(problem, unit).ticks + team_travel(problem, team, unit).0)
        .sum()
}

/// Takes steps from the most loaded member that its smallest load lets go, while the others hold
/// the poles.
fn give_back(problem: &Problem, solution: &mut Solution, team: TeamId) {
    let members: Vec<PostId> =
        problem.posts.keys().filter(|id| problem.posts[*id].team == Some(team)).collect();
    let needed = team_load(problem, solution, team);
    let mut total: i64 = members.iter().map(|post| solution.reserved[*post]).sum();
    while total - RESERVE_STEP_TICKS >= needed {
        let load = |post: PostId| post_score(problem, solution, post).load;
        let may_give = |post: &PostId| {
            solution.reserved[*post] > 0
                && load(*post) - RESERVE_STEP_TICKS >= problem.posts[*post].minimum
        };
        let giver = members
            .iter()
            .copied()
            .filter(may_give)
            .max_by_key(|post| (load(*post), std::cmp::Reverse(*post)));
        let Some(post) = giver else { return };
        solution.reserved[post] -= RESERVE_STEP_TICKS;
        total -= RESERVE_STEP_TICKS;
    }
}
