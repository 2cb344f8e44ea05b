//! Names of establishments with their articles, and the contractions that these take.

/// A name with its article, by its first word, which directories write in capitals or without accents.
#[must_use]
pub fn with_article(name: &str) -> String {
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_take_their_articles() {
        assert_eq!(with_article("COLLEGE Jean Moulin"), "le collège Jean Moulin");
        assert_eq!(at(&with_article("Écoles du réseau")), "aux écoles du réseau");
        assert_eq!(of(&with_article("LP Gabriel Péri")), "du LP Gabriel Péri");
        assert_eq!(capital(&with_article("EREA Le Parc")), "L'EREA Le Parc");
    }
}
