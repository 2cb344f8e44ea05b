//! Towns of a fictional departement: where they stand, how large they are, which bassin they
//! belong to and how rural they are.

use std::f64::consts::TAU;

use rand::RngExt;
use rand_chacha::ChaCha8Rng;

use super::names;

/// Half-axes of the departement, kilometres: 6,000 square kilometres, as most are.
const HALF_AXES_KM: (f64, f64) = (50.0, 38.0);
/// Where its middle stands: degrees, in the middle of mainland France.
const MIDDLE: (f64, f64) = (46.6, 2.4);
/// Kilometres in a degree of latitude.
const KM_PER_DEGREE: f64 = 111.2;
/// Colleges per town, over the whole departement.
const COLLEGES_PER_TOWN: f64 = 1.5;
/// Colleges per bassin.
const COLLEGES_PER_BASSIN: usize = 13;
/// Share of the towns, the main ones apart, that are suburbs of a main town.
const SUBURBS: f64 = 0.35;

/// A point of the local plane, kilometres from the middle of the departement.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Spot {
    pub east: f64,
    pub north: f64,
}

impl Spot {
    /// Kilometres to another.
    pub fn km(self, other: Self) -> f64 {
        (self.east - other.east).hypot(self.north - other.north)
    }

    /// A point at this distance at most, drawn evenly over the disc.
    pub fn near(self, radius: f64, rng: &mut ChaCha8Rng) -> Self {
        self.ring(0.0, radius, rng)
    }

    /// A point between two distances.
    pub fn ring(self, inner: f64, outer: f64, rng: &mut ChaCha8Rng) -> Self {
        let square = rng.random_range(inner * inner..=outer * outer);
        let angle: f64 = rng.random_range(0.0..TAU);
        let radius = square.sqrt();
        Self { east: self.east + radius * angle.cos(), north: self.north + radius * angle.sin() }
    }

    /// Latitude and longitude, WGS 84 degrees, five decimals (a metre).
    pub fn degrees(self) -> (f64, f64) {
        let rounded = |value: f64| (value * 1e5).round() / 1e5;
        let latitude = MIDDLE.0 + self.north / KM_PER_DEGREE;
        let longitude = MIDDLE.1 + self.east / (KM_PER_DEGREE * MIDDLE.0.to_radians().cos());
        (rounded(latitude), rounded(longitude))
    }
}

/// A town.
#[derive(Debug, Clone)]
pub(super) struct Town {
    pub name: String,
    pub spot: Spot,
    /// Share of the departement's pupils, by the rank-size law; all add up to 1.
    pub weight: f64,
    /// Name of its bassin.
    pub bassin: String,
    /// 1 (autonomous rural) to 6 (urban).
    pub rural_class: u8,
}

/// The towns, by decreasing size: the first ones are the main towns of the bassins.
pub(super) fn draw(colleges: usize, rng: &mut ChaCha8Rng) -> Vec<Town> {
    let count = ((colleges as f64 / COLLEGES_PER_TOWN).ceil() as usize).max(1);
    let bassins = (colleges / COLLEGES_PER_BASSIN).clamp(1, 8).min(count);
    let shift = rng.random_range(0..420);
    let weights = rank_size(count);
    let spots = spots(count, bassins, rng);
    (0..count)
        .map(|rank| {
            let main = (0..bassins)
                .min_by(|left, right| {
                    spots[rank].km(spots[*left]).total_cmp(&spots[rank].km(spots[*right]))
                })
                .expect("there is a bassin");
            Town {
                name: names::town(rank, shift),
                spot: spots[rank],
                weight: weights[rank],
                bassin: format!("Bassin {}", names::of(&names::town(main, shift))),
                rural_class: rural_class(rank, main, spots[rank].km(spots[main])),
            }
        })
        .collect()
}

/// The size of a town is inverse to its rank (Zipf's law, softened for the first town).
fn rank_size(count: usize) -> Vec<f64> {
    let sizes: Vec<f64> = (0..count).map(|rank| 1.0 / (rank as f64 + 1.5)).collect();
    let total: f64 = sizes.iter().sum();
    sizes.into_iter().map(|size| size / total).collect()
}

/// Main towns far apart, the first near the middle; then suburbs and the country.
fn spots(count: usize, bassins: usize, rng: &mut ChaCha8Rng) -> Vec<Spot> {
    let middle = Spot { east: 0.0, north: 0.0 };
    let mut spots = vec![middle.near(8.0, rng)];
    while spots.len() < count {
        let spot = if spots.len() < bassins {
            apart(&spots, 60.0 / (bassins as f64).sqrt(), rng)
        } else if rng.random_bool(SUBURBS) {
            let main = rng.random_range(0..bassins);
            spots[main].ring(4.0, 13.0, rng)
        } else {
            apart(&spots, 7.0, rng)
        };
        spots.push(spot);
    }
    spots
}

/// A point of the ellipse at this distance of all others, shorter if there is no room.
fn apart(spots: &[Spot], mut distance: f64, rng: &mut ChaCha8Rng) -> Spot {
    loop {
        let unit = Spot { east: 0.0, north: 0.0 }.near(1.0, rng);
        let spot = Spot { east: unit.east * HALF_AXES_KM.0, north: unit.north * HALF_AXES_KM.1 };
        if spots.iter().all(|other| other.km(spot) >= distance) {
            return spot;
        }
        distance *= 0.98;
    }
}

/// Class of the typology that a town of this rank, this far from its main town, would have.
fn rural_class(rank: usize, main: usize, km_to_main: f64) -> u8 {
    match (rank, km_to_main) {
        (0, _) => 6,
        _ if rank == main => 5,
        (_, ..8.0) => 5,
        (_, ..13.0) => 4,
        (_, ..18.0) => 3,
        (_, ..24.0) => 2,
        _ => 1,
    }
}
