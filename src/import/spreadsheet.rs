//! Sheets of `.xlsx` and `.ods` workbooks, guarded against archives that unpack without end.

use std::collections::BTreeMap;
use std::io::{BufReader, Cursor, Read};

use calamine::{DataType, Ods, Reader as _, Xlsx};
use csv::StringRecord;
use quick_xml::events::{BytesStart, Event};
use zip::ZipArchive;

use super::error::Diagnostic;
use super::table::{Layout, Limits, Row, Table, damaged, empty, fold, too_large};

/// First bytes of an archive of any kind of workbook.
pub const ZIP: &[u8] = b"PK\x03\x04";
/// What a LibreOffice workbook starts with: its kind, unpacked, right after the head of the archive.
const ODS_KIND: &[u8] = b"mimetypeapplication/vnd.oasis.opendocument.spreadsheet";

/// Columns beyond this are no table.
const MAX_COLUMNS: usize = 1000;

/// Whether the bytes are a LibreOffice workbook, by the rule of its format.
pub fn is_ods(bytes: &[u8]) -> bool {
    bytes.starts_with(ZIP) && bytes.get(30..).is_some_and(|rest| rest.starts_with(ODS_KIND))
}

/// Reads a sheet of an Excel workbook, cell by cell: a lone cell at the far corner must not make
/// a table of billions of blank cells.
///
/// # Errors
/// `E1004`, `E1005`, `E1007`.
pub fn read_xlsx(file: &str, bytes: &[u8], limits: &Limits) -> Result<Table, Diagnostic> {
    check_parts(file, bytes, limits)?;
    let damage = |error: calamine::XlsxError| damaged(file, &error.to_string());
    let mut workbook = Xlsx::new(Cursor::new(bytes)).map_err(damage)?;
    for sheet in candidates(file, workbook.sheet_names()) {
        let mut cells = workbook.worksheet_cells_reader(&sheet).map_err(damage)?;
        let mut grid = Grid::new(file, limits);
        while let Some(cell) = cells.next_cell().map_err(damage)? {
            let (row, column) = cell.get_position();
            grid.put(row as usize, column as usize, text_of(cell.get_value()))?;
        }
        if let Some(table) = grid.into_table(sheet) {
            return Ok(table);
        }
    }
    Err(empty(file))
}

/// Reads a sheet of a LibreOffice workbook.
///
/// # Errors
/// `E1004`, `E1005`, `E1007`.
pub fn read_ods(file: &str, bytes: &[u8], limits: &Limits) -> Result<Table, Diagnostic> {
    check_parts(file, bytes, limits)?;
    check_repeats(file, bytes, limits)?;
    let damage = |error: calamine::OdsError| damaged(file, &error.to_string());
    let mut workbook = Ods::new(Cursor::new(bytes)).map_err(damage)?;
    for sheet in candidates(file, workbook.sheet_names()) {
        let range = workbook.worksheet_range(&sheet).map_err(damage)?;
        let (top, left) = range.start().unwrap_or_default();
        let mut grid = Grid::new(file, limits);
        for (row, column, value) in range.used_cells() {
            grid.put(top as usize + row, left as usize + column, text_of(value))?;
        }
        if let Some(table) = grid.into_table(sheet) {
            return Ok(table);
        }
    }
    Err(empty(file))
}

/// The sheet named after the file, else all of them: the first that holds something is read.
fn candidates(file: &str, names: Vec<String>) -> Vec<String> {
    let stem = fold(file.split('.').next().unwrap_or(file));
    let named = names.iter().find(|name| fold(name) == stem).cloned();
    named.map_or(names, |name| vec![name])
}

/// The text of a cell, numbers with a point and dates year first.
fn text_of(value: &impl DataType) -> String {
    if let Some(flag) = value.get_bool() {
        return if flag { "oui" } else { "non" }.to_owned();
    }
    if let Some(date) = value.get_datetime().filter(|date| date.is_datetime()) {
        let (year, month, day, ..) = date.to_ymd_hms_milli();
        return format!("{year:04}-{month:02}-{day:02}");
    }
    if let Some(error) = value.get_error() {
        return error.to_string();
    }
    let iso = value.get_datetime_iso().map(str::to_owned);
    value.as_string().or(iso).unwrap_or_default()
}

/// Rows under construction.
struct Grid<'a> {
    file: &'a str,
    cells_left: u64,
    rows: BTreeMap<usize, Vec<String>>,
}

impl<'a> Grid<'a> {
    fn new(file: &'a str, limits: &Limits) -> Self {
        Self { file, cells_left: limits.cells, rows: BTreeMap::new() }
    }

