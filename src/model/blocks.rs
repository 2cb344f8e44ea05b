//! Blocks: a post at a seat. Posts to place that nothing tells apart share a kind, so that no
//! plan has two names.

use crate::policy::eligibility::residence_to_serve;
use crate::policy::post_week::ProblemPost;
use crate::policy::{PostId, Problem, UnitId};

/// A post at a seat, or one of several alike at a seat that may hold several.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Block {
    /// Index of the kind.
    pub kind: usize,
    /// First post of the kind: its rules are those of all.
    pub post: PostId,
    /// Seat.
    pub seat: UnitId,
    /// Number of the block among those of this kind at this seat, from 0.
    pub copy: usize,
    /// Whether the post may be elsewhere.
    pub placed: bool,
}

/// Posts in service, alike ones together; a post with a fixed seat, or that a decision, an
/// affinity, a team or today's sectors name, stands alone.
#[must_use]
pub fn kinds(problem: &Problem) -> Vec<Vec<PostId>> {
    let mut kinds: Vec<Vec<PostId>> = Vec::new();
    for (id, post) in problem.posts.iter_enumerated().filter(|(_, post)| post.in_service) {
        let alike = |kind: &&mut Vec<PostId>| {
            let first = &problem.posts[kind[0]];
            !stands_alone(problem, id)
                && !stands_alone(problem, kind[0])
                && ProblemPost { id: post.id.clone(), ..first.clone() } == *post
        };
        match kinds.iter_mut().find(alike) {
            Some(kind) => kind.push(id),
            None => kinds.push(vec![id]),
        }
    }
    kinds
}

/// The blocks of all kinds, by kind, seat and copy.
#[must_use]
pub fn blocks(problem: &Problem, kinds: &[Vec<PostId>]) -> Vec<Block> {
    let mut blocks = Vec::new();
    for (kind, posts) in kinds.iter().enumerate() {
        let post = posts[0];
        let placed = !problem.posts[post].has_fixed_seat;
        for &seat in &problem.posts[post].seats {
            // Each post at a seat serves one of its parts, unless a decision lifts the rule.
            let room = match residence_to_serve(problem, post, seat).len() {
                0 => posts.len(),
                parts => parts.min(posts.len()),
            };
            blocks.extend((0..room).map(|copy| Block { kind, post, seat, copy, placed }));
        }
    }
    blocks
}

fn stands_alone(problem: &Problem, id: PostId) -> bool {
    let post = &problem.posts[id];
    let dossier = &problem.dossier;
    post.has_fixed_seat
        || post.team.is_some()
        || dossier.decisions.iter().any(|decision| decision.post.as_ref() == Some(&post.id))
        || dossier.affinities.iter().any(|affinity| affinity.post == post.id)
        || dossier.current.iter().any(|service| service.post.as_ref() == Some(&post.id))
}
