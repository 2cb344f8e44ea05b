//! The profils that the program carries, and how a dossier overrides them value by value.

use toml::{Table, Value};
use toml_edit::{DocumentMut, Item};

use super::bareme::Bareme;

/// The common values, then the profils: each holds only what its text changes.
const COMMON: &str = include_str!("../../data/baremes/commun.toml");
const PROFILES: [(&str, &str); 4] = [
    ("circulaire-2017", include_str!("../../data/baremes/circulaire-2017.toml")),
    ("aix-marseille-2018", include_str!("../../data/baremes/aix-marseille-2018.toml")),
    ("deux-sevres-2018", include_str!("../../data/baremes/deux-sevres-2018.toml")),
    ("haute-garonne-2024", include_str!("../../data/baremes/haute-garonne-2024.toml")),
];
/// Values that may be absent, so that the common file shows them as comments only.
const OPTIONAL_KEYS: [&str; 2] = ["limites.km_max_semaine", "limites.changements_max"];

/// Why a bareme cannot be used; the text is for the user.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BaremeError {
    /// No such profil.
    #[error(
        "le profil « {name} » n'existe pas ; profils connus : {known} (le plus proche : « {nearest} »)"
    )]
    UnknownProfile {
        /// As written.
        name: String,
        /// Nearest known name.
        nearest: String,
        /// All names.
        known: String,
    },
    /// No such value.
    #[error("la valeur « {key} » n'existe pas dans le barème ; la plus proche est « {nearest} »")]
    UnknownKey {
        /// Dotted key as written.
        key: String,
        /// Nearest known dotted key.
        nearest: String,
    },
    /// A value of the wrong type or out of its range.
    #[error("barème : {0}")]
    Invalid(String),
}

/// Names of the profils.
#[must_use]
pub fn profile_names() -> [&'static str; 4] {
    PROFILES.map(|(name, _)| name)
}

/// The text that a profil comes from, as its first line tells it.
///
/// # Errors
/// [`BaremeError::UnknownProfile`].
pub fn source(name: &str) -> Result<&'static str, BaremeError> {
    let line = profile_text(name)?.lines().next().unwrap_or_default();
    Ok(line.split_once(" : ").map_or(line, |(_, source)| source))
}

/// The profil with the overrides of a dossier applied.
///
/// # Errors
/// The first unknown profil, unknown key, or value of the wrong type or range.
pub fn load(profile: &str, overrides: &Table) -> Result<Bareme, BaremeError> {
    let mut values = parse(COMMON);
    merge(&mut values, &parse(profile_text(profile)?));
    check_keys(overrides)?;
    merge(&mut values, overrides);
    let bareme: Bareme = Value::Table(values)
        .try_into()
        .map_err(|error: toml::de::Error| BaremeError::Invalid(error.message().to_owned()))?;
    super::bareme_ranges::check(&bareme)?;
    Ok(bareme)
}

/// The whole commented bareme of a profil, to start an own one from.
///
/// # Errors
/// [`BaremeError::UnknownProfile`].
pub fn commented(profile: &str) -> Result<String, BaremeError> {
    let mut document: DocumentMut = COMMON.parse().expect("the common bareme parses");
    let changes: DocumentMut = profile_text(profile)?.parse().expect("a carried profil parses");
    overlay(document.as_table_mut(), changes.as_table());
    Ok(document.to_string())
}

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

fn profile_text(name: &str) -> Result<&'static str, BaremeError> {
    PROFILES.iter().find(|(known, _)| *known == name).map(|(_, text)| *text).ok_or_else(|| {
        BaremeError::UnknownProfile {
            name: name.to_owned(),
            nearest: nearest(name, profile_names().into_iter()),
            known: profile_names().join(", "),
        }
    })
}

fn parse(text: &str) -> Table {
    text.parse().expect("a carried bareme parses")
}

fn merge(base: &mut Table, changes: &Table) {
    for (key, value) in changes {
        match (base.get_mut(key), value) {
            (Some(Value::Table(inner)), Value::Table(changed)) => merge(inner, changed),
            (Some(Value::Float(old)), Value::Integer(new)) => *old = *new as f64,
            _ => {
                base.insert(key.clone(), value.clone());
            }
        }
    }
}

