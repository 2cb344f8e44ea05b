//! Rows of `secteurs_actuels.csv`, and the two cells that decisions share with it.

use crate::domain::{CurrentService, Modality, Presence};

use super::error::Code;
use super::establishments::unit_code;
use super::sheet::Cells;

/// Reads a row.
pub fn read(cells: &mut Cells) -> CurrentService {
    CurrentService {
        uai: unit_code(cells, "uai"),
        post: cells.optional("poste"),
        modality: modality(cells),
        presence: presence(cells),
    }
}

/// The `modalite` cell.
pub fn modality(cells: &mut Cells) -> Option<Modality> {
    let known = Modality::ALL.map(Modality::code);
    cells.word("modalite", &known, |text| text.parse().ok())
}

/// The `demi_journees` cell.
pub fn presence(cells: &mut Cells) -> Option<Presence> {
    let half_days = cells.number("demi_journees", 0.25..=50.0)?;
    let presence = Presence::from_half_days(half_days);
    if presence.is_none() {
        let cause = "Une présence se compte par quarts de demi-journée : 0,25 par mois, 0,5 par quinzaine, 1, 1,5…";
        cells.fault(
            "demi_journees",
            Code::NotAQuarter,
            cause,
            "Arrondissez au quart le plus proche.",
        );
    }
    presence
}
