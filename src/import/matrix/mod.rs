//! A matrix of trips made by any other tool.
//!
//! Two forms are understood. Long: one row per pair, with an origin, a destination, and a time, a
//! length, or both. Square: the first header names the unit, the others the destinations; the
//! first cell of a row names the origin. Units are said by the headers, never guessed from values.
//! Every fault of the files is gathered before they are refused.

mod headers;
mod judgement;
mod reader;

use std::collections::BTreeMap;
use std::path::PathBuf;

use crate::domain::Dossier;

use super::error::{Code, Diagnostic};
use super::table::Table;
use super::trip_ends::TripEnds;

/// What files say of the trips of a dossier.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Matrix {
    /// By origin and destination, rows of `Dossier::establishments`, which differ.
    pub trips: BTreeMap<(usize, usize), MatrixTrip>,
    /// Pairs left out because their length alone is known: it replaces no estimate.
    pub without_time: usize,
}

/// One way between two establishments.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct MatrixTrip {
    /// Duration, in seconds.
    pub seconds: f64,
    /// Length by road, in metres; `None` when the files do not give it.
    pub metres: Option<f64>,
}

/// Reads the files of a matrix, one of times and one of lengths at most; with it, the warnings.
///
/// # Errors
/// Every fault and every warning of every file, when there is at least one error.
pub fn read_matrix(
    paths: &[PathBuf],
    dossier: &Dossier,
) -> Result<(Matrix, Vec<Diagnostic>), Vec<Diagnostic>> {
    let mut report = Vec::new();
    let mut tables = Vec::new();
    for path in paths {
        match Table::read(path) {
            Ok(table) => tables.push(table),
            Err(fault) => report.push(fault),
        }
    }
    let matrix = from_tables(&tables, dossier, &mut report);
    let rank = |file: &str| tables.iter().position(|table| table.file == file);
    report.sort_by_key(|fault| (rank(&fault.file), fault.line));
    if report.iter().any(Diagnostic::is_error) { Err(report) } else { Ok((matrix, report)) }
}

fn from_tables(tables: &[Table], dossier: &Dossier, report: &mut Vec<Diagnostic>) -> Matrix {
    let ends = TripEnds::of(&dossier.establishments, &dossier.posts);
    let cells = reader::read(tables, &ends, report);
    judgement::judge(tables, &cells, dossier, &ends, report);
    let trips: BTreeMap<_, _> = cells
        .iter()
        .filter_map(|(pair, known)| {
            let metres = known.length.map(|length| length.value);
            Some((*pair, MatrixTrip { seconds: known.time?.value, metres }))
        })
        .collect();
    let matrix = Matrix { without_time: cells.len() - trips.len(), trips };
    if matrix.trips.is_empty() && !report.iter().any(Diagnostic::is_error) {
        report.extend(tables.first().map(|table| without_trip(table, matrix.without_time)));
    }
    matrix
}

fn without_trip(table: &Table, without_time: usize) -> Diagnostic {
    let (cause, action) = if without_time > 0 {
        (
            "La matrice ne donne que des distances : sans durée, elle ne remplace aucune estimation.",
            "Ajoutez une colonne de durées, ou donnez un second fichier avec --matrice.",
        )
    } else {
        (
            "Aucune valeur ne relie deux lieux du dossier.",
            "Nommez les lieux par leur UAI, comme dans etablissements.csv, ou par un poste de postes.csv.",
        )
    };
    Diagnostic::new(Code::MatrixEmpty, &table.file, cause, action)
}
