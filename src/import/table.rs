//! The one reader of tabular input: delimited text, `.xlsx` and `.ods`.
//!
//! Encoding, separator and kind of line ending are detected, never asked. Positions are kept, so
//! that every diagnostic can name the line, the column and, in a workbook, the cell.

use std::fs::File;
use std::io::Read;
use std::path::Path;

use csv::StringRecord;
use flate2::read::MultiGzDecoder;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::error::{Code, Diagnostic};
use super::titles::below_titles;
use super::{formula, spreadsheet, text_table};
use crate::wording::system::reason;

/// What a formula at fault leaves in a cell, in English and in French.
const FORMULA_FAULTS: [&str; 11] = [
    "#REF!", "#N/A", "#DIV/0!", "#VALUE!", "#NAME?", "#NULL!", "#NUM!", "#VALEUR!", "#NOM?",
    "#NOMBRE!", "#NUL!",
];

/// First bytes of a gzip archive.
const GZIP: &[u8] = b"\x1F\x8B";

/// Sizes above which a file is not read.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// Bytes of the file on disk.
    pub file_bytes: u64,
    /// Bytes once unpacked (gzip, workbook).
    pub unpacked_bytes: u64,
    /// Cells of a sheet, blank ones included.
    pub cells: u64,
}

impl Default for Limits {
    /// A national open-data file takes 60 MB and 5 million cells.
    fn default() -> Self {
        Self { file_bytes: 256 << 20, unpacked_bytes: 512 << 20, cells: 20_000_000 }
    }
}

/// Where a table comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Layout {
    /// Delimited text.
    Text {
        /// Name of the encoding.
        encoding: &'static str,
        /// Separator of the cells.
        delimiter: char,
    },
    /// A sheet of a workbook.
    Sheet {
        /// Name of the sheet.
        name: String,
    },
}

/// One row; blank rows are not kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// Line in the file, from 1, the header included.
    pub line: usize,
    cells: StringRecord,
}

impl Row {
    /// A row from its cells.
    #[must_use]
    pub fn new(line: usize, cells: StringRecord) -> Self {
        Self { line, cells }
    }

    /// The text of a cell without surrounding blanks; empty when the row is too short.
    #[must_use]
    pub fn get(&self, column: usize) -> &str {
        formula::reveal(self.cells.get(column).unwrap_or("").trim())
    }

    /// Number of cells written.
    #[must_use]
    pub fn len(&self) -> usize {
        self.cells.len()
    }

    /// Whether no cell holds anything.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.cells.iter().all(|cell| cell.trim().is_empty())
    }
}

/// A table in memory.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    /// Name of the file.
    pub file: String,
    /// Headers as written, without surrounding blanks.
    pub headers: Vec<String>,
    /// Rows that hold something, in file order.
    pub rows: Vec<Row>,
    /// Encoding and separator, or sheet.
    pub layout: Layout,
}

impl Table {
    /// Reads the file. Its first bytes tell an archive, whatever its name: browsers unpack or
    /// rename what they download.
    ///
    /// # Errors
    /// `E1001` and `E1004` to `E1008`.
    pub fn read(path: &Path) -> Result<Self, Diagnostic> {
        Self::read_as(&file_name(path), path)
    }

    /// The same of a file that stands under another name than its own.
    ///
    /// # Errors
    /// As [`Table::read`].
    pub fn read_as(file: &str, path: &Path) -> Result<Self, Diagnostic> {
        let bytes = read_bytes(path, &Limits::default())?;
        Self::from_bytes(file, &bytes, &Limits::default())
    }

    /// The same from the bytes of a file of that name.
    ///
    /// # Errors
    /// `E1004` to `E1008`.
    pub fn from_bytes(file: &str, bytes: &[u8], limits: &Limits) -> Result<Self, Diagnostic> {
        let name = file.to_lowercase();
        if bytes.starts_with(GZIP) {
            let bytes = gunzip(file, bytes, limits)?;
            return Self::from_plain(file, name.trim_end_matches(".gz"), &bytes, limits);
        }
        Self::from_plain(file, name.trim_end_matches(".gz"), bytes, limits)
    }

    fn from_plain(
        file: &str,
        name: &str,
        bytes: &[u8],
        limits: &Limits,
    ) -> Result<Self, Diagnostic> {
        let table = if name.ends_with(".ods") || spreadsheet::is_ods(bytes) {
            spreadsheet::read_ods(file, bytes, limits)?
        } else if name.ends_with(".xlsx") || bytes.starts_with(spreadsheet::ZIP) {
            spreadsheet::read_xlsx(file, bytes, limits)?
        } else {
            text_table::read(file, bytes)?
        };
        let table = below_titles(table);
        if table.headers.iter().all(String::is_empty) {
            return Err(empty(file));
        }
        Ok(table)
    }

