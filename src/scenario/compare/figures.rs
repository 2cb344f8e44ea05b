//! The indicators of plans side by side.

use std::collections::BTreeSet;

use serde::Serialize;

use crate::domain::{Category, HALF_DAY_MINUTES, Indicators, Modality, PostPlan};
use crate::wording::label;

use super::changes::Changes;
use super::side::{Served, Side};

/// IPS at which an establishment weighs one in the coverage weighted by IPS.
const IPS_PIVOT: f64 = 100.0;
/// Points of IPS that add or take one to that weight.
const IPS_RANGE: f64 = 50.0;

/// One indicator in each plan; `None` where the plan does not tell it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Figure {
    /// Heading under which it stands.
    pub groupe: &'static str,
    /// What it is.
    pub nom: String,
    /// Unit; empty for a count.
    pub unite: &'static str,
    /// Values, in the order of the plans.
    pub valeurs: Vec<Option<f64>>,
}

/// Every indicator that at least one plan tells.
pub fn figures(sides: &[Side], changes: &[Changes]) -> Vec<Figure> {
    let mut table = Table { sides, figures: Vec::new() };
    table.results();
    table.modalities();
    table.coverage();
    table.equity();
    table.travel();
    let counts = changes.iter().map(|changes| Some(changes.count() as f64));
    let counts: Vec<Option<f64>> = std::iter::once(Some(0.0)).chain(counts).collect();
    let name = format!("Établissements qui changent de mains depuis {}", sides[0].name);
    table.push("Changements", name, "", counts);
    table.figures.retain(|figure| figure.valeurs.iter().any(Option::is_some));
    table.figures
}

struct Table<'a> {
    sides: &'a [Side],
    figures: Vec<Figure>,
}

impl Table<'_> {
    fn push(
        &mut self,
        groupe: &'static str,
        nom: impl Into<String>,
        unite: &'static str,
        valeurs: Vec<Option<f64>>,
    ) {
        self.figures.push(Figure { groupe, nom: nom.into(), unite, valeurs });
    }

    fn each(
        &mut self,
        group: &'static str,
        name: impl Into<String>,
        unit: &'static str,
        value: impl Fn(&Side) -> Option<f64>,
    ) {
        let values = self.sides.iter().map(value).collect();
        self.push(group, name, unit, values);
    }

    fn told(
        &mut self,
        group: &'static str,
        name: &str,
        unit: &'static str,
        value: fn(&Indicators) -> f64,
    ) {
        self.each(group, name, unit, |side| side.figures.as_ref().map(value));
    }

    fn results(&mut self) {
        const GROUP: &str = "Résultat";
        let hundredths = |value: i64| value as f64 / 100.0;
        self.each(GROUP, "Valeur du plan", "demi-journées de besoin à 1 point", |side| {
            side.value.map(|(value, _)| hundredths(value))
        });
        self.each(GROUP, "Borne prouvée", "demi-journées de besoin à 1 point", |side| {
            side.value.map(|(_, bound)| hundredths(bound))
        });
        self.told(GROUP, "Équivalents temps plein", "ETP", |figures| figures.etp);
        self.told(GROUP, "Besoin", "demi-journées", |figures| figures.besoin);
        self.each(GROUP, "Permanence", "demi-journées", |side| {
            side.units.iter().map(|unit| unit.half_days).sum()
        });
        self.told(GROUP, "Élèves par temps plein", "élèves", |figures| figures.eleves_par_etp);
    }

    fn modalities(&mut self) {
        for modality in Modality::ALL {
            self.each("Modalités", label::modality(modality), "établissements", |side| {
                let known = side.units.iter().all(|unit| unit.modality.is_some());
                let count = side.units.iter().filter(|unit| unit.modality == Some(modality));
                known.then(|| count.count() as f64)
            });
        }
    }

    fn coverage(&mut self) {
        const GROUP: &str = "Part du besoin couverte";
        let codes = Category::ALL.map(|category| (category.code(), label::category(category)));
        for (code, name) in std::iter::once(("TOUS", "Ensemble")).chain(codes) {
            self.each(GROUP, name, "%", |side| {
                Some(100.0 * side.figures.as_ref()?.couverture.get(code)?.part_couverte)
            });
        }
        self.each(GROUP, "Pondérée par l'IPS (plus l'IPS est bas, plus elle compte)", "%", by_ips);
        self.each(GROUP, "Quart des établissements à l'IPS le plus bas", "%", lowest_quarter);
        let bassins: BTreeSet<String> = self
            .sides
            .iter()
            .flat_map(|side| &side.units)
            .map(|unit| unit.facts.bassin.clone())
            .filter(|bassin| !bassin.is_empty())
            .collect();
        for bassin in bassins {
            let name = format!("Bassin {}", label::after_bassin(&bassin));
            self.each(GROUP, name, "%", |side| {
                share(side.units.iter().filter(|unit| unit.facts.bassin == bassin), |_| 1.0)
            });
        }
    }

    fn equity(&mut self) {
        const GROUP: &str = "Équité entre les postes";
        const UNIT: &str = "demi-journées de besoin par demi-journée de secteur";
        self.each(GROUP, "Poste le moins chargé", UNIT, |side| {
            loads(side).into_iter().reduce(f64::min)
        });
        self.each(GROUP, "Poste le plus chargé", UNIT, |side| {
            loads(side).into_iter().reduce(f64::max)
        });
        self.told(GROUP, "Équilibre", "sur 100", |figures| figures.indice_equilibre);
        self.told(GROUP, "Indice de Gini", "", |figures| figures.gini);
    }

    fn travel(&mut self) {
        const GROUP: &str = "Déplacements";
        self.told(GROUP, "Part du temps sur la route", "%", |figures| 100.0 * figures.part_trajet);
        self.told(GROUP, "Kilomètres par semaine", "km", |figures| figures.km_semaine);
        self.each(GROUP, "Poste qui roule le plus", "km", |side| {
            side.weeks.iter().map(|week| week.km_semaine).reduce(f64::max)
        });
    }
}

/// Need carried for the time of the sector, posts without sector time left out.
fn loads(side: &Side) -> Vec<f64> {
    let load = |week: &PostPlan| {
        let capacity = week.capacite_minutes as f64 / HALF_DAY_MINUTES as f64;
        (capacity > 0.0).then(|| week.besoin_porte / capacity)
    };
    side.weeks.iter().filter_map(load).collect()
}

/// Share of the weighed need that is met, percent; each unit weighs as told.
fn share<'a>(
    units: impl Iterator<Item = &'a Served>,
    weight: impl Fn(&Served) -> f64,
) -> Option<f64> {
    let (mut full, mut met) = (0.0, 0.0);
    for unit in units {
        let (wanted, value) = unit.weighed?;
        full += weight(unit) * wanted;
        met += weight(unit) * value;
    }
    (full > 0.0).then(|| 100.0 * met / full)
}

fn by_ips(side: &Side) -> Option<f64> {
    let known = side.units.iter().filter(|unit| unit.facts.ips.is_some());
    share(known, |unit| {
        let ips = unit.facts.ips.unwrap_or(IPS_PIVOT);
        (1.0 + (IPS_PIVOT - ips) / IPS_RANGE).max(0.0)
    })
}

fn lowest_quarter(side: &Side) -> Option<f64> {
    let mut known: Vec<&Served> =
        side.units.iter().filter(|unit| unit.facts.ips.is_some()).collect();
    known.sort_by(|a, b| a.facts.ips.partial_cmp(&b.facts.ips).expect("an IPS is a number"));
    let quarter = known.len().div_ceil(4);
    share(known.into_iter().take(quarter), |_| 1.0)
}
