//! Rows of `poles.csv`, gathered into teams.

use crate::domain::PoleTeam;

use super::sheet::Cells;

/// A post of a team.
#[derive(Debug)]
pub struct Member {
    /// Name of the pole.
    pub pole: String,
    /// Post.
    pub post: String,
}

/// Reads a row.
pub fn read(cells: &mut Cells) -> Member {
    Member { pole: cells.owned("pole"), post: cells.owned("poste") }
}

/// The teams, in the order of their first row.
pub fn teams(members: &[Member]) -> Vec<PoleTeam> {
    let mut teams: Vec<PoleTeam> = Vec::new();
    for member in members {
        match teams.iter_mut().find(|team| team.id == member.pole) {
            Some(team) => team.posts.push(member.post.clone()),
            None => {
                teams.push(PoleTeam { id: member.pole.clone(), posts: vec![member.post.clone()] })
            }
        }
    }
    teams
}
