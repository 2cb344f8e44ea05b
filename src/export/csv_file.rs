//! A table as CSV for French Excel: semicolons, UTF-8 with BOM, CRLF, decimal comma, and no cell
//! that a spreadsheet would run as a formula.

use csv::{Terminator, WriterBuilder};

use crate::import::neutralise;

use super::error::ExportError;
use super::tables::{Cell, Table};

const BYTE_ORDER_MARK: &[u8] = "\u{FEFF}".as_bytes();

/// The bytes of the file.
///
/// # Errors
/// [`ExportError::Compose`].
pub fn to_csv(table: &Table) -> Result<Vec<u8>, ExportError> {
    let mut writer = WriterBuilder::new()
        .delimiter(b';')
        .terminator(Terminator::CRLF)
        .from_writer(BYTE_ORDER_MARK.to_vec());
    writer.write_record(&table.headers).map_err(ExportError::composing(table.name))?;
    for row in &table.rows {
        let record = row.iter().map(text_of);
        writer.write_record(record).map_err(ExportError::composing(table.name))?;
    }
    writer.into_inner().map_err(ExportError::composing(table.name))
}

fn text_of(cell: &Cell) -> String {
    match cell {
        Cell::Empty => String::new(),
        Cell::Text(text) => neutralise(text).into_owned(),
        Cell::Integer(number) => number.to_string(),
        Cell::Decimal(number, decimals) => decimal(*number, *decimals),
    }
}

/// Decimal comma, zeros at the end left out.
fn decimal(number: f64, decimals: u8) -> String {
    let text = format!("{number:.*}", usize::from(decimals));
    let text =
        if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.') } else { &text };
    text.replace('.', ",")
}
