//! A table bound to the columns of its file, and the typed cells of its rows.
//!
//! A cell at fault is reported and read as if it were empty, so that one pass finds every fault.

use std::ops::RangeInclusive;

use jiff::civil::Date;

use super::error::{Code, Diagnostic};
use super::format::{ColumnFormat, FileFormat};
use super::number::{number_remedy, parse_date, parse_number};
use super::table::{Layout, Row, Table, fold, is_formula_fault, nearest};

/// A table whose columns are those of a format.
#[derive(Debug)]
pub struct Sheet {
    format: &'static FileFormat,
    table: Table,
    /// Position in the table of each column of the format.
    columns: Vec<Option<usize>>,
}

impl Sheet {
    /// Binds the headers; reports unknown, doubled and missing columns, rows of another width and
    /// formulas at fault.
    pub fn bind(format: &'static FileFormat, table: Table, report: &mut Vec<Diagnostic>) -> Self {
        let columns = format.columns.iter().map(|column| find(&table, column)).collect();
        let sheet = Self { format, table, columns };
        sheet.check_headers(report);
        for row in &sheet.table.rows {
            report.extend(sheet.table.width_fault(row));
            let bound = sheet.columns.iter().flatten();
            report.extend(bound.filter_map(|column| sheet.table.formula_fault(row, *column)));
        }
        sheet
    }

    /// The sheet of a file that the dossier does not have.
    pub fn absent(format: &'static FileFormat) -> Self {
        let table = Table {
            file: format!("{}.csv", format.name),
            headers: Vec::new(),
            rows: Vec::new(),
            layout: Layout::Text { encoding: "UTF-8", delimiter: ';' },
        };
        Self { format, table, columns: vec![None; format.columns.len()] }
    }

    /// Name of the file.
    pub fn file(&self) -> &str {
        &self.table.file
    }

    /// One value per row.
    pub fn read<T>(
        self,
        report: &mut Vec<Diagnostic>,
        mut read: impl FnMut(&mut Cells) -> T,
    ) -> Rows<T> {
        let values = self
            .table
            .rows
            .iter()
            .map(|row| read(&mut Cells { sheet: &self, row, report }))
            .collect();
        Rows { sheet: self, values }
    }

    fn index(&self, name: &str) -> usize {
        self.format
            .columns
            .iter()
            .position(|column| column.name == name)
            .expect("the reader names columns of the format")
    }

    fn fault(
        &self,
        row: &Row,
        name: &str,
        code: Code,
        cause: impl Into<String>,
        action: impl Into<String>,
    ) -> Diagnostic {
        match self.columns[self.index(name)] {
            Some(column) => self.table.at(row, column, code, cause, action),
            None => Diagnostic {
                column: Some(name.to_owned()),
                ..Diagnostic::new(code, self.file(), cause, action).at_line(row.line)
            },
        }
    }

    fn check_headers(&self, report: &mut Vec<Diagnostic>) {
        let missing = self.format.columns.iter().zip(&self.columns);
        for (column, _) in missing.filter(|(column, place)| column.mandatory && place.is_none()) {
            report.push(self.missing_column(column));
        }
        for (place, header) in self.table.headers.iter().enumerate() {
            if self.columns.contains(&Some(place)) {
                continue;
            }
            let known = self.format.columns.iter().find(|column| answers(column, header));
            match known {
                Some(column) => report.push(self.doubled_column(header, column)),
                None => report.extend(self.unknown_column(place, header)),
            }
        }
    }

    fn missing_column(&self, column: &ColumnFormat) -> Diagnostic {
        let unbound = self.table.headers.iter().enumerate();
        let unbound = unbound.filter(|(place, _)| !self.columns.contains(&Some(*place)));
        let near = nearest(column.name, unbound.map(|(_, header)| header.as_str()));
        let mut action = match near {
            Some(near) => {
                format!("Est-ce la colonne « {near} » ? Renommez-la « {} ».", column.name)
            }
            None => format!("Ajoutez-la : {} (exemple : {}).", column.about, column.example),
        };
        let mut cause = format!("La colonne obligatoire « {} » manque.", column.name);
        if let Layout::Sheet { name } = &self.table.layout {
            cause += &format!(" La feuille lue est « {name} ».");
            action += &format!(" Si une autre tient la table, nommez-la « {} ».", self.format.name);
        }
        Diagnostic {
            column: Some(column.name.to_owned()),
            ..Diagnostic::new(Code::MissingColumn, self.file(), cause, action)
        }
    }

