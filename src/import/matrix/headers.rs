//! What the headers of a matrix say: its form, and the unit of each value.

use crate::import::error::{Code, Diagnostic};
use crate::import::table::{Table, plain_letters};

const ORIGIN: &[&str] = &["origine", "origin", "origin_id", "from", "from_id", "source", "depart"];
const DESTINATION: &[&str] =
    &["destination", "destination_id", "to", "to_id", "target", "arrivee", "vers"];
/// Words of a time or a length, whose unit must be said.
const QUANTITIES: [&str; 8] =
    ["duree", "temps", "duration", "time", "distance", "longueur", "length", "trajet"];
/// Words of other quantities, whatever units they are made of.
const OTHERS: [&str; 2] = ["vitesse", "speed"];

/// What a column or a square matrix measures.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Measure {
    /// Seconds in one unit.
    Time(f64),
    /// Metres in one unit.
    Length(f64),
}

/// Where the values of a table are.
#[derive(Debug, Clone, PartialEq)]
pub enum Form {
    /// One row per pair.
    Long {
        /// Column of origins.
        origin: usize,
        /// Column of destinations.
        destination: usize,
        /// Columns of values, one of each quantity at most.
        values: Vec<(usize, Measure)>,
    },
    /// One row per origin, one column per destination.
    Square(Measure),
}

impl Measure {
    /// Whether both are times, or both lengths.
    pub fn is_same_quantity(self, other: Self) -> bool {
        matches!(self, Self::Time(_)) == matches!(other, Self::Time(_))
    }
}

/// The form of a table; faults of its headers are reported, and `None` when it has none.
pub fn form(table: &Table, report: &mut Vec<Diagnostic>) -> Option<Form> {
    let mut units: Vec<Option<Measure>> = Vec::new();
    let faults_before = report.len();
    for header in &table.headers {
        units.push(measure(header).unwrap_or_else(|unsaid| {
            report.push(unit_fault(table, header, unsaid));
            None
        }));
    }
    let form = match (table.column(ORIGIN), table.column(DESTINATION)) {
        (Some(origin), Some(destination)) => {
            let values: Vec<_> = units
                .into_iter()
                .enumerate()
                .filter_map(|(column, measure)| Some((column, measure?)))
                .collect();
            report.extend(doubled(table, &values));
            (!values.is_empty()).then_some(Form::Long { origin, destination, values })
        }
        _ if table.headers.len() > 1 => units[0].map(Form::Square),
        _ => None,
    };
    if form.is_none() && report.len() == faults_before {
        report.push(unknown_form(table));
    }
    form.filter(|_| report.len() == faults_before)
}

/// What a header measures, `None` when it is neither a time nor a length; the quantity as an
/// error when its unit is not said.
fn measure(header: &str) -> Result<Option<Measure>, &'static str> {
    let plain = plain_letters(header).to_lowercase();
    let words: Vec<&str> = plain.split(|letter: char| !letter.is_alphanumeric()).collect();
    if words.iter().any(|word| OTHERS.contains(word)) {
        return Ok(None);
    }
    let unit = words.iter().rev().find_map(|word| match *word {
        "s" | "sec" | "seconde" | "secondes" | "seconds" => Some(Measure::Time(1.0)),
        "min" | "mn" | "minute" | "minutes" => Some(Measure::Time(60.0)),
        "h" | "heure" | "heures" | "hours" => Some(Measure::Time(3600.0)),
        "m" | "metre" | "metres" | "meters" => Some(Measure::Length(1.0)),
        "km" | "kilometre" | "kilometres" | "kilometers" => Some(Measure::Length(1000.0)),
        _ => None,
    });
    match (unit, QUANTITIES.iter().find(|name| words.contains(name))) {
        (None, Some(quantity)) => Err(quantity),
        (unit, _) => Ok(unit),
    }
}

fn unit_fault(table: &Table, header: &str, quantity: &str) -> Diagnostic {
    let length = ["distance", "longueur", "length"].contains(&quantity);
    let units = if length { ["km", "m"] } else { ["min", "s"] };
    let [usual, other] = units.map(|unit| format!("« {header}_{unit} »"));
    let cause = format!("La colonne « {header} » ne dit pas son unité.");
    Diagnostic {
        column: Some(header.to_owned()),
        ..Diagnostic::new(
            Code::MatrixUnit,
            &table.file,
            cause,
            format!("Renommez-la, par exemple en {usual} ou {other}."),
        )
    }
}

/// Two columns of one quantity.
fn doubled(table: &Table, values: &[(usize, Measure)]) -> Option<Diagnostic> {
    let (first, second) = values.iter().enumerate().find_map(|(rank, (column, measure))| {
        let (before, _) =
            values[..rank].iter().find(|(_, other)| measure.is_same_quantity(*other))?;
        Some((*before, *column))
    })?;
    let (first, second) = (&table.headers[first], &table.headers[second]);
    let cause = format!("Les colonnes « {first} » et « {second} » donnent la même grandeur.");
    Some(Diagnostic {
        column: Some(second.clone()),
        ..Diagnostic::new(Code::DoubledColumn, &table.file, cause, "Gardez-en une.")
    })
}

fn unknown_form(table: &Table) -> Diagnostic {
    let headers: Vec<&str> = table.headers.iter().take(6).map(String::as_str).collect();
    let cause = format!(
        "Les en-têtes ne disent pas ce que contient la matrice (lus : {}).",
        headers.join(", ")
    );
    let action = "Il faut soit « origine », « destination » et « minutes » (avec « km » au mieux), soit un tableau carré dont la première case dit l'unité (« minutes », « secondes », « km », « metres ») et dont les autres en-têtes sont les destinations.";
    Diagnostic::new(Code::MatrixHeaders, &table.file, cause, action)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_unit_is_read_in_the_header() {
        for (header, expected) in [
            ("minutes", Measure::Time(60.0)),
            ("durée (s)", Measure::Time(1.0)),
            ("travel_time_min", Measure::Time(60.0)),
            ("Temps en heures", Measure::Time(3600.0)),
            ("Distance (m)", Measure::Length(1.0)),
            ("km", Measure::Length(1000.0)),
        ] {
            assert_eq!(measure(header), Ok(Some(expected)), "{header}");
        }
        for header in ["origine", "nom", "vitesse (km/h)", "0310001A"] {
            assert_eq!(measure(header), Ok(None), "{header}");
        }
        assert_eq!(measure("Durée"), Err("duree"));
        assert_eq!(measure("distance"), Err("distance"));
    }
}
