//! Random bytes and damaged files: always diagnostics, never a panic.

use std::fs;
use std::io::{Cursor, Read};

use maillage::import::annuaire::{AnnuaireFiles, import_annuaire};
use maillage::import::{Code, Diagnostic, Limits, Table, dossier_files, read_files};
use proptest::prelude::*;
use rust_xlsxwriter::Workbook;

use super::annuaire::settings;
use super::annuaire_quirks::small;
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
pub type Damage = (usize, u8, u8);

/// Cuts, overwrites, inserts and repeats.
pub fn damage(mut bytes: Vec<u8>, damages: &[Damage]) -> Vec<u8> {
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

pub fn damages() -> impl Strategy<Value = Vec<Damage>> {
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

/// What a cell of the annuaire may hold after a spreadsheet, a bad join or a joker.
const ODD: [&str; 16] = [
    "",
    " ",
    "-5",
    "999999999",
    "1e308",
    "2,17003E+13",
    "01/02/1967",
    "#REF!",
    "=A1",
    "'",
    "NaN",
    "9999-12-31",
    "RESEAU-0319001R",
    "0319001R",
    "\u{202E}oui",
    "\"\"",
];

/// Right values of the columns of `small`.
const RIGHT: [&[&str]; 17] = [
    &["0319001R", "0319002S", "0319003T", "0319004U", "0319005V"],
    &["Collège des Acacias", "École du Bourg", "SEGPA", "Annexe"],
    &["Collège", "Lycée", "Ecole", "Service Administratif"],
    &["340", "151", "302", "320", "306", "334", "390", "809", "370"],
    &["Public", "Privé"],
    &["031"],
    &["31555", "31424"],
    &["Toulouse", "Plaisance"],
    &["43.60", "43,61", "48.85"],
    &["1.44", "1,45"],
    &["OUVERT", "A OUVRIR", "A FERMER"],
    &["1990-09-01", "2099-01-01"],
    &["0", "1"],
    &["0319001R", ""],
    &["Circonscription d'Auch", ""],
    &["120", "310.0"],
    &["NORD", ""],
];

fn annuaire_row() -> impl Strategy<Value = String> {
    let cell = |right: &'static [&'static str]| prop_oneof![6 => prop::sample::select(right), 1 => prop::sample::select(&ODD[..])];
    RIGHT.map(cell).to_vec().prop_map(|cells| cells.join(";") + "\n")
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn a_dossier_made_of_any_annuaire_is_one_that_is_read(
        rows in prop::collection::vec(annuaire_row(), 1..25),
    ) {
        let table = Table::from_bytes("a.csv", small(&rows.concat()).as_bytes(), &Limits::default());
        let annuaire = table.expect("a text");
        let files = AnnuaireFiles { annuaire: &annuaire, ips: &[], rural: None, forecasts: None };
        match import_annuaire(&files, &settings("31")) {
            Ok((dossier, report)) => {
                let files = dossier_files(&dossier).expect("in memory");
                let found = read_files(&files).map_or_else(|found| found, |(_, found)| found);
                let errors: Vec<&Diagnostic> = found.iter().filter(|one| one.is_error()).collect();
                prop_assert!(errors.is_empty(), "{errors:#?}");
                prop_assert!(!report.markdown(&dossier).is_empty());
            }
            Err(fault) => prop_assert!(!fault.action.is_empty()),
        }
    }

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
