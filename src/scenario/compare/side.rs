//! One plan to compare, whatever it comes from: a computed plan, or today's sectors.

use std::collections::{BTreeMap, BTreeSet};

use crate::domain::{
    CurrentService, Dossier, Establishment, EstablishmentKind, Indicators, Modality,
    NETWORK_PREFIX, Plan, PostPlan,
};
use crate::wording::label;

/// What a comparison shows of an establishment beside its service.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Facts {
    /// Commune.
    pub commune: String,
    /// Bassin; empty when unknown.
    pub bassin: String,
    /// Social position index.
    pub ips: Option<f64>,
    /// Pupils.
    pub pupils: u32,
}

/// Facts by UAI.
pub type FactsByUai = BTreeMap<String, Facts>;

/// The facts of a dossier.
#[must_use]
pub fn facts_of(dossier: &Dossier) -> FactsByUai {
    let facts = |row: &Establishment| Facts {
        commune: row.commune.clone(),
        bassin: row.bassin.clone(),
        ips: row.ips,
        pupils: row.effective_pupils(),
    };
    dossier.establishments.iter().map(|row| (row.uai.clone(), facts(row))).collect()
}

/// The name of a row or of a network of the dossier; its code where it is unknown.
fn name_of(dossier: &Dossier, code: &str) -> String {
    let network = code.strip_prefix(NETWORK_PREFIX);
    let row = dossier.establishments.iter().find(|row| row.uai == network.unwrap_or(code));
    match (row, network) {
        (Some(row), None) => row.name.clone(),
        (Some(row), Some(_)) => label::network(&row.name),
        (None, _) => code.to_owned(),
    }
}

/// A unit and how it is served.
#[derive(Debug, Clone, PartialEq)]
pub struct Served {
    /// UAI, or code of the network; with the part, what a unit is known by.
    pub key: (String, Option<u8>),
    /// Name.
    pub name: String,
    /// Modality; `None` where today's is not told.
    pub modality: Option<Modality>,
    /// Half-days of permanence a week.
    pub half_days: Option<f64>,
    /// Post or pole team.
    pub post: Option<String>,
    /// Minutes of road a week.
    pub travel_minutes: Option<f64>,
    /// Points times need, and the value reached, in hundredths of a half-day.
    pub weighed: Option<(f64, f64)>,
    /// What its row in the open data tells.
    pub facts: Facts,
}

/// A plan to compare.
#[derive(Debug, Clone)]
pub struct Side {
    /// How the user calls it.
    pub name: String,
    /// Units, in the order of the plan.
    pub units: Vec<Served>,
    /// Weeks of the posts; empty for today's sectors.
    pub weeks: Vec<PostPlan>,
    /// Figures; none for today's sectors.
    pub figures: Option<Indicators>,
    /// Value and proven bound, objective units; none for today's sectors.
    pub value: Option<(i64, i64)>,
}

impl Side {
    /// A computed plan.
    #[must_use]
    pub fn of_plan(name: &str, plan: &Plan, facts: &FactsByUai) -> Self {
        let units = plan.units().map(|row| Served {
            key: (row.code().to_owned(), row.partie),
            name: plan.head_of(row).map_or_else(|| row.nom.clone(), label::network),
            modality: Some(row.modalite),
            half_days: Some(row.demi_journees),
            post: row.poste.clone(),
            travel_minutes: Some(row.minutes_trajet),
            weighed: Some((row.points * row.besoin * 100.0, row.valeur as f64)),
            facts: facts.get(&row.uai).cloned().unwrap_or_default(),
        });
        Self {
            name: name.to_owned(),
            units: units.collect(),
            weeks: plan.postes.clone(),
            figures: Some(plan.indicateurs.clone()),
            value: Some((plan.objectif, plan.borne)),
        }
    }

    /// Today's sectors.
    #[must_use]
    pub fn of_today(name: &str, dossier: &Dossier) -> Self {
        let facts = facts_of(dossier);
        let named = |uai: &str| dossier.establishments.iter().find(|row| row.uai == uai);
        // An ecole stands for its network, and a network has the facts of the college at its head.
        let code = |row: &CurrentService| match named(&row.uai) {
            Some(Establishment { kind: EstablishmentKind::Ecole, network: Some(head), .. }) => {
                format!("{NETWORK_PREFIX}{head}")
            }
            _ => row.uai.clone(),
        };
        let mut known = BTreeSet::new();
        let rows = dossier.current.iter().map(|row| (code(row), row));
        let units = rows.filter(|(code, _)| known.insert(code.clone())).map(|(code, row)| Served {
            name: name_of(dossier, &code),
            key: (code, None),
            modality: row.modality,
            half_days: row.presence.map(|presence| presence.half_days()),
            post: row.post.clone(),
            travel_minutes: None,
            weighed: None,
            facts: facts.get(&row.uai).cloned().unwrap_or_default(),
        });
        Self {
            name: name.to_owned(),
            units: units.collect(),
            weeks: Vec::new(),
            figures: None,
            value: None,
        }
    }

    /// The unit of a key. Today's sectors tell no part: they stand for the first.
    #[must_use]
    pub fn unit(&self, key: &(String, Option<u8>)) -> Option<&Served> {
        self.units
            .iter()
            .find(|unit| unit.key.0 == key.0 && unit.key.1.unwrap_or(1) == key.1.unwrap_or(1))
    }

    /// The units of each post.
    #[must_use]
    pub fn sectors(&self) -> BTreeMap<&str, BTreeSet<(&str, u8)>> {
        let mut sectors: BTreeMap<&str, BTreeSet<(&str, u8)>> = BTreeMap::new();
        for unit in &self.units {
            let Some(post) = &unit.post else { continue };
            sectors.entry(post).or_default().insert((&unit.key.0, unit.key.1.unwrap_or(1)));
        }
        sectors
    }

    /// Whether the solver chose where the post is based: its identifier then names nobody.
    #[must_use]
    pub fn is_placed(&self, post: &str) -> bool {
        self.weeks.iter().any(|week| week.poste == post && week.residence_placee)
    }
}
