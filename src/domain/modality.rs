//! How an establishment is served (R2, R16, R17).

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// A modality. The order is that of `MINIMUM` decisions; first degree stands apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Modality {
    /// Occasional advice, by modalities that the academie fixes (R2).
    Conseil,
    /// Supervised by the adviser of the bassin (R17).
    Reference,
    /// Called by a `fiche saisine` (R17).
    Pole,
    /// Regular presence (R6, R17).
    Permanence,
    /// Advice and intervention on request in several sites (R7, R16).
    PremierDegre,
}

impl Modality {
    /// All modalities, in the order of documents.
    pub const ALL: [Self; 5] =
        [Self::Permanence, Self::Pole, Self::PremierDegre, Self::Reference, Self::Conseil];

    /// The word of the files.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Permanence => "PERMANENCE",
            Self::Pole => "POLE",
            Self::Reference => "REFERENCE",
            Self::Conseil => "CONSEIL",
            Self::PremierDegre => "PREMIER_DEGRE",
        }
    }

    /// Whether units of the first (or second) degree may be served so.
    #[must_use]
    pub const fn exists_in(self, first_degree: bool) -> bool {
        match self {
            Self::Conseil => true,
            Self::PremierDegre => first_degree,
            Self::Permanence | Self::Pole | Self::Reference => !first_degree,
        }
    }

    /// Whether a post serves it.
    #[must_use]
    pub const fn needs_post(self) -> bool {
        matches!(self, Self::Permanence | Self::Pole | Self::PremierDegre)
    }
}

impl fmt::Display for Modality {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.code())
    }
}

impl FromStr for Modality {
    type Err = ();

    /// Case and accents of the French words do not count.
    fn from_str(text: &str) -> Result<Self, ()> {
        match text.trim().to_uppercase().replace([' ', '-'], "_").as_str() {
            "PERMANENCE" => Ok(Self::Permanence),
            "POLE" | "PÔLE" => Ok(Self::Pole),
            "REFERENCE" | "RÉFÉRENCE" => Ok(Self::Reference),
            "CONSEIL" | "CONSEIL_PONCTUEL" => Ok(Self::Conseil),
            "PREMIER_DEGRE" | "PREMIER_DEGRÉ" => Ok(Self::PremierDegre),
            _ => Err(()),
        }
    }
}
