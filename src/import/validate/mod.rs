//! What no single cell tells: whether the rows of a dossier fit together.

mod bassins;
mod decisions;
mod duplicates;
mod establishments;
mod geography;
mod personal_data;
mod poles;
mod posts;
mod references;
mod trips;
mod uai;

use std::collections::{BTreeMap, BTreeSet};

use crate::domain::{Establishment, EstablishmentKind, Scenario};
use crate::policy::profile;

use super::dossier::Draft;
use super::error::{Code, Diagnostic};
pub use trips::{implausible, known_trips, unknown_end};

/// Reports everything that does not fit.
pub fn check(draft: &Draft, report: &mut Vec<Diagnostic>) {
    let known = Known::new(draft);
    check_emptiness(draft, report);
    uai::check(draft, &known, report);
    duplicates::check(draft, report);
    geography::check(&draft.establishments, report);
    establishments::check(draft, &known, report);
    posts::check(draft, &known, report);
    bassins::check(draft, &known, report);
    references::check(draft, &known, report);
    trips::check(draft, report);
    poles::check(&draft.poles, report);
    decisions::check(draft, &known, report);
    personal_data::check(&draft.decisions, report);
}

/// What the rows of other files may name.
pub struct Known<'a> {
    /// Rows of establishments, by code.
    pub establishments: BTreeMap<&'a str, &'a Establishment>,
    /// Codes of the networks that ecoles name, such as `RESEAU-0311236A`.
    pub networks: BTreeSet<String>,
    /// Posts.
    pub posts: BTreeSet<&'a str>,
    /// Bassins of the establishments.
    pub bassins: BTreeSet<&'a str>,
    /// Half-days a week that a full-time post has for its sector, by the bareme of the dossier.
    pub half_days_per_etp: f64,
}

impl<'a> Known<'a> {
    fn new(draft: &'a Draft) -> Self {
        let establishments = &draft.establishments.values;
        let heads = establishments
            .iter()
            .filter(|row| row.kind == EstablishmentKind::Ecole)
            .filter_map(|row| row.network.as_deref());
        let bassins = establishments.iter().map(|row| row.bassin.as_str());
        Self {
            establishments: establishments.iter().map(|row| (row.uai.as_str(), row)).collect(),
            networks: heads.map(|head| format!("RESEAU-{head}")).collect(),
            posts: draft.posts.values.iter().map(|post| post.id.as_str()).collect(),
            bassins: bassins.filter(|bassin| !bassin.is_empty()).collect(),
            half_days_per_etp: half_days_per_etp(&draft.scenario),
        }
    }
}

/// Infinite under a bareme that cannot be used, which is told elsewhere.
fn half_days_per_etp(scenario: &Scenario) -> f64 {
    match profile::load(&scenario.profile, &scenario.overrides) {
        Ok(bareme) => bareme.temps.demi_journees_par_etp - bareme.temps.deductions_par_etp,
        Err(_) => f64::INFINITY,
    }
}

fn check_emptiness(draft: &Draft, report: &mut Vec<Diagnostic>) {
    if draft.establishments.values.is_empty() {
        report.push(Diagnostic::new(
            Code::NoEstablishment,
            draft.establishments.file(),
            "Le fichier n'a que ses en-têtes : aucun établissement à servir.",
            "Ajoutez une ligne par établissement ; « maillage importer annuaire » en fait la liste.",
        ));
    }
    if draft.posts.values.is_empty() {
        report.push(Diagnostic::new(
            Code::NoPost,
            draft.posts.file(),
            "Le fichier n'a que ses en-têtes : aucun poste, donc aucun secteur.",
            "Ajoutez une ligne par poste d'AS.",
        ));
    }
}
