//! A matrix made by any other tool, from the rows of a table already read.
//!
//! Two forms are understood. Long: one row per pair, with an origin, a destination, and a time, a
//! length, or both. Square: the first header names the unit, the others the destinations; the
//! first cell of a row names the origin. Units are said by the headers, never guessed from values.

use std::collections::{BTreeMap, HashMap};

use thiserror::Error;

use super::{Source, TravelMatrix, Trip};

/// A table of text cells.
#[derive(Debug, Clone, Default)]
pub struct TextTable {
    /// Headers, in order.
    pub headers: Vec<String>,
    /// Rows with their line number in the file.
    pub rows: Vec<(usize, Vec<String>)>,
}

/// What a file says of the pairs of the dossier.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct MatrixFile {
    /// Known values by (origin, destination) index; the diagonal is left out.
    pub pairs: BTreeMap<(usize, usize), PairValue>,
    /// Identifiers of the file that are no place of the dossier, in order of appearance.
    pub strangers: Vec<String>,
}

/// What a file says of one pair; at least one value is there.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct PairValue {
    /// Duration, in seconds.
    pub seconds: Option<f64>,
    /// Length, in metres.
    pub metres: Option<f64>,
}

/// What makes a matrix unreadable, with its line in the file. The messages are for the user.
#[derive(Debug, Error, PartialEq)]
pub enum MatrixFileError {
    /// Neither form is recognised.
    #[error(
        "les en-têtes ne disent pas ce que contient la matrice : il faut soit « origine », \
         « destination » et « minutes » ou « km », soit un tableau carré dont la première case dit \
         l'unité (« minutes », « secondes », « km », « metres »)"
    )]
    Headers,
    /// A time or a length without its unit.
    #[error(
        "la colonne « {0} » ne dit pas son unité : renommez-la par exemple en « {0}_min », \
         « {0}_s », « {0}_km » ou « {0}_m »"
    )]
    Unit(String),
    /// Two columns give the same quantity.
    #[error("les colonnes « {0} » et « {1} » donnent la même grandeur : gardez-en une")]
    SameQuantity(String, String),
    /// A post of the dossier that stands nowhere.
    #[error(
        "le poste {0} n'a pas de résidence : on ne sait pas d'où il part. Donnez-lui une résidence dans \
         postes.csv, ou écrivez l'UAI du lieu"
    )]
    NoResidence(String),
    /// No pair of the file joins two places of the dossier.
    #[error(
        "aucun trajet ne relie deux lieux du dossier : attendu des UAI d'etablissements.csv ou des postes \
         de postes.csv, trouvé {0}"
    )]
    Foreign(String),
    /// A row of a square matrix with too few or too many cells.
    #[error("ligne {line} : {found} cases au lieu de {expected}")]
    Ragged {
        /// Line in the file.
        line: usize,
        /// Cells found.
        found: usize,
        /// Cells of the header.
        expected: usize,
    },
    /// Text, or a negative value, where a number is needed.
    #[error("ligne {line}, de {origin} à {destination} : « {text} » n'est pas un nombre positif")]
    Value {
        /// Line in the file.
        line: usize,
        /// Origin of the pair.
        origin: String,
        /// Destination of the pair.
        destination: String,
        /// The cell.
        text: String,
    },
    /// A pair given twice with different values.
    #[error("ligne {line} : de {origin} à {destination}, une autre ligne donne une autre valeur")]
    Conflict {
        /// Line of the second value.
        line: usize,
        /// Origin of the pair.
        origin: String,
        /// Destination of the pair.
        destination: String,
    },
}

/// What a column or a square matrix measures.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Unit {
    /// Seconds in one unit.
    Time(f64),
    /// Metres in one unit.
    Length(f64),
}

impl MatrixFile {
    /// Reads a table whose ends are `known` identifiers, each with its place; none for a post
    /// without residence. `number` reads a cell as the program reads numbers elsewhere.
    ///
    /// # Errors
    /// The first thing that makes the table unreadable.
    pub fn read(
        table: &TextTable,
        known: &[(String, Option<usize>)],
        number: fn(&str) -> Option<f64>,
    ) -> Result<Self, MatrixFileError> {
        let mut reader = Reader {
            places: known.iter().map(|(id, place)| (key(id), *place)).collect(),
            number,
            file: Self::default(),
        };
        match LongColumns::find(&table.headers)? {
            Some(columns) => reader.read_long(table, &columns)?,
            None => reader.read_square(table)?,
        }
        if reader.file.pairs.is_empty() && !reader.file.strangers.is_empty() {
            let few: Vec<&str> = reader.file.strangers.iter().take(3).map(String::as_str).collect();
            return Err(MatrixFileError::Foreign(few.join(", ")));
        }
        Ok(reader.file)
    }

