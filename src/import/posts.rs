//! Rows of `postes.csv`.

use crate::domain::{Field, Post, working_half_days};

use super::error::Code;
use super::establishments::{commune_code, unit_code};
use super::number::parse_number;
use super::sheet::{Cells, french, upper};

/// Reads a row.
pub fn read(cells: &mut Cells) -> Post {
    Post {
        id: cells.owned("poste"),
        agent: cells.optional("agent"),
        quotite_percent: quotite(cells),
        residence: Some(unit_code(cells, "residence")).filter(|code| !code.is_empty()),
        bassin: cells.optional("bassin"),
        field: cells
            .word("champ", &["1D", "2D", "1D+2D"], |text| upper(text).parse().ok())
            .unwrap_or(Field::Both),
        discharge_centi: discharge(cells),
        working_days: working_days(cells),
        vacant: cells.yes_no("vacant"),
        from: cells.date("du"),
        until: cells.date("au"),
        max_trip_minutes: cells.integer("trajet_max_minutes", 1..=600),
        max_establishments: cells.integer("etablissements_max", 1..=99),
        home_commune: Some(commune_code(cells, "commune_familiale"))
            .filter(|code| !code.is_empty()),
        horsepower: cells.integer("puissance_fiscale", 1..=99),
    }
}

/// Hundredths of a full time. 100 % when at fault.
fn quotite(cells: &mut Cells) -> u8 {
    let text = cells.text("quotite");
    let percent = text.strip_suffix('%').and_then(parse_number);
    if let Some(percent) = percent.filter(|percent| (1.0..=100.0).contains(percent)) {
        return hundredths(cells, "quotite", percent / 100.0) as u8;
    }
    if let Some(number) =
        parse_number(text).filter(|number| (1.0..=100.0).contains(number) && *number > 1.0)
    {
        let cause = format!("{text} n'est pas une quotité : elle se compte de 0 à 1.");
        let action = format!("Écrivez {} pour {text} %.", french(number / 100.0));
        cells.fault("quotite", Code::QuotiteInPercent, cause, action);
        return 100;
    }
    match cells.number("quotite", 0.01..=1.0) {
        Some(share) => hundredths(cells, "quotite", share) as u8,
        None => 100,
    }
}

/// As written, whatever it says: the plan does not depend on it, the timetable does.
fn working_days(cells: &mut Cells) -> Option<String> {
    let days = cells.optional("jours_travailles")?;
    if working_half_days(&days).is_none() {
        let cause = format!(
            "« {days} » ne dit pas quels jours : le planning les supposera tous travaillés."
        );
        let action = "Écrivez par exemple « lu ma je ve », ou « lundi, mardi matin ».";
        cells.fault("jours_travailles", Code::WorkingDays, cause, action);
    }
    Some(days)
}

fn discharge(cells: &mut Cells) -> u32 {
    match cells.number("decharge_demi_journees", 0.0..=10.0) {
        Some(half_days) => hundredths(cells, "decharge_demi_journees", half_days),
        None => 0,
    }
}

/// Whole hundredths, with a warning when the value is finer.
fn hundredths(cells: &mut Cells, column: &str, value: f64) -> u32 {
    let rounded = (value * 100.0).round();
    if (value * 100.0 - rounded).abs() > 1e-6 {
        let cause = format!("La valeur est arrondie au centième : {}.", french(rounded / 100.0));
        cells.fault(column, Code::Rounded, cause, "Rien à faire si l'arrondi convient.");
    }
    rounded as u32
}
