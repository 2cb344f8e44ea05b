//! Units to serve, built from the rows of the dossier (`docs/model.md`, sets).

use std::collections::{BTreeMap, BTreeSet};

use typed_index_collections::TiVec;

use crate::domain::{Category, Dossier, Establishment, EstablishmentKind};

use super::bareme::{Bareme, EquityMeasure};
use super::ids::{ItemId, PlaceId, UnitId};
use super::modality_options::{UnitOption, options};
use crate::wording::label;

use super::need::{counted_categories, counted_pupils, points, second_degree_need, to_centi};

/// One unit to serve: an establishment, a part of one, a circonscription or a REP+ network.
#[derive(Debug, Clone, PartialEq)]
pub struct Unit {
    /// UAI, or `RESEAU-<uai>` for a network.
    pub code: String,
    /// Rows of the dossier that it stands for (several for a network).
    pub rows: Vec<usize>,
    /// Part served and number of parts, from (1, n), where it is served in parts.
    pub part: Option<(u8, u8)>,
    /// Name for documents.
    pub name: String,
    /// Type; `Ecole` for a network.
    pub kind: EstablishmentKind,
    /// Categories that count.
    pub categories: Vec<Category>,
    /// WGS 84, degrees.
    pub latitude: f64,
    /// WGS 84, degrees.
    pub longitude: f64,
    /// Rural class of the commune.
    pub rural_class: Option<u8>,
    /// Bassin; empty when unknown.
    pub bassin: String,
    /// Pupils that count.
    pub pupils: u32,
    /// Need, hundredths of a half-day a week.
    pub need_centi: i64,
    /// Weight of a half-day of need met.
    pub points: f64,
    /// On the recteur's list (R4).
    pub on_priority_list: bool,
    /// What equity counts: tenths of a half-day, or tens of pupils.
    pub measure: u32,
    /// What the limits of establishments count (0 for a network).
    pub count: u8,
    /// Ways to serve it, whoever does; decisions that name no post already applied.
    pub options: Vec<UnitOption>,
    /// Today's server: `Some(None)` when it had none.
    pub current: Option<Option<String>>,
    /// Item of the unit.
    pub item: ItemId,
    /// Place of the unit.
    pub place: PlaceId,
}

impl Unit {
    /// Whether it belongs to the first degree.
    #[must_use]
    pub fn is_first_degree(&self) -> bool {
        self.kind.is_first_degree()
    }

    /// Whether it is a second-degree establishment of a REP+ network.
    #[must_use]
    pub fn is_rep_plus(&self) -> bool {
        !self.is_first_degree() && self.categories.contains(&Category::RepPlus)
    }

    /// Whether it is the first part, or whole.
    #[must_use]
    pub fn is_first_part(&self) -> bool {
        self.part.is_none_or(|(part, _)| part == 1)
    }

    /// Whether any category makes it a priority, or the recteur's list does.
    #[must_use]
    pub fn is_priority(&self) -> bool {
        self.on_priority_list || !self.categories.is_empty()
    }
}

/// The units of a dossier, in the order of its rows; networks stand where their first ecole does.
#[must_use]
pub fn units(dossier: &Dossier, bareme: &Bareme) -> TiVec<UnitId, Unit> {
    let mut units = TiVec::new();
    let mut networks: BTreeMap<&str, UnitId> = BTreeMap::new();
    for (row, establishment) in dossier.establishments.iter().enumerate() {
        match (establishment.kind, &establishment.network) {
            (EstablishmentKind::Ecole, None) => {}
            (EstablishmentKind::Ecole, Some(head)) => match networks.get(head.as_str()) {
                Some(&id) => {
                    let unit: &mut Unit = &mut units[id];
                    unit.rows.push(row);
                }
                None => {
                    networks.insert(head, units.push_and_get_key(network(row, head, dossier)));
                }
            },
            _ => units.extend(whole_or_parts(row, establishment, bareme)),
        }
    }
    for unit in &mut units {
        if unit.kind == EstablishmentKind::Ecole {
            complete_network(unit, dossier, bareme);
        }
        complete(unit, dossier, bareme);
    }
    units
}

fn whole_or_parts(row: usize, establishment: &Establishment, bareme: &Bareme) -> Vec<Unit> {
    let whole = whole(row, establishment, bareme);
    let parts = establishment.assistants_max.max(1);
    if parts == 1 {
        return vec![whole];
    }
    (1..=parts)
        .map(|part| Unit {
            part: Some((part, parts)),
            pupils: (whole.pupils + u32::from(parts) / 2) / u32::from(parts),
            need_centi: (whole.need_centi + i64::from(parts) / 2) / i64::from(parts),
            ..whole.clone()
        })
        .collect()
}

