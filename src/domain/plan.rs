//! The plan: who serves what and how, with every figure that documents show.
//!
//! `plan.json` is this type written as it stands (French keys, `docs/contract` in the guide), so
//! that a plan read back is the plan that was computed; nothing here may differ between two runs
//! of the same input.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::Modality;

/// What the code of a network starts with; the UAI of the college at its head follows.
pub const NETWORK_PREFIX: &str = "RESEAU-";

/// How a computation ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// Proven best.
    Optimal,
    /// The gap asked for is proven.
    EcartAtteint,
    /// The counted work asked for is done.
    Effort,
    /// Stopped by the clock.
    Limite,
    /// Stopped by the user.
    Interrompu,
    /// Proven impossible.
    Irrealisable,
}

/// Which method found the plan.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Method {
    /// Compact mixed-integer model.
    Compacte,
    /// Column generation.
    Generation,
}

/// One level of the objective: value reached and bound, in objective units.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Level {
    /// Name of the level.
    pub nom: String,
    /// Value reached (part of the sum, or of the lexicographic order).
    pub objectif: i64,
    /// Proven bound of this level where the order is lexicographic.
    pub borne: Option<i64>,
}

impl Plan {
    /// Whether its levels were searched one after the other, each with a bound of its own.
    #[must_use]
    pub fn is_by_levels(&self) -> bool {
        self.niveaux.iter().any(|level| level.borne.is_some())
    }
}

/// How one unit is served. A unit in parts has one row a part; an ecole of a network has one row.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Assignment {
    /// UAI of the row of `etablissements.csv`.
    pub uai: String,
    /// Part served, from 1, where the unit is served in parts.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub partie: Option<u8>,
    /// Network (`RESEAU-<uai>`) of which the ecole is a member.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reseau: Option<String>,
    /// Name.
    pub nom: String,
    /// Modality.
    pub modalite: Modality,
    /// Half-days of permanence a week; 0 for other modalities.
    pub demi_journees: f64,
    /// Post, for permanence, pole (post or `POLE-<team>`) and first degree.
    pub poste: Option<String>,
    /// Bassin whose adviser supervises, for reference.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub bassin_conseiller: Option<String>,
    /// Minutes of road a week for the place of this unit, shared equally by the units of the post there.
    pub minutes_trajet: f64,
    /// One-way minutes from the residence of the post.
    pub minutes_aller: Option<f64>,
    /// Load without travel, minutes a week.
    pub charge_minutes: i64,
    /// Need, half-days a week.
    pub besoin: f64,
    /// Points.
    pub points: f64,
    /// Value, objective units.
    pub valeur: i64,
    /// The post differs from today's.
    pub change: bool,
}

impl Assignment {
    /// UAI, or code of the network: what the unit is known by.
    #[must_use]
    pub fn code(&self) -> &str {
        self.reseau.as_deref().unwrap_or(&self.uai)
    }
}

/// The week of one post.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PostPlan {
    /// Identifier.
    pub poste: String,
    /// Share of a full-time post.
    pub quotite: f64,
    /// Residence (chosen by the solver where `residence_placee`).
    pub residence: Option<String>,
    /// The solver chose the residence.
    pub residence_placee: bool,
    /// Nobody holds the post.
    pub vacant: bool,
    /// Establishments served, in order of the dossier (a network counts as one entry, its code).
    pub etablissements: Vec<String>,
    /// Number that the limit of establishments counts.
    pub nombre_etablissements: u32,
    /// Half-days of permanence a week.
    pub demi_journees: f64,
    /// Load with travel and time reserved for pole teams, minutes a week.
    pub charge_minutes: i64,
    /// Capacity, minutes a week.
    pub capacite_minutes: i64,
    /// Travel, minutes a week on the grid.
    pub trajet_minutes: i64,
    /// Share of the capacity on the road, 0 to 1.
    pub part_trajet: f64,
    /// Kilometres a week.
    pub km_semaine: f64,
    /// Of which outside the communes of the residences, paid by the official scale.
    pub km_indemnises_semaine: f64,
    /// Mileage expense of a year, euros.
    pub frais_km_euros_an: f64,
    /// Minutes reserved for pole teams.
    pub pole_equipe_minutes: i64,
    /// Need carried, half-days a week.
    pub besoin_porte: f64,
    /// Pupils carried.
    pub eleves_portes: u32,
    /// Target of equity, in the measure of the bareme (half-days or pupils).
    pub cible_equite: f64,
    /// Penalty of equity, objective units.
    pub penalite_equite: i64,
}

