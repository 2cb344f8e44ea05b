//! Posts that nothing tells apart share a kind, and so a pricing problem for each seat.

use crate::policy::{PostId, Problem};

/// The posts of each kind: a post with a fixed residence, or that a decision, an affinity, a team
/// or today's sectors name, stands alone; posts without sector time have no kind.
pub(super) fn kinds(problem: &Problem) -> Vec<Vec<PostId>> {
    let mut kinds: Vec<Vec<PostId>> = Vec::new();
    for (id, post) in problem.posts.iter_enumerated().filter(|(_, post)| post.in_service) {
        let alike = |kind: &&mut Vec<PostId>| {
            let first = &problem.posts[kind[0]];
            !is_named(problem, id)
                && !is_named(problem, kind[0])
                && crate::policy::post_week::ProblemPost { id: post.id.clone(), ..first.clone() }
                    == *post
        };
        match kinds.iter_mut().find(alike) {
            Some(kind) => kind.push(id),
            None => kinds.push(vec![id]),
        }
    }
    kinds
}

fn is_named(problem: &Problem, id: PostId) -> bool {
    let post = &problem.posts[id];
    let dossier = &problem.dossier;
    post.has_fixed_seat
        || post.team.is_some()
        || dossier.decisions.iter().any(|decision| decision.post.as_ref() == Some(&post.id))
        || dossier.affinities.iter().any(|affinity| affinity.post == post.id)
        || dossier.current.iter().any(|service| service.post.as_ref() == Some(&post.id))
}
