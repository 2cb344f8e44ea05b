//! The tables of the open dossier: seen with their problems, edited in place.

use std::sync::Arc;

use super::{Fault, Session, Snapshot};
use crate::import::{Diagnostic, EditedTable, FILES, FileFormat};

/// Most rows that a table of the page may have.
const MOST_ROWS: usize = 100_000;
/// Longest text of a cell, characters.
const LONGEST_CELL: usize = 10_000;

/// A table and what is wrong in it.
pub struct CheckedTable {
    /// Cells.
    pub table: EditedTable,
    /// Problems, in the order of the report.
    pub problems: Vec<Diagnostic>,
}

/// A change to a table. Rows are numbered from 0.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TableEdit {
    /// Writes a cell.
    Cell {
        /// Row.
        row: usize,
        /// Name of the column.
        column: String,
        /// Text.
        value: String,
    },
    /// Adds a row.
    Insert {
        /// Row that it follows; none: at the head.
        after: Option<usize>,
        /// Cells, blank beyond the end.
        cells: Vec<String>,
    },
    /// Takes a row away.
    Delete {
        /// Row.
        row: usize,
    },
}

impl Session {
    /// A table by name.
    pub fn table(&self, name: &str) -> Result<CheckedTable, Fault> {
        checked(&*self.snapshot()?, format_named(name)?)
    }

    /// Every table of the formats, with the number of its rows and of its errors.
    pub fn tables(&self) -> Result<Vec<(&'static FileFormat, CheckedTable)>, Fault> {
        let snapshot = self.snapshot()?;
        FILES.iter().map(|format| Ok((format, checked(&snapshot, format)?))).collect()
    }

    /// Edits a table; the whole dossier is read again, since a cell may break a row elsewhere.
    pub fn edit_table(&self, name: &str, edit: &TableEdit) -> Result<CheckedTable, Fault> {
        let format = format_named(name)?;
        let before = self.snapshot()?;
        let mut table = EditedTable::of(&before.files, format).map_err(unreadable)?;
        apply(&mut table, edit)?;
        let mut files = before.files.clone();
        table.store(&mut files).map_err(|error| Fault::broken(&error))?;
        let next = Snapshot::of(files);
        let answer = checked(&next, format)?;
        self.replace(&before, label(format, edit), next)?;
        Ok(answer)
    }

    /// Puts the next snapshot in place of the one that it was made from.
    pub(super) fn replace(
        &self,
        before: &Arc<Snapshot>,
        label: String,
        next: Snapshot,
    ) -> Result<(), Fault> {
        let mut state = self.state();
        state.idle()?;
        let open = state.open.as_mut().ok_or_else(Fault::nothing_open)?;
        if !Arc::ptr_eq(&open.now(), before) {
            return Err(Fault::busy("Une autre fenêtre vient de modifier le dossier."));
        }
        open.change(label, next.after(before));
        Ok(())
    }
}

fn format_named(name: &str) -> Result<&'static FileFormat, Fault> {
    FILES.iter().find(|format| format.name == name).ok_or_else(|| {
        Fault::absent(format!("Il n'y a pas de tableau « {name} »."), "Rechargez la page.")
    })
}

/// A file that is no table shows as an empty one, with its problem.
fn checked(snapshot: &Snapshot, format: &'static FileFormat) -> Result<CheckedTable, Fault> {
    let (table, own) = match EditedTable::of(&snapshot.files, format) {
        Ok(table) => (table, None),
        Err(diagnostic) => (EditedTable::blank(format), Some(diagnostic)),
    };
    let file = own.as_ref().map_or(&table.file, |diagnostic| &diagnostic.file);
    let problems =
        snapshot.diagnostics.iter().filter(|diagnostic| diagnostic.file == *file).cloned();
    Ok(CheckedTable { problems: problems.collect(), table })
}

fn unreadable(diagnostic: Diagnostic) -> Fault {
    Fault::refused(diagnostic.cause, diagnostic.action)
}

fn apply(table: &mut EditedTable, edit: &TableEdit) -> Result<(), Fault> {
    let rows = table.rows.len();
    let no_row = || Fault::absent("Cette ligne n'existe plus.", "Rechargez le tableau.");
    match edit {
        TableEdit::Cell { row, column, value } => {
            let column = table.columns.iter().position(|known| known.name == *column);
            let column = column.ok_or_else(|| {
                Fault::absent("Cette colonne n'existe pas.", "Rechargez le tableau.")
            })?;
            table.rows.get_mut(*row).ok_or_else(no_row)?[column] = short(value)?;
        }
        TableEdit::Insert { after, cells } => {
            let at = after.map_or(0, |row| row + 1);
            if at > rows {
                return Err(no_row());
            }
            if rows >= MOST_ROWS {
                return Err(Fault::refused(
                    format!("Le tableau a déjà {MOST_ROWS} lignes."),
                    "Supprimez des lignes.",
                ));
            }
            let mut cells: Vec<String> =
                cells.iter().map(|cell| short(cell)).collect::<Result<_, _>>()?;
            cells.resize(table.columns.len(), String::new());
            table.rows.insert(at, cells);
        }
        TableEdit::Delete { row } if *row < rows => _ = table.rows.remove(*row),
        TableEdit::Delete { .. } => return Err(no_row()),
    }
    Ok(())
}

/// A cell of reasonable length, without characters that no table holds.
fn short(text: &str) -> Result<String, Fault> {
    if text.chars().count() > LONGEST_CELL {
        return Err(Fault::refused("Le texte est trop long.", "Raccourcissez-le."));
    }
    Ok(text.replace(char::is_control, " ").trim().to_owned())
}

fn label(format: &FileFormat, edit: &TableEdit) -> String {
    match edit {
        TableEdit::Cell { row, column, .. } => {
            format!("saisie dans {}, ligne {}, {column}", format.name, row + 1)
        }
        TableEdit::Insert { .. } => format!("ligne ajoutée à {}", format.name),
        TableEdit::Delete { row } => format!("ligne {} supprimée de {}", row + 1, format.name),
    }
}
