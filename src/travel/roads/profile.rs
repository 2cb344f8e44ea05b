//! What the tags of an OpenStreetMap way mean for a car: may it pass, in which directions, how fast.
//!
//! Tag meanings follow the OpenStreetMap wiki (Key:access, Key:oneway, Key:maxspeed, Key:surface).
//! The speeds are editable, with their sources, in `data/trajets/routes.toml`.
//! Not modelled: conditional restrictions, ferries, tolls, traffic.

use std::collections::BTreeMap;

use serde::Deserialize;
use thiserror::Error;

const DEFAULT_SPEEDS: &str = include_str!("../../../data/trajets/routes.toml");

/// Speeds by class of road; every one is at least 1 km/h.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RoadProfile {
    #[serde(rename = "limitation")]
    limit: Limit,
    classes: BTreeMap<String, ClassSpeed>,
    #[serde(rename = "plafonds")]
    caps: Caps,
}

#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
struct Limit {
    #[serde(rename = "part")]
    share: f64,
}

#[derive(Debug, Clone, Copy, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
struct ClassSpeed {
    #[serde(rename = "usuelle")]
    usual: f64,
    #[serde(rename = "plafond")]
    cap: f64,
}

#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
struct Caps {
    #[serde(rename = "rond_point")]
    roundabout: f64,
    #[serde(rename = "non_revetu")]
    unpaved: f64,
    #[serde(rename = "acces_restreint")]
    restricted: f64,
}

/// Why a file of road speeds is refused. The message is for the user.
#[derive(Debug, Error)]
pub enum ProfileError {
    /// Not the expected TOML.
    #[error("vitesses des routes illisibles : {0}")]
    Syntax(#[from] toml::de::Error),
    /// A speed that no time can be computed with.
    #[error("vitesses des routes : « {name} » vaut {value}, il faut de {least} à {most}")]
    Value {
        /// Name of the value in the file.
        name: String,
        /// The value read.
        value: f64,
        /// Smallest value accepted.
        least: f64,
        /// Largest value accepted.
        most: f64,
    },
}

/// The speed of a car along a way, in km/h; `None` where it may not drive.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct WaySpeeds {
    /// In the direction of the way's nodes.
    pub forward_km_h: Option<f64>,
    /// Against it.
    pub backward_km_h: Option<f64>,
    /// Whether a trip may start or end along it: not on a motorway, nor in a tunnel.
    pub stops: bool,
}

impl Default for RoadProfile {
    fn default() -> Self {
        Self::from_toml(DEFAULT_SPEEDS).expect("the embedded road speeds are valid")
    }
}

impl RoadProfile {
    /// Reads a file laid out as `data/trajets/routes.toml`.
    ///
    /// # Errors
    /// When the text is not such a file, or a speed is outside 1 to 200 km/h.
    pub fn from_toml(text: &str) -> Result<Self, ProfileError> {
        let profile: Self = toml::from_str(text)?;
        profile.check()?;
        Ok(profile)
    }

    /// The speeds along a way of these tags, or `None` when a car cannot use it.
    pub fn way_speeds(&self, tags: &Tags) -> Option<WaySpeeds> {
        let class = self.classes.get(tags.get("highway")?)?;
        if tags.get("area") == Some("yes") {
            return None;
        }
        let access_cap = self.access_cap(tags)?;
        let cap = self.surroundings_cap(tags).min(access_cap).min(class.cap);
        let (forward, backward) = directions(tags);
        let speed = |side: &str| self.speed(tags, side, *class).min(cap);
        Some(WaySpeeds {
            forward_km_h: forward.then(|| speed("maxspeed:forward")),
            backward_km_h: backward.then(|| speed("maxspeed:backward")),
            stops: !is_motorway(tags) && tags.get("tunnel").is_none_or(|tunnel| tunnel == "no"),
        })
    }

    fn speed(&self, tags: &Tags, side: &str, class: ClassSpeed) -> f64 {
        let limit = tags.get(side).or_else(|| tags.get("maxspeed")).and_then(limit_km_h);
        limit.map_or(class.usual, |limit| (limit * self.limit.share).max(1.0))
    }

