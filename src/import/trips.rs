//! Rows of `trajets.csv`.

use crate::domain::Trip;

use super::establishments::unit_code;
use super::sheet::{Cells, upper};

/// What `source` says of values that a road network gave.
pub const COMPUTED: &str = "CALCULE";
/// What it says of the others.
pub const GIVEN: &str = "FOURNI";

/// Reads a row; a value at fault is NaN, so that nothing more is said of it.
pub fn read(cells: &mut Cells) -> Trip {
    Trip {
        from: unit_code(cells, "origine"),
        to: unit_code(cells, "destination"),
        minutes: cells.number("minutes", 0.0..=1000.0).unwrap_or(f64::NAN),
        km: cells.number("km", 0.0..=2000.0).unwrap_or(f64::NAN),
        computed: cells.word("source", &[COMPUTED, GIVEN], is_computed).unwrap_or(false),
    }
}

fn is_computed(word: &str) -> Option<bool> {
    [(COMPUTED, true), (GIVEN, false)]
        .into_iter()
        .find_map(|(known, computed)| (upper(word) == known).then_some(computed))
}
