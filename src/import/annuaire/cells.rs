//! Cells of the open data, also those that a spreadsheet mangled.

use crate::import::establishments::PUPILS;
use crate::import::scenario::YEARS;
use crate::import::{departement_code, fold, parse_number};

/// A whole number ("540", "540.0", "540,0"); `None` when the cell is empty or no whole number.
pub(super) fn whole(text: &str) -> Option<u32> {
    if let Ok(number) = text.parse() {
        return Some(number);
    }
    let number = parse_number(text)?;
    (number.fract() == 0.0 && (0.0..1e9).contains(&number)).then_some(number as u32)
}

/// The pupils of one establishment; `None` for a number that no dossier takes.
pub(super) fn pupils(text: &str) -> Option<u32> {
    whole(text).filter(|pupils| PUPILS.contains(pupils))
}

/// The year that a text starts with ("2022", "2022-2023").
pub(super) fn year(text: &str) -> Option<u16> {
    text.get(..4)?.parse().ok().filter(|year| YEARS.contains(year))
}

/// A flag: `None` when the cell does not tell. Some years count instead of saying yes.
pub(super) fn flag(text: &str) -> Option<bool> {
    match fold(text).as_str() {
        "oui" | "o" | "vrai" | "true" | "yes" | "x" => Some(true),
        "non" | "n" | "faux" | "false" | "no" => Some(false),
        _ => parse_number(text).map(|number| number != 0.0),
    }
}

/// The departement as dossiers write it ("31", "09", "2A", "971"), also from a number that a
/// spreadsheet wrote with decimals; empty when the text is none.
pub(super) fn departement(text: &str) -> String {
    let number = || departement_code(&whole(text)?.to_string());
    departement_code(text).or_else(number).unwrap_or_default()
}

/// The INSEE code of a commune, five characters: a spreadsheet drops the leading zero.
pub(super) fn commune_code(text: &str) -> String {
    let text = text.trim().to_uppercase();
    whole(&text).map_or(text, |number| format!("{number:05}"))
}

/// The departement of an INSEE commune code or of a postal code.
pub(super) fn departement_of_commune(code: &str) -> String {
    let code = commune_code(code);
    let length = if code.starts_with("97") || code.starts_with("98") { 3 } else { 2 };
    code.get(..length).map_or_else(String::new, departement)
}

/// The text with single blanks.
pub(super) fn tidy(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_and_flags_survive_a_spreadsheet() {
        assert_eq!(whole("540.0"), Some(540));
        assert_eq!(whole("540,0"), Some(540));
        assert_eq!(whole("12.5"), None);
        assert_eq!(["540,0", "-5", "999999999"].map(pupils), [Some(540), None, None]);
        assert_eq!(flag("1,0"), Some(true));
        assert_eq!(flag("FAUX"), Some(false));
        assert_eq!(flag(""), None);
    }

    #[test]
    fn departements_survive_it_too() {
        for (text, code) in
            [("031", "31"), ("31.0", "31"), ("9", "09"), ("02b", "2B"), ("Gers", "")]
        {
            assert_eq!(departement(text), code, "{text}");
        }
        assert_eq!(departement_of_commune("1001"), "01");
        assert_eq!(departement_of_commune("97411"), "974");
        assert_eq!(departement_of_commune("2A004"), "2A");
    }
}
