//! The cells of matrices, each with its place in its file.

use std::collections::{BTreeMap, BTreeSet};

use super::headers::{Form, Measure, form};
use crate::import::error::{Code, Diagnostic};
use crate::import::number::parse_number;
use crate::import::sheet::french;
use crate::import::table::{Row, Table};
use crate::import::trip_ends::TripEnds;
use crate::import::validate::unknown_end;

/// Longest duration that a file may give, in seconds, and longest road, in metres: those of
/// `trajets.csv`.
const LONGEST_S: f64 = 60_000.0;
const LONGEST_M: f64 = 2_000_000.0;
/// Seconds, or metres, by which two values of one pair may differ: rounding.
const ALIKE: f64 = 0.5;

/// Pairs of distinct rows of establishments.
pub type Pairs = BTreeMap<(usize, usize), PairCells>;

/// What files say of one pair; at least one value is there.
#[derive(Debug, Clone, Copy, Default)]
pub struct PairCells {
    /// Duration, in seconds.
    pub time: Option<Given>,
    /// Length, in metres.
    pub length: Option<Given>,
}

/// A value and its cell.
#[derive(Debug, Clone, Copy)]
pub struct Given {
    /// Seconds or metres.
    pub value: f64,
    /// Where it stands.
    pub at: CellAt,
}

/// A cell of one of several tables.
#[derive(Debug, Clone, Copy)]
pub struct CellAt {
    /// Index of the table.
    pub table: usize,
    /// Index of its row.
    pub row: usize,
    /// Index of its column.
    pub column: usize,
}

impl CellAt {
    /// A diagnostic at this cell.
    pub fn fault(
        self,
        tables: &[Table],
        code: Code,
        cause: impl Into<String>,
        action: impl Into<String>,
    ) -> Diagnostic {
        let table = &tables[self.table];
        table.at(&table.rows[self.row], self.column, code, cause, action)
    }
}

/// Reads every cell of every table.
pub fn read(tables: &[Table], ends: &TripEnds, report: &mut Vec<Diagnostic>) -> Pairs {
    let mut reader = Reader { tables, ends, told: BTreeSet::new(), pairs: Pairs::new(), report };
    for (index, table) in tables.iter().enumerate() {
        if let Some(form) = form(table, reader.report) {
            reader.read_table(index, &form);
        }
    }
    reader.pairs
}

struct Reader<'a> {
    tables: &'a [Table],
    ends: &'a TripEnds<'a>,
    /// Ends already told to be unusable.
    told: BTreeSet<&'a str>,
    pairs: Pairs,
    report: &'a mut Vec<Diagnostic>,
}

/// A cell that names the end of a trip: in a row, or in the headers.
#[derive(Clone, Copy)]
struct EndCell<'a> {
    id: &'a str,
    /// Its cell, or a cell below its header.
    at: CellAt,
}

impl<'a> Reader<'a> {
    fn read_table(&mut self, index: usize, form: &Form) {
        let table = &self.tables[index];
        for (position, row) in table.rows.iter().enumerate() {
            if let Some(fault) = table.width_fault(row) {
                self.report.push(fault);
                continue;
            }
            let at = |column| CellAt { table: index, row: position, column };
            let named = |column| EndCell { id: row.get(column), at: at(column) };
            match form {
                Form::Long { origin, destination, values } => {
                    let pair = self.pair(named(*origin), named(*destination));
                    for (column, measure) in values {
                        self.read_value(row, at(*column), pair, *measure);
                    }
                }
                Form::Square(measure) => {
                    for (column, id) in table.headers.iter().enumerate().skip(1) {
                        // An empty cell names nothing: a blank column of a workbook is no end.
                        if !row.get(column).is_empty() {
                            let pair = self.pair(named(0), EndCell { id, at: at(column) });
                            self.read_value(row, at(column), pair, *measure);
                        }
                    }
                }
            }
        }
    }

    fn pair(&mut self, from: EndCell<'a>, to: EndCell<'a>) -> Option<(usize, usize)> {
        // Both are looked up, so that both are told.
        let (from, to) = (self.end(from), self.end(to));
        from.zip(to)
    }

    /// The row of establishments where an end stands; told once where there is none.
    fn end(&mut self, end: EndCell<'a>) -> Option<usize> {
        let rows = self.ends.rows_as_typed(end.id);
        if let Some(row) = rows.and_then(<[usize]>::first) {
            return Some(*row);
        }
        if self.told.insert(end.id) {
            let fault = |code, cause: String, action| {
                let fault = end.at.fault(self.tables, code, cause, action);
                Diagnostic { value: Some(end.id.to_owned()), ..fault }
            };
            self.report.push(if rows.is_some() {
                let cause = format!("Le poste {} n'a pas de résidence : d'où part-il ?", end.id);
                let action =
                    "Donnez-lui une résidence dans postes.csv, ou écrivez ici l'UAI du lieu.";
                fault(Code::PostNowhere, cause, action)
            } else if end.id.is_empty() {
                let cause = "Le lieu n'est pas nommé.".to_owned();
                fault(
                    Code::EmptyCell,
                    cause,
                    "Écrivez l'UAI de l'établissement, ou videz la ligne.",
                )
            } else {
                let (cause, action) = unknown_end(end.id);
                fault(Code::UnknownTripEnd, cause, action)
            });
        }
        None
    }

    fn read_value(
        &mut self,
        row: &Row,
        at: CellAt,
        pair: Option<(usize, usize)>,
        measure: Measure,
    ) {
        let text = row.get(at.column);
        // An empty cell is a pair that the tool did not compute.
        if text.is_empty() {
            return;
        }
        if let Some(fault) = self.tables[at.table].formula_fault(row, at.column) {
            self.report.push(fault);
            return;
        }
        let Some(number) = parse_number(text) else {
            let cause = format!("« {text} » n'est pas un nombre.");
            let action =
                "Écrivez un nombre seul, ou laissez la cellule vide si le trajet n'est pas connu.";
            self.report.push(at.fault(self.tables, Code::NotANumber, cause, action));
            return;
        };
        let (value, most, unit) = match measure {
            Measure::Time(seconds) => (number * seconds, LONGEST_S, seconds),
            Measure::Length(metres) => (number * metres, LONGEST_M, metres),
        };
        if !(0.0..=most).contains(&value) {
            let most = french(most / unit);
            let cause = format!("{text} n'est pas une valeur possible : il faut de 0 à {most}.");
            let action = "Vérifiez la valeur, et l'unité que dit l'en-tête.";
            self.report.push(at.fault(self.tables, Code::OutOfRange, cause, action));
            return;
        }
        if let Some(pair) = pair.filter(|(from, to)| from != to) {
            self.learn(pair, measure, Given { value, at });
        }
    }

    /// The first value counts; another that differs is a contradiction.
    fn learn(&mut self, pair: (usize, usize), measure: Measure, given: Given) {
        let cells = self.pairs.entry(pair).or_default();
        let known = match measure {
            Measure::Time(_) => &mut cells.time,
            Measure::Length(_) => &mut cells.length,
        };
        let first = known.get_or_insert(given);
        if (first.value - given.value).abs() > ALIKE {
            let (table, first) = (&self.tables[first.at.table], first.at);
            let row = &table.rows[first.row];
            let cause = format!(
                "Ce trajet est déjà à la ligne {} de {}, avec une autre valeur : {}.",
                row.line,
                table.file,
                row.get(first.column)
            );
            let action = "Gardez la bonne des deux valeurs.";
            self.report.push(given.at.fault(self.tables, Code::Duplicate, cause, action));
        }
    }
}
