//! The rural class of communes (tr1 to tr6).

use std::collections::BTreeMap;

use super::cells::commune_code;
use crate::domain::whole_commune;
use crate::import::Table;

/// Classes by INSEE code; empty when no typology is given.
pub(super) struct RuralClasses(BTreeMap<String, u8>);

/// Names of the two columns, which such a file cannot do without.
pub(super) const CODE_NAMES: [&str; 4] = ["codgeo", "code_commune", "code_insee", "depcom"];
pub(super) const CLASS_NAMES: [&str; 5] =
    ["zonage_rur", "classe_rurale", "typologie_rurale", "typo", "zonage_rural"];

impl RuralClasses {
    /// Reads a typology.
    pub fn read(table: Option<&Table>) -> Self {
        let read = |table: &Table| {
            let (code, class) = (table.column(&CODE_NAMES)?, table.column(&CLASS_NAMES)?);
            let rows = table
                .rows
                .iter()
                .filter_map(|row| Some((commune_code(row.get(code)), class_of(row.get(class))?)));
            Some(rows.collect())
        };
        Self(table.and_then(read).unwrap_or_default())
    }

    /// Class of a commune, 1 to 6.
    pub fn of(&self, commune: &str) -> Option<u8> {
        self.0.get(whole_commune(commune)).copied()
    }

    /// Whether a typology was read.
    pub fn is_known(&self) -> bool {
        !self.0.is_empty()
    }
}

/// "tr3" or "3".
fn class_of(text: &str) -> Option<u8> {
    let digits = text.trim().to_lowercase();
    let class = digits.trim_start_matches("tr").parse().ok()?;
    (1..=6).contains(&class).then_some(class)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arrondissements_take_the_class_of_their_city() {
        let classes = RuralClasses(
            [("75056", 6), ("13055", 6), ("69123", 6), ("31001", 1)]
                .map(|(code, class)| (code.to_owned(), class))
                .into(),
        );
        for (code, class) in [
            ("75112", Some(6)),
            ("13216", Some(6)),
            ("69381", Some(6)),
            ("31001", Some(1)),
            ("31002", None),
            ("2A004", None),
        ] {
            assert_eq!(classes.of(code), class, "{code}");
        }
    }
}