    /// The cap that access rules put on a way: none, slow where only some may enter, and `None`
    /// where the public may not. The most specific key rules (wiki, Key:access).
    fn access_cap(&self, tags: &Tags) -> Option<f64> {
        let access = ["motorcar", "motor_vehicle", "vehicle", "access"]
            .iter()
            .find_map(|key| tags.get(key))
            .unwrap_or("yes");
        match access {
            "yes" | "permissive" | "designated" | "official" | "public" | "unknown" => {
                Some(f64::INFINITY)
            }
            // Open to those who have business there: right at the end of a trip, too slow for a
            // short cut.
            "destination" | "customers" | "permit" | "residents" => Some(self.caps.restricted),
            _ => None,
        }
    }

    fn surroundings_cap(&self, tags: &Tags) -> f64 {
        let roundabout = is_roundabout(tags).then_some(self.caps.roundabout);
        let unpaved = tags.get("surface").is_some_and(is_unpaved).then_some(self.caps.unpaved);
        [roundabout, unpaved].into_iter().flatten().fold(f64::INFINITY, f64::min)
    }

    fn check(&self) -> Result<(), ProfileError> {
        let within = |name: String, value: f64, least: f64, most: f64| {
            let usable = (least..=most).contains(&value);
            if usable { Ok(()) } else { Err(ProfileError::Value { name, value, least, most }) }
        };
        within("part".into(), self.limit.share, 0.1, 2.0)?;
        for (name, class) in &self.classes {
            within(format!("{name}.usuelle"), class.usual, 1.0, 200.0)?;
            within(format!("{name}.plafond"), class.cap, 1.0, 200.0)?;
        }
        within("rond_point".into(), self.caps.roundabout, 1.0, 200.0)?;
        within("non_revetu".into(), self.caps.unpaved, 1.0, 200.0)?;
        within("acces_restreint".into(), self.caps.restricted, 1.0, 200.0)
    }
}

/// The tags of one OpenStreetMap object, few enough for a linear search.
#[derive(Debug, Clone, Default)]
pub struct Tags<'a>(Vec<(&'a str, &'a str)>);

impl<'a> FromIterator<(&'a str, &'a str)> for Tags<'a> {
    fn from_iter<I: IntoIterator<Item = (&'a str, &'a str)>>(tags: I) -> Self {
        Self(tags.into_iter().collect())
    }
}

impl<'a> Tags<'a> {
    /// The value of a key.
    pub fn get(&self, key: &str) -> Option<&'a str> {
        self.0.iter().find(|(name, _)| *name == key).map(|(_, value)| *value)
    }
}

/// Whether a car may drive along the way's nodes, and against them.
fn directions(tags: &Tags) -> (bool, bool) {
    let oneway =
        ["oneway:motorcar", "oneway:motor_vehicle", "oneway"].iter().find_map(|key| tags.get(key));
    match oneway {
        Some("yes" | "true" | "1") => (true, false),
        Some("-1" | "reverse") => (false, true),
        Some("no" | "false" | "0") => (true, true),
        _ => (true, !(is_roundabout(tags) || is_motorway(tags))),
    }
}

fn is_roundabout(tags: &Tags) -> bool {
    matches!(tags.get("junction"), Some("roundabout" | "circular"))
}

fn is_motorway(tags: &Tags) -> bool {
    matches!(tags.get("highway"), Some("motorway" | "motorway_link"))
}

fn is_unpaved(surface: &str) -> bool {
    const UNPAVED: [&str; 13] = [
        "unpaved",
        "gravel",
        "fine_gravel",
        "pebblestone",
        "dirt",
        "earth",
        "ground",
        "grass",
        "sand",
        "mud",
        "rock",
        "compacted",
        "woodchips",
    ];
    UNPAVED.contains(&surface)
}

