//! H8: references stay within the room of the advisers of the bassin.

use std::collections::BTreeMap;

use crate::domain::Modality;

use super::facts::Facts;
use super::finding::Report;
use super::reading::Reading;

pub(super) fn check(facts: &Facts<'_>, reading: &Reading<'_>, report: &mut Report) {
    let mut counts: BTreeMap<&str, u32> = BTreeMap::new();
    for (unit, choice) in reading.chosen() {
        if choice.modality == Modality::Reference {
            *counts.entry(&facts.units[unit].bassin).or_default() += 1;
        }
    }
    for (bassin, count) in counts {
        let advisers = facts.dossier.advisers.iter().filter(|adviser| adviser.bassin == bassin);
        let room: u32 = advisers.map(|adviser| u32::from(adviser.references_max)).sum();
        if count > room {
            let message = format!(
                "{count} établissements en référence dans le bassin {bassin} pour {room} places"
            );
            report.broken("H8", bassin, message, (format!("{room} au plus"), count));
        }
    }
}