    fn doubled_column(&self, header: &str, column: &ColumnFormat) -> Diagnostic {
        let cause =
            format!("Deux colonnes disent « {} » ; la première serait lue seule.", column.name);
        let action = "Gardez une seule de ces colonnes.";
        Diagnostic {
            column: Some(header.to_owned()),
            ..Diagnostic::new(Code::DoubledColumn, self.file(), cause, action)
        }
    }

    /// `None` for a blank header above blank cells.
    fn unknown_column(&self, place: usize, header: &str) -> Option<Diagnostic> {
        let filled = self.table.rows.iter().find(|row| !row.get(place).is_empty());
        if header.is_empty() {
            let cause = "Une colonne sans en-tête contient des valeurs : elle n'est pas lue.";
            let action = "Donnez-lui un en-tête connu, ou videz-la.";
            return filled.map(|row| self.table.at(row, place, Code::UnknownColumn, cause, action));
        }
        let near = nearest(header, self.format.columns.iter().map(|column| column.name));
        let action = match near {
            Some(near) => format!("Si c'est « {near} », renommez-la ainsi ; sinon, rien à faire."),
            None => "Rien à faire si elle n'est qu'à votre usage.".to_owned(),
        };
        let cause = format!("La colonne « {header} » n'est pas connue : elle n'est pas lue.");
        Some(Diagnostic {
            column: Some(header.to_owned()),
            ..Diagnostic::new(Code::UnknownColumn, self.file(), cause, action)
        })
    }
}

/// Where a table has a column of a format, under any of its names.
pub(super) fn find(table: &Table, column: &ColumnFormat) -> Option<usize> {
    table.column(&[column.name]).or_else(|| table.column(column.aliases))
}

fn answers(column: &ColumnFormat, header: &str) -> bool {
    let header = fold(header);
    std::iter::once(&column.name).chain(column.aliases).any(|name| fold(name) == header)
}

/// The values of a sheet, one per row, with their places.
#[derive(Debug)]
pub struct Rows<T> {
    sheet: Sheet,
    /// Values, in file order.
    pub values: Vec<T>,
}

impl<T> Rows<T> {
    /// Name of the file.
    pub fn file(&self) -> &str {
        self.sheet.file()
    }

    /// Line of a value.
    pub fn line(&self, index: usize) -> usize {
        self.sheet.table.rows[index].line
    }

    /// A diagnostic at a cell of a value.
    pub fn fault(
        &self,
        index: usize,
        column: &str,
        code: Code,
        cause: impl Into<String>,
        action: impl Into<String>,
    ) -> Diagnostic {
        self.sheet.fault(&self.sheet.table.rows[index], column, code, cause, action)
    }
}

/// The cells of one row.
pub struct Cells<'a> {
    sheet: &'a Sheet,
    row: &'a Row,
    report: &'a mut Vec<Diagnostic>,
}

impl<'a> Cells<'a> {
    /// Reports a fault of a cell.
    pub fn fault(
        &mut self,
        name: &str,
        code: Code,
        cause: impl Into<String>,
        action: impl Into<String>,
    ) {
        self.report.push(self.sheet.fault(self.row, name, code, cause, action));
    }

