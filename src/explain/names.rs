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

/// A name with its article, by its first word.
fn with_article(name: &str) -> String {
    let first = name.split_whitespace().next().unwrap_or_default().to_lowercase();
    let lowered = || {
        let mut letters = name.chars();
        letters.next().map_or_else(String::new, |letter| {
            letter.to_lowercase().chain(letters).collect::<String>()
        })
    };
    match first.as_str() {
        "collège" | "college" | "lycée" | "lycee" | "groupe" => format!("le {}", lowered()),
        "circonscription" | "section" | "cité" => format!("la {}", lowered()),
        "écoles" => format!("les {}", lowered()),
        "école" | "etablissement" | "établissement" => format!("l'{}", lowered()),
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
