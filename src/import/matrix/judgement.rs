//! What no single cell of a matrix tells: whether a car can make each trip.

use super::reader::{Given, Pairs};
use crate::domain::Dossier;
use crate::import::error::{Code, Diagnostic};
use crate::import::table::Table;
use crate::import::trip_ends::TripEnds;
use crate::import::validate::implausible;
use crate::travel::plausibility::{Why, asymmetry_fault, length_fault, time_fault};

/// Reports every impossible time and length, at its cell.
pub fn judge(
    tables: &[Table],
    pairs: &Pairs,
    dossier: &Dossier,
    ends: &TripEnds,
    report: &mut Vec<Diagnostic>,
) {
    let id = |row: usize| dossier.establishments[row].uai.as_str();
    for (&(from, to), cells) in pairs {
        let mut tell = |given: Given, why: Option<Why>, other: &str| {
            report.extend(why.map(|why| {
                let (cause, action) = implausible(ends, id(from), id(to), &why, other);
                given.at.fault(tables, Code::ImplausibleTrip, cause, action)
            }));
        };
        let Some(direct_m) = ends.distance_m(&[from], &[to]) else { continue };
        if let Some(length) = cells.length {
            tell(length, length_fault(length.value, direct_m), "");
        }
        let Some(time) = cells.time else { continue };
        let metres = cells.length.map(|length| length.value);
        tell(time, time_fault(time.value, metres, direct_m), "");
        let Some(back_cells) = pairs.get(&(to, from)) else { continue };
        let Some(back) = back_cells.time else { continue };
        let back_metres = back_cells.length.map(|length| length.value);
        let ways = ((time.value, metres), (back.value, back_metres));
        if let Some(why) = asymmetry_fault(ways.0, ways.1, direct_m) {
            let table = &tables[back.at.table];
            let line = table.rows[back.at.row].line;
            let other = format!(" (de {} à {}, ligne {line} de {})", id(to), id(from), table.file);
            tell(time, Some(why), &other);
        }
    }
}
