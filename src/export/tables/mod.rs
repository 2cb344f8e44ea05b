//! The tables of the documents, each defined once whatever the file format.

mod establishments;
mod explanations;
mod loads;
mod mailing;
mod sectors;
mod synthesis;
mod timetable;

pub use explanations::explanations;
pub use mailing::mailing;
pub use timetable::timetable;

use super::view::View;

/// Columns that identify a row, seen and printed beside the others.
pub const KEY_COLUMNS: u16 = 2;
/// Characters that fit a landscape page and stay readable.
const PAGE_CHARACTERS: u16 = 230;

/// One cell. Numbers stay numbers, so that spreadsheets can sum them.
#[derive(Debug, Clone, PartialEq)]
pub enum Cell {
    /// Nothing.
    Empty,
    /// Text, as it is: each format makes it harmless in its own way.
    Text(String),
    /// A whole number.
    Integer(i64),
    /// A number and the decimals to keep.
    Decimal(f64, u8),
}

impl Cell {
    /// Text, or nothing when it is empty.
    pub fn text(text: impl Into<String>) -> Self {
        let text = text.into();
        if text.is_empty() { Self::Empty } else { Self::Text(text) }
    }

    /// No negative zero, be it a sum of nothing or too small for the decimals to keep.
    fn plain(self) -> Self {
        let Self::Decimal(number, decimals) = self else { return self };
        let text = format!("{number:.*}", usize::from(decimals));
        let is_zero = text.bytes().all(|byte| matches!(byte, b'-' | b'0' | b'.'));
        Self::Decimal(if is_zero { 0.0 } else { number }, decimals)
    }

    /// "oui" or "non".
    pub fn yes_no(yes: bool) -> Self {
        Self::Text(if yes { "oui" } else { "non" }.to_owned())
    }
}

impl From<Option<Cell>> for Cell {
    fn from(cell: Option<Cell>) -> Self {
        cell.unwrap_or(Self::Empty)
    }
}

/// A column of a table whose rows are made from `R`.
pub(super) struct Column<R> {
    header: &'static str,
    /// Characters that its cells need.
    width: u8,
    cell: fn(&R) -> Cell,
}

impl<R> Column<R> {
    /// Its cells' or its header's, which has no place to break.
    fn width(&self) -> u8 {
        self.width.max(u8::try_from(self.header.len()).expect("a header is short"))
    }
}

/// Shorthand that keeps a column on one line.
pub(super) const fn column<R>(header: &'static str, width: u8, cell: fn(&R) -> Cell) -> Column<R> {
    Column { header, width, cell }
}

/// A table ready to be written.
#[derive(Debug, Clone, PartialEq)]
pub struct Table {
    /// Stem of the CSV file and name of the sheet.
    pub name: &'static str,
    /// Headers.
    pub headers: Vec<&'static str>,
    /// Widths, characters.
    pub widths: Vec<u8>,
    /// Rows, as wide as the headers.
    pub rows: Vec<Vec<Cell>>,
}

impl Table {
    pub(super) fn new<R>(
        name: &'static str,
        columns: &[Column<R>],
        rows: impl Iterator<Item = R>,
    ) -> Self {
        Self {
            name,
            headers: columns.iter().map(|column| column.header).collect(),
            widths: columns.iter().map(Column::width).collect(),
            rows: rows
                .map(|row| columns.iter().map(|column| (column.cell)(&row).plain()).collect())
                .collect(),
        }
    }

    /// Pages that it takes side by side on paper.
    #[must_use]
    pub fn pages_wide(&self) -> u16 {
        let characters: u16 = self.widths.iter().copied().map(u16::from).sum();
        characters.div_ceil(PAGE_CHARACTERS)
    }

    /// Lines that the longest text of a row takes in its column.
    #[must_use]
    pub fn lines(&self, row: usize) -> usize {
        let lines = self.rows[row].iter().zip(&self.widths).map(|(cell, width)| match cell {
            Cell::Text(text) => text.chars().count().div_ceil(usize::from(*width)),
            _ => 1,
        });
        lines.max().unwrap_or(1).max(1)
    }

    /// Whether a column holds numbers, which stand at the right, their header too.
    #[must_use]
    pub fn is_numeric(&self, column: usize) -> bool {
        let mut cells = self.rows.iter().map(|row| &row[column]).filter(|it| **it != Cell::Empty);
        cells.next().is_some_and(|cell| !matches!(cell, Cell::Text(_)))
    }

    /// Whether the text of a cell takes several lines.
    #[must_use]
    pub fn wraps(&self, column: usize, text: &str) -> bool {
        text.chars().count() > usize::from(self.widths[column])
    }
}

/// What tells a printed document from another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stamp {
    /// Start of the SHA-256 of `plan.json`.
    pub digest: String,
    /// Day of the computation, in French; none in the documents of a plan folder, which are the
    /// same byte for byte whenever they are computed.
    pub date: Option<String>,
}

/// The four tables of a plan folder.
#[must_use]
pub fn plan_tables(view: &View, stamp: &Stamp) -> [Table; 4] {
    [
        establishments::establishments(view),
        sectors::sectors(view),
        loads::loads(view),
        synthesis::synthesis(view, stamp),
    ]
}
