//! A row of `decisions.csv`: what is already decided.

use super::{Modality, Presence};

/// What a decision does with the combination that it names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum DecisionKind {
    /// Everything named must hold.
    Require,
    /// The combination named must not hold.
    Forbid,
    /// The modality and the presence are floors.
    Minimum,
}

/// One decision on one establishment. Fields left empty do not bind.
#[derive(Debug, Clone, PartialEq)]
pub struct Decision {
    /// UAI of the establishment.
    pub uai: String,
    /// Kind.
    pub kind: DecisionKind,
    /// Post named.
    pub post: Option<String>,
    /// Modality named.
    pub modality: Option<Modality>,
    /// Presence named.
    pub presence: Option<Presence>,
    /// Reason, free text for the documents.
    pub reason: String,
}
