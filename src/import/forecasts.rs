//! Rows of `previsions.csv`, applied to the establishments.

use std::collections::BTreeMap;

use crate::domain::Establishment;

use super::establishments::{PUPILS, unit_code};
use super::sheet::Cells;

/// Pupils expected.
#[derive(Debug)]
pub struct Forecast {
    /// Establishment.
    pub uai: String,
    /// Pupils, post-bac excluded.
    pub pupils: u32,
    /// Year of the rentree.
    pub year: u16,
}

/// Reads a row.
pub fn read(cells: &mut Cells) -> Forecast {
    Forecast {
        uai: unit_code(cells, "uai"),
        pupils: cells.integer("effectif", PUPILS).unwrap_or(0),
        year: cells.integer("annee", 2000..=2100).unwrap_or(0),
    }
}

/// Puts each forecast on its establishment.
pub fn apply(forecasts: &[Forecast], establishments: &mut [Establishment]) {
    let by_uai: BTreeMap<&str, &Forecast> =
        forecasts.iter().map(|forecast| (forecast.uai.as_str(), forecast)).collect();
    for establishment in establishments {
        establishment.forecast =
            by_uai.get(establishment.uai.as_str()).map(|forecast| (forecast.pupils, forecast.year));
    }
}
