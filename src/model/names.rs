//! Names of columns and rows: readable, unique, of characters that every MPS reader accepts.

use std::collections::BTreeSet;

use crate::domain::Modality;
use crate::policy::{Problem, UnitId, UnitOption};

use super::blocks::Block;

/// Names of posts, units and teams that the names of columns are made of.
#[derive(Debug, Clone)]
pub struct Names {
    posts: Vec<String>,
    units: Vec<String>,
    teams: Vec<String>,
}

impl Names {
    /// The names of a problem.
    #[must_use]
    pub fn new(problem: &Problem) -> Self {
        let part = |unit: &crate::policy::Unit| match unit.part {
            Some((part, _)) => format!("{}.{part}", unit.code),
            None => unit.code.clone(),
        };
        Self {
            posts: unique(problem.posts.iter().map(|post| post.id.clone())),
            units: unique(problem.units.iter().map(part)),
            teams: unique(problem.teams.iter().map(|team| team.id.clone())),
        }
    }

    /// A unit.
    #[must_use]
    pub fn unit(&self, unit: UnitId) -> &str {
        &self.units[usize::from(unit)]
    }

    /// A pole team.
    #[must_use]
    pub fn team(&self, team: crate::policy::TeamId) -> &str {
        &self.teams[usize::from(team)]
    }

    /// A post, and its seat where it is to be placed: `P03`, `P03@0310012A`, `P03@0310012A~2`.
    #[must_use]
    pub fn block(&self, block: &Block) -> String {
        let post = &self.posts[usize::from(block.post)];
        match (block.placed, block.copy) {
            (false, _) => post.clone(),
            (true, 0) => format!("{post}@{}", self.unit(block.seat)),
            (true, copy) => format!("{post}@{}~{}", self.unit(block.seat), copy + 1),
        }
    }
}

/// An option: `PERM_0.5` (half-days a week), `POLE`, `1D`, `REF`, `CONSEIL`.
#[must_use]
pub fn option(option: &UnitOption) -> String {
    match option.modality {
        Modality::Permanence => format!("PERM_{}", option.presence),
        Modality::Pole => "POLE".into(),
        Modality::PremierDegre => "1D".into(),
        Modality::Reference => "REF".into(),
        Modality::Conseil => "CONSEIL".into(),
    }
}

fn unique(texts: impl Iterator<Item = String>) -> Vec<String> {
    let mut taken = BTreeSet::new();
    texts
        .map(|text| {
            let plain = plain(&text);
            let name = (1..)
                .map(|n| if n == 1 { plain.clone() } else { format!("{plain}_{n}") })
                .find(|name| !taken.contains(name))
                .expect("a free number exists");
            taken.insert(name.clone());
            name
        })
        .collect()
}

/// ASCII letters, digits, dot, dash and underscore.
fn plain(text: &str) -> String {
    let safe = |letter: char| letter.is_ascii_alphanumeric() || ".-_".contains(letter);
    let plain: String =
        text.chars().map(|letter| if safe(letter) { letter } else { '_' }).collect();
    if plain.is_empty() { "_".into() } else { plain }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_only_differ_by_unsafe_characters_stay_apart() {
        let names = unique(["Pôle A", "P_le A", "", "P_le_A"].map(str::to_owned).into_iter());
        assert_eq!(names, ["P_le_A", "P_le_A_2", "_", "P_le_A_3"]);
    }
}
