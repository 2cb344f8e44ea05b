//! Rows of `trajets.csv`.

use crate::domain::Trip;

use super::establishments::unit_code;
use super::sheet::Cells;

/// Reads a row.
pub fn read(cells: &mut Cells) -> Trip {
    Trip {
        from: unit_code(cells, "origine"),
        to: unit_code(cells, "destination"),
        minutes: cells.number("minutes", 0.0..=1000.0).unwrap_or(0.0),
        km: cells.number("km", 0.0..=2000.0).unwrap_or(0.0),
    }
}
