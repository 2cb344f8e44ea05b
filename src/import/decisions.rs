//! Rows of `decisions.csv`.

use crate::domain::{Decision, DecisionKind};

use super::current::{modality, presence};
use super::establishments::unit_code;
use super::sheet::{Cells, upper};

/// Reads a row.
pub fn read(cells: &mut Cells) -> Decision {
    let known = DecisionKind::ALL.map(DecisionKind::code);
    Decision {
        uai: unit_code(cells, "uai"),
        kind: cells
            .word("decision", &known, |text| upper(text).parse().ok())
            .unwrap_or(DecisionKind::Require),
        post: cells.optional("poste"),
        modality: modality(cells),
        presence: presence(cells),
        reason: cells.owned("motif"),
    }
}
