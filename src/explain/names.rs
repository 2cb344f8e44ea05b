//! How sentences call establishments and posts.

use crate::domain::{Modality, Presence};
use crate::policy::{PostId, Problem, Solution, UnitId};
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

/// A name with its article, by its first word, which directories write in capitals or without accents.
fn with_article(name: &str) -> String {
    let (first, rest) = name.trim().split_once(' ').unwrap_or((name.trim(), ""));
    let called = |noun: &str| format!("{noun} {rest}").trim_end().to_owned();
    match first.to_lowercase().as_str() {
        "collège" | "college" => called("le collège"),
        "lycée" | "lycee" => called("le lycée"),
        "groupe" => called("le groupe"),
        "circonscription" => called("la circonscription"),
        "section" => called("la section"),
        "cité" | "cite" => called("la cité"),
        "écoles" | "ecoles" => called("les écoles"),
        "école" | "ecole" => called("l'école"),
        "établissement" | "etablissement" => called("l'établissement"),
        "lp" | "lpo" | "lgt" | "legt" => format!("le {name}"),
        "erea" | "eréa" => format!("l'{name}"),
        _ => format!("l'établissement {name}"),
    }
}

/// A sentence starts with a capital.
#[must_use]
pub fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// "à le" and "de le" contracted: `of("le collège")` is "du collège".
#[must_use]
pub fn of(name: &str) -> String {
    match name.split_once(' ') {
        Some(("le", rest)) => format!("du {rest}"),
        Some(("les", rest)) => format!("des {rest}"),
        _ => format!("de {name}"),
    }
}

/// "au collège", "à la circonscription", "aux écoles".
#[must_use]
pub fn at(name: &str) -> String {
    match name.split_once(' ') {
        Some(("le", rest)) => format!("au {rest}"),
        Some(("les", rest)) => format!("aux {rest}"),
        _ => format!("à {name}"),
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