fn whole(row: usize, establishment: &Establishment, bareme: &Bareme) -> Unit {
    let categories = counted_categories(establishment, bareme);
    let pupils = counted_pupils(establishment, bareme);
    let need = if establishment.kind == EstablishmentKind::Circonscription {
        f64::from(pupils) / bareme.besoin.circonscription_eleves_par_demi_journee
    } else {
        second_degree_need(establishment, &categories, bareme)
    };
    Unit {
        code: establishment.uai.clone(),
        rows: vec![row],
        part: None,
        name: establishment.name.clone(),
        kind: establishment.kind,
        latitude: establishment.latitude,
        longitude: establishment.longitude,
        rural_class: establishment.rural_class,
        bassin: establishment.bassin.clone(),
        pupils,
        need_centi: to_centi(need),
        points: points(establishment.on_priority_list, &categories, bareme),
        on_priority_list: establishment.on_priority_list,
        categories,
        measure: 0,
        count: 1,
        options: Vec::new(),
        current: None,
        item: ItemId(0),
        place: PlaceId(0),
    }
}

/// A network without its figures, which need all its ecoles.
fn network(row: usize, head: &str, dossier: &Dossier) -> Unit {
    let college = dossier.establishments.iter().find(|other| other.uai == head);
    let ecole = &dossier.establishments[row];
    Unit {
        code: format!("RESEAU-{head}"),
        rows: vec![row],
        part: None,
        name: label::network(college.map_or(head, |college| &college.name)),
        kind: EstablishmentKind::Ecole,
        categories: Vec::new(),
        latitude: 0.0,
        longitude: 0.0,
        rural_class: ecole.rural_class,
        bassin: ecole.bassin.clone(),
        pupils: 0,
        need_centi: 0,
        points: 0.0,
        on_priority_list: false,
        measure: 0,
        count: 0,
        options: Vec::new(),
        current: None,
        item: ItemId(0),
        place: PlaceId(0),
    }
}

/// Effectifs added, categories together, at the centroid weighted by effectif (even without any).
fn complete_network(unit: &mut Unit, dossier: &Dossier, bareme: &Bareme) {
    let ecoles: Vec<&Establishment> =
        unit.rows.iter().map(|row| &dossier.establishments[*row]).collect();
    unit.pupils = ecoles.iter().map(|ecole| counted_pupils(ecole, bareme)).sum();
    let weight = |ecole: &Establishment| match unit.pupils {
        0 => 1.0,
        _ => f64::from(counted_pupils(ecole, bareme)),
    };
    let weights: f64 = ecoles.iter().map(|ecole| weight(ecole)).sum();
    let mean = |coordinate: fn(&Establishment) -> f64| {
        ecoles.iter().map(|ecole| coordinate(ecole) * weight(ecole)).sum::<f64>() / weights
    };
    (unit.latitude, unit.longitude) = (mean(|ecole| ecole.latitude), mean(|ecole| ecole.longitude));
    let categories: BTreeSet<Category> =
        ecoles.iter().flat_map(|ecole| counted_categories(ecole, bareme)).collect();
    unit.categories = categories.into_iter().collect();
    unit.on_priority_list = ecoles.iter().any(|ecole| ecole.on_priority_list);
    unit.need_centi =
        to_centi(f64::from(unit.pupils) / bareme.besoin.reseau_eleves_par_demi_journee);
    unit.points = points(unit.on_priority_list, &unit.categories, bareme);
}

fn complete(unit: &mut Unit, dossier: &Dossier, bareme: &Bareme) {
    unit.measure = match bareme.equite.mesure {
        EquityMeasure::Besoin => ((unit.need_centi + 5) / 10) as u32,
        EquityMeasure::Eleves => (unit.pupils + 5) / 10,
    };
    let rows: Vec<&str> = unit
        .rows
        .iter()
        .map(|row| dossier.establishments[*row].uai.as_str())
        .chain([unit.code.as_str()])
        .collect();
    if unit.is_first_part() {
        unit.current = dossier
            .current
            .iter()
            .find(|service| rows.contains(&service.uai.as_str()))
            .map(|service| service.post.clone());
    }
    unit.options = options(unit, dossier, bareme);
}
