//! A row of `etablissements.csv`.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use super::Categories;

/// The type of an establishment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum EstablishmentKind {
    /// Lower secondary school.
    College,
    /// Vocational lycee.
    Lp,
    /// Lycee with general and vocational teaching.
    Lpo,
    /// General and technological lycee.
    Legt,
    /// Regional establishment of adapted teaching.
    Erea,
    /// Primary school; counts only inside a REP+ network (R7).
    Ecole,
    /// First-degree inspection area (R16).
    Circonscription,
}

impl EstablishmentKind {
    /// All kinds, in the order of documents.
    pub const ALL: [Self; 7] = [
        Self::College,
        Self::Lp,
        Self::Lpo,
        Self::Legt,
        Self::Erea,
        Self::Ecole,
        Self::Circonscription,
    ];

    /// The word of the file.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::College => "COLLEGE",
            Self::Lp => "LP",
            Self::Lpo => "LPO",
            Self::Legt => "LEGT",
            Self::Erea => "EREA",
            Self::Ecole => "ECOLE",
            Self::Circonscription => "CIRCONSCRIPTION",
        }
    }

    /// Whether it belongs to the first degree.
    #[must_use]
    pub const fn is_first_degree(self) -> bool {
        matches!(self, Self::Ecole | Self::Circonscription)
    }
}

impl fmt::Display for EstablishmentKind {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.code())
    }
}

impl FromStr for EstablishmentKind {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        let text = text.trim().to_uppercase();
        let text = match text.as_str() {
            "COLLÈGE" => "COLLEGE",
            "ÉCOLE" => "ECOLE",
            "LYCÉE PROFESSIONNEL" | "LYCEE PROFESSIONNEL" => "LP",
            "LYCÉE POLYVALENT" | "LYCEE POLYVALENT" => "LPO",
            "LYCÉE GÉNÉRAL ET TECHNOLOGIQUE" | "LYCEE GENERAL ET TECHNOLOGIQUE" => "LEGT",
            other => other,
        };
        Self::ALL.into_iter().find(|kind| kind.code() == text).ok_or(())
    }
}

/// One establishment, circonscription or ecole of a REP+ network.
#[derive(Debug, Clone, PartialEq)]
pub struct Establishment {
    /// UAI; for a circonscription added by hand, any text that no other row bears.
    pub uai: String,
    /// Name as published.
    pub name: String,
    /// Type.
    pub kind: EstablishmentKind,
    /// Name of the commune.
    pub commune: String,
    /// INSEE code of the commune, five characters; empty when unknown.
    pub commune_code: String,
    /// WGS 84, degrees.
    pub latitude: f64,
    /// WGS 84, degrees.
    pub longitude: f64,
    /// Pupils, post-bac excluded (R5). `None`: no source gives it.
    pub pupils: Option<u32>,
    /// Pupils after the baccalaureat.
    pub post_bac_pupils: u32,
    /// Categories, known and unknown.
    pub categories: Categories,
    /// Social position index, about 50 to 160.
    pub ips: Option<f64>,
    /// Year of the published effectif (2022 for rentree 2022).
    pub pupils_year: Option<u16>,
    /// Forecast of `previsions.csv`, which replaces `pupils`: pupils and year.
    pub forecast: Option<(u32, u16)>,
    /// Name of the bassin; empty when unknown.
    pub bassin: String,
    /// UAI of the college that heads the REP+ network.
    pub network: Option<String>,
    /// Units with the same text are served together.
    pub group: Option<String>,
    /// On the recteur's list (R4).
    pub on_priority_list: bool,
    /// Above 1, the unit is served in that many parts.
    pub assistants_max: u8,
    /// Rural class of the commune, 1 (tr1) to 6 (tr6), when known.
    pub rural_class: Option<u8>,
}

impl Establishment {
    /// Pupils that count: the forecast, else the published figure, else zero.
    #[must_use]
    pub fn effective_pupils(&self) -> u32 {
        self.forecast.map_or(self.pupils.unwrap_or(0), |(pupils, _)| pupils)
    }
}
