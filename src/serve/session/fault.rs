//! Why the session does not do what is asked; sentences for the user.

use std::fmt;

use crate::scenario::Impasse;
use crate::wording::number;

/// A cause and a remedy.
#[derive(Debug, Clone, PartialEq)]
pub struct Fault {
    /// Family.
    pub kind: FaultKind,
    /// What is wrong, in French.
    pub cause: String,
    /// What to do, in French.
    pub remedy: String,
    /// Why no plan meets all demands, where that is the matter.
    pub impasse: Option<Impasse>,
}

/// Families of faults.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FaultKind {
    /// A computation is under way.
    Busy,
    /// What is asked about does not exist.
    Absent,
    /// The demand cannot be met as it stands.
    Refused,
    /// Something unexpected: a disk that is full, a defect.
    Broken,
}

impl Fault {
    fn new(kind: FaultKind, cause: impl Into<String>, remedy: impl Into<String>) -> Self {
        Self { kind, cause: cause.into(), remedy: remedy.into(), impasse: None }
    }

    /// No plan meets all demands.
    pub fn dead_end(impasse: Impasse) -> Self {
        let cause = "Aucun plan ne respecte toutes les demandes du dossier : c'est prouvé.";
        let remedy = "Relâchez l'une de celles qui se contredisent.";
        Self { impasse: Some(impasse), ..Self::new(FaultKind::Refused, cause, remedy) }
    }

    /// What is asked about does not exist.
    pub fn absent(cause: impl Into<String>, remedy: impl Into<String>) -> Self {
        Self::new(FaultKind::Absent, cause, remedy)
    }

    /// The demand cannot be met as it stands.
    pub fn refused(cause: impl Into<String>, remedy: impl Into<String>) -> Self {
        Self::new(FaultKind::Refused, cause, remedy)
    }

    /// A computation is under way.
    pub fn busy(cause: impl Into<String>) -> Self {
        let remedy = "Attendez sa fin, ou arrêtez-le : le meilleur plan trouvé est gardé.";
        Self::new(FaultKind::Busy, cause, remedy)
    }

    /// Something unexpected.
    pub fn broken(error: &dyn fmt::Display) -> Self {
        let remedy = "Vérifiez la place sur le disque et les droits du dossier, puis recommencez.";
        Self::new(FaultKind::Broken, error.to_string(), remedy)
    }

    /// No dossier is open.
    pub fn nothing_open() -> Self {
        Self::absent("Aucun dossier n'est ouvert.", "Ouvrez un dossier ou la démonstration.")
    }

    /// The open dossier has errors.
    pub fn faulty(errors: usize) -> Self {
        Self::refused(
            format!(
                "Le dossier a {} : aucun plan ne peut être calculé.",
                number::count(errors as u64, "erreur", "erreurs")
            ),
            "Corrigez dans les tableaux : chaque erreur y dit sa cellule et son remède.",
        )
    }

    /// The open dossier has no plan.
    pub fn no_plan() -> Self {
        Self::absent("Le dossier n'a pas encore de plan.", "Lancez d'abord un calcul.")
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{} {}", self.cause, self.remedy)
    }
}
