//! The guide of the codes: complete, and each of its examples gives the code that it explains.

use std::fs;
use std::io::Write;

use maillage::import::{Code, Diagnostic, Limits, Table, read_dossier, read_matrix};

use super::annuaire_quirks::{annuaire_row, refusal};
use super::{base, base_copy, diagnose, diagnose_folder, one, read};

const GUIDE: &str = include_str!("../../src/import/errors.md");

/// A section of the guide.
struct Section {
    code: String,
    text: String,
}

impl Section {
    /// The faulty file of the example: its name and its text.
    fn example(&self) -> Option<(String, String)> {
        let (before, block) = self.text.split_once("```text\n")?;
        let (content, _) = block.split_once("```").expect("the block ends");
        let name = before.split('`').rfind(|word| word.contains('.')).expect("a file is named");
        Some((name.to_owned(), content.to_owned()))
    }
}

fn sections() -> Vec<Section> {
    GUIDE
        .split("\n### ")
        .skip(1)
        .map(|section| {
            let (code, text) = section.split_once(" : ").expect("a code and a title");
            Section { code: code.to_owned(), text: text.to_owned() }
        })
        .collect()
}

#[test]
fn the_guide_explains_exactly_the_codes_of_the_source() {
    let explained: Vec<String> = sections().into_iter().map(|section| section.code).collect();
    let declared: Vec<&str> = Code::ALL.iter().map(|code| code.text()).collect();
    assert_eq!(explained, declared);
    for section in sections() {
        assert!(section.text.contains("\nRemède : "), "{} has no remedy", section.code);
        let example = section.text.contains("Exemple : ") || section.example().is_some();
        assert!(example, "{} has no example", section.code);
    }
}

#[test]
fn the_base_dossier_has_no_fault() {
    let (dossier, warnings) = read_dossier(base()).expect("a dossier");
    assert_eq!(warnings, []);
    assert_eq!((dossier.establishments.len(), dossier.posts.len()), (6, 3));
    assert_eq!(dossier.scenario.departement, "31");
}

#[test]
fn every_example_of_the_guide_gives_its_code() {
    for section in sections() {
        let Some((file, text)) = section.example() else {
            let code = Code::ALL.iter().find(|code| code.text() == section.code);
            let found = without_text(*code.expect("a declared code"));
            assert!(
                found.iter().any(|fault| fault.code.text() == section.code),
                "{}",
                section.code
            );
            continue;
        };
        let found = match file.as_str() {
            "matrice.csv" => matrix_faults(&text),
            _ => diagnose(&file, text.as_bytes()),
        };
        let fault = found.iter().find(|fault| fault.code.text() == section.code);
        let fault = fault.unwrap_or_else(|| panic!("{} is not in {found:#?}", section.code));
        assert_eq!(fault.is_error(), section.code.starts_with('E'));
        assert!(fault.cause.ends_with(['.', '?', '…']), "{fault}");
        assert!(fault.action.ends_with(['.', '?', '…']), "{fault}");
    }
}

/// What reading says of a matrix of trips for the base dossier.
fn matrix_faults(text: &str) -> Vec<Diagnostic> {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("matrice.csv");
    fs::write(&path, text).expect("written");
    read_matrix(&[path], &read(base())).expect_err("a fault")
}

