//! The estimate of a trip from coordinates alone, for pairs that nothing better covers.
//!
//! Great-circle distance times a detour factor gives the road distance. Time follows the idea
//! that the ends of a trip are slow and its middle is not: up to `approach` kilometres at each
//! end run at the speed of the place there (rural, mixed, urban), the rest at cruising speed.
//! A pair of towns far apart is thus not driven at town speed all along.
//! The factors, their sources and what is our own choice stand in `data/trajets/estimation.toml`.

use serde::Deserialize;
use thiserror::Error;

use super::{Place, Setting, Source, Trip};

const DEFAULT_FACTORS: &str = include_str!("../../data/trajets/estimation.toml");

/// What the estimate is computed with. Every value is finite and positive, the detour at least 1.
#[derive(Debug, Clone, PartialEq)]
pub struct EstimateFactors {
    /// Road distance over great-circle distance, 1 or more.
    pub detour: f64,
    /// Longest stretch at each end that is driven at the speed of the place, in kilometres of road.
    pub approach_km: f64,
    /// Speed around a place of an urban commune, km/h.
    pub urban_km_h: f64,
    /// Speed around a place of a rural commune under the influence of a town, km/h.
    pub mixed_km_h: f64,
    /// Speed around a place of an autonomous rural commune, km/h.
    pub rural_km_h: f64,
    /// Speed between the two approaches, km/h.
    pub cruising_km_h: f64,
    /// Great-circle distance up to which one walks, in metres.
    pub walk_up_to_m: f64,
    /// Walking speed, km/h.
    pub walking_km_h: f64,
}

