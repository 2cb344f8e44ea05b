//! Random bytes and damaged files: always diagnostics, never a panic.

use std::fs;
use std::io::{Cursor, Read};

use maillage::import::{Code, Limits, Table};
use proptest::prelude::*;
use rust_xlsxwriter::Workbook;

use super::workbooks::{archive, ods};
use super::{base, diagnose};

/// Files that the base dossier does not have, and one that it must have.
const NAMES: [&str; 5] = ["poles.csv", "poles.csv.gz", "poles.xlsx", "poles.ods", "scenario.toml"];

fn sample_xlsx() -> Vec<u8> {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    sheet.write(0, 0, "poste").expect("a cell");
    sheet.write(0, 1, "quotite").expect("a cell");
    sheet.write(1, 0, "AS-01").expect("a cell");
    sheet.write(1, 1, 0.8).expect("a cell");
    workbook.save_to_buffer().expect("in memory")
}

fn sample_ods() -> Vec<u8> {
    let rows = [["poste", "quotite"], ["AS-01", "0,8"]];
    ods(&rows.map(|cells| cells.map(str::to_owned).to_vec()))
}

/// Where, what, and with which byte.
type Damage = (usize, u8, u8);

/// Cuts, overwrites, inserts and repeats.
fn damage(mut bytes: Vec<u8>, damages: &[Damage]) -> Vec<u8> {
    for (place, what, byte) in damages {
        if bytes.is_empty() {
            break;
        }
        let place = place % bytes.len();
        match what % 4 {
            0 => bytes.truncate(place),
            1 => bytes[place] = *byte,
            2 => bytes.insert(place, *byte),
            _ => bytes.extend_from_within(place..),
        }
    }
    bytes
}

/// The archive with one of its parts damaged before it is packed again.
fn damage_part(bytes: &[u8], part: usize, damages: &[Damage]) -> Vec<u8> {
    let mut reader = zip::ZipArchive::new(Cursor::new(bytes)).expect("an archive");
    let mut parts: Vec<(String, Vec<u8>)> = (0..reader.len())
        .map(|index| {
            let mut entry = reader.by_index(index).expect("an entry");
            let mut content = Vec::new();
            entry.read_to_end(&mut content).expect("unpacked");
            (entry.name().expect("a name").to_string(), content)
        })
        .collect();
    let damaged = part % parts.len();
    parts[damaged].1 = damage(std::mem::take(&mut parts[damaged].1), damages);
    archive(&parts)
}

fn damages() -> impl Strategy<Value = Vec<Damage>> {
    prop::collection::vec(any::<Damage>(), 1..6)
}

/// Reads the table: it is whole, or its fault is told.
fn assert_told(name: &str, bytes: &[u8]) {
    let limits = Limits { unpacked_bytes: 1 << 24, cells: 100_000, ..Limits::default() };
    match Table::from_bytes(name, bytes, &limits) {
        Ok(table) => assert!(!table.headers.is_empty()),
        Err(fault) => assert!(fault.is_error() && !fault.action.is_empty()),
    }
}

#[test]
fn a_workbook_cut_within_a_table_is_refused() {
    let whole = sample_ods();
    for kept in [300, 500, 700] {
        assert_eq!(
            Table::from_bytes(
                "postes.ods",
                &damage_part(&whole, 2, &[(kept, 0, 0)]),
                &Limits::default()
            )
            .map_err(|fault| fault.code),
            Err(Code::Damaged),
            "{kept}"
        );
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn random_bytes_are_refused_with_a_reason(
        bytes in prop::collection::vec(any::<u8>(), 0..400),
        name in prop::sample::select(NAMES.to_vec()),
    ) {
        let found = diagnose(name, &bytes);
        prop_assert!(found.iter().any(|fault| fault.is_error()), "{name}");
        prop_assert!(found.iter().all(|fault| !fault.cause.is_empty() && !fault.action.is_empty()));
    }

    #[test]
    fn a_damaged_text_file_never_panics(
        damages in damages(),
        name in prop::sample::select(vec!["etablissements.csv", "postes.csv", "scenario.toml"]),
    ) {
        let bytes = damage(fs::read(base().join(name)).expect("the base dossier"), &damages);
        for fault in diagnose(name, &bytes) {
            prop_assert!(!fault.cause.is_empty() && !fault.action.is_empty());
        }
    }

    #[test]
    fn a_damaged_workbook_never_panics(damages in damages()) {
        assert_told("postes.xlsx", &damage(sample_xlsx(), &damages));
        assert_told("postes.ods", &damage(sample_ods(), &damages));
    }

    #[test]
    fn a_workbook_with_a_damaged_part_never_panics(damages in damages(), part in any::<usize>()) {
        assert_told("postes.xlsx", &damage_part(&sample_xlsx(), part, &damages));
        assert_told("postes.ods", &damage_part(&sample_ods(), part, &damages));
    }
}
