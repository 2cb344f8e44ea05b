//! The half-days of a working week, as `jours_travailles` and the bareme write them.

use std::collections::BTreeSet;
use std::fmt;
use std::str::FromStr;

use serde::Serialize;

/// Names of the days.
const DAYS: [&str; 5] = ["lundi", "mardi", "mercredi", "jeudi", "vendredi"];

/// A half-day from Monday morning to Friday afternoon.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(into = "String")]
pub struct HalfDay {
    /// 0 for Monday to 4 for Friday.
    day: u8,
    is_afternoon: bool,
}

impl HalfDay {
    /// Wednesday afternoon, when schools are closed.
    pub const WEDNESDAY_AFTERNOON: Self = Self { day: 2, is_afternoon: true };

    /// All ten, in order.
    pub fn all() -> impl Iterator<Item = Self> {
        (0..5).flat_map(Self::of_day)
    }

    /// Morning and afternoon of a day, 0 for Monday to 4 for Friday.
    #[must_use]
    pub fn of_day(day: u8) -> [Self; 2] {
        [false, true].map(|is_afternoon| Self { day, is_afternoon })
    }

    /// Day, 0 for Monday to 4 for Friday.
    #[must_use]
    pub const fn day(self) -> u8 {
        self.day
    }

    /// "lundi".
    #[must_use]
    pub const fn day_name(self) -> &'static str {
        DAYS[self.day as usize]
    }

    /// "matin" or "après-midi".
    #[must_use]
    pub const fn part_name(self) -> &'static str {
        if self.is_afternoon { "après-midi" } else { "matin" }
    }
}

impl fmt::Display for HalfDay {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{} {}", self.day_name(), self.part_name())
    }
}

impl From<HalfDay> for String {
    fn from(half_day: HalfDay) -> Self {
        half_day.to_string()
    }
}

impl FromStr for HalfDay {
    type Err = ();

    /// "mercredi après-midi", case and accents aside.
    fn from_str(text: &str) -> Result<Self, ()> {
        let days = working_half_days(text).ok_or(())?;
        let mut days = days.into_iter();
        match (days.next(), days.next()) {
            (Some(only), None) => Ok(only),
            _ => Err(()),
        }
    }
}

/// The half-days of a text such as "lu ma me matin ve", days by their name or its first two
/// letters; `None` where a word is neither a day nor a part of one.
///
/// ```
/// use maillage::domain::working_half_days;
/// assert_eq!(working_half_days("lundi, Ma me matin").map(|days| days.len()), Some(5));
/// assert_eq!(working_half_days("lundi au jeudi"), None);
/// ```
#[must_use]
pub fn working_half_days(text: &str) -> Option<BTreeSet<HalfDay>> {
    let folded = text.to_lowercase().replace('è', "e").replace("apres midi", "apres-midi");
    let mut found = BTreeSet::new();
    let mut last = None;
    let words = folded.split([' ', '\u{A0}', ',', ';', '/', '+']).filter(|word| !word.is_empty());
    for word in words.filter(|word| *word != "et") {
        match (word, last) {
            ("matin" | "apres-midi", Some(day)) => {
                let [morning, afternoon] = HalfDay::of_day(day);
                let _ = found.remove(if word == "matin" { &afternoon } else { &morning });
            }
            _ => {
                let day = DAYS.iter().position(|name| {
                    word.len() >= 2 && name.starts_with(word.trim_end_matches('.'))
                })? as u8;
                found.extend(HalfDay::of_day(day));
                last = Some(day);
            }
        }
    }
    (!found.is_empty()).then_some(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_half_day_reads_as_it_is_written() {
        for half_day in HalfDay::all() {
            assert_eq!(half_day.to_string().parse(), Ok(half_day));
        }
        assert_eq!("Mercredi apres-midi".parse(), Ok(HalfDay::WEDNESDAY_AFTERNOON));
        assert_eq!("lundi".parse::<HalfDay>(), Err(()));
        assert_eq!("jour de l'an".parse::<HalfDay>(), Err(()));
    }

    #[test]
    fn working_days_are_read_by_name_or_by_two_letters() {
        let days = |text| working_half_days(text).map(|days| days.len());
        assert_eq!(days("lu ma je ve"), Some(8));
        assert_eq!(days("lundi, mardi matin et jeudi après-midi"), Some(4));
        assert_eq!(days("lu+me matin"), Some(3));
        assert_eq!(days("semaine"), None);
        assert_eq!(days(""), None);
    }
}