    /// Puts the values into a matrix. A quantity that the file lacks keeps its estimate.
    pub fn apply(&self, matrix: &mut TravelMatrix) {
        for (&(from, to), value) in &self.pairs {
            let estimate = matrix.trip(from, to);
            matrix.set(
                from,
                to,
                Trip {
                    seconds: value
                        .seconds
                        .map_or(estimate.seconds, |seconds| seconds.round() as u32),
                    metres: value.metres.map_or(estimate.metres, |metres| metres.round() as u32),
                    source: Source::Given,
                },
            );
        }
    }
}

/// Columns of the long form.
struct LongColumns {
    origin: usize,
    destination: usize,
    values: Vec<(usize, Unit)>,
}

impl LongColumns {
    /// The columns, `None` when the table has no origin or no destination.
    fn find(headers: &[String]) -> Result<Option<Self>, MatrixFileError> {
        const ORIGIN: [&str; 7] =
            ["origine", "origin", "origin_id", "from", "from_id", "source", "depart"];
        const DESTINATION: [&str; 7] =
            ["destination", "destination_id", "to", "to_id", "target", "arrivee", "vers"];
        let find = |names: &[&str]| headers.iter().position(|h| names.contains(&key(h).as_str()));
        let (Some(origin), Some(destination)) = (find(&ORIGIN), find(&DESTINATION)) else {
            return Ok(None);
        };
        let mut values: Vec<(usize, Unit)> = Vec::new();
        for (column, header) in headers.iter().enumerate() {
            let Some(unit) = measure(header)? else { continue };
            let same = |(_, other): &&(usize, Unit)| unit.is_time() == other.is_time();
            if let Some((first, _)) = values.iter().find(same) {
                let (first, second) = (headers[*first].clone(), header.clone());
                return Err(MatrixFileError::SameQuantity(first, second));
            }
            values.push((column, unit));
        }
        if values.is_empty() {
            return Err(MatrixFileError::Headers);
        }
        Ok(Some(Self { origin, destination, values }))
    }
}

struct Reader {
    places: HashMap<String, Option<usize>>,
    number: fn(&str) -> Option<f64>,
    file: MatrixFile,
}

impl Reader {
    fn read_long(
        &mut self,
        table: &TextTable,
        columns: &LongColumns,
    ) -> Result<(), MatrixFileError> {
        for (line, row) in &table.rows {
            let cell = |column: usize| row.get(column).map_or("", String::as_str);
            let ends = (cell(columns.origin), cell(columns.destination));
            for &(column, unit) in &columns.values {
                self.read_value(*line, ends, cell(column), unit)?;
            }
        }
        Ok(())
    }

    fn read_square(&mut self, table: &TextTable) -> Result<(), MatrixFileError> {
        let (corner, destinations) = table.headers.split_first().ok_or(MatrixFileError::Headers)?;
        let unit = measure(corner)?.ok_or(MatrixFileError::Headers)?;
        for (line, row) in &table.rows {
            let expected = table.headers.len();
            if row.len() != expected {
                let found = row.len();
                return Err(MatrixFileError::Ragged { line: *line, found, expected });
            }
            for (destination, cell) in destinations.iter().zip(&row[1..]) {
                self.read_value(*line, (&row[0], destination), cell, unit)?;
            }
        }
        Ok(())
    }

    fn read_value(
        &mut self,
        line: usize,
        (origin, destination): (&str, &str),
        text: &str,
        unit: Unit,
    ) -> Result<(), MatrixFileError> {
        let (from, to) = (self.place(origin)?, self.place(destination)?);
        // An empty cell is a pair that the tool did not compute.
        if text.trim().is_empty() {
            return Ok(());
        }
        let ends = || (origin.to_owned(), destination.to_owned());
        let value = (self.number)(text).filter(|value| *value >= 0.0).ok_or_else(|| {
            let (origin, destination) = ends();
            MatrixFileError::Value { line, origin, destination, text: text.to_owned() }
        })?;
        let (Some(from), Some(to)) = (from, to) else { return Ok(()) };
        if from != to && !self.file.pairs.entry((from, to)).or_default().learn(unit, value) {
            let (origin, destination) = ends();
            return Err(MatrixFileError::Conflict { line, origin, destination });
        }
        Ok(())
    }

