//! The styles of an OpenDocument workbook: what its rows, columns, cells and headers look like.

use std::collections::BTreeSet;

use super::ods_file::{Written, Xml};
use super::tables::{Cell, Table};

/// A line of ten points.
const LINE_HEIGHT_CM: f64 = 0.46;
/// Width of a character, centimetres.
const CHARACTER_CM: f64 = 0.21;

/// The styles of sheets, columns, rows, cells and headers.
pub(super) fn styles(xml: &mut Xml, tables: &[Table]) -> Written {
    for (index, table) in tables.iter().enumerate() {
        xml.create_element("style:style")
            .with_attributes([
                ("style:name", table_style(index).as_str()),
                ("style:family", "table"),
                ("style:master-page-name", page(index).as_str()),
            ])
            .write_inner_content(|xml| {
                xml.create_element("style:table-properties")
                    .with_attribute(("table:display", "true"))
                    .write_empty()
                    .map(drop)
            })?;
        for (column, width) in table.widths.iter().enumerate() {
            let width = format!("{:.2}cm", f64::from(*width + 2) * CHARACTER_CM);
            let name = column_style(index, column);
            style(xml, &name, "table-column", |xml| {
                xml.create_element("style:table-column-properties")
                    .with_attribute(("style:column-width", width.as_str()))
                    .write_empty()
                    .map(drop)
            })?;
        }
    }
    row_styles(xml, tables)?;
    number_styles(xml, tables)?;
    style(xml, "long", "table-cell", |xml| {
        xml.create_element("style:table-cell-properties")
            .with_attributes([("fo:wrap-option", "wrap"), ("style:vertical-align", "top")])
            .write_empty()?;
        beside_numbers(xml)
    })?;
    style(xml, "court", "table-cell", |xml| {
        xml.create_element("style:table-cell-properties")
            .with_attribute(("style:vertical-align", "top"))
            .write_empty()?;
        beside_numbers(xml)
    })?;
    header_style(xml, "entete", beside_numbers)?;
    header_style(xml, "entete-nombre", |xml| {
        xml.create_element("style:paragraph-properties")
            .with_attribute(("fo:text-align", "end"))
            .write_empty()
            .map(drop)
    })
}

/// A margin at the left, so that a text does not touch the number before it.
fn beside_numbers(xml: &mut Xml) -> Written {
    xml.create_element("style:paragraph-properties")
        .with_attributes([("fo:text-align", "start"), ("fo:margin-left", "0.2cm")])
        .write_empty()
        .map(drop)
}

fn header_style(xml: &mut Xml, name: &str, place: fn(&mut Xml) -> Written) -> Written {
    style(xml, name, "table-cell", |xml| {
        xml.create_element("style:table-cell-properties")
            .with_attributes([
                ("fo:background-color", "#e3eaf2"),
                ("fo:border-bottom", "0.5pt solid #1d2733"),
                ("fo:wrap-option", "wrap"),
            ])
            .write_empty()?;
        place(xml)?;
        xml.create_element("style:text-properties")
            .with_attribute(("fo:font-weight", "bold"))
            .write_empty()
            .map(drop)
    })
}

/// As many decimals shown in every cell of a column, as in the other workbook.
fn number_styles(xml: &mut Xml, tables: &[Table]) -> Written {
    let cells = tables.iter().flat_map(|table| &table.rows).flatten();
    let decimals: BTreeSet<u8> = cells.filter_map(decimals).collect();
    decimals.into_iter().try_for_each(|decimals| {
        let (name, count) = (number_style(decimals), decimals.to_string());
        let format = format!("format-{name}");
        xml.create_element("number:number-style")
            .with_attribute(("style:name", format.as_str()))
            .write_inner_content(|xml| {
            xml.create_element("number:number")
                .with_attributes([
                    ("number:decimal-places", count.as_str()),
                    ("number:min-decimal-places", count.as_str()),
                    ("number:min-integer-digits", "1"),
                ])
                .write_empty()
                .map(drop)
        })?;
        xml.create_element("style:style")
            .with_attributes([
                ("style:name", name.as_str()),
                ("style:family", "table-cell"),
                ("style:data-style-name", format.as_str()),
            ])
            .write_inner_content(|xml| {
                xml.create_element("style:table-cell-properties")
                    .with_attribute(("style:vertical-align", "top"))
                    .write_empty()
                    .map(drop)
            })
            .map(drop)
    })
}

/// Of a cell that holds a number.
const fn decimals(cell: &Cell) -> Option<u8> {
    match cell {
        Cell::Empty | Cell::Text(_) => None,
        Cell::Integer(_) => Some(0),
        Cell::Decimal(_, decimals) => Some(*decimals),
    }
}

/// The style of a number with so many decimals.
pub(super) fn number_style(decimals: u8) -> String {
    format!("nombre{decimals}")
}

fn style(
    xml: &mut Xml,
    name: &str,
    family: &str,
    body: impl FnOnce(&mut Xml) -> Written,
) -> Written {
    xml.create_element("style:style")
        .with_attributes([("style:name", name), ("style:family", family)])
        .write_inner_content(body)
        .map(drop)
}

/// LibreOffice does not measure again the rows of a long sheet: their height is said.
fn row_styles(xml: &mut Xml, tables: &[Table]) -> Written {
    let of = |table: &Table| (0..table.rows.len()).map(|row| table.lines(row)).collect::<Vec<_>>();
    let counts: BTreeSet<usize> = tables.iter().flat_map(of).collect();
    counts.into_iter().try_for_each(|lines| {
        style(xml, &row_style(lines), "table-row", |xml| {
            let height = format!("{:.2}cm", LINE_HEIGHT_CM * lines as f64);
            xml.create_element("style:table-row-properties")
                .with_attributes([
                    ("style:row-height", height.as_str()),
                    ("style:use-optimal-row-height", "false"),
                ])
                .write_empty()
                .map(drop)
        })
    })
}

/// The style of a row of so many lines.
pub(super) fn row_style(lines: usize) -> String {
    format!("lignes{lines}")
}

/// The style of a sheet.
pub(super) fn table_style(table: usize) -> String {
    format!("t{table}")
}

/// The style of a column of a sheet.
pub(super) fn column_style(table: usize, column: usize) -> String {
    format!("t{table}c{column}")
}

/// The page of a sheet.
pub(super) fn page(table: usize) -> String {
    format!("page{table}")
}
