//! Fictional departements: for the demonstration, for tests and for benchmarks.
//!
//! Everything is invented, and said to be: the towns, the schools, the identifiers (their first
//! three digits, 099, are those of no departement) and the place, which stands in the middle of
//! mainland France only so that maps and distances are plausible. No name is that of a person.
//! What is kept from real departements is their shape: towns of very different sizes, a rural
//! fringe, schools side by side, and the shares of each category (national open data, 2022).

mod categories;
mod names;
mod posts;
mod schools;
mod seats;
mod towns;

use std::collections::BTreeMap;

use rand::SeedableRng;
use rand_chacha::ChaCha8Rng;

use crate::domain::{Dossier, Scenario};

/// Rentree of every fictional dossier.
const RENTREE: u16 = 2026;

/// What to generate. The same settings give the same dossier.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GeneratorSettings {
    /// Seed of every draw.
    pub seed: u64,
    /// Name of the dossier, in French.
    pub name: String,
    /// Profil of the bareme.
    pub profile: String,
    /// Number of colleges, one at least.
    pub colleges: usize,
    /// Number of lycees: three in ten LP, three in ten LPO, the others LEGT.
    pub lycees: usize,
    /// Number of EREA.
    pub erea: usize,
    /// Number of circonscriptions.
    pub circonscriptions: usize,
    /// Ecoles of each REP+ network.
    pub ecoles_per_network: usize,
    /// AS posts with a sector.
    pub posts: usize,
    /// How many of them, the last ones, have no residence: the solver places them.
    pub posts_to_place: usize,
    /// Whether a further post is the agent put at the disposal of the MDPH (R13), without sector.
    pub mdph: bool,
}

impl GeneratorSettings {
    /// The embedded demonstration: the counts of the Deux-Sevres project 2018-2021 (R13), 37
    /// colleges, 17 lycees and one EREA, 12 AS and one agent at the MDPH. One post is to place.
    #[must_use]
    pub fn demonstration() -> Self {
        Self {
            seed: 2018,
            name: "Département fictif, rentrée 2026".into(),
            profile: "deux-sevres-2018".into(),
            colleges: 37,
            lycees: 17,
            erea: 1,
            circonscriptions: 0,
            ecoles_per_network: 0,
            posts: 12,
            posts_to_place: 1,
            mdph: true,
        }
    }

    /// 175 units, 25 of them circonscriptions, and 45 posts: the size of the Haute-Garonne.
    #[must_use]
    pub fn with_175_units(seed: u64) -> Self {
        Self {
            seed,
            name: "Département fictif de 175 unités".into(),
            profile: "haute-garonne-2024".into(),
            colleges: 103,
            lycees: 46,
            circonscriptions: 25,
            posts: 45,
            posts_to_place: 0,
            mdph: false,
            ..Self::demonstration()
        }
    }

    /// 300 units and 130 posts: the size of the Nord.
    #[must_use]
    pub fn with_300_units(seed: u64) -> Self {
        Self {
            name: "Département fictif de 300 unités".into(),
            colleges: 200,
            lycees: 97,
            erea: 3,
            circonscriptions: 0,
            posts: 130,
            ..Self::with_175_units(seed)
        }
    }

    /// The same departement with every post to place.
    #[must_use]
    pub fn all_to_place(self) -> Self {
        Self { posts_to_place: self.posts, ..self }
    }
}

/// The dossier of a fictional departement.
#[must_use]
pub fn generate(settings: &GeneratorSettings) -> Dossier {
    let mut rng = ChaCha8Rng::seed_from_u64(settings.seed);
    let towns = towns::draw(settings.colleges, &mut rng);
    let establishments = schools::draw(settings, &towns, &mut rng);
    let seats = seats::choose(&establishments, settings.posts);
    Dossier {
        scenario: Scenario {
            name: settings.name.clone(),
            year: RENTREE,
            departement: String::new(),
            profile: settings.profile.clone(),
            overrides: toml::Table::new(),
        },
        posts: posts::posts(settings, &establishments, &seats),
        advisers: posts::advisers(&towns),
        current: posts::current(settings, &establishments, &seats),
        decisions: posts::decisions(&establishments),
        establishments,
        trips: Vec::new(),
        pole_teams: Vec::new(),
        affinities: Vec::new(),
        outline: None,
        digests: BTreeMap::new(),
        edits: Vec::new(),
    }
}
