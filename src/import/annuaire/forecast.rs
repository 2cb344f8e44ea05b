//! Forecast effectifs, which stand beside the published ones and replace them.

use super::cells::{pupils, year};
use super::report::{ImportReport, Topic};
use super::social::UAI_NAMES;
use crate::domain::Establishment;
use crate::import::Table;

/// Names of the column of forecasts, which such a file cannot do without.
pub(super) const PUPILS_NAMES: [&str; 3] = ["effectif", "effectifs", "prevision"];

/// Applies a table `uai · effectif · annee`; without a year, that of the rentree.
pub(super) fn apply(
    table: &Table,
    rentree: u16,
    establishments: &mut [Establishment],
    report: &mut ImportReport,
) {
    let uai_column = table.column(&UAI_NAMES);
    let pupils_column = table.column(&PUPILS_NAMES);
    let year_column = table.column(&["annee", "rentree", "rentree_scolaire"]);
    for row in &table.rows {
        let cell = |column: Option<usize>| column.map_or("", |column| row.get(column));
        let uai = cell(uai_column).to_uppercase();
        let unit = establishments.iter_mut().find(|unit| unit.uai == uai);
        let Some((unit, pupils)) = unit.zip(pupils(cell(pupils_column))) else {
            let detail = format!("ligne {}", row.line);
            report.note(Topic::ForecastUnmatched, uai, "", detail);
            continue;
        };
        let year = year(cell(year_column));
        let before = unit.pupils.map_or_else(|| "inconnu".into(), |pupils| pupils.to_string());
        let detail = format!("{before} élèves, prévision {pupils}");
        report.note(Topic::Forecast, &unit.uai, &unit.name, detail);
        unit.forecast = Some((pupils, year.unwrap_or(rentree)));
    }
}
