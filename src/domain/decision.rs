//! A row of `decisions.csv`: what is already decided.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use super::{Modality, Presence};

/// What a decision does with the combination that it names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum DecisionKind {
    /// Everything named must hold.
    #[serde(rename = "EXIGER")]
    Require,
    /// The combination named must not hold.
    #[serde(rename = "INTERDIRE")]
    Forbid,
    /// The modality and the presence are floors.
    Minimum,
}

impl DecisionKind {
    /// All kinds, in the order of documents.
    pub const ALL: [Self; 3] = [Self::Require, Self::Forbid, Self::Minimum];

    /// The word of the file.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Require => "EXIGER",
            Self::Forbid => "INTERDIRE",
            Self::Minimum => "MINIMUM",
        }
    }
}

impl fmt::Display for DecisionKind {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.code())
    }
}

impl FromStr for DecisionKind {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        let text = text.trim().to_uppercase();
        Self::ALL.into_iter().find(|kind| kind.code() == text).ok_or(())
    }
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

impl Decision {
    /// Whether it says the same of its establishment as another one of its own, whatever the reason.
    #[must_use]
    pub fn says_as(&self, other: &Self) -> bool {
        (self.kind, &self.post, self.modality, self.presence)
            == (other.kind, &other.post, other.modality, other.presence)
    }
}