/// Coverage of one category.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct CategoryCoverage {
    /// Units of the category.
    pub unites: u32,
    /// Of which by permanence.
    pub permanences: u32,
    /// Half-days of need.
    pub besoin: f64,
    /// Half-days of permanence.
    pub demi_journees: f64,
    /// Share of the need met (value over points times need), 0 to 1.
    pub part_couverte: f64,
}

/// Where trip times come from, in ordered pairs of distinct places.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize, Deserialize)]
pub struct TravelSources {
    /// Given by `trajets.csv`, from a table of the user.
    pub fournis: u64,
    /// Given by `trajets.csv`, computed on a road network.
    #[serde(default)]
    pub calcules: u64,
    /// Known in the other direction alone, whose value they take.
    #[serde(default)]
    pub repris: u64,
    /// Estimated from coordinates.
    pub estimes: u64,
    /// Of the estimated, those too far to walk: real times are missing there.
    #[serde(default)]
    pub manquants: u64,
    /// The estimate against the pairs given and computed, when there are some.
    #[serde(default)]
    pub erreur_estimation: Option<EstimateError>,
}

/// Relative differences of estimated times from real ones: shares, to four places.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct EstimateError {
    /// Ordered pairs of places compared.
    pub couples: u64,
    /// Half of the pairs differ by no more.
    pub mediane: f64,
    /// Nine pairs in ten differ by no more.
    pub p90: f64,
    /// Median of the signed differences: positive when the estimate is slower.
    pub biais: f64,
}

/// Figures of the whole plan.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Indicators {
    /// Units by modality code.
    pub modalites: BTreeMap<String, u32>,
    /// Full-time equivalents in service.
    pub etp: f64,
    /// Half-days of permanence a week.
    pub demi_journees: f64,
    /// Total need, half-days a week.
    pub besoin: f64,
    /// Coverage by category code, type code and `TOUS`.
    pub couverture: BTreeMap<String, CategoryCoverage>,
    /// Pupils served by a post per ETP.
    pub eleves_par_etp: f64,
    /// Share of working time on the road, 0 to 1.
    pub part_trajet: f64,
    /// Kilometres a week.
    pub km_semaine: f64,
    /// Mileage expense of all posts over a year, euros.
    pub frais_km_euros_an: f64,
    /// Balance index, 0 to 100: 100 less the mean absolute deviation of the carried need per
    /// capacity from its mean, in percent.
    pub indice_equilibre: f64,
    /// Gini index of the carried need per capacity, 0 to 1.
    pub gini: f64,
    /// Establishments that change hands.
    pub changements: u32,
    /// Trips by source.
    pub trajets: TravelSources,
}

/// A complete plan.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Plan {
    /// Version of the format: 1.
    pub version: u32,
    /// Program and version.
    pub programme: String,
    /// Name of the dossier.
    pub dossier: String,
    /// Rentree.
    pub rentree: u16,
    /// Departement.
    pub departement: String,
    /// Profil of the bareme.
    pub profil: String,
    /// Seed.
    pub graine: u64,
    /// Method.
    pub methode: Method,
    /// How it ended.
    pub statut: Status,
    /// Objective reached, objective units.
    pub objectif: i64,
    /// Proven bound, objective units.
    pub borne: i64,
    /// (bound - objective) / |objective|.
    pub ecart: f64,
    /// Gap in half-days of need at 1 point.
    pub ecart_demi_journees: f64,
    /// How the bound was proven, in French.
    pub preuve: String,
    /// Components of the objective.
    pub niveaux: Vec<Level>,
    /// Assignments, in the order of the dossier.
    pub affectations: Vec<Assignment>,
    /// Posts, in the order of the dossier.
    pub postes: Vec<PostPlan>,
    /// Figures.
    pub indicateurs: Indicators,
    /// Warnings that the documents repeat, in French.
    pub avertissements: Vec<String>,
    /// The bareme used, every value.
    pub bareme: serde_json::Value,
    /// SHA-256 of every input file.
    pub empreintes: BTreeMap<String, String>,
    /// What was asked for besides these files, in order, as `variante.toml` writes it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub modifications: Vec<serde_json::Value>,
}

impl Plan {
    /// Every unit (or part of one) once: a network by its first ecole.
    pub fn units(&self) -> impl Iterator<Item = &Assignment> {
        let mut networks = BTreeSet::new();
        let rows = self.affectations.iter();
        rows.filter(move |row| row.reseau.as_deref().is_none_or(|code| networks.insert(code)))
    }

    /// Name of the college at the head of the network of a row; nothing for other rows, or where
    /// the plan does not hold that college.
    #[must_use]
    pub fn head_of(&self, row: &Assignment) -> Option<&str> {
        let head = row.reseau.as_deref()?.strip_prefix(NETWORK_PREFIX)?;
        self.affectations.iter().find(|row| row.uai == head).map(|row| row.nom.as_str())
    }
}