    /// The text of a cell; empty when the column is absent. An empty mandatory cell is reported.
    pub fn text(&mut self, name: &str) -> &'a str {
        let index = self.sheet.index(name);
        let Some(place) = self.sheet.columns[index] else { return "" };
        let text = self.row.get(place);
        let column = &self.sheet.format.columns[index];
        if text.is_empty() && column.mandatory {
            let cause = format!("La cellule est vide, et « {name} » est obligatoire.");
            let action =
                format!("Remplissez-la : {} (exemple : {}).", column.about, column.example);
            self.fault(name, Code::EmptyCell, cause, action);
        }
        if is_formula_fault(text) { "" } else { text }
    }

    /// The same owned.
    pub fn owned(&mut self, name: &str) -> String {
        self.text(name).to_owned()
    }

    /// The text of a cell, `None` when empty.
    pub fn optional(&mut self, name: &str) -> Option<String> {
        Some(self.owned(name)).filter(|text| !text.is_empty())
    }

    /// A number within `range`; `None` when empty or at fault.
    pub fn number(&mut self, name: &str, range: RangeInclusive<f64>) -> Option<f64> {
        let text = self.text(name);
        if text.is_empty() {
            return None;
        }
        let Some(number) = parse_number(text) else {
            let cause = format!("« {text} » n'est pas un nombre.");
            self.fault(name, Code::NotANumber, cause, number_remedy(text));
            return None;
        };
        if range.contains(&number) {
            return Some(number);
        }
        let cause = format!(
            "{text} n'est pas une valeur possible : il faut de {} à {}.",
            french(*range.start()),
            french(*range.end())
        );
        self.fault(name, Code::OutOfRange, cause, "Corrigez la valeur.");
        None
    }

    /// A whole number within `range`; `None` when empty or at fault.
    pub fn integer<T: TryFrom<u32>>(
        &mut self,
        name: &str,
        range: RangeInclusive<u32>,
    ) -> Option<T> {
        let number = self.number(name, f64::from(*range.start())..=f64::from(*range.end()))?;
        if number.fract() == 0.0 {
            return T::try_from(number as u32).ok();
        }
        let cause = format!("{} n'est pas un nombre entier.", french(number));
        self.fault(name, Code::NotWhole, cause, "Arrondissez-le.");
        None
    }

    /// `oui` or `non`; empty is `non`.
    pub fn yes_no(&mut self, name: &str) -> bool {
        let text = self.text(name);
        match fold(text).as_str() {
            "oui" | "o" | "x" | "1" | "vrai" | "true" => true,
            "" | "non" | "n" | "0" | "faux" | "false" => false,
            _ => {
                let cause = format!("« {text} » n'est ni oui ni non.");
                self.fault(name, Code::NotYesNo, cause, "Écrivez oui ou non.");
                false
            }
        }
    }

    /// A day; `None` when empty or at fault.
    pub fn date(&mut self, name: &str) -> Option<Date> {
        let text = self.text(name);
        let date = parse_date(text);
        if date.is_none() && !text.is_empty() {
            let cause = format!("« {text} » n'est pas une date.");
            self.fault(name, Code::NotADate, cause, "Écrivez-la comme 01/09/2026 ou 2026-09-01.");
        }
        date
    }

    /// A word of a closed list; `None` when empty or unknown.
    pub fn word<T>(
        &mut self,
        name: &str,
        known: &[&str],
        parse: impl Fn(&str) -> Option<T>,
    ) -> Option<T> {
        let text = self.text(name);
        if text.is_empty() {
            return None;
        }
        let value = parse(text);
        if value.is_none() {
            self.unknown_word(name, text, known);
        }
        value
    }

    /// Reports a word that no list holds, with the nearest one.
    pub fn unknown_word(&mut self, name: &str, word: &str, known: &[&str]) {
        let cause = format!("« {word} » n'est pas un mot connu de la colonne « {name} ».");
        let action = match nearest(word, known.iter().copied()) {
            Some(near) => {
                format!("Vouliez-vous dire « {near} » ? Mots possibles : {}.", known.join(", "))
            }
            None => format!("Mots possibles : {}.", known.join(", ")),
        };
        self.fault(name, Code::UnknownWord, cause, action);
    }
}

/// A number with a decimal comma.
pub fn french(number: f64) -> String {
    number.to_string().replace('.', ",")
}

/// Text without accents, upper case, for the words of files.
pub fn upper(text: &str) -> String {
    use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};
    text.nfd().filter(|letter| !is_combining_mark(*letter)).flat_map(char::to_uppercase).collect()
}
