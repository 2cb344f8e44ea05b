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
    check_keys(&values, overrides)?;
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

/// The comment that stands above a value in the commented bareme of a profil, which tells its
/// source; values without one share that of the value before. Empty for a value that is absent.
///
/// # Errors
/// [`BaremeError::UnknownProfile`].
pub fn comment(profile: &str, key: &str) -> Result<String, BaremeError> {
    let document: DocumentMut = commented(profile)?.parse().expect("a commented bareme parses");
    let (section, wanted) = key.rsplit_once('.').unwrap_or(("", key));
    let mut table = document.as_table();
    for part in section.split('.').filter(|part| !part.is_empty()) {
        match table.get(part).and_then(Item::as_table) {
            Some(inner) => table = inner,
            None => return Ok(String::new()),
        }
    }
    let mut words = String::new();
    for (name, _) in table {
        let above = table.key(name).and_then(|key| key.leaf_decor().prefix()?.as_str());
        let lines = above.unwrap_or_default().lines();
        let told: Vec<&str> =
            lines.filter_map(|line| line.trim().strip_prefix('#')).map(str::trim).collect();
        if !told.is_empty() {
            words = told.join(" ");
        }
        if name == wanted {
            return Ok(words);
        }
    }
    Ok(String::new())
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

fn check_keys(known: &Table, overrides: &Table) -> Result<(), BaremeError> {
    let mut known_keys = dotted_keys(known, "");
    known_keys.extend(OPTIONAL_KEYS.map(str::to_owned));
    for key in dotted_keys(overrides, "") {
        if !known_keys.contains(&key) {
            let nearest = nearest(&key, known_keys.iter().map(String::as_str));
            return Err(BaremeError::UnknownKey { key, nearest });
        }
    }
    Ok(())
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
    fn every_value_has_the_comment_that_stands_above_it() {
        let about = |key| comment("circulaire-2017", key).expect("a known profil");
        assert!(about("limites.trajet_max_minutes").starts_with("Trajet le plus long"));
        assert!(about("cout_minute_trajet").contains("minute de route"));
        assert!(
            about("permanence.planchers.REP+").starts_with("Demi-journées par semaine au moins")
        );
        assert_eq!(about("limites.km_max_semaine"), "");
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