/// The codes whose example is no text file.
fn without_text(code: Code) -> Vec<Diagnostic> {
    let folder = base_copy();
    let path = folder.path();
    match code {
        Code::Unreadable => return diagnose_folder(&path.join("absent")),
        Code::MissingFile => fs::remove_file(path.join("postes.csv")).expect("removed"),
        Code::AmbiguousFile => {
            _ = fs::copy(path.join("postes.csv"), path.join("postes.xlsx")).expect("copied")
        }
        Code::TooLarge => {
            let mut workbook = rust_xlsxwriter::Workbook::new();
            workbook.add_worksheet().write(0, 16_000, "poste").expect("a cell");
            fs::remove_file(path.join("postes.csv")).expect("removed");
            workbook.save(path.join("postes.xlsx")).expect("saved");
        }
        Code::Encoding => return diagnose("postes.csv", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"),
        Code::Damaged => return diagnose("poles.xlsx", b"pole;poste\n"),
        Code::StrayFile => return diagnose("etablissement.csv", b"uai\n"),
        Code::OpenDataColumn => return vec![refusal("nom;ville\nA;B\n", "31")],
        Code::UnknownDepartement => return vec![refusal(&annuaire_row("43.6;1.4"), "79")],
        Code::NoCoordinates => return vec![refusal(&annuaire_row(";"), "31")],
        other => panic!("{other} has no example"),
    }
    diagnose_folder(path)
}

#[test]
fn every_fault_is_told_in_one_pass_with_its_place() {
    let folder = base_copy();
    let posts =
        "poste;quotite;residence;vacant\nAS-01;80;0319010R;non\n;1;;peut-être\nAS-02;x;;oui\n";
    fs::write(folder.path().join("postes.csv"), posts).expect("written");
    fs::write(
        folder.path().join("conseillers.csv"),
        "conseiller;bassin;references_max\nC;Nrod;x\n",
    )
    .expect("written");
    let found = read_dossier(folder.path()).expect_err("faults");
    let places: Vec<(&str, Option<usize>, Option<&str>)> = found
        .iter()
        .filter(|fault| fault.is_error())
        .map(|fault| (fault.code.text(), fault.line, fault.column.as_deref()))
        .collect();
    assert_eq!(
        places,
        [
            ("E1204", Some(2), Some("quotite")),
            ("E1401", Some(2), Some("residence")),
            ("E1201", Some(3), Some("poste")),
            ("E1206", Some(3), Some("vacant")),
            ("E1202", Some(4), Some("quotite")),
            ("E1202", Some(2), Some("references_max")),
            ("E1404", Some(2), Some("bassin")),
        ]
    );
    assert!(one(&found, Code::QuotiteInPercent).action.contains("0,8"));
    assert!(one(&found, Code::UnknownBassin).action.contains("« Nord »"));
    assert!(one(&found, Code::UnknownResidence).action.contains("0319001R (Collège des Acacias)"));
}

#[test]
fn a_mistyped_uai_is_corrected_from_the_rest_of_the_dossier() {
    let text = "uai;nom;type;latitude;longitude\n0310901R;Collège des Acacias;COLLEGE;43,60;1,44\n";
    let found = diagnose("etablissements.csv", text.as_bytes());
    let fault = one(&found, Code::UaiLetter);
    assert!(fault.action.contains("inversés : 0319001R"), "{fault}");
    let text = text.replace("0310901R", "0319001S");
    let found = diagnose("etablissements.csv", text.as_bytes());
    assert!(one(&found, Code::UaiLetter).action.contains("0319001R"));
}

#[test]
fn a_workbook_fault_names_its_cell() {
    let folder = base_copy();
    let mut workbook = rust_xlsxwriter::Workbook::new();
    let sheet = workbook.add_worksheet();
    for (row, cells) in [["conseiller", "bassin", "references_max"], ["CTSS-1", "Nord", "beaucoup"]]
        .iter()
        .enumerate()
    {
        for (column, cell) in cells.iter().enumerate() {
            sheet.write(row as u32, column as u16, *cell).expect("a cell");
        }
    }
    fs::remove_file(folder.path().join("conseillers.csv")).expect("removed");
    workbook.save(folder.path().join("conseillers.xlsx")).expect("saved");
    let found = diagnose_folder(folder.path());
    assert_eq!(one(&found, Code::NotANumber).cell.as_deref(), Some("C2"));
}

#[test]
fn archives_that_unpack_without_end_are_refused() {
    let limits = Limits { unpacked_bytes: 1 << 16, cells: 10_000, ..Limits::default() };
    let archive = |content: &[u8]| {
        let mut writer = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
        let options = zip::write::SimpleFileOptions::default();
        writer.start_file("content.xml", options).expect("an entry");
        writer.write_all(content).expect("in memory");
        writer.finish().expect("in memory").into_inner()
    };
    let code =
        |bytes: &[u8]| Table::from_bytes("postes.ods", bytes, &limits).expect_err("refused").code;
    assert_eq!(code(&archive(&vec![b' '; 1 << 20])), Code::TooLarge);
    let row = "<table:table-row table:number-rows-repeated=\"1000000\"><table:table-cell \
               table:number-columns-repeated=\"1000\"><text:p>x</text:p></table:table-cell></table:table-row>";
    let sheet = format!(
        "<office:document><table:table table:name=\"a\">{row}</table:table></office:document>"
    );
    assert_eq!(code(&archive(sheet.as_bytes())), Code::TooLarge);
}