    fn put(&mut self, row: usize, column: usize, text: String) -> Result<(), Diagnostic> {
        if text.trim().is_empty() {
            return Ok(());
        }
        let cells = self.rows.entry(row).or_default();
        let added = (column + 1).saturating_sub(cells.len());
        if column >= MAX_COLUMNS || added as u64 > self.cells_left {
            return Err(too_large(self.file));
        }
        self.cells_left -= added as u64;
        cells.resize(cells.len() + added, String::new());
        cells[column] = text;
        Ok(())
    }

    /// `None` for a blank sheet.
    fn into_table(self, sheet: String) -> Option<Table> {
        let mut rows = self.rows.into_iter();
        let (_, headers) = rows.next()?;
        Some(Table {
            file: self.file.to_owned(),
            headers: headers.iter().map(|header| header.trim().to_owned()).collect(),
            rows: rows.map(|(row, cells)| Row::new(row + 1, StringRecord::from(cells))).collect(),
            layout: Layout::Sheet { name: sheet },
        })
    }
}

/// Unpacks every part once, to count (the sizes that an archive declares may lie) and to see that
/// its XML ends: the reader of `.ods` would look for the end of a cut part for ever.
fn check_parts(file: &str, bytes: &[u8], limits: &Limits) -> Result<(), Diagnostic> {
    let damage = |error: &dyn std::fmt::Display| damaged(file, &error.to_string());
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|error| damage(&error))?;
    let mut left = limits.unpacked_bytes;
    for index in 0..archive.len() {
        let mut content = Vec::new();
        let part = archive.by_index(index).map_err(|error| damage(&error))?;
        let size = part.take(left + 1).read_to_end(&mut content).map_err(|error| damage(&error))?;
        left = left.checked_sub(size as u64).ok_or_else(|| too_large(file))?;
        if content.trim_ascii_start().starts_with(b"<") {
            check_ends(&content).map_err(|error| damage(&error))?;
        }
    }
    Ok(())
}

/// Every element that opens closes.
fn check_ends(xml: &[u8]) -> Result<(), String> {
    let mut reader = quick_xml::Reader::from_reader(xml);
    let mut buffer = Vec::new();
    let mut open = 0_usize;
    loop {
        buffer.clear();
        match reader.read_event_into(&mut buffer).map_err(|error| error.to_string())? {
            Event::Start(_) => open += 1,
            Event::End(_) => open = open.saturating_sub(1),
            Event::Eof if open == 0 => return Ok(()),
            Event::Eof => return Err("la fin manque".to_owned()),
            _ => {}
        }
    }
}

/// Counts the cells that the repetitions of an `.ods` stand for, up to the last one that holds
/// something: a few bytes there can ask for billions of cells.
fn check_repeats(file: &str, bytes: &[u8], limits: &Limits) -> Result<(), Diagnostic> {
    let damage = |error: &dyn std::fmt::Display| damaged(file, &error.to_string());
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|error| damage(&error))?;
    let content = archive.by_name("content.xml").map_err(|error| damage(&error))?;
    let mut reader = quick_xml::Reader::from_reader(BufReader::new(content));
    let (mut rows, mut columns, mut last_row, mut last_column) = (0_u64, 0_u64, 0_u64, 0_u64);
    let mut buffer = Vec::new();
    loop {
        buffer.clear();
        let event = reader.read_event_into(&mut buffer).map_err(|error| damage(&error))?;
        match event {
            Event::Start(tag) | Event::Empty(tag) if is_named(&tag, "table:table") => {
                (rows, last_row, last_column) = (0, 0, 0);
            }
            Event::Start(tag) | Event::Empty(tag) if is_named(&tag, "table:table-row") => {
                rows += repeats(&tag, "table:number-rows-repeated");
                columns = 0;
            }
            Event::Start(tag) if is_cell(&tag) => {
                columns += repeats(&tag, "table:number-columns-repeated");
                (last_row, last_column) = (rows, last_column.max(columns));
            }
            Event::Empty(tag) if is_cell(&tag) => {
                columns += repeats(&tag, "table:number-columns-repeated");
            }
            Event::Eof => return Ok(()),
            _ => {}
        }
        if last_row.saturating_mul(last_column) > limits.cells {
            return Err(too_large(file));
        }
    }
}

fn is_named(tag: &BytesStart, name: &str) -> bool {
    tag.name().as_ref() == name
}

fn is_cell(tag: &BytesStart) -> bool {
    is_named(tag, "table:table-cell") || is_named(tag, "table:covered-table-cell")
}

/// The number of repetitions that an attribute asks for, 1 without it.
fn repeats(tag: &BytesStart, name: &str) -> u64 {
    tag.try_get_attribute(name)
        .ok()
        .flatten()
        .and_then(|attribute| attribute.value.parse().ok())
        .unwrap_or(1)
}
