//! The documents for users say what the code does.

use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};

use maillage::import::{ColumnFormat, FILES, FileFormat};

/// Set, this variable rewrites the documents instead of comparing them.
const REWRITE: &str = "MAILLAGE_REECRIRE_DOCS";

fn assert_document(name: &str, expected: &str) {
    let path: PathBuf = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs").join(name);
    if std::env::var_os(REWRITE).is_some() {
        fs::write(&path, expected).expect("written");
    }
    let found = fs::read_to_string(&path).unwrap_or_default();
    assert!(found == expected, "docs/{name} is out of date: run the tests with {REWRITE}=1");
}

#[test]
fn the_guide_of_the_codes_is_that_of_the_source() {
    assert_document("erreurs.md", include_str!("../../src/import/errors.md"));
}

#[test]
fn the_formats_are_those_that_the_code_reads_and_writes() {
    let mut text = include_str!("formats_head.md").to_owned();
    for format in &FILES {
        section(&mut text, format);
    }
    assert_document("formats.md", &text);
}

fn section(text: &mut String, format: &FileFormat) {
    let presence = if format.mandatory { "obligatoire" } else { "facultatif" };
    writeln!(text, "\n## `{}.csv` ({presence})\n\nContenu : {}.\n", format.name, format.about)
        .expect("in memory");
    text.push_str("| colonne | type | unité | si la cellule est vide | exemple | sens |\n|---|---|---|---|---|---|\n");
    for column in format.columns {
        text.push_str(&row(column));
    }
}

fn row(column: &ColumnFormat) -> String {
    let default = if column.mandatory { "obligatoire" } else { column.default };
    let aliases = match column.aliases {
        [] => String::new(),
        names => format!(" (autres en-têtes lus : {})", names.join(", ")),
    };
    let cells = [
        &format!("`{}`", column.name),
        column.kind.label(),
        column.unit,
        default,
        &format!("`{}`", column.example),
        &format!("{}{aliases}", column.about),
    ];
    format!("| {} |\n", cells.map(|cell| cell.replace('|', "\\|")).join(" | "))
}

#[test]
fn every_example_of_the_formats_is_read() {
    for format in &FILES {
        for column in format.columns {
            assert!(!column.example.is_empty() && !column.about.is_empty(), "{}", column.name);
            assert!(
                column.mandatory == column.default.is_empty(),
                "{} has no default",
                column.name
            );
        }
    }
}
