//! Matrices of trips: every form and format says the same, and no damage makes reading panic.

use std::collections::BTreeMap;
use std::fs;

use maillage::import::{Diagnostic, Matrix, read_matrix};
use proptest::prelude::*;
use rust_xlsxwriter::Workbook;

use super::mutations::{Damage, damage, damages};
use super::workbooks::ods;
use super::{base, read};

const LONG: &str = "origine;destination;minutes;km\n0319001R;0319002S;8,5;5,1\n\
                    0319002S;0319001R;9;5,1\nAS-02;0319001R;14;9,6\nRESEAU-0319001R;0319003T;15;9,7\n";

fn matrix(files: &[(&str, &[u8])]) -> Result<(Matrix, Vec<Diagnostic>), Vec<Diagnostic>> {
    let folder = tempfile::tempdir().expect("a folder");
    let paths: Vec<_> = files
        .iter()
        .map(|(name, bytes)| {
            let path = folder.path().join(name);
            fs::write(&path, bytes).expect("written");
            path
        })
        .collect();
    read_matrix(&paths, &read(base()))
}

/// Whole seconds and metres by UAI.
fn trips(files: &[(&str, &[u8])]) -> BTreeMap<(String, String), (f64, Option<f64>)> {
    let (found, warnings) = matrix(files).expect("a right matrix");
    assert_eq!(warnings, []);
    let rows = read(base()).establishments;
    let named = found.trips.iter().map(|((from, to), trip)| {
        let ends = (rows[*from].uai.clone(), rows[*to].uai.clone());
        (ends, (trip.seconds.round(), trip.metres.map(f64::round)))
    });
    named.collect()
}

fn cells(text: &str) -> Vec<Vec<String>> {
    text.lines().map(|line| line.split(';').map(str::to_owned).collect()).collect()
}

fn xlsx(rows: &[Vec<String>]) -> Vec<u8> {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    for (row, cells) in rows.iter().enumerate() {
        for (column, cell) in cells.iter().enumerate() {
            sheet.write(row as u32, column as u16, cell).expect("a cell");
        }
    }
    workbook.save_to_buffer().expect("in memory")
}

#[test]
fn every_format_and_form_says_the_same() {
    let expected = trips(&[("m.csv", LONG.as_bytes())]);
    let pair = |from: &str, to: &str| expected[&(from.to_owned(), to.to_owned())];
    assert_eq!(pair("0319001R", "0319002S"), (510.0, Some(5100.0)));
    assert_eq!(pair("0319003T", "0319001R"), (840.0, Some(9600.0)));
    assert_eq!(pair("0319005V", "0319003T"), (900.0, Some(9700.0)));
    assert_eq!(expected.len(), 4);

    let rows = cells(LONG);
    assert_eq!(trips(&[("m.xlsx", &xlsx(&rows))]), expected);
    assert_eq!(trips(&[("m.ods", &ods(&rows))]), expected);
    let other_tool =
        LONG.replace(',', ".").replace(';', ",").replace("minutes", "travel time (min)");
    assert_eq!(trips(&[("m.csv", other_tool.as_bytes())]), expected);

    let seconds = "secondes;0319001R;0319002S;0319003T\n0319001R;0;510;\n0319002S;540;0;\n\
                   0319003T;840;;0\n0319005V;;;900\n";
    let metres = "Distance (m);0319001R;0319002S;0319003T\n0319001R;0;5100;\n0319002S;5100;0;\n\
                  0319003T;9600;;0\n0319005V;;;9700\n";
    assert_eq!(trips(&[("t.csv", seconds.as_bytes()), ("d.ods", &ods(&cells(metres)))]), expected);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn a_damaged_matrix_is_possible_or_told(
        damages in damages(),
        square in any::<bool>(),
    ) {
        assert_possible_or_told(square, &damages);
    }
}

fn assert_possible_or_told(square: bool, damages: &[Damage]) {
    let text =
        if square { "minutes;0319001R;0319002S\n0319001R;0;8\n0319002S;9;0\n" } else { LONG };
    let bytes = damage(text.as_bytes().to_vec(), damages);
    match matrix(&[("m.csv", &bytes)]) {
        Ok((found, _)) => {
            assert!(!found.trips.is_empty());
            for trip in found.trips.values() {
                assert!((0.0..=60_000.0).contains(&trip.seconds), "{trip:?}");
            }
        }
        Err(faults) => {
            assert!(faults.iter().any(Diagnostic::is_error));
            assert!(faults.iter().all(|one| !one.cause.is_empty() && !one.action.is_empty()));
        }
    }
}