    /// The place of an identifier; `None`, and noted, when the dossier does not know it.
    fn place(&mut self, id: &str) -> Result<Option<usize>, MatrixFileError> {
        match self.places.get(&key(id)) {
            Some(None) => Err(MatrixFileError::NoResidence(id.to_owned())),
            Some(place) => Ok(*place),
            None => {
                if !self.file.strangers.iter().any(|stranger| stranger == id) {
                    self.file.strangers.push(id.to_owned());
                }
                Ok(None)
            }
        }
    }
}

impl PairValue {
    /// Takes a value; false when it contradicts the one already there.
    fn learn(&mut self, unit: Unit, value: f64) -> bool {
        let (known, value) = match unit {
            Unit::Time(seconds) => (&mut self.seconds, value * seconds),
            Unit::Length(metres) => (&mut self.metres, value * metres),
        };
        *known.get_or_insert(value) == value
    }
}

impl Unit {
    fn is_time(self) -> bool {
        matches!(self, Unit::Time(_))
    }
}

/// What a header measures; `None` when it is neither a time nor a length.
fn measure(header: &str) -> Result<Option<Unit>, MatrixFileError> {
    let words = key(header);
    let words: Vec<&str> = words.split('_').collect();
    let unit = words.iter().rev().find_map(|word| match *word {
        "s" | "sec" | "seconde" | "secondes" | "seconds" => Some(Unit::Time(1.0)),
        "min" | "mn" | "minute" | "minutes" => Some(Unit::Time(60.0)),
        "h" | "heure" | "heures" | "hours" => Some(Unit::Time(3600.0)),
        "m" | "metre" | "metres" | "meters" => Some(Unit::Length(1.0)),
        "km" | "kilometre" | "kilometres" | "kilometers" => Some(Unit::Length(1000.0)),
        _ => None,
    });
    const QUANTITIES: [&str; 8] =
        ["duree", "temps", "duration", "time", "distance", "longueur", "length", "trajet"];
    match unit {
        None if words.iter().any(|word| QUANTITIES.contains(word)) => {
            Err(MatrixFileError::Unit(header.to_owned()))
        }
        unit => Ok(unit),
    }
}

