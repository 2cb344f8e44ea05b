//! How sentences call establishments and posts.

use crate::domain::{Modality, Presence};
use crate::policy::{PostId, Problem, Solution, UnitId};
use crate::wording::article::with_article;
use crate::wording::label;

/// A unit with its article: "le collège Jean Moulin".
#[must_use]
pub fn unit(problem: &Problem, unit: UnitId) -> String {
    let what = &problem.units[unit];
    let name = with_article(&what.name);
    match what.part {
        Some((part, parts)) => format!("{name} (partie {part} sur {parts})"),
        None => name,
    }
}

/// Where a post is based in a plan; nothing for a post placed nowhere.
#[must_use]
pub fn seat(problem: &Problem, solution: &Solution, post: PostId) -> Option<String> {
    solution.seats[post].map(|seat| with_article(&problem.units[seat].name))
}

/// A way to be served, in few words: "2 demi-journées par semaine", "pôle".
#[must_use]
pub fn service(modality: Modality, presence: Presence) -> String {
    match modality {
        Modality::Permanence => label::presence(presence),
        Modality::Pole => "le pôle".to_owned(),
        Modality::PremierDegre => "le service du premier degré".to_owned(),
        Modality::Reference => "la référence".to_owned(),
        Modality::Conseil => "le conseil ponctuel".to_owned(),
    }
}
