//! Tables as an Excel workbook: one sheet a table, real numbers, frozen headers, filters.

use jiff::civil::DateTime;
use rust_xlsxwriter::{
    Color, DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, Workbook, Worksheet,
    XlsxError,
};

use super::error::ExportError;
use super::tables::{Cell, KEY_COLUMNS, Table};

/// Height of a line of text, points.
const LINE_HEIGHT: f64 = 15.0;

/// The bytes of a workbook dated `date`, `foot` at the foot of each page.
///
/// # Errors
/// [`ExportError::Compose`].
pub fn to_xlsx(tables: &[Table], date: DateTime, foot: &str) -> Result<Vec<u8>, ExportError> {
    build(tables, date, foot).map_err(ExportError::composing("xlsx"))
}

fn build(tables: &[Table], date: DateTime, foot: &str) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    let created = ExcelDateTime::from_ymd(
        date.year().unsigned_abs(),
        date.month().unsigned_abs(),
        date.day().unsigned_abs(),
    )?;
    let properties = DocProperties::new().set_author("Maillage").set_creation_datetime(&created);
    workbook.set_properties(&properties);
    // An ampersand begins a code; the space keeps the size apart from a name that begins by a digit.
    let foot = format!("&L&8 {}&R&8page &P sur &N", foot.replace('&', "&&"));
    for table in tables {
        let sheet = workbook.add_worksheet();
        fill(sheet, table)?;
        sheet.set_footer(&foot);
    }
    workbook.save_to_buffer()
}

fn fill(sheet: &mut Worksheet, table: &Table) -> Result<(), XlsxError> {
    sheet.set_name(table.name)?;
    let header = Format::new()
        .set_bold()
        .set_text_wrap()
        .set_align(FormatAlign::Top)
        .set_background_color(Color::RGB(0xE3_EA_F2))
        .set_border_bottom(FormatBorder::Thin);
    for (column, (text, width)) in (0..).zip(table.headers.iter().zip(&table.widths)) {
        sheet.set_column_width(column, f64::from(*width) + 2.0)?;
        let header = header.clone();
        let header = if table.is_numeric(column.into()) {
            header.set_align(FormatAlign::Right)
        } else {
            beside_numbers(header)
        };
        sheet.write_string_with_format(0, column, *text, &header)?;
    }
    for (row, cells) in (1..).zip(&table.rows) {
        for (column, cell) in (0..).zip(cells) {
            write_cell(sheet, table, row, column, cell)?;
        }
        // Excel measures the rows that say nothing of their height; LibreOffice does not.
        let lines = table.lines(row as usize - 1);
        if lines > 1 {
            sheet.set_row_height(row, LINE_HEIGHT * lines as f64)?;
        }
    }
    let last_row = u32::try_from(table.rows.len()).expect("a département fits a sheet");
    let last_column = u16::try_from(table.headers.len()).expect("few columns") - 1;
    sheet.autofilter(0, 0, last_row, last_column)?;
    sheet.set_freeze_panes(1, KEY_COLUMNS)?;
    sheet.set_landscape().set_paper_size(9).set_repeat_rows(0, 0)?;
    sheet.set_repeat_columns(0, KEY_COLUMNS - 1)?;
    sheet.set_print_fit_to_pages(table.pages_wide(), 0);
    Ok(())
}

fn write_cell(
    sheet: &mut Worksheet,
    table: &Table,
    row: u32,
    column: u16,
    cell: &Cell,
) -> Result<(), XlsxError> {
    let top = Format::new().set_align(FormatAlign::Top);
    match cell {
        Cell::Empty => {}
        // A text written as a string is never run, so it needs no apostrophe here.
        Cell::Text(text) => {
            let format = beside_numbers(top);
            let wraps = table.wraps(usize::from(column), text);
            let format = if wraps { format.set_text_wrap() } else { format };
            sheet.write_string_with_format(row, column, text, &format)?;
        }
        Cell::Integer(number) => {
            sheet.write_number_with_format(row, column, *number as f64, &top)?;
        }
        Cell::Decimal(number, decimals) => {
            let format = top.set_num_format(number_format(*decimals));
            sheet.write_number_with_format(row, column, *number, &format)?;
        }
    }
    Ok(())
}

/// A margin at the left, so that a text does not touch the number before it; LibreOffice indents
/// only what is said to stand at the left.
fn beside_numbers(format: Format) -> Format {
    format.set_align(FormatAlign::Left).set_indent(1)
}

fn number_format(decimals: u8) -> String {
    if decimals == 0 { "0".to_owned() } else { format!("0.{}", "0".repeat(decimals.into())) }
}
