//! `.xlsx` and `.ods`, read back by a reader that is not ours.

use std::path::Path;

use calamine::{Data, Range, Reader, open_workbook_auto};
use maillage::export::{Document, write_document};

use super::{NAMED, run};
use crate::common::sample_plan::{HOSTILE_FORMULA, sample};

const SHEETS: [&str; 5] = ["etablissements", "secteurs", "charges", "synthese", "publipostage"];

/// Every sheet, in the order of the tabs.
fn write(document: Document, folder: &Path) -> Vec<(String, Range<Data>)> {
    let (dossier, plan) = sample();
    let path = folder.join(document.default_name());
    write_document(document, &path, &dossier, &plan, &run(), NAMED).expect("written");
    let mut workbook = open_workbook_auto(&path).expect("a workbook");
    let names = workbook.sheet_names();
    let sheet = |name: String| {
        let range = workbook.worksheet_range(&name).expect("readable");
        (name, range)
    };
    names.into_iter().map(sheet).collect()
}

/// The cell of a row under a header.
fn cell<'r>(sheet: &'r Range<Data>, row: usize, header: &str) -> &'r Data {
    let headers = sheet.rows().next().expect("headers");
    let column = headers.iter().position(|cell| *cell == Data::String(header.into()));
    &sheet[(row, column.expect("the header exists"))]
}

#[test]
fn numbers_are_numbers_and_texts_are_texts() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    for document in [Document::Xlsx, Document::Ods] {
        let sheets = write(document, folder.path());
        let names: Vec<&str> = sheets.iter().map(|(name, _)| name.as_str()).collect();
        assert_eq!(names, SHEETS, "{document:?}");
        let establishments = &sheets[0].1;
        assert_eq!(establishments.height(), 22, "{document:?}");
        assert_eq!(cell(establishments, 1, "effectif"), &Data::Float(612.0));
        assert_eq!(cell(establishments, 10, "demi_journees"), &Data::Float(0.25));
        assert_eq!(cell(establishments, 7, "nom"), &Data::String(HOSTILE_FORMULA.into()));
        assert_eq!(cell(&sheets[2].1, 4, "route_longue"), &Data::String("oui".into()));
    }
}

#[test]
fn no_sheet_holds_a_formula() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    for document in [Document::Xlsx, Document::Ods] {
        write(document, folder.path());
        let path = folder.path().join(document.default_name());
        let mut workbook = open_workbook_auto(&path).expect("a workbook");
        for name in SHEETS {
            let formulas = workbook.worksheet_formula(name).expect("readable");
            assert!(
                formulas.cells().all(|(_, _, formula)| formula.is_empty()),
                "{document:?} {name}"
            );
        }
    }
}

#[test]
fn each_printed_page_says_which_plan_it_is_of() {
    let (mut dossier, mut plan) = sample();
    dossier.scenario.name = "31 & 32".into();
    plan.dossier = dossier.scenario.name.clone();
    let folder = tempfile::tempdir().expect("a temporary folder");
    for (document, part, name) in [
        (Document::Xlsx, "xl/worksheets/sheet1.xml", "31 &amp;&amp; 32"),
        (Document::Ods, "styles.xml", "31 &amp; 32"),
    ] {
        let path = folder.path().join(document.default_name());
        write_document(document, &path, &dossier, &plan, &run(), NAMED).expect("written");
        let file = std::fs::File::open(&path).expect("written");
        let mut archive = zip::ZipArchive::new(file).expect("a zip");
        let mut part = archive.by_name(part).expect("a part");
        let mut text = String::new();
        std::io::Read::read_to_string(&mut part, &mut text).expect("UTF-8");
        for word in [name, "calcul du", "2026", "barème", "écart", "plan "] {
            assert!(text.contains(word), "{document:?} lacks {word}");
        }
    }
}

#[test]
fn a_row_of_several_lines_is_as_high_as_they_are() {
    let (dossier, plan) = sample();
    let folder = tempfile::tempdir().expect("a temporary folder");
    let part = |document: Document, name: &str| {
        let path = folder.path().join(document.default_name());
        write_document(document, &path, &dossier, &plan, &run(), NAMED).expect("written");
        let file = std::fs::File::open(&path).expect("written");
        let mut archive = zip::ZipArchive::new(file).expect("a zip");
        let mut text = String::new();
        let mut part = archive.by_name(name).expect("a part");
        std::io::Read::read_to_string(&mut part, &mut text).expect("UTF-8");
        text
    };
    let text = part(Document::Xlsx, "xl/worksheets/sheet2.xml");
    let high = |row: &str| row.split("ht=\"").nth(1)?.split('"').next()?.parse::<f64>().ok();
    let heights: Vec<f64> = text.split("<row ").skip(1).filter_map(high).collect();
    assert!(heights.iter().any(|height| *height > 15.0), "{heights:?}");
    let text = part(Document::Ods, "content.xml");
    for (style, height) in [("lignes1", "0.46cm"), ("lignes2", "0.92cm")] {
        assert!(
            text.contains(&format!("<table:table-row table:style-name=\"{style}\"")),
            "{style}"
        );
        let said = text.split(&format!("style:name=\"{style}\"")).nth(1).expect("a style");
        assert!(said[..200].contains(&format!("style:row-height=\"{height}\"")), "{style}");
    }
}
