//! What changes between plans, for people and for machines.

mod changes;
mod figures;
mod matching;
mod side;

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use crate::domain::{Modality, PostPlan};

pub use changes::{Change, Changes};
pub use figures::Figure;
pub use side::{Facts, FactsByUai, Served, Side, facts_of};

/// Any number of plans side by side; the first is the one that the others are told from.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Comparison {
    /// Names of the plans.
    pub plans: Vec<String>,
    /// Indicators.
    pub indicateurs: Vec<Figure>,
    /// From the first plan to each of the others.
    pub changements: Vec<Changes>,
    /// Establishments.
    pub etablissements: Vec<Line>,
    /// Sectors.
    pub secteurs: Vec<Sector>,
}

/// An establishment in each plan.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Line {
    /// UAI, or code of a network.
    pub uai: String,
    /// Part, where it is served in parts.
    pub partie: Option<u8>,
    /// Name.
    pub nom: String,
    /// Commune.
    pub commune: String,
    /// Its service in each plan; `None` where the plan does not know it.
    pub services: Vec<Option<Service>>,
    /// Whether modality, half-days or sector differ between any two plans.
    pub differe: bool,
}

/// How an establishment is served.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Service {
    /// Modality; none where it is not told.
    pub modalite: Option<Modality>,
    /// Half-days of permanence a week.
    pub demi_journees: Option<f64>,
    /// Post of that plan.
    pub poste: Option<String>,
    /// Name of its sector, the same in all plans that keep it.
    pub secteur: Option<String>,
    /// Minutes of road a week.
    pub minutes_trajet: Option<f64>,
}

/// A sector in each plan.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Sector {
    /// Its name.
    pub secteur: String,
    /// The week of its post in each plan.
    pub semaines: Vec<Option<Week>>,
}

/// The week of a sector.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Week {
    /// Post of that plan.
    pub poste: String,
    /// Share of a full-time post.
    pub etp: f64,
    /// UAI of the residence.
    pub residence: Option<String>,
    /// Load, minutes a week.
    pub charge_minutes: i64,
    /// Capacity, minutes a week.
    pub capacite_minutes: i64,
    /// Kilometres a week.
    pub km_semaine: f64,
    /// Establishments, as the limit counts them.
    pub etablissements: u32,
}

impl Comparison {
    /// Whether the plans are the same to their readers.
    #[must_use]
    pub fn is_identity(&self) -> bool {
        let same = |values: &[Option<f64>]| values.windows(2).all(|two| two[0] == two[1]);
        self.etablissements.iter().all(|line| !line.differe)
            && self.indicateurs.iter().all(|figure| same(&figure.valeurs))
            && self.changements.iter().all(Changes::is_empty)
    }
}

/// Compares plans.
///
/// # Panics
/// When there is none.
#[must_use]
pub fn compare(sides: &[Side]) -> Comparison {
    let first = &sides[0];
    let pairings: Vec<_> = sides.iter().map(|side| matching::pair(first, side)).collect();
    let names: Vec<BTreeMap<String, String>> = sides
        .iter()
        .zip(&pairings)
        .map(|(side, pairs)| matching::names(first, side, pairs))
        .collect();
    let changements = sides.iter().zip(&pairings).zip(&names).skip(1);
    let changements: Vec<Changes> = changements
        .map(|((side, pairs), names)| changes::changes(first, side, pairs).named(names))
        .collect();
    Comparison {
        plans: sides.iter().map(|side| side.name.clone()).collect(),
        indicateurs: figures::figures(sides, &changements),
        etablissements: lines(sides, &names),
        secteurs: sectors(sides, &names),
        changements,
    }
}

fn lines(sides: &[Side], names: &[BTreeMap<String, String>]) -> Vec<Line> {
    let mut seen = BTreeSet::new();
    let units = sides.iter().flat_map(|side| &side.units);
    let new = units.filter(|unit| seen.insert((&unit.key.0, unit.key.1.unwrap_or(1))));
    new.map(|unit| {
        let services: Vec<Option<Service>> = sides
            .iter()
            .zip(names)
            .map(|(side, names)| Some(service(side.unit(&unit.key)?, names)))
            .collect();
        Line {
            uai: unit.key.0.clone(),
            partie: unit.key.1,
            nom: unit.name.clone(),
            commune: unit.facts.commune.clone(),
            differe: services.windows(2).any(|two| differ(two[0].as_ref(), two[1].as_ref())),
            services,
        }
    })
    .collect()
}

fn service(unit: &Served, names: &BTreeMap<String, String>) -> Service {
    let sector = |post: &String| names.get(post).unwrap_or(post).clone();
    Service {
        modalite: unit.modality,
        demi_journees: unit.half_days,
        poste: unit.post.clone(),
        secteur: unit.post.as_ref().map(sector),
        minutes_trajet: unit.travel_minutes,
    }
}

/// What is not told is no difference.
fn differ(one: Option<&Service>, other: Option<&Service>) -> bool {
    let (Some(one), Some(other)) = (one, other) else { return one.is_some() != other.is_some() };
    let modality = one.modalite.is_some() && other.modalite.is_some();
    let presence = one.demi_journees.is_some() && other.demi_journees.is_some();
    one.secteur != other.secteur
        || modality && one.modalite != other.modalite
        || presence && one.demi_journees != other.demi_journees
}

fn sectors(sides: &[Side], names: &[BTreeMap<String, String>]) -> Vec<Sector> {
    let mut all: BTreeMap<String, Vec<Option<Week>>> = BTreeMap::new();
    for (index, (side, names)) in sides.iter().zip(names).enumerate() {
        for week in &side.weeks {
            let name = names.get(&week.poste).unwrap_or(&week.poste).clone();
            all.entry(name).or_insert_with(|| vec![None; sides.len()])[index] = Some(told(week));
        }
    }
    all.into_iter().map(|(secteur, semaines)| Sector { secteur, semaines }).collect()
}

fn told(week: &PostPlan) -> Week {
    Week {
        poste: week.poste.clone(),
        etp: week.quotite,
        residence: week.residence.clone(),
        charge_minutes: week.charge_minutes,
        capacite_minutes: week.capacite_minutes,
        km_semaine: week.km_semaine,
        etablissements: week.nombre_etablissements,
    }
}
