//! Tables as an OpenDocument workbook: one sheet a table, real numbers, frozen headers, filters.
//!
//! Written with the zip and XML crates at hand: the crate made for it brings some fifty others
//! for the five elements that a table of values takes (OASIS, OpenDocument 1.3, part 3, 9.1).

use std::io::{Cursor, Write};
use std::ops::Range;

use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesText, Event};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

use super::error::ExportError;
use super::ods_styles::{column_style, number_style, page, row_style, styles, table_style};
use super::tables::{Cell, KEY_COLUMNS, Table};

pub(super) type Xml = Writer<Vec<u8>>;
pub(super) type Written = std::io::Result<()>;

const MIME: &str = "application/vnd.oasis.opendocument.spreadsheet";
const NAMESPACES: [(&str, &str); 8] = [
    ("xmlns:office", "urn:oasis:names:tc:opendocument:xmlns:office:1.0"),
    ("xmlns:table", "urn:oasis:names:tc:opendocument:xmlns:table:1.0"),
    ("xmlns:text", "urn:oasis:names:tc:opendocument:xmlns:text:1.0"),
    ("xmlns:style", "urn:oasis:names:tc:opendocument:xmlns:style:1.0"),
    ("xmlns:number", "urn:oasis:names:tc:opendocument:xmlns:datastyle:1.0"),
    ("xmlns:fo", "urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0"),
    ("xmlns:config", "urn:oasis:names:tc:opendocument:xmlns:config:1.0"),
    ("office:version", "1.3"),
];
const MANIFEST: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" manifest:version="1.3">
<manifest:file-entry manifest:full-path="/" manifest:version="1.3" manifest:media-type="application/vnd.oasis.opendocument.spreadsheet"/>
<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/>
<manifest:file-entry manifest:full-path="styles.xml" manifest:media-type="text/xml"/>
<manifest:file-entry manifest:full-path="settings.xml" manifest:media-type="text/xml"/>
</manifest:manifest>"#;
/// A4 on its side; rows take the pages that they need.
const LANDSCAPE: [(&str, &str); 5] = [
    ("fo:page-width", "29.7cm"),
    ("fo:page-height", "21cm"),
    ("style:print-orientation", "landscape"),
    ("fo:margin", "1.5cm"),
    ("style:scale-to-Y", "0"),
];
/// Room of the foot of a page.
const FOOT: [(&str, &str); 2] = [("fo:min-height", "0.7cm"), ("fo:margin-top", "0.2cm")];

/// The bytes of the workbook, `foot` at the foot of each page.
///
/// # Errors
/// [`ExportError::Compose`].
pub fn to_ods(tables: &[Table], foot: &str) -> Result<Vec<u8>, ExportError> {
    build(tables, foot).map_err(ExportError::composing("ods"))
}

fn build(tables: &[Table], foot: &str) -> std::io::Result<Vec<u8>> {
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    // The type comes first and uncompressed, so that programs recognise the file.
    let stored = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    let deflated = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
    let parts = [
        ("mimetype", MIME.as_bytes().to_vec(), stored),
        ("META-INF/manifest.xml", MANIFEST.as_bytes().to_vec(), deflated),
        ("content.xml", content(tables)?, deflated),
        ("styles.xml", pages(tables, foot)?, deflated),
        ("settings.xml", settings(tables)?, deflated),
    ];
    for (name, bytes, options) in parts {
        archive.start_file(name, options)?;
        archive.write_all(&bytes)?;
    }
    Ok(archive.finish()?.into_inner())
}

fn document(root: &str, body: impl FnOnce(&mut Xml) -> Written) -> std::io::Result<Vec<u8>> {
    let mut xml = Writer::new(Vec::new());
    xml.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
    xml.create_element(root).with_attributes(NAMESPACES).write_inner_content(body)?;
    Ok(xml.into_inner())
}