/// Why a file of factors is refused. The message is for the user.
#[derive(Debug, Error)]
pub enum FactorsError {
    /// Not the expected TOML.
    #[error("facteurs d'estimation illisibles : {0}")]
    Syntax(#[from] toml::de::Error),
    /// A value that no estimate can be computed with.
    #[error("facteurs d'estimation : {name} vaut {value}, il faut {wanted}")]
    Value {
        /// Name of the value in the file.
        name: &'static str,
        /// The value read.
        value: f64,
        /// What is accepted.
        wanted: &'static str,
    },
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FactorsFile {
    distance: DistanceTable,
    vitesse: SpeedTable,
    marche: WalkTable,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct DistanceTable {
    detour: f64,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SpeedTable {
    approche_km: f64,
    urbain_km_h: f64,
    intermediaire_km_h: f64,
    rural_km_h: f64,
    croisiere_km_h: f64,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WalkTable {
    jusqu_a_m: f64,
    vitesse_km_h: f64,
}

impl Default for EstimateFactors {
    fn default() -> Self {
        Self::from_toml(DEFAULT_FACTORS).expect("the embedded factors are valid")
    }
}

impl EstimateFactors {
    /// Reads a file laid out as `data/trajets/estimation.toml`.
    ///
    /// # Errors
    /// When the text is not such a file, or a value is not a usable number.
    pub fn from_toml(text: &str) -> Result<Self, FactorsError> {
        let file: FactorsFile = toml::from_str(text)?;
        let factors = Self {
            detour: file.distance.detour,
            approach_km: file.vitesse.approche_km,
            urban_km_h: file.vitesse.urbain_km_h,
            mixed_km_h: file.vitesse.intermediaire_km_h,
            rural_km_h: file.vitesse.rural_km_h,
            cruising_km_h: file.vitesse.croisiere_km_h,
            walk_up_to_m: file.marche.jusqu_a_m,
            walking_km_h: file.marche.vitesse_km_h,
        };
        factors.check()?;
        Ok(factors)
    }

    /// Estimates the trip between two distinct places.
    pub fn trip(&self, origin: &Place, destination: &Place) -> Trip {
        let direct_m = origin.distance_m(destination);
        if self.is_walk(direct_m) {
            return self.walk(direct_m);
        }
        let road_km = direct_m * self.detour / 1000.0;
        let approach_km = self.approach_km.min(road_km / 2.0);
        let hours = approach_km / self.approach_speed(origin.setting())
            + approach_km / self.approach_speed(destination.setting())
            + (road_km - 2.0 * approach_km) / self.cruising_km_h;
        // Getting in and parking: no drive is quicker than the longest walk, so that time
        // never falls as distance grows.
        let shortest_s = self.walk_seconds(self.walk_up_to_m);
        Trip {
            seconds: ((hours * 3600.0).round() as u32).max(shortest_s),
            metres: (road_km * 1000.0).round() as u32,
            source: Source::Estimated,
        }
    }

    /// Whether two places are so close that one walks: no road engine is asked for such a pair.
    pub fn is_walk(&self, direct_m: f64) -> bool {
        direct_m <= self.walk_up_to_m
    }

    fn walk(&self, direct_m: f64) -> Trip {
        Trip { seconds: self.walk_seconds(direct_m), metres: 0, source: Source::Estimated }
    }

    fn walk_seconds(&self, direct_m: f64) -> u32 {
        (direct_m * 3.6 / self.walking_km_h).round() as u32
    }

    fn approach_speed(&self, setting: Setting) -> f64 {
        match setting {
            Setting::Rural => self.rural_km_h,
            Setting::Mixed => self.mixed_km_h,
            Setting::Urban => self.urban_km_h,
        }
    }

    fn check(&self) -> Result<(), FactorsError> {
        let at_least = |name, value: f64, least: f64, wanted| {
            let usable = value.is_finite() && value >= least;
            if usable { Ok(()) } else { Err(FactorsError::Value { name, value, wanted }) }
        };
        at_least("detour", self.detour, 1.0, "1 ou plus")?;
        at_least("approche_km", self.approach_km, 0.0, "0 ou plus")?;
        at_least("jusqu_a_m", self.walk_up_to_m, 0.0, "0 ou plus")?;
        for (name, value) in [
            ("urbain_km_h", self.urban_km_h),
            ("intermediaire_km_h", self.mixed_km_h),
            ("rural_km_h", self.rural_km_h),
            ("croisiere_km_h", self.cruising_km_h),
            ("vitesse_km_h", self.walking_km_h),
        ] {
            at_least(name, value, 1.0, "1 km/h ou plus")?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place(latitude: f64, rural_class: u8) -> Place {
        Place { id: String::new(), latitude, longitude: 2.0, rural_class: Some(rural_class) }
    }

    /// A place this many kilometres of road north of `place(46.0, _)`.
    fn place_at_road_km(road_km: f64, rural_class: u8) -> Place {
        let degrees = road_km / EstimateFactors::default().detour / 111.195;
        place(46.0 + degrees, rural_class)
    }

    #[test]
    fn meets_the_published_commutes_within_a_tenth() {
        let factors = EstimateFactors::default();
        for (road_km, minutes) in [(25.9, 32.0), (35.4, 43.0), (14.7, 23.0)] {
            let trip = factors.trip(&place_at_road_km(road_km, 3), &place(46.0, 6));
            let estimated = f64::from(trip.seconds) / 60.0;
            assert!((estimated / minutes - 1.0).abs() < 0.1, "{road_km} km: {estimated} min");
        }
    }

    #[test]
    fn a_town_is_slower_than_the_country() {
        let factors = EstimateFactors::default();
        let rural = factors.trip(&place(46.0, 1), &place(46.1, 1));
        let urban = factors.trip(&place(46.0, 6), &place(46.1, 6));
        assert!(urban.seconds > rural.seconds);
        assert_eq!(urban.metres, rural.metres);
    }

    #[test]
    fn neighbours_are_walked_within_three_minutes_and_without_mileage() {
        let factors = EstimateFactors::default();
        let trip = factors.trip(&place(46.0, 6), &place(46.0017, 6));
        assert!((1..=180).contains(&trip.seconds), "{} s", trip.seconds);
        assert_eq!(trip.metres, 0);
        assert_eq!(factors.trip(&place(46.0, 6), &place(46.0, 6)).seconds, 0);
    }

    #[test]
    fn time_never_falls_as_distance_grows() {
        let factors = EstimateFactors::default();
        let seconds = |step: u32| {
            factors.trip(&place(46.0, 6), &place(46.0 + f64::from(step) * 1e-4, 6)).seconds
        };
        for step in 0..2000 {
            assert!(seconds(step) <= seconds(step + 1), "at {step} e-4 degrees");
        }
    }

    #[test]
    fn refuses_a_value_that_no_estimate_can_use() {
        for (from, to) in [
            ("detour = 1.3", "detour = 0.9"),
            ("croisiere_km_h = 60.0", "croisiere_km_h = 0.0"),
            ("rural_km_h = 55.0", "rural_km_h = nan"),
        ] {
            let text = DEFAULT_FACTORS.replace(from, to);
            let error = EstimateFactors::from_toml(&text).expect_err(to);
            assert!(matches!(error, FactorsError::Value { .. }), "{error}");
        }
        let typo = DEFAULT_FACTORS.replace("urbain_km_h", "urbin_km_h");
        assert!(matches!(EstimateFactors::from_toml(&typo), Err(FactorsError::Syntax(_))));
    }
}
