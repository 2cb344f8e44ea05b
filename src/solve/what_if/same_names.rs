//! Posts that nothing tells apart keep the names that the plan gives to their sectors.

use std::cmp::Reverse;

use crate::policy::{PostId, Server, Solution, UnitId};

/// Gives the posts of each kind of `other` to its sectors so that as many units as possible,
/// greedily, keep the post that they have in `plan`.
pub fn same_names(kinds: &[Vec<PostId>], plan: &Solution, other: &mut Solution) {
    for posts in kinds.iter().filter(|posts| posts.len() > 1) {
        let sectors: Vec<(Option<UnitId>, Vec<UnitId>, i64)> = posts
            .iter()
            .map(|post| (other.seats[*post], other.sector(*post).collect(), other.reserved[*post]))
            .collect();
        let mut pairs = Vec::new();
        for &post in posts {
            for (index, (seat, units, _)) in sectors.iter().enumerate() {
                let shared = units
                    .iter()
                    .filter(|unit| plan.services[**unit].server == Server::Post(post))
                    .count();
                pairs.push((Reverse((shared, *seat == plan.seats[post])), post, index));
            }
        }
        pairs.sort_unstable();
        let (mut named, mut given) = (vec![false; sectors.len()], Vec::new());
        for (_, post, index) in pairs {
            if !named[index] && !given.contains(&post) {
                named[index] = true;
                given.push(post);
                let (seat, units, reserved) = &sectors[index];
                other.seats[post] = *seat;
                other.reserved[post] = *reserved;
                for &unit in units {
                    other.services[unit].server = Server::Post(post);
                }
            }
        }
    }
}
