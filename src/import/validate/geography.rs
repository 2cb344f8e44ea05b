//! Coordinates: swapped, projected, outside France, or far from the other establishments.

use crate::domain::Establishment;
use crate::import::error::{Code, Diagnostic};
use crate::import::france::is_french;
use crate::import::sheet::Rows;

/// Nobody is told to look before this, metres: no metropolitan departement is wider from its middle.
const NEAR_METRES: f64 = 120_000.0;
/// Times the distance within which three quarters of the establishments lie.
const SPREAD: f64 = 4.0;
/// Fewer establishments have no middle to speak of.
const FEWEST: usize = 8;

/// Checks the coordinates; those that could not be read are NaN, and told elsewhere.
pub fn check(rows: &Rows<Establishment>, report: &mut Vec<Diagnostic>) {
    let mut inside = Vec::new();
    for (index, row) in rows.values.iter().enumerate() {
        let (latitude, longitude) = (row.latitude, row.longitude);
        if latitude.is_nan() || longitude.is_nan() {
            continue;
        }
        if is_french(latitude, longitude) {
            inside.push(index);
        } else {
            report.push(misplaced(rows, index, latitude, longitude));
        }
    }
    check_distances(rows, &inside, report);
}

fn misplaced(
    rows: &Rows<Establishment>,
    index: usize,
    latitude: f64,
    longitude: f64,
) -> Diagnostic {
    if is_french(longitude, latitude) {
        let cause = "Latitude et longitude sont échangées.";
        let action = "Échangez les deux valeurs (en métropole, la latitude est entre 41 et 51).";
        return rows.fault(index, "latitude", Code::SwappedCoordinates, cause, action);
    }
    let projected = latitude.abs() > 180.0 || longitude.abs() > 180.0;
    let (cause, action) = if projected {
        (
            "Ces coordonnées ne sont pas en degrés (sans doute en mètres, Lambert 93).",
            "Prenez les colonnes latitude et longitude de l'annuaire, en degrés WGS 84.",
        )
    } else {
        (
            "Ce point n'est pas en France.",
            "Vérifiez la latitude et la longitude sur l'annuaire ou sur une carte.",
        )
    };
    rows.fault(index, "latitude", Code::OutsideFrance, cause, action)
}

/// Warns of the points out of proportion with the spread of the others.
fn check_distances(rows: &Rows<Establishment>, inside: &[usize], report: &mut Vec<Diagnostic>) {
    if inside.len() < FEWEST {
        return;
    }
    let values = |coordinate: fn(&Establishment) -> f64| {
        inside.iter().map(|index| coordinate(&rows.values[*index])).collect::<Vec<_>>()
    };
    let latitude = quantile(values(|row| row.latitude), 0.5);
    let longitude = quantile(values(|row| row.longitude), 0.5);
    let distance = |row: &Establishment| metres(latitude, longitude, row.latitude, row.longitude);
    let usual = quantile(inside.iter().map(|index| distance(&rows.values[*index])).collect(), 0.75);
    let limit = NEAR_METRES.max(SPREAD * usual);
    for index in inside {
        let away = distance(&rows.values[*index]);
        if away > limit {
            let cause = format!(
                "Ce point est à {:.0} km du milieu des autres établissements.",
                away / 1000.0
            );
            let action =
                "Vérifiez la latitude et la longitude ; rien à faire si elles sont justes.";
            report.push(rows.fault(*index, "latitude", Code::FarAway, cause, action));
        }
    }
}

fn quantile(mut values: Vec<f64>, share: f64) -> f64 {
    values.sort_by(f64::total_cmp);
    values[((values.len() - 1) as f64 * share) as usize]
}

/// Flat approximation, good enough to tell 100 km from 1000.
fn metres(latitude: f64, longitude: f64, other_latitude: f64, other_longitude: f64) -> f64 {
    const METRES_PER_DEGREE: f64 = 111_195.0;
    let north = (other_latitude - latitude) * METRES_PER_DEGREE;
    let east = (other_longitude - longitude) * METRES_PER_DEGREE * latitude.to_radians().cos();
    north.hypot(east)
}
