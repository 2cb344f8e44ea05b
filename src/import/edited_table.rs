//! A table of a dossier while it is edited: cells of text, where the problems stand, and back to
//! a file.

use std::io;

use super::error::Diagnostic;
use super::files::DossierFiles;
use super::folder::file_of;
use super::format::{ColumnFormat, FileFormat};
use super::formula::neutralise;
use super::number::parse_number;
use super::sheet::find;
use super::table::{Limits, Table, fold};
use super::write::csv_bytes;

/// A column of the table.
#[derive(Debug, Clone)]
pub struct EditedColumn {
    /// Header.
    pub name: String,
    /// The column of the format; `None` for one that only the user knows.
    pub format: Option<&'static ColumnFormat>,
    /// Header in the file, when it has the column.
    header: Option<String>,
}

/// Every column of the format, then those of the file that it does not know.
#[derive(Debug, Clone)]
pub struct EditedTable {
    format: &'static FileFormat,
    /// Name of the file; the one that a save would write when there is none.
    pub file: String,
    /// Columns.
    pub columns: Vec<EditedColumn>,
    /// Cells, as many in each row as there are columns.
    pub rows: Vec<Vec<String>>,
    /// Line of each row in the file.
    lines: Vec<usize>,
}

impl EditedTable {
    /// The table of a format; without rows when the dossier has no such file.
    ///
    /// # Errors
    /// `E1004` to `E1008`: the file is no table at all.
    pub fn of(files: &DossierFiles, format: &'static FileFormat) -> Result<Self, Diagnostic> {
        match file_of(files.names(), format) {
            None => Ok(Self::blank(format)),
            Some(name) => {
                let bytes = files.get(name).unwrap_or_default();
                let table = Table::from_bytes(name, bytes, &Limits::default())?;
                Ok(Self::from_table(format, &table))
            }
        }
    }

    /// A table without rows.
    #[must_use]
    pub fn blank(format: &'static FileFormat) -> Self {
        let column = |column: &'static ColumnFormat| EditedColumn {
            name: column.name.to_owned(),
            format: Some(column),
            header: None,
        };
        Self {
            format,
            file: format!("{}.csv", format.name),
            columns: format.columns.iter().map(column).collect(),
            rows: Vec::new(),
            lines: Vec::new(),
        }
    }

    /// The cells of a table whose headers are those of the format, more or less.
    #[must_use]
    pub fn from_table(format: &'static FileFormat, table: &Table) -> Self {
        let mut edited = Self { file: table.file.clone(), ..Self::blank(format) };
        let mut places: Vec<Option<usize>> =
            format.columns.iter().map(|column| find(table, column)).collect();
        for (column, place) in edited.columns.iter_mut().zip(&places) {
            column.header = place.map(|place| table.headers[place].clone());
        }
        for (place, header) in table.headers.iter().enumerate() {
            if !places.contains(&Some(place)) && !header.is_empty() {
                places.push(Some(place));
                let header = Some(header.clone());
                let name = header.clone().unwrap_or_default();
                edited.columns.push(EditedColumn { name, format: None, header });
            }
        }
        let cell = |row: &super::Row, place: &Option<usize>| {
            place.map_or_else(String::new, |place| row.get(place).to_owned())
        };
        for row in &table.rows {
            edited.rows.push(places.iter().map(|place| cell(row, place)).collect());
            edited.lines.push(row.line);
        }
        edited
    }

    /// The row and the column that a diagnostic of this table is about.
    #[must_use]
    pub fn place_of(&self, diagnostic: &Diagnostic) -> (Option<usize>, Option<usize>) {
        let row = diagnostic.line.and_then(|line| self.lines.iter().position(|at| *at == line));
        let named = |header: &String| {
            let exact =
                self.columns.iter().position(|column| column.header.as_ref() == Some(header));
            let folded =
                || self.columns.iter().position(|column| fold(&column.name) == fold(header));
            exact.or_else(folded)
        };
        (row, diagnostic.column.as_ref().and_then(named))
    }

    /// Puts the table among the files, as `.csv`, in place of the file that it was read from.
    ///
    /// # Errors
    /// When the writer of CSV refuses a row.
    pub fn store(&self, files: &mut DossierFiles) -> io::Result<()> {
        let rows: Vec<Vec<String>> =
            self.rows.iter().map(|row| row.iter().map(|cell| written(cell)).collect()).collect();
        let bytes = csv_bytes(self.columns.iter().map(|column| column.name.as_str()), &rows)?;
        files.remove(&self.file);
        files.insert(&format!("{}.csv", self.format.name), bytes);
        Ok(())
    }
}

/// A number may start like a formula (a longitude west of Greenwich); a text may not.
fn written(cell: &str) -> String {
    let cell = cell.trim();
    if parse_number(cell).is_some() { cell.to_owned() } else { neutralise(cell).into_owned() }
}

#[cfg(test)]
mod tests {
    use super::super::format::POSTS;
    use super::*;

    #[test]
    fn an_edited_table_keeps_what_only_the_user_knows() {
        let mut files = DossierFiles::default();
        files.insert("postes.csv", "ID,etp,salle\nAS-01,\"0,8\",12\n\nAS-02,1,=x\n".into());
        let mut table = EditedTable::of(&files, &POSTS).expect("a table");
        let quotite = table.columns.iter().position(|column| column.name == "quotite");
        assert_eq!(table.rows[0][quotite.expect("known")], "0,8");
        table.rows[0][quotite.expect("known")] = "-1,5".into();
        table.store(&mut files).expect("written");
        let again = EditedTable::of(&files, &POSTS).expect("a table");
        assert_eq!(again.rows, table.rows);
        assert_eq!(again.columns.last().map(|column| column.name.as_str()), Some("salle"));
        let text = String::from_utf8(files.get("postes.csv").expect("there").to_vec());
        let text = text.expect("UTF-8");
        assert!(text.contains(";'=x") && text.contains(";-1,5;"), "{text}");
    }
}