    /// The column whose header is one of `names`, the first name that is found. Case, accents,
    /// blanks, hyphens and underscores do not count.
    #[must_use]
    pub fn column(&self, names: &[&str]) -> Option<usize> {
        names.iter().find_map(|name| {
            let name = fold(name);
            self.headers.iter().position(|header| fold(header) == name)
        })
    }

    /// A row of another width than the headers.
    pub(super) fn width_fault(&self, row: &Row) -> Option<Diagnostic> {
        let expected = self.headers.len();
        let beyond = (expected..row.len()).any(|column| !row.get(column).is_empty());
        let short = row.len() < expected && matches!(self.layout, Layout::Text { .. });
        if !beyond && !short {
            return None;
        }
        let cause = format!("La ligne a {} cellules, les en-têtes {expected}.", row.len());
        let action = if beyond && matches!(self.layout, Layout::Text { delimiter: ',', .. }) {
            "Une virgule décimale a sans doute coupé une cellule en deux : enregistrez le fichier avec des points-virgules entre les cellules, ou des points dans les nombres."
        } else {
            "Cherchez un séparateur ou un retour à la ligne de trop ou manquant, ou un texte à mettre entre guillemets."
        };
        Some(Diagnostic::new(Code::RaggedRow, &self.file, cause, action).at_line(row.line))
    }

    /// A cell that holds the error of a formula.
    pub(super) fn formula_fault(&self, row: &Row, column: usize) -> Option<Diagnostic> {
        is_formula_fault(row.get(column)).then(|| {
            let cause = "La cellule porte l'erreur d'une formule, non une valeur.";
            let action = "Corrigez la formule, ou remplacez-la par sa valeur.";
            self.at(row, column, Code::FormulaFault, cause, action)
        })
    }

    /// The header of the column found under one of `names`, when another is written alike.
    #[must_use]
    pub fn doubled(&self, names: &[&str]) -> Option<&str> {
        let header = &self.headers[self.column(names)?];
        let alike = self.headers.iter().filter(|other| fold(other) == fold(header)).count();
        (alike > 1).then_some(header)
    }

    /// A diagnostic at a cell, with the column and the value.
    pub fn at(
        &self,
        row: &Row,
        column: usize,
        code: Code,
        cause: impl Into<String>,
        action: impl Into<String>,
    ) -> Diagnostic {
        let cell = matches!(self.layout, Layout::Sheet { .. })
            .then(|| format!("{}{}", column_letters(column), row.line));
        Diagnostic {
            line: Some(row.line),
            column: self.headers.get(column).cloned(),
            cell,
            value: Some(row.get(column).to_owned()),
            ..Diagnostic::new(code, &self.file, cause, action)
        }
    }
}

/// Whether a cell holds the error of a formula rather than a value.
pub(super) fn is_formula_fault(text: &str) -> bool {
    FORMULA_FAULTS.contains(&text)
}

/// The name of a file, for messages.
pub(super) fn file_name(path: &Path) -> String {
    path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned()
}

/// The bytes of the file.
pub(super) fn read_bytes(path: &Path, limits: &Limits) -> Result<Vec<u8>, Diagnostic> {
    let name = file_name(path);
    let mut bytes = Vec::new();
    File::open(path)
        .and_then(|file| file.take(limits.file_bytes + 1).read_to_end(&mut bytes))
        .map_err(|error| {
            Diagnostic::new(
                Code::Unreadable,
                &name,
                format!("Le fichier ne peut pas être ouvert : {}.", reason(&error)),
                "Vérifiez son emplacement et vos droits, et fermez-le dans le tableur.",
            )
        })?;
    if bytes.len() as u64 > limits.file_bytes {
        return Err(too_large(&name));
    }
    Ok(bytes)
}

fn gunzip(file: &str, bytes: &[u8], limits: &Limits) -> Result<Vec<u8>, Diagnostic> {
    let mut text = Vec::new();
    MultiGzDecoder::new(bytes)
        .take(limits.unpacked_bytes + 1)
        .read_to_end(&mut text)
        .map_err(|error| damaged(file, &error.to_string()))?;
    if text.len() as u64 > limits.unpacked_bytes {
        return Err(too_large(file));
    }
    Ok(text)
}

