//! What the trips of an agent cost in mileage allowance over a year (R10).
//!
//! Decree 2006-781 of 3 July 2006, article 10, pays a rate per kilometre that depends on the
//! fiscal horsepower of the car and on the kilometres already driven since 1 January; the rates,
//! their text and their date are a section of the bareme, and editable. Article 2 counts only
//! trips outside the communes of the residence administrative and of the residence familiale.

use serde::{Deserialize, Serialize};

use crate::domain::whole_commune;

/// Kilometres a year at which a rate ends: the bands of the arrete of 3 July 2006.
const BAND_ENDS_KM: [u64; 3] = [2_000, 10_000, u64::MAX / 1_000];

/// Weeks in a cycle of trips.
const CYCLE_WEEKS: u64 = 4;

/// The scale of mileage allowances, a section of the bareme.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MileageScale {
    /// The legal text, in French, for documents.
    #[serde(rename = "texte")]
    pub text: String,
    /// Date from which it holds, ISO 8601.
    #[serde(rename = "en_vigueur")]
    pub in_force: String,
    /// Weeks with trips in a year, 1 to 53.
    #[serde(rename = "semaines_par_an")]
    pub weeks_per_year: u32,
    /// Fiscal horsepower of a car of which the dossier says nothing.
    #[serde(rename = "puissance_fiscale")]
    pub usual_horsepower: u8,
    /// Rates.
    #[serde(rename = "centimes_par_km")]
    pub cents_per_km: Rates,
}

/// Cents of euro per kilometre in each band of the year, by fiscal horsepower.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rates {
    /// 5 CV and less.
    #[serde(rename = "5_cv_et_moins")]
    pub small: [u64; 3],
    /// 6 and 7 CV.
    #[serde(rename = "6_et_7_cv")]
    pub medium: [u64; 3],
    /// 8 CV and more.
    #[serde(rename = "8_cv_et_plus")]
    pub large: [u64; 3],
}

impl MileageScale {
    /// The allowance of a year of identical cycles of four weeks, in cents of euro, rounded down:
    /// each kilometre at the rate of its band.
    #[must_use]
    pub fn yearly_cents(&self, metres_per_cycle: u64, horsepower: Option<u8>) -> u64 {
        let metres = metres_per_cycle * u64::from(self.weeks_per_year) / CYCLE_WEEKS;
        let rates = match horsepower.unwrap_or(self.usual_horsepower) {
            0..=5 => self.cents_per_km.small,
            6..=7 => self.cents_per_km.medium,
            _ => self.cents_per_km.large,
        };
        let mut start_m = 0;
        let mut milli_cents = 0;
        for (end_km, cents) in BAND_ENDS_KM.into_iter().zip(rates) {
            let end_m = end_km * 1_000;
            milli_cents += metres.clamp(start_m, end_m).saturating_sub(start_m) * cents;
            start_m = end_m;
        }
        milli_cents / 1_000
    }
}

/// Whether a trip to a commune gives right to the allowance: it leaves both the residence
/// administrative and the residence familiale (article 2). Communes are INSEE codes, or names where
/// the code is unknown; those of arrondissements are their city. An unknown commune (empty) or
/// residence familiale is taken to be elsewhere.
#[must_use]
pub fn is_paid(destination: &str, administrative: &str, familiale: Option<&str>) -> bool {
    let within = |commune| whole_commune(destination) == whole_commune(commune);
    destination.is_empty() || !within(administrative) && !familiale.is_some_and(within)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn scale() -> MileageScale {
        MileageScale {
            text: String::new(),
            in_force: "2022-01-01".into(),
            weeks_per_year: 36,
            usual_horsepower: 5,
            cents_per_km: Rates { small: [32, 40, 23], medium: [41, 51, 30], large: [45, 55, 32] },
        }
    }

    /// Euros for so many kilometres a year.
    fn euros(kilometres: u64, horsepower: u8) -> f64 {
        let scale = MileageScale { weeks_per_year: 4, ..scale() };
        scale.yearly_cents(kilometres * 1_000, Some(horsepower)) as f64 / 100.0
    }

    #[test]
    fn pays_each_kilometre_at_the_rate_of_its_band() {
        assert_eq!(euros(0, 5), 0.0);
        assert_eq!(euros(2_000, 5), 640.0);
        assert_eq!(euros(2_001, 5), 640.40);
        assert_eq!(euros(10_000, 5), 640.0 + 3_200.0);
        assert_eq!(euros(12_000, 5), 3_840.0 + 460.0);
    }

    #[test]
    fn rates_follow_the_fiscal_horsepower() {
        for (horsepower, expected) in [(3, 320.0), (5, 320.0), (6, 410.0), (7, 410.0), (8, 450.0)] {
            assert_eq!(euros(1_000, horsepower), expected, "{horsepower} CV");
        }
        assert_eq!(euros(11_000, 7), 820.0 + 4_080.0 + 300.0);
        assert_eq!(euros(11_000, 12), 900.0 + 4_400.0 + 320.0);
    }

    #[test]
    fn counts_thirty_six_weeks_a_year_and_the_usual_car() {
        assert_eq!(scale().yearly_cents(100_000, None), 900 * 32);
    }

    #[test]
    fn pays_no_trip_within_the_communes_of_residence() {
        assert!(is_paid("31033", "31555", Some("31069")));
        assert!(!is_paid("31555", "31555", None));
        assert!(!is_paid("31069", "31555", Some("31069")));
        assert!(is_paid("", "", None));
        assert!(!is_paid("13201", "13216", None));
        assert!(!is_paid("75056", "31555", Some("75120")));
    }
}
