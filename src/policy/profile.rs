//! The profils that the program carries, and how a dossier overrides them value by value.

use toml::{Table, Value};
use toml_edit::{DocumentMut, Item};

use super::bareme::Bareme;

/// The common values, then the profils: each holds only what its text changes.
pub(super) const COMMON: &str = include_str!("../../data/baremes/commun.toml");
const PROFILES: [(&str, &str); 4] = [
    ("circulaire-2017", include_str!("../../data/baremes/circulaire-2017.toml")),
    ("aix-marseille-2018", include_str!("../../data/baremes/aix-marseille-2018.toml")),
    ("deux-sevres-2018", include_str!("../../data/baremes/deux-sevres-2018.toml")),
    ("haute-garonne-2024", include_str!("../../data/baremes/haute-garonne-2024.toml")),
];
/// Values that may be absent, so that the common file shows them as comments only.
pub(super) const OPTIONAL_KEYS: [&str; 2] = ["limites.km_max_semaine", "limites.changements_max"];

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
    let own = values(profile)?;
    check_keys(overrides)?;
    let mut values = own.clone();
    merge(&mut values, overrides);
    let bareme: Bareme = Value::Table(values)
        .try_into()
        .map_err(|error| super::bareme_kinds::refusal(&own, overrides, &error))?;
    super::bareme_ranges::check(&bareme)?;
    Ok(bareme)
}

/// A value of the profil; none where it sets no limit.
///
/// # Errors
/// [`BaremeError::UnknownProfile`], [`BaremeError::UnknownKey`].
pub fn value(profile: &str, key: &str) -> Result<Option<Value>, BaremeError> {
    known_key(key)?;
    Ok(at(&values(profile)?, key).cloned())
}

/// The values of the profil.
pub(super) fn values(profile: &str) -> Result<Table, BaremeError> {
    let mut values = parse(COMMON);
    merge(&mut values, &parse(profile_text(profile)?));
    Ok(values)
}

/// The value at a dotted key.
pub(super) fn at<'a>(table: &'a Table, key: &str) -> Option<&'a Value> {
    match key.split_once('.') {
        None => table.get(key),
        Some((section, rest)) => at(table.get(section)?.as_table()?, rest),
    }
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

pub(super) fn profile_text(name: &str) -> Result<&'static str, BaremeError> {
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

pub(super) fn merge(base: &mut Table, changes: &Table) {
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

/// Refuses a dotted key that is none of the bareme's.
///
/// # Errors
/// [`BaremeError::UnknownKey`].
pub fn known_key(key: &str) -> Result<(), BaremeError> {
    let known = known_keys();
    if known.iter().any(|name| name == key) { Ok(()) } else { Err(unknown_key(key, &known)) }
}

fn check_keys(overrides: &Table) -> Result<(), BaremeError> {
    let known = known_keys();
    let unknown = dotted_keys(overrides, "").into_iter().find(|key| !known.contains(key));
    unknown.map_or(Ok(()), |key| Err(unknown_key(&key, &known)))
}

pub(super) fn known_keys() -> Vec<String> {
    let mut keys = dotted_keys(&parse(COMMON), "");
    keys.extend(OPTIONAL_KEYS.map(str::to_owned));
    keys
}

pub(super) fn unknown_key(key: &str, known: &[String]) -> BaremeError {
    let nearest = nearest(key, known.iter().map(String::as_str));
    BaremeError::UnknownKey { key: key.to_owned(), nearest }
}

pub(super) fn dotted_keys(table: &Table, prefix: &str) -> Vec<String> {
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
        for (text, told) in [
            (
                "couverture = \"tout\"",
                "couverture vaut « tout » ; attendu un mot du barème, comme « priorites »",
            ),
            ("post_bac = 3", "post_bac vaut 3 ; attendu oui ou non, comme non"),
            (
                "limites.etablissements_max = 2.5",
                "limites.etablissements_max vaut 2,5 ; attendu un nombre entier, comme 7",
            ),
            (
                "limites.changements_max = -3",
                "limites.changements_max vaut \u{2212}3 ; attendu un nombre entier",
            ),
            (
                "limites.km_max_semaine = -3",
                "limites.km_max_semaine vaut \u{2212}3 ; attendu entre 0 et 1\u{202F}000\u{202F}000",
            ),
            ("pole.charge = 1.5", "pole.charge vaut 1,5 ; attendu entre 0 et 1"),
            (
                "cout_minute_trajet = 0.3",
                "cout_minute_trajet vaut 0,3 ; attendu un multiple de 0,2",
            ),
        ] {
            let overrides = text.parse().expect("toml");
            let error = load("circulaire-2017", &overrides).expect_err(text);
            assert_eq!(error, BaremeError::Invalid(told.to_owned()));
        }
    }
}
