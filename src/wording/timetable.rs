//! The words of a timetable.

use crate::domain::WEEKS_PER_CYCLE;

use super::sentence::enumeration;

/// How weeks are numbered.
pub const CYCLE: &str = "Les semaines se comptent de 1 à 4 à partir de la rentrée, puis l'on recommence : les semaines 1 et 3 \
    sont les semaines A, les semaines 2 et 4 les semaines B.";
/// A half-day worked that nothing fixes.
pub const ELSEWHERE: &str = "hors permanence";

/// Weeks of the cycle that a half-day is for; nothing where it is for all.
///
/// ```
/// use maillage::wording::timetable::weeks;
/// assert_eq!(weeks(&[1, 3]).as_deref(), Some("semaines A"));
/// assert_eq!(weeks(&[2]).as_deref(), Some("semaine 2 sur 4"));
/// assert_eq!(weeks(&[1, 2, 3, 4]), None);
/// ```
#[must_use]
pub fn weeks(weeks: &[u8]) -> Option<String> {
    match weeks {
        all if all.len() == WEEKS_PER_CYCLE as usize => None,
        [1, 3] => Some("semaines A".to_owned()),
        [2, 4] => Some("semaines B".to_owned()),
        [one] => Some(format!("semaine {one} sur {WEEKS_PER_CYCLE}")),
        several => {
            let several: Vec<String> = several.iter().map(u8::to_string).collect();
            Some(format!("semaines {} sur {WEEKS_PER_CYCLE}", enumeration(&several)))
        }
    }
}