/// A header or an id as it is compared: lower case, no accent, words joined by `_`.
fn key(text: &str) -> String {
    let plain = text.trim().to_lowercase().replace(['é', 'è', 'ê'], "e").replace('à', "a");
    let words = plain.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.collect::<Vec<_>>().join("_")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::travel::{EstimateFactors, Place};

    fn places() -> Vec<Place> {
        let place = |id: &str, latitude| Place {
            id: id.into(),
            latitude,
            longitude: 1.4,
            rural_class: None,
        };
        vec![place("0310001A", 43.5), place("0310002B", 43.6), place("POSTE-3", 43.7)]
    }

    fn table(text: &str) -> TextTable {
        let split = |line: &str| line.split(';').map(str::to_owned).collect::<Vec<_>>();
        let mut lines = text.lines();
        TextTable {
            headers: split(lines.next().expect("a header")),
            rows: lines.enumerate().map(|(index, line)| (index + 2, split(line))).collect(),
        }
    }

    fn number(text: &str) -> Option<f64> {
        text.trim().replace(',', ".").parse().ok()
    }

    fn read(text: &str) -> Result<MatrixFile, MatrixFileError> {
        let places = places().into_iter().enumerate();
        let mut known: Vec<_> = places.map(|(at, place)| (place.id, Some(at))).collect();
        known.extend([("AS-01".to_owned(), Some(1)), ("AS-02".to_owned(), None)]);
        MatrixFile::read(&table(text), &known, number)
    }

    fn pair(file: &MatrixFile, from: usize, to: usize) -> (Option<f64>, Option<f64>) {
        let value = file.pairs[&(from, to)];
        (value.seconds, value.metres)
    }

    #[test]
    fn reads_the_long_form_of_the_contract() {
        let file =
            read("Origine;destination;minutes;km\n0310001a;0310002B;12,5;9,1").expect("read");
        assert_eq!(pair(&file, 0, 1), (Some(750.0), Some(9100.0)));
        assert_eq!(file.pairs.len(), 1);
    }

    #[test]
    fn reads_the_units_that_other_tools_write() {
        let file = read("from_id;to_id;travel_time_min;Distance (m)\n0310001A;POSTE-3;20;15000");
        assert_eq!(pair(&file.expect("read"), 0, 2), (Some(1200.0), Some(15_000.0)));
        let file = read("source;target;durée (s)\n0310001A;POSTE-3;1200").expect("read");
        assert_eq!(pair(&file, 0, 2), (Some(1200.0), None));
    }

    #[test]
    fn reads_a_square_matrix_and_skips_its_diagonal_and_empty_cells() {
        let file = read(
            "minutes;0310001A;0310002B;POSTE-3\n0310001A;0;10;\n0310002B;11;0;12\nPOSTE-3;20;13;0",
        )
        .expect("read");
        assert_eq!(file.pairs.len(), 5);
        assert_eq!(pair(&file, 1, 0), (Some(660.0), None));
        assert!(!file.pairs.contains_key(&(0, 2)));
    }

    #[test]
    fn a_quantity_that_the_file_lacks_keeps_its_estimate() {
        let mut matrix = TravelMatrix::estimate(&places(), &EstimateFactors::default());
        let estimated_m = matrix.metres(0, 1);
        read("origine;destination;minutes\n0310001A;0310002B;7").expect("read").apply(&mut matrix);
        assert_eq!(matrix.minutes(0, 1), 7.0);
        assert_eq!(matrix.metres(0, 1), estimated_m);
        assert_eq!(matrix.counts().given, 1);
    }

    #[test]
    fn a_post_stands_at_its_residence() {
        let file = read("origine;destination;minutes\nAS-01;0310001A;20").expect("read");
        assert_eq!(pair(&file, 1, 0), (Some(1200.0), None));
        let error = read("origine;destination;minutes\nAS-02;0310001A;20").expect_err("nowhere");
        assert_eq!(error, MatrixFileError::NoResidence("AS-02".into()));
    }

    #[test]
    fn refuses_a_file_about_other_places() {
        let error = read("origine;destination;minutes\nA;B;20").expect_err("foreign");
        assert_eq!(error, MatrixFileError::Foreign("A, B".into()));
    }

    #[test]
    fn names_the_places_that_the_dossier_does_not_have() {
        let file = read("origine;destination;km\n0310001A;0999999Z;5\n0310001A;0310002B;5");
        assert_eq!(file.expect("read").strangers, ["0999999Z"]);
    }

    #[test]
    fn refuses_a_time_without_unit() {
        let error = read("origine;destination;durée\n0310001A;0310002B;7").expect_err("no unit");
        assert_eq!(error, MatrixFileError::Unit("durée".into()));
    }

    #[test]
    fn refuses_headers_that_say_nothing() {
        assert_eq!(read("a;b;c\n1;2;3").expect_err("headers"), MatrixFileError::Headers);
        let pairs_alone = read("origine;destination\n0310001A;0310002B");
        assert_eq!(pairs_alone.expect_err("no value"), MatrixFileError::Headers);
    }

    #[test]
    fn refuses_two_columns_of_one_quantity() {
        let error = read("origine;destination;minutes;duree_s\n0310001A;0310002B;7;420");
        let expected = MatrixFileError::SameQuantity("minutes".into(), "duree_s".into());
        assert_eq!(error.expect_err("twice"), expected);
    }

    #[test]
    fn refuses_what_is_no_positive_number_and_names_the_pair() {
        for cell in ["-3", "n/a", "NaN"] {
            let text = format!("origine;destination;minutes\n0310001A;0310002B;{cell}");
            let message = read(&text).expect_err(cell).to_string();
            assert!(message.contains("ligne 2, de 0310001A à 0310002B"), "{message}");
        }
    }

    #[test]
    fn refuses_a_pair_that_contradicts_itself() {
        let same = "origine;destination;minutes\n0310001A;0310002B;7\n0310001A;0310002B;7";
        assert_eq!(read(same).expect("the same twice").pairs.len(), 1);
        let other = "origine;destination;minutes\n0310001A;0310002B;7\n0310001A;0310002B;9";
        let error = read(other).expect_err("contradiction");
        assert!(matches!(error, MatrixFileError::Conflict { line: 3, .. }), "{error}");
    }

    #[test]
    fn refuses_a_ragged_square() {
        let error = read("km;0310001A;0310002B\n0310001A;0").expect_err("ragged");
        assert_eq!(error, MatrixFileError::Ragged { line: 2, found: 2, expected: 3 });
    }
}
