//! A place that trips start from or reach, and the distance between two of them.

use geo::{Distance, Haversine, Point};

/// A place: an establishment, an ecole, the base of a post.
#[derive(Debug, Clone, PartialEq)]
pub struct Place {
    /// Identifier in the dossier: a UAI or the id of a post.
    pub id: String,
    /// Degrees north, WGS 84.
    pub latitude: f64,
    /// Degrees east, WGS 84.
    pub longitude: f64,
    /// Rural class of its commune, 1 to 6 for `tr1` to `tr6`; `None` when unknown.
    pub rural_class: Option<u8>,
}

/// How dense the surroundings of a place are: decides the speeds of the estimate.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Setting {
    /// Autonomous rural communes, `tr1` and `tr2`.
    Rural,
    /// Rural communes under the influence of a town, `tr3` and `tr4`; also the unknown ones,
    /// as the middle of the three.
    Mixed,
    /// Urban communes, `tr5` and `tr6`.
    Urban,
}

impl Place {
    /// The setting read from the rural class (typology of the ministry, 2021).
    pub fn setting(&self) -> Setting {
        match self.rural_class {
            Some(1 | 2) => Setting::Rural,
            Some(5 | 6) => Setting::Urban,
            _ => Setting::Mixed,
        }
    }

    /// Whether the commune is urban (`tr5`, `tr6`).
    pub fn is_urban(&self) -> bool {
        self.setting() == Setting::Urban
    }

    /// Great-circle distance to another place, in metres.
    pub fn distance_m(&self, other: &Place) -> f64 {
        Haversine.distance(self.point(), other.point())
    }

    fn point(&self) -> Point<f64> {
        Point::new(self.longitude, self.latitude)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place(latitude: f64, longitude: f64, rural_class: Option<u8>) -> Place {
        Place { id: "0310001A".into(), latitude, longitude, rural_class }
    }

    #[test]
    fn measures_the_great_circle_from_toulouse_to_niort() {
        let toulouse = place(43.6045, 1.4440, None);
        let niort = place(46.3237, -0.4648, None);
        let kilometres = toulouse.distance_m(&niort) / 1000.0;
        assert!((335.0..340.0).contains(&kilometres), "{kilometres} km");
    }

    #[test]
    fn derives_the_setting_from_the_rural_class() {
        let settings: Vec<_> = [Some(1), Some(2), Some(3), Some(4), Some(5), Some(6), None]
            .into_iter()
            .map(|class| place(0.0, 0.0, class).setting())
            .collect();
        use Setting::{Mixed, Rural, Urban};
        assert_eq!(settings, [Rural, Rural, Mixed, Mixed, Urban, Urban, Mixed]);
    }
}
