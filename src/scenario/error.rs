//! Why an edit cannot be applied; every text is for the user.

use crate::policy::BaremeError;

/// Why an edit cannot be applied.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum EditError {
    /// No such establishment.
    #[error("« {text} » n'est pas un établissement du dossier ; le plus proche est {nearest}.")]
    UnknownUnit {
        /// As written.
        text: String,
        /// Nearest known code, with its name.
        nearest: String,
    },
    /// No such post.
    #[error("« {text} » n'est pas un poste du dossier ; le plus proche est {nearest}.")]
    UnknownPost {
        /// As written.
        text: String,
        /// Nearest known post.
        nearest: String,
    },
    /// No such adviser in the bassin.
    #[error("{text} ne conseille pas le bassin « {bassin} » dans conseillers.csv.")]
    UnknownAdviser {
        /// As written, in quotation marks, or who there is none.
        text: String,
        /// Bassin.
        bassin: String,
    },
    /// A bassin with several advisers.
    #[error("le bassin « {bassin} » a plusieurs conseillers ({names}) : dites lequel.")]
    AdviserToName {
        /// Bassin.
        bassin: String,
        /// The advisers.
        names: String,
    },
    /// No establishment in such a bassin.
    #[error("« {text} » n'est le bassin d'aucun établissement ; le plus proche est « {nearest} ».")]
    UnknownBassin {
        /// As written.
        text: String,
        /// Nearest known bassin.
        nearest: String,
    },
    /// A code that the dossier holds already.
    #[error("« {0} » existe déjà dans le dossier : choisissez un autre identifiant.")]
    Taken(String),
    /// A figure out of its range.
    #[error("{what} : {value} n'est pas possible ; {expected}.")]
    OutOfRange {
        /// What the figure is.
        what: &'static str,
        /// As written.
        value: String,
        /// The range, in words.
        expected: String,
    },
    /// Fewer full-time equivalents can go than asked for.
    #[error(
        "il reste {0} ETP à retirer, et ni poste vacant ni poste à placer : nommez les postes qui \
         partent (--sans POSTE), ou baissez leur quotité (--quotite POSTE=0,5)."
    )]
    PostsToName(String),
    /// A new establishment that cannot be put on the map.
    #[error(
        "l'ouverture de « {0} » n'a pas de coordonnées, et sa commune n'a pas d'établissement dans \
         le dossier : donnez latitude et longitude."
    )]
    NoPlace(String),
    /// A decision that no plan can follow.
    #[error("décision sur {uai} : {cause}.")]
    Decision {
        /// Code of the unit.
        uai: String,
        /// What is wrong.
        cause: String,
    },
    /// Changes of hands are asked for, and none can be counted.
    #[error(
        "secteurs_actuels.csv est vide : aucun changement d'assistant·e ne peut être compté. Donnez les secteurs \
         actuels, ou partez d'un plan : maillage variante DOSSIER --garder PLAN -o DOSSIER2."
    )]
    NoCurrentSectors,
    /// Edits of a plan that this version does not know.
    #[error("plan.json, modifications : {0}. Recalculez le plan.")]
    Foreign(String),
    /// A value of the bareme that it does not admit.
    #[error(transparent)]
    Bareme(#[from] BaremeError),
}
