//! Coefficients of the objective, from the same functions that `policy::scorecard` adds up.

use crate::policy::eligibility::pair_terms;
use crate::policy::scorecard::{change_price, penalty, team_changes, team_travel, travel_price};
use crate::policy::{PostId, Problem, Score, TeamId, UnitId, UnitOption};

use super::blocks::Block;

/// `x`: value, travel of its own, preference and change.
pub fn serve(
    problem: &Problem,
    block: &Block,
    unit: UnitId,
    option: &UnitOption,
    travel: i64,
) -> Score {
    let (preference, change) = pair_terms(problem, Some((block.post, block.seat)), unit);
    Score {
        coverage: option.value,
        equity: 0,
        travel: -travel_price(problem, travel),
        stability: preference - change_price(problem, change),
    }
}

/// `r`: no post.
pub fn unaided(problem: &Problem, unit: UnitId, option: &UnitOption) -> Score {
    let (preference, change) = pair_terms(problem, None, unit);
    Score {
        coverage: option.value,
        stability: preference - change_price(problem, change),
        ..Score::default()
    }
}

/// `h`: a team holds the pole.
pub fn held(problem: &Problem, team: TeamId, unit: UnitId, option: &UnitOption) -> Score {
    Score {
        coverage: option.value,
        equity: 0,
        travel: -travel_price(problem, team_travel(problem, team, unit).0),
        stability: -change_price(problem, team_changes(problem, team, unit)),
    }
}

/// `t`: one tick of travel.
pub fn travel_tick(problem: &Problem) -> Score {
    Score { travel: -travel_price(problem, 1), ..Score::default() }
}

/// `y`: a post that is placed no longer pays for carrying nothing (its `e` does).
pub fn placed(problem: &Problem, post: PostId) -> Score {
    Score { equity: penalty(problem, post, 0), ..Score::default() }
}

/// Posts to place, and posts whose residence is nowhere, carry nothing until a block says so.
pub fn constant(problem: &Problem, kinds: &[Vec<PostId>]) -> Score {
    let starts_idle = |post: &&PostId| {
        let who = &problem.posts[**post];
        !who.has_fixed_seat || who.seats.is_empty()
    };
    let idle: i64 =
        kinds.iter().flatten().filter(starts_idle).map(|post| penalty(problem, *post, 0)).sum();
    Score { equity: -idle, ..Score::default() }
}
