//! The values of the bareme that the page lets people try: weights and guard-rails.

use serde::Serialize;
use serde_json::Value;

use super::{Fault, Session};
use crate::policy::{bareme_sources, profile};

/// Key, what it is, unit.
const SHOWN: [(&str, &str, &str); 22] = [
    ("cout_minute_trajet", "Prix d'une minute de route par semaine", "centièmes de demi-journée"),
    (
        "stabilite.cout",
        "Prix d'un établissement qui change d'assistant",
        "centièmes de demi-journée",
    ),
    ("hors_bassin.cout", "Prix d'un établissement hors du bassin", "centièmes de demi-journée"),
    (
        "equite.poids",
        "Prix d'une demi-journée hors de la bande d'équité",
        "centièmes de demi-journée",
    ),
    ("equite.tolerance", "Largeur de la bande d'équité", "part de la cible"),
    ("limites.etablissements_max", "Établissements par poste, au plus", "établissements"),
    (
        "limites.rep_plus_etablissements_max",
        "Établissements par poste en REP+, au plus",
        "établissements",
    ),
    ("limites.trajet_max_minutes", "Aller le plus long", "minutes"),
    ("limites.charge_min", "Charge minimale d'un poste", "part de son temps"),
    (
        "limites.km_max_semaine",
        "Kilomètres du service, au plus (vide : sans limite)",
        "km par semaine",
    ),
    (
        "limites.changements_max",
        "Changements d'assistant, au plus (vide : sans limite)",
        "établissements",
    ),
    ("permanence.planchers.REP+", "Permanence en REP+, au moins", "demi-journées par semaine"),
    ("permanence.planchers.REP", "Permanence en REP, au moins", "demi-journées par semaine"),
    ("permanence.planchers.LP", "Permanence en LP, au moins", "demi-journées par semaine"),
    ("permanence.planchers.autres", "Permanence ailleurs, au moins", "demi-journées par semaine"),
    ("permanence.reunions_minutes", "Réunions par permanence", "minutes par semaine"),
    ("points.categories.REP+", "Points d'un établissement REP+", "points"),
    ("points.categories.REP", "Points d'un établissement REP", "points"),
    ("points.categories.LP", "Points d'un lycée professionnel", "points"),
    ("points.categories.RURAL", "Points d'un collège rural", "points"),
    ("points.dote", "Points d'un établissement de la liste du recteur", "points"),
    (
        "temps.deductions_par_etp",
        "Réunions, écrits, formation et missions d'un temps plein",
        "demi-journées par semaine",
    ),
];

/// One value.
#[derive(Debug, Serialize)]
pub struct Setting {
    cle: &'static str,
    libelle: &'static str,
    unite: &'static str,
    /// In the dossier; null: no limit.
    valeur: Value,
    /// In the profil.
    defaut: Value,
    /// The sentence that it comes from.
    source: String,
}

impl Session {
    /// The values of the open dossier beside those of its profil.
    pub fn settings(&self) -> Result<Vec<Setting>, Fault> {
        let snapshot = self.snapshot()?;
        let problem = &snapshot.ready()?.problem;
        let name = &problem.dossier.scenario.profile;
        let broken = |error: profile::BaremeError| Fault::broken(&error);
        let usual = profile::load(name, &toml::Table::new()).map_err(broken)?;
        let [values, usual] = [&problem.bareme, &usual]
            .map(|bareme| serde_json::to_value(bareme).expect("a bareme is plain data"));
        let setting = |(cle, libelle, unite): (&'static str, &'static str, &'static str)| {
            let source = bareme_sources::comment(name, cle).map_err(broken)?;
            Ok(Setting {
                cle,
                libelle,
                unite,
                valeur: at(&values, cle),
                defaut: at(&usual, cle),
                source,
            })
        };
        SHOWN.into_iter().map(setting).collect()
    }
}

/// The value at a dotted key; null when absent.
fn at(values: &Value, key: &str) -> Value {
    key.split('.').try_fold(values, |value, part| value.get(part)).cloned().unwrap_or_default()
}