/// A speed limit in km/h; `None` for values that give none (`none`, `signals`, `variable`).
fn limit_km_h(value: &str) -> Option<f64> {
    const MILE_KM: f64 = 1.609_344;
    if let Ok(limit) = value.parse::<f64>() {
        return (limit >= 1.0).then_some(limit);
    }
    if let Some(miles) = value.strip_suffix("mph") {
        return miles.trim().parse::<f64>().ok().map(|miles| miles * MILE_KM);
    }
    // Implicit limits of the French highway code (articles R413-2 and R413-3, 2018).
    match value {
        "FR:motorway" => Some(130.0),
        "FR:rural" => Some(80.0),
        "FR:urban" => Some(50.0),
        "FR:zone30" | "FR:30" => Some(30.0),
        "FR:zone20" | "FR:20" | "FR:living_street" => Some(20.0),
        "FR:walk" | "walk" => Some(6.0),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn speeds(tags: &[(&str, &str)]) -> Option<(Option<f64>, Option<f64>)> {
        let tags = tags.iter().copied().collect();
        let speeds = RoadProfile::default().way_speeds(&tags)?;
        Some((speeds.forward_km_h, speeds.backward_km_h))
    }

    fn both(speed: f64) -> Option<(Option<f64>, Option<f64>)> {
        Some((Some(speed), Some(speed)))
    }

    #[test]
    fn takes_the_usual_speed_of_the_class() {
        assert_eq!(speeds(&[("highway", "secondary")]), both(58.0));
        assert_eq!(speeds(&[("highway", "residential")]), both(30.0));
    }

    #[test]
    fn leaves_out_what_no_car_drives_on() {
        assert_eq!(speeds(&[("highway", "footway")]), None);
        assert_eq!(speeds(&[("highway", "track")]), None);
        assert_eq!(speeds(&[("building", "yes")]), None);
        assert_eq!(speeds(&[("highway", "service"), ("area", "yes")]), None);
    }

    #[test]
    fn takes_a_share_of_the_limit_under_the_cap_of_the_class() {
        assert_eq!(speeds(&[("highway", "primary"), ("maxspeed", "50")]), both(45.0));
        assert_eq!(speeds(&[("highway", "primary"), ("maxspeed", "FR:rural")]), both(72.0));
        assert_eq!(speeds(&[("highway", "tertiary"), ("maxspeed", "80")]), both(65.0));
        assert_eq!(speeds(&[("highway", "primary"), ("maxspeed", "signals")]), both(70.0));
        let (forward, _) = speeds(&[("highway", "primary"), ("maxspeed", "30 mph")]).expect("open");
        assert!((forward.expect("two-way") - 43.452).abs() < 0.01);
    }

    #[test]
    fn reads_a_limit_by_direction() {
        let tags = [("highway", "secondary"), ("maxspeed", "70"), ("maxspeed:backward", "50")];
        assert_eq!(speeds(&tags), Some((Some(63.0), Some(45.0))));
    }

    #[test]
    fn follows_one_way_tags() {
        let oneway = |value| speeds(&[("highway", "residential"), ("oneway", value)]);
        assert_eq!(oneway("yes"), Some((Some(30.0), None)));
        assert_eq!(oneway("-1"), Some((None, Some(30.0))));
        assert_eq!(oneway("no"), both(30.0));
        assert_eq!(speeds(&[("highway", "motorway")]), Some((Some(105.0), None)));
        let bus_lane = [("highway", "residential"), ("oneway", "yes"), ("oneway:motorcar", "no")];
        assert_eq!(speeds(&bus_lane), both(30.0));
    }

    #[test]
    fn slows_down_on_roundabouts_and_unpaved_roads() {
        let roundabout = [("highway", "primary"), ("junction", "roundabout")];
        assert_eq!(speeds(&roundabout), Some((Some(30.0), None)));
        let gravel = [("highway", "unclassified"), ("surface", "gravel"), ("maxspeed", "80")];
        assert_eq!(speeds(&gravel), both(25.0));
    }

    #[test]
    fn lets_the_most_specific_access_rule() {
        let road = |tags: &[(&str, &str)]| {
            let mut all = vec![("highway", "unclassified")];
            all.extend(tags);
            speeds(&all)
        };
        assert_eq!(road(&[("access", "private")]), None);
        assert_eq!(road(&[("motor_vehicle", "no")]), None);
        assert_eq!(road(&[("access", "no"), ("motorcar", "yes")]), both(35.0));
        assert_eq!(road(&[("motor_vehicle", "destination")]), both(10.0));
    }

    #[test]
    fn refuses_a_speed_out_of_range() {
        let text = DEFAULT_SPEEDS.replace("rond_point = 30", "rond_point = 0");
        let error = RoadProfile::from_toml(&text).expect_err("a null speed");
        assert!(error.to_string().contains("rond_point"), "{error}");
    }
}
