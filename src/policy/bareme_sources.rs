//! Where each value of a bareme comes from, as the comment above it in the files of `data/baremes`
//! tells.

use toml_edit::DocumentMut;

use super::profile::{BaremeError, COMMON, OPTIONAL_KEYS, known_keys, profile_text, unknown_key};

/// The comment that stands above a value in the profil, or in the common bareme where the profil
/// does not change it, which tells its source; values without one share that of the value before,
/// in the same section of the same file.
///
/// # Errors
/// [`BaremeError::UnknownProfile`], [`BaremeError::UnknownKey`].
pub fn comment(profile: &str, key: &str) -> Result<String, BaremeError> {
    let optional_too = OPTIONAL_KEYS.iter().fold(COMMON.to_owned(), |text, key| {
        let (_, name) = split(key);
        text.replace(&format!("\n# {name} ="), &format!("\n{name} ="))
    });
    let told = above(profile_text(profile)?, key).or_else(|| above(&optional_too, key));
    told.ok_or_else(|| unknown_key(key, &known_keys()))
}

/// The comment above a value of a text; none for a value that is not in it.
fn above(text: &str, key: &str) -> Option<String> {
    let document: DocumentMut = text.parse().expect("a carried bareme parses");
    let (sections, wanted) = split(key);
    let mut table = document.as_table();
    for section in sections {
        table = table.get(section)?.as_table()?;
    }
    let mut words = String::new();
    for (name, _) in table {
        let lines = table.key(name)?.leaf_decor().prefix()?.as_str()?.lines();
        let told: Vec<&str> =
            lines.filter_map(|line| line.trim().strip_prefix('#')).map(str::trim).collect();
        if !told.is_empty() {
            words = told.join(" ");
        }
        if name == wanted {
            return Some(words);
        }
    }
    None
}

/// The sections of a dotted key, and the name of the value.
fn split(key: &str) -> (impl Iterator<Item = &str>, &str) {
    let (sections, name) = key.rsplit_once('.').unwrap_or(("", key));
    (sections.split('.').filter(|section| !section.is_empty()), name)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::policy::profile::profile_names;

    #[test]
    fn every_value_of_every_profile_tells_its_source() {
        for (name, key) in profile_names()
            .into_iter()
            .flat_map(|name| known_keys().into_iter().map(move |key| (name, key)))
        {
            assert!(!comment(name, &key).expect("known").is_empty(), "{name} {key}");
        }
    }

    #[test]
    fn a_value_tells_its_own_source_and_not_that_of_its_neighbour() {
        let about = |name, key| comment(name, key).expect("known");
        let begins = [
            ("circulaire-2017", "limites.trajet_max_minutes", "Trajet le plus long"),
            ("circulaire-2017", "limites.km_max_semaine", "Kilomètres par semaine"),
            ("circulaire-2017", "limites.changements_max", "Changements d'assistant"),
            ("circulaire-2017", "equite.tolerance", "Charge qu'un poste peut porter"),
            ("circulaire-2017", "permanence.planchers.REP+", "Demi-journées par semaine au moins"),
            ("aix-marseille-2018", "points.categories.LP", "R12 : d'abord REP+"),
            ("aix-marseille-2018", "points.categories.RURAL", "Collège rural"),
            ("deux-sevres-2018", "pole.part_couverte.LEGT", "R13"),
            ("deux-sevres-2018", "pole.part_couverte.EREA", "Part de la valeur"),
        ];
        for (name, key, start) in begins {
            assert!(about(name, key).starts_with(start), "{name} {key} : {}", about(name, key));
        }
        assert!(comment("circulaire-2017", "equite.tolerence").is_err());
    }
}