fn content(tables: &[Table]) -> std::io::Result<Vec<u8>> {
    document("office:document-content", |xml| {
        xml.create_element("office:automatic-styles")
            .write_inner_content(|xml| styles(xml, tables))?;
        xml.create_element("office:body").write_inner_content(|xml| {
            xml.create_element("office:spreadsheet").write_inner_content(|xml| {
                tables
                    .iter()
                    .enumerate()
                    .try_for_each(|(index, table)| sheet(xml, index, table))?;
                filters(xml, tables)
            })?;
            Ok(())
        })?;
        Ok(())
    })
}

/// A landscape page for each sheet, as wide as its table asks for.
fn pages(tables: &[Table], foot: &str) -> std::io::Result<Vec<u8>> {
    document("office:document-styles", |xml| {
        xml.create_element("office:automatic-styles").write_inner_content(|xml| {
            tables.iter().enumerate().try_for_each(|(index, table)| {
                let layout = xml.create_element("style:page-layout");
                let wide = table.pages_wide().to_string();
                layout
                    .with_attribute(("style:name", page_layout(index).as_str()))
                    .write_inner_content(|xml| {
                        xml.create_element("style:page-layout-properties")
                            .with_attributes(LANDSCAPE)
                            .with_attributes([("style:scale-to-X", wide.as_str())])
                            .write_empty()?;
                        xml.create_element("style:footer-style").write_inner_content(|xml| {
                            xml.create_element("style:header-footer-properties")
                                .with_attributes(FOOT)
                                .write_empty()
                                .map(drop)
                        })?;
                        Ok(())
                    })
                    .map(drop)
            })
        })?;
        xml.create_element("office:master-styles").write_inner_content(|xml| {
            (0..tables.len()).try_for_each(|index| {
                xml.create_element("style:master-page")
                    .with_attributes([
                        ("style:name", page(index).as_str()),
                        ("style:page-layout-name", page_layout(index).as_str()),
                    ])
                    .write_inner_content(|xml| footer(xml, foot))
                    .map(drop)
            })
        })?;
        Ok(())
    })
}

fn footer(xml: &mut Xml, foot: &str) -> Written {
    xml.create_element("style:footer").write_inner_content(|xml| {
        xml.create_element("text:p").write_inner_content(|xml| {
            xml.write_event(Event::Text(BytesText::new(foot)))?;
            xml.write_event(Event::Text(BytesText::new(" · page ")))?;
            xml.create_element("text:page-number").write_empty().map(drop)
        })?;
        Ok(())
    })?;
    Ok(())
}

fn page_layout(table: usize) -> String {
    format!("feuille{table}")
}

fn sheet(xml: &mut Xml, index: usize, table: &Table) -> Written {
    xml.create_element("table:table")
        .with_attributes([
            ("table:name", table.name),
            ("table:style-name", table_style(index).as_str()),
        ])
        .write_inner_content(|xml| {
            let keys = usize::from(KEY_COLUMNS);
            xml.create_element("table:table-header-columns")
                .write_inner_content(|xml| columns(xml, index, 0..keys))?;
            columns(xml, index, keys..table.headers.len())?;
            xml.create_element("table:table-header-rows").write_inner_content(|xml| {
                xml.create_element("table:table-row").write_inner_content(|xml| {
                    table.headers.iter().enumerate().try_for_each(|(column, header)| {
                        let numeric = table.is_numeric(column);
                        string(xml, header, if numeric { "entete-nombre" } else { "entete" })
                    })
                })?;
                Ok(())
            })?;
            for (place, row) in table.rows.iter().enumerate() {
                let height = row_style(table.lines(place));
                let line = xml.create_element("table:table-row");
                let line = line.with_attribute(("table:style-name", height.as_str()));
                line.write_inner_content(|xml| {
                    row.iter()
                        .enumerate()
                        .try_for_each(|(column, value)| cell(xml, table, column, value))
                })?;
            }
            Ok(())
        })
        .map(drop)
}

fn columns(xml: &mut Xml, table: usize, mut columns: Range<usize>) -> Written {
    columns.try_for_each(|column| {
        xml.create_element("table:table-column")
            .with_attribute(("table:style-name", column_style(table, column).as_str()))
            .write_empty()
            .map(drop)
    })
}

