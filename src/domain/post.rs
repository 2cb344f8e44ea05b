//! A row of `postes.csv`.

use std::fmt;
use std::str::FromStr;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// Which degree a post serves.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize,
)]
pub enum Field {
    /// Circonscriptions and REP+ networks alone.
    #[serde(rename = "1D")]
    FirstDegree,
    /// Second-degree establishments alone.
    #[serde(rename = "2D")]
    SecondDegree,
    /// Both.
    #[default]
    #[serde(rename = "1D+2D")]
    Both,
}

impl Field {
    /// Whether a unit of the first (or second) degree is within the field.
    #[must_use]
    pub const fn serves(self, first_degree: bool) -> bool {
        match self {
            Self::FirstDegree => first_degree,
            Self::SecondDegree => !first_degree,
            Self::Both => true,
        }
    }
}

impl fmt::Display for Field {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::FirstDegree => "1D",
            Self::SecondDegree => "2D",
            Self::Both => "1D+2D",
        })
    }
}

impl FromStr for Field {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        match text.trim().to_uppercase().replace(' ', "").as_str() {
            "1D" => Ok(Self::FirstDegree),
            "2D" => Ok(Self::SecondDegree),
            "1D+2D" | "2D+1D" => Ok(Self::Both),
            _ => Err(()),
        }
    }
}

/// One AS post (or a CTSS who holds a sector).
#[derive(Debug, Clone, PartialEq)]
pub struct Post {
    /// Identifier in files and documents.
    pub id: String,
    /// Name of the agent: personal data, optional.
    pub agent: Option<String>,
    /// Share of a full-time post in hundredths, 1 to 100.
    pub quotite_percent: u8,
    /// UAI of the residence administrative; `None`: the solver places the post.
    pub residence: Option<String>,
    /// Serves this bassin alone; `None`: any.
    pub bassin: Option<String>,
    /// Degrees served.
    pub field: Field,
    /// Time taken by other duties (MDPH, tutoring, union release), hundredths of a half-day a week.
    pub discharge_centi: u32,
    /// Working days, as written; kept for the timetable.
    pub working_days: Option<String>,
    /// Nobody holds it today.
    pub vacant: bool,
    /// First day in service.
    pub from: Option<Date>,
    /// Last day in service.
    pub until: Option<Date>,
    /// Longest one-way trip, minutes.
    pub max_trip_minutes: Option<u32>,
    /// Largest number of establishments.
    pub max_establishments: Option<u8>,
    /// INSEE code of the commune where the agent lives (residence familiale): personal data,
    /// optional; trips there are not paid.
    pub home_commune: Option<String>,
    /// Fiscal horsepower of the agent's car.
    pub horsepower: Option<u8>,
}

impl Post {
    /// A full-time post of both degrees that nothing else tells: to be placed, in service all year.
    #[must_use]
    pub fn full_time(id: impl Into<String>) -> Self {
        Self {
            id: id.into(),
            agent: None,
            quotite_percent: 100,
            residence: None,
            bassin: None,
            field: Field::Both,
            discharge_centi: 0,
            working_days: None,
            vacant: false,
            from: None,
            until: None,
            max_trip_minutes: None,
            max_establishments: None,
            home_commune: None,
            horsepower: None,
        }
    }
}
