//! What makes an establishment a priority (R3, R12, R14).

use std::collections::BTreeSet;
use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// A category of the `categories` column.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum Category {
    /// Most difficult priority-education network.
    #[serde(rename = "REP+")]
    RepPlus,
    /// Priority-education network.
    Rep,
    /// Adapted teaching (EGPA, SEGPA).
    Egpa,
    /// Inclusion unit.
    Ulis,
    /// Newly arrived, non-French-speaking pupils.
    Upe2a,
    /// Dispositif relais.
    Relais,
    /// Boarding.
    Internat,
    /// Vocational lycee, or a lycee with a vocational section.
    Lp,
    /// Commune of class tr1 or tr2 (autonomous rural).
    Rural,
}

impl Category {
    /// All categories, in the order of documents.
    pub const ALL: [Self; 9] = [
        Self::RepPlus,
        Self::Rep,
        Self::Egpa,
        Self::Ulis,
        Self::Upe2a,
        Self::Relais,
        Self::Internat,
        Self::Lp,
        Self::Rural,
    ];

    /// The word of the file.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::RepPlus => "REP+",
            Self::Rep => "REP",
            Self::Egpa => "EGPA",
            Self::Ulis => "ULIS",
            Self::Upe2a => "UPE2A",
            Self::Relais => "RELAIS",
            Self::Internat => "INTERNAT",
            Self::Lp => "LP",
            Self::Rural => "RURAL",
        }
    }
}

impl fmt::Display for Category {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.code())
    }
}

impl FromStr for Category {
    type Err = ();

    /// Accepts the codes and SEGPA for EGPA, in any case.
    fn from_str(text: &str) -> Result<Self, ()> {
        let text = text.trim().to_uppercase();
        let text = if text == "SEGPA" { "EGPA" } else { &text };
        Self::ALL.into_iter().find(|category| category.code() == text).ok_or(())
    }
}

/// The categories of an establishment. What no source tells is unknown, never "no": in files it
/// is written with a question mark (`REP|UPE2A?`).
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Categories {
    /// Known to hold.
    pub present: BTreeSet<Category>,
    /// Not told by any source.
    pub unknown: BTreeSet<Category>,
}

impl Categories {
    /// Whether the category is known to hold.
    #[must_use]
    pub fn has(&self, category: Category) -> bool {
        self.present.contains(&category)
    }
}

impl FromIterator<Category> for Categories {
    fn from_iter<T: IntoIterator<Item = Category>>(iter: T) -> Self {
        Self { present: iter.into_iter().collect(), unknown: BTreeSet::new() }
    }
}

impl fmt::Display for Categories {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let present = self.present.iter().map(|category| category.code().to_owned());
        let unknown = self.unknown.iter().map(|category| format!("{category}?"));
        formatter.write_str(&present.chain(unknown).collect::<Vec<_>>().join("|"))
    }
}