/// Copies values with the comments that stand above them.
fn overlay(base: &mut toml_edit::Table, changes: &toml_edit::Table) {
    for (key, item) in changes {
        match (base.get_mut(key), item) {
            (Some(Item::Table(inner)), Item::Table(changed)) => overlay(inner, changed),
            _ => {
                base.insert(key, item.clone());
                let decor = changes.key(key).map(|key| key.leaf_decor().clone());
                if let (Some(mut key), Some(decor)) = (base.key_mut(key), decor) {
                    *key.leaf_decor_mut() = decor;
                }
            }
        }
    }
}

fn check_keys(overrides: &Table) -> Result<(), BaremeError> {
    let known = known_keys();
    let unknown = dotted_keys(overrides, "").into_iter().find(|key| !known.contains(key));
    unknown.map_or(Ok(()), |key| Err(unknown_key(&key, &known)))
}

fn known_keys() -> Vec<String> {
    let mut keys = dotted_keys(&parse(COMMON), "");
    keys.extend(OPTIONAL_KEYS.map(str::to_owned));
    keys
}

fn unknown_key(key: &str, known: &[String]) -> BaremeError {
    let nearest = nearest(key, known.iter().map(String::as_str));
    BaremeError::UnknownKey { key: key.to_owned(), nearest }
}

fn dotted_keys(table: &Table, prefix: &str) -> Vec<String> {
    let mut keys = Vec::new();
    for (key, value) in table {
        let path = if prefix.is_empty() { key.clone() } else { format!("{prefix}.{key}") };
        match value {
            Value::Table(inner) => keys.extend(dotted_keys(inner, &path)),
            _ => keys.push(path),
        }
    }
    keys
}

/// The known word most like `text`; ties go to the first.
pub(crate) fn nearest<'a>(text: &str, known: impl Iterator<Item = &'a str>) -> String {
    known
        .map(|word| (strsim::damerau_levenshtein(text, word), word))
        .min_by_key(|(distance, _)| *distance)
        .map_or_else(String::new, |(_, word)| word.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_profile_loads_and_its_commented_text_gives_the_same_values() {
        for name in profile_names() {
            let direct = load(name, &Table::new()).expect("a carried profil is valid");
            let text = commented(name).expect("known");
            let again: Bareme = toml::from_str(&text).expect("the commented text parses");
            assert_eq!(direct, again, "{name}");
        }
    }

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

    #[test]
    fn an_override_changes_one_value_and_keeps_the_rest() {
        let overrides = "[points.categories]\nREP = 3".parse().expect("toml");
        let bareme = load("circulaire-2017", &overrides).expect("valid");
        assert!((bareme.points.categories.rep - 3.0).abs() < f64::EPSILON);
        assert!((bareme.points.categories.rep_plus - 4.0).abs() < f64::EPSILON);
    }

    #[test]
    fn an_unknown_key_names_the_nearest_known_one() {
        let overrides = "[limites]\netablisements_max = 3".parse().expect("toml");
        let error = load("circulaire-2017", &overrides).expect_err("misspelt");
        let nearest = "limites.etablissements_max".to_owned();
        let key = "limites.etablisements_max".to_owned();
        assert_eq!(error, BaremeError::UnknownKey { key, nearest });
    }

    #[test]
    fn an_unknown_profile_names_the_nearest_known_one() {
        let error = load("haute-garone", &Table::new()).expect_err("misspelt");
        assert!(error.to_string().contains("« haute-garonne-2024 »"));
    }

    #[test]
    fn a_value_of_the_wrong_type_or_range_is_refused() {
        let wrong_type = "couverture = \"tout\"".parse().expect("toml");
        assert!(load("circulaire-2017", &wrong_type).is_err());
        let out_of_range = "[pole]\ncharge = 1.5".parse().expect("toml");
        assert!(load("circulaire-2017", &out_of_range).is_err());
    }
}