fn cell(xml: &mut Xml, table: &Table, column: usize, value: &Cell) -> Written {
    match value {
        Cell::Empty => xml.create_element("table:table-cell").write_empty().map(drop),
        Cell::Text(text) => {
            string(xml, text, if table.wraps(column, text) { "long" } else { "court" })
        }
        Cell::Integer(number) => float(xml, &number.to_string(), 0),
        Cell::Decimal(number, decimals) => {
            float(xml, &format!("{number:.*}", usize::from(*decimals)), *decimals)
        }
    }
}

fn string(xml: &mut Xml, text: &str, style: &str) -> Written {
    xml.create_element("table:table-cell")
        .with_attributes([("table:style-name", style), ("office:value-type", "string")])
        .write_inner_content(|xml| {
            xml.create_element("text:p").write_text_content(BytesText::new(text)).map(drop)
        })
        .map(drop)
}

fn float(xml: &mut Xml, number: &str, decimals: u8) -> Written {
    xml.create_element("table:table-cell")
        .with_attributes([
            ("table:style-name", number_style(decimals).as_str()),
            ("office:value-type", "float"),
            ("office:value", number),
        ])
        .write_empty()
        .map(drop)
}

fn filters(xml: &mut Xml, tables: &[Table]) -> Written {
    xml.create_element("table:database-ranges")
        .write_inner_content(|xml| {
            for table in tables {
                let last =
                    format!("{}{}", column_letters(table.headers.len()), table.rows.len() + 1);
                let range = format!("{name}.A1:{name}.{last}", name = table.name);
                xml.create_element("table:database-range")
                    .with_attributes([
                        ("table:name", table.name),
                        ("table:target-range-address", range.as_str()),
                        ("table:display-filter-buttons", "true"),
                    ])
                    .write_empty()?;
            }
            Ok(())
        })
        .map(drop)
}

/// The letters of the `count`-th column, from 1: `A`, `Z`, `AA`.
fn column_letters(count: usize) -> String {
    let (high, low) = ((count - 1) / 26, (count - 1) % 26);
    let letter = |index: usize| char::from(b'A' + u8::try_from(index).expect("below 26"));
    let low = letter(low);
    if high == 0 { low.to_string() } else { format!("{}{low}", letter(high - 1)) }
}

/// Freezes the header row and the first columns of every sheet.
fn settings(tables: &[Table]) -> std::io::Result<Vec<u8>> {
    document("office:document-settings", |xml| {
        nest(xml, "office:settings", None, |xml| {
            nest(xml, "config:config-item-set", Some("ooo:view-settings"), |xml| {
                nest(xml, "config:config-item-map-indexed", Some("Views"), |xml| {
                    nest(xml, "config:config-item-map-entry", None, |xml| {
                        nest(xml, "config:config-item-map-named", Some("Tables"), |xml| {
                            tables.iter().try_for_each(|table| frozen(xml, table.name))
                        })
                    })
                })
            })
        })
    })
}

fn nest(
    xml: &mut Xml,
    element: &str,
    name: Option<&str>,
    body: impl FnOnce(&mut Xml) -> Written,
) -> Written {
    let mut element = xml.create_element(element);
    if let Some(name) = name {
        element = element.with_attribute(("config:name", name));
    }
    element.write_inner_content(body).map(drop)
}

fn frozen(xml: &mut Xml, sheet: &str) -> Written {
    nest(xml, "config:config-item-map-entry", Some(sheet), |xml| {
        let keys = KEY_COLUMNS.to_string();
        let items = [
            ("HorizontalSplitMode", "short", "2"),
            ("HorizontalSplitPosition", "int", keys.as_str()),
            ("VerticalSplitMode", "short", "2"),
            ("VerticalSplitPosition", "int", "1"),
            ("ActiveSplitRange", "short", "3"),
            ("PositionRight", "int", keys.as_str()),
            ("PositionBottom", "int", "1"),
        ];
        for (name, kind, value) in items {
            xml.create_element("config:config-item")
                .with_attributes([("config:name", name), ("config:type", kind)])
                .write_text_content(BytesText::new(value))?;
        }
        Ok(())
    })
}
