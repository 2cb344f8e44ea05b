//! Section 5: coverage by type, category and bassin.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::domain::{Category, CategoryCoverage, EstablishmentKind, Modality};
use crate::export::view::{Served, View};
use crate::wording::label;

/// Groups of units and how far they are covered.
#[derive(Debug, Serialize)]
pub struct Coverage {
    types: Vec<Line>,
    categories: Vec<Line>,
    bassins: Vec<Line>,
}

#[derive(Debug, Serialize)]
struct Line {
    nom: String,
    #[serde(flatten)]
    figures: CategoryCoverage,
}

/// The section; categories come from the plan, types and bassins are added up here.
pub fn coverage(view: &View) -> Coverage {
    let known = |code: &str, name: &str| {
        let figures = view.plan.indicateurs.couverture.get(code)?.clone();
        Some(Line { nom: name.to_owned(), figures })
    };
    let all = known("TOUS", "Ensemble");
    Coverage {
        types: groups(view, |served| served.establishment.kind)
            .map(|(kind, figures)| Line { nom: kind_name(kind).to_owned(), figures })
            .chain(all)
            .collect(),
        categories: Category::ALL
            .into_iter()
            .filter_map(|category| known(category.code(), label::category(category)))
            .collect(),
        bassins: groups(view, |served| served.establishment.bassin.as_str())
            .map(|(bassin, figures)| Line {
                nom: if bassin.is_empty() { "Bassin inconnu".into() } else { bassin.to_owned() },
                figures,
            })
            .collect(),
    }
}

/// An ecole that the plan serves belongs to a network.
const fn kind_name(kind: EstablishmentKind) -> &'static str {
    match kind {
        EstablishmentKind::Ecole => "Écoles des réseaux REP+",
        other => label::kind(other),
    }
}

/// Units by key, in the order of the keys.
fn groups<'a, K: Ord>(
    view: &View<'a>,
    key: fn(&Served<'a>) -> K,
) -> impl Iterator<Item = (K, CategoryCoverage)> + use<'a, K> {
    let mut groups: BTreeMap<K, Vec<Served>> = BTreeMap::new();
    for served in view.units() {
        groups.entry(key(&served)).or_default().push(served);
    }
    groups.into_iter().map(|(key, units)| (key, add_up(&units)))
}

fn add_up(units: &[Served]) -> CategoryCoverage {
    let sum = |figure: fn(&Served) -> f64| units.iter().map(figure).sum::<f64>();
    let full = sum(|served| served.assignment.points * served.assignment.besoin * 100.0);
    let value = sum(|served| served.assignment.valeur as f64);
    let permanences = units.iter().filter(|served| served.modality() == Modality::Permanence);
    CategoryCoverage {
        unites: u32::try_from(units.len()).expect("a département counts few units"),
        permanences: u32::try_from(permanences.count()).expect("a département counts few units"),
        besoin: sum(|served| served.assignment.besoin),
        demi_journees: sum(|served| served.assignment.demi_journees),
        part_couverte: if full > 0.0 { value / full } else { 0.0 },
    }
}
