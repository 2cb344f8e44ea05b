//! What the trips of an agent cost in mileage allowance over a year (R10).
//!
//! Decree 2006-781 of 3 July 2006, article 10, pays a rate per kilometre that depends on the
//! fiscal horsepower of the car and on the kilometres already driven since 1 January; the rates,
//! their text and their date stand in `data/kilometrique/2022.toml` and are editable. Article 2
//! counts only trips outside the communes of the residence administrative and of the
//! residence familiale.

use serde::Deserialize;
use thiserror::Error;

const SCALE_2022: &str = include_str!("../../data/kilometrique/2022.toml");

/// Kilometres a year at which a rate ends: the bands of the arrete of 3 July 2006.
const BAND_ENDS_KM: [u64; 3] = [2_000, 10_000, u64::MAX / 1_000];

/// The scale of mileage allowances. Invariant: vehicles by increasing power, the last open.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
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
    #[serde(rename = "vehicule")]
    vehicles: Vec<VehicleRates>,
}

#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
struct VehicleRates {
    /// Highest fiscal horsepower of this class; none for the last class.
    #[serde(rename = "puissance_max_cv")]
    horsepower_max: Option<u8>,
    /// Cents of euro per kilometre in each band.
    #[serde(rename = "centimes")]
    cents: [u64; 3],
}

/// Why a scale is refused. The message is for the user.
#[derive(Debug, Error)]
pub enum ScaleError {
    /// Not the expected TOML.
    #[error("barème kilométrique illisible : {0}")]
    Syntax(#[from] toml::de::Error),
    /// Classes of vehicle out of order, or powers that none covers.
    #[error(
        "barème kilométrique : les véhicules doivent aller par puissance croissante, le dernier \
         sans puissance_max_cv"
    )]
    Classes,
    /// A year without weeks, or with too many.
    #[error("barème kilométrique : semaines_par_an doit être compris entre 1 et 53")]
    Weeks,
}

impl Default for MileageScale {
    fn default() -> Self {
        Self::from_toml(SCALE_2022).expect("the embedded scale is valid")
    }
}

impl MileageScale {
    /// Reads a file laid out as `data/kilometrique/2022.toml`.
    ///
    /// # Errors
    /// When the text is not such a file or leaves a car without a rate.
    pub fn from_toml(text: &str) -> Result<Self, ScaleError> {
        let scale: Self = toml::from_str(text)?;
        if !(1..=53).contains(&scale.weeks_per_year) {
            return Err(ScaleError::Weeks);
        }
        let (last, first) = scale.vehicles.split_last().ok_or(ScaleError::Classes)?;
        let powers: Vec<_> = first.iter().map(|vehicle| vehicle.horsepower_max).collect();
        let increasing = powers.is_sorted() && powers.iter().all(Option::is_some);
        if !increasing || last.horsepower_max.is_some() {
            return Err(ScaleError::Classes);
        }
        Ok(scale)
    }

    /// The allowance for a year, in cents of euro, rounded down: each kilometre at the rate of its
    /// band.
    #[must_use]
    pub fn yearly_cents(&self, metres_per_year: u64, horsepower: u8) -> u64 {
        let covers = |vehicle: &&VehicleRates| {
            vehicle.horsepower_max.is_none_or(|highest| horsepower <= highest)
        };
        let vehicle = self.vehicles.iter().find(covers).expect("the last class covers all powers");
        let mut start_m = 0;
        let mut milli_cents = 0;
        for (end_km, cents) in BAND_ENDS_KM.into_iter().zip(vehicle.cents) {
            let end_m = end_km * 1_000;
            milli_cents += metres_per_year.clamp(start_m, end_m).saturating_sub(start_m) * cents;
            start_m = end_m;
        }
        milli_cents / 1_000
    }

    /// Metres in a year, from those of a usual week.
    #[must_use]
    pub fn yearly_metres(&self, metres_per_week: u64) -> u64 {
        metres_per_week * u64::from(self.weeks_per_year)
    }
}

/// Whether a trip to a commune gives right to the allowance: it leaves both the residence
/// administrative and the residence familiale (article 2). Communes by INSEE code. An unknown
/// residence familiale is taken to be elsewhere.
#[must_use]
pub fn is_paid(destination: &str, administrative: &str, familiale: Option<&str>) -> bool {
    destination != administrative && Some(destination) != familiale
}

#[cfg(test)]
mod tests {
    use super::*;

    fn euros(kilometres: u64, horsepower: u8) -> f64 {
        MileageScale::default().yearly_cents(kilometres * 1_000, horsepower) as f64 / 100.0
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
    fn counts_thirty_six_weeks_a_year() {
        assert_eq!(MileageScale::default().yearly_metres(100_000), 3_600_000);
    }

    #[test]
    fn pays_no_trip_within_the_communes_of_residence() {
        assert!(is_paid("31033", "31555", Some("31069")));
        assert!(!is_paid("31555", "31555", None));
        assert!(!is_paid("31069", "31555", Some("31069")));
    }

    #[test]
    fn refuses_a_scale_that_leaves_a_car_without_a_rate() {
        let closed = SCALE_2022
            .replace("centimes = [45, 55, 32]", "puissance_max_cv = 9\ncentimes = [45, 55, 32]");
        assert!(matches!(MileageScale::from_toml(&closed), Err(ScaleError::Classes)));
        let disordered = SCALE_2022.replace("puissance_max_cv = 7", "puissance_max_cv = 4");
        assert!(matches!(MileageScale::from_toml(&disordered), Err(ScaleError::Classes)));
        let weeks = SCALE_2022.replace("semaines_par_an = 36", "semaines_par_an = 60");
        assert!(matches!(MileageScale::from_toml(&weeks), Err(ScaleError::Weeks)));
    }
}
