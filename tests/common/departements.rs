//! Made-up departements of France's sizes: towns of unequal weight, establishments around them,
//! effectifs, IPS and categories in the proportions of the open data. Nobody and no place is real.

use maillage::domain::{
    Adviser, Categories, Category, Dossier, Establishment, EstablishmentKind, Post, Scenario, Uai,
};
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};

/// What to make.
#[derive(Debug, Clone, Copy)]
pub struct Shape {
    /// Establishments of the second degree.
    pub establishments: u32,
    /// Circonscriptions of the first degree.
    pub circonscriptions: u32,
    /// Posts.
    pub posts: u32,
    /// Posts without residence: the solver places them.
    pub to_place: bool,
    /// Seed.
    pub seed: u64,
}

/// Random draws in plain ranges.
struct Draw(ChaCha8Rng);

impl Draw {
    fn unit(&mut self) -> f64 {
        f64::from(self.0.next_u32()) / 4_294_967_296.0
    }

    fn chance(&mut self, probability: f64) -> bool {
        self.unit() < probability
    }

    fn between(&mut self, low: f64, high: f64) -> f64 {
        low + (high - low) * self.unit()
    }

    fn below(&mut self, count: usize) -> usize {
        (self.unit() * count as f64) as usize
    }
}

/// A town: where it is, and how much of the departement lives there.
struct Town {
    latitude: f64,
    longitude: f64,
    bassin: usize,
}

/// A dossier of the wanted shape.
pub fn departement(shape: Shape) -> Dossier {
    let mut draw = Draw(ChaCha8Rng::seed_from_u64(shape.seed));
    let bassins = (shape.establishments / 18).max(2) as usize;
    let towns: Vec<Town> = (0..shape.establishments / 3 + 3)
        .map(|index| Town {
            latitude: 46.0 + draw.between(-0.45, 0.45),
            longitude: 1.0 + draw.between(-0.6, 0.6),
            bassin: index as usize % bassins,
        })
        .collect();
    let units = shape.establishments + shape.circonscriptions;
    let establishments: Vec<Establishment> =
        (0..units).map(|index| establishment(index, shape, &towns, &mut draw)).collect();
    let posts =
        (0..shape.posts).map(|index| post(index, shape, &establishments, &mut draw)).collect();
    let advisers = (0..bassins).map(|bassin| Adviser {
        id: format!("CT{bassin}"),
        bassin: format!("Bassin {bassin}"),
        references_max: 3,
    });
    Dossier {
        scenario: Scenario {
            name: "essai".into(),
            year: 2026,
            departement: "999".into(),
            profile: "haute-garonne-2024".into(),
            overrides: toml::Table::new(),
        },
        establishments,
        posts,
        advisers: advisers.collect(),
        trips: Vec::new(),
        current: Vec::new(),
        pole_teams: Vec::new(),
        decisions: Vec::new(),
        affinities: Vec::new(),
        outline: None,
        digests: Default::default(),
        edits: Vec::new(),
    }
}

fn establishment(index: u32, shape: Shape, towns: &[Town], draw: &mut Draw) -> Establishment {
    let rank = (draw.unit().powi(2) * towns.len() as f64) as usize;
    let town = &towns[rank];
    let kind = if index >= shape.establishments {
        EstablishmentKind::Circonscription
    } else {
        match draw.unit() {
            share if share < 0.67 => EstablishmentKind::College,
            share if share < 0.77 => EstablishmentKind::Lp,
            share if share < 0.87 => EstablishmentKind::Lpo,
            share if share < 0.99 => EstablishmentKind::Legt,
            _ => EstablishmentKind::Erea,
        }
    };
    let pupils = match kind {
        EstablishmentKind::College => draw.between(180.0, 780.0),
        EstablishmentKind::Lp => draw.between(150.0, 600.0),
        EstablishmentKind::Lpo => draw.between(500.0, 1500.0),
        EstablishmentKind::Legt => draw.between(500.0, 1800.0),
        EstablishmentKind::Circonscription => draw.between(3500.0, 6500.0),
        _ => draw.between(60.0, 140.0),
    };
    let ips = draw.between(70.0, 135.0);
    Establishment {
        uai: Uai::from_number(9_990_000 + index).to_string(),
        name: format!("Établissement {index}"),
        kind,
        commune: format!("Ville {rank}"),
        commune_code: format!("99{rank:03}"),
        latitude: town.latitude + draw.between(-0.02, 0.02),
        longitude: town.longitude + draw.between(-0.03, 0.03),
        pupils: Some(pupils as u32),
        post_bac_pupils: 0,
        categories: categories(kind, ips, draw),
        ips: Some((ips * 10.0).round() / 10.0),
        pupils_year: Some(2025),
        forecast: None,
        bassin: format!("Bassin {}", town.bassin),
        network: None,
        group: None,
        on_priority_list: draw.chance(0.03),
        assistants_max: 1,
        rural_class: Some(if rank < towns.len() / 2 { 5 } else { 2 }),
    }
}

fn categories(kind: EstablishmentKind, ips: f64, draw: &mut Draw) -> Categories {
    let college = kind == EstablishmentKind::College;
    let mut present = Vec::new();
    let mut add = |category, probability| {
        if draw.chance(probability) {
            present.push(category);
        }
    };
    add(Category::RepPlus, if college && ips < 78.0 { 0.6 } else { 0.0 });
    add(Category::Ulis, 0.45);
    add(Category::Egpa, if college { 0.25 } else { 0.0 });
    add(Category::Internat, if college { 0.05 } else { 0.4 });
    add(Category::Upe2a, 0.15);
    add(Category::Lp, if kind == EstablishmentKind::Lp { 1.0 } else { 0.0 });
    if college && !present.contains(&Category::RepPlus) && ips < 90.0 && draw.chance(0.6) {
        present.push(Category::Rep);
    }
    if kind.is_first_degree() {
        present.clear();
    }
    present.into_iter().collect()
}

fn post(index: u32, shape: Shape, establishments: &[Establishment], draw: &mut Draw) -> Post {
    let seats = &establishments[..shape.establishments as usize];
    let seat = seats[(index as usize * 7 + draw.below(3)) % seats.len()].uai.clone();
    Post {
        quotite_percent: if draw.chance(0.8) { 100 } else { 80 },
        residence: (!shape.to_place).then_some(seat),
        ..Post::full_time(format!("P{index}"))
    }
}
