//! Rows of `affinites.csv`.

use crate::domain::Affinity;

use super::establishments::unit_code;
use super::sheet::Cells;

/// Reads a row.
pub fn read(cells: &mut Cells) -> Affinity {
    Affinity {
        post: cells.owned("poste"),
        uai: unit_code(cells, "uai"),
        points: cells.number("points", -1000.0..=1000.0).unwrap_or(0.0),
    }
}
