//! `.xlsx`, `.ods` and every flavour of CSV give the same dossier.

use std::collections::BTreeMap;
use std::fs;
use std::io::{Cursor, Write};
use std::path::Path;

use maillage::domain::Dossier;
use maillage::import::{Table, parse_date, parse_number};
use rust_xlsxwriter::{ExcelDateTime, Format, Workbook};

use super::{base, read};

/// The tables of the base dossier.
fn tables() -> Vec<(String, Vec<Vec<String>>)> {
    ["etablissements", "postes", "conseillers"]
        .map(|name| {
            let table = Table::read(&base().join(format!("{name}.csv"))).expect("a table");
            let width = table.headers.len();
            let rows = table
                .rows
                .iter()
                .map(|row| (0..width).map(|cell| row.get(cell).to_owned()).collect());
            (name.to_owned(), std::iter::once(table.headers.clone()).chain(rows).collect())
        })
        .to_vec()
}

/// The base dossier with its tables written by `write(folder, name, rows)`.
fn rewritten(write: impl Fn(&Path, &str, &[Vec<String>])) -> Dossier {
    let folder = tempfile::tempdir().expect("a temporary folder");
    fs::copy(base().join("scenario.toml"), folder.path().join("scenario.toml")).expect("copied");
    for (name, rows) in tables() {
        write(folder.path(), &name, &rows);
    }
    contents(folder.path())
}

fn contents(folder: &Path) -> Dossier {
    Dossier { digests: BTreeMap::new(), ..read(folder) }
}

#[test]
fn an_excel_workbook_gives_the_same_dossier() {
    let read_back = rewritten(|folder, name, rows| {
        let mut workbook = Workbook::new();
        workbook.add_worksheet().write(0, 0, "Notes de travail").expect("a cell");
        let sheet = workbook.add_worksheet();
        sheet.set_name(name).expect("a name");
        let day = Format::new().set_num_format("dd/mm/yyyy");
        for (row, cells) in rows.iter().enumerate() {
            for (column, cell) in cells.iter().enumerate() {
                let (row, column) = (row as u32, column as u16);
                if let Some(number) = parse_number(cell) {
                    sheet.write(row, column, number).expect("a number");
                } else if let Some(date) = parse_date(cell) {
                    let date = ExcelDateTime::from_ymd(
                        date.year() as u16,
                        date.month() as u8,
                        date.day() as u8,
                    );
                    sheet
                        .write_with_format(row, column, date.expect("a date"), &day)
                        .expect("a date");
                } else if !cell.is_empty() {
                    sheet.write(row, column, cell).expect("a text");
                }
            }
        }
        workbook.save(folder.join(format!("{name}.xlsx"))).expect("saved");
    });
    assert_eq!(read_back, contents(base()));
}

#[test]
fn blank_sheets_before_the_table_do_not_matter() {
    let read_back = rewritten(|folder, name, rows| {
        let mut workbook = Workbook::new();
        workbook.add_worksheet().set_name("Feuil1").expect("a name");
        let sheet = workbook.add_worksheet();
        for (row, cells) in rows.iter().enumerate() {
            for (column, cell) in cells.iter().enumerate() {
                sheet.write(row as u32, column as u16, cell).expect("a text");
            }
        }
        workbook.save(folder.join(format!("{name}.xlsx"))).expect("saved");
    });
    assert_eq!(read_back, contents(base()));
}

#[test]
fn a_libreoffice_workbook_gives_the_same_dossier() {
    let read_back = rewritten(|folder, name, rows| {
        fs::write(folder.join(format!("{name}.ods")), ods(rows)).expect("written");
    });
    assert_eq!(read_back, contents(base()));
}

/// A LibreOffice workbook of one sheet.
pub fn ods(rows: &[Vec<String>]) -> Vec<u8> {
    archive(&[
        ("mimetype".to_owned(), b"application/vnd.oasis.opendocument.spreadsheet".to_vec()),
        ("META-INF/manifest.xml".to_owned(), ODS_MANIFEST.as_bytes().to_vec()),
        ("content.xml".to_owned(), ods_content(rows).into_bytes()),
    ])
}

/// A zip archive.
pub fn archive(entries: &[(String, Vec<u8>)]) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in entries {
        let options = zip::write::SimpleFileOptions::default();
        writer.start_file(name, options).expect("an entry");
        writer.write_all(content).expect("in memory");
    }
    writer.finish().expect("in memory").into_inner()
}

const ODS_MANIFEST: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?><manifest:manifest \
    xmlns:manifest=\"urn:oasis:names:tc:opendocument:xmlns:manifest:1.0\"/>";

/// A sheet as LibreOffice writes it: typed cells, and blank rows and columns to the far corner.
fn ods_content(rows: &[Vec<String>]) -> String {
    let cell = |text: &String| {
        let escaped = text.replace('&', "&amp;").replace('<', "&lt;");
        let kind = if let Some(number) = parse_number(text) {
            format!("office:value-type=\"float\" office:value=\"{number}\"")
        } else if let Some(date) = parse_date(text) {
            format!("office:value-type=\"date\" office:date-value=\"{date}\"")
        } else if text.is_empty() {
            return "<table:table-cell/>".to_owned();
        } else {
            "office:value-type=\"string\"".to_owned()
        };
        format!("<table:table-cell {kind}><text:p>{escaped}</text:p></table:table-cell>")
    };
    let rows: String = rows
        .iter()
        .map(|cells| {
            let cells: String = cells.iter().map(cell).collect();
            format!("<table:table-row>{cells}<table:table-cell table:number-columns-repeated=\"16000\"/></table:table-row>")
        })
        .collect();
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><office:document-content \
         xmlns:office=\"urn:oasis:names:tc:opendocument:xmlns:office:1.0\" \
         xmlns:table=\"urn:oasis:names:tc:opendocument:xmlns:table:1.0\" \
         xmlns:text=\"urn:oasis:names:tc:opendocument:xmlns:text:1.0\"><office:body>\
         <office:spreadsheet><table:table table:name=\"Feuille1\">{rows}\
         <table:table-row table:number-rows-repeated=\"1048000\"><table:table-cell \
         table:number-columns-repeated=\"16384\"/></table:table-row></table:table>\
         </office:spreadsheet></office:body></office:document-content>"
    )
}

#[test]
fn encodings_separators_and_line_ends_do_not_matter() {
    type Encode = fn(&str) -> Vec<u8>;
    let encodings: [Encode; 4] = [
        |text| text.as_bytes().to_vec(),
        |text| [b"\xEF\xBB\xBF", text.as_bytes()].concat(),
        |text| encoding_rs::WINDOWS_1252.encode(text).0.into_owned(),
        |text| [0xFEFF].into_iter().chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect(),
    ];
    let expected = contents(base());
    for encode in encodings {
        for delimiter in [b';', b',', b'\t'] {
            for line_end in [csv::Terminator::CRLF, csv::Terminator::Any(b'\n')] {
                let read_back = rewritten(|folder, name, rows| {
                    let mut writer = csv::WriterBuilder::new()
                        .delimiter(delimiter)
                        .terminator(line_end)
                        .from_writer(Vec::new());
                    for cells in rows {
                        writer.write_record(cells).expect("in memory");
                    }
                    let text =
                        String::from_utf8(writer.into_inner().expect("in memory")).expect("UTF-8");
                    fs::write(folder.join(format!("{name}.csv")), encode(&text)).expect("written");
                });
                assert_eq!(read_back, expected);
            }
        }
    }
}
