//! Rows of `conseillers.csv`.

use crate::domain::Adviser;

use super::sheet::Cells;

/// Reads a row.
pub fn read(cells: &mut Cells) -> Adviser {
    Adviser {
        id: cells.owned("conseiller"),
        bassin: cells.owned("bassin"),
        references_max: cells.integer("references_max", 0..=999).unwrap_or(0),
    }
}