pub(super) fn empty(file: &str) -> Diagnostic {
    Diagnostic::new(
        Code::EmptyFile,
        file,
        "Le fichier est vide : il n'a pas même une ligne d'en-têtes.",
        "Recopiez la ligne d'en-têtes du modèle, puis une ligne par élément.",
    )
}

pub(super) fn too_large(file: &str) -> Diagnostic {
    Diagnostic::new(
        Code::TooLarge,
        file,
        "Le fichier est bien plus grand qu'un dossier de rentrée : il n'est pas lu.",
        "Gardez les seules lignes du département et supprimez les lignes et colonnes vides.",
    )
}

pub(super) fn damaged(file: &str, detail: &str) -> Diagnostic {
    Diagnostic::new(
        Code::Damaged,
        file,
        format!(
            "Le fichier est abîmé ou n'est pas du format qu'annonce son nom (détail technique : {detail})."
        ),
        "Rouvrez-le dans le tableur et enregistrez-le de nouveau en .xlsx, .ods ou CSV UTF-8.",
    )
}

/// The letters of a column in a workbook: 0 is `A`, 26 is `AA`.
fn column_letters(column: usize) -> String {
    let last = char::from(b'A' + (column % 26) as u8);
    match column / 26 {
        0 => last.to_string(),
        rest => column_letters(rest - 1) + &last.to_string(),
    }
}

/// A text whose letters have lost their accents.
#[must_use]
pub fn plain_letters(text: &str) -> String {
    text.nfkd().filter(|letter| !is_combining_mark(*letter)).collect()
}

/// A text without case, accents, blanks, hyphens, apostrophes and underscores, to compare headers
/// and words.
#[must_use]
pub fn fold(text: &str) -> String {
    plain_letters(text)
        .chars()
        .filter(|letter| {
            !letter.is_whitespace() && !matches!(letter, '_' | '-' | '\'' | '\u{2019}')
        })
        .flat_map(char::to_lowercase)
        .collect()
}

/// The candidate that looks most like `word`, when one is close enough to be meant.
#[must_use]
pub fn nearest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let word = fold(word);
    let mut best: Option<(f64, &str)> = None;
    for candidate in candidates {
        let likeness = strsim::normalized_damerau_levenshtein(&word, &fold(candidate));
        if likeness >= 0.5 && best.is_none_or(|(found, _)| likeness > found) {
            best = Some((likeness, candidate));
        }
    }
    best.map(|(_, candidate)| candidate)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headers_match_without_case_accents_blanks_or_underscores() {
        let table = Table::from_bytes(
            "t.csv",
            "Code  Commune ;Quotité\n1;2".as_bytes(),
            &Limits::default(),
        )
        .expect("a table");
        assert_eq!(table.column(&["code_commune"]), Some(0));
        assert_eq!(table.column(&["absent", "QUOTITE"]), Some(1));
        assert_eq!(table.column(&["nom"]), None);
    }

    #[test]
    fn a_likely_word_is_found_and_an_unlikely_one_is_not() {
        assert_eq!(nearest("quotitee", ["quotite", "residence"]), Some("quotite"));
        assert_eq!(nearest("zzz", ["quotite", "residence"]), None);
    }

    #[test]
    fn columns_have_the_letters_of_a_workbook() {
        assert_eq!(["A", "Z", "AA", "AZ", "BA"], [0, 25, 26, 51, 52].map(column_letters)[..]);
    }

    #[test]
    fn the_content_tells_an_archive_whatever_its_name() {
        use std::io::Write;
        let read = |name: &str, bytes: &[u8]| Table::from_bytes(name, bytes, &Limits::default());
        let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
        encoder.write_all(b"uai;nom\n1;a\n").expect("in memory");
        let bytes = encoder.finish().expect("in memory");
        for (name, bytes) in [("t.csv", &bytes[..]), ("t.csv.gz", b"uai;nom\n1;a\n")] {
            assert_eq!(read(name, bytes).expect("a table").rows.len(), 1, "{name}");
        }
    }

    #[test]
    fn a_compressed_bomb_is_refused() {
        use std::io::Write;
        let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
        encoder.write_all(&vec![b'a'; 1 << 20]).expect("in memory");
        let bytes = encoder.finish().expect("in memory");
        let limits = Limits { unpacked_bytes: 1 << 16, ..Limits::default() };
        let error = Table::from_bytes("t.csv.gz", &bytes, &limits).expect_err("too large");
        assert_eq!(error.code, Code::TooLarge);
    }
}
