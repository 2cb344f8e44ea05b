//! The whole input, immutable.

use std::collections::BTreeMap;

use geo::MultiPolygon;

use super::{Adviser, Decision, Establishment, Modality, Post, Presence};

/// `scenario.toml`.
#[derive(Debug, Clone, PartialEq)]
pub struct Scenario {
    /// Name of the dossier.
    pub name: String,
    /// Year of the rentree.
    pub year: u16,
    /// Departement code as in the dossier ("31", "2A", "971"); empty when not said.
    pub departement: String,
    /// Profil of the bareme.
    pub profile: String,
    /// Bareme values that override the profil, as written.
    pub overrides: toml::Table,
}

/// A row of `trajets.csv`, one way.
#[derive(Debug, Clone, PartialEq)]
pub struct Trip {
    /// UAI or post.
    pub from: String,
    /// UAI or post.
    pub to: String,
    /// Minutes by car.
    pub minutes: f64,
    /// Kilometres by road.
    pub km: f64,
    /// Whether a road network gave the values, rather than a table of the user.
    pub computed: bool,
}

/// A row of `secteurs_actuels.csv`.
#[derive(Debug, Clone, PartialEq)]
pub struct CurrentService {
    /// UAI of the establishment.
    pub uai: String,
    /// Post that serves it today, if any.
    pub post: Option<String>,
    /// Modality today, if told.
    pub modality: Option<Modality>,
    /// Presence today, if told.
    pub presence: Option<Presence>,
}

/// A row of `affinites.csv`.
#[derive(Debug, Clone, PartialEq)]
pub struct Affinity {
    /// Post.
    pub post: String,
    /// UAI.
    pub uai: String,
    /// Reward (or cost, negative); 1 is worth a half-day of need at 1 point.
    pub points: f64,
}

/// The posts that hold a pole together (`poles.csv`).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PoleTeam {
    /// Name of the pole.
    pub id: String,
    /// Its posts, in the order of the file.
    pub posts: Vec<String>,
}

/// Everything that a plan is computed from.
#[derive(Debug, Clone, PartialEq)]
pub struct Dossier {
    /// Scenario.
    pub scenario: Scenario,
    /// Rows of `etablissements.csv`, in file order, forecasts applied.
    pub establishments: Vec<Establishment>,
    /// Posts, in file order.
    pub posts: Vec<Post>,
    /// Advisers, in file order.
    pub advisers: Vec<Adviser>,
    /// Known trips.
    pub trips: Vec<Trip>,
    /// Today's sectors.
    pub current: Vec<CurrentService>,
    /// Pole teams.
    pub pole_teams: Vec<PoleTeam>,
    /// Decisions.
    pub decisions: Vec<Decision>,
    /// Affinites.
    pub affinities: Vec<Affinity>,
    /// Outline of the departement in degrees (WGS 84), for maps; no plan depends on it.
    pub outline: Option<MultiPolygon>,
    /// SHA-256 of every file that a plan is computed from, by file name, hexadecimal.
    pub digests: BTreeMap<String, String>,
    /// What was edited since the files were read, in order (`scenario` reads and writes it).
    pub edits: Vec<serde_json::Value>,
}
