//! The edits of a dossier that a rentree brings, as files, options and the page write them.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::domain::{Category, DecisionKind, Field, Modality};

use super::opening::Opening;

/// One change to a dossier. Fields and tags are those of `variante.toml` and of the page.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "action", rename_all = "snake_case")]
pub enum Edit {
    /// Full-time equivalents more (posts to place of 1.0, and one of what is left), or less: the
    /// vacant posts go first, then those named, then the posts to place, the last of them first.
    Etp {
        /// Full-time equivalents, signed, to the hundredth.
        ecart: f64,
        /// Posts that may go, in this order; the last one touched keeps what is not taken.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        postes: Vec<String>,
    },
    /// A new post.
    Poste(NewPost),
    /// A post that is no more.
    Sans {
        /// Post.
        poste: String,
    },
    /// Another share of a full-time post.
    Quotite {
        /// Post.
        poste: String,
        /// From 0.01 to 1.
        quotite: f64,
    },
    /// Another residence; none: the solver places the post.
    Residence {
        /// Post.
        poste: String,
        /// UAI of the residence.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        uai: Option<String>,
    },
    /// An establishment that closes.
    Fermer {
        /// UAI.
        uai: String,
    },
    /// An establishment that opens.
    Ouvrir(Opening),
    /// An expected effectif.
    Effectif {
        /// UAI.
        uai: String,
        /// Pupils, post-bac excluded.
        effectif: u32,
    },
    /// A category gained or lost.
    Categorie {
        /// UAI.
        uai: String,
        /// Category.
        categorie: Category,
        /// Gained.
        #[serde(default = "yes")]
        presente: bool,
    },
    /// On the recteur's list or off it (R4).
    Doter {
        /// UAI.
        uai: String,
        /// On the list.
        #[serde(default = "yes")]
        dote: bool,
    },
    /// A decision, as in `decisions.csv`.
    Decision(Demand),
    /// The decisions on an establishment are lifted.
    Lever {
        /// UAI, or code of a network.
        uai: String,
    },
    /// One decision on an establishment is lifted.
    LeverDecision {
        /// UAI, or code of a network.
        uai: String,
        /// Rank among the decisions on it, from 1.
        rang: usize,
    },
    /// An establishment leaves the group with which it is served.
    Separer {
        /// UAI.
        uai: String,
    },
    /// Another longest one-way trip for one post.
    TrajetMax {
        /// Post.
        poste: String,
        /// Minutes, from 1 to 600; none: as the bareme says.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        minutes: Option<u32>,
    },
    /// Another largest number of establishments for one post.
    EtablissementsMax {
        /// Post.
        poste: String,
        /// Establishments, from 1 to 99; none: as the bareme says.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        nombre: Option<u8>,
    },
    /// The one bassin that a post serves.
    #[serde(alias = "tout_bassin")]
    Bassin {
        /// Post.
        poste: String,
        /// Bassin of some establishment; none: any.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        bassin: Option<String>,
    },
    /// The degrees that a post serves.
    Champ {
        /// Post.
        poste: String,
        /// Degrees.
        champ: Field,
    },
    /// Other duties of a post (MDPH, tutoring, union release).
    Decharge {
        /// Post.
        poste: String,
        /// Half-days a week, from 0 to 10.
        demi_journees: f64,
    },
    /// The working days of a post, for its timetable.
    Jours {
        /// Post.
        poste: String,
        /// Such as "lu ma je ve".
        jours: String,
    },
    /// Whether somebody holds a post; a vacant one is served as the others, and leaves first.
    Vacance {
        /// Post.
        poste: String,
        /// Nobody holds it.
        #[serde(default = "yes")]
        vacant: bool,
    },
    /// Assistants among whom an establishment may be shared.
    AssistantsMax {
        /// UAI.
        uai: String,
        /// Parts in which it is served, from 1 to 9.
        nombre: u8,
    },
    /// Another number of establishments that an adviser may supervise in a bassin.
    References {
        /// Adviser, as `conseillers.csv` names it; none: the only one of the bassin.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        conseiller: Option<String>,
        /// Bassin.
        bassin: String,
        /// Establishments.
        nombre: u16,
    },
    /// An establishment is given to a post.
    Deplacer {
        /// UAI, or code of a network.
        uai: String,
        /// Post.
        poste: String,
    },
    /// A plan becomes the reference: its sectors are today's, its posts stay where it placed them.
    Garder {
        /// How the user calls the plan.
        de: String,
        /// Residences of the posts that the plan placed.
        #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
        residences: BTreeMap<String, String>,
        /// How each unit is served in it.
        secteurs: Vec<KeptService>,
    },
    /// A value of the bareme, or the profil (`cle = "profil"`).
    Regler {
        /// Dotted key, such as `limites.etablissements_max`.
        cle: String,
        /// Value; none: the profil's own.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        valeur: Option<toml::Value>,
    },
}

/// How a unit is served in a plan that is kept, as `secteurs_actuels.csv` holds it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct KeptService {
    /// UAI, or code of a network.
    pub uai: String,
    /// Post; none: served by nobody, or by a team.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub poste: Option<String>,
    /// Modality.
    pub modalite: Modality,
    /// Half-days of permanence a week.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub demi_journees: f64,
}

fn is_zero(number: &f64) -> bool {
    *number == 0.0
}

/// A post to create; what is left out is as in an empty cell of `postes.csv`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NewPost {
    /// Identifier, unknown to the dossier.
    pub poste: String,
    /// From 0.01 to 1.
    pub quotite: f64,
    /// UAI of the residence; none: the solver places the post.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub residence: Option<String>,
    /// Serves this bassin alone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub bassin: Option<String>,
    /// Degrees served; none: as the other posts.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub champ: Option<Field>,
}

/// A decision on one establishment. What is left out does not bind.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Demand {
    /// EXIGER, INTERDIRE or MINIMUM.
    pub decision: DecisionKind,
    /// UAI, or code of a network.
    pub uai: String,
    /// Post.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub poste: Option<String>,
    /// Modality.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub modalite: Option<Modality>,
    /// Half-days a week, in quarters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub demi_journees: Option<f64>,
    /// Reason, for the documents.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub motif: String,
}

const fn yes() -> bool {
    true
}
