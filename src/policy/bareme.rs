//! The numbers of the policy, as the bareme writes them.
//!
//! Each field is documented, with its unit and source, in `data/baremes/commun.toml`; the names
//! here are those of the file, so that one grep finds both.

use serde::{Deserialize, Serialize};

use crate::domain::{Category, EstablishmentKind};
use crate::travel::MileageScale;

/// Who must be served (R1 or R15).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Coverage {
    /// Establishments of no priority category may be left to occasional advice.
    Priorites,
    /// Everybody.
    Tous,
}

/// Whether vacant posts get a sector.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum VacantPosts {
    /// They do.
    Comptes,
    /// They do not.
    Exclus,
}

/// How the levels of the objective combine.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Order {
    /// One sum, at the prices of the bareme.
    Somme,
    /// One level after the other.
    Lexicographique,
}

/// A level of the objective (`docs/model.md`, objective).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ObjectiveLevel {
    /// Weighted need met.
    Couverture,
    /// Balance of the need carried.
    Equite,
    /// Travel.
    Trajet,
    /// Establishments that change hands, affinites and the bassin.
    Stabilite,
}

impl ObjectiveLevel {
    /// All levels, in the default order.
    pub const ALL: [Self; 4] = [Self::Couverture, Self::Equite, Self::Trajet, Self::Stabilite];

    /// The word of the bareme.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Couverture => "couverture",
            Self::Equite => "equite",
            Self::Trajet => "trajet",
            Self::Stabilite => "stabilite",
        }
    }
}

/// What equity balances.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EquityMeasure {
    /// Need, in half-days.
    Besoin,
    /// Pupils.
    Eleves,
}

/// One value for each type of the second degree.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "UPPERCASE")]
#[allow(missing_docs, reason = "the names are the types of establishments")]
pub struct PerKind {
    pub college: f64,
    pub lp: f64,
    pub lpo: f64,
    pub legt: f64,
    pub erea: f64,
}

impl PerKind {
    /// The value of a type; 0 for the first degree.
    #[must_use]
    pub fn of(&self, kind: EstablishmentKind) -> f64 {
        match kind {
            EstablishmentKind::College => self.college,
            EstablishmentKind::Lp => self.lp,
            EstablishmentKind::Lpo => self.lpo,
            EstablishmentKind::Legt => self.legt,
            EstablishmentKind::Erea => self.erea,
            EstablishmentKind::Ecole | EstablishmentKind::Circonscription => 0.0,
        }
    }
}

/// One value for each category.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "UPPERCASE")]
#[allow(missing_docs, reason = "the names are the categories")]
pub struct PerCategory {
    #[serde(rename = "REP+")]
    pub rep_plus: f64,
    pub rep: f64,
    pub egpa: f64,
    pub ulis: f64,
    pub upe2a: f64,
    pub relais: f64,
    pub internat: f64,
    pub lp: f64,
    pub rural: f64,
}

impl PerCategory {
    /// The value of a category.
    #[must_use]
    pub fn of(&self, category: Category) -> f64 {
        match category {
            Category::RepPlus => self.rep_plus,
            Category::Rep => self.rep,
            Category::Egpa => self.egpa,
            Category::Ulis => self.ulis,
            Category::Upe2a => self.upe2a,
            Category::Relais => self.relais,
            Category::Internat => self.internat,
            Category::Lp => self.lp,
            Category::Rural => self.rural,
        }
    }
}

macro_rules! section {
    ($(#[$meta:meta])* $name:ident { $($(#[$field_meta:meta])* $field:ident: $type:ty),* $(,)? }) => {
        $(#[$meta])*
        #[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
        #[serde(deny_unknown_fields)]
        #[allow(missing_docs, reason = "each value is documented in data/baremes/commun.toml")]
        pub struct $name { $($(#[$field_meta])* pub $field: $type),* }
    };
}

section! {
    /// Need in half-days a week.
    NeedSection {
        eleves_par_demi_journee: f64,
        ips_pivot: f64,
        ips_etendue: f64,
        ips_facteur_min: f64,
        ips_facteur_max: f64,
        rural_ips_max: f64,
        circonscription_eleves_par_demi_journee: f64,
        reseau_eleves_par_demi_journee: f64,
        poids: PerKind,
        ajouts: PerCategory,
    }
}
section! {
    /// Points, the weight of a half-day of need met.
    PointsSection { base: f64, dote: f64, categories: PerCategory }
}
section! {
    /// Weekly time of a full-time post.
    TimeSection {
        demi_journees_par_etp: f64,
        deductions_par_etp: f64,
        #[serde(default)]
        mercredi_apres_midi: bool,
        #[serde(default)]
        reunion_equipe: String,
    }
}
section! {
    /// Smallest presence of a permanence, half-days a week.
    FloorSection {
        #[serde(rename = "REP+")]
        rep_plus: f64,
        #[serde(rename = "REP")]
        rep: f64,
        #[serde(rename = "LP")]
        lp: f64,
        autres: f64,
    }
}
section! {
    /// Permanence.
    PermanenceSection {
        mensuelle: bool,
        demi_journees_max: u16,
        reunions_minutes: i64,
        planchers: FloorSection,
    }
}
section! {
    /// Pole.
    PoleSection {
        types: Vec<String>,
        exclus: Vec<String>,
        charge: f64,
        visites_4_semaines: i64,
        reserve_max_minutes: i64,
        part_couverte: PerKind,
    }
}
section! {
    /// First degree.
    FirstDegreeSection { part_couverte: f64, charge: f64, visites_4_semaines: i64 }
}
section! {
    /// Reference.
    ReferenceSection { types: Vec<String>, exclus: Vec<String>, part_couverte: f64 }
}
section! {
    /// Occasional advice.
    ConseilSection { part_couverte: f64, types: Vec<String> }
}
section! {
    /// Mandated permanences.
    MandateSection { permanence: Vec<String>, dote: bool }
}
section! {
    /// Hard limits.
    LimitSection {
        etablissements_max: u8,
        rep_plus_etablissements_max: u8,
        trajet_max_minutes: u32,
        charge_min: f64,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        km_max_semaine: Option<f64>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        changements_max: Option<u32>,
    }
}
section! {
    /// Equity.
    EquitySection { mesure: EquityMeasure, poids: i64, tolerance: f64 }
}
section! {
    /// A price alone.
    PriceSection { cout: i64 }
}
section! {
    /// Every value of the policy.
    Bareme {
        couverture: Coverage,
        post_bac: bool,
        postes_vacants: VacantPosts,
        meme_lieu_metres: f64,
        reseau_avec_college: bool,
        cout_minute_trajet: f64,
        ordre: Order,
        niveaux: Vec<ObjectiveLevel>,
        tolerance_niveaux: f64,
        besoin: NeedSection,
        points: PointsSection,
        temps: TimeSection,
        permanence: PermanenceSection,
        pole: PoleSection,
        premier_degre: FirstDegreeSection,
        reference: ReferenceSection,
        conseil: ConseilSection,
        mandats: MandateSection,
        limites: LimitSection,
        equite: EquitySection,
        stabilite: PriceSection,
        frais_kilometriques: MileageScale,
        hors_bassin: PriceSection,
    }
}
