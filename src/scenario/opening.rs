//! An establishment that opens (R18).

use geo::{Distance, Haversine, Point};
use serde::{Deserialize, Serialize};

use crate::domain::{Categories, Category, Dossier, Establishment, EstablishmentKind, Uai};

use super::error::EditError;
use super::known;

/// A new establishment. What is left out is taken from its commune, or is unknown.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Opening {
    /// UAI; [`provisional_uai`] makes one before the ministry does.
    pub uai: String,
    /// Name.
    pub nom: String,
    /// Type.
    #[serde(rename = "type")]
    pub kind: EstablishmentKind,
    /// Commune.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub commune: String,
    /// WGS 84, degrees; none: where the commune's establishments are.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub latitude: Option<f64>,
    /// WGS 84, degrees.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub longitude: Option<f64>,
    /// Pupils expected, post-bac excluded.
    pub effectif: u32,
    /// Categories; none: unknown.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub categories: Option<Vec<Category>>,
    /// Social position index; none: unknown.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ips: Option<f64>,
    /// Bassin; none: that of the nearest establishment.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub bassin: Option<String>,
    /// Units with the same text are served together.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub groupe: Option<String>,
    /// On the recteur's list.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub dote: bool,
}

/// A UAI that no row bears, in the departement's range, for an establishment without one yet.
#[must_use]
pub fn provisional_uai(dossier: &Dossier) -> String {
    let departement = dossier.scenario.departement.as_str();
    let prefix: u32 = match departement {
        "2A" => 620,
        "2B" => 720,
        code => code.parse().unwrap_or(0),
    };
    let serials = (0..10_000_u32).rev();
    serials
        .map(|serial| Uai::from_number(prefix * 10_000 + serial).to_string())
        .find(|uai| known::row(dossier, uai).is_err())
        .expect("a departement has fewer than 10,000 establishments")
}

/// Adds the establishment at the end of the dossier.
pub fn open(dossier: &mut Dossier, new: &Opening) -> Result<(), EditError> {
    if new.uai.trim().is_empty() || known::row(dossier, &new.uai).is_ok() {
        return Err(EditError::Taken(new.uai.clone()));
    }
    let (latitude, longitude) = match (new.latitude, new.longitude) {
        (Some(latitude), Some(longitude)) => (latitude, longitude),
        _ => centre_of(dossier, &new.commune).ok_or_else(|| EditError::NoPlace(new.nom.clone()))?,
    };
    let neighbour = nearest(dossier, latitude, longitude).cloned();
    let same_commune =
        neighbour.as_ref().filter(|row| row.commune.eq_ignore_ascii_case(&new.commune));
    dossier.establishments.push(Establishment {
        uai: new.uai.trim().to_uppercase(),
        name: new.nom.clone(),
        kind: new.kind,
        commune: new.commune.clone(),
        commune_code: same_commune.map_or_else(String::new, |row| row.commune_code.clone()),
        latitude,
        longitude,
        pupils: None,
        post_bac_pupils: 0,
        categories: categories(new.categories.as_deref()),
        ips: new.ips,
        pupils_year: None,
        forecast: Some((new.effectif, dossier.scenario.year)),
        bassin: match &new.bassin {
            Some(bassin) => bassin.clone(),
            None => neighbour.as_ref().map_or_else(String::new, |row| row.bassin.clone()),
        },
        network: None,
        group: new.groupe.clone(),
        on_priority_list: new.dote,
        assistants_max: 1,
        rural_class: same_commune.and_then(|row| row.rural_class),
    });
    Ok(())
}

/// Those told are known, the others known to be absent; nothing told, nothing known.
fn categories(told: Option<&[Category]>) -> Categories {
    match told {
        Some(categories) => categories.iter().copied().collect(),
        None => Categories { present: [].into(), unknown: Category::ALL.into_iter().collect() },
    }
}

/// The mean place of the establishments of a commune.
fn centre_of(dossier: &Dossier, commune: &str) -> Option<(f64, f64)> {
    let there: Vec<&Establishment> = dossier
        .establishments
        .iter()
        .filter(|row| !commune.is_empty() && row.commune.eq_ignore_ascii_case(commune))
        .collect();
    let count = there.len() as f64;
    let mean = |of: fn(&Establishment) -> f64| there.iter().map(|row| of(row)).sum::<f64>() / count;
    (!there.is_empty()).then(|| (mean(|row| row.latitude), mean(|row| row.longitude)))
}

fn nearest(dossier: &Dossier, latitude: f64, longitude: f64) -> Option<&Establishment> {
    let here = Point::new(longitude, latitude);
    let metres =
        |row: &&Establishment| Haversine.distance(here, Point::new(row.longitude, row.latitude));
    dossier.establishments.iter().min_by(|a, b| metres(a).total_cmp(&metres(b)))
}
