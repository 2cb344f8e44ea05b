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

/// The section; types and categories come from the plan, bassins are added up here.
pub fn coverage(view: &View) -> Coverage {
    let known = |code: &str, name: &str| {
        let figures = view.plan.indicateurs.couverture.get(code)?.clone();
        Some(Line { nom: name.to_owned(), figures })
    };
    let kinds = EstablishmentKind::ALL.into_iter().filter(|kind| *kind != EstablishmentKind::Lp);
    let kinds = kinds.filter_map(|kind| known(kind.code(), label::kind(kind)));
    let all = known("TOUS", "Ensemble");
    Coverage {
        types: kinds.chain(known("RESEAU", "Écoles des réseaux REP+")).chain(all).collect(),
        categories: Category::ALL
            .into_iter()
            .filter_map(|category| known(category.code(), label::category(category)))
            .collect(),
        bassins: bassins(view),
    }
}

fn bassins(view: &View) -> Vec<Line> {
    let mut groups: BTreeMap<&str, Vec<Served>> = BTreeMap::new();
    for served in view.units() {
        groups.entry(&served.establishment.bassin).or_default().push(served);
    }
    groups
        .into_iter()
        .map(|(bassin, units)| Line {
            nom: if bassin.is_empty() { "Bassin inconnu".into() } else { bassin.to_owned() },
            figures: add_up(&units),
        })
        .collect()
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
