//! Items: units that stay together (cites scolaires, a REP+ college with its ecoles: R7).

use std::collections::BTreeMap;

use typed_index_collections::TiVec;

use crate::domain::Dossier;

use super::bareme::Bareme;
use super::ids::{ItemId, UnitId};
use super::unit::Unit;

/// Gives every unit its item and returns the units of each item. Only first parts stay together.
pub fn assign_items(
    units: &mut TiVec<UnitId, Unit>,
    dossier: &Dossier,
    bareme: &Bareme,
) -> TiVec<ItemId, Vec<UnitId>> {
    let mut label: TiVec<UnitId, UnitId> = units.keys().collect();
    let mut first_of: BTreeMap<String, UnitId> = BTreeMap::new();
    for id in units.keys() {
        for tie in ties(&units[id], dossier, bareme) {
            let first = *first_of.entry(tie).or_insert(id);
            join(&mut label, first, id);
        }
    }
    let mut items: TiVec<ItemId, Vec<UnitId>> = TiVec::new();
    let mut item_of_label: BTreeMap<UnitId, ItemId> = BTreeMap::new();
    for id in label.keys() {
        let item =
            *item_of_label.entry(label[id]).or_insert_with(|| items.push_and_get_key(Vec::new()));
        items[item].push(id);
        units[id].item = item;
    }
    items
}

/// What a unit shares with those that it stays with.
fn ties(unit: &Unit, dossier: &Dossier, bareme: &Bareme) -> Vec<String> {
    if !unit.is_first_part() {
        return Vec::new();
    }
    let mut ties: Vec<String> = unit
        .rows
        .iter()
        .filter_map(|row| dossier.establishments[*row].group.as_ref())
        .map(|group| format!("groupe {group}"))
        .collect();
    if bareme.reseau_avec_college {
        let head = unit.code.strip_prefix("RESEAU-").unwrap_or(&unit.code);
        ties.push(format!("reseau {head}"));
    }
    ties
}

fn join(label: &mut TiVec<UnitId, UnitId>, first: UnitId, second: UnitId) {
    let (kept, replaced) = (label[first].min(label[second]), label[first].max(label[second]));
    for entry in label.iter_mut().filter(|entry| **entry == replaced) {
        *entry = kept;
    }
}
